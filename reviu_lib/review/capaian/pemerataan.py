"""Output 1, equity: how far apart the desa are, and lokus against the other desa of the year.

The fifths are made of the same figures they are then compared by, so that some distance is always
there, by chance alone: it has no interval and no word. Lokus and other desa were told apart by a
decision, not by their coverage; their difference has both.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_number
from reviu_lib.growth import Hitungan, compute_newcombe
from reviu_lib.growth.change.difference import (
    BELUM_DISIMPULKAN,
    NAIK,
    TURUN,
    classify_perubahan,
)
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import compute_persen

_KARTU = ["kode_indikator", "indikator", "arah"]
_BAGIAN = 5
_SISI = ("teratas", "terbawah")
_LOKUS = ("lokus", "bukan_lokus")
_KATA = {
    f"naik {NAIK}": "lokus lebih baik",
    f"turun {TURUN}": "lokus lebih baik",
    f"naik {TURUN}": "lokus tertinggal",
    f"turun {NAIK}": "lokus tertinggal",
}
_TANPA_DESA = "tidak ada desa dengan pembilang dan penyebut"
_CAMPURAN = "jenis penyebut antardesa tidak sama"
_TANPA_DAFTAR = "daftar lokus tahun reviu tidak tersedia"
_SEMUA_LOKUS = "semua desa berdata adalah lokus"
_TANPA_LOKUS = "tidak ada desa lokus yang berdata"
_LEBIH = "pembilang melebihi penyebut"


def compute_pemerataan(konteks: Konteks, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return the table pemerataan_cakupan: one row per indicator with a figure of the kabupaten.

    Coverage of a group of desa is pooled (sum of numerators / sum of denominators x 100). A fifth
    is a fifth of the desa whose denominator reaches `pemerataan_penyebut_minimum`, rounded down;
    for a `turun` indicator the lowest fifth is the best. What cannot be computed has its reason in
    alasan_perlima and alasan_lokus, never a zero.
    """
    kabupaten = cakupan[cakupan["tingkat"].eq("kabupaten") & cakupan["capaian_persen"].notna()]
    if kabupaten.empty:
        return pd.DataFrame(columns=["baris"])
    desa = _complete_desa(cakupan)
    frame = kabupaten[_KARTU].reset_index(drop=True)
    frame = frame.join(_compare_fifths(desa, konteks), on="kode_indikator")
    frame = frame.join(_compare_lokus(desa, konteks), on="kode_indikator")
    mixed = kabupaten["jenis_penyebut"].eq("campuran").fillna(False).to_numpy(bool)
    return _explain(frame, konteks, mixed).assign(baris=frame["kode_indikator"])


_DESA = ["kode_indikator", "kode_wilayah", "arah", "pembilang", "penyebut", "capaian_persen"]


def _complete_desa(cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return the desa rows with both counts; `mutu` is higher where coverage is better."""
    complete = cakupan["tingkat"].eq("desa") & cakupan["capaian_persen"].notna()
    rows = cakupan.loc[complete, _DESA]
    good = rows["capaian_persen"].where(rows["arah"] != "turun", -rows["capaian_persen"])
    return rows.assign(
        mutu=good.astype("float64"),
        pembilang=rows["pembilang"].astype("float64"),
        penyebut=rows["penyebut"].astype("float64"),
    )


def _compare_fifths(desa: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return per indicator both fifths and their distance (index: kode_indikator)."""
    large = desa[desa["penyebut"] >= konteks.ambang["pemerataan_penyebut_minimum"]]
    # Equal coverage is ordered by denominator: the codes of the desa then decide nothing.
    large = large.sort_values(["mutu", "penyebut", "kode_wilayah"], kind="stable")
    grouped = large.groupby("kode_indikator")
    place, count = grouped.cumcount(), grouped["penyebut"].transform("size")
    share = (count // _BAGIAN).where(count >= konteks.ambang["pemerataan_desa_minimum"], 0)
    side = np.select([place < share, place >= count - share], ["terbawah", "teratas"], "tengah")
    sums = _pool(large, pd.Series(side, large.index), _SISI)
    gap = (sums["teratas_persen"] - sums["terbawah_persen"]).abs()
    return sums.assign(jumlah_desa_dibandingkan=grouped.size(), kesenjangan_poin=gap)


def _compare_lokus(desa: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return per indicator lokus, other desa, difference, interval, and word."""
    chosen = desa["kode_wilayah"].isin(konteks.lokus)
    side = pd.Series(np.where(chosen, *_LOKUS), desa.index)
    sums = _pool(desa, side, _LOKUS)
    counts = [
        Hitungan(sums[f"{name}_pembilang"].to_numpy(), sums[f"{name}_penyebut"].to_numpy())
        for name in reversed(_LOKUS)
    ]
    limits = compute_newcombe(*counts)
    words = classify_perubahan(limits).set_axis(sums.index)
    return sums.assign(
        selisih_lokus_poin=sums["lokus_persen"] - sums["bukan_lokus_persen"],
        bawah_poin=limits.bawah * 100,
        atas_poin=limits.atas * 100,
        perbandingan_lokus=words,
    )


def _pool(rows: pd.DataFrame, side: pd.Series, names: tuple[str, ...]) -> pd.DataFrame:
    """Return jumlah_desa, sums, and pooled coverage per indicator for each named side."""
    grouped = rows.groupby([rows["kode_indikator"], side.rename("sisi")])
    sums = grouped[["pembilang", "penyebut"]].sum().join(grouped.size().rename("desa"))
    codes = pd.Index(rows["kode_indikator"].unique(), name="kode_indikator")
    parts = {}
    for name in names:
        part = sums[sums.index.get_level_values("sisi") == name].droplevel("sisi").reindex(codes)
        parts[f"{name}_jumlah_desa"] = part["desa"]
        parts[f"{name}_pembilang"] = part["pembilang"]
        parts[f"{name}_penyebut"] = part["penyebut"]
        parts[f"{name}_persen"] = compute_persen(part["pembilang"], part["penyebut"])
    return pd.DataFrame(parts, index=codes)


def _explain(frame: pd.DataFrame, konteks: Konteks, mixed: np.ndarray) -> pd.DataFrame:
    """Return the rows with words that know the direction, and why a comparison is not made."""
    fifths = _reason_of_fifths(frame, konteks).mask(mixed, _CAMPURAN)
    lokus = _reason_of_lokus(frame, konteks).mask(mixed, _CAMPURAN)
    words = frame["perbandingan_lokus"]
    words = (frame["arah"] + " " + words).map(_KATA).fillna(words)
    differences = frame[["selisih_lokus_poin", "bawah_poin", "atas_poin"]]
    return frame.assign(
        **differences.mask(lokus.notna()),
        kesenjangan_poin=frame["kesenjangan_poin"].mask(fifths.notna()),
        jumlah_desa_dibandingkan=frame["jumlah_desa_dibandingkan"].fillna(0),
        perbandingan_lokus=words.mask(lokus.notna(), BELUM_DISIMPULKAN),
        alasan_perlima=fifths,
        alasan_lokus=lokus,
    )


def _reason_of_fifths(frame: pd.DataFrame, konteks: Konteks) -> pd.Series:
    """Return why the fifths are not compared; missing where they are."""
    least = format_number(konteks.ambang["pemerataan_desa_minimum"])
    size = format_number(konteks.ambang["pemerataan_penyebut_minimum"])
    few = f"kurang dari {least} desa berpenyebut {size} atau lebih"
    reason = pd.Series(pd.NA, index=frame.index, dtype="string")
    reason = reason.mask(frame["kesenjangan_poin"].isna(), few)
    return reason.mask(_without_desa(frame), _TANPA_DESA)


def _reason_of_lokus(frame: pd.DataFrame, konteks: Konteks) -> pd.Series:
    """Return why lokus and other desa are not compared; missing where they are."""
    reason = pd.Series(pd.NA, index=frame.index, dtype="string")
    reason = reason.mask(frame["bawah_poin"].isna(), _LEBIH)
    reason = reason.mask(frame["bukan_lokus_jumlah_desa"].isna(), _SEMUA_LOKUS)
    reason = reason.mask(frame["lokus_jumlah_desa"].isna(), _TANPA_LOKUS)
    if not konteks.lokus:
        reason = pd.Series(_TANPA_DAFTAR, index=frame.index, dtype="string")
    return reason.mask(_without_desa(frame), _TANPA_DESA)


def _without_desa(frame: pd.DataFrame) -> pd.Series:
    return frame[["lokus_jumlah_desa", "bukan_lokus_jumlah_desa"]].isna().all(axis=1)
