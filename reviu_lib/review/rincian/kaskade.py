"""The way of the agreed activities from Rembuk to realisation, in counts and rupiah.

Only activities agreed at the Rembuk are followed. Where a status or an amount is not written it is
unknown: neither "not in the document" nor zero. What entered later has columns of its own and
never fills the gap of an agreed activity that fell out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviu_lib.review.konteks import Konteks

_PAGU_REMBUK = "pagu Rembuk"
# Stage → name, and the amount it is valued with.
_TAHAP = {
    "rembuk": ("Rembuk", _PAGU_REMBUK),
    "rkpd": ("RKPD", _PAGU_REMBUK),
    "renja": ("Renja", _PAGU_REMBUK),
    "dpa": ("DPA", "pagu perubahan, selain itu pagu murni"),
    "realisasi": ("Realisasi", "realisasi sampai batas data"),
}
_DI_DOKUMEN = ["masuk", "bergeser", "dikurangi", "baru"]


def compute_kaskade(konteks: Konteks, kegiatan: pd.DataFrame) -> pd.DataFrame:
    """Return the table kaskade: one row per stage; none where no one recorded the Rembuk."""
    if kegiatan["disepakati_rembuk"].isna().all():
        return pd.DataFrame(columns=["baris"])
    rows = kegiatan.merge(konteks.uang, on="id_kegiatan", how="left")
    spent = rows[["realisasi_rp", "realisasi_tanpa_pagu_rp"]].sum(axis=1, min_count=1)
    agreed = rows["disepakati_rembuk"].astype("boolean")
    value = {_PAGU_REMBUK: rows["pagu_rembuk_rp"], "dpa": rows["pagu_rp"], "realisasi": spent}
    here = {
        "rembuk": agreed.where(agreed),
        **{name: _is_in(rows[f"status_{name}"]) for name in ("rkpd", "renja", "dpa")},
        "realisasi": (spent > 0).astype("boolean").mask(spent.isna()),
    }
    return pd.DataFrame(
        {
            "baris": name,
            "tahap": nama,
            "dasar_rupiah": dasar,
            **_follow(here[name], value.get(name, value[_PAGU_REMBUK]), rows, agreed),
        }
        for name, (nama, dasar) in _TAHAP.items()
    )


def _is_in(status: pd.Series) -> pd.Series:
    """Return whether a document holds each activity; missing where nothing is written."""
    return status.isin(_DI_DOKUMEN).astype("boolean").mask(status.isna())


def _follow(
    here: pd.Series, value: pd.Series, rows: pd.DataFrame, agreed: pd.Series
) -> dict[str, Any]:
    """Return the counts and rupiah of one stage: in it, fallen out, unknown, and late-added."""
    followed = agreed.fillna(False).astype(bool)
    inside, outside = (mask.fillna(False).astype(bool) for mask in (here, ~here))
    late = inside & ~followed
    masks = {
        "": followed & inside,
        "tidak_": followed & outside,
        "kosong_": followed & here.isna(),
    }
    numbers: dict[str, Any] = {}
    for name, mask in masks.items():
        amount = value if name == "" else rows["pagu_rembuk_rp"]
        numbers[f"{name}jumlah"] = int(mask.sum())
        numbers[f"{name or 'nilai_'}rp"] = amount[mask].sum(min_count=1)
    return {
        **numbers,
        "tanpa_rupiah_jumlah": int((masks[""] & value.isna()).sum()),
        "baru_jumlah": int(late.sum()),
        "baru_rp": value[late].sum(min_count=1),
    }


def summarize_kaskade(kaskade: pd.DataFrame) -> Mapping[str, Any]:
    """Return counts and rupiah of the agreed activities at each stage (keys of ringkasan.toml)."""
    stages = kaskade.set_index("baris")
    return {
        f"kaskade_{name}_{kind}": row[column]
        for name, row in stages.iterrows()
        for kind, column in (("jumlah", "jumlah"), ("rp", "nilai_rp"))
    }
