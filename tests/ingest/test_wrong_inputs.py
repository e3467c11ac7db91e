"""Every wrong input gives a clear message with place and remedy, and costs nothing else."""

from datetime import date

import pytest

from reviu_lib.catalog import load_temuan, tabel_masukan
from reviu_lib.errors import KodeError
from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.checks import normalize_kode_indikator
from reviu_lib.ingest.parse.codes import normalize_kode_rekening, normalize_kode_sub_kegiatan

from .conftest import IDENTITAS, KUNCI, rows, temuan

KEGIATAN = {"id_kegiatan": "K1", "sub_kegiatan": "Gizi Masyarakat", "opd": "Dinas Kesehatan"}
DESA = {"kode_desa": "12.18.02.2001", "kode_indikator": "I01", "periode": "tahunan"}
TERISI = {**DESA, "pembilang": 5, "penyebut": 10}


def test_an_unknown_kabupaten_code_is_an_error_with_a_remedy(tmp_path):
    with pytest.raises(KodeError) as error:
        build_bahan(tmp_path, kode_kabupaten="12.99", tahun=2021, kunci=KUNCI)
    assert error.value.lakukan


def test_an_ambiguous_kabupaten_code_is_a_question(tmp_path):
    with pytest.raises(KodeError, match=r"12\.01.*12\.10"):
        build_bahan(tmp_path, kode_kabupaten="12.1", tahun=2021, kunci=KUNCI)


def test_a_workbook_of_another_year_is_refused_and_says_both_years(folder, read_one):
    folder.text("rekap.csv", "no;indikator;pembilang;penyebut;capaian\n1;a;1;2;50\n")
    bahan = read_one(identitas={**IDENTITAS, "tahun": 2020}, kegiatan=KEGIATAN)
    assert "tahun '2020'" in temuan(bahan, "B08")["uraian"]
    assert "tahun 2021" in temuan(bahan, "B08")["uraian"]
    assert bahan.kegiatan.empty
    assert len(bahan.rekap) == 1


@pytest.mark.parametrize("kode", ["73.12", "12.1", 12.1])
def test_a_workbook_of_another_kabupaten_is_refused(read_one, kode):
    bahan = read_one(identitas={**IDENTITAS, "kode_kabupaten": kode}, kegiatan=KEGIATAN)
    assert temuan(bahan, "B09")["lembar"] == "identitas"
    assert bahan.kegiatan.empty


def test_an_absent_sheet_is_a_warning_and_an_empty_table(folder):
    folder.sheet("kegiatan.xlsx", rows(KEGIATAN), "kegiatan")
    bahan = folder.read()
    absent = bahan.temuan[bahan.temuan["kode"] == "B10"]
    assert set(absent["tingkat"]) == {"peringatan"}
    assert "hambatan" in set(absent["tabel"])
    assert (len(bahan.kegiatan), len(bahan.hambatan)) == (1, 0)


def test_an_absent_obligatory_column_stops_that_table_only(folder):
    folder.workbook(kegiatan=KEGIATAN)
    folder.sheet("cakupan.xlsx", rows(TERISI).drop(columns="penyebut"), "cakupan")
    bahan = folder.read()
    assert "kolom wajib penyebut" in temuan(bahan, "T01")["uraian"]
    assert (len(bahan.cakupan), len(bahan.kegiatan)) == (0, 1)


def test_text_in_a_number_column_names_the_cell_and_keeps_the_row(read_one):
    bahan = read_one(kegiatan={**KEGIATAN, "target_output": "belum dihitung"})
    found = temuan(bahan, "N01")
    assert (found["lembar"], found["sel"], found["nilai"]) == ("kegiatan", "I2", "'belum dihitung'")
    assert bahan.kegiatan["target_output"].isna().tolist() == [True]


def test_a_negative_count_is_missing_not_zero(read_one):
    bahan = read_one(cakupan={**TERISI, "pembilang": -3})
    assert temuan(bahan, "N08")["sel"] == "F2"
    assert bahan.cakupan["pembilang"].isna().tolist() == [True]


@pytest.mark.parametrize("pagu", [None, 0, "-"])
def test_realisasi_without_pagu_is_kept_and_flagged(read_one, pagu):
    budget = {"id_kegiatan": "K1", "sumber_dana": "APBD", "pagu_murni_rp": pagu, "realisasi_rp": 9}
    bahan = read_one(kegiatan=KEGIATAN, anggaran=budget)
    assert temuan(bahan, "K02")["nilai"] == "'K1'"
    assert bahan.anggaran["realisasi_rp"].tolist() == [9]


def test_realisasi_without_pagu_and_without_id_is_flagged(read_one):
    bahan = read_one(anggaran={"sumber_dana": "APBD", "realisasi_rp": 9})
    assert temuan(bahan, "K02")["nilai"] == "(kosong)"


def test_realisasi_above_the_changed_pagu_is_kept_and_flagged(read_one):
    budget = {
        "id_kegiatan": "K1", "sumber_dana": "APBD", "pagu_murni_rp": 20, "pagu_perubahan_rp": 8,
        "realisasi_rp": 9,
    }  # fmt: skip
    bahan = read_one(kegiatan=KEGIATAN, anggaran=budget)
    assert temuan(bahan, "K03")["jumlah"] == 1


def test_a_numerator_above_its_denominator_is_kept_and_flagged(read_one):
    bahan = read_one(cakupan={**TERISI, "pembilang": 12})
    assert temuan(bahan, "K01")["nilai"] == "'12/10'"
    assert bahan.cakupan["pembilang"].tolist() == [12]


def test_two_different_rows_for_one_desa_name_both_places_and_neither_counts(read_one):
    bahan = read_one(cakupan=[TERISI, {**TERISI, "pembilang": 6}])
    found = temuan(bahan, "D03")
    assert found["tingkat"] == "galat"
    assert "baris 2 dan" in found["uraian"]
    assert "baris 3" in found["uraian"]
    assert bahan.cakupan.empty


def test_two_equal_rows_for_one_desa_are_one_row_with_a_note(read_one):
    bahan = read_one(cakupan=[TERISI, TERISI])
    assert temuan(bahan, "D02")["tingkat"] == "catatan"
    assert len(bahan.cakupan) == 1


def test_equal_keys_with_other_figures_in_two_files_name_both_files(folder):
    folder.workbook("a.xlsx", cakupan=TERISI)
    folder.workbook("b.xlsx", cakupan={**TERISI, "penyebut": 11})
    found = temuan(folder.read(), "D03")
    assert "a.xlsx" in found["uraian"]
    assert "b.xlsx" in found["uraian"]


def test_files_with_disjoint_keys_are_united(folder):
    folder.workbook("a.xlsx", cakupan={**TERISI, "periode": "Februari"})
    folder.workbook("b.xlsx", cakupan={**TERISI, "periode": "Agustus"})
    bahan = folder.read()
    assert len(bahan.cakupan) == 2
    assert "D03" not in set(bahan.temuan["kode"])


def test_sei_buluh_without_kecamatan_is_a_question_not_a_pick(read_one):
    bahan = read_one(cakupan={**TERISI, "kode_desa": None, "desa": "Sei Buluh"})
    found = temuan(bahan, "W03")
    assert found["tingkat"] == "galat"
    for kecamatan in ("Perbaungan", "Teluk Mengkudu", "Sei Bamban"):
        assert kecamatan in found["uraian"]
    assert bahan.cakupan.empty


def test_an_empty_folder_is_a_readable_result(folder):
    bahan = folder.read()
    assert set(bahan.temuan["kode"]) == {"B10", "B11"}


def test_rows_of_another_kabupaten_are_rejected_and_listed(read_one):
    bahan = read_one(cakupan=[TERISI, {**TERISI, "kode_desa": "73.12.01.2001"}])
    assert temuan(bahan, "W05")["nilai"] == "'73.12.01.2001'"
    assert list(bahan.cakupan["kode_desa"]) == ["12.18.02.2001"]


def test_a_row_without_any_desa_is_never_taken_for_the_kabupaten(read_one):
    bahan = read_one(cakupan={**TERISI, "kode_desa": None})
    assert temuan(bahan, "W07")["tingkat"] == "galat"
    assert bahan.cakupan.empty


def test_an_indicator_of_another_era_is_refused(read_one):
    bahan = read_one(cakupan={**TERISI, "kode_indikator": "E01"})
    assert temuan(bahan, "K05")["nilai"] == "'E01'"
    assert bahan.cakupan.empty


def test_a_blank_workbook_is_readable(read_one):
    bahan = read_one()
    told = bahan.temuan[bahan.temuan["kode"] == "T10"]
    assert set(told["tingkat"]) == {"peringatan"}
    assert bahan.tanggal_cutoff == date(2021, 11, 30)


def test_a_year_without_rules_is_an_error(tmp_path):
    with pytest.raises(KodeError, match="1999"):
        build_bahan(tmp_path, kode_kabupaten="12.18", tahun=1999, kunci=KUNCI)


def test_footnotes_and_total_rows_are_set_aside_and_a_wrong_total_is_told(folder):
    folder.sheet(
        "cakupan.xlsx",
        rows(
            TERISI,
            {**TERISI, "kode_desa": "12.18.02.2003"},
            {"kode_desa": "TOTAL", "pembilang": "99", "penyebut": 20},
            {"kode_desa": "Keterangan: data sementara"},
        ),
        "cakupan",
    )
    bahan = folder.read()
    assert len(bahan.cakupan) == 2
    assert temuan(bahan, "T04")["jumlah"] == 2
    assert "tercetak 99, dijumlahkan 10" in temuan(bahan, "T05")["uraian"]


def test_prefilled_rows_nobody_filled_are_not_reported_not_zero(read_one):
    bahan = read_one(cakupan=[TERISI, {**DESA, "kode_desa": "12.18.02.2003"}])
    assert temuan(bahan, "T06")["jumlah"] == 1
    assert len(bahan.cakupan) == 1


def test_activities_that_are_not_listed_are_told(read_one):
    bahan = read_one(kegiatan=KEGIATAN, jadwal={"id_kegiatan": "K9", "jendela": 1})
    assert temuan(bahan, "K04")["nilai"] == "'K9'"
    assert len(bahan.jadwal) == 1


def test_quarters_of_a_schedule_become_first_and_last_day(read_one):
    plan = {
        "id_kegiatan": "K1", "jendela": 1, "rencana_mulai": "Triwulan II",
        "rencana_selesai": "Triwulan II", "realisasi_mulai": "15/04/2021",
        "realisasi_selesai": "2022-03-01",
    }  # fmt: skip
    bahan = read_one(kegiatan=KEGIATAN, jadwal=plan)
    dates = bahan.jadwal.iloc[0, 2:].tolist()
    assert [day.date() for day in dates[:3]] == [
        date(2021, 4, 1), date(2021, 6, 30), date(2021, 4, 15),
    ]  # fmt: skip
    assert temuan(bahan, "K08")["kolom"] == "realisasi_selesai"


def test_choices_are_read_in_any_spelling_and_unknown_ones_told(read_one):
    bahan = read_one(
        kegiatan=[
            {**KEGIATAN, "jenis": " SPESIFIK "},
            {**KEGIATAN, "id_kegiatan": "K2", "jenis": "campuran"},
        ],
        anggaran={"id_kegiatan": "K1", "sumber_dana": "BOK", "pagu_murni_rp": 5},
    )
    assert bahan.kegiatan["jenis"].fillna("").tolist() == ["spesifik", ""]
    assert temuan(bahan, "N12")["nilai"] == "'campuran'"
    assert bahan.anggaran["sumber_dana"].tolist() == ["DAK Nonfisik"]


@pytest.mark.parametrize(
    "text", ["1.02.02.2.02.15", "1.02.02.2.02.0015", "1.02.02.02.02.0015", " 1.02.02.2.02.0015 "]
)
def test_three_spellings_of_a_sub_kegiatan_are_one_code(text):
    assert normalize_kode_sub_kegiatan(text) == "1.02.02.2.02.0015"


@pytest.mark.parametrize(
    "text", ["5.1.02.01.01.0024", "5.1.2.1.1.24", "5.1.02.01.01.24", " 5.1.02. 01.01.0024."]
)
def test_four_spellings_of_a_rekening_are_one_code(text):
    assert normalize_kode_rekening(text) == "5.1.02.01.01.0024"


@pytest.mark.parametrize(
    ("text", "kode"), [("5.1.2", "5.1.02"), ("5", "5"), ("5.1.x", "5.1.x"), ("", "")]
)
def test_a_rekening_keeps_its_level_and_other_text_stays(text, kode):
    assert normalize_kode_rekening(text) == kode


def test_an_unusual_sub_kegiatan_code_stays_as_written():
    assert normalize_kode_sub_kegiatan("X.XX.01.2.01.05") == "X.XX.01.2.01.05"


def test_indicator_codes_are_completed():
    written = ["e1", "E 01", "i20", "prevalensi", "lain"]
    assert [normalize_kode_indikator(text) for text in written] == [
        "E01", "E01", "I20", "PREVALENSI", "lain",
    ]  # fmt: skip


def test_unknown_columns_and_sheets_are_listed_not_fatal(folder):
    folder.sheet(
        "lokus.xlsx", rows({"kode_desa": "12.18.02.2001", "tahun": 2021, "median": 3}), "lokus"
    )
    bahan = folder.read()
    assert "median" in temuan(bahan, "T02")["uraian"]
    assert len(bahan.lokus) == 1


def test_no_finding_lacks_words_and_every_kind_has_a_weight():
    for jenis in load_temuan().values():
        assert jenis.uraian.endswith((".", "}"))
        assert jenis.tindakan
        assert jenis.saran
    assert set(tabel_masukan()["temuan"].nama_kolom) >= {"uraian", "tindakan", "saran"}
