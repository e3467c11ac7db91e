"""Three puskesmas of the last years carry a pattern of measuring; no other place does."""

import numpy as np
import pandas as pd
import pytest

from reviu_lib.example.balita import make_kunjungan
from reviu_lib.example.skenario import list_skenario, load_desa

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
PLACES = {
    "dibulatkan": "puskesmas_pembulatan",
    "disesuaikan": "puskesmas_disesuaikan",
    "ganda": "puskesmas_ganda",
}
SAME_CHILD = ["baris_desa", "posyandu", "jk", "lahir", "tanggal", "berat_kg", "tinggi_cm"]


@pytest.fixture(scope="module")
def visits():
    return {bulan: make_kunjungan(YEARS["73.12/2024"], bulan) for bulan in ("Februari", "Agustus")}


def planted(visits, pola):
    return [frame[frame["pola"] == pola] for frame in visits.values()]


@pytest.mark.parametrize("pola", PLACES)
def test_a_pattern_stands_in_its_own_puskesmas_alone(visits, pola):
    for chosen in planted(visits, pola):
        kecamatan = load_desa("73.12")["kode_kecamatan"].to_numpy()[chosen["baris_desa"]]
        assert set(kecamatan) == {YEARS["73.12/2024"].kabupaten[PLACES[pola]]}


@pytest.mark.parametrize(
    ("pola", "count"), [("dibulatkan", 700), ("disesuaikan", 60), ("ganda", 60)]
)
def test_a_pattern_is_there_as_often_as_declared(visits, pola, count):
    for chosen in planted(visits, pola):
        assert count - 10 <= len(chosen) <= count  # a few are implausible once rounded, and go


def test_rounded_heights_end_in_a_half(visits):
    for chosen in planted(visits, "dibulatkan"):
        assert np.isclose(chosen["tinggi_cm"] * 2 % 1, 0).all()


def test_lifted_heights_lie_just_above_the_limit_of_short(visits):
    for chosen in planted(visits, "disesuaikan"):
        assert chosen["z_tbu"].between(-2, -1.9, inclusive="left").all()


def test_a_child_listed_again_equals_its_first_entry_but_has_no_nik(visits):
    for frame in visits.values():
        again = frame["pola"] == "ganda"
        assert frame.loc[again, "nik"].isna().all()
        first = pd.MultiIndex.from_frame(frame.loc[~again, SAME_CHILD])
        assert pd.MultiIndex.from_frame(frame.loc[again, SAME_CHILD]).isin(first).all()


def test_a_year_without_declared_patterns_has_none():
    assert make_kunjungan(YEARS["73.12/2023"], "Agustus")["pola"].eq("").all()
