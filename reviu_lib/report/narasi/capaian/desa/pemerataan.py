"""Chapter IV, equity: the best and the worst fifth of desa, and lokus against the other desa."""

from __future__ import annotations

import pandas as pd

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "pemerataan_cakupan"
_KATA = {
    "lokus lebih baik": "pada {n} indikator desa lokus lebih baik",
    "lokus tertinggal": "pada {n} indikator desa lokus tertinggal",
    "belum bermakna": "pada {n} indikator selisihnya belum bermakna",
}


def describe_pemerataan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how far apart the fifths of desa are, and what can be said of lokus; names no desa."""
    facts = Facts(hasil)
    if facts.rows(_TABEL, jumlah_desa_dibandingkan="*").empty:
        return unavailable("cakupan per desa", "pemerataan antardesa belum dapat dibaca")
    return paragraphs(_fifths(facts), paragraph(_lokus(facts), _largest_lag(facts)))


def _fifths(facts: Facts) -> str:
    rows = facts.rows(_TABEL, kesenjangan_poin="*")
    if rows.empty:
        return (
            "Desa dengan penyebut yang cukup terlalu sedikit, sehingga seperlima desa teratas dan "
            "terbawah belum dibandingkan."
        )
    ordered = rows.sort_values("kesenjangan_poin", ascending=False, kind="stable")["baris"]
    first, *others = ordered.head(3)
    count = facts.angka.hitung(_TABEL, kesenjangan_poin="*")
    return paragraph(
        sentence(
            f"pemerataan dibaca dari {count} indikator: seperlima desa teratas dan seperlima "
            "terbawah menurut cakupan, masing-masing digabung pembilang dan penyebutnya"
        ),
        sentence(f"jarak terlebar terdapat pada {_gap(facts, first)}"),
        sentence(f"menyusul {clauses(*(_gap(facts, baris) for baris in others))}")
        if others
        else "",
        "Sebagian jarak itu selalu ada karena desa diurutkan menurut angka yang sama; yang layak "
        "dibahas ialah indikator dengan jarak lebar pada desa yang berpenyebut besar.",
    )


def _gap(facts: Facts, baris: str) -> str:
    cell = f"{_TABEL}/{baris}"
    return (
        f"{_name(facts, baris)}, {facts.angka(f'{cell}/terbawah_persen')} persen dibandingkan "
        f"{facts.angka(f'{cell}/teratas_persen')} persen (jarak "
        f"{facts.points(f'{cell}/kesenjangan_poin')})"
    )


def _name(facts: Facts, baris: str) -> str:
    return facts.angka(f"{_TABEL}/{baris}/indikator", "teks_sambung")


def _lokus(facts: Facts) -> str:
    compared = facts.rows(_TABEL, selisih_lokus_poin="*")
    if compared.empty:
        return _why_not(facts)
    parts = [
        words.format(n=facts.angka.hitung(_TABEL, perbandingan_lokus=kata))
        for kata, words in _KATA.items()
        if len(facts.rows(_TABEL, perbandingan_lokus=kata))
    ]
    return sentence(
        "cakupan desa lokus tahun ini dapat dibandingkan dengan desa lain pada "
        f"{facts.angka.hitung(_TABEL, selisih_lokus_poin='*')} indikator: {clauses(*parts)}"
    )


def _why_not(facts: Facts) -> str:
    reasons = facts.rows(_TABEL, alasan_lokus="*").drop_duplicates("alasan_lokus")["baris"]
    texts = [facts.angka(f"{_TABEL}/{baris}/alasan_lokus") for baris in reasons.head(2)]
    return sentence(
        "desa lokus dan desa lain belum dapat dibandingkan; alasan yang tercatat: "
        f"{clauses(*texts)}"
    )


def _largest_lag(facts: Facts) -> str:
    """Return the indicator on which lokus lag most, and how the comparison is to be read."""
    behind = facts.rows(_TABEL, perbandingan_lokus="lokus tertinggal")
    if behind.empty:
        return ""
    cell = f"{_TABEL}/{_widest(behind)}"
    limits = (facts.angka(f"{cell}/bawah_poin"), facts.angka(f"{cell}/atas_poin"))
    return paragraph(
        sentence(
            f"desa lokus paling tertinggal pada {_name(facts, _widest(behind))}, "
            f"{facts.angka(f'{cell}/lokus_persen')} persen dibandingkan "
            f"{facts.angka(f'{cell}/bukan_lokus_persen')} persen di desa lain (ketidakpastian "
            f"selisih: {limits[0]} sampai {limits[1]} poin)"
        ),
        "Lokus dapat saja dipilih justru karena cakupannya rendah, sehingga selisih ini bukan "
        "ukuran hasil penetapan lokus.",
    )


def _widest(rows: pd.DataFrame) -> str:
    order = rows["selisih_lokus_poin"].abs().sort_values(ascending=False, kind="stable").index
    return str(rows.loc[order[0], "baris"])
