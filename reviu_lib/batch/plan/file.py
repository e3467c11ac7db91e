"""What a plan file may hold, and every fault in one at once.

A plan begins as the settings of the workspace (`reviu.toml`); what it writes itself goes before
them. Codes, years, notebooks, and parameters are checked while it is read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from reviu_lib.batch.sources import (
    BANDING,
    PERIKSA,
    PUBLIK,
    REVIU,
    Nilai,
    explain_parameter,
    find_notebook,
    read_parameters,
)
from reviu_lib.catalog import load_aturan
from reviu_lib.errors import DefinisiError, KodeError, LaporanError, RencanaError, ReviuError
from reviu_lib.formatting import mask_identity
from reviu_lib.reference import kabupaten_names, validate_kode_kabupaten
from reviu_lib.settings import SEBAB, Pengaturan
from reviu_lib.store import Ruang

RENCANA = "rencana.toml"
PERBAIKI = "Perbaiki semuanya, lalu jalankan perintah yang sama."
# Parameters that the plan fills in for each kabupaten and year, with the kind they must have.
DIISI: dict[str, type] = {"kode_kabupaten": str, "tahun": int, "edisi": str, "ruang": str}
_WAJIB = ("kode_kabupaten", "tahun")
_BAWAAN = (PERIKSA, REVIU, BANDING, PUBLIK)
# Names of files that the reports themselves have.
_TERPAKAI = ("periksa", "reviu", "banding", "pengembalian", "temuan")
_NAMA = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")
_SEBUTAN = re.compile(r"[A-Za-z0-9_]+")
_PANJANG_PROVINSI = 2

# Written by `reviu mulai`; every line is a comment, so that it does nothing until someone edits.
CONTOH_RENCANA = """\
# Rencana banyak kabupaten, dijalankan dengan `reviu laporan --rencana rencana.toml` dan dilihat
# dahulu dengan tambahan `--coba`. Hapus tanda # di awal baris untuk memakainya. Yang tidak ditulis
# di sini mengikuti reviu.toml.

# kabupaten = ["12.18", "73"]     # kode kabupaten/kota, atau kode provinsi untuk semua di dalamnya
# tahun = [2023, 2024]
# pekerja = 2

# [[laporan]]
# edisi = "rapat"
# format = ["html", "docx"]

# [[laporan]]
# edisi = "final"
# publik = true
# tahun = [2024]

# [[notebook]]
# nama = "analisis_desa"          # notebooks/analisis_desa.ipynb
# masukan = ["data/tambahan/*.csv"]
# parameter = { batas_persen = 20.0, judul = "Desa prioritas" }
"""


def _fault(why: str, do: str = "") -> PydanticCustomError:
    return PydanticCustomError("reviu", "{why}", {"why": why, "do": do})


def _check_kode(kode: str) -> str:
    """Return a code of a kabupaten/kota or of a province that exists, or semua."""
    provinces = {code[:_PANJANG_PROVINSI] for code in kabupaten_names()}
    if kode == "semua" or kode in provinces:
        return kode
    try:
        return validate_kode_kabupaten(kode)
    except KodeError as error:
        raise _fault("kode ini tidak ada", error.lakukan) from None


def _check_tahun(tahun: int) -> int:
    try:
        load_aturan(tahun)
    except KodeError as error:
        raise _fault("belum ada aturan untuk tahun ini", error.lakukan) from None
    return tahun


def _check_sebutan(sebutan: str) -> str:
    if not _SEBUTAN.fullmatch(sebutan):
        raise _fault("hanya huruf, angka, dan garis bawah", "Tulis misalnya analisis_desa.")
    return sebutan


Kode = Annotated[str, AfterValidator(_check_kode)]
Tahun = Annotated[int, AfterValidator(_check_tahun)]


class _Bagian(BaseModel):
    """A part of a plan; without codes or years those of the whole plan."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    kabupaten: list[Kode] | None = None
    tahun: list[Tahun] | None = None


class BagianLaporan(_Bagian):
    """Reports of one edition."""

    edisi: Literal["persiapan", "rapat", "final"] | None = None
    format: list[Literal["html", "docx", "pdf", "xlsx"]] | None = None
    publik: bool = False


class BagianNotebook(_Bagian):
    """A notebook of one's own under notebooks/, with its parameters.

    `sebutan` names what comes out (else the notebook's name); `masukan` are the files beside the
    processed tables that it reads, relative to the workspace.
    """

    nama: str
    sebutan: Annotated[str, AfterValidator(_check_sebutan)] | None = None
    parameter: dict[str, Any] = Field(default_factory=dict)
    masukan: list[str] = Field(default_factory=list)

    @property
    def keluaran(self) -> str:
        """The beginning of the names of its files."""
        return self.sebutan or self.nama.rpartition("/")[2].replace("-", "_")

    @field_validator("nama")
    @classmethod
    def _is_there(cls, nama: str, info: ValidationInfo) -> str:
        if not _NAMA.fullmatch(nama):
            raise _fault("nama notebook tanpa .ipynb, di dalam notebooks/", "Tulis namanya saja.")
        if nama in _BAWAAN:
            raise _fault("notebook bawaan dibuat lewat [[laporan]]", "Ganti dengan [[laporan]].")
        try:
            declared = _declared(nama, info)
        except LaporanError as error:
            raise _fault(error.apa.rstrip("."), "Periksa namanya dan sel parameters-nya.") from None
        for name in (name for name, kind in DIISI.items() if not _suits(declared, name, kind)):
            word = "teks" if DIISI[name] is str else "bilangan bulat"
            raise _fault(f"sel parameters notebook itu harus menyatakan {name} sebagai {word}")
        return nama

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> BagianNotebook:
        """Refuse what the notebook does not declare, all of it together."""
        declared = _declared(self.nama, info)
        free = {name: value for name, value in declared.items() if name not in DIISI}
        faults = [
            InitErrorDetails(
                type=_fault(_explain(free, name, value), f"Yang dinyatakan: {_list(free)}."),
                loc=("parameter", name),
                input=value,
            )
            for name, value in self.parameter.items()
            if _explain(free, name, value)
        ]
        if self.keluaran in _TERPAKAI:
            why = _fault(f"nama {self.keluaran} dipakai laporan", "Pilih sebutan lain.")
            faults.append(InitErrorDetails(type=why, loc=("sebutan",), input=self.keluaran))
        if faults:
            raise ValidationError.from_exception_data("BagianNotebook", faults)
        return self

    def fill(self, edisi: str, ruang: Ruang) -> dict[str, Nilai]:
        """Return its parameters but for kabupaten and year: those of the plan and what it takes.

        A whole number given for a fraction becomes one.
        """
        declared = read_parameters(find_notebook(self.nama, ruang=ruang))
        known: dict[str, Nilai] = {"edisi": edisi, "ruang": ""}
        taken = {name: value for name, value in known.items() if name in declared}
        own = {name: type(declared[name])(value) for name, value in self.parameter.items()}
        return taken | own


def _suits(declared: Mapping[str, Nilai], name: str, kind: type) -> bool:
    """Return whether a notebook declares what the plan fills in, where it must, as it must."""
    return type(declared[name]) is kind if name in declared else name not in _WAJIB


def _declared(nama: str, info: ValidationInfo) -> dict[str, Nilai]:
    """Return what the notebook declares in the workspace for which the plan is read."""
    ruang: Ruang = (info.context or {})["ruang"]
    return read_parameters(find_notebook(nama, ruang=ruang))


def _explain(declared: Mapping[str, Nilai], name: str, value: Any) -> str:
    if name in DIISI:
        return "diisi oleh rencana untuk setiap kabupaten dan tahun"
    return explain_parameter(declared, name, value)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "tidak ada"


class BerkasRencana(Pengaturan):
    """A whole plan: the settings, and the parts; without parts, one report with the settings."""

    kabupaten: list[Kode] = Field(default_factory=list)
    tahun: list[Tahun] = Field(default_factory=list)
    laporan: list[BagianLaporan] = Field(default_factory=list)
    notebook: list[BagianNotebook] = Field(default_factory=list)

    @property
    def bagian_laporan(self) -> list[BagianLaporan]:
        """The reports: those written, or one where the plan has no part at all."""
        return self.laporan or ([] if self.notebook else [BagianLaporan()])


def load_rencana(path: Path, settings: Pengaturan, *, ruang: Ruang) -> BerkasRencana:
    """Return the plan in `path`; what it does not say follows `settings`.

    Raises DefinisiError when it cannot be read, RencanaError with every fault otherwise.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise DefinisiError(
            f"Rencana tidak dapat dibaca: {why}",
            di=str(path),
            lakukan="Sebut berkas yang ada, atau perbaiki baris itu; contohnya di panduan "
            "Banyak kabupaten sekaligus.",
        ) from error
    try:
        data = settings.model_dump(exclude_unset=True) | written
        return BerkasRencana.model_validate(data, context={"ruang": ruang})
    except ValidationError as error:
        faults = [_describe(fault, path) for fault in error.errors(include_url=False)]
        count = f"{len(faults)} kesalahan" if len(faults) > 1 else "satu kesalahan"
        why = f"Rencana belum dapat dijalankan: {count}."
        raise RencanaError(why, butir=faults, lakukan=PERBAIKI) from None


def _describe(fault: ErrorDetails, path: Path) -> ReviuError:
    """Return a fault as file, key, value, and what to do."""
    known = fault.get("ctx", {})
    why = known.get("why") or SEBAB.get(fault["type"], "isinya bukan jenis yang diminta")
    if fault["type"] == "missing":
        return ReviuError(f"{_name_key(fault['loc'])} wajib ada.", di=path.name)
    shown = mask_identity(repr(fault["input"]))
    return ReviuError(
        f"{_name_key(fault['loc'])} = {shown}: {why}.",
        di=path.name,
        lakukan=known.get("do") or _remedy(fault),
    )


def _remedy(fault: ErrorDetails) -> str:
    if expected := fault.get("ctx", {}).get("expected"):
        return f"Pilih {str(expected).replace(' or ', ' atau ')}."
    return "Perbaiki kunci itu, atau hapus barisnya untuk memakai bawaan."


def _name_key(loc: tuple[str | int, ...]) -> str:
    """Return where a value stands in the file, such as `[[notebook]] ke-2, parameter.batas`."""
    if len(loc) > 1 and loc[0] in ("laporan", "notebook") and isinstance(loc[1], int):
        rest = _name_key(loc[2:]) if loc[2:] else "isinya"
        return f"[[{loc[0]}]] ke-{loc[1] + 1}, {rest}"
    names = ".".join(part for part in loc if isinstance(part, str))
    numbers = [part + 1 for part in loc if isinstance(part, int)]
    return names + (f" ke-{numbers[-1]}" if numbers else "")
