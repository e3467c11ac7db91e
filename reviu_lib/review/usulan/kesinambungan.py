"""What last year's meeting agreed for this year, found again in this year's plan.

The draft and the plan need not share ids: a row is looked for by sub-kegiatan and OPD, and by
output where several fit. What fits more than one activity is not compared, never guessed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_number, format_rupiah
from reviu_lib.reference import normalize_nama
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.usulan.putusan import list_disepakati

_AWALAN = ("RR-", "UK-")
_KODE = r"^\s*[\dX]+(?:\.[\dX]+)+[\s.:–-]*"
# Reason → state, in the order in which the rules are tried.
_RULES = {
    "tanpa_rencana": "belum dapat dinilai",
    "tanpa_nama": "belum dapat dinilai",
    "ganda": "padanan lebih dari satu",
    "hilang": "tidak ditemukan",
    "berubah": "masuk dengan perubahan",
    "masuk": "masuk rencana",
}


def compute_kesinambungan(konteks: Konteks) -> pd.DataFrame:
    """Return the table kesinambungan_rencana: one row per activity agreed last year; or no rows.

    Rows of the draft come first; an activity decided on the list of activities alone follows
    without figures. A difference of target or budget is told only where both are known.
    """
    agreed = _list_agreed(konteks.putusan_lalu)
    if agreed.empty:
        return pd.DataFrame(columns=["baris"])
    rows = agreed.join(_find_in_plan(agreed, _list_plan(konteks)))
    rows = rows.assign(perubahan=_list_differences(rows))
    reason = _find_reason(rows, konteks)
    return rows.assign(
        baris=rows["id_usulan"],
        keadaan=reason.map(_RULES),
        alasan=reason.map(load_aturan_usulan().kesinambungan.alasan),
    )


def _list_agreed(putusan: pd.DataFrame) -> pd.DataFrame:
    """Return what was agreed for this year, once per activity, with the meeting's own entries."""
    rows = list_disepakati(putusan)
    prefix = rows["id_usulan"].str[:3]
    rows = rows.assign(kunci=rows["id_usulan"].str[3:])[prefix.isin(_AWALAN)]
    rows = rows.sort_values("id_usulan", kind="stable", ascending=True)
    draft = rows["id_usulan"].str.startswith(_AWALAN[0])
    rows = pd.concat([rows[draft], rows[~draft]]).drop_duplicates("kunci", ignore_index=True)
    named = rows["sub_kegiatan_disepakati"].fillna(rows["sub_kegiatan"])
    return rows.assign(
        sub_kegiatan=named.str.replace(_KODE, "", regex=True),
        target_sepakat=rows["target_disepakati"].fillna(rows["target_usulan"]),
        pagu_sepakat_rp=rows["pagu_disepakati_rp"].astype("float64"),
    )


def _list_plan(konteks: Konteks) -> pd.DataFrame:
    """Return this year's activities with their budget at the Rembuk, else the one in force."""
    money = konteks.uang.set_index("id_kegiatan")
    pagu = money["pagu_rembuk_rp"].fillna(money["pagu_rp"]).astype("float64")
    plan = konteks.bahan.kegiatan
    return plan.assign(
        pagu_rencana_rp=plan["id_kegiatan"].map(pagu), target_rencana=plan["target_output"]
    )


def _key(frame: pd.DataFrame, *columns: str) -> pd.Series:
    parts = [frame[name].fillna("").map(normalize_nama).astype("string") for name in columns]
    return pd.Series(parts[0].str.cat(parts[1:], sep="|"), frame.index, dtype="string")


def _find_in_plan(agreed: pd.DataFrame, plan: pd.DataFrame) -> pd.DataFrame:
    """Return per agreed row its activity: id_kegiatan, jumlah_padanan, and what the plan says.

    By sub-kegiatan, OPD, and output; where that fits none, by sub-kegiatan and OPD.
    """
    wide, narrow = ("sub_kegiatan", "opd"), ("sub_kegiatan", "opd", "indikator_output")
    found = [
        _group(plan, _key(plan, *names)).reindex(_key(agreed, *names)) for names in (narrow, wide)
    ]
    first, second = (part.set_axis(agreed.index) for part in found)
    return first.where(first["jumlah_padanan"].notna(), second)


def _group(plan: pd.DataFrame, key: pd.Series) -> pd.DataFrame:
    grouped = plan.groupby(key)
    single = grouped[["target_rencana", "pagu_rencana_rp", "status_dpa"]].first()
    count = grouped.size()
    return single.where(count == 1).assign(
        id_kegiatan=grouped["id_kegiatan"].agg(lambda ids: "; ".join(sorted(ids))),
        jumlah_padanan=count,
    )


def _list_differences(rows: pd.DataFrame) -> pd.Series:
    texts = ["; ".join(filter(None, (_target(row), _pagu(row)))) for row in rows.to_dict("records")]
    return pd.Series(texts, rows.index, dtype="string").replace("", pd.NA)


def _target(row: dict[str, Any]) -> str:
    agreed, planned = row["target_sepakat"], row["target_rencana"]
    if pd.isna(agreed) or pd.isna(planned) or agreed == planned:
        return ""
    return f"target {format_number(agreed, 0)} menjadi {format_number(planned, 0)}"


def _pagu(row: dict[str, Any]) -> str:
    agreed, planned = row["pagu_sepakat_rp"], row["pagu_rencana_rp"]
    if pd.isna(agreed) or pd.isna(planned) or agreed == planned:
        return ""
    return f"pagu {format_rupiah(agreed)} menjadi {format_rupiah(planned)}"


def _find_reason(rows: pd.DataFrame, konteks: Konteks) -> pd.Series:
    holds = {
        "tanpa_rencana": pd.Series(konteks.bahan.kegiatan.empty, rows.index),
        "tanpa_nama": rows["sub_kegiatan"].isna(),
        "ganda": rows["jumlah_padanan"] > 1,
        "hilang": rows["jumlah_padanan"].isna(),
        "berubah": rows["perubahan"].notna(),
    }
    conditions = [item.fillna(False).to_numpy(dtype=bool) for item in holds.values()]
    names = np.select(conditions, list(holds), default="masuk")
    return pd.Series(names, index=rows.index, dtype="string")
