"""What the public edition says rests on nothing that it closes."""

from dataclasses import replace

import pandas as pd
import pytest
from hasil_kecil import make_hasil
from openpyxl import load_workbook

from reviu_lib.hasil import HasilReviu
from reviu_lib.penyamaran import close_cells
from reviu_lib.report import LaporanPublik, narasi, write_lampiran
from reviu_lib.report.angka import Angka, find_stray_digits, resolve_angka
from reviu_lib.report.grafik import GAMBAR_SATU
from reviu_lib.report.indeks import EntriIndeks, list_angka, write_indeks
from reviu_lib.report.laporan.publik import fill_closed, keep_common
from reviu_lib.report.tampilan import Gambar


def kecil() -> HasilReviu:
    """Return the small result with few people in one desa and one kecamatan."""
    hasil = make_hasil()
    frame = hasil.capaian_cakupan
    few = frame["kode_wilayah"].isin(["73.12.01.2001"]) & frame["kode_indikator"].eq("E10")
    cakupan = frame.assign(pembilang=frame["pembilang"].mask(few, 2))
    rows = hasil.perkembangan_prevalensi
    one = rows["kode_wilayah"].eq("73.12.02")
    register = rows.assign(stunting=rows["stunting"].mask(one, 3))
    return replace(hasil, capaian_cakupan=cakupan, perkembangan_prevalensi=register)


@pytest.fixture(scope="module")
def utuh():
    return kecil()


@pytest.fixture(scope="module")
def publik(utuh):
    return close_cells(utuh)


@pytest.fixture(scope="module")
def laporan(publik, utuh):
    return LaporanPublik(publik, utuh)


def test_a_closed_number_is_a_word_without_a_value(publik):
    asal = "capaian_cakupan/E10@73.12.01.2001/pembilang"
    assert asal in publik.tertutup
    html = Angka(publik)(asal)
    assert 'value=""' in html
    assert html.endswith(">ditutup</data>")
    assert resolve_angka(html, publik) == []


def test_cover_says_public_edition(laporan):
    html = laporan.sampul().html
    assert "EDISI PUBLIK" in html
    assert "EDISI INTERNAL" not in html


def test_a_tile_of_a_closed_number_says_closed_not_absent(utuh):
    small = close_cells(utuh)
    closed = replace(small, tertutup=small.tertutup | {"ringkasan/serapan_persen/nilai"})
    html = LaporanPublik(closed, utuh).sampul().html
    assert "ditutup" in html.split("Serapan anggaran")[1].split("</li>")[0]
    assert ("Serapan (%)", "ditutup") in list_angka(closed)


def test_matrix_prints_closed_cells_as_closed(laporan):
    html = laporan.tabel("cakupan_desa_spesifik").html
    assert "ditutup" in html


def test_tables_have_public_columns_alone(laporan):
    html = laporan.tabel("usulan_lokus").html
    assert "Desa" in html
    assert "Skor" not in html
    assert "81,2" not in html


def test_table_says_when_closed_numbers_decide_on_its_rows(publik, utuh):
    asal = "capaian_cakupan/E10@73.12/status_capaian"
    rows = publik.capaian_cakupan
    frame = rows.assign(status_capaian=rows["status_capaian"].mask(rows["baris"].eq("E10@73.12")))
    closed = replace(publik, capaian_cakupan=frame, tertutup=publik.tertutup | {asal})
    html = LaporanPublik(closed, utuh).tabel("belum_tercapai").html
    assert "bergantung pada angka yang ditutup" in html


def test_every_number_of_the_public_prose_stands_in_the_public_result(laporan, publik):
    html = "".join(laporan.narasi(bab).html for bab in laporan.daftar_narasi() if bab != "banding")
    assert resolve_angka(html, publik) == []
    assert find_stray_digits(html) == []


def test_chapter_says_that_some_of_it_is_left_out(laporan, publik, utuh):
    rows = publik.ringkasan
    frame = rows.assign(nilai=rows["nilai"].mask(rows["baris"].eq("serapan_persen")))
    asal = "ringkasan/serapan_persen/nilai"
    closed = replace(publik, ringkasan=frame, tertutup=publik.tertutup | {asal})
    html = LaporanPublik(closed, utuh).narasi("anggaran").html
    assert asal not in html
    assert "tidak dimuat pada edisi publik" in html
    assert "tidak dimuat" not in laporan.narasi("pendahuluan").html


def test_prose_is_the_same_whatever_the_closed_numbers_are(laporan, publik, utuh):
    """Other closed values in the whole result can take sentences away, never bring others."""
    other = LaporanPublik(publik, fill_closed(publik, 1))
    for bab in ("cakupan", "outcome", "ringkasan_eksekutif"):
        ours, theirs = (set(satu.narasi(bab).html.split("<p")) for satu in (laporan, other))
        told = "".join(narasi.__dict__[f"describe_{bab}"](publik))
        for piece in (ours | theirs) - {""}:
            text = piece.partition(">")[2].removesuffix("</p>")
            assert "tidak dimuat" in text or text in told


def test_method_names_thresholds_and_how_many_cells_are_closed(laporan, publik):
    html = laporan.penyamaran().html
    for asal in ("definisi/penyamaran/cacah_minimum", "definisi/penyamaran/penyebut_minimum"):
        assert asal in html
    assert f'<data value="{len(publik.tertutup)}" data-asal="tertutup/sel"' in html


@pytest.mark.parametrize("nama", ["cakupan_kecamatan", "prevalensi_kecamatan"])
def test_figures_with_closed_places_mark_them_and_say_so(laporan, nama):
    gambar = laporan.gambar(nama)
    assert isinstance(gambar, Gambar)
    if nama == "prevalensi_kecamatan":
        assert "kecamatan ditutup" in gambar.alt


def test_heat_map_tells_closed_from_missing(publik, utuh):
    rows = publik.capaian_cakupan
    kode = "E10@73.12.01"
    frame = rows.assign(capaian_persen=rows["capaian_persen"].mask(rows["baris"].eq(kode)))
    asal = f"capaian_cakupan/{kode}/capaian_persen"
    closed = replace(publik, capaian_cakupan=frame, tertutup=publik.tertutup | {asal})
    alt = LaporanPublik(closed, utuh).gambar("cakupan_kecamatan").alt
    assert "1 kotak ditutup" in alt
    assert "1 kotak tanpa data" in alt


def test_figures_of_the_kabupaten_name_how_many_indicators_are_closed(publik, utuh):
    rows = publik.capaian_cakupan
    one = rows["baris"].eq("E10@73.12")
    frame = rows.assign(
        capaian_persen=rows["capaian_persen"].mask(one), tren_poin=rows["tren_poin"].mask(one)
    )
    asal = {f"capaian_cakupan/E10@73.12/{kolom}" for kolom in ("capaian_persen", "tren_poin")}
    closed = replace(publik, capaian_cakupan=frame, tertutup=publik.tertutup | asal)
    for nama in ("cakupan_target", "cakupan_perubahan"):
        assert "1 indikator lain ditutup" in LaporanPublik(closed, utuh).gambar(nama).alt
        assert "ditutup" not in GAMBAR_SATU[nama](utuh).alt


def test_any_other_figure_that_rests_on_a_closed_number_is_left_out(publik, utuh):
    rows = publik.realisasi_anggaran
    line = rows.index[rows["kelompok"].eq("lini")][0]
    frame = rows.assign(realisasi_rp=rows["realisasi_rp"].mask(rows.index == line))
    asal = f"realisasi_anggaran/{rows.loc[line, 'baris']}/realisasi_rp"
    closed = replace(publik, realisasi_anggaran=frame, tertutup=publik.tertutup | {asal})
    shown = LaporanPublik(closed, utuh).gambar("serapan_lini")
    assert "tidak dimuat pada edisi publik" in getattr(shown, "html", "")
    assert isinstance(LaporanPublik(publik, utuh).gambar("serapan_lini"), Gambar)


def test_first_sentences_are_kept_as_long_as_they_agree_everywhere():
    ours = "Ada 3 desa. Dua naik. Satu turun."
    assert keep_common(ours, [["Ada 3 desa. Dua naik. Semua turun."]]) == "Ada 3 desa. Dua naik."
    assert keep_common(ours, [["Ada 3 desa. Dua naik."], ["Ada 4 desa."]]) == ""
    assert keep_common("A. <q>B. C.</q>", [["A. <q>B. D.</q>"]]) == "A."
    assert keep_common("Sebagai berikut: a. B.", [["Sebagai berikut: a. C."]]) != ""
    assert keep_common("Rinciannya sebagai berikut. A.", [["Rinciannya sebagai berikut. B."]]) == ""


def test_annex_marks_closed_cells_by_word_and_asks_for_nothing(publik, tmp_path):
    write_lampiran(publik, tmp_path / "publik.xlsx")
    book = load_workbook(tmp_path / "publik.xlsx")
    cells = [cell.value for row in book["capaian_cakupan"].iter_rows() for cell in row]
    assert "ditutup" in cells
    assert "mutu_data" not in book.sheetnames
    assert "ringkasan" not in book.sheetnames
    assert not any(sheet.protection.sheet for sheet in book)
    assert "(EDISI PUBLIK)" in "".join(
        str(row[0].value) for row in book["capaian_cakupan"]["A1:A4"]
    )


def test_index_of_the_public_folder_says_so(tmp_path):
    entry = EntriIndeks("73.12", "Kabupaten Soppeng", 2024, "final, publik", "berhasil")
    write_indeks([entry], tmp_path / "index.html", publik=True)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "EDISI PUBLIK" in page
    assert "EDISI INTERNAL" not in page


def test_stand_ins_fill_every_closed_cell(publik):
    for place in (0, 1):
        filled = fill_closed(publik, place)
        assert not filled.tertutup
        for asal in publik.tertutup:
            assert not pd.isna(filled.value(asal)), asal
