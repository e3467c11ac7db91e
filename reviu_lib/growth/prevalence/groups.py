"""Which children count, and in which groups: age, sex, both, and any column of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.errors import DataError, TataLetakError
from reviu_lib.formatting import list_first
from reviu_lib.growth.children import HARI_PER_BULAN, read_floats
from reviu_lib.growth.interval import Floats
from reviu_lib.growth.prevalence.design import Ints, Rancangan, find_tanpa_rancangan
from reviu_lib.growth.prevalence.rules import load_aturan_prevalensi

SEMUA = "semua"
TIDAK_DIKETAHUI = "tidak diketahui"
_SEX = ("L", "P")


class Kelompok(NamedTuple):
    """One way of grouping: its name, the label of each group, and each child's group (-1 none)."""

    nama: str
    label: list[str]
    kode: Ints


class Sisihan(NamedTuple):
    """Rows that enter no figure, by reason."""

    usia_lewat: int
    tanpa_rancangan: int


def select_kunjungan_terakhir(
    frame: pd.DataFrame,
    per: Sequence[str] = (),
    *,
    mulai: object = None,
    selesai: object = None,
) -> pd.DataFrame:
    """Return the latest visit of each child in the period, in the order of `frame`.

    Needs id_anak and tanggal_ukur (dates); `per` adds keys within which a child counts once (for
    example tahun and bulan); `mulai` and `selesai` are the first and last day of the period. Of
    several rows of one day the last stays. Rows without id_anak all stay; rows without a date
    lie in no period.
    """
    _need(frame, ["id_anak", "tanggal_ukur", *per])
    date = frame["tanggal_ukur"]
    inside = date.notna()
    inside &= True if mulai is None else date >= pd.Timestamp(mulai)
    inside &= True if selesai is None else date <= pd.Timestamp(selesai)
    rows = frame[inside]
    order = np.argsort(rows["tanggal_ukur"].to_numpy(), kind="stable")
    by_date = rows.iloc[order]
    known = by_date["id_anak"].notna().to_numpy()
    later = by_date.duplicated(["id_anak", *per], keep="last").to_numpy()
    kept = np.zeros(len(rows), bool)
    kept[order] = ~(later & known)
    return rows[kept]


def list_anak(frame: pd.DataFrame, rancangan: Rancangan | None) -> tuple[pd.DataFrame, Sisihan]:
    """Return the rows that count, and how many do not and why.

    Set aside: an age beyond the last day of the WHO tables, and in a survey rows without stratum,
    cluster, or weight. Children of unknown age stay. Raises DataError when the column sumber
    names several sources: a prevalence is never computed across sources.
    """
    _refuse_several_sources(frame)
    late = np.floor(read_bulan(frame) * HARI_PER_BULAN + 0.5) > load_ambang()["usia_maks_hari"]
    lacking = np.zeros(len(frame), bool)
    if rancangan:
        lacking = find_tanpa_rancangan(frame, rancangan) & ~late
    return frame[~late & ~lacking], Sisihan(int(late.sum()), int(lacking.sum()))


def read_bulan(frame: pd.DataFrame) -> Floats:
    """Return unrounded months of age: usia_hari / 30,4375, else usia_bulan; NaN when unknown."""
    months = np.full(len(frame), np.nan)
    for name, days in (("usia_bulan", 1.0), ("usia_hari", HARI_PER_BULAN)):
        if name in frame:
            known = read_floats(frame[name]) / days
            months = np.where(np.isnan(known), months, known)
    return months


def iter_kelompok(frame: pd.DataFrame, oleh: Sequence[str]) -> Iterator[Kelompok]:
    """Yield the groupings: all, age, sex, age and sex, then each column of `oleh`.

    Age groups and sexes are always listed, even when empty; "tidak diketahui" only when some
    child's is. Raises TataLetakError when a column is absent.
    """
    _need(frame, oleh)
    usia, kelamin = _group_by_age(frame), _group_by_sex(frame)
    standard = [_group_all(frame), usia, kelamin, _cross(usia, kelamin)]
    yield from standard
    done = {kelompok.nama for kelompok in standard}
    for name in dict.fromkeys(oleh):
        if name not in done:
            yield _group_by_column(frame, name)


def _group_all(frame: pd.DataFrame) -> Kelompok:
    return Kelompok(SEMUA, [SEMUA], np.zeros(len(frame), np.int64))


def _group_by_age(frame: pd.DataFrame) -> Kelompok:
    months, usia = read_bulan(frame), load_aturan_prevalensi().usia
    code = np.full(len(frame), -1)
    for number, group in enumerate(usia):
        code[(months >= group.mulai) & (months < group.sebelum)] = number
    return _with_unknown("kelompok_usia", [group.nama for group in usia], code)


def _group_by_sex(frame: pd.DataFrame) -> Kelompok:
    values = frame.get("jenis_kelamin", pd.Series(pd.NA, frame.index))
    code = pd.Categorical(_as_text(values), categories=_SEX).codes
    return _with_unknown("jenis_kelamin", list(_SEX), code.astype(np.int64))


def _cross(usia: Kelompok, kelamin: Kelompok) -> Kelompok:
    ages = [label for label in usia.label if label != TIDAK_DIKETAHUI]
    known = (usia.kode < len(ages)) & (kelamin.kode < len(_SEX))
    code = np.where(known, usia.kode * len(_SEX) + kelamin.kode, -1)
    labels = [f"{age}, {sex}" for age in ages for sex in _SEX]
    return _with_unknown("usia_dan_jenis_kelamin", labels, code)


def _with_unknown(nama: str, labels: list[str], code: Ints) -> Kelompok:
    if not (code < 0).any():
        return Kelompok(nama, labels, code)
    return Kelompok(nama, [*labels, TIDAK_DIKETAHUI], np.where(code < 0, len(labels), code))


def _group_by_column(frame: pd.DataFrame, name: str) -> Kelompok:
    place, distinct = pd.factorize(frame[name], use_na_sentinel=False)
    text = _as_text(pd.Series(distinct)).fillna(TIDAK_DIKETAHUI)
    code, labels = pd.factorize(text, sort=True)
    return Kelompok(name, [str(label) for label in labels], code[place].astype(np.int64))


def _as_text(values: pd.Series) -> pd.Series:
    """Return the values as text: whole numbers without decimals, blanks as missing."""
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    text = values.astype("string").str.strip()
    return text.mask(text == "")


def _need(frame: pd.DataFrame, names: Sequence[str]) -> None:
    absent = [name for name in names if name not in frame]
    if absent:
        raise TataLetakError(
            f"Kolom tidak ada pada tabel: {list_first(absent)}.",
            lakukan="Periksa ejaan nama kolom; huruf besar dan kecil dibedakan.",
        )


def _refuse_several_sources(frame: pd.DataFrame) -> None:
    sources = sorted(frame["sumber"].dropna().astype(str).unique()) if "sumber" in frame else []
    if len(sources) > 1:
        raise DataError(
            f"Tabel memuat lebih dari satu sumber: {list_first(sources)}.",
            di="kolom sumber",
            lakukan="Hitung setiap sumber tersendiri; prevalensi tidak pernah digabung "
            "antarsumber.",
        )
