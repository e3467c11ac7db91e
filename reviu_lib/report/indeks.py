"""`reports/index.html`: every kabupaten and year with its documents, state, and key numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.files import write_atomic
from reviu_lib.formatting import format_value, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.exporter import FOLDER_TEMPLAT
from reviu_lib.report.grafik.gaya import pick

# Key numbers of the index: heading and key in `ringkasan`.
_ANGKA = (
    ("Prevalensi (%)", "survei_terakhir_persen"),
    ("Indikator tercapai (%)", "indikator_tercapai_persen"),
    ("Serapan (%)", "serapan_persen"),
    ("Tepat waktu (%)", "tepat_waktu_persen"),
)


@dataclass(frozen=True)
class EntriIndeks:
    """One kabupaten and year in the index.

    `status` is "berhasil", "gagal", or another short word; `pesan` says why something failed.
    `tautan` holds (label, path relative to the index); `angka` holds (heading, text);
    `galat`, `peringatan`, `catatan` count findings, None when not known.
    """

    kode: str
    nama: str
    tahun: int
    edisi: str
    status: str
    pesan: str = ""
    contoh: bool = False
    tautan: tuple[tuple[str, str], ...] = ()
    angka: tuple[tuple[str, str], ...] = ()
    galat: int | None = None
    peringatan: int | None = None
    catatan: int | None = None

    @property
    def nada(self) -> str:
        """The tone of the status: baik, buruk, or netral."""
        return {"berhasil": "baik", "segar": "baik", "gagal": "buruk"}.get(self.status, "netral")

    @property
    def simbol(self) -> str:
        """The symbol of the status."""
        return {"baik": "●", "buruk": "▲"}.get(self.nada, "○")


def list_angka(hasil: HasilReviu) -> tuple[tuple[str, str], ...]:
    """Return the key numbers of a review as (heading, text), an en dash when missing."""
    return tuple((judul, format_value(pick(hasil, kunci), "persen")) for judul, kunci in _ANGKA)


def count_temuan(hasil: HasilReviu) -> dict[str, int | None]:
    """Return the number of findings by severity, None where it was not computed."""
    counts = {word: pick(hasil, f"jumlah_{word}") for word in ("galat", "peringatan", "catatan")}
    return {word: None if is_missing(value) else int(value) for word, value in counts.items()}


def write_indeks(entries: Sequence[EntriIndeks], path: Path) -> None:
    """Write the index page, newest year first, then by code; RuangError when not writable."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER_TEMPLAT / "reviu"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    ordered = sorted(entries, key=lambda entry: (-entry.tahun, entry.kode, entry.edisi))
    page = environment.get_template("indeks.html.j2").render(
        kelompok=_by_year(ordered),
        judul_angka=[judul for judul, _ in _ANGKA],
        contoh=any(entry.contoh for entry in ordered),
        penanda=PENANDA_CONTOH,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, page.encode())


def _by_year(entries: Sequence[EntriIndeks]) -> dict[int, list[EntriIndeks]]:
    years: dict[int, list[EntriIndeks]] = {}
    for entry in entries:
        years.setdefault(entry.tahun, []).append(entry)
    return years
