from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hasil_kecil import NAMA_SULIT, cakupan, make_hasil, make_kosong

from reviu_lib.bahan import PENANDA_CONTOH, BahanReviu
from reviu_lib.errors import LaporanError
from reviu_lib.report import Laporan, LaporanBanding, LaporanPeriksa
from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.report.tampilan import GAYA_JUPYTER, Gambar


def soup(piece) -> BeautifulSoup:
    return BeautifulSoup(piece.html, "html.parser")


def make_bahan(**ganti) -> BahanReviu:
    asal = pd.DataFrame(
        {
            "tabel": ["cakupan", "kegiatan"], "baris": [0, 0], "berkas": "73.12/2024/buku.xlsx",
            "lembar": ["cakupan", "kegiatan"], "baris_berkas": [5, 7],
        }
    )  # fmt: skip
    temuan = pd.DataFrame(
        {
            "kode": ["N01", "N02"], "tingkat": ["peringatan", "catatan"], "tabel": "cakupan",
            "uraian": ["Teks <i>di</i> kolom angka.", "Baris jumlah."], "sel": ["F12", "A90"],
        }
    )  # fmt: skip
    isi = {
        "kode_kabupaten": "73.12", "nama": "Kabupaten Soppeng", "tahun": 2024,
        "tanggal_cutoff": date(2024, 11, 30), "tanggal_reviu": date(2024, 12, 10),
        "asal": asal, "temuan": temuan, "contoh": True,
    }  # fmt: skip
    return BahanReviu(**{**isi, **ganti})


def test_tables_and_figures_are_numbered_in_the_order_of_display():
    laporan = Laporan(make_hasil())
    assert "Tabel 1" in laporan.tabel("anggaran_lini").html
    assert laporan.gambar("hambatan").nomor == "Gambar 1"
    assert "Tabel 2" in laporan.tabel("capaian_cakupan").html


def test_showing_a_table_again_keeps_its_number():
    laporan = Laporan(make_hasil())
    first = laporan.tabel("anggaran_lini").html
    laporan.tabel("anggaran_opd")
    assert laporan.tabel("anggaran_lini").html == first


def test_a_table_that_is_not_shown_takes_no_number():
    laporan = Laporan(make_hasil())
    laporan.tabel("tindak_lanjut")
    laporan.tabel("kegiatan_usul_dihapus")
    assert "Tabel 1" in laporan.tabel("anggaran_lini").html


def test_every_caption_has_source_cut_off_date_and_mark_of_example_data():
    laporan = Laporan(make_hasil())
    for nama in laporan.daftar_tabel():
        for caption in soup(laporan.tabel(nama)).find_all("caption"):
            assert "Sumber:" in caption.get_text()
            assert caption.time["datetime"] == "2024-11-30"
            assert PENANDA_CONTOH in caption.get_text()


def test_real_data_carry_no_mark_of_example():
    laporan = Laporan(replace(make_hasil(), contoh=False))
    assert PENANDA_CONTOH not in laporan.sampul().html + laporan.tabel("anggaran_lini").html


def test_captions_hold_no_number_without_address():
    laporan = Laporan(make_hasil())
    pieces = [laporan.tabel(nama).html for nama in laporan.daftar_tabel()]
    captions = [str(tag) for tag in BeautifulSoup("".join(pieces), "html.parser")("caption")]
    assert find_stray_digits("".join(captions)) == []


def test_the_cover_says_what_where_and_until_when():
    words = soup(Laporan(make_hasil()).sampul()).get_text(" ")
    title = "Dokumen Hasil Reviu Kabupaten Soppeng Tahun 2024"
    dates = ("30 November 2024", "10 Desember 2024")
    for expected in ("EDISI INTERNAL", title, "73.12", *dates, "Lambang daerah", PENANDA_CONTOH):
        assert expected in words


def test_the_title_follows_the_era_of_the_year():
    older = replace(make_hasil(), tahun=2021)
    newer = replace(make_hasil(), tahun=2025)
    titles = {
        soup(Laporan(hasil).sampul()).select_one(".atas-judul").text for hasil in (older, newer)
    }
    assert len(titles) == 2


def test_every_number_of_a_tile_names_its_cell():
    hasil = make_hasil()
    html = Laporan(hasil).sampul().html
    assert len(soup(Laporan(hasil).sampul()).select(".kotak")) == 5
    assert len(BeautifulSoup(html, "html.parser").select(".kotak data")) >= 10
    assert resolve_angka(html, hasil) == []
    tiles = "".join(str(tag) for tag in BeautifulSoup(html, "html.parser").select(".kotak"))
    assert find_stray_digits(tiles) == []


def test_a_tile_without_data_says_so():
    tiles = soup(Laporan(make_kosong()).sampul()).select(".kotak")
    assert all("data tidak tersedia" in tile.get_text() for tile in tiles)


def test_a_chapter_is_paragraphs_whose_numbers_stand():
    hasil = make_hasil()
    html = Laporan(hasil).narasi("anggaran").html
    assert html.startswith("<p ")
    assert resolve_angka(html, hasil) == []


def test_an_unknown_name_is_refused_with_the_names_that_exist():
    laporan = Laporan(make_hasil())
    for ask in (laporan.tabel, laporan.gambar, laporan.narasi):
        with pytest.raises(LaporanError, match="tidak dikenal") as caught:
            ask("salah_ketik")
        assert "Pilih salah satu" in caught.value.pesan


def test_with_no_data_at_all_every_chapter_is_words_and_nothing_fails():
    laporan = Laporan(make_kosong())
    for nama in laporan.daftar_gambar():
        assert laporan.gambar(nama).html == ""
    for nama in laporan.daftar_narasi():
        if nama != "banding":
            assert "<p>" in laporan.narasi(nama).html
    tables = {nama: laporan.tabel(nama).html for nama in laporan.daftar_tabel()}
    assert {nama for nama, html in tables.items() if "<table" in html} == {"peta_dokumen"}


def test_a_choice_without_rows_is_one_sentence():
    html = Laporan(make_hasil()).tabel("kegiatan_usul_dihapus").html
    assert soup(Laporan(make_hasil()).tabel("kegiatan_usul_dihapus")).get_text() == (
        "Tidak ada kegiatan yang diusulkan dihapuskan."
    )
    assert "<table" not in html


def test_the_table_of_coverage_shows_status_and_escapes_names():
    table = soup(Laporan(make_hasil()).tabel("capaian_cakupan"))
    assert table.find("th", string=NAMA_SULIT)
    assert [mark.get_text() for mark in table.select(".st.buruk")] == ["▲ belum tercapai"]


def test_desa_stand_under_their_kecamatan():
    table = soup(Laporan(make_hasil()).tabel("cakupan_desa_spesifik"))
    assert [head.get_text() for head in table.select("tr.kelompok")] == ["Marioriwawo", "Liliriaja"]
    assert next(th.get_text() for th in table.select("tbody tr:not(.kelompok) th")) == "Gattareng"


def test_outputs_and_parts_of_the_document_name_their_chapter():
    table = soup(Laporan(make_hasil()).tabel("peta_dokumen"))
    rows = [row.get_text("|") for row in table.select("tbody tr:not(.kelompok)")]
    assert len(rows) == 6 + 5
    assert rows[0].startswith("1|")
    assert rows[0].endswith("Bab IV")
    assert rows[6].startswith("a|")


def test_a_figure_carries_its_description_in_the_output_metadata():
    figure = Laporan(make_hasil()).gambar("serapan_lini")
    assert isinstance(figure, Gambar)
    data, metadata = figure._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert metadata["image/png"]["alt"] == figure.alt
    assert "Spesifik 40,0 persen" in figure.alt


def test_a_piece_brings_its_own_style_to_jupyter():
    shown = Laporan(make_hasil()).tabel("anggaran_lini")._repr_html_()
    assert shown.startswith(GAYA_JUPYTER)


def test_provenance_lists_each_file_with_its_hash_and_the_parameters():
    laporan = Laporan(make_hasil())
    html = laporan.asal_usul(make_bahan(), {"buku.xlsx": "a" * 64, "kosong.csv": "b" * 64}).html
    words = BeautifulSoup(html, "html.parser").get_text(" ")
    for expected in ("73.12/2024/buku.xlsx", "a" * 64, "kosong.csv", "cakupan, kegiatan", "pandas"):
        assert expected in words


def test_the_signature_block_names_nobody():
    words = soup(Laporan(make_hasil()).pengesahan()).get_text(" ")
    assert words.count("Nama: ……") == 3
    assert "Soppeng, ……" in words


def test_a_comparison_refuses_different_years():
    with pytest.raises(LaporanError, match="satu tahun yang sama"):
        LaporanBanding([make_hasil(), replace(make_hasil(), tahun=2023)])


def test_a_comparison_shows_one_column_per_kabupaten():
    other = make_hasil(kode_kabupaten="73.11", nama="Kabupaten Barru",
                       capaian_cakupan=cakupan().assign(kode_wilayah="73.11"))  # fmt: skip
    other = replace(other, capaian_cakupan=other.capaian_cakupan.head(1))
    laporan = LaporanBanding([make_hasil(), other])
    for nama in ("banding_anggaran", "banding_cakupan", "banding_tanggal"):
        heads = [th.get_text() for th in soup(laporan.tabel(nama)).select("thead th")]
        assert heads[-2:] == ["Kabupaten Soppeng", "Kabupaten Barru"]
    assert "40,0 persen" in laporan.tabel("banding_anggaran").html
    assert PENANDA_CONTOH in laporan.sampul().html


def test_the_check_report_counts_and_lists_the_findings():
    laporan = LaporanPeriksa(make_bahan(), {"buku.xlsx": "a" * 64})
    assert "1 peringatan dan 1 catatan" in soup(laporan.narasi("temuan")).get_text()
    table = soup(laporan.tabel("peringatan"))
    assert "Teks <i>di</i> kolom angka." in table.get_text()
    assert table.find("i") is None
    assert soup(laporan.tabel("galat")).get_text() == "Tidak ada temuan berstatus galat."
    assert "buku.xlsx" in laporan.tabel("berkas").html


def test_the_check_report_names_the_tables_still_empty():
    words = soup(LaporanPeriksa(make_bahan()).narasi("ringkas")).get_text()
    assert "Belum ada isi untuk rencana kegiatan" in words


def test_data_without_findings_read_well():
    bahan = make_bahan(temuan=make_bahan().temuan.head(0))
    laporan = LaporanPeriksa(bahan)
    assert "tidak menemukan masalah" in laporan.narasi("temuan").html
    assert soup(laporan.tabel("ringkasan_temuan")).get_text() == "Tidak ada temuan."
