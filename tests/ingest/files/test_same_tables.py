"""One export in every form gives the same measurements, down to the last child."""

import html

import pandas as pd
import pytest

from reviu_lib.ingest import read_berkas

from ..conftest import ANAK, JUDUL_EPPGBM, KUNCI

ANAK_ANAK = [
    {**ANAK, "Berat": "9,8", "Tinggi": "80,5", "LiLA": "14,2", "Naik Berat Badan": "N"},
    {**ANAK, "NIK": "1218000101200002", "Nama": "CONTOH DUA", "Berat": "10,1", "Tinggi": "81"},
]
BARIS = [JUDUL_EPPGBM, *([str(anak.get(name, "")) for name in JUDUL_EPPGBM] for anak in ANAK_ANAK)]


def _csv(separator, codec):
    return "\r\n".join(separator.join(row) for row in BARIS).encode(codec)


def _html():
    rows = ("<tr><td>" + "<td>".join(map(html.escape, row)) for row in BARIS)
    return f"<html><table border=1>{''.join(rows)}</table></html>".encode()


def _xml2003():
    ns = "urn:schemas-microsoft-com:office:spreadsheet"
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    rows = ("".join(cell.format(html.escape(text)) for text in row) for row in BARIS)
    table = "".join(f"<Row>{row}</Row>" for row in rows)
    sheet = f'<Worksheet ss:Name="A"><Table>{table}</Table></Worksheet>'
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{ns}" xmlns:ss="{ns}">{sheet}</Workbook>'.encode()
    )


BENTUK = {
    "titik koma.csv": _csv(";", "utf-8"),
    "tab.csv": _csv("\t", "utf-8-sig"),
    "utf16.txt": _csv("\t", "utf-16"),
    "tanpa tanda.tsv": _csv("\t", "utf-16-le"),
    "garis.txt": _csv("|", "cp1252"),
    "halaman.xls": _html(),
    "xml.xls": _xml2003(),
    "salah nama.xlsx": _csv(";", "utf-8"),
}


def _read(path):
    read = read_berkas(path, kunci=KUNCI, kode_kabupaten="12.18", tahun=2021)
    assert set(read.tabel) >= {"pengukuran"}, read.temuan["uraian"].tolist()
    return read.tabel["pengukuran"]


@pytest.mark.parametrize("name", BENTUK)
def test_every_form_of_an_export_gives_the_same_measurements(tmp_path, name):
    first = tmp_path / "baku.csv"
    first.write_bytes(BENTUK["titik koma.csv"])
    other = tmp_path / name
    other.write_bytes(BENTUK[name])
    expected = _read(first)
    assert len(expected) == 2
    pd.testing.assert_frame_equal(_read(other), expected)


def test_an_empty_result_in_an_old_workbook_is_told_to_the_reader(converted):
    found = read_berkas(converted / "aneh.xls", kunci=KUNCI).temuan.set_index("kode")
    assert found.loc["B24", "sel"] == "baris 5"
    assert "bukan nol" in found.loc["B24", "tindakan"]
