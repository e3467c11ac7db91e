"""What the rules see at once: years, places, declared words, and the table of numbers."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from reviu_lib.catalog import load_hambatan, load_ringkasan
from reviu_lib.errors import KodeError
from reviu_lib.formatting import join_list
from reviu_lib.review.kamus import load_aturan_usulan, load_temuan_reviu
from reviu_lib.review.konteks import build_konteks
from reviu_lib.review.ringkasan import build_ringkasan, count_putusan, summarize_cakupan
from reviu_lib.review.usulan.kegiatan import _RULES

from .bahan_kecil import DESA, cakupan, make_bahan, make_konteks

RULES = load_aturan_usulan()


@pytest.mark.parametrize(
    ("years", "before", "order"),
    [
        ([2023], 2023, [2023]),
        ([2022], None, [2022]),
        ([2022, 2023, 2021], 2023, [2023, 2022, 2021]),
        ([2024, 2025], None, []),
        ([], None, []),
    ],
)
def test_the_year_before_is_exactly_one_year_before_and_later_years_are_unknown(
    years, before, order
):
    konteks = build_konteks(make_bahan(2024), [make_bahan(year) for year in years])
    assert [item.tahun for item in konteks.lalu] == order
    assert (konteks.sebelum.tahun if konteks.sebelum else None) == before


@pytest.mark.parametrize(
    ("cutoff", "whole"),
    [
        (dt.date(2024, 12, 30), False),
        (dt.date(2024, 12, 31), True),
        (dt.date(2025, 1, 31), True),
        (dt.date(2023, 12, 31), False),
    ],
)
def test_the_year_is_whole_from_its_last_day_on(cutoff, whole):
    assert build_konteks(make_bahan(cutoff=cutoff)).akhir_tahun is whole


def test_the_official_places_of_soppeng_are_counted():
    desa = build_konteks(make_bahan()).desa
    assert (len(desa), desa["kode_kecamatan"].nunique()) == (49 + 21, 8)


def test_a_desa_that_only_the_data_name_is_kept_behind_the_official_ones():
    row = cakupan("73.12.01.2999 5 10").assign(desa="<b>Baru</b>", kecamatan="Marioriwawo")
    konteks = build_konteks(make_bahan(cakupan=pd.concat([row, row])))
    assert len(konteks.desa) == 71
    assert konteks.desa.iloc[-1].tolist() == [
        "73.12.01.2999", "<b>Baru</b>", "73.12.01", "Marioriwawo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kode", "nama"),
    [
        ("00", "Indonesia"),
        ("73", "Sulawesi Selatan"),
        ("73.12", "Kabupaten Soppeng"),
        ("12.18", "Kabupaten Serdang Bedagai"),
        ("73.12.01", "Marioriwawo"),
    ],
)
def test_every_region_is_called_by_its_name(kode, nama):
    assert build_konteks(make_bahan()).name_of(kode) == nama


def test_an_unknown_region_is_refused():
    with pytest.raises(KodeError):
        build_konteks(make_bahan()).name_of("99.99")


def test_every_rule_of_the_list_has_its_reason_and_a_word_the_meeting_knows():
    assert set(_RULES) == set(RULES.kegiatan.alasan)
    assert set(_RULES.values()) == set(RULES.kegiatan.putusan)


def test_removal_is_tried_before_everything_else_and_enough_comes_last():
    order = list(_RULES)
    removal = [order.index(name) for name, word in _RULES.items() if word == "usul dihapus"]
    assert max(removal) < min(order.index(name) for name in ("tidak_di_dpa", "kurang", "selesai"))
    assert order[-1] == "cukup"


def test_every_barrier_category_has_a_general_direction_and_the_hopeless_one_is_among_them():
    categories = load_hambatan()
    assert RULES.hambatan.pertanyaan_indikator.endswith("?")
    assert RULES.kegiatan.kategori_tak_dapat_diperbaiki in categories
    assert all(card.arahan_solusi.strip() for card in categories.values())


@pytest.mark.parametrize("kode", sorted(load_temuan_reviu()))
def test_every_finding_of_the_review_says_what_was_done_and_what_to_do(kode):
    card = load_temuan_reviu()[kode]
    assert card.tingkat in ("galat", "peringatan", "catatan")
    assert "X, Y, dan Z" in card.uraian.format(rincian=join_list(["X", "Y", "Z"]))
    assert card.tindakan
    assert card.saran


NUMBER, TEXT = "jumlah_hambatan", "kategori_terbanyak_teks"


@pytest.mark.parametrize(
    ("given", "nilai", "teks"),
    [
        ({NUMBER: 0}, 0.0, None),
        ({NUMBER: None}, None, None),
        ({NUMBER: pd.NA}, None, None),
        ({NUMBER: float("nan")}, None, None),
        ({}, None, None),
        ({NUMBER: True}, 1.0, None),
        ({TEXT: "SDM & <b>"}, None, "SDM & <b>"),
        ({TEXT: pd.NA}, None, None),
    ],
)
def test_zero_is_zero_and_missing_is_missing_in_the_table_of_numbers(given, nilai, teks):
    rows = build_ringkasan(given).set_index("baris")
    value = rows.loc[NUMBER, "nilai"]
    word = rows.loc[TEXT, "teks"]
    assert (None if pd.isna(value) else value, None if pd.isna(word) else word) == (nilai, teks)


def test_every_declared_number_stands_once_in_the_declared_order():
    rows = build_ringkasan({NUMBER: 3})
    assert rows["baris"].tolist() == list(load_ringkasan())
    assert rows["nilai"].notna().sum() == 1


def test_decisions_are_counted_over_all_tables_and_empty_tables_have_none():
    frame = pd.DataFrame({"putusan": ["selesai", None, "entah"]})
    assert count_putusan(frame, pd.DataFrame(), frame.iloc[1:2]) == {"jumlah_putusan": 2}


COVERAGE = ["tingkat", "status_capaian", "status_data", "status_tren", "tren_poin", "arah",
            "pembilang", "penyebut"]  # fmt: skip


def test_the_numbers_of_coverage_count_only_the_rows_of_the_kabupaten():
    rows = [
        ("kabupaten", "tercapai", "lengkap", "naik", 5.0, "naik", 9, 10),
        ("kabupaten", "belum tercapai", "sementara", "naik", 5.0, "turun", 9, 10),
        ("kabupaten", "belum tercapai", "lengkap", "tetap", 0.0, "naik", 1, 10),
        ("kabupaten", "belum dapat dinilai", "lengkap", "tidak dapat dibandingkan", None, "naik",
         1, 10),
        ("kabupaten", "belum dapat dinilai", "tidak tersedia", "tidak tersedia", None, "naik",
         None, None),
        ("desa", "tercapai", "lengkap", "naik", 5.0, "naik", 9, 10),
    ]  # fmt: skip
    numbers = summarize_cakupan(
        pd.DataFrame(rows, columns=COVERAGE), make_konteks(make_bahan(), desa=DESA)
    )
    short = {key.removeprefix("jumlah_"): value for key, value in numbers.items()}
    assert short == {
        "indikator": 5, "indikator_berdata": 4, "indikator_dinilai": 3, "indikator_tercapai": 1,
        "indikator_belum": 2, "indikator_tercapai_persen": pytest.approx(100 / 3),
        "indikator_naik": 1, "indikator_turun": 1, "indikator_tetap": 1,
        "indikator_tak_banding": 1, "indikator_sementara": 1, "desa": 4, "kecamatan": 2,
    }  # fmt: skip


def test_no_judged_indicator_gives_no_share_of_reached_ones():
    row = ("kabupaten", "belum dapat dinilai", "lengkap", "tetap", 0.0, "naik", 1, 10)
    frame = pd.DataFrame([row], columns=COVERAGE)
    numbers = summarize_cakupan(frame, make_konteks(make_bahan(), desa=DESA))
    assert pd.isna(numbers["indikator_tercapai_persen"])
