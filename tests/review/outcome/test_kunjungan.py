"""z is made anew from the measures; the stored one only stands in where there are none."""

import pandas as pd
import pytest

from reviu_lib.review.outcome.kunjungan import add_own_z, list_kunjungan

from ..bahan_kecil import DESA, baris, make_bahan

KOLOM = (
    "id_anak kode_desa jenis_kelamin usia_hari tanggal_ukur berat_kg tinggi_cm cara_ukur "
    "z_tbu z_bbu z_bbtb"
)


def visits(*rows):
    frame = baris(KOLOM, *(row.replace("D1", DESA[0]) for row in rows))
    return make_bahan(pengukuran=frame).pengukuran


def test_the_z_used_is_computed_and_the_stored_one_stands_beside_it():
    row = add_own_z(visits("a D1 L 800 2024-08-05 12 85.0 Terlentang -0.5 -0.4 -0.3")).iloc[0]
    assert (row["z_tbu"], row["asal_z_tbu"]) == (-1.48, "dihitung")  # case D22
    assert row["z_tbu_simpan"] == -0.5


def test_without_measures_the_stored_z_is_used_and_named_as_stored():
    row = add_own_z(visits("a D1 L 800 2024-08-05 - - - -2.5 - -")).iloc[0]
    assert (row["z_tbu"], row["asal_z_tbu"]) == (-2.5, "tersimpan")
    assert pd.isna(row["z_bbu"])
    assert pd.isna(row["asal_z_bbu"])
    assert not row["ekstrem_tbu"]


def test_an_implausible_measure_is_flagged_and_its_stored_z_does_not_replace_it():
    row = add_own_z(visits("a D1 L 800 2024-08-05 12 50.0 Terlentang -1.0 -1.0 -1.0")).iloc[0]
    assert row["ekstrem_tbu"]
    assert row["z_tbu"] < -6


@pytest.mark.parametrize(("day", "kept"), [("2024-08-20", "2024-08-20"), ("2024-09-01", None)])
def test_a_child_counts_by_its_latest_visit_of_a_weighing_month(day, kept):
    rows = visits(
        "a D1 L 800 2024-08-05 12 85.0 Terlentang - - -",
        f"a D1 L 815 {day} 12 86.0 Terlentang - - -",
    )
    found = list_kunjungan([make_bahan(pengukuran=rows)])
    assert len(found) == 1
    assert f"{found['tanggal_ukur'].iloc[0]:%Y-%m-%d}" == (kept or "2024-08-05")
