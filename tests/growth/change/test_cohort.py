"""The same children in two periods. Every child of these tests is invented (CONTOH)."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.errors import DataError, TataLetakError
from reviu_lib.growth import build_cohort, compute_cohort_rates, summarize_cohort

from .kasus import shown

AGUSTUS_LALU, AGUSTUS = pd.Timestamp(2023, 8, 31), pd.Timestamp(2024, 8, 31)
AKHIR = (AGUSTUS_LALU.date(), AGUSTUS.date())


def visits(*rows, day=AGUSTUS_LALU):
    """Return visits from `id age_days z desa`; '-' is missing."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    frame = pd.DataFrame(cells, columns=["id_anak", "usia_hari", "z_tbu", "kode_desa"])
    frame = frame.astype({"usia_hari": "float64", "z_tbu": "float64", "kode_desa": "string"})
    return frame.assign(tanggal_ukur=day)


def later(*rows):
    return visits(*rows, day=AGUSTUS)


# A year lies between: a child of 400 days is one of 766 days.
AWAL = visits(
    "pulih 400 -2.5 D1",
    "tetap 400 -2.6 D1",
    "lulus 1700 -2.5 D1",
    "hilang 400 -3.5 D1",
    "normal 400 -1.0 D1",
    "jadi 400 -1.9 D2",
    "pindah 400 -2.2 D1",
    "ekstrem 400 -6.01 D2",
)
AKHIR_KUNJUNGAN = later(
    "pulih 766 -1.9 D1",
    "tetap 766 -2.3 D1",
    "normal 766 -0.9 D1",
    "jadi 766 -2.01 D2",
    "pindah 766 -2.4 D2",
    "ekstrem 766 -2.5 D2",
    "bayi 100 -2.5 D2",
    "tamu 766 -2.5 D1",
)


def cohort(awal=AWAL, akhir=AKHIR_KUNJUNGAN, wilayah=("kode_desa",)):
    return build_cohort(awal, akhir, wilayah=wilayah, hari_terakhir=AKHIR)


def flow_of(frame):
    pairs = frame.set_index("id_anak")[["status_awal", "status_akhir"]]
    return {name: tuple(pair) for name, pair in zip(pairs.index, pairs.to_numpy(), strict=True)}


def test_every_child_goes_from_one_state_to_one_state():
    assert flow_of(cohort()) == {
        "pulih": ("stunting", "normal"),
        "tetap": ("stunting", "stunting"),
        "lulus": ("stunting", "lulus umur"),
        "hilang": ("stunting", "tidak diukur lagi"),
        "normal": ("normal", "normal"),
        "jadi": ("normal", "stunting"),
        "pindah": ("stunting", "stunting"),
        "ekstrem": ("tidak diukur", "stunting"),
        "bayi": ("belum lahir", "stunting"),
        "tamu": ("tidak diukur", "stunting"),
    }


def test_recovery_and_new_cases_are_counted_with_their_intervals():
    row = compute_cohort_rates(cohort()).iloc[0]
    counts = {
        "stunting_awal": 5, "stunting_akhir": 6, "pulih": 1, "tetap_stunting": 2, "lulus_umur": 1,
        "tidak_diukur_lagi": 1, "pindah_keluar": 0, "baru_normal": 1, "baru_tidak_diukur": 2,
        "baru_lahir": 1, "baru_pindah_masuk": 0, "pulih_tidak_wajar": 0,
    }  # fmt: skip
    assert row[list(counts)].to_dict() == counts
    assert shown(row["pulih_persen"]) == 33.33
    limits = (row["bawah_pulih_persen"], row["atas_pulih_persen"])
    assert [shown(limit) for limit in limits] == [6.15, 79.23]
    assert shown(row["kejadian_persen"]) == 50.00
    assert shown(row["diukur_lagi_persen"]) == 75.00


def test_a_child_who_moved_leaves_one_desa_and_enters_the_other():
    rows = compute_cohort_rates(cohort(), ["kode_desa"]).set_index("kode_desa")
    assert rows["stunting_awal"].to_dict() == {"D1": 5, "D2": 0}
    assert rows["stunting_akhir"].to_dict() == {"D1": 2, "D2": 4}
    assert rows.loc["D1", ["tetap_stunting", "pindah_keluar"]].tolist() == [1, 1]
    assert rows.loc["D2", "baru_pindah_masuk"] == 1
    assert pd.isna(rows.loc["D2", "pulih_persen"])


def test_flows_carry_a_name_a_reader_knows():
    flows = summarize_cohort(cohort()).set_index("alur")["jumlah"]
    assert flows["pulih"] == 1
    assert flows["baru: sebelumnya tidak diukur"] == 2
    assert flows["baru: lahir sesudah periode awal"] == 1


def test_the_latest_visit_of_a_period_counts():
    early = visits("pulih 380 -0.5 D1", day=AGUSTUS_LALU - pd.Timedelta(days=20))
    both = cohort(pd.concat([AWAL, early]))
    assert flow_of(both)["pulih"] == ("stunting", "normal")


@pytest.mark.parametrize(
    ("z", "status"), [("-2.004", "normal"), ("-2.0", "normal"), ("-2.01", "stunting")]
)
def test_stunting_is_judged_after_rounding_to_two_decimals(z, status):
    assert flow_of(cohort(visits(f"a 400 {z} D1"), later()))["a"][0] == status


@pytest.mark.parametrize(
    ("umur", "ke"), [(1826 - 366, "tidak diukur lagi"), (1827 - 366, "lulus umur")]
)
def test_who_is_over_five_on_the_last_day_has_left_and_is_not_lost(umur, ke):
    assert flow_of(cohort(visits(f"a {umur} -2.5 D1"), later()))["a"] == ("stunting", ke)


@pytest.mark.parametrize(("umur", "dari"), [(366, "tidak diukur"), (365, "belum lahir")])
def test_who_was_born_after_the_first_period_could_not_be_measured_in_it(umur, dari):
    assert flow_of(cohort(visits(), later(f"a {umur} -2.5 D1")))["a"] == (dari, "stunting")


@pytest.mark.parametrize(("z", "odd"), [("-0.5", False), ("-0.4", True), ("-4.6", True)])
def test_a_z_that_moves_by_more_than_two_is_to_be_verified(z, odd):
    both = cohort(visits("a 400 -2.5 D1"), later(f"a 766 {z} D1"))
    assert both.loc[0, "tidak_wajar"] == odd
    assert summarize_cohort(both)["jumlah_tidak_wajar"].sum() == odd
    assert compute_cohort_rates(both).loc[0, "pulih_tidak_wajar"] == (odd and float(z) > -2)


def test_an_unknown_desa_is_taken_from_the_other_period():
    both = cohort(visits("a 400 -2.5 -", "b 400 -2.5 -"), later("a 766 -2.5 D2"))
    rates = compute_cohort_rates(both, ["kode_desa"])
    assert rates["kode_desa"].isna().sum() == 1
    assert rates["pindah_keluar"].sum() == 0
    assert rates["stunting_awal"].tolist() == [1, 1]


def test_the_last_visit_stands_for_the_last_day_when_none_is_given():
    given_days = cohort()
    found = build_cohort(AWAL, AKHIR_KUNJUNGAN, wilayah=["kode_desa"])
    pd.testing.assert_frame_equal(found, given_days)
    earlier = build_cohort(AWAL, AKHIR_KUNJUNGAN, hari_terakhir=(AKHIR[0], date(2023, 9, 1)))
    assert flow_of(earlier)["lulus"] == ("stunting", "tidak diukur lagi")


def test_nobody_in_either_period_gives_empty_tables():
    empty = cohort(visits(), later())
    assert empty.empty
    assert summarize_cohort(empty, ["kode_desa"]).empty
    assert pd.isna(compute_cohort_rates(empty).loc[0, "pulih_persen"])


@pytest.mark.parametrize("column", ["id_anak", "tanggal_ukur"])
def test_a_visit_that_cannot_be_followed_is_refused_and_not_dropped(column):
    blind = AWAL.assign(**{column: AWAL[column].where(AWAL["id_anak"] != "tetap")})
    with pytest.raises(DataError, match="1 kunjungan periode awal tidak mempunyai id_anak"):
        cohort(blind)


def test_an_absent_column_is_named_with_its_period():
    with pytest.raises(TataLetakError, match="kohor, periode akhir tidak lengkap: z_tbu"):
        cohort(AWAL, AKHIR_KUNJUNGAN.drop(columns="z_tbu"))
    with pytest.raises(TataLetakError, match="puskesmas_awal"):
        summarize_cohort(cohort(), ["puskesmas"])


CHILD = st.tuples(
    st.integers(0, 40),
    st.integers(0, 2300),
    st.sampled_from(["-7", "-3.2", "-2.5", "-2.0", "-1.2", "0.3", "-"]),
    st.sampled_from(["D1", "D2", "D3"]),
)
CHILDREN = st.lists(CHILD, max_size=30, unique_by=lambda child: child[0])


def as_visits(children, day):
    return visits(*(f"a{n} {age} {z} {desa}" for n, age, z, desa in children), day=day)


def count_stunted(frame):
    valid = frame["usia_hari"].le(1826) & frame["z_tbu"].between(-6, 6)
    return frame[valid & (frame["z_tbu"] < -2)].groupby("kode_desa").size().to_dict()


@settings(deadline=None, max_examples=60)
@given(CHILDREN, CHILDREN)
def test_the_flows_of_every_desa_add_up_to_its_stunted_of_both_periods(first, second):
    awal, akhir = as_visits(first, AGUSTUS_LALU), as_visits(second, AGUSTUS)
    both = cohort(awal, akhir)
    flows = summarize_cohort(both, ["kode_desa"])
    for end, frame in (("dari", awal), ("ke", akhir)):
        rows = flows[flows[end] == "stunting"]
        assert rows.groupby("kode_desa")["jumlah"].sum().to_dict() == count_stunted(frame)
    rates = compute_cohort_rates(both, ["kode_desa"])
    out = ["pulih", "tetap_stunting", "lulus_umur", "tidak_diukur_lagi", "pindah_keluar"]
    new = ["tetap_stunting", "baru_normal", "baru_tidak_diukur", "baru_lahir", "baru_pindah_masuk"]
    assert rates[out].sum(axis=1).tolist() == rates["stunting_awal"].tolist()
    assert rates[new].sum(axis=1).tolist() == rates["stunting_akhir"].tolist()


@settings(deadline=None, max_examples=30)
@given(CHILDREN, CHILDREN, st.randoms())
def test_the_order_of_visits_changes_nothing(first, second, random):
    awal, akhir = as_visits(first, AGUSTUS_LALU), as_visits(second, AGUSTUS)
    mixed = [f.loc[random.sample(list(f.index), len(f))] for f in (awal, akhir)]
    pd.testing.assert_frame_equal(cohort(*mixed), cohort(awal, akhir))
