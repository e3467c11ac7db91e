"""Chapter IV, semesters: what each half of the year shows, and which indicators got worse."""

from __future__ import annotations

import pandas as pd

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "cakupan_semester"
# How many worsening indicators a sentence names with both values; the table has all.
_DISEBUT = 6
# Since when → the columns of the two values.
_SEJAK = {
    "dari tahun lalu": ("capaian_lalu_persen", "tahun_persen"),
    "dari semester 1": ("semester_1_persen", "semester_2_persen"),
}
_KEDUANYA = "dari tahun lalu dan semester 1"


def describe_semester(hasil: HasilReviu) -> tuple[str, ...]:
    """Return which semesters are reported, how they add up, and the list of what got worse."""
    facts = Facts(hasil)
    if facts.rows(_TABEL, tahun_persen="*").empty:
        return unavailable("cakupan layanan", "cakupan menurut semester belum dapat dibaca")
    return paragraphs(paragraph(_both(facts), _half(facts), _quarter(facts)), _worse(facts))


def _both(facts: Facts) -> str:
    if facts.rows(_TABEL, rincian="dua semester").empty:
        return "Belum ada indikator yang dilaporkan untuk kedua semester."
    count = facts.lead(hitungan(_TABEL, rincian="dua semester"), "indikator")
    whole = facts.angka.hitung(_TABEL, rincian="tanpa rincian semester")
    return paragraph(
        sentence(
            f"{count} dilaporkan untuk kedua semester, sedangkan {whole} indikator hanya "
            "mempunyai angka setahun"
        ),
        "Pada indikator kumulatif semester kedua ialah tambahan, sehingga kedua semester "
        "dijumlahkan; pada indikator titik angka setahun ialah bulan terakhir yang lengkap.",
    )


def _half(facts: Facts) -> str:
    """Name the indicators that only one semester reports."""
    words = {
        "hanya semester 1": "hanya semester pertama",
        "hanya semester 2": "hanya semester kedua",
    }
    parts = [
        f"{facts.names(_TABEL, rows['baris'].tolist(), 'indikator', rincian=rincian)} ({word})"
        for rincian, word in words.items()
        if len(rows := facts.rows(_TABEL, rincian=rincian))
    ]
    if not parts:
        return ""
    return sentence(f"laporan semester belum lengkap untuk {clauses(*parts)}")


def _quarter(facts: Facts) -> str:
    if facts.rows(_TABEL, catatan_semester="*").empty:
        return ""
    count = facts.lead(hitungan(_TABEL, catatan_semester="*"), "indikator")
    return sentence(f"{count} baru melaporkan satu triwulan pada salah satu semester")


def _worse(facts: Facts) -> str:
    listed = [
        (baris, sejak)
        for sejak in _SEJAK
        for baris in pd.concat(
            [facts.rows(_TABEL, memburuk=sejak), facts.rows(_TABEL, memburuk=_KEDUANYA)]
        )["baris"]
    ]
    if not listed:
        return "Tidak ada penurunan yang dapat dipastikan dari perbandingan yang sebanding."
    count = facts.lead(hitungan(_TABEL, memburuk="*"), "indikator")
    parts = clauses(*(_values(facts, baris, sejak) for baris, sejak in listed[:_DISEBUT]))
    more = ", antara lain" if len(listed) > _DISEBUT else ", yaitu"
    return sentence(f"{count} memburuk menurut arahnya{more} {parts}")


def _values(facts: Facts, baris: str, sejak: str) -> str:
    columns = [f"{_TABEL}/{baris}/{kolom}" for kolom in _SEJAK[sejak]]
    before, now = facts.pair(*columns)
    name = facts.angka(f"{_TABEL}/{baris}/indikator", "teks_sambung")
    since = "tahun lalu" if sejak == "dari tahun lalu" else "semester pertama"
    return f"{name} (dari {before} pada {since} ke {now})"
