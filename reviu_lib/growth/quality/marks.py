"""Which visits each check looks at, and which of them it marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.growth.children import (
    BERDIRI,
    BULAN_MULAI_BERDIRI,
    HARI_BERDIRI,
    HARI_PER_BULAN,
    read_floats,
)
from reviu_lib.growth.quality.declarations import Mutu, load_mutu
from reviu_lib.growth.quality.groups import (
    Bools,
    Floats,
    Ints,
    join_codes,
    read_last_digits,
    sort_rows,
)
from reviu_lib.growth.quality.plausibility import INDEKS
from reviu_lib.growth.quality.reading import read_column
from reviu_lib.growth.quality.visits import Pair, Visits, read_visits

# Float noise of subtracting decimals is no difference.
_NOISE = 1e-6
_TEXTS = ("jenis_kelamin", "kode_desa", "puskesmas", "cara_ukur")


class Mark(NamedTuple):
    """The visits a check looks at, and those among them that it marks."""

    base: Bools
    case: Bools


def flag_visits(pengukuran: pd.DataFrame, *, zskor: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one boolean column per check of single visits, with the index of `pengukuran`.

    True: needs a second look; missing: the check does not apply to this visit (for instance no
    earlier visit, or an older visit where only the child's last one counts). Columns are codes of
    `definitions/mutu.toml`. `pengukuran` is the table of that name; absent columns leave their
    checks missing.
    """
    visits = read_visits(pengukuran, zskor)
    columns = {}
    for kode, mark in list_marks(visits).items():
        base, case = (np.empty_like(part) for part in mark)
        base[visits.order], case[visits.order] = mark
        columns[kode] = pd.arrays.BooleanArray(case & base, ~base)
    return pd.DataFrame(columns, pengukuran.index)


def list_marks(visits: Visits) -> dict[str, Mark]:
    """Return the mark of every check that looks at single visits, by its code."""
    mutu = load_mutu()
    return {
        **dict(_missing(visits)),
        **_double(visits, mutu),
        **_digits(visits),
        **_births(visits),
        **_methods(visits),
        **_scores(visits, mutu),
        **_heights(visits, mutu),
        **_weights(visits, mutu),
    }


def _missing(visits: Visits) -> Iterator[tuple[str, Mark]]:
    everyone = np.ones(len(visits.child), dtype=bool)
    for column in _TEXTS:
        if column in visits.columns:
            empty = visits.frame[column].isna().to_numpy(bool)[visits.order]
            yield f"kosong_{column}", Mark(everyone, empty)
    if "dasar_id" in visits.columns:
        no_nik = visits.frame["dasar_id"].ne("nik").fillna(True).to_numpy(bool)[visits.order]
        yield "kosong_nik", Mark(visits.latest, no_nik)
    yield "kosong_usia", Mark(everyone, np.isnan(visits.children.months))
    yield "kosong_berat", Mark(everyone, np.isnan(visits.children.weight))
    yield "kosong_tinggi", Mark(everyone, np.isnan(visits.children.height))


def _double(visits: Visits, mutu: Mutu) -> dict[str, Mark]:
    pair = visits.pair(visits.dated)
    again = (pair.before >= 0) & (visits.month == visits.month[pair.before])
    alike = np.zeros(visits.child.max(initial=-1) + 1, dtype=bool)
    alike[visits.child[_look_alike(visits, mutu)]] = True
    known = visits.latest & ~np.isnan(visits.born) & (visits.children.sex >= 0)
    return {
        "ganda_sebulan": Mark(visits.dated, again),
        "ganda_anak": Mark(known, alike[visits.child]),
    }


def _look_alike(visits: Visits, mutu: Mutu) -> Ints:
    """Return visits of two children of one desa, sex, birth, and month that measure the same."""
    children = visits.children
    usable = ~np.isnan(visits.born + children.height + children.weight) & (children.sex >= 0)
    rows = np.flatnonzero(usable)
    born = visits.born[rows].astype(np.int64)
    key = join_codes(_place(visits)[rows], children.sex[rows])
    key = join_codes(join_codes(key, born - born.min(initial=0)), visits.month[rows])
    height, weight, child = (
        part[rows] for part in (children.height, children.weight, visits.child)
    )
    order = sort_rows(key, (height, weight, child))
    same = (np.diff(key[order]) == 0) & (np.diff(child[order]) != 0)
    same &= np.diff(height[order]) <= mutu["ganda_tinggi_cm"] + _NOISE
    same &= np.abs(np.diff(weight[order])) <= mutu["ganda_berat_kg"] + _NOISE
    first = np.flatnonzero(same)
    return rows[order[np.concatenate([first, first + 1])]]


def _place(visits: Visits) -> Ints:
    column = next(
        (name for name in ("kode_desa", "desa", "puskesmas") if name in visits.columns), None
    )
    if column is None:
        return np.zeros(len(visits.child), dtype=np.int64)
    return pd.factorize(visits.frame[column])[0].astype(np.int64)[visits.order]


def _digits(visits: Visits) -> dict[str, Mark]:
    weight = read_last_digits(visits.children.weight)
    height = read_last_digits(visits.children.height)
    return {
        "berat_bulat": Mark(weight >= 0, weight == 0),
        "tinggi_bulat": Mark(height >= 0, (height == 0) | (height == 5)),
    }


def _births(visits: Visits) -> dict[str, Mark]:
    known = visits.latest & ~np.isnan(visits.born)
    days = np.where(known, visits.born, 0).astype(np.int64).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    of_month = (days - months).astype(np.int64) + 1
    return {
        "lahir_tanggal_1_15": Mark(known, (of_month == 1) | (of_month == 15)),
        "lahir_januari": Mark(known, months.astype(np.int64) % 12 == 0),
    }


def _methods(visits: Visits) -> dict[str, Mark]:
    standing = visits.method == BERDIRI
    day = np.floor(visits.children.months * HARI_PER_BULAN + 0.5)
    known = (visits.method > 0) & ~np.isnan(day)
    infants = known & (visits.children.months < BULAN_MULAI_BERDIRI)
    return {
        "cara_ukur_usia": Mark(known, standing != (day >= HARI_BERDIRI)),
        "berdiri_bayi": Mark(infants, standing),
    }


def _scores(visits: Visits, mutu: Mutu) -> dict[str, Mark]:
    children, marks = visits.children, {}
    stored = {
        name: read_floats(read_column(visits.frame, f"z_{name}"))[visits.order] for name in INDEKS
    }
    for name in INDEKS:
        z = children.z[name]
        known = visits.latest & ~np.isnan(z)
        marks[f"flag_{name}"] = Mark(known, children.extreme[name])
        both = ~np.isnan(z + stored[name])
        marks[f"z_{name}_beda"] = Mark(both, np.abs(z - stored[name]) > mutu["z_beda"] + _NOISE)
    mine, theirs = children.z["tbu"], stored["tbu"]
    other = _class(mine) != _class(theirs)
    marks["kelas_tbu_beda"] = Mark(~np.isnan(mine + theirs), other)
    return {**marks, "menumpuk_minus2": _bunching(mine, visits.latest)}


def _class(z: Floats) -> Ints:
    ambang = load_ambang()
    return (z < ambang["z_stunting"]).astype(np.int64) + (z < ambang["z_sangat_pendek"])


def _bunching(z: Floats, latest: Bools) -> Mark:
    """Return children within 0.1 of the limit of stunting, marked those not below it (rule D21)."""
    # In hundredths, because z has two decimals: [-2.1, -2.0) is -210 to -201.
    hundredths = np.round(np.where(np.isnan(z), 0, z) * 100).astype(np.int64)
    limit = round(load_ambang()["z_stunting"] * 100)
    near = latest & (hundredths >= limit - 10) & (hundredths < limit + 10)
    return Mark(near, hundredths >= limit)


def _between(pair: Pair, mutu: Mutu) -> Bools:
    return (pair.days >= mutu["jeda_min_hari"]) & (pair.days <= mutu["jeda_maks_hari"])


def _heights(visits: Visits, mutu: Mutu) -> dict[str, Mark]:
    height = visits.children.height
    pair = visits.pair(~np.isnan(height))
    before, now = visits.heights_to_compare(pair)
    spaced = _between(pair, mutu)
    months_before = pair.at_before(visits.children.months)
    limit = mutu.pertumbuhan.limit(months_before) * pair.days / HARI_PER_BULAN
    return {
        "tinggi_turun": Mark(pair.days > 0, before - now > mutu["tinggi_turun_cm"] + _NOISE),
        "tinggi_berulang": Mark(spaced, pair.at_before(height) == height),
        "tumbuh_mustahil": Mark(
            spaced & ~np.isnan(months_before),
            now - before > limit + mutu["tumbuh_toleransi_cm"] + _NOISE,
        ),
    }


def _weights(visits: Visits, mutu: Mutu) -> dict[str, Mark]:
    weight, height = visits.children.weight, visits.children.height
    pair = visits.pair(~np.isnan(weight))
    both = visits.pair(~np.isnan(weight + height))
    spaced, before = _between(pair, mutu), pair.at_before(weight)
    same = (both.at_before(weight) == weight) & (both.at_before(height) == height)
    change = (weight - before) / before * 100
    # An infant gains a fifth in a month, and any child in half a year: those gains are growth.
    soon = pair.days <= mutu["sebulan_maks_hari"]
    old = pair.at_before(visits.age_days) >= mutu["berat_usia_min_hari"]
    most = mutu["berat_berubah_persen"] + _NOISE
    leap = (change < -most) | ((change > most) & soon & old)
    return {
        "berat_berulang": Mark(spaced, before == weight),
        "ukuran_berulang": Mark(_between(both, mutu), same),
        "berat_melonjak": Mark((pair.days > 0) & (pair.days <= mutu["jeda_maks_hari"]), leap),
    }
