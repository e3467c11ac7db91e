"""Quality of measurements in the review: places, patterns, and visits that go back."""

import numpy as np
import pandas as pd
import pytest

from reviu_lib.growth import compute_measure_from_z
from reviu_lib.review.outcome.mutu_ukur import compute_mutu_ukur, summarize_mutu_ukur
from reviu_lib.review.outcome.prevalensi import compute_prevalensi

from ..bahan_kecil import DESA
from .register_kecil import konteks

ANAK = 240


def measured(seed, *, rounded=False, puskesmas="SATU", desa=DESA[0]):
    """Return honest visits of many children, their heights rounded to centimetres on demand."""
    rng = np.random.default_rng(seed)
    child = {
        "usia_hari": rng.integers(60, 1800, ANAK),
        "jenis_kelamin": rng.choice(["L", "P"], ANAK),
    }
    tall = compute_measure_from_z("tbu", rng.normal(-1, 1, ANAK), **child)
    heavy = compute_measure_from_z("bbtb", rng.normal(0, 1, ANAK), **child, tinggi_cm=tall)
    age = child["usia_hari"]
    height = np.round(tall) if rounded else np.round(tall, 1)
    return pd.DataFrame(
        {
            "id_anak": [f"{puskesmas}{i}" for i in range(ANAK)],
            "kode_desa": desa,
            "puskesmas": puskesmas,
            "posyandu": "MAWAR",
            **child,
            "tanggal_ukur": "2024-08-05",
            "berat_kg": np.round(heavy, 1),
            "tinggi_cm": height,
            "cara_ukur": np.where(age < 731, "Terlentang", "Berdiri"),
        }
    )


def judge(*frames):
    own = konteks(pd.concat(frames, ignore_index=True))
    return compute_mutu_ukur(own, compute_prevalensi(own))


@pytest.fixture(scope="module")
def tables():
    return judge(measured(1), measured(2, rounded=True, puskesmas="DUA", desa=DESA[3]))


def test_the_puskesmas_that_rounds_is_named_and_no_other(tables):
    named = tables["pola_ukur"]
    assert set(named.loc[named["tingkat"] == "puskesmas", "tempat"]) == {"Dua"}
    assert named["uraian"].str.startswith("Pola yang perlu diverifikasi di ").all()


def test_every_place_gets_a_verdict_and_the_kabupaten_one_too(tables):
    places = tables["penilaian_ukur"]
    assert set(places["tingkat"]) == {"kabupaten", "kecamatan", "puskesmas", "desa", "posyandu"}
    assert places["layak_pakai"].notna().all()


def test_the_summary_counts_puskesmas_by_verdict(tables):
    numbers = summarize_mutu_ukur(tables)
    kinds = [numbers[f"mutu_puskesmas_{name}"] for name in ("dapat", "catatan", "jangan")]
    assert sum(kinds) == numbers["mutu_jumlah_puskesmas"] == 2
    assert numbers["mutu_layak_teks"]


def test_a_visit_without_height_goes_back_with_its_reason_and_no_name_of_a_child():
    frame = measured(3)
    frame.loc[7, "tinggi_cm"] = None
    back = judge(frame)["pengembalian"]
    row = back[back["alasan"].str.contains("Tinggi kosong")].iloc[0]
    assert (row["puskesmas"], row["posyandu"]) == ("Satu", "MAWAR")
    assert not {"id_anak", "nama", "nik"} & set(back)


def test_without_measurements_all_tables_are_empty():
    own = konteks([])
    tables = compute_mutu_ukur(own, compute_prevalensi(own))
    assert all(frame.empty for frame in tables.values())
    assert summarize_mutu_ukur(tables) == {}
