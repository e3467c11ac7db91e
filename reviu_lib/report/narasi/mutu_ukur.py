"""Chapter II, how far the measurements can be trusted: a verdict, patterns, and what to do."""

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

_PUSKESMAS = {
    "mutu_puskesmas_dapat": "dapat dipakai",
    "mutu_puskesmas_catatan": "dipakai dengan catatan",
    "mutu_puskesmas_jangan": "jangan dipakai sebelum diverifikasi",
}


def describe_mutu_ukur(hasil: HasilReviu) -> tuple[str, ...]:
    """Return the verdict on the measurements of the year, patterns, and what goes back."""
    facts = Facts(hasil)
    if not facts.known("mutu_layak_teks"):
        return unavailable("pengukuran per anak", "mutu pengukuran belum dapat dinilai")
    return paragraphs(
        paragraph(_verdict(facts), _by_puskesmas(facts)),
        _patterns(facts),
        _returned(facts),
    )


def _verdict(facts: Facts) -> str:
    score = (
        f" (skor {facts.n('mutu_skor')} dari seratus, {facts.n('mutu_penilaian_teks')})"
        if facts.known("mutu_skor")
        else ""
    )
    return sentence(
        f"pemeriksaan mutu pengukuran balita mengusulkan agar angka register {facts.daerah} "
        f"diperlakukan sebagai berikut: {facts.n('mutu_layak_teks')}{score}; alasannya: "
        f"{facts.n('mutu_alasan_teks')}"
    )


def _by_puskesmas(facts: Facts) -> str:
    parts = clauses(
        *(f"{facts.n(kunci)} {words}" for kunci, words in _PUSKESMAS.items() if facts.any(kunci))
    )
    if not parts:
        return ""
    return sentence(f"dari {facts.n('mutu_jumlah_puskesmas')} puskesmas, angkanya {parts}")


def _patterns(facts: Facts) -> str:
    if not facts.any("mutu_jumlah_pola"):
        return (
            "Tidak ada pola pengukuran tingkat puskesmas yang cukup kuat untuk disebut. Itu tidak "
            "berarti setiap pengukuran benar."
        )
    return paragraph(
        sentence(
            f"terdapat {facts.n('mutu_jumlah_pola')} pola yang perlu diverifikasi pada tingkat "
            "puskesmas; tempat, kemungkinan sebab, dan tindakannya tercantum pada Lampiran F"
        ),
        "Sebuah pola hanya disebut apabila jumlahnya cukup, besarnya menonjol, dan peluangnya "
        "sangat kecil setelah memperhitungkan banyaknya tempat. Pola meminta verifikasi di "
        "lapangan; reviu ini tidak menyimpulkan sebabnya.",
    )


def _returned(facts: Facts) -> str:
    if not facts.any("mutu_jumlah_pengembalian"):
        return ""
    return sentence(
        f"{facts.lead('mutu_jumlah_pengembalian', 'kunjungan')} dikembalikan kepada puskesmas "
        "untuk dilihat lagi; daftarnya, tanpa identitas anak, ada pada berkas pengembalian, satu "
        "lembar untuk setiap puskesmas"
    )
