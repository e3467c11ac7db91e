"""Opening chapters: introduction and method."""

from __future__ import annotations

from html import escape

from reviu_lib.catalog import find_edisi, list_own
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    enumerate_letters,
    paragraph,
    paragraphs,
    sentence,
)

_TUJUAN = (
    "mengetahui kinerja program dan kegiatan pencegahan dan penurunan stunting selama tahun "
    "yang direviu",
    "mengetahui kemajuan pelaksanaan rencana kegiatan yang disepakati pada Rembuk Stunting",
    "menghimpun pelajaran dan masukan bagi perencanaan dan penganggaran kegiatan prioritas, "
    "pemilihan lokus, serta perbaikan rancangan layanan tahun berikutnya",
)
_TAHAP = (
    "membandingkan rencana dengan realisasi, yaitu capaian output dan outcome, penyerapan "
    "anggaran, serta kerangka waktu penyelesaian",
    "mengenali faktor yang menghambat pencapaian target beserta alternatif solusinya",
    "merumuskan tindak lanjut perbaikan agar target tahun berikutnya dapat dicapai",
)
# How many declared assumptions stand in one paragraph.
_ASUMSI_SEALINEA = 5


def describe_pendahuluan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return background, legal basis, purposes, stages, and outputs."""
    facts = Facts(hasil)
    return paragraphs(
        _background(facts),
        _legal_basis(facts),
        sentence(f"reviu ini bertujuan {enumerate_letters(_TUJUAN)}"),
        sentence(f"reviu berlangsung dalam tiga tahap, yaitu {enumerate_letters(_TAHAP)}"),
        _outputs(facts),
        sentence(
            f"sasaran program pada tahun {facts.hasil.tahun} adalah "
            f"{facts.angka.definisi('aturan/sasaran', 'teks_sambung')}"
        ),
    )


def _background(facts: Facts) -> str:
    purpose = find_edisi(facts.hasil.edisi).tujuan
    return paragraph(
        sentence(
            f"{facts.angka.definisi('aturan/judul_reviu')} adalah penilaian pemerintah daerah atas "
            "kinerja program dan kegiatan pencegahan dan penurunan stunting selama satu tahun"
        ),
        sentence(
            f"dokumen ini memuat penilaian untuk {facts.daerah} tahun {facts.hasil.tahun}, disusun "
            f"sebagai {purpose} tanggal {facts.angka('dokumen/tanggal_reviu')} dengan data sampai "
            f"dengan {facts.batas_data}"
        ),
    )


def _legal_basis(facts: Facts) -> str:
    laws = [
        f"<cite>{facts.angka.definisi(f'aturan/dasar_hukum/{index}')}</cite>"
        for index in range(len(facts.aturan.dasar_hukum))
    ]
    if not laws:
        return ""
    return sentence(f"dasar dan rujukan pelaksanaannya ialah {enumerate_letters(laws)}")


def _outputs(facts: Facts) -> str:
    return paragraph(
        sentence(
            f"keluaran yang diharapkan terdiri atas {_declared(facts, 'keluaran')}",
        ),
        sentence(
            f"keluaran itu dituangkan ke dalam {facts.angka.definisi('aturan/judul_dokumen')}, "
            f"yang memuat {_declared(facts, 'bagian_dokumen')}"
        ),
    )


def _declared(facts: Facts, kunci: str) -> str:
    count = len(getattr(facts.aturan, kunci))
    return enumerate_letters(
        [facts.angka.definisi(f"aturan/{kunci}/{index}", "teks_sambung") for index in range(count)]
    )


def describe_metode(hasil: HasilReviu) -> tuple[str, ...]:
    """Return sources, cut-off, what was known when, formulas in words, and assumptions."""
    facts = Facts(hasil)
    return paragraphs(
        paragraph(_sources(facts), _cutoff(facts), _known_when(facts)),
        _formulas_services(facts),
        _formulas_plan(facts),
        _formulas_outcome(facts),
        _missing_rule(),
        _official_or_proposed(facts),
        *_assumptions(facts),
    )


def _sources(facts: Facts) -> str:
    files = (
        f"membaca {facts.n('jumlah_berkas')} berkas masukan"
        if facts.any("jumlah_berkas")
        else "membaca berkas masukan kabupaten"
    )
    measured = (
        f", termasuk {facts.n('jumlah_pengukuran')} baris pengukuran atas "
        f"{facts.n('jumlah_anak')} balita yang identitasnya sudah disamarkan"
        if facts.any("jumlah_pengukuran") and facts.known("jumlah_anak")
        else ""
    )
    return sentence(f"reviu ini {files}{measured}")


def _cutoff(facts: Facts) -> str:
    if not facts.sebagian_tahun:
        return sentence(
            f"batas datanya {facts.batas_data}, sehingga angka yang disajikan mencakup tahun "
            f"{facts.hasil.tahun} sampai akhir"
        )
    return sentence(
        f"batas datanya {facts.batas_data}, yaitu sebelum tahun anggaran berakhir; cakupan, "
        "output, dan realisasi anggaran karena itu menggambarkan keadaan sampai tanggal tersebut "
        "dan belum merupakan capaian akhir tahun"
    )


def _known_when(facts: Facts) -> str:
    rule = sentence(
        "hanya angka yang sudah terbit pada tanggal reviu, "
        f"{facts.angka('dokumen/tanggal_reviu')}, yang dipakai"
    )
    if not facts.any("jumlah_survei_terbit_kemudian"):
        return rule
    later = facts.lead("jumlah_survei_terbit_kemudian", "angka survei")
    return paragraph(
        rule,
        sentence(f"{later} terbit sesudah tanggal itu dan karena itu disisihkan"),
    )


def _formulas_services(facts: Facts) -> str:
    return paragraph(
        "Cakupan layanan adalah pembilang dibagi penyebut dikalikan seratus; pembilang dan "
        "penyebut desa dijumlahkan lebih dahulu, sehingga angka kecamatan dan kabupaten bukan "
        "rerata persentase desa.",
        sentence(
            "perbandingan dengan tahun sebelumnya hanya dilakukan pada jenis penyebut yang sama "
            "dan ditahan apabila penyebut berubah lebih dari "
            f"{facts.angka.definisi('ambang/perubahan_penyebut_maks_persen', 'desimal')} persen"
        ),
        sentence(
            "angka kabupaten disebut sementara apabila kelengkapan datanya di bawah "
            f"{facts.angka.definisi('ambang/kelengkapan_minimum_persen', 'desimal')} persen"
        ),
    )


def _formulas_plan(facts: Facts) -> str:
    cash = (
        " Karena batas data mendahului akhir tahun, serapan hanya diberi kelas apabila anggaran "
        "kas sampai batas data diketahui."
        if facts.sebagian_tahun
        else ""
    )
    return (
        "Capaian output adalah realisasi dibagi target kegiatan. Serapan anggaran adalah realisasi "
        "dibagi pagu perubahan, atau pagu murni apabila pagu perubahan tidak ada, dan dibaca dalam "
        "tiga lini: spesifik, sensitif tanpa fisik, dan fisik/infrastruktur. Deviasi waktu adalah "
        "selisih hari antara tanggal selesai yang terlaksana dan yang direncanakan." + cash
    )


def _formulas_outcome(facts: Facts) -> str:
    return (
        "Prevalensi menurut register adalah balita pendek dan sangat pendek dibagi balita yang "
        "diukur pada periode acuan, satu kunjungan terakhir untuk tiap balita, dengan z-skor yang "
        "dihitung ulang menurut standar pertumbuhan WHO; angka menurut z-skor yang tersimpan di "
        "e-PPGBM dicantumkan pada tabelnya. Di sampingnya selalu dicantumkan D/S, yaitu balita "
        "yang hadir diukur dibagi balita sasaran. Selang pada angka register menyatakan "
        "ketidakpastian karena jumlah balita, bukan galat sampel survei. Angka survei dan angka "
        "register tidak dicampur dalam satu deret dan tidak dikurangkan sebagai perubahan."
    )


def _missing_rule() -> str:
    return (
        "Sel kosong berarti tidak dilaporkan dan tidak pernah dihitung sebagai nol; penyebut atau "
        "target nol tidak menghasilkan persentase. Status tercapai ditetapkan dari angka yang "
        "belum dibulatkan, dan pembulatan hanya dilakukan saat angka ditampilkan."
    )


def _official_or_proposed(facts: Facts) -> str:
    return paragraph(
        "Kelas capaian memakai interval <cite>Permendagri 86/2017</cite>. Bentuk tabel, ambang "
        "mutu data, bobot skor lokus, dan kata usulan kegiatan adalah rancangan reviu ini, bukan "
        "ketentuan resmi, dan dapat diubah pada berkas definisi.",
        "Alat reviu hanya mengusulkan; rapat yang memutuskan.",
        _where_to_change(facts),
    )


def _where_to_change(facts: Facts) -> str:
    """Return the files that change what is assumed, and what the workspace changed already."""
    era = f"aturan/{facts.angka.definisi('aturan/kode')}.toml"
    cards = f"indikator/{facts.angka.definisi('aturan/set_indikator')}/"
    rule = (
        f"Yang dinyatakan sebagai asumsi di bawah ini diubah di ruang kerja: aturan, aksi, dan "
        f"target prevalensi pada <code>definisi/{era}</code>, kartu indikator pada "
        f"<code>definisi/{cards}</code>, serta kelas, warna, dan ambang pada "
        "<code>definisi/ambang.toml</code>; berkas itu cukup memuat kunci yang berubah."
    )
    own = [f"<code>{escape(name)}</code>" for name in list_own()]
    if not own:
        return rule
    return paragraph(
        rule,
        sentence(
            f"laporan ini memakai definisi ruang kerja, yaitu {clauses(*own)}, mendahului definisi "
            "bawaan"
        ),
    )


def _assumptions(facts: Facts) -> list[str]:
    """Return the declared assumptions, a few to a paragraph."""
    count = len(facts.aturan.asumsi)
    texts = [facts.angka.definisi(f"aturan/asumsi/{index}") for index in range(count)]
    if not texts:
        return []
    texts[0] = f"Asumsi yang berlaku untuk tahun ini adalah sebagai berikut. {texts[0]}"
    return [
        " ".join(texts[start : start + _ASUMSI_SEALINEA])
        for start in range(0, count, _ASUMSI_SEALINEA)
    ]
