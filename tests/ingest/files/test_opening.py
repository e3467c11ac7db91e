"""A bad file is one finding with a remedy; it never hangs, never crashes, never stops others."""

import os
import zipfile

import openpyxl
import pytest

from reviu_lib.ingest.files import BerkasDitolak, identify, read_grids
from reviu_lib.ingest.files.opening import column_letter, column_number

from ..conftest import temuan

REKAP = "no;indikator;pembilang;penyebut;capaian\r\n1;Layanan bayi;1.784;2.316;77,03\r\n"


def _far_cell(path):
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    book.active["XFD1048576"] = "jauh"
    book.save(path)


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b"0" * 60_000_000)


BAD = {
    "B01": lambda path: path.write_bytes(b""),
    "B02": lambda path: path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    ),
    "B04": lambda path: path.write_bytes(b"%PDF-1.7 bukan tabel"),
    "B05": _bomb,
    "B07": lambda path: path.write_bytes(b"Manggar;6.34;0.37\nDamar;5.10;0.22\n"),
}


@pytest.mark.parametrize("kode", BAD)
def test_a_bad_file_is_one_galat_and_the_others_are_read(folder, kode):
    BAD[kode](folder.path / "a_buruk.xlsx")
    folder.text("rekap.csv", REKAP)
    bahan = folder.read()
    found = temuan(bahan, kode)
    assert found["tingkat"] == "galat"
    assert found["berkas"] == "12.18/2021/a_buruk.xlsx"
    assert found["saran"]
    assert len(bahan.rekap) == 1


def test_a_stray_cell_at_the_end_of_the_sheet_is_refused_before_reading(folder):
    _far_cell(folder.path / "jauh.xlsx")
    assert "1.048.576 baris kali 16.384 kolom" in temuan(folder.read(), "B05")["uraian"]


def test_formatted_blank_cells_far_away_are_harmless(folder):
    path = folder.workbook()
    book = openpyxl.load_workbook(path)
    book["lokus"].cell(900_000, 16_000).font = openpyxl.styles.Font(bold=True)
    book.save(path)
    assert folder.read().tanggal_reviu.year == 2021


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_cut_off_workbook_is_refused_whole(folder, share):
    path = folder.workbook(kegiatan={"id_kegiatan": "K1", "sub_kegiatan": "a", "opd": "b"})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    bahan = folder.read()
    assert temuan(bahan, "B03")["tingkat"] == "galat"
    assert bahan.kegiatan.empty


def test_bytes_damaged_in_the_middle_never_raise(folder):
    path = folder.workbook()
    content = bytearray(path.read_bytes())
    for place in range(200, len(content) - 200, 997):
        content[place] ^= 0xFF
    path.write_bytes(bytes(content))
    assert not folder.read().temuan.empty


def test_pipes_folders_and_links_are_skipped_without_waiting(folder):
    os.mkfifo(folder.path / "pipa.xlsx")
    (folder.path / "folder.xlsx").mkdir()
    (folder.path / "tautan.csv").symlink_to("/etc/hostname")
    bahan = folder.read()
    skipped = bahan.temuan[bahan.temuan["kode"] == "B06"]
    assert list(skipped["tingkat"]) == ["catatan"] * 3


def test_the_content_decides_not_the_extension(folder):
    folder.workbook("buku.csv", lokus={"kode_desa": "12.18.02.2001", "tahun": 2021})
    folder.text("rekap.xlsx", REKAP)
    bahan = folder.read()
    assert (len(bahan.lokus), len(bahan.rekap)) == (1, 1)


@pytest.mark.parametrize(
    "content",
    [
        REKAP.encode("utf-8"),
        REKAP.encode("utf-8-sig"),
        REKAP.encode("utf-16"),
        REKAP.encode("cp1252"),
        REKAP.replace("\r\n", "\n").encode(),
        REKAP.replace("\r\n", "\r").encode(),
        REKAP.replace(";", "\t").encode(),
        REKAP.replace(";", "|").encode(),
        REKAP.rstrip().encode(),
    ],
)
def test_every_encoding_line_end_and_separator_gives_the_same_rows(folder, content):
    folder.text("rekap.csv", content)
    rekap = folder.read().rekap
    assert rekap[["pembilang", "penyebut", "capaian"]].to_numpy().tolist() == [[1784, 2316, 77.03]]


def test_old_encodings_are_named_in_a_note(folder):
    folder.text("rekap.csv", REKAP.replace("bayi", "bayi\u00a0sehat é").encode("cp1252"))
    bahan = folder.read()
    assert temuan(bahan, "B14")["nilai"] == "'Windows-1252'"
    assert bahan.rekap["indikator"].iloc[0] == "Layanan bayi sehat é"


def test_an_unclosed_quote_is_refused_with_its_line(folder):
    folder.text("rekap.csv", REKAP + '2;"Layanan tanpa tutup;1;2;50\r\n3;x;1;2;50\r\n')
    assert "mulai baris 3" in temuan(folder.read(), "B03")["uraian"]


def test_a_line_break_in_quotes_keeps_later_row_numbers_right(folder):
    folder.text("rekap.csv", REKAP + '2;"Layanan\r\ndua";1;2;50\r\n3;Layanan tiga;-1;2;50\r\n')
    assert temuan(folder.read(), "N08")["sel"] == "C5"


def test_a_stray_separator_costs_only_its_own_row(folder):
    folder.text("rekap.csv", REKAP + "2;Layanan ibu; bayi;1;2;50;9\r\n3;Layanan tiga;1;2;50\r\n")
    bahan = folder.read()
    assert temuan(bahan, "T07")["sel"] == "baris 3"
    assert list(bahan.rekap["no"]) == ["1", "3"]


def test_an_entity_bomb_is_refused(folder):
    path = folder.workbook()
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, bomb if name == "xl/workbook.xml" else data)
    with pytest.raises(BerkasDitolak):
        read_grids(path)


def test_formula_errors_and_formulas_without_result_are_missing_never_zero(folder):
    path = folder.workbook(
        cakupan=[
            {"kode_desa": kode, "kode_indikator": "I01", "periode": "tahunan",
             "pembilang": 5, "penyebut": 10}
            for kode in ("12.18.02.2001", "12.18.02.2003", "12.18.01.2001")
        ]
    )  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["cakupan"]["F2"] = "#DIV/0!"
    book["cakupan"]["F3"] = "=1+1"
    book.save(path)
    bahan = folder.read()
    assert bahan.cakupan["pembilang"].isna().tolist() == [True, True, False]
    assert temuan(bahan, "N05")["sel"] == "F2"
    assert temuan(bahan, "N06")["sel"] == "F3"


def test_hidden_rows_and_sheets_are_read_and_told(folder):
    path = folder.workbook(lokus={"kode_desa": "12.18.02.2001", "tahun": 2021})
    book = openpyxl.load_workbook(path)
    book["lokus"].row_dimensions[2].hidden = True
    book["target"].sheet_state = "hidden"
    book.save(path)
    bahan = folder.read()
    told = bahan.temuan[bahan.temuan["kode"] == "T09"]["uraian"]
    assert sorted(told) == [
        "1 baris di lembar lokus tersembunyi di Excel.",
        "Lembar target tersembunyi di Excel.",
    ]
    assert len(bahan.lokus) == 1


@pytest.mark.parametrize(
    ("name", "rows", "other"),
    [
        ("catatan pribadi", [["a", "b"], [1, 2]], ["T08", "T09"]),
        ("kegiatan", [["a", "b"], [1, 2]], ["T09", "T11"]),
        ("kosong", [], []),
        ("Petunjuk", [["Cara mengisi"]], []),
    ],
)
def test_a_hidden_sheet_that_is_not_read_is_told_when_it_holds_something(folder, name, rows, other):
    path = folder.workbook(lokus={"kode_desa": "12.18.02.2001", "tahun": 2021})
    book = openpyxl.load_workbook(path)
    if name in book.sheetnames:
        del book[name]
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    sheet.sheet_state = "hidden"
    book.save(path)
    told = folder.read().temuan
    told = told[told["lembar"] == name]
    assert sorted(told["kode"]) == other
    hidden = told[told["kode"] == "T09"]
    assert hidden["uraian"].tolist() == [f"Lembar {name} tersembunyi di Excel."] * len(hidden)
    assert not hidden["tindakan"].str.contains("dibaca").any()


def test_a_hidden_sheet_in_a_file_of_no_known_layout_is_told(folder):
    book = openpyxl.Workbook()
    book.active.append(["judul saja"])
    hidden = book.create_sheet("simpanan")
    hidden.append(["a", "b"])
    hidden.sheet_state = "hidden"
    book.save(folder.path / "asing.xlsx")
    found = folder.read().temuan
    assert {"B07", "T09"} <= set(found.loc[found["berkas"].str.endswith("asing.xlsx"), "kode"])


def test_column_letters_and_numbers_agree():
    assert [column_letter(n) for n in (1, 26, 27, 702, 703, 16384)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
    assert all(column_number(column_letter(n)) == n for n in range(1, 2000))


def test_what_cannot_be_opened_is_named(tmp_path):
    with pytest.raises(BerkasDitolak) as refused:
        identify(tmp_path / "tidak_ada.xlsx")
    assert refused.value.kode == "B13"
