"""A table from outside: found by its headings, rows in order, identity left behind."""

import pandas as pd
import pytest

from reviu_lib.errors import BerkasError, TataLetakError
from reviu_lib.ingest.outside import compare_stored, drop_identity, open_table, read_anak
from reviu_lib.ingest.outside.identity import is_identity
from reviu_lib.ingest.outside.output import is_number

WHO = "sex,age,weight,lenhei,measure\n"
KITA = "JK;Tgl Lahir;Tanggal Pengukuran;Berat;Tinggi;Cara Ukur\n"


@pytest.fixture
def table(tmp_path):
    def make(text, name="a.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return open_table(path)

    return make


def faults(anak):
    return {(item.kolom, item.sebab): item.baris for item in anak.rusak}


def test_columns_of_who_and_of_the_register_are_told_apart(table):
    assert table(f"{WHO}m,10,4,55,l\n").susunan == "who"
    assert table(f"{KITA}L;1/1/2023;1/2/2023;4;55;Berdiri\n").susunan == "eppgbm"


def test_titles_above_the_header_are_passed_over(table):
    found = table(f"Daftar balita;;;;;\n;;;;;\n{KITA}L;1/1/2023;1/2/2023;4;55;Berdiri\n")
    assert (found.baris_judul, len(found.sel)) == (3, 1)


def test_a_workbook_is_read_from_its_first_sheet_with_such_headings(tmp_path):
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"catatan": ["x"]}).to_excel(book, sheet_name="Info", index=False)
        rows = pd.DataFrame({"SEX": [1], "Age": [10], "weight": [4.5]})
        rows.to_excel(book, sheet_name="Data", index=False)
    found = open_table(path)
    assert (found.lembar, found.lembar_lain) == ("Data", ("Info",))
    assert read_anak(found).score()["zwei"].notna().all()


def test_missing_headings_are_told_with_those_that_are_there(table):
    with pytest.raises(TataLetakError) as told:
        table("kode,berat\n1,2\n")
    assert "sex dan age (nama kolom WHO) atau jenis_kelamin" in told.value.apa
    assert "kode, berat" in told.value.apa


def test_a_file_that_is_no_table_is_refused_with_the_reason(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 bukan tabel")
    with pytest.raises(BerkasError, match="berkas PDF"):
        open_table(path)


def test_blank_rows_in_between_stay_and_those_at_the_end_go(table):
    found = table(f"{WHO}m,10,4,55,l\n,,,,\nf,10,4,55,l\n,,,,\n")
    assert len(found.sel) == 3


def test_l_is_a_boy_under_sex_and_lying_under_measure(table):
    scored = read_anak(table(f"{WHO}L,800,12,85,L\n")).score().iloc[0]
    assert (scored["csex"], scored["cmeasure"]) == (1, "l")
    assert scored["clenhei"] == pytest.approx(84.3)


def test_l_is_no_way_of_measuring_in_a_register(table):
    anak = read_anak(table(f"{KITA}L;1/1/2022;1/4/2024;12;85;L\n"))
    assert anak.frame["jenis_kelamin"].tolist() == ["L"]
    assert faults(anak) == {("Cara Ukur", "isi tidak dikenal"): (2,)}


@pytest.mark.parametrize(
    ("written", "meant"), [("Laki-laki", "L"), ("l", "L"), ("Perempuan", "P"), ("PR", "P")]
)
def test_sexes_are_read_as_the_layout_declares_them(table, written, meant):
    anak = read_anak(table(f"{KITA}{written};1/1/2022;1/4/2024;12;85;Berdiri\n"))
    assert anak.frame["jenis_kelamin"].tolist() == [meant]


@pytest.mark.parametrize(("written", "value"), [("84,7", 84.7), ("84.7", 84.7), ("84.123", 84.123)])
def test_a_dot_or_a_comma_is_the_decimal_mark_of_a_measure(table, written, value):
    anak = read_anak(table(f"{KITA}L;1/1/2022;1/4/2024;12;{written};Berdiri\n"))
    assert anak.frame["tinggi_cm"].tolist() == [value]


def test_unusable_cells_are_told_by_column_reason_and_row(table):
    anak = read_anak(table(f"{WHO}m,10,4,55,l\nx,-1,nol,0,m\nm,NA,-,,\n"))
    assert faults(anak) == {
        ("sex", "isi tidak dikenal"): (3,),
        ("measure", "isi tidak dikenal"): (3,),
        ("weight", "bukan bilangan"): (3,),
        ("lenhei", "nol atau kurang"): (3,),
        ("age", "kurang dari nol"): (3,),
    }


def test_a_row_with_bad_cells_changes_nothing_for_the_others(table):
    good, bad = "m,800,12,85,l\n", "x,umur,satu,dua,tiga\n"
    with_bad = read_anak(table(f"{WHO}{good}{bad}{good}")).score()
    alone = read_anak(table(f"{WHO}{good}")).score()
    assert with_bad["zlen"].tolist()[::2] == [alone["zlen"].iloc[0]] * 2
    assert with_bad.iloc[1][["zlen", "zwei", "zwfl", "zbmi"]].isna().all()


@pytest.mark.parametrize(
    ("heading", "cell", "days"),
    [
        ("Usia (hari)", "700", 700),
        ("Usia (bulan)", "23", 700),
        ("Usia Saat Ukur", "1 Tahun - 11 Bulan - 0 Hari", 700),
    ],
)
def test_without_dates_the_age_is_taken_as_written(table, heading, cell, days):
    anak = read_anak(table(f"JK;{heading};Berat;Tinggi\nL;{cell};10;80\n"))
    assert anak.score()["usia_hari"].tolist() == [days]


def test_measured_before_birth_is_told_and_has_no_z(table):
    anak = read_anak(table(f"{KITA}L;1/4/2024;1/1/2024;12;85;Berdiri\n"))
    assert ("Tgl Lahir", "sesudah tanggal ukur") in faults(anak)
    assert anak.score()[["usia_hari", "z_tbu", "z_bbtb"]].isna().all(axis=None)


def test_figures_that_mean_not_recorded_are_missing_in_a_register_only(table):
    anak = read_anak(table(f"{KITA}L;1/1/2022;1/4/2024;999;0;Berdiri\n"))
    assert anak.frame[["berat_kg", "tinggi_cm"]].isna().all(axis=None)
    assert faults(anak) == {}
    assert read_anak(table(f"{WHO}m,10,999,55,l\n")).frame["weight"].tolist() == [999]


def test_stored_z_are_compared_with_ours_where_both_are_known(table):
    head = "JK;Usia (hari);Tinggi;Cara Ukur;ZS TB/U\n"
    found = table(f"{head}L;700;80;Berdiri;-2,13\nL;700;80;Berdiri;-2.14\nL;700;80;Berdiri;-\n")
    compared = compare_stored(found, read_anak(found).score())
    assert [(item.kolom, item.dibandingkan, item.berbeda) for item in compared] == [
        ("ZS TB/U", 2, 1)
    ]


@pytest.mark.parametrize(
    "heading",
    ["NIK", "Nama Anak", "nama_ibu", "Nama Ayah", "No. HP", "Alamat Rumah", "No KK", "RT", "RW",
     "Tgl Lahir", "date_of_birth", "Mother's name", "E-mail/Email", "nik_ortu", "Nama Kader"],
)  # fmt: skip
def test_a_heading_that_points_at_a_person_is_identity(heading):
    assert is_identity(heading)


@pytest.mark.parametrize(
    "heading", ["Nama Desa", "nama_puskesmas", "Posyandu", "Berat", "sex", "strata", "Kab/Kota", ""]
)
def test_a_heading_of_a_place_or_a_measure_is_not(heading):
    assert not is_identity(heading)


def test_identity_is_left_behind_and_masked_where_it_hides_in_other_columns(table):
    found = table(
        "NIK;Nama;JK;Usia (hari);Berat;Nomor;Catatan\n"
        "1218000101010001;CONTOH BUDI SATU;L;700;10;3201010101010001;anak Contoh Budi Satu\n"
        "1218000101010002;CONTOH SITI DUA;P;700;11;3201010101010002;hp 081234567890\n"
    )
    clean = drop_identity(found)
    assert clean.dibuang == ("NIK", "Nama", "Nomor")
    assert clean.judul == ["JK", "Usia (hari)", "Berat", "Catatan"]
    assert clean.disamarkan == (("Catatan", 2),)
    everything = clean.sel.to_csv()
    assert not any(word in everything for word in ("BUDI", "Budi", "0812", "1218", "3201"))


@pytest.mark.parametrize("text", ["84.700000000000003", "-9.9", "1e-05", ".5", "12", "+3,5"])
def test_a_figure_is_no_formula_and_no_identity(text):
    assert is_number(text)


@pytest.mark.parametrize(
    "text", ["3201010101010001", "081234567890", "-1+1", "=1", "1.2E+15", "", "-", "1/2"]
)
def test_a_long_number_or_a_sum_is_no_figure(text):
    assert not is_number(text)
