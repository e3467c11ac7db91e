"""SIPD rekap pagu: the accounts of a sub kegiatan are added by SKPD and fund."""

from reviu_lib.ingest.layouts import load_layouts

from ..conftest import temuan
from .uang import JUDUL_PAGU, lines, money, pagu

LAIN = {"KODE REKENING": "5.1.02.01.01.0099"}


def _read(folder, *changes):
    folder.text("pagu.csv", pagu(*changes))
    return folder.read()


def test_the_layout_knows_each_of_the_23_headings():
    sumber = load_layouts()["sipd_pagu"].tabel["realisasi_anggaran"]
    ikatan = sumber.bind([title.lower().replace("/", " ") for title in JUDUL_PAGU])
    assert len(JUDUL_PAGU) == 23
    assert (ikatan.tak_dikenal, ikatan.ganda) == ((), ())


def test_accounts_of_a_sub_kegiatan_are_one_row(folder):
    row = money(_read(folder, {}, {**LAIN, "PAGU": "2.500.000"}))
    assert (row["sumber"], row["pagu_rp"]) == ("SIPD pagu", 12_500_000)
    assert row["kode_sub_kegiatan"] == "1.02.02.2.02.0015"


def test_funds_stay_apart(folder):
    bahan = _read(folder, {}, {"NAMA SUMBER DANA": "DAK Non Fisik - BOK"})
    assert sorted(bahan.realisasi_anggaran["sumber_dana"]) == [
        "DAK Non Fisik - BOK", "Dana Alokasi Umum (DAU)",
    ]  # fmt: skip


def test_numbers_that_start_again_are_a_stacked_export(folder):
    rows = [{**LAIN, "NO": "1.", "PAKET/KELOMPOK": name} for name in ("A", "B", "C")]
    assert money(_read(folder, *rows))["pagu_rp"] == 30_000_000


def test_the_same_account_of_the_same_package_counts_once(folder):
    bahan = _read(folder, {"NO": 1}, {"NO": 2})
    assert money(bahan)["pagu_rp"] == 10_000_000
    assert temuan(bahan, "D02")["jumlah"] == 1


def test_rows_of_another_year_are_set_aside(folder):
    bahan = _read(folder, {}, {**LAIN, "TAHUN": 2020})
    assert money(bahan)["pagu_rp"] == 10_000_000
    assert temuan(bahan, "B08")["jumlah"] == 1


def test_a_row_without_an_amount_is_set_aside_not_zero(folder):
    bahan = _read(folder, {}, {**LAIN, "PAGU": ""})
    assert money(bahan)["pagu_rp"] == 10_000_000
    assert bahan.neraca_baris["alasan"].tolist() == ["K52: 1"]


def test_two_editions_of_one_budget_are_a_question(folder):
    folder.text("murni.csv", pagu({}))
    folder.text("perubahan.csv", pagu({"PAGU": 12_000_000}))
    bahan = folder.read()
    assert bahan.realisasi_anggaran.empty
    shown = bahan.temuan.loc[bahan.temuan["kode"] == "D03", "uraian"].tolist()
    assert all("murni.csv" in text and "perubahan.csv" in text for text in shown)


def test_one_file_per_skpd_is_one_table(folder):
    folder.text("a.csv", pagu({}))
    folder.text("b.csv", pagu({"KODE SKPD": "1.03.0.00.0.00.01.0000", "NAMA SKPD": "Dinas PU"}))
    assert folder.read().realisasi_anggaran["nama_skpd"].tolist() == ["Dinas Kesehatan", "Dinas PU"]


def test_the_rak_view_tells_realised_money_too(folder):
    head = ["Kode SKPD", "Nama SKPD", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Kode Rekening",
            "Nama Rekening", "Nilai Pagu", "Realisasi"]  # fmt: skip
    row = ["1.02", "Dinas Kesehatan", "1.02.02.2.02.15", "Gizi", "5.1", "Belanja", "900", "400"]
    folder.text("rak.csv", lines(head, row))
    found = money(folder.read())
    assert (found["pagu_rp"], found["realisasi_rp"]) == (900, 400)


def test_the_rak_view_needs_no_accounts(folder):
    head = ["Kode SKPD", "Nama SKPD", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Nilai Pagu"]
    folder.text("rak.csv", lines(head, ["1.02", "Dinas", "1.02.02.2.02.15", "Gizi", "900"]))
    assert money(folder.read())["pagu_rp"] == 900


def test_a_total_row_is_set_aside_and_compared(folder):
    text = pagu({}) + ";" * 15 + "Total;;;;;;;11000000\n"
    folder.text("pagu.csv", text)
    bahan = folder.read()
    assert money(bahan)["pagu_rp"] == 10_000_000
    assert "tercetak 11.000.000" in temuan(bahan, "T05")["uraian"]
