"""Planted patterns are found, and sound places are not named, over many seeds."""

import numpy as np
import pandas as pd
import pytest
from register_sintetis import TUJUAN, make_register

from reviu_lib.growth import compute_measure_from_z, compute_zscores
from reviu_lib.growth.quality import (
    compute_pemeriksaan_mutu,
    compute_ringkasan_mutu,
    list_pola_mutu,
)

PLANTED = {
    (TUJUAN["adjusted"], "menumpuk_minus2"),
    (TUJUAN["rounded"], "angka_akhir_tinggi"),
    (TUJUAN["doubled"], "ganda_anak"),
}
PUSKESMAS = ("puskesmas",)


def named(frame, **options):
    pola = list_pola_mutu(compute_pemeriksaan_mutu(frame, tingkat=PUSKESMAS, **options))
    return set(zip(pola["nama"], pola["pemeriksaan"], strict=True))


def one_place(frame, change):
    """Return the register with `change` made to the visits of its first puskesmas."""
    here = frame["puskesmas"] == "Puskesmas 01"
    return pd.concat([change(frame[here]), frame[~here]], ignore_index=True)


@pytest.mark.parametrize("seed", range(6))
def test_exactly_the_planted_places_are_named(seed):
    assert named(make_register(seed)) == PLANTED


@pytest.mark.parametrize("seed", range(8, 12))
def test_sound_places_are_never_named(seed):
    assert named(make_register(seed, sound=18, planted=False)) == set()


def test_small_places_are_named_by_chance_in_no_level():
    frame = make_register(3, sound=12, planted=False)
    assert not compute_pemeriksaan_mutu(frame)["pola"].any()


def test_copied_visits_are_named():
    def copy(visits):
        first = visits.groupby("id_anak")[["tinggi_cm", "berat_kg"]].transform("first")
        chosen = visits["id_anak"].str[-1].isin(list("0123"))
        return visits.assign(**{name: visits[name].mask(chosen, first[name]) for name in first})

    assert ("Puskesmas 01", "ukuran_berulang") in named(one_place(make_register(1, sound=9), copy))


def test_mixed_up_children_are_named_by_the_heights_they_lose():
    def mix(visits):
        rng = np.random.default_rng(5)
        wrong = rng.random(len(visits)) < 0.3
        shift = rng.choice([-6.0, 6.0], len(visits))
        return visits.assign(tinggi_cm=visits["tinggi_cm"] + shift * wrong)

    found = named(one_place(make_register(1, sound=9, planted=False), mix))
    assert {place for place, _ in found} == {"Puskesmas 01"}
    assert {"tinggi_turun", "tumbuh_mustahil"} <= {check for _, check in found}


def test_stored_z_of_other_birth_dates_are_named():
    def store(frame, days):
        z = compute_zscores(frame.assign(usia_hari=frame["usia_hari"] + days))
        return frame.assign(z_tbu=z["z_tbu"], z_bbu=z["z_bbu"], z_bbtb=z["z_bbtb"])

    frame = store(make_register(1, sound=9, planted=False), 0)
    assert named(frame) == set()
    found = named(one_place(frame, lambda visits: store(visits, 45)))
    assert {place for place, _ in found} == {"Puskesmas 01"}
    assert "z_tbu_beda" in {check for _, check in found}


def test_a_warning_on_weak_evidence_names_nobody():
    z = np.repeat([-2.05, -1.95], [7, 23])
    height = compute_measure_from_z("tbu", z, jenis_kelamin="L", usia_hari=np.full(30, 900))
    child = {"jenis_kelamin": "L", "usia_hari": 900, "berat_kg": 12.0, "cara_ukur": "Berdiri"}
    frame = pd.DataFrame({"tinggi_cm": height, "puskesmas": "Puskesmas 01", **child})
    found = compute_pemeriksaan_mutu(frame, tingkat=PUSKESMAS).set_index("pemeriksaan")
    assert found.loc["menumpuk_minus2", "penilaian"] == "perlu diperiksa"
    assert not found["pola"].any()


def test_one_child_seen_often_names_no_place():
    frame = make_register(1, sound=1, children=6, visits=12, planted=False)
    wrong = frame["id_anak"] == frame["id_anak"].iloc[0]
    z = compute_zscores(frame.assign(usia_hari=frame["usia_hari"] + 60 * wrong))
    frame = frame.assign(z_tbu=z["z_tbu"])
    found = compute_pemeriksaan_mutu(frame, tingkat=PUSKESMAS).set_index("pemeriksaan")
    row = found.loc["z_tbu_beda"]
    assert (row["n"], row["kasus"]) == (72, 12)
    # One child of six, where two in a hundred are expected: 1 - 0.98^6.
    assert row["p"] == pytest.approx(1 - 0.98**6)
    assert not found["pola"].any()


def test_a_named_place_is_told_with_neutral_causes_and_without_blame():
    pola = list_pola_mutu(compute_pemeriksaan_mutu(make_register(2), tingkat=PUSKESMAS))
    adjusted = pola.set_index("pemeriksaan").loc["menumpuk_minus2", "uraian"]
    assert adjusted.startswith("Pola yang perlu diverifikasi di Puskesmas 16: penumpukan tepat")
    assert "Kemungkinan sebab: alat ukur atau petugas baru" in adjusted
    every = " ".join(pola["uraian"]).lower()
    assert not any(word in every for word in ("manipulasi", "rekayasa", "lalai", "curang"))


def test_the_figures_of_planted_places_are_held_back_and_those_of_sound_ones_are_not():
    found = compute_ringkasan_mutu(compute_pemeriksaan_mutu(make_register(4), tingkat=PUSKESMAS))
    verdict = found.set_index("nama")["layak_pakai"]
    assert verdict[TUJUAN["adjusted"]] == "jangan dipakai sebelum diverifikasi"
    assert verdict[TUJUAN["doubled"]] == "jangan dipakai sebelum diverifikasi"
    assert verdict[TUJUAN["rounded"]] == "dipakai dengan catatan"
    sound = verdict.drop(list(TUJUAN.values()))
    assert set(sound) == {"angka dapat dipakai"}
