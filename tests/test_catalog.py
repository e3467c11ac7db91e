"""Declarations are strict, and what is declared decides: eras, scales, tables."""

import tomllib

import pandas as pd
import pytest

from reviu_lib import catalog
from reviu_lib.errors import DefinisiError, KodeError

TARGET = """
tingkat = "nasional"
tahun = 2024
nilai = 14
sumber = "Perpres 72/2021"
status = "terverifikasi"
"""


def read_target(text):
    return catalog.build(catalog.Target, tomllib.loads(text), "uji.toml")


def test_a_complete_declaration_is_read():
    assert read_target(TARGET).nilai == 14.0


def test_an_unknown_key_is_refused_by_name():
    with pytest.raises(DefinisiError, match="'nialai'"):
        read_target(TARGET + "nialai = 20")


@pytest.mark.parametrize("key", ["tingkat", "tahun", "nilai", "sumber", "status"])
def test_a_missing_key_is_refused_by_name(key):
    lines = [line for line in TARGET.splitlines() if not line.startswith(key)]
    with pytest.raises(DefinisiError, match=f"'{key}'"):
        read_target("\n".join(lines))


def test_the_refusal_names_the_file():
    with pytest.raises(DefinisiError, match=r"uji\.toml"):
        read_target("tahun = 2024")


@pytest.mark.parametrize("code", ["12.10", "12", "73"])
def test_an_unquoted_code_is_refused(code):
    with pytest.raises(DefinisiError, match="kode_wilayah"):
        read_target(TARGET + f"kode_wilayah = {code}")


def test_a_quoted_code_keeps_its_last_zero():
    assert read_target(TARGET + 'kode_wilayah = "12.10"').kode_wilayah == "12.10"


def test_a_quoted_number_is_refused():
    with pytest.raises(DefinisiError, match="tahun"):
        read_target(TARGET.replace("2024", '"2024"'))


def test_a_word_outside_the_choices_is_refused():
    with pytest.raises(DefinisiError, match="status"):
        read_target(TARGET.replace("terverifikasi", "resmi"))


def test_declarations_cannot_be_changed_after_loading():
    with pytest.raises(ValueError, match="frozen"):
        read_target(TARGET).nilai = 15


def test_a_missing_definition_file_is_named():
    with pytest.raises(DefinisiError, match="tidak-ada"):
        catalog.read_toml("aturan", "tidak-ada.toml")


@pytest.mark.parametrize(
    ("tahun", "kode"),
    [(2018, "r1"), (2021, "r1"), (2022, "r2"), (2024, "r2"), (2025, "r3"), (2040, "r3")],
)
def test_the_year_chooses_the_era(tahun, kode):
    assert catalog.load_aturan(tahun).kode == kode


@pytest.mark.parametrize("tahun", [2017, 2100, 0])
def test_a_year_without_an_era_is_refused(tahun):
    with pytest.raises(KodeError, match=str(tahun)):
        catalog.load_aturan(tahun)


@pytest.mark.parametrize(
    ("nilai", "kelas"),
    [
        (250, "Sangat tinggi"),
        (91, "Sangat tinggi"),
        (90.99, "Tinggi"),
        (90.4, "Tinggi"),
        (76, "Tinggi"),
        (75.99, "Sedang"),
        (66, "Sedang"),
        (65.99, "Rendah"),
        (51, "Rendah"),
        (50.99, "Sangat rendah"),
        (0, "Sangat rendah"),
        (-5, "Sangat rendah"),
    ],
)
def test_attainment_classes_start_at_their_printed_lower_bound(nilai, kelas):
    assert catalog.load_ambang().skala["capaian"].classify(nilai) == kelas


@pytest.mark.parametrize(
    ("nilai", "warna"),
    [
        (30.01, "merah"),
        (30, "kuning"),
        (20.01, "kuning"),
        (20, "hijau"),
        (10.01, "hijau"),
        (10, "biru"),
        (0, "biru"),
    ],
)
def test_prevalence_of_exactly_twenty_is_green(nilai, warna):
    assert catalog.load_ambang().skala["prevalensi"].classify(nilai) == warna


def test_an_empty_table_has_its_columns_and_types():
    tabel = catalog.tabel_masukan()["anggaran"]
    empty = tabel.empty()
    assert list(empty.columns) == tabel.nama_kolom
    assert empty["realisasi_rp"].dtype == "Int64"
    assert len(empty) == 0


def test_conform_orders_fills_and_types_the_columns():
    tabel = catalog.tabel_masukan()["lokus"]
    rows = pd.DataFrame({"tahun": [2024.0], "kode_desa": ["12.18.02.2010"]}, index=[7])
    frame = tabel.conform(rows)
    assert list(frame.columns) == ["kode_desa", "tahun", "dasar"]
    assert frame.index.tolist() == [0]
    assert frame["tahun"].tolist() == [2024]
    assert frame["dasar"].isna().all()


def test_conform_keeps_missing_missing_and_zero_zero():
    tabel = catalog.tabel_masukan()["cakupan"]
    frame = tabel.conform(pd.DataFrame({"pembilang": [0, None], "penyebut": [None, 0]}))
    assert frame["pembilang"].isna().tolist() == [False, True]
    assert frame["penyebut"].isna().tolist() == [True, False]


def test_text_as_pandas_infers_it_becomes_the_declared_text():
    tabel = catalog.tabel_masukan()["lokus"]
    inferred = pd.DataFrame({"dasar": pd.Series(["SK", None], dtype="str")})
    whole = tabel.conform(inferred).assign(dasar=inferred["dasar"])
    assert repr(tabel.conform(whole)["dasar"].dtype) == repr(tabel.empty()["dasar"].dtype)


@pytest.mark.parametrize("nama", list(catalog.tabel_masukan()))
def test_conform_changes_nothing_the_second_time(nama):
    tabel = catalog.tabel_masukan()[nama]
    rows = pd.DataFrame({tabel.nama_kolom[0]: pd.Series([None], dtype="object")})
    once = tabel.conform(rows)
    pd.testing.assert_frame_equal(tabel.conform(once), once)


def test_conform_refuses_an_undeclared_column():
    with pytest.raises(DefinisiError, match="nik"):
        catalog.tabel_masukan()["lokus"].conform(pd.DataFrame({"nik": ["x"]}))


def test_a_table_knows_its_columns_by_name():
    kolom = catalog.tabel_masukan()["anggaran"]["realisasi_rp"]
    assert (kolom.judul_lembar, kolom.dtype) == ("realisasi", "Int64")
    with pytest.raises(DefinisiError, match="pagu_palsu"):
        catalog.tabel_masukan()["anggaran"]["pagu_palsu"]
