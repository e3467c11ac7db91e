"""`periksa`, `laporan`, `banding`: from raw files to reports."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviu_lib.cli.options import (
    choose,
    dask_option,
    format_option,
    kode_argument,
    open_ruang,
    pekerja_option,
    peristiwa_option,
    read_cara,
    ruang_option,
    stoppable,
    tahun_option,
    tujuan_option,
    ulang_option,
)

if TYPE_CHECKING:
    from rich.console import Console

    from reviu_lib.batch import Cara, Kabar, Luaran, Pesanan
    from reviu_lib.batch.plan import BerkasRencana
    from reviu_lib.settings import Pengaturan
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
    from reviu_lib.cli.progress import Kemajuan
    from reviu_lib.cli.progress.summary import exit_code
    from reviu_lib.cli.screen import make_console

    place, settings = open_ruang(ruang)
    units = choose(kode, tahun, place, settings)
    console = make_console()
    with Kemajuan(console) as kemajuan, stoppable():
        cara = Cara(pekerja or settings.pekerja, kemajuan, settings.batas)
        outcomes = run_periksa(units, ruang=place, ulang=ulang, cara=cara)
    clean = [_show_check(console, item, place) for item in sorted(outcomes, key=_unit)]
    if len(clean) > 1:
        click.echo(f"\n{clean.count(True)} dari {len(clean)} kabupaten dan tahun tanpa galat.")
    sys.exit(exit_code(outcomes) or (0 if all(clean) else 1))


def _unit(item: Luaran) -> tuple[str, int]:
    return item.kode, item.tahun


def _show_check(console: Console, item: Luaran, place: Ruang) -> bool:
    """Print one check; return True when it has no finding of the gravest kind."""
    from rich.text import Text

    from reviu_lib.batch.temuan import list_temuan
    from reviu_lib.cli.check import print_ledger, print_severity, print_written
    from reviu_lib.cli.screen import print_findings, print_outcomes
    from reviu_lib.store import load_bahan

    if item.status in ("gagal", "terhenti"):
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
@click.option(
    "--rencana",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BERKAS",
    help="Buat yang tertulis di berkas ini; KODE, --tahun, dan --notebook memilih darinya.",
)
@click.option(
    "--notebook", multiple=True, metavar="NAMA", help="Hanya notebook ini dari rencana; berulang."
)
@peristiwa_option
@click.option("--coba", is_flag=True, help="Tampilkan rencananya saja.")
@ruang_option
def laporan(
    kode: tuple[str, ...], tahun: list[int], *, ruang: str | None, coba: bool, **wishes: Any
) -> None:
    """Buat laporan reviu per kabupaten dan tahun.

    Setiap laporan berupa notebook, halaman HTML, Word, PDF, dan lampiran Excel; ditambah satu
    indeks. Data yang berubah diperiksa dahulu; laporan yang tidak berubah dilewati; satu kabupaten
    yang gagal tidak menghentikan yang lain. Hasil: reports/<tahun>/<kode>/ dan
    reports/index.html. Kode keluar: 0 semua baik, 1 ada yang gagal, 2 salah perintah atau rencana,
    130 dihentikan. Tanpa --publik laporan adalah edisi internal
    dan tidak untuk diterbitkan; yang boleh diterbitkan hanya isi reports/publik/.

    \b
    Contoh:
      reviu laporan
      reviu laporan 12.18 73.12 --tahun 2021
      reviu laporan semua --edisi final --format html --pekerja 4
      reviu laporan semua --dask tcp://10.0.0.5:8786 --tujuan /mnt/bersama/laporan
      reviu laporan 12.18 --edisi final --publik
      reviu laporan --rencana rencana.toml --coba
    """
    from reviu_lib.batch import plan_laporan
    from reviu_lib.cli.screen import make_console, print_plan

    place, settings = open_ruang(ruang)
    if wishes["rencana"]:
        settings = _open_plan(wishes, settings, place)
        orders = _choose_orders(settings, place, kode=kode, tahun=tahun, wishes=wishes)
    else:
        orders = _list_reports(choose(kode, tahun, place, settings), settings, wishes)
    if coba:
        plan = plan_laporan(orders, ruang=place, ulang=wishes["ulang"])
        print_plan(make_console(), plan)
        return
    cara = read_cara(wishes, settings)
    _run(orders, place, ulang=wishes["ulang"], cara=cara, peristiwa=wishes["peristiwa"])


def _list_reports(
    units: list[tuple[str, int]], settings: Pengaturan, wishes: dict[str, Any]
) -> list[Pesanan]:
    """Return a report of each unit as the command line wishes, else as reviu.toml says."""
    from reviu_lib.batch import FORMAT_PUBLIK, Pesanan

    if wishes["notebook"]:
        raise click.UsageError("--notebook memilih dari rencana: sebut juga --rencana.")
    edisi, publik = wishes["edisi"] or settings.edisi, wishes["publik"]
    formats = tuple(wishes["format_"] or settings.format)
    if publik and not set(formats) & set(FORMAT_PUBLIK):
        raise click.UsageError(f"Edisi publik tersedia sebagai {', '.join(FORMAT_PUBLIK)}.")
    return [Pesanan((k,), t, edisi=edisi, format=formats, publik=publik) for k, t in units]


def _open_plan(wishes: dict[str, Any], settings: Pengaturan, place: Ruang) -> BerkasRencana:
    """Return the plan, which alone says which editions and formats there are."""
    from reviu_lib.batch.plan import load_rencana

    if wishes["edisi"] or wishes["publik"] or wishes["format_"]:
        raise click.UsageError("--edisi, --publik, dan --format ditulis di dalam rencana.")
    return load_rencana(wishes["rencana"], settings, ruang=place)


def _choose_orders(
    plan: BerkasRencana,
    place: Ruang,
    *,
    kode: tuple[str, ...],
    tahun: list[int],
    wishes: dict[str, Any],
) -> list[Pesanan]:
    """Return what of the plan the command line asks for."""
    from reviu_lib.batch.plan import Pilihan, list_orders
    from reviu_lib.batch.provinces import note_provinces

    note_provinces(place, dengar=lambda kabar: click.echo(kabar.teks))
    return list_orders(plan, ruang=place, pilihan=Pilihan(kode, tahun, wishes["notebook"]))


@click.command()
@click.argument("kode", nargs=-1, required=True, metavar="KODE…")
@tahun_option
@pekerja_option
@dask_option
@tujuan_option
@ulang_option
@peristiwa_option
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
    cara = read_cara(wishes, settings)
    _run([order], place, ulang=ulang, cara=cara, peristiwa=wishes["peristiwa"])


def _run(
    orders: list[Pesanan], place: Ruang, *, ulang: bool, cara: Cara, peristiwa: Path | None
) -> None:
    """Make the orders, tell how they end, and leave with the code that says how they ended."""
    from reviu_lib.batch import run_banding, run_laporan
    from reviu_lib.cli.progress import Kemajuan, open_events, print_summary
    from reviu_lib.cli.progress.summary import exit_code
    from reviu_lib.cli.screen import make_console

    console = make_console()
    with open_events(peristiwa) as events:
        with Kemajuan(console) as kemajuan, stoppable():

            def hear(kabar: Kabar) -> None:
                kemajuan(kabar)
                events(kabar)

            heard = replace(cara, dengar=hear)
            outcomes = (
                run_banding(orders[0], ruang=place, ulang=ulang, cara=heard)
                if orders[0].jenis == "banding"
                else run_laporan(orders, ruang=place, ulang=ulang, cara=heard)
            )
        events.conclude(outcomes, exit_code(outcomes))
    print_summary(console, outcomes, place.root)
    page = place.portal_of(publik=all(order.publik for order in orders)) / "index.html"
    if page.is_file():
        click.echo(page)
    sys.exit(exit_code(outcomes))
