"""`reports/index.html`: every kabupaten and year with its documents, state, and key numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.files import write_atomic
from reviu_lib.formatting import TERTUTUP, format_number, format_value, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.aset import FOLDER_TEMPLAT, INTERNAL, PUBLIK, load_aset
from reviu_lib.report.grafik.gaya import pick
from reviu_lib.report.laporan.sampul import Kotak, render_kotak

# Key numbers of the index: heading and key in `ringkasan`.
_ANGKA = (
    ("Prevalensi (%)", "survei_terakhir_persen"),
    ("Indikator tercapai (%)", "indikator_tercapai_persen"),
    ("Serapan (%)", "serapan_persen"),
    ("Tepat waktu (%)", "tepat_waktu_persen"),
)


# What a reader opens first; everything else is folded away.
_POKOK = ("Laporan", "Dokumen Word", "PDF", "Lampiran Excel")
# The word that stands where a report has its edition, on a comparison of several kabupaten.
BANDING = "banding"


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
    provinsi: str = ""
    galat: int | None = None
    peringatan: int | None = None
    catatan: int | None = None

    @property
    def nada(self) -> str:
        """The tone of the status: baik, buruk, or netral."""
        return {"berhasil": "baik", "segar": "baik", "gagal": "buruk"}.get(self.status, "netral")

    @property
    def pokok(self) -> list[tuple[str, str]]:
        """The links to what a reader opens first."""
        return [link for link in self.tautan if link[0] in _POKOK]

    @property
    def lain(self) -> list[tuple[str, str]]:
        """The links to everything else."""
        return [link for link in self.tautan if link[0] not in _POKOK]

    @property
    def simbol(self) -> str:
        """The symbol of the status."""
        return {"baik": "●", "buruk": "▲"}.get(self.nada, "○")


def list_angka(hasil: HasilReviu) -> tuple[tuple[str, str], ...]:
    """Return the key numbers of a review as (heading, text), an en dash when missing."""
    return tuple((judul, _number(hasil, kunci)) for judul, kunci in _ANGKA)


def _number(hasil: HasilReviu, kunci: str) -> str:
    closed = f"ringkasan/{kunci}/nilai" in hasil.tertutup
    return format_value(TERTUTUP if closed else pick(hasil, kunci), "persen")


def count_temuan(hasil: HasilReviu) -> dict[str, int | None]:
    """Return the number of findings by severity, None where it was not computed."""
    counts = {word: pick(hasil, f"jumlah_{word}") for word in ("galat", "peringatan", "catatan")}
    return {word: None if is_missing(value) else int(value) for word, value in counts.items()}


def write_indeks(entries: Sequence[EntriIndeks], path: Path, *, publik: bool = False) -> None:
    """Write the index page, newest year first, then by code; RuangError when not writable.

    With `publik` it is that of the public editions.
    """
    environment = Environment(
        loader=FileSystemLoader(FOLDER_TEMPLAT / "reviu"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    ordered = sorted(entries, key=lambda entry: (-entry.tahun, entry.kode, entry.edisi))
    page = environment.get_template("indeks.html.j2").render(
        kelompok=_by_year(ordered),
        kotak=render_kotak(_summarize(ordered)) if ordered else "",
        saringan=_choices(ordered),
        judul_angka=[judul for judul, _ in _ANGKA],
        contoh=any(entry.contoh for entry in ordered),
        penanda=PENANDA_CONTOH,
        aset=load_aset(publik=publik),
        judul_edisi=PUBLIK if publik else INTERNAL,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, page.encode())


def _summarize(entries: Sequence[EntriIndeks]) -> list[Kotak]:
    """Return the tiles over everything listed: reports, places, failures, findings."""
    places = {entry.kode for entry in entries if entry.edisi != BANDING}
    failed = sum(entry.nada == "buruk" for entry in entries)
    faulty = sum(bool(entry.galat) for entry in entries)
    unknown = sum(entry.galat is None for entry in entries)
    years = sorted({entry.tahun for entry in entries})
    span = str(years[0]) if len(years) == 1 else f"{years[0]} sampai {years[-1]}"
    return [
        Kotak("Laporan", format_number(len(entries)), f"tahun {span}"),
        Kotak("Kabupaten/kota", format_number(len(places)), _provinces(entries)),
        Kotak("Gagal dibuat", format_number(failed), "sebabnya tertulis pada barisnya"),
        Kotak(
            "Dengan galat data",
            format_number(faulty),
            f"{format_number(unknown)} laporan belum diketahui",
        ),
    ]


def _provinces(entries: Sequence[EntriIndeks]) -> str:
    count = len({entry.provinsi for entry in entries if entry.provinsi})
    return f"pada {format_number(count)} provinsi" if count else "provinsi tidak diketahui"


def _choices(entries: Sequence[EntriIndeks]) -> list[tuple[str, str, list[str]]]:
    """Return what the list can be narrowed by: field, heading, the values that occur."""
    years = sorted({str(entry.tahun) for entry in entries}, reverse=True)
    provinces = sorted({entry.provinsi for entry in entries if entry.provinsi})
    statuses = sorted({entry.status for entry in entries})
    fields = (("tahun", "Tahun"), ("provinsi", "Provinsi"), ("status", "Status"))
    values = (years, provinces, statuses)
    return [(*field, list(value)) for field, value in zip(fields, values, strict=True)]


def _by_year(entries: Sequence[EntriIndeks]) -> dict[int, list[EntriIndeks]]:
    years: dict[int, list[EntriIndeks]] = {}
    for entry in entries:
        years.setdefault(entry.tahun, []).append(entry)
    return years
