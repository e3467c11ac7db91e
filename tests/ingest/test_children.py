"""A child who comes twice: one visit, two visits, two children, or a question; always counted."""

import pytest

from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.identity.pseudonyms import clean_nik, fault_of_nik
from reviu_lib.ingest.ledger import list_unaccounted

from .conftest import KUNCI, temuan

TANPA = {"NIK": None}
FEBRUARI = {"Tanggal Pengukuran": "2021-02-10"}
LAIN = {"NIK": "1218000101200002"}


def _read(folder, *anak):
    folder.eppgbm(*anak)
    bahan = folder.read()
    assert list_unaccounted(bahan.neraca_baris).empty
    return bahan


def _kinds(bahan):
    return {kode for kode in bahan.temuan["kode"] if kode.startswith("D")}


def test_one_nik_on_two_days_is_two_visits_of_one_child(folder):
    bahan = _read(folder, {}, FEBRUARI)
    assert len(bahan.pengukuran) == 2
    assert bahan.pengukuran["id_anak"].nunique() == 1
    assert temuan(bahan, "D08")["jumlah"] == 1


def test_one_nik_on_one_day_in_two_files_is_one_visit(folder):
    folder.eppgbm({"Tinggi": 80}, nama="a.xlsx")
    folder.eppgbm({"Tinggi": 81}, nama="b.xlsx")
    bahan = folder.read()
    assert bahan.pengukuran["tinggi_cm"].tolist() == [81]
    assert temuan(bahan, "D01")["berkas"].endswith("a.xlsx")


def test_rows_without_nik_that_differ_are_not_merged(folder):
    bahan = _read(folder, {**TANPA, "Tinggi": 80}, {**TANPA, "Tinggi": 82})
    assert bahan.pengukuran["tinggi_cm"].tolist() == [80, 82]
    assert bahan.pengukuran["id_anak"].nunique() == 2
    assert temuan(bahan, "D05")["jumlah"] == 2


def test_twins_without_nik_stay_two_children_on_the_next_visit(folder):
    twins = [{**TANPA, "Tinggi": 80}, {**TANPA, "Tinggi": 82}]
    bahan = _read(folder, *twins, *({**one, **FEBRUARI} for one in twins))
    assert bahan.pengukuran["id_anak"].nunique() == 2
    assert temuan(bahan, "D08")["jumlah"] == 2


def test_rows_without_nik_that_are_equal_in_everything_are_one(folder):
    bahan = _read(folder, TANPA, TANPA)
    assert len(bahan.pengukuran) == 1
    assert temuan(bahan, "D09")["jumlah"] == 1
    assert "D05" not in _kinds(bahan)


def test_one_name_and_birth_date_with_two_nik_is_a_question(folder):
    bahan = _read(folder, {}, LAIN, {**LAIN, "Nama": "CONTOH LAIN", **FEBRUARI})
    assert bahan.pengukuran["id_anak"].nunique() == 2
    assert temuan(bahan, "D06")["jumlah"] == 2


def test_the_question_of_two_nik_is_asked_across_files_too(folder):
    folder.eppgbm({}, nama="a.xlsx")
    folder.eppgbm({**LAIN, **FEBRUARI}, nama="b.xlsx")
    bahan = folder.read()
    assert (bahan.temuan["kode"] == "D06").sum() == 2


def test_a_row_without_nik_that_resembles_a_child_with_one_is_told(folder):
    bahan = _read(folder, {}, {**TANPA, **FEBRUARI})
    assert bahan.pengukuran["id_anak"].nunique() == 2
    assert temuan(bahan, "D07")["jumlah"] == 1
    assert "1 anak" in temuan(bahan, "D07")["uraian"]


def test_children_that_never_repeat_raise_nothing(folder):
    assert _kinds(_read(folder, {}, {**LAIN, "Nama": "CONTOH LAIN"})) == set()


def test_the_same_key_links_a_child_across_years_and_another_key_does_not(folder):
    folder.eppgbm({}, {**FEBRUARI, "Tanggal Pengukuran": "2022-02-10"})
    years = [
        build_bahan(folder.path, kode_kabupaten="12.18", tahun=tahun, kunci=kunci).pengukuran
        for tahun, kunci in ((2021, KUNCI), (2022, KUNCI), (2022, b"kunci lain"))
    ]
    first, later, other = (frame["id_anak"].tolist() for frame in years)
    assert first == later != other


@pytest.mark.parametrize(
    ("nik", "fault"),
    [
        (None, "kosong"), ("-", "kosong"), ("0", "0 (tanpa NIK)"), ("Belum punya", "bukan angka"),
        ("121800010120001", "15 angka, bukan 16"), ("12180001012001", "14 angka, bukan 16"),
        ("12180001012000011", "17 angka, bukan 16"), (0, "0 (tanpa NIK)"),
        (1218000101200001, "tersimpan sebagai bilangan"),
        (1.2180001012e15, "tersimpan sebagai bilangan"), ("1,21801E+15", "bukan angka"),
        ("1218.000101200001", "bertitik seperti bilangan"), ("3" * 16, "angka yang sama berulang"),
        ("'1218 0001 0120 0001\u00a0", ""),
    ],
)  # fmt: skip
def test_every_fault_of_a_nik_has_its_name_and_makes_it_no_key(nik, fault):
    assert fault_of_nik(nik) == fault
    assert (clean_nik(nik) is None) == bool(fault)


def test_faults_of_nik_are_counted_apart(folder):
    bahan = _read(
        folder,
        {**TANPA},
        {"NIK": "121800010120001", **FEBRUARI},
        {"NIK": 12180001, **FEBRUARI, "JK": "P"},
    )
    told = temuan(bahan, "P03")["uraian"]
    for fault in ("kosong: 1", "15 angka, bukan 16: 1", "tersimpan sebagai bilangan: 1"):
        assert fault in told
