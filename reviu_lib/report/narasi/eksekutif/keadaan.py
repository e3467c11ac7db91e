"""What was promised and what happened: outcome, services, activities, money, barriers."""

from __future__ import annotations

from reviu_lib.report.angka import hitungan
from reviu_lib.report.narasi.capaian.anggaran import LINI
from reviu_lib.report.narasi.capaian.cakupan import furthest_below
from reviu_lib.report.narasi.capaian.outcome import tell_level, tell_rekap_stunting
from reviu_lib.report.narasi.kalimat import Facts, clauses, higher_or_lower, paragraph, sentence

_ANGGARAN = "realisasi_anggaran"
_PETUNJUK = "petunjuk_hambatan"
_KONVERGENSI = "konvergensi_sasaran"
# How many indicators, and how many signals, the page has room for.
_INDIKATOR_DISEBUT = 2
_PETUNJUK_DISEBUT = 2
_LEWAT = "belum selesai padahal sudah lewat rencana"


def tell_outcome(facts: Facts) -> str:
    """Return level, direction with its certainty, own targets, and the register apart."""
    own = paragraph(_survei(facts), _arah_survei(facts), _target(facts), _register(facts))
    measured = facts.known("survei_terakhir_persen") or facts.known("register_persen")
    return own if measured else paragraph(own, tell_rekap_stunting(facts))


def _survei(facts: Facts) -> str:
    if not facts.known("survei_terakhir_persen"):
        return ""
    return sentence(
        "survei terakhir yang terbit sebelum reviu, yaitu "
        f"{facts.n('survei_terakhir_sumber_teks')} {facts.n('survei_terakhir_tahun')}, menempatkan "
        f"prevalensi stunting {facts.daerah} pada {facts.n('survei_terakhir_persen')} persen"
        f"{_beside_province(facts)}"
    )


def _beside_province(facts: Facts) -> str:
    if not facts.known("survei_provinsi_persen"):
        return ""
    word = higher_or_lower(
        facts.value("survei_terakhir_persen") or 0.0, facts.value("survei_provinsi_persen") or 0.0
    )
    return f", {word} {tell_level(facts, 'provinsi')}"


def _arah_survei(facts: Facts) -> str:
    """Answer whether stunting fell, and how sure that is, by surveys alone."""
    if not facts.known("survei_terakhir_persen", "survei_sebelumnya_persen"):
        return ""
    before = (
        f"{facts.n('survei_sebelumnya_sumber_teks')} {facts.n('survei_sebelumnya_tahun')} "
        f"({facts.n('survei_sebelumnya_persen')} persen)"
    )
    if facts.word("survei_sebelumnya_sumber_teks") != facts.word("survei_terakhir_sumber_teks"):
        return sentence(
            f"arahnya belum dapat disimpulkan karena survei sebelumnya, {before}, lain rancangannya"
        )
    return sentence(f"{_ARAH.get(facts.word('survei_arah_teks'), _TAK_PASTI)} {before}")


_TAK_PASTI = (
    "arahnya belum dapat dipastikan karena selang kepercayaan tidak terbit; angka sebelumnya ialah"
)
_ARAH = {
    "turun": "angka itu bermakna lebih rendah, menurut selang yang terbit, daripada",
    "naik": "angka itu bermakna lebih tinggi, menurut selang yang terbit, daripada",
    "belum bermakna": "menurut selang yang terbit, angka itu belum berbeda bermakna dari",
}


def _target(facts: Facts) -> str:
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


def _register(facts: Facts) -> str:
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


def tell_layanan(facts: Facts) -> str:
    """Return how many indicators reached their target, which moved, which are furthest away."""
    if not facts.any("jumlah_indikator_berdata"):
        return ""
    if not facts.any("jumlah_indikator_dinilai"):
        unjudged = sentence(
            f"data tersedia untuk {facts.n('jumlah_indikator_berdata')} indikator cakupan layanan, "
            "tetapi belum satu pun dapat dinilai karena target terverifikasi tidak tersedia"
        )
        return paragraph(unjudged, _movement(facts))
    reached = facts.count(
        "jumlah_indikator_tercapai", "indikator mencapai target", "belum ada yang mencapai target"
    )
    return paragraph(
        sentence(
            f"dari {facts.n('jumlah_indikator_dinilai')} indikator cakupan layanan yang dapat "
            f"dinilai, {reached}{_share_reached(facts)}"
        ),
        _movement(facts),
        _furthest(facts),
        _konvergensi(facts),
    )


def _konvergensi(facts: Facts) -> str:
    """Return the share of due services that reached mothers and children, by the scorecard."""
    rows = facts.rows(
        _KONVERGENSI, tingkat="kabupaten", kelompok="gabungan", acuan="ya", konvergensi_persen="*"
    )
    if len(rows) != 1:
        return ""
    baris = f"{_KONVERGENSI}/{rows['baris'].iloc[0]}"
    every = (
        f", dan {facts.angka(f'{baris}/lengkap_persen')} persen menerima semuanya"
        if rows["lengkap_persen"].notna().all()
        else ""
    )
    return sentence(
        f"menurut skor desa triwulan {facts.angka(f'{baris}/triwulan')}, ibu hamil dan baduta "
        f"menerima {facts.angka(f'{baris}/konvergensi_persen')} persen layanan yang "
        f"seharusnya{every}"
    )


def _share_reached(facts: Facts) -> str:
    if not facts.any("jumlah_indikator_tercapai"):
        return ""
    return f" atau {facts.n('indikator_tercapai_persen')} persen"


def _movement(facts: Facts) -> str:
    if not facts.any("jumlah_indikator_naik", "jumlah_indikator_turun"):
        return ""
    held = (
        f"; {facts.n('jumlah_indikator_tak_banding')} tidak dapat dibandingkan"
        if facts.any("jumlah_indikator_tak_banding")
        else ""
    )
    return sentence(
        "dibandingkan dengan tahun sebelumnya,",
        facts.count("jumlah_indikator_naik", "indikator membaik", "belum ada indikator membaik"),
        "dan",
        facts.count("jumlah_indikator_turun", "indikator memburuk") + held,
    )


def _furthest(facts: Facts) -> str:
    names = furthest_below(facts)[:_INDIKATOR_DISEBUT]
    return sentence(f"yang paling jauh dari target ialah {clauses(*names)}") if names else ""


def tell_pelaksanaan(facts: Facts) -> str:
    """Return outputs, timeliness, absorption by line, and where money was left."""
    return paragraph(
        _output(facts), _waktu(facts), _serapan(facts), _lini(facts), _sisa_opd(facts), _aksi(facts)
    )


def _output(facts: Facts) -> str:
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


def _waktu(facts: Facts) -> str:
    late, overdue = facts.any("jumlah_terlambat"), facts.any("jumlah_lewat_rencana")
    if not late:
        words = "belum selesai padahal sudah lewat rencana"
        return (
            sentence(f"{facts.lead('jumlah_lewat_rencana', 'kegiatan')} {words}") if overdue else ""
        )
    rest = f", dan {facts.n('jumlah_lewat_rencana')} belum selesai padahal sudah lewat rencana"
    return sentence(
        f"{facts.lead('jumlah_terlambat', 'kegiatan')} selesai terlambat{rest if overdue else ''}"
    )


def _serapan(facts: Facts) -> str:
    if not facts.known("serapan_persen"):
        return ""
    status = (
        ", suatu keadaan sementara yang bukan realisasi akhir tahun" if facts.sebagian_tahun else ""
    )
    return sentence(
        f"sampai dengan {facts.batas_data}, anggaran yang terserap {facts.n('realisasi_rp')} dari "
        f"pagu {facts.n('pagu_rp')} atau {facts.n('serapan_persen')} persen{status}"
    )


def _lini(facts: Facts) -> str:
    """Tell the three lines apart: much building can hide little spending on mother and child."""
    parts = [
        f"{facts.n(kunci)} persen pada lini {nama}"
        for kunci, nama in LINI.items()
        if facts.known(kunci)
    ]
    return sentence(f"serapan itu {clauses(*parts)}") if len(parts) > 1 else ""


def _sisa_opd(facts: Facts) -> str:
    rows = facts.rows(_ANGGARAN, kelompok="opd", sisa_rp="*")
    rows = rows[rows["sisa_rp"] > 0].sort_values("sisa_rp", ascending=False, kind="stable")
    if len(rows) < 2:
        return ""
    baris = f"{_ANGGARAN}/{rows['baris'].iloc[0]}"
    return sentence(
        f"sisa pagu terbesar ada pada {facts.angka(f'{baris}/nama')} "
        f"({facts.angka(f'{baris}/sisa_rp', 'rupiah_ringkas')})"
    )


def _aksi(facts: Facts) -> str:
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


def tell_hambatan(facts: Facts) -> str:
    """Return what was recorded, what was not, and what the data suggest but no one recorded."""
    return paragraph(_recorded(facts), _hinted(facts))


def _recorded(facts: Facts) -> str:
    if not facts.any("jumlah_hambatan"):
        return ""
    most = (
        f", terbanyak pada kategori {facts.n('kategori_terbanyak_teks')}"
        if facts.known("kategori_terbanyak_teks")
        else ""
    )
    rest = (
        f"; {facts.n('jumlah_kekurangan_tanpa_hambatan')} kekurangan lain belum dicatat hambatannya"
        if facts.any("jumlah_kekurangan_tanpa_hambatan")
        else ""
    )
    return sentence(f"OPD mencatat {facts.n('jumlah_hambatan')} hambatan{most}{rest}")


def _hinted(facts: Facts) -> str:
    rows = facts.rows(_PETUNJUK, tercatat="tidak")
    if rows.empty:
        return ""
    apart = rows[~rows["id_kegiatan"].fillna(rows["baris"]).duplicated()]["baris"]
    told = apart[:_PETUNJUK_DISEBUT]
    some = "antara lain" if len(rows) > len(told) else "yaitu"
    count = facts.lead(hitungan(_PETUNJUK, tercatat="tidak"), "petunjuk")
    return paragraph(
        sentence(
            f"{count} terlihat pada data tetapi belum dicatat sebagai hambatan, dan perlu "
            f"ditanyakan dalam rapat, {some} sebagai berikut"
        ),
        *(facts.angka(f"{_PETUNJUK}/{baris}/uraian") for baris in told),
    )
