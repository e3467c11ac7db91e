"""What is left on the screen when a run has ended: how many, and what to do about the failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reviu_lib.batch import Luaran
from reviu_lib.cli.screen import KATA, print_outcomes
from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number

# So many outcomes are told one by one; of more only the failures and notes are.
_BANYAK = 20
KODE_GAGAL, KODE_TERHENTI = 1, 130


def exit_code(outcomes: Sequence[Luaran]) -> int:
    """Return 0 when all went well, 1 when something failed, 130 when the run was interrupted."""
    statuses = {item.status for item in outcomes}
    if "terhenti" in statuses:
        return KODE_TERHENTI
    return KODE_GAGAL if "gagal" in statuses else 0


def print_summary(console: Console, outcomes: Sequence[Luaran], root: Path) -> None:
    """Print each outcome (of many only those with notes), a table of failures, and the counts."""
    well = [item for item in outcomes if item.status not in ("gagal", "terhenti")]
    print_outcomes(console, well if len(outcomes) <= _BANYAK else [i for i in well if i.catatan])
    failed = [item for item in outcomes if item.status == "gagal"]
    if failed:
        console.print(_failures(failed, root))
    counts = Counter(item.status for item in outcomes)
    console.print(Text(f"Jumlah: {_describe_counts(counts)}."))
    if counts["terhenti"]:
        console.print(Text("Jalankan perintah yang sama untuk melanjutkan; yang jadi dilewati."))


def _describe_counts(counts: Counter[str]) -> str:
    words = [f"{format_number(counts[status])} {KATA[status].lower()}"
             for status in KATA if counts[status]]  # fmt: skip
    return ", ".join(words) or "tidak ada pekerjaan"


def _failures(failed: Sequence[Luaran], root: Path) -> Table:
    table = Table(title="Yang gagal", title_justify="left", show_lines=True)
    for heading, ratio in (("Kode", 2), ("Tahun", 1), ("Bagian", 3), ("Pesan", 6),
                           ("Yang perlu dilakukan", 5), ("Notebook yang gagal", 5)):  # fmt: skip
        table.add_column(heading, overflow="fold", ratio=ratio)
    for item in failed:
        table.add_row(*(Text(text) for text in _describe(item, root)))
    return table


def _describe(item: Luaran, root: Path) -> tuple[str, ...]:
    book = item.notebook.relative_to(root).as_posix() if item.notebook else "–"
    notes = "".join(f" {plain(note)}" for note in item.catatan)
    return (
        item.kode,
        str(item.tahun),
        plain(item.di) or "–",
        f"{plain(item.pesan)}{notes}",
        plain(item.lakukan) or "–",
        book,
    )
