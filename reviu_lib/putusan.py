"""Decisions of a meeting from several sources: annex, minutes, and the folders of two years.

What one source leaves open another may fill in. Where two fill in the same thing differently,
nobody chooses: neither counts, and both are named.
"""

from __future__ import annotations

import pandas as pd

# Words of a decision that let a proposal go on.
DITERUSKAN = ("ditindaklanjuti", "ditindaklanjuti dengan perbaikan", "digabung")
KUNCI = ["tahun", "id_usulan"]
# What a meeting enters about one proposal; the remarks of two sources stand beside each other.
ISIAN_RAPAT = (
    "putusan", "target_disepakati", "pagu_disepakati_rp", "opd_disepakati", "tenggat_disepakati",
    "sumber_dana_disepakati", "sub_kegiatan_disepakati",
)  # fmt: skip
CATATAN = "catatan_putusan"
_PEMISAH = " – "  # between the name of an activity and what else the minutes say of it
_REKOMENDASI, _KEGIATAN = "RK-", ("RR-", "UK-")
# Told by the annex as proposed → entered by the meeting.
_DISEPAKATI = {"opd_pj": "opd_disepakati", "opd": "opd_disepakati", "tenggat": "tenggat_disepakati"}


def merge_putusan(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return the rows, those of one proposal filled from each other, and where they contradict.

    `rows` has the columns of the table putusan. Contradicting rows stay as they were; of the
    others each row of a proposal then holds the same. Words are compared without case and ends.
    """
    twice = rows.duplicated(KUNCI, keep=False)
    if not twice.any():
        return rows, twice
    groups = rows.groupby(KUNCI, dropna=False, sort=False)
    plain = rows[list(ISIAN_RAPAT)].apply(lambda column: column.astype("string").str.strip())
    plain = plain.apply(lambda column: column.str.lower()).join(rows[KUNCI])
    counts = plain.groupby(KUNCI, dropna=False)[list(ISIAN_RAPAT)].transform("nunique")
    clash = twice & (counts > 1).any(axis=1)
    filled = rows.copy()
    alike = twice & ~clash
    for name in rows.columns.difference(KUNCI):
        filled.loc[alike, name] = groups[name].transform("first")[alike]
    notes = rows.assign(**{CATATAN: rows[CATATAN].fillna("")}).groupby(KUNCI, dropna=False)
    joined = notes[CATATAN].transform(lambda each: "; ".join(dict.fromkeys(filter(None, each))))
    filled.loc[alike, CATATAN] = joined.replace("", pd.NA)[alike]
    return filled, clash


def complete_putusan(rows: pd.DataFrame) -> pd.DataFrame:
    """Return decisions with what they are about, also where only the minutes tell it.

    Owner and deadline are those of the meeting, else those proposed.
    """
    kind = rows["id_usulan"].str[:3]
    told = rows["uraian"]
    agreed = {name: rows[own].fillna(rows[name]) for name, own in _DISEPAKATI.items()}
    return rows.assign(
        rekomendasi=rows["rekomendasi"].fillna(told.where(kind == _REKOMENDASI)),
        sub_kegiatan=rows["sub_kegiatan"].fillna(told.where(kind.isin(_KEGIATAN)).map(_name)),
        **agreed,
    )


def _name(told: object) -> object:
    """Return the name of an activity out of what the minutes say of it: `Kelas ibu – selesai`."""
    return told.partition(_PEMISAH)[0] if isinstance(told, str) else pd.NA
