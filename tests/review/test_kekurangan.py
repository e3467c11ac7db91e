"""Shortfalls and barriers: the limits, the links between them, and how they are named."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.review.hambatan import (
    find_kekurangan,
    join_kekurangan,
    summarize_hambatan,
)
from reviu_lib.review.konteks import Konteks, split_indikator
from reviu_lib.review.pelaksanaan.aksi import summarize_aksi, summarize_tindak_lanjut

from .bahan_kecil import baris, make_bahan, make_konteks

FLAGS = ["output", "anggaran", "waktu"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("E11", ["E11"]),
        ("E11; E17", ["E11", "E17"]),
        (" E11 ,E17;E11 ", ["E11", "E17"]),
        ("E11;;E17;", ["E11", "E17"]),
        (";", []),
        ("", []),
        (None, []),
        ("E11 dan E17", ["E11 dan E17"]),
        ("<script>", ["<script>"]),
    ],
)
def test_related_indicators_are_parted_by_semicolons_or_commas_and_named_once(text, codes):
    frame = pd.DataFrame({"id_kegiatan": ["K1"], "indikator_terkait": [text]}, dtype="string")
    assert split_indikator(frame)["kode_indikator"].tolist() == codes


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        ((False, False, False), None),
        ((True, False, False), "output"),
        ((False, True, True), "anggaran; waktu"),
        ((True, True, True), "output; anggaran; waktu"),
    ],
)
def test_shortfalls_are_named_in_one_order_and_none_is_missing(flags, text):
    found = join_kekurangan(pd.DataFrame([flags], columns=FLAGS))[0]
    assert (None if pd.isna(found) else found) == text


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=6))
def test_a_named_list_can_be_read_back_into_its_shortfalls(rows):
    frame = pd.DataFrame(rows, columns=FLAGS, dtype=bool)
    for text, row in zip(join_kekurangan(frame), rows, strict=True):
        names = [] if pd.isna(text) else text.split("; ")
        assert tuple(name in names for name in FLAGS) == row


@cache
def spent(realisasi: int) -> Konteks:
    """One activity of which `realisasi` of 1,000 rupiah were spent in the whole year."""
    kolom = "id_kegiatan sumber_dana pagu_murni_rp realisasi_rp"
    bahan = make_bahan(
        kegiatan=baris("id_kegiatan", "K1"), anggaran=baris(kolom, f"K1 APBD 1000 {realisasi}")
    )
    return make_konteks(bahan, desa=[])


def short(output: float | None, realisasi: int = 1000, waktu: str = "tepat waktu") -> list[str]:
    row = {"id_kegiatan": "K1", "capaian_output_persen": output, "status_waktu": waktu}
    frame = pd.DataFrame([row]).astype({"capaian_output_persen": "float64"})
    flags = find_kekurangan(frame, spent(realisasi)).loc["K1"]
    return [name for name in FLAGS if flags[name]]


@pytest.mark.parametrize(
    ("output", "expected"),
    [(91, []), (90.999, ["output"]), (0, ["output"]), (None, []), (250, [])],
)
def test_output_falls_short_below_ninety_one_percent_and_silence_is_not_short(output, expected):
    assert short(output) == expected


@pytest.mark.parametrize(
    ("realisasi", "expected"), [(760, []), (759, ["anggaran"]), (0, ["anggaran"]), (1200, [])]
)
def test_absorption_falls_short_below_seventy_six_percent(realisasi, expected):
    assert short(100, realisasi) == expected


@pytest.mark.parametrize(
    ("waktu", "expected"),
    [
        ("tepat waktu", []),
        ("terlambat", ["waktu"]),
        ("belum selesai dan lewat rencana", ["waktu"]),
        ("belum jatuh tempo", []),
        ("tidak diketahui", []),
    ],
)
def test_only_a_late_or_overdue_activity_falls_short_in_time(waktu, expected):
    assert short(100, waktu=waktu) == expected


def test_an_activity_without_a_budget_is_not_short_of_absorption():
    row = {"id_kegiatan": "K2", "capaian_output_persen": 100.0, "status_waktu": "tepat waktu"}
    assert not find_kekurangan(pd.DataFrame([row]), spent(0)).loc["K2"].any()


BARRIER = ["keadaan", "kategori", "status", "solusi_dari"]


def summary(*rows: tuple[str, str | None, str | None, str]) -> dict[str, object]:
    return summarize_hambatan(pd.DataFrame(rows, columns=BARRIER).astype("string"))


def test_barriers_are_counted_apart_from_questions():
    numbers = summary(
        ("tercatat", "SDM", "selesai", "OPD"),
        ("tercatat", "SDM", "belum", "arahan umum"),
        ("tercatat", "data", None, "belum ada"),
        ("belum dicatat", None, "belum", "belum ada"),
    )
    assert numbers == {
        "jumlah_kekurangan_tanpa_hambatan": 1, "jumlah_hambatan": 3, "jumlah_hambatan_selesai": 1,
        "jumlah_hambatan_tanpa_solusi": 2, "kategori_terbanyak_teks": "SDM",
        "kategori_terbanyak_jumlah": 2,
    }  # fmt: skip


def test_barriers_without_any_category_have_no_most_frequent_one():
    assert "kategori_terbanyak_teks" not in summary(("tercatat", None, "belum", "OPD"))


def test_questions_alone_are_no_barriers():
    assert summary(("belum dicatat", None, "belum", "belum ada")) == {
        "jumlah_kekurangan_tanpa_hambatan": 1
    }


def aksi(*rows: tuple[str, float | None, float]) -> dict[str, object]:
    frame = pd.DataFrame(rows, columns=["status", "nilai", "bobot"])
    return summarize_aksi(frame.assign(kelompok="utama"))


@pytest.mark.parametrize(
    ("rows", "progress"),
    [
        ([("selesai", 1, 1), ("belum", 0, 1)], 50),
        ([("selesai", 1, 3), ("belum", 0, 1)], 75),
        ([("selesai", 1, 1), ("sebagian", 0.5, 1), ("berjalan", None, 8)], 75),
        ([("belum jatuh tempo", None, 1), ("tidak dilaporkan", None, 1)], None),
        ([("belum", 0, 1)], 0),
        ([("selesai", 1, 0)], None),
    ],
)
def test_progress_weighs_what_can_be_judged_and_leaves_out_the_rest(rows, progress):
    found = aksi(*rows)["kemajuan_aksi_persen"]
    assert (None if pd.isna(found) else found) == progress


WORDS = ["selesai", "sebagian", "belum", "berjalan", "belum jatuh tempo", "tidak dilaporkan"]


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_every_aksi_is_counted_in_exactly_one_group(status):
    numbers = aksi(*[(word, None, 1) for word in status])
    groups = ("selesai", "sebagian", "belum", "berjalan", "tidak_dilaporkan")
    assert sum(numbers[f"jumlah_aksi_{name}"] for name in groups) == len(status)


def test_without_last_years_recommendations_nothing_is_counted():
    assert summarize_tindak_lanjut(pd.DataFrame({"status": []})) == {}
