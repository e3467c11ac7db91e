"""Budget and absorption: what enters a share, which status a row gets, and every total."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.catalog import tabel_hasil
from reviu_lib.review.capaian.anggaran import compute_anggaran, judged_serapan, summarize_anggaran
from reviu_lib.review.capaian.pagu import RUPIAH, prepare_anggaran, sum_per_kegiatan

from ..bahan_kecil import DESA, baris, make_bahan, make_konteks

UANG = (
    "id_kegiatan sumber_dana pagu_murni_rp pagu_perubahan_rp realisasi_rp "
    "langsung_sasaran_rp anggaran_kas_sd_cutoff_rp"
)
PLAN = baris(
    "id_kegiatan kode_sub_kegiatan sub_kegiatan opd jenis lokasi_rencana lokasi_realisasi",
    "A|1.02.02.2.02.0015|TTD remaja – Watu|Dinkes|spesifik|-|Desa 2001",
    "B|1.02.02.2.02.0015|TTD remaja – Citta|Disdik|sensitif|Desa 2001|Desa 2002",
    "C|1.03.05.2.01.0006|Jamban|PUPR|sensitif fisik|Kecamatan 01|-",
    "D|1.03.05.2.01.0006|Rapat|-|dukungan|-|-",
    "E|-|Lain|Dinkes|-|Desa Antah|-",
)
LOKUS = baris("kode_desa tahun", f"{DESA[0]} 2024")


def bahan_of(*rows: str, cutoff: dt.date | None = None, tahun: int = 2024):
    return make_bahan(tahun, kegiatan=PLAN, anggaran=baris(UANG, *rows), cutoff=cutoff)


def hasil(*rows: str, cutoff: dt.date | None = None) -> pd.DataFrame:
    return compute_anggaran(make_konteks(bahan_of(*rows, cutoff=cutoff), desa=[])).set_index(
        "baris"
    )


@pytest.mark.parametrize(
    ("row", "status", "serapan"),
    [
        ("A APBD 100 - 100 - -", "wajar", 100),
        ("A APBD 100 - 101 - -", "di atas pagu", 101),
        ("A APBD 100 - - - -", "realisasi tidak diisi", None),
        ("A APBD 100 - 0 - -", "wajar", 0),
        ("A APBD 0 - 0 - -", "tidak dianggarkan", None),
        ("A APBD 0 - - - -", "tidak dianggarkan", None),
        ("A APBD 0 - 5 - -", "realisasi tanpa pagu", None),
        ("A APBD - - 5 - -", "pagu tidak diisi", None),
        ("A APBD 100 0 5 - -", "realisasi tanpa pagu", None),
        ("A APBD - 200 50 - -", "wajar", 25),
    ],
)
def test_each_kind_of_budget_row_has_its_status_and_share(row, status, serapan):
    found = hasil(row).loc["kegiatan:A|APBD"]
    assert found["status_anggaran"] == status
    share = found["serapan_persen"]
    assert (None if pd.isna(share) else share) == serapan


def test_an_empty_realisation_leaves_the_share_but_stays_in_the_budget():
    total = hasil("A APBD 100 - 80 - -", "B APBD 900 - - - -").loc["total:semua"]
    assert (total["pagu_rp"], total["pagu_dinilai_rp"], total["serapan_persen"]) == (1000, 100, 80)


def test_spending_without_a_budget_never_lifts_the_share():
    total = hasil("A APBD 100 - 50 - -", "B APBD 0 - 40 - -").loc["total:semua"]
    assert (total["serapan_persen"], total["realisasi_tanpa_pagu_rp"]) == (50, 40)


def test_activities_are_put_on_the_three_lines_and_others_follow():
    frame = hasil("A APBD 1 - 1 - -", "D APBD 2 - 1 - -", "E APBD 4 - 1 - -", "X APBD 8 - 1 - -")
    lines = frame[frame["kelompok"] == "lini"].set_index("kode")["pagu_rp"]
    assert lines.index.tolist() == [
        "spesifik", "sensitif tanpa fisik", "fisik/infrastruktur", "dukungan", "jenis tidak diisi",
    ]  # fmt: skip
    assert [None if pd.isna(cell) else cell for cell in lines] == [1, None, None, 2, 12]


def test_an_activity_without_opd_is_named_so_and_not_lost():
    opd = hasil("D APBD 7 - 1 - -", "A APBD 3 - 1 - -").query("kelompok == 'opd'")
    assert opd.set_index("kode")["pagu_rp"].to_dict() == {"Dinkes": 3, "OPD tidak diisi": 7}


def test_spending_is_grouped_by_kind_code_and_place_with_the_unknown_apart():
    rows = [f"{name} APBD {size} - {size} - -" for size, name in enumerate("ABCDEX", start=1)]
    konteks = make_konteks(replace_lokus(bahan_of(*rows)), desa=DESA[:2])
    frame = compute_anggaran(konteks)
    pagu = {
        name: part.set_index("kode")["pagu_rp"].to_dict()
        for name, part in frame.groupby("kelompok")
    }
    assert pagu["jenis"] == {
        "spesifik": 1, "sensitif": 5, "dukungan": 4, "jenis tidak diisi": 11,
    }  # fmt: skip
    assert pagu["sub_kegiatan"] == {
        "1.02.02.2.02.0015": 3, "1.03.05.2.01.0006": 7, "kode tidak diisi": 11,
    }  # fmt: skip
    assert pagu["lokus"] == {
        "menyebut desa lokus": 1, "di luar lokus": 2, "wilayah yang memuat lokus": 3,
        "lokasi tidak dinyatakan": 10, "lokasi belum dikenali": 5,
    }  # fmt: skip


def replace_lokus(bahan, lokus=LOKUS):
    return make_bahan(bahan.tahun, kegiatan=bahan.kegiatan, anggaran=bahan.anggaran, lokus=lokus)


def test_a_code_of_several_names_bears_what_they_share_or_says_how_many():
    frame = hasil(*(f"{name} APBD 1 - 1 - -" for name in "ABCDE")).query(
        "kelompok == 'sub_kegiatan'"
    )
    named = frame.set_index("kode")[["nama", "opd"]]
    assert named.loc["1.02.02.2.02.0015"].tolist() == ["TTD remaja", "campuran"]
    assert named.loc["1.03.05.2.01.0006"].tolist() == ["Jamban dan 1 lainnya", "PUPR"]


def test_without_lokus_of_the_year_spending_is_not_grouped_by_it():
    assert "lokus" not in hasil("A APBD 1 - 1 - -")["kelompok"].tolist()


def test_over_and_under_spending_do_not_hide_each_other():
    total = hasil("A APBD 100 - 60 - -", "B APBD 100 - 130 - -").loc["total:semua"]
    assert (total["sisa_rp"], total["di_atas_pagu_rp"]) == (10, 30)


def test_spending_without_a_word_on_what_reached_people_is_unknown_not_zero():
    rows = ["A APBD 100 - 80 20 -", "B APBD 100 - 90 - -", "C APBD - - 7 - -", "D APBD 10 - - - -"]
    total = hasil(*rows).loc["total:semua"]
    assert (total["langsung_sasaran_persen"], total["langsung_kosong_rp"]) == (25, 97)


def test_an_activity_of_two_sources_is_one_activity_with_two_rows():
    frame = hasil("A APBD 60 - 30 - -", "A DAK 40 50 20 - -")
    assert frame.loc["total:semua", ["jumlah_kegiatan", "pagu_rp", "basis_pagu"]].tolist() == [
        1, 110, "campuran",
    ]  # fmt: skip
    assert {"kegiatan:A|APBD", "kegiatan:A|DAK"} <= set(frame.index)


@pytest.mark.parametrize(
    ("cutoff", "kas", "kategori", "kas_persen"),
    [
        (dt.date(2024, 12, 31), "-", "Rendah", None),
        (dt.date(2024, 12, 30), "-", None, None),
        (dt.date(2024, 12, 30), "66", "Tinggi", 60 * 100 / 66),
        (dt.date(2024, 12, 30), "80", "Sedang", 75),
        (dt.date(2024, 12, 30), "0", None, None),
    ],
)
def test_a_class_needs_the_whole_year_or_the_cash_plan(cutoff, kas, kategori, kas_persen):
    row = hasil(f"A APBD 100 - 60 - {kas}", cutoff=cutoff).loc["total:semua"]
    assert (None if pd.isna(row["kategori"]) else row["kategori"]) == kategori
    found = row["serapan_kas_persen"]
    assert (None if pd.isna(found) else found) == kas_persen


@pytest.mark.parametrize(("others", "judged"), [("20", True), ("21", False)])
def test_the_cash_plan_judges_only_when_it_covers_enough_of_the_budget(others, judged):
    rows = ["A APBD 80 - 40 - 50", f"B APBD {others} - 10 - -"]
    total = hasil(*rows, cutoff=dt.date(2024, 6, 30)).loc["total:semua"]
    assert pd.notna(total["serapan_kas_persen"]) == judged


def test_money_reaching_the_target_group_is_a_share_of_its_own_rows():
    total = hasil("A APBD 100 - 80 20 -", "B APBD 100 - 90 - -").loc["total:semua"]
    assert total["langsung_sasaran_persen"] == 25


@pytest.mark.parametrize(("cutoff", "expected"), [(None, 60), (dt.date(2024, 6, 30), 75)])
def test_shortfalls_are_judged_by_the_year_or_the_cash_plan(cutoff, expected):
    konteks = make_konteks(bahan_of("A APBD 100 - 60 - 80", cutoff=cutoff), desa=[])
    assert judged_serapan(konteks).to_dict() == {"A": expected}


def test_summary_counts_activities_not_rows():
    rows = ["A APBD 10 - 0 - -", "A DAK 10 - 0 - -", "B APBD 10 - 12 - -", "C APBD 10 - - - -"]
    konteks = make_konteks(bahan_of(*rows), bahan_of("A APBD 100 - 70 - -", tahun=2023), desa=[])
    numbers = summarize_anggaran(compute_anggaran(konteks), konteks)
    assert (numbers["jumlah_tanpa_realisasi"], numbers["jumlah_di_atas_pagu"]) == (1, 1)
    assert (numbers["jumlah_realisasi_kosong"], numbers["serapan_lalu_persen"]) == (1, 70)
    assert numbers["pagu_rp"] == 40
    assert numbers["serapan_persen"] == 40


def test_without_budget_rows_there_is_no_table_and_no_number():
    konteks = make_konteks(make_bahan(kegiatan=PLAN), desa=[])
    frame = compute_anggaran(konteks)
    assert (frame.empty, summarize_anggaran(frame, konteks)) == (True, {})


MONEY = st.one_of(st.none(), st.integers(0, 10**12))
ROWS = st.lists(st.tuples(st.sampled_from("ABCDE"), MONEY, MONEY, MONEY), min_size=1, max_size=8)


@settings(deadline=None, max_examples=12)
@given(ROWS)
def test_the_total_equals_a_plain_loop_over_the_rows(rows):
    cell = lambda value: "-" if value is None else str(value)  # noqa: E731
    texts = [f"{k} S{i} {cell(m)} {cell(p)} {cell(r)} - -" for i, (k, m, p, r) in enumerate(rows)]
    top = bottom = 0
    for _, murni, perubahan, spent in rows:
        pagu = murni if perubahan is None else perubahan
        if pagu is not None and spent is not None and (pagu > 0 or spent == 0):
            top, bottom = top + spent, bottom + pagu
    share = hasil(*texts).loc["total:semua", "serapan_persen"]
    assert share == pytest.approx(top * 100 / bottom) if bottom else pd.isna(share)


@settings(deadline=None, max_examples=12)
@given(ROWS)
def test_every_grouping_sums_to_the_total(rows):
    cell = lambda value: "-" if value is None else str(value)  # noqa: E731
    texts = [f"{k} S{i} {cell(m)} {cell(p)} {cell(r)} - -" for i, (k, m, p, r) in enumerate(rows)]
    frame = compute_anggaran(make_konteks(replace_lokus(bahan_of(*texts)), desa=DESA[:2]))
    money = [name for name in RUPIAH if name in frame]
    sums = frame.groupby("kelompok")[money].sum(min_count=1)
    assert set(sums.index) == set(tabel_hasil()["realisasi_anggaran"]["kelompok"].pilihan)
    for name in sums.index:
        pd.testing.assert_series_equal(sums.loc[name], sums.loc["total"], check_names=False)


@settings(deadline=None, max_examples=12)
@given(ROWS)
def test_no_rupiah_is_lost_or_counted_twice(rows):
    cell = lambda value: "-" if value is None else str(value)  # noqa: E731
    texts = [f"{k} S{i} {cell(m)} {cell(p)} {cell(r)} - -" for i, (k, m, p, r) in enumerate(rows)]
    bahan = bahan_of(*texts)
    spent = sum(row[3] or 0 for row in rows)
    rows = prepare_anggaran(bahan)
    for frame in (rows, sum_per_kegiatan(rows)):
        assert frame[["realisasi_rp", "realisasi_tanpa_pagu_rp"]].sum().sum() == spent
