"""Nutritional status of the reference period by group of children and by place.

Counts, prevalence with Wilson intervals, and mean z; for desa also the smoothed prevalence and
the place in the funnel, because the figure of 12 children swings by chance alone.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.growth import compute_funnel, compute_prevalence, smooth_prevalensi
from reviu_lib.growth.children import HARI_PER_BULAN
from reviu_lib.growth.prevalence.rules import load_aturan_prevalensi
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import reference_register
from reviu_lib.review.rasio import join_key, parent_code

_BULAN_PER_TITIK = 3  # the age curve has one point a quarter
_INDIKATOR = (
    "stunting", "sangat_pendek", "underweight", "wasting", "gizi_buruk", "overweight",
    "stunting_dan_wasting",
)  # fmt: skip
_TEMPAT = ("kode_kecamatan", "puskesmas", "kode_desa")
# Groups of growth → what the report calls them; those drawn only keep stunting alone.
_KELOMPOK = {
    "semua": "kabupaten",
    "kelompok_usia": "kelompok umur",
    "jenis_kelamin": "jenis kelamin",
    "kode_kecamatan": "kecamatan",
    "puskesmas": "puskesmas",
    "kode_desa": "desa",
    "umur": "umur 3 bulanan",
    "kecamatan_umur": "kecamatan dan kelompok umur",
}
_HANYA_STUNTING = ("umur", "kecamatan_umur")
_JENIS_KELAMIN = {"L": "Laki-laki", "P": "Perempuan"}
_PISAH = "|"


def compute_kelompok(konteks: Konteks, prevalensi: pd.DataFrame) -> pd.DataFrame:
    """Return the table prevalensi_kelompok; no rows without measurements of the review year."""
    _, visits = konteks.kunjungan_acuan
    if visits.empty:
        return pd.DataFrame(columns=["baris"])
    rows = _estimate(visits)
    rows = rows.join(_judge_desa(rows)).merge(_attendance(konteks, prevalensi), "left", "kode")
    return rows.assign(
        baris=join_key(rows["indikator"], rows["kelompok"], rows["kode"]),
        nama=[_name(*pair, konteks) for pair in zip(rows["kelompok"], rows["kode"], strict=True)],
        indikator_nama=rows["indikator"].map(name_indikator),
    )


def name_indikator(kode: str) -> str:
    """Return the declared name of an indicator of nutritional status."""
    rules = load_aturan_prevalensi()
    return (rules.indikator.get(kode) or rules.gabungan[kode]).nama


def _estimate(visits: pd.DataFrame) -> pd.DataFrame:
    """Return the prevalence of each kept group and indicator, `kode` naming the group's value."""
    present = visits[visits["hadir"] == 1]
    children = present.assign(
        kode_kecamatan=parent_code(present["kode_desa"]), umur=_quarter(present["usia_hari"])
    )
    children["kecamatan_umur"] = children["kode_kecamatan"] + _PISAH + _age_group(children)
    wide = compute_prevalence(children, [*_TEMPAT, *_HANYA_STUNTING])
    kept = wide["kelompok"].isin(list(_KELOMPOK)) & wide["indikator"].isin(_INDIKATOR)
    drawn = wide["kelompok"].isin(_HANYA_STUNTING) & (wide["indikator"] != "stunting")
    rows = wide[kept & ~drawn & wide["nilai_kelompok"].notna()].reset_index(drop=True)
    return rows.assign(kelompok=rows["kelompok"].map(_KELOMPOK)).rename(
        columns={"nilai_kelompok": "kode"}
    )


def _quarter(days: pd.Series) -> pd.Series:
    """Return the age in months at the middle of its quarter, as text that sorts by age."""
    months = days.astype("float64") / HARI_PER_BULAN
    start = np.floor(months / _BULAN_PER_TITIK) * _BULAN_PER_TITIK
    middle = start + _BULAN_PER_TITIK / 2
    return middle.map("{:04.1f}".format, na_action="ignore").astype("string")


def _age_group(children: pd.DataFrame) -> pd.Series:
    months = children["usia_hari"].astype("float64") / HARI_PER_BULAN
    ages = load_aturan_prevalensi().usia
    edges = [ages[0].mulai, *(age.sebelum for age in ages)]
    names = [age.nama for age in ages]
    return pd.cut(months, edges, right=False, labels=names).astype("string")


def _judge_desa(rows: pd.DataFrame) -> pd.DataFrame:
    """Return smoothed prevalence and position in the funnel of the stunting rows of desa."""
    desa = rows[(rows["kelompok"] == "desa") & (rows["indikator"] == "stunting")]
    counts = desa[["kasus", "diukur"]]
    smooth, funnel = smooth_prevalensi(counts), compute_funnel(counts)
    return pd.DataFrame(
        {
            "halus_persen": smooth["halus_persen"],
            "halus_bawah_persen": smooth["bawah_halus_persen"],
            "halus_atas_persen": smooth["atas_halus_persen"],
            "rerata_persen": funnel["rerata_persen"],
            "corong_bawah_persen": funnel["bawah_luar_persen"],
            "corong_atas_persen": funnel["atas_luar_persen"],
            "posisi_corong": funnel["posisi_luar"],
        }
    ).reindex(rows.index)


def _attendance(konteks: Konteks, prevalensi: pd.DataFrame) -> pd.DataFrame:
    """Return D/S of the reference period by region code; the whole is called as growth does."""
    rows = reference_register(prevalensi, konteks)
    kode = rows["kode_wilayah"].astype("string")
    whole = kode == konteks.bahan.kode_kabupaten
    frame = pd.DataFrame(
        {"kode": kode.mask(whole, "semua"), "d_per_s_persen": rows["d_per_s_persen"]}
    )
    return frame.drop_duplicates("kode")


def _name(kelompok: str, kode: str, konteks: Konteks) -> str:
    """Return the group as a reader knows it."""
    if kelompok == "kabupaten":
        return konteks.bahan.nama
    place, _, rest = kode.partition(_PISAH)
    if place[:2].isdigit() and kelompok in ("kecamatan", "desa", _KELOMPOK["kecamatan_umur"]):
        return konteks.name_of(place) + (f", {rest}" if rest else "")
    if kelompok == _KELOMPOK["umur"] and place[:1].isdigit():
        return f"{float(kode):g} bulan".replace(".", ",")
    return _JENIS_KELAMIN.get(kode, kode.title() if kelompok == "puskesmas" else kode)
