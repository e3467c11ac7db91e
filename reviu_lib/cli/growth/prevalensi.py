"""`prevalensi`: how many children of any table are stunted, wasted, and so on, and how sure."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviu_lib.cli.growth.zskor import (
    check_output,
    keluaran_argument,
    masukan_argument,
    print_left_out,
    print_read,
)
from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number, is_missing

if TYPE_CHECKING:
    import pandas as pd

    from reviu_lib.ingest.outside import Terhitung

_TANGGAL = click.DateTime(["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"])
_DITAMPILKAN = ("stunting", "sangat_pendek", "underweight", "wasting", "overweight")


@click.command()
@masukan_argument
@keluaran_argument
@click.option("--strata", metavar="KOLOM", help="Kolom strata survei.  [bawaan: strata bila ada]")
@click.option("--klaster", metavar="KOLOM", help="Kolom klaster.  [bawaan: cluster bila ada]")
@click.option("--bobot", metavar="KOLOM", help="Kolom penimbang.  [bawaan: sw bila ada]")
@click.option("--oleh", metavar="KOLOM", multiple=True, help="Kelompok tambahan; boleh diulang.")
@click.option("--mulai", type=_TANGGAL, metavar="TGL", help="Hari pertama periode: 2024-08-01.")
@click.option("--selesai", type=_TANGGAL, metavar="TGL", help="Hari terakhir periode.")
@click.option(
    "--penyebut",
    type=click.Choice(["diukur", "terdaftar"]),
    default="diukur",
    help="Pembagi: anak yang diukur, atau semua yang terdaftar.  [bawaan: diukur]",
)
@click.option("--format-who", is_flag=True, help="Tulis dengan kolom perangkat WHO (HA_2_r, …).")
def prevalensi(masukan: Path, keluaran: Path, **options: Any) -> None:
    """Hitung prevalensi status gizi dan selangnya untuk tabel apa pun.

    Kolom seperti pada `reviu zskor`; z dihitung ulang. Tanpa rancangan: selang Wilson dari cacah
    (register); dengan strata, klaster, atau bobot: menurut rancangan survei. Kelompok kecil
    ditulis apa adanya: gabungkan sebelum diterbitkan. Kode keluar: 0 selesai, 1 tidak terbaca atau
    tidak seorang anak pun dapat dihitung, 2 salah perintah.

    \b
    Contoh:
      reviu prevalensi ekspor.xlsx hasil.csv --oleh Kec --mulai 2024-08-01 --selesai 2024-08-31
      reviu prevalensi survei.csv hasil.csv
      reviu prevalensi survei.csv hasil-who.csv --format-who
    """
    check_output(masukan, keluaran)
    from reviu_lib.ingest.outside import (
        Pilihan,
        drop_identity,
        open_table,
        read_anak,
        read_terhitung,
    )

    penyebut = options.pop("penyebut")
    table = open_table(masukan)
    children, clean = read_anak(table), drop_identity(table)
    counted = read_terhitung(table, children, clean, pilihan=Pilihan(**options))
    result, written = _compute(counted, penyebut, who=options["format_who"])
    print_read(table, children)
    print_left_out(table, clean, [])
    _print_children(counted)
    _print_figures(result)
    _write(keluaran, written)
    click.echo(f"Ditulis: {plain(str(keluaran))}")
    sys.exit(0 if result["diukur"].any() else 1)


def _compute(counted: Terhitung, penyebut: Any, *, who: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the prevalence, and the table to write: the same or WHO's."""
    from reviu_lib.growth import Rancangan, compute_prevalence, compute_rerata_z, to_who_columns

    # WHO's software takes a table without design for a simple random sample.
    design = counted.rancangan or (Rancangan() if who else None)
    result = compute_prevalence(
        counted.frame, counted.oleh, rancangan=design, penyebut=penyebut, semua_batas=who
    )
    if not who:
        return result, result
    means = compute_rerata_z(counted.frame, counted.oleh, rancangan=design)
    return result, to_who_columns(result, means)


def _write(path: Path, table: pd.DataFrame) -> None:
    from reviu_lib.ingest.outside import write_table

    words = [name for name in ("kelompok", "nilai_kelompok", "Group") if name in table]
    write_table(path, table[words], words, table.drop(columns=words))


def _print_children(counted: Terhitung) -> None:
    """Print the design, which rows stand for no child and why, and whether children are known."""
    from reviu_lib.growth.prevalence import list_anak

    design = counted.rancangan
    click.echo(f"Rancangan survei: {', '.join(design.kolom)}." if design else "Tanpa rancangan.")
    aside = list_anak(counted.frame, design)[1]
    reasons = {
        "kunjungan terdahulu anak yang sama": counted.ulangan,
        "di luar periode atau tanpa tanggal ukur": counted.luar_periode,
        "usia lebih dari 1.826 hari": aside.usia_lewat,
        "tanpa strata, klaster, atau bobot": aside.tanpa_rancangan,
    }
    for reason, count in reasons.items():
        if count:
            click.echo(f"  {format_number(count)} baris tidak dihitung: {reason}.")
    if not design:
        click.echo("  Dihitung sebagai register: cantumkan cakupan D/S di samping angkanya.")
    if not (design or counted.dikenali):
        click.echo("  Anak tidak dapat dikenali: setiap baris dihitung sebagai satu anak.")


def _print_figures(result: pd.DataFrame) -> None:
    """Print the figures of all children, and how many groups are too small to be published."""
    from reviu_lib.catalog import load_ambang

    whole = result[result["kelompok"] == "semua"].set_index("indikator")
    for name in (name for name in _DITAMPILKAN if name in whole.index):
        click.echo(f"{name}: {_say_figure(whole.loc[name])}.")
    least = int(load_ambang()["diukur_minimum"])
    sizes = result.groupby(["kelompok", "nilai_kelompok"])["diukur"].max()
    if small := int(((sizes > 0) & (sizes < least)).sum()):
        click.echo(
            f"{format_number(small)} kelompok dengan kurang dari {least} anak diukur: "
            "gabungkan atau buang sebelum diterbitkan."
        )


def _say_figure(row: pd.Series) -> str:
    """Return one figure in words: percent, interval, and of how many children."""
    names = ("prevalensi_persen", "bawah_persen", "atas_persen")
    figure, low, high = (format_number(row[name], 2) for name in names)
    if is_missing(row[names[0]]):
        return "tidak dapat dihitung"
    limits = "tanpa selang" if is_missing(row[names[1]]) else f"selang {low} sampai {high}"
    return (
        f"{figure} persen ({limits}), {format_number(row[row['penyebut']])} anak {row['penyebut']}"
    )
