"""`baca`, `status`: what a file holds, what there is, and whether it is fresh."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviu_lib.cli.options import open_ruang, read_layout, ruang_option
from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number

if TYPE_CHECKING:
    from rich.console import Console

    from reviu_lib.ingest import Bacaan
    from reviu_lib.store import Ruang


@click.command()
@click.argument(
    "berkas", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="BERKAS"
)
@click.option(
    "--sumber",
    metavar="TATA_LETAK",
    callback=read_layout,
    help="Baca sebagai tata letak ini, misalnya eppgbm; tanpa ini dikenali dari isinya.",
)
@click.option(
    "--keluar",
    "--keluaran",
    "keluar",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder hasil.  [bawaan: <nama berkas>-dibaca di folder ini]",
)
@click.option("--parquet", is_flag=True, help="Tulis tabel sebagai Parquet, bukan CSV.")
@click.option("--kode", metavar="KODE", help="Kode kabupaten/kota bila tidak tertulis di berkas.")
@click.option("--tahun", type=click.IntRange(1900, 2100), metavar="T", help="Tahun isi berkas.")
def baca(berkas: Path, *, sumber: str, keluar: Path | None, parquet: bool, **unit: Any) -> None:
    """Baca satu berkas saja, di luar ruang kerja: tabel baku, temuan, dan neracanya.

    Ditulis satu CSV per tabel baku, temuan.csv, temuan.json, dan neraca.csv; tanpa NIK, nama,
    alamat, dan nomor telepon. Kode keluar: 0 terbaca tanpa galat, 1 ada galat atau tidak
    terbaca, 2 salah perintah.

    \b
    Contoh:
      reviu baca unduhan.xlsx
      reviu baca rekap.csv --kode 19.06 --tahun 2022 --keluar hasil
      reviu baca ekspor.xlsx --sumber eppgbm --parquet
    """
    from reviu_lib.ingest import read_berkas
    from reviu_lib.ingest.marking.tables import name_folder, write_bacaan
    from reviu_lib.reference import validate_kode_kabupaten

    code = validate_kode_kabupaten(unit["kode"]) if unit["kode"] else ""
    bacaan = read_berkas(
        berkas.resolve(),
        kunci=secrets.token_bytes(32),
        kode_kabupaten=code,
        tahun=unit["tahun"],
        sumber=sumber,
    )
    written = write_bacaan(bacaan, keluar or name_folder(bacaan.berkas), parquet=parquet)
    _print_bacaan(bacaan, written)
    faulty = (bacaan.temuan["tingkat"] == "galat").any() or not bacaan.tata_letak
    sys.exit(1 if faulty else 0)


def _print_bacaan(bacaan: Bacaan, written: list[Path]) -> None:
    """Print what a file held, what was found in it, its ledger, and what was written."""
    from rich.text import Text

    from reviu_lib.cli.check import print_ledger, print_severity, print_written
    from reviu_lib.cli.screen import make_console, print_findings

    console = make_console()
    layouts = ", ".join(bacaan.tata_letak) or "tidak dikenali"
    console.print(Text(f"{plain(bacaan.berkas)}: {layouts}"))
    for name, frame in bacaan.tabel.items():
        console.print(Text(f"  {name}: {format_number(len(frame))} baris"))
    print_findings(console, bacaan.temuan)
    print_severity(console, bacaan.temuan)
    print_ledger(console, bacaan.neraca)
    print_written(console, written)


@click.command()
@ruang_option
def status(ruang: str | None) -> None:
    """Tampilkan apa yang ada di ruang kerja dan apakah masih segar.

    \b
    Contoh:
      reviu status
    """
    from rich.table import Table
    from rich.text import Text

    from reviu_lib.cli.screen import make_console

    place, _ = open_ruang(ruang)
    console = make_console()
    console.print(Text(f"Ruang kerja: {place.root}"))
    _print_unread(console, place)
    units = sorted({*place.list_raw(), *place.list_processed()})
    if not units:
        console.print(Text("Belum ada berkas di data/raw. Coba `reviu contoh`."))
        return
    table = Table()
    for heading in ("Kabupaten/kota", "Tahun", "Berkas mentah", "Data olahan", "Laporan"):
        table.add_column(heading, overflow="fold")
    for kode, tahun in units:
        table.add_row(*_describe_unit(kode, tahun, place))
    console.print(table)
    sys.exit(1 if _print_broken(console, place) else 0)


def _print_unread(console: Console, place: Ruang) -> None:
    """Print for which provinces it is not known yet which kabupaten their files hold."""
    from rich.text import Text

    from reviu_lib.store import is_isi_stale

    for provinsi, tahun in place.list_provinsi():
        if is_isi_stale(place, provinsi, tahun):
            command = f"reviu periksa {provinsi} --tahun {tahun}"
            words = f"Berkas provinsi {provinsi} tahun {tahun} belum dibaca: jalankan `{command}`."
            console.print(Text(words))


def _print_broken(console: Console, place: Ruang) -> bool:
    """Print which notebooks cannot be read, with the remedy; return True when there is one."""
    from rich.text import Text

    from reviu_lib.batch.sources import list_broken

    broken = list_broken(place)
    for error in broken:
        console.print(Text(f"Galat: {plain(error.apa)}", style="bold red"))
        for label, text in (("Di: ", error.di), ("Lakukan: ", error.lakukan)):
            console.print(Text(f"    {label}{plain(text)}"), soft_wrap=True)
    return bool(broken)


def _describe_unit(kode: str, tahun: int, place: Ruang) -> tuple[str, ...]:
    from reviu_lib.files import list_files
    from reviu_lib.reference import nama_atau_kode
    from reviu_lib.store import explain_stale

    stale = explain_stale(kode, tahun, ruang=place)
    return (
        kode if (nama := nama_atau_kode(kode)) == kode else f"{kode} {nama}",
        str(tahun),
        str(sum(len(list_files(folder)) for folder in place.folders_of(kode, tahun))),
        plain(f"perlu diperiksa: {stale}") if stale else "segar",
        "\n".join(_describe_reports(kode, tahun, place)) or "belum pernah dibuat",
    )


def _describe_reports(kode: str, tahun: int, place: Ruang) -> list[str]:
    from reviu_lib.batch.manifest import load_manifest

    entries = load_manifest(place.reports_of(kode, tahun))["laporan"]
    return [_describe_report(entry, place) for _, entry in sorted(entries.items())]


def _describe_report(entry: dict[str, Any], place: Ruang) -> str:
    from reviu_lib.batch import Pesanan
    from reviu_lib.batch.manifest import describe_edisi
    from reviu_lib.batch.planning import explain_pesanan
    from reviu_lib.errors import LaporanError

    edisi = describe_edisi(entry)
    if entry["status"] == "gagal":
        return f"{edisi}: gagal ({entry.get('bagian') or entry.get('pesan') or 'tanpa keterangan'})"
    try:
        why = explain_pesanan(Pesanan.from_entry(entry), ruang=place)
    except LaporanError:
        return f"{edisi}: belum dapat dinilai (notebook tidak terbaca)"
    return f"{edisi}: perlu dibuat ulang ({why})" if why else f"{edisi}: segar"
