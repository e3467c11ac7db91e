"""Tables of a report against plain loops over the rows they show, and rows that must not show."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hasil_kecil import cakupan, make_hasil
from test_laporan import make_bahan

from reviu_lib.bahan import table_fields
from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import format_value
from reviu_lib.report import Laporan, LaporanPeriksa
from reviu_lib.report.susunan import load_susunan_matriks, load_susunan_tabel
from reviu_lib.report.tabel import columns_of

HASIL = make_hasil()
POLOS = ("prevalensi_survei", "anggaran_lini", "anggaran_opd", "mutu_data", "rekomendasi_rencana")


def cells(html: str) -> list[list[str]]:
    """Return the rows of a table as text, without the rows that head a group."""
    rows = BeautifulSoup(html, "html.parser").select("tbody tr:not(.kelompok)")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]


@pytest.mark.parametrize("nama", POLOS)
def test_a_table_shows_exactly_the_cells_of_the_rows_it_declares(nama):
    susunan = load_susunan_tabel()[nama]
    shown, kolom = cells(Laporan(HASIL).tabel(nama).html), columns_of(susunan)
    keep = getattr(HASIL, susunan.tabel).to_dict("records")
    whole = [[format_value(row[k.nama], {"rupiah": "jumlah"}.get(k.jenis, k.jenis)) for k in kolom]
             for row in keep]  # fmt: skip
    plain = [[cell.lstrip("●▲■◆○ ") for cell in row] for row in shown]
    assert plain
    assert [row for row in plain if row not in whole] == []


@pytest.mark.parametrize("nama", list(load_susunan_matriks()))
def test_a_matrix_shows_each_place_and_indicator_with_its_own_value(nama):
    susunan = load_susunan_matriks()[nama]
    page = Laporan(HASIL).tabel(nama).html
    heads = [th.get_text() for th in BeautifulSoup(page, "html.parser").select("thead th")][2:]
    values = {(str(row[susunan.baris]), str(row[susunan.kolom])): row[susunan.nilai]
              for row in HASIL.capaian_cakupan.to_dict("records")
              if row["tingkat"] in susunan.saring["tingkat"]}  # fmt: skip
    assert heads
    for kode, _, *numbers in cells(page):
        expected = [format_value(values[kode, head], "persen") for head in heads]
        assert numbers == expected


def test_a_desa_whose_kecamatan_has_no_row_stands_under_the_code_of_it():
    rows = cakupan().query("tingkat != 'kecamatan'")
    page = Laporan(make_hasil(capaian_cakupan=rows)).tabel("cakupan_desa_spesifik").html
    groups = BeautifulSoup(page, "html.parser").select("tr.kelompok")
    assert [head.get_text() for head in groups] == ["73.12.01", "73.12.02"]


def test_two_desa_of_one_name_keep_their_own_rows():
    rows = cakupan()
    rows = rows.assign(wilayah=rows["wilayah"].mask(rows["tingkat"].eq("desa"), "Sei Buluh"))
    shown = cells(Laporan(make_hasil(capaian_cakupan=rows)).tabel("cakupan_desa_spesifik").html)
    assert [row[:2] for row in shown] == [
        [kode, "Sei Buluh"] for kode in ("73.12.01.2001", "73.12.01.2002", "73.12.02.2003")
    ]


def test_the_contents_of_the_check_count_rows_and_findings_of_each_table():
    temuan = pd.DataFrame({"kode": list("ABCD"), "uraian": "x",
                           "tingkat": ["galat", "galat", "catatan", "peringatan"],
                           "tabel": ["cakupan", "cakupan", "cakupan", "kegiatan"]})  # fmt: skip
    bahan = make_bahan(temuan=temuan)
    told = {row[0]: row[1:] for row in cells(LaporanPeriksa(bahan).tabel("isi").html)}
    for name, tabel in table_fields().items():
        if name in {"asal", "temuan", "neraca_baris", "sel_ragu"}:
            continue
        counts = [sum(row["tabel"] == tabel and row["tingkat"] == word
                      for row in temuan.to_dict("records"))
                  for word in ("galat", "peringatan", "catatan")]  # fmt: skip
        expected = [str(len(getattr(bahan, name))), *map(str, counts)]
        assert told[tabel_masukan()[tabel].judul] == expected


@pytest.mark.parametrize(
    ("tingkat", "expected"),
    [
        (["galat"], "1 galat. Perbaiki yang berstatus galat"),
        (["catatan", "catatan"], "2 catatan. Tidak ada galat"),
        (["galat", "peringatan", "catatan"], "1 galat, 1 peringatan, dan 1 catatan. Perbaiki"),
    ],
)
def test_the_check_says_how_many_findings_and_what_to_do(tingkat, expected):
    temuan = pd.DataFrame({"kode": "A", "uraian": "x", "tingkat": tingkat})
    html = LaporanPeriksa(make_bahan(temuan=temuan)).narasi("temuan").html
    assert expected in BeautifulSoup(html, "html.parser").get_text()


def test_showing_leaves_the_result_as_it_was():
    before = {name: getattr(HASIL, name).copy() for name in ("capaian_cakupan", "usulan_lokus")}
    laporan = Laporan(replace(HASIL))
    for nama in laporan.daftar_tabel():
        laporan.tabel(nama)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(laporan.hasil, name), frame)


def test_a_list_of_cases_is_shown_with_how_many_of_its_children_the_register_knows():
    kasus = pd.DataFrame({"id_anak": ["aa", "bb", "bb"]})
    known = pd.DataFrame({"id_anak": ["bb", "cc"]})
    html = LaporanPeriksa(make_bahan(kasus=kasus, pengukuran=known)).narasi("ringkas").html
    assert re.findall(r'value="(\d+)"', html.partition("Daftar kasus")[2]) == ["3", "2", "1"]
