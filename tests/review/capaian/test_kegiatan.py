"""Output and time of each activity, counted from the rows again."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from reviu_lib.review.capaian.kegiatan import (
    compute_jendela,
    compute_kegiatan,
    due_share,
    summarize_jadwal,
    summarize_kegiatan,
)

from ..bahan_kecil import baris, make_bahan, make_konteks, tabel

PLAN = "id_kegiatan sub_kegiatan opd target_output realisasi_output"
JADWAL = "id_kegiatan jendela rencana_mulai rencana_selesai realisasi_mulai realisasi_selesai"
TEPAT = "K1 1 2024-01-01 2024-03-31 2024-01-01 2024-03-31"


def rows(*plan: str, jadwal: tuple[str, ...] = (), **more) -> pd.DataFrame:
    tables = {"jadwal": baris(JADWAL, *jadwal)} if jadwal else {}
    bahan = make_bahan(kegiatan=baris(PLAN, *plan), **tables, **more)
    return compute_kegiatan(make_konteks(bahan, desa=[]))


@pytest.mark.parametrize(
    ("target", "realisasi", "persen", "status", "kategori"),
    [
        ("100", "100", 100, "tercapai", "Sangat tinggi"),
        ("100", "99.9", 99.9, "belum tercapai", "Sangat tinggi"),
        ("120", "150", 125, "tercapai", "Sangat tinggi"),
        ("100", "0", 0, "belum tercapai", "Sangat rendah"),
        ("100", "-", None, "belum dapat dinilai", None),
        ("0", "5", None, "belum dapat dinilai", None),
        ("-", "5", None, "belum dapat dinilai", None),
    ],
)
def test_output_is_realisation_over_target_and_silence_is_not_zero(
    target, realisasi, persen, status, kategori
):
    row = rows(f"K1|TTD|Dinkes|{target}|{realisasi}").iloc[0]
    found = [row[name] for name in ("capaian_output_persen", "status_output", "kategori_output")]
    assert [None if pd.isna(cell) else cell for cell in found] == [persen, status, kategori]


def test_the_score_of_output_is_clamped_and_its_attainment_is_not():
    row = rows("K1|TTD|Dinkes|120|150").iloc[0]
    assert (row["capaian_output_persen"], row["skor_output_persen"]) == (125, 100)


def test_activities_keep_the_order_and_the_wording_of_the_plan():
    names = ["<script>alert(1)</script>", "=SUM(A1)", "$x$ Ibu “hamil” – ½", "Panjang " * 60]
    frame = rows(*[f"K{9 - i}|{name}|Dinkes|1|1" for i, name in enumerate(names)])
    assert frame["baris"].tolist() == ["K9", "K8", "K7", "K6"]
    assert frame["sub_kegiatan"].tolist() == [name.strip() for name in names]


def test_an_activity_without_windows_has_an_unknown_time():
    row = rows("K1|TTD|Dinkes|1|1").iloc[0]
    assert (row["status_waktu"], row["jumlah_jendela"], row["jumlah_jendela_tepat"]) == (
        "tidak diketahui", 0, 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("window", "status", "at_least"),
    [
        ("2024-01-01 2024-03-31 2024-01-01 2024-03-31", "tepat waktu", None),
        ("2024-01-01 2024-03-31 2024-01-01 2024-03-01", "tepat waktu", None),
        ("2024-01-01 2024-03-31 2024-01-01 2024-04-01", "terlambat", None),
        ("2024-01-01 2024-12-09 2024-01-01 -", "belum selesai dan lewat rencana", 1),
        ("2024-01-01 2024-12-10 2024-01-01 -", "belum jatuh tempo", None),
        ("2024-01-01 2024-12-10 - -", "belum jatuh tempo", None),
        ("2024-01-01 2024-12-09 - -", "tidak diketahui", None),
        ("2024-01-01 - 2024-01-01 2024-04-01", "tidak diketahui", None),
        ("- - - -", "tidak diketahui", None),
        ("- 2024-03-31 - 2024-03-31", "tepat waktu", None),
    ],
)
def test_a_window_is_judged_by_its_planned_end_and_the_review_date(window, status, at_least):
    frame = tabel("jadwal", baris(JADWAL, f"K1 1 {window}"))
    row = compute_jendela(frame, dt.date(2024, 12, 10)).iloc[0]
    assert row["status_waktu"] == status
    found = row["terlambat_minimal_hari"]
    assert (None if pd.isna(found) else found) == at_least


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("belum selesai dan lewat rencana", "terlambat"),
        ("terlambat", "tidak diketahui"),
        ("tidak diketahui", "belum jatuh tempo"),
        ("belum jatuh tempo", "tepat waktu"),
    ],
)
def test_the_worst_window_names_the_status_of_the_activity(worse, better):
    frame = pd.DataFrame({"id_kegiatan": "K1", "status_waktu": [better, worse, better]}).assign(
        deviasi_mulai_hari=[1.0, None, 5], deviasi_selesai_hari=[2.0, None, None],
        terlambat_minimal_hari=[None, 3.0, None],
    )  # fmt: skip
    row = summarize_jadwal(frame).iloc[0]
    assert (row["status_waktu"], row["jumlah_jendela"]) == (worse, 3)
    assert row["jumlah_jendela_tepat"] == (2 if better == "tepat waktu" else 0)
    assert row[["deviasi_mulai_hari", "deviasi_selesai_hari", "terlambat_minimal_hari"]].tolist() \
        == [5, 2, 3]  # fmt: skip


@pytest.mark.parametrize(
    ("cutoff", "ends", "share"),
    [
        (dt.date(2024, 12, 31), ["2024-12-31"], 1),
        (dt.date(2024, 6, 30), ["2024-06-30"], 1),
        (dt.date(2024, 6, 30), ["2024-03-31", "2024-07-01"], 182 / 366),
        (dt.date(2023, 6, 30), ["2023-12-31"], 181 / 365),
        (dt.date(2024, 6, 30), [], 182 / 366),
        (dt.date(2025, 2, 1), [], 1),
    ],
)
def test_the_due_share_is_whole_when_all_windows_ended_else_the_year_gone(cutoff, ends, share):
    windows = [f"K1 {i} - {end} - -" for i, end in enumerate(ends, start=1)]
    tables = {"jadwal": baris(JADWAL, *windows)} if windows else {}
    year = 2023 if cutoff.year == 2023 else 2024
    bahan = make_bahan(year, kegiatan=baris(PLAN, "K1|TTD|Dinkes|1|1"), cutoff=cutoff, **tables)
    assert due_share(make_konteks(bahan, desa=[]))["K1"] == pytest.approx(share)


def test_counts_and_means_are_those_of_the_rows():
    plan = ["A|a|Dinkes|100|150", "B|b|Dinkes|100|50", "C|c|PUPR|100|-", "D|d|-|0|3"]
    jadwal = (TEPAT.replace("K1", "A"), "B 1 - 2024-03-31 - 2024-04-10",
              "C 1 - 2024-03-31 - 2024-05-10", "D 1 - 2024-03-31 2024-03-01 -")  # fmt: skip
    numbers = summarize_kegiatan(rows(*plan, jadwal=jadwal))
    expected = {
        "jumlah_kegiatan": 4, "jumlah_opd": 2, "jumlah_kegiatan_dinilai": 2,
        "jumlah_output_tercapai": 1, "jumlah_output_belum": 1, "jumlah_output_tanpa_data": 1,
        "rerata_skor_output_persen": 75, "jumlah_tepat_waktu": 1, "jumlah_terlambat": 2,
        "jumlah_lewat_rencana": 1, "jumlah_belum_jatuh_tempo": 0,
        "jumlah_waktu_tidak_diketahui": 0, "tepat_waktu_persen": 25,
        "terlambat_terburuk_hari": 40, "terlambat_terburuk_kegiatan_teks": "C",
        "lewat_terlama_hari": 306, "lewat_terlama_kegiatan_teks": "D",
    }  # fmt: skip
    assert numbers == expected


def test_punctuality_is_missing_when_no_window_can_be_judged():
    numbers = summarize_kegiatan(rows("A|a|Dinkes|1|1"))
    assert pd.isna(numbers["tepat_waktu_persen"])
    assert "terlambat_terburuk_hari" not in numbers


def test_no_activities_give_no_numbers():
    empty = compute_kegiatan(make_konteks(make_bahan(), desa=[]))
    assert (len(empty), summarize_kegiatan(empty)) == (0, {})
