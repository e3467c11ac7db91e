"""The wide table of WHO's software: one row per group, columns HA_2_r, HA_2_se, and so on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from reviu_lib.growth.prevalence.groups import SEMUA, TIDAK_DIKETAHUI
from reviu_lib.growth.prevalence.rules import AturanPrevalensi, load_aturan_prevalensi

_LIMITS = ("bawah_persen", "atas_persen")
_POPULATION = {"pop": "jumlah_berbobot", "unwpop": "diukur"}
_RATE = {"r": "prevalensi_persen", "se": "galat_baku_poin", "ll": _LIMITS[0], "ul": _LIMITS[1]}
_MEAN = {
    "r": "rerata_z",
    "se": "galat_baku_z",
    "ll": "bawah_z",
    "ul": "atas_z",
    "stdev": "simpangan_baku_z",
}


def to_who_columns(prevalensi: pd.DataFrame, rerata: pd.DataFrame) -> pd.DataFrame:
    """Return both tables as WHO's software prints them: Group, HAZ_pop, HA_3_r, … HA_2_WH2_ul.

    Takes `compute_prevalence` with `semua_batas` and a `rancangan`, and `compute_rerata_z`. As
    there, groups of unknown value are left out, and at 0 and 100 percent both limits equal the
    rate. At exactly 1 percent R's `anthro` 1.1.0 prints limits of 1; here they are computed.
    """
    rules = load_aturan_prevalensi()
    edge = prevalensi["prevalensi_persen"].isin([0.0, 100.0])
    limits = {
        name: prevalensi[name].mask(edge, prevalensi["prevalensi_persen"]) for name in _LIMITS
    }
    rates = _by_group(prevalensi.assign(**limits), "indikator", rules)
    means = _by_group(rerata, "indeks", rules)
    return pd.concat(_iter_parts(rates, means, rules), axis=1).reset_index()


def _iter_parts(
    rates: Mapping[str, pd.DataFrame], means: Mapping[str, pd.DataFrame], rules: AturanPrevalensi
) -> Iterator[pd.DataFrame]:
    """Yield the columns of each index and of the two conditions at once, in WHO's order."""
    for kode, indeks in rules.indeks.items():
        own = {key: item.who for key, item in rules.indikator.items() if item.indeks == kode}
        known = {who: rates[key] for key, who in own.items() if key in rates}
        if known:
            yield _rename(next(iter(known.values())), _POPULATION, f"{indeks.who}Z")
            yield from (_rename(part, _RATE, who) for who, part in known.items())
            yield _rename(means[indeks.nama], _MEAN, indeks.who)
    both = {item.who: rates[key] for key, item in rules.gabungan.items() if key in rates}
    for number, (who, part) in enumerate(both.items()):
        yield _rename(part, _RATE if number else {**_POPULATION, **_RATE}, who)


def _rename(part: pd.DataFrame, columns: Mapping[str, str], who: str) -> pd.DataFrame:
    names = {name: f"{who}_{suffix}" for suffix, name in columns.items()}
    return part[list(names)].rename(columns=names)


def _by_group(table: pd.DataFrame, key: str, rules: AturanPrevalensi) -> dict[str, pd.DataFrame]:
    """Return the rows of each measure, indexed by WHO's name of their group."""
    known = table[table["nilai_kelompok"] != TIDAK_DIKETAHUI]
    named = known.set_index(_name_groups(known, rules).rename("Group"))
    return {str(name): part for name, part in named.groupby(key, sort=False)}


def _name_groups(table: pd.DataFrame, rules: AturanPrevalensi) -> pd.Series:
    """Return WHO's name of each row's group, such as "Age group: 00-05 mo"."""
    pairs = table[["kelompok", "nilai_kelompok"]].drop_duplicates()
    names = {
        (group, value): _name_group(group, value, rules)
        for group, value in pairs.itertuples(index=False)
    }
    keys = zip(table["kelompok"], table["nilai_kelompok"], strict=True)
    return pd.Series([names[key] for key in keys], index=table.index, dtype="string")


def _name_group(kelompok: str, nilai: str, rules: AturanPrevalensi) -> str:
    heading = rules.who.kelompok.get(kelompok, kelompok)
    if kelompok == SEMUA:
        return heading
    ages = {age.nama: age.who for age in rules.usia}
    words = ages | rules.who.nilai["jenis_kelamin"] | rules.who.nilai.get(kelompok, {})
    parts = nilai.split(", ") if kelompok == "usia_dan_jenis_kelamin" else [nilai]
    return f"{heading}: {'.'.join(words.get(part, part) for part in parts)}"
