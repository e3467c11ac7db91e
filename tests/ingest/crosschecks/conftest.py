"""Read one text file as a published table and show what contradicts in it."""

import pytest

from reviu_lib.ingest import read_berkas

from ..conftest import KUNCI


@pytest.fixture
def told(folder):
    """Return a function that reads a text and returns its findings: kind → sentence."""

    def read(text, *, kode="12.18", tahun=2021):
        path = folder.text("terbitan.csv", text)
        found = read_berkas(path, kunci=KUNCI, kode_kabupaten=kode, tahun=tahun).temuan
        return dict(zip(found["kode"], found["uraian"], strict=True))

    return read
