"""The figures of one published table against each other.

Each check takes the long rows of a table (shapes/wide.py) with their file row in `_baris` and
returns hits; nothing is changed. Totals are compared over all places of the table, whatever
kabupaten is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.formatting import format_number
from reviu_lib.ingest.crosschecks.hits import hits, number_texts, tell
from reviu_lib.ingest.crosschecks.rounding import count_decimals, tolerance
from reviu_lib.ingest.layouts.wide import Jumlahan, Kendala, load_kosakata
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import normalize_nama

_PERSEN = 100
_BULAT = 1e-9  # binary fractions: 91.45 - 91.40 is a little more than 0.05
_SEPERSEPULUH = 0.05  # points; a percentage printed with one decimal
_UKURAN = ["indikator", "kelompok", "tahun"]
_BAGIAN = ("L", "P")
_SEMUA = "L+P"
_DESIMAL_TAMPIL = 2
_BAGIAN_TERKECIL = 3  # a range of fewer parts says nothing


def check_published(potongan: Potongan, *, own: pd.Series | None = None) -> Potongan:
    """Return the sheet with the contradictions among its figures as findings.

    With `own` only those in rows where it is True are told.
    """
    rows = potongan.frame.rename_axis("_baris").reset_index()
    if rows.empty:
        return potongan
    rows = rows.assign(persen_hitung=recompute(rows))
    for rule in potongan.sumber.jumlahan:
        rows = rows.assign(persen_hitung=rows["persen_hitung"].fillna(_from_parts(rows, rule)))
    wanted = rows["_baris"] if own is None else rows.loc[own.to_numpy(), "_baris"]
    found = [check(rows) for check in _PERIKSA]
    rules = (*potongan.sumber.kendala, *common_rules(rows["indikator"].unique()))
    found.append(find_impossible(rows, list(dict.fromkeys(rules))))
    found += [find_wrong_sums(rows, rule) for rule in potongan.sumber.jumlahan]
    kept = [part.loc[part["baris"].isin(wanted)] for part in found]
    return potongan.keep(potongan.frame, *tell(kept, potongan.tempat))


def recompute(rows: pd.DataFrame) -> pd.Series:
    """Return pembilang / penyebut x 100; missing where either is or penyebut is 0."""
    return _divide(rows["pembilang"], rows["penyebut"])


def _divide(counts: pd.Series, population: pd.Series) -> pd.Series:
    divisor = population.astype("float64")
    return counts.astype("float64") * _PERSEN / divisor.where(divisor != 0)


def _sum_of_parts(rows: pd.DataFrame, rule: Jumlahan) -> pd.Series:
    """Return, on the rows of the whole, the sum of its declared parts; missing where one is."""
    keys = ["_baris", "kelompok", "tahun"]
    parts = rows.loc[rows["indikator"].isin(rule.bagian)]
    count = parts.groupby(keys, dropna=False)["pembilang"].agg(["sum", "count"]).reset_index()
    complete = count.loc[count["count"] == len(rule.bagian), [*keys, "sum"]]
    whole = rows.loc[rows["indikator"] == rule.hasil, keys]
    summed = whole.merge(complete, on=keys, how="left")["sum"]
    return pd.Series(summed.to_numpy(dtype="float64", na_value=np.nan), index=whole.index)


def _from_parts(rows: pd.DataFrame, rule: Jumlahan) -> pd.Series:
    return _divide(_sum_of_parts(rows, rule).reindex(rows.index), rows["penyebut"])


def find_wrong_sums(rows: pd.DataFrame, rule: Jumlahan) -> pd.DataFrame:
    """Return K32 where a count is not the sum of its declared parts."""
    summed = _sum_of_parts(rows, rule)
    whole = rows.loc[summed.index]
    words = (
        f"{rule.hasil} " + number_texts(whole["pembilang"])
        + f", {' + '.join(rule.bagian)} " + number_texts(summed)
    )  # fmt: skip
    wrong = (whole["pembilang"].astype("float64") - summed).abs() > 0
    return hits(whole, "K32", whole["_kolom_pembilang"], rincian=words).loc[wrong]


def find_wrong_percent(rows: pd.DataFrame) -> pd.DataFrame:
    """Return K19 for printed percentages off by more than rounding, K20 for those far off."""
    far = load_ambang()["beda_persen_jauh_poin"]
    decimals = rows.groupby("_kolom_persen")["persen"].transform(count_decimals)
    gap = (rows["persen"] - rows["persen_hitung"]).abs()
    off = gap > decimals.map(tolerance) + _BULAT
    words = [
        f"tercetak {format_number(printed, shown)}, dihitung ulang {format_number(own, shown + 1)}"
        for printed, own, shown in zip(
            rows["persen"], rows["persen_hitung"], decimals.fillna(0).astype(int), strict=True
        )
    ]
    kinds = pd.Series("K19", index=rows.index).mask(gap > far, "K20")
    found = hits(rows, "", rows["_kolom_persen"], rincian=pd.Series(words, rows.index))
    found = found.assign(kode=kinds).loc[off]
    hints = [_fitting_divisor(rows, at) for at in found.index[found["kode"] == "K20"]]
    far_off = found["kode"] == "K20"
    return found.assign(
        rincian=found["rincian"].mask(
            far_off, found["rincian"] + pd.Series(hints, found.index[far_off], dtype="string")
        )
    )


def _fitting_divisor(rows: pd.DataFrame, at: int) -> str:
    """Return the population of the same line that the printed percentage was divided by, or ""."""
    row = rows.loc[at]
    others = rows.loc[(rows["_baris"] == row["_baris"]) & (rows["penyebut"] != row["penyebut"])]
    for name, size in zip(others["penyebut_nama"], others["penyebut"], strict=True):
        if size and abs(row["pembilang"] / size * _PERSEN - row["persen"]) <= _SEPERSEPULUH:
            return f", cocok bila dibagi {name} {format_number(size)}"
    return ""


def list_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each count of the table once: _baris, wilayah, _jumlah, kolom, nilai."""
    parts = [
        rows[["_baris", "wilayah", "_jumlah", "tingkat", *_UKURAN]].assign(
            kolom=rows[f"_kolom_{role}"], nilai=rows[role]
        )
        for role in ("pembilang", "penyebut")
    ]
    cells = pd.concat(parts, ignore_index=True)
    return cells.loc[cells["kolom"] != ""].drop_duplicates(["_baris", "kolom"])


def find_wrong_totals(rows: pd.DataFrame) -> pd.DataFrame:
    """Return K21 where the printed total of a count is not the sum of all its places."""
    cells = list_cells(_with_one_total(rows))
    whole = cells.loc[cells["_jumlah"]].set_index("kolom")
    parts = cells.loc[~cells["_jumlah"]].groupby("kolom")["nilai"]
    complete = parts.count() == parts.size()
    summed = parts.sum().where(complete).reindex(whole.index)
    wrong = whole.assign(jumlahan=summed)
    wrong = wrong.loc[(wrong["nilai"] != wrong["jumlahan"]).fillna(False)].reset_index()
    words = (
        "tercetak " + number_texts(wrong["nilai"]) + ", dijumlahkan "
        + number_texts(wrong["jumlahan"]) + ", selisih "
        + number_texts(wrong["nilai"] - wrong["jumlahan"])
    )  # fmt: skip
    return hits(wrong, "K21", wrong["kolom"], rincian=words)


def _with_one_total(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the places and their one total row; nothing when there is no or more than one."""
    lines = rows.loc[rows["_jumlah"], "_baris"].unique()
    return rows if len(lines) == 1 else rows.iloc[:0]


def find_outside_range(rows: pd.DataFrame) -> pd.DataFrame:
    """Return K22 where the percentage of the whole is outside the range of its parts."""
    rows = _with_one_total(rows)
    shown = rows.assign(nilai=rows["persen"].fillna(rows["persen_hitung"]))
    parts = shown.loc[~shown["_jumlah"]].groupby(_UKURAN, dropna=False)["nilai"]
    limits = parts.agg(["min", "max", "count"]).reset_index()
    whole = shown.loc[shown["_jumlah"]].merge(limits, on=_UKURAN, how="left")
    outside = (whole["nilai"] < whole["min"]) | (whole["nilai"] > whole["max"])
    odd = whole.loc[outside & (whole["count"] >= _BAGIAN_TERKECIL)]
    words = (
        odd["indikator"] + " " + number_texts(odd["nilai"], _DESIMAL_TAMPIL)
        + ", sedangkan bagiannya " + number_texts(odd["min"], _DESIMAL_TAMPIL)
        + " sampai " + number_texts(odd["max"], _DESIMAL_TAMPIL)
    )  # fmt: skip
    return hits(odd, "K22", _figure_column(odd), rincian=words)


def _figure_column(rows: pd.DataFrame) -> pd.Series:
    """Return the column of the percentage, else of the count."""
    return rows["_kolom_persen"].where(rows["_kolom_persen"] != "", rows["_kolom_pembilang"])


def find_wrong_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Return K23 where the count of L+P is not L plus P."""
    keys = ["_baris", "indikator", "tahun"]
    counts = rows.loc[rows["kelompok"].isin([*_BAGIAN, _SEMUA])]
    wide = counts.set_index([*keys, "kelompok"])["pembilang"].astype("float64")
    table = wide[~wide.index.duplicated()].unstack("kelompok")
    if not {*_BAGIAN, _SEMUA} <= set(table.columns):
        return hits(rows.iloc[:0], "K23", rows["_kolom_pembilang"].iloc[:0])
    parts = table["L"] + table["P"]
    wrong = table.assign(bagian=parts).loc[(table[_SEMUA] - parts).abs() > 0].reset_index()
    both = counts.loc[counts["kelompok"] == _SEMUA]
    odd = both.merge(wrong[[*keys, "bagian"]], on=keys)
    words = "tercetak " + number_texts(odd["pembilang"]) + ", L + P " + number_texts(odd["bagian"])
    return hits(odd, "K23", odd["_kolom_pembilang"], rincian=words)


def common_rules(indikator: Iterable[str]) -> list[Kendala]:
    """Return the declared pairs among measures that differ in nothing but the words of the pair."""
    names = {_spaced(name): name for name in indikator}
    return [
        Kendala(kecil=name, besar=names[other], arti=rule.arti)
        for rule in load_kosakata().pasangan
        for words, name in names.items()
        if (other := re.sub(rf"\b{rule.kecil}\b", rule.besar, words)) != words and other in names
    ]


def _spaced(name: str) -> str:
    """Return a name for comparison; sanitasiAman is two words."""
    return normalize_nama(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))


def find_impossible(rows: pd.DataFrame, kendala: Sequence[Kendala]) -> pd.DataFrame:
    """Return K24 where a measure is above another that contains it by definition."""
    keys = ["_baris", "wilayah", "kelompok", "tahun"]
    parts = [hits(rows.iloc[:0], "K24", rows["_kolom_persen"].iloc[:0])]
    for rule in kendala:
        small = rows.loc[rows["indikator"] == rule.kecil]
        large = rows.loc[rows["indikator"] == rule.besar, [*keys, "pembilang", "persen"]]
        both = small.merge(large, on=keys, suffixes=("", "_besar"))
        counted = both["pembilang"].notna() & both["pembilang_besar"].notna()
        low = both["pembilang"].astype("float64").where(counted, both["persen"])
        high = both["pembilang_besar"].astype("float64").where(counted, both["persen_besar"])
        decimals = 0 if counted.any() else _DESIMAL_TAMPIL
        words = (
            f"{rule.kecil} " + number_texts(low, decimals)
            + f" melebihi {rule.besar} " + number_texts(high, decimals) + f"; {rule.arti}"
        )  # fmt: skip
        column = both["_kolom_pembilang"].where(counted, both["_kolom_persen"])
        parts.append(hits(both, "K24", column, rincian=words).loc[low > high])
    return pd.concat(parts, ignore_index=True)


def find_identical(rows: pd.DataFrame) -> pd.DataFrame:
    """Return K25 for equal figures in three or more places that stand one after the other."""
    least = int(load_ambang()["identik_minimum"])
    places = rows.loc[~rows["_jumlah"]].sort_values([*_UKURAN, "_baris"], kind="stable")
    value = _distinctive(places)
    same = (value == value.shift()) & _same_measure(places)
    run = (~same).cumsum()
    long_run = value.notna() & (value.groupby(run).transform("size") >= least)
    odd = places.loc[long_run]
    words = odd["indikator"] + " " + number_texts(value[long_run], _DESIMAL_TAMPIL)
    return hits(odd, "K25", _figure_column(odd), rincian=words)


def _distinctive(places: pd.DataFrame) -> pd.Series:
    """Return figures that are not equal by chance: no 0 or 100, no small count."""
    least = load_ambang()["cacah_pembanding_minimum"]
    decimals = places.groupby("_kolom_persen")["persen"].transform(count_decimals)
    percent = places["persen"].where(decimals > 0)
    percent = percent.mask(percent.isin([0, _PERSEN]))
    count = places["pembilang"].astype("float64")
    count = count.where((count >= least) & (count != places["penyebut"].astype("float64")))
    return count.where(places["pembilang"].notna(), percent)


def _same_measure(places: pd.DataFrame) -> pd.Series:
    measure = places.groupby(_UKURAN, dropna=False, sort=False).ngroup()
    return measure == measure.shift()


def find_false_zeros(rows: pd.DataFrame) -> pd.DataFrame:
    """Return K27 for a zero where the places of that measure typically have far more."""
    typical = load_ambang()["nol_median_persen"]
    places = rows.loc[~rows["_jumlah"]]
    value = places["persen"].fillna(places["persen_hitung"])
    keys = [places[name].astype("string").fillna("") for name in _UKURAN]
    middle = value.groupby(keys).transform("median")
    populated = (places["penyebut"] != 0).fillna(True).astype(bool)
    odd = (value == 0) & (middle >= typical) & populated
    words = places["indikator"] + ", nilai tengah wilayah lain " + number_texts(middle, 1)
    return hits(places, "K27", _figure_column(places), rincian=words).loc[odd]


def find_above_hundred(rows: pd.DataFrame) -> pd.DataFrame:
    """Return K28 for percentages above 100, printed or recomputed."""
    value = rows["persen"].fillna(rows["persen_hitung"])
    texts = number_texts(value, 1)
    return hits(rows, "K28", _figure_column(rows), nilai=texts).loc[value > _PERSEN]


_PERIKSA: tuple[Callable[[pd.DataFrame], pd.DataFrame], ...] = (
    find_wrong_percent,
    find_wrong_totals,
    find_outside_range,
    find_wrong_groups,
    find_identical,
    find_false_zeros,
    find_above_hundred,
)
