"""The example plants stories of what hindered the year: the report asks about each only."""

import re
from html import unescape

import pytest

from reviu_lib.example import daftar_tanam

pytestmark = pytest.mark.xdist_group("contoh")
# Story → kinds of signals it must leave.
DITANAM = {
    "TENDER_TERLAMBAT": ("belanja_akhir", "mulai_terlambat"),
    "SERAPAN_TANPA_OUTPUT": ("serapan_tanpa_output",),
    "TTD_KOSONG_PUSKESMAS": ("pasokan",),
    "LOKUS_TANPA_KEGIATAN": ("lokus_tanpa_kegiatan",),
}


def planted(hasil):
    """Return kind and key of every signal that the stories of this kabupaten and year leave."""
    rows = daftar_tanam().query("jenis == 'cerita'")
    here = (rows["kode_kabupaten"] == hasil.kode_kabupaten) & (rows["tahun"] == hasil.tahun)
    rows = rows[here & rows["kode"].isin(list(DITANAM))]
    return {(kind, row.kunci) for row in rows.itertuples() for kind in DITANAM[row.kode]}


def words(html):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html)))


def test_every_planted_story_is_found_and_nothing_else_is(laporan):
    _, hasil = laporan
    rows = hasil.petunjuk_hambatan
    key = rows["id_kegiatan"].fillna(rows["kode_wilayah"])
    assert set(zip(rows["jenis"], key, strict=True)) == planted(hasil)


def test_the_stock_out_agrees_with_a_recorded_barrier_and_the_rest_is_asked(laporan):
    _, hasil = laporan
    rows = hasil.petunjuk_hambatan
    assert (rows["tercatat"] == (rows["jenis"] == "pasokan")).all()


def test_chapter_eight_tells_each_signal_and_asks_the_meeting(laporan):
    html, hasil = laporan
    text = words(html)
    rows = hasil.petunjuk_hambatan
    assert [said for said in rows["uraian"] if said not in text] == []
    asked = rows.loc[~rows["tercatat"].astype(bool), "pertanyaan"]
    assert [question for question in asked if question not in text] == []


def test_every_ground_of_a_signal_resolves(laporan):
    _, hasil = laporan
    for dasar in hasil.petunjuk_hambatan["dasar"].dropna():
        for asal in dasar.split(";"):
            hasil.value(asal)
