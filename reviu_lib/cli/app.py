"""The `reviu` command group: what it can do, and how it says that something went wrong."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from reviu_lib import __version__
from reviu_lib.cli.words import plain, speak_indonesian
from reviu_lib.errors import KodeError, RencanaError, ReviuError

_SALAH_PERINTAH = (KodeError, RencanaError)
# Command → module under reviu_lib.cli that holds it, in the order of the help.
_PERINTAH = {
    "mulai": "workspace",
    "contoh": "workspace",
    "templat": "workspace",
    "periksa": "work",
    "laporan": "work",
    "banding": "work",
    "lembar": "meeting.lembar",
    "himpun": "meeting.lembar",
    "rapat": "meeting.rapat",
    "baca": "look",
    "zskor": "growth.zskor",
    "prevalensi": "growth.prevalensi",
    "status": "look",
    "hapus": "privacy.hapus",
    "jejak": "privacy.jejak",
    "kunci": "privacy.kunci",
    "keluaran": "privacy.keluaran",
    "dokter": "tools",
    "lab": "lab.buka",
}


class Galat(click.ClickException):
    """A ReviuError as click shows it: what is wrong, where, what to do; never a traceback."""

    def __init__(self, error: ReviuError) -> None:
        super().__init__(plain(error.apa))
        self.error = error
        # A code that does not exist, or a plan that cannot be, is a usage error.
        self.exit_code = 2 if isinstance(error, _SALAH_PERINTAH) else 1  # type: ignore[misc]

    def format_message(self) -> str:
        """Return the three parts of the message on lines of their own."""
        lines = [self.message]
        for item in getattr(self.error, "butir", ()):
            lines.append(f"  - {plain(item.apa)}")
            lines += [f"    {plain(text)}" for text in (item.di, item.lakukan) if text]
        if self.error.di:
            lines.append(f"  Di      : {plain(self.error.di)}")
        if self.error.lakukan:
            lines.append(f"  Lakukan : {plain(self.error.lakukan)}")
        return "\n".join(lines)


class _Perintah(click.Group):
    """A group that loads a command only when it is called, and turns our errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_PERINTAH)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _PERINTAH:
            return None
        module = importlib.import_module(f"reviu_lib.cli.{_PERINTAH[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        command.options_metavar = "[PILIHAN]"
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ReviuError as error:
            raise Galat(error) from None


@click.command(
    cls=_Perintah,
    name="reviu",
    options_metavar="[PILIHAN]",
    subcommand_metavar="PERINTAH [ARGUMEN]…",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    epilog="Mulai dari sini:  reviu mulai ruang-reviu  →  cd ruang-reviu  →  reviu contoh  →  "
    "reviu laporan",
)
@click.version_option(__version__, prog_name="reviu", help="Tampilkan versi, lalu selesai.")
def cli() -> None:
    """Reviu Kinerja Tahunan (Aksi 8; sejak 2025 Penilaian Hasil) penurunan stunting.

    Dari spreadsheet kabupaten/kota ke Dokumen Hasil Reviu: periksa data mentah, lalu buat laporan
    per kabupaten dan tahun.
    """


def _report_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell an unexpected fault in two lines; class and code lines go to a log, values nowhere."""
    from reviu_lib.faults import describe_fault, record_fault

    if issubclass(kind, KeyboardInterrupt):
        click.echo("Dihentikan.", err=True)
        return
    click.echo(f"Galat: program berhenti tak terduga ({describe_fault(error)}).", err=True)
    try:
        path = record_fault(error.with_traceback(trace), _log_folder())
    except OSError:
        return
    click.echo(f"  Catatan tanpa data pribadi: {path}", err=True)


def _log_folder() -> Path:
    from reviu_lib.store import find_ruang

    try:
        return find_ruang().rahasia / "log"
    except ReviuError:
        return Path(tempfile.gettempdir()) / "reviu-log"


def main() -> None:
    """Run the command line: exit code 0 good, 1 data or report failures, 2 usage, 130 stopped."""
    speak_indonesian()
    sys.excepthook = _report_fault
    cli(prog_name="reviu")
