"""Kabupaten side by side: own columns, own numbers, nobody ranked, nobody mixed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from bs4 import BeautifulSoup
from hasil_kecil import NILAI, cakupan, make_hasil, make_kosong, ringkasan
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.catalog import load_ringkasan
from reviu_lib.errors import LaporanError
from reviu_lib.hasil import HasilReviu, distinct_names
from reviu_lib.report import LaporanBanding
from reviu_lib.report.susunan import load_susunan_banding

ANGKA = {**NILAI, "jarak_target_poin": -2.0}


def unit(kode: str, nama: str, capaian=None, **angka) -> HasilReviu:
    """Return one kabupaten: its coverage by indicator in percent, its numbers of the summary."""
    rows = cakupan().query("tingkat == 'kabupaten'").assign(kode_wilayah=kode, wilayah=nama)
    capaian = {"E10": 50.0} if capaian is None else capaian
    rows = rows[rows["kode_indikator"].isin(capaian)]
    rows = rows.assign(capaian_persen=rows["kode_indikator"].map(capaian).astype("float64"))
    return make_hasil(kode_kabupaten=kode, nama=nama, capaian_cakupan=rows,
                      ringkasan=ringkasan({**ANGKA, **angka}))  # fmt: skip


@cache
def named(kode: str, nama: str) -> HasilReviu:
    return replace(make_kosong(), kode_kabupaten=kode, nama=nama)


def page(piece) -> BeautifulSoup:
    return BeautifulSoup(piece.html, "html.parser")


def heads(laporan: LaporanBanding, nama: str) -> list[str]:
    return [th.get_text() for th in page(laporan.tabel(nama)).select("thead th")]


def rows(laporan: LaporanBanding, nama: str) -> list[list[str]]:
    table = page(laporan.tabel(nama))
    return [[c.get_text() for c in tr.find_all(["th", "td"])] for tr in table.select("tbody tr")]


BANDUNG = [unit("32.04", "Bandung", serapan_persen=11.0),
           unit("32.73", "Bandung", serapan_persen=22.0)]  # fmt: skip


@pytest.mark.parametrize("nama", ["banding_cakupan", "banding_tanggal", *load_susunan_banding()])
def test_a_kabupaten_and_a_kota_of_one_name_have_different_heads(nama):
    shown = heads(LaporanBanding(BANDUNG), nama)
    assert shown[-2:] == ["Bandung (32.04)", "Bandung (32.73)"]


def test_the_cover_tells_a_kabupaten_and_a_kota_of_one_name_apart():
    names = page(LaporanBanding(BANDUNG).sampul()).select(".atas-judul")
    assert [name.get_text() for name in names] == ["Bandung (32.04)", "Bandung (32.73)"]


def test_a_name_that_only_one_has_stays_without_code():
    daftar = [*BANDUNG, unit("32.05", "Kabupaten Garut")]
    assert distinct_names(daftar)[2] == "Kabupaten Garut"
    assert distinct_names([]) == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["Bandung", "Kota Bandung", "Bandung (32.01)"]), max_size=4))
def test_heads_of_real_names_are_always_different(names):
    daftar = [named(f"32.{place:02}", name) for place, name in enumerate(names, start=2)]
    assert len(set(distinct_names(daftar))) == len(names)


def test_one_kabupaten_named_twice_is_refused_with_its_code():
    garut = unit("32.05", "Kabupaten Garut")
    with pytest.raises(LaporanError, match="lebih dari sekali") as caught:
        LaporanBanding([garut, unit("32.06", "Kabupaten Tasikmalaya"), garut])
    assert "32.05" in str(caught.value)
    assert "32.06" not in str(caught.value)


def test_the_error_of_two_years_names_each_with_its_year():
    with pytest.raises(LaporanError) as caught:
        LaporanBanding([BANDUNG[0], replace(BANDUNG[1], tahun=2023)])
    assert "Bandung 2024, Bandung 2023" in str(caught.value)


def test_any_sequence_of_results_can_be_compared_also_one_that_is_read_once():
    laporan = LaporanBanding(iter(BANDUNG))
    assert len(laporan.daftar) == 2
    assert len(heads(laporan, "banding_tanggal")) == 3


def test_columns_stand_in_the_order_asked_for():
    laporan = LaporanBanding(list(reversed(BANDUNG)))
    assert heads(laporan, "banding_cakupan")[-2:] == ["Bandung (32.73)", "Bandung (32.04)"]


def test_coverage_is_matched_by_code_and_what_one_lacks_is_a_dash():
    one = unit("73.11", "Kabupaten Barru", {"E10": 50.0, "E12": 0.0})
    two = unit("73.12", "Kabupaten Soppeng", {"E12": 12.34, "E14": float("nan")})
    table = {row[0]: row[2:] for row in rows(LaporanBanding([one, two]), "banding_cakupan")}
    assert table == {"E10": ["50,0", "–"], "E12": ["0,0", "12,3"], "E14": ["–", "–"]}


def test_only_rows_of_the_kabupaten_are_compared_never_those_of_its_desa():
    whole = make_hasil()
    shown = rows(LaporanBanding([whole]), "banding_cakupan")
    frame = whole.capaian_cakupan
    told = frame[frame["kode_wilayah"].eq("73.12")]
    assert [row[0] for row in shown] == sorted(told["kode_indikator"])


def test_one_without_any_data_keeps_its_column_of_dashes():
    laporan = LaporanBanding([BANDUNG[0], replace(make_kosong(), kode_kabupaten="73.12")])
    for nama in ("banding_anggaran", "banding_outcome"):
        assert {row[-1] for row in rows(laporan, nama)} == {"–"}


@pytest.mark.parametrize("nama", list(load_susunan_banding()))
def test_every_row_is_the_number_its_key_names_with_its_unit(nama):
    laporan = LaporanBanding(BANDUNG)
    for kunci, row in zip(load_susunan_banding()[nama].baris, rows(laporan, nama), strict=True):
        assert row[0] == load_susunan_banding()[nama].baris[kunci]
        known = ANGKA.get(kunci) is not None
        unit_word = {"persen": " persen", "poin": " poin"}.get(load_ringkasan()[kunci].format, "")
        assert (row[1] != "–") is known, kunci
        assert not known or row[1].endswith(unit_word)


def test_nobody_is_ranked_the_order_does_not_follow_the_numbers():
    laporan = LaporanBanding([unit("32.05", "A", serapan_persen=1.0),
                              unit("32.06", "B", serapan_persen=99.0)])  # fmt: skip
    assert heads(laporan, "banding_anggaran")[-2:] == ["A", "B"]
    assert "peringkat" not in laporan.tabel("banding_anggaran").html.lower()


def test_dates_and_edition_are_those_of_each():
    two = replace(BANDUNG[1], tanggal_cutoff=date(2024, 6, 30), edisi="final")
    table = rows(LaporanBanding([BANDUNG[0], two]), "banding_tanggal")
    assert table == [["Batas data", "30 November 2024", "30 Juni 2024"],
                     ["Tanggal reviu", "10 Desember 2024", "10 Desember 2024"],
                     ["Edisi", "rapat", "final"]]  # fmt: skip


@pytest.mark.parametrize("marks", [(True, False), (False, True), (False, False)])
def test_one_example_among_them_marks_the_whole_comparison(marks):
    daftar = [replace(item, contoh=mark) for item, mark in zip(BANDUNG, marks, strict=True)]
    laporan = LaporanBanding(daftar)
    for piece in (laporan.sampul(), laporan.tabel("banding_tanggal")):
        assert (PENANDA_CONTOH in piece.html) is any(marks)


def test_a_name_cannot_bring_markup_into_a_head_or_the_cover():
    laporan = LaporanBanding([replace(BANDUNG[0], nama="<script>x</script>")])
    html = laporan.sampul().html + laporan.tabel("banding_tanggal").html
    assert page(laporan.sampul()).select_one(".atas-judul").get_text() == "<script>x</script>"
    assert BeautifulSoup(html, "html.parser").find("script") is None


def test_a_comparison_has_no_cut_off_date_of_its_own():
    caption = page(LaporanBanding(BANDUNG).tabel("banding_anggaran")).caption
    assert caption.time is None
    assert "batas data masing-masing" in caption.get_text()


def test_ten_kabupaten_stand_in_ten_columns_each_with_its_own_number():
    daftar = [unit(f"32.{n:02}", f"Kabupaten {n}", {"E10": float(n)}) for n in range(1, 11)]
    (row,) = rows(LaporanBanding(daftar), "banding_cakupan")
    assert row[2:] == [f"{n},0" for n in range(1, 11)]
