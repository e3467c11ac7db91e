"""The sentences on one indicator in one place, from the same facts as the report's own."""

from __future__ import annotations

import pandas as pd

from reviu_lib.formatting import is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.capaian.indikator import describe_indikator, describe_tempat
from reviu_lib.report.narasi.kalimat import Facts, paragraph, sentence

_TABEL = "capaian_cakupan"


def describe_tinjauan(hasil: HasilReviu, row: pd.Series) -> str:
    """Return the paragraph on a row of `capaian_cakupan` as HTML.

    A kabupaten has the paragraph of the report. A missing number is said to be missing, and one
    that cannot be judged is given with the reason.
    """
    facts = Facts(hasil)
    place = _name_place(facts, row)
    if is_missing(row["capaian_persen"]):
        reason = _cell(facts, row, "alasan_status", "teks_sambung")
        why = "" if is_missing(row["alasan_status"]) else f" ({reason})"
        name = _cell(facts, row, "indikator", "teks_sambung")
        return sentence(f"{place}: angka indikator {name} tidak tersedia{why}")
    describe = describe_indikator if row["tingkat"] == "kabupaten" else describe_tempat
    return paragraph(sentence(place), describe(facts, str(row["baris"])), _unjudged(facts, row))


def _cell(facts: Facts, row: pd.Series, kolom: str, format: str | None = None) -> str:
    return facts.angka(f"{_TABEL}/{row['baris']}/{kolom}", format)


def _name_place(facts: Facts, row: pd.Series) -> str:
    """Return the place with its kind, a desa with its kecamatan too."""
    if row["tingkat"] == "kabupaten":
        return facts.daerah
    name = _cell(facts, row, "wilayah")
    if row["tingkat"] == "kecamatan":
        return f"Kecamatan {name}"
    above = f"{row['kode_indikator']}@{str(row['kode_wilayah']).rpartition('.')[0]}"
    if facts.rows(_TABEL, baris=above).empty:
        return f"Desa/kelurahan {name}"
    return f"Desa/kelurahan {name}, Kecamatan {facts.angka(f'{_TABEL}/{above}/wilayah')}"


def _unjudged(facts: Facts, row: pd.Series) -> str:
    if row["status_capaian"] != "belum dapat dinilai" or is_missing(row["alasan_status"]):
        return ""
    reason = _cell(facts, row, "alasan_status", "teks_sambung")
    return sentence(f"capaian ini belum dapat dinilai terhadap target: {reason}")
