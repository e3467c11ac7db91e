"""Chapter IV, denominators: within one kind only, and what another one would give."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    enumerate_letters,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "penyebut_indikator"
_DISEBUT = 3


def describe_penyebut(hasil: HasilReviu) -> tuple[str, ...]:
    """Return what moved or changed kind since last year, and what other sources count."""
    facts = Facts(hasil)
    if facts.rows(_TABEL, penyebut="*").empty:
        return unavailable("penyebut cakupan", "jenis penyebut belum dapat disandingkan")
    return paragraphs(
        paragraph(_same_kind(facts), _held(facts), _changed_kind(facts)), _others(facts)
    )


def _same_kind(facts: Facts) -> str:
    if facts.rows(_TABEL, penyebut_lalu="*").empty:
        return "Penyebut tahun lalu tidak tersedia, sehingga perubahannya belum dapat dibaca."
    count = facts.angka.hitung(_TABEL, keadaan="sejenis", beda="kode_indikator")
    return sentence(
        f"penyebut yang sejenis pada kedua tahun dan tidak berubah banyak terdapat pada {count} "
        "indikator; hanya di dalam satu jenis cakupan dua tahun dibandingkan"
    )


def _held(facts: Facts) -> str:
    rows = facts.rows(_TABEL, keadaan="ditahan")
    if rows.empty:
        return ""
    parts = [
        f"{_name(facts, baris)} (dari {_cell(facts, baris, 'penyebut_lalu')} menjadi "
        f"{_cell(facts, baris, 'penyebut')})"
        for baris in rows["baris"].head(_DISEBUT)
    ]
    limit = facts.angka.definisi("ambang/perubahan_penyebut_maks_persen", "desimal")
    return sentence(
        f"penyebut berubah lebih dari {limit} persen pada {clauses(*parts)}, sehingga "
        "perbandingannya ditahan"
    )


def _changed_kind(facts: Facts) -> str:
    rows = facts.rows(_TABEL, keadaan="hanya tahun lalu", capaian_bila_persen="*")
    if rows.empty:
        return ""
    parts = [
        f"{_name(facts, baris)} (bila penyebut {_cell(facts, baris, 'jenis_penyebut')} tahun lalu, "
        f"{_cell(facts, baris, 'penyebut_lalu')}, dipakai, cakupannya "
        f"{_cell(facts, baris, 'capaian_bila_persen')} persen)"
        for baris in rows["baris"].head(_DISEBUT)
    ]
    return sentence(f"jenis penyebut tahun lalu tidak dipakai lagi pada {clauses(*parts)}")


def _others(facts: Facts) -> str:
    """Say where another source counts the same people far otherwise; names no right one."""
    rows = facts.rows(_TABEL, keadaan="penyebut lain, berbeda jauh")
    if rows.empty:
        return ""
    parts = [
        f"{_name(facts, baris)} ({_cell(facts, baris, 'capaian_persen')} persen menurut lembar "
        f"cakupan, {_cell(facts, baris, 'capaian_bila_persen')} persen bila penyebut "
        f"{_cell(facts, baris, 'sumber')} dipakai)"
        for baris in rows.drop_duplicates("kode_indikator")["baris"].head(_DISEBUT)
    ]
    return paragraph(
        sentence(
            f"sumber lain menghitung sasaran yang sama jauh berbeda pada {enumerate_letters(parts)}"
        ),
        "Keduanya disandingkan tanpa menyatakan mana yang benar; rapat perlu memastikan apakah "
        "sasarannya memang sama, lalu menyepakati satu sumber dan tanggal penyebut.",
    )


def _name(facts: Facts, baris: str) -> str:
    return facts.angka(f"{_TABEL}/{baris}/indikator", "teks_sambung")


def _cell(facts: Facts, baris: str, kolom: str) -> str:
    return facts.angka(f"{_TABEL}/{baris}/{kolom}")
