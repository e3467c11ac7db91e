"""Parts c and d of the document: the aksi of the era, and last year's recommendations.

kemajuan = sum(bobot x nilai) / sum(bobot) x 100 with selesai 1, sebagian 0,5, belum 0. Running,
not yet due, and unreported aksi leave both sums: silence is neither zero nor done.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.catalog import KelasHasil
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import persen
from reviu_lib.review.usulan.putusan import list_disepakati

TIDAK_DILAPORKAN = "tidak dilaporkan"
NILAI = {"selesai": 1.0, "sebagian": 0.5, "belum": 0.0}
_BELUM_SELESAI = ["belum", "berjalan", TIDAK_DILAPORKAN]
_TERBUKA = ["belum", "sebagian", TIDAK_DILAPORKAN]
_KARTU = ["aksi", "nama", "kelompok", "bukti_diharapkan", "bobot", "batas_lazim"]


def compute_aksi(konteks: Konteks) -> pd.DataFrame:
    """Return the table penilaian_aksi: every aksi of the era, reported or not.

    The review itself is `berjalan` in every edition before the final one.
    """
    cards = pd.DataFrame(
        [
            (card.kode, card.nama, card.kelompok, card.bukti, card.bobot,
             end_of_month(konteks.bahan.tahun, card.batas_lazim_bulan))
            for card in konteks.aturan.aksi
        ],
        columns=_KARTU,
    ).astype({"aksi": "string", "batas_lazim": "datetime64[ns]"})  # fmt: skip
    own_rows = konteks.bahan.aksi[konteks.bahan.aksi["kode_kecamatan"].isna()]
    frame = read_status(cards.merge(own_rows, on="aksi", how="left"))
    own = (frame["aksi"] == konteks.aturan.aksi_reviu) & (konteks.bahan.edisi != "final")
    frame["status"] = frame["status"].mask(own, "berjalan")
    days = (frame["tanggal_realisasi"] - frame["tanggal_rencana"]).dt.days
    return frame.assign(
        baris="aksi-" + frame["aksi"],
        nilai=frame["status"].map(NILAI).astype("float64"),
        deviasi_hari=days.astype("float64"),
        ketepatan=_time(frame, pd.Timestamp(konteks.bahan.tanggal_cutoff)),
    )


def end_of_month(tahun: int, bulan: int | None) -> date | None:
    """Return the last day of a month counted from January of `tahun`; 14 is February after it."""
    if bulan is None:
        return None
    ahead, month = divmod(bulan, 12)
    return date(tahun + ahead, month + 1, 1) - timedelta(days=1)


def read_status(frame: pd.DataFrame) -> pd.DataFrame:
    """Return aksi rows with a status each: a date alone means done, silence is said as such."""
    done = frame["tanggal_realisasi"].notna()
    status = frame["status"].mask(frame["status"].isna() & done, "selesai")
    return frame.assign(status=status.fillna(TIDAK_DILAPORKAN))


def _time(frame: pd.DataFrame, cutoff: pd.Timestamp) -> np.ndarray:
    """Return when an aksi was done against its plan, else against the usual time of the era."""
    plan, real, usual = (
        frame[name] for name in ("tanggal_rencana", "tanggal_realisasi", "batas_lazim")
    )
    open_ = real.isna() & frame["status"].isin(_TERBUKA)
    by_plan, by_usual = real.notna() & plan.notna(), real.notna() & plan.isna() & usual.notna()
    return np.select(
        [
            by_plan & (real <= plan), by_plan, by_usual & (real <= usual), by_usual,
            open_ & (plan <= cutoff), open_ & plan.isna() & (usual <= cutoff),
        ],
        [
            "tepat waktu", "terlambat", "sesuai waktu lazim", "sesudah waktu lazim",
            "lewat rencana", "lewat waktu lazim",
        ],
        default="belum dapat dinilai",
    )  # fmt: skip


def measure_kemajuan(frame: pd.DataFrame) -> float:
    """Return the weighted progress in percent over the aksi that can be judged; NaN without any."""
    weight = frame["bobot"].where(frame["nilai"].notna())
    return persen((weight * frame["nilai"]).sum(min_count=1), weight.sum())


def summarize_aksi(frame: pd.DataFrame, kelas: KelasHasil | None = None) -> dict[str, Any]:
    """Return progress, class where its cut-offs are known, and counts of the aksi."""
    count = frame["status"].value_counts()
    progress = measure_kemajuan(frame)
    return {
        "kemajuan_aksi_persen": progress,
        **_by_group(frame),
        "kelas_hasil_teks": kelas.classify(progress) if kelas and progress == progress else "",
        "jumlah_aksi": len(frame),
        "jumlah_aksi_selesai": int(count.get("selesai", 0)),
        "jumlah_aksi_sebagian": int(count.get("sebagian", 0)),
        "jumlah_aksi_belum": int(count.get("belum", 0)),
        "jumlah_aksi_berjalan": int(count.get("berjalan", 0) + count.get("belum jatuh tempo", 0)),
        "jumlah_aksi_tidak_dilaporkan": int(count.get(TIDAK_DILAPORKAN, 0)),
    }


def _by_group(frame: pd.DataFrame) -> dict[str, float]:
    """Return progress of main and supporting aksi apart; nothing in eras without the latter."""
    if frame["kelompok"].nunique() < 2:
        return {}
    parts = frame.groupby("kelompok")
    return {f"kemajuan_aksi_{name}_persen": measure_kemajuan(part) for name, part in parts}


def compute_tindak_lanjut(konteks: Konteks) -> pd.DataFrame:
    """Return the table tindak_lanjut: what became of last year's recommendations.

    Those of the sheet come first, then those that last year's meeting agreed to and the sheet does
    not name by their id_usulan: their state is still to be told.
    """
    rows = _add_agreed(konteks.bahan.tindak_lanjut_lalu, konteks.putusan_lalu)
    status = rows["status"].fillna(TIDAK_DILAPORKAN)
    late = (pd.Timestamp(konteks.bahan.tanggal_reviu) - rows["tenggat"]).dt.days.astype("float64")
    late = late.where(status.isin(_BELUM_SELESAI) & (late > 0))
    return rows.assign(
        baris=rows["id"],
        status=status,
        lewat_tenggat_hari=late,
        penilaian=_assess(rows, status, late),
    )


def _add_agreed(sheet: pd.DataFrame, putusan: pd.DataFrame) -> pd.DataFrame:
    """Return the sheet and the recommendations agreed last year that it does not name."""
    agreed = list_disepakati(putusan)
    agreed = agreed[agreed["rekomendasi"].notna() & ~agreed["id_usulan"].isin(sheet["id"])]
    if agreed.empty:
        return sheet
    names = {"id_usulan": "id", "masukan_untuk": "tujuan"}
    rows = agreed.rename(columns=names)[["id", "rekomendasi", "tujuan", "opd_pj", "tenggat"]]
    return pd.concat([sheet, rows], ignore_index=True).astype(sheet.dtypes.to_dict())


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
