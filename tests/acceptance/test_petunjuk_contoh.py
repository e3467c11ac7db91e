"""The example plants stories of what hindered the year: the report asks about each only."""

import re
from html import unescape

from reviu_lib.catalog import load_aturan, load_indikator
from reviu_lib.example import daftar_tanam
from reviu_lib.example.skenario import read_data
from reviu_lib.review.konteks import split_indikator

# Story → kinds of signals it must leave.
DITANAM = {
    "TENDER_TERLAMBAT": ("belanja_akhir", "mulai_terlambat"),
    "SERAPAN_TANPA_OUTPUT": ("serapan_tanpa_output",),
    "TTD_KOSONG_PUSKESMAS": ("pasokan",),
    "LOKUS_TANPA_KEGIATAN": ("lokus_tanpa_kegiatan",),
}


def stories(hasil, *codes):
    """Return the planted stories of this kabupaten and year."""
    rows = daftar_tanam().query("jenis == 'cerita'")
    here = (rows["kode_kabupaten"] == hasil.kode_kabupaten) & (rows["tahun"] == hasil.tahun)
    return rows[here & rows["kode"].isin(codes)]


def planted(hasil):
    """Return kind and key of every signal that the stories of this kabupaten and year leave."""
    rows = stories(hasil, *DITANAM)
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


def test_each_of_the_five_stories_is_planted_in_both_kabupaten(laporan):
    _, hasil = laporan
    assert set(stories(hasil, *DITANAM, "TANPA_KAITAN_HASIL")["kode"]) == {
        *DITANAM, "TANPA_KAITAN_HASIL",
    }  # fmt: skip


def test_the_service_without_relation_to_the_outcome_is_found_and_told(laporan):
    html, hasil = laporan
    (kode,) = stories(hasil, "TANPA_KAITAN_HASIL")["kunci"]
    found = hasil.kaitan_desa.set_index("kode_indikator")
    coverage = hasil.capaian_cakupan.set_index("baris").loc[f"{kode}@{hasil.kode_kabupaten}"]
    assert coverage["status_tren"] == "naik"
    assert found.loc[kode, "kaitan"] == "tidak terlihat kaitan"
    assert "indikator tidak terlihat kaitan" in words(html)
    rows = [words(row) for row in re.findall(r"<tr\b.*?</tr>", html, re.DOTALL)]
    assert any(found.loc[kode, "indikator"] in row and "tidak terlihat kaitan" in row
               for row in rows)  # fmt: skip


def planted_change(hasil, kode):
    """Return the declared change of an indicator in points, better above zero."""
    era = load_aturan(hasil.tahun).set_indikator
    before, now = read_data("cakupan")[era][kode]["persen"]
    return (now - before) * (-1 if load_indikator(era)[kode].arah == "turun" else 1)


def test_only_what_was_planted_to_improve_makes_an_activity_effective(laporan):
    """Of activities of the whole kabupaten; those of one kecamatan follow its own coverage."""
    _, hasil = laporan
    plan = hasil.realisasi_kegiatan
    whole = plan.loc[plan["lokasi_realisasi"] == "Seluruh kecamatan", "id_kegiatan"]
    verdict = hasil.efektivitas_kegiatan.set_index("id_kegiatan")["efektivitas"]
    effective = set(verdict.index[verdict == "efektif"]) & set(whole)
    assert effective
    for kegiatan, rows in split_indikator(plan).groupby("id_kegiatan"):
        changes = [planted_change(hasil, kode) for kode in rows["kode_indikator"]]
        if kegiatan in effective:
            assert max(changes) > 0, kegiatan
