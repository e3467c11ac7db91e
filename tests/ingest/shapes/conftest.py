"""Read one text file as a published table."""

import pytest

from reviu_lib.ingest import read_berkas

from ..conftest import KUNCI


@pytest.fixture
def published(folder):
    """Return a function that reads a text and returns its capaian_terbit and findings."""

    def read(text, *, kode="12.18", tahun=2021):
        path = folder.text("terbitan.csv", text)
        bacaan = read_berkas(path, kunci=KUNCI, kode_kabupaten=kode, tahun=tahun)
        return bacaan.tabel.get("capaian_terbit"), bacaan

    return read
