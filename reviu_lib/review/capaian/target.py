"""Which target an indicator is judged by, and the one proposed for next year.

The kabupaten's own target comes first, then the province's, then the nation's; the level travels
with the value, so that no text can call one by the name of another. A target that is not verified
is a reference line, never a verdict.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import TERCAPAI

_TINGKAT = {"kabupaten": 0, "provinsi": 1, "nasional": 2}
_PEMELIHARAAN = "pemeliharaan: capaian tahun ini dipertahankan, dalam persen penuh"
_DIPERTAHANKAN = "target tahun ini dipertahankan karena belum tercapai atau belum dapat dinilai"
_TANPA_TARGET = "belum ada target; ditetapkan rapat"
_KOLOM = ["kode_indikator", "tingkat", "tahun", "nilai", "sumber", "terverifikasi"]


def list_target(konteks: Konteks) -> pd.DataFrame:
    """Return all usable targets: kode_indikator, tingkat, tahun, nilai, sumber, terverifikasi.

    Rows of the kabupaten's own sheet come before those of the cards. A row of the sheet counts as
    verified when it names its source and no other row of the same level and year contradicts it.
    """
    sheet = konteks.bahan.target.assign(terverifikasi=konteks.bahan.target["sumber"].notna())
    key = ["kode_indikator", "tingkat", "tahun"]
    contradicted = sheet.groupby(key)["nilai"].transform("nunique") > 1
    sheet["terverifikasi"] = sheet["terverifikasi"] & ~contradicted.astype(bool)
    cards = pd.DataFrame(
        [
            (kode, item.tingkat, item.tahun, item.nilai, item.sumber, item.status)
            for kode, card in konteks.indikator.items()
            for item in card.target
            if item.kode_wilayah in {"00", konteks.kode_provinsi, konteks.bahan.kode_kabupaten}
        ],
        columns=_KOLOM,
    )
    cards["terverifikasi"] = cards["terverifikasi"] == "terverifikasi"
    return _join_targets(sheet[_KOLOM], cards)


def _join_targets(sheet: pd.DataFrame, cards: pd.DataFrame) -> pd.DataFrame:
    parts = [part.astype({"tahun": "int64", "nilai": "float64"}) for part in (sheet, cards)]
    joined = pd.concat([part for part in parts if not part.empty] or [parts[0]])
    return joined.assign(urutan=joined["tingkat"].map(_TINGKAT)).sort_values(
        "urutan", kind="stable"
    )


def pick_target(targets: pd.DataFrame, tahun: int) -> pd.DataFrame:
    """Return the target of one year per indicator, the nearest level first (index: kode)."""
    chosen = targets[targets["tahun"] == tahun].drop_duplicates("kode_indikator", keep="first")
    return chosen.set_index("kode_indikator")[["nilai", "tingkat", "sumber", "terverifikasi"]]


def add_target(frame: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` (with kode_indikator) plus the target columns of capaian_cakupan."""
    joined = chosen.reindex(frame["kode_indikator"])
    return frame.assign(
        target_persen=joined["nilai"].to_numpy(dtype="float64"),
        target_tingkat=joined["tingkat"].astype("string").array,
        target_sumber=joined["sumber"].astype("string").array,
        target_terverifikasi=joined["terverifikasi"].astype("boolean").array,
    )


def propose_target(frame: pd.DataFrame, berikut: pd.DataFrame) -> pd.DataFrame:
    """Return target_berikut_persen, its dasar, and whether it is verified, for the kabupaten.

    A target already set for next year is shown with its level; a reached target is kept at no less
    than what was reached, in whole percent; one not reached stays. Without any target: missing.
    """
    rows = frame[frame["tingkat"] == "kabupaten"]
    joined = berikut.reindex(rows["kode_indikator"]).set_axis(rows.index)
    given, kept, stays = joined["nilai"], _kept_level(rows), rows["target_persen"]
    nilai = given.fillna(kept).fillna(stays)
    dasar = np.select(
        [given.notna(), kept.notna(), stays.notna()],
        [_level_and_source(joined), _PEMELIHARAAN, _DIPERTAHANKAN],
        default=_TANPA_TARGET,
    )
    verified = rows["target_terverifikasi"].mask(given.notna(), joined["terverifikasi"])
    doubtful = nilai.notna() & verified.eq(False).fillna(False).astype(bool)
    note = np.where(doubtful, " (belum terverifikasi)", "")
    return pd.DataFrame(
        {
            "target_berikut_persen": nilai,
            "dasar_target_berikut": dasar + note,
            "target_berikut_terverifikasi": nilai.notna() & ~doubtful,
        }
    )


def _level_and_source(joined: pd.DataFrame) -> pd.Series:
    level, source = (joined[name].astype("object").fillna("") for name in ("tingkat", "sumber"))
    return "target " + level + " untuk tahun depan: " + source


def _kept_level(rows: pd.DataFrame) -> pd.Series:
    """Return the reached level in whole percent (at most 100) where the target was reached."""
    naik = np.maximum(np.floor(rows["capaian_persen"].clip(upper=100)), rows["target_persen"])
    turun = np.minimum(np.ceil(rows["capaian_persen"]), rows["target_persen"])
    level = pd.Series(np.where(rows["arah"] == "turun", turun, naik), index=rows.index)
    return level.where(rows["status_capaian"] == TERCAPAI)
