"""Whether the interventions meet in the same desa, and where much stunting meets little service.

A desa reaches an indicator as capaian_cakupan judges it: both counts known, a verified target.
Prevalence, coverage gap, quadrant, and reliability are those of usulan_lokus; nothing is ranked.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.review.konteks import Konteks
from reviu_lib.review.konvergensi.aturan import GABUNGAN, Paket, load_konvergensi
from reviu_lib.review.lokasi import find_desa, find_wilayah
from reviu_lib.review.rasio import TAK_DINILAI, TERCAPAI, compute_persen, join_key

SEMUA, KELOMPOK, PAKET = "seluruh indikator", "kelompok sasaran", "paket layanan"
_LOKUS = [
    "prevalensi_persen", "diukur", "d_per_s_persen", "data_andal", "rerata_kesenjangan_poin",
    "kuadran", "lokus_tahun_ini",
]  # fmt: skip
_VONIS = ["status_capaian", "penyebut"]
DISEBUT, LEWAT_KECAMATAN, TIDAK_DISEBUT = "desa disebut", "kecamatan disebut", "tidak disebut"


def compute_desa(
    konteks: Konteks, cakupan: pd.DataFrame, lokus: pd.DataFrame, konvergensi: pd.DataFrame
) -> pd.DataFrame:
    """Return the table konvergensi_desa: every desa in the order of its code.

    porsi_tercapai_persen = indicators that reach their target / indicators that can be judged x
    100. `perlu_dibahas`: quadrant I and reliable data; missing where the data cannot tell. No rows
    when there is neither coverage nor a register per desa.
    """
    if lokus.empty and konvergensi.empty:
        return pd.DataFrame(columns=["baris"])
    judged = _judged(cakupan)
    kode = konteks.desa["kode_desa"]
    counts = judged.groupby("kode_wilayah")["tercapai"].agg(["size", "sum"])
    known = lokus.set_index("kode_desa") if len(lokus) else pd.DataFrame(columns=_LOKUS)
    frame = konteks.desa[["kode_desa", "desa", "kecamatan"]].assign(
        baris=kode,
        jumlah_dinilai=kode.map(counts["size"]).fillna(0),
        jumlah_tercapai=kode.map(counts["sum"]),
        konvergensi_persen=kode.map(_rates(konvergensi)),
        paket_tercapai=kode.map(_bundles_of(cakupan, konteks)),
        **{name: kode.map(known[name]).to_numpy() for name in _LOKUS},
        **_reach(kode, konteks),
    )
    share = compute_persen(frame["jumlah_tercapai"], frame["jumlah_dinilai"])
    first = frame["kuadran"].eq("I").astype("boolean").mask(frame["kuadran"].isna())
    asked = first & frame["data_andal"].astype("boolean")
    frame = frame.assign(porsi_tercapai_persen=share, perlu_dibahas=asked)
    return frame.sort_values("kode_desa", ignore_index=True)


def _judged(cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of desa with a verdict, and `tercapai` as 1 or 0."""
    judged = (cakupan["tingkat"] == "desa") & (cakupan["status_capaian"] != TAK_DINILAI)
    rows = cakupan.loc[judged, ["kode_indikator", "kode_wilayah", "kelompok_sasaran", *_VONIS]]
    return rows.assign(tercapai=(rows["status_capaian"] == TERCAPAI).astype("int64"))


def _rates(konvergensi: pd.DataFrame) -> pd.Series:
    """Return the convergence rate of mothers and children of the last complete quarter by desa."""
    if konvergensi.empty:
        return pd.Series(dtype="float64")
    rows = konvergensi[konvergensi["acuan"] & konvergensi["tingkat"].eq("desa")]
    rows = rows[rows["kelompok"] == GABUNGAN]
    return rows.set_index("kode_wilayah")["konvergensi_persen"]


def _reach(kode: pd.Series, konteks: Konteks) -> dict[str, pd.Series]:
    """Return how many activities were carried out in each desa by name, and how it is reached.

    An activity of one whole kecamatan reaches its desa without naming them; activities of the
    whole kabupaten, or with a place that is not certain, are not counted. Missing without places.
    """
    places = konteks.bahan.kegiatan["lokasi_realisasi"]
    places = places[places.notna()]
    named = pd.Series([code for codes in find_desa(places, konteks) for code in codes])
    times = kode.map(named.value_counts()).fillna(0)
    whole = set(find_wilayah(places, konteks)) - {konteks.bahan.kode_kabupaten}
    district = kode.str.rpartition(".")[0].isin(whole)
    words = np.select([times > 0, district], [DISEBUT, LEWAT_KECAMATAN], default=TIDAK_DISEBUT)
    known = pd.Series(len(places) > 0, index=kode.index)
    return {
        "jumlah_kegiatan": times.where(known),
        "jangkauan_kegiatan": pd.Series(words, index=kode.index, dtype="string").where(known),
    }


def _bundles_of(cakupan: pd.DataFrame, konteks: Konteks) -> pd.Series:
    """Return by desa the names of the bundles all of whose indicators reach their target there."""
    parts = [
        pd.Series(paket.nama, index=reached.index[reached])
        for paket in _list_paket(konteks)
        if len(reached := _bundle(cakupan, paket)["semua"].eq(True))
    ]
    if not parts:
        return pd.Series(dtype="object")
    return pd.concat(parts).groupby(level=0).agg("; ".join)


def _list_paket(konteks: Konteks) -> list[Paket]:
    own = konteks.aturan.set_indikator
    return [paket for paket in load_konvergensi().paket if paket.set_indikator == own]


def _bundle(cakupan: pd.DataFrame, paket: Paket) -> pd.DataFrame:
    """Return per desa whether it reaches `semua` of a bundle, over the desa that can be judged.

    Every indicator of the bundle must have a verdict, or nobody in the desa who needs it
    (denominator 0); where nobody needs any, the desa is not judged.
    """
    inside = cakupan["kode_indikator"].isin(paket.indikator) & (cakupan["tingkat"] == "desa")
    rows = cakupan.loc[inside, ["kode_wilayah", *_VONIS]]
    state = pd.DataFrame(
        {
            "dinilai": rows["status_capaian"] != TAK_DINILAI,
            "tercapai": rows["status_capaian"] == TERCAPAI,
            "tanpa_sasaran": rows["penyebut"].eq(0).fillna(False),
        }
    ).astype("int64")
    sums = state.groupby(rows["kode_wilayah"]).sum()
    whole = sums["dinilai"] + sums["tanpa_sasaran"] == len(paket.indikator)
    sums = sums[whole & (sums["dinilai"] > 0)]
    return sums.assign(semua=sums["tercapai"] == sums["dinilai"])


def compute_keterpaduan(konteks: Konteks, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return the table keterpaduan_layanan: how many desa reach all, most, some, or none.

    One row for all indicators, per group of sasaran, and per declared bundle. Desa without any
    verdict are `jumlah_desa_tak_dinilai`. No rows without any verdict.
    """
    judged = _judged(cakupan)
    if judged.empty:
        return pd.DataFrame(columns=["baris"])
    half = konteks.ambang["keterpaduan_separuh_persen"]
    rows = [_spread(judged, half, jenis=SEMUA, nama=SEMUA)]
    groups = dict.fromkeys(card.kelompok_sasaran for card in konteks.indikator.values())
    for name in groups:
        part = judged[judged["kelompok_sasaran"] == name]
        rows += [_spread(part, half, jenis=KELOMPOK, nama=name)] if len(part) else []
    rows += [_spread_paket(cakupan, paket, half) for paket in _list_paket(konteks)]
    frame = pd.DataFrame(rows)
    return frame.assign(
        jumlah_desa_tak_dinilai=len(konteks.desa) - frame["jumlah_desa_dinilai"],
        semua_persen=compute_persen(frame["jumlah_desa_semua"], frame["jumlah_desa_dinilai"]),
        baris=join_key(frame["jenis"], frame["nama"]),
    )


def _spread(judged: pd.DataFrame, half: float, *, jenis: str, nama: str) -> dict[str, object]:
    counts = judged.groupby("kode_wilayah")["tercapai"].agg(["size", "sum"])
    found = _tally(counts["sum"], counts["size"], half)
    return {"jenis": jenis, "nama": nama, **found, "jumlah_indikator": _kinds(judged)}


def _spread_paket(cakupan: pd.DataFrame, paket: Paket, half: float) -> dict[str, object]:
    state = _bundle(cakupan, paket)
    found = _tally(state["tercapai"], state["dinilai"], half)
    return {
        "jenis": PAKET,
        "nama": paket.nama,
        "daftar_indikator": ", ".join(paket.indikator),
        **found,
        "jumlah_indikator": len(paket.indikator),
    }


def _kinds(judged: pd.DataFrame) -> int:
    return int(judged["kode_indikator"].nunique())


def _tally(reached: pd.Series, judged: pd.Series, half: float) -> dict[str, int]:
    """Return how many desa reach all, more than half, at most half, or none of what is judged."""
    share = compute_persen(reached, judged)
    return {
        "jumlah_desa_dinilai": len(share),
        "jumlah_desa_semua": int((share == 100).sum()),
        "jumlah_desa_lebih": int(((share > half) & (share < 100)).sum()),
        "jumlah_desa_kurang": int(((share > 0) & (share <= half)).sum()),
        "jumlah_desa_nihil": int((share == 0).sum()),
    }
