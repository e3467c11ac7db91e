"""Seeds of the fuzzing: small synthetic files of every kind that the readers meet.

The tables are those of the tests, one for each kind of finding, written as text, xlsx, ods, and
xls, so that each reader begins where its rules already branch.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

import openpyxl
from ingest.test_berita_acara import BARIS, JUDUL, write_minutes
from ingest.test_finding_kinds import TEKS, _ekspor
from lembar_kecil import Kota
from xls_kecil import make_xls

Tabel = list[list[object]]
_SETIAP = 6  # of the tables of the tests, every sixth becomes a workbook of each kind
_ANAK = (
    {},
    {"Tgl Lahir": "31/12/2019", "Tanggal Pengukuran": "44417", "Berat": "9.855"},
    {"NIK": "1218-0001-0120-9999", "Nama": "CANARY ANAK UJI", "Tinggi": "80,5", "LiLA": "#N/A"},
    {"NIK": "1.218E+15", "Usia Saat Ukur": "3 Tahun - 0 Bulan - 0 Hari", "TB/U": "Pendek"},
)
_BUKU = {
    "identitas": "kode_kabupaten;tahun;tanggal_cutoff;tanggal_reviu\n12.18;2021;30/11/2021;\n",
    "kegiatan": TEKS["K16"],
    "anggaran": TEKS["K36"],
    "cakupan": TEKS["W04"],
}


def _encode(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _tables() -> list[tuple[str, Tabel]]:
    """Return name and rows of some of the tables, numbers as numbers."""
    texts = {name: text for name, text in TEKS.items() if isinstance(text, str)}
    plain = [(name, text) for name, text in texts.items() if ";" in text and '"' not in text]
    return [(name, _split(text)) for name, text in plain[::_SETIAP]]


def _split(text: str) -> Tabel:
    rows = csv.reader(io.StringIO(text), delimiter=";")
    return [[float(cell) if cell.isdecimal() else cell for cell in row] for row in rows]


def write_xlsx(sheets: dict[str, Tabel]) -> bytes:
    """Return a workbook with a merged area, a formula, and a hidden row where there is room."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        sheet.append(["=1/0"])
        sheet.row_dimensions[len(rows) + 1].hidden = True
        sheet.merge_cells(start_row=2, end_row=3, start_column=1, end_column=1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_ods(rows: Tabel) -> bytes:
    """Return an OpenDocument sheet; a blank cell is a repeated one, a number also a formula."""
    names = "".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" '
        for name in ("office", "table", "text")
    )
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    body = f'<table:table table:name="Data"><table:table-column/>{lines}</table:table>'
    inner = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml", f"<office:document-content {names}>{inner}</office:document-content>"
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


def _ods_cell(cell: object) -> str:
    if cell == "":
        return '<table:table-cell table:number-columns-repeated="1"/>'
    shown = quoteattr(str(cell))[1:-1]
    kind = 'office:value-type="string"'
    if isinstance(cell, float):
        kind = f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def _minutes(folder: Path) -> Iterator[bytes]:
    for number, tables in enumerate(([[JUDUL]], [[JUDUL, *BARIS]], [[JUDUL], BARIS])):
        path = folder / f"berita-acara-{number}.docx"
        write_minutes(path, *tables)
        yield _slim(path)


def _slim(path: Path) -> bytes:
    """Return a Word document without its styles and theme, which no reader opens."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as slim:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            slim.writestr(name, book.read(name))
    return buffer.getvalue()


def _worksheets(folder: Path) -> Iterator[bytes]:
    """Yield a worksheet of each kind of unit as it goes out, and one as it comes back."""
    kota = Kota(folder / "kota")
    sheets = kota.send()
    told = {"Realisasi fisik (diisi)": "1.250", "Realisasi anggaran (diisi, Rp)": "Rp 90 juta"}
    yield kota.answer("dinas-kesehatan", kegiatan={"K1": told}).read_bytes()
    for sheet in {sheet.unit.jenis: sheet for sheet in sheets.values()}.values():
        yield (kota.keluar / sheet.nama_berkas).read_bytes()


def _texts(_: Path) -> Iterator[bytes]:
    yield from map(_encode, TEKS.values())


def _exports(_: Path) -> Iterator[bytes]:
    for anak in _ANAK:
        yield _ekspor(anak).encode()
    yield _ekspor(*_ANAK).replace(";", ",").encode()
    yield _ekspor(*_ANAK).encode("utf-16")


def _xlsx(_: Path) -> Iterator[bytes]:
    yield write_xlsx({name: _split(text) for name, text in _BUKU.items()})
    for name, rows in _tables():
        yield write_xlsx({name: rows})


def _ods(_: Path) -> Iterator[bytes]:
    for _name, rows in _tables():
        yield write_ods(rows)


def _xls(_: Path) -> Iterator[bytes]:
    for _name, rows in _tables():
        yield make_xls(rows)


# Reader → what makes its seeds.
PEMBUAT: dict[str, Callable[[Path], Iterator[bytes]]] = {
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "csv": _texts,
    "eppgbm": _exports,
    "docx": _minutes,
    "lembar": _worksheets,
}


def write_seeds(pembaca: str, folder: Path, kerja: Path) -> list[Path]:
    """Return the seeds of a reader, written into `folder`; `kerja` is for what it takes."""
    for place in (folder, kerja):
        place.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, data in enumerate(PEMBUAT[pembaca](kerja)):
        paths.append(folder / f"benih-{number:03d}")
        paths[-1].write_bytes(data)
    return paths
