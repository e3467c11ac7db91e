"""Signals in the coverage and completeness of kecamatan, and in the desa named as lokus."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.reference import normalize_nama
from reviu_lib.review.capaian.tren import measure_perubahan
from reviu_lib.review.kamus import load_petunjuk
from reviu_lib.review.konteks import Konteks

_KEC = ["kode_indikator", "kode_wilayah"]
_PEMISAH_LOKASI = r"[;,\n]"


def find_di_wilayah(
    konteks: Konteks, cakupan: pd.DataFrame, kegiatan: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return kind → rows with baris, dasar, kode_wilayah, and the numbers of the signal."""
    return {
        "pasokan": _fallen(cakupan),
        "data_kecamatan": _silent(konteks, cakupan),
        "lokus_tanpa_kegiatan": _unnamed_lokus(konteks, kegiatan),
    }


def _fallen(cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return services that fell sharply in few kecamatan while they held in the others."""
    card = load_petunjuk()["pasokan"]
    ambang = card.ambang
    rows = measure_khas(cakupan)
    enough = rows[["penyebut", "penyebut_lalu"]].min(axis=1) >= ambang["penyebut"]
    enough &= rows["jumlah_desa_data_lengkap"] >= ambang["jumlah_desa"]
    fell = rows[["tren_poin", "khas_poin"]].max(axis=1) <= -ambang["turun_poin"]
    apart = (rows["khas_poin"] <= -ambang["beda_poin"]) & (rows["z"] <= -ambang["z"])
    rows = _compare_with_others(rows.assign(jatuh=fell))
    few = rows["porsi_jatuh_persen"] <= ambang["kecamatan_persen"]
    few &= rows["jumlah_kecamatan"] >= ambang["jumlah_kecamatan"]
    held = rows["tren_lain_poin"] >= -ambang["bertahan_poin"]
    rows = rows[rows["kode_indikator"].isin(card.indikator) & enough & fell & apart & few & held]
    address = rows["kode_indikator"] + "@" + rows["kode_wilayah"]
    return rows.assign(
        baris=address,
        dasar=_cell(address, "capaian_persen") + ";" + _cell(address, "capaian_lalu_persen"),
        turun_poin=-rows["tren_poin"],
        jumlah_desa=rows["jumlah_desa_data_lengkap"],
    )


def measure_khas(cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return kecamatan rows with khas_poin and z: how far a change is from what was to be expected.

    khas_poin = change - median of the indicator over kecamatan - median of those distances over
    the services of the kecamatan (one step of a median polish), so that a kecamatan that fell in
    everything does not look like a shortage of one thing. z = khas_poin over the binomial standard
    error of the two years (one case and one other added to each). Only services where higher is
    better and denominators can be compared; a year cut short is the same for all kecamatan, so that
    what it withholds from `tren_poin` still tells them apart.
    """
    rows = cakupan[(cakupan["tingkat"] == "kecamatan") & (cakupan["arah"] == "naik")]
    rows = rows.assign(tren_poin=measure_perubahan(rows)).dropna(subset="tren_poin")
    middle = rows.groupby("kode_indikator")["tren_poin"].transform("median")
    apart = rows["tren_poin"] - middle
    khas = apart - apart.groupby(rows["kode_wilayah"]).transform("median")
    variance = _variance(rows["capaian_persen"], rows["penyebut"])
    variance = variance + _variance(rows["capaian_lalu_persen"], rows["penyebut_lalu"])
    return rows.assign(khas_poin=khas, z=khas / np.sqrt(variance))


def _variance(persen: pd.Series, penyebut: pd.Series) -> pd.Series:
    """Return the variance in squared points, with two cases added so that 0 and 100 have one."""
    size = penyebut.astype("float64")
    share = (persen / 100 * size + 1) / (size + 2)
    return share * (1 - share) / (size + 2) * 100**2


def _compare_with_others(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the number of kecamatan, the share that fell, the median of the rest."""
    grouped = rows.groupby("kode_indikator")
    rest = rows["tren_poin"].mask(rows["jatuh"]).groupby(rows["kode_indikator"])
    return rows.assign(
        jumlah_kecamatan=grouped["kode_wilayah"].transform("size"),
        porsi_jatuh_persen=grouped["jatuh"].transform("mean") * 100,
        tren_lain_poin=rest.transform("median"),
    )


def _silent(konteks: Konteks, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return kecamatan where the data missing from provisional indicators are concentrated."""
    ambang = load_petunjuk()["data_kecamatan"].ambang
    gate = konteks.ambang["kelengkapan_minimum_persen"]
    own = cakupan[(cakupan["tingkat"] == "kabupaten") & (cakupan["kelengkapan_persen"] < gate)]
    rows = cakupan[cakupan["tingkat"] == "kecamatan"]
    rows = rows[rows["kode_indikator"].isin(own["kode_indikator"])]
    rows = rows.assign(
        kosong=rows["jumlah_desa"] - rows["jumlah_desa_data_lengkap"],
        sepi=rows["kelengkapan_persen"] < gate,
    )
    rows = rows[_is_concentrated(rows, dict(ambang)) & rows["sepi"]]
    grouped = rows.sort_values(_KEC).groupby("kode_wilayah")
    address = _cell(rows["baris"], "kelengkapan_persen").groupby(rows["kode_wilayah"])
    frame = pd.DataFrame(
        {
            "kode_indikator": grouped["kode_indikator"].agg("; ".join),
            "jumlah_indikator": grouped.size(),
            "jumlah_desa": grouped["kosong"].max(),
            "kelengkapan_persen": grouped["kelengkapan_persen"].max(),
            "dasar": address.agg(";".join),
        }
    ).reset_index()
    return frame.assign(baris=frame["kode_wilayah"])


def _cell(baris: pd.Series, kolom: str) -> pd.Series:
    return "capaian_cakupan/" + baris.astype("string") + f"/{kolom}"


def _is_concentrated(rows: pd.DataFrame, ambang: dict[str, float]) -> pd.Series:
    """Return whether few kecamatan hold most of the desa without data, per indicator."""
    grouped = rows.groupby("kode_indikator")
    few = grouped["sepi"].transform("mean") * 100 <= ambang["kecamatan_persen"]
    there = rows["kosong"].where(rows["sepi"], 0).groupby(rows["kode_indikator"]).transform("sum")
    share = there * 100 / grouped["kosong"].transform("sum").replace(0, np.nan)
    return few & (share >= ambang["bagian_persen"])


def _unnamed_lokus(konteks: Konteks, kegiatan: pd.DataFrame) -> pd.DataFrame:
    """Return lokus that no location names, where most of the lokus are named."""
    ambang = load_petunjuk()["lokus_tanpa_kegiatan"].ambang
    lokus = konteks.bahan.lokus
    lokus = lokus.loc[lokus["tahun"].fillna(konteks.bahan.tahun) == konteks.bahan.tahun]
    desa = konteks.desa[konteks.desa["kode_desa"].isin(lokus["kode_desa"])]
    named = find_named(desa, kegiatan)
    if desa.empty or named.mean() * 100 < ambang["lokus_disebut_persen"]:
        return pd.DataFrame(columns=["baris"])
    kode = desa.loc[~named, "kode_desa"].to_numpy()
    return pd.DataFrame({"baris": kode, "kode_wilayah": kode})


def find_named(desa: pd.DataFrame, kegiatan: pd.DataFrame) -> pd.Series:
    """Return whether a location, planned or actual, names each desa: `Nama` or `Nama (Kecamatan)`.

    A bare name stands for every desa that bears it, so that no desa is called unnamed in doubt.
    """
    text = pd.concat([kegiatan["lokasi_rencana"], kegiatan["lokasi_realisasi"]]).dropna()
    parts = text.drop_duplicates().str.split(_PEMISAH_LOKASI, regex=True).explode().dropna()
    written = {normalize_nama(part) for part in parts.drop_duplicates()}
    bare = desa["desa"].map(normalize_nama)
    full = (desa["desa"] + " " + desa["kecamatan"]).map(normalize_nama)
    return bare.isin(written) | full.isin(written) | ("desa " + bare).isin(written)
