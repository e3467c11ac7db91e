"""League tables: a range of ranks per place, and none where the conditions differ.

Places are compared in pairs within one measure and one `syarat` (same survey and year, same kind
of denominator, same cut-off date). With m places each interval is made at 1 - 0,05/m, so that all
m hold together with 95 percent (Bonferroni); a place is surely better than another only where the
two intervals do not touch. Its best rank is 1 + the places surely better, its worst m - the places
surely worse (Klein, Wright, and Wieczorek, JRSS C 69, 2020). Overlapping intervals are the cautious
reading of a difference (Goldstein and Healy, JRSS A 158, 1995).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_ambang, load_aturan_banding
from reviu_lib.growth.interval import Floats, Selang, compute_normal_quantile, compute_wilson
from reviu_lib.review.banding.ukuran import HITUNGAN, PENUH, TAHAN, TERBIT

DIBANDINGKAN = "dibandingkan"
ATAS, BAWAH, TENGAH = "separuh atas", "separuh bawah", "tengah"
TAK_TERBEDAKAN = "tidak terbedakan"
_SENDIRI = "tidak ada kabupaten/kota lain dengan syarat yang sama"
_NAMA_DISEBUT = 5
_RENTANG = ("bawah_banding_persen", "atas_banding_persen", "jumlah_tempat", "peringkat_terbaik",
            "peringkat_terburuk", "rentang_peringkat", "posisi", "jumlah_setara",
            "setara")  # fmt: skip
# How far a published limit may lie from 0 and 100 percent when it is widened.
_TEPI = 1e-4


def rank_ukuran(ukuran: pd.DataFrame) -> pd.DataFrame:
    """Return the table peringkat from the rows of `collect_ukuran`, in their order."""
    alone = ukuran["alasan"].isna() & (_count_alike(ukuran) < 2)
    rows = ukuran.assign(
        alasan=ukuran["alasan"].mask(alone, _SENDIRI), keadaan=ukuran["keadaan"].mask(alone, TAHAN)
    )
    rows = rows.assign(keadaan=rows["keadaan"].fillna(DIBANDINGKAN))
    compared = rows[rows["keadaan"].eq(DIBANDINGKAN)]
    groups = [_rank_alike(part) for _, part in compared.groupby(["ukuran", "syarat"], sort=False)]
    ranks = pd.concat(groups) if groups else pd.DataFrame(columns=list(_RENTANG))
    rows = rows.combine_first(_show_interval(rows)).join(ranks)
    rows = rows.assign(baris=rows["ukuran"] + "@" + rows["kode_kabupaten"])
    return rows.drop(columns="dasar_selang")


def _count_alike(ukuran: pd.DataFrame) -> pd.Series:
    """Return with how many places (itself too) a row may be compared."""
    able = ukuran[ukuran["alasan"].isna()]
    counts = able.groupby(["ukuran", "syarat"])["kode_kabupaten"].transform("size")
    return counts.reindex(ukuran.index).fillna(0)


def _show_interval(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the interval a reader sees where none was published: 95 percent, one place alone."""
    taraf = load_ambang()["taraf_selang_persen"] / 100
    counted = rows[rows["dasar_selang"].isin([HITUNGAN, PENUH])]
    low, high = compute_selang(counted, taraf)
    return pd.DataFrame({"bawah_persen": low, "atas_persen": high}, index=counted.index)


def _rank_alike(part: pd.DataFrame) -> pd.DataFrame:
    """Return the ranges of ranks of the rows of one measure under the same conditions."""
    miss = (1 - load_ambang()["taraf_selang_persen"] / 100) / len(part)
    low, high = compute_selang(part, 1 - miss)
    half = load_aturan_banding()["beda_minimum_poin"] / 2
    better = tell_apart(low - half, high + half, naik=part["arah"].iloc[0] == "naik")
    best, worst = rank_ranges(better)
    alike = ~(better | better.T) & ~np.eye(len(part), dtype=bool)
    names = part["kabupaten"].to_numpy(object)
    return pd.DataFrame(
        {
            "bawah_banding_persen": low,
            "atas_banding_persen": high,
            "jumlah_tempat": len(part),
            "peringkat_terbaik": best,
            "peringkat_terburuk": worst,
            "rentang_peringkat": _write_ranges(best, worst),
            "posisi": _place(best, worst),
            "jumlah_setara": alike.sum(axis=1),
            "setara": [_list_names(names[row]) for row in alike],
        },
        index=part.index,
    )


def compute_selang(rows: pd.DataFrame, taraf: float) -> Selang:
    """Return the limits in percent at the level `taraf`, widened by what has not come in.

    `hitungan`: Wilson on pembilang / penyebut; `terbit`: the published limits (95 percent), moved
    apart on the logit scale in the ratio of the normal quantiles; `penuh`: the value itself. With
    a share k of the data in, the rest could be anything between 0 and 100 percent: lower x k to
    upper x k + 100 (1 - k) (Manski, American Economic Review 80, 1990). A completeness that
    is not known widens nothing.
    """
    kind = rows["dasar_selang"].to_numpy(object)
    value = rows["nilai_persen"].to_numpy(float)
    low, high = value.copy(), value.copy()
    for name, make in ((HITUNGAN, _from_counts), (TERBIT, _from_published)):
        chosen = kind == name
        if chosen.any():
            low[chosen], high[chosen] = make(rows[chosen], taraf)
    share = rows["kelengkapan_persen"].to_numpy(float, na_value=np.nan) / 100
    share = np.where(kind == TERBIT, 1.0, np.nan_to_num(share, nan=1.0))
    return Selang(low * share, high * share + 100 * (1 - share))


def _from_counts(rows: pd.DataFrame, taraf: float) -> Selang:
    low, high = compute_wilson(rows["pembilang"], rows["penyebut"], taraf=taraf)
    return Selang(low * 100, high * 100)


def _from_published(rows: pd.DataFrame, taraf: float) -> Selang:
    value, low, high = (
        _logit(rows[name].to_numpy(float) / 100)
        for name in ("nilai_persen", "bawah_persen", "atas_persen")
    )
    published = load_ambang()["taraf_selang_persen"] / 100
    ratio = compute_normal_quantile(taraf) / compute_normal_quantile(published)
    return Selang(
        _expit(value - (value - low) * ratio) * 100, _expit(value + (high - value) * ratio) * 100
    )


def _logit(share: Floats) -> Floats:
    inside = np.clip(share, _TEPI, 1 - _TEPI)
    return np.log(inside / (1 - inside))


def _expit(value: Floats) -> Floats:
    return 1 / (1 + np.exp(-value))


def tell_apart(low: Floats, high: Floats, *, naik: bool) -> np.ndarray:
    """Return a square of truths: is the place of the row surely better than that of the column.

    `naik`: higher is better. Intervals that touch tell nothing.
    """
    above = np.asarray(low)[:, None] > np.asarray(high)[None, :]
    return above if naik else above.T


def rank_ranges(better: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best and the worst rank of each place that the comparisons allow, 1 the best."""
    return 1 + better.sum(axis=0), len(better) - better.sum(axis=1)


def _write_ranges(best: np.ndarray, worst: np.ndarray) -> list[str]:
    of = len(best)
    return [
        f"{first} dari {of}" if first == last else f"{first}–{last} dari {of}"
        for first, last in zip(best, worst, strict=True)
    ]


def _place(best: np.ndarray, worst: np.ndarray) -> np.ndarray:
    """Return where the whole range of ranks lies: one half, the middle, or everywhere."""
    middle = (len(best) + 1) / 2
    everywhere = (best == 1) & (worst == len(best))
    return np.select(
        [everywhere, worst < middle, best > middle], [TAK_TERBEDAKAN, ATAS, BAWAH], default=TENGAH
    )


def _list_names(names: np.ndarray) -> str | None:
    shown = ", ".join(names[:_NAMA_DISEBUT])
    rest = len(names) - _NAMA_DISEBUT
    return (f"{shown}, dan {rest} lainnya" if rest > 0 else shown) or None
