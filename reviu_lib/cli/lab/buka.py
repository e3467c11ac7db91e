"""`lab`: exploring a workspace in JupyterLab."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files

import click

from reviu_lib.cli.options import open_ruang, ruang_option


@click.command()
@click.option("--tanpa-peramban", is_flag=True, help="Jangan buka peramban.")
@click.option("--port", type=click.IntRange(1024, 65535), metavar="N", help="Nomor port.")
@ruang_option
def lab(tanpa_peramban: bool, port: int | None, ruang: str | None) -> None:
    """Buka JupyterLab pada ruang kerja ini untuk menjelajah data.

    Yang terbuka lebih dahulu halaman beranda: apa yang sudah diperiksa, dan jalan ke notebook
    penuntun.

    \b
    Contoh:
      reviu lab
      reviu lab --tanpa-peramban --port 8890
    """
    from reviu_lib.cli.lab.beranda import write_beranda

    place, _ = open_ruang(ruang)
    page = write_beranda(place)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={place.root}"]
    command.append(f"--LabApp.default_url=/lab/tree/{page}")
    if tanpa_peramban:
        command.append("--no-browser")
    if port:
        command.append(f"--ServerApp.port={port}")
    environment = {**os.environ, "REVIU_RUANG": str(place.root), **_settings()}
    try:
        sys.exit(subprocess.call(command, env=environment))  # noqa: S603  our own arguments
    except KeyboardInterrupt:
        sys.exit(0)


def _settings() -> dict[str, str]:
    """Return the variable that adds our first settings: Markdown as a page, no news from afar."""
    ours = str(files("reviu_lib.cli.lab") / "setelan")
    others = os.environ.get("JUPYTER_CONFIG_PATH", "")
    return {"JUPYTER_CONFIG_PATH": os.pathsep.join(path for path in (others, ours) if path)}
