"""Remove from a workspace what can be made again, and nothing that somebody brought or edited.

Usage: python scripts/clean_ruang.py [FOLDER]. Needs no package, so that it works without `.venv`.

- data/processed: the tables of a kabupaten and year whose raw files are there;
- reports: the files a manifest vouches for by hash, what a run set aside, and the index;
- data/raw: the example's own files, listed by hash in `.contoh.json`, while unchanged.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

CONTOH, PEMBUAT, MANIFES = ".contoh.json", ".contoh-pembuat.json", "manifest.json"
# What failed, outdated, or interrupted runs left; never a name a user would choose.
SISA = ("*-usang.*", "*-gagal.*", ".*.sementara")


def clean_ruang(root: Path) -> list[Path]:
    """Return the files that stay under data/raw, data/processed, and reports after cleaning."""
    raw, processed, reports = root / "data" / "raw", root / "data" / "processed", root / "reports"
    clean_processed(processed, raw)
    clean_reports(reports)
    clean_contoh(raw)
    for folder in (processed, reports, raw):
        _remove_empty(folder)
    return [path for folder in (raw, processed, reports) for path in _files(folder)]


def clean_processed(processed: Path, raw: Path) -> None:
    """Remove the tables that the raw files of the same kabupaten and year give again."""
    for folder in processed.glob("[0-9]*/[0-9]*"):
        if any(_files(raw / folder.relative_to(processed))):
            shutil.rmtree(folder)


def clean_reports(reports: Path) -> None:
    """Remove the reports that are as they were written; edited ones stay."""
    for manifest in [
        *reports.glob("[0-9]*/manifest.json"),
        *reports.glob("[0-9]*/*/manifest.json"),
    ]:
        for entry in _read(manifest).get("laporan", {}).values():
            _remove_unchanged(manifest.parent, entry.get("keluaran", {}))
        for left in (path for pattern in SISA for path in manifest.parent.glob(pattern)):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        manifest.unlink()
    (reports / "index.html").unlink(missing_ok=True)


def clean_contoh(raw: Path) -> None:
    """Remove the example's raw files that are as they were written, and the notes about them."""
    known = _read(raw / CONTOH)
    if not _remove_unchanged(raw, known):
        (raw / CONTOH).unlink(missing_ok=True)
        (raw / PEMBUAT).unlink(missing_ok=True)


def _remove_unchanged(folder: Path, known: dict[str, str]) -> list[Path]:
    """Return the files of `known` (path → SHA-256) that were changed and therefore stay."""
    inside = [p for p in map(folder.joinpath, known) if folder.resolve() in p.resolve().parents]
    present = [path for path in inside if path.is_file() and not path.is_symlink()]
    for path in present:
        if (
            hashlib.sha256(path.read_bytes()).hexdigest()
            == known[path.relative_to(folder).as_posix()]
        ):
            path.unlink()
    return [path for path in present if path.exists()]


def _read(path: Path) -> dict:
    """Return the content of a note; an empty one when it is absent or damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _files(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.rglob("*")) if not p.is_dir() and p.name != ".gitkeep")


def _remove_empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
            path.rmdir()


if __name__ == "__main__":
    kept = clean_ruang(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    if kept:
        print(
            f"Tetap disimpan, karena bukan hasil program atau sudah disunting: {len(kept)} berkas"
        )
        print("\n".join(f"  {path}" for path in kept[:5]))
