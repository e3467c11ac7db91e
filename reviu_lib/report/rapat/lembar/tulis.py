"""Sheets as one PDF: a page each, with a bookmark for every place."""

from __future__ import annotations

from typing import Any

from reviu_lib.report.dokumen.blok import Isi, plain_text
from reviu_lib.report.dokumen.pdf import set_pdf
from reviu_lib.report.dokumen.pdf.huruf import breakable, clean
from reviu_lib.report.rapat.lembar.isi import BerkasLembar, Lembar


def write_lembar(berkas: BerkasLembar) -> bytes:
    """Return the sheets as a PDF/UA-1 file; each takes exactly one A4 page."""
    day = berkas.tanggal
    isi = {
        "judul": clean(berkas.judul),
        "kaki": clean(berkas.kaki),
        "penanda": berkas.penanda,
        "contoh": berkas.contoh,
        "tanggal": {"year": day.year, "month": day.month, "day": day.day},
        "lembar": [_page(lembar) for lembar in berkas.lembar],
    }
    return set_pdf("lembar", isi, {})


def _page(lembar: Lembar) -> dict[str, Any]:
    return {
        "judul": breakable(lembar.judul),
        "untuk": breakable(lembar.untuk),
        "pokok": [[clean(nama), _text(isi)] for nama, isi in lembar.pokok],
        "cakupan": _text(lembar.cakupan),
        "kepala": [clean(teks) for teks in lembar.kepala],
        "baris": [[_text(sel) for sel in baris.sel] for baris in lembar.baris],
        "daftar": [
            {
                "judul": clean(daftar.judul),
                "butir": [_text(isi) for isi in daftar.butir],
                "kosong": clean(daftar.kosong),
            }
            for daftar in lembar.daftar
        ],
        "tanya": [_text(isi) for isi in lembar.tanya],
    }


def _text(isi: Isi) -> str:
    return breakable(plain_text(isi))
