"""Chapter V: realisation of the activity plan: output, the way from Rembuk to realisation, time."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from reviu_lib.formatting import is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "realisasi_kegiatan"
_KASKADE = "kaskade"
# The five stations of an agreed activity, in order, as sentences name them.
_STASIUN = {
    "rembuk": "kesepakatan Rembuk",
    "rkpd": "RKPD",
    "renja": "Renja",
    "dpa": "DPA",
    "realisasi": "realisasi anggaran",
}


def describe_kegiatan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return output, cascade, and time of the activities planned for the year."""
    facts = Facts(hasil)
    if not facts.any("jumlah_kegiatan"):
        return unavailable(
            f"rencana kegiatan {facts.daerah}", "realisasi rencana kegiatan belum dapat dinilai"
        )
    return paragraphs(
        paragraph(_plan(facts), _output(facts), _unreported(facts)),
        _shortfall(facts),
        paragraph(_cascade(facts), _largest_loss(facts), _altered(facts)),
        paragraph(_unwritten(facts), _added_later(facts)),
        paragraph(_time(facts), _windows(facts), _latest(facts), _still_open(facts)),
    )


def _plan(facts: Facts) -> str:
    return sentence(
        f"rencana tahun {facts.hasil.tahun} memuat {facts.n('jumlah_kegiatan')} kegiatan yang "
        f"dilaksanakan oleh {facts.n('jumlah_opd')} OPD"
    )


def _output(facts: Facts) -> str:
    if not facts.any("jumlah_kegiatan_dinilai"):
        return (
            "Output kegiatan belum dapat dinilai karena target atau realisasinya belum dilaporkan."
        )
    reached = facts.count(
        "jumlah_output_tercapai",
        "mencapai target setahun",
        "belum ada yang mencapai target setahun",
    )
    below = facts.count(
        "jumlah_output_belum", "belum mencapainya", "tidak ada yang tertinggal dari target"
    )
    return paragraph(
        sentence(
            f"dari {facts.n('jumlah_kegiatan_dinilai')} kegiatan yang output-nya dapat dinilai, "
            f"{reached} dan {below}"
        ),
        _mean_score(facts),
    )


def _mean_score(facts: Facts) -> str:
    if not facts.known("rerata_skor_output_persen"):
        return ""
    partial = (
        f"; karena data berhenti pada {facts.batas_data}, sebagian output masih dapat bertambah"
        if facts.sebagian_tahun
        else ""
    )
    return sentence(
        "rerata skor output, dengan capaian tiap kegiatan paling tinggi dihitung penuh, adalah "
        f"{facts.n('rerata_skor_output_persen')} persen{partial}"
    )


def _unreported(facts: Facts) -> str:
    if not facts.any("jumlah_output_tanpa_data"):
        return ""
    return sentence(
        f"{facts.lead('jumlah_output_tanpa_data', 'kegiatan')} belum melaporkan realisasi output; "
        "keadaan ini berarti belum diketahui, bukan nol"
    )


def _shortfall(facts: Facts) -> str:
    rows = facts.rows(_TABEL, status_output="belum tercapai", capaian_output_persen="*")
    if rows.empty:
        return ""
    baris = rows.sort_values("capaian_output_persen", kind="stable")["baris"].tolist()
    first = sentence(f"output yang paling jauh dari target ialah {_named(facts, baris[0])}")
    rest = [_named(facts, satu) for satu in baris[1:3]]
    return paragraph(
        first,
        _cause(facts, baris[0]),
        sentence(f"berikutnya ialah {clauses(*rest)}") if rest else "",
        _consequence(facts, rows),
    )


def _named(facts: Facts, baris: str) -> str:
    name = facts.angka(f"{_TABEL}/{baris}/sub_kegiatan")
    known = not is_missing(facts.hasil.value(f"{_TABEL}/{baris}/opd"))
    owner = f"{facts.angka(f'{_TABEL}/{baris}/opd')}, " if known else ""
    level = facts.angka(f"{_TABEL}/{baris}/capaian_output_persen")
    return f"{name} ({owner}{level} persen)"


def _cause(facts: Facts, baris: str) -> str:
    recorded = facts.rows("faktor_penghambat", keadaan="tercatat", id_kegiatan=baris)
    if recorded.empty:
        return "Hambatan untuk kegiatan itu belum dicatat, sehingga penyebabnya perlu dibahas."
    quote = facts.angka.tercatat(f"faktor_penghambat/{recorded['baris'].iloc[0]}/uraian")
    return sentence(f"hambatan yang dicatat untuk kegiatan itu ialah {quote}")


def _consequence(facts: Facts, rows: pd.DataFrame) -> str:
    linked = rows["indikator_terkait"].notna()
    if not linked.any():
        return ""
    return (
        "Kekurangan output tersebut berkaitan dengan indikator cakupan pada bab sebelumnya, "
        "sehingga keduanya perlu dibaca bersama saat menyusun rencana tahun depan."
    )


def _cascade(facts: Facts) -> str:
    if not facts.any("kaskade_rembuk_jumlah"):
        return (
            "Data kesepakatan Rembuk Stunting tidak tersedia, sehingga jejak kegiatan sampai "
            "dokumen anggaran belum dapat ditelusuri."
        )
    later = clauses(*(_station(facts, kunci) for kunci in ("rkpd", "renja", "dpa")))
    spent = facts.count("kaskade_realisasi_jumlah", "kegiatan", "belum ada kegiatan")
    money = f" ({facts.n('kaskade_realisasi_rp')})" if _has_money(facts, "realisasi") else ""
    return paragraph(
        sentence(
            f"rembuk Stunting menyepakati {facts.n('kaskade_rembuk_jumlah')} kegiatan"
            f"{_worth(facts)}"
        ),
        sentence(f"dari jumlah itu, yang berlanjut adalah {later}") if later else "",
        sentence(f"pada ujungnya, {spent} di antaranya sudah mempunyai realisasi anggaran{money}"),
    )


def _worth(facts: Facts) -> str:
    return f" dengan pagu {facts.n('kaskade_rembuk_rp')}" if _has_money(facts, "rembuk") else ""


def _has_money(facts: Facts, kunci: str) -> bool:
    return bool(facts.value(f"kaskade_{kunci}_rp"))


def _station(facts: Facts, kunci: str) -> str:
    if not facts.known(f"kaskade_{kunci}_jumlah"):
        return ""
    money = f" ({facts.n(f'kaskade_{kunci}_rp')})" if _has_money(facts, kunci) else ""
    none = f"tidak ada kegiatan pada {_STASIUN[kunci]}"
    return facts.count(f"kaskade_{kunci}_jumlah", f"kegiatan pada {_STASIUN[kunci]}{money}", none)


def _largest_loss(facts: Facts) -> str:
    counts = {kunci: facts.value(f"kaskade_{kunci}_jumlah") for kunci in _STASIUN}
    known = {kunci: count for kunci, count in counts.items() if count is not None}
    losses = {(before, after): known[before] - known[after] for before, after in pairwise(known)}
    if not losses or not known.get("rembuk"):
        return ""
    (before, after), loss = max(losses.items(), key=lambda item: item[1])
    if loss <= 0:
        return "Jumlah kegiatan yang disepakati terjaga pada setiap tahap itu."
    return sentence(
        f"jumlah kegiatan paling banyak berkurang antara {_STASIUN[before]} dan {_STASIUN[after]}, "
        "sehingga tahap inilah yang perlu dijaga pada siklus berikutnya"
    )


def _altered(facts: Facts) -> str:
    syarat = {"disepakati_rembuk": "ya", "status_dpa": "tidak masuk"}
    rows = facts.rows(_TABEL, **syarat)
    if rows.empty:
        return ""
    names = facts.names(_TABEL, rows["baris"].tolist(), "sub_kegiatan", **syarat)
    return paragraph(
        sentence(f"kegiatan yang disepakati tetapi tidak masuk DPA ialah {names}"),
        _reasons(facts, rows),
    )


def _reasons(facts: Facts, rows: pd.DataFrame) -> str:
    written = rows.dropna(subset=["alasan"]).drop_duplicates("alasan")["baris"].head(2)
    if written.empty:
        return "Alasannya belum dicatat."
    quotes = [facts.angka.tercatat(f"{_TABEL}/{baris}/alasan") for baris in written]
    return sentence(f"alasan yang dicatat ialah {clauses(*quotes)}")


def _unwritten(facts: Facts) -> str:
    """Say where a status or an amount of an agreed activity is not written."""
    rows = facts.rows(_KASKADE)
    status = rows.loc[rows["kosong_jumlah"].gt(0), "baris"]
    money = rows.loc[rows["tanpa_rupiah_jumlah"].gt(0), "baris"]
    parts = [
        *(_stage(facts, baris, "kosong_jumlah", "tanpa keterangan pada") for baris in status),
        *(
            _stage(facts, baris, "tanpa_rupiah_jumlah", "tanpa nilai rupiah pada")
            for baris in money
        ),
    ]
    if not parts:
        return ""
    return sentence(
        f"isian yang kosong ialah {clauses(*parts)}; itu berarti belum diketahui, bukan tidak "
        "masuk dan bukan nol"
    )


def _stage(facts: Facts, baris: str, kolom: str, words: str) -> str:
    count = facts.angka(f"{_KASKADE}/{baris}/{kolom}")
    return f"{count} kegiatan {words} {facts.angka(f'{_KASKADE}/{baris}/tahap')}"


def _added_later(facts: Facts) -> str:
    """Say what entered the budget outside the agreement, apart from what was agreed."""
    rows = facts.rows(_KASKADE, baris="dpa")
    if rows.empty or not rows["baru_jumlah"].gt(0).any():
        return ""
    money = (
        f" dengan pagu {facts.angka(f'{_KASKADE}/dpa/baru_rp', 'rupiah_ringkas')}"
        if rows["baru_rp"].notna().any()
        else ""
    )
    return sentence(
        f"di luar kesepakatan Rembuk, {facts.angka(f'{_KASKADE}/dpa/baru_jumlah')} kegiatan berada "
        f"di DPA{money}; kegiatan itu dihitung terpisah dan tidak menutup kegiatan yang tidak masuk"
    )


def _time(facts: Facts) -> str:
    judged = ("jumlah_tepat_waktu", "jumlah_terlambat", "jumlah_lewat_rencana")
    if not facts.any(*judged):
        return (
            "Ketepatan waktu belum dapat dinilai karena tanggal rencana atau realisasi kegiatan "
            "belum dilaporkan."
        )
    counts = clauses(
        facts.count(judged[0], "kegiatan tepat waktu", "belum ada kegiatan yang tepat waktu"),
        _some(facts, judged[1], "selesai terlambat"),
        _some(facts, judged[2], "belum selesai padahal sudah lewat rencana"),
    )
    return paragraph(
        sentence(f"dari segi waktu, {counts}{_share_on_time(facts)}"), _time_unknown(facts)
    )


def _some(facts: Facts, kunci: str, words: str) -> str:
    return f"{facts.n(kunci)} {words}" if facts.any(kunci) else ""


def _share_on_time(facts: Facts) -> str:
    if not facts.any("tepat_waktu_persen"):
        return ""
    return (
        f"; kegiatan yang tepat waktu setara dengan {facts.n('tepat_waktu_persen')} persen dari "
        "kegiatan yang waktunya dapat dinilai"
    )


def _time_unknown(facts: Facts) -> str:
    parts = clauses(
        _some(facts, "jumlah_belum_jatuh_tempo", "kegiatan belum jatuh tempo"),
        _some(
            facts, "jumlah_waktu_tidak_diketahui", "kegiatan belum mempunyai tanggal yang dapat "
            "dinilai"
        ),
    )  # fmt: skip
    return sentence(f"selain itu, {parts}") if parts else ""


def _windows(facts: Facts) -> str:
    """Say how the windows went of activities that have several: the worst one judges."""
    if not facts.any("jumlah_kegiatan_berjendela"):
        return ""
    return sentence(
        f"{facts.lead('jumlah_kegiatan_berjendela', 'kegiatan')} mempunyai lebih dari satu jendela "
        f"pelaksanaan dan dinilai menurut jendela terburuknya; dari "
        f"{facts.n('jumlah_jendela_berulang')} jendela itu, "
        f"{facts.n('jumlah_jendela_berulang_tepat')} selesai tepat waktu"
    )


def _latest(facts: Facts) -> str:
    place = _place_of(facts, "terlambat_terburuk")
    if not place:
        return ""
    return sentence(
        f"keterlambatan terlama adalah {facts.n('terlambat_terburuk_hari')} hari, yaitu pada "
        f"{place}"
    )


def _still_open(facts: Facts) -> str:
    """Say what is known of a delay that has not ended: at least so many days."""
    place = _place_of(facts, "lewat_terlama")
    if not place:
        return ""
    return sentence(
        "di antara yang belum selesai, yang terlama sudah lewat sedikitnya "
        f"{facts.n('lewat_terlama_hari')} hari pada tanggal reviu dan masih berjalan, yaitu {place}"
    )


def _place_of(facts: Facts, kunci: str) -> str:
    """Return the activity of a longest delay and its recorded reason; empty without a delay."""
    id_kegiatan = facts.word(f"{kunci}_kegiatan_teks")
    if not id_kegiatan or not facts.any(f"{kunci}_hari"):
        return ""
    rows = facts.rows(_TABEL, baris=id_kegiatan)
    if rows.empty:
        return "satu kegiatan"
    name = facts.angka(f"{_TABEL}/{id_kegiatan}/sub_kegiatan")
    if is_missing(rows["alasan"].iloc[0]):
        return name
    reason = facts.angka.tercatat(f"{_TABEL}/{id_kegiatan}/alasan")
    return f"{name}, dengan alasan tercatat {reason}"
