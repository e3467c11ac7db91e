"""Where the parts of a province's files lie, and what writes, reads, and masks them.

One folder a file, named by a keyed hash of its content and of the rules that read it, so that
another content or other rules never find it. Inside: `berkas.json` (what opening found),
`nama.npy` (names as keyed numbers), `lembar-N.parquet` (cells as a coloured copy shows them), and
for each kabupaten `KODE-KONTEKS.json` with `KODE-KONTEKS-N.parquet`. Every text is masked before
it is written.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.files import hash_bytes, hash_file, make_private, write_atomic
from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.identity import NamaOrang, SidikNama, combine_names, mask_columns, mask_text
from reviu_lib.ingest.layouts.folder import list_mappings
from reviu_lib.ingest.parts import Bagian
from reviu_lib.ingest.provinces.packing import (
    Isi,
    pack_potongan,
    unpack_potongan,
    unpack_sumber,
)
from reviu_lib.ingest.sources import Sumber, name_source

_BERKAS, _NAMA, _SEGEL = "berkas.json", "nama.npy", "segel"
_TETAP = frozenset({"sumber"})  # declared by a layout: no words of anybody
_PANJANG = 12  # bytes of the hashes in names of folders and parts
_PANJANG_KUNCI = 64  # longest key BLAKE2b takes


@dataclass(frozen=True)
class Simpanan:
    """The parts of the files of one province and year: their folder, key, and rules of reading."""

    folder: Path
    kunci: bytes
    tanda: str

    def open(self, path: Path) -> Tersimpan:
        """Return the place of what is kept of a file as it is now, whether anything is or not."""
        lists = [hash_file(entry) for entry in list_mappings(path.parent)]
        key = self._digest([name_source(path), hash_file(path), self.tanda, *lists])
        return Tersimpan(path, self.folder / key, self.kunci)

    def at(self, folder: str) -> Tersimpan:
        """Return what is kept in a folder, for masking alone: it does not name its file."""
        return Tersimpan(self.folder, self.folder / folder, self.kunci)

    def clear(self, paths: Iterable[Path]) -> None:
        """Remove what is kept of any other file, or of these as they were before."""
        kept = {self.open(path).folder.name for path in paths}
        for entry in self.folder.iterdir() if self.folder.is_dir() else ():
            if entry.name not in kept:
                shutil.rmtree(entry, ignore_errors=True)

    def _digest(self, parts: list[str]) -> str:
        return _digest(parts, self.kunci)


def _digest(parts: Any, kunci: bytes) -> str:
    text = json.dumps(parts, ensure_ascii=False).encode()
    return blake2b(text, key=kunci[:_PANJANG_KUNCI], digest_size=_PANJANG).hexdigest()


@dataclass(frozen=True)
class Tersimpan:
    """What is kept of one file."""

    path: Path
    folder: Path
    kunci: bytes

    @property
    def isi(self) -> Isi:
        """What opening the file found; empty where nothing is kept."""
        return _read_json(self.folder / _BERKAS)

    @property
    def utuh(self) -> bool:
        """True for a file that every kabupaten reads whole: it is never split."""
        return bool(self.isi.get("utuh"))

    def load_nama(self) -> SidikNama:
        """Return the names of people in the file, as numbers."""
        path = self.folder / _NAMA
        numbers = np.load(path, allow_pickle=False) if path.is_file() else np.array([], np.uint64)
        return SidikNama(numbers, self.kunci)

    def save_isi(self, isi: Isi, tayangan: Mapping[int, pd.DataFrame], nama: SidikNama) -> None:
        """Keep what opening the file found, its sheets as shown, and its names; the isi last."""
        for parent in (self.folder.parent, self.folder):
            make_private(parent)
        for place, frame in tayangan.items():
            _write_frame(self._sheet(place), frame)
        buffer = io.BytesIO()
        np.save(buffer, nama.angka)
        write_atomic(self.folder / _NAMA, buffer.getvalue(), private=True)
        write_atomic(self.folder / _BERKAS, _dump(isi), private=True)

    def load_sumber(self, *, tayangan: bool = False) -> Sumber | None:
        """Return the file as it was opened, with its sheets as shown where asked; None if not kept.

        A file that is never split is not kept either.
        """
        isi = self.isi
        if not isi or isi.get("utuh"):
            return None
        shown = {}
        for place in range(len(isi["lembar"]) if tayangan else 0):
            frame = pd.read_parquet(self._sheet(place), dtype_backend="pyarrow")
            shown[place] = frame.set_axis(range(frame.shape[1]), axis="columns")
        return unpack_sumber(isi, name_source(self.path), shown)

    def _sheet(self, place: int) -> Path:
        return self.folder / f"lembar-{place}.parquet"

    def has(self, konteks: Konteks) -> bool:
        """Return whether the part of a kabupaten is kept, or none is needed."""
        return self.utuh or (self.folder / f"{self._stem(konteks)}.json").is_file()

    def _stem(self, konteks: Konteks) -> str:
        days = [str(konteks.tahun), str(konteks.tanggal_reviu), str(konteks.tanggal_cutoff)]
        lists = [sorted(konteks.padanan.kode.items()), sorted(konteks.puskesmas.kecamatan.items())]
        return f"{konteks.kode_kabupaten}-{_digest([*days, *lists], self.kunci)}"

    def save_part(self, bagian: Bagian, konteks: Konteks) -> None:
        """Keep the part of one kabupaten, every text masked; parts of other contexts go."""
        stem = self._stem(konteks)
        for old in self.folder.glob(f"{konteks.kode_kabupaten}-*"):
            old.unlink()
        packed = [pack_potongan(piece) for piece in bagian.potongan]
        isi = {"potongan": [one for one, _ in packed], "disamarkan": sorted(bagian.disamarkan)}
        self._write_part(stem, isi, [frame for _, frame in packed], bagian.nama)
        (self.folder / _SEGEL).unlink(missing_ok=True)

    def _write_part(self, stem: str, isi: Isi, frames: list[pd.DataFrame], nama: NamaOrang) -> None:
        known = set(isi["disamarkan"])
        hashes = []
        for number, (piece, frame) in enumerate(zip(isi["potongan"], frames, strict=True)):
            masked, tables = mask_columns(piece["tabel"], frame, nama)
            known |= {new for table in tables.values() for old, new in table.items() if new != old}
            hashes.append(_write_frame(self.folder / f"{stem}-{number}.parquet", masked))
        pieces = mask_words(isi["potongan"], nama)
        whole = {"potongan": pieces, "disamarkan": sorted(known), "tabel": hashes}
        write_atomic(self.folder / f"{stem}.json", _dump(whole), private=True)

    def load_part(self, konteks: Konteks) -> Bagian | None:
        """Return the part of one kabupaten; None where it is not kept, or damaged."""
        stem, berkas = self._stem(konteks), name_source(self.path)
        isi = _read_json(self.folder / f"{stem}.json")
        frames = self._read_frames(stem, isi.get("tabel", []))
        if not isi or frames is None:
            return None
        pieces = zip(isi["potongan"], frames, strict=True)
        return Bagian(
            tuple(unpack_potongan(one, frame, berkas) for one, frame in pieces),
            self.load_nama(),
            frozenset(isi["disamarkan"]),
        )

    def _read_frames(self, stem: str, hashes: list[str]) -> list[pd.DataFrame] | None:
        frames = []
        for number, digest in enumerate(hashes):
            path = self.folder / f"{stem}-{number}.parquet"
            data = path.read_bytes() if path.is_file() else b""
            if hash_bytes(data) != digest:
                return None
            frames.append(pd.read_parquet(io.BytesIO(data)))
        return frames

    def is_sealed(self, lainnya: Collection[str]) -> bool:
        """Return whether all is masked with the names of these files (names of their folders)."""
        path = self.folder / _SEGEL
        return self.utuh or (path.is_file() and path.read_text() == _mark(lainnya))

    def seal(self, lainnya: Iterable[Tersimpan]) -> None:
        """Mask what is kept of this file with the names in all files of its province.

        A name that only another file tells was not known when the texts of this one were written.
        """
        others = list(lainnya)
        nama = combine_names([one.load_nama() for one in others], self.kunci)
        isi = self.isi
        write_atomic(self.folder / _BERKAS, _dump(mask_words(isi, nama)), private=True)
        for place in range(len(isi.get("lembar", []))):
            frame = pd.read_parquet(self._sheet(place))
            _write_frame(self._sheet(place), frame.apply(_mask_column, nama=nama))
        for path in sorted(self.folder.glob("*-*.json")):
            part = _read_json(path)
            frames = self._read_frames(path.stem, part.get("tabel", []))
            if frames is not None and part:
                self._write_part(path.stem, part, frames, nama)
        mark = _mark([one.folder.name for one in others])
        write_atomic(self.folder / _SEGEL, mark.encode(), private=True)


def _mark(names: Collection[str]) -> str:
    return hash_bytes("\n".join(sorted(names)).encode())


def _mask_column(column: pd.Series, nama: NamaOrang) -> pd.Series:
    """Return the cells of a sheet as shown, masked; each distinct one once."""
    table = {text: mask_text(text, nama) for text in column.dropna().unique()}
    changed = {text: new for text, new in table.items() if new != text}
    return column.replace(changed) if changed else column


def mask_words(isi: Any, nama: NamaOrang, *, kunci: str = "") -> Any:
    """Return the same JSON with every text masked but what a layout declares."""
    if isinstance(isi, Mapping):
        return {key: mask_words(value, nama, kunci=key) for key, value in isi.items()}
    if isinstance(isi, list | tuple):
        return [mask_words(value, nama, kunci=kunci) for value in isi]
    return mask_text(isi, nama) if isinstance(isi, str) and kunci not in _TETAP else isi


def _dump(isi: Isi) -> bytes:
    return (json.dumps(isi, ensure_ascii=False) + "\n").encode()


def _read_json(path: Path) -> Isi:
    """Return a JSON object; an empty one where the file is absent or damaged."""
    try:
        isi = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return isi if isinstance(isi, dict) else {}


def _write_frame(path: Path, frame: pd.DataFrame) -> str:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, compression="zstd")
    write_atomic(path, buffer.getvalue(), private=True)
    return hash_bytes(buffer.getvalue())
