"""Rows of the outcome tables that charts draw, and the words they share."""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.formatting import format_number, is_missing
from reviu_lib.growth import load_mutu
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import pick

# A child whose place is not known counts for the kabupaten, and stands on no chart of places.
TANPA_TEMPAT = "tidak diketahui"


def select_kelompok(
    hasil: HasilReviu, kelompok: str, indikator: str = "stunting", nilai: str = "prevalensi_persen"
) -> pd.DataFrame:
    """Return the rows of one grouping with a known `nilai` and a known place, RangeIndex."""
    frame = hasil.prevalensi_kelompok
    wanted = frame["kelompok"].eq(kelompok) & frame["indikator"].eq(indikator)
    known = frame[nilai].notna() & frame["kode"].ne(TANPA_TEMPAT)
    return frame[wanted & known].reset_index(drop=True)


def count_without_place(hasil: HasilReviu, kelompok: str) -> int:
    """Return how many measured children have no known place in a grouping."""
    frame = hasil.prevalensi_kelompok
    rows = frame["kelompok"].eq(kelompok) & frame["indikator"].eq("stunting")
    return int(frame.loc[rows & frame["kode"].eq(TANPA_TEMPAT), "diukur"].sum())


def period_of(hasil: HasilReviu) -> str:
    """Return the reference period in words, the year where it is not known."""
    period = pick(hasil, "register_periode_teks")
    return str(hasil.tahun) if is_missing(period) else str(period)


def judge_trust(hasil: HasilReviu, rows: pd.DataFrame, tingkat: str) -> pd.Series:
    """Return True for places whose figure may be used, by `kode`.

    By the verdict on measuring where there is one; else by the number measured and D/S.
    """
    words, ambang = load_mutu().putusan, load_ambang()
    verdict = hasil.penilaian_ukur
    judged = verdict[verdict["tingkat"].eq(tingkat) & verdict["kode"].notna()]
    usable = judged.set_index("kode")["layak_pakai"].isin([words.dapat, words.catatan])
    enough = rows["diukur"].ge(ambang["diukur_minimum"])
    present = rows["d_per_s_persen"].ge(ambang["ds_minimum_persen"])
    plain = (enough & present).fillna(False)
    known = rows["kode"].map(usable[~usable.index.duplicated()].to_dict())
    return known.astype("boolean").fillna(plain.astype("boolean")).astype(bool)


def say_interval(row: pd.Series, decimals: int = 1) -> str:
    """Return `10,2 persen (9,6–10,9)`, without brackets where there is no interval."""
    value = f"{format_number(row['prevalensi_persen'], decimals)} persen"
    if is_missing(row["bawah_persen"]) or is_missing(row["atas_persen"]):
        return value
    low, high = (format_number(row[name], decimals) for name in ("bawah_persen", "atas_persen"))
    return f"{value} ({low}–{high})"


def name_interval() -> str:
    """Return the kind and level of the intervals of register figures in words."""
    return f"selang Wilson {format_number(load_ambang()['taraf_selang_persen'])} persen"


def short_name(nama: str) -> str:
    """Return the name of an indicator without what stands in brackets."""
    return nama.partition(" (")[0]
