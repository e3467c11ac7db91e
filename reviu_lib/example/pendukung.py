"""The smaller sheets of the example: identity, targets, surveys, aksi, barriers, follow-up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from reviu_lib.example.skenario import Skenario, choose_lokus, read_data
from reviu_lib.formatting import PENANDA_CONTOH
from reviu_lib.reference import nama_wilayah


def make_pendukung(skenario: Skenario) -> dict[str, pd.DataFrame]:
    """Return the clean frames of the small sheets by canonical name, `identitas` first."""
    return {
        "identitas": _identitas(skenario),
        "target": _target(skenario),
        "prevalensi": _prevalensi(skenario),
        "hambatan": _hambatan(skenario),
        "aksi": _aksi(skenario),
        "lokus": _lokus(skenario),
        "tindak_lanjut": _tindak_lanjut(skenario),
    }


def _identitas(skenario: Skenario) -> pd.DataFrame:
    row = {
        "kode_kabupaten": skenario.kode,
        "nama": nama_wilayah(skenario.kode),
        "tahun": skenario.tahun,
        "tanggal_cutoff": skenario.cutoff,
        "tanggal_reviu": skenario.ketentuan["tanggal_reviu"],
        "penyusun": f"{PENANDA_CONTOH}: {skenario.kabupaten['opd_penyusun']}",
    }
    return pd.DataFrame([row])


def _target(skenario: Skenario) -> pd.DataFrame:
    prevalence = [
        {"kode_indikator": "PREVALENSI", **{key: row[key] for key in _TARGET_KEYS}}
        for row in read_data("target")["prevalensi"]
        if (row["kode"], row["tahun_reviu"]) == (skenario.kode, skenario.tahun)
    ]
    levels = read_data("cakupan")[skenario.set_indikator]
    services = [
        {
            "kode_indikator": kode,
            "tingkat": "kabupaten",
            "tahun": skenario.tahun + ahead,
            "nilai": float(level["target"][skenario.ke + ahead]),
            "sumber": f"{('RKPD', 'Rancangan RKPD')[ahead]} kabupaten "
            f"{skenario.tahun + ahead} (contoh)",
        }
        for kode, level in levels.items()
        if "target" in level
        for ahead in (0, 1)
    ]
    return pd.DataFrame([*prevalence, *services])


_TARGET_KEYS = ("tingkat", "tahun", "nilai", "sumber")


def _prevalensi(skenario: Skenario) -> pd.DataFrame:
    """Return published figures known at the review, and those declared as published later."""
    surveys = read_data("prevalensi")["survei"]
    places = ("00", skenario.kabupaten["provinsi"], skenario.kode)
    rows: list[dict[str, Any]] = []
    for names, wanted in (
        (skenario.ketentuan["survei"], places),
        (skenario.ketentuan["survei_kemudian"], (skenario.kode,)),
    ):
        rows += [row for name in names for row in _survey_rows(surveys[name], wanted)]
    return pd.DataFrame(rows)


def _survey_rows(survey: dict[str, Any], places: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "wilayah": number["wilayah"],
            "tahun": survey["tahun"],
            "sumber": survey["sumber"],
            "tanggal_terbit": survey["tanggal_terbit"],
            "prevalensi_persen": number["nilai"],
        }
        for number in survey["angka"]
        if number["wilayah"] in places
    ]


def _hambatan(skenario: Skenario) -> pd.DataFrame:
    era = ("r1", "r2").index(skenario.set_indikator)
    noted = [
        row for row in read_data("hambatan")["hambatan"] if skenario.ke or row.get("kedua_tahun")
    ]
    return pd.DataFrame(
        [
            {
                "id_hambatan": f"H{number:02d}",
                "id_kegiatan": row["kegiatan"] or None,
                "kode_indikator": row["indikator"][era] or None,
                "kategori": row["kategori"],
                "uraian": row["uraian"],
                "akar_masalah": row["akar_masalah"],
                "alternatif_solusi": row["alternatif_solusi"] or None,
                "opd_pj": _opd(row["opd"], skenario),
                "tenggat": _day(skenario.tahun + 1, row["tenggat"]),
                "status": row["status"],
            }
            for number, row in enumerate(noted, start=1)
        ]
    )


def _aksi(skenario: Skenario) -> pd.DataFrame:
    rows = [
        {
            "aksi": kode,
            "tanggal_rencana": _day(skenario.tahun, row["rencana"]),
            "tanggal_realisasi": _day(skenario.tahun, row["realisasi"]),
            "dokumen_bukti": row["bukti"] or None,
            "status": row["status"],
            "hambatan": row["hambatan"] or None,
            "peluang": row["peluang"] or None,
        }
        for kode, row in read_data("aksi")["aksi"].items()
    ]
    frame = pd.DataFrame(rows)
    last = frame["status"] == "berjalan"
    review = pd.Series(skenario.ketentuan["tanggal_reviu"], frame.index)
    return frame.assign(tanggal_rencana=frame["tanggal_rencana"].mask(last, review))


def _lokus(skenario: Skenario) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kode_desa": choose_lokus(skenario),
            "tahun": skenario.tahun,
            "dasar": skenario.kabupaten["dasar_lokus"],
        }
    )


def _tindak_lanjut(skenario: Skenario) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "id": f"{row['id']}-{skenario.tahun - 1}",
                "rekomendasi": row["rekomendasi"],
                "tujuan": row["tujuan"],
                "opd_pj": _opd(row["opd"], skenario),
                "tenggat": _day(skenario.tahun, row["tenggat"]),
                "status": row["status"] or None,
                "bukti": row["bukti"] or None,
            }
            for row in read_data("tindak_lanjut")["rekomendasi"]
        ]
    )


def _opd(key: str, skenario: Skenario) -> str:
    name: str = read_data("kegiatan")["opd"][key][skenario.kode]
    return name


def _day(tahun: int, text: str) -> date | None:
    return date.fromisoformat(f"{tahun}-{text}") if text else None
