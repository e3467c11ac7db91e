"""One paragraph for one indicator: level, direction, comparison, cause, and consequence.

A kecamatan or desa has level and direction alone: causes are recorded for the kabupaten.

The cause is what the OPD recorded, or the statement that nothing is recorded; it is never guessed.
"""

from __future__ import annotations

import pandas as pd

from reviu_lib.formatting import is_missing
from reviu_lib.report.narasi.kalimat import (
    Facts,
    better_or_worse,
    clauses,
    paragraph,
    sentence,
    threshold,
)

_TABEL = "capaian_cakupan"
# How many kecamatan furthest from the target a paragraph names.
_KECAMATAN_DISEBUT = 3


def describe_indikator(facts: Facts, baris: str) -> str:
    """Return the paragraph of one kabupaten row of `capaian_cakupan`."""
    row = _read(facts, baris)
    return paragraph(
        _level(facts, row),
        _direction(facts, row),
        _completeness(facts, row),
        _kecamatan(facts, row),
        _cause(facts, row),
        _consequence(facts, row),
    )


def describe_tempat(facts: Facts, baris: str) -> str:
    """Return the paragraph of a row of `capaian_cakupan` of a kecamatan or desa."""
    row = _read(facts, baris)
    parts = [_level(facts, row), _direction(facts, row)]
    return paragraph(*parts, *([] if row["tingkat"] == "desa" else [_completeness(facts, row)]))


def _read(facts: Facts, baris: str) -> pd.Series:
    rows = facts.rows(_TABEL, baris=baris).astype("object")
    return rows.where(rows.notna(), None).iloc[0]


def _cell(facts: Facts, row: pd.Series, kolom: str, format: str | None = None) -> str:
    return facts.angka(f"{_TABEL}/{row['baris']}/{kolom}", format)


def _level(facts: Facts, row: pd.Series) -> str:
    name = _cell(facts, row, "indikator", "teks_sambung")
    counts = (
        f" ({_cell(facts, row, 'pembilang')} dari {_cell(facts, row, 'penyebut')})"
        if not is_missing(row["pembilang"]) and not is_missing(row["penyebut"])
        else ""
    )
    if is_missing(row["target_persen"]):
        level = _cell(facts, row, "capaian_persen")
        return sentence(f"pada indikator {name}, capaian tahun ini {level} persen{counts}")
    here, target = facts.pair(*_compared(row))
    return sentence(
        f"pada indikator {name}, capaian tahun ini {here}{counts}, {_place(facts, row)} "
        f"{target}{_source(facts, row)}"
    )


def _compared(row: pd.Series) -> tuple[str, str]:
    return f"{_TABEL}/{row['baris']}/capaian_persen", f"{_TABEL}/{row['baris']}/target_persen"


def _place(facts: Facts, row: pd.Series) -> str:
    gap = row["selisih_target_poin"]
    target = f"target {_level_of_target(row)}".strip()
    if is_missing(gap):
        return f"dengan {target}"
    if gap == 0:
        return f"tepat pada {target}"
    size = facts.points(
        f"{_TABEL}/{row['baris']}/selisih_target_poin", facts.decimals(*_compared(row))
    )
    return f"{size} {'di atas' if gap > 0 else 'di bawah'} {target}"


def _level_of_target(row: pd.Series) -> str:
    tingkat = "" if is_missing(row["target_tingkat"]) else str(row["target_tingkat"])
    return {"kabupaten": "daerah", "provinsi": "provinsi", "nasional": "nasional"}.get(tingkat, "")


def _source(facts: Facts, row: pd.Series) -> str:
    if is_missing(row["target_sumber"]):
        return ""
    return f" (sumber target: {_cell(facts, row, 'target_sumber')})"


def _direction(facts: Facts, row: pd.Series) -> str:
    if row["status_tren"] == "tidak dapat dibandingkan":
        return _held_back(facts, row)
    if is_missing(row["tren_poin"]) or is_missing(row["capaian_lalu_persen"]):
        return "Angka tahun sebelumnya tidak tersedia, sehingga arahnya belum dapat dibaca."
    before = _cell(facts, row, "capaian_lalu_persen")
    if row["tren_poin"] == 0:
        return sentence(f"angka ini tetap seperti tahun sebelumnya ({before} persen)")
    way = "bertambah" if row["tren_poin"] > 0 else "berkurang"
    size = facts.points(f"{_TABEL}/{row['baris']}/tren_poin")
    judged = better_or_worse(row["tren_poin"], str(row["arah"]))
    return sentence(
        f"dari {before} persen pada tahun sebelumnya, angka itu {way} {size}, yang berarti "
        f"{judged}{_although(row, judged)}"
    )


def _although(row: pd.Series, judged: str) -> str:
    if judged == "membaik" and row["status_capaian"] == "belum tercapai":
        return " walaupun belum sampai pada target"
    if judged == "memburuk" and row["status_capaian"] == "tercapai":
        return " walaupun masih memenuhi target"
    return ""


def _held_back(facts: Facts, row: pd.Series) -> str:
    """Return last year's figure beside this one, why the two are not compared, and what by."""
    reason = "" if is_missing(row["alasan_tren"]) else str(row["alasan_tren"])
    known = not is_missing(row["penyebut_lalu"]) and not is_missing(row["penyebut"])
    counts = (
        sentence(
            f"penyebutnya {_cell(facts, row, 'penyebut_lalu')} pada tahun sebelumnya dan "
            f"{_cell(facts, row, 'penyebut')} pada tahun ini"
        )
        if known and "penyebut" in reason
        else ""
    )
    before = (
        ""
        if is_missing(row["capaian_lalu_persen"])
        else f", {_cell(facts, row, 'capaian_lalu_persen')} persen"
    )
    why = f" ({_cell(facts, row, 'alasan_tren', 'teks_sambung')})" if reason else ""
    return paragraph(
        sentence(f"angka ini tidak dibandingkan dengan tahun sebelumnya{before}{why}"), counts
    )


def _completeness(facts: Facts, row: pd.Series) -> str:
    if row["status_data"] == "rekap kabupaten":
        return "Angkanya berasal dari rekap kabupaten tanpa rincian desa."
    have, total = row["jumlah_desa_data_lengkap"], row["jumlah_desa"]
    if is_missing(have) or is_missing(total) or have >= total:
        return ""
    caution = " sehingga angkanya masih sementara" if row["status_data"] == "sementara" else ""
    return sentence(
        f"data baru lengkap dari {_cell(facts, row, 'jumlah_desa_data_lengkap')} di antara "
        f"{_cell(facts, row, 'jumlah_desa')} desa/kelurahan{caution}"
    )


def _kecamatan(facts: Facts, row: pd.Series) -> str:
    """Name the kecamatan furthest from the target, only those with enough people to be stable."""
    rows = facts.rows(_TABEL, tingkat="kecamatan", kode_indikator=str(row["kode_indikator"]))
    rows = rows[
        rows["penyebut"].ge(threshold("diukur_minimum")).fillna(False)
        & rows["status_capaian"].eq("belum tercapai").fillna(False)
        & rows["status_data"].ne("sementara").fillna(True)
    ]
    if rows.empty:
        return ""
    worst = rows.sort_values("capaian_persen", ascending=row["arah"] != "turun", kind="stable")
    parts = [
        f"{facts.angka(f'{_TABEL}/{baris}/wilayah')} "
        f"({facts.angka(f'{_TABEL}/{baris}/capaian_persen')} persen)"
        for baris in worst["baris"].head(_KECAMATAN_DISEBUT)
    ]
    return sentence(f"kecamatan yang paling jauh dari target ialah {clauses(*parts)}")


def _cause(facts: Facts, row: pd.Series) -> str:
    recorded = facts.rows(
        "faktor_penghambat", keadaan="tercatat", kode_indikator=str(row["kode_indikator"])
    )
    if recorded.empty:
        if row["status_capaian"] != "belum tercapai":
            return ""
        return (
            "Hambatan untuk indikator ini belum dicatat, sehingga penyebabnya belum dapat "
            "diuraikan dan perlu dibahas dalam rapat."
        )
    quotes = [
        f"{facts.angka.tercatat(f'faktor_penghambat/{baris}/uraian')}"
        for baris in recorded["baris"].head(2)
    ]
    return sentence(f"hambatan yang dicatat ialah {clauses(*quotes)}")


def _consequence(facts: Facts, row: pd.Series) -> str:
    if row["status_capaian"] == "tercapai":
        return "Capaian ini memerlukan pemeliharaan layanan, bukan penghentian kegiatan."
    rows = facts.rows("rekomendasi", kode_indikator=str(row["kode_indikator"]))
    if row["status_capaian"] != "belum tercapai" or rows.empty:
        return ""
    nomor = facts.angka(f"rekomendasi/{rows['baris'].iloc[0]}/nomor")
    return sentence(
        f"kekurangan ini menjadi dasar rekomendasi nomor {nomor} dan ikut menentukan usulan lokus "
        f"serta rencana kegiatan tahun {facts.hasil.tahun + 1}"
    )
