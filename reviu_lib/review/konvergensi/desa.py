"""Whether the interventions meet in the same desa, and where much stunting meets little service.

A desa reaches an indicator as capaian_cakupan judges it: both counts known, a verified target.
Prevalence, coverage gap, quadrant, and reliability are those of usulan_lokus; nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    vonis = _list_vonis(cakupan)
    kode, counts = konteks.desa["kode_desa"], vonis.count()
    known = lokus.set_index("kode_desa") if len(lokus) else pd.DataFrame(columns=_LOKUS)
    frame = konteks.desa[["kode_desa", "desa", "kecamatan"]].assign(
        baris=kode,
        jumlah_dinilai=kode.map(counts["dinilai"]).fillna(0),
        jumlah_tercapai=kode.map(counts["tercapai"]),
        konvergensi_persen=kode.map(_rates(konvergensi)),
        paket_tercapai=kode.map(_bundles_of(vonis, konteks)),
        **{name: kode.map(known[name]).to_numpy() for name in _LOKUS},
        **_reach(kode, konteks),
    )
    share = compute_persen(frame["jumlah_tercapai"], frame["jumlah_dinilai"])
    first = frame["kuadran"].eq("I").astype("boolean").mask(frame["kuadran"].isna())
    asked = first & frame["data_andal"].astype("boolean")
    frame = frame.assign(porsi_tercapai_persen=share, perlu_dibahas=asked)
    return frame.sort_values("kode_desa", ignore_index=True)


@dataclass(frozen=True)
class _Vonis:
    """What is known of each desa (row, sorted by code) and indicator (column)."""

    desa: pd.Index
    indikator: list[str]
    dinilai: NDArray[np.bool_]
    tercapai: NDArray[np.bool_]
    tanpa_sasaran: NDArray[np.bool_]

    def take(self, codes: Iterable[str]) -> _Vonis:
        """Return the columns of some indicators."""
        wanted = set(codes)
        chosen = [place for place, kode in enumerate(self.indikator) if kode in wanted]
        parts = (part[:, chosen] for part in (self.dinilai, self.tercapai, self.tanpa_sasaran))
        return _Vonis(self.desa, [self.indikator[place] for place in chosen], *parts)

    def count(self, least: int = 0) -> pd.DataFrame:
        """Return `dinilai` and `tercapai`: indicators with a verdict and reached, by desa.

        Desa with a verdict, and with an answer to at least so many indicators: a verdict, or
        nobody who needs it.
        """
        judged, reached, unneeded = (
            part.sum(axis=1) for part in (self.dinilai, self.tercapai, self.tanpa_sasaran)
        )
        kept = (judged > 0) & (judged + unneeded >= least)
        counts = {"dinilai": judged[kept], "tercapai": reached[kept]}
        return pd.DataFrame(counts, self.desa[kept])


def _list_vonis(cakupan: pd.DataFrame) -> _Vonis:
    """Return the verdicts of the desa on every indicator."""
    rows = cakupan.loc[cakupan["tingkat"] == "desa", ["kode_wilayah", "kode_indikator", *_VONIS]]
    desa, places = pd.factorize(rows["kode_wilayah"], sort=True)
    kode, names = pd.factorize(rows["kode_indikator"])
    marks = {
        "dinilai": rows["status_capaian"] != TAK_DINILAI,
        "tercapai": rows["status_capaian"] == TERCAPAI,
        "tanpa_sasaran": rows["penyebut"] == 0,
    }
    tables = {name: np.zeros((len(places), len(names)), dtype=bool) for name in marks}
    for name, mark in marks.items():
        tables[name][desa, kode] = mark.fillna(False)
    return _Vonis(pd.Index(places), list(names), **tables)


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


def _bundles_of(vonis: _Vonis, konteks: Konteks) -> dict[str, str]:
    """Return by desa the names of the bundles all of whose indicators reach their target there."""
    names: dict[str, list[str]] = {}
    for paket in _list_paket(konteks):
        counts = _bundle(vonis, paket)
        for desa in counts.index[counts["tercapai"] == counts["dinilai"]]:
            names.setdefault(desa, []).append(paket.nama)
    return {desa: "; ".join(each) for desa, each in names.items()}


def _list_paket(konteks: Konteks) -> list[Paket]:
    own = konteks.aturan.set_indikator
    return [paket for paket in load_konvergensi().paket if paket.set_indikator == own]


def _bundle(vonis: _Vonis, paket: Paket) -> pd.DataFrame:
    """Return `count` of a bundle, over the desa that can be judged by the whole of it.

    Every indicator of the bundle must have a verdict, or nobody in the desa who needs it
    (denominator 0); where nobody needs any, the desa is not judged.
    """
    return vonis.take(paket.indikator).count(least=len(paket.indikator))


def compute_keterpaduan(konteks: Konteks, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return the table keterpaduan_layanan: how many desa reach all, most, some, or none.

    One row for all indicators, per group of sasaran, and per declared bundle. Desa without any
    verdict are `jumlah_desa_tak_dinilai`. No rows without any verdict.
    """
    vonis = _list_vonis(cakupan)
    if not vonis.dinilai.any():
        return pd.DataFrame(columns=["baris"])
    half = konteks.ambang["keterpaduan_separuh_persen"]
    rows = [_spread(vonis, half, jenis=SEMUA, nama=SEMUA)]
    cards = konteks.indikator.items()
    for name in dict.fromkeys(card.kelompok_sasaran for _, card in cards):
        part = vonis.take(kode for kode, card in cards if card.kelompok_sasaran == name)
        rows += [_spread(part, half, jenis=KELOMPOK, nama=name)] if part.dinilai.any() else []
    rows += [_spread_paket(vonis, paket, half) for paket in _list_paket(konteks)]
    frame = pd.DataFrame(rows)
    return frame.assign(
        jumlah_desa_tak_dinilai=len(konteks.desa) - frame["jumlah_desa_dinilai"],
        semua_persen=compute_persen(frame["jumlah_desa_semua"], frame["jumlah_desa_dinilai"]),
        baris=join_key(frame["jenis"], frame["nama"]),
    )


def _spread(vonis: _Vonis, half: float, *, jenis: str, nama: str) -> dict[str, object]:
    kinds = int(vonis.dinilai.any(axis=0).sum())
    return {"jenis": jenis, "nama": nama, **_tally(vonis.count(), half), "jumlah_indikator": kinds}


def _spread_paket(vonis: _Vonis, paket: Paket, half: float) -> dict[str, object]:
    return {
        "jenis": PAKET,
        "nama": paket.nama,
        "daftar_indikator": ", ".join(paket.indikator),
        **_tally(_bundle(vonis, paket), half),
        "jumlah_indikator": len(paket.indikator),
    }


def _tally(counts: pd.DataFrame, half: float) -> dict[str, int]:
    """Return how many desa reach all, more than half, at most half, or none of what is judged."""
    share = compute_persen(counts["tercapai"], counts["dinilai"]).to_numpy()
    return {
        "jumlah_desa_dinilai": len(share),
        "jumlah_desa_semua": int((share == 100).sum()),
        "jumlah_desa_lebih": int(((share > half) & (share < 100)).sum()),
        "jumlah_desa_kurang": int(((share > 0) & (share <= half)).sum()),
        "jumlah_desa_nihil": int((share == 0).sum()),
    }
