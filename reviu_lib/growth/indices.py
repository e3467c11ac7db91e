"""z of every index for many children, in blocks that stay in the processor's cache.

The rules are those of the WHO Child Growth Standards 2006; the limits of plausible z stand in
`definitions/ambang.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from reviu_lib.catalog import load_ambang
from reviu_lib.growth.children import HARI_BERDIRI, TERLENTANG, Anak
from reviu_lib.growth.lms import (
    Bools,
    Floats,
    compute_z,
    compute_z_linear,
    load_lms,
    load_panjang,
    round_z,
)

# Stunting is defined for children of 0 to 59 completed months.
BULAN_BALITA = 60
# Without an age and a way of measuring, a body shorter than this is taken as recumbent (WHO).
PANJANG_TANPA_USIA_CM = 87
CM_PER_METER = 100
_BLOK = 16_384  # rows: some 128 kB an array
_OPSIONAL = {"lk": "kepala", "lila": "lengan"}
INDEKS = ("tbu", "bbu", "bbtb", "imtu", *_OPSIONAL)

# z by index, and where it lies beyond the limits of WHO.
Nilai = tuple[dict[str, Floats], dict[str, Bools]]


def score_children(anak: Anak) -> Nilai:
    """Return z by index, rounded to 2 decimals, and where it lies beyond the limits of WHO.

    An index whose measure has no column is absent.
    """
    names = [name for name in INDEKS if getattr(anak, _OPSIONAL.get(name, "berat")) is not None]
    size = len(anak.hari)
    z = {name: np.empty(size) for name in names}
    beyond = {name: np.empty(size, dtype=bool) for name in names}
    limits = plausible_limits()
    for start in range(0, size, _BLOK):
        rows = slice(start, start + _BLOK)
        for name, exact in _score_block(anak.part(rows)):
            low, high = limits[name]
            z[name][rows] = rounded = round_z(exact)
            beyond[name][rows] = (rounded < low) | (rounded > high)
    return z, beyond


def plausible_limits() -> Mapping[str, tuple[float, float]]:
    """Return the least and the greatest z of each index that WHO does not flag."""
    ambang = load_ambang()
    return {
        name: (ambang[f"z_{name}_min"], ambang[f"z_{name}_maks"])
        if name == "bbu"
        else (-ambang[f"z_{name}_mutlak_maks"], ambang[f"z_{name}_mutlak_maks"])
        for name in INDEKS
    }


def compute_imt(weight: Floats, length: Floats) -> Floats:
    """Return the body mass index: kg / (cm / 100)^2."""
    metre = length / CM_PER_METER
    return weight / (metre * metre)


def _score_block(anak: Anak) -> Iterator[tuple[str, Floats]]:
    """Yield the unrounded z of each index; with oedema those with weight are missing."""
    tables, sex = load_lms(), anak.jenis_kelamin
    day = np.where(anak.bulan < BULAN_BALITA, anak.hari, -1)
    row = tables["lhfa"].rows(sex, day)
    weight = anak.berat if anak.edema is None else np.where(anak.edema, np.nan, anak.berat)
    yield "tbu", compute_z_linear(anak.panjang, tables["lhfa"].take(row))
    yield "bbu", compute_z(weight, tables["wfa"].take(row))
    yield "imtu", compute_z(compute_imt(weight, anak.panjang), tables["bfa"].take(row))
    yield "bbtb", _weight_for_length(anak, weight)
    if anak.kepala is not None:
        yield "lk", compute_z_linear(anak.kepala, tables["hcfa"].take(row))
    if anak.lengan is not None:
        arm = tables["acfa"]
        lms = arm.take(arm.rows(sex, day - int(arm.awal)))
        yield "lila", compute_z(anak.lengan, lms)


def _weight_for_length(anak: Anak, weight: Floats) -> Floats:
    """Return z of weight for length or height; without an age the way of measuring decides."""
    known = ~np.isnan(anak.bulan)
    short = anak.panjang < PANJANG_TANPA_USIA_CM
    by_way = np.where(anak.cara > 0, anak.cara == TERLENTANG, short)
    lying = np.where(known, anak.hari < HARI_BERDIRI, by_way)
    outside = known & ((anak.hari < 0) | (anak.bulan >= BULAN_BALITA))
    sex = np.where(outside, -1, anak.jenis_kelamin)
    return compute_z(weight, load_panjang().interpolate(sex, anak.panjang, lying))
