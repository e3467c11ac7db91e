"""Coverage of the kabupaten by semester, and the list of indicators that got worse (case D7).

A cumulative indicator adds up: semester 2 is what was added, also where the sheet holds running
totals. A point indicator takes the latest month of each semester; only these may fall from one
semester to the next.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.review.capaian.cakupan import pool_kabupaten
from reviu_lib.review.capaian.periode import KUNCI, compute_pasangan
from reviu_lib.review.capaian.tren import is_denominator_moved
from reviu_lib.review.konteks import Konteks, once

SEMESTER = {
    1: ["semester 1", "triwulan 1", "triwulan 2", "Februari"],
    2: ["semester 2", "triwulan 3", "triwulan 4", "Agustus"],
}
_TRIWULAN = {1: ["triwulan 1", "triwulan 2"], 2: ["triwulan 3", "triwulan 4"]}
DUA = "dua semester"
HANYA = {1: "hanya semester 1", 2: "hanya semester 2"}
TANPA_RINCIAN = "tanpa rincian semester"
TANPA_DATA = "tidak tersedia"
TAHUN = "dari tahun lalu"
TENGAH = "dari semester 1"
KEDUANYA = "dari tahun lalu dan semester 1"
_ALASAN = {
    "kumulatif": "kumulatif: semester 2 ialah tambahan, tidak dibandingkan dengan semester 1",
    "rincian": "hanya satu semester yang dilaporkan",
    "jenis": "jenis penyebut kedua semester berbeda atau bercampur",
    "lengkap": "data salah satu semester belum cukup lengkap",
    "penyebut": "ditahan: penyebut berubah terlalu banyak antara kedua semester",
}
_DISALIN = {
    "kode_indikator": "kode_indikator",
    "indikator": "indikator",
    "arah": "arah",
    "pembilang": "tahun_pembilang",
    "penyebut": "tahun_penyebut",
    "capaian_persen": "tahun_persen",
    "capaian_lalu_persen": "capaian_lalu_persen",
    "tren_poin": "tren_poin",
}
_NILAI = {
    "pembilang": "pembilang",
    "penyebut": "penyebut",
    "capaian_persen": "persen",
    "kelengkapan_persen": "kelengkapan_persen",
}


def compute_semester(konteks: Konteks, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return the table cakupan_semester: one row per indicator of the era, in its order."""
    own = cakupan[cakupan["tingkat"] == "kabupaten"].reset_index(drop=True)
    frame = own[list(_DISALIN)].rename(columns=_DISALIN)
    halves = _pool_semesters(konteks, frame["kode_indikator"])
    for number, half in halves.items():
        for source, name in _NILAI.items():
            frame[f"semester_{number}_{name}"] = half[source]
    kind = frame["kode_indikator"].map({k: card.waktu for k, card in konteks.indikator.items()})
    frame = frame.assign(baris=frame["kode_indikator"], waktu=kind)
    frame = frame.assign(rincian=_detail(frame))
    reason = _why_not(frame, halves, konteks)
    change = (frame["semester_2_persen"] - frame["semester_1_persen"]).where(reason.isna())
    frame = frame.assign(
        perubahan_semester_poin=change,
        alasan_semester=reason,
        catatan_semester=frame["kode_indikator"].map(_note_single_quarters(konteks)),
    )
    return frame.assign(memburuk=_list_worse(frame))


def _pool_semesters(konteks: Konteks, kode: pd.Series) -> dict[int, pd.DataFrame]:
    """Return per semester the kabupaten sums, one row per indicator of `kode`."""
    first, second = (_pairs_of(konteks, number) for number in SEMESTER)
    return {
        number: _pool(pairs, konteks).reindex(kode).reset_index()
        for number, pairs in {1: first, 2: _take_away(second, first, konteks)}.items()
    }


def _pool(pairs: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the kabupaten sums of a semester by indicator; none where none was reported."""
    if pairs.empty:
        return pairs.reindex(columns=["kode_indikator", "jenis_penyebut", *_NILAI]).set_index(
            "kode_indikator"
        )
    return pool_kabupaten(pairs, konteks).set_index("kode_indikator")


@once
def _running(konteks: Konteks) -> list[str]:
    pairs = konteks.pasangan
    return list(pairs.loc[pairs["tersurat_kumulatif"], "kode_indikator"].unique())


def _pairs_of(konteks: Konteks, semester: int) -> pd.DataFrame:
    """Return the pairs of one semester; of running totals the latest one in it."""
    last = {"waktu": "titik"}
    cards = dict(konteks.indikator)
    cards |= {kode: cards[kode].model_copy(update=last) for kode in _running(konteks)}
    rows = konteks.bahan.cakupan
    return compute_pasangan(rows[rows["periode"].isin(SEMESTER[semester])], cards)


def _take_away(second: pd.DataFrame, first: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return semester 2 with running totals turned into what was added since semester 1."""
    before = second[KUNCI].merge(first[[*KUNCI, "pembilang"]], on=KUNCI, how="left")["pembilang"]
    added = second["pembilang"] - before.to_numpy()
    running = second["kode_indikator"].isin(_running(konteks))
    return second.assign(pembilang=second["pembilang"].mask(running, added))


def _detail(frame: pd.DataFrame) -> np.ndarray:
    here = {number: frame[f"semester_{number}_penyebut"].notna() for number in SEMESTER}
    names = [here[1] & here[2], here[1], here[2], frame["tahun_penyebut"].notna()]
    return np.select(names, [DUA, HANYA[1], HANYA[2], TANPA_RINCIAN], default=TANPA_DATA)


def _note_single_quarters(konteks: Konteks) -> dict[str, str]:
    """Return per indicator which semester rests on one quarter alone."""
    rows = konteks.bahan.cakupan
    rows = rows[rows["pembilang"].notna()]
    seen = rows.groupby("kode_indikator")["periode"].unique()
    return {
        kode: "; ".join(f"semester {number} baru memuat satu triwulan" for number in single)
        for kode, periods in seen.items()
        if (single := [n for n in SEMESTER if _is_single_quarter(set(periods), n)])
    }


def _is_single_quarter(periods: set[str], semester: int) -> bool:
    whole = set(SEMESTER[semester]) - set(_TRIWULAN[semester])
    return len(periods.intersection(_TRIWULAN[semester])) == 1 and not periods & whole


def _why_not(frame: pd.DataFrame, halves: dict[int, pd.DataFrame], konteks: Konteks) -> pd.Series:
    """Return why the semesters are not compared; missing where they are."""
    kinds = [half["jenis_penyebut"].fillna("") for half in halves.values()]
    sizes = [half["penyebut"].astype("float64") for half in halves.values()]
    share = pd.concat([half["kelengkapan_persen"] for half in halves.values()], axis=1).min(axis=1)
    reasons = {
        "kumulatif": frame["waktu"] == "kumulatif",
        "rincian": frame["rincian"] != DUA,
        "jenis": (kinds[0] != kinds[1]) | (kinds[0] == "campuran"),
        "lengkap": share < konteks.ambang["kelengkapan_minimum_persen"],
        "penyebut": is_denominator_moved(sizes[1], sizes[0], konteks),
    }
    masks = [mask.fillna(False).to_numpy(bool) for mask in reasons.values()]
    words = np.select(masks, [_ALASAN[name] for name in reasons], default="")
    return pd.Series(words, index=frame.index, dtype="string").replace("", pd.NA)


def _list_worse(frame: pd.DataFrame) -> pd.Series:
    """Return since when an indicator got worse by its direction; missing where it did not."""
    sign = np.where(frame["arah"] == "turun", -1.0, 1.0)
    year, half = (
        (frame[name].astype("float64") * sign < 0)
        for name in ("tren_poin", "perubahan_semester_poin")
    )
    words = np.select([year & half, year, half], [KEDUANYA, TAHUN, TENGAH], default="")
    return pd.Series(words, index=frame.index, dtype="string").replace("", pd.NA)
