"""The sheets: one page per place, numbers of the result, questions chosen from the data."""

import io

import pandas as pd
import pypdf
import pytest
from hasil_kecil import make_hasil, make_kosong
from pdf_teks import bookmarks, pages_of, squeeze

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.formatting import format_value
from reviu_lib.report.angka import resolve_asal
from reviu_lib.report.dokumen.blok import plain_text
from reviu_lib.report.rapat import susun_lembar, write_lembar
from reviu_lib.settings import IsianRapat

ISIAN = IsianRapat(kode="73.12", tahun=2024)
KOLOM = ["id_kegiatan", "kode_desa", "saat", "lingkup"]
# The longest name of an agency.
PANJANG = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk, dan KB"


def jangkauan(*rows):
    return pd.DataFrame(rows, columns=KOLOM, dtype="string")


def register(kode="73.12.01", **ganti):
    """One row of the register of August."""
    row = {
        "baris": f"register:{kode}", "jenis_angka": "register", "kode_wilayah": kode,
        "tingkat": "kecamatan", "wilayah": "Marioriwawo", "tahun": 2024, "periode": "Agustus",
        "sumber": "e-PPGBM", "hadir": 90, "diukur": 88, "stunting": 12, "sangat_pendek": 3,
        "sasaran": 120, "d_per_s_persen": 75.0, "prevalensi_persen": 13.64,
    }  # fmt: skip
    return pd.DataFrame([row | ganti])


def lokus_hasil(*lokus, **ganti):
    """The small result with these marks of focus desa."""
    frame = make_hasil().usulan_lokus.assign(lokus_tahun_ini=list(lokus))
    return make_hasil(usulan_lokus=frame, **ganti)


def sheets(hasil, *rows):
    files = susun_lembar(hasil, ISIAN, jangkauan(*rows))
    return {sheet.kode: sheet for berkas in files.values() for sheet in berkas.lembar}


def told(daftar):
    return [plain_text(isi) for isi in daftar.butir]


def test_each_kecamatan_and_each_focus_desa_has_a_page():
    files = susun_lembar(lokus_hasil(True, False), ISIAN, jangkauan())
    assert {name: len(berkas.lembar) for name, berkas in files.items()} == {
        "kecamatan": 2, "lokus": 1,
    }  # fmt: skip


def test_without_focus_desa_there_is_no_file_of_them():
    assert list(susun_lembar(make_hasil(), ISIAN, jangkauan())) == ["kecamatan"]
    assert susun_lembar(make_kosong(), ISIAN, jangkauan()) == {}


def test_every_number_of_a_sheet_is_that_of_its_address():
    hasil = lokus_hasil(True, True, perkembangan_prevalensi=register())
    marked = [kata for sheet in sheets(hasil).values() for kata in sheet.kata if kata.asal]
    assert len(marked) > 20
    for kata in marked:
        assert kata.teks == format_value(resolve_asal(hasil, kata.asal), kata.format)


def test_the_last_weighing_month_is_shown():
    frame = pd.concat([register(), register(baris="x", periode="Februari", stunting=99)])
    pokok = dict(sheets(make_hasil(perkembangan_prevalensi=frame))["73.12.01"].pokok)
    assert plain_text(pokok["Balita stunting"]) == "12, di antaranya 3 sangat pendek"
    assert plain_text(pokok["Hadir ditimbang (D)"]) == "90, D/S 75,0 persen"


def test_a_place_that_was_not_measured_says_so_and_shows_no_zero():
    hasil = make_hasil(perkembangan_prevalensi=register("73.12.02"))
    pokok = dict(sheets(hasil)["73.12.01"].pokok)
    assert plain_text(pokok["Balita stunting"]) == "tidak tersedia pada bahan reviu"


def test_indicators_below_target_stand_first_and_only_they_are_listed():
    sheet = sheets(make_hasil())["73.12.01"]
    assert [plain_text(baris.sel[0])[:12] for baris in sheet.baris] == ["Bumil <b>KEK"]
    assert plain_text(sheet.cakupan).startswith("2 indikator mencapai target, 1 belum")


def test_focus_desa_are_compared_with_the_others_unless_all_are_focus_desa():
    some, every = sheets(lokus_hasil(True, False)), sheets(lokus_hasil(True, True))
    assert "Desa lain (%)" in some["73.12.01.2001"].kepala
    assert "Desa lain (%)" not in every["73.12.01.2001"].kepala
    tier = dict(every["73.12.01.2001"].pokok)["Tingkatan"]
    assert plain_text(tier) == "II (menengah), urutan 1 dari 2"
    assert "Tingkatan" not in dict(some["73.12.01.2001"].pokok)


def test_an_activity_is_received_by_desa_and_by_kecamatan_but_not_from_afar():
    rows = [
        ("K001", "73.12.01.2001", "realisasi", "desa"),
        ("K002", "73.12.01.2001", "realisasi", "kabupaten"),
        ("K003", "73.12.02.2003", "realisasi", "kecamatan"),
    ]
    found = sheets(lokus_hasil(True, True), *rows)
    received = {kode: told(sheet.daftar[0]) for kode, sheet in found.items()}
    assert received["73.12.01.2001"] == ["PMT lokal_ibu hamil $ (Dinas Kesehatan)"]
    assert received["73.12.02"] == ["Sanitasi (Dinas PUPR)"]


def test_a_planned_activity_is_missed_only_when_nothing_reached_the_place():
    rows = [
        ("K001", "73.12.01.2001", "rencana", "desa"),
        ("K002", "73.12.01.2001", "rencana", "desa"),
        ("K002", "73.12.01.2001", "realisasi", "kabupaten"),
    ]
    sheet = sheets(lokus_hasil(True, True), *rows)["73.12.01.2001"]
    assert told(sheet.daftar[1]) == ["PMT lokal_ibu hamil $ (Dinas Kesehatan)"]
    assert "“PMT lokal_ibu hamil $” direncanakan di sini" in plain_text(sheet.tanya[0])


def make_kosong_cakupan():
    """The small result without coverage and without measurements."""
    hasil = make_hasil()
    return make_hasil(
        capaian_cakupan=hasil.capaian_cakupan.iloc[:0],
        perkembangan_prevalensi=hasil.perkembangan_prevalensi.iloc[:0],
    )


def test_there_are_three_questions_and_those_of_the_data_come_first():
    low = sheets(make_hasil(perkembangan_prevalensi=register()))["73.12.01"]
    bare = sheets(make_kosong_cakupan())
    assert plain_text(low.tanya[0]).startswith("D/S 75,0 persen.")
    assert "Bumil <b>KEK" in plain_text(low.tanya[1])
    assert all(len(sheet.tanya) == 3 for sheet in [low, *sheets(lokus_hasil(True, True)).values()])
    assert all(len(sheet.tanya) == 3 for sheet in bare.values())


def test_a_signal_that_names_the_place_asks_its_own_question_first():
    frame = pd.DataFrame({
        "baris": ["P1"], "jenis": ["pasokan"], "petunjuk": ["x"], "kode_wilayah": ["73.12.02"],
        "uraian": ["Cakupan turun."], "pertanyaan": ["Apakah persediaan terputus?"],
    })  # fmt: skip
    sheet = sheets(make_hasil(petunjuk_hambatan=frame))["73.12.02"]
    assert plain_text(sheet.tanya[0]) == "Cakupan turun. Apakah persediaan terputus?"


def test_village_fund_of_the_place_is_a_line_to_fill_in():
    assert "(diisi): pagu Rp…" in told(sheets(make_hasil())["73.12.01"].daftar[2])[-1]


def long_hasil():
    """The small result with the longest names everywhere, and more activities than lines."""
    kegiatan = make_hasil().realisasi_kegiatan
    kegiatan = pd.concat([kegiatan] * 4, ignore_index=True)
    kegiatan = kegiatan.assign(
        baris=[f"K{n}" for n in range(12)], id_kegiatan=[f"K{n}" for n in range(12)], opd=PANJANG,
        sub_kegiatan="Penyediaan Layanan Kesehatan untuk UKM dan UKP Rujukan Tingkat Daerah " * 2,
    )  # fmt: skip
    cakupan = make_hasil().capaian_cakupan.assign(
        indikator="Anak berusia di bawah lima tahun (balita) yang dipantau " * 3,
        status_capaian="belum tercapai",
    )
    return lokus_hasil(
        True, True, realisasi_kegiatan=kegiatan, capaian_cakupan=cakupan,
        perkembangan_prevalensi=register(),
    )  # fmt: skip


@pytest.mark.parametrize("make", [make_hasil, long_hasil])
def test_every_sheet_is_exactly_one_page_even_with_the_longest_names(make):
    rows = [
        (f"K{n}", kode, saat, "desa")
        for n in range(12)
        for kode in ("73.12.01.2001", "73.12.02.2003")
        for saat in (("realisasi",) if n < 6 else ("rencana",))
    ]
    known = set(make().realisasi_kegiatan["id_kegiatan"])
    files = susun_lembar(make(), ISIAN, jangkauan(*[row for row in rows if row[0] in known]))
    for berkas in files.values():
        data = write_lembar(berkas)
        for page, sheet in zip(pages_of(data), berkas.lembar, strict=True):
            for text in (
                sheet.judul,
                plain_text(sheet.tanya[-1]),
                "EDISI INTERNAL",
                PENANDA_CONTOH,
            ):
                assert squeeze(text) in squeeze(page)
        file = pypdf.PdfReader(io.BytesIO(data))
        titles = [title for level, title in bookmarks(file) if level == 1]
        assert titles == [sheet.judul for sheet in berkas.lembar]
