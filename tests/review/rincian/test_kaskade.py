"""The cascade from Rembuk to realisation (tests/cases/kaskade.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.review.capaian.kegiatan import compute_kegiatan
from reviu_lib.review.rincian.kaskade import compute_kaskade, summarize_kaskade

from ..bahan_kecil import baris, make_bahan, make_konteks

KASUS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "kaskade.toml").read_text(encoding="utf-8")
)["kasus"]
KEGIATAN = "id_kegiatan disepakati_rembuk status_rkpd status_renja status_dpa"
ANGGARAN = "id_kegiatan pagu_rembuk_rp pagu_murni_rp pagu_perubahan_rp realisasi_rp"
KOLOM = [
    "jumlah", "nilai_rp", "tanpa_rupiah_jumlah", "tidak_jumlah", "tidak_rp", "kosong_jumlah",
    "baru_jumlah", "baru_rp",
]  # fmt: skip


def kaskade_of(kegiatan: list[str], anggaran: list[str]) -> pd.DataFrame:
    plan = baris(KEGIATAN, *kegiatan).replace("tidak_masuk", "tidak masuk")
    money = baris(ANGGARAN, *anggaran).assign(sumber_dana="APBD")
    konteks = make_konteks(make_bahan(kegiatan=plan, anggaran=money), desa=[])
    return compute_kaskade(konteks, compute_kegiatan(konteks))


@pytest.mark.parametrize("kasus", KASUS, ids=lambda kasus: kasus["nama"])
def test_agreed_activities_are_followed_in_counts_and_rupiah(kasus):
    frame = kaskade_of(kasus["kegiatan"], kasus["anggaran"]).set_index("baris")[KOLOM]
    found = {
        name: ["" if pd.isna(cell) else cell for cell in row] for name, *row in frame.itertuples()
    }
    assert found == kasus["harapan"]


def test_every_agreed_activity_is_in_or_out_or_unknown_at_each_stage():
    frame = kaskade_of(KASUS[0]["kegiatan"], KASUS[0]["anggaran"])
    assert (frame[["jumlah", "tidak_jumlah", "kosong_jumlah"]].sum(axis=1) == 2).all()


@pytest.mark.parametrize("agreed", ["-", "tidak"])
def test_the_cascade_is_unknown_when_nobody_recorded_the_rembuk_and_zero_when_none_agreed(agreed):
    numbers = summarize_kaskade(kaskade_of([f"A {agreed} masuk - -"], []))
    assert numbers.get("kaskade_rembuk_jumlah") == (None if agreed == "-" else 0)
    assert pd.isna(numbers.get("kaskade_rembuk_rp"))
