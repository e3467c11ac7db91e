"""Where tables stand on a sheet: titles above, headers of several rows, one table after another."""

import openpyxl
import pandas as pd
import pytest

from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.layouts import recognise
from reviu_lib.ingest.ledger import list_unaccounted

REKAP = ["No", "Indikator", "Pembilang", "Penyebut", "Capaian"]
HAMBATAN = ["id_hambatan", "uraian", "kategori"]


def _grid(*rows, lembar="Sheet1", gabung=()):
    cells = pd.DataFrame([list(row) for row in rows], dtype=object).fillna("")
    return Kisi(lembar, cells.set_axis(range(1, len(rows) + 1)), gabung=tuple(gabung))


def _tables(*rows, **words):
    return [(item.sumber.nama, item.baris_awal, item.baris_akhir)
            for item in recognise(_grid(*rows, **words))]  # fmt: skip


def _book(folder, *rows, gabung=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in gabung:
        book.active.merge_cells(cells)
    book.save(folder.path / "buku.xlsx")


def test_two_tables_one_below_the_other_each_end_where_the_next_begins():
    rows = [REKAP, [1, "a", 1, 2, 50], [], ["Hambatan tahun ini"], HAMBATAN, ["H1", "b", "SDM"]]
    assert _tables(*rows) == [("rekap", 2, 5), ("hambatan", 6, None)]


def test_the_title_between_two_tables_belongs_to_the_lower_one():
    rows = [REKAP, [1, "a", 1, 2, 50], ["Rekap 2021"], [], HAMBATAN, ["H1", "b", "SDM"]]
    upper, lower = recognise(_grid(*rows))
    assert (upper.sela, lower.judul_atas) == ((3, 4, 5), "Rekap 2021")


def test_a_header_that_comes_again_is_the_same_table_going_on():
    rows = [REKAP, [1, "a", 1, 2, 50], ["Puskesmas dua"], REKAP, [1, "b", 1, 2, 50]]
    (kepala,) = recognise(_grid(*rows))
    assert (kepala.baris_akhir, kepala.sela) == (None, (3, 4))


def test_a_header_that_comes_again_in_another_order_is_read_by_its_own_headings():
    again = ["Indikator", "Penyebut", "Pembilang", "Capaian", "No"]
    upper, lower = recognise(_grid(REKAP, [1, "a", 1, 2, 50], again, ["b", 4, 3, 75, 1]))
    assert (upper.posisi["penyebut"], lower.posisi["penyebut"]) == (3, 1)


def test_two_tables_side_by_side_are_two_tables():
    rows = [[*REKAP, "", *HAMBATAN], [1, "a", 1, 2, 50, "", "H1", "b", "SDM"]]
    left, right = recognise(_grid(*rows))
    assert (left.sumber.nama, left.kolom_akhir) == ("rekap", 6)
    assert (right.sumber.nama, right.posisi["uraian"]) == ("hambatan", 7)


def test_one_table_continued_beside_itself_without_a_gap_is_two_pieces():
    left, right = recognise(_grid(REKAP + REKAP, [1, "a", 1, 2, 50, 2, "b", 1, 4, 25]))
    assert (left.kolom_akhir, right.kolom_awal) == (5, 5)
    assert right.posisi["indikator"] == 6


def test_a_blank_column_inside_a_table_does_not_cut_it():
    (kepala,) = recognise(_grid([*REKAP[:3], "", *REKAP[3:]], [1, "a", 1, "", 2, 50]))
    assert kepala.posisi["capaian"] == 5


def test_a_merged_upper_heading_counts_for_all_columns_below_it():
    rows = [
        ["NO", "JENIS LAYANAN", "MUTU LAYANAN", "", ""],
        ["", "", "PEMBILANG", "PENYEBUT", "MUTU(%)"],
        [1, "Kesehatan balita", 1, 2, 50],
    ]
    (kepala,) = recognise(_grid(*rows, gabung=[((0, 2), (0, 4))]))
    assert kepala.baris_awal == 3
    assert kepala.posisi == {"no": 0, "indikator": 1, "pembilang": 2, "penyebut": 3, "capaian": 4}


def test_the_upper_word_is_part_of_the_heading_where_only_both_are_known():
    rows = [
        ["Kabupaten/Kota", "Lahir Hidup", "", "", "BBLR", "", ""],
        ["", "L", "P", "L+P", "L", "P", "L+P"],
        ["Kab. Pacitan", 3149, 2991, 6140, 173, 171, 344],
    ]
    (kepala,) = recognise(_grid(*rows))
    assert kepala.sumber.nama == "profil_bblr"
    assert (kepala.posisi["lahir_hidup.P"], kepala.posisi["bblr.L"]) == (2, 4)


@pytest.mark.parametrize("above", [0, 1, 5, 13])
def test_titles_above_a_header_are_no_rows_of_it(above):
    rows = [["DINAS KESEHATAN"]] * above + [REKAP, [1, "a", 1, 2, 50]]
    assert _tables(*rows) == [("rekap", above + 2, None)]


def test_a_header_far_down_is_not_taken_for_one():
    assert _tables(*[["catatan"]] * 20, REKAP, [1, "a", 1, 2, 50]) == []


def test_a_row_of_data_is_never_the_lower_row_of_a_header():
    rows = [["kode_indikator", "tingkat", "tahun", "nilai", "sumber"],
            ["E01", "kabupaten", 2022, 80, "RPJMD"]]  # fmt: skip
    assert _tables(*rows) == [("target", 2, None)]


def test_equally_good_layouts_are_named_and_none_is_chosen(folder):
    folder.text("a.csv", "id_kegiatan;jendela;sumber_dana\nK1;1;APBD\n")
    bahan = folder.read()
    told = bahan.temuan.set_index("kode").loc["T15"]
    assert "(jadwal) atau" in told["uraian"]
    assert "(anggaran)" in told["uraian"]
    assert bahan.jadwal.empty
    assert bahan.anggaran.empty
    assert bahan.neraca_baris["alasan"].tolist() == ["T15: 1"]


def test_stacked_exports_are_read_whole_and_the_number_column_is_no_key(folder):
    rows = [REKAP, ["1.", "a", 1, 2, 50], ["2.", "b", 1, 4, 25], REKAP, ["1.", "c", 3, 4, 75]]
    _book(folder, *rows)
    bahan = folder.read()
    assert bahan.rekap["indikator"].tolist() == ["a", "b", "c"]
    assert bahan.rekap["no"].is_unique
    assert bahan.neraca_baris["alasan"].tolist() == ["T13: 1"]


def test_tables_of_one_sheet_are_all_read_and_every_row_is_accounted_for(folder):
    rows = [
        ["REKAP 2021"], [*REKAP, "", *HAMBATAN], [1, "a", 1, 2, 50, "", "H1", "b", "SDM"],
        [2, "c", 1, 4, 25], [], ["Bagian kedua"], REKAP, [1, "d", 3, 4, 75, "", "H2", "e", "data"],
    ]  # fmt: skip
    _book(folder, *rows)
    bahan = folder.read()
    assert bahan.rekap["indikator"].tolist() == ["a", "c", "d"]
    assert bahan.hambatan["id_hambatan"].tolist() == ["H1", "H2"]
    assert list_unaccounted(bahan.neraca_baris).empty


def test_pieces_side_by_side_of_one_table_are_both_read_and_accounted_for(folder):
    _book(folder, REKAP + REKAP, [1, "a", 1, 2, 50, 2, "b", 1, 4, 25], [3, "c", 1, 5, 20])
    bahan = folder.read()
    assert sorted(bahan.rekap["indikator"]) == ["a", "b", "c"]
    assert list_unaccounted(bahan.neraca_baris).empty


def test_a_merged_key_is_filled_down_and_a_blank_one_is_not(folder):
    head = ["kecamatan", "desa", "kode_indikator", "periode", "pembilang", "penyebut"]
    rows = [["Perbaungan", "Adolina", "I01", "tahunan", 1, 2],
            ["", "Tualang", "I01", "tahunan", 1, 2]]  # fmt: skip
    _book(folder, head, *rows, gabung=["A2:A3"])
    assert folder.read().cakupan["kecamatan"].tolist() == ["Perbaungan"] * 2
