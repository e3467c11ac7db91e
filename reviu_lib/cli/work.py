"""`periksa`, `laporan`, `banding`: from raw files to reports."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from reviu_lib.cli.options import (
    choose,
    dask_option,
    format_option,
    kode_argument,
    open_ruang,
    pekerja_option,
    read_cara,
    ruang_option,
    tahun_option,
    tujuan_option,
    ulang_option,
)

if TYPE_CHECKING:
    from rich.console import Console

    from reviu_lib.batch import Cara, Luaran
    from reviu_lib.store import Ruang


@click.command()
@kode_argument
@tahun_option
@ulang_option
@pekerja_option
@ruang_option
def periksa(
    kode: tuple[str, ...], tahun: list[int], ulang: bool, pekerja: int | None, ruang: str | None
) -> None:
    """Baca berkas mentah, simpan data olahan, dan tampilkan temuan.

    Diakhiri dengan temuan menurut tingkat, neraca baris, dan berkas yang ditulis: temuan.xlsx
    dan salinan berwarna di reports/<tahun>/<kode>/. Tanpa KODE dan --tahun: semua yang ada di
    data/raw. Kode keluar: 0 tanpa galat, 1 bila ada galat, 2 salah perintah.

    \b
    Contoh:
      reviu periksa
      reviu periksa 12.18 --tahun 2021
      reviu periksa semua --ulang
    """
    from reviu_lib.batch import Cara, run_periksa
    from reviu_lib.cli.screen import Kemajuan, make_console

    place, settings = open_ruang(ruang)
    units = choose(kode, tahun, place, settings)
    console = make_console()
    with Kemajuan(console, len(units)) as kemajuan:
        cara = Cara(pekerja or settings.pekerja, kemajuan, settings.batas)
        outcomes = run_periksa(units, ruang=place, ulang=ulang, cara=cara)
    clean = [_show_check(console, item, place) for item in sorted(outcomes, key=_unit)]
    if len(clean) > 1:
        click.echo(f"\n{clean.count(True)} dari {len(clean)} kabupaten dan tahun tanpa galat.")
    sys.exit(0 if all(clean) else 1)


def _unit(item: Luaran) -> tuple[str, int]:
    return item.kode, item.tahun


def _show_check(console: Console, item: Luaran, place: Ruang) -> bool:
    """Print one check; return True when it has no finding of the gravest kind."""
    from rich.text import Text

    from reviu_lib.batch.temuan import list_temuan
    from reviu_lib.cli.check import print_ledger, print_severity, print_written
    from reviu_lib.cli.screen import print_findings, print_outcomes
    from reviu_lib.store import load_bahan

    if item.status == "gagal":
        print_outcomes(console, [item])
        return False
    bahan = load_bahan(item.kode, item.tahun, ruang=place)
    console.print(Text(f"\n{bahan.nama} ({item.kode}) tahun {item.tahun}", style="bold"))
    print_findings(console, bahan.temuan)
    print_severity(console, bahan.temuan)
    print_ledger(console, bahan.neraca_baris)
    written = list_temuan(item.kode, item.tahun, ruang=place)
    tables = sorted(place.processed_of(item.kode, item.tahun).glob("*.parquet"))
    print_written(console, [*written, *tables])
    return not (bahan.temuan["tingkat"] == "galat").any()


@click.command()
@kode_argument
@tahun_option
@click.option(
    "--edisi",
    type=click.Choice(["persiapan", "rapat", "final"]),
    help="Untuk apa laporan dipakai.  [bawaan: rapat]",
)
@click.option(
    "--publik", is_flag=True, help="Edisi publik: cacah kecil ditutup; hasil di reports/publik/."
)
@format_option
@pekerja_option
@dask_option
@tujuan_option
@ulang_option
@click.option("--coba", is_flag=True, help="Tampilkan rencananya saja.")
@ruang_option
def laporan(
    kode: tuple[str, ...], tahun: list[int], *, ruang: str | None, coba: bool, **wishes: Any
) -> None:
    """Buat laporan reviu per kabupaten dan tahun.

    Setiap laporan berupa notebook, halaman HTML, Word, PDF, dan lampiran Excel; ditambah satu
    indeks. Data yang berubah diperiksa dahulu; laporan yang tidak berubah dilewati; satu kabupaten
    yang gagal tidak menghentikan yang lain (kode keluar menjadi 1). Hasil:
    reports/<tahun>/<kode>/ dan reports/index.html. Tanpa --publik laporan adalah edisi internal
    dan tidak untuk diterbitkan; yang boleh diterbitkan hanya isi reports/publik/.

    \b
    Contoh:
      reviu laporan
      reviu laporan 12.18 73.12 --tahun 2021
      reviu laporan semua --edisi final --format html --pekerja 4
      reviu laporan semua --dask tcp://10.0.0.5:8786 --tujuan /mnt/bersama/laporan
      reviu laporan 12.18 --edisi final --publik
      reviu laporan --coba
    """
    from reviu_lib.batch import FORMAT_PUBLIK, Pesanan, plan_laporan
    from reviu_lib.cli.screen import make_console, print_plan

    place, settings = open_ruang(ruang)
    edisi = wishes["edisi"] or settings.edisi
    formats = tuple(wishes["format_"] or settings.format)
    units = choose(kode, tahun, place, settings)
    publik = wishes["publik"]
    if publik and not set(formats) & set(FORMAT_PUBLIK):
        raise click.UsageError(f"Edisi publik tersedia sebagai {', '.join(FORMAT_PUBLIK)}.")
    orders = [Pesanan((k,), t, edisi=edisi, format=formats, publik=publik) for k, t in units]
    if coba:
        plan = plan_laporan(orders, ruang=place, ulang=wishes["ulang"])
        print_plan(make_console(), plan)
        return
    _run(orders, place, ulang=wishes["ulang"], cara=read_cara(wishes, settings))


@click.command()
@click.argument("kode", nargs=-1, required=True, metavar="KODE…")
@tahun_option
@pekerja_option
@dask_option
@tujuan_option
@ulang_option
@ruang_option
def banding(
    kode: tuple[str, ...], tahun: list[int], *, ulang: bool, ruang: str | None, **wishes: Any
) -> None:
    """Sandingkan kabupaten/kota pada satu tahun, dengan deret tahun lain bila diminta.

    KODE dua angka berarti semua kabupaten/kota provinsi itu; yang tanpa data atau gagal tetap
    disebut beserta alasannya. Dari beberapa tahun (2022,2023,2024), yang terakhir adalah tahun
    utama. Laporan tiap kabupaten dibuat dahulu bila belum ada. Hasil:
    reports/<tahun>/banding-….html dan .xlsx.

    \b
    Contoh:
      reviu banding 73 --tahun 2024
      reviu banding 12.18 73.12 --tahun 2021
      reviu banding semua --tahun 2022,2023,2024
    """
    from reviu_lib.batch import choose_banding

    if not tahun:
        raise click.UsageError("Sebut tahunnya, misalnya --tahun 2024.")
    place, settings = open_ruang(ruang)
    order = choose_banding(kode, tahun, ruang=place, dengar=lambda kabar: click.echo(kabar.teks))
    if len(order.kode) < 2:
        raise click.UsageError("Perbandingan memerlukan sedikitnya dua kabupaten/kota.")
    for line in order.absen:
        click.echo(f"Tidak ikut: {line}")
    _run([order], place, ulang=ulang, cara=read_cara(wishes, settings))


def _run(orders: list, place: Ruang, *, ulang: bool, cara: Cara) -> None:
    """Make the orders, tell how they ended, and leave with 1 when one failed."""
    from reviu_lib.batch import run_banding, run_laporan
    from reviu_lib.cli.screen import Kemajuan, make_console, print_outcomes

    console = make_console()
    with Kemajuan(console, len(orders)) as kemajuan:
        heard = replace(cara, dengar=kemajuan)
        outcomes = (
            run_banding(orders[0], ruang=place, ulang=ulang, cara=heard)
            if orders[0].jenis == "banding"
            else run_laporan(orders, ruang=place, ulang=ulang, cara=heard)
        )
    print_outcomes(console, outcomes)
    click.echo(place.portal_of(publik=orders[0].publik) / "index.html")
    sys.exit(1 if any(item.status == "gagal" for item in outcomes) else 0)
