"""A user's own mapping of files to canonical tables: `pemetaan.toml` beside the files.

Each `[[berkas]]` entry names files and says, in the vocabulary of the layouts, which table they
hold and under which headings. Every key is checked; a faulty entry is told with file and key and
is not used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from reviu_lib.catalog import build, tabel_masukan
from reviu_lib.errors import DefinisiError
from reviu_lib.ingest.layouts.model import (
    KolomSumber,
    TabelSumber,
    TataLetak,
    build_layout,
    load_layouts,
)

NAMA_PEMETAAN = "pemetaan.toml"
NAMA_USULAN = "pemetaan-usulan.toml"
TANPA_JUDUL = "tanpa judul"
BELUM_DIISI = "ISI "  # what a proposal leaves to the user begins like this
_TAMBAHAN = frozenset({"kolom", "abaikan", "padanan"})  # what an entry may add to a known layout
_BARIS_TOML = re.compile(r"at line (\d+)")
_KEPALA = {
    "kode": "pemetaan",
    "arti": "Pemetaan buatan pengguna untuk berkasnya sendiri.",
    "rujukan": NAMA_PEMETAAN,
    "status": "asumsi",
}


class Entri(BaseModel):
    """Which files and sheets an entry is for, where the header is, and what no column tells."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    nama: str
    lembar: str = "*"
    baris_judul: int | tuple[int, int] | Literal["tanpa judul"] | None = None
    baris_data: int | None = None
    judul_kolom: tuple[str, ...] | Mapping[str, str] = ()
    tata_letak: str = ""
    tahun: int | None = None
    konstanta: Mapping[str, str | int | float | date] = {}

    def fits(self, berkas: str, lembar: str) -> bool:
        """Return True when the entry is for this file and sheet; case plays no part."""
        return fnmatchcase(berkas.lower(), self.nama.lower()) and fnmatchcase(
            lembar.lower(), self.lembar.lower()
        )


@dataclass(frozen=True)
class Peta:
    """A checked entry: the table it reads, and the columns and measures it asks for by name."""

    entri: Entri
    tata_letak: TataLetak
    sumber: TabelSumber
    diminta: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pemetaan:
    """What the mapping files of a folder say, and what is wrong with each of them."""

    peta: tuple[Peta, ...] = ()
    keliru: Mapping[str, tuple[str, ...]] | None = None

    def find(self, berkas: str, lembar: str) -> tuple[Peta, ...]:
        """Return the entries for a sheet; one that names the file wins over a pattern."""
        fits = [item for item in self.peta if item.entri.fits(berkas, lembar)]
        exact = [item for item in fits if item.entri.nama.lower() == berkas.lower()]
        return tuple(exact or fits)

    def faults(self, berkas: str) -> tuple[str, ...]:
        """Return what is wrong with one mapping file."""
        return (self.keliru or {}).get(berkas, ())


def read_mapping(path: Path) -> Pemetaan:
    """Return the entries of a pemetaan.toml; never raises for a bad file."""
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _faulty(path, "isinya bukan teks UTF-8")
    except tomllib.TOMLDecodeError as error:
        line = _BARIS_TOML.search(str(error))
        where = f"baris {line[1]}" if line else "akhir berkas"
        return _faulty(path, f"{where}: tulisannya bukan TOML yang sah")
    except OSError:
        return _faulty(path, "berkas tidak dapat dibuka")
    unknown = sorted(set(data) - {"berkas"})
    entries = data.get("berkas", [])
    if unknown or not isinstance(entries, list):
        names = ", ".join(unknown) or "berkas"
        return _faulty(path, f"kunci '{names}': setiap entri ditulis di bawah [[berkas]]")
    return check_entries(entries, path.name)


def _faulty(path: Path, message: str) -> Pemetaan:
    return Pemetaan(keliru={path.name: (message,)})


def check_entries(entries: list[Any], berkas: str) -> Pemetaan:
    """Return the entries that are sound, and the fault of each other with its number and key."""
    good: list[Peta] = []
    faults: list[str] = []
    for number, entry in enumerate(entries, start=1):
        name = entry.get("nama", "tanpa nama") if isinstance(entry, Mapping) else "bukan tabel"
        try:
            good.append(read_entry(entry if isinstance(entry, Mapping) else {}))
        except DefinisiError as error:
            faults.append(f"entri ke-{number} ({name}): {error.apa}")
    return Pemetaan(tuple(good), {berkas: tuple(faults)} if faults else None)


def read_entry(data: Mapping[str, Any]) -> Peta:
    """Return one checked entry; DefinisiError names the faulty key."""
    own = {name: value for name, value in data.items() if name in Entri.model_fields}
    spec = {name: value for name, value in data.items() if name not in Entri.model_fields}
    entri = build(Entri, own, NAMA_PEMETAAN)
    _check_filled(spec)
    spec = {**spec, "kolom": _spell_out(spec.get("kolom", {}))}
    layout, sumber = _known_layout(entri, spec) if entri.tata_letak else _own_layout(spec)
    _check_header(entri)
    _check_constants(entri, sumber)
    added = {name: _plain(value) for name, value in entri.konstanta.items()}
    sumber = _copy(sumber, bawaan={**sumber.bawaan, **added})
    asked = [*spec["kolom"], *spec.get("sasaran", {}), *spec.get("ukuran", {})]
    return Peta(entri, layout, sumber, tuple(asked))


def _check_filled(spec: Mapping[str, Any]) -> None:
    """Raise where a proposal was copied but not filled in."""
    for name, entry in spec.get("ukuran", {}).items():
        text = entry.get("indikator", "") if isinstance(entry, Mapping) else ""
        if not str(text).strip() or str(text).startswith(BELUM_DIISI):
            raise DefinisiError(f"kunci 'ukuran.{name}.indikator' belum diisi")


def _spell_out(kolom: Any) -> dict[str, Any]:
    """Return the columns with `desa = "Nama Desa"` written out as its heading."""
    if not isinstance(kolom, Mapping):
        raise DefinisiError("kunci 'kolom' harus berisi kolom = judul")
    return {
        name: {"judul": [value]} if isinstance(value, str) else value
        for name, value in kolom.items()
    }


def _known_layout(entri: Entri, spec: Mapping[str, Any]) -> tuple[TataLetak, TabelSumber]:
    """Return a table of a declared layout with what the entry adds to it."""
    layout = load_layouts().get(entri.tata_letak)
    if layout is None:
        known = ", ".join(load_layouts())
        raise DefinisiError(f"kunci 'tata_letak': '{entri.tata_letak}' tidak ada; pilih {known}")
    wrong = sorted(set(spec) - {*_TAMBAHAN, "tabel"})
    if wrong:
        raise DefinisiError(f"kunci '{wrong[0]}' tidak boleh ada bersama 'tata_letak'")
    name = spec.get("tabel", next(iter(layout.tabel)))
    if name not in layout.tabel:
        known = ", ".join(layout.tabel)
        raise DefinisiError(f"kunci 'tabel': '{name}' tidak ada di {layout.kode}; pilih {known}")
    return layout, _extend(layout.tabel[name], spec)


def _own_layout(spec: Mapping[str, Any]) -> tuple[TataLetak, TabelSumber]:
    """Return a layout of the entry alone, with the spellings that its table is known by."""
    tabel = spec.get("tabel", "capaian_terbit" if spec.get("bentuk") == "lebar" else "")
    if tabel not in tabel_masukan():
        known = ", ".join(_readable())
        raise DefinisiError(f"kunci 'tabel': '{tabel}' bukan tabel baku; pilih {known}")
    if spec.get("bentuk", "baris") == "baris" and (base := _readable().get(tabel)):
        wrong = sorted(set(spec) - {*_TAMBAHAN, "tabel", "bentuk"})
        if wrong:
            raise DefinisiError(f"kunci '{wrong[0]}' tidak dikenal")
        layout, sumber = base
        return layout, _extend(sumber, spec)
    entry = {"ciri": [], **spec, "tabel": tabel}
    layout = build_layout({**_KEPALA, "nama": NAMA_PEMETAAN, "tabel": {tabel: entry}}, "")
    return layout, layout.tabel[tabel]


def _readable() -> dict[str, tuple[TataLetak, TabelSumber]]:
    """Return for each canonical table the first layout that holds it one row a row."""
    found: dict[str, tuple[TataLetak, TabelSumber]] = {}
    for layout in load_layouts().values():
        for sumber in layout.tabel.values():
            if sumber.bentuk == "baris":
                found.setdefault(sumber.tabel, (layout, sumber))
    return found


def _extend(sumber: TabelSumber, spec: Mapping[str, Any]) -> TabelSumber:
    """Return a declared table with the entry's headings first, and its other additions."""
    known = {*sumber.kolom, *(sumber.baku.nama_kolom if sumber.semua_kolom else ())}
    own: dict[str, KolomSumber] = {}
    for name, entry in spec.get("kolom", {}).items():
        if name not in known:
            words = ", ".join(sorted(known))
            raise DefinisiError(f"kunci 'kolom.{name}' bukan kolom {sumber.tabel}; pilih {words}")
        before = sumber.own(name)
        added = build(KolomSumber, entry, "").model_dump(exclude_unset=True)
        titles = (*added.get("judul", ()), *before.judul)
        own[name] = KolomSumber(**{**before.model_dump(), **added, "judul": titles})
    padanan = {**sumber.padanan, **spec.get("padanan", {})}
    abaikan = (*sumber.abaikan, *spec.get("abaikan", ()))
    return _copy(sumber, kolom={**own, **_rest(sumber, own)}, padanan=padanan, abaikan=abaikan)


def _rest(sumber: TabelSumber, own: Mapping[str, KolomSumber]) -> dict[str, KolomSumber]:
    return {name: kolom for name, kolom in sumber.kolom.items() if name not in own}


def _copy(sumber: TabelSumber, **changes: Any) -> TabelSumber:
    """Return the table with changes, checked again."""
    fields = {name: getattr(sumber, name) for name in TabelSumber.model_fields}
    return build(TabelSumber, {**fields, **changes}, "")


def _check_header(entri: Entri) -> None:
    if entri.baris_judul == TANPA_JUDUL and not entri.judul_kolom:
        raise DefinisiError("kunci 'judul_kolom' wajib bila baris_judul = \"tanpa judul\"")


def _check_constants(entri: Entri, sumber: TabelSumber) -> None:
    """Raise where a constant is for no column of the table, or of another kind."""
    for name, value in entri.konstanta.items():
        known = name in sumber.kolom or name in sumber.baku.nama_kolom
        if not known:
            raise DefinisiError(f"kunci 'konstanta.{name}' bukan kolom {sumber.tabel}")
        kind = sumber.jenis(name)
        texts = kind in {"teks", "kode", "pilihan", "ya_tidak", "tanggal"}
        if texts == isinstance(value, int | float):
            raise DefinisiError(f"kunci 'konstanta.{name}' harus berjenis {kind}")
        choices = sumber.baku[name].pilihan if name in sumber.baku.nama_kolom else ()
        if choices and value not in choices:
            words = ", ".join(choices)
            raise DefinisiError(f"kunci 'konstanta.{name}' harus salah satu dari {words}")


def _plain(value: str | int | float | date) -> str | int | float:
    return value.isoformat() if isinstance(value, date) else value
