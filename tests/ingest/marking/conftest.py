"""The folder of 12.18/2021 with everything that is written from it."""

import io
import zipfile
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from reviu_lib.ingest import read_folders
from reviu_lib.ingest.files import list_entries
from reviu_lib.ingest.marking import Tautan, write_marked
from reviu_lib.ingest.sources import open_source

from ..conftest import KUNCI


class Hasil:
    """What `write_marked` left in a folder."""

    def __init__(self, keluaran: Path) -> None:
        self.keluaran = keluaran

    def book(self, nama="temuan.xlsx"):
        """Return a written workbook."""
        return openpyxl.load_workbook(self.keluaran / nama)

    def lines(self, lembar="Temuan", kepala="Tingkat"):
        """Return the rows of a sheet of temuan.xlsx as dicts by heading."""
        rows = [[cell.value for cell in row] for row in self.book()[lembar].iter_rows()]
        head = next(place for place, row in enumerate(rows) if kepala in row)
        return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]

    def contents(self):
        """Yield name and bytes of every file, and of every member of every workbook."""
        for path in sorted(self.keluaran.rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                yield path.relative_to(self.keluaran).as_posix(), data
                if path.suffix == ".xlsx":
                    with zipfile.ZipFile(io.BytesIO(data)) as archive:
                        for name in archive.namelist():
                            yield f"{path.name}:{name}", archive.read(name)

    def find(self, *secrets):
        """Return where one of the words occurs: in names, bytes, or members, in any letter case."""
        return [
            (name, secret)
            for name, data in self.contents()
            for secret in secrets
            if secret.lower() in name.lower()
            or secret.lower().encode() in data.lower()
            or secret.lower().encode("utf-16-le") in data.lower()
        ]


@pytest.fixture
def write(folder, tmp_path):
    """Return a function that reads the folder and writes what leaves it."""

    def run(keluaran="reports/2021/12.18"):
        bahan, names = read_folders(folder.path, kode_kabupaten="12.18", tahun=2021, kunci=KUNCI)
        tautan = Tautan(tmp_path / "data" / "raw", "../../../data/raw")
        place = tmp_path / keluaran
        files = {path: partial(open_source, path) for path in list_entries(folder.path)}
        write_marked(bahan, files, place, tautan=tautan, names=names)
        return Hasil(place)

    return run
