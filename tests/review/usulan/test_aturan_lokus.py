"""The score of a desa: its parts, its flags, its words, and the number proposed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from reviu_lib.catalog import load_ambang
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.usulan.lokus import (
    _compare_current,
    _krs_share,
    _mean_gap,
    _quadrants,
    _rank,
    _reasons,
    _reliability,
    _score,
    count_lokus,
    split_quadrants,
    summarize_kuadran,
    summarize_lokus,
)

from ..bahan_kecil import DESA, baris, cakupan, make_bahan, make_konteks
from ..ulang import rank_score

NAN = float("nan")
PARTS = ["prevalensi_persen", "stunting", "rerata_kesenjangan_poin", "porsi_krs_persen"]


@cache
def empty() -> Konteks:
    """The context of a kabupaten of four desa that handed in nothing."""
    return make_konteks(make_bahan(), desa=DESA)


def score(*rows: tuple[float, ...]) -> pd.DataFrame:
    return _score(pd.DataFrame(rows, columns=PARTS, dtype="float64"), empty())


def test_the_declared_weights_of_the_score_add_up_to_one():
    ambang = load_ambang()
    names = ("prevalensi", "jumlah", "kesenjangan", "krs")
    assert sum(ambang[f"bobot_lokus_{name}"] for name in names) == pytest.approx(1)


def test_the_score_is_the_weighted_sum_of_the_ranks():
    rows = [(30, 10, 5, 40), (20, 30, 0, 10), (20, 20, 9, 70), (5, 1, 2, 20)]
    ranks = [rank_score(list(column)) for column in zip(*rows, strict=True)]
    expected = [
        0.35 * p + 0.30 * n + 0.25 * gap + 0.10 * krs for p, n, gap, krs in zip(*ranks, strict=True)
    ]
    assert score(*rows)["skor"].tolist() == pytest.approx(expected)


def test_a_desa_without_one_part_is_scored_by_its_others():
    frame = score((30, NAN, 5, NAN), (20, 30, 0, 10), (10, 20, 9, 70))
    assert frame.loc[0, "skor"] == pytest.approx((0.35 * 100 + 0.25 * 50) / 0.60)
    assert frame.loc[0, "tersedia"] == "prevalensi, kesenjangan cakupan"


def test_a_desa_of_which_nothing_is_known_has_no_score():
    frame = score((NAN, NAN, NAN, NAN), (20, 30, 0, 10))
    assert pd.isna(frame.loc[0, "skor"])
    assert frame.loc[0, "tersedia"] == ""


@pytest.mark.parametrize(
    ("prevalensi", "kesenjangan", "kuadran"),
    [(20, 10, "I"), (20, 9.9, "II"), (19.9, 10, "III"), (19.9, 9.9, "IV"), (NAN, 10, None),
     (20, NAN, None)],
)  # fmt: skip
def test_quadrants_are_cut_at_the_medians_which_belong_to_the_upper_half(
    prevalensi, kesenjangan, kuadran
):
    rows = [(prevalensi, kesenjangan), (20, 10), (20, 10), (40, 30), (1, 1)]
    frame = pd.DataFrame(rows, columns=["prevalensi_persen", "rerata_kesenjangan_poin"])
    found = _quadrants(frame.assign(data_andal=True), empty())[0]
    assert (None if pd.isna(found) else found) == kuadran


def test_unreliable_desa_have_a_quadrant_but_do_not_move_its_bounds():
    rows = [(10, 5, True), (20, 5, True), (30, 5, None), (90, 5, False), (95, 5, False)]
    frame = pd.DataFrame(
        rows, columns=["prevalensi_persen", "rerata_kesenjangan_poin", "data_andal"]
    ).astype({"data_andal": "boolean"})
    assert split_quadrants(frame, empty()) == (20, 5)
    assert _quadrants(frame, empty()).tolist() == ["III", "I", "I", "I", "I"]
    assert split_quadrants(frame[3:], empty()) == (92.5, 5)
    assert summarize_kuadran(frame, empty()) == {
        "kuadran_prevalensi_persen": 20, "kuadran_kesenjangan_poin": 5}  # fmt: skip


@pytest.mark.parametrize(
    ("diukur", "ds", "andal"),
    [
        (30, 60, True),
        (29, 60, False),
        (30, 59.99, False),
        (30, NAN, None),
        (29, NAN, False),
        (NAN, 90, False),
        (NAN, NAN, False),
        (500, 130, True),
    ],
)
def test_thirty_measured_and_sixty_percent_present_make_a_desa_reliable(diukur, ds, andal):
    frame = pd.DataFrame({"diukur": [diukur], "d_per_s_persen": [ds]}, dtype="float64")
    found = _reliability(frame, empty())[0]
    assert (None if pd.isna(found) else bool(found)) is andal


def ranked(*rows: tuple, konteks: Konteks | None = None) -> pd.DataFrame:
    columns = ["kode_desa", "skor", "stunting", "data_andal"]
    frame = pd.DataFrame(rows, columns=columns).astype({"data_andal": "boolean"})
    return _rank(frame, konteks or empty())


def test_equal_scores_go_by_the_number_of_children_then_by_code():
    frame = ranked(("c", 50.0, 3, True), ("b", 50.0, 3, True), ("a", 50.0, 2, True),
                   ("d", 50.0, 9, True))  # fmt: skip
    assert frame["kode_desa"].tolist() == ["d", "b", "c", "a"]
    assert frame["urutan"].tolist() == [1, 2, 3, 4]


def test_an_unreliable_desa_has_no_rank_however_high_its_score():
    frame = ranked(("a", 99.0, 9, False), ("b", 1.0, 1, True), ("c", 0.5, 1, None)).set_index(
        "kode_desa"
    )
    assert frame.index.tolist() == ["b", "c", "a"]
    assert frame["usulan"].tolist() == [
        "diusulkan lokus", "tetap dipantau", "belum dapat dinilai",
    ]  # fmt: skip
    assert pd.isna(frame.loc["a", "urutan"])


def with_desa(count: int, *now: str) -> Konteks:
    table = {"lokus": baris("kode_desa tahun dasar", *now)} if now else {}
    konteks = make_konteks(make_bahan(**table), desa=[])
    codes = pd.Series([f"73.12.01.{2000 + i}" for i in range(count)])
    return replace(konteks, desa=pd.DataFrame({"kode_desa": codes}))


@pytest.mark.parametrize(
    ("desa", "expected"), [(0, 0), (1, 1), (4, 1), (5, 2), (70, 18), (237 + 6, 61)]
)
def test_a_quarter_of_all_desa_rounded_up_is_proposed_when_none_is_decreed(desa, expected):
    assert count_lokus(with_desa(desa)) == expected


def test_decrees_of_other_years_do_not_set_the_number():
    rows = [f"{DESA[0]} 2023 SK", f"{DESA[1]} 2024 SK", f"{DESA[2]} 2025 SK"]
    assert count_lokus(with_desa(70, *rows)) == 1
    assert count_lokus(with_desa(70, rows[0])) == 18


@pytest.mark.parametrize(
    ("usulan", "andal", "lokus", "tersedia", "expected"),
    [
        ("diusulkan lokus", True, True, "a, b, c, d", "Skor dari a, b, c, d."),
        ("tetap dipantau", True, True, "a, b, c, d", "Skor dari a, b, c, d; saat ini lokus."),
        ("tetap dipantau", True, None, "a, b, c, d", "Skor dari a, b, c, d."),
        ("tetap dipantau", True, False, "a",
         "Skor dari a; bobot komponen yang tidak ada dibagi ke yang ada."),
        ("tetap dipantau", None, False, "a, b, c, d",
         "Skor dari a, b, c, d; D/S tidak tersedia."),
        ("belum dapat dinilai", False, True, "a",
         "Jumlah diukur atau D/S di bawah ambang, atau tidak tersedia: data tidak andal; "
         "saat ini lokus."),
    ],
)  # fmt: skip
def test_the_reason_says_what_the_score_rests_on_and_what_is_lacking(
    usulan, andal, lokus, tersedia, expected
):
    row = {"usulan": usulan, "data_andal": andal, "lokus_tahun_ini": lokus, "tersedia": tersedia}
    frame = pd.DataFrame([row]).astype({"data_andal": "boolean", "lokus_tahun_ini": "boolean"})
    assert _reasons(frame).tolist() == [expected]


@pytest.mark.parametrize(
    ("rows", "gap"),
    [
        ([("naik", -10.0, "belum tercapai")], 10),
        ([("naik", 10.0, "tercapai")], 0),
        ([("turun", 10.0, "belum tercapai")], 10),
        ([("turun", -10.0, "tercapai")], 0),
        ([("naik", -10.0, "belum tercapai"), ("naik", 30.0, "tercapai")], 5),
        ([("naik", -10.0, "belum tercapai"), ("naik", -90.0, "belum dapat dinilai")], 10),
        ([("naik", -90.0, "belum dapat dinilai")], None),
    ],
)
def test_a_gap_is_the_mean_shortfall_and_no_surplus_pays_for_it(rows, gap):
    columns = ["arah", "selisih_target_poin", "status_capaian"]
    frame = pd.DataFrame(rows, columns=columns).assign(tingkat="desa", kode_wilayah=DESA[0])
    assert _mean_gap(frame).get(DESA[0]) == gap


def test_a_gap_of_the_kabupaten_is_no_gap_of_a_desa():
    frame = pd.DataFrame({
        "arah": ["naik"], "selisih_target_poin": [-10.0], "status_capaian": ["belum tercapai"],
        "tingkat": ["kabupaten"], "kode_wilayah": ["73.12"],
    })  # fmt: skip
    assert _mean_gap(frame).empty


def test_the_share_at_risk_is_families_at_risk_over_all_families():
    rows = pd.concat([
        cakupan(f"{DESA[0]} 5 40", f"{DESA[1]} 5 30", indikator="E24"),
        cakupan(f"{DESA[0]} 5 160", indikator="E20"),
    ])  # fmt: skip
    share = _krs_share(make_konteks(make_bahan(cakupan=rows), desa=DESA))
    assert share[DESA[0]] == 25
    assert pd.isna(share.get(DESA[1], NAN))


def test_an_era_without_an_indicator_of_families_at_risk_has_no_such_part():
    assert _krs_share(make_konteks(make_bahan(2021), desa=DESA)).empty


def test_the_summary_counts_proposed_kept_and_unreliable_desa():
    frame = pd.DataFrame({
        "usulan": ["diusulkan lokus", "diusulkan lokus", "tetap dipantau", "belum dapat dinilai"],
        "lokus_tahun_ini": [True, False, True, True],
        "data_andal": pd.array([True, None, True, False], dtype="boolean"),
    })  # fmt: skip
    konteks = with_desa(4, *[f"{kode} 2024 SK" for kode in (DESA[0], DESA[2], DESA[3])])
    assert summarize_lokus(frame, konteks) == {
        "jumlah_lokus_tahun_ini": 3, "jumlah_lokus_diusulkan": 2, "jumlah_lokus_tetap": 1,
        "jumlah_desa_tidak_andal": 1,
    }  # fmt: skip


def test_without_decrees_the_number_of_kept_focus_desa_is_unknown():
    frame = pd.DataFrame({
        "usulan": ["diusulkan lokus"], "lokus_tahun_ini": [pd.NA],
        "data_andal": pd.array([True], dtype="boolean"),
    })  # fmt: skip
    numbers = summarize_lokus(frame, empty())
    assert numbers["jumlah_lokus_tetap"] is None
    assert "jumlah_lokus_tahun_ini" not in numbers


@pytest.mark.parametrize(
    ("usulan", "lokus", "word"),
    [
        ("diusulkan lokus", True, "tetap"),
        ("diusulkan lokus", False, "baru"),
        ("tetap dipantau", True, "keluar"),
        ("belum dapat dinilai", True, "belum dapat dinilai"),
        ("belum dapat dinilai", False, "bukan lokus"),
        ("tetap dipantau", False, "bukan lokus"),
        ("diusulkan lokus", pd.NA, pd.NA),
    ],
)
def test_the_proposal_is_compared_with_the_list_of_the_year(usulan, lokus, word):
    frame = pd.DataFrame({"usulan": [usulan], "lokus_tahun_ini": pd.array([lokus], "boolean")})
    found = _compare_current(frame)[0]
    assert (pd.isna(found) and pd.isna(word)) or found == word
