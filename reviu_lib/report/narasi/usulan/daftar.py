"""Chapters IX and X: proposals for activities, recommendations, lokus; last year's follow-up.

Everything here is a proposal until the meeting fills in a decision; the words keep the two apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviu_lib.formatting import is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)
from reviu_lib.report.narasi.usulan.ketahanan import (
    describe_bobot,
    describe_ketahanan,
    describe_perubahan,
)

_KEGIATAN = "usulan_kegiatan"
_REKOMENDASI = "rekomendasi"
_LOKUS = "usulan_lokus"
_TINDAK = "tindak_lanjut"
# How many recommendations to each receiver are told in full.
_DIURAIKAN = 3
_HITUNGAN = {
    "jumlah_ditindaklanjuti": "ditindaklanjuti",
    "jumlah_perbaikan": "ditindaklanjuti dengan perbaikan",
    "jumlah_digabung": "digabung",
    "jumlah_selesai": "dinyatakan selesai karena hasilnya sekali jadi",
    "jumlah_usul_dihapus": "berstatus usul dihapus",
    "jumlah_belum_dinilai": "belum dapat dinilai",
}


def describe_usulan_kegiatan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return counts per proposal, those proposed for deletion with reasons, and decisions."""
    facts = Facts(hasil)
    rows = facts.rows(_KEGIATAN)
    if rows.empty:
        return unavailable(
            f"rencana kegiatan {facts.daerah}", "daftar usulan kegiatan belum dapat disusun"
        )
    return paragraphs(
        paragraph(_counts(facts), _rule()),
        _deletion(facts),
        paragraph(_improve(facts), _merge_or_finish(facts), _not_judged(facts)),
        _decisions(facts, _KEGIATAN, "sub_kegiatan"),
    )


def _counts(facts: Facts) -> str:
    parts = clauses(
        *(f"{facts.n(key)} {words}" for key, words in _HITUNGAN.items() if facts.any(key))
    )
    return sentence(f"alat reviu mengajukan usulan untuk setiap kegiatan: {parts}") if parts else ""


def _rule() -> str:
    return (
        "Usulan disusun dari capaian output, serapan anggaran, ketepatan waktu, dan kaitan dengan "
        "indikator; kegiatan wajib atau SPM selalu dipertahankan, dan capaian yang baik bukan "
        "alasan untuk menghentikan layanan."
    )


def _deletion(facts: Facts) -> str:
    rows = facts.rows(_KEGIATAN, usulan="usul dihapus")
    if rows.empty:
        return "Pada reviu ini belum ada kegiatan yang memenuhi syarat untuk diberi usul dihapus."
    parts = [_with_reason(facts, baris) for baris in rows["baris"]]
    return paragraph(
        "Kegiatan yang diberi usul dihapus beserta alasannya adalah sebagai berikut.",
        *parts,
        "Usul ini perlu ditimbang dalam rapat bersama OPD pelaksananya.",
    )


def _with_reason(facts: Facts, baris: str) -> str:
    row = facts.rows(_KEGIATAN, baris=baris).iloc[0]
    name = facts.angka(f"{_KEGIATAN}/{baris}/sub_kegiatan")
    owner = "" if is_missing(row["opd"]) else f" pada {facts.angka(f'{_KEGIATAN}/{baris}/opd')}"
    if is_missing(row["alasan"]):
        return sentence(f"kegiatan {name}{owner} diusulkan tanpa alasan tertulis")
    reason = facts.angka(f"{_KEGIATAN}/{baris}/alasan", "teks_sambung")
    return sentence(f"kegiatan {name}{owner} diusulkan dengan alasan bahwa {reason}")


def _improve(facts: Facts) -> str:
    syarat = {"usulan": "ditindaklanjuti dengan perbaikan"}
    rows = facts.rows(_KEGIATAN, **syarat)
    if rows.empty:
        return ""
    ordered = rows.sort_values("capaian_output_persen", kind="stable")["baris"].tolist()
    names = facts.names(_KEGIATAN, ordered, "sub_kegiatan", **syarat)
    return sentence(
        f"perbaikan diusulkan untuk {names}; rinciannya menurut OPD terdapat pada tabel"
    )


def _merge_or_finish(facts: Facts) -> str:
    return paragraph(
        _group(facts, "digabung", "penggabungan diusulkan untuk"),
        _group(facts, "selesai", "hasil yang sekali jadi dan sudah tercapai terdapat pada"),
    )


def _group(facts: Facts, usulan: str, words: str) -> str:
    rows = facts.rows(_KEGIATAN, usulan=usulan)
    if rows.empty:
        return ""
    names = facts.names(_KEGIATAN, rows["baris"].tolist(), "sub_kegiatan", usulan=usulan)
    return sentence(f"{words} {names}")


def _not_judged(facts: Facts) -> str:
    if not facts.any("jumlah_belum_dinilai"):
        return ""
    return sentence(
        f"{facts.lead('jumlah_belum_dinilai', 'kegiatan')} belum dapat dinilai karena target atau "
        "realisasi output-nya belum dilaporkan; kekosongan itu tidak dibaca sebagai kegagalan"
    )


def _decisions(facts: Facts, tabel: str, kolom: str) -> str:
    decided = facts.rows(tabel, putusan="*")
    if decided.empty:
        return "Kolom putusan belum diisi, sehingga daftar ini masih berupa usulan."
    parts = [
        f"{facts.angka(f'{tabel}/{baris}/{kolom}')} "
        f"({facts.angka.tercatat(f'{tabel}/{baris}/putusan')})"
        for baris in decided["baris"].head(3)
    ]
    return paragraph(
        sentence(
            f"rapat sudah mengisi putusan atas {facts.angka.hitung(tabel, putusan='*')} usulan, "
            f"{'yaitu' if len(parts) == len(decided) else 'antara lain'} {clauses(*parts)}"
        ),
        _still_open(facts, tabel),
    )


def _still_open(facts: Facts, tabel: str) -> str:
    if facts.rows(tabel, putusan="").empty:
        return ""
    return sentence(
        f"{facts.lead(hitungan(tabel, putusan=''), 'usulan lain')} belum mempunyai putusan"
    )


def describe_rekomendasi(hasil: HasilReviu) -> tuple[str, ...]:
    """Return recommendations as inputs to the analysis and to the plan of next year."""
    facts = Facts(hasil)
    rows = facts.rows(_REKOMENDASI)
    if rows.empty:
        return unavailable(f"dasar rekomendasi {facts.daerah}", "rekomendasi belum dapat diajukan")
    order = [facts.aturan.masukan_analisis, facts.aturan.masukan_rencana]
    present = rows["masukan_untuk"].dropna().drop_duplicates().tolist()
    groups = sorted(present, key=lambda group: order.index(group) if group in order else 9)
    return paragraphs(
        paragraph(_recommended(facts, groups), _priority(facts)),
        *(_input_for(facts, rows, group) for group in groups),
        _decisions(facts, _REKOMENDASI, "rekomendasi"),
    )


def _recommended(facts: Facts, groups: Sequence[str]) -> str:
    parts = clauses(
        *(
            f"{facts.angka.hitung(_REKOMENDASI, masukan_untuk=group)} untuk "
            f"{_group_name(facts, group)}"
            for group in groups
        )
    )
    split = f", yaitu {parts}" if len(groups) > 1 else ""
    return sentence(
        f"reviu mengajukan {facts.angka.hitung(_REKOMENDASI, baris='*')} rekomendasi sebagai "
        f"masukan siklus tahun {facts.hasil.tahun + 1}{split}"
    )


def _group_name(facts: Facts, group: str) -> str:
    baris = facts.rows(_REKOMENDASI, masukan_untuk=group)["baris"].iloc[0]
    return facts.angka(f"{_REKOMENDASI}/{baris}/masukan_untuk")


def _priority(facts: Facts) -> str:
    if facts.rows(_REKOMENDASI, prioritas="tinggi").empty:
        return ""
    return sentence(
        f"{facts.lead(hitungan(_REKOMENDASI, prioritas='tinggi'), 'rekomendasi')} berprioritas "
        "tinggi dan disebut lebih dahulu"
    )


def _input_for(facts: Facts, rows: pd.DataFrame, group: str) -> str:
    chosen = rows[rows["masukan_untuk"].eq(group)].sort_values("nomor", kind="stable")["baris"]
    told = [_one_recommendation(facts, baris) for baris in chosen.head(_DIURAIKAN)]
    opening = f"Sebagai masukan {_group_name(facts, group)}, yang diajukan adalah sebagai berikut."
    return paragraph(opening, *told, _others(facts, len(chosen) - len(told), group))


def _others(facts: Facts, remaining: int, group: str) -> str:
    if remaining <= 0:
        return ""
    rest = hitungan(_REKOMENDASI, _DIURAIKAN, masukan_untuk=group)
    return sentence(f"{facts.lead(rest, 'rekomendasi lain')} terdapat pada tabel")


def _one_recommendation(facts: Facts, baris: str) -> str:
    row = facts.rows(_REKOMENDASI, baris=baris).iloc[0]
    reason = (
        ""
        if is_missing(row["alasan"])
        else sentence(f"alasannya, {facts.angka(f'{_REKOMENDASI}/{baris}/alasan', 'teks_sambung')}")
    )
    return paragraph(name_rekomendasi(facts, baris), reason)


def name_rekomendasi(facts: Facts, baris: str) -> str:
    """Return one recommendation as a sentence, with who answers for it and until when."""
    row = facts.rows(_REKOMENDASI, baris=baris).iloc[0]
    text = facts.angka(f"{_REKOMENDASI}/{baris}/rekomendasi", "teks_kalimat")
    owner = (
        ""
        if is_missing(row["opd_pj"])
        else f", dengan penanggung jawab {facts.angka(f'{_REKOMENDASI}/{baris}/opd_pj')}"
    )
    due = (
        ""
        if is_missing(row["tenggat"])
        else f", paling lambat {facts.angka(f'{_REKOMENDASI}/{baris}/tenggat')}"
    )
    return sentence(f"{text}{owner}{due}")


def describe_lokus(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how many villages are proposed, on what grounds, and which data cannot carry it."""
    facts = Facts(hasil)
    if facts.rows(_LOKUS).empty:
        return unavailable(
            f"pengukuran dan cakupan per desa {facts.daerah}", "usulan lokus belum dapat disusun"
        )
    return paragraphs(
        paragraph(_proposed(facts), describe_perubahan(facts)),
        paragraph(describe_bobot(facts), _unreliable(facts)),
        describe_ketahanan(facts),
        _decisions(facts, _LOKUS, "desa"),
    )


def _proposed(facts: Facts) -> str:
    if not facts.any("jumlah_lokus_diusulkan"):
        return "Belum ada desa/kelurahan yang dapat diusulkan menjadi lokus dari data ini."
    syarat = {"usulan": "diusulkan lokus"}
    rows = facts.rows(_LOKUS, **syarat).sort_values(["kecamatan", "desa"], kind="stable")
    count = sentence(
        f"{facts.lead('jumlah_lokus_diusulkan', 'desa/kelurahan')} diusulkan menjadi lokus tahun "
        f"{facts.hasil.tahun + 1}"
    )
    if rows.empty:
        return count
    names = facts.names(_LOKUS, rows["baris"].tolist(), "desa", **syarat)
    kecamatan = rows.drop_duplicates("kecamatan")["baris"]
    spread = clauses(*(facts.angka(f"{_LOKUS}/{baris}/kecamatan") for baris in kecamatan))
    return paragraph(
        count,
        sentence(f"menurut abjad kecamatan lalu desa, usulan itu mencakup {names}"),
        sentence(f"letaknya tersebar di kecamatan {spread}") if len(kecamatan) > 1 else "",
    )


def _unreliable(facts: Facts) -> str:
    if not facts.any("jumlah_desa_tidak_andal"):
        return ""
    return sentence(
        f"data {facts.n('jumlah_desa_tidak_andal')} desa/kelurahan belum andal karena balita yang "
        "diukur terlalu sedikit atau kehadirannya kurang; desa itu tetap dipantau dan perlu "
        "didahulukan dalam perbaikan pengukuran"
    )


def describe_tindak_lanjut(hasil: HasilReviu) -> tuple[str, ...]:
    """Return what became of last year's recommendations."""
    facts = Facts(hasil)
    if facts.rows(_TINDAK).empty:
        return unavailable(
            "tindak lanjut rekomendasi tahun lalu", "pelaksanaannya belum dapat dinilai"
        )
    return paragraphs(
        paragraph(_followed(facts), _lesson(facts)),
        paragraph(_unproven(facts), _overdue(facts), _silent(facts)),
    )


def _followed(facts: Facts) -> str:
    counts = clauses(
        facts.count("jumlah_tindak_lanjut_selesai", "sudah selesai", "belum ada yang selesai"),
        _some(facts, "jumlah_tindak_lanjut_berjalan", "masih berjalan"),
        _some(facts, "jumlah_tindak_lanjut_belum", "belum dilaksanakan atau tidak dilaporkan"),
    )
    return sentence(
        f"dari {facts.n('jumlah_tindak_lanjut')} rekomendasi reviu tahun lalu, {counts}"
    )


def _some(facts: Facts, kunci: str, words: str) -> str:
    return f"{facts.n(kunci)} {words}" if facts.any(kunci) else ""


def _lesson(facts: Facts) -> str:
    if facts.any("jumlah_tindak_lanjut_belum"):
        return (
            "Rekomendasi yang belum dilaksanakan perlu ditimbang kembali: dilanjutkan dengan "
            "penanggung jawab dan tenggat baru, atau dinyatakan tidak relevan lagi."
        )
    return ""


def _unproven(facts: Facts) -> str:
    return _judged(facts, "selesai tanpa bukti", "dilaporkan selesai tetapi buktinya belum dicatat")


def _judged(facts: Facts, penilaian: str, predicate: str) -> str:
    """Return how many recommendations of last year are judged so; nothing for none."""
    syarat = {"penilaian": penilaian}
    if facts.rows(_TINDAK, **syarat).empty:
        return ""
    return sentence(f"{facts.lead(hitungan(_TINDAK, **syarat), 'rekomendasi')} {predicate}")


def _overdue(facts: Facts) -> str:
    rows = facts.rows(_TINDAK, penilaian="terlambat").dropna(subset=["lewat_tenggat_hari"])
    if rows.empty:
        return ""
    baris = rows.sort_values("lewat_tenggat_hari", ascending=False, kind="stable")["baris"].iloc[0]
    return sentence(
        f"yang paling lama lewat tenggat, {facts.angka(f'{_TINDAK}/{baris}/lewat_tenggat_hari')} "
        f"hari, ialah {facts.angka.tercatat(f'{_TINDAK}/{baris}/rekomendasi')}"
    )


def _silent(facts: Facts) -> str:
    words = "tidak dilaporkan keadaannya, sehingga pelaksanaannya belum diketahui"
    return _judged(facts, "tidak dilaporkan", words)
