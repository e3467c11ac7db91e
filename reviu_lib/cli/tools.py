"""`dokter`, `lab`: is everything in order, and exploring in JupyterLab."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from reviu_lib.cli.options import open_ruang, ruang_option

_PEMBUKA = "notebooks/jelajah/mulai_di_sini.ipynb"


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


@click.command()
@click.option("--tanpa-peramban", is_flag=True, help="Jangan buka peramban.")
@click.option("--port", type=click.IntRange(1024, 65535), metavar="N", help="Nomor port.")
@ruang_option
def lab(tanpa_peramban: bool, port: int | None, ruang: str | None) -> None:
    """Buka JupyterLab pada ruang kerja ini untuk menjelajah data.

    \b
    Contoh:
      reviu lab
      reviu lab --tanpa-peramban --port 8890
    """
    place, _ = open_ruang(ruang)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={place.root}"]
    if (place.root / _PEMBUKA).is_file():
        command.append(f"--LabApp.default_url=/lab/tree/{_PEMBUKA}")
    if tanpa_peramban:
        command.append("--no-browser")
    if port:
        command.append(f"--ServerApp.port={port}")
    environment = {**os.environ, "REVIU_RUANG": str(place.root)}
    try:
        sys.exit(subprocess.call(command, env=environment))  # noqa: S603  our own arguments
    except KeyboardInterrupt:
        sys.exit(0)
