"""How `periksa` and `baca` end: findings by severity, the ledger of rows, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reviu_lib.cli.options import show_path
from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number
from reviu_lib.pemeriksaan import explain_reasons, sum_neraca, sum_tingkat

_ANGKA = ("dibaca", "dipakai", "disisihkan")
_DISEBUT = 6  # files of one folder that are named; more are counted
_GAYA = {"galat": "bold red", "peringatan": "yellow", "catatan": ""}


def print_severity(console: Console, temuan: pd.DataFrame) -> None:
    """Print how many findings there are of each severity, and what that means for the data."""
    table = _table("Temuan menurut tingkat", ("Tingkat", "Artinya"), ("Temuan", "Baris atau sel"))
    for row in sum_tingkat(temuan).to_dict("records"):
        level = Text(row["tingkat"], style=_GAYA[row["tingkat"]] if row["jumlah"] else "")
        counts = (format_number(row["jumlah"]), format_number(row["terkena"]))
        table.add_row(level, Text(row["arti"]), *counts)
    console.print(table)


def print_ledger(console: Console, neraca: pd.DataFrame) -> None:
    """Print for each file the rows read, used, and set aside with the reasons, and the totals."""
    if neraca.empty:
        console.print(Text("Neraca baris: tidak ada baris yang dibaca."))
        return
    table = _table("Neraca baris", ("Berkas",), ("Dibaca", "Dipakai", "Disisihkan"))
    table.add_column("Alasan", overflow="fold", ratio=3)
    for row in sum_neraca(neraca).to_dict("records"):
        counts = [format_number(row[name]) for name in _ANGKA]
        table.add_row(Text(plain(row["berkas"])), *counts, Text(explain_reasons(row["alasan"])))
    totals = [format_number(int(neraca[name].sum())) for name in _ANGKA]
    table.add_section()
    table.add_row(Text("Jumlah", style="bold"), *totals, "")
    console.print(table)
    console.print(Text("Neraca: {} baris dibaca = {} dipakai + {} disisihkan.".format(*totals)))


def print_written(console: Console, paths: Sequence[Path]) -> None:
    """Print which files were written; many of one folder in one line."""
    console.print(Text("Ditulis:"))
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path)
    for folder, files in folders.items():
        lines = [show_path(path) for path in files]
        if len(files) > _DISEBUT:
            lines = [f"{show_path(folder)}/ ({format_number(len(files))} berkas)"]
        for line in lines:
            console.print(Text(f"  {plain(line)}"), soft_wrap=True)


def _table(title: str, words: Sequence[str], numbers: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in words:
        table.add_column(heading, overflow="fold", ratio=2 if len(words) == 1 else None)
    for heading in numbers:
        table.add_column(heading, justify="right")
    return table
