"""`keluaran`: notebooks that still hold outputs, which nobody meant to share with the text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from reviu_lib.cli.words import plain
from reviu_lib.errors import BerkasError
from reviu_lib.files import write_atomic

_DILEWATI = {"data", "reports", "build", "__pycache__"}
_DISEBUT = 5  # places of one notebook that are named
_SUNTING = (
    "Bersihkan dengan --bersihkan, atau di JupyterLab: Edit, Clear Outputs of All Cells, simpan."
)


def find_outputs(path: Path) -> list[str]:
    """Return where a notebook holds outputs: `sel N` for a cell, `metadata` for saved widgets.

    A cell that was run but shows nothing counts too: its number tells that it ran. Raises
    BerkasError when the file is no notebook.
    """
    book = _read(path)
    cells = [f"sel {n}" for n, cell in enumerate(book["cells"], start=1) if _has_output(cell)]
    return cells + ["metadata"] * bool(_kept_metadata(book))


def _read(path: Path) -> dict[str, Any]:
    try:
        book = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(book, dict) and all(isinstance(cell, dict) for cell in book["cells"]):
            return book
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise BerkasError(
        "Berkas ini bukan notebook yang utuh.",
        di=str(path),
        lakukan="Simpan ulang dari JupyterLab, atau keluarkan dari folder ini.",
    )


def _has_output(cell: dict[str, Any]) -> bool:
    return bool(cell.get("outputs")) or cell.get("execution_count") is not None


def _kept_metadata(book: dict[str, Any]) -> set[str]:
    """Return the parts of the metadata in which programs keep values: widgets, parameters."""
    return {"widgets", "papermill"} & set(book.get("metadata", {}))


def clear_outputs(path: Path) -> None:
    """Remove every output of a notebook and leave its text as it is."""
    book = _read(path)
    for cell in book["cells"]:
        if cell.get("cell_type") == "code":
            cell.update(outputs=[], execution_count=None)
    for name in _kept_metadata(book):
        del book["metadata"][name]
    write_atomic(path, (json.dumps(book, ensure_ascii=False, indent=1) + "\n").encode())


def list_notebooks(places: Sequence[Path]) -> list[Path]:
    """Return the notebooks named, and those below the folders named; without any, below here."""
    return sorted({path for place in places or [Path()] for path in _below(place)})


def _below(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
        return
    for path in place.rglob("*.ipynb"):
        folders = path.relative_to(place).parts[:-1]
        if not any(name.startswith(".") or name in _DILEWATI for name in folders):
            yield path


@click.command()
@click.option("--bersihkan", is_flag=True, help="Buang keluarannya.")
@click.argument("tempat", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH…]")
def keluaran(bersihkan: bool, tempat: tuple[Path, ...]) -> None:
    """Sebut notebook yang menyimpan keluaran, agar tidak ikut masuk git.

    Keluaran sel dapat memuat baris data. Tanpa PATH: semua di bawah folder ini, selain data/,
    reports/, build/, dan folder tersembunyi. Kode keluar: 0 tidak ada, 1 ada yang menyimpan
    keluaran, 2 salah perintah.

    \b
    Contoh:
      reviu keluaran
      reviu keluaran --bersihkan notebook-saya.ipynb
    """
    held = {path: found for path in list_notebooks(tempat) if (found := find_outputs(path))}
    for path in held if bersihkan else ():
        clear_outputs(path)
    _tell(held, "dibersihkan" if bersihkan else "menyimpan keluaran")
    if held and not bersihkan:
        click.echo(_SUNTING)
        sys.exit(1)


def _tell(held: dict[Path, list[str]], what: str) -> None:
    for path, places in held.items():
        more = ", …" if len(places) > _DISEBUT else ""
        click.echo(plain(f"{path}: {what} ({', '.join(places[:_DISEBUT])}{more})"))
