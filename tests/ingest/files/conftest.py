"""One workbook with every peculiarity, in each format that LibreOffice writes."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from reviu_lib.ingest.files import Kisi, read_grids

from ..conftest import age

FORMAT = ["xlsx", "xls", "ods", "html"]


def write_peculiar(path: Path) -> Path:
    """Write merged and hidden places, errors, formulas, and dates; rows and columns as shown."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in (
        ["kecamatan", "desa", "jumlah", "persen", "tanggal"],
        ["A", "d1", 1234, 0.25, date(2024, 3, 4)],
        [None, "d2", 2, None, date(2024, 3, 5)],
        ["B", "d3", "=1/0", "=C2+1", None],
        ["B", "d4", "=NA()", '=""', None],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    hidden = book.create_sheet("Sembunyi")
    hidden["C3"] = "x"
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the peculiar workbook as LibreOffice stores it in each format."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) tidak terpasang")
    home = tmp_path_factory.mktemp("kantor")
    source = write_peculiar(home / "aneh.xlsx")
    profile = f"-env:UserInstallation=file://{home}/profil"
    for kind in FORMAT:
        command = [office, profile, "--headless", "--convert-to", kind, "--outdir", home / "hasil"]
        subprocess.run([*command, source], check=True, capture_output=True, timeout=180)
    return home / "hasil"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Kisi]:
    """Return a function that writes bytes or text under a name and reads its first grid."""

    def read_first(content: bytes | str, name: str = "berkas.csv") -> Kisi:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_grids(age(path))[0]

    return read_first


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes rows as xlsx, one part of it changed."""

    def write(rows: list[list], change: Callable[[str, bytes], bytes] | None = None) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / "buku.xlsx"
        book.save(path)
        if change:
            rewrite(path, change)
        return age(path)

    return write


def rewrite(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Replace every part of an archive by what `change` makes of its name and content."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))


def texts(kisi: Kisi) -> list[list[str]]:
    """Return the cells as text, whole numbers without decimals."""
    cells: pd.DataFrame = kisi.sel
    return [
        [f"{cell:g}" if isinstance(cell, (int, float)) else str(cell) for cell in row]
        for row in cells.to_numpy(dtype=object)
    ]
