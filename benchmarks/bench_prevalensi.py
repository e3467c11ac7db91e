"""CPU time of design-based prevalence for five designs, beside the same formulas in plain pandas.

Usage: python benchmarks/bench_prevalensi.py [--putaran N]
The survey is that of the tests: 5,096 invented children in 160 clusters, 42 groups, 26 limits. Both
ways run in one process in alternating order; results are compared before anything is timed. The
times of R stand in docs/kinerja.md.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import t

from reviu_lib.growth import (
    Rancangan,
    compute_prevalence,
    compute_rerata_z,
    compute_zscores,
    to_who_columns,
)
from reviu_lib.growth.prevalence.rules import load_aturan_prevalensi

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "growth" / "prevalence"))
from survei import OLEH, RANCANGAN, score_survei

Way = Callable[[pd.DataFrame, Rancangan], pd.DataFrame]
SASARAN_DETIK = 0.15
R_DETIK = {"simple": 1.5}  # the others 42 to 64 (WHO's R package anthro 1.1.0)
ANGKA = ["prevalensi_persen", "galat_baku_poin", "bawah_persen", "atas_persen"]


def compute_whole(anak: pd.DataFrame, rancangan: Rancangan) -> pd.DataFrame:
    """Return WHO's table from measures: z-scores, prevalence, means, wide columns."""
    scored = anak.drop(columns=[name for name in anak if name.startswith(("z_", "ekstrem_"))])
    scored = scored.assign(**compute_zscores(scored))
    prevalensi = compute_prevalence(scored, OLEH, rancangan=rancangan, semua_batas=True)
    return to_who_columns(prevalensi, compute_rerata_z(scored, OLEH, rancangan=rancangan))


def compute_ours(anak: pd.DataFrame, rancangan: Rancangan) -> pd.DataFrame:
    """Return our table from z-scores."""
    return compute_prevalence(anak, OLEH, rancangan=rancangan, semua_batas=True)


def compute_plain(anak: pd.DataFrame, rancangan: Rancangan) -> pd.DataFrame:
    """Return the same figures by the usual loop: for each group and limit one groupby."""
    rows = anak[~(anak["usia_hari"] > 1826)]
    design = pd.DataFrame(
        {
            "strata": rows[rancangan.strata] if rancangan.strata else 0,
            "klaster": rows[rancangan.klaster] if rancangan.klaster else rows.index,
            "bobot": rows[rancangan.bobot] if rancangan.bobot else 1.0,
        },
        index=rows.index,
    )
    limits = list(_iter_limits(rows))
    found = [
        (*names, kode, *_estimate_plain(inside & valid, case, design))
        for names, inside in _iter_groups(rows)
        for kode, valid, case in limits
    ]
    return pd.DataFrame(found, columns=["kelompok", "nilai_kelompok", "indikator", *ANGKA])


def _iter_groups(rows: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.Series]]:
    months = rows["usia_hari"] / 30.4375
    bounds = [0, 6, 12, 24, 36, 48, 60]
    names = [f"{low}-{high - 1} bulan" for low, high in pairwise(bounds)]
    age = pd.cut(months, bounds, right=False, labels=names).astype("string")
    sex = rows["jenis_kelamin"].astype("string")
    columns = {
        "semua": pd.Series("semua", rows.index),
        "kelompok_usia": age,
        "jenis_kelamin": sex,
        "usia_dan_jenis_kelamin": age + ", " + sex,
        **{name: rows[name] for name in OLEH},
    }
    for name, values in columns.items():
        for value in values.dropna().unique():
            yield (name, value), (values == value).fillna(False)


def _iter_limits(rows: pd.DataFrame) -> Iterator[tuple[str, pd.Series, pd.Series]]:
    rules, single = load_aturan_prevalensi(), {}
    for kode, rule in rules.indikator.items():
        z = rows[f"z_{rule.indeks}"].mask(rows[f"ekstrem_{rule.indeks}"].fillna(False).astype(bool))
        if rules.indeks[rule.indeks].edema:
            z = z.mask(rows["edema"], -3.1)
        beyond = z < rule.batas if rule.arah == "di bawah" else z > rule.batas
        single[kode] = (z.notna(), beyond)
        yield kode, *single[kode]
    for kode, both in rules.gabungan.items():
        first, second = (single[part] for part in both.dari)
        yield kode, first[0] & second[0], first[1] & second[1]


def _estimate_plain(valid: pd.Series, case: pd.Series, design: pd.DataFrame) -> tuple[float, ...]:
    weight = design["bobot"].where(valid, 0.0)
    total = weight.sum()
    share = (weight * case).sum() / total
    spread = weight * (case - share) / total
    clusters = spread.groupby([design["strata"], design["klaster"]]).sum()
    strata = clusters.groupby(level=0)
    error = np.sqrt((strata.size() * strata.var()).sum())
    if share in (0, 1):
        return share * 100, error * 100, np.nan, np.nan
    reach = t.ppf(0.975, len(clusters) - len(strata)) * error / (share * (1 - share))
    middle = np.log(share / (1 - share))
    return share * 100, error * 100, *(100 / (1 + np.exp(-middle + s * reach)) for s in (1, -1))


def compare(anak: pd.DataFrame, rancangan: Rancangan) -> float:
    """Return the greatest difference of the two ways, in points, over all figures but the edges."""
    key = ["kelompok", "nilai_kelompok", "indikator"]
    ours = compute_ours(anak, rancangan).set_index(key)[ANGKA]
    plain = compute_plain(anak, rancangan).set_index(key)[ANGKA].dropna()
    return float((ours.loc[plain.index] - plain).abs().max(axis=None))


def measure(way: Way, anak: pd.DataFrame, rancangan: Rancangan) -> float:
    """Return the CPU seconds of one run."""
    start = time.process_time()
    way(anak, rancangan)
    return time.process_time() - start


def main() -> None:
    """Print medians of each design and way, and whether the target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--putaran", type=int, default=5, help="berapa kali tiap cara diukur")
    putaran = parser.parse_args().putaran
    anak = score_survei()
    print(f"Prevalensi {len(anak)} anak, detik CPU, median {putaran} putaran bergantian")
    print(f"{'rancangan':24}{'reviu':>9}{'dari ukuran':>13}{'pandas':>9}{'kali':>7}{'R':>8}")
    slowest = max(run_design(name, anak, putaran) for name in RANCANGAN)
    print(f"sasaran {SASARAN_DETIK} detik: {'tercapai' if slowest <= SASARAN_DETIK else 'BELUM'}")


def run_design(name: str, anak: pd.DataFrame, putaran: int) -> float:
    """Print the medians of one design and return ours."""
    design = RANCANGAN[name]
    apart = compare(anak, design)
    assert apart < 1e-9, f"{name}: kedua cara berbeda {apart} poin"
    spent: dict[Way, list[float]] = {compute_ours: [], compute_whole: [], compute_plain: []}
    for turn in range(putaran):
        for way in list(spent) if turn % 2 else list(spent)[::-1]:
            spent[way].append(measure(way, anak, design))
    ours, whole, plain = (statistics.median(times) for times in spent.values())
    quoted = R_DETIK.get(name, "42-64")
    print(f"{name:24}{ours:9.3f}{whole:13.3f}{plain:9.2f}{plain / ours:7.0f}{quoted!s:>8}")
    return ours


if __name__ == "__main__":
    main()
