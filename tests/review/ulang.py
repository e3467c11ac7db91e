"""The rules of the review computed again by plain loops, to compare the library with."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any

NAN = float("nan")


def quotient(top: float | None, bottom: float | None) -> float:
    """Return top / bottom x 100, NaN without a denominator."""
    return top * 100 / bottom if bottom and top is not None else NAN


def pool(pairs: Iterable[tuple[int | None, int | None]], desa: int) -> dict[str, float]:
    """Return the pooled ratio and both shares of completeness of one region."""
    pairs = list(pairs)
    whole = [(n, d) for n, d in pairs if n is not None and d is not None and (d or not n)]
    top, bottom = sum(n for n, _ in whole), sum(d for _, d in whole)
    known = [d for _, d in pairs if d is not None]
    ratios = [n * 100 / d for n, d in whole if d]
    shares = [len(whole) * 100 / desa]
    if whole and sum(known):
        shares.append(bottom * 100 / sum(known))
    return {
        "capaian_persen": quotient(top, bottom) if whole else NAN,
        "capaian_rerata_desa_persen": sum(ratios) / len(ratios) if ratios else NAN,
        "jumlah_desa_data_lengkap": len(whole),
        "kelengkapan_persen": min(shares),
    }


def count_register(
    visits: Iterable[tuple[str, str | None, int | None, dt.date, float]], cutoff: dt.date
) -> Mapping[tuple[str | None, int], dict[str, int]]:
    """Return per desa and month: hadir, diukur, pendek, sangat_pendek by the latest visit."""
    latest: dict[tuple[str, int], Any] = {}
    for visit in sorted(visits, key=lambda item: item[3]):
        child, _, _, day, _ = visit
        if day.month in (2, 8) and day <= cutoff:
            latest[(child, day.month)] = visit
    counts: dict[tuple[str | None, int], dict[str, int]] = {}
    for (_, month), (_, desa, age, _, z) in latest.items():
        row = counts.setdefault(
            (desa, month), {"hadir": 0, "diukur": 0, "pendek": 0, "sangat_pendek": 0}
        )
        row["hadir"] += age is None or 0 <= age <= 1826
        if age is None or not 0 <= age <= 1826 or math.isnan(z) or abs(round(z, 2)) > 6:
            continue
        row["diukur"] += 1
        row["pendek"] += -3 <= round(z, 2) < -2
        row["sangat_pendek"] += round(z, 2) < -3
    return counts


def rank_score(values: list[float]) -> list[float]:
    """Return 0-100 per value by how many are lower and how many are equal; NaN stays."""
    known = [value for value in values if not math.isnan(value)]
    steps = max(len(known) - 1, 1)
    return [
        NAN
        if math.isnan(value)
        else (sum(o < value for o in known) + (sum(o == value for o in known) - 1) / 2)
        * 100
        / steps
        for value in values
    ]
