"""`kunci`: where the key of the pseudonyms lies, and how it is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reviu_lib.cli.options import is_confirmed, open_ruang, ruang_option

if TYPE_CHECKING:
    from reviu_lib.store import Ruang

_SESUDAH = """\
Sesudah kunci diganti:
- semua data olahan usang; nama samaran baru diberikan dengan membaca berkas mentahnya lagi;
- edisi, salinan, dan cadangan yang memuat nama samaran lama tidak dapat disamakan dengan yang baru,
  juga ruang kerja lain yang memakai salinan kunci lama;
- kunci lama tidak disimpan dan tidak dapat dikembalikan."""


@click.command()
@click.option("--ganti", is_flag=True, help="Buat kunci baru, sesudah bertanya.")
@click.option("--tetap", is_flag=True, help="Ganti walau ada tahun tanpa berkas mentah.")
@click.option("--ya", is_flag=True, help="Ganti tanpa bertanya.")
@ruang_option
def kunci(ganti: bool, tetap: bool, ya: bool, ruang: str | None) -> None:
    """Tampilkan letak dan hak baca kunci nama samaran, atau ganti kuncinya.

    Kunci mengubah NIK menjadi nama samaran. Ganti bila kunci pernah terbaca orang lain: siapa pun
    yang memegang kunci dan daftar NIK dapat mengetahui nama samaran siapa milik siapa. Yang tidak
    dapat disamakan lagi sesudahnya ditampilkan sebelum bertanya.

    \b
    Contoh:
      reviu kunci
      reviu kunci --ganti
    """
    from reviu_lib.cli.privacy.access import check_kunci

    place, _ = open_ruang(ruang)
    state = check_kunci(place)
    click.echo(f"Kunci nama samaran: {state.temuan}")
    if not state.baik:
        click.echo(f"  Lakukan: {state.lakukan}")
    if ganti:
        _replace(place, tetap=tetap, ya=ya)


def _replace(place: Ruang, *, tetap: bool, ya: bool) -> None:
    from reviu_lib.store.rotation import list_without_raw, rotate_kunci

    click.echo(_SESUDAH)
    left = [f"{kode} tahun {tahun}" for kode, tahun in list_without_raw(place)]
    if left:
        click.echo(
            f"- tanpa berkas mentah, tetap bernama samaran lama: {', '.join(left)}; perjalanan "
            "balita antara tahun itu dan tahun lain tidak dapat dihitung lagi."
        )
    if left and not tetap:
        raise click.UsageError(
            "Kembalikan berkas mentah tahun itu ke data/raw, hapus dengan `reviu hapus`, atau "
            "pakai --tetap."
        )
    if not ya and not is_confirmed("Ganti kunci? Ketik ya untuk mengganti"):
        click.echo("Dibatalkan; kunci tidak diganti.")
        raise SystemExit(1)
    number = len(place.list_processed()) - len(left)
    rotate_kunci(place)
    click.echo(f"Kunci diganti. {number} kabupaten dan tahun perlu dibaca lagi:")
    click.echo("  reviu periksa semua && reviu laporan semua")
