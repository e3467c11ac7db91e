"""`mulai`, `contoh`, `templat`: a place to work and something to work on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from reviu_lib.cli.options import open_ruang, ruang_option, show_path

_GITIGNORE = "data/\nreports/\n.reviu/\n.ipynb_checkpoints/\n*-dibaca/\n"


@click.command()
@click.argument("dir", metavar="DIR")
def mulai(dir: str) -> None:
    """Buat ruang kerja baru di DIR.

    Isinya folder data/ dan reports/, pengaturan reviu.toml, contoh rencana.toml, dan notebook yang
    boleh disunting.
    Yang sudah ada di sana tidak diubah.

    \b
    Contoh:
      reviu mulai ruang-reviu
      reviu mulai .
    """
    from reviu_lib.batch import copy_notebooks
    from reviu_lib.batch.plan import CONTOH_RENCANA, RENCANA
    from reviu_lib.settings import CONTOH_BERKAS
    from reviu_lib.store import load_kunci, make_ruang

    place = make_ruang(dir)
    load_kunci(place)
    copied = copy_notebooks(place)
    samples = {"reviu.toml": CONTOH_BERKAS, RENCANA: CONTOH_RENCANA, ".gitignore": _GITIGNORE}
    for name, content in samples.items():
        if not (place.root / name).exists():
            (place.root / name).write_text(content, encoding="utf-8")
    click.echo(f"Ruang kerja siap: {place.root} ({len(copied)} notebook disalin)")
    click.echo("Berikutnya:")
    if place.root != Path.cwd():
        click.echo(f"  cd {show_path(place.root)}")
    click.echo("  reviu contoh    menulis data contoh, atau simpan berkas Anda di data/raw/")
    click.echo("  reviu laporan   membuat laporan")


@click.command()
@ruang_option
def contoh(ruang: str | None) -> None:
    """Tulis berkas mentah contoh (sintetis) ke data/raw.

    Nama tempat dan kodenya nyata; selain angka survei terbitan, seluruh isinya sintetis dan setiap
    berkas bertanda DATA CONTOH – SINTETIS. Berkas yang bukan tulisan perintah ini tidak disentuh.

    \b
    Contoh:
      reviu contoh
    """
    from reviu_lib.example import write_contoh

    place, _ = open_ruang(ruang)
    for path in write_contoh(place.raw):
        click.echo(show_path(path))
    click.echo("Berikutnya: reviu laporan")


@click.command()
@click.argument("kode", required=False, metavar="[KODE]")
@click.option("--tahun", type=click.IntRange(1900, 2100), metavar="T", help="Tahun reviu.")
@click.option(
    "--ke",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BERKAS",
    help="Nama berkas tujuan (.xlsx).",
)
@click.option("--timpa", is_flag=True, help="Timpa berkas tujuan yang sudah ada.")
def templat(kode: str | None, tahun: int | None, ke: Path | None, timpa: bool) -> None:
    """Tulis buku kerja kosong untuk diisi OPD.

    Dengan KODE dan --tahun, identitas dan daftar desa sudah terisi.

    \b
    Contoh:
      reviu templat
      reviu templat 12.18 --tahun 2024
      reviu templat 73.12 --tahun 2024 --ke soppeng.xlsx
    """
    from reviu_lib.errors import RuangError
    from reviu_lib.reference import validate_kode_kabupaten
    from reviu_lib.store import find_ruang
    from reviu_lib.workbook import write_templat

    with suppress(RuangError):  # a blank workbook needs no workspace; one may declare indicators
        find_ruang()

    kode = validate_kode_kabupaten(kode) if kode else None
    name = "-".join(str(part) for part in ("templat-reviu", kode, tahun) if part)
    target = ke or Path(f"{name}.xlsx")
    if target.exists() and not timpa:
        raise click.UsageError(f"{target} sudah ada; pakai --timpa untuk menggantinya.")
    write_templat(target, kode_kabupaten=kode, tahun=tahun)
    click.echo(target)
