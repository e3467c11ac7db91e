"""Where activities were carried out, read from their text (tests/cases/lokasi.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.review.lokasi import classify_lokus, count_lokus_terjangkau, list_jangkauan

from .bahan_kecil import baris, make_bahan, make_konteks

KASUS = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "lokasi.toml").read_text(encoding="utf-8")
)["kasus"]
TEMPAT = [
    ("73.12.01.2001", "Satu", "Atas"),
    ("73.12.01.2002", "Dua", "Atas"),
    ("73.12.01.2003", "Kembar", "Atas"),
    ("73.12.02.2001", "Tiga", "Bawah"),
    ("73.12.02.2002", "Kembar", "Bawah"),
]


def konteks_of(*lokus: str):
    konteks = make_konteks(make_bahan(lokus=baris("kode_desa tahun", *lokus)))
    desa = pd.DataFrame(TEMPAT, columns=["kode_desa", "desa", "kecamatan"], dtype="string")
    return replace(konteks, desa=desa.assign(kode_kecamatan=desa["kode_desa"].str[:8]))


@pytest.mark.parametrize("kasus", KASUS, ids=lambda kasus: kasus["lokasi"])
def test_a_place_is_read_as_the_desa_it_can_mean(kasus):
    konteks = konteks_of("73.12.01.2001 2024")
    lokasi = pd.Series([None if kasus["lokasi"] == "-" else kasus["lokasi"]], dtype="string")
    assert classify_lokus(lokasi, konteks).tolist() == [kasus["menyentuh"]]
    reached = count_lokus_terjangkau(lokasi, konteks)[0]
    assert pd.isna(reached) if kasus["jumlah"] == "" else reached == kasus["jumlah"]


def test_without_a_list_of_the_year_nothing_is_said_of_lokus():
    lokasi = pd.Series(["Satu", None], dtype="string")
    assert classify_lokus(lokasi, konteks_of("73.12.01.2001 2023")).isna().all()


def touched(lokasi):
    """Return scope and desa that an activity touches by this place of realisation."""
    konteks = konteks_of()
    plan = pd.DataFrame({"id_kegiatan": ["K1"], "lokasi_realisasi": [lokasi]})
    rows = list_jangkauan(replace(konteks, bahan=replace(konteks.bahan, kegiatan=plan)))
    return rows[["saat", "lingkup", "kode_desa"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("lokasi", "lingkup", "banyak"),
    [
        ("Satu; Tiga", "desa", 2),
        ("Kembar (Bawah)", "desa", 1),
        ("Kecamatan Atas", "kecamatan", 3),
        ("Seluruh kecamatan", "kabupaten", 5),
        ("Kembar", "", 0),
        ("Entah di mana", "", 0),
        (None, "", 0),
    ],
)
def test_an_activity_touches_the_desa_that_its_place_names_or_holds(lokasi, lingkup, banyak):
    found = touched(lokasi)
    assert len(found) == banyak
    assert all(row[:2] == ["realisasi", lingkup] for row in found)
