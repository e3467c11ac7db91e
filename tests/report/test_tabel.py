from __future__ import annotations

import pandas as pd
from bs4 import BeautifulSoup
from hasil_kecil import make_hasil

from reviu_lib.catalog import load_ringkasan, tabel_banding, tabel_hasil, tabel_masukan
from reviu_lib.report.susunan import (
    load_kolom_status,
    load_status,
    load_susunan_banding,
    load_susunan_gambar,
    load_susunan_matriks,
    load_susunan_tabel,
    load_susunan_tabel_banding,
    select_rows,
)
from reviu_lib.report.tabel import (
    BentukTabel,
    KolomTampil,
    columns_of,
    pivot_matriks,
    render_tabel,
    status_html,
)


def render(frame, kolom, **bentuk):
    html = render_tabel(frame, kolom, caption="Judul", bentuk=BentukTabel(**bentuk))
    return BeautifulSoup(html, "html.parser")


def test_every_declared_column_exists_in_its_result_table():
    for susunan in load_susunan_tabel().values():
        known = set(tabel_hasil()[susunan.tabel].nama_kolom)
        used = {*susunan.kolom, *susunan.saring, *susunan.urut}
        used |= {susunan.kelompok, susunan.kepala, susunan.total} - {""}
        assert used <= known, susunan.nama


def test_every_declared_table_of_a_comparison_names_its_columns():
    for susunan in load_susunan_tabel_banding().values():
        known = set(tabel_banding()[susunan.tabel].nama_kolom)
        used = {*susunan.kolom, *susunan.saring, susunan.kelompok, susunan.kepala} - {""}
        assert used <= known, susunan.nama


def test_every_declared_matrix_and_figure_names_a_table():
    names = [*load_susunan_matriks().values(), *load_susunan_gambar().values()]
    assert {susunan.tabel for susunan in names} <= {
        *tabel_hasil(),
        *tabel_masukan(),
        *tabel_banding(),
    }


def test_every_compared_number_is_one_of_the_summary():
    keys = {kunci for susunan in load_susunan_banding().values() for kunci in susunan.baris}
    assert keys <= set(load_ringkasan())


def test_every_word_a_status_column_may_hold_has_a_symbol():
    status = load_kolom_status() - {"putusan"}
    choices = {
        word
        for tabel in [*tabel_hasil().values(), *tabel_banding().values()]
        for kolom in tabel.kolom
        if kolom.nama in status and kolom.nama != "tingkat"
        for word in kolom.pilihan
    }
    assert choices - set(load_status()) == set()


def test_status_is_a_word_with_a_symbol_and_a_colour_class():
    mark = BeautifulSoup(status_html("belum tercapai"), "html.parser").span
    assert mark["class"] == ["st", "buruk"]
    assert mark.get_text() == "▲ belum tercapai"


def test_status_word_nobody_declared_stays_plain_and_escaped():
    assert status_html("<b>aneh</b>") == "&lt;b&gt;aneh&lt;/b&gt;"


def test_numbers_are_indonesian_and_stand_to_the_right():
    frame = pd.DataFrame({"nama": ["A"], "pagu_rp": [1_234_567], "serapan_persen": [45.65]})
    kolom = [KolomTampil("nama", "Nama"), KolomTampil("pagu_rp", "Pagu (Rp)", "rupiah"),
             KolomTampil("serapan_persen", "Serapan (%)", "persen")]  # fmt: skip
    cells = render(frame, kolom).find_all("td")
    assert [cell.get_text() for cell in cells] == ["1.234.567", "45,7"]
    assert all(cell["class"] == ["n"] for cell in cells)


def test_a_missing_cell_is_an_en_dash_and_zero_is_zero():
    frame = pd.DataFrame({"nama": ["A", "B"], "nilai": [None, 0.0]})
    soup = render(frame, [KolomTampil("nama", "Nama"), KolomTampil("nilai", "Nilai", "persen")])
    assert [cell.get_text() for cell in soup.find_all("td")] == ["–", "0,0"]


def test_names_from_data_cannot_become_markup():
    frame = pd.DataFrame({"nama": ["<script>x</script>"]})
    soup = render(frame, [KolomTampil("nama", "Nama")])
    assert soup.find("script") is None
    assert soup.find("th", scope="row").get_text() == "<script>x</script>"


def test_every_heading_says_what_it_heads():
    frame = pd.DataFrame({"nama": ["A", "B"], "opd": ["X", "Y"], "nilai": [1.0, 2.0]})
    kolom = [KolomTampil("nama", "Nama"), KolomTampil("nilai", "Nilai", "persen")]
    soup = render(frame, kolom, kelompok="opd")
    assert {th.get("scope") for th in soup.find_all("th")} == {"col", "row", "rowgroup"}
    assert soup.caption.get_text() == "Judul"


def test_groups_follow_the_order_of_the_rows():
    frame = pd.DataFrame({"nama": list("abc"), "opd": ["Z", "Z", "A"]})
    soup = render(frame, [KolomTampil("nama", "Nama")], kelompok="opd")
    assert [th.get_text() for th in soup.select("tr.kelompok th")] == ["Z", "A"]


def test_the_total_row_is_marked():
    frame = pd.DataFrame({"nama": ["A", "Seluruhnya"], "kelompok": ["opd", "total"]})
    soup = render(frame, [KolomTampil("nama", "Nama")], total="kelompok")
    assert [row.get_text() for row in soup.select("tr.total")] == ["Seluruhnya"]


def test_headings_come_from_the_declaration_of_the_result():
    heads = [kolom.judul for kolom in columns_of(load_susunan_tabel()["anggaran_lini"])]
    assert "Serapan (%)" in heads
    assert "Pagu (Rp)" in heads


def test_rows_are_chosen_by_the_words_of_the_era():
    rows = select_rows(make_hasil(), load_susunan_tabel()["rekomendasi_analisis"])
    assert list(rows["id_usulan"]) == ["R-1"]


def test_a_matrix_keeps_a_cell_without_data_missing():
    susunan = load_susunan_matriks()["cakupan_kecamatan"]
    wide, kolom = pivot_matriks(select_rows(make_hasil(), susunan), susunan)
    cell = wide.loc[wide["_kode"].eq("E14"), "Liliriaja"]
    assert cell.isna().all()
    assert [satu.judul for satu in kolom] == ["Kode", "Nama", "Marioriwawo", "Liliriaja"]
