"""Cards in a notebook: what our objects hold, escaped, without identity, and never too long."""

from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.catalog import load_ringkasan, tabel_hasil
from reviu_lib.formatting import PENANDA_CONTOH
from reviu_lib.hasil import HasilReviu
from reviu_lib.kartu import PEMBUKA, Daftar, render_kartu
from reviu_lib.report.halaman import PEMBUKA as DIPERCAYA

SOPPENG = ("73.12", "Kabupaten Soppeng", 2024, date(2024, 11, 30), date(2024, 12, 10))
NIK = "7312014107200001"


def page(item) -> BeautifulSoup:
    return BeautifulSoup(item._repr_html_(), "html.parser")


def words(item) -> str:
    return " ".join(page(item).get_text(" ").split())


def temuan(*tingkat, uraian="Kolom <b>pagu</b> kosong.") -> pd.DataFrame:
    rows = {"kode": "P01", "tingkat": list(tingkat), "berkas": "73.12/2024/buku.xlsx"}
    return pd.DataFrame(
        {**rows, "lembar": "anggaran", "sel": "F7", "uraian": uraian, "saran": "Lengkapi.",
         "jumlah": 1}
    )  # fmt: skip


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_whatever_is_written_on_a_card_is_text_and_no_markup(text):
    html = render_kartu(text, text, Daftar((text,), [(text,)], frozenset({0})))
    elements = BeautifulSoup(html, "html.parser").find("div").find_all(True)
    known = {"p", "strong", "table", "thead", "tbody", "tr", "th", "td", "code"}
    assert {one.name for one in elements} <= known


def test_an_identity_number_is_masked_wherever_it_stands():
    html = render_kartu(f"a {NIK}", f"b {NIK}", Daftar(("c",), [(f"d {NIK}",)]))
    assert NIK not in html
    assert html.count("[NIK disamarkan]") == 3


def test_an_empty_sentence_and_an_empty_table_leave_no_trace():
    assert render_kartu("Judul", "", Daftar(("a",), [])) == render_kartu("Judul")


def test_the_page_of_a_report_trusts_a_card_as_a_piece_of_our_own():
    assert DIPERCAYA is PEMBUKA
    assert render_kartu("Judul").startswith(PEMBUKA)


def test_an_empty_bahan_says_that_there_is_nothing_in_it():
    shown = words(BahanReviu(*SOPPENG))
    assert "Bahan reviu Kabupaten Soppeng 2024 (73.12)" in shown
    assert "batas data 30 November 2024" in shown
    assert "Tidak ada temuan pada berkas yang dibaca." in shown
    assert "Tidak ada isinya: Rencana kegiatan; " in shown
    assert PENANDA_CONTOH not in shown


def test_a_filled_table_comes_with_its_rows_and_what_to_type():
    kegiatan = pd.DataFrame({"id_kegiatan": ["K1", "K2"], "sub_kegiatan": "A", "opd": "X"})
    bahan = BahanReviu(*SOPPENG, kegiatan=kegiatan, contoh=True)
    rows = [row.get_text("|").split("|") for row in page(bahan).select("tbody tr")]
    assert rows == [["Rencana kegiatan", "2", "bahan.kegiatan"]]
    assert PENANDA_CONTOH in words(bahan)


def test_the_gravest_findings_come_first_and_at_most_five():
    bahan = BahanReviu(*SOPPENG, temuan=temuan(*["catatan"] * 4, "peringatan", "galat", "galat"))
    rows = page(bahan).find("table").select("tbody tr")
    assert [row.td.get_text() for row in rows] == ["galat", "galat", "peringatan"] + ["catatan"] * 2
    assert 'LaporanPeriksa(bahan).tabel("galat")' in words(bahan)
    place, what, advice = (cell.get_text() for cell in rows[0].find_all("td")[1:])
    assert place == "73.12/2024/buku.xlsx, anggaran, F7"
    assert (what, advice) == ("Kolom <b>pagu</b> kosong.", "Lengkapi.")
    assert "Temuan: 2 galat, 1 peringatan, dan 4 catatan." in words(bahan)


@pytest.mark.parametrize("tingkat", ["galat", "peringatan", "catatan"])
def test_a_finding_without_sheet_and_cell_names_the_file_alone(tingkat):
    bare = temuan(tingkat).assign(lembar=None, sel="")
    row = page(BahanReviu(*SOPPENG, temuan=bare)).select_one("tbody tr")
    assert row.find_all("td")[1].get_text() == "73.12/2024/buku.xlsx"


def test_tables_with_one_row_per_child_are_counted_and_never_shown():
    pengukuran = pd.DataFrame({"id_anak": ["samaran-rahasia"], "kode_desa": ["73.12.01.2001"]})
    shown = page(BahanReviu(*SOPPENG, pengukuran=pengukuran)).get_text()
    assert "bahan.pengukuran" in shown
    assert "samaran-rahasia" not in shown


def hasil(**nilai) -> HasilReviu:
    known = load_ringkasan()
    rows = [
        {
            "baris": kunci,
            "uraian": known[kunci].uraian,
            "format": known[kunci].format,
            "nilai": satu,
        }
        for kunci, satu in nilai.items()
    ]
    return HasilReviu(*SOPPENG, ringkasan=pd.DataFrame(rows))


def test_a_result_opens_with_the_main_numbers_as_indonesians_write_them():
    rows = page(hasil(serapan_persen=81.25, tepat_waktu_persen=None)).find("table")
    cells = [cell.get_text() for cell in rows.select("tbody td")]
    assert cells == ["Serapan anggaran (persen)", "81,3"]


def test_a_result_names_the_table_of_each_output_and_how_many_others_there_are():
    item = HasilReviu(*SOPPENG)
    typed = [code.get_text() for code in page(item).select("td code")]
    assert len(typed) == 6
    assert all(len(getattr(item, name.removeprefix("hasil."))) == 0 for name in typed)
    assert f"Ada {len(tabel_hasil()) - 6} tabel lain" in words(item)


@pytest.mark.parametrize("item", [BahanReviu(*SOPPENG), HasilReviu(*SOPPENG)])
def test_where_no_html_is_shown_the_text_says_which_kabupaten_and_year(item):
    assert "73.12 Kabupaten Soppeng, 2024" in repr(item)
    assert "load_" in type(item).__doc__


def test_every_table_of_a_bahan_can_be_named_on_its_card():
    assert {f"bahan.{name}" for name in table_fields()} >= {"bahan.kegiatan", "bahan.cakupan"}
