"""Codes of an older list: which were valid when, and what they have probably become."""

import gzip
import hashlib
import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from skrip import load_script

from reviu_lib import reference
from reviu_lib.errors import DefinisiError, KodeError
from reviu_lib.reference.deklarasi import DaftarPerubahan, EjaanWilayah, build

ROOT = Path(__file__).resolve().parents[2]
FOLDER = files("reviu_lib").joinpath("reference")
FORMER = reference.load_terdahulu()
PROVENANCE = reference.describe_terdahulu()
CHANGES = reference.load_perubahan()
CURRENT = reference.load_wilayah()
NAMES = dict(zip(CURRENT["kode"], CURRENT["nama"], strict=True))


def plain(nama):
    words = re.sub(r"^(kab\.?|kabupaten|kota)\s+", "", nama.lower())
    return re.sub(r"[^a-z]", "", words)


def test_the_older_list_has_the_regions_of_permendagri_72_2019():
    levels = Counter(("provinsi", "kabupaten", "kecamatan", "desa")[k.count(".")] for k in FORMER)
    assert levels == PROVENANCE["jumlah"]
    kinds = Counter(kode[9] for kode in FORMER if kode.count(".") == 3)
    assert kinds == {"1": 8488, "2": 74953}


def test_the_vendored_difference_is_the_one_described():
    packed = FOLDER.joinpath("wilayah_2019.csv.gz").read_bytes()
    assert packed[4:8] == bytes(4)
    assert hashlib.sha256(gzip.decompress(packed)).hexdigest() == PROVENANCE["sha256_csv"]


def test_the_difference_can_be_built_again_from_both_lists():
    builder = load_script("build_wilayah_lama")
    content = builder.build_difference(FORMER, NAMES)
    assert content == gzip.decompress(FOLDER.joinpath("wilayah_2019.csv.gz").read_bytes())
    written = FOLDER.joinpath("wilayah_2019.toml").read_text("utf-8")
    assert builder.build_provenance(FORMER, content) == written


def test_the_licence_of_the_older_list_is_carried():
    notice = (ROOT / "docs" / "lisensi-data.md").read_text("utf-8")
    assert f"`{PROVENANCE['paket']}` versi {PROVENANCE['versi']}" in notice


@pytest.mark.parametrize(
    ("kode", "tahun", "valid"),
    [
        ("12.18.02.2001", 2021, True),
        ("12.18.02.2001", 2025, True),
        ("91.09", 2020, True),
        ("91.09", 2021, True),
        ("91.09", 2025, False),
        ("94.04", 2021, False),
        ("94.04", 2026, True),
        ("94.04", 2023, None),
        ("12.18", 2018, None),
        ("12.18.02.2999", 2021, False),
    ],
)
def test_a_code_was_valid_in_a_year_whose_list_is_shipped(kode, tahun, valid):
    assert reference.was_valid(kode, tahun) is valid


def test_every_declared_change_agrees_with_both_lists():
    assert len(CHANGES) == 26
    for kode, change in CHANGES.items():
        assert reference.is_former(kode)
        assert change.nama == NAMES[change.kode_baru].strip()
        assert plain(FORMER[kode]) == plain(change.nama)
        assert FORMER[kode].startswith("KOTA") == change.nama.startswith("Kota")
        assert change.rujukan.startswith("UU Nomor ")


def test_every_kabupaten_code_that_is_gone_is_declared():
    gone = {kode for kode in FORMER if len(kode) == 5 and kode not in NAMES}
    assert gone == set(CHANGES)


@pytest.mark.parametrize(
    ("kode", "now"),
    [("91.09", "94.04"), ("91.09.01.2001", "94.04"), ("12.18.02", "12.18"), ("99.01", "")],
)
def test_any_code_tells_its_kabupaten_of_today(kode, now):
    assert reference.current_kabupaten(kode) == now


def test_an_old_kabupaten_code_is_refused_with_the_law_and_the_new_code():
    with pytest.raises(KodeError, match=r"94\.04 \(Kabupaten Mimika\) oleh UU Nomor 15 Tahun 2022"):
        reference.validate_kode_kabupaten("91.09")


def test_a_desa_of_the_same_name_and_kecamatan_is_the_likely_successor():
    near = reference.list_successors("91.01.02.2005")
    assert (near[0].nama, near[0].skor) == ("Wan", 1.0)
    assert near[0].kode.startswith("93.01.")


def test_the_same_number_below_the_new_kabupaten_may_be_another_desa():
    assert FORMER["91.01.02.2003"] == "Boha"
    assert NAMES["93.01.02.2003"] == "Wan"
    assert "93.01.02.2003" not in {item.kode for item in reference.list_successors("91.01.02.2003")}


@pytest.mark.parametrize("kode", ["12.18.02.2999", "99.01.01.2001", "", "bukan kode"])
def test_what_was_never_a_code_has_no_successor(kode):
    assert reference.list_successors(kode) == ()
    assert not reference.is_former(kode)


def test_successors_come_the_likeliest_first_and_are_desa_of_today():
    gone = sorted(k for k in FORMER if k.count(".") == 3 and k not in NAMES)[::60]
    for kode in gone:
        near = reference.list_successors(kode)
        scores = [item.skor for item in near]
        assert scores == sorted(scores, reverse=True)
        assert all(item.kode in NAMES and 0 < item.skor <= 1 for item in near)


@pytest.mark.parametrize("name", ["nama.toml", "perubahan.toml"])
def test_a_mistyped_key_is_an_error_that_names_it(name):
    model = EjaanWilayah if name == "nama.toml" else DaftarPerubahan
    path = files("reviu_lib").joinpath("definitions", "wilayah", name)
    data = tomllib.loads(path.read_text("utf-8"))
    assert build(model, data, name)
    with pytest.raises(DefinisiError, match="rujukn"):
        build(model, {**data, "rujukn": "salah"}, name)


def test_declared_names_are_of_existing_regions_and_decrees_are_cited():
    ejaan = reference.load_ejaan()
    for other in (*ejaan.provinsi, *ejaan.kabupaten):
        assert other.kode in NAMES
        assert len(set(other.alias)) == len(other.alias)
    for other in ejaan.kabupaten:
        assert bool(other.rujukan and other.sampai) == (other.jenis == "nama lama")


def test_an_other_name_never_hides_an_official_one():
    for other in reference.load_ejaan().kabupaten:
        for alias in other.alias:
            assert {hit.kode for hit in reference.find_kabupaten(alias)} == {other.kode}


@pytest.mark.parametrize(
    ("nama", "kode"),
    [
        ("KEP. BABEL", "19"), ("Provinsi  Bangka Belitung", "19"), ("KEP.RIAU", "21"),
        ("SULSEL", "73"), ("DIY", "34"), ("DI YOGYAKARTA", "34"), ("DKI", "31"), ("NTT", "53"),
        ("Prov. Jawa Timur", "35"), ("Sumatra Utara", "12"), ("PAPUA", "91"), ("", ""),
        ("Serdang", ""), ("Jawa", ""),
    ],
)  # fmt: skip
def test_provinces_are_known_by_their_abbreviations(nama, kode):
    assert reference.find_provinsi(nama) == kode


@pytest.mark.parametrize("kode", [kode for kode in NAMES if len(kode) == 2])
def test_every_province_is_its_own_name(kode):
    assert reference.find_provinsi(NAMES[kode].upper()) == kode
