"""Contradictions between rows of recaps: of one year, across files, and with last year.

Four rules. A part equal to its whole was copied. One numerator of one population cannot have two
denominators. A denominator equal to the last unit to that of another population belongs to that
other one. A denominator that jumps makes a comparison of years worthless.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.catalog import Ambang
from reviu_lib.review.kamus import AturanRekap, Populasi

_KOLOM = ["baris", "berkas", "indikator", "kode", "keterangan"]


def find_pertentangan(
    now: pd.DataFrame, last: pd.DataFrame | None, ambang: Ambang, rules: AturanRekap
) -> pd.DataFrame:
    """Return contradictions between rows: baris, berkas, indikator, kode, keterangan."""
    if now.empty:
        return pd.DataFrame(columns=_KOLOM, dtype="string")
    least = rules.minimum_pembanding
    limit = ambang["perubahan_penyebut_maks_persen"]
    jumps = find_jumps(now, last, limit, least)
    parts = [
        find_copied_parts(now, rules, least),
        find_two_denominators(now, least),
        find_foreign_denominators(now, rules, set(jumps["baris"])),
        jumps,
        find_repeats_before(now, last, least),
    ]
    return pd.concat([part[_KOLOM] for part in parts], ignore_index=True)


def _pairs(rows: pd.DataFrame, on: list[str], least: int) -> pd.DataFrame:
    """Return ordered pairs of different rows that agree in `on`, from `least` upwards."""
    big = rows[(rows[on] >= least).all(axis=1)] if on else rows
    pairs = big.merge(big, on=on, suffixes=("", "_lain"))
    return pairs[pairs["baris"] != pairs["baris_lain"]]


def _note(pairs: pd.DataFrame, kode: str, keterangan: pd.Series) -> pd.DataFrame:
    noted = pairs.assign(kode=kode, keterangan=keterangan)[_KOLOM]
    return noted.drop_duplicates(["baris", "keterangan"])


def _part_of(populasi: dict[str, Populasi]) -> set[tuple[str, str]]:
    """Return every (part, whole), also through intermediate populations."""
    found = set()
    for part in populasi:
        whole = populasi[part].bagian_dari
        while whole:
            found.add((part, whole))
            whole = populasi[whole].bagian_dari
    return found


def find_copied_parts(rows: pd.DataFrame, rules: AturanRekap, least: int) -> pd.DataFrame:
    """Return rows whose numerator and denominator repeat those of the whole they are part of."""
    pairs = _pairs(rows, ["pembilang", "penyebut"], least)
    known = _part_of(dict(rules.konsep_pembilang)) | _part_of(dict(rules.populasi))
    inside = [
        (a, b) in known or (c, d) in known
        for a, b, c, d in zip(
            pairs["konsep"],
            pairs["konsep_lain"],
            pairs["populasi"],
            pairs["populasi_lain"],
            strict=True,
        )
    ]
    found = pairs[np.array(inside, dtype=bool)]
    return _note(
        found,
        "R21",
        "pembilang dan penyebut sama dengan baris " + _where(found) + ", padahal hanya bagiannya",
    )


def _where(pairs: pd.DataFrame) -> pd.Series:
    same = pairs["berkas"].fillna("") == pairs["berkas_lain"].fillna("")
    elsewhere = pairs["no_lain"] + " pada " + pairs["berkas_lain"].fillna("rekap lain")
    return pairs["no_lain"].where(same, elsewhere)


def find_two_denominators(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    """Return rows of one population with an equal numerator and another denominator."""
    pairs = _pairs(rows, ["pembilang"], least)
    found = pairs[
        (pairs["populasi"] == pairs["populasi_lain"])
        & (pairs["populasi"] != "")
        & (pairs["penyebut"] != pairs["penyebut_lain"])
        & pairs["penyebut"].notna()
        & pairs["penyebut_lain"].notna()
    ]
    return _note(
        found, "R22", "pembilang yang sama memakai penyebut lain pada baris " + _where(found)
    )


def find_foreign_denominators(
    rows: pd.DataFrame, rules: AturanRekap, jumped: set[str]
) -> pd.DataFrame:
    """Return rows whose denominator is exactly that of another population.

    Of two equal denominators the doubtful row is the part of the other; else the one whose
    denominator jumped since last year or differs from another row of its own population; when
    neither or both are doubtful, both are named.
    """
    pairs = _pairs(rows, ["penyebut"], rules.minimum_pembanding)
    pairs = pairs[
        (pairs["populasi"] != "")
        & (pairs["populasi_lain"] != "")
        & (pairs["populasi"] != pairs["populasi_lain"])
    ]
    known = _part_of(dict(rules.populasi))
    torn = set(find_two_denominators(rows, rules.minimum_pembanding)["baris"])
    doubtful = jumped | torn
    keep = [
        _is_doubtful(row, known, doubtful)
        for row in pairs[["populasi", "populasi_lain", "baris", "baris_lain"]].itertuples()
    ]
    found = pairs[np.array(keep, dtype=bool)]
    text = "penyebut sama persis dengan penyebut " + found["populasi_lain"] + " pada baris "
    return _note(found, "R23", text + _where(found))


def _is_doubtful(row: object, known: set[tuple[str, str]], doubtful: set[str]) -> bool:
    mine, other = row.populasi, row.populasi_lain  # type: ignore[attr-defined]
    if (mine, other) in known or (other, mine) in known:
        return (mine, other) in known
    here, there = row.baris in doubtful, row.baris_lain in doubtful  # type: ignore[attr-defined]
    return here or not there


def _join_years(now: pd.DataFrame, last: pd.DataFrame | None) -> pd.DataFrame:
    """Return this year's rows with last year's pair of the same indicator name."""
    columns = ["nama", "pembilang", "penyebut"]
    if last is None:
        last = pd.DataFrame({"nama": pd.Series(dtype="string"), "pembilang": [], "penyebut": []})
    single = last[~last["nama"].duplicated(keep=False)]
    return now.merge(single[columns], on="nama", how="inner", suffixes=("", "_lalu"))


def find_jumps(
    now: pd.DataFrame, last: pd.DataFrame | None, limit: float, least: int
) -> pd.DataFrame:
    """Return rows whose denominator moved by more than `limit` percent since last year."""
    rows = _join_years(now, last)
    moved = (rows["penyebut"] - rows["penyebut_lalu"]).abs() * 100 > rows["penyebut_lalu"] * limit
    found = rows[moved & (rows["penyebut_lalu"] >= least) & (rows["penyebut"] > 0)]
    text = pd.Series(
        "penyebut berubah melebihi ambang dari tahun lalu: perbandingan ditahan", index=found.index
    )
    return _note(found, "R26", text)


def find_repeats_before(now: pd.DataFrame, last: pd.DataFrame | None, least: int) -> pd.DataFrame:
    """Return rows that repeated another row last year but no longer do.

    Two indicators with one pair of counts in one year and two in the next: one of the rows of
    last year was copied.
    """
    rows = _join_years(now, last)
    key = ["pembilang_lalu", "penyebut_lalu"]
    pairs = _pairs(rows, key, least)
    found = pairs[
        pairs["pembilang"].notna()
        & pairs["pembilang_lain"].notna()
        & (pairs["pembilang"] != pairs["pembilang_lain"])
    ]
    return _note(
        found,
        "R27",
        "tahun lalu angkanya sama dengan baris " + _where(found) + ", tahun ini berbeda",
    )
