"""Recorded barriers counted by category, and by owner and category."""

from __future__ import annotations

import pandas as pd

from reviu_lib.review.hambatan import TERCATAT
from reviu_lib.review.rasio import join_key

_KOSONG = "tidak diisi"


def compute_pareto(hambatan: pd.DataFrame) -> pd.DataFrame:
    """Return the table pareto_hambatan: categories by number of recorded barriers, most first.

    porsi = number / all recorded x 100; kumulatif adds the shares up. Equal numbers stand in the
    order of the names, so that the order of the log says nothing.
    """
    rows = _recorded(hambatan)
    grouped = rows.groupby("kategori", sort=True)
    frame = pd.DataFrame(
        {
            "jumlah": grouped.size(),
            "jumlah_selesai": grouped["selesai"].sum(),
            "jumlah_berkekurangan": grouped["berkekurangan"].sum(),
        }
    )
    frame = frame.sort_values("jumlah", ascending=False, kind="stable").reset_index()
    total = frame["jumlah"].sum()
    return frame.assign(
        baris=frame["kategori"],
        porsi_persen=frame["jumlah"] * 100 / total,
        kumulatif_persen=frame["jumlah"].cumsum() * 100 / total,
    )


def compute_silang(hambatan: pd.DataFrame) -> pd.DataFrame:
    """Return the table silang_hambatan: number of recorded barriers per owner and category."""
    rows = _recorded(hambatan)
    grouped = rows.groupby(["opd", "kategori"], sort=False)
    frame = pd.DataFrame(
        {"jumlah": grouped.size(), "indikator_terkait": grouped["kode_indikator"].agg(_join)}
    ).reset_index()
    frame = frame.sort_values(["opd", "jumlah"], ascending=[True, False], kind="stable")
    return frame.assign(baris=join_key(frame["opd"], frame["kategori"]))


def _recorded(hambatan: pd.DataFrame) -> pd.DataFrame:
    rows = hambatan[hambatan["keadaan"] == TERCATAT]
    return pd.DataFrame(
        {
            "kategori": rows["kategori"].astype("string").fillna(_KOSONG),
            "opd": rows["opd_pj"].astype("string").fillna(_KOSONG),
            "kode_indikator": rows["kode_indikator"].astype("string"),
            "selesai": rows["status"].eq("selesai").fillna(False).astype("int64"),
            "berkekurangan": rows["kekurangan"].notna().astype("int64"),
        }
    )


def _join(codes: pd.Series) -> str | None:
    return "; ".join(codes.dropna().drop_duplicates()) or None
