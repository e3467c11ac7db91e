"""No text of a report says what is forbidden: the example, an empty kabupaten, part of a year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pandas as pd
import pytest

from reviu_lib.hasil import HasilReviu, table_names
from reviu_lib.report import Laporan
from reviu_lib.review import review

from .bahan_kecil import make_bahan
from .dunia import CONTOH, base, make_dunia
from .test_kalimat import LARANGAN

# Columns that hold sentences of ours; what people recorded stands in others.
KALIMAT = ("alasan", "pertanyaan", "tindakan", "saran", "uraian", "usulan_tahun_depan")
TERCATAT = {
    ("faktor_penghambat", "uraian"),
    ("kaskade", "alasan"),
    ("realisasi_kegiatan", "alasan"),
}
_UNSUR = "p|caption|figcaption|li|dd|h[1-6]"
_ALINEA = re.compile(rf"<({_UNSUR})\b[^>]*>(.*?)</(?:{_UNSUR})>", re.DOTALL)


def make_hasil(nama: str) -> HasilReviu:
    kind, _, which = nama.partition(" ")
    if kind == "kosong":
        return review(make_bahan(int(which)))
    now, before = make_dunia(which)
    if kind == "lalu":
        return review(before)
    if kind == "penuh":
        return base(which)
    until = dt.date(now.tahun, 7, 31)
    return review(replace(now, tanggal_cutoff=until, tanggal_reviu=until, edisi="persiapan"))


KEADAAN = [
    *(f"kosong {tahun}" for tahun in (2021, 2023, 2025)),
    *(f"{kind} {kode}" for kode in CONTOH for kind in ("penuh", "lalu", "sebagian")),
]


def own_sentences(hasil: HasilReviu) -> list[str]:
    """Return every sentence of ours in the tables."""
    found = []
    for name in table_names():
        frame = getattr(hasil, name)
        columns = [c for c in frame if c.startswith(KALIMAT) and (name, c) not in TERCATAT]
        for column in columns:
            found += frame[column].dropna().astype("string").unique().tolist()
    return found


def rendered(hasil: HasilReviu) -> list[str]:
    """Return the paragraphs, captions, and headings of every chapter and table."""
    laporan = Laporan(hasil)
    pages = [laporan.narasi(bab).html for bab in laporan.daftar_narasi() if bab != "banding"]
    pages += [laporan.tabel(nama).html for nama in laporan.daftar_tabel()]
    html = re.sub(r'<q class="tercatat">.*?</q>', "…", "\n".join(pages), flags=re.DOTALL)
    return [
        re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", part))).strip()
        for _, part in _ALINEA.findall(html)
    ]


@pytest.mark.parametrize("nama", KEADAAN)
def test_no_text_of_the_report_is_forbidden(nama):
    hasil = make_hasil(nama)
    partial = pd.Timestamp(hasil.tanggal_cutoff) < pd.Timestamp(hasil.tahun, 12, 31)
    rules = [rule for rule in LARANGAN if partial or rule["berlaku"] == "selalu"]
    texts = [*rendered(hasil), *own_sentences(hasil)]
    assert len(texts) > 40
    found = [
        (match.group(0), text[:200])
        for text in texts
        for rule in rules
        for match in re.finditer(rule["pola"], text, re.IGNORECASE)
    ]
    assert found == []
