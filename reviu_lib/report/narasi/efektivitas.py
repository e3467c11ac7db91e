"""Chapter X, effectiveness: what can be said of each activity, and of desa side by side.

Words of association only. That something was not seen is not said to be absent.
"""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    enumerate_letters,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_KEGIATAN = "efektivitas_kegiatan"
_KAITAN = "kaitan_desa"
_SEBUTAN = {
    "efektif": "dinilai efektif",
    "belum terlihat": "belum terlihat hasilnya",
    "tidak dapat disimpulkan": "tidak dapat disimpulkan",
}
_BERSAMA = {
    "berjalan bersama": "lebih rendah",
    "berjalan berlawanan": "lebih tinggi",
}


def describe_efektivitas(hasil: HasilReviu) -> tuple[str, ...]:
    """Return the verdicts with their reasons, the reach, and the association between desa."""
    facts = Facts(hasil)
    if facts.rows(_KEGIATAN).empty:
        return unavailable(
            f"rencana kegiatan {facts.daerah}", "efektivitas kegiatan belum dapat dinilai"
        )
    return paragraphs(
        paragraph(_counts(facts), _meaning(), _partial(facts)),
        paragraph(_effective(facts), _reasons(facts, "belum terlihat")),
        paragraph(_reasons(facts, "tidak dapat disimpulkan"), _reach(facts)),
        _association(facts),
    )


def _counts(facts: Facts) -> str:
    parts = clauses(
        *(
            f"{facts.angka.hitung(_KEGIATAN, efektivitas=word)} {words}"
            for word, words in _SEBUTAN.items()
            if len(facts.rows(_KEGIATAN, efektivitas=word))
        )
    )
    return sentence(f"dari {facts.angka.hitung(_KEGIATAN, baris='*')} kegiatan, {parts}")


def _meaning() -> str:
    return (
        "Efektif di sini berarti output sesuai rencana menurut batas data dan indikator terkaitnya "
        "membaik tanpa ada yang memburuk; keduanya terjadi pada tahun yang sama, dan reviu ini "
        "tidak menguji sebabnya."
    )


def _partial(facts: Facts) -> str:
    if not facts.sebagian_tahun:
        return ""
    return sentence(f"data baru sampai {facts.batas_data}, sehingga penilaian ini masih sementara")


def _effective(facts: Facts) -> str:
    rows = facts.rows(_KEGIATAN, efektivitas="efektif")
    if rows.empty:
        return ""
    names = facts.names(_KEGIATAN, rows["baris"].tolist(), "sub_kegiatan", efektivitas="efektif")
    return sentence(f"penilaian efektif terdapat pada {names}")


def _reasons(facts: Facts, word: str) -> str:
    """Return how many activities share each reason of a verdict, the commonest first."""
    rows = facts.rows(_KEGIATAN, efektivitas=word)
    if rows.empty:
        return ""
    counts = rows["alasan"].value_counts().sort_index(kind="stable")
    ordered = counts.sort_values(ascending=False, kind="stable").index
    first = rows.drop_duplicates("alasan").set_index("alasan")["baris"]
    items = [
        f"{facts.angka.hitung(_KEGIATAN, efektivitas=word, alasan=text)} kegiatan dengan alasan "
        f"{facts.angka(f'{_KEGIATAN}/{first[text]}/alasan', 'teks_sambung')}"
        for text in ordered
    ]
    return sentence(f"yang {_SEBUTAN[word]} ialah {enumerate_letters(items)}")


def _reach(facts: Facts) -> str:
    if facts.rows(_KEGIATAN, jumlah_lokus_terjangkau="*").empty:
        return (
            "Banyaknya lokus yang terjangkau belum dapat dihitung karena lokasi realisasi belum "
            "menyebut nama desa atau daftar lokus tahun ini belum ada."
        )
    return sentence(
        f"{facts.lead(hitungan(_KEGIATAN, jumlah_lokus_terjangkau='*'), 'kegiatan')} menyebut nama "
        "desa pada lokasi realisasinya; banyaknya lokus yang terjangkau terdapat pada tabel"
    )


def _association(facts: Facts) -> str:
    if facts.rows(_KAITAN).empty:
        return (
            "Cakupan per desa dari dua tahun tidak tersedia, sehingga belum dapat dilihat apakah "
            "perubahannya berjalan bersama perubahan prevalensi antar-desa."
        )
    counted = facts.rows(_KAITAN, korelasi="*")
    total = facts.angka.hitung(_KAITAN, baris="*")
    if counted.empty:
        return sentence(
            f"perubahan cakupan dan perubahan prevalensi antar-desa belum dapat disandingkan untuk "
            f"satu pun dari {total} indikator; alasannya terdapat pada lampiran"
        )
    return paragraph(
        sentence(
            "perubahan cakupan dan perubahan prevalensi antar-desa disandingkan untuk "
            f"{facts.angka.hitung(_KAITAN, korelasi='*')} dari {total} indikator"
        ),
        *(_together(facts, word) for word in _BERSAMA),
        _not_seen(facts),
        "Kaitan antar-desa bukan sebab, dan kaitan yang tidak terlihat bukan bukti bahwa layanan "
        "itu tidak berguna: angka setahun pada desa kecil mudah bergeser karena kebetulan.",
    )


def _together(facts: Facts, word: str) -> str:
    rows = facts.rows(_KAITAN, kaitan=word)
    if rows.empty:
        return ""
    names = facts.names(_KAITAN, rows["baris"].tolist(), "indikator", kaitan=word)
    return sentence(
        f"pada {names} keduanya {word}: di desa yang cakupannya lebih membaik, prevalensinya "
        f"cenderung {_BERSAMA[word]} daripada tahun lalu dibandingkan dengan desa lain"
    )


def _not_seen(facts: Facts) -> str:
    rows = facts.rows(_KAITAN, kaitan="tidak terlihat kaitan")
    if rows.empty:
        return ""
    return sentence(
        f"pada {facts.angka.hitung(_KAITAN, kaitan='tidak terlihat kaitan')} indikator tidak "
        "terlihat kaitan"
    )
