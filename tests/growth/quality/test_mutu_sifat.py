"""What must hold for any register: order, other places, bad rows, and few children."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register_sintetis import make_register

from reviu_lib.catalog import tabel_masukan
from reviu_lib.errors import DefinisiError
from reviu_lib.growth import compute_zscores
from reviu_lib.growth.quality import (
    compute_pemeriksaan_mutu,
    compute_plausibility,
    compute_ringkasan_mutu,
    flag_visits,
    list_pola_mutu,
    load_mutu,
)

KEYS = ["tingkat", "kode", "nama", "pemeriksaan"]
FACTS = ["n", "nilai", "p", "penilaian"]
OF_FAMILY = ["p_holm", "pola"]
SMALL = make_register(7, sound=3, children=40, planted=False)
BAD = {"id_anak": None, "usia_hari": -5, "jenis_kelamin": "X", "berat_kg": -1.0}


def same(left, right):
    pd.testing.assert_frame_equal(left, right, check_exact=False, rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=4)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_changes_nothing(seed):
    mixed = SMALL.sample(frac=1, random_state=seed)
    same(compute_pemeriksaan_mutu(mixed), compute_pemeriksaan_mutu(SMALL))
    same(flag_visits(mixed).sort_index(), flag_visits(SMALL))


def test_another_place_changes_only_what_compares_places():
    alone = SMALL[SMALL["puskesmas"] == "Puskesmas 01"].reset_index(drop=True)
    levels = ("kecamatan", "puskesmas", "desa", "posyandu")
    wanted = compute_pemeriksaan_mutu(alone, tingkat=levels).drop(columns=OF_FAMILY)
    among = compute_pemeriksaan_mutu(SMALL, tingkat=levels).drop(columns=OF_FAMILY)
    here = among.merge(wanted[KEYS], on=KEYS)
    same(
        here[[*KEYS, *FACTS]],
        wanted[[*KEYS, *FACTS]],
    )


def test_flags_of_a_visit_do_not_depend_on_other_places():
    parts = [flag_visits(part) for _, part in SMALL.groupby("puskesmas")]
    same(pd.concat(parts).sort_index(), flag_visits(SMALL))


def test_a_bad_row_changes_nothing_for_the_others():
    bad = pd.concat([SMALL, pd.DataFrame([BAD])], ignore_index=True)
    same(flag_visits(bad).iloc[:-1], flag_visits(SMALL))
    places = compute_pemeriksaan_mutu(bad, tingkat=["puskesmas"])
    assert places["nama"].iloc[0] == "tidak tercatat"
    known = places[places["nama"] != "tidak tercatat"].reset_index(drop=True)
    wanted = compute_pemeriksaan_mutu(SMALL, tingkat=["puskesmas"])
    same(known.drop(columns=OF_FAMILY), wanted.drop(columns=OF_FAMILY))


def test_every_place_has_every_check_once_in_declared_order():
    found = compute_pemeriksaan_mutu(SMALL)
    checks = list(load_mutu().pemeriksaan)
    for _, rows in found.groupby(KEYS[:3], dropna=False, sort=False):
        assert rows["pemeriksaan"].tolist() == checks


def test_few_children_are_never_called_good():
    few = SMALL[SMALL["id_anak"].isin(SMALL["id_anak"].unique()[:9])]
    found = compute_pemeriksaan_mutu(few, tingkat=["kabupaten"])
    judged = found[found["dapat_dinilai"]]
    assert set(judged["pemeriksaan"]) <= {"ds"}
    row = compute_ringkasan_mutu(found).iloc[0]
    assert row["layak_pakai"] == row["penilaian"] == "belum dapat dinilai"
    assert row["alasan"] == "baru 9 anak; sedikitnya 30"


def test_a_table_without_rows_gives_no_places():
    empty = tabel_masukan()["pengukuran"].empty()
    found = compute_pemeriksaan_mutu(empty)
    assert len(found) == len(compute_ringkasan_mutu(found)) == len(list_pola_mutu(found)) == 0
    assert flag_visits(empty).empty


def test_absent_columns_leave_their_checks_unjudged():
    bare = SMALL[["usia_hari", "jenis_kelamin", "berat_kg", "tinggi_cm", "cara_ukur"]]
    found = compute_pemeriksaan_mutu(bare, tingkat=["kabupaten"]).set_index("pemeriksaan")
    assert found.loc["angka_akhir_tinggi", "dapat_dinilai"]
    for check in ("tinggi_turun", "ganda_sebulan", "lahir_januari", "z_tbu_beda", "kosong_nik"):
        assert found.loc[check, "n"] == 0
        assert found.loc[check, "penilaian"] == "belum dapat dinilai"


def test_numbers_of_the_kabupaten_are_those_of_all_rows_with_a_given_code():
    lost = SMALL.assign(kode_desa=SMALL["kode_desa"].mask(SMALL.index < 20))
    found = compute_pemeriksaan_mutu(
        lost, tingkat=["kabupaten", "puskesmas"], kode_kabupaten="99.99"
    )
    whole = found[found["tingkat"] == "kabupaten"].set_index("pemeriksaan")
    assert whole.loc["kosong_tinggi", "n"] == len(SMALL)
    assert found.loc[found["tingkat"] == "puskesmas", "nama"].nunique() == 3


def test_a_desa_not_recognised_stays_in_its_kecamatan():
    lost = SMALL.assign(
        kode_desa=SMALL["kode_desa"].mask(SMALL.index < 20),
        kecamatan=SMALL["kecamatan"].mask(SMALL.index < 20, SMALL["kecamatan"].str.upper()),
    )
    found = compute_pemeriksaan_mutu(lost, tingkat=["kecamatan"])
    assert found["kode"].unique().tolist() == ["99.99.01", "99.99.02", "99.99.03"]


def test_z_scores_given_are_the_ones_used():
    given_z = compute_zscores(SMALL)
    same(compute_pemeriksaan_mutu(SMALL, zskor=given_z), compute_pemeriksaan_mutu(SMALL))
    shifted = given_z.assign(z_tbu=given_z["z_tbu"] * 3)
    found = compute_plausibility(SMALL, "puskesmas", zskor=shifted)
    assert (found["sb_tbu"] > 2).all()


def test_z_scores_of_other_rows_are_refused():
    with pytest.raises(DefinisiError, match="tidak sebaris"):
        flag_visits(SMALL, zskor=compute_zscores(SMALL.iloc[::-1]))


def test_an_unknown_level_is_refused_with_the_known_ones():
    with pytest.raises(DefinisiError, match="rt tidak dikenal; yang ada: kabupaten, kecamatan"):
        compute_pemeriksaan_mutu(SMALL, tingkat=["rt"])


def test_a_missing_group_of_plausibility_is_a_group():
    frame = SMALL.assign(kelompok=SMALL["puskesmas"].mask(SMALL.index < 30))
    found = compute_plausibility(frame, ["kelompok"])
    assert found["n"].tolist() == [90, 120, 120, 30]
    assert found["kelompok"].isna().tolist() == [False, False, False, True]
