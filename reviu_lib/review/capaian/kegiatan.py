"""Output 2: the agreed activities, their output and their time.

capaian output = realisasi / target x 100 (case D5); deviasi = realisasi - rencana in days, judged
by the worst window (case D14). An empty realisation is unknown, never zero and never on time.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.review.konteks import Konteks, once
from reviu_lib.review.rasio import (
    BELUM,
    TAK_DINILAI,
    TERCAPAI,
    clamp_skor,
    classify,
    compare_target,
    compute_persen,
    persen,
)

TEPAT = "tepat waktu"
TERLAMBAT = "terlambat"
LEWAT = "belum selesai dan lewat rencana"
BELUM_TEMPO = "belum jatuh tempo"
TAK_DIKETAHUI = "tidak diketahui"
_HARI = ("terlambat_minimal_hari", "deviasi_selesai_hari")
_JENDELA = ("jumlah_jendela", "jumlah_jendela_tepat", "jumlah_jendela_tidak_diketahui")
_DISALIN = [
    "id_kegiatan", "kode_sub_kegiatan", "sub_kegiatan", "opd", "indikator_terkait", "jenis",
    "indikator_output", "satuan", "target_output", "realisasi_output", "lokasi_rencana",
    "lokasi_realisasi", "nomor_ba_rembuk", "disepakati_rembuk", "status_rkpd", "status_renja",
    "status_dpa", "alasan", "wajib",
]  # fmt: skip


def compute_kegiatan(konteks: Konteks) -> pd.DataFrame:
    """Return the table realisasi_kegiatan: one row per activity, in the order of the plan."""
    plan = konteks.bahan.kegiatan
    target = plan["target_output"].where(plan["target_output"] > 0)
    capaian = compute_persen(plan["realisasi_output"], target)
    skor = clamp_skor(capaian)
    arah = pd.Series("naik", index=plan.index)
    frame = plan[_DISALIN].assign(
        baris=plan["id_kegiatan"],
        capaian_output_persen=capaian,
        skor_output_persen=skor,
        kategori_output=classify(skor, konteks.ambang.skala["capaian"]),
        status_output=compare_target(plan["realisasi_output"], target, arah),
    )
    waktu = summarize_jadwal(compute_jendela(konteks.bahan.jadwal, konteks.bahan.tanggal_reviu))
    frame = frame.merge(waktu, on="id_kegiatan", how="left")
    frame["status_waktu"] = frame["status_waktu"].fillna(TAK_DIKETAHUI)
    for name in _JENDELA:
        frame[name] = frame[name].fillna(0)
    return frame.assign(keterangan_waktu=_write_time(frame))


def _write_time(frame: pd.DataFrame) -> pd.Series:
    """Return the worst window in words, and how the others went where there are several (D14)."""
    days = {name: frame[name].astype("Int64").astype("string") for name in _HARI}
    late, finish = days["terlambat_minimal_hari"], days["deviasi_selesai_hari"]
    sign = pd.Series(np.where(frame["deviasi_selesai_hari"] > 0, "+", ""), frame.index)
    worst = (sign + finish.str.replace("-", "−") + " hari").mask(
        frame["status_waktu"] == LEWAT, "≥" + late + " hari, berjalan"
    )
    worst = worst.where(~frame["status_waktu"].isin([TAK_DIKETAHUI, BELUM_TEMPO]))
    many = frame["jumlah_jendela"] > 1
    total, on_time, unknown = (frame[name].astype("int64").astype("string") for name in _JENDELA)
    parts = on_time + " dari " + total + " jendela tepat waktu"
    parts += (", " + unknown + " tidak diketahui").where(unknown != "0", "")
    both = (worst + "; " + parts).fillna(parts)
    return worst.mask(many, both).astype("string")


def compute_jendela(jadwal: pd.DataFrame, tanggal_reviu: Any) -> pd.DataFrame:
    """Return the windows with deviations in days and status.

    Adds deviasi_mulai_hari, deviasi_selesai_hari, terlambat_minimal_hari (censored: at least so
    many days at the review date), status_waktu. A window that began but did not end by its plan is
    late by at least the days since; one without any realisation date is unknown.
    """
    late = (pd.Timestamp(tanggal_reviu) - jadwal["rencana_selesai"]).dt.days.astype("float64")
    finish = _days(jadwal, "selesai")
    running = jadwal["realisasi_mulai"].notna() & jadwal["realisasi_selesai"].isna()
    status = np.select(
        [
            finish > 0,
            finish <= 0,
            jadwal["rencana_selesai"].isna(),
            jadwal["realisasi_selesai"].notna(),
            late <= 0,
            running,
        ],
        [TERLAMBAT, TEPAT, TAK_DIKETAHUI, TAK_DIKETAHUI, BELUM_TEMPO, LEWAT],
        default=TAK_DIKETAHUI,
    )
    return jadwal.assign(
        deviasi_mulai_hari=_days(jadwal, "mulai"),
        deviasi_selesai_hari=finish,
        terlambat_minimal_hari=late.where(status == LEWAT),
        status_waktu=status,
    )


def _days(jadwal: pd.DataFrame, ujung: str) -> pd.Series:
    return (jadwal[f"realisasi_{ujung}"] - jadwal[f"rencana_{ujung}"]).dt.days.astype("float64")


def summarize_jadwal(jendela: pd.DataFrame) -> pd.DataFrame:
    """Return the worst of each activity's windows: deviations, count on time, and status."""
    rank = {LEWAT: 4, TERLAMBAT: 3, TAK_DIKETAHUI: 2, BELUM_TEMPO: 1, TEPAT: 0}
    rows = jendela.assign(
        berat=jendela["status_waktu"].map(rank).astype("float64"),
        tepat=(jendela["status_waktu"] == TEPAT).astype("int64"),
        gelap=(jendela["status_waktu"] == TAK_DIKETAHUI).astype("int64"),
    )
    grouped = rows.groupby("id_kegiatan", sort=False)
    worst = grouped["berat"].max().map({value: name for name, value in rank.items()})
    return pd.DataFrame(
        {
            "jumlah_jendela": grouped.size(),
            "jumlah_jendela_tepat": grouped["tepat"].sum(),
            "jumlah_jendela_tidak_diketahui": grouped["gelap"].sum(),
            "deviasi_mulai_hari": grouped["deviasi_mulai_hari"].max(),
            "deviasi_selesai_hari": grouped["deviasi_selesai_hari"].max(),
            "terlambat_minimal_hari": grouped["terlambat_minimal_hari"].max(),
            "status_waktu": worst.astype("string"),
        }
    ).reset_index()


@once
def due_share(konteks: Konteks) -> pd.Series:
    """Return per activity (index id_kegiatan) which part of the yearly output was due so far.

    All of it when every window was planned to end by the cut-off; else the part of the year gone.
    """
    bahan = konteks.bahan
    new_year, silvester = date(bahan.tahun, 1, 1), date(bahan.tahun, 12, 31)
    gone = ((bahan.tanggal_cutoff - new_year).days + 1) / ((silvester - new_year).days + 1)
    last = bahan.jadwal.groupby("id_kegiatan")["rencana_selesai"].max()
    ids = bahan.kegiatan["id_kegiatan"]
    due = last.reindex(ids) <= pd.Timestamp(bahan.tanggal_cutoff)
    return pd.Series(np.where(due, 1.0, min(gone, 1.0)), index=ids)


def summarize_kegiatan(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the aggregate numbers of output and time (keys of ringkasan.toml)."""
    if frame.empty:
        return {}
    dinilai = frame["status_output"] != TAK_DINILAI
    return {
        "jumlah_kegiatan": len(frame),
        "jumlah_opd": frame["opd"].nunique(),
        "jumlah_kegiatan_dinilai": dinilai.sum(),
        "jumlah_output_tercapai": (frame["status_output"] == TERCAPAI).sum(),
        "jumlah_output_belum": (frame["status_output"] == BELUM).sum(),
        "jumlah_output_tanpa_data": frame["realisasi_output"].isna().sum(),
        "rerata_skor_output_persen": frame.loc[dinilai, "skor_output_persen"].mean(),
        **_summarize_waktu(frame),
    }


def _summarize_waktu(frame: pd.DataFrame) -> dict[str, Any]:
    count = frame["status_waktu"].value_counts()
    tepat, terlambat, lewat = (int(count.get(name, 0)) for name in (TEPAT, TERLAMBAT, LEWAT))
    return {
        "jumlah_tepat_waktu": tepat,
        "jumlah_terlambat": terlambat,
        "jumlah_lewat_rencana": lewat,
        "jumlah_belum_jatuh_tempo": int(count.get(BELUM_TEMPO, 0)),
        "jumlah_waktu_tidak_diketahui": int(count.get(TAK_DIKETAHUI, 0)),
        "tepat_waktu_persen": persen(tepat, tepat + terlambat + lewat),
        **_count_windows(frame),
        **_worst_delay(frame, "deviasi_selesai_hari", "terlambat_terburuk"),
        **_worst_delay(frame, "terlambat_minimal_hari", "lewat_terlama"),
    }


def _count_windows(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the activities of several windows, their windows, and those on time; none, no keys."""
    many = frame[frame["jumlah_jendela"] > 1]
    if many.empty:
        return {}
    return {
        "jumlah_kegiatan_berjendela": len(many),
        "jumlah_jendela_berulang": many["jumlah_jendela"].sum(),
        "jumlah_jendela_berulang_tepat": many["jumlah_jendela_tepat"].sum(),
    }


def _worst_delay(frame: pd.DataFrame, column: str, name: str) -> dict[str, Any]:
    """Return the longest delay of `column` in days and its activity; nothing when none is late."""
    late = frame[frame[column] > 0]
    if late.empty:
        return {}
    worst = late.loc[late[column].idxmax()]
    return {f"{name}_hari": worst[column], f"{name}_kegiatan_teks": worst["id_kegiatan"]}
