"""The two example kabupaten as clean inputs, and ways to change them without changing the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pandas as pd

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.example.balita import make_kunjungan
from reviu_lib.example.skenario import Skenario, list_skenario, load_desa
from reviu_lib.example.tulis import make_tables
from reviu_lib.hasil import HasilReviu, table_names
from reviu_lib.review import review

CONTOH = ("12.18", "73.12")
_TABEL = [name for name in table_fields() if name not in ("asal", "neraca_baris")]
Ubah = Callable[[BahanReviu], BahanReviu]


@cache
def make_dunia(kode: str) -> tuple[BahanReviu, BahanReviu]:
    """Return the year of the example and the year before; the smaller one has its children."""
    years = [skenario for skenario in list_skenario() if skenario.kode == kode]
    before, now = sorted(years, key=lambda item: item.tahun)
    return _make_bahan(now), _make_bahan(before)


@cache
def base(kode: str) -> HasilReviu:
    """The review of the unchanged example."""
    now, before = make_dunia(kode)
    return review(now, [before])


def review_changed(kode: str, ubah: Ubah) -> HasilReviu:
    """Return the review after the same change of both years."""
    now, before = make_dunia(kode)
    return review(ubah(now), [ubah(before)])


def _make_bahan(skenario: Skenario) -> BahanReviu:
    tables = make_tables(skenario)
    identitas = tables.pop("identitas").iloc[0].drop("penyusun")
    tables["tindak_lanjut_lalu"] = tables.pop("tindak_lanjut")
    if skenario.kode == CONTOH[-1]:
        tables["pengukuran"] = _make_pengukuran(skenario)
    return BahanReviu(**identitas, **tables, contoh=True)


def _make_pengukuran(skenario: Skenario) -> pd.DataFrame:
    months = [make_kunjungan(skenario, bulan) for bulan in ("Februari", "Agustus")]
    rows = pd.concat(months, ignore_index=True)
    desa = load_desa(skenario.kode).iloc[rows["baris_desa"]].reset_index(drop=True)
    return pd.DataFrame(
        {
            "id_anak": rows["nomor"].astype("string"),
            "dasar_id": "nik",
            **{name: desa[name] for name in ("kode_desa", "kecamatan", "desa")},
            "puskesmas": desa["kecamatan"].str.upper(),
            "posyandu": "POSYANDU " + rows["posyandu"].astype("string"),
            "jenis_kelamin": rows["jk"],
            "tanggal_ukur": rows["tanggal"],
            **{name: rows[name] for name in ("usia_hari", "cara_ukur", "tinggi_cm", "berat_kg",
                                             "z_tbu", "z_bbu", "z_bbtb")},
        }
    )  # fmt: skip


def change_tables(bahan: BahanReviu, ubah: Callable[[pd.DataFrame], pd.DataFrame]) -> BahanReviu:
    """Return the inputs with every table changed alike."""
    return replace(bahan, **{name: ubah(getattr(bahan, name)) for name in _TABEL})


def differences(
    one: HasilReviu, other: HasilReviu, *, hanya: list[str] | None = None
) -> dict[str, list[str]]:
    """Return table → `row/column` of the cells that differ, rows matched by `baris`.

    Rows of one side only are told by their name alone. Lists joined by `; ` are sets: their order
    follows the order of the plan.
    """
    found = {name: _compare(getattr(one, name), getattr(other, name)) for name in
             hanya or table_names()}  # fmt: skip
    return {name: cells for name, cells in found.items() if cells}


def _compare(left: pd.DataFrame, right: pd.DataFrame) -> list[str]:
    if left.equals(right):
        return []
    left, right = (_as_text(part) for part in (left, right))
    alone = left.index.symmetric_difference(right.index)
    rows = left.index.intersection(right.index)
    unequal = (left.loc[rows] != right.loc[rows]).stack()
    return [*alone, *(f"{row}/{column}" for row, column in unequal[unequal].index)]


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.set_index("baris")
    for name in rows.columns:
        if isinstance(rows[name].dtype, pd.StringDtype):
            rows[name] = rows[name].map(_sort_list, na_action="ignore")
        elif rows[name].dtype == "float64":
            rows[name] = rows[name].map(lambda value: f"{value:.9g}")
    return rows.astype("string").fillna("")


def _sort_list(text: str) -> str:
    return ";".join(sorted(part.strip() for part in text.split(";")))
