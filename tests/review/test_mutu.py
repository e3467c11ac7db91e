"""Findings of the review: each kind from the input that shows it, grouped and ordered."""

from __future__ import annotations

import pytest

from reviu_lib.review import review
from reviu_lib.review.mutu import Bukti, group_temuan

from .bahan_kecil import DESA, KAB, baris, cakupan, make_bahan


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "a0"), (2, "a0 dan a1"), (5, "a4"), (6, "1 lainnya"), (9, "4 lainnya")],
)
def test_at_most_five_things_are_named_and_the_rest_is_counted(count, text):
    item = Bukti("R02", "t", "k", tuple(f"a{i}" for i in range(count)))
    assert item.rincian.endswith(text)
    assert ("lainnya" in item.rincian) == (count > 5)


def test_findings_of_one_kind_in_two_files_are_two_rows_with_their_counts():
    columns = "kode tingkat berkas lembar sel tabel kolom uraian jumlah"
    rows = [f"N01|galat|{name}|l|A1|t|k|u|{n}" for name, n in (("a", 2), ("a", "-"), ("b", 1))]
    frame = group_temuan(make_bahan(temuan=baris(columns, *rows)).temuan)
    assert frame.set_index("berkas")["jumlah"].to_dict() == {"a": 3, "b": 1}


@pytest.mark.parametrize(
    ("kode", "rows"),
    [
        ("R02", cakupan("KAB 110 100")),
        ("R04", cakupan(f"{DESA[0]} 300 1000 semester_1", f"{DESA[0]} 720 1000 semester_2")),
        ("R05", cakupan(f"{DESA[0]} 10 100")),
        ("R10", cakupan(f"{DESA[0]} 90 100", f"{DESA[1]} 1 10")),
        ("R11", cakupan("KAB 1 100", indikator="X99")),
    ],
)
def test_each_kind_of_coverage_fault_is_found_and_named_after_its_indicator(kode, rows):
    found = review(make_bahan(cakupan=rows)).mutu_data.set_index("kode")
    assert rows["kode_indikator"].iloc[0] in found.loc[kode, "uraian"]


def test_a_figure_of_the_review_year_without_a_date_is_a_finding():
    rows = baris("wilayah tahun sumber prevalensi_persen", f"{KAB} 2024 SSGI 20")
    found = review(make_bahan(prevalensi=rows)).mutu_data.set_index("kode")
    assert "SSGI 2024" in found.loc["R07", "uraian"]


def test_clean_empty_inputs_have_no_findings():
    assert review(make_bahan()).mutu_data.empty
