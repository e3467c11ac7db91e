"""Chapter VI: realisation of the budget, always in lines, never judged low within the year."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    higher_or_lower,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "realisasi_anggaran"
# Summary key → the line as a sentence names it.
LINI = {
    "serapan_spesifik_persen": "spesifik",
    "serapan_sensitif_persen": "sensitif tanpa fisik",
    "serapan_fisik_persen": "fisik/infrastruktur",
}


def describe_anggaran(hasil: HasilReviu) -> tuple[str, ...]:
    """Return absorption in total, by line and OPD, what reached people, and what stands out."""
    facts = Facts(hasil)
    if not facts.any("pagu_rp", "realisasi_tanpa_pagu_rp"):
        return unavailable(
            f"anggaran kegiatan {facts.daerah}", "serapan anggaran belum dapat dihitung"
        )
    return paragraphs(
        paragraph(_total(facts), _basis(facts), _last_year(facts), _cash(facts)),
        paragraph(_lines(facts), _apart(facts)),
        paragraph(_by_opd(facts), _by_place(facts)),
        paragraph(_direct(facts), _tagging(facts), _direct_by_line(facts), _direct_unknown(facts)),
        paragraph(_above(facts), _without_budget(facts), _zero(facts), _blank(facts)),
    )


def _total(facts: Facts) -> str:
    if not facts.known("serapan_persen"):
        return "Serapan keseluruhan tidak dapat dihitung karena pagu tidak tersedia."
    rest = f", dengan sisa {facts.n('sisa_rp')}" if (facts.value("sisa_rp") or 0) > 0 else ""
    level = sentence(
        f"sampai dengan {facts.batas_data}, realisasi anggaran mencapai {facts.n('realisasi_rp')} "
        f"dari {_ceiling(facts)} atau {facts.n('serapan_persen')} persen{rest}"
    )
    if not facts.sebagian_tahun:
        return level
    return paragraph(
        level,
        "Angka ini keadaan sebagian tahun dan bukan serapan akhir, karena pembayaran sesudah "
        "tanggal itu belum tercatat.",
    )


def _ceiling(facts: Facts) -> str:
    """Name the budget that the share rests on: rows without a reported realisation are left out."""
    rows = facts.rows(_TABEL, kelompok="total", pagu_dinilai_rp="*")
    if len(rows) != 1 or rows["pagu_dinilai_rp"].iloc[0] == rows["pagu_rp"].iloc[0]:
        return f"pagu {facts.n('pagu_rp')}"
    asal = f"{_TABEL}/{rows['baris'].iloc[0]}/pagu_dinilai_rp"
    return (
        f"pagu {facts.angka(asal, 'rupiah_ringkas')} yang realisasinya dilaporkan (pagu "
        f"keseluruhan {facts.n('pagu_rp')})"
    )


def _basis(facts: Facts) -> str:
    before, now = facts.value("pagu_murni_rp"), facts.value("pagu_rp")
    if before is None or now is None or before == now:
        return ""
    way = "bertambah" if now > before else "berkurang"
    return sentence(
        f"pagu yang dipakai sudah memperhitungkan perubahan APBD; dibandingkan dengan pagu murni "
        f"{facts.n('pagu_murni_rp')}, pagu itu {way}"
    )


def _cash(facts: Facts) -> str:
    if not facts.sebagian_tahun:
        return ""
    if not facts.known("serapan_kas_persen"):
        return (
            "Anggaran kas sampai batas data tidak tersedia, sehingga serapan itu disajikan tanpa "
            "kelas."
        )
    share = facts.value("serapan_kas_persen") or 0.0
    word = (
        "sejalan dengan atau mendahului rencana penarikan"
        if share >= 100
        else "masih di bawah rencana penarikan sampai tanggal itu"
    )
    return sentence(
        f"terhadap anggaran kas sampai batas data, realisasi mencapai "
        f"{facts.n('serapan_kas_persen')} persen, artinya {word}"
    )


def _last_year(facts: Facts) -> str:
    if not facts.known("serapan_lalu_persen", "serapan_persen"):
        return ""
    if facts.sebagian_tahun:
        return sentence(
            f"pada reviu tahun lalu serapan tercatat {facts.n('serapan_lalu_persen')} persen; "
            "kedua angka itu hanya sebanding apabila batas datanya setara"
        )
    now, before = (facts.value(key) or 0.0 for key in ("serapan_persen", "serapan_lalu_persen"))
    return sentence(
        f"serapan itu {higher_or_lower(now, before)} serapan pada reviu tahun lalu "
        f"({facts.n('serapan_lalu_persen')} persen)"
    )


def _lines(facts: Facts) -> str:
    known = [kunci for kunci in LINI if facts.known(kunci)]
    if not known:
        return ""
    parts = clauses(*(_one_line(facts, kunci) for kunci in known))
    missing = [name for kunci, name in LINI.items() if kunci not in known]
    absent = f"; lini {clauses(*missing)} tidak mempunyai pagu" if missing else ""
    return sentence(f"menurut lini, serapan {parts}{absent}")


def _one_line(facts: Facts, kunci: str) -> str:
    level = f"{LINI[kunci]} {facts.n(kunci)} persen"
    rows = facts.rows(_TABEL, kelompok="lini", kode=LINI[kunci], pagu_rp="*")
    if len(rows) != 1:
        return level
    asal = f"{_TABEL}/{rows['baris'].iloc[0]}/pagu_rp"
    return f"{level} dari pagu {facts.angka(asal, 'rupiah_ringkas')}"


def _apart(facts: Facts) -> str:
    known = {kunci: facts.value(kunci) or 0.0 for kunci in LINI if facts.known(kunci)}
    if len(known) < 2 or len(set(known.values())) == 1:
        return ""
    least, most = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
    return sentence(
        f"lini {LINI[most]} paling banyak terserap dan lini {LINI[least]} paling sedikit; "
        "ketiganya dibaca terpisah karena belanja fisik yang besar dapat menutupi keadaan belanja "
        "yang langsung menyentuh ibu dan anak"
    )


def _by_opd(facts: Facts) -> str:
    rows = facts.rows(_TABEL, kelompok="opd", serapan_persen="*")
    if rows["serapan_persen"].nunique() < 2:
        return ""
    ordered = rows.sort_values("serapan_persen", kind="stable")["baris"]
    least, most = ordered.iloc[0], ordered.iloc[-1]
    return sentence(
        f"menurut OPD, serapan berkisar antara {_opd(facts, least)} dan {_opd(facts, most)}"
    )


def _opd(facts: Facts, baris: str) -> str:
    level = facts.angka(f"{_TABEL}/{baris}/serapan_persen")
    return f"{level} persen pada {facts.angka(f'{_TABEL}/{baris}/nama')}"


def _tagging(facts: Facts) -> str:
    """Return what the era counts as spending for the sasaran; empty where its rules say nothing."""
    if not facts.aturan.penandaan_anggaran:
        return ""
    return facts.angka.definisi("aturan/penandaan_anggaran")


def _direct(facts: Facts) -> str:
    if not facts.known("langsung_sasaran_persen"):
        return (
            "Bagian belanja yang langsung diterima sasaran belum dilaporkan, sehingga porsinya "
            "belum dapat dihitung."
        )
    if not facts.value("langsung_sasaran_persen"):
        return "Pada data ini belum tercatat belanja yang langsung diterima sasaran."
    return sentence(
        f"dari realisasi itu, {facts.n('langsung_sasaran_persen')} persen tercatat langsung "
        "diterima sasaran; selebihnya membiayai pelaksanaan dan dukungan"
    )


def _direct_by_line(facts: Facts) -> str:
    if not facts.value("langsung_sasaran_persen"):
        return ""
    rows = facts.rows(_TABEL, kelompok="lini", langsung_sasaran_persen="*")
    parts = [
        f"{facts.angka(f'{_TABEL}/{baris}/langsung_sasaran_persen')} persen pada lini "
        f"{facts.angka(f'{_TABEL}/{baris}/nama')}"
        for baris in rows["baris"]
    ]
    return sentence(f"menurut lini, porsi itu {clauses(*parts)}") if len(parts) > 1 else ""


def _direct_unknown(facts: Facts) -> str:
    """Say how much spending has no word on what reached people: unknown, not zero."""
    rows = facts.rows(_TABEL, kelompok="total", langsung_kosong_rp="*")
    if rows.empty or rows["langsung_kosong_rp"].iloc[0] <= 0:
        return ""
    asal = f"{_TABEL}/{rows['baris'].iloc[0]}/langsung_kosong_rp"
    return sentence(
        f"untuk realisasi {facts.angka(asal, 'rupiah_ringkas')}, bagian yang langsung diterima "
        "sasaran tidak diisi; itu berarti belum diketahui, bukan nol, dan tidak masuk porsi itu"
    )


def _by_place(facts: Facts) -> str:
    rows = facts.rows(_TABEL, kelompok="lokus", realisasi_rp="*")
    if rows.empty:
        return ""
    parts = [
        f"{facts.angka(f'{_TABEL}/{baris}/nama')} "
        f"({facts.angka(f'{_TABEL}/{baris}/realisasi_rp', 'rupiah_ringkas')})"
        for baris in rows["baris"]
    ]
    return sentence(
        f"menurut lokasi kegiatan yang tertulis, realisasi terbagi menjadi {clauses(*parts)}"
    )


def _above(facts: Facts) -> str:
    if not facts.any("jumlah_di_atas_pagu"):
        return ""
    return paragraph(
        sentence(
            f"pada {facts.n('jumlah_di_atas_pagu', 'bilangan')} baris anggaran, realisasi "
            f"melampaui pagu{_rows_named(facts, 'di atas pagu')}{_excess(facts)}"
        ),
        "Angka itu ditampilkan apa adanya; pagu perubahan atau tambahan dana pada baris tersebut "
        "perlu diperiksa kembali.",
    )


def _excess(facts: Facts) -> str:
    rows = facts.rows(_TABEL, kelompok="total", di_atas_pagu_rp="*")
    if rows.empty:
        return ""
    asal = f"{_TABEL}/{rows['baris'].iloc[0]}/di_atas_pagu_rp"
    return (
        f"; kelebihannya {facts.angka(asal, 'rupiah_ringkas')}, sehingga pagu yang belum terserap "
        "lebih besar daripada sisa sebanyak itu"
    )


def _rows_named(facts: Facts, status: str) -> str:
    syarat = {"kelompok": "kegiatan", "status_anggaran": status}
    rows = facts.rows(_TABEL, **syarat)
    if rows.empty:
        return ""
    return f", yaitu {facts.names(_TABEL, rows['baris'].tolist(), 'nama', **syarat)}"


def _without_budget(facts: Facts) -> str:
    if not facts.any("realisasi_tanpa_pagu_rp"):
        return ""
    return sentence(
        f"realisasi {facts.n('realisasi_tanpa_pagu_rp')} tercatat tanpa pagu"
        f"{_rows_named(facts, 'realisasi tanpa pagu')}; jumlah itu dilaporkan terpisah dan tidak "
        "masuk hitungan serapan"
    )


def _zero(facts: Facts) -> str:
    if not facts.any("jumlah_tanpa_realisasi"):
        return ""
    return sentence(
        f"{facts.lead('jumlah_tanpa_realisasi', 'kegiatan berpagu')} melaporkan realisasi nol dan "
        "perlu dijelaskan oleh OPD pelaksananya"
    )


def _blank(facts: Facts) -> str:
    if not facts.any("jumlah_realisasi_kosong"):
        return ""
    return sentence(
        f"{facts.lead('jumlah_realisasi_kosong', 'kegiatan berpagu')} belum mengisi realisasi, "
        "sehingga serapan yang sebenarnya belum diketahui"
    )
