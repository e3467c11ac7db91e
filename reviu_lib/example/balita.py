"""Synthetic children and their visits: true z-scores are drawn and turned into measures."""

from __future__ import annotations

import calendar
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.example.pola import plant_doubles, plant_heights, shown_difference
from reviu_lib.example.skenario import (
    BULAN_EKSPOR,
    Skenario,
    list_skenario,
    load_desa,
    make_rng,
    read_data,
)
from reviu_lib.growth import compute_measure_from_z, compute_zscores

_HARI_BALITA = 1826
_HARI_BERDIRI = 731
# Spread of true z between children, and between visits of one child; the mean of BB/TB.
_SEBARAN_HAZ, _SEBARAN_WHZ, _GOYANG = 1.1, 1.0, 0.2
_RERATA_WHZ = -0.3
# A village behind the others: lower heights, fewer children brought to be measured.
_HAZ_TERTINGGAL, _HADIR_TERTINGGAL = -0.35, 0.72
_BALITA_PER_POSYANDU = 40
_SALAH_CARA = 0.03  # share measured the other way round (standing under 24 months, or lying)
_BISA_BERDIRI_HARI = 300
_JK = np.array(["L", "P"])


@cache
def load_balita(kode: str) -> pd.DataFrame:
    """Return every child of both years: nomor, baris_desa, jk, lahir, posyandu, haz, whz, nik."""
    rng, desa = make_rng(f"{kode}/balita"), load_desa(kode)
    years = [skenario.tahun for skenario in list_skenario() if skenario.kode == kode]
    first, last = pd.Timestamp(min(years) - 5, 1, 1), pd.Timestamp(max(years), 8, 28)
    days = (last - first).days
    n = round(desa["balita"].sum() * days / _HARI_BALITA)
    village = rng.choice(len(desa), n, p=desa["balita"] / desa["balita"].sum())
    posts = np.maximum(1, np.round(desa["balita"] / _BALITA_PER_POSYANDU)).to_numpy(int)
    frame = pd.DataFrame(
        {
            "nomor": np.arange(1, n + 1),
            "baris_desa": village,
            "jk": rng.choice(_JK, n, p=[0.51, 0.49]),
            "lahir": first + pd.to_timedelta(rng.integers(0, days, n), unit="D"),
            "posyandu": rng.integers(0, posts[village]) + 1,
            "haz": rng.normal(_mean_haz(kode)[village], _SEBARAN_HAZ),
            "whz": rng.normal(_RERATA_WHZ, _SEBARAN_WHZ, n),
            "berat_lahir": rng.normal(3.05, 0.38, n).clip(1.8, 4.6).round(1),
            "panjang_lahir": rng.normal(49.0, 1.6, n).clip(43, 54).round(1),
        }
    )
    return frame.assign(nik=_make_nik(kode, frame))


def make_kunjungan(skenario: Skenario, bulan: str) -> pd.DataFrame:
    """Return one row per visit of a month, with rounded measures and the z-scores of these.

    Columns of `load_balita` plus tanggal, usia_hari, cara_ukur, tinggi_cm, berat_kg, z_tbu, z_bbu,
    z_bbtb (WHO 2006, from the rounded measures), and pola (see `pola`).
    """
    rng = skenario.rng(f"kunjungan/{bulan}")
    frame = _attend(_present(skenario, bulan), skenario, bulan, rng)
    frame = frame.assign(cara_ukur=_choose_method(frame["usia_hari"].to_numpy(), rng))
    frame = _measure(frame, skenario, rng)
    frame = plant_heights(frame, skenario, bulan)
    measured = frame.rename(columns={"jk": "jenis_kelamin"})
    scored = compute_zscores(measured)
    frame = frame.join(scored[["z_tbu", "z_bbu", "z_bbtb"]])
    # Rounding can push a tiny newborn over a WHO limit; implausible z are planted, never drawn.
    extreme = scored[["ekstrem_tbu", "ekstrem_bbu", "ekstrem_bbtb"]].eq(True).any(axis=1)
    return plant_doubles(frame[~extreme.astype(bool)].reset_index(drop=True), skenario, bulan)


def _mean_haz(kode: str) -> np.ndarray:
    desa, top = load_desa(kode), read_data("kabupaten")[kode]["puncak_haz"]
    return (top + desa["efek"] + _HAZ_TERTINGGAL * desa["tertinggal"]).to_numpy(float)


def _make_nik(kode: str, frame: pd.DataFrame) -> pd.Series:
    """Return 16 digits that belong to nobody: kecamatan 00 does not exist."""
    day = frame["lahir"].dt.day + 40 * (frame["jk"] == "P")
    birth = frame["lahir"].dt.strftime("%m%y")
    serial = frame.groupby(["lahir", "jk"]).cumcount() + 1
    digits = kode.replace(".", "")
    return (
        f"{digits}00" + day.astype(str).str.zfill(2) + birth + serial.astype(str).str.zfill(4)
    ).astype("string")


def _present(skenario: Skenario, bulan: str) -> pd.DataFrame:
    """Return the children under five on the day their posyandu meets in that month."""
    frame = load_balita(skenario.kode)
    last = calendar.monthrange(skenario.tahun, BULAN_EKSPOR[bulan])[1]
    day = (frame["baris_desa"] * 7 + frame["posyandu"] * 3) % (last - 4) + 2
    start = pd.Timestamp(skenario.tahun, BULAN_EKSPOR[bulan], 1)
    date = start + pd.to_timedelta(day - 1, unit="D")
    frame = frame.assign(tanggal=date, usia_hari=(date - frame["lahir"]).dt.days)
    return frame[frame["usia_hari"].between(0, _HARI_BALITA - 1)].reset_index(drop=True)


def _attend(
    frame: pd.DataFrame, skenario: Skenario, bulan: str, rng: np.random.Generator
) -> pd.DataFrame:
    behind = load_desa(skenario.kode)["tertinggal"].to_numpy()[frame["baris_desa"]]
    share = skenario.ketentuan["hadir_persen"][bulan] / 100
    chance = share * np.where(behind, _HADIR_TERTINGGAL, 1.0)
    return frame[rng.random(len(frame)) < chance].reset_index(drop=True)


def _choose_method(usia_hari: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    standing = usia_hari >= _HARI_BERDIRI
    wrong = (rng.random(len(usia_hari)) < _SALAH_CARA) & (usia_hari >= _BISA_BERDIRI_HARI)
    return np.where(standing ^ wrong, "Berdiri", "Terlentang")


def _measure(frame: pd.DataFrame, skenario: Skenario, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the z of this visit and turn it into centimetres and kilograms, rounded to 0.1."""
    noise = rng.normal(0, _GOYANG, (2, len(frame)))
    haz = (frame["haz"] + skenario.ketentuan["geser_haz"] + noise[0]).clip(-5.5, 4)
    whz = (frame["whz"] + noise[1]).clip(-4.2, 4)
    child: dict[str, Any] = {"jenis_kelamin": frame["jk"], "usia_hari": frame["usia_hari"]}
    length = compute_measure_from_z("tbu", haz, **child)
    weight = compute_measure_from_z("bbtb", whz, **child, tinggi_cm=length)
    by_age = compute_measure_from_z("bbu", whz, **child)
    shown = length - shown_difference(frame)
    return frame.assign(
        tinggi_cm=np.round(shown, 1), berat_kg=np.round(np.where(weight > 0, weight, by_age), 1)
    )
