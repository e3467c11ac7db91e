"""What is proposed, what the meeting is asked to decide, and how far the data carry it."""

from __future__ import annotations

from reviu_lib.catalog import FINAL
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    enumerate_letters,
    paragraph,
    sentence,
)
from reviu_lib.report.narasi.usulan.daftar import name_rekomendasi

# Chapter data in words → a summary number that is there when the chapter has data.
_DATA_BAB = {
    "survei dan pengukuran balita": ("survei_terakhir_persen", "register_persen"),
    "cakupan layanan": ("jumlah_indikator_berdata",),
    "rencana kegiatan": ("jumlah_kegiatan",),
    "anggaran": ("pagu_rp", "realisasi_tanpa_pagu_rp"),
    "hambatan": ("jumlah_hambatan",),
}
# Counts of what is not known yet, in words.
_BELUM = {
    "jumlah_indikator_sementara": "indikator yang datanya sementara",
    "jumlah_output_tanpa_data": "kegiatan yang belum melaporkan output",
    "jumlah_realisasi_kosong": "kegiatan yang belum melaporkan realisasi anggaran",
    "jumlah_desa_tidak_andal": "desa/kelurahan yang datanya tidak andal",
}
_REKOMENDASI = "rekomendasi"
_LOKUS = "usulan_lokus"
# Tables whose proposals the meeting decides on.
_BERPUTUSAN = ("usulan_kegiatan", _REKOMENDASI, _LOKUS)
# How many recommendations, and how many desa, the page has room for.
_REKOMENDASI_DISEBUT = 3
_DESA_DISEBUT = 3


def tell_usulan(facts: Facts) -> str:
    """Return the proposals: activities, the first recommendations with owner and date, lokus."""
    return paragraph(_kegiatan(facts), _rekomendasi(facts), _lokus(facts))


def _kegiatan(facts: Facts) -> str:
    parts = clauses(
        _some(facts, "jumlah_ditindaklanjuti", "ditindaklanjuti"),
        _some(facts, "jumlah_perbaikan", "ditindaklanjuti dengan perbaikan"),
        _some(facts, "jumlah_usul_dihapus", "usul dihapus"),
    )
    return sentence(f"untuk tahun depan, usulan yang diajukan mencakup {parts}") if parts else ""


def _some(facts: Facts, kunci: str, words: str) -> str:
    return f"{facts.n(kunci)} kegiatan {words}" if facts.any(kunci) else ""


def _rekomendasi(facts: Facts) -> str:
    rows = facts.rows(_REKOMENDASI).sort_values("nomor", kind="stable")
    if rows.empty:
        return ""
    first = rows["baris"].head(_REKOMENDASI_DISEBUT)
    which = "dan yang terdepan" if len(rows) > len(first) else "yaitu"
    return paragraph(
        sentence(
            f"{facts.lead('jumlah_rekomendasi', 'rekomendasi')} diajukan, {which} sebagai berikut"
        ),
        *(name_rekomendasi(facts, baris) for baris in first),
    )


def _lokus(facts: Facts) -> str:
    """Name desa whose proposal holds under every weight tried, as examples and not as a ranking."""
    if not facts.any("jumlah_lokus_diusulkan"):
        return ""
    syarat = {"usulan": "diusulkan lokus", "ketahanan": "kukuh", "data_andal": "ya"}
    rows = facts.rows(_LOKUS, **syarat).sort_values("urutan", kind="stable")
    names = [
        f"{facts.angka(f'{_LOKUS}/{baris}/desa')} ({facts.angka(f'{_LOKUS}/{baris}/kecamatan')})"
        for baris in rows["baris"].head(_DESA_DISEBUT)
    ]
    examples = f"; yang bertahan pada variasi bobot antara lain {clauses(*names)}" if names else ""
    total = facts.lead("jumlah_lokus_diusulkan", "desa/kelurahan")
    return sentence(f"{total} diusulkan menjadi lokus tahun {facts.hasil.tahun + 1}{examples}")


def tell_keputusan(facts: Facts) -> str:
    """Return what the meeting is asked, or how far it has decided; nothing without proposals."""
    asked = [
        text
        for text in (
            _asked(facts, "usulan_kegiatan", "kegiatan mana yang ditindaklanjuti"),
            _asked(facts, _REKOMENDASI, "rekomendasi beserta penanggung jawab dan tenggat"),
            _asked(facts, _LOKUS, f"desa/kelurahan lokus tahun {facts.hasil.tahun + 1}"),
        )
        if text
    ]
    explain = (
        "meminta OPD menerangkan kekurangan yang belum dicatat hambatannya"
        if facts.any("jumlah_kekurangan_tanpa_hambatan") and asked
        else ""
    )
    parts = [*asked, *([explain] if explain else [])]
    asks = parts and facts.hasil.edisi != FINAL
    request = sentence(f"rapat diminta {enumerate_letters(parts)}") if asks else ""
    return paragraph(request, _decided(facts))


def _asked(facts: Facts, tabel: str, what: str) -> str:
    return f"menetapkan {what}" if len(facts.rows(tabel, putusan="")) else ""


def _decided(facts: Facts) -> str:
    if not any(len(facts.rows(tabel)) for tabel in _BERPUTUSAN):
        return ""
    if facts.any("jumlah_putusan"):
        undecided = any(len(facts.rows(tabel, putusan="")) for tabel in _BERPUTUSAN)
        rest = "; yang lain masih berupa usulan" if undecided else ""
        return sentence(
            f"rapat telah mengisi putusan atas {facts.n('jumlah_putusan')} usulan{rest}"
        )
    return "Semuanya masih berupa usulan yang menunggu putusan rapat."


def tell_keterbatasan(facts: Facts) -> str:
    """Return how far the data carry the page: the register, provisional figures, what is absent."""
    return paragraph(_mutu(facts), _sementara(facts), _rekap(facts), _absent(facts))


def _mutu(facts: Facts) -> str:
    galat = (
        f"pemeriksaan berkas masih menemukan {facts.n('jumlah_galat')} galat"
        if facts.any("jumlah_galat")
        else ""
    )
    register = (
        f"angka register diusulkan {facts.n('mutu_layak_teks')}"
        if facts.known("mutu_layak_teks")
        else ""
    )
    return sentence(clauses(galat, register))


def _sementara(facts: Facts) -> str:
    unjudged = {"tingkat": "kabupaten", "status_capaian": "belum dapat dinilai"}
    first = (
        f"{facts.angka.hitung('capaian_cakupan', **unjudged)} indikator yang belum dapat dinilai"
        if facts.any("jumlah_indikator_dinilai") and len(facts.rows("capaian_cakupan", **unjudged))
        else ""
    )
    parts = clauses(
        first, *(f"{facts.n(kunci)} {words}" for kunci, words in _BELUM.items() if facts.any(kunci))
    )
    return sentence(f"masih ada {parts}") if parts else ""


def _rekap(facts: Facts) -> str:
    if not facts.any("jumlah_baris_rekap"):
        return ""
    against = facts.count(
        "jumlah_rekap_bertentangan", "baris memuat pertentangan", "pertentangan tidak ditemukan"
    )
    agreed = facts.count("jumlah_rekap_sesuai", "baris sesuai", "belum ada baris yang sesuai")
    return sentence(
        f"rekap indikator terbitan yang diperiksa ulang memuat {facts.n('jumlah_baris_rekap')} "
        f"baris; {agreed} dengan hitung ulang dan {against}"
    )


def _absent(facts: Facts) -> str:
    absent = [
        words for words, kunci in _DATA_BAB.items() if not any(facts.known(satu) for satu in kunci)
    ]
    if not absent or len(absent) == len(_DATA_BAB):
        return ""
    return sentence(f"data {clauses(*absent)} tidak tersedia, sehingga belum dinilai")
