"""Chapter III, what an auditor asks of the prevalence targets, and what the data answer."""

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

_TABEL = "periksa_target"
_DIJAWAB = {
    "ya": "{n} dijawab ya",
    "tidak": "{n} dijawab tidak",
    "belum dapat dinilai": "{n} belum dapat dinilai",
}


def describe_periksa_target(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how many questions on the targets have an answer, and which ones are answered no."""
    facts = Facts(hasil)
    if facts.rows(_TABEL).empty:
        return unavailable("target prevalensi", "pemeriksaan target belum dapat dibuat")
    parts = [
        words.format(n=facts.angka.hitung(_TABEL, jawaban=jawaban))
        for jawaban, words in _DIJAWAB.items()
        if len(facts.rows(_TABEL, jawaban=jawaban))
    ]
    opening = sentence(
        "target prevalensi kabupaten/kota diperiksa menurut tiga pokok: tercatat pada RPJMD atau "
        "RKPD, selaras dengan target tingkat lain, dan terjangkau menurut laju yang pernah dicapai"
    )
    count = sentence(f"dari {facts.angka.hitung(_TABEL)} pertanyaan, {clauses(*parts)}")
    return paragraphs(paragraph(opening, count), _answered_no(facts))


def _answered_no(facts: Facts) -> str:
    rows = facts.rows(_TABEL, jawaban="tidak")
    if rows.empty:
        return ""
    texts = [facts.angka(f"{_TABEL}/{baris}/pertanyaan") for baris in rows["baris"]]
    return paragraph(
        sentence(f"yang dijawab tidak ialah {'; '.join(texts)}"),
        "Jawaban itu menjadi bahan penyusunan RKPD dan RPJMD, bukan penilaian atas siapa pun.",
    )
