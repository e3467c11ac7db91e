"""Signals of places: a service that fell in few kecamatan, silent kecamatan, unnamed lokus."""

import pandas as pd
import pytest

from reviu_lib.review.capaian.tren import DITAHAN_BATAS
from reviu_lib.review.kamus import load_petunjuk
from reviu_lib.review.petunjuk.wilayah import find_di_wilayah, find_named, measure_khas

from ..bahan_kecil import baris, make_bahan, make_konteks

KEC = [f"73.12.0{number}" for number in range(1, 9)]


def kecamatan(indikator: str, tren: list[float], *, penyebut: int = 400, lalu: float = 80.0):
    """Return kecamatan rows of one indicator that stood at `lalu` and changed by `tren`."""
    kode = KEC[: len(tren)]
    return pd.DataFrame(
        {
            "baris": [f"{indikator}@{place}" for place in kode],
            "kode_indikator": indikator, "kode_wilayah": kode, "tingkat": "kecamatan",
            "arah": "naik", "tren_poin": tren, "capaian_lalu_persen": lalu,
            "capaian_persen": [lalu + value for value in tren], "alasan_tren": None,
            "penyebut": penyebut, "penyebut_lalu": penyebut, "jumlah_desa": 10,
            "jumlah_desa_data_lengkap": 10, "kelengkapan_persen": 100.0,
        }
    )  # fmt: skip


STABIL = [kecamatan(kode, [1.0, 0, -1, 0, 1, 0, 0, 2]) for kode in ("E14", "E15", "E17")]


def find(frame: pd.DataFrame, jenis: str, *, kegiatan=None, **tables) -> list[str]:
    konteks = make_konteks(make_bahan(**tables))
    kegiatan = baris("lokasi_rencana lokasi_realisasi") if kegiatan is None else kegiatan
    return find_di_wilayah(konteks, frame, kegiatan)[jenis]["baris"].tolist()


def fallen(*frames: pd.DataFrame) -> list[str]:
    return find(pd.concat([*frames, *STABIL], ignore_index=True), "pasokan")


def test_a_service_that_fell_in_two_kecamatan_and_held_elsewhere_is_asked_about():
    frame = kecamatan("E11", [-40.0, 0, 1, -38, 2, 0, -1, 1])
    assert fallen(frame) == ["E11@73.12.01", "E11@73.12.04"]


def test_a_short_year_withholds_the_change_but_not_the_difference_between_kecamatan():
    frame = kecamatan("E11", [-40.0, -2, -1, -38, -2, 0, -1, -1])
    reason = sorted(DITAHAN_BATAS)[0]
    withheld = frame.assign(tren_poin=float("nan"), alasan_tren=reason)
    assert fallen(withheld) == fallen(frame) == ["E11@73.12.01", "E11@73.12.04"]
    assert fallen(withheld.assign(alasan_tren="jenis penyebut kedua tahun berbeda")) == []


@pytest.mark.parametrize(
    ("tren", "why"),
    [
        ([-40.0, -39, -41, -38, 2, 0, -1, 1], "too many fell"),
        ([-40.0, -12, -11, -12, -10, -12, -11, -12], "it did not hold elsewhere"),
        ([-14.0, 8, 9, 8, 7, 8, 9, 8], "it fell by too little"),
        ([-40.0, 0, 1], "too few kecamatan to compare"),
    ],
)
def test_what_is_not_a_fall_in_few_places_is_not_asked_about(tren, why):
    assert fallen(kecamatan("E11", tren)) == [], why


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        (([-15.0, *[8] * 7], {}), ([-14.9, *[8] * 7], {})),  # turun_poin
        (([-19.0, *[0] * 7], {}), ([-18.9, *[0] * 7], {})),  # beda_poin; the place itself rose by 1
        (([-20.0, *[0] * 7], {"penyebut": 400}), ([-20.0, *[0] * 7], {"penyebut": 100})),  # z
        (([-40.0, *[0] * 4], {}), ([-40.0, *[0] * 3], {})),  # jumlah_kecamatan
        (([-40.0] * 2 + [0] * 6, {}), ([-40.0] * 3 + [0] * 5, {})),  # kecamatan_persen
        (([-60.0, *[-5] * 7], {}), ([-60.0, *[-6] * 7], {})),  # bertahan_poin
        (([-40.0, *[0] * 7], {"penyebut": 50}), ([-40.0, *[0] * 7], {"penyebut": 49})),
    ],
)
def test_a_shortage_is_asked_about_from_each_declared_bound_on(inside, outside):
    found, none = (
        fallen(kecamatan("E11", tren, **{"penyebut": 5000} | more))
        for tren, more in (inside, outside)
    )
    assert found
    assert none == []


@pytest.mark.parametrize(("desa", "found"), [(2, False), (3, True), (4, True)])
def test_a_kecamatan_of_fewer_than_three_desa_is_not_asked_about(desa, found):
    frame = kecamatan("E11", [-40.0, *[0] * 7]).assign(jumlah_desa_data_lengkap=desa)
    assert bool(fallen(frame)) is found


def test_a_service_that_vanished_is_asked_about_too():
    frame = kecamatan("E11", [-100.0, 0, 0, 0, 0, 0, 0, 0], lalu=100.0)
    assert fallen(frame) == ["E11@73.12.01"]


def test_small_denominators_and_services_not_declared_are_not_asked_about():
    tren = [-40.0, 0, 1, 0, 2, 0, -1, 1]
    assert fallen(kecamatan("E11", tren, penyebut=49)) == []
    assert "E21" not in load_petunjuk()["pasokan"].indikator
    assert fallen(kecamatan("E21", tren)) == []


def test_a_kecamatan_that_fell_in_everything_has_no_shortage_of_one_thing():
    frames = [kecamatan(kode, [-30.0, 0, 0, 1, 0, -1, 0, 0]) for kode in ("E10", "E11", "E19")]
    assert find(pd.concat(frames, ignore_index=True), "pasokan") == []
    assert measure_khas(pd.concat(frames))["khas_poin"].abs().max() <= 1


def test_reordering_rows_changes_no_signal():
    frame = pd.concat([kecamatan("E11", [-40.0, 0, 1, -38, 2, 0, -1, 1]), *STABIL])
    shuffled = frame.sample(frac=1, random_state=1)
    assert sorted(find(shuffled, "pasokan")) == sorted(find(frame, "pasokan"))


def silent(lengkap: list[int], kabupaten: float) -> list[str]:
    """Return the kecamatan named where of ten desa each `lengkap` reported."""
    rows = kecamatan("E11", [0.0] * len(lengkap)).assign(
        jumlah_desa_data_lengkap=lengkap, kelengkapan_persen=[10.0 * n for n in lengkap]
    )
    own = pd.DataFrame(
        {"kode_indikator": ["E11"], "tingkat": "kabupaten", "kelengkapan_persen": kabupaten}
    )
    return find(pd.concat([rows, own], ignore_index=True), "data_kecamatan")


def test_missing_data_of_a_provisional_figure_in_few_kecamatan_is_asked_about():
    assert silent([0, 1, 10, 10, 10, 10, 10, 10], 76.0) == ["73.12.01", "73.12.02"]


def test_missing_data_everywhere_or_behind_a_complete_figure_is_not_concentrated():
    assert silent([7, 7, 7, 7, 7, 7, 7, 7], 70.0) == []
    assert silent([0, 1, 10, 10, 10, 10, 10, 10], 80.0) == []


@pytest.mark.parametrize(
    ("lengkap", "found"),
    [
        ([0, 0, 10, 10, 10, 10, 10, 10], 2),  # a quarter of the kecamatan
        ([0, 0, 0, 10, 10, 10, 10, 10], 0),
        ([0, 0, 8, 8, 8, 8, 8, 8], 2),  # 20 of 32 silent desa lie in the two
        ([0, 8, 8, 8, 8, 8, 8, 8], 0),  # 10 of 24 in the one
    ],
)
def test_missing_data_is_concentrated_in_a_quarter_that_holds_most_of_it(lengkap, found):
    assert len(silent(lengkap, 70.0)) == found


# Four desa of Soppeng, named by code and by name.
DESA = make_konteks(make_bahan()).desa.head(4)
KODE = DESA["kode_desa"].tolist()
NAMA = DESA["desa"].tolist()
LOKUS = baris("kode_desa tahun", *(f"{kode} 2024" for kode in KODE))


def unnamed(text: str) -> list[str]:
    kegiatan = pd.DataFrame({"lokasi_rencana": [text], "lokasi_realisasi": [None]}, dtype="string")
    return find(kecamatan("E11", [0.0]), "lokus_tanpa_kegiatan", kegiatan=kegiatan, lokus=LOKUS)


def test_a_lokus_that_no_location_names_is_asked_about_where_the_others_are_named():
    assert unnamed("; ".join(NAMA[:3])) == [KODE[3]]
    assert unnamed("; ".join(NAMA)) == []


def test_locations_that_do_not_name_desa_say_nothing():
    assert unnamed("Seluruh kecamatan") == []
    assert unnamed(NAMA[0]) == []


@pytest.mark.parametrize(("named", "asked"), [(1, 0), (2, 2), (3, 1)])
def test_lokus_are_asked_about_where_at_least_half_are_named(named, asked):
    assert len(unnamed("; ".join(NAMA[:named]))) == asked


@pytest.mark.parametrize("text", ["SEI BULUH", "Desa Sei Buluh, lain", "x; sei buluh (Perbaungan)"])
def test_a_name_is_recognised_however_it_is_written(text):
    desa = baris("desa|kecamatan".replace("|", " "), "Sei Buluh|Perbaungan")
    kegiatan = pd.DataFrame({"lokasi_rencana": [text], "lokasi_realisasi": [None]}, dtype="string")
    assert find_named(desa, kegiatan).tolist() == [True]
