"""The map of data quality: for every kabupaten and dimension a number, a word, and a tone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from reviu_lib.catalog import DimensiMutu, load_ambang, load_aturan_banding
from reviu_lib.formatting import format_number, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.review.banding.ukuran import read_ringkasan

TAK_ADA = "tidak ada data"
_LENGKAP = ("lengkap", "sebagian")


def compute_peta_mutu(daftar: Sequence[HasilReviu], nama: Mapping[str, str]) -> pd.DataFrame:
    """Return the table peta_mutu: all dimensions of one kabupaten, then those of the next."""
    rows = [
        {"kode_kabupaten": hasil.kode_kabupaten, "kabupaten": nama[hasil.kode_kabupaten], **cell}
        for hasil in daftar
        for cell in _list_cells(hasil)
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(baris=frame["kode_kabupaten"] + "@" + frame["dimensi"])


def _list_cells(hasil: HasilReviu) -> list[dict[str, Any]]:
    angka = read_ringkasan(hasil)
    verdict = angka.get("mutu_layak_teks")
    values = {
        "kelengkapan": _share_complete(hasil, angka),
        "kehadiran": angka.get("register_ds_persen"),
        "temuan_galat": angka.get("jumlah_galat"),
    }
    # Dates say nothing about data that are not there.
    if any(value is not None for value in values.values()):
        values["ketepatan_waktu"] = _share_of_year(hasil)
        values["umur_data"] = float((hasil.tanggal_reviu - hasil.tanggal_cutoff).days)
    return [
        _judge_word(dimensi, verdict, angka)
        if dimensi.putusan
        else _judge_number(dimensi, values.get(dimensi.kode))
        for dimensi in load_aturan_banding().dimensi
    ]


def _share_complete(hasil: HasilReviu, angka: Mapping[str, Any]) -> float | None:
    """Return the share of the era's indicators with complete or nearly complete coverage."""
    known = angka.get("jumlah_indikator")
    frame = hasil.capaian_cakupan
    rows = frame[frame["tingkat"].eq("kabupaten")]
    if not known or rows.empty:
        return None
    least = load_ambang()["kelengkapan_minimum_persen"]
    whole = rows["status_data"].isin(_LENGKAP) & (rows["kelengkapan_persen"] >= least)
    return float(whole.sum()) / known * 100


def _share_of_year(hasil: HasilReviu) -> float:
    """Return the share of the days of the reviewed year that lie before the cut-off."""
    days = (date(hasil.tahun, 12, 31) - date(hasil.tahun - 1, 12, 31)).days
    covered = (hasil.tanggal_cutoff - date(hasil.tahun - 1, 12, 31)).days
    return min(covered / days, 1.0) * 100


def _judge_number(dimensi: DimensiMutu, nilai: float | None) -> dict[str, Any]:
    cell = _start(dimensi, nilai)
    if is_missing(nilai):
        return {**cell, "kata": TAK_ADA, "nada": "netral", "alasan": "angkanya tidak tersedia"}
    kelas = dimensi.classify(float(nilai or 0))
    decimals = 1 if dimensi.satuan == "persen" else 0
    shown = f"{format_number(nilai, decimals)} {dimensi.satuan}"
    return {**cell, "kata": kelas.kata, "nada": kelas.nada, "alasan": shown}


def _judge_word(
    dimensi: DimensiMutu, verdict: str | None, angka: Mapping[str, Any]
) -> dict[str, Any]:
    cell = _start(dimensi, None)
    for putusan in dimensi.putusan:
        if putusan.kata == verdict:
            why = angka.get("mutu_alasan_teks")
            return {**cell, "kata": putusan.tampil, "nada": putusan.nada, "alasan": why}
    return {**cell, "kata": TAK_ADA, "nada": "netral", "alasan": "pengukuran balita tidak ada"}


def _start(dimensi: DimensiMutu, nilai: float | None) -> dict[str, Any]:
    return {
        "dimensi": dimensi.kode,
        "nama_dimensi": dimensi.nama,
        "nilai": nilai,
        "satuan": dimensi.satuan,
    }
