"""Worksheets that come back from OPD, kecamatan, and puskesmas meet the workbook.

`take_returns` sets their rows apart, `meet_returns` judges every filled cell and lets it fill what
the workbook and the exports leave blank. What is recorded is never replaced; every other answer
is kept in `isian_lembar` with what became of it, and told as a finding.
"""

from reviu_lib.ingest.returns.answers import Kembalian, take_returns
from reviu_lib.ingest.returns.meeting import meet_returns

__all__ = ["Kembalian", "meet_returns", "take_returns"]
