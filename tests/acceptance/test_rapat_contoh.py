"""The meeting kit of the examples: the numbers of the page, a page per place, 12 to 15 slides."""

import io
import re
from html import unescape

import pypdf
import pytest

from reviu_lib import load_bahan
from reviu_lib.formatting import format_value
from reviu_lib.report.angka import resolve_asal
from reviu_lib.report.dokumen.blok import Tabel
from reviu_lib.report.rapat import list_naskah, susun_lembar, susun_paparan, write_lembar
from reviu_lib.review.konteks import build_konteks
from reviu_lib.review.lokasi import list_jangkauan
from reviu_lib.settings import IsianRapat

_ANGKA = re.compile(r"<(?:data|time)\b([^>]*)>([^<]*)</(?:data|time)>")
_ATRIBUT = re.compile(r'data-(asal|format)="([^"]*)"')


@pytest.fixture(scope="module")
def perangkat(laporan, ruang_contoh):
    """The documents, slides, and sheets of one example, beside its page and result."""
    page, hasil = laporan
    isian = IsianRapat(kode=hasil.kode_kabupaten, tahun=hasil.tahun)
    bahan = load_bahan(hasil.kode_kabupaten, hasil.tahun, ruang=ruang_contoh)
    lembar = susun_lembar(hasil, isian, list_jangkauan(build_konteks(bahan)))
    return page, hasil, list_naskah(hasil, isian), susun_paparan(hasil, isian), lembar


def list_kata(naskah, paparan, lembar):
    """Return every computed word of the kit."""
    parts = [*naskah.values(), *paparan.slaid]
    parts += [sheet for berkas in lembar.values() for sheet in berkas.lembar]
    return [kata for part in parts for kata in part.kata if kata.asal]


def read_page(page):
    """Return what the page prints at each address and format."""
    found = {}
    for attributes, text in _ANGKA.findall(page):
        told = {key: unescape(value) for key, value in _ATRIBUT.findall(attributes)}
        found[told.get("asal", ""), told.get("format", "tanggal")] = unescape(text)
    return found


def test_slides_sheets_and_documents_print_what_the_page_prints(perangkat):
    page, _, *kit = perangkat
    shown = read_page(page)
    both = [kata for kata in list_kata(*kit) if (kata.asal, kata.format) in shown]
    assert len({kata.asal for kata in both}) > 30
    for kata in both:
        assert kata.teks == shown[kata.asal, kata.format], kata.asal


def test_every_number_of_the_kit_is_that_of_its_address(perangkat):
    _, hasil, *kit = perangkat
    known = {(kata.asal, kata.format): kata.teks for kata in list_kata(*kit)}
    assert len(known) > 500
    for (asal, format), teks in known.items():
        if format not in {"teks", "kode", "pilihan"}:
            assert teks == format_value(resolve_asal(hasil, asal), format)


def test_each_place_has_exactly_one_page(perangkat):
    *_, lembar = perangkat
    for berkas in lembar.values():
        assert len(pypdf.PdfReader(io.BytesIO(write_lembar(berkas))).pages) == len(berkas.lembar)


def test_activities_received_by_name_are_those_that_the_review_counts(perangkat):
    _, hasil, _, _, lembar = perangkat
    counted = hasil.konvergensi_desa.set_index("kode_desa")["jumlah_kegiatan"]
    for sheet in lembar["lokus"].lembar:
        assert len(sheet.daftar[0].butir) >= counted[sheet.kode]


def test_each_output_has_a_chart_and_the_decisions_have_one(perangkat):
    charts = {slaid.kode: len(slaid.grafik) for slaid in perangkat[3].slaid}
    assert 12 <= len(charts) <= 15
    for kode in ("cakupan", "kegiatan", "anggaran", "hambatan", "prevalensi", "rekomendasi",
                 "putusan"):  # fmt: skip
        assert charts[kode] >= 1


def test_each_proposal_to_decide_has_one_row_in_the_minutes(perangkat):
    _, hasil, naskah, *_ = perangkat
    tables = [blok for blok in naskah["berita-acara"].blok if isinstance(blok, Tabel)]
    ids = [baris.sel[0].teks for table in tables for baris in table.baris]
    for tabel in (hasil.rekomendasi, hasil.usulan_kegiatan, hasil.rancangan_kegiatan):
        assert all(ids.count(kode) == 1 for kode in tabel["id_usulan"])
