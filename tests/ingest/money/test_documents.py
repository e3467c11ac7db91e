"""SIPD realisasi: net of what was paid back, each payment once, at the day that counts."""

import pytest

from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.ledger import list_unaccounted

from ..conftest import KUNCI, temuan
from .uang import DOKUMEN, GIZI, JUDUL_REALISASI, LS, money, realisasi, workbook_text

LAIN = {"Kode Rekening": "5.1.02.01.01.0099"}


def _read(folder, *changes):
    folder.text("realisasi.csv", realisasi(*changes))
    return folder.read()


def test_the_layout_knows_each_of_the_45_headings():
    sumber = load_layouts()["sipd_realisasi"].tabel["realisasi_anggaran"]
    ikatan = sumber.bind([title.lower() for title in JUDUL_REALISASI])
    assert len(JUDUL_REALISASI) == 45
    assert (ikatan.tak_dikenal, ikatan.ganda) == ((), ())


def test_realised_is_what_was_paid_less_what_was_paid_back(folder):
    bahan = _read(folder, {"Nilai Setoran": 250_000})
    assert money(bahan)["realisasi_rp"] == 750_000


def test_a_row_that_only_pays_back_lowers_the_sum(folder):
    back = {"Nomor Dokumen": "STS-1", "Nilai Realisasi": 0, "Nilai Setoran": 100_000}
    assert money(_read(folder, {}, back))["realisasi_rp"] == 900_000


def test_a_blank_amount_paid_back_is_none_but_a_blank_payment_is_no_zero(folder):
    bahan = _read(
        folder, {"Nilai Setoran": ""}, {"Nilai Realisasi": "", "Nomor Dokumen": "CONTOH/2"}
    )
    assert money(bahan)["realisasi_rp"] == 1_000_000
    assert "tidak mempunyai nilai realisasi" in temuan(bahan, "K52")["uraian"]


def test_the_row_tells_skpd_sub_kegiatan_year_and_last_day(folder):
    row = money(_read(folder, {}, {"Nomor Dokumen": "b", "Tanggal Dokumen": "5 Oktober 2021"}))
    assert (row["sumber"], row["tahun"]) == ("SIPD realisasi", 2021)
    assert (row["nama_skpd"], row["kode_sub_kegiatan"]) == ("Dinas Kesehatan", GIZI)
    assert str(row["per_tanggal"].date()) == "2021-10-05"


def test_a_blank_skpd_is_the_sub_skpd(folder):
    unit = {"Kode SKPD": "", "Nama SKPD": "", "Kode Sub SKPD": "1.02.0.00.0.00.01.0002",
            "Nama Sub SKPD": "Puskesmas CONTOH"}  # fmt: skip
    assert money(_read(folder, unit))["nama_skpd"] == "Puskesmas CONTOH"


def test_codes_of_two_and_four_digits_are_one_sub_kegiatan(folder):
    codes = ["1.02.02.2.02.15", "1.02.02.2.02.0015", "1.02.02.02.02.0015"]
    rows = [{"Kode Sub Kegiatan": code, "Nomor Dokumen": f"D{code}"} for code in codes]
    assert money(_read(folder, *rows))["realisasi_rp"] == 3_000_000


@pytest.mark.parametrize("writing", ["7 Juni 2021", "07/06/2021", "2021-06-07", "7\u00a0Juni 2021"])
def test_a_date_in_any_writing_is_the_same_day(folder, writing):
    row = money(_read(folder, {"Tanggal Dokumen": writing}))
    assert str(row["per_tanggal"].date()) == "2021-06-07"


def test_ls_counts_on_the_day_of_transfer_others_on_their_own_date(folder):
    late = "2 Desember 2021"
    folder.text("identitas.csv", workbook_text("identitas"))
    bahan = _read(
        folder,
        {**LS, "Nilai Realisasi": 5_000_000, "Tanggal Dokumen": "1 Juni 2021",
         "Tanggal Transfer": late},
        {"Tanggal Transfer": late, "Nomor Dokumen": "CONTOH/TBP/002"},
    )  # fmt: skip
    assert money(bahan)["realisasi_rp"] == 1_000_000
    assert "sesudah batas data 30 November 2021" in temuan(bahan, "K44")["uraian"]


def test_ls_that_was_not_transferred_is_not_yet_realised(folder):
    bahan = _read(folder, {}, {**LS, "Tanggal Transfer": ""})
    assert money(bahan)["realisasi_rp"] == 1_000_000
    assert "belum bertanggal transfer" in temuan(bahan, "K44")["uraian"]
    assert bahan.neraca_baris["alasan"].tolist() == ["K44: 1"]


def test_the_day_of_the_cutoff_itself_counts(folder):
    folder.text("identitas.csv", workbook_text("identitas"))
    row = money(_read(folder, {"Tanggal Dokumen": "30 November 2021"}))
    assert row["realisasi_rp"] == 1_000_000


def test_documents_of_another_year_are_set_aside_and_counted(folder):
    bahan = _read(folder, {}, {"Tanggal Dokumen": "30 Desember 2020", "Nomor Dokumen": "b"})
    assert money(bahan)["realisasi_rp"] == 1_000_000
    assert temuan(bahan, "B15")["jumlah"] == 1


def test_an_export_wholly_of_another_year_is_refused(folder):
    bahan = _read(folder, {"Tanggal Dokumen": "30 Desember 2020"})
    assert bahan.realisasi_anggaran.empty
    assert temuan(bahan, "B08")["nilai"] == "'2020'"


def test_the_same_row_twice_counts_once(folder):
    bahan = _read(folder, {}, {})
    assert money(bahan)["realisasi_rp"] == 1_000_000
    assert temuan(bahan, "D02")["jumlah"] == 1


def test_one_key_with_two_amounts_is_used_for_neither(folder):
    bahan = _read(folder, {}, {"Nilai Realisasi": 9}, {"Nomor Dokumen": "CONTOH/TBP/002"})
    assert money(bahan)["realisasi_rp"] == 1_000_000
    assert temuan(bahan, "D03")["jumlah"] == 2


@pytest.mark.parametrize(
    ("changes", "rupiah"),
    [
        ({"Kode Rekening": "5.1.02.01.01.0099"}, 2_000_000),
        ({"Kode Sub Kegiatan": GIZI, "Nomor DPT": "DPT-2"}, 2_000_000),
        ({"Nomor SPD": "SPD-2"}, 2_000_000),
        ({"Jenis Transaksi": "TU"}, 2_000_000),
        ({"Keterangan Dokumen": "kata lain"}, 1_000_000),
    ],
)
def test_account_spd_and_dpt_tell_rows_of_one_tbp_apart(folder, changes, rupiah):
    assert money(_read(folder, {}, changes))["realisasi_rp"] == rupiah


def test_rows_of_one_sp2d_with_different_document_numbers_are_one_ls(folder):
    bahan = _read(folder, LS, {**LS, "Nomor Dokumen": "CONTOH/SPP/010"})
    assert money(bahan)["realisasi_rp"] == 1_000_000


def test_a_row_without_any_number_is_never_taken_for_another(folder):
    bahan = _read(folder, {"Nomor Dokumen": ""}, {"Nomor Dokumen": ""})
    assert money(bahan)["realisasi_rp"] == 2_000_000


def test_overlapping_exports_count_each_document_once(folder):
    folder.text("januari.csv", realisasi({}))
    folder.text("semester.csv", realisasi({}, {"Nomor Dokumen": "CONTOH/TBP/002"}))
    bahan = folder.read()
    assert money(bahan)["realisasi_rp"] == 2_000_000
    assert "semester.csv" in temuan(bahan, "D02")["berkas"]
    assert list_unaccounted(bahan.neraca_baris).empty


def test_a_later_export_with_another_amount_is_a_question_that_names_both_files(folder):
    folder.text("a.csv", realisasi({}))
    folder.text("b.csv", realisasi({"Nilai Realisasi": 5}))
    bahan = folder.read()
    assert bahan.realisasi_anggaran.empty
    found = bahan.temuan[bahan.temuan["kode"] == "D03"]
    assert all("a.csv" in text and "b.csv" in text for text in found["uraian"])


def test_nilai_sp2d_is_counted_once_a_number_and_never_as_realised(folder):
    bahan = _read(folder, LS, {**LS, **LAIN})
    assert money(bahan)["realisasi_rp"] == 2_000_000
    uraian = temuan(bahan, "K57")["uraian"]
    assert "1 nomor senilai Rp5.000.000, bukan Rp10.000.000" in uraian


def test_rows_above_the_value_of_their_sp2d_are_told(folder):
    bahan = _read(folder, {**LS, "Nilai Realisasi": 3_000_000},
                  {**LS, **LAIN, "Nilai Realisasi": 3_000_000})  # fmt: skip
    assert "bernilai Rp5.000.000, rinciannya Rp6.000.000" in temuan(bahan, "K45")["uraian"]


def test_one_sp2d_with_two_values_is_told(folder):
    bahan = _read(folder, LS, {**LS, **LAIN, "Nilai SP2D": 4_000_000})
    assert temuan(bahan, "K45")["jumlah"] == 2


def test_part_of_an_sp2d_is_no_contradiction(folder):
    assert "K45" not in set(_read(folder, LS).temuan["kode"])


def test_nip_and_names_of_officials_are_nowhere(folder):
    bahan = _read(folder, {})
    found = temuan(bahan, "P06")
    assert "nip_pegawai, nama_pegawai" in found["uraian"]
    texts = " ".join(
        getattr(bahan, name).astype("string").to_csv()
        for name in ("realisasi_anggaran", "temuan", "asal", "sel_ragu", "neraca_baris")
    )
    assert DOKUMEN["NIP Pegawai"] not in texts
    assert DOKUMEN["Nama Pegawai"] not in texts


def test_a_row_without_code_cannot_be_placed(folder):
    bahan = _read(folder, {}, {"Kode Sub Kegiatan": "", "Nomor Dokumen": "b"})
    assert money(bahan)["realisasi_rp"] == 1_000_000
    assert "tidak menyebut kode sub kegiatan" in temuan(bahan, "K52")["uraian"]


def test_every_line_behind_a_sum_is_its_origin(folder):
    bahan = _read(folder, {}, {"Nomor Dokumen": "b"}, {"Nomor Dokumen": "c"})
    own = bahan.asal[bahan.asal["tabel"] == "realisasi_anggaran"]
    assert own["baris"].tolist() == [0, 0, 0]
    assert own["baris_berkas"].tolist() == [2, 3, 4]


@pytest.mark.parametrize(("tahun", "kode", "told"), [
    (2020, GIZI, True), (2021, GIZI, False), (2021, "1.02.1.02.01.20.05", True),
    (2020, "1.02.1.02.01.20.05", False),
])  # fmt: skip
def test_codes_are_never_joined_across_the_change_of_2021(folder, tahun, kode, told):
    row = {"Kode Sub Kegiatan": kode, "Tanggal Dokumen": f"7 Juni {tahun}"}
    folder.text("a.csv", realisasi(row))
    bahan = build_bahan(folder.path, kode_kabupaten="12.18", tahun=tahun, kunci=KUNCI)
    assert ("K48" in set(bahan.temuan["kode"])) is told
    assert len(bahan.realisasi_anggaran) == 1
