"""Belitung Timur 2022-2023: every row recomputed, every contradiction of its numbers found."""

from __future__ import annotations

import pytest

from reviu_lib.review import review

from .rekap_nyata import bahan_beltim, perlu_data

pytestmark = perlu_data


@pytest.fixture(scope="module")
def hasil(tmp_path_factory):
    """The reviews of both years; 2023 knows 2022."""
    b2022, b2023 = (bahan_beltim(year, tmp_path_factory.mktemp(f"{year}")) for year in (2022, 2023))
    return {2022: review(b2022), 2023: review(b2023, [b2022])}


def sdgs(hasil, tahun: int, no: int):
    return _row(hasil, f"beltim_sdgs_{tahun}.csv", tahun, no)


def spm(hasil, tahun: int, no: int):
    return _row(hasil, f"beltim_spm_{tahun}.csv", tahun, no)


def _row(hasil, berkas: str, tahun: int, no: int):
    rows = hasil[tahun].rekap_indikator.set_index("baris")
    return rows.loc[f"{berkas}#{no}"]


def test_every_recap_row_appears(hasil):
    assert [len(hasil[tahun].rekap_indikator) for tahun in (2022, 2023)] == [51, 51]


def test_every_published_quotient_agrees_within_rounding_but_one(hasil):
    wrong = [
        row.baris
        for tahun in (2022, 2023)
        for row in hasil[tahun].rekap_indikator.itertuples()
        if row.status == "tidak cocok"
    ]
    assert wrong == ["beltim_sdgs_2022.csv#15"]


def test_contradiction_1_infant_mortality_is_a_slipped_decimal_point(hasil):
    row = sdgs(hasil, 2022, 15)
    assert (row["capaian_tercetak"], round(row["capaian_hitung"], 2)) == (1.23, 12.30)
    assert "koma bergeser" in row["keterangan"]


def test_contradiction_2_long_term_contraception_repeats_all_contraception(hasil):
    assert "sama dengan baris 4, padahal hanya bagiannya" in sdgs(hasil, 2022, 29)["keterangan"]
    assert "tahun lalu angkanya sama" in sdgs(hasil, 2023, 29)["keterangan"]


def test_contradiction_3_one_numerator_has_two_denominators(hasil):
    for row in (sdgs(hasil, 2022, 2), spm(hasil, 2022, 2)):
        assert "pembilang yang sama memakai penyebut lain" in row["keterangan"]
    assert "R22" in set(hasil[2022].mutu_data["kode"])


def test_contradiction_4_exclusive_breastfeeding_uses_the_immunisation_denominator(hasil):
    note = sdgs(hasil, 2023, 11)["keterangan"]
    assert "penyebut sama persis dengan penyebut anak 12-23 bulan pada baris 3" in note
    assert "12-23" not in str(sdgs(hasil, 2023, 3)["keterangan"])


def test_contradiction_5_its_fall_is_no_fall_and_is_withheld(hasil):
    cell = hasil[2023].capaian_cakupan.set_index("baris").loc["E14@19.06"]
    assert (round(cell["capaian_lalu_persen"], 2), round(cell["capaian_persen"], 2)) == (
        61.23,
        46.96,
    )
    assert cell["status_tren"] == "tidak dapat dibandingkan"
    assert (cell["penyebut_lalu"], cell["penyebut"]) == (1589, 1991)


def test_contradiction_6_baduta_are_counted_over_all_balita(hasil):
    note = sdgs(hasil, 2023, 8)["keterangan"]
    assert "penyebut sama persis dengan penyebut balita" in note


def test_missing_marks_are_missing_and_a_zero_denominator_is_no_number(hasil):
    assert sdgs(hasil, 2022, 8)["status"] == "data tidak ada"
    assert sdgs(hasil, 2022, 6)["status"] == "data tidak ada"
    malaria = sdgs(hasil, 2022, 19)
    assert malaria["status"] == "tidak dapat dihitung ulang"
    assert "penyebut nol" in malaria["keterangan"]


def test_deliveries_share_one_pair_without_being_called_copied(hasil):
    assert "bagiannya" not in sdgs(hasil, 2022, 12)["keterangan"]
