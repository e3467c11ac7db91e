"""How fast prevalence fell within one survey, and how fast it must fall to the targets.

A rate is computed only within one survey. For a kabupaten it is shown only with enough points of
one survey family and their published intervals (`check_aarr`); what a target asks for is shown in
points a year, and as AARR where an AARR may be shown.
"""

from __future__ import annotations

import pandas as pd

from reviu_lib.growth import check_aarr, compute_kebutuhan, summarize_deret
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import join_key

_TINGKAT = ["nasional", "provinsi", "kabupaten"]
_KUNCI = ["jenis_laju", "kode_wilayah", "sumber", "tahun_akhir"]
_DERET = ["kode_wilayah", "sumber", "tahun", "prevalensi_persen", "bawah_persen", "atas_persen"]


def compute_laju(konteks: Konteks, prevalensi: pd.DataFrame) -> pd.DataFrame:
    """Return the table laju_prevalensi: one row per region and survey, then per target."""
    survei = prevalensi[
        (prevalensi["jenis_angka"] == "survei") & prevalensi["tingkat"].isin(_TINGKAT)
    ].dropna(subset=["prevalensi_persen"])
    if survei.empty:
        return pd.DataFrame(columns=["baris"])
    parts = [_achieved(rows) for _, rows in survei.groupby("sumber", sort=True)]
    needed = _needed(survei, prevalensi)
    found = [part for part in (*parts, needed) if len(part)]
    if not found:
        return pd.DataFrame(columns=["baris"])
    frame = pd.concat(found, ignore_index=True)
    names = {kode: konteks.name_of(kode) for kode in frame["kode_wilayah"].unique()}
    return frame.assign(
        wilayah=frame["kode_wilayah"].map(names),
        baris=join_key(*(frame[name] for name in _KUNCI)),
    ).drop_duplicates("baris")


def _achieved(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rate of each region over the years of one survey; single points give none."""
    series = rows[_DERET]
    rates = summarize_deret(series).merge(check_aarr(series), on="kode_wilayah")
    rates = rates[rates["jumlah_titik"] > 1]
    hidden = ~rates["boleh_dicetak"]
    return pd.DataFrame(
        {
            "jenis_laju": "tercapai",
            **{name: rates[name] for name in _ENDS},
            "poin_per_tahun": rates["penurunan_poin_per_tahun"].mask(hidden),
            "aarr_persen": rates["aarr_dua_titik_persen"].mask(hidden),
            "aarr_log_linear_persen": rates["aarr_log_linear_persen"].mask(hidden),
            "alasan": rates["alasan"],
        }
    )


_ENDS = (
    "kode_wilayah", "sumber", "tahun_awal", "tahun_akhir", "jumlah_titik",
    "prevalensi_awal_persen", "prevalensi_akhir_persen",
)  # fmt: skip


def _needed(survei: pd.DataFrame, prevalensi: pd.DataFrame) -> pd.DataFrame:
    """Return what each target asks for, counted from the latest survey of the same region."""
    latest = survei.sort_values("tahun", kind="stable").drop_duplicates("kode_wilayah", keep="last")
    target = prevalensi[prevalensi["jenis_angka"] == "target"]
    pairs = latest[["kode_wilayah", "sumber", "tahun", "prevalensi_persen"]].merge(
        target[["kode_wilayah", "tahun", "prevalensi_persen", "sumber"]].rename(
            columns={
                "tahun": "tahun_target",
                "prevalensi_persen": "target_persen",
                "sumber": "sumber_target",
            }
        ),
        on="kode_wilayah",
    )
    rows = compute_kebutuhan(pairs)
    rows = rows[rows["sisa_tahun"].notna()]
    own = rows["kode_wilayah"].str.contains(".", regex=False)
    return pd.DataFrame(
        {
            "jenis_laju": "diperlukan",
            "kode_wilayah": rows["kode_wilayah"],
            "sumber": rows["sumber"],
            "tahun_awal": rows["tahun"],
            "tahun_akhir": rows["tahun_target"],
            "prevalensi_awal_persen": rows["prevalensi_persen"],
            "prevalensi_akhir_persen": rows["target_persen"],
            "poin_per_tahun": rows["penurunan_perlu_poin_per_tahun"],
            "aarr_persen": rows["aarr_perlu_persen"].mask(own),
            "alasan": rows["sumber_target"],
        }
    )
