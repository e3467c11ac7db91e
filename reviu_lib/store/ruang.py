"""Where files live: the workspace, its folders, and the key of its pseudonyms."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviu_lib.catalog import NAMA_FOLDER, hash_definisi, use_definisi
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.files import (
    SEMENTARA,
    hash_bytes,
    hash_file,
    hash_folder,
    hash_library,
    is_dokumen,
    list_files,
    make_private,
    write_atomic,
)
from reviu_lib.formatting import mask_identity
from reviu_lib.store.skema import SKEMA

KUNCI_BYTES = 32
_KODE = re.compile(r"\d\d\.\d\d", re.ASCII)
_PROVINSI = re.compile(r"\d\d", re.ASCII)
_TAHUN = re.compile(r"(19|20)\d\d", re.ASCII)
# What decides how raw files are read; a change elsewhere leaves data/processed as it is.
PEMBACA = (
    "ingest", "definitions", "reference", "growth", "bahan.py", "catalog", "formatting.py",
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
    def beranda(self) -> Path:
        """First page in JupyterLab, which lists what there is; absent until `reviu lab`."""
        return self.reports / "beranda.md"

    @property
    def notebooks(self) -> Path:
        """Folder of notebooks the user may edit; absent in a workspace without them."""
        return self.root / "notebooks"

    @property
    def definisi(self) -> Path:
        """Folder of declarations that go before the packaged ones; usually absent."""
        return self.root / NAMA_FOLDER

    @property
    def rahasia(self) -> Path:
        """Folder of the key, the lock, and the logs."""
        return self.root / ".reviu"

    @property
    def kunci(self) -> Path:
        """File of the key of the pseudonyms; absent before the first check."""
        return self.rahasia / "kunci"

    @property
    def gembok(self) -> Path:
        """File whose lock keeps two processes from working in the workspace at once."""
        return self.rahasia / "kerja.kunci"

    def raw_of(self, kode_kabupaten: str, tahun: int) -> Path:
        """Return the folder of raw files of one kabupaten and year."""
        return self.raw / _safe_kode(kode_kabupaten) / str(int(tahun))

    def processed_of(self, kode_kabupaten: str, tahun: int) -> Path:
        """Return the folder of processed tables of one kabupaten and year."""
        return self.processed / _safe_kode(kode_kabupaten) / str(int(tahun))

    def reports_of(self, kode_kabupaten: str, tahun: int) -> Path:
        """Return the folder of reports of one kabupaten and year."""
        return self.reports / str(int(tahun)) / _safe_kode(kode_kabupaten)

    def raw_provinsi(self, kode_provinsi: str, tahun: int) -> Path:
        """Return the folder of files that hold several kabupaten of one province."""
        return self.raw / _safe_provinsi(kode_provinsi) / str(int(tahun))

    def isi_provinsi(self, kode_provinsi: str, tahun: int) -> Path:
        """Return the note of which kabupaten the files of a province hold."""
        return self.processed / _safe_provinsi(kode_provinsi) / str(int(tahun)) / "isi.json"

    def bagian_provinsi(self, kode_provinsi: str, tahun: int) -> Path:
        """Return the folder of what is kept of the files of a province for each kabupaten."""
        return self.isi_provinsi(kode_provinsi, tahun).parent / "bagian"

    def folders_of(self, kode_kabupaten: str, tahun: int) -> tuple[Path, ...]:
        """Return the folders with raw files of a kabupaten and year: its province's, its own."""
        own = self.raw_of(kode_kabupaten, tahun)
        shared = self.raw_provinsi(kode_kabupaten[:2], tahun)
        return tuple(folder for folder in (shared, own) if list_files(folder))

    def portal_of(self, *, publik: bool) -> Path:
        """Return the folder with an index page: of all reports, or of the public editions alone."""
        return self.reports / "publik" if publik else self.reports

    @property
    def templat_dokumen(self) -> Path | None:
        """The office's own template of the Word edition; None where there is none."""
        path = self.root / "templat" / "dokumen.docx"
        return path if path.is_file() else None

    def dokumen_of(self, kode_kabupaten: str, tahun: int) -> list[Path]:
        """Return the copies of the Word edition that the team edited, by name."""
        return [path for path in list_files(self.raw_of(kode_kabupaten, tahun)) if is_dokumen(path)]

    def list_raw(self) -> list[tuple[str, int]]:
        """Return each (kode, tahun) with at least one raw file, sorted.

        A kabupaten without files of its own counts when the files of its province hold it.
        """
        pairs = _code_and_year(self.raw, _KODE)
        own = {pair for pair in pairs if list_files(self.raw_of(*pair))}
        shared = {(kode, t) for p, t in self.list_provinsi() for kode in load_isi(self, p, t)}
        return sorted(own | shared)

    def list_provinsi(self) -> list[tuple[str, int]]:
        """Return each (kode provinsi, tahun) with at least one raw file, sorted."""
        pairs = _code_and_year(self.raw, _PROVINSI)
        return [pair for pair in pairs if list_files(self.raw_provinsi(*pair))]

    def has_processed(self, kode_kabupaten: str, tahun: int) -> bool:
        """Return whether there are finished processed tables of a kabupaten and year."""
        return (self.processed_of(kode_kabupaten, tahun) / "asal.json").is_file()

    def years_processed(self, kode_kabupaten: str) -> list[int]:
        """Return the years of a kabupaten with finished processed tables, sorted."""
        folders = _folders(self.processed / _safe_kode(kode_kabupaten))
        years = sorted(int(path.name) for path in folders if _TAHUN.fullmatch(path.name))
        return [year for year in years if self.has_processed(kode_kabupaten, year)]

    def list_processed(self) -> list[tuple[str, int]]:
        """Return each (kode, tahun) with finished processed tables, sorted."""
        pairs = _code_and_year(self.processed, _KODE)
        return [pair for pair in pairs if self.has_processed(*pair)]


def _safe_kode(kode: str) -> str:
    return _require(kode, _KODE, "kabupaten/kota", "dua tingkat sebagai teks, misalnya 12.18")


def _safe_provinsi(kode: str) -> str:
    return _require(kode, _PROVINSI, "provinsi", "satu tingkat sebagai teks, misalnya 35")


def _require(kode: str, pattern: re.Pattern[str], wilayah: str, bentuk: str) -> str:
    """Return the code; KodeError when it could name another folder than that of a region."""
    if not isinstance(kode, str) or not pattern.fullmatch(kode):
        raise KodeError(
            f"Kode {wilayah} tidak sah: {kode!r}.", lakukan=f"Tulis kode Kemendagri {bentuk}."
        )
    return kode


def load_isi(ruang: Ruang, kode_provinsi: str, tahun: int) -> list[str]:
    """Return the codes of the kabupaten that the files of a province hold; [] when not noted."""
    return list(_read_isi(ruang, kode_provinsi, tahun).get("kode", []))


def is_isi_stale(ruang: Ruang, kode_provinsi: str, tahun: int) -> bool:
    """Return True when the note of a province was not made from its present files and rules."""
    note = _read_isi(ruang, kode_provinsi, tahun)
    return note.get("dari") != _sign_isi(ruang, kode_provinsi, tahun)


def save_isi(ruang: Ruang, kode_provinsi: str, tahun: int, kode: Sequence[str]) -> None:
    """Note which kabupaten the files of a province hold."""
    path = ruang.isi_provinsi(kode_provinsi, tahun)
    for folder in (ruang.processed, path.parent.parent, path.parent):
        make_private(folder)
    content = {"kode": sorted(kode), "dari": _sign_isi(ruang, kode_provinsi, tahun)}
    write_atomic(path, (json.dumps(content, indent=1) + "\n").encode(), private=True)


def _read_isi(ruang: Ruang, kode_provinsi: str, tahun: int) -> dict[str, Any]:
    try:
        content = json.loads(ruang.isi_provinsi(kode_provinsi, tahun).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    codes = content.get("kode") if isinstance(content, dict) else None
    sound = isinstance(codes, list) and all(_KODE.fullmatch(str(code)) for code in codes)
    return content if sound else {}


def _sign_isi(ruang: Ruang, kode_provinsi: str, tahun: int) -> dict[str, Any]:
    folder = ruang.raw_provinsi(kode_provinsi, tahun)
    files = hash_folder(folder) | _hash_lists(folder.parent)
    told = hash_bytes(json.dumps(files, sort_keys=True).encode())  # a name may hold identity
    return {"skema": SKEMA, "berkas": told, "pembaca": hash_pembaca(ruang)}


def hash_pembaca(ruang: Ruang) -> str:
    """Return one hash over the code and declarations, also the workspace's own, that read files."""
    own = hash_definisi(ruang.definisi)
    library = hash_library(PEMBACA)
    return hash_bytes(json.dumps([library, own], sort_keys=True).encode()) if own else library


def hash_raw(
    kode_kabupaten: str, tahun: int, *, ruang: str | Path | Ruang | None = None
) -> dict[str, str]:
    """Return the content hash of each raw file of a kabupaten and year by its path.

    Files of its province come with the folder before their name (`35/2022/tabel.csv`), lists for
    all years (`35/padanan_wilayah.csv`, `35.13/puskesmas.csv`) with the code before it.
    """
    place = find_ruang(ruang)
    folder = place.raw_of(kode_kabupaten, tahun)
    above = kode_kabupaten[:2]
    province = place.raw_provinsi(above, tahun)
    shared = hash_folder(province)
    lists = _hash_lists(province.parent) | _hash_lists(folder.parent)
    own = hash_folder(folder)
    return {f"{above}/{tahun}/{name}": digest for name, digest in shared.items()} | lists | own


def _hash_lists(folder: Path) -> dict[str, str]:
    """Return the content hash of each file that lies beside the folders of the years."""
    files = [path for path in list_files(folder) if path.parent == folder]
    return {f"{folder.name}/{mask_identity(path.name)}": hash_file(path) for path in files}


def _code_and_year(folder: Path, code: re.Pattern[str]) -> list[tuple[str, int]]:
    codes = [path for path in _folders(folder) if code.fullmatch(path.name)]
    return sorted(
        (path.name, int(year.name))
        for path in codes
        for year in _folders(path)
        if _TAHUN.fullmatch(year.name)
    )


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def _is_ruang(folder: Path) -> bool:
    return (folder / "reviu.toml").is_file() or (folder / "data" / "raw").is_dir()


def find_ruang(ruang: str | Path | Ruang | None = None) -> Ruang:
    """Return the workspace: the one named, else REVIU_RUANG, else the nearest parent folder.

    Its own declarations (folder `definisi/`) hold from now on in this process. Raises RuangError,
    which names `reviu mulai DIR`, when there is none, and DefinisiError when a declaration is none.
    """
    place = ruang if isinstance(ruang, Ruang) else _search_ruang(ruang)
    use_definisi(place.definisi)
    return place


def _search_ruang(ruang: str | Path | None) -> Ruang:
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
        ruang.reports.mkdir(parents=True, exist_ok=True)
        if not ruang.raw.exists():  # an office that opened an older one to a group keeps that
            make_private(ruang.raw)
        make_private(ruang.processed)
        make_private(ruang.rahasia)
    except OSError as error:
        raise RuangError(
            f"Ruang kerja tidak dapat dibuat ({error.strerror}).",
            di=str(ruang.root),
            lakukan="Pilih folder yang boleh ditulis, misalnya di dalam folder Dokumen.",
        ) from error
    return ruang


def require_writable(ruang: Ruang) -> None:
    """Raise RuangError unless every folder that a run writes into may be written."""
    for folder in (ruang.rahasia, ruang.processed, ruang.reports):
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if not os.access(there, os.W_OK | os.X_OK):
            raise RuangError(
                "Folder ini tidak boleh ditulis.",
                di=str(folder),
                lakukan="Periksa hak tulisnya, atau salin ruang kerja ke cakram lain.",
            )


def load_kunci(ruang: Ruang) -> bytes:
    """Return the key of pseudonyms, made once per workspace and readable by its owner alone.

    Raises RuangError when the key file is damaged: a new key would change every pseudonym.
    """
    path = ruang.kunci
    make_private(path.parent)
    if not path.exists():
        _create_once(path, secrets.token_hex(KUNCI_BYTES).encode())
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != KUNCI_BYTES:
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


def mark_kunci(ruang: Ruang) -> str:
    """Return a mark that tells two keys apart and says nothing about either."""
    return hashlib.blake2b(b"tanda kunci", key=load_kunci(ruang), digest_size=8).hexdigest()
