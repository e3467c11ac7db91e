"""A child is a keyed pseudonym; no identity survives reading, wherever it was written."""

import string

import pandas as pd
import pytest

from reviu_lib.bahan import table_fields
from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.identity import clean_nik, mask_text

from .conftest import KUNCI, temuan

CANARY = {
    "NIK": "1218000101209999",
    "Nama": "CANARY ANAK UJI",
    "Nama Ortu": "KENARI AYAH UJI / KENARI IBU UJI",
    "Alamat": "Dusun Kenari 081234567890",
    "Tgl Lahir": "2019-03-17",
}
RAHASIA = [
    "1218000101209999", "1218 0001 0120 9999", "canary anak uji", "kenari ayah uji",
    "kenari ibu uji", "081234567890", "0812-3456-7890", "dusun kenari", "2019-03-17", "17/03/2019",
]  # fmt: skip


def _all_text(bahan):
    frames = [getattr(bahan, field) for field in table_fields()]
    cells = [str(value) for frame in frames for value in frame.to_numpy(dtype=object).ravel()]
    return "\n".join(cells).lower()


def _children(folder, *anak):
    folder.eppgbm(*anak)
    return folder.read().pengukuran


def test_no_planted_identity_survives_in_any_table_or_finding(folder):
    note = (
        "Canary  Anak Uji (NIK 1218 0001 0120 9999), anak Kenari Ibu Uji, hp 0812-3456-7890, "
        "tgl lahir 17/03/2019, tidak hadir."
    )
    folder.eppgbm(
        CANARY,
        {**CANARY, "Posyandu": "1218000101209999", "Tanggal Pengukuran": "CANARY ANAK UJI"},
        {
            **CANARY,
            "Berat": "081234567890",
            "Desa/Kel": "Canary Anak Uji",
            "JK": "1218000101209999",
        },
    )
    folder.workbook(
        hambatan={"id_hambatan": "H1", "kategori": "Canary Anak Uji", "uraian": note},
        kegiatan={"id_kegiatan": "1218000101209999", "sub_kegiatan": note, "opd": "081234567890",
                  "target_output": "CANARY ANAK UJI"},
    )  # fmt: skip
    folder.text("1218000101209999.csv", "1218000101209999;CANARY ANAK UJI;1\n")
    seen = _all_text(folder.read())
    assert [secret for secret in RAHASIA if secret in seen] == []
    assert "tidak hadir" in seen


def test_identity_in_free_text_is_told_without_being_shown(read_one):
    bahan = read_one(hambatan={"id_hambatan": "H1", "uraian": "Anak an. Contoh Budi tidak datang"})
    assert bahan.hambatan["uraian"].tolist() == ["Anak an. [nama disamarkan] tidak datang"]
    assert temuan(bahan, "P02")["sel"] == "baris 2"


def test_ordinary_words_and_budget_codes_are_not_masked():
    text = "Kegiatan 1.02.02.2.02.0015 di Desa Sei Buluh, Rp1.250.000.000, SK 440/123/2021"
    assert mask_text(text, frozenset({"contoh anak"})) == text


def test_a_pseudonym_depends_on_the_key_and_is_made_of_letters(folder):
    folder.eppgbm({})
    ids = [
        build_bahan(folder.path, kode_kabupaten="12.18", tahun=2021, kunci=key).pengukuran[
            "id_anak"
        ][0]
        for key in (KUNCI, KUNCI, b"kunci lain")
    ]
    assert ids[0] == ids[1] != ids[2]
    assert set(ids[0]) <= set(string.ascii_lowercase)
    assert len(ids[0]) == 20


def test_spelling_of_a_valid_nik_does_not_make_another_child(folder):
    children = _children(
        folder,
        {"NIK": "1218000101200001"},
        {"NIK": "'1218 0001 0120 0001\u00a0", "Tanggal Pengukuran": "2021-02-10"},
    )
    assert children["id_anak"].nunique() == 1
    assert set(children["dasar_id"]) == {"nik"}


@pytest.mark.parametrize(
    "nik",
    [1218000101200001, 1.2180001012e15, "1,218E+15", "121800010120000", "", "0", None,
     "35.2318000101200001", "9999999999999999"],
)  # fmt: skip
def test_a_damaged_nik_is_never_a_key(folder, nik):
    assert clean_nik(nik) is None
    folder.eppgbm({"NIK": nik})
    bahan = folder.read()
    assert bahan.pengukuran["dasar_id"].tolist() == ["nama"]
    assert temuan(bahan, "P03")["nilai"] == "(isi tidak ditampilkan)"


def test_without_nik_name_birth_sex_and_desa_tell_children_apart(folder):
    same = {"NIK": None, "Tanggal Pengukuran": "2021-02-10", "Nama": "Contoh  anak SATU"}
    children = _children(
        folder,
        {"NIK": None},
        same,
        {**same, "Tgl Lahir": "2020-01-16"},
        {**same, "JK": "P"},
        {**same, "Kec": "TELUK MENGKUDU"},
    )
    assert children["id_anak"].nunique() == 4


def test_one_nik_of_two_children_is_not_used(folder):
    folder.eppgbm({}, {"Nama": "CONTOH DUA", "Tgl Lahir": "2019-05-05"})
    bahan = folder.read()
    assert bahan.pengukuran["id_anak"].nunique() == 2
    assert temuan(bahan, "P04")["jumlah"] == 2


def test_children_nothing_identifies_are_each_counted(folder):
    folder.eppgbm({"NIK": None, "Nama": None}, {"NIK": None, "Nama": None})
    bahan = folder.read()
    assert bahan.pengukuran["id_anak"].nunique() == 2
    assert temuan(bahan, "P05")["jumlah"] == 2


def test_the_dropped_columns_are_listed(folder):
    folder.eppgbm({})
    assert "nama_ortu" in temuan(folder.read(), "P01")["uraian"]


def test_missing_values_in_every_identity_column_are_no_crash(folder):
    folder.eppgbm(dict.fromkeys(["NIK", "Nama", "Nama Ortu", "Alamat", "Tgl Lahir", "JK"]))
    assert pd.isna(folder.read().pengukuran["usia_hari"][0])
