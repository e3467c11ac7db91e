"""A filled workbook reads back as it was written, and every row knows where it stood."""

from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from reviu_lib.bahan import table_fields
from reviu_lib.catalog import tabel_masukan
from reviu_lib.ingest import read_berkas
from reviu_lib.ingest.places import match_kabupaten
from reviu_lib.reference import list_desa
from reviu_lib.workbook import templat_tables, write_templat

from .conftest import ANAK, IDENTITAS, JUDUL_EPPGBM, KUNCI, rows, temuan

_CONTOH = {
    "tanggal": pd.Timestamp(2021, 3, 15), "ya_tidak": True, "jumlah": 3, "rupiah": 1_250_000,
    "tahun": 2021, "desimal": 12.5, "persen": 18.75, "teks": "Isian, dengan; tanda = dan +",
}  # fmt: skip
_KHUSUS = {
    "kode_desa": "12.18.02.2031", "kecamatan": "Perbaungan", "desa": "Sei Buluh", "aksi": "8",
    "kode_indikator": "I01", "wilayah": "12.18", "kode_sub_kegiatan": "1.02.02.2.02.0015",
    "indikator_terkait": "I01;I02", "tingkat": "kabupaten", "kode_kecamatan": "12.18.02",
}  # fmt: skip


def _cell(kolom):
    if kolom.nama in _KHUSUS:
        return _KHUSUS[kolom.nama]
    if kolom.pilihan:
        return kolom.pilihan[0]
    return "12.10" if kolom.jenis == "kode" else _CONTOH[kolom.jenis]


def _filled():
    frames = {
        tabel.nama: rows({kolom.nama: _cell(kolom) for kolom in tabel.kolom})
        for tabel in templat_tables()
    }
    # A recap whose parts contradict each other is set aside; these agree: 10 - 2 = 8.
    counts = {"sasaran": 10, "diterima": 4, "tidak_seharusnya": 2, "seharusnya": 8}
    recap = frames["konvergensi"].assign(**counts)
    return {**frames, "konvergensi": recap, "identitas": rows(IDENTITAS)}


def test_a_filled_template_reads_back_as_the_same_frames(folder):
    filled = _filled()
    write_templat(folder.path / "buku.xlsx", kode_kabupaten="12.18", tahun=2021, isi=filled)
    bahan = folder.read()
    fields = {tabel: field for field, tabel in table_fields().items()}
    for tabel in templat_tables():
        if tabel.nama != "identitas":
            expected = tabel.conform(filled[tabel.nama])
            assert_frame_equal(getattr(bahan, fields[tabel.nama]), expected, obj=tabel.nama)


def test_a_prefilled_template_reads_back_as_not_yet_filled(folder):
    write_templat(folder.path / "buku.xlsx", kode_kabupaten="12.18", tahun=2021)
    bahan = folder.read()
    unfilled = bahan.temuan[bahan.temuan["kode"] == "T06"].set_index("tabel")["jumlah"]
    assert unfilled["cakupan"] % len(list_desa("12.18")) == 0
    assert unfilled["aksi"] == 8
    assert bahan.cakupan.empty


def test_every_row_knows_its_file_sheet_and_row(folder):
    folder.workbook(lokus=[{"kode_desa": "12.18.02.2031", "tahun": 2021}], contoh=True)
    origin = folder.read().asal
    assert origin[["tabel", "baris", "berkas", "lembar", "baris_berkas"]].to_numpy().tolist() == [
        ["lokus", 0, "12.18/2021/buku.xlsx", "lokus", 3]
    ]


def test_every_processed_row_has_exactly_one_origin(folder):
    folder.workbook(lokus={"kode_desa": "12.18.02.2031", "tahun": 2021})
    folder.eppgbm({}, {}, {"Tanggal Pengukuran": "2021-02-10"})
    bahan = folder.read()
    counted = bahan.asal.groupby("tabel").size().to_dict()
    assert counted == {"lokus": 1, "pengukuran": 2}
    rows_of = bahan.asal[bahan.asal["tabel"] == "pengukuran"]["baris_berkas"]
    assert sorted(rows_of) == [3, 4]


def test_the_marker_of_synthetic_data_is_noticed(folder):
    assert not folder.read().contoh
    folder.workbook(contoh=True)
    assert folder.read().contoh


def test_two_identitas_sheets_that_differ_are_an_error(folder):
    folder.workbook("a.xlsx")
    folder.workbook("b.xlsx", identitas={**IDENTITAS, "tanggal_reviu": date(2022, 1, 5)})
    bahan = folder.read()
    assert bahan.tanggal_reviu == date(2021, 12, 21)
    assert temuan(bahan, "B12")["tingkat"] == "galat"


def test_decisions_come_back_and_undecided_rows_stay_undecided(folder):
    annex = rows(
        {
            "ID usulan": "u1",
            "Usulan": "Lanjutkan",
            "Putusan": "ditindaklanjuti",
            "Catatan putusan": "Ya",
        },
        {"ID usulan": "u2", "Usulan": "Perbaiki", "Putusan": None, "Catatan putusan": None},
    )
    folder.sheet("putusan.xlsx", annex, "Usulan kegiatan")
    bahan = folder.read()
    shown = bahan.putusan[["id_usulan", "putusan", "catatan_putusan"]]
    assert shown.to_numpy().tolist() == [["u1", "ditindaklanjuti", "Ya"]]


def test_two_different_decisions_on_one_proposal_are_an_error(folder):
    for name, word in (("a.xlsx", "selesai"), ("b.xlsx", "digabung")):
        folder.sheet(name, rows({"id_usulan": "u1", "putusan": word}))
    bahan = folder.read()
    assert temuan(bahan, "D03")["tabel"] == "putusan"
    assert bahan.putusan.empty


def test_one_file_alone_tells_what_it_holds(folder):
    path = folder.workbook(lokus={"kode_desa": "12.18.02.2031", "tahun": 2021})
    bacaan = read_berkas(path, kunci=KUNCI)
    assert bacaan.tata_letak == ("Buku kerja kabupaten",)
    assert list(bacaan.tabel) == ["lokus"]
    assert list(bacaan.tabel["lokus"].columns) == tabel_masukan()["lokus"].nama_kolom


def test_one_export_alone_is_read_without_knowing_the_kabupaten(folder):
    bacaan = read_berkas(folder.eppgbm({}), kunci=KUNCI)
    assert bacaan.tabel["pengukuran"]["desa"].tolist() == ["SEI BULUH"]
    assert ANAK["Nama"] not in str(bacaan.tabel["pengukuran"].to_dict())


def test_a_broken_file_alone_is_a_finding_not_an_exception(folder):
    path = folder.text("rusak.xlsx", b"PK\x03\x04rusak")
    bacaan = read_berkas(path, kunci=KUNCI)
    assert bacaan.temuan["kode"].tolist() == ["B03"]
    assert bacaan.tabel == {}


def test_a_bare_homonym_is_believed_but_told():
    names = match_kabupaten(["Bandung", "KOTA BANDUNG", "Kab. Bandung"], "32.73")
    assert names.cocok == {"Bandung", "KOTA BANDUNG"}
    assert names.tanpa_awalan == {"Bandung"}


@pytest.mark.parametrize(
    ("kecamatan", "desa", "kode"),
    [
        ("PERBAUNGAN", "SEI  BULUH", "12.18.02.2031"),
        ("Kec. Perbaungan", "Desa Sei Buluh", "12.18.02.2031"),
        ("Sei Bamban", "SeiBuluh", "12.18.15.2009"),
        (None, "Desa Pon", "12.18.15.2001"),
        (None, "Silinda", "12.18.11.2026"),
    ],
)
def test_names_match_whatever_the_spelling_habit(folder, kecamatan, desa, kode):
    place = {"kecamatan": kecamatan, "desa": desa, "kode_indikator": "I01", "periode": "tahunan"}
    folder.workbook(cakupan={**place, "pembilang": 1, "penyebut": 2})
    assert folder.read().cakupan["kode_desa"].tolist() == [kode]


def test_a_code_wins_over_a_name_that_contradicts_it(folder):
    cells = {"kode_indikator": "I01", "periode": "tahunan", "pembilang": 1, "penyebut": 2}
    folder.workbook(cakupan={**cells, "kode_desa": "12.18.02.2001", "desa": "Silinda"})
    bahan = folder.read()
    assert bahan.cakupan["desa"].tolist() == ["Adolina"]
    assert "tertulis Silinda" in temuan(bahan, "W04")["uraian"]


def test_codes_without_dots_are_completed(folder):
    cells = {"kode_indikator": "I01", "periode": "tahunan", "pembilang": 1, "penyebut": 2}
    folder.workbook(cakupan={**cells, "kode_desa": 1218022031})
    assert folder.read().cakupan["kode_desa"].tolist() == ["12.18.02.2031"]


def test_the_same_folder_gives_the_same_result_every_time(folder):
    folder.eppgbm({}, {"NIK": None})
    first, second = folder.read(), folder.read()
    assert_frame_equal(first.pengukuran, second.pengukuran)
    assert_frame_equal(first.temuan, second.temuan)


def test_the_known_export_has_thirty_eight_columns_and_none_is_unknown(folder):
    assert len(JUDUL_EPPGBM) == 38
    folder.eppgbm({})
    assert "T02" not in set(folder.read().temuan["kode"])
