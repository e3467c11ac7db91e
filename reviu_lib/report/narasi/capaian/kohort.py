"""Chapter III, the same children a year apart: what became of those who were stunted."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    interval,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_ASAL_BARU = {
    "kohort_baru_normal": "tahun lalu tidak stunting",
    "kohort_baru_tidak_diukur": "tahun lalu tidak diukur",
    "kohort_baru_lahir": "lahir sesudahnya",
}
_KELUAR = {
    "kohort_lulus_umur": "sudah bukan balita",
    "kohort_tidak_diukur_lagi": "tidak diukur lagi",
}


def describe_kohort(hasil: HasilReviu) -> tuple[str, ...]:
    """Return what became of last year's stunted children; needs by-name data of both years."""
    facts = Facts(hasil)
    if not facts.any("kohort_stunting_awal"):
        return unavailable(
            "pengukuran per anak dari dua tahun",
            "perjalanan balita stunting selama setahun belum dapat diuraikan",
        )
    return paragraphs(
        paragraph(_became(facts), _recovered(facts)),
        paragraph(_new(facts), _incidence(facts)),
        _not_seen_again(facts),
    )


def _became(facts: Facts) -> str:
    here = clauses(
        f"{facts.n('kohort_tetap_stunting')} masih stunting",
        f"{facts.n('kohort_pulih')} tidak lagi stunting",
    )
    gone = clauses(
        *(f"{facts.n(kunci)} {words}" for kunci, words in _KELUAR.items() if facts.any(kunci))
    )
    return sentence(
        f"dari {facts.n('kohort_stunting_awal')} balita yang stunting pada "
        f"{facts.n('kohort_periode_teks')} {facts.hasil.tahun - 1}, {here} pada bulan yang sama "
        f"tahun {facts.hasil.tahun}{f'; {gone}' if gone else ''}"
    )


def _recovered(facts: Facts) -> str:
    if not facts.known("kohort_pulih_persen"):
        return ""
    limits = ("kohort_pulih_bawah_persen", "kohort_pulih_atas_persen")
    return sentence(
        f"di antara yang diukur lagi, {facts.n('kohort_pulih_persen')} persen tidak lagi stunting"
        f"{interval(facts, 'ketidakpastian', *limits)}; angka ini hanya berlaku bagi yang diukur "
        "lagi"
    )


def _new(facts: Facts) -> str:
    if not facts.any("kohort_stunting_akhir"):
        return ""
    origin = clauses(
        *(f"{facts.n(kunci)} {words}" for kunci, words in _ASAL_BARU.items() if facts.any(kunci))
    )
    if not origin:
        return ""
    return sentence(
        f"di antara {facts.n('kohort_stunting_akhir')} balita yang stunting tahun "
        f"{facts.hasil.tahun}, {origin}"
    )


def _incidence(facts: Facts) -> str:
    if not facts.known("kohort_kejadian_persen"):
        return ""
    return sentence(
        "dari balita yang tahun lalu tidak stunting dan diukur lagi, "
        f"{facts.n('kohort_kejadian_persen')} persen menjadi stunting"
    )


def _not_seen_again(facts: Facts) -> str:
    if not facts.any("kohort_tidak_diukur_lagi"):
        return ""
    return (
        "Balita stunting yang tidak diukur lagi perlu didatangi lebih dahulu: tanpa pengukuran, "
        "pulih tidaknya mereka tidak diketahui, dan angka register dapat turun tanpa ada yang "
        "membaik."
    )
