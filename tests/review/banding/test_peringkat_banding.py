"""League tables: a range of ranks, and none where the conditions or the intervals forbid it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.growth.interval import compute_wilson
from reviu_lib.hasil import HasilReviu
from reviu_lib.review.banding import compare_kabupaten
from reviu_lib.review.banding.peringkat import rank_ranges, tell_apart

from .tempat_kecil import survei, tempat


def rows(daftar: list[HasilReviu], ukuran: str) -> pd.DataFrame:
    """Return one measure of a comparison by code."""
    frame = compare_kabupaten(daftar).peringkat
    return frame[frame["ukuran"].eq(ukuran)].set_index("kode_kabupaten")


def ranges(daftar: list[HasilReviu], ukuran: str = "cakupan:E11") -> list[str | None]:
    column = rows(daftar, ukuran)["rentang_peringkat"]
    return [None if pd.isna(value) else value for value in column]


def three(*pembilang: int, penyebut: int = 1000) -> list[HasilReviu]:
    return [
        tempat(f"73.0{n}", {"E11": (value, penyebut)}) for n, value in enumerate(pembilang, start=1)
    ]


def test_places_far_apart_have_one_rank_each():
    assert ranges(three(900, 500, 700)) == ["1 dari 3", "3 dari 3", "2 dari 3"]


def test_places_whose_intervals_meet_share_a_range_and_name_each_other():
    found = rows(three(900, 700, 705), "cakupan:E11")
    assert list(found["rentang_peringkat"]) == ["1 dari 3", "2–3 dari 3", "2–3 dari 3"]
    assert list(found["setara"].fillna("")) == ["", "Kabupaten 73.03", "Kabupaten 73.02"]
    assert list(found["posisi"]) == ["separuh atas", "tengah", "tengah"]


def test_places_that_nobody_can_tell_apart_have_every_rank():
    found = rows(three(700, 702, 704), "cakupan:E11")
    assert set(found["rentang_peringkat"]) == {"1–3 dari 3"}
    assert set(found["posisi"]) == {"tidak terbedakan"}


def test_a_falling_indicator_is_best_where_it_is_lowest():
    daftar = [
        tempat(f"73.0{n}", {"E12": (value, 1000)}, kolom={"arah": "turun"})
        for n, value in enumerate((900, 100), start=1)
    ]
    assert ranges(daftar, "cakupan:E12") == ["2 dari 2", "1 dari 2"]


def test_less_than_one_point_is_no_difference_even_with_a_million_people():
    assert ranges(three(700_000, 704_000, penyebut=1_000_000)) == ["1–2 dari 2"] * 2
    assert ranges(three(700_000, 714_000, penyebut=1_000_000)) == ["2 dari 2", "1 dari 2"]


@pytest.mark.parametrize(
    ("isi", "kolom", "alasan"),
    [
        ((20, 29), {}, "penyebut 29, kurang dari 30"),
        ((700, 1000), {"kelengkapan_persen": 64.0}, "kelengkapan 64,0 persen, di bawah 80 persen"),
        ((700, 1000), {"jenis_penyebut": None}, "jenis penyebut tidak dicatat"),
        ((700, 1000), {"jenis_penyebut": "campuran"}, "jenis penyebut campuran"),
        ((1200, 1000), {}, "pembilang melebihi penyebut"),
        ((700, 1000), {"jenis_penyebut": "proyeksi"}, "tidak ada kabupaten/kota lain dengan syarat"
         " yang sama"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_says_why_and_has_no_rank(isi, kolom, alasan):
    daftar = [*three(900, 500), tempat("73.09", {"E11": isi}, kolom=kolom)]
    held = rows(daftar, "cakupan:E11").loc["73.09"]
    assert (held["keadaan"], held["alasan"]) == ("ditahan", alasan)
    assert pd.isna(held["peringkat_terbaik"])
    assert ranges(daftar)[:2] == ["1 dari 2", "2 dari 2"]


def test_another_cut_off_date_forms_a_comparison_of_its_own():
    early = [replace(hasil, tanggal_cutoff=date(2024, 11, 30)) for hasil in three(100, 900)]
    late = [replace(hasil, kode_kabupaten=f"74.0{n}") for n, hasil in enumerate(three(1, 999), 1)]
    found = rows([*early, *late], "cakupan:E11")
    assert set(found["jumlah_tempat"]) == {2}
    assert found["syarat"].nunique() == 2


def test_the_shown_interval_is_wilson_at_95_percent():
    shown = rows(three(700, 500), "cakupan:E11").iloc[0]
    low, high = compute_wilson(700, 1000)
    assert shown["bawah_persen"] == pytest.approx(float(low) * 100)
    assert shown["atas_persen"] == pytest.approx(float(high) * 100)


def test_the_interval_of_the_comparison_is_wider_the_more_places_there_are():
    widths = []
    for count in (2, 5, 40):
        daftar = [tempat(f"73.{n:02}", {"E11": (700, 1000)}) for n in range(1, count + 1)]
        row = rows(daftar, "cakupan:E11").iloc[0]
        widths.append(row["atas_banding_persen"] - row["bawah_banding_persen"])
        low, high = compute_wilson(700, 1000, taraf=1 - 0.05 / count)
        assert widths[-1] == pytest.approx(float(high - low) * 100)
    assert widths == sorted(widths)


def test_what_has_not_come_in_could_be_all_or_nothing():
    whole = tempat("73.01", {"E11": (800, 1000)})
    part = tempat("73.02", {"E11": (800, 1000)}, kolom={"kelengkapan_persen": 90.0})
    found = rows([whole, part], "cakupan:E11")
    low, high = found.loc["73.01", "bawah_persen"], found.loc["73.01", "atas_persen"]
    assert found.loc["73.02", "bawah_persen"] == pytest.approx(low * 0.9)
    assert found.loc["73.02", "atas_persen"] == pytest.approx(high * 0.9 + 10)


def test_a_survey_without_published_interval_is_shown_and_not_ranked():
    daftar = [tempat("73.01", angka=survei(20.0)), tempat("73.02", angka=survei(9.0, (7.0, 11.0)))]
    found = rows(daftar, "survei")
    assert list(found["keadaan"]) == ["ditahan", "ditahan"]
    assert found.loc["73.01", "alasan"] == "selang kepercayaannya tidak terbit pada bahan reviu"
    assert found.loc["73.02", "alasan"].startswith("tidak ada kabupaten/kota lain")


def test_two_surveys_are_never_compared():
    ssgi = survei(9.0, (7.0, 11.0), survei_terakhir_sumber_teks="SSGI")
    daftar = [tempat("73.01", angka=survei(20.0, (17.0, 23.0))), tempat("73.02", angka=ssgi)]
    assert ranges(daftar, "survei") == [None, None]


def test_published_intervals_tell_places_apart_and_are_shown_as_published():
    daftar = [
        tempat("73.01", angka=survei(30.0, (27.0, 33.0))),
        tempat("73.02", angka=survei(12.0, (10.0, 14.0))),
    ]
    found = rows(daftar, "survei")
    assert list(found["rentang_peringkat"]) == ["2 dari 2", "1 dari 2"]
    assert list(found["bawah_persen"]) == [27.0, 10.0]
    # logit 0,30 - (logit 0,30 - logit 0,27) x 2,2414 / 1,9600, counted by hand.
    assert found.loc["73.01", "bawah_banding_persen"] == pytest.approx(26.59, abs=0.01)


def test_a_register_is_shown_with_its_attendance_and_never_ranked():
    angka = {"register_persen": 12.0, "register_bawah_persen": 11.0, "register_atas_persen": 13.0,
             "register_diukur": 4000, "register_stunting": 480, "register_ds_persen": 77.2,
             "register_periode_teks": "Agustus 2024"}  # fmt: skip
    other = angka | {"register_persen": 40.0}
    found = rows([tempat("73.01", angka=angka), tempat("73.02", angka=other)], "register")
    assert set(found["keadaan"]) == {"ditampilkan saja"}
    assert found["peringkat_terbaik"].isna().all()
    assert found.iloc[0]["keterangan"] == "Agustus 2024; D/S 77,2 persen"


def spending(kode: str, persen: float, cutoff: date = date(2024, 12, 31)) -> HasilReviu:
    return tempat(kode, angka={"serapan_spesifik_persen": persen}, tanggal_cutoff=cutoff)


def test_absorption_of_part_of_a_year_is_shown_and_not_ranked():
    end, part = date(2024, 12, 31), date(2024, 11, 30)
    assert ranges([spending("73.01", 90.0, end), spending("73.02", 50.0, end)],
                  "serapan:spesifik") == ["1 dari 2", "2 dari 2"]  # fmt: skip
    found = rows([spending("73.01", 90.0, part), spending("73.02", 50.0, part)], "serapan:spesifik")
    assert set(found["alasan"]) == {"serapan sebagian tahun belum dinilai; tidak diperingkat"}


def test_a_few_activities_are_too_few_to_compare_how_many_were_in_time():
    angka = {"tepat_waktu_persen": 60.0, "jumlah_tepat_waktu": 12, "jumlah_terlambat": 8,
             "jumlah_lewat_rencana": 0}  # fmt: skip
    found = rows([tempat("73.01", angka=angka), tempat("73.02", angka=angka)], "tepat_waktu")
    assert set(found["alasan"]) == {"penyebut 20, kurang dari 30"}


SELANG = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0, 20)).map(lambda pair: (pair[0], sum(pair))),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(SELANG, st.booleans())
def test_a_range_of_ranks_holds_every_order_the_intervals_allow(selang, naik):
    low, high = (np.array(side) for side in zip(*selang, strict=True))
    best, worst = rank_ranges(tell_apart(low, high, naik=naik))
    assert ((best >= 1) & (best <= worst) & (worst <= len(low))).all()
    rng = np.random.default_rng(len(low))
    for _ in range(20):
        value = rng.uniform(low, high)
        order = np.argsort(np.argsort(-value if naik else value, kind="stable")) + 1
        assert ((best <= order) & (order <= worst)).all()


def test_in_nineteen_of_twenty_worlds_every_true_rank_lies_in_its_range():
    """The simultaneous level of Klein, Wright, and Wieczorek (2020), by simulation."""
    rng, worlds = np.random.default_rng(20241231), 400
    true = np.linspace(0.60, 0.80, 10)
    level, held = 1 - 0.05 / len(true), 0
    for _ in range(worlds):
        low, high = compute_wilson(rng.binomial(400, true), 400, taraf=level)
        best, worst = rank_ranges(tell_apart(low, high, naik=True))
        rank = np.arange(len(true), 0, -1)
        held += bool(((best <= rank) & (rank <= worst)).all())
    assert held / worlds >= 0.95


def test_the_order_of_the_kabupaten_changes_no_rank():
    daftar = three(900, 700, 705)
    turned = rows(list(reversed(daftar)), "cakupan:E11")
    pd.testing.assert_frame_equal(
        turned.loc[["73.01", "73.02", "73.03"], ["peringkat_terbaik", "peringkat_terburuk"]],
        rows(daftar, "cakupan:E11")[["peringkat_terbaik", "peringkat_terburuk"]],
    )
