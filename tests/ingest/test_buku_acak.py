"""Of any workbook every cell is read for what it is or told, and no identity comes out."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviu_lib.ingest import read_berkas
from reviu_lib.ingest.ledger import list_unaccounted

from .buku_acak import NIK, TABEL, TELEPON, sheets, write_book
from .conftest import KUNCI

BOOKS = st.lists(st.sampled_from(list(TABEL)), min_size=1, unique=True).flatmap(
    lambda names: st.tuples(*map(sheets, names))
)
OTHERS = st.lists(st.sampled_from(["Sheet", "grafik", NIK, TELEPON]), max_size=2)
_TENANG = settings(
    max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a workbook and reads it alone."""

    def read_book(book, others):
        path = write_book(tmp_path / "buku.xlsx", book, others)
        return read_berkas(path, kunci=KUNCI, kode_kabupaten="12.18", tahun=2021)

    return read_book


def _plain(value):
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def _named(one, sheet, kolom):
    """Return what findings about a sheet name: cells, rows, columns."""
    found = [frame[frame["lembar"] == sheet.nama] for frame in (one.sel_ragu, one.temuan)]
    cells = [str(text) for frame in found for text in frame["sel"].dropna()]
    return {part.strip() for text in cells for part in text.split(",")} | {
        name for frame in found if kolom in frame for name in frame[kolom].dropna()
    }


def _pair(one, sheet):
    """Return number, cells, and row of the table (None: set aside) for each row of a sheet."""
    keys = list(TABEL[sheet.nama][0])
    frame = one.tabel.get(sheet.nama, pd.DataFrame(columns=keys))
    rows = {
        tuple(map(str, key)): n for n, key in enumerate(zip(*(frame[k] for k in keys), strict=True))
    }
    pairs = []
    for number, cells in enumerate(sheet.baris):
        written = dict(zip(sheet.judul[: len(TABEL[sheet.nama][0]) + 2], cells, strict=False))
        place = rows.pop(tuple(str(written[k].tulisan) for k in keys), None)
        pairs.append((number, written, None if place is None else frame.iloc[place]))
    assert rows == {}, "a row that nobody wrote"
    return pairs


@_TENANG
@given(book=BOOKS, others=OTHERS)
def test_every_cell_is_read_for_what_it_is_or_told(read, book, others):
    one = read(book, others)
    assert list_unaccounted(one.neraca).empty
    for sheet in book:
        told = _named(one, sheet, "kolom")
        for number, written, row in _pair(one, sheet):
            for kolom in sheet.nilai if row is not None else ():
                cell, value = written[kolom], _plain(row[kolom])
                assert value in cell.boleh or (value is None and kolom in told), (
                    kolom,
                    cell.tulisan,
                )
                named = {sheet.address(number, kolom), kolom} & told
                assert named or value is not None or cell.kosong, (kolom, cell.tulisan)


@_TENANG
@given(book=BOOKS, others=OTHERS)
def test_no_identity_of_any_cell_heading_title_or_sheet_comes_out(read, book, others):
    one = read(book, others)
    frames = [*one.tabel.values(), one.temuan, one.neraca, one.sel_ragu]
    seen = "\n".join(frame.to_csv() for frame in frames)
    assert [secret for secret in (NIK, TELEPON) if secret in seen] == []
