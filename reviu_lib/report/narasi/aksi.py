"""Chapter VIII: what hindered the year, as recorded and as the data suggest."""

from __future__ import annotations

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

_HAMBATAN = "faktor_penghambat"
_PETUNJUK = "petunjuk_hambatan"
# How many recorded barriers are told one by one.
_DIURAIKAN = 4
# How many signals are told one by one, of those not recorded and of those recorded.
_DITANYAKAN = 6
_SEJALAN = 3


def describe_hambatan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return recorded barriers with their solutions, and shortfalls nobody has explained yet."""
    facts = Facts(hasil)
    if facts.rows(_HAMBATAN).empty:
        return unavailable(f"hambatan {facts.daerah}", "faktor penghambat belum dapat diuraikan")
    recorded = facts.rows(_HAMBATAN, keadaan="tercatat")
    return paragraphs(
        paragraph(_counted(facts), _most_frequent(facts), _solved(facts)),
        paragraph(*(_one_barrier(facts, baris) for baris in _linked_first(recorded))),
        _solutions(facts, recorded),
        _unexplained(facts),
    )


def _counted(facts: Facts) -> str:
    if not facts.any("jumlah_hambatan"):
        return "Belum ada hambatan yang dicatat oleh OPD, kecamatan, atau puskesmas."
    linked = facts.rows(_HAMBATAN, keadaan="tercatat", kekurangan="*")
    return sentence(f"tercatat {facts.n('jumlah_hambatan')} hambatan{_share_linked(facts, linked)}")


def _share_linked(facts: Facts, linked: pd.DataFrame) -> str:
    if linked.empty:
        return ", tetapi belum ada yang berkaitan dengan kekurangan yang terukur"
    measured = "berkaitan dengan kekurangan yang terukur pada output, anggaran, waktu, atau cakupan"
    if len(linked) == facts.value("jumlah_hambatan"):
        return f", yang {'semuanya ' if len(linked) > 1 else ''}{measured}"
    count = facts.angka.hitung(_HAMBATAN, keadaan="tercatat", kekurangan="*")
    return f", dan {count} di antaranya {measured}"


def _most_frequent(facts: Facts) -> str:
    if not facts.known("kategori_terbanyak_teks", "kategori_terbanyak_jumlah"):
        return ""
    each = "masing-masing" if " dan " in facts.word("kategori_terbanyak_teks") else "yaitu"
    return sentence(
        f"kategori yang paling banyak muncul adalah {facts.n('kategori_terbanyak_teks')}, {each} "
        f"{facts.n('kategori_terbanyak_jumlah')} hambatan"
    )


def _solved(facts: Facts) -> str:
    if not facts.any("jumlah_hambatan"):
        return ""
    if not facts.any("jumlah_hambatan_selesai"):
        return "Sampai tanggal reviu belum ada hambatan yang dilaporkan selesai ditangani."
    return sentence(
        f"{facts.lead('jumlah_hambatan_selesai', 'hambatan')} dilaporkan selesai ditangani"
    )


def _linked_first(recorded: pd.DataFrame) -> list[str]:
    """Return the barriers to tell: those that explain a measured shortfall first."""
    order = recorded.assign(free=recorded["kekurangan"].isna()).sort_values("free", kind="stable")
    return order["baris"].head(_DIURAIKAN).tolist()


def _one_barrier(facts: Facts, baris: str) -> str:
    row = facts.rows(_HAMBATAN, baris=baris).iloc[0]
    return sentence(
        f"{_subject(facts, row)}{facts.angka.tercatat(f'{_HAMBATAN}/{baris}/uraian')}"
        f"{_root(facts, row)}{_solution(facts, row)}"
    )


def _subject(facts: Facts, row: pd.Series) -> str:
    for kolom, noun in (("sub_kegiatan", "kegiatan"), ("indikator", "indikator")):
        if not is_missing(row[kolom]):
            format = "teks" if kolom == "sub_kegiatan" else "teks_sambung"
            name = facts.angka(f"{_HAMBATAN}/{row['baris']}/{kolom}", format)
            return f"pada {noun} {name}{_measure(facts, row)}, hambatan yang dicatat ialah "
    return "hambatan umum yang dicatat ialah "


def _measure(facts: Facts, row: pd.Series) -> str:
    shown = {
        "capaian_output_persen": "capaian output",
        "serapan_persen": "serapan",
        "capaian_persen": "cakupan",
    }
    baris = row["baris"]
    parts = [
        f"{words} {facts.angka(f'{_HAMBATAN}/{baris}/{kolom}')} persen"
        for kolom, words in shown.items()
        if not is_missing(row[kolom])
    ]
    return f" ({', '.join(parts)})" if parts else ""


def _root(facts: Facts, row: pd.Series) -> str:
    if is_missing(row["akar_masalah"]):
        return ""
    root = facts.angka.tercatat(f"{_HAMBATAN}/{row['baris']}/akar_masalah")
    return f" dengan akar masalah {root}"


def _solution(facts: Facts, row: pd.Series) -> str:
    if is_missing(row["alternatif_solusi"]):
        return "; alternatif solusinya belum diusulkan"
    baris = row["baris"]
    asal = f"{_HAMBATAN}/{baris}/alternatif_solusi"
    if not is_missing(row["solusi_dari"]) and row["solusi_dari"] == "OPD":
        known = not is_missing(row["opd_pj"])
        owner = facts.angka(f"{_HAMBATAN}/{baris}/opd_pj") if known else "OPD"
        return f"; {owner} mengusulkan {facts.angka.tercatat(asal)}"
    return f"; sebagai arahan umum, {facts.angka(asal, 'teks_sambung')}"


def _solutions(facts: Facts, recorded: pd.DataFrame) -> str:
    if not facts.any("jumlah_hambatan_tanpa_solusi") or recorded.empty:
        return ""
    return sentence(
        f"untuk {facts.n('jumlah_hambatan_tanpa_solusi', 'bilangan')} hambatan, OPD belum "
        "mengusulkan alternatif solusi; tabel menampilkan arahan umum menurut kategorinya sebagai "
        "bahan diskusi, bukan sebagai usulan OPD"
    )


def _unexplained(facts: Facts) -> str:
    syarat = {"keadaan": "belum dicatat"}
    rows = facts.rows(_HAMBATAN, **syarat)
    if rows.empty:
        return ""
    kolom = "sub_kegiatan" if rows["sub_kegiatan"].notna().any() else "indikator"
    named = rows.dropna(subset=[kolom])["baris"].head(3)
    format = "teks" if kolom == "sub_kegiatan" else "teks_sambung"
    names = [facts.angka(f"{_HAMBATAN}/{baris}/{kolom}", format) for baris in named]
    return paragraph(
        sentence(
            f"{facts.lead(hitungan(_HAMBATAN, **syarat), 'kekurangan terukur')} belum mempunyai "
            "catatan hambatan",
            f", {'yaitu' if len(rows) == len(names) else 'antara lain'} {clauses(*names)}"
            if names
            else "",
        ).replace(" ,", ","),
        "Belum dicatat tidak berarti pelaksanaannya lancar; OPD penanggung jawab diharapkan "
        "menerangkan penyebabnya dalam rapat.",
    )


def describe_petunjuk(hasil: HasilReviu) -> tuple[str, ...]:
    """Return what the data suggest but nobody recorded, then what agrees with the records."""
    facts = Facts(hasil)
    if facts.rows("realisasi_kegiatan").empty and facts.rows("capaian_cakupan").empty:
        return unavailable(
            f"kegiatan dan cakupan {facts.daerah}", "petunjuk hambatan belum dapat dicari"
        )
    rows = facts.rows(_PETUNJUK)
    if rows.empty:
        return paragraphs(
            "Tanda yang dicari alat pada anggaran, jadwal, output, cakupan, dan lokasi belum "
            "terlihat pada data; apa yang menghambat tetap perlu ditanyakan dalam rapat."
        )
    recorded = rows["tercatat"].astype(bool)
    return paragraphs(
        _hinted(facts), *_questions(facts, rows[~recorded]), _agreeing(facts, rows[recorded])
    )


def _hinted(facts: Facts) -> str:
    if not facts.any("jumlah_petunjuk_belum_dicatat"):
        return ""
    return paragraph(
        sentence(
            f"{facts.lead('jumlah_petunjuk_belum_dicatat', 'petunjuk')} terlihat pada data tetapi "
            "belum dicatat sebagai hambatan"
        ),
        "Petunjuk adalah bahan bertanya, bukan sebab; rapat yang menerangkannya.",
    )


def _questions(facts: Facts, rows: pd.DataFrame) -> list[str]:
    told = [
        paragraph(_signal(facts, baris, "uraian"), _signal(facts, baris, "pertanyaan"))
        for baris in rows["baris"].head(_DITANYAKAN)
    ]
    return [*told, "Petunjuk selebihnya ada pada tabel."] if len(rows) > len(told) else told


def _agreeing(facts: Facts, rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    return paragraph(
        sentence(
            f"{facts.lead('jumlah_petunjuk_tercatat', 'petunjuk')} menyangkut kegiatan atau "
            "indikator yang hambatannya sudah dicatat"
        ),
        *(_signal(facts, baris, "uraian") for baris in rows["baris"].head(_SEJALAN)),
    )


def _signal(facts: Facts, baris: str, kolom: str) -> str:
    return facts.angka(f"{_PETUNJUK}/{baris}/{kolom}")
