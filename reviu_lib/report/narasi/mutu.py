"""Data quality, and the check of published recaps."""

from __future__ import annotations

import re

import pandas as pd

from reviu_lib.formatting import format_number, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_MUTU = "mutu_data"
_REKAP = "rekap_indikator"
# How many contradictions, and how many kinds of findings, are told one by one.
_DIURAIKAN = 6
_JENIS_DIURAIKAN = 3
_PETUNJUK = (
    "Tempat setiap temuan beserta saran perbaikannya tercantum pada daftar mutu data (Lampiran D)."
)
_TINGKAT = {"jumlah_galat": "galat", "jumlah_peringatan": "peringatan", "jumlah_catatan": "catatan"}


def describe_mutu(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how many findings the files gave, the gravest ones, and what they mean."""
    facts = Facts(hasil)
    return paragraphs(
        paragraph(_read(facts), _found(facts)),
        *_gravest(facts),
        _measured(facts),
    )


def _read(facts: Facts) -> str:
    if not facts.any("jumlah_berkas"):
        return ""
    return sentence(f"reviu ini membaca {facts.n('jumlah_berkas')} berkas masukan")


def _found(facts: Facts) -> str:
    parts = clauses(
        *(f"{facts.n(kunci)} {words}" for kunci, words in _TINGKAT.items() if facts.any(kunci))
    )
    if not parts:
        return "Pemeriksaan berkas tidak menghasilkan temuan."
    halted = (
        "Galat menghentikan pemakaian sel, baris, atau tabel yang bersangkutan saja; data lain "
        "tetap dipakai."
        if facts.any("jumlah_galat")
        else "Tanpa galat, data yang dibaca dapat dipakai dengan memperhatikan temuan tersebut."
    )
    return paragraph(sentence(f"pemeriksaan berkas menghasilkan {parts}"), halted)


def _gravest(facts: Facts) -> tuple[str, ...]:
    """Return one paragraph for the errors and one for the warnings, the last with the way on."""
    told = paragraphs(*(_told(facts, tingkat) for tingkat in ("galat", "peringatan")))
    return (*told[:-1], paragraph(told[-1], _PETUNJUK)) if told else ()


def _told(facts: Facts, tingkat: str) -> str:
    """Return the most frequent kinds of one severity, and how many other kinds there are."""
    rows = facts.rows(_MUTU, tingkat=tingkat)
    if rows.empty:
        return ""
    kinds = rows.sort_values("jumlah", ascending=False, kind="stable").drop_duplicates("kode")
    told = kinds["baris"].head(_JENIS_DIURAIKAN)
    return paragraph(
        sentence(f"{tingkat} yang perlu diperhatikan adalah sebagai berikut"),
        *(_one_finding(facts, baris) for baris in told),
        _other_kinds(facts, tingkat, len(kinds) - len(told)),
    )


def _other_kinds(facts: Facts, tingkat: str, rest: int) -> str:
    if not rest:
        return ""
    count = facts.angka.hitung(_MUTU, _JENIS_DIURAIKAN, tingkat=tingkat, beda="kode")
    return sentence(f"selain itu, terdapat {count} jenis {tingkat} lain")


def _one_finding(facts: Facts, baris: str) -> str:
    row = facts.rows(_MUTU, baris=baris).iloc[0]
    text = facts.angka(f"{_MUTU}/{baris}/uraian", "teks_kalimat")
    opening = "terdapat " if str(row["uraian"])[:1].isdigit() else ""
    return sentence(f"{opening}{text}{_how_often(facts, row)}")


def _how_often(facts: Facts, row: pd.Series) -> str:
    """Return how many cells or rows, unless once or already said."""
    if is_missing(row["jumlah"]) or row["jumlah"] == 1:
        return ""
    said = re.escape(format_number(row["jumlah"])) + "|" + str(row["jumlah"])
    if re.search(rf"(?<![\d.,])(?:{said})(?![.,]?\d)", str(row["uraian"])):
        return ""
    asal = f"{_MUTU}/{row['baris']}/jumlah"
    return f" (pada {facts.angka(asal)} sel atau baris)"


def _measured(facts: Facts) -> str:
    if not facts.any("jumlah_pengukuran"):
        return ""
    doubles = (
        f"; {facts.n('jumlah_duplikat')} pengukuran ganda sudah disatukan"
        if facts.any("jumlah_duplikat")
        else ", tanpa pengukuran ganda"
    )
    return paragraph(
        sentence(
            f"pengukuran balita yang dipakai berjumlah {facts.n('jumlah_pengukuran')} baris dari "
            f"{facts.n('jumlah_anak')} balita{doubles}"
        ),
        "Identitas balita diganti nama samaran saat berkas dibaca dan tidak disimpan.",
    )


def describe_rekap(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how a published recap stands when recomputed, and where it contradicts itself."""
    facts = Facts(hasil)
    if facts.rows(_REKAP).empty:
        return unavailable("rekap indikator terbitan", "pemeriksaan ulang rekap tidak dilakukan")
    return paragraphs(
        paragraph(_recap_rows(facts), _recap_agreement(facts)),
        _contradictions(facts),
        _not_recomputed(facts),
    )


def _recap_rows(facts: Facts) -> str:
    matched = facts.count(
        "jumlah_rekap_cocok_katalog",
        "cocok dengan indikator pada katalog",
        "belum ada yang cocok dengan indikator pada katalog",
    )
    return paragraph(
        sentence(f"dari {facts.n('jumlah_baris_rekap')} baris rekap terbitan, {matched}"),
        "Baris yang tidak cocok tetap ditampilkan pada tabel agar tidak ada angka yang hilang.",
    )


def _recap_agreement(facts: Facts) -> str:
    agreed = facts.count(
        "jumlah_rekap_sesuai",
        "baris sesuai dengan angka tercetak",
        "belum ada baris yang sesuai dengan angka tercetak",
    )
    against = (
        f"{facts.lead('jumlah_rekap_bertentangan', 'baris')} memuat pertentangan, baik dengan "
        "hitung ulang, dengan baris lain, maupun dengan rekap tahun lalu"
        if facts.any("jumlah_rekap_bertentangan")
        else "baris yang bertentangan tidak ditemukan"
    )
    return paragraph(
        sentence(
            f"setelah dihitung ulang dari pembilang dan penyebutnya, {agreed} sampai batas "
            "pembulatan"
        ),
        sentence(against),
    )


def _contradictions(facts: Facts) -> str:
    rows = facts.rows(_REKAP)
    wrong = rows["status"].eq("tidak cocok").fillna(False)
    noted = rows.assign(wrong=wrong)[wrong | rows["keterangan"].notna()]
    if noted.empty:
        return ""
    told = noted.sort_values("wrong", ascending=False, kind="stable")["baris"].head(_DIURAIKAN)
    return paragraph(
        "Catatan terpenting atas rekap itu adalah sebagai berikut.",
        *(_one_contradiction(facts, baris) for baris in told),
        "Semuanya merupakan pola yang perlu diverifikasi kepada penyusun rekap, dengan memeriksa "
        "lebih dahulu penulisan angka, pembulatan, dan pilihan penyebut.",
    )


def _one_contradiction(facts: Facts, baris: str) -> str:
    row = facts.rows(_REKAP, baris=baris).iloc[0]
    name = facts.angka.tercatat(f"{_REKAP}/{baris}/indikator")
    note = (
        ""
        if is_missing(row["keterangan"])
        else f"; {facts.angka(f'{_REKAP}/{baris}/keterangan', 'teks_sambung')}"
    )
    return sentence(f"pada indikator {name}, {_printed(facts, row)}{note}")


def _printed(facts: Facts, row: pd.Series) -> str:
    """Return what is printed beside what follows from the numerator and the denominator."""
    if is_missing(row["capaian_tercetak"]) or is_missing(row["capaian_hitung"]):
        return "angka tercetak tidak dapat dibandingkan dengan hitung ulang"
    printed = facts.angka(f"{_REKAP}/{row['baris']}/capaian_tercetak")
    if row["status"] == "cocok":
        return f"angka tercetak {printed} sesuai dengan hitung ulang"
    again = facts.angka(f"{_REKAP}/{row['baris']}/capaian_hitung")
    return f"angka tercetak {printed} sedangkan hitung ulang menghasilkan {again}"


def _not_recomputed(facts: Facts) -> str:
    parts = []
    for status, words in (
        ("tidak dapat dihitung ulang", "baris tidak dapat dihitung ulang"),
        ("data tidak ada", "baris tidak memuat data"),
    ):
        if len(facts.rows(_REKAP, status=status)):
            parts.append(f"{facts.angka.hitung(_REKAP, status=status)} {words}")
    if not parts:
        return ""
    return sentence(
        f"selain itu, {clauses(*parts)}; sel kosong, galat rumus, dan tanda tidak ada pada rekap "
        "dibaca sebagai data yang hilang, bukan nol"
    )
