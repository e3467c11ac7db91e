"""Decisions of the meeting flow into the proposals by id_usulan; the tool never decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_number, format_rupiah, format_tanggal
from reviu_lib.putusan import DITERUSKAN as _DITERUSKAN
from reviu_lib.review.kamus import load_aturan_usulan

DITERUSKAN = list(_DITERUSKAN)
DISEPAKATI = "disepakati"
TIDAK_DITERUSKAN = "tidak diteruskan"
RANCANGAN = "rancangan"
# What the meeting may enter besides its word and its remark: on every proposal, and on a row of
# the draft.
_ISIAN = ("opd_disepakati", "tenggat_disepakati", "sumber_dana_disepakati")
ISIAN_RANCANGAN = ("target_disepakati", "pagu_disepakati_rp", "sub_kegiatan_disepakati")
# What a decision on an activity means for its row of the draft: column → its name there.
DIWARISKAN = {name: f"{name}_kegiatan" for name in ("putusan", *_ISIAN)}
_AWALAN_LOKUS = "UL-"


def add_putusan(frame: pd.DataFrame, putusan: pd.DataFrame, *isian: str) -> pd.DataFrame:
    """Return proposals with `putusan` and `catatan_putusan`; missing where none was entered.

    Also with who answers, until when, and from which fund, as agreed; `isian` are further columns
    that the meeting fills. A word that is not in the list stands as it
    was written and becomes a finding.
    """
    rows = putusan.drop_duplicates("id_usulan", keep="last").set_index("id_usulan")
    columns = ["putusan", *_ISIAN, *isian, "catatan_putusan"]
    joined = rows.reindex(index=frame["id_usulan"], columns=columns)
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
    if DIWARISKAN["putusan"] in frame:
        word = word.fillna(frame[DIWARISKAN["putusan"]].astype("string"))
    agreed = _goes_on(word)
    names = np.select([word.isna(), agreed], [RANCANGAN, DISEPAKATI], TIDAK_DITERUSKAN)
    return pd.Series(names, frame.index, dtype="string")


def inherit_isian(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the draft, what the meeting left open there filled from their activity."""
    names = [name for name in _ISIAN if DIWARISKAN[name] in frame]
    return frame.assign(**{name: frame[name].fillna(frame[DIWARISKAN[name]]) for name in names})


def list_perubahan(frame: pd.DataFrame) -> pd.Series:
    """Return what the meeting entered other than proposed, in words; missing where nothing.

    Columns that the table of proposals does not have count as nothing entered.
    """
    names = [name for name in _DIBANDINGKAN if name in frame]
    texts = [
        "; ".join(filter(None, (tell(row) for tell in _ISIAN_BERBEDA)))
        for row in frame[names].to_dict("records")
    ]
    return pd.Series(texts, frame.index, dtype="string").replace("", pd.NA)


def _cell(row: dict[str, Any], name: str) -> Any:
    """Return a cell; None where the table has no such column."""
    return row.get(name)


def _target(row: dict[str, Any]) -> str:
    agreed, proposed = _cell(row, "target_disepakati"), _cell(row, "target_usulan")
    if not _is_other(agreed, proposed):
        return ""
    before = "" if pd.isna(proposed) else f"{_number(proposed)} menjadi "
    return f"target {before}{_number(agreed)}"


def _number(value: float) -> str:
    return format_number(value, 0 if float(value).is_integer() else 2)


def _pagu(row: dict[str, Any]) -> str:
    agreed, low = _cell(row, "pagu_disepakati_rp"), _cell(row, "pagu_bawah_rp")
    if pd.isna(agreed):
        return ""
    if pd.isna(low):
        return f"pagu {format_rupiah(agreed)}"
    inside = low <= agreed <= row["pagu_atas_rp"]
    return "" if inside else f"pagu {format_rupiah(agreed)} di luar rentang usulan"


def _opd(row: dict[str, Any]) -> str:
    agreed = _cell(row, "opd_disepakati")
    return f"OPD {agreed}" if _is_other(agreed, _cell(row, "opd")) else ""


def _tenggat(row: dict[str, Any]) -> str:
    agreed = _cell(row, "tenggat_disepakati")
    return f"tenggat {format_tanggal(agreed)}" if _is_other(agreed, _cell(row, "tenggat")) else ""


def _sumber_dana(row: dict[str, Any]) -> str:
    agreed = _cell(row, "sumber_dana_disepakati")
    return f"sumber dana {agreed}" if _is_other(agreed, _cell(row, "sumber_dana")) else ""


def _is_other(agreed: Any, proposed: Any) -> bool:
    """Return True for an entry that is not simply what was proposed."""
    return pd.notna(agreed) and (pd.isna(proposed) or bool(agreed != proposed))


def _sub_kegiatan(row: dict[str, Any]) -> str:
    agreed = _cell(row, "sub_kegiatan_disepakati")
    return "" if pd.isna(agreed) else f"sub kegiatan {agreed}"


_DIBANDINGKAN = (
    *_ISIAN, *ISIAN_RANCANGAN, "target_usulan", "pagu_bawah_rp", "pagu_atas_rp", "opd", "tenggat",
    "sumber_dana",
)  # fmt: skip
_ISIAN_BERBEDA = (_target, _pagu, _opd, _tenggat, _sumber_dana, _sub_kegiatan)
