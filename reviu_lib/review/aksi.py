"""Parts c and d of the document: the aksi of the era, and last year's recommendations.

kemajuan = sum(bobot x nilai) / sum(bobot) x 100 with selesai 1, sebagian 0,5, belum 0. Running,
not yet due, and unreported aksi leave both sums: silence is neither zero nor done.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import persen

TIDAK_DILAPORKAN = "tidak dilaporkan"
_NILAI = {"selesai": 1.0, "sebagian": 0.5, "belum": 0.0}
_BELUM_SELESAI = ["belum", "berjalan", TIDAK_DILAPORKAN]


def compute_aksi(konteks: Konteks) -> pd.DataFrame:
    """Return the table penilaian_aksi: every aksi of the era, reported or not.

    The review itself is `berjalan` in every edition before the final one.
    """
    cards = pd.DataFrame(
        [(card.kode, card.nama, card.bukti, card.bobot) for card in konteks.aturan.aksi],
        columns=["aksi", "nama", "bukti_diharapkan", "bobot"],
    ).astype({"aksi": "string"})
    frame = cards.merge(konteks.bahan.aksi, on="aksi", how="left")
    done = frame["tanggal_realisasi"].notna()
    status = frame["status"].mask(frame["status"].isna() & done, "selesai")
    own = (frame["aksi"] == konteks.aturan.aksi_reviu) & (konteks.bahan.edisi != "final")
    status = status.fillna(TIDAK_DILAPORKAN).mask(own, "berjalan")
    days = (frame["tanggal_realisasi"] - frame["tanggal_rencana"]).dt.days
    return frame.assign(
        baris="aksi-" + frame["aksi"],
        status=status,
        nilai=status.map(_NILAI).astype("float64"),
        deviasi_hari=days.astype("float64"),
    )


def summarize_aksi(frame: pd.DataFrame) -> dict[str, Any]:
    """Return progress and counts of the aksi (keys of ringkasan.toml)."""
    judged = frame["nilai"].notna()
    weight = frame["bobot"].where(judged)
    count = frame["status"].value_counts()
    return {
        "kemajuan_aksi_persen": persen((weight * frame["nilai"]).sum(min_count=1), weight.sum()),
        "jumlah_aksi": len(frame),
        "jumlah_aksi_selesai": int(count.get("selesai", 0)),
        "jumlah_aksi_sebagian": int(count.get("sebagian", 0)),
        "jumlah_aksi_belum": int(count.get("belum", 0)),
        "jumlah_aksi_berjalan": int(count.get("berjalan", 0) + count.get("belum jatuh tempo", 0)),
        "jumlah_aksi_tidak_dilaporkan": int(count.get(TIDAK_DILAPORKAN, 0)),
    }


def compute_tindak_lanjut(konteks: Konteks) -> pd.DataFrame:
    """Return the table tindak_lanjut: what became of last year's recommendations."""
    rows = konteks.bahan.tindak_lanjut_lalu
    status = rows["status"].fillna(TIDAK_DILAPORKAN)
    late = (pd.Timestamp(konteks.bahan.tanggal_reviu) - rows["tenggat"]).dt.days.astype("float64")
    late = late.where(status.isin(_BELUM_SELESAI) & (late > 0))
    return rows.assign(
        baris=rows["id"],
        status=status,
        lewat_tenggat_hari=late,
        penilaian=_assess(rows, status, late),
    )


def _assess(rows: pd.DataFrame, status: pd.Series, late: pd.Series) -> np.ndarray:
    selesai = status == "selesai"
    return np.select(
        [
            selesai & rows["bukti"].notna(),
            selesai,
            status == "tidak relevan lagi",
            status == TIDAK_DILAPORKAN,
            late.notna(),
            rows["tenggat"].isna(),
        ],
        [
            "selesai berbukti",
            "selesai tanpa bukti",
            "tidak relevan lagi",
            TIDAK_DILAPORKAN,
            "terlambat",
            "tanpa tenggat",
        ],
        default="dalam tenggat",
    )


def summarize_tindak_lanjut(frame: pd.DataFrame) -> dict[str, Any]:
    """Return how many follow-ups are done, running, or not (keys of ringkasan.toml)."""
    if frame.empty:
        return {}
    count = frame["status"].value_counts()
    return {
        "jumlah_tindak_lanjut": len(frame),
        "jumlah_tindak_lanjut_selesai": int(count.get("selesai", 0)),
        "jumlah_tindak_lanjut_berjalan": int(count.get("berjalan", 0)),
        "jumlah_tindak_lanjut_belum": int(count.get("belum", 0) + count.get(TIDAK_DILAPORKAN, 0)),
    }
