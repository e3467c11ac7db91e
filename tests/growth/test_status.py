"""The classes of Permenkes 2/2020 at their limits."""

import math

import pandas as pd
import pytest

from reviu_lib.errors import DefinisiError
from reviu_lib.growth import classify_all, classify_status, compute_zscores
from reviu_lib.growth.status import load_status


def status(z, indeks):
    return classify_status(pd.Series([z], dtype=float), indeks).iloc[0]


@pytest.mark.parametrize(
    ("z", "kelas"),
    [
        (-6.5, "sangat pendek"),
        (-3.01, "sangat pendek"),
        (-3.0, "pendek"),
        (-2.01, "pendek"),
        (-2.0, "normal"),
        (-2.004, "normal"),
        (-2.006, "pendek"),
        (3.0, "normal"),
        (3.004, "normal"),
        (3.01, "tinggi"),
    ],
)
def test_height_for_age_has_four_classes(z, kelas):
    assert status(z, "tbu") == kelas


@pytest.mark.parametrize(
    ("z", "kelas"),
    [
        (-3.01, "berat badan sangat kurang"),
        (-3.0, "berat badan kurang"),
        (-2.0, "berat badan normal"),
        (1.0, "berat badan normal"),
        (1.01, "risiko berat badan lebih"),
    ],
)
def test_weight_for_age_has_four_classes(z, kelas):
    assert status(z, "bbu") == kelas


@pytest.mark.parametrize("indeks", ["bbtb", "imtu"])
@pytest.mark.parametrize(
    ("z", "kelas"),
    [
        (-3.01, "gizi buruk"),
        (-3.0, "gizi kurang"),
        (-2.0, "gizi baik"),
        (1.0, "gizi baik"),
        (1.01, "berisiko gizi lebih"),
        (2.0, "berisiko gizi lebih"),
        (2.01, "gizi lebih"),
        (3.0, "gizi lebih"),
        (3.01, "obesitas"),
    ],
)
def test_weight_for_height_and_mass_index_have_six_classes(indeks, z, kelas):
    assert status(z, indeks) == kelas


def test_without_z_there_is_no_class():
    assert pd.isna(status(math.nan, "tbu"))


def test_classes_are_ordered_from_low_to_high():
    classes = classify_status(pd.Series([-4.0, -2.5, 0.0, 4.0]), "tbu")
    assert (classes < "normal").tolist() == [True, True, False, False]
    assert list(classes.cat.categories) == ["sangat pendek", "pendek", "normal", "tinggi"]


def test_an_index_without_classes_is_refused_by_name():
    with pytest.raises(DefinisiError, match="lila"):
        classify_status(pd.Series([0.0]), "lila")


def test_an_implausible_z_has_no_class():
    child = {"jenis_kelamin": "L", "usia_hari": 700, "berat_kg": 11.0, "cara_ukur": None}
    frame = pd.DataFrame([{**child, "tinggi_cm": height} for height in (84.0, 40.0)], index=[8, 8])
    classes = classify_all(compute_zscores(frame))
    assert list(classes.columns) == ["status_tbu", "status_bbu", "status_bbtb", "status_imtu"]
    assert classes["status_tbu"].isna().tolist() == [False, True]


@pytest.mark.parametrize("indeks", ["tbu", "bbu", "bbtb", "imtu"])
def test_every_rounded_z_has_exactly_one_class(indeks):
    z = pd.Series(range(-1000, 1001)) / 100
    classes = classify_status(z, indeks)
    assert classes.notna().all()
    assert classes.is_monotonic_increasing
    assert classes.nunique() == len(load_status()[indeks].kelas)
