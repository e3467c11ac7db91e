"""Live progress: moving bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from reviu_lib.batch import Kabar
from reviu_lib.cli.screen import KATA, TANDA, name_unit
from reviu_lib.cli.words import plain

_KEPALA = {"periksa": "Pemeriksaan", "laporan": "Laporan", "notebook": "Notebook"}
_MENIT, _JAM = 60, 3600


def describe_seconds(seconds: float) -> str:
    """Return a duration in words, rounded as one would say it."""
    if seconds < _MENIT:
        return f"{max(1, round(seconds))} detik"
    if seconds < _JAM:
        return f"{round(seconds / _MENIT)} menit"
    hours, minutes = divmod(round(seconds / _MENIT), 60)
    return f"{hours} jam {minutes} menit" if minutes else f"{hours} jam"


def estimate_rest(task: Task) -> float | None:
    """Return the seconds until the whole is done; None while nothing is known of it.

    By the pace so far; before the first ending by how long the same took last time.
    """
    elapsed = task.elapsed or 0.0
    if not task.total:
        return None
    if task.completed:
        return elapsed / task.completed * (task.total - task.completed)
    expected = float(task.fields.get("perkiraan") or 0.0)
    return max(0.0, expected - elapsed) if expected else None


class _Rest(ProgressColumn):
    """The estimate of the whole, beside its bar only."""

    def render(self, task: Task) -> Text:
        rest = estimate_rest(task)
        return Text(f"sisa ± {describe_seconds(rest)}" if rest else "", style="cyan")


class Kemajuan:
    """Hears the news of a run: a moving bar on a terminal, plain lines elsewhere."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            _Rest(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.total = self.progress.add_task("Menyiapkan", total=None)
        self.kind = ""
        self.running: dict[tuple[str, int], Any] = {}

    def __enter__(self) -> Kemajuan:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, t: TracebackType | None
    ) -> None:
        self.progress.stop()

    def __call__(self, kabar: Kabar) -> None:
        """Show one piece of news."""
        name = f"_{kabar.jenis if kabar.jenis not in TANDA else 'ended'}"
        getattr(self, name, lambda kabar: None)(kabar)

    def _rencana(self, kabar: Kabar) -> None:
        """Begin a phase: so many checks, or so many reports."""
        if not kabar.jumlah:
            return
        self.kind, head = kabar.pekerjaan, _KEPALA.get(kabar.pekerjaan, "Pekerjaan")
        self.progress.reset(self.total, total=kabar.jumlah, description=head, perkiraan=kabar.detik)
        about = f", sekitar {describe_seconds(kabar.detik)}" if kabar.detik else ""
        self._line(f"{head}: {kabar.jumlah} dikerjakan{about}")

    def _mulai(self, kabar: Kabar) -> None:
        name = name_unit(kabar.kode, kabar.tahun, kabar.nama)
        self.running[kabar.kode, kabar.tahun] = self.progress.add_task(name, total=None)
        self._line(f"… {name} dimulai")

    def _tahap(self, kabar: Kabar) -> None:
        if (kabar.kode, kabar.tahun) in self.running:
            text = f"{name_unit(kabar.kode, kabar.tahun, kabar.nama)}: {plain(kabar.teks)}"
            self.progress.update(self.running[kabar.kode, kabar.tahun], description=text)

    def _ulang(self, kabar: Kabar) -> None:
        name = name_unit(kabar.kode, kabar.tahun, kabar.nama)
        self.console.print(Text(f"↻ {name} diulang: {plain(kabar.teks)}"))

    def _catatan(self, kabar: Kabar) -> None:
        self.console.print(Text(plain(kabar.teks)))

    def _ended(self, kabar: Kabar) -> None:
        unit = (kabar.kode, kabar.tahun)
        if unit in self.running:
            self.progress.remove_task(self.running.pop(unit))
        if kabar.jenis in ("dilewati", "terhenti"):
            return
        if self._counts(kabar):
            self.progress.advance(self.total)
        name = f"{TANDA[kabar.jenis]} {name_unit(*unit, kabar.nama)}"
        self._line(f"{name} {KATA[kabar.jenis]}{self._pace(kabar)}")

    def _counts(self, kabar: Kabar) -> bool:
        """Return whether news are of the present phase: checks are one, all reports another."""
        return (kabar.pekerjaan == "periksa") == (self.kind == "periksa")

    def _pace(self, kabar: Kabar) -> str:
        """Return how long it took, how many are done, and how long the rest will take."""
        task = self.progress.tasks[0]
        parts = [describe_seconds(kabar.detik)] if kabar.detik else []
        if task.total and self._counts(kabar):
            parts.append(f"{task.completed:.0f} dari {task.total:.0f}")
            if rest := estimate_rest(task):
                parts.append(f"sisa sekitar {describe_seconds(rest)}")
        return f" ({'; '.join(parts)})" if parts else ""

    def _line(self, text: str) -> None:
        if not self.console.is_terminal:
            self.console.print(Text(text))
