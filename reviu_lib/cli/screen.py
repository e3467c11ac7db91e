"""What a run prints: progress, findings, outcomes, and the plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any

import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from reviu_lib.batch import Kabar, Luaran, Rencana
from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number, mask_identity

CONTOH_PER_JENIS = 5
_LEBAR_TANPA_TERMINAL = 120
_TANDA = {"selesai": "✓", "dilewati": "=", "gagal": "✗"}
_KATA = {"selesai": "selesai", "dilewati": "tidak berubah, dilewati", "gagal": "GAGAL"}
_URUTAN = {"galat": 0, "peringatan": 1, "catatan": 2}


def make_console() -> Console:
    """Return a console that never reads data as markup and has room when it is not a terminal."""
    width = None if sys.stdout.isatty() else _LEBAR_TANPA_TERMINAL
    return Console(markup=False, highlight=False, emoji=False, width=width)


class Kemajuan:
    """Hears the news of a run: a moving bar on a terminal, plain lines elsewhere."""

    def __init__(self, console: Console, jumlah: int) -> None:
        self.console = console
        self.progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.total = self.progress.add_task("Pekerjaan", total=jumlah)
        self.running: dict[tuple[str, int], Any] = {}

    def __enter__(self) -> Kemajuan:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, t: TracebackType | None
    ) -> None:
        self.progress.stop()

    def __call__(self, kabar: Kabar) -> None:
        """Show one piece of news."""
        unit = (kabar.kode, kabar.tahun)
        if kabar.jenis == "mulai":
            self.running[unit] = self.progress.add_task(_name(*unit), total=None)
            self._line(f"… {_name(*unit)} dimulai")
        elif kabar.jenis == "tahap" and unit in self.running:
            text = f"{_name(*unit)}: {plain(kabar.teks)}"
            self.progress.update(self.running[unit], description=text)
        elif kabar.jenis == "catatan":
            self.console.print(Text(plain(kabar.teks)))
        elif kabar.jenis in _TANDA:
            self._end(kabar)

    def _end(self, kabar: Kabar) -> None:
        unit = (kabar.kode, kabar.tahun)
        if unit in self.running:
            self.progress.remove_task(self.running.pop(unit))
        self.progress.advance(self.total)
        if kabar.jenis != "dilewati":
            self._line(f"{_TANDA[kabar.jenis]} {_name(*unit)} {_KATA[kabar.jenis]}")

    def _line(self, text: str) -> None:
        if not self.console.is_terminal:
            self.console.print(Text(text))


def _name(kode: str, tahun: int) -> str:
    return f"{kode}/{tahun}"


def print_outcomes(console: Console, outcomes: Iterable[Luaran]) -> None:
    """Print one line per unit, and under a failure its place and remedy."""
    for item in outcomes:
        line = f"{_TANDA[item.status]} {_name(item.kode, item.tahun)}  {_KATA[item.status]}"
        console.print(Text(line, style="bold red" if item.status == "gagal" else ""))
        for label, text in (("", item.pesan), ("Di: ", item.di), ("Lakukan: ", item.lakukan)):
            if text:
                console.print(Text(f"    {label}{plain(text)}"))
        for note in item.catatan:
            console.print(Text(f"    {plain(note)}"))


def print_plan(console: Console, plan: Sequence[Rencana]) -> None:
    """Print what would be done, and why."""
    table = Table(title="Rencana", title_justify="left")
    for heading in ("Pekerjaan", "Kabupaten/tahun", "Keadaan"):
        table.add_column(heading, overflow="fold")
    for step in plan:
        state = f"dikerjakan: {plain(step.alasan)}" if step.alasan else "tidak berubah, dilewati"
        table.add_row(step.jenis, _name(step.kode, step.tahun), state)
    console.print(table)


def print_findings(console: Console, temuan: pd.DataFrame) -> None:
    """Print the findings by kind, gravest first: five examples of each, then the count."""
    if temuan.empty:
        console.print(Text("Tidak ada temuan."))
        return
    table = Table(show_lines=True)
    for heading, ratio in (("Tingkat", 1), ("Di mana", 3), ("Apa", 4), ("Yang dilakukan", 4)):
        table.add_column(heading, overflow="fold", ratio=ratio)
    order = temuan.assign(urutan=temuan["tingkat"].map(_URUTAN).astype("Int64"))
    for (_, kode), group in order.groupby(["urutan", "kode"], sort=True, dropna=False):
        for row in group.head(CONTOH_PER_JENIS).to_dict("records"):
            table.add_row(*_finding(row))
        if len(group) > CONTOH_PER_JENIS:
            rest = format_number(len(group) - CONTOH_PER_JENIS)
            table.add_row("", "", Text(f"… dan {rest} temuan lain jenis {kode}"), "")
    console.print(table)
    counts = temuan["tingkat"].value_counts()
    words = [f"{format_number(int(counts.get(level, 0)))} {level}" for level in _URUTAN]
    console.print(Text(f"Jumlah: {', '.join(words)}."))


def _finding(row: dict[str, Any]) -> tuple[Text, Text, Text, Text]:
    place = " · ".join(_text(row[key]) for key in ("berkas", "lembar", "sel") if _text(row[key]))
    shown, words = _text(row["nilai"]), _text(row["uraian"])
    value = f" Tertulis: {shown}." if shown and shown not in words else ""
    remedy = " ".join(_text(row[key]) for key in ("tindakan", "saran") if _text(row[key]))
    return (
        Text(_text(row["tingkat"])),
        Text(place),
        Text(f"{words}{value}"),
        Text(remedy),
    )


def _text(value: Any) -> str:
    return "" if pd.isna(value) else mask_identity(plain(str(value)))
