"""A copy shows the doubtful cells at their own address, and nothing of who is meant."""

import openpyxl
import pytest

from reviu_lib.ingest.marking import plan
from reviu_lib.ingest.marking.copies import column_position, name_copies, name_sheets

from ..conftest import ANAK
from ..test_finding_kinds import REKAP

GALAT, PERINGATAN = "FFF7C6B5", "FFFBF3B0"
CAKUPAN = {"kode_desa": "12.18.02.2001", "kode_indikator": "I01", "periode": "tahunan"}


def _fill(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def test_a_doubtful_cell_is_coloured_by_severity_and_says_what_to_do(folder, write):
    folder.text("a.csv", f"{REKAP}1;a;lima;2;50\n2;b;5;1;500\n")
    sheet = write().book("salinan/a.csv.xlsx")["data"]
    assert sheet["C2"].value == "lima"
    assert _fill(sheet["C2"]) == GALAT
    assert "Galat N01" in sheet["C2"].comment.text
    assert _fill(sheet["C3"]) is None
    assert sheet["C3"].comment is None


def test_cells_keep_their_addresses_and_values(folder, write):
    folder.workbook(cakupan=[{**CAKUPAN, "pembilang": 5, "penyebut": 4}])
    sheet = write().book("salinan/buku.xlsx")["cakupan"]
    raw = openpyxl.load_workbook(folder.path / "buku.xlsx")["cakupan"]
    shown = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=2)]
    assert shown == [[cell.value for cell in row] for row in raw.iter_rows(max_row=2)]
    assert _fill(sheet["F2"]) == PERINGATAN


def test_identity_columns_are_emptied_and_say_so(folder, write):
    folder.eppgbm({}, {"NIK": "121800010120000"})
    book = write().book("salinan/ekspor.xlsx")
    sheet = book["Sheet1"]
    assert [sheet[f"{letter}1"].value for letter in "ABD"] == [
        "NIK (dikosongkan)", "Nama (dikosongkan)", "Tgl Lahir (dikosongkan)",
    ]  # fmt: skip
    assert [sheet[f"{letter}{row}"].value for letter in "ABDGP" for row in (2, 3)] == [None] * 10
    assert sheet["R2"].value == ANAK["Tanggal Pengukuran"]
    assert _fill(sheet["A3"]) == PERINGATAN
    told = [cell.value for cell in book["Keterangan"]["B"]]
    assert "Lembar Sheet1: kolom identitas dikosongkan." in told


def test_a_sheet_that_is_not_recognised_is_named_and_not_copied(folder, write):
    path = folder.workbook(lokus={"kode_desa": "12.18.02.2001", "tahun": 2021})
    book = openpyxl.load_workbook(path)
    book.create_sheet("Coretan").append(["rahasia", "dapur"])
    book.save(path)
    hasil = write()
    assert "Coretan" not in hasil.book("salinan/buku.xlsx").sheetnames
    (line,) = hasil.lines("Salinan", "Berkas")
    assert "Lembar Coretan tidak disalin" in line["Keterangan"]
    assert hasil.find("dapur") == []


def test_a_file_that_is_not_recognised_has_no_copy_but_a_line(folder, write):
    folder.text("asing.csv", "satu;dua\n1;2\n")
    hasil = write()
    assert not (hasil.keluaran / "salinan" / "asing.csv.xlsx").exists()
    (line,) = hasil.lines("Salinan", "Berkas")
    assert line["Salinan"] is None
    assert line["Keterangan"].startswith("Tidak disalin")


def test_columns_that_no_layout_knows_are_not_copied(folder, write):
    folder.text("a.csv", f"{REKAP.strip()};Penanggung jawab\n1;a;5;10;50;Siti Uji\n")
    hasil = write()
    assert hasil.find("Siti Uji") == []
    assert hasil.book("salinan/a.csv.xlsx")["data"]["F1"].value == "Penanggung jawab"


def test_comments_properties_names_and_hidden_sheets_are_not_carried_over(folder, write):
    path = folder.workbook(lokus={"kode_desa": "12.18.02.2001", "tahun": 2021})
    book = openpyxl.load_workbook(path)
    book["lokus"]["A2"].comment = openpyxl.comments.Comment("kenari komentar", "kenari penulis")
    book.properties.creator = book.properties.title = "kenari sifat"
    book.defined_names["kenari_nama"] = openpyxl.workbook.defined_name.DefinedName(
        "kenari_nama", attr_text="lokus!$A$1"
    )
    hidden = book.create_sheet("tersembunyi")
    hidden.sheet_state = "hidden"
    hidden.append(["kenari lembar", "x"])
    book.save(path)
    assert write().find("kenari") == []


def test_text_that_looks_like_a_formula_or_a_link_stays_text(folder, write):
    folder.text("a.csv", f'{REKAP}1;"=HYPERLINK(""http://x.example"")";lima;2;50\n')
    sheet = write().book("salinan/a.csv.xlsx")["data"]
    assert sheet["B2"].value.startswith("=HYPERLINK")
    assert (sheet["B2"].data_type, sheet["B2"].hyperlink) == ("s", None)


def test_a_long_sheet_shows_its_headings_and_doubtful_rows_at_their_own_place(
    folder, write, monkeypatch
):
    monkeypatch.setattr(plan, "BARIS_PENUH", 5)
    rows = [f"{number};a{number};{'lima' if number == 7 else 5};10;50" for number in range(1, 10)]
    folder.text("a.csv", REKAP + "\n".join(rows) + "\n")
    hasil = write()
    sheet = hasil.book("salinan/a.csv.xlsx")["data"]
    filled = [row[0].row for row in sheet.iter_rows() if row[1].value]
    assert filled == [1, 8]
    assert sheet["C8"].value == "lima"
    assert sheet.sheet_format.zeroHeight
    (line,) = hasil.lines("Salinan", "Berkas")
    assert "ditampilkan 2 dari 10 baris" in line["Keterangan"]


def test_the_same_files_give_the_same_bytes(folder, write):
    folder.eppgbm({}, {"NIK": "121800010120000"})
    folder.workbook(cakupan=[{**CAKUPAN, "pembilang": 5, "penyebut": 4}])
    first = dict(write("satu").contents())
    assert first == dict(write("dua").contents())


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["a/b", "a:b"], ["a_b", "a_b (2)"]),
        (["", "Keterangan"], ["data", "Keterangan (2)"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 26 + " (2)"]),
        (["'kutip'"], ["_kutip_"]),
    ],
)
def test_sheets_get_names_that_excel_takes(titles, names):
    assert name_sheets(titles) == names


@pytest.mark.parametrize(
    ("berkas", "names"),
    [
        (["12.18/2021/a.xlsx", "12/2021/A.xlsx"], ["a.xlsx", "A (2).xlsx"]),
        (["a.csv", "a.xlsx", "a.XLSX"], ["a.csv.xlsx", "a.xlsx", "a (2).xlsx"]),
        (["x [NIK disamarkan].xlsx"], ["x _NIK disamarkan_.xlsx"]),
        (["..", "…"], ["berkas.xlsx", "_.xlsx"]),
        (["y" * 300 + ".csv"], ["y" * 80 + ".xlsx"]),
    ],
)
def test_copies_get_names_that_every_system_takes(berkas, names):
    assert name_copies(berkas) == names


@pytest.mark.parametrize(("letters", "place"), [("", 0), ("A", 0), ("Z", 25), ("AA", 26)])
def test_the_place_of_a_column_letter(letters, place):
    assert column_position(letters) == place
