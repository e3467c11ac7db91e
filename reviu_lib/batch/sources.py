"""Notebooks as sources: where they are, what they take, and whether they changed."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reviu_lib.errors import LaporanError
from reviu_lib.files import hash_bytes, hash_file
from reviu_lib.store import Ruang

PERIKSA = "01_periksa_data"
REVIU = "02_reviu_kinerja"
BANDING = "03_banding_kabupaten"
PUBLIK = "04_reviu_publik"

Nilai = str | int | float | bool
_NAMA_PARAMETER = re.compile(r"[a-z][a-z0-9_]*")
_JENIS = {str: "teks", int: "bilangan bulat", float: "bilangan pecahan", bool: "true atau false"}


def notebook_folder() -> Path:
    """Return the folder of the notebooks that come with the program (wheel or clone)."""
    package = Path(str(files("reviu_lib")))
    carried = package / "notebooks"
    return carried if carried.is_dir() else package.parent / "notebooks"


def find_notebook(nama: str, *, ruang: Ruang) -> Path:
    """Return the notebook of that name in the workspace, else the one that came with us.

    The public edition is always made by ours: a notebook of one's own might show what it closes.
    Raises LaporanError when there is neither.
    """
    own = () if nama == PUBLIK else (ruang.notebooks,)
    for folder in (*own, notebook_folder()):
        if (path := folder / f"{nama}.ipynb").is_file():
            return path
    raise LaporanError(
        f"Notebook {nama}.ipynb tidak ditemukan.",
        di=str(ruang.notebooks),
        lakukan="Jalankan `reviu mulai` pada ruang kerja ini untuk menyalin notebook bawaan.",
    )


def list_broken(ruang: Ruang) -> list[LaporanError]:
    """Return what is wrong with each notebook of the reports that cannot be read, in order."""
    broken = []
    for nama in (PERIKSA, REVIU, BANDING, PUBLIK):
        try:
            hash_notebook(find_notebook(nama, ruang=ruang))
        except LaporanError as error:
            broken.append(error)
    return broken


def copy_notebooks(ruang: Ruang) -> list[str]:
    """Return the names of the notebooks copied into the workspace; none is overwritten.

    That of the public edition is not for editing and stays with the program.
    """
    source = notebook_folder()
    copied = []
    for path in sorted(source.rglob("*.ipynb")):
        target = ruang.notebooks / path.relative_to(source)
        if ".ipynb_checkpoints" in path.parts or path.stem == PUBLIK or target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        copied.append(path.relative_to(source).as_posix())
    return copied


def _read_cells(path: Path) -> list[dict[str, Any]]:
    try:
        cells = list(json.loads(path.read_text(encoding="utf-8"))["cells"])
        for cell in cells:
            _source(cell), _is_parameters(cell)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LaporanError(
            "Notebook tidak dapat dibaca.",
            di=str(path),
            lakukan="Hapus salinan yang rusak itu, lalu `reviu mulai` untuk menyalin yang bawaan.",
        ) from error
    return cells


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _is_parameters(cell: Mapping[str, Any]) -> bool:
    return "parameters" in cell.get("metadata", {}).get("tags", [])


def hash_notebook(path: Path) -> str:
    """Return a hash of kind, source, and tags of the cells; outputs and ids do not count.

    A notebook is read once a process, as long as its content stays.
    """
    try:
        return _hash_cells(path, hash_file(path))
    except OSError:
        return _hash_cells(path, "")


@lru_cache(maxsize=64)
def _hash_cells(path: Path, content: str) -> str:
    cells = [
        [cell.get("cell_type"), _source(cell), cell.get("metadata", {}).get("tags", [])]
        for cell in _read_cells(path)
    ]
    return hash_bytes(json.dumps(cells, ensure_ascii=False).encode())


def read_parameters(path: Path) -> dict[str, Nilai]:
    """Return the parameters a notebook declares, with their defaults.

    Raises LaporanError when there is no cell tagged `parameters` or it holds anything but plain
    assignments of text, numbers, True, and False.
    """
    for cell in _read_cells(path):
        if _is_parameters(cell):
            return dict(_assignment(node, path) for node in _parse(_source(cell), path).body)
    raise _unfit(path, "tidak ada sel bertanda `parameters`")


def _parse(source: str, path: Path) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        raise _unfit(path, "sel parameters bukan Python yang sah") from None


def _assignment(node: ast.stmt, path: Path) -> tuple[str, Nilai]:
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    target = targets[0] if len(targets) == 1 and not isinstance(node, ast.AugAssign) else None
    value = _literal(getattr(node, "value", None))
    if not isinstance(target, ast.Name) or value is None:
        raise _unfit(path, "sel parameters hanya boleh berisi nama = nilai")
    if type(value) not in _JENIS:
        raise _unfit(path, f"parameter {target.id} bukan teks, bilangan, True, atau False")
    return target.id, value


def _literal(node: ast.expr | None) -> Any:
    """Return what a literal stands for, None for anything else; a number may be negative."""
    try:
        return ast.literal_eval(node) if isinstance(node, ast.Constant | ast.UnaryOp) else None
    except ValueError:
        return None


def validate_parameters(path: Path, parameters: Mapping[str, Nilai]) -> dict[str, Nilai]:
    """Return `parameters` when the notebook declares exactly these names with these kinds.

    papermill itself only warns of an unknown name, and then runs with the default; here that is a
    LaporanError, before anything runs.
    """
    declared = read_parameters(path)
    for name, value in parameters.items():
        if why := explain_parameter(declared, name, value):
            raise _unfit(path, f"parameter {name} {why}")
    return dict(parameters)


def explain_parameter(declared: Mapping[str, Nilai], name: str, value: Any) -> str:
    """Return why a parameter of this name and value cannot be given, in Indonesian; "" if it can.

    A whole number may stand where the notebook declares a fraction.
    """
    if name not in declared or not _NAMA_PARAMETER.fullmatch(name):
        near = get_close_matches(name, declared, n=1)
        return "tidak dinyatakan" + (f" (mungkin maksudnya {near[0]})" if near else "")
    kind = type(declared[name])
    fits = type(value) is kind or (kind is float and type(value) is int)
    return "" if fits else f"harus {_JENIS[kind]}"


def _unfit(path: Path, why: str) -> LaporanError:
    return LaporanError(
        f"Notebook tidak dapat dijalankan: {why}.",
        di=path.name,
        lakukan="Perbaiki sel itu, atau pakai notebook bawaan.",
    )


def section_titles(path: Path) -> list[str]:
    """Return, for each cell, the heading of the section in which it stands."""
    titles, current = [], "pembuka"
    for cell in _read_cells(path):
        if cell.get("cell_type") == "markdown":
            headings = re.findall(r"^#{1,3} +(.+)$", _source(cell), flags=re.MULTILINE)
            current = headings[-1].strip() if headings else current
        titles.append(current)
    return titles


def parameters_position(path: Path) -> int:
    """Return the index of the cell tagged `parameters`."""
    tags = [_is_parameters(cell) for cell in _read_cells(path)]
    return tags.index(True)
