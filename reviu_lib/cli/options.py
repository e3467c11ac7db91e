"""Arguments and options that several commands share, and how their values are read."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from reviu_lib.batch import Cara
    from reviu_lib.settings import Pengaturan
    from reviu_lib.store import Ruang

Command = Callable[..., Any]

ruang_option = click.option(
    "--ruang",
    metavar="DIR",
    help="Ruang kerja; tanpa ini: REVIU_RUANG, lalu folder ini atau induknya.",
)
kode_argument = click.argument("kode", nargs=-1, metavar="[KODE…]")
ulang_option = click.option("--ulang", is_flag=True, help="Kerjakan lagi walau tidak berubah.")
pekerja_option = click.option(
    "--pekerja",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Banyaknya yang dikerjakan bersamaan.  [bawaan: menurut inti dan memori]",
)
peristiwa_option = click.option(
    "--peristiwa",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BERKAS",
    help="Tulis jalannya pekerjaan sebagai JSON, satu peristiwa satu baris.",
)

dask_option = click.option(
    "--dask",
    metavar="ALAMAT",
    help="Kerjakan laporan di klaster Dask, misalnya tcp://komputer:8786.",
)
tujuan_option = click.option(
    "--tujuan", metavar="ALAMAT", help="Salin juga laporan ke folder atau alamat fsspec ini."
)


def _read_years(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> list[int]:
    years = [part for text in value for part in re.split(r"[ ,]+", text.strip()) if part]
    wrong = [year for year in years if not re.fullmatch(r"(19|20)\d\d", year)]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} bukan tahun empat angka.", ctx, param)
    return [int(year) for year in years]


def _read_formats(ctx: click.Context, param: click.Parameter, value: str | None) -> list[str]:
    from reviu_lib.settings import FORMAT

    names = [part.strip().lower() for part in (value or "").split(",") if part.strip()]
    wrong = [name for name in names if name not in FORMAT]
    if wrong:
        raise click.BadParameter(
            f"{wrong[0]!r} belum tersedia; yang ada: {', '.join(FORMAT)}.", ctx, param
        )
    return list(dict.fromkeys(names))


def read_layout(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return the code of a declared layout, "" when none is asked for; unknown ones list all."""
    from reviu_lib.ingest.layouts import load_layouts

    if value is None:
        return ""
    known = load_layouts()
    if value not in known:
        listed = "; ".join(f"{code} ({known[code].nama})" for code in sorted(known))
        raise click.BadParameter(f"{value!r} tidak dikenal. Yang ada: {listed}.", ctx, param)
    return value


tahun_option = click.option(
    "--tahun", multiple=True, metavar="T", callback=_read_years, help="Tahun reviu; boleh diulang."
)
format_option = click.option(
    "--format",
    "format_",
    metavar="DAFTAR",
    callback=_read_formats,
    help="html, docx, pdf, xlsx, atau beberapa, misalnya html,pdf.  [bawaan: semuanya]",
)


def open_ruang(ruang: str | None) -> tuple[Ruang, Pengaturan]:
    """Return the workspace and its settings."""
    from reviu_lib.settings import load_pengaturan
    from reviu_lib.store import find_ruang

    place = find_ruang(ruang)
    return place, load_pengaturan(place.root / "reviu.toml")


def choose(
    kode: tuple[str, ...], tahun: list[int], place: Ruang, settings: Pengaturan
) -> list[tuple[str, int]]:
    """Return the units asked for on the command line, else in reviu.toml, else all."""
    from reviu_lib.batch import choose_units

    codes = kode or tuple(settings.kabupaten)
    years = tahun or list(settings.tahun)
    return choose_units(codes, years, ruang=place, dengar=lambda kabar: click.echo(kabar.teks))


def read_cara(wishes: Mapping[str, Any], settings: Pengaturan) -> Cara:
    """Return how a run works: as the command line says, else reviu.toml."""
    from reviu_lib.batch import Cara

    return Cara(
        wishes["pekerja"] or settings.pekerja,
        batas=settings.batas,
        klaster=wishes["dask"] or settings.klaster,
        tujuan=wishes["tujuan"] or settings.tujuan,
    )


def is_confirmed(question: str) -> bool:
    """Return whether the user answers ya; anything else, and no answer, is no."""
    answer = click.prompt(question, default="tidak")
    return str(answer).strip().lower() in {"ya", "y"}


def show_path(path: Path) -> str:
    """Return `path` as the user would type it from the current folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a request to end (SIGTERM) stop a run as Ctrl+C does: cleanly, with its summary."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
