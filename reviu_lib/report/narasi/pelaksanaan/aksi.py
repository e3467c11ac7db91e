"""Chapter VII: progress of the aksi, evidence, time, barriers, and opportunities."""

from __future__ import annotations

import pandas as pd

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)
from reviu_lib.report.narasi.pelaksanaan.penilaian import (
    tell_bukti,
    tell_kecamatan,
    tell_kelas,
    tell_penilaian,
)

_AKSI = "penilaian_aksi"
_LEWAT = {
    "lewat rencana": "belum selesai dan sudah lewat dari tanggal rencananya",
    "sesudah waktu lazim": "tidak mempunyai tanggal rencana; selesainya sesudah waktu yang lazim, "
    "suatu asumsi reviu",
    "lewat waktu lazim": "belum selesai dan sudah lewat dari waktu yang lazim, suatu asumsi reviu, "
    "sedangkan tanggal rencananya tidak diisi",
}


def describe_aksi(hasil: HasilReviu) -> tuple[str, ...]:
    """Return progress of the aksi, evidence, delay, barriers, and opportunities."""
    facts = Facts(hasil)
    rows = facts.rows(_AKSI)
    # The review itself is always under way; it tells nothing about the other aksi.
    others = rows[rows["aksi"].ne(facts.aturan.aksi_reviu)]
    more = paragraph(tell_kecamatan(facts)), paragraph(tell_kelas(facts), tell_penilaian(facts))
    if others["status"].eq("tidak dilaporkan").fillna(True).all():
        silent = unavailable(
            f"pelaksanaan aksi {facts.daerah}", "kemajuan tiap aksi belum dapat dinilai"
        )
        return paragraphs(*silent, *more)
    return paragraphs(
        paragraph(_progress(facts), _by_status(facts), _unreported(facts, rows)),
        paragraph(_evidence(facts, rows), tell_bukti(facts), _delay(facts, rows), _usual(facts)),
        paragraph(_recorded(facts, rows, "hambatan"), _recorded(facts, rows, "peluang")),
        *more,
    )


def _progress(facts: Facts) -> str:
    if not facts.known("kemajuan_aksi_persen"):
        return "Kemajuan aksi belum dapat dihitung karena aksi yang dinilai belum ada."
    return sentence(
        f"kemajuan pelaksanaan {facts.n('jumlah_aksi')} aksi mencapai "
        f"{facts.n('kemajuan_aksi_persen')} persen{_by_group(facts)} dengan {_weights(facts)}"
    )


def _by_group(facts: Facts) -> str:
    parts = [
        f"aksi {name} {facts.n(f'kemajuan_aksi_{name}_persen')} persen"
        for name in ("utama", "pendukung")
        if facts.known(f"kemajuan_aksi_{name}_persen")
    ]
    return f" ({clauses(*parts)})" if len(parts) > 1 else ""


def _weights(facts: Facts) -> str:
    if len({aksi.bobot for aksi in facts.aturan.aksi}) == 1:
        return (
            "bobot yang sama untuk setiap aksi, suatu asumsi reviu karena bobot resmi belum "
            "ditemukan"
        )
    return "bobot yang dinyatakan pada definisi era"


def _by_status(facts: Facts) -> str:
    counts = clauses(
        facts.count("jumlah_aksi_selesai", "aksi selesai", "belum ada aksi yang selesai"),
        _some(facts, "jumlah_aksi_sebagian", "baru terlaksana sebagian"),
        _some(facts, "jumlah_aksi_belum", "belum dilaksanakan"),
        _some(facts, "jumlah_aksi_berjalan", "masih berjalan atau belum jatuh tempo"),
    )
    return paragraph(
        sentence(f"menurut laporan, {counts}"),
        "Aksi yang masih berjalan atau belum jatuh tempo tidak ikut dihitung dalam kemajuan."
        if facts.any("jumlah_aksi_berjalan")
        else "",
    )


def _some(facts: Facts, kunci: str, words: str) -> str:
    return f"{facts.n(kunci)} {words}" if facts.any(kunci) else ""


def _names(facts: Facts, rows: pd.DataFrame, **syarat: str) -> str:
    return facts.names(_AKSI, rows["baris"].tolist(), "nama", **syarat)


def _unreported(facts: Facts, rows: pd.DataFrame) -> str:
    silent = rows[rows["status"].eq("tidak dilaporkan").fillna(True)]
    if silent.empty:
        return ""
    return sentence(
        f"pelaksanaan {_names(facts, silent, status='tidak dilaporkan')} tidak dilaporkan, "
        "sehingga keadaannya belum diketahui"
    )


def _evidence(facts: Facts, rows: pd.DataFrame) -> str:
    finished = rows[rows["status"].eq("selesai").fillna(False)]
    if finished.empty:
        return ""
    bare = finished[finished["dokumen_bukti"].isna()]
    if bare.empty:
        return (
            "Aksi yang dilaporkan selesai disertai catatan dokumen bukti; kesesuaiannya tetap "
            "perlu diperiksa pada dokumen aslinya."
        )
    syarat = {"status": "selesai", "dokumen_bukti": ""}
    return sentence(
        f"dokumen bukti belum dicatat untuk {_names(facts, bare, **syarat)}, padahal aksi itu "
        "dilaporkan selesai; dokumen apa yang membuktikannya, dan di mana disimpan, perlu dijawab "
        "pada rapat"
    )


def _delay(facts: Facts, rows: pd.DataFrame) -> str:
    late = rows[rows["deviasi_hari"].gt(0).fillna(False)]
    if late.empty:
        if rows["deviasi_hari"].notna().any():
            return "Aksi yang tanggalnya tercatat selesai paling lambat pada tanggal rencananya."
        return ""
    ordered = late.sort_values("deviasi_hari", ascending=False, kind="stable")["baris"].head(3)
    parts = [
        f"{facts.angka(f'{_AKSI}/{baris}/nama')} ({facts.angka(f'{_AKSI}/{baris}/deviasi_hari')} "
        "hari)"
        for baris in ordered
    ]
    which = "keterlambatan terlama" if len(late) > len(parts) else "keterlambatan"
    return sentence(f"dibandingkan dengan rencana, {which} terjadi pada {clauses(*parts)}")


def _usual(facts: Facts) -> str:
    """Return what is unfinished past its plan, and what lies past the usual time of the era."""
    return paragraph(*(_past(facts, kata, words) for kata, words in _LEWAT.items()))


def _past(facts: Facts, kata: str, words: str) -> str:
    rows = facts.rows(_AKSI, ketepatan=kata)
    return "" if rows.empty else sentence(f"{_names(facts, rows, ketepatan=kata)} {words}")


def _recorded(facts: Facts, rows: pd.DataFrame, kolom: str) -> str:
    written = rows[rows[kolom].notna()]["baris"]
    if written.empty:
        return sentence(f"{kolom} pelaksanaan aksi belum dicatat")
    parts = [
        f"pada {facts.angka(f'{_AKSI}/{baris}/nama')}, "
        f"{facts.angka.tercatat(f'{_AKSI}/{baris}/{kolom}')}"
        for baris in written
    ]
    return sentence(f"{kolom} yang dicatat adalah sebagai berikut: {'; '.join(parts)}")
