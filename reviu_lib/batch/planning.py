"""What is asked for, what of it is stale, and why."""

from __future__ import annotations

import platform
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from reviu_lib.batch.manifest import explain_kunci, load_manifest
from reviu_lib.batch.pool import Dengar, ignore
from reviu_lib.batch.provinces import note_provinces
from reviu_lib.batch.sources import (
    BANDING,
    PERIKSA,
    PUBLIK,
    REVIU,
    Nilai,
    find_notebook,
    hash_notebook,
)
from reviu_lib.batch.temuan import explain_temuan
from reviu_lib.catalog import FINAL, hash_definisi, load_aturan
from reviu_lib.errors import RuangError
from reviu_lib.files import hash_bytes, hash_file, hash_library
from reviu_lib.reference import kabupaten_names, nama_wilayah, validate_kode_kabupaten
from reviu_lib.settings import FORMAT
from reviu_lib.store import (
    SKEMA,
    Ruang,
    digest_masukan,
    digest_rapat,
    explain_stale,
    list_lalu,
)

Unit = tuple[str, int]
_PUSTAKA_LUAR = (
    "pandas",
    "numpy",
    "matplotlib",
    "seaborn",
    "nbconvert",
    "papermill",
    "python-docx",
    "typst",
)
# Codes that still fit into the file name of a comparison; more are named by count and hash.
_KODE_DI_NAMA = 4
_PANJANG_PROVINSI = 2


@dataclass(frozen=True)
class Pesanan:
    """One report to be made: of one kabupaten, or (`jenis` banding) of several side by side.

    `jenis` notebook is one's own notebook `buku`, whose files are called `sebutan`; `isian` are
    its parameters but for kabupaten and year, `masukan` patterns of further files that it reads.

    A comparison may also have `tahun_lain` for its series, `absen` (a line `kode: alasan` for each
    kabupaten asked for that has no result), and `wilayah`, the word it was asked for by (the code
    of a province, or semua), which then names it. `publik` asks for the public edition, which has
    no page of the check, no document, and no notebook.
    """

    kode: tuple[str, ...]
    tahun: int
    edisi: str = "rapat"
    format: tuple[str, ...] = FORMAT
    jenis: Literal["laporan", "banding", "notebook"] = "laporan"
    tahun_lain: tuple[int, ...] = ()
    absen: tuple[str, ...] = ()
    wilayah: str = ""
    publik: bool = False
    buku: str = ""
    sebutan: str = ""
    isian: tuple[tuple[str, Nilai], ...] = ()
    masukan: tuple[str, ...] = ()

    @property
    def nama(self) -> str:
        """The name in the manifest: the edition, the name of a notebook, a comparison's stem."""
        if self.jenis == "notebook":
            return f"notebook {self.sebutan}"
        edition = f"{self.edisi}-publik" if self.publik else self.edisi
        return edition if self.jenis == "laporan" else self.stems[BANDING]

    @property
    def label(self) -> str:
        """How news and errors call it."""
        return "banding" if self.jenis == "banding" else self.kode[0]

    @property
    def stems(self) -> dict[str, str]:
        """The file name without suffix that each notebook's report gets."""
        if self.jenis == "notebook":
            return {self.buku: f"{self.sebutan}-{self.kode[0]}-{self.tahun}"}
        if self.jenis == "laporan":
            unit = f"{self.kode[0]}-{self.tahun}"
            if self.publik:
                return {PUBLIK: f"reviu-{unit}-{self.nama}"}
            return {PERIKSA: f"periksa-{unit}", REVIU: f"reviu-{unit}-{self.edisi}"}
        years = "-".join(str(year) for year in (*self.tahun_lain, self.tahun))
        return {BANDING: f"banding-{self.wilayah or _name_codes(self._diminta)}-{years}"}

    @property
    def _diminta(self) -> tuple[str, ...]:
        """The codes asked for, also those without a result."""
        return (*self.kode, *(line.partition(":")[0] for line in self.absen))

    @property
    def parameters(self) -> dict[str, Nilai]:
        """The parameters of its notebooks.

        `ruang` stays empty: the kernel is told the workspace by its environment, so that no path
        of this machine stands in a report.
        """
        if self.jenis == "notebook":
            return {"kode_kabupaten": self.kode[0], "tahun": self.tahun, **dict(self.isian)}
        unit: dict[str, Nilai] = {"tahun": self.tahun, "edisi": self.edisi, "ruang": ""}
        key = "kode_kabupaten" if self.jenis == "laporan" else "daftar_kode"
        extra: dict[str, Nilai] = {
            "daftar_tahun": ", ".join(map(str, self.tahun_lain)),
            "absen": "\n".join(self.absen),
        }
        return {key: ", ".join(self.kode), **unit, **{k: v for k, v in extra.items() if v}}

    def folder(self, ruang: Ruang) -> Path:
        """Return where its files go."""
        if self.jenis == "banding":
            return ruang.reports / str(self.tahun)
        return ruang.reports_of(self.kode[0], self.tahun)

    def judul(self, notebook: str) -> str:
        """Return the title of the page made from one of its notebooks."""
        if notebook == BANDING:
            where = f" {nama_wilayah(self.wilayah)}" if self.wilayah.isdigit() else ""
            return f"Perbandingan Kabupaten/Kota{where} Tahun {self.tahun}"
        subject = "Pemeriksaan Data"
        if self.jenis == "notebook":
            subject = self.sebutan.replace("_", " ").capitalize()
        if notebook in {REVIU, PUBLIK}:
            subject = load_aturan(self.tahun).judul_reviu
        return f"{subject} {nama_wilayah(self.kode[0])} Tahun {self.tahun}"

    def as_dict(self) -> dict[str, Any]:
        """Return its fields, fit for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Pesanan:
        """Return the order written by `as_dict`."""
        return cls(**{key: _as_tuple(value) for key, value in values.items()})

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any]) -> Pesanan:
        """Return the order of an entry of a manifest, also of one written by an earlier version."""
        if "pesanan" in entry:
            return cls.from_dict(entry["pesanan"])
        formats = tuple(entry.get("kunci", {}).get("format", FORMAT))
        publik = bool(entry.get("publik"))
        return cls(tuple(entry["kode"]), entry["tahun"], entry["edisi"], formats, publik=publik)


def _as_tuple(value: Any) -> Any:
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value


def _name_codes(kode: Sequence[str]) -> str:
    """Return the codes as part of a file name, many by their number and a hash."""
    codes = "-".join(kode)
    if len(kode) > _KODE_DI_NAMA:
        codes = f"{len(kode)}-kabupaten-{hash_bytes(codes.encode())[:8]}"
    return codes


@dataclass(frozen=True)
class Rencana:
    """A planned step: `alasan` says why it is due; empty means that it is up to date.

    `nama` is the edition or notebook.
    """

    jenis: Literal["periksa", "laporan", "banding", "notebook"]
    kode: str
    tahun: int
    alasan: str
    nama: str = ""


def choose_units(
    kode: Sequence[str], tahun: Sequence[int], *, ruang: Ruang, dengar: Dengar = ignore
) -> list[Unit]:
    """Return each (kode, tahun) asked for; without codes or years, everything there is.

    A code of two digits means every kabupaten of that province. Files of a province that are new
    or changed are opened first, for the kabupaten they hold; `dengar` hears of it. Raises KodeError
    on an unknown code and RuangError when a named kabupaten or year has no file.
    """
    note_provinces(ruang, dengar=dengar)
    there = sorted({*ruang.list_raw(), *ruang.list_processed()})
    asked = [code for text in kode if text != "semua" for code in _expand(text, there)]
    units = [u for u in there if (not asked or u[0] in asked) and (not tahun or u[1] in tahun)]
    _require(units, asked, tahun)
    return units


def choose_banding(
    kode: Sequence[str], tahun: Sequence[int], *, ruang: Ruang, dengar: Dengar = ignore
) -> Pesanan:
    """Return the comparison asked for; the last of the years is the main one.

    A code of two digits means all kabupaten of that province, `semua` all there are. What has no
    raw file in the main year is named in `absen`. Raises KodeError on an unknown code.
    """
    note_provinces(ruang, dengar=dengar)
    there = {*ruang.list_raw(), *ruang.list_processed()}
    asked = list(dict.fromkeys(code for text in kode for code in _list_asked(text, there)))
    main, *others = sorted(set(tahun), reverse=True)
    return Pesanan(
        tuple(code for code in asked if (code, main) in there),
        main,
        format=("html", "xlsx"),
        jenis="banding",
        tahun_lain=tuple(sorted(others)),
        absen=tuple(
            f"{code}: Tidak ada berkas mentah tahun {main}."
            for code in asked
            if (code, main) not in there
        ),
        wilayah=kode[0] if len(kode) == 1 and (kode[0] == "semua" or kode[0].isdigit()) else "",
    )


def _list_asked(text: str, there: Collection[Unit]) -> list[str]:
    """Return the codes that one word of the command line asks for."""
    if text == "semua":
        return sorted({kode for kode, _ in there})
    official = sorted(kode for kode in kabupaten_names() if kode[:2] == text)
    return official or [validate_kode_kabupaten(text)]


def _expand(text: str, there: Sequence[Unit]) -> list[str]:
    """Return the code, or for a province the codes of its kabupaten there are."""
    codes = sorted({kode for kode, _ in there if kode[:2] == text})
    return codes if codes and len(text) == _PANJANG_PROVINSI else [validate_kode_kabupaten(text)]


def _require(units: Sequence[Unit], kode: Sequence[str], tahun: Sequence[int]) -> None:
    codes, years = {k for k, _ in units}, {t for _, t in units}
    absent = [k for k in kode if k not in codes] + [str(t) for t in tahun if t not in years]
    if absent or not units:
        what = f" untuk {', '.join(absent)}" if absent else ""
        raise RuangError(
            f"Tidak ada berkas mentah{what}.",
            di="data/raw/<kode>/<tahun>/",
            lakukan="Simpan berkas di sana (`reviu templat` menulis buku kerja kosong), "
            "atau tulis contoh dengan `reviu contoh`.",
        )


def with_earlier_years(units: Sequence[Unit], *, ruang: Ruang) -> list[Unit]:
    """Return `units` and every earlier year of the same kabupaten that has raw files."""
    latest: dict[str, int] = {}
    for kode, tahun in units:
        latest[kode] = max(tahun, latest.get(kode, 0))
    earlier = [(k, t) for k, t in ruang.list_raw() if k in latest and t < latest[k]]
    return sorted({*units, *earlier})


def plan_periksa(units: Sequence[Unit], *, ruang: Ruang, ulang: bool = False) -> list[Rencana]:
    """Return a step for each unit, with the reason why its processed tables are stale."""
    return [
        Rencana("periksa", k, t, _explain_periksa(k, t, ruang) or ("diminta" if ulang else ""))
        for k, t in units
    ]


def _explain_periksa(kode: str, tahun: int, ruang: Ruang) -> str:
    return explain_stale(kode, tahun, ruang=ruang) or explain_temuan(kode, tahun, ruang=ruang)


def compute_kunci(pesanan: Pesanan, *, ruang: Ruang) -> dict[str, Any]:
    """Return the hashes and settings that decide what a report says.

    Raises RuangError when the processed tables are not there.
    """
    books = {name: find_notebook(name, ruang=ruang) for name in pesanan.stems}
    return {
        "skema": SKEMA,
        "notebook": {name: hash_notebook(path) for name, path in books.items()},
        "parameter": pesanan.parameters,
        "format": sorted(pesanan.format),
        "masukan": {k: digest_masukan(k, pesanan.tahun, ruang=ruang) for k in pesanan.kode}
        | _hash_masukan(pesanan, ruang),
        "definisi": hash_definisi(ruang.definisi),
        "pustaka": hash_library(),
        "templat": hash_library(("report/templates",)),
        "templat_dokumen": _hash_templat(pesanan, ruang),
        "rapat": _hash_rapat(pesanan, ruang),
        "lingkungan": environment(),
    }


def _hash_masukan(pesanan: Pesanan, ruang: Ruang) -> dict[str, Any]:
    """Return the hash of each further file that a notebook says it reads, by its place."""
    paths = {path for pattern in pesanan.masukan for path in ruang.root.glob(pattern)}
    files = sorted(path for path in paths if path.is_file())
    return {path.relative_to(ruang.root).as_posix(): hash_file(path) for path in files}


def _hash_templat(pesanan: Pesanan, ruang: Ruang) -> str:
    """Return the hash of the office's template where the order needs it, else ""."""
    path = ruang.templat_dokumen
    return hash_file(path) if path and "docx" in pesanan.format else ""


def _hash_rapat(pesanan: Pesanan, ruang: Ruang) -> str:
    """Return the hash of the edition of the meeting where the final one is compared, else ""."""
    if pesanan.edisi != FINAL or pesanan.jenis != "laporan" or pesanan.publik:
        return ""
    return digest_rapat(pesanan.kode[0], pesanan.tahun, ruang=ruang)


@cache
def environment() -> dict[str, str]:
    """Return the versions that may change how a report looks."""
    return {"python": ".".join(platform.python_version_tuple()[:2])} | {
        name: _version(name) for name in _PUSTAKA_LUAR
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "tidak terpasang"


def explain_pesanan(pesanan: Pesanan, *, ruang: Ruang, ulang: bool = False) -> str:
    """Return why a report must be made, in Indonesian; empty when it is up to date."""
    for kode in pesanan.kode:
        for tahun in (pesanan.tahun, *list_lalu(kode, pesanan.tahun, ruang=ruang)):
            if why := explain_stale(kode, tahun, ruang=ruang):
                return f"data {kode} tahun {tahun} diperiksa dahulu: {why}"
    folder = pesanan.folder(ruang)
    entry = load_manifest(folder)["laporan"].get(pesanan.nama, {})
    why = explain_kunci(entry, compute_kunci(pesanan, ruang=ruang), folder)
    return why or ("diminta" if ulang else "")


def plan_laporan(orders: Sequence[Pesanan], *, ruang: Ruang, ulang: bool = False) -> list[Rencana]:
    """Return the whole plan: the checks that come first, then each report."""
    units = [(kode, order.tahun) for order in orders for kode in order.kode]
    steps = plan_periksa(with_earlier_years(units, ruang=ruang), ruang=ruang)
    reports = [
        Rencana(o.jenis, o.label, o.tahun, explain_pesanan(o, ruang=ruang, ulang=ulang), o.nama)
        for o in orders
    ]
    return [*steps, *reports]
