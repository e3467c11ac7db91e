"""The year reviewed decides indicators, aksi, titles, and targets, through to the rendered text."""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

from reviu_lib.batch.planning import Pesanan
from reviu_lib.batch.sources import REVIU
from reviu_lib.catalog import load_aturan, load_indikator
from reviu_lib.report import Laporan, LaporanBanding, narasi
from reviu_lib.review import review

from .bahan_kecil import baris, cakupan, make_bahan

KASUS = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "tahun_reviu.toml").read_text("utf-8")
)["kasus"]
BAB = [name.removeprefix("describe_") for name in narasi.__all__ if name != "describe_banding"]


def _review(case):
    tahun = case["tahun"]
    target = baris(
        "kode_indikator tingkat tahun nilai sumber", f"PREVALENSI|kabupaten|{tahun}|24|RPJMD"
    )
    own = baris("aksi status", f"{load_aturan(tahun).aksi[0].kode}|selesai",
                f"{load_aturan(tahun).aksi[3].kode}|belum")  # fmt: skip
    survey = baris(
        "wilayah tahun sumber tanggal_terbit prevalensi_persen",
        f"73.12 {tahun - 2} SSGI {tahun - 1}-12-01 26.9",
    )
    rows = cakupan("KAB 70 100", indikator=case["indikator"])
    return review(
        make_bahan(
            tahun, reviu=case["reviu"], target=target, aksi=own, cakupan=rows, prevalensi=survey
        )
    )


@pytest.fixture(scope="module", params=KASUS, ids=lambda case: case["nama"])
def tahun_reviu(request):
    """A case with its result, and the words of cover and chapters."""
    hasil = _review(request.param)
    laporan = Laporan(hasil)
    html = laporan.sampul().html + " ".join(laporan.narasi(bab).html for bab in BAB)
    return request.param, hasil, unescape(re.sub(r"<[^>]*>", "", html))


def test_the_indicators_are_those_of_the_era(tahun_reviu):
    case, hasil, _ = tahun_reviu
    cards = load_indikator(load_aturan(case["tahun"]).set_indikator)
    assert set(hasil.capaian_cakupan["kode_indikator"]) == set(cards)
    assert len(cards) == case["jumlah_indikator"]


def test_the_aksi_are_those_of_the_era(tahun_reviu):
    case, hasil, _ = tahun_reviu
    assert len(hasil.penilaian_aksi) == case["jumlah_aksi"]


def test_targets_of_this_year_and_the_next_are_shown_by_level_and_no_other(tahun_reviu):
    case, hasil, _ = tahun_reviu
    rows = hasil.perkembangan_prevalensi
    rows = rows[rows["jenis_angka"] == "target"]
    found = zip(rows["tahun"], rows["tingkat"], rows["prevalensi_persen"], strict=True)
    assert sorted(f"{t} {level} {value}" for t, level, value in found) == sorted(case["target"])


def test_a_target_of_another_level_is_never_the_kabupatens_own(tahun_reviu):
    _, hasil, _ = tahun_reviu
    assert hasil.value("ringkasan/target_kabupaten_persen/nilai") == 24.0


def test_the_page_is_titled_as_the_era_calls_it(tahun_reviu):
    case, hasil, _ = tahun_reviu
    order = Pesanan((hasil.kode_kabupaten,), case["tahun"])
    assert order.judul(REVIU) == case["halaman"]
    title = load_aturan(case["tahun"]).judul_reviu
    assert f"Perbandingan {title} {case['tahun']}" in LaporanBanding([hasil]).sampul().html


def test_the_text_says_what_holds_in_the_year_and_nothing_of_other_years(tahun_reviu):
    case, _, words = tahun_reviu
    assert [piece for piece in case["memuat"] if piece not in words] == []
    assert [piece for piece in case["tanpa"] if piece in words] == []
