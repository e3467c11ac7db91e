"""Chapter V: what last year's meeting agreed for this year, and whether the plan holds it."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "kesinambungan_rencana"
_SEBUTAN = {
    "masuk rencana": "masuk rencana tahun ini",
    "masuk dengan perubahan": "masuk dengan target atau pagu yang berbeda",
    "padanan lebih dari satu": "cocok dengan lebih dari satu kegiatan",
    "tidak ditemukan": "tidak ditemukan pada rencana tahun ini",
    "belum dapat dinilai": "belum dapat dinilai",
}


def describe_kesinambungan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how much of what was agreed last year stands in this year's plan."""
    facts = Facts(hasil)
    if facts.rows(_TABEL).empty:
        return unavailable(
            f"putusan rapat tahun {hasil.tahun - 1} atas rencana kegiatan",
            "kesinambungannya dengan rencana tahun ini belum dapat dibaca",
        )
    return paragraphs(paragraph(_counts(facts), _lost(facts), _meaning()))


def _counts(facts: Facts) -> str:
    parts = clauses(
        *(
            f"{facts.angka.hitung(_TABEL, keadaan=word)} {words}"
            for word, words in _SEBUTAN.items()
            if len(facts.rows(_TABEL, keadaan=word))
        )
    )
    return sentence(
        f"dari {facts.angka.hitung(_TABEL, baris='*')} kegiatan yang disepakati rapat tahun "
        f"{facts.hasil.tahun - 1} untuk tahun {facts.hasil.tahun}, {parts}"
    )


def _lost(facts: Facts) -> str:
    rows = facts.rows(_TABEL, keadaan="tidak ditemukan")
    if rows.empty:
        return ""
    names = facts.names(_TABEL, rows["baris"].tolist(), "sub_kegiatan", keadaan="tidak ditemukan")
    return sentence(f"yang tidak ditemukan ialah {names}")


def _meaning() -> str:
    return (
        "Pencariannya menurut nama kegiatan, OPD, dan output; nama yang berganti dapat "
        "membuat kegiatan yang sama tidak ditemukan, sehingga daftar ini perlu dibaca bersama OPD."
    )
