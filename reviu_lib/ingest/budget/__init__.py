"""Money from exports: one row per SKPD, sub kegiatan, and fund, and its meeting with `anggaran`.

`settle` keeps each amount once over all files, `meet_budget` sums the rows, matches them with
kegiatan, compares them with the budget sheet, and fills what that sheet does not hold.
"""

from reviu_lib.ingest.budget.meeting import meet_budget
from reviu_lib.ingest.budget.rows import TABEL as BARIS_UANG
from reviu_lib.ingest.budget.rows import settle

__all__ = ["BARIS_UANG", "meet_budget", "settle"]
