"""Every chapter of the report has a page that says how to read it, true to the declarations."""

import re
from pathlib import Path

import pytest
from skrip import load_script

from reviu_lib import catalog
from reviu_lib.formatting import format_number

ROOT = Path(__file__).resolve().parents[1]
BAB = ROOT / "docs" / "panduan" / "bab"
BAGIAN = [
    "Isi bab", "Yang dikatakan", "Cara menghitungnya", "Salah baca", "Yang ditanyakan di rapat",
]  # fmt: skip
HALAMAN = sorted(BAB.glob("*.md"))

# Page, sentence with a threshold, and its key in ambang.toml.
AMBANG = [
    ("02-metode.md", "Di bawah {} anak", "diukur_minimum"),
    ("02-metode.md", "D/S di bawah {} persen", "ds_minimum_persen"),
    ("04-cakupan.md", "Kelengkapan di bawah {} persen", "kelengkapan_minimum_persen"),
    ("04-cakupan.md", "berubah lebih dari {} persen", "perubahan_penyebut_maks_persen"),
    ("08-hambatan.md", "output di bawah {} persen", "output_baik_persen"),
    ("08-hambatan.md", "serapan di bawah {} persen", "serapan_baik_persen"),
    ("10-rekomendasi.md", "sedikitnya {} persen dari variasi", "ketahanan_lokus_minimum_persen"),
    ("10-rekomendasi.md", "prevalensi ({})", "bobot_lokus_prevalensi"),
    ("10-rekomendasi.md", "balita stunting ({})", "bobot_lokus_jumlah"),
    ("10-rekomendasi.md", "kesenjangan cakupan ({})", "bobot_lokus_kesenjangan"),
    ("10-rekomendasi.md", "keluarga berisiko ({})", "bobot_lokus_krs"),
    ("12-lampiran.md", "sedikitnya {} desa", "kaitan_desa_minimum"),
]


ISI = load_script("isi_bab")


def _title(page):
    return page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def test_every_chapter_of_the_report_has_one_page_in_order():
    assert [_title(page) for page in HALAMAN] == list(ISI.list_bab())


@pytest.mark.parametrize("page", HALAMAN, ids=lambda page: page.stem)
def test_a_page_says_how_to_read_compute_misread_and_ask(page):
    parts = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.M)[1:]
    assert [part.splitlines()[0] for part in parts] == BAGIAN
    assert [part[:30] for part in parts[1:] if part.count("\n- ") < 2] == []


@pytest.mark.parametrize("page", HALAMAN, ids=lambda page: page.stem)
def test_the_figures_and_tables_of_a_page_are_those_of_the_notebook(page):
    text = page.read_text(encoding="utf-8")
    assert text == ISI.fill_bab(text), "jalankan: python scripts/build_docs.py"


def test_no_figure_or_table_of_the_notebook_is_left_out():
    shown = {piece for pieces in ISI.list_bab().values() for piece in pieces}
    known = {("gambar", n) for n in ISI.load_susunan_gambar()}
    known |= {("tabel", n) for n in ISI._all_tables()}
    assert shown - known == {("tabel", "peta_dokumen")}


@pytest.mark.parametrize("page", HALAMAN, ids=lambda page: page.stem)
def test_questions_for_the_meeting_are_questions(page):
    questions = page.read_text(encoding="utf-8").split("## Yang ditanyakan di rapat\n\n")[1]
    assert [q for q in questions.strip().split("\n") if not re.fullmatch(r"- .*\?", q)] == []


@pytest.mark.parametrize(("page", "sentence", "key"), AMBANG)
def test_a_threshold_in_a_page_is_the_one_in_force(page, sentence, key):
    value = catalog.load_ambang().angka[key].nilai
    written = format_number(value, 0 if float(value).is_integer() else 2)
    assert sentence.format(written) in (BAB / page).read_text(encoding="utf-8")


def test_a_placeholder_of_a_title_is_told_in_words():
    assert ISI._in_words("Usulan target tahun {tahun_berikut}") == "Usulan target tahun depan"
    assert ISI._in_words("ke {tahun}") == "ke tahun reviu"
    assert [p.name for p in HALAMAN if "{" in p.read_text(encoding="utf-8")] == []


def test_a_chapter_that_the_report_does_not_have_is_refused():
    with pytest.raises(KeyError):
        ISI.fill_bab("# XX. Tidak ada\n\n<!-- dihasilkan: isi_bab -->\n<!-- akhir -->\n")
