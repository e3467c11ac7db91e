"""The e-PPGBM export: one visit of one child a row, made plausible and nameless.

What stands for "not recorded" is declared in the layout and void already; grams become kilograms
where nothing else is possible, and every such change is counted. Identity columns end here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from reviu_lib.catalog import Angka, load_ambang
from reviu_lib.growth import compute_zscores
from reviu_lib.ingest.checks import Konteks, check_ranges
from reviu_lib.ingest.identity import pseudonymise
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.places import match_kabupaten, resolve_desa
from reviu_lib.ingest.tables import Potongan

_USIA_TEKS = re.compile(
    r"(?:(\d{1,2})\s*tahun)?[\s\-,]*(?:(\d{1,3})\s*(?:bulan|bln))?[\s\-,]*(?:(\d{1,4})\s*hari)?",
    re.I,
)
_GRAM_PER_KG = 1000
_BULAN_PER_TAHUN = 12
_PENENTU = ("kabupaten", "tanggal_ukur", "tanggal_lahir")  # they decide whether a row is used
_Z = ("z_bbu", "z_tbu", "z_bbtb")
_DASAR_Z = ("usia_hari", "jenis_kelamin", "berat_kg", "tinggi_cm", "cara_ukur")


def read_measures(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return the sheet as rows of `pengukuran`, without identity, with what was found.

    Rows of another kabupaten, without a valid measuring date, outside the year, after the
    review, or measured before birth are set aside and counted.
    """
    potongan = _judge_rows(potongan, konteks)
    if konteks.kode_kabupaten and not potongan.frame.empty:
        potongan = resolve_desa(potongan, konteks.kode_kabupaten, padanan=konteks.padanan)
    potongan = check_ranges(_grams_to_kg(potongan))
    potongan = _compare_z(_add_age(_void_z(potongan)))
    return pseudonymise(potongan, konteks.kunci)


def read_cases(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return a list of cases as rows of `kasus`, without identity, with what was found (T21).

    Such a list holds children with a problem only: it is no register, and nothing divides by it.
    """
    potongan = potongan.tell("T21", pd.Series(True, index=potongan.frame.index))
    potongan = _keep_own_kabupaten(potongan, konteks)
    placed = {"desa", "kode_desa"} & set(potongan.frame.columns)
    if konteks.kode_kabupaten and placed and not potongan.frame.empty:
        potongan = resolve_desa(potongan, konteks.kode_kabupaten, padanan=konteks.padanan)
    potongan = _add_case_age(check_ranges(_grams_to_kg(potongan)), konteks)
    return pseudonymise(potongan, konteks.kunci)


def _add_case_age(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Add usia_bulan and dasar_usia: at the measurement, as written, or at the end of the data."""
    frame = potongan.frame
    blank = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    born, measured = (frame.get(name, blank) for name in ("tanggal_lahir", "tanggal_ukur"))
    ages = {
        "tanggal ukur": (measured - born).dt.days,
        "usia tertulis": age_in_words(_age_texts(frame)),
        "batas data": (pd.Timestamp(konteks.tanggal_cutoff or pd.NaT) - born).dt.days,
    }
    days = pd.Series(float("nan"), index=frame.index)
    basis = pd.Series(pd.NA, index=frame.index, dtype="string")
    for name, found in ages.items():
        usable = days.isna() & found.ge(0)
        days, basis = days.mask(usable, found), basis.mask(usable, name)
    months = days / _declared()["hari_per_bulan"].nilai
    return potongan.keep(frame.assign(usia_bulan=months, dasar_usia=basis))


def _judge_rows(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Drop rows by kabupaten and dates alone; the other columns follow once, at the end."""
    whole = potongan.frame
    few = potongan.keep(whole[[name for name in _PENENTU if name in whole]])
    judged = _check_dates(_keep_own_kabupaten(few, konteks), konteks)
    return judged.keep(whole.loc[judged.frame.index])


def _declared() -> Mapping[str, Angka]:
    return load_layouts()["eppgbm"].pengukuran


def _keep_own_kabupaten(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Drop rows whose Kab/Kota is another one.

    A bare homonym is believed, with W09, in a file of one kabupaten; in a file of a province it
    may be either, so that its rows are set aside with W31.
    """
    if not konteks.kode_kabupaten or "kabupaten" not in potongan.frame:
        return potongan
    written = potongan.frame["kabupaten"]
    matched = match_kabupaten(written.dropna().unique(), konteks.kode_kabupaten)
    other = written.notna() & ~written.isin(matched.cocok)
    names = [str(name) for name in written[other].unique()]
    shared = potongan.tempat.bersama
    potongan = potongan.drop("W30" if shared else "W05", other, kolom="kabupaten", nilai=names)
    bare = potongan.frame["kabupaten"].isin(matched.tanpa_awalan)
    shown = potongan.frame.loc[bare, "kabupaten"]
    if shared:
        return potongan.drop("W31", bare, kolom="kabupaten", nilai=shown)
    return potongan.tell("W09", bare, kolom="kabupaten", nilai=shown)


def _check_dates(potongan: Potongan, konteks: Konteks) -> Potongan:
    day = "tanggal_ukur"
    potongan = potongan.drop("D04", potongan.frame[day].isna(), kolom=day)
    if konteks.tanggal_reviu is not None:
        limit = pd.Timestamp(konteks.tanggal_reviu)
        future = potongan.frame[day] > limit
        potongan = potongan.drop("K08", future, kolom=day, rincian=f"{limit:%d/%m/%Y}")
    if konteks.tahun is not None:
        other = potongan.frame[day].dt.year != konteks.tahun
        potongan = _drop_other_years(potongan, other, konteks.tahun)
    if "tanggal_lahir" in potongan.frame:
        unborn = potongan.frame["tanggal_lahir"] > potongan.frame[day]
        potongan = potongan.drop("K07", unborn, kolom="tanggal_lahir")
    return potongan


def _drop_other_years(potongan: Potongan, other: pd.Series, tahun: int) -> Potongan:
    """A file wholly of another year is refused (B08); single rows are set aside (B15)."""
    day = "tanggal_ukur"
    if len(other) and other.all():
        years = sorted(set(potongan.frame[day].dt.year))
        return potongan.drop("B08", other, kolom=day, nilai=years, rincian=str(tahun))
    return potongan.drop("B15", other, kolom=day, rincian=str(tahun))


def _grams_to_kg(potongan: Potongan) -> Potongan:
    """Weights that are plausible only in grams are divided by a thousand, and listed."""
    if "berat_kg" not in potongan.frame:
        return potongan
    weight = potongan.frame["berat_kg"]
    kolom = potongan.sumber.baku["berat_kg"]
    upper = (kolom.max or 0) * _GRAM_PER_KG
    grams = weight.between(_declared()["gram_min"].nilai, upper)
    potongan = potongan.tell("N17", grams, kolom="berat_kg", nilai=weight[grams])
    return potongan.keep(potongan.frame.assign(berat_kg=weight.mask(grams, weight / _GRAM_PER_KG)))


def _void_z(potongan: Potongan) -> Potongan:
    """Void each stored z outside the WHO limits alone; the other indices of the row stay."""
    ambang = load_ambang()
    limits = {
        "z_bbu": (ambang["z_bbu_min"], ambang["z_bbu_maks"]),
        "z_tbu": (-ambang["z_tbu_mutlak_maks"], ambang["z_tbu_mutlak_maks"]),
        "z_bbtb": (-ambang["z_bbtb_mutlak_maks"], ambang["z_bbtb_mutlak_maks"]),
    }
    for name, (low, high) in limits.items():
        if name in potongan.frame:
            values = potongan.frame[name]
            outside = values.notna() & ~values.between(low, high)
            potongan = potongan.tell("N15", outside, kolom=name, nilai=values[outside].unique())
            potongan = potongan.keep(potongan.frame.assign(**{name: values.mask(outside)}))
    return potongan


def _compare_z(potongan: Potongan) -> Potongan:
    """Say where a stored z contradicts age and measures (N39); it stays as the register has it.

    The z is computed again by the WHO Child Growth Standards 2006.
    """
    frame = potongan.frame
    stored = [name for name in _Z if name in frame and frame[name].notna().any()]
    if not stored:
        return potongan
    own = compute_zscores(frame.reindex(columns=list(_DASAR_Z)))
    margin = _declared()["selisih_z"].nilai
    for name in stored:
        far = (frame[name] - own[name]).abs() > margin
        shown, words = frame.loc[far, name], f"{margin:g}".replace(".", ",")
        potongan = potongan.tell("N39", far, kolom=name, nilai=shown, rincian=words)
    return potongan


def _add_age(potongan: Potongan) -> Potongan:
    """Add usia_hari (measured minus born) and usia_bulan (usia_hari / 30,4375, WHO Anthro)."""
    frame = potongan.frame
    blank = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    born = frame.get("tanggal_lahir", blank)
    by_dates = (frame["tanggal_ukur"] - born).dt.days.astype("float64")
    by_text = age_in_words(_age_texts(frame))
    potongan = potongan.tell("K15", by_dates.isna(), kolom="tanggal_lahir")
    margin = _declared()["selisih_usia_hari"].nilai
    differs = (by_dates - by_text).abs() > margin
    potongan = potongan.tell("K12", differs, kolom="usia_teks", rincian=f"{margin:g}")
    days = by_dates.fillna(by_text).round()
    months = days / _declared()["hari_per_bulan"].nilai
    potongan = potongan.keep(frame.assign(usia_hari=days.astype("Int64"), usia_bulan=months))
    old = (days > load_ambang()["usia_maks_hari"]).fillna(False)
    return potongan.tell("K06", old, kolom="tanggal_lahir")


def _age_texts(frame: pd.DataFrame) -> pd.Series:
    return frame.get("usia_teks", pd.Series(index=frame.index, dtype=object))


def age_in_words(texts: pd.Series) -> pd.Series:
    """Return days of `3 Tahun - 2 Bulan - 10 Hari`; missing where there is no such text."""
    table = {text: _days_in_words(str(text)) for text in texts.dropna().unique()}
    return texts.map(table).astype("float64")


def _days_in_words(text: str) -> float:
    parts = _USIA_TEKS.fullmatch(text.strip())
    if not parts or not any(parts.groups()):
        return float("nan")
    years, months, days = (int(part or 0) for part in parts.groups())
    total = years * _BULAN_PER_TAHUN + months
    return total * _declared()["hari_per_bulan"].nilai + days
