"""Decisions of the meeting flow into the proposals by id_usulan; the tool never decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_number, format_rupiah
from reviu_lib.review.kamus import load_aturan_usulan

DITERUSKAN = ["ditindaklanjuti", "ditindaklanjuti dengan perbaikan", "digabung"]
DISEPAKATI = "disepakati"
TIDAK_DITERUSKAN = "tidak diteruskan"
RANCANGAN = "rancangan"
# What the meeting may enter on a row of the draft, besides its word and its remark.
ISIAN_RANCANGAN = (
    "target_disepakati", "pagu_disepakati_rp", "opd_disepakati", "sub_kegiatan_disepakati",
)  # fmt: skip
_AWALAN_LOKUS = "UL-"


def add_putusan(frame: pd.DataFrame, putusan: pd.DataFrame, *isian: str) -> pd.DataFrame:
    """Return proposals with `putusan` and `catatan_putusan`; missing where none was entered.

    `isian` are further columns that the meeting fills. A word that is not in the list stands as it
    was written and becomes a finding.
    """
    rows = putusan.drop_duplicates("id_usulan", keep="last").set_index("id_usulan")
    joined = rows.reindex(frame["id_usulan"])
    columns = ["putusan", *isian, "catatan_putusan"]
    return frame.assign(**{name: joined[name].to_numpy() for name in columns})


def find_orphans(putusan: pd.DataFrame, known: Iterable[str]) -> list[str]:
    """Return id_usulan of decisions that belong to no proposal of this review."""
    return putusan.loc[~putusan["id_usulan"].isin(list(known)), "id_usulan"].dropna().tolist()


def find_unknown_words(putusan: pd.DataFrame) -> list[str]:
    """Return `id_usulan: word` of decisions whose word is not in the declared list."""
    rules = load_aturan_usulan().kegiatan
    rows = putusan.dropna(subset=["putusan"])
    word = rows["putusan"].str.strip().str.lower()
    lokus = rows["id_usulan"].str.startswith(_AWALAN_LOKUS)
    known = word.isin(list(rules.putusan)).where(~lokus, word.isin(list(rules.putusan_lokus)))
    wrong = rows[~known.astype(bool)]
    return (wrong["id_usulan"] + ": " + wrong["putusan"]).tolist()


def list_disepakati(putusan: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions whose word lets the proposal go on."""
    return putusan[_goes_on(putusan["putusan"])]


def _goes_on(words: pd.Series) -> pd.Series:
    plain = words.astype("string").str.strip().str.lower()
    return plain.isin(DITERUSKAN).fillna(False).astype(bool)


def choose_nasib(usulan: pd.DataFrame) -> pd.Series:
    """Return the meeting's word on each proposal, or the proposal where there is none."""
    word = usulan["putusan"].astype("string").str.strip().str.lower()
    return word.fillna(usulan["usulan"].astype("string"))


def choose_keadaan(frame: pd.DataFrame) -> pd.Series:
    """Return what the meeting made of each row: its own word first, else that on the activity."""
    word = frame["putusan"].astype("string")
    if "putusan_kegiatan" in frame:
        word = word.fillna(frame["putusan_kegiatan"].astype("string"))
    agreed = _goes_on(word)
    names = np.select([word.isna(), agreed], [RANCANGAN, DISEPAKATI], TIDAK_DITERUSKAN)
    return pd.Series(names, frame.index, dtype="string")


_DISEPAKATI = [
    "target_disepakati", "target_usulan", "pagu_disepakati_rp", "pagu_bawah_rp", "pagu_atas_rp",
    "opd_disepakati", "opd", "sub_kegiatan_disepakati",
]  # fmt: skip


def list_perubahan(frame: pd.DataFrame) -> pd.Series:
    """Return what the meeting entered other than proposed, in words; missing where nothing."""
    texts = [
        "; ".join(filter(None, (_target(row), _pagu(row), _opd(row), _sub_kegiatan(row))))
        for row in frame[[name for name in _DISEPAKATI if name in frame]].to_dict("records")
    ]
    return pd.Series(texts, frame.index, dtype="string").replace("", pd.NA)


def _target(row: dict[str, Any]) -> str:
    agreed, proposed = row["target_disepakati"], row["target_usulan"]
    if pd.isna(agreed) or agreed == proposed:
        return ""
    before = "" if pd.isna(proposed) else f"{_number(proposed)} menjadi "
    return f"target {before}{_number(agreed)}"


def _number(value: float) -> str:
    return format_number(value, 0 if float(value).is_integer() else 2)


def _pagu(row: dict[str, Any]) -> str:
    agreed, low = row["pagu_disepakati_rp"], row.get("pagu_bawah_rp")
    if pd.isna(agreed):
        return ""
    if pd.isna(low):
        return f"pagu {format_rupiah(agreed)}"
    inside = low <= agreed <= row["pagu_atas_rp"]
    return "" if inside else f"pagu {format_rupiah(agreed)} di luar rentang usulan"


def _opd(row: dict[str, Any]) -> str:
    agreed = row["opd_disepakati"]
    if pd.isna(agreed) or agreed == row["opd"]:
        return ""
    return f"OPD {agreed}"


def _sub_kegiatan(row: dict[str, Any]) -> str:
    agreed = row["sub_kegiatan_disepakati"]
    return "" if pd.isna(agreed) else f"sub kegiatan {agreed}"
