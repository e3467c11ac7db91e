"""`dokter`: is everything in order."""

from __future__ import annotations

import sys

import click

from reviu_lib.cli.options import ruang_option


@click.command()
@ruang_option
def dokter(ruang: str | None) -> None:
    """Periksa lingkungan kerja, beserta jalan keluarnya.

    Yang diperiksa: versi Python dan pustaka, kernel dan mesin notebook, huruf, definisi, bahasa
    sistem, hak tulis, dan sisa cakram.

    \b
    Contoh:
      reviu dokter
    """
    from reviu_lib import __version__
    from reviu_lib.cli.doctor import CHECKS, check_ruang

    click.echo(f"reviu {__version__}")
    results = [check() for check in CHECKS] + check_ruang(ruang)
    for item in results:
        click.echo(f"{'✓' if item.baik else '✗'} {item.nama}: {item.temuan}")
        if not item.baik and item.lakukan:
            click.echo(f"    Lakukan: {item.lakukan}")
    sys.exit(0 if all(item.baik for item in results) else 1)
