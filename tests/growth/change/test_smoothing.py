"""Smoothing and funnel of small places: by hand, in closed form, and against a known truth."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from reviu_lib.errors import TataLetakError
from reviu_lib.growth import (
    compute_funnel,
    compute_funnel_limits,
    estimate_sebaran,
    smooth_prevalensi,
)

from .kasus import cases, shown

counts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
places = st.lists(counts, min_size=1, max_size=20)


def desa(kasus, diukur):
    return pd.DataFrame({"kasus": kasus, "diukur": diukur})


def simulate(rng, *, rerata=0.2, bobot=40, banyak=70):
    """Return places of 5 to 119 children with a known true share, and that share in percent."""
    diukur = rng.integers(5, 120, banyak)
    benar = rng.beta(rerata * bobot, (1 - rerata) * bobot, banyak)
    return desa(rng.binomial(diukur, benar), diukur), benar * 100


@cases("pemulusan")
def test_smoothing_is_that_worked_by_hand(case):
    assert shown(estimate_sebaran(case["kasus"], case["diukur"]).bobot) == case["bobot"]
    smooth = smooth_prevalensi(desa(case["kasus"], case["diukur"]))
    for name in ("halus_persen", "penyusutan_persen"):
        assert smooth[name].map(shown).tolist() == case[name]


def test_smoothing_is_nearer_to_the_truth_than_the_counts_are():
    rng = np.random.default_rng(20241210)
    raw_error, smooth_error, covered = [], [], []
    for _ in range(60):
        frame, benar = simulate(rng)
        result = smooth_prevalensi(frame)
        raw_error.append(((result["prevalensi_persen"] - benar) ** 2).mean())
        smooth_error.append(((result["halus_persen"] - benar) ** 2).mean())
        low, high = result["bawah_halus_persen"], result["atas_halus_persen"]
        covered.append(((low <= benar) & (benar <= high)).mean())
    assert np.mean(smooth_error) < 0.5 * np.mean(raw_error)
    assert all(s < r for s, r in zip(smooth_error, raw_error, strict=True))
    assert 0.92 <= np.mean(covered) <= 0.97


@pytest.mark.parametrize(("rerata", "bobot"), [(0.1, 20), (0.25, 60), (0.4, 8)])
def test_the_spread_between_places_is_found_again(rerata, bobot):
    rng = np.random.default_rng(7)
    frame, _ = simulate(rng, rerata=rerata, bobot=bobot, banyak=4000)
    found = estimate_sebaran(frame["kasus"], frame["diukur"])
    assert found.rerata == pytest.approx(rerata, rel=0.05)
    assert found.bobot == pytest.approx(bobot, rel=0.15)


def test_a_true_spread_makes_the_counts_beta_binomial():
    found = estimate_sebaran(*zip(*[(k, 10) for k, n in _expected_counts() for _ in range(n)],
                                  strict=True))  # fmt: skip
    assert found.rerata == pytest.approx(0.3, abs=0.002)
    assert found.bobot == pytest.approx(10, rel=0.02)


def _expected_counts():
    shares = betabinom.pmf(range(11), 10, 3, 7)
    return [(k, round(share * 20_000)) for k, share in enumerate(shares)]


def test_places_that_differ_by_chance_alone_are_drawn_almost_wholly_to_the_mean():
    rng = np.random.default_rng(3)
    diukur = np.full(400, 50)
    smooth = smooth_prevalensi(desa(rng.binomial(diukur, 0.2), diukur))
    assert smooth["halus_persen"].std() < 0.2 * smooth["prevalensi_persen"].std()


def test_a_larger_place_keeps_more_of_its_own_figure():
    smooth = smooth_prevalensi(desa([5, 50, 30, 2], [10, 100, 300, 40]))
    assert smooth.loc[0, "penyusutan_persen"] > smooth.loc[1, "penyusutan_persen"]
    assert smooth.loc[0, "prevalensi_persen"] == smooth.loc[1, "prevalensi_persen"]
    assert smooth.loc[0, "halus_persen"] < smooth.loc[1, "halus_persen"] < 50


@settings(deadline=None)
@given(places)
def test_a_smoothed_figure_lies_between_its_own_and_the_mean_inside_its_interval(rows):
    k, n = np.array(rows).T
    smooth = smooth_prevalensi(desa(k, n))
    mean = 100 * k.sum() / n.sum()
    low = np.minimum(smooth["prevalensi_persen"], mean) - 1e-9
    high = np.maximum(smooth["prevalensi_persen"], mean) + 1e-9
    assert ((low <= smooth["halus_persen"]) & (smooth["halus_persen"] <= high)).all()
    limits = smooth[["bawah_halus_persen", "atas_halus_persen"]]
    assert limits.notna().all(axis=None)
    assert (limits.iloc[:, 0] <= limits.iloc[:, 1]).all()
    assert limits.stack().between(0, 100).all()


@settings(deadline=None)
@given(places, st.randoms())
def test_the_order_of_places_and_an_unmeasured_one_change_nothing_for_the_others(rows, random):
    k, n = np.array(rows).T
    frame = desa([*k, np.nan, 3], [*n, 0, np.nan])
    order = random.sample(list(frame.index), len(frame))
    plain, mixed = smooth_prevalensi(desa(k, n)), smooth_prevalensi(frame.loc[order])
    np.testing.assert_allclose(mixed.sort_index().iloc[:-2], plain, rtol=1e-9, atol=1e-9)
    assert mixed.sort_index().iloc[-2:, 2:].isna().all(axis=None)
    corong = compute_funnel(frame.loc[order]).sort_index()
    pd.testing.assert_frame_equal(
        corong.iloc[:-2], compute_funnel(desa(k, n).astype("float64")), check_exact=False
    )
    assert corong["posisi_luar"].iloc[-2:].isna().all()


def test_nobody_stunted_anywhere_gives_zero_and_an_honest_upper_limit():
    smooth = smooth_prevalensi(desa([0, 0], [10, 20]))
    assert smooth["halus_persen"].tolist() == [0, 0]
    assert smooth["atas_halus_persen"].map(shown).tolist() == [11.35, 11.35]


@cases("corong")
def test_a_funnel_is_that_worked_by_hand(case):
    limits = compute_funnel_limits(case["diukur"], case["rerata"], case["taraf"])
    known = [shown(float(limit) * 100) for limit in limits if not np.isnan(limit)]
    assert known == case["batas_persen"]


@settings(deadline=None)
@given(st.integers(1, 400), st.floats(0.01, 0.99), st.sampled_from([0.95, 0.998]))
def test_by_chance_no_more_lie_outside_a_funnel_than_it_says(n, mean, taraf):
    low, high = compute_funnel_limits(n, mean, taraf)
    k = np.arange(n + 1)
    chance = binom.pmf(k, n, mean)
    tail = (1 - taraf) / 2 + 1e-12
    assert chance[k / n < low].sum() <= tail
    assert chance[k / n > high].sum() <= tail
    # One child nearer to the mean would be too many inside the tail: the limit is not slack.
    inside = k[(k / n >= low) & (k / n <= high)]
    assert chance[: inside[0] + 1].sum() >= tail - 2e-12
    assert chance[inside[-1] :].sum() >= tail - 2e-12


def test_only_a_place_unlike_the_others_beyond_chance_leaves_the_funnel():
    frame = desa([*[20] * 30, 60, 2, 27], [100] * 33)
    corong = compute_funnel(frame)
    assert corong["posisi_luar"].tolist()[-3:] == ["di atas batas", "di bawah batas", "dalam batas"]
    assert set(corong["posisi_dalam"].iloc[:30]) == {"dalam batas"}
    assert corong["rerata_persen"].nunique() == 1


def test_the_outer_limits_lie_outside_the_inner_ones():
    corong = compute_funnel(desa(range(50), range(60, 110)))
    assert (corong["bawah_luar_persen"] <= corong["bawah_dalam_persen"]).all()
    assert (corong["atas_luar_persen"] >= corong["atas_dalam_persen"]).all()


@pytest.mark.parametrize("compute", [smooth_prevalensi, compute_funnel])
def test_a_column_that_is_absent_is_named_and_no_rows_give_no_rows(compute):
    with pytest.raises(TataLetakError, match="tidak lengkap: diukur"):
        compute(pd.DataFrame({"kasus": [1]}))
    assert compute(desa([], [])).empty
