"""`zskor`: child growth of any table, outside the workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number, list_first

if TYPE_CHECKING:
    import pandas as pd

    from reviu_lib.ingest.outside import Anakan, Bersih, TabelLuar

masukan_argument = click.argument(
    "masukan", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="MASUKAN"
)
keluaran_argument = click.argument(
    "keluaran", type=click.Path(dir_okay=False, path_type=Path), metavar="KELUARAN.csv"
)


@click.command()
@masukan_argument
@keluaran_argument
def zskor(masukan: Path, keluaran: Path) -> None:
    """Hitung z-skor WHO 2006 dan tandanya untuk tabel apa pun.

    Nama kolom WHO (sex, age, is_age_in_month, weight, lenhei, measure, oedema, headc, armc) atau
    e-PPGBM (JK, Tgl Lahir, Tanggal Pengukuran, Berat, Tinggi, Cara Ukur, LiLA). Urutan baris dan
    semua kolom tetap, kecuali kolom identitas. Kode keluar: 0 selesai, 1 tidak terbaca atau tidak
    satu pun z-skor dapat dihitung, 2 salah perintah.

    \b
    Contoh:
      reviu zskor balita.csv balita-z.csv
      reviu zskor ekspor-eppgbm.xlsx hasil.csv
    """
    check_output(masukan, keluaran)
    from reviu_lib.ingest.outside import drop_identity, open_table, read_anak, write_table

    table = open_table(masukan)
    children = read_anak(table)
    clean, scored = drop_identity(table), children.score()
    renamed = write_table(keluaran, clean.sel, clean.judul, scored)
    print_read(table, children)
    click.echo(f"z-skor: {'; '.join(_list_z(scored)) or 'tidak satu pun dapat dihitung'}.")
    _print_stored(table, scored)
    print_left_out(table, clean, renamed)
    click.echo(f"Ditulis: {plain(str(keluaran))}")
    sys.exit(0 if _list_z(scored) else 1)


def check_output(masukan: Path, keluaran: Path) -> None:
    """Refuse an output that is no CSV or would replace the input."""
    if keluaran.suffix.lower() != ".csv":
        raise click.BadParameter("Keluaran harus berakhiran .csv.", param_hint="KELUARAN.csv")
    if keluaran.exists() and keluaran.samefile(masukan):
        raise click.BadParameter("Keluaran tidak boleh berkas masukan.", param_hint="KELUARAN.csv")


def _list_z(scored: pd.DataFrame) -> list[str]:
    """Return how many z each index has, and how many of them WHO flags."""
    words = []
    for name in (name for name in scored if name.startswith("z")):
        flag = f"ekstrem{name[1:]}" if f"ekstrem{name[1:]}" in scored else f"f{name[1:]}"
        count, beyond = int(scored[name].notna().sum()), int(scored[flag].sum())
        if count:
            words.append(f"{name} {format_number(count)} (ekstrem {format_number(beyond)})")
    return words


def print_read(table: TabelLuar, children: Anakan) -> None:
    """Print what was read, and which cells could not be used."""
    rows = format_number(len(table.sel))
    click.echo(f"{plain(table.tempat)}: {rows} baris, {table.nama_susunan.nama}.")
    for fault in children.rusak:
        where = list_first([str(row) for row in fault.baris], pemisah=", ")
        count = format_number(len(fault.baris))
        click.echo(
            f"  {plain(fault.kolom)}: {count} sel {fault.sebab}, dianggap kosong (baris {where})."
        )
    way = "measure" if children.who else "cara_ukur"
    if table.cells(way) is None:
        click.echo("  Tanpa kolom cara ukur: panjang dan tinggi tidak dikoreksi 0,7 cm.")


def _print_stored(table: TabelLuar, scored: pd.DataFrame) -> None:
    """Print how many stored z differ from ours."""
    from reviu_lib.ingest.outside import compare_stored

    for item in compare_stored(table, scored):
        if item.dibandingkan:
            counts = f"{format_number(item.berbeda)} dari {format_number(item.dibandingkan)}"
            click.echo(f"{plain(item.kolom)} tersimpan: {counts} berbeda dari hitungan ini.")


def print_left_out(table: TabelLuar, clean: Bersih, renamed: list[str]) -> None:
    """Print which columns were left behind, masked, or renamed, and which sheets were not read."""
    if clean.dibuang:
        click.echo(f"Kolom identitas dibuang: {plain(', '.join(clean.dibuang))}.")
    for heading, count in clean.disamarkan:
        click.echo(
            f"Disamarkan pada kolom {plain(heading)}: {format_number(count)} sel beridentitas."
        )
    if renamed:
        click.echo(f"Kolom masukan diberi akhiran _masukan: {plain(', '.join(renamed))}.")
    if table.lembar_lain:
        click.echo(f"Lembar lain tidak dibaca: {plain(', '.join(table.lembar_lain))}.")
