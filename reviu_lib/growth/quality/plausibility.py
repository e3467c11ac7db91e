"""Plausibility of a survey or register as nipnTK, mwana, and ENA for SMART count it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from reviu_lib.growth.quality.chance import compute_proportion_test, compute_uniformity
from reviu_lib.growth.quality.declarations import BELUM, Mutu, load_mutu
from reviu_lib.growth.quality.groups import (
    Bools,
    Floats,
    Groups,
    Ints,
    Shape,
    compute_digit_score,
    compute_shape,
    count_last_digits,
)

INDEKS = ("tbu", "bbu", "bbtb")
# What is expected of children of 6 to 59 months: 6-29 per 30-59 (ENA), share of 24-59 (mwana).
_RASIO_6_29, _PORSI_24_59 = 0.85, 0.66
_USIA = (6, 18, 30, 42, 54, 60)
# Deaths per 10,000 children a day, by which older year groups are smaller (nipnTK::ageChildren).
_KEMATIAN = 1.0
# A z farther than this from the mean of its own group is flagged (SMART).
_JARAK_SMART = 3.0
ENA = (
    "flag_smart_bbtb", "rasio_kelamin", "rasio_usia", "angka_akhir_berat", "angka_akhir_tinggi",
    "sb_bbtb_smart", "kemencengan_bbtb", "keruncingan_bbtb",
)  # fmt: skip


class Children(NamedTuple):
    """Plain arrays, one entry a child: age in months, sex (0 boy, 1 girl, -1), kg, cm, z, flags."""

    months: Floats
    sex: Ints
    weight: Floats
    height: Floats
    z: dict[str, Floats]
    extreme: dict[str, Bools]

    def take(self, rows: Bools | Ints) -> Children:
        """Return some of the children, or all in another order."""
        return Children(
            months=self.months[rows],
            sex=self.sex[rows],
            weight=self.weight[rows],
            height=self.height[rows],
            z={name: part[rows] for name, part in self.z.items()},
            extreme={name: part[rows] for name, part in self.extreme.items()},
        )


def measure_plausibility(children: Children, groups: Groups) -> pd.DataFrame:
    """Return the statistics of `compute_plausibility`, one row a group, without its keys."""
    everyone = np.ones(len(children.months), dtype=bool)
    return pd.DataFrame(
        {
            "n": groups.tally(everyone),
            **_digits("berat", children.weight, groups),
            **_digits("tinggi", children.height, groups),
            **_sexes(children.sex, groups),
            **_ages(children.months, groups),
            **_spread(children, groups),
        }
    )


def _digits(name: str, values: Floats, groups: Groups) -> dict[str, Floats]:
    counts = count_last_digits(values, groups)
    n = counts.sum(axis=1)
    square, p = compute_uniformity(counts)
    with np.errstate(invalid="ignore"):
        shares = counts / n[:, None] * 100
    return {
        f"angka_akhir_{name}": compute_digit_score(square, n),
        f"angka_akhir_{name}_n": n,
        f"angka_akhir_{name}_p": p,
        f"{name}_akhir_0_persen": shares[:, 0],
        f"{name}_akhir_5_persen": shares[:, 5],
    }


def _sexes(sex: Ints, groups: Groups) -> dict[str, Floats]:
    counts = groups.cross(sex, 2)
    n = counts.sum(axis=1)
    square, p = compute_proportion_test(counts[:, 0], n, 0.5)
    with np.errstate(invalid="ignore"):
        share = counts[:, 0] / n * 100
    names = ("rasio_kelamin", "rasio_kelamin_n", "rasio_kelamin_x2", "rasio_kelamin_p")
    return dict(zip(names, (share, n, square, p), strict=True))


def _ages(months: Floats, groups: Groups) -> dict[str, Floats]:
    known = np.isfinite(months)
    whole = np.floor(np.where(known, months, -1)).astype(np.int64)
    year = np.where(
        (whole >= 6) & (whole < 60), np.searchsorted(_USIA, whole, side="right") - 1, -1
    )
    heap, heap_p = compute_uniformity(groups.cross(np.where(known, whole % 12, -1), 12))
    by_year = groups.cross(year, 5)
    square, square_p = compute_uniformity(by_year, _expected_years())
    n = by_year.sum(axis=1)
    young = by_year[:, :2].sum(axis=1)
    ratio, ratio_p = compute_proportion_test(young, n, _RASIO_6_29 / (1 + _RASIO_6_29))
    older = groups.tally((whole >= 24) & (whole < 60))
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = young / (n - young)
    return {
        "n_6_59": n,
        "rasio_usia": np.where(n > young, observed, np.nan),
        "rasio_usia_x2": ratio,
        "rasio_usia_p": ratio_p,
        "porsi_24_59_p": compute_proportion_test(older, n, _PORSI_24_59, yates=False)[1],
        "penumpukan_usia_n": groups.tally(known),
        "penumpukan_usia": heap,
        "penumpukan_usia_p": heap_p,
        "sebaran_usia": square,
        "sebaran_usia_p": square_p,
    }


def _expected_years() -> Floats:
    """Return the expected shares of 6-17, 18-29, 30-41, 42-53, 54-59 months."""
    decay = np.exp(-_KEMATIAN / 10_000 * 365.25 * np.arange(5))
    sizes = decay * np.array([1, 1, 1, 1, 0.5])
    return sizes / sizes.sum()


def _spread(children: Children, groups: Groups) -> dict[str, Floats]:
    result: dict[str, Floats] = {}
    for name in INDEKS:
        result |= _spread_of(name, children.z[name], children.extreme[name], groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        everyone = groups.tally(np.ones(len(groups.code), dtype=bool))
        share = result["flag_smart_bbtb_kasus"] / everyone * 100
    return {**result, "flag_smart_bbtb": share}


def _spread_of(name: str, z: Floats, extreme: Bools, groups: Groups) -> dict[str, Floats]:
    known = ~np.isnan(z)
    mean = compute_shape(z, groups).mean
    with np.errstate(invalid="ignore"):
        smart = np.abs(z - groups.spread(mean)) > _JARAK_SMART
    inner = compute_shape(np.where(smart, np.nan, z), groups)
    who = compute_shape(np.where(extreme, np.nan, z), groups)
    skew_z, kurtosis_z = _shape_scores(inner)
    return {
        f"sb_{name}": who.sd,
        f"sb_{name}_n": who.n,
        f"flag_{name}_kasus": groups.tally(extreme & known),
        f"flag_smart_{name}_kasus": groups.tally(smart & known),
        f"sb_{name}_smart": inner.sd,
        f"sb_{name}_smart_n": inner.n,
        f"kemencengan_{name}": inner.skewness,
        f"keruncingan_{name}": inner.kurtosis,
        f"kemencengan_{name}_z": skew_z,
        f"keruncingan_{name}_z": kurtosis_z,
    }


def _shape_scores(shape: Shape) -> tuple[Floats, Floats]:
    """Return skewness and kurtosis over their standard errors (nipnTK::skewKurt)."""
    n = np.where(shape.n > 3, shape.n, np.nan)
    skew = np.sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3)))
    kurtosis = np.sqrt(24 * n * (n - 1) ** 2 / ((n - 3) * (n - 2) * (n + 3) * (n + 5)))
    return shape.skewness / skew, shape.kurtosis / kurtosis


def rate_plausibility(statistics: pd.DataFrame, mutu: Mutu | None = None) -> pd.DataFrame:
    """Return the ENA class of each of its eight tests, their points, and `skor_ena`.

    `statistics` is what `compute_plausibility` returns. Columns: kelas_<test>, poin_<test>,
    skor_ena (sum, missing when a test has no value), penilaian_ena. Kurtosis is judged by its
    absolute value, as ENA does (mwana takes the sign along, so that a flat curve is never seen).
    """
    mutu = mutu or load_mutu()
    result, points = {}, []
    for kode in ENA:
        check, scale = mutu.pemeriksaan[kode], mutu.scale_of(kode)
        column = kode if check.dinilai == "nilai" else f"{kode}_p"
        place = scale.rank(statistics[column].to_numpy(float))
        result[f"kelas_{kode}"] = np.array([*scale.kelas, BELUM], dtype=object)[place]
        points.append(np.array([*scale.poin, np.nan])[place])
        result[f"poin_{kode}"] = points[-1]
    total = np.sum(points, axis=0)
    overall = mutu.skala["ena"]
    words = np.array([*overall.kelas, BELUM], dtype=object)[overall.rank(total)]
    frame = pd.DataFrame(result, statistics.index)
    return frame.assign(skor_ena=total, penilaian_ena=words)
