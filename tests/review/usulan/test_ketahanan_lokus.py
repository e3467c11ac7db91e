"""A proposal that other weights would not make is marked as hanging on the weights."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.catalog import load_ambang
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.outcome.prevalensi import compute_prevalensi
from reviu_lib.review.usulan.ketahanan import compute_ketahanan, list_variasi
from reviu_lib.review.usulan.lokus import _rank_components, propose_lokus

from ..bahan_kecil import baris, cakupan, make_bahan, make_konteks

NAN = float("nan")
DESA = [f"73.12.01.20{number:02}" for number in range(1, 7)]


def parts(*rows: tuple[float, ...]) -> pd.DataFrame:
    """Return normalised ranks, one desa a row, ordered by the score of the declared weights."""
    names = ["prevalensi", "jumlah", "kesenjangan", "krs"]
    return pd.DataFrame(rows, columns=names, dtype="float64")


def sturdiness(ranks: pd.DataFrame, *, jumlah: int = 1, unranked: tuple[int, ...] = ()):
    place = pd.Series(range(1, len(ranks) + 1), dtype="float64")
    frame = pd.DataFrame(
        {
            "urutan": place.mask(place.index.isin(unranked)),
            "stunting": 5.0,
            "kode_desa": DESA[: len(ranks)],
        }
    )
    return compute_ketahanan(frame, ranks, ambang=load_ambang(), jumlah=jumlah)


def test_every_weight_is_lowered_raised_and_left_out_in_turn():
    variants = list_variasi(parts((1, 1, 1, 1)), load_ambang())
    assert len(variants) == 12
    assert variants["prevalensi"].tolist()[:4] == pytest.approx([0.175, 0.525, 0.0, 0.35])
    assert variants.sum(axis=1).gt(0).all()


def test_a_component_no_desa_has_is_not_varied():
    assert len(list_variasi(parts((1, 1, 1, NAN)), load_ambang())) == 9


def test_one_component_alone_has_nothing_to_weigh():
    frame = sturdiness(parts((100, NAN, NAN, NAN), (0, NAN, NAN, NAN)))
    assert frame.isna().all(axis=None)


def test_a_desa_first_in_everything_is_first_under_every_weight():
    row = sturdiness(parts((100, 100, 100, 100), (0, 0, 0, 0))).iloc[0]
    assert (row["ketahanan_persen"], row["ketahanan"]) == (100, "kukuh")
    assert (row["urutan_teratas"], row["urutan_terbawah"]) == (1, 1)


def test_a_proposal_that_hangs_on_one_weight_is_called_so():
    # By hand: 52.5 against 47.5, and the other first in three variants of twelve: without
    # prevalence, with half of it, and with half as much again for the number of children.
    frame = sturdiness(parts((100, 0, 50, 50), (0, 100, 50, 50)))
    assert frame["ketahanan_persen"].tolist() == [75, 25]
    assert frame["ketahanan"].fillna("").tolist() == ["bergantung bobot", ""]
    assert frame["urutan_terbawah"].tolist() == [2, 2]


def test_an_unreliable_desa_keeps_its_row_and_takes_no_place():
    frame = sturdiness(parts((50, 50, 50, 50), (100, 100, 100, 100)), unranked=(1,))
    assert frame.loc[0, "ketahanan_persen"] == 100
    assert frame.loc[1].isna().all()


def test_a_desa_without_any_part_in_a_variant_is_not_counted_there():
    frame = sturdiness(parts((100, NAN, NAN, NAN), (50, 100, 100, 100), (0, 0, 0, 0)), jumlah=2)
    # Of twelve variants the one without prevalence gives the first desa no score at all.
    assert frame.loc[0, "ketahanan_persen"] == 100


RANK = st.lists(st.integers(0, 10), min_size=4, max_size=4)


@given(st.lists(RANK, min_size=3, max_size=6, unique_by=tuple))
def test_the_order_of_rows_changes_nothing(rows):
    ranks = parts(*[tuple(row) for row in rows])
    one = sturdiness(ranks)
    frame = pd.DataFrame({"urutan": range(1, len(rows) + 1), "stunting": 5.0,
                          "kode_desa": DESA[: len(rows)]}).iloc[::-1]  # fmt: skip
    other = compute_ketahanan(frame, ranks, ambang=load_ambang(), jumlah=1)
    pd.testing.assert_frame_equal(one, other.sort_index())


def propose(numerator: int) -> pd.DataFrame:
    """Return the proposals when the first desa served `numerator` of one hundred."""
    rows = [f"{desa} {numerator if place == 0 else 20 + 12 * place} 100"
            for place, desa in enumerate(DESA)]  # fmt: skip
    visits = [
        (f"{desa}-{i}", desa, 500, "2024-08-05", -2.5 if i < 3 + 2 * place else 0.0)
        for place, desa in enumerate(DESA)
        for i in range(40)
    ]
    columns = ["id_anak", "kode_desa", "usia_hari", "tanggal_ukur", "z_tbu"]
    target = baris("kode_indikator tingkat tahun nilai sumber", "E11 kabupaten 2024 90 RKPD")
    bahan = make_bahan(cakupan=cakupan(*rows), target=target,
                       pengukuran=pd.DataFrame(visits, columns=columns))  # fmt: skip
    konteks = make_konteks(bahan, desa=DESA)
    return propose_lokus(konteks, compute_prevalensi(konteks), compute_cakupan(konteks))


def test_the_declared_weights_give_the_declared_order():
    frame = propose(10)
    weights = pd.Series(
        {name: load_ambang()[f"bobot_lokus_{name}"] for name in _rank_components(frame)}
    )
    ranks = _rank_components(frame)
    score = ranks.mul(weights).sum(axis=1) / ranks.notna().mul(weights).sum(axis=1)
    assert frame["skor"].tolist() == pytest.approx(score.tolist())
    between = frame["urutan"].between(frame["urutan_teratas"], frame["urutan_terbawah"])
    assert between.all()


def test_serving_more_never_brings_a_desa_nearer_to_being_lokus():
    rows = [propose(n).set_index("kode_desa").loc[DESA[0]] for n in (5, 30, 60, 95)]
    places = [row["urutan"] for row in rows]
    assert places == sorted(places)
    shares = [row["ketahanan_persen"] for row in rows]
    assert shares == sorted(shares, reverse=True)
