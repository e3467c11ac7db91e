"""Real published recaps of a real kabupaten: same numbers back, contradictions named."""

import re
import shutil
from html import unescape

import pytest
from halaman import read_alinea, read_prosa

from reviu_lib import load_hasil
from reviu_lib.batch import Pesanan, run_laporan
from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.store import make_ruang


@pytest.fixture(scope="module")
def ruang(shared, tmp_path_factory):
    ruang = make_ruang(tmp_path_factory.mktemp("beltim"))
    for tahun in (2022, 2023):
        folder = ruang.raw_of("19.06", tahun)
        folder.mkdir(parents=True)
        for nama in ("spm", "sdgs"):
            shutil.copy(
                shared / f"data/real/belitung_timur_2022_2023/beltim_{nama}_{tahun}.csv", folder
            )
    outcomes = run_laporan([Pesanan(("19.06",), tahun) for tahun in (2022, 2023)], ruang=ruang)
    assert [item.status for item in outcomes] == ["selesai", "selesai"]
    return ruang


@pytest.fixture(scope="module", params=[2022, 2023])
def rekap(request, ruang):
    return request.param, load_hasil("19.06", request.param, ruang=ruang).rekap_indikator


def row(ruang, tahun, berkas, no):
    table = load_hasil("19.06", tahun, ruang=ruang).rekap_indikator
    found = table[table["berkas"].str.contains(berkas) & (table["no"] == str(no))]
    assert len(found) == 1
    return found.iloc[0]


def test_every_recap_row_appears_matched_or_listed_as_not_matched(rekap):
    _, table = rekap
    assert len(table) == 39 + 12
    assert table["kode_indikator"].notna().sum() >= 2
    assert table["status"].notna().all()


def test_every_percentage_is_recomputed_and_agreement_is_stated(rekap):
    _, table = rekap
    percent = table[table["satuan"].isin(["%", "persen"]) & table["penyebut"].gt(0).fillna(False)]
    expected = percent["pembilang"].astype(float) / percent["penyebut"].astype(float) * 100
    assert (percent["capaian_hitung"] - expected).abs().max() < 1e-9
    assert set(percent["status"]) <= {"cocok", "tidak cocok", "data tidak ada"}
    assert (percent["status"] == "cocok").sum() >= 20


def test_error_tokens_and_blanks_are_missing_not_zero(ruang):
    baduta = row(ruang, 2022, "sdgs", 8)
    assert baduta[["pembilang", "penyebut", "capaian_tercetak", "capaian_hitung"]].isna().all()
    assert baduta["status"] == "data tidak ada"


@pytest.mark.parametrize(
    ("tahun", "berkas", "no", "kata"),
    [
        (2022, "sdgs", 15, "koma bergeser"),
        (2022, "sdgs", 29, "sama"),
        (2022, "sdgs", 2, "pembilang yang sama memakai penyebut lain"),
        (2023, "sdgs", 11, "penyebut anak 12-23 bulan"),
        (2023, "sdgs", 8, "penyebut balita"),
    ],
    ids=["decimal slip", "repeated row", "two denominators", "other population", "baduta"],
)
def test_each_contradiction_of_the_publication_is_named(ruang, tahun, berkas, no, kata):
    found = row(ruang, tahun, berkas, no)
    assert kata in str(found["keterangan"])


def test_breastfeeding_is_not_said_to_fall(ruang):
    hasil = load_hasil("19.06", 2023, ruang=ruang)
    asi = hasil.capaian_cakupan.set_index("baris").loc["E14@19.06"]
    assert round(asi["capaian_persen"], 2) == 46.96
    assert asi["status_tren"] == "tidak dapat dibandingkan"
    assert "penyebut" in asi["alasan_tren"]


def test_report_stays_readable_where_chapters_have_no_data(ruang):
    page = (ruang.reports_of("19.06", 2023) / "reviu-19.06-2023-rapat.html").read_text("utf-8")
    text = unescape(re.sub(r"<[^>]+>", " ", page))
    assert text.count("tidak tersedia") >= 4
    for broken in ("nan", "None", "<NA>", "Traceback"):
        assert not re.search(rf"(?<![\w]){re.escape(broken)}(?![\w])", text)
    assert resolve_angka(page, load_hasil("19.06", 2023, ruang=ruang)) == []
    assert [digits for part in read_prosa(page) for digits in find_stray_digits(part)] == []


@pytest.mark.parametrize("tahun", [2022, 2023])
def test_forbidden_sentences_do_not_occur(ruang, larangan, tahun):
    hasil = load_hasil("19.06", tahun, ruang=ruang)
    partial = (hasil.tanggal_cutoff.month, hasil.tanggal_cutoff.day) < (12, 31)
    rules = [rule for rule in larangan if partial or rule["berlaku"] == "selalu"]
    pages = list(ruang.reports_of("19.06", tahun).glob("*.html"))
    assert pages
    for text in (text for page in pages for text in read_alinea(page.read_text("utf-8"))):
        for rule in rules:
            assert re.search(rule["pola"], text, re.IGNORECASE) is None, (rule["aturan"], text)
