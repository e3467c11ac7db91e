"""What the shipped declarations must hold: eras, cards, targets, thresholds, words."""

import csv
import tomllib
from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from reviu_lib import catalog
from reviu_lib.formatting import FORMATS
from reviu_lib.reference import nama_wilayah, normalize_nama

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ERA = tomllib.loads((CASES / "era.toml").read_text("utf-8"))["kasus"]
PADANAN = tomllib.loads((CASES / "padanan_indikator.toml").read_text("utf-8"))["kasus"]
ATURAN = [catalog.load_aturan(tahun) for tahun in (2018, 2022, 2025)]
KARTU = [card for name in ("r1", "r2") for card in catalog.load_indikator(name).values()]


def ids(items):
    return [item.kode for item in items]


def index_names(set_indikator):
    cards = catalog.load_indikator(set_indikator).values()
    return [
        (normalize_nama(nama), card.kode) for card in cards for nama in (card.nama, *card.alias)
    ]


@pytest.mark.parametrize("case", ERA, ids=lambda case: str(case["tahun"]))
def test_the_year_switches_set_names_and_titles(case):
    aturan = catalog.load_aturan(case["tahun"])
    assert [aksi.nama for aksi in aturan.aksi] == case["nama_aksi"]
    for key in ("kode", "set_indikator", "judul_reviu", "aksi_reviu"):
        assert getattr(aturan, key) == case[key]
    for key in ("indikator_sasaran_balita", "indikator_krs"):
        assert getattr(aturan, key) == case[key]


@pytest.mark.parametrize("case", ERA, ids=lambda case: str(case["tahun"]))
def test_the_year_switches_the_national_targets(case):
    targets = catalog.load_aturan(case["tahun"]).target_prevalensi
    for tahun, values in case["prevalensi_nasional"].items():
        national = [t.nilai for t in targets if t.tingkat == "nasional" and t.tahun == int(tahun)]
        assert national == values


def test_eras_follow_each_other_without_gap_or_overlap():
    for earlier, later in pairwise(ATURAN):
        assert later.tahun_mulai == earlier.tahun_akhir + 1


def test_every_era_file_is_one_of_the_eras():
    folder = files("reviu_lib").joinpath("definitions", "aturan")
    assert sorted(entry.name for entry in folder.iterdir()) == [f"{a.kode}.toml" for a in ATURAN]


@pytest.mark.parametrize("aturan", ATURAN, ids=ids(ATURAN))
def test_an_era_names_six_outputs_and_five_document_parts(aturan):
    assert len(aturan.keluaran) == 6
    assert len(aturan.bagian_dokumen) == 5


@pytest.mark.parametrize("aturan", ATURAN, ids=ids(ATURAN))
def test_an_era_refers_only_to_what_exists(aturan):
    cards = catalog.load_indikator(aturan.set_indikator)
    assert aturan.indikator_sasaran_balita in cards
    assert aturan.indikator_krs in {*cards, ""}
    assert aturan.aksi_reviu in {aksi.kode for aksi in aturan.aksi}
    assert set(aturan.bulan_penimbangan) == {2, 8}


@pytest.mark.parametrize("aturan", ATURAN, ids=ids(ATURAN))
def test_all_aksi_weigh_the_same_and_say_that_it_is_assumed(aturan):
    assert {aksi.bobot for aksi in aturan.aksi} == {1.0}
    assert {aksi.status for aksi in aturan.aksi} == {"asumsi"}
    assert any("bobot" in text for text in aturan.asumsi)


@pytest.mark.parametrize("aturan", ATURAN, ids=ids(ATURAN))
def test_where_recommendations_go_is_an_aksi_of_that_era(aturan):
    names = [aksi.nama for aksi in aturan.aksi]
    assert any(nama in aturan.masukan_analisis for nama in names)
    assert any(nama in aturan.masukan_rencana for nama in names)


@pytest.mark.parametrize("aturan", ATURAN, ids=ids(ATURAN))
def test_every_assumption_is_a_sentence(aturan):
    assert all(text[0].isupper() and text.endswith(".") for text in aturan.asumsi)
    assert len(set(aturan.asumsi)) == len(aturan.asumsi)


@pytest.mark.parametrize("aturan", ATURAN, ids=ids(ATURAN))
def test_prevalence_targets_name_their_source_and_an_existing_region(aturan):
    for target in aturan.target_prevalensi:
        assert target.sumber
        assert nama_wilayah(target.kode_wilayah)
        assert (target.kode_wilayah == "00") == (target.tingkat == "nasional")


@pytest.mark.parametrize("aturan", ATURAN, ids=ids(ATURAN))
def test_no_target_in_an_era_file_claims_to_be_a_kabupatens_own(aturan):
    assert all(target.tingkat != "kabupaten" for target in aturan.target_prevalensi)


def test_a_review_in_december_2024_cannot_know_the_reset_target():
    reset = [t for t in ATURAN[1].target_prevalensi if t.nilai == 20.1]
    assert [t.is_known(date(2024, 12, 10)) for t in reset] == [False]
    assert [t.is_known(date(2025, 6, 1)) for t in reset] == [True]


def test_the_sets_have_29_and_20_cards():
    assert list(catalog.load_indikator("r2")) == [f"E{n:02d}" for n in range(1, 30)]
    assert list(catalog.load_indikator("r1")) == [f"I{n:02d}" for n in range(1, 21)]


@pytest.mark.parametrize("set_indikator", ["r1", "r2"])
def test_a_card_stands_in_the_file_of_its_code(set_indikator):
    folder = files("reviu_lib").joinpath("definitions", "indikator", set_indikator)
    codes = set(catalog.load_indikator(set_indikator))
    assert {entry.name.removesuffix(".toml") for entry in folder.iterdir()} == codes


@pytest.mark.parametrize("card", KARTU, ids=ids(KARTU))
def test_every_card_is_filled_and_every_target_has_a_source(card):
    texts = [value for key, value in card if isinstance(value, str)]
    assert all(texts)
    assert all(target.sumber and 0 < target.nilai <= 100 for target in card.target)


@pytest.mark.parametrize("card", KARTU, ids=ids(KARTU))
def test_a_card_has_at_most_one_target_per_level_and_year(card):
    keys = [(target.tingkat, target.tahun) for target in card.target]
    assert len(set(keys)) == len(keys)


def test_only_unmet_need_and_unwanted_pregnancy_are_better_when_lower():
    assert [card.kode for card in KARTU if card.arah == "turun"] == ["E12", "E13"]


def test_older_cards_are_all_assumed_and_have_no_target():
    cards = catalog.load_indikator("r1").values()
    assert {card.status for card in cards} == {"asumsi"}
    assert not any(card.target for card in cards)


def test_stop_babs_has_no_target_and_says_why():
    card = catalog.load_indikator("r2")["E20"]
    assert card.target == ()
    assert "desa/kelurahan" in card.rujukan


def test_rematri_ttd_takes_the_perpres_target_and_names_the_other():
    card = catalog.load_indikator("r2")["E01"]
    assert [(target.nilai, target.sumber) for target in card.target] == [
        (58.0, "Perpres 72/2021 Lampiran A")
    ]
    assert "80" in card.rujukan


@pytest.mark.skipif(not SHARED.exists(), reason="tabel rujukan bersama tidak ada di mesin ini")
def test_cards_agree_with_the_reference_table():
    with (SHARED / "reference" / "indikator_29_esensial.csv").open(encoding="utf-8-sig") as file:
        rows = {row["kode"]: row for row in csv.DictReader(file)}
    cards = catalog.load_indikator("r2")
    assert list(rows) == list(cards)
    for kode, card in cards.items():
        row = rows[kode]
        assert (card.nama, card.jenis, card.arah) == (row["nama"], row["jenis"], row["arah"])
        assert (card.opd, card.sumber_data) == (row["opd_utama"], row["sumber_data"])
        assert [t.nilai for t in card.target] == [float(row["target2024"] or 0)][: len(card.target)]
        assert bool(card.target) == bool(row["target2024"])
        expected = "terverifikasi" if row["status_target"] == "V" else "asumsi"
        assert {target.status for target in card.target} <= {expected}


@pytest.mark.parametrize("set_indikator", ["r1", "r2"])
def test_no_name_or_alias_points_at_two_cards(set_indikator):
    owners = {}
    for nama, kode in index_names(set_indikator):
        assert owners.setdefault(nama, kode) == kode


@pytest.mark.parametrize("case", PADANAN, ids=lambda case: f"{case['kode']}-{case['nama'][:40]}")
def test_real_names_match_their_card_and_look_alikes_match_none(case):
    assert dict(index_names(case["set"])).get(normalize_nama(case["nama"]), "") == case["kode"]


def test_locus_weights_sum_to_one():
    numbers = catalog.load_ambang().angka
    weights = [item.nilai for key, item in numbers.items() if key.startswith("bobot_lokus_")]
    assert len(weights) == 4
    assert sum(weights) == pytest.approx(1)


@pytest.mark.parametrize("nama", ["capaian", "prevalensi"])
def test_scale_classes_fall_and_differ_in_colour_and_symbol(nama):
    classes = catalog.load_ambang().skala[nama].kelas
    bounds = [item.batas_bawah for item in classes]
    assert bounds == sorted(bounds, reverse=True)
    assert len({item.warna for item in classes}) == len(classes)
    assert len({item.simbol for item in classes}) == len(classes)


def test_every_threshold_has_a_source():
    ambang = catalog.load_ambang()
    assert all(item.rujukan and item.arti for item in ambang.angka.values())
    assert ambang["z_stunting"] == -2


def test_no_summary_number_is_declared_twice():
    keys = [key for entries in catalog.read_toml("ringkasan.toml").values() for key in entries]
    assert len(keys) == len(set(keys)) == len(catalog.load_ringkasan())


def test_every_summary_number_has_a_known_format():
    assert {item.format for item in catalog.load_ringkasan().values()} <= set(FORMATS)


def test_barrier_categories_are_those_of_the_workbook():
    choices = catalog.tabel_masukan()["hambatan"]["kategori"].pilihan
    assert tuple(catalog.load_hambatan()) == choices
    assert all(item.pertanyaan.endswith("?") for item in catalog.load_hambatan().values())


TABEL = [*catalog.tabel_masukan().values(), *catalog.tabel_hasil().values()]


@pytest.mark.parametrize("tabel", TABEL, ids=lambda tabel: tabel.nama)
def test_table_keys_are_columns_and_choices_are_given(tabel):
    assert set(tabel.kunci) <= set(tabel.nama_kolom)
    for kolom in tabel.kolom:
        assert (kolom.jenis == "pilihan") == bool(kolom.pilihan)
        assert kolom.jenis in FORMATS
        assert kolom.judul
        assert kolom.arti


@pytest.mark.parametrize("tabel", TABEL, ids=lambda tabel: tabel.nama)
def test_money_columns_say_so_in_their_name(tabel):
    rupiah = {kolom.nama for kolom in tabel.kolom if kolom.jenis == "rupiah"}
    assert {nama for nama in tabel.nama_kolom if nama.endswith("_rp")} == rupiah
