"""Executive summary: what a leader reads first."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.capaian.cakupan import furthest_below
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    higher_or_lower,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

# Chapter data in words → a summary number that is there when the chapter has data.
_DATA_BAB = {
    "prevalensi stunting": ("survei_terakhir_persen", "register_persen"),
    "cakupan layanan": ("jumlah_indikator_berdata",),
    "rencana kegiatan": ("jumlah_kegiatan",),
    "anggaran": ("pagu_rp", "realisasi_tanpa_pagu_rp"),
    "hambatan": ("jumlah_hambatan",),
}
# Tables whose proposals the meeting decides on.
_BERPUTUSAN = ("usulan_kegiatan", "rekomendasi", "usulan_lokus")


def describe_ringkasan_eksekutif(hasil: HasilReviu) -> tuple[str, ...]:
    """Return the summary a leader reads first: outcome, services, plan, money, what is proposed."""
    facts = Facts(hasil)
    body = paragraphs(
        _summary_outcome(facts),
        _summary_cakupan(facts),
        paragraph(_summary_output(facts), _summary_serapan(facts)),
        paragraph(_summary_aksi(facts), _summary_hambatan(facts)),
        _summary_usulan(facts),
        _summary_rekap(facts),
        _summary_absent(facts),
    )
    return body or unavailable(
        f"kinerja {facts.daerah}", "ringkasan belum dapat disusun untuk tahun ini"
    )


def _summary_outcome(facts: Facts) -> str:
    return paragraph(_summary_survei(facts), _summary_target(facts), _summary_register(facts))


def _summary_survei(facts: Facts) -> str:
    if not facts.known("survei_terakhir_persen"):
        return ""
    return sentence(
        "survei terakhir yang terbit sebelum reviu, yaitu "
        f"{facts.n('survei_terakhir_sumber_teks')} {facts.n('survei_terakhir_tahun')}, menempatkan "
        f"prevalensi stunting {facts.daerah} pada {facts.n('survei_terakhir_persen')} persen"
        f"{_beside_province(facts)}"
    )


def _summary_target(facts: Facts) -> str:
    """Name the kabupaten's own targets; those of other levels stand in the outcome chapter."""
    parts = [
        f"{facts.n(kunci)} persen untuk tahun {tahun}"
        for kunci, tahun in (
            ("target_kabupaten_persen", facts.hasil.tahun),
            ("target_kabupaten_berikut_persen", facts.hasil.tahun + 1),
        )
        if facts.known(kunci)
    ]
    return (
        sentence(f"target yang ditetapkan kabupaten/kota ialah {clauses(*parts)}") if parts else ""
    )


def _beside_province(facts: Facts) -> str:
    if not facts.known("survei_provinsi_persen"):
        return ""
    word = higher_or_lower(
        facts.value("survei_terakhir_persen") or 0.0, facts.value("survei_provinsi_persen") or 0.0
    )
    return f", {word} angka provinsi ({facts.n('survei_provinsi_persen')} persen)"


def _summary_register(facts: Facts) -> str:
    if not facts.known("register_persen"):
        return ""
    stunted = (
        facts.count("register_stunting", "balita stunting", "belum ada balita stunting") + " atau"
        if facts.known("register_stunting")
        else "prevalensi"
    )
    attendance = (
        f"dengan D/S {facts.n('register_ds_persen')} persen"
        if facts.known("register_ds_persen")
        else "dengan D/S yang tidak dapat dihitung"
    )
    return sentence(
        f"pengukuran rutin {facts.n('register_periode_teks')} mencatat "
        f"{stunted} {facts.n('register_persen')} persen dari "
        f"balita yang diukur, {attendance}; angka rutin ini dibaca terpisah dari angka survei"
    )


def _summary_cakupan(facts: Facts) -> str:
    if not facts.any("jumlah_indikator_berdata"):
        return ""
    if not facts.any("jumlah_indikator_dinilai"):
        unjudged = sentence(
            f"data tersedia untuk {facts.n('jumlah_indikator_berdata')} indikator cakupan layanan, "
            "tetapi belum satu pun dapat dinilai karena target terverifikasi tidak tersedia"
        )
        return paragraph(unjudged, _summary_movement(facts))
    reached = facts.count(
        "jumlah_indikator_tercapai", "indikator mencapai target", "belum ada yang mencapai target"
    )
    return paragraph(
        sentence(
            f"dari {facts.n('jumlah_indikator_dinilai')} indikator cakupan layanan yang dapat "
            f"dinilai, {reached}{_share_reached(facts)}"
        ),
        _summary_movement(facts),
        _summary_furthest(facts),
    )


def _summary_furthest(facts: Facts) -> str:
    names = furthest_below(facts)
    if not names:
        return ""
    return sentence(f"yang paling jauh dari target ialah {clauses(*names)}")


def _share_reached(facts: Facts) -> str:
    if not facts.any("jumlah_indikator_tercapai"):
        return ""
    return f" atau {facts.n('indikator_tercapai_persen')} persen"


def _summary_movement(facts: Facts) -> str:
    if not facts.any("jumlah_indikator_naik", "jumlah_indikator_turun"):
        return ""
    return sentence(
        "dibandingkan dengan tahun sebelumnya,",
        facts.count("jumlah_indikator_naik", "indikator membaik", "belum ada indikator membaik"),
        "dan",
        facts.count("jumlah_indikator_turun", "indikator memburuk"),
    )


def _summary_output(facts: Facts) -> str:
    if not facts.any("jumlah_kegiatan"):
        return ""
    if not facts.any("jumlah_kegiatan_dinilai"):
        return sentence(
            f"rencana memuat {facts.n('jumlah_kegiatan')} kegiatan, tetapi output-nya belum dapat "
            "dinilai karena target atau realisasi belum dilaporkan"
        )
    return sentence(
        f"dari {facts.n('jumlah_kegiatan_dinilai')} kegiatan yang output-nya dapat dinilai,",
        facts.count("jumlah_output_tercapai", "mencapai target", "belum ada yang mencapai target"),
        "dan",
        facts.count("jumlah_output_belum", "masih di bawah target", "tidak ada yang di bawahnya"),
    )


def _summary_serapan(facts: Facts) -> str:
    if not facts.known("serapan_persen"):
        return ""
    status = (
        ", suatu keadaan sementara yang bukan realisasi akhir tahun" if facts.sebagian_tahun else ""
    )
    return sentence(
        f"sampai dengan {facts.batas_data}, anggaran yang terserap {facts.n('realisasi_rp')} dari "
        f"pagu {facts.n('pagu_rp')} atau {facts.n('serapan_persen')} persen{status}"
    )


def _summary_aksi(facts: Facts) -> str:
    if not facts.known("kemajuan_aksi_persen"):
        return ""
    total = f"{facts.n('jumlah_aksi')} aksi"
    finished = (
        f"{facts.n('jumlah_aksi_selesai')} dari {total} sudah selesai"
        if facts.any("jumlah_aksi_selesai")
        else f"belum ada yang selesai di antara {total}"
    )
    return sentence(
        f"kemajuan pelaksanaan aksi mencapai {facts.n('kemajuan_aksi_persen')} persen; {finished}"
    )


def _summary_hambatan(facts: Facts) -> str:
    if not facts.any("jumlah_hambatan"):
        return ""
    most = (
        f", terbanyak pada kategori {facts.n('kategori_terbanyak_teks')}"
        if facts.known("kategori_terbanyak_teks")
        else ""
    )
    return sentence(
        f"OPD mencatat {facts.n('jumlah_hambatan')} hambatan{most}",
        f"; {facts.n('jumlah_kekurangan_tanpa_hambatan')} kekurangan lain belum dicatat hambatannya"
        if facts.any("jumlah_kekurangan_tanpa_hambatan")
        else "",
    ).replace(" ;", ";")


def _summary_usulan(facts: Facts) -> str:
    activities = clauses(
        _some(facts, "jumlah_ditindaklanjuti", "ditindaklanjuti"),
        _some(facts, "jumlah_perbaikan", "ditindaklanjuti dengan perbaikan"),
        _some(facts, "jumlah_usul_dihapus", "usul dihapus"),
    )
    others = clauses(
        _some(facts, "jumlah_rekomendasi", "rekomendasi"),
        _some(facts, "jumlah_lokus_diusulkan", "desa/kelurahan usulan lokus"),
    )
    return paragraph(
        sentence(f"untuk tahun depan, usulan yang diajukan mencakup {activities}")
        if activities
        else "",
        sentence(f"di samping itu diajukan {others}") if others else "",
        _summary_putusan(facts) if activities or others else "",
    )


def _some(facts: Facts, kunci: str, words: str) -> str:
    if not facts.any(kunci):
        return ""
    noun = "kegiatan " if words.startswith(("ditindaklanjuti", "usul dihapus")) else ""
    return f"{facts.n(kunci)} {noun}{words}"


def _summary_putusan(facts: Facts) -> str:
    if facts.any("jumlah_putusan"):
        undecided = any(len(facts.rows(tabel, putusan="")) for tabel in _BERPUTUSAN)
        rest = "; yang lain masih berupa usulan" if undecided else ""
        return sentence(
            f"rapat telah mengisi putusan atas {facts.n('jumlah_putusan')} usulan{rest}"
        )
    return "Semuanya masih berupa usulan yang menunggu putusan rapat."


def _summary_rekap(facts: Facts) -> str:
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


def _summary_absent(facts: Facts) -> str:
    absent = [
        words for words, kunci in _DATA_BAB.items() if not any(facts.known(satu) for satu in kunci)
    ]
    if not absent or len(absent) == len(_DATA_BAB):
        return ""
    return sentence(f"data {clauses(*absent)} tidak tersedia, sehingga belum dinilai")
