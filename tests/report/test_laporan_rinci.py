"""Details of the three kinds of report: files, tiles, maps, comparison, findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hasil_kecil import NILAI, make_hasil, make_kosong, ringkasan
from test_laporan import make_bahan

from reviu_lib.catalog import load_aturan
from reviu_lib.errors import LaporanError
from reviu_lib.report import Laporan, LaporanBanding, LaporanPeriksa
from reviu_lib.report.angka import resolve_angka
from reviu_lib.report.laporan.asal_usul import list_berkas, list_sifat
from reviu_lib.report.laporan.peta import list_peta
from reviu_lib.report.laporan.sampul import list_kotak, render_kotak

HASIL = make_hasil()


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def with_numbers(**angka):
    return make_hasil(ringkasan=ringkasan({**NILAI, **angka}))


def words_of(kotak) -> str:
    return " ".join(soup(render_kotak([kotak])).get_text(" ").split())


def test_files_read_are_counted_by_row_and_files_unread_are_listed_too():
    asal = pd.DataFrame({"tabel": ["kegiatan", "aksi", "aksi"], "baris": [0, 0, 1],
                         "berkas": ["b.xlsx", "a.xlsx", "a.xlsx"]})  # fmt: skip
    frame = list_berkas(make_bahan(asal=asal), {"a.xlsx": "s1", "b.xlsx": "s2", "z.csv": "s3"})
    assert frame["berkas"].tolist() == ["a.xlsx", "b.xlsx", "z.csv"]
    assert frame["jumlah_baris"].fillna(-1).tolist() == [2, 1, -1]
    assert frame["sidik"].tolist() == ["s1", "s2", "s3"]


@pytest.mark.parametrize(
    ("path", "found"),
    [("73.12/2024/buku.xlsx", True), ("buku.xlsx", True), ("2024/buku.xlsx", True),
     ("ku.xlsx", False), ("lain.xlsx", False)],
)  # fmt: skip
def test_a_hash_belongs_to_the_whole_name_of_a_file(path, found):
    first = list_berkas(make_bahan(), {path: "s1"}).iloc[0]
    assert (first["sidik"] == "s1") is found


def test_parameters_are_those_of_the_run():
    frame = list_sifat(make_bahan(edisi="final"))
    values = dict(zip(frame["nama"], frame["nilai"], strict=True))
    assert values["Edisi"] == "final"
    assert values["Batas data"] == "30 November 2024"
    assert values["Kode kabupaten/kota"] == "73.12"


@pytest.mark.parametrize("tahun", [2021, 2024, 2025])
def test_the_map_uses_the_wording_of_the_era(tahun):
    frame, _ = list_peta(tahun)
    aturan = load_aturan(tahun)
    assert frame["isi"].tolist() == [*aturan.keluaran, *aturan.bagian_dokumen]
    assert frame["urut"].tolist() == [*"123456", *"abcde"]
    assert frame["bab"].notna().all()


@pytest.mark.parametrize(
    ("angka", "expected"),
    [
        ({}, "24,0 persen survei SKI 2023"),
        ({"survei_terakhir_persen": None, "register_persen": 9.87,
          "register_periode_teks": "Agustus 2024"}, "9,9 persen register Agustus 2024"),
        ({"survei_terakhir_persen": None}, "– data tidak tersedia"),
        ({"survei_terakhir_persen": 0.0}, "0,0 persen survei SKI 2023"),
    ],
)  # fmt: skip
def test_the_tile_of_prevalence_says_which_source_it_has(angka, expected):
    hasil = with_numbers(**angka)
    assert expected in words_of(list_kotak(hasil)[0])
    assert resolve_angka(render_kotak(list_kotak(hasil)), hasil) == []


def test_a_tile_of_zero_is_not_a_tile_without_data():
    assert "0,0 persen" in words_of(list_kotak(with_numbers(serapan_persen=0.0))[2])
    assert "data tidak tersedia" in words_of(list_kotak(with_numbers(serapan_persen=None))[2])


@pytest.mark.parametrize(
    ("contoh", "cutoff", "expected"),
    [
        (True, date(2024, 12, 31), "bukan keadaan sebenarnya"),
        (False, date(2024, 12, 31), "setahun penuh, sampai 31 Desember 2024"),
        (False, date(2024, 11, 30), "sebagian tahun, sampai 30 November 2024"),
    ],
)
def test_the_cover_says_what_kind_of_data_it_has(contoh, cutoff, expected):
    hasil = replace(HASIL, contoh=contoh, tanggal_cutoff=cutoff)
    assert expected in soup(Laporan(hasil).sampul().html).get_text()


@pytest.mark.parametrize(("edisi", "word"), [("persiapan", "Persiapan rapat"), ("rapat", "Rapat"),
                                             ("final", "Final"), ("<x>", "<x>")])  # fmt: skip
def test_the_cover_names_the_edition(edisi, word):
    facts = soup(Laporan(replace(HASIL, edisi=edisi)).sampul().html).select(".fakta div")
    values = {fact.dt.get_text(): fact.dd.get_text() for fact in facts}
    assert values["Edisi"].startswith(word)


def test_a_name_from_the_data_is_text_on_the_cover_and_in_captions():
    laporan = Laporan(replace(HASIL, nama="<img src=x>"))
    html = laporan.sampul().html + laporan.tabel("anggaran_lini").html + laporan.pengesahan().html
    assert soup(html).find("img") is None


@pytest.mark.parametrize("nama", Laporan(HASIL).daftar_tabel())
def test_every_table_is_a_captioned_table_or_one_sentence(nama):
    page = soup(Laporan(HASIL).tabel(nama).html)
    assert len(page.find_all("table")) == len(page.find_all("caption"))
    assert page.table or page.get_text() == "" or page.get_text().endswith(".")


def test_every_cell_of_the_budget_table_is_that_of_the_result():
    rows = soup(Laporan(HASIL).tabel("anggaran_lini").html).select("tbody tr")
    cells = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]
    frame = HASIL.realisasi_anggaran.query("kelompok in ['lini', 'total']")
    for row, pagu in zip(cells, frame["pagu_rp"], strict=True):
        assert f"{pagu:,}".replace(",", ".") in row


def test_a_comparison_of_none_is_refused():
    with pytest.raises(LaporanError, match="satu tahun yang sama"):
        LaporanBanding([])


def test_a_comparison_of_one_shows_its_tables_and_says_that_nothing_is_beside_it():
    laporan = LaporanBanding([HASIL])
    assert "tidak tersedia" in laporan.narasi().html
    assert "<table" in laporan.tabel("banding_anggaran").html


def test_a_comparison_refuses_names_it_does_not_know():
    laporan = LaporanBanding([HASIL])
    for ask in (laporan.tabel, laporan.gambar, laporan.narasi):
        with pytest.raises(LaporanError, match="tidak dikenal"):
            ask("salah_ketik")


def test_a_comparison_without_coverage_leaves_the_table_out():
    assert LaporanBanding([make_kosong()]).tabel("banding_cakupan").html == ""


def test_each_kabupaten_stands_in_its_own_column_with_its_own_number():
    other = replace(with_numbers(serapan_persen=12.34), kode_kabupaten="73.11", nama="Barru")
    table = soup(LaporanBanding([HASIL, other]).tabel("banding_anggaran").html)
    rows = [[c.get_text() for c in tr.find_all(["th", "td"])] for tr in table.select("tbody tr")]
    assert ["80,0 persen", "12,3 persen"] in [row[1:] for row in rows]


def test_dates_of_each_kabupaten_stand_side_by_side():
    other = replace(HASIL, kode_kabupaten="73.11", tanggal_cutoff=date(2024, 12, 31))
    text = soup(LaporanBanding([HASIL, other]).tabel("banding_tanggal").html).get_text(" ")
    assert "30 November 2024" in text
    assert "31 Desember 2024" in text


@pytest.mark.parametrize("nama", ["galat", "peringatan", "catatan"])
def test_findings_of_each_severity_stand_in_their_own_table(nama):
    temuan = pd.DataFrame({"kode": ["A", "B", "C"], "uraian": ["satu", "dua", "tiga"],
                           "tingkat": ["galat", "peringatan", "catatan"]})  # fmt: skip
    table = soup(LaporanPeriksa(make_bahan(temuan=temuan)).tabel(nama).html)
    assert [th.get_text() for th in table.select("tbody th")] == [
        {"galat": "A", "peringatan": "B", "catatan": "C"}[nama]
    ]


@pytest.mark.parametrize(("count", "part"), [(300, False), (301, True)])
def test_three_hundred_findings_are_listed_and_more_only_in_part(count, part):
    temuan = pd.DataFrame({"kode": "A", "tingkat": "galat", "uraian": ["x"] * count})
    table = soup(LaporanPeriksa(make_bahan(temuan=temuan)).tabel("galat").html)
    assert len(table.select("tbody tr")) == 300
    assert ("hanya sebagian yang ditampilkan" in table.caption.get_text()) is part


def test_findings_are_summed_by_kind_the_gravest_first():
    temuan = pd.DataFrame({"kode": ["A", "B", "A", "C"], "uraian": "x",
                           "tingkat": ["catatan", "galat", "catatan", "peringatan"]})  # fmt: skip
    table = soup(LaporanPeriksa(make_bahan(temuan=temuan)).tabel("ringkasan_temuan").html)
    rows = [[c.get_text() for c in tr.find_all(["th", "td"])] for tr in table.select("tbody tr")]
    assert [(row[1], row[3]) for row in rows] == [("B", "1"), ("C", "1"), ("A", "2")]


def test_the_tiles_of_the_check_count_each_severity():
    tiles = soup(LaporanPeriksa(make_bahan()).sampul().html).select(".kotak b")
    assert [tile.get_text() for tile in tiles] == ["0", "1", "1"]


def test_the_check_refuses_names_it_does_not_know():
    laporan = LaporanPeriksa(make_bahan())
    for ask in (laporan.tabel, laporan.narasi):
        with pytest.raises(LaporanError, match="tidak dikenal"):
            ask("salah_ketik")


@pytest.mark.parametrize("unread", ["agustus/data.csv", "data.csv", "lama/februari/data.csv"])
def test_a_file_is_not_taken_for_another_of_the_same_name(unread):
    asal = pd.DataFrame({"tabel": ["kegiatan"], "baris": [0],
                         "berkas": ["73.12/2024/februari/data.csv"]})  # fmt: skip
    frame = list_berkas(make_bahan(asal=asal), {unread: "s2", "februari/data.csv": "s1"})
    assert frame["sidik"].tolist() == ["s1", "s2"]
    assert frame["berkas"].tolist() == ["73.12/2024/februari/data.csv", unread]
    assert frame["tabel"].isna().tolist() == [False, True]


def test_a_run_without_any_file_has_an_empty_list_of_files():
    bahan = make_bahan(asal=make_bahan().asal.head(0))
    assert list_berkas(bahan, {}).empty
    assert list_berkas(bahan, {"a.xlsx": "s"})["berkas"].tolist() == ["a.xlsx"]
