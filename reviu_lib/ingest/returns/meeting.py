"""Returned worksheets meet all other tables: what they fill, what is kept, what is told."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviu_lib.catalog import tabel_masukan
from reviu_lib.ingest.findings import Temuan
from reviu_lib.ingest.returns.answers import Kembalian, list_answers
from reviu_lib.ingest.returns.fill import Isian, fill_blanks
from reviu_lib.ingest.returns.judge import judge_answers
from reviu_lib.ingest.returns.telling import TABEL, tell_answers, tell_printed
from reviu_lib.ingest.unite import ASAL

Tabel = dict[str, pd.DataFrame]


def meet_returns(
    frames: Mapping[str, pd.DataFrame], origins: Mapping[str, pd.DataFrame], kembalian: Kembalian
) -> tuple[Tabel, Tabel, list[Temuan]]:
    """Return all tables with the answers used, the origins of their rows, and what was found.

    What is recorded stands; an answer fills a blank, and only where all worksheets agree.
    """
    isian = Isian(dict(frames), dict(origins))
    if not kembalian.frames:
        return isian.frames, isian.asal, []
    judged = judge_answers(list_answers(kembalian), frames)
    found = [*tell_printed(kembalian, frames), *tell_answers(judged, frames.get("kegiatan"))]
    fill_blanks(judged, kembalian, isian)
    done = isian.origins({name: len(frame) for name, frame in frames.items()})
    isian.frames[TABEL] = done[TABEL] = _keep(judged)
    return isian.frames, done, found


def _keep(judged: pd.DataFrame) -> pd.DataFrame:
    """Return the canonical table of answers with its origins."""
    baku = tabel_masukan()[TABEL]
    shown = judged.drop(columns="kunci").rename(
        columns={"_berkas": "berkas", "_lembar": "lembar", "baris": "kunci"}
    )
    kept = baku.conform(shown[baku.nama_kolom].replace("", pd.NA))
    return pd.concat([kept, judged[ASAL].reset_index(drop=True)], axis=1)
