"""The command that makes the meeting kit."""

from __future__ import annotations

import sys

import click

from reviu_lib.cli.options import choose, kode_argument, open_ruang, ruang_option, tahun_option


@click.command()
@kode_argument
@tahun_option
@ruang_option
def rapat(kode: tuple[str, ...], tahun: list[int], ruang: str | None) -> None:
    """Buat perangkat rapat reviu: naskah, paparan, dan lembar ringkas.

    Undangan, kerangka acuan, susunan acara, daftar hadir, notulen, berita acara dengan tabel
    putusan, daftar bukti (.docx), paparan (.pptx), dan satu halaman A4 tiap kecamatan dan tiap
    desa lokus (.pdf) di reports/<tahun>/<kode>/rapat/. Dibuat dari hasil reviu yang tersimpan;
    bila belum ada atau datanya berubah, reviu dihitung dahulu. Tuan rumah, pimpinan, tempat, dan
    tanggal diisi pada [[rapat]] di reviu.toml; yang tidak diisi menjadi garis kosong. Berkas yang
    sudah disunting disimpan dengan nama lain, tidak ditimpa.

    \b
    Contoh:
      reviu rapat
      reviu rapat 73.12 --tahun 2024
    """
    from reviu_lib.batch.editions.rapat import run_rapat
    from reviu_lib.cli.progress import Kemajuan
    from reviu_lib.cli.progress.summary import exit_code
    from reviu_lib.cli.screen import make_console, print_outcomes

    place, settings = open_ruang(ruang)
    units = choose(kode, tahun, place, settings)
    console = make_console()
    with Kemajuan(console) as kemajuan:
        outcomes = run_rapat(units, ruang=place, pengaturan=settings, dengar=kemajuan)
    print_outcomes(console, outcomes)
    for folder in sorted({path.parent for item in outcomes for path in item.berkas}):
        click.echo(folder)
    sys.exit(exit_code(outcomes))
