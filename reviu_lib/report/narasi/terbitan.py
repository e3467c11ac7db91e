"""Annex: figures of this kabupaten in published tables."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import Facts, paragraph, paragraphs, sentence, unavailable


def describe_terbitan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how many published figures there are and agree, or that there are none."""
    facts = Facts(hasil)
    if not facts.any("jumlah_angka_terbit"):
        return unavailable(
            "terbitan yang memuat wilayah ini", "angkanya tidak dibandingkan dengan provinsi"
        )
    amount = facts.n("jumlah_angka_terbit")
    agreed = facts.count(
        "jumlah_angka_terbit_dihitung",
        "di antaranya dapat dihitung ulang dari pembilang dan penyebutnya",
        "belum satu pun dapat dihitung ulang dari pembilang dan penyebutnya",
    )
    return paragraphs(
        paragraph(
            sentence(f"tabel terbitan memuat {amount} angka wilayah ini; {agreed}"),
            _difference(facts),
            "Angka itu tidak menggantikan isian kabupaten; pertentangan antara keduanya tercantum "
            "pada daftar mutu data.",
        )
    )


def _difference(facts: Facts) -> str:
    if not facts.any("jumlah_angka_terbit_dihitung"):
        return ""
    if not facts.any("jumlah_angka_terbit_berbeda"):
        return "Semua yang dapat dihitung ulang sesuai sampai batas pembulatan."
    differing = facts.lead("jumlah_angka_terbit_berbeda", "angka")
    return sentence(f"{differing} berbeda lebih dari pembulatan")
