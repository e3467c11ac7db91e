"""Coverage of services per village and indicator, synthetic around declared levels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.catalog import Indikator, load_indikator
from reviu_lib.example.skenario import Skenario, load_desa, make_rng, read_data, stories

_TUMBUH = 0.015
_JENIS_PENYEBUT = ["riil", "riil"]
# Effects on the logit of coverage: of a village, of a kecamatan left behind (first, second year).
_PENGARUH_DESA, _SEBARAN_LOGIT = 2.0, 0.25
_TERTINGGAL_LOGIT = (-0.35, -1.1)
_BAGIAN_SEMESTER_1 = 0.48
_KENAIKAN_SEMESTER_LOGIT = 0.2
# Of the scorecard: spread between people, delivered before the quarter, quarters with weighing.
_SEBARAN_ORANG, _SEBELUM_TRIWULAN, _TRIWULAN_UKUR = 0.7, 0.5, (1, 3)
_COLUMNS = [
    *("kode_desa", "kecamatan", "desa", "kode_indikator"),
    *("periode", "pembilang", "penyebut", "jenis_penyebut"),
]


def make_cakupan(skenario: Skenario) -> pd.DataFrame:
    """Return the clean coverage table: every village and indicator, whole numbers."""
    cards = load_indikator(skenario.set_indikator)
    levels = read_data("cakupan")[skenario.set_indikator]
    parts = [_one(skenario, cards[kode], level) for kode, level in levels.items()]
    frame = pd.concat(parts).sort_values(["kode_desa", "kode_indikator", "periode"])
    return frame[_COLUMNS].reset_index(drop=True)


def _one(skenario: Skenario, card: Indikator, level: dict[str, Any]) -> pd.DataFrame:
    rng = skenario.rng(f"cakupan/{card.kode}")
    denominator = _denominator(skenario, card.kode, level)
    logit = _logit(skenario, card, level["persen"][skenario.ke], denominator)
    if level["rasio"] == "desa":
        served = _best(logit, level["persen"][skenario.ke])
    else:
        served = rng.binomial(denominator, _inverse(logit))
    frame = load_desa(skenario.kode)[["kode_desa", "kecamatan", "desa"]].assign(
        kode_indikator=card.kode,
        penyebut=denominator,
        jenis_penyebut=level.get("penyebut", _JENIS_PENYEBUT)[skenario.ke],
    )
    if level.get("periode") != "semester":
        return frame.assign(periode="tahunan", pembilang=served)
    if card.waktu == "kumulatif":
        first = rng.binomial(served, _BAGIAN_SEMESTER_1)
        halves = (first, served - first)
    else:
        halves = (rng.binomial(denominator, _inverse(logit - _KENAIKAN_SEMESTER_LOGIT)), served)
    return pd.concat(
        frame.assign(periode=f"semester {number}", pembilang=half)
        for number, half in enumerate(halves, start=1)
    )


def _best(logit: np.ndarray, percent: float) -> np.ndarray:
    """Return 1 for the share of villages with the highest logit, else 0."""
    order = np.argsort(np.argsort(-logit))
    return (order < round(len(logit) * percent / 100)).astype(np.int64)


def _denominator(skenario: Skenario, kode: str, level: dict[str, Any]) -> np.ndarray:
    """Return the target group of each village; the same villages stay large in both years."""
    desa = load_desa(skenario.kode)
    rng = make_rng(f"{skenario.kode}/penyebut/{kode}")
    rest = rng.random(len(desa))
    if level["rasio"] == "desa":
        return np.ones(len(desa), dtype=np.int64)
    growth = (1 + level.get("tumbuh", _TUMBUH)) ** skenario.ke
    expected = level["rasio"] * desa["balita"] * rng.lognormal(0, 0.06, len(desa)) * growth
    # Rounding up by chance keeps the sum right where a village has less than one case.
    return np.floor(expected + rest).to_numpy(np.int64)


def _logit(
    skenario: Skenario, card: Indikator, percent: float, denominator: np.ndarray
) -> np.ndarray:
    """Return the logit of coverage per village, shifted so that the kabupaten has `percent`."""
    desa = load_desa(skenario.kode)
    rng = make_rng(f"{skenario.kode}/logit/{card.kode}")
    effect = _PENGARUH_DESA * desa["efek"].to_numpy() + rng.normal(0, _SEBARAN_LOGIT, len(desa))
    if card.jenis == "spesifik" and card.arah == "naik":
        effect = effect + _TERTINGGAL_LOGIT[skenario.ke] * desa["tertinggal"].to_numpy()
    effect = effect + _out_of_stock(skenario, card.kode)
    low, high = -12.0, 12.0
    for _ in range(40):
        middle = (low + high) / 2
        mean = np.average(_inverse(effect + middle), weights=denominator)
        low, high = (middle, high) if mean < percent / 100 else (low, middle)
    return effect + middle


def _out_of_stock(skenario: Skenario, kode: str) -> np.ndarray:
    """Return what a story of supply takes from the logit of one indicator, by village."""
    told = stories(skenario, "cakupan puskesmas")
    here = {place: item["logit"] for place, item in told.items() if kode in item["indikator"]}
    return load_desa(skenario.kode)["kode_kecamatan"].map(here).fillna(0.0).to_numpy(float)


def _inverse(logit: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logit))


def make_konvergensi(skenario: Skenario) -> pd.DataFrame:
    """Return the clean counts of the village scorecard, drawn person by person.

    What a desa does well in its coverage it does well here; some desa of a quarter are silent.
    """
    data = read_data("konvergensi")
    parts = [
        _one_group(skenario, kelompok, data[kelompok], number)
        for number in data["triwulan"][skenario.ke]
        for kelompok in ("ibu hamil", "anak 0-23 bulan")
    ]
    return pd.concat(parts, ignore_index=True)


def _one_group(
    skenario: Skenario, kelompok: str, data: dict[str, Any], triwulan: int
) -> pd.DataFrame:
    """Return the counts of one group and quarter: each service, then who received all."""
    desa = load_desa(skenario.kode)
    rng = skenario.rng(f"konvergensi/{kelompok}/{triwulan}")
    size = np.maximum(np.round(data["rasio"] * desa["balita"].to_numpy()), 1).astype(np.int64)
    home = np.repeat(np.arange(len(desa)), size)
    leaning = rng.normal(0, _SEBARAN_ORANG, len(home))
    state = _draw_state(data, len(home), triwulan, rng)
    complete = np.ones(len(home), dtype=bool)
    owed_any = np.zeros(len(home), dtype=bool)
    rows = []
    for service in data["layanan"]:
        owed = state[service.get("seharusnya", "")]
        chance = _inverse(_logit_of_service(skenario, service)[home] + leaning)
        got = owed & (rng.random(len(home)) < chance)
        complete &= got | ~owed
        owed_any |= owed
        rows.append((service["nama"], _sum(got, home, desa), _sum(~owed, home, desa), size))
    rows.append(
        (
            "seluruh layanan",
            _sum(complete & owed_any, home, desa),
            0 * size,
            _sum(owed_any, home, desa),
        )
    )
    silent = skenario.rng(f"konvergensi/diam/{triwulan}").random(len(desa))
    told = silent >= read_data("konvergensi")["tanpa_laporan"]
    return pd.concat(
        desa[["kode_desa", "kecamatan", "desa"]].assign(
            triwulan=f"triwulan {triwulan}", kelompok=kelompok, layanan=name, sasaran=everyone,
            diterima=got, tidak_seharusnya=free,
        )[told]
        for name, got, free, everyone in rows
    )  # fmt: skip


def _draw_state(
    data: dict[str, Any], n: int, triwulan: int, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Return for whom a service is due, by the words of the data file."""
    delivered = rng.random(n) < data.get("melahirkan", 0)
    earlier = delivered & (rng.random(n) < _SEBELUM_TRIWULAN)
    return {
        "": np.ones(n, dtype=bool),
        "hamil": ~earlier,
        "melahirkan": delivered,
        "berisiko": rng.random(n) < data.get("berisiko", 0),
        "bukan muda": rng.random(n) >= data.get("muda", 0),
        "bulan ukur": np.full(n, triwulan in _TRIWULAN_UKUR),
    }


def _logit_of_service(skenario: Skenario, service: dict[str, Any]) -> np.ndarray:
    """Return the logit of a service per desa: that of its indicator, else of the declared level."""
    cards = load_indikator(skenario.set_indikator)
    levels = read_data("cakupan")[skenario.set_indikator]
    for kode in service.get("indikator", ()):
        if kode in cards:
            denominator = _denominator(skenario, kode, levels[kode])
            return _logit(skenario, cards[kode], levels[kode]["persen"][skenario.ke], denominator)
    level = service["persen"] / 100
    return (
        np.log(level / (1 - level)) + _PENGARUH_DESA * load_desa(skenario.kode)["efek"].to_numpy()
    )


def _sum(flags: np.ndarray, home: np.ndarray, desa: pd.DataFrame) -> np.ndarray:
    return np.bincount(home, weights=flags, minlength=len(desa)).astype(np.int64)
