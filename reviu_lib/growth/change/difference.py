"""Has a prevalence changed? The difference in points, its interval, and a word for it.

The word is data, chosen by the interval and never by the size of the difference. A difference
whose interval holds 0 is `belum bermakna`; one without interval is `belum dapat disimpulkan`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.errors import DataError
from reviu_lib.formatting import format_number, list_first
from reviu_lib.growth.change.periods import explain_pairs
from reviu_lib.growth.change.sources import (
    find_sumber,
    require_columns,
    require_one_source,
)
from reviu_lib.growth.interval import (
    TARAF,
    Hitungan,
    Selang,
    combine_changes,
    compute_newcombe,
    to_floats,
)

NAIK = "naik"
TURUN = "turun"
BELUM_BERMAKNA = "belum bermakna"
BELUM_DISIMPULKAN = "belum dapat disimpulkan"
_ASAL = ["sumber_awal", "tahun_awal", "sumber_akhir", "tahun_akhir"]
_CACAH = ["kasus_awal", "diukur_awal", "kasus_akhir", "diukur_akhir"]
_TERBIT = [
    f"{name}_{when}_persen"
    for when in ("awal", "akhir")
    for name in ("prevalensi", "bawah", "atas")
]
_PERIODE = ["periode_awal", "periode_akhir"]
_DS = ["d_per_s_awal_persen", "d_per_s_akhir_persen"]
_SATUAN = ("_persen", "_poin")


def pair_periods(awal: pd.DataFrame, akhir: pd.DataFrame, kunci: Sequence[str]) -> pd.DataFrame:
    """Return the rows of two periods side by side, one row per `kunci`, sorted by it.

    Every other column appears twice: kasus_awal, kasus_akhir; the unit stays last
    (prevalensi_awal_persen). A place known in one period only keeps its row, with the other half
    missing except tahun, sumber, and periode. DataError when a key stands twice in one period.
    """
    sides = []
    for frame, when in ((awal, "awal"), (akhir, "akhir")):
        _require_unique(frame, kunci, when)
        named = {name: _with_period(name, when) for name in frame if name not in kunci}
        sides.append(frame.rename(columns=named))
    pairs = sides[0].merge(sides[1], on=list(kunci), how="outer").reset_index(drop=True)
    for name in (*_ASAL, *_PERIODE):
        if name in pairs and pairs[name].nunique() == 1:
            pairs[name] = pairs[name].fillna(pairs[name].dropna().iloc[0])
    return pairs


def compute_perubahan(pairs: pd.DataFrame, *, taraf: float = TARAF) -> pd.DataFrame:
    """Return the change between two counts, with `pairs` in front and its index.

    Needs sumber_awal, tahun_awal, sumber_akhir, tahun_akhir, kasus_awal, diukur_awal,
    kasus_akhir, diukur_akhir; optional periode_awal, periode_akhir (months) and
    d_per_s_awal_persen, d_per_s_akhir_persen.
    Adds prevalensi_awal_persen, prevalensi_akhir_persen, perubahan_poin (akhir - awal),
    bawah_poin, atas_poin (Newcombe 1998, method 10), arah_perubahan (naik | turun |
    belum bermakna | belum dapat disimpulkan), and alasan where nothing can be concluded.
    Nothing is computed across months that may not be compared. A register needs D/S of both
    periods before it is called naik or turun. DataError when a row has two sources.
    """
    require_columns(pairs, [*_ASAL, *_CACAH], "perubahan")
    before = Hitungan(*(to_floats(pairs[name]) for name in _CACAH[:2]))
    after = Hitungan(*(to_floats(pairs[name]) for name in _CACAH[2:]))
    limits = compute_newcombe(before, after, taraf=taraf)
    known = ~np.isnan(limits.bawah)
    shares = [
        np.divide(k, n, out=np.full(len(pairs), np.nan), where=known) * 100
        for k, n in (before, after)
    ]
    frame = pairs.assign(prevalensi_awal_persen=shares[0], prevalensi_akhir_persen=shares[1])
    few = np.fmin(before.diukur, after.diukur) < load_ambang()["diukur_minimum"]
    reasons = {
        "cacah salah satu periode tidak diketahui": ~known,
        f"balita diukur kurang dari {format_number(load_ambang()['diukur_minimum'])}": few & known,
    }
    return _conclude(frame, Selang(limits.bawah * 100, limits.atas * 100), reasons)


def compute_perubahan_terbit(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the change between two published figures, with `pairs` in front and its index.

    Needs sumber_awal, tahun_awal, sumber_akhir, tahun_akhir, prevalensi_awal_persen,
    bawah_awal_persen, atas_awal_persen, and the same of akhir, as published.
    Adds what `compute_perubahan` adds; the interval combines the two published ones (Zou and
    Donner, Statistics in Medicine 27, 2008). Without both intervals: belum dapat disimpulkan.
    """
    require_columns(pairs, [*_ASAL, *_TERBIT], "perubahan angka terbit")
    first, low, high, second, low_2, high_2 = (to_floats(pairs[name]) for name in _TERBIT)
    limits = combine_changes((first, Selang(low, high)), (second, Selang(low_2, high_2)))
    missing = np.isnan(limits.bawah)
    return _conclude(pairs, limits, {"selang kepercayaan tidak terbit": missing})


def classify_perubahan(selang: Selang) -> pd.Series:
    """Return naik, turun, belum bermakna, or belum dapat disimpulkan per interval of a change."""
    words = np.select(
        [np.isnan(selang.bawah + selang.atas), selang.bawah > 0, selang.atas < 0],
        [BELUM_DISIMPULKAN, NAIK, TURUN],
        BELUM_BERMAKNA,
    )
    return pd.Series(words, dtype="string")


def _conclude(frame: pd.DataFrame, limits: Selang, reasons: dict[str, np.ndarray]) -> pd.DataFrame:
    """Return the frame with the change, its limits, the word, and why there is none."""
    require_one_source(frame)
    apart = _period_reasons(frame)
    change = frame["prevalensi_akhir_persen"] - frame["prevalensi_awal_persen"]
    words = classify_perubahan(limits).set_axis(frame.index)
    why = apart.copy()
    for reason, holds in (reasons | {_TANPA_DS: _lacks_ds(frame, words)}).items():
        why = why.mask(why.isna() & holds, reason)
    return frame.assign(
        perubahan_poin=change.mask(apart.notna()),
        bawah_poin=pd.Series(limits.bawah, frame.index).mask(apart.notna()),
        atas_poin=pd.Series(limits.atas, frame.index).mask(apart.notna()),
        arah_perubahan=words.mask(why.notna(), BELUM_DISIMPULKAN),
        alasan=why,
    )


_TANPA_DS = "D/S tidak diketahui untuk kedua periode"


def _lacks_ds(frame: pd.DataFrame, words: pd.Series) -> np.ndarray:
    """Return the register rows called naik or turun without D/S of both periods (domain 10.1)."""
    names = {name: find_sumber(name).jenis for name in frame["sumber_akhir"].dropna().unique()}
    register = frame["sumber_akhir"].map(names).eq("register")
    known = frame.reindex(columns=_DS).notna().all(axis=1)
    return (register & ~known & words.isin([NAIK, TURUN])).to_numpy(bool)


def _period_reasons(frame: pd.DataFrame) -> pd.Series:
    if set(_PERIODE) <= set(frame):
        return explain_pairs(frame)
    return pd.Series(pd.NA, index=frame.index, dtype="string")


def _require_unique(frame: pd.DataFrame, kunci: Iterable[str], when: str) -> None:
    require_columns(frame, kunci, f"pasangan periode {when}")
    again = frame.loc[frame.duplicated(list(kunci)), list(kunci)]
    if len(again):
        shown = [" ".join(map(str, row)) for row in again.itertuples(index=False)]
        raise DataError(
            f"Pada periode {when} ada lebih dari satu baris untuk: {list_first(shown)}.",
            lakukan="Sisakan satu baris per wilayah, sumber, dan periode.",
        )


def _with_period(name: str, when: str) -> str:
    """Return a column name with the period before its unit."""
    for unit in _SATUAN:
        if name.endswith(unit):
            return f"{name.removesuffix(unit)}_{when}{unit}"
    return f"{name}_{when}"
