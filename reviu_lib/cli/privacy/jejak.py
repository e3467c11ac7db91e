"""`jejak`: who made or deleted what, when, and from which files."""

from __future__ import annotations

import sys
from typing import Any

import click

from reviu_lib.cli.options import kode_argument, open_ruang, ruang_option, tahun_option
from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number

_TERAKHIR = 20
_HASH = 12  # digits of a hash that are shown; the trail has all of them


@click.command()
@kode_argument
@tahun_option
@click.option("--rinci", is_flag=True, help="Sebut pula berkas mentah dan berkas yang ditulis.")
@click.option("--semua", is_flag=True, help=f"Semuanya, bukan {_TERAKHIR} yang terakhir.")
@ruang_option
def jejak(
    kode: tuple[str, ...], tahun: list[int], rinci: bool, semua: bool, ruang: str | None
) -> None:
    """Tampilkan siapa yang membuat atau menghapus apa, kapan, dan dari berkas mana.

    Dicatat untuk setiap pemeriksaan, laporan, perbandingan, lembar kerja, perangkat rapat,
    penghapusan, dan penggantian kunci di .reviu/jejak.jsonl: satu baris satu pekerjaan, hanya
    ditambah. Isinya nama pengguna komputer, waktu, versi, serta nama dan hash berkas; tidak ada
    nilai dan tidak ada identitas anak.

    \b
    Contoh:
      reviu jejak
      reviu jejak 12.18 --tahun 2021 --rinci
    """
    from reviu_lib.store.trail import load_trail

    place, _ = open_ruang(ruang)
    steps, unread = load_trail(place)
    chosen = [step for step in steps if _is_asked(step, kode, tahun)]
    _show(chosen if semua else chosen[-_TERAKHIR:], rinci=rinci)
    if not semua and len(chosen) > _TERAKHIR:
        click.echo(f"{_TERAKHIR} terakhir dari {format_number(len(chosen))}; --semua: semuanya.")
    if unread:
        click.echo(f"Galat: {format_number(unread)} baris jejak rusak atau diubah orang.")
    sys.exit(1 if unread else 0)


def _show(steps: list[dict[str, Any]], *, rinci: bool) -> None:
    from reviu_lib.cli.screen import make_console

    if not steps:
        click.echo("Belum ada pekerjaan yang tercatat.")
    elif rinci:
        for step in steps:
            _tell_files(step)
    else:
        make_console().print(_tabulate(steps))


def _is_asked(step: dict[str, Any], kode: tuple[str, ...], tahun: list[int]) -> bool:
    return (not kode or bool(set(kode) & set(step["kode"]))) and (
        not tahun or step.get("tahun") in tahun
    )


def _tabulate(steps: list[dict[str, Any]]) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for heading in ("Waktu", "Siapa", "Pekerjaan", "Kabupaten/tahun", "Hasil", "Berkas mentah"):
        table.add_column(heading, overflow="fold")
    for step in steps:
        number = sum(len(files) for files in step.get("berkas", {}).values())
        cells = [*_name(step), format_number(number)]
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _name(step: dict[str, Any]) -> list[str]:
    """Return when, who, what, for which kabupaten and year, and how it ended."""
    unit = ", ".join(step["kode"]) + (f"/{step['tahun']}" if step.get("tahun") else "")
    what = " ".join(dict.fromkeys((step["apa"], *step.get("nama", "").split())))
    words = (step["waktu"][:16].replace("T", " "), step["siapa"], what, unit or "–", step["hasil"])
    return [plain(str(word)) for word in words]


def _tell_files(step: dict[str, Any]) -> None:
    click.echo("  ".join([*_name(step), f"reviu {plain(str(step.get('versi', '')))}"]))
    for files in step.get("berkas", {}).values():
        for name, digest in files.items():
            click.echo(f"    dari  {plain(name)}  {digest[:_HASH]}")
    for name, digest in step.get("keluaran", {}).items():
        click.echo(f"    ditulis  {plain(name)}  {digest[:_HASH]}")
