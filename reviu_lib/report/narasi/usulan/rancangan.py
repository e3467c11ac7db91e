"""Chapter X, input to next year's plan: the draft, its money, and what the meeting agreed."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan
from reviu_lib.report.narasi.kalimat import (
    NAMA_DISEBUT,
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "rancangan_kegiatan"
_CELAH = {"asal": "kesenjangan tanpa kegiatan"}


def describe_rancangan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return the size of the draft, its budget range, the open gaps, and what was agreed."""
    facts = Facts(hasil)
    if facts.rows(_TABEL).empty:
        return unavailable(
            f"rencana kegiatan {facts.daerah}", "rancangan kegiatan tahun depan belum disusun"
        )
    return paragraphs(
        paragraph(_size(facts), _budget(facts), _nature()),
        _open_gaps(facts),
        _agreed(facts),
    )


def _size(facts: Facts) -> str:
    raised = facts.count(
        "jumlah_rancangan_naik",
        "di antaranya target output-nya dinaikkan menurut target cakupan tahun depan",
        "target output semuanya dipertahankan",
    )
    return sentence(
        f"rancangan daftar kegiatan tahun {facts.hasil.tahun + 1} sebagai masukan "
        f"{facts.angka.definisi('aturan/masukan_rencana')} memuat {facts.n('jumlah_rancangan')} "
        f"baris; {raised}"
    )


def _budget(facts: Facts) -> str:
    if not facts.known("rancangan_pagu_bawah_rp", "rancangan_pagu_atas_rp"):
        return "Belum ada dasar untuk mengusulkan pagu."
    rest = (
        f"; {facts.n('jumlah_rancangan_tanpa_pagu')} baris belum mempunyai dasar pagu"
        if facts.any("jumlah_rancangan_tanpa_pagu")
        else ""
    )
    return sentence(
        f"pagu usulannya antara {facts.n('rancangan_pagu_bawah_rp')} dan "
        f"{facts.n('rancangan_pagu_atas_rp')}, di samping pagu tahun ini "
        f"{facts.n('rancangan_pagu_kini_rp')} untuk kegiatan yang sama{rest}"
    )


def _nature() -> str:
    return (
        "Target, lokasi, dan rentang pagu itu usulan dengan aturan berstatus asumsi; setiap baris "
        "beserta dasarnya terdapat pada lampiran untuk diisi rapat."
    )


def _open_gaps(facts: Facts) -> str:
    rows = facts.rows(_TABEL, **_CELAH)
    if rows.empty:
        return ""
    names = facts.names(_TABEL, rows["baris"].tolist(), "masalah", **_CELAH)
    return sentence(
        f"{facts.lead(hitungan(_TABEL, **_CELAH), 'baris')} menyebut kesenjangan yang belum "
        f"dilayani kegiatan, yaitu {names}"
    )


def _agreed(facts: Facts) -> str:
    if facts.rows(_TABEL, keadaan="rancangan").shape[0] == facts.rows(_TABEL).shape[0]:
        return "Rapat belum mengisi rancangan ini."
    parts = clauses(
        facts.count("jumlah_rancangan_disepakati", "baris disepakati", "belum ada yang disepakati"),
        _count(facts, "tidak diteruskan"),
        _count(facts, "rancangan", "belum diputuskan"),
    )
    return paragraph(sentence(f"menurut putusan rapat, {parts}"), _changed(facts))


def _count(facts: Facts, keadaan: str, words: str = "") -> str:
    if facts.rows(_TABEL, keadaan=keadaan).empty:
        return ""
    return f"{facts.angka.hitung(_TABEL, keadaan=keadaan)} {words or keadaan}"


def _changed(facts: Facts) -> str:
    """Return what the meeting entered other than proposed."""
    rows = facts.rows(_TABEL, perubahan="*")
    if rows.empty:
        return ""
    shown = [
        f"{facts.angka(f'{_TABEL}/{baris}/id_usulan')} "
        f"({facts.angka.tercatat(f'{_TABEL}/{baris}/perubahan')})"
        for baris in rows["baris"].head(NAMA_DISEBUT)
    ]
    among = "yaitu" if len(shown) == len(rows) else "antara lain"
    return sentence(
        f"isian rapat berbeda dari usulan pada {facts.angka.hitung(_TABEL, perubahan='*')} baris, "
        f"{among} {clauses(*shown)}"
    )
