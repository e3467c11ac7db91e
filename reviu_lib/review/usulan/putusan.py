"""Decisions of the meeting flow into the proposals by id_usulan; the tool never decides."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reviu_lib.review.kamus import load_aturan_usulan

_AWALAN_LOKUS = "UL-"


def add_putusan(frame: pd.DataFrame, putusan: pd.DataFrame) -> pd.DataFrame:
    """Return proposals with `putusan` and `catatan_putusan`; missing where none was entered.

    A word that is not in the list stands as it was written and becomes a finding.
    """
    rows = putusan.drop_duplicates("id_usulan", keep="last").set_index("id_usulan")
    joined = rows.reindex(frame["id_usulan"])
    return frame.assign(
        putusan=joined["putusan"].to_numpy(), catatan_putusan=joined["catatan_putusan"].to_numpy()
    )


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
