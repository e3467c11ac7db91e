"""Where files live, and the tables a review reads and makes, kept as parquet.

`asal.json` (and `hasil.json`) is written last and holds the hash of every table beside it, so
that a half-written or damaged folder is recognised and never read as if it were whole. What was
made from other raw files, by other rules, or with another key than the present ones is refused,
never silently used.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from reviu_lib import __version__
from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.files import (
    SEMENTARA,
    hash_bytes,
    hash_folder,
    hash_library,
    list_files,
    make_private,
    write_atomic,
)
from reviu_lib.hasil import HasilReviu, table_names

# Number of the layout of data/processed; another number is rebuilt.
SKEMA = 1
_KUNCI_BYTES = 32
_KODE = re.compile(r"\d\d\.\d\d", re.ASCII)
_TAHUN = re.compile(r"(19|20)\d\d", re.ASCII)
# What each note must hold to be of use; one that lacks a part is damaged.
_ISI = {"asal.json": {"bahan", "tabel", "berkas"}, "hasil.json": {"hasil", "tabel"}}
# What decides how raw files are read; a change elsewhere leaves data/processed as it is.
_PEMBACA = (
    "ingest", "definitions", "reference", "growth", "bahan.py", "catalog.py", "formatting.py",
)  # fmt: skip
_MULAI = "Buat ruang kerja dengan `reviu mulai DIR`, atau sebut yang sudah ada dengan --ruang DIR."


@dataclass(frozen=True)
class Ruang:
    """A workspace: the folder with data/ and reports/. It knows places, and opens nothing."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", Path(self.root).absolute())

    @property
    def raw(self) -> Path:
        """Folder of files as received, never edited."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """Folder of tables without identity."""
        return self.root / "data" / "processed"

    @property
    def reports(self) -> Path:
        """Folder of finished reports."""
        return self.root / "reports"

    @property
    def notebooks(self) -> Path:
        """Folder of notebooks the user may edit; absent in a workspace without them."""
        return self.root / "notebooks"

    @property
    def rahasia(self) -> Path:
        """Folder of the key, the lock, and the logs."""
        return self.root / ".reviu"

    def raw_of(self, kode_kabupaten: str, tahun: int) -> Path:
        """Return the folder of raw files of one kabupaten and year."""
        return self.raw / _safe_kode(kode_kabupaten) / str(int(tahun))

    def processed_of(self, kode_kabupaten: str, tahun: int) -> Path:
        """Return the folder of processed tables of one kabupaten and year."""
        return self.processed / _safe_kode(kode_kabupaten) / str(int(tahun))

    def reports_of(self, kode_kabupaten: str, tahun: int) -> Path:
        """Return the folder of reports of one kabupaten and year."""
        return self.reports / str(int(tahun)) / _safe_kode(kode_kabupaten)

    def list_raw(self) -> list[tuple[str, int]]:
        """Return each (kode, tahun) with at least one raw file, sorted."""
        pairs = _code_and_year(self.raw)
        return [pair for pair in pairs if list_files(self.raw_of(*pair))]

    def list_processed(self) -> list[tuple[str, int]]:
        """Return each (kode, tahun) with finished processed tables, sorted."""
        pairs = _code_and_year(self.processed)
        return [pair for pair in pairs if (self.processed_of(*pair) / "asal.json").is_file()]


def _safe_kode(kode: str) -> str:
    if not isinstance(kode, str) or not _KODE.fullmatch(kode):
        raise KodeError(
            f"Kode kabupaten/kota tidak sah: {kode!r}.",
            lakukan="Tulis kode Kemendagri dua tingkat sebagai teks, misalnya 12.18.",
        )
    return kode


def _code_and_year(folder: Path) -> list[tuple[str, int]]:
    codes = [path for path in _folders(folder) if _KODE.fullmatch(path.name)]
    return sorted(
        (code.name, int(year.name))
        for code in codes
        for year in _folders(code)
        if _TAHUN.fullmatch(year.name)
    )


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def _is_ruang(folder: Path) -> bool:
    return (folder / "reviu.toml").is_file() or (folder / "data" / "raw").is_dir()


def find_ruang(ruang: str | Path | Ruang | None = None) -> Ruang:
    """Return the workspace: the one named, else REVIU_RUANG, else the nearest parent folder.

    Raises RuangError, which names `reviu mulai DIR`, when there is none.
    """
    if isinstance(ruang, Ruang):
        return ruang
    named = str(ruang or "") or os.environ.get("REVIU_RUANG", "")
    candidates = [Path(named)] if named else [Path.cwd(), *Path.cwd().parents]
    for folder in candidates:
        if _is_ruang(folder):
            return Ruang(folder)
    if named:
        raise RuangError("Folder ini bukan ruang kerja reviu.", di=named, lakukan=_MULAI)
    raise RuangError("Ruang kerja tidak ditemukan.", di=str(Path.cwd()), lakukan=_MULAI)


def make_ruang(dir: str | Path) -> Ruang:
    """Return a workspace in `dir`, made where folders are missing; nothing is overwritten.

    Raises RuangError when the folder cannot be made or written.
    """
    ruang = Ruang(Path(dir))
    try:
        for folder in (ruang.raw, ruang.reports):
            folder.mkdir(parents=True, exist_ok=True)
        make_private(ruang.processed)
        make_private(ruang.rahasia)
    except OSError as error:
        raise RuangError(
            f"Ruang kerja tidak dapat dibuat ({error.strerror}).",
            di=str(ruang.root),
            lakukan="Pilih folder yang boleh ditulis, misalnya di dalam folder Dokumen.",
        ) from error
    return ruang


def load_kunci(ruang: Ruang) -> bytes:
    """Return the key of pseudonyms, made once per workspace and readable by its owner alone.

    Raises RuangError when the key file is damaged: a new key would change every pseudonym.
    """
    path = make_private(ruang.rahasia) / "kunci"
    if not path.exists():
        _create_once(path, secrets.token_hex(_KUNCI_BYTES).encode())
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != _KUNCI_BYTES:
        raise RuangError(
            "Kunci nama samaran rusak atau tidak terbaca.",
            di=str(path),
            lakukan="Kembalikan berkas itu dari cadangan; atau hapus, lalu `reviu periksa semua`.",
        )
    return key


def _create_once(path: Path, data: bytes) -> None:
    """Write `path` unless another process was first."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}{SEMENTARA}")
    write_atomic(draft, data, private=True)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links, such as a USB stick
        if not path.exists():
            os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _key_mark(ruang: Ruang) -> str:
    """Return a mark that tells two keys apart and says nothing about either."""
    return hashlib.blake2b(b"tanda kunci", key=load_kunci(ruang), digest_size=8).hexdigest()


def _dump(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _save_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the hash of each table after writing it as parquet."""
    make_private(folder)
    for leftover in folder.glob(f".*{SEMENTARA}"):
        leftover.unlink(missing_ok=True)
    hashes = {}
    for name, frame in tables.items():
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False, compression="zstd")
        write_atomic(folder / f"{name}.parquet", buffer.getvalue(), private=True)
        hashes[name] = hash_bytes(buffer.getvalue())
    return hashes


def _load_tables(folder: Path, hashes: Mapping[str, str], names: Mapping[str, str]) -> dict:
    if set(hashes) != set(names.values()):
        raise _spoiled(folder, "susunan tabelnya dari versi lain")
    tables = {}
    for field, name in names.items():
        path = folder / f"{name}.parquet"
        data = path.read_bytes() if path.is_file() else b""
        if hash_bytes(data) != hashes[name]:
            raise _spoiled(folder, f"tabel {name} rusak atau tidak ada")
        tables[field] = pd.read_parquet(io.BytesIO(data))
    return tables


def _spoiled(folder: Path, why: str) -> RuangError:
    kode, tahun = folder.parts[-2:] if folder.name != "hasil" else folder.parts[-3:-1]
    command = "laporan" if folder.name == "hasil" else "periksa"
    return RuangError(
        f"Data olahan {kode} tahun {tahun} tidak dapat dipakai: {why}.",
        di="/".join(folder.parts[-4:]),
        lakukan=f"Jalankan `reviu {command} {kode} --tahun {tahun}`.",
    )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _spoiled(path.parent, "belum dibuat") from None
    except (OSError, ValueError):
        raise _spoiled(path.parent, f"{path.name} rusak") from None
    if not isinstance(content, dict) or content.get("skema") != SKEMA:
        raise _spoiled(path.parent, "susunannya dari versi lain")
    if not all(isinstance(content.get(key), dict) for key in _ISI[path.name]):
        raise _spoiled(path.parent, f"{path.name} rusak")
    return content


def _scalars(item: BahanReviu | HasilReviu) -> dict[str, Any]:
    values = {f.name: getattr(item, f.name) for f in fields(item) if f.type != "pd.DataFrame"}
    return {key: v.isoformat() if isinstance(v, date) else v for key, v in values.items()}


def _from_scalars(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: date.fromisoformat(v) if key.startswith("tanggal_") else v for key, v in values.items()
    }


def save_bahan(bahan: BahanReviu, ruang: Ruang) -> None:
    """Write the tables of one kabupaten and year, then `asal.json` that vouches for them.

    `asal.json` holds the hash of each raw file, of each table, of the reading rules, and a mark
    of the key. Raises RuangError when data/processed cannot be written.
    """
    folder = ruang.processed_of(bahan.kode_kabupaten, bahan.tahun)
    for private in (ruang.processed, folder.parent):
        make_private(private)
    (folder / "asal.json").unlink(missing_ok=True)
    hashes = _save_tables(folder, {t: getattr(bahan, f) for f, t in table_fields().items()})
    content = {
        "skema": SKEMA,
        "versi": __version__,
        "pembaca": hash_library(_PEMBACA),
        "tanda_kunci": _key_mark(ruang),
        "berkas": hash_folder(ruang.raw_of(bahan.kode_kabupaten, bahan.tahun)),
        "bahan": _scalars(bahan),
        "tabel": hashes,
    }
    write_atomic(folder / "asal.json", _dump(content), private=True)


def drop_bahan(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> None:
    """Declare the processed tables void, so that nothing old is read after a failed check."""
    (ruang.processed_of(kode_kabupaten, tahun) / "asal.json").unlink(missing_ok=True)


def explain_stale(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> str:
    """Return why the processed tables must be made anew, in Indonesian; empty when they hold.

    Where the raw folder is absent the processed tables stand alone and hold.
    """
    try:
        asal = _read_json(ruang.processed_of(kode_kabupaten, tahun) / "asal.json")
    except RuangError as error:
        return error.apa
    if not list_files(raw := ruang.raw_of(kode_kabupaten, tahun)):
        return ""
    if asal.get("berkas") != (now := hash_folder(raw)):
        return f"berkas mentah berubah: {_changed(asal.get('berkas', {}), now)}"
    if asal.get("pembaca") != hash_library(_PEMBACA):
        return "aturan pembacaan atau definisi berubah"
    if asal.get("tanda_kunci") != _key_mark(ruang):
        return "kunci nama samaran berganti"
    return ""


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    names = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    more = f" dan {len(names) - 5} berkas lain" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more


def digest_bahan(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> str:
    """Return one hash over tables and dates of a kabupaten and year; RuangError if not whole."""
    asal = _read_json(ruang.processed_of(kode_kabupaten, tahun) / "asal.json")
    return hash_bytes(_dump({key: asal[key] for key in ("bahan", "tabel", "berkas")}))


def load_identitas(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> dict[str, Any]:
    """Return kode_kabupaten, nama, tahun, dates, and contoh without reading any table."""
    asal = _read_json(ruang.processed_of(kode_kabupaten, tahun) / "asal.json")
    return _from_scalars(asal["bahan"])


def list_lalu(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> list[int]:
    """Return the earlier years with processed tables, newest first."""
    years = [t for kode, t in ruang.list_processed() if kode == kode_kabupaten and t < tahun]
    return sorted(years, reverse=True)


def load_bahan(
    kode_kabupaten: str,
    tahun: int,
    *,
    ruang: str | Path | Ruang | None = None,
    edisi: str = "rapat",
) -> BahanReviu:
    """Return the checked inputs of one kabupaten and year for the named edition.

    Raises RuangError when they were not made yet, are damaged, or no longer agree with the raw
    files, the rules, or the key; the message names the command that mends it.
    """
    place = find_ruang(ruang)
    folder = place.processed_of(kode_kabupaten, tahun)
    asal = _read_json(folder / "asal.json")
    if why := explain_stale(kode_kabupaten, tahun, ruang=place):
        raise _spoiled(folder, why)
    tables = _load_tables(folder, asal["tabel"], table_fields())
    bahan = BahanReviu(**_from_scalars(asal["bahan"]), **tables)
    return replace(bahan, edisi=edisi)


def load_lalu(
    kode_kabupaten: str, tahun: int, *, ruang: str | Path | Ruang | None = None
) -> tuple[BahanReviu, ...]:
    """Return the inputs of the earlier years present, newest first; empty when there are none."""
    place = find_ruang(ruang)
    years = list_lalu(kode_kabupaten, tahun, ruang=place)
    return tuple(load_bahan(kode_kabupaten, year, ruang=place) for year in years)


def digest_masukan(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> dict[str, str]:
    """Return the digest of the reviewed year and of each earlier year used, by year."""
    years = [tahun, *list_lalu(kode_kabupaten, tahun, ruang=ruang)]
    return {str(year): digest_bahan(kode_kabupaten, year, ruang=ruang) for year in years}


def save_hasil(hasil: HasilReviu, ruang: str | Path | Ruang | None = None) -> None:
    """Write the result tables beside the inputs, then `hasil.json` that vouches for them."""
    place = find_ruang(ruang)
    folder = place.processed_of(hasil.kode_kabupaten, hasil.tahun) / "hasil"
    (folder / "hasil.json").unlink(missing_ok=True)
    hashes = _save_tables(folder, {name: getattr(hasil, name) for name in table_names()})
    content = {
        "skema": SKEMA,
        "pustaka": hash_library(),
        "masukan": digest_masukan(hasil.kode_kabupaten, hasil.tahun, ruang=place),
        "hasil": _scalars(hasil),
        "tabel": hashes,
    }
    write_atomic(folder / "hasil.json", _dump(content), private=True)


def load_hasil(
    kode_kabupaten: str, tahun: int, *, ruang: str | Path | Ruang | None = None
) -> HasilReviu:
    """Return the results of one kabupaten and year.

    Raises RuangError when they are absent, damaged, or were made from other inputs or by another
    version; the message names the command that makes them anew.
    """
    place = find_ruang(ruang)
    folder = place.processed_of(kode_kabupaten, tahun) / "hasil"
    content = _read_json(folder / "hasil.json")
    if content.get("masukan") != digest_masukan(kode_kabupaten, tahun, ruang=place):
        raise _spoiled(folder, "masukannya berubah")
    if content.get("pustaka") != hash_library():
        raise _spoiled(folder, "dibuat oleh versi pustaka lain")
    tables = _load_tables(folder, content["tabel"], {name: name for name in table_names()})
    return HasilReviu(**_from_scalars(content["hasil"]), **tables)
