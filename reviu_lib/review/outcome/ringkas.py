"""The aggregate numbers of the outcome that a text may quote (keys of ringkasan.toml)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviu_lib.growth import compute_poin_per_tahun
from reviu_lib.growth.change.sources import list_survei
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import reference_register, split_terbit
from reviu_lib.review.rasio import compute_gap_closed


def summarize_prevalensi(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    """Return the aggregate numbers of the outcome (keys of ringkasan.toml)."""
    _, later = split_terbit(konteks)
    day = pd.Timestamp(konteks.bahan.tanggal_reviu)
    survei = _summarize_survei(frame, konteks)
    register = _summarize_register(frame, konteks)
    target = _summarize_target(frame, konteks)
    latest = survei.get("survei_terakhir_persen", float("nan"))
    return {
        **survei,
        **register,
        **target,
        **_needed(survei, target, konteks.bahan.tahun + 1),
        "selisih_survei_register_poin": latest - register.get("register_persen", float("nan")),
        "jarak_target_poin": latest - target.get("target_kabupaten_persen", float("nan")),
        "kesenjangan_tertutup_persen": _gap_closed(survei, target),
        "jumlah_survei_terbit_kemudian": int(
            ((later["tanggal_terbit"] > day) & later["sumber"].isin(list_survei())).sum()
        ),
    }


def _needed(survei: dict[str, Any], target: dict[str, Any], tahun: int) -> dict[str, Any]:
    """Return what the kabupaten's target of next year asks for, counted from the last survey."""
    aim = target.get("target_kabupaten_berikut_persen")
    if aim is None or "survei_terakhir_persen" not in survei:
        return {}
    years = tahun - survei["survei_terakhir_tahun"]
    ends = (survei["survei_terakhir_persen"], aim, years)
    return {
        "target_berikut_sisa_tahun": years,
        "target_berikut_poin_per_tahun": float(compute_poin_per_tahun(*ends)),
    }


def _gap_closed(survei: dict[str, Any], target: dict[str, Any]) -> float:
    """Return the share of the gap closed, only when the baseline is of the same survey."""
    if survei.get("survei_terakhir_sumber_teks") != survei.get("survei_sebelumnya_sumber_teks"):
        return float("nan")
    nan = float("nan")
    return compute_gap_closed(
        survei.get("survei_sebelumnya_persen", nan),
        survei.get("survei_terakhir_persen", nan),
        target.get("target_kabupaten_persen", nan),
    )


def _summarize_survei(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    rows = frame[(frame["jenis_angka"] == "survei") & frame["prevalensi_persen"].notna()]
    own = rows[rows["kode_wilayah"] == konteks.bahan.kode_kabupaten]
    own = own.sort_values(["tahun", "tanggal_terbit"], kind="stable")
    if own.empty:
        return {}
    last = own.iloc[-1]
    same = rows[(rows["tahun"] == last["tahun"]) & (rows["sumber"] == last["sumber"])]
    found = same.drop_duplicates("kode_wilayah").set_index("kode_wilayah")["prevalensi_persen"]
    numbers = _survey_numbers("terakhir", last)
    if len(own) > 1:
        numbers |= _survey_numbers("sebelumnya", own.iloc[-2])
    return {
        **numbers,
        "survei_terakhir_bawah_persen": last["bawah_persen"],
        "survei_terakhir_atas_persen": last["atas_persen"],
        "survei_arah_teks": last["arah_perubahan"],
        "survei_provinsi_persen": found.get(konteks.kode_provinsi),
        "survei_nasional_persen": found.get("00"),
    }


def _survey_numbers(which: str, row: pd.Series) -> dict[str, Any]:
    return {
        f"survei_{which}_persen": row["prevalensi_persen"],
        f"survei_{which}_tahun": row["tahun"],
        f"survei_{which}_sumber_teks": row["sumber"],
    }


def _summarize_register(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    rows = reference_register(frame, konteks)
    own = rows[rows["kode_wilayah"] == konteks.bahan.kode_kabupaten]
    if own.empty:
        return {}
    now = own.iloc[0]
    month = "" if pd.isna(now["periode"]) else f"{now['periode']} "
    return {
        "register_persen": now["prevalensi_persen"],
        "register_bawah_persen": now["bawah_persen"],
        "register_atas_persen": now["atas_persen"],
        "register_simpan_persen": now["prevalensi_simpan_persen"],
        "register_periode_teks": f"{month}{now['tahun']}",
        "register_diukur": now["diukur"],
        "register_hadir": now["hadir"],
        "register_stunting": now["stunting"],
        "register_sangat_pendek": now["sangat_pendek"],
        "register_sasaran": now["sasaran"],
        "register_ds_persen": now["d_per_s_persen"],
        **_register_before(frame, now),
    }


def _register_before(frame: pd.DataFrame, now: pd.Series) -> dict[str, Any]:
    """Return the same month of last year, and the change where both D/S are known."""
    same = frame[
        (frame["jenis_angka"] == "register")
        & (frame["kode_wilayah"] == now["kode_wilayah"])
        & (frame["tahun"] == now["tahun"] - 1)
        & (frame["sumber"] == now["sumber"])
        & (frame["periode"].fillna("") == ("" if pd.isna(now["periode"]) else now["periode"]))
    ]
    if same.empty:
        return {}
    return {
        "register_lalu_persen": same.iloc[0]["prevalensi_persen"],
        "register_lalu_ds_persen": same.iloc[0]["d_per_s_persen"],
        "register_perubahan_poin": now["perubahan_poin"],
        "register_perubahan_bawah_poin": now["perubahan_bawah_poin"],
        "register_perubahan_atas_poin": now["perubahan_atas_poin"],
        "register_arah_teks": now["arah_perubahan"],
    }


def _summarize_target(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    rows = frame[frame["jenis_angka"] == "target"]
    numbers: dict[str, Any] = {}
    for tingkat in ("kabupaten", "provinsi", "nasional"):
        for suffix, tahun in (("", konteks.bahan.tahun), ("_berikut", konteks.bahan.tahun + 1)):
            found = rows[(rows["tingkat"] == tingkat) & (rows["tahun"] == tahun)]
            if not found.empty:
                numbers[f"target_{tingkat}{suffix}_persen"] = found.iloc[0]["prevalensi_persen"]
            if not found.empty and (tingkat, suffix) == ("kabupaten", ""):
                numbers["target_kabupaten_sumber_teks"] = found.iloc[0]["sumber"]
    return numbers
