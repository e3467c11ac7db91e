"""What a run prints: findings, outcomes, and the plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reviu_lib.batch import Luaran, Rencana
from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number, mask_identity

CONTOH_PER_JENIS = 5
_LEBAR_TANPA_TERMINAL = 120
TANDA = {"selesai": "✓", "dilewati": "=", "gagal": "✗", "terhenti": "■"}
KATA = {
    "selesai": "selesai",
    "dilewati": "tidak berubah, dilewati",
    "gagal": "GAGAL",
    "terhenti": "dihentikan",
}
_URUTAN = {"galat": 0, "peringatan": 1, "catatan": 2}


def make_console() -> Console:
    """Return a console that never reads data as markup and has room when it is not a terminal."""
    width = None if sys.stdout.isatty() else _LEBAR_TANPA_TERMINAL
    return Console(markup=False, highlight=False, emoji=False, width=width)


def name_unit(kode: str, tahun: int, nama: str = "") -> str:
    """Return how a kabupaten and year are called on the screen, with the name of a notebook."""
    return f"{kode}/{tahun}" + (f" {nama}" if nama.startswith("notebook ") else "")


def print_outcomes(console: Console, outcomes: Iterable[Luaran]) -> None:
    """Print one line per unit, and under a failure its place and remedy."""
    for item in outcomes:
        name = name_unit(item.kode, item.tahun, item.nama)
        line = f"{TANDA[item.status]} {name}  {KATA[item.status]}"
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
        table.add_row(_name_step(step), name_unit(step.kode, step.tahun), state)
    console.print(table)
    due = sum(bool(step.alasan) for step in plan)
    console.print(Text(f"{format_number(due)} dari {format_number(len(plan))} dikerjakan."))


def _name_step(step: Rencana) -> str:
    return step.nama if step.nama.startswith(step.jenis) else f"{step.jenis} {step.nama}".strip()


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
