"""Chapter IV, supply: what is filled, what falls short, and what the coverage beside it asks."""

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

_TABEL = "pasokan"
# How many shortfalls are put to the meeting beside the coverage of their indicator.
_DITANYAKAN = 3


def describe_pasokan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how many supply indicators are filled, the short ones, and questions on coverage."""
    facts = Facts(hasil)
    if not facts.any("jumlah_pasokan"):
        return _nothing(facts)
    return paragraphs(paragraph(_filled(facts), _short(facts), _beyond(facts)), _questions(facts))


def _nothing(facts: Facts) -> tuple[str, ...]:
    if not facts.known("jumlah_pasokan_resmi"):
        return unavailable("pasokan", "ketersediaan sarana layanan belum dapat diuraikan")
    none = f"{facts.n('jumlah_pasokan')} dari {facts.n('jumlah_pasokan_resmi')}"
    return (
        sentence(
            f"data indikator pasokan belum diisi ({none} terisi), dan daftar resminya belum terbaca"
        ),
    )


def _filled(facts: Facts) -> str:
    if not facts.known("jumlah_pasokan_resmi"):
        return sentence(f"{facts.daerah} mengisi {facts.n('jumlah_pasokan')} indikator pasokan")
    return sentence(
        f"{facts.daerah} mengisi {facts.n('jumlah_pasokan')} dari "
        f"{facts.n('jumlah_pasokan_resmi')} indikator pasokan; daftar resminya belum "
        "terbaca, sehingga kesesuaian namanya belum dapat diperiksa"
    )


def _short(facts: Facts) -> str:
    rows = facts.rows(_TABEL, tingkat="kabupaten", kecukupan="kurang")
    if rows.empty:
        return "Setiap pasokan yang terisi sama dengan atau melebihi kebutuhannya."
    ordered = rows.sort_values("kecukupan_persen", kind="stable")["baris"].tolist()
    first = ordered[:_DITANYAKAN]
    named = clauses(*(_level(facts, baris) for baris in first))
    return sentence(
        f"{facts.lead('jumlah_pasokan_kurang', 'pasokan')} di bawah kebutuhan"
        f"{', paling jauh' if len(ordered) > len(first) else ', yaitu'} {named}"
    )


def _level(facts: Facts, baris: str) -> str:
    cell = f"{_TABEL}/{baris}"
    text = (
        f"{facts.angka(f'{cell}/nama')} ({facts.angka(f'{cell}/kecukupan_persen')} persen dari "
        "kebutuhan"
    )
    places = facts.hasil.value(f"{cell}/jumlah_tempat_kurang")
    if not pd.isna(places) and places:
        text += f", kurang di {facts.angka(f'{cell}/jumlah_tempat_kurang')} tempat"
    if str(facts.hasil.value(f"{cell}/status_data")) == "sementara":
        text += ", angka sementara"
    return f"{text})"


def _beyond(facts: Facts) -> str:
    rows = facts.rows(_TABEL, tingkat="kabupaten", kecukupan="melebihi kebutuhan")
    if rows.empty:
        return ""
    names = facts.names(
        _TABEL, rows["baris"].tolist(), "nama", tingkat="kabupaten", kecukupan="melebihi kebutuhan"
    )
    return sentence(f"ketersediaan {names} melebihi kebutuhan; kebutuhannya perlu diperiksa")


def _questions(facts: Facts) -> str:
    """Return one question for each shortfall whose indicator also falls short or fell."""
    rows = facts.rows(_TABEL, tingkat="kabupaten", kecukupan="kurang", capaian_terkait_persen="*")
    short = rows["status_terkait"].eq("belum tercapai") | rows["perubahan_terkait"].eq("memburuk")
    behind = rows[short.fillna(False).astype(bool)]
    ordered = behind.sort_values("kecukupan_persen", kind="stable")["baris"].head(_DITANYAKAN)
    return paragraph(*(_one_question(facts, f"{_TABEL}/{baris}") for baris in ordered))


def _one_question(facts: Facts, cell: str) -> str:
    short = str(facts.hasil.value(f"{cell}/status_terkait")) == "belum tercapai"
    fell = str(facts.hasil.value(f"{cell}/perubahan_terkait")) == "memburuk"
    words = clauses(
        "belum mencapai target" if short else "", "memburuk dibanding tahun lalu" if fell else ""
    )
    return paragraph(
        sentence(
            f"pasokan {facts.angka(f'{cell}/nama')} {facts.angka(f'{cell}/kecukupan_persen')} "
            f"persen dari kebutuhan, sedangkan cakupan "
            f"{facts.angka(f'{cell}/indikator', 'teks_sambung')} "
            f"{facts.angka(f'{cell}/capaian_terkait_persen')} persen, {words}"
        ),
        "Apakah kekurangan pasokan itu dirasakan pada layanannya, di tempat mana, dan sejak kapan?",
    )
