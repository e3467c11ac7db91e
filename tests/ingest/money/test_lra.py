"""The printed LRA: one level is summed, every printed parent is compared with its children."""

import pytest

from ..conftest import temuan
from .uang import GIZI, IBU, JUDUL_TRIWULAN, SKPD, lra, money, workbook_text

ALAT, BAHAN = "5.1.02.01.01.0026", "5.1.02.01.01.0027"
RINCI = [
    [GIZI, "Gizi Masyarakat", 200, 110, 90, "55,00"],
    ["5", "BELANJA", 200, 110, 90, "55,00"],
    ["5.1", "BELANJA OPERASI", 200, 110, 90, "55,00"],
    [ALAT, "Belanja alat", 120, 100, 20, "83,33"],
    [BAHAN, "Belanja bahan", 80, 10, 70, "12,50"],
]


def _read(folder, *rows, **judul):
    folder.text("lra.csv", lra(*rows, **judul))
    return folder.read()


def test_parents_and_leaves_are_summed_once(folder):
    row = money(_read(folder, *RINCI))
    assert (row["pagu_rp"], row["realisasi_rp"]) == (200, 110)
    assert (row["sumber"], row["kode_sub_kegiatan"]) == ("LRA", GIZI)
    assert row["nama_sub_kegiatan"] == "Gizi Masyarakat"


def test_parents_are_set_aside_and_every_line_is_accounted_for(folder):
    bahan = _read(folder, *RINCI)
    row = bahan.neraca_baris.iloc[0]
    assert (row["dibaca"], row["dipakai"], row["alasan"]) == (5, 2, "T04: 3")
    assert "K46" not in set(bahan.temuan["kode"])


def test_all_levels_from_urusan_down_are_parents(folder):
    above = [["1", "URUSAN", 200, 110, 90, 55], ["1.02", "BIDANG", 200, 110, 90, 55],
             ["1.02.02", "PROGRAM", 200, 110, 90, 55],
             ["1.02.02.2.02", "KEGIATAN", 200, 110, 90, 55]]  # fmt: skip
    bahan = _read(folder, *above, *RINCI)
    assert money(bahan)["pagu_rp"] == 200
    assert "K46" not in set(bahan.temuan["kode"])


def test_a_sub_kegiatan_without_accounts_is_its_own_leaf(folder):
    bahan = _read(folder, [GIZI, "Gizi", 200, 110, 90, 55], [IBU, "Ibu", 100, 40, 60, 40])
    assert bahan.realisasi_anggaran["pagu_rp"].tolist() == [200, 100]


@pytest.mark.parametrize("kode", ["1.02.02.2.02.15", "1.02.02.02.02.0015", "1.02.02.2.02.0015."])
def test_any_form_of_a_code_is_one_code(folder, kode):
    assert money(_read(folder, [kode, "Gizi", 1, 1, 0, 100]))["kode_sub_kegiatan"] == GIZI


def test_account_codes_written_behind_the_work_code_are_leaves(folder):
    joined = [[f"{GIZI}.{code}", name, *rest] for code, name, *rest in RINCI[1:]]
    assert money(_read(folder, RINCI[0], *joined))["pagu_rp"] == 200


def test_every_parent_that_differs_from_its_children_is_told(folder):
    wrong = [[*RINCI[0][:2], 300, 110, 190, "36,67"], *RINCI[1:]]
    bahan = _read(folder, *wrong)
    assert money(bahan)["pagu_rp"] == 200
    found = temuan(bahan, "K46")
    assert found["sel"] == "A2"
    assert f"{GIZI} pagu tercetak Rp300, rinciannya Rp200" in found["uraian"]


def test_children_are_those_right_below_not_all_below(folder):
    wrong = [*RINCI[:2], ["5.1", "OPERASI", 150, 110, 40, "73,33"], *RINCI[3:]]
    uraian = temuan(_read(folder, *wrong), "K46")["uraian"]
    assert "5 pagu tercetak Rp200, rinciannya Rp150" in uraian
    assert "5.1 pagu tercetak Rp150, rinciannya Rp200" in uraian


def test_a_child_without_amount_leaves_its_parent_unjudged(folder):
    bahan = _read(folder, [GIZI, "Gizi", 200, 110, 90, 55], [ALAT, "Alat", 120, "", "", ""],
                  [BAHAN, "Bahan", 80, 10, 70, "12,5"])  # fmt: skip
    assert "K46" not in set(bahan.temuan["kode"])
    assert money(bahan)["realisasi_rp"] == 10


def test_the_total_at_the_foot_is_compared_and_not_summed(folder):
    bahan = _read(folder, *RINCI, ["", "JUMLAH", 250, 110, 140, 44])
    assert money(bahan)["pagu_rp"] == 200
    assert "JUMLAH, pagu tercetak Rp250, dijumlahkan Rp200" in temuan(bahan, "K46")["uraian"]


@pytest.mark.parametrize(
    ("sisa", "persen", "kolom"),
    [
        (90, "55,00", ""),
        ("(90)", "55", ""),
        (90, "0,55", ""),
        (80, "55,00", "sisa_rp"),
        (90, "56,00", "persen"),
        (90, "54,98", "persen"),
        ("", "", ""),
    ],
)
def test_printed_remainder_and_percent_are_recomputed(folder, sisa, persen, kolom):
    bahan = _read(folder, [GIZI, "Gizi", 200, 110, sisa, persen],
                  [IBU, "Ibu", 300, 100, 200, "33,33"])  # fmt: skip
    found = bahan.temuan[bahan.temuan["kode"] == "K47"]
    assert found["kolom"].tolist() == [kolom] * bool(kolom)


def test_a_truncated_percent_is_no_difference_but_a_budget_of_zero_has_none(folder):
    bahan = _read(folder, [GIZI, "Gizi", 300, 200, 100, "66,66"], [IBU, "Ibu", 0, 0, 0, "0,00"])
    assert "K47" not in set(bahan.temuan["kode"])


def test_the_quarterly_print_tells_the_total_and_its_quarters(folder):
    bahan = _read(folder, [GIZI, "Gizi", 200, 10, 20, 30, 40, 100, 100], judul=JUDUL_TRIWULAN)
    assert money(bahan)["realisasi_rp"] == 100
    assert "K47" not in set(bahan.temuan["kode"])


def test_quarters_that_differ_from_the_total_are_told(folder):
    bahan = _read(folder, [GIZI, "Gizi", 200, 10, 20, 30, 40, 110, 90], judul=JUDUL_TRIWULAN)
    assert money(bahan)["realisasi_rp"] == 110
    assert "tercetak Rp110, seharusnya Rp100" in temuan(bahan, "K47")["uraian"]


def test_without_a_total_the_quarters_are_added(folder):
    bahan = _read(folder, [GIZI, "Gizi", 200, 10, 20, "", "", 170],
                  judul=[name for name in JUDUL_TRIWULAN if name != "Total realisasi"])  # fmt: skip
    assert money(bahan)["realisasi_rp"] == 30


def test_the_row_of_column_numbers_is_no_data(folder):
    bahan = _read(folder, [1, 2, 3, 4, "5=3-4", 6], *RINCI)
    assert money(bahan)["pagu_rp"] == 200
    assert set(bahan.temuan["kode"]) & {"K46", "N01", "K52"} == set()


def test_rows_of_skpd_and_unit_tell_whose_money_it_is(folder):
    unit = "1.02.0.00.0.00.01.0001"
    bahan = _read(
        folder,
        [SKPD, "DINAS KESEHATAN", 300, 150, 150, 50],
        [GIZI, "Gizi", 100, 50, 50, 50],
        [unit, "PUSKESMAS CONTOH", 200, 100, 100, 50],
        [GIZI, "Gizi", 200, 100, 100, 50],
    )
    row = money(bahan)
    assert (row["kode_skpd"], row["nama_skpd"]) == (SKPD, "DINAS KESEHATAN")
    assert row["pagu_rp"] == 300
    assert "K46" not in set(bahan.temuan["kode"])


def test_two_skpd_in_one_print_stay_apart(folder):
    bahan = _read(
        folder,
        [SKPD, "DINAS KESEHATAN", 100, 50, 50, 50],
        [GIZI, "Gizi", 100, 50, 50, 50],
        ["7.01.0.00.0.00.02.0000", "KECAMATAN CONTOH", 7, 7, 0, 100],
        [GIZI, "Gizi", 7, 7, 0, 100],
    )
    assert bahan.realisasi_anggaran["pagu_rp"].tolist() == [100, 7]


def test_the_title_tells_skpd_and_date(folder):
    title = (
        "LAPORAN REALISASI ANGGARAN;;;;;\n"
        "SKPD : 1.02.0.00.0.00.01.0000 - Dinas Kesehatan;;;;;\n"
        "Tahun Anggaran 2021 sampai dengan 31 Oktober 2021;;;;;\n"
    )
    folder.text("lra.csv", title + lra(*RINCI))
    row = money(folder.read())
    assert (row["kode_skpd"], row["nama_skpd"]) == (SKPD, "Dinas Kesehatan")
    assert str(row["per_tanggal"].date()) == "2021-10-31"


def test_a_print_past_the_cutoff_is_told(folder):
    folder.text("identitas.csv", workbook_text("identitas"))
    folder.text("lra.csv", "LRA per 31 Desember 2021;;;;;\n" + lra(*RINCI))
    uraian = temuan(folder.read(), "K53")["uraian"]
    assert "31 Desember 2021, sedangkan batas datanya 30 November 2021" in uraian


def test_a_print_of_another_year_is_refused(folder):
    folder.text("lra.csv", "LRA Tahun Anggaran 2020;;;;;\n" + lra(*RINCI))
    bahan = folder.read()
    assert bahan.realisasi_anggaran.empty
    assert temuan(bahan, "B08")["berkas"].endswith("lra.csv")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["5.1.02", "Belanja", 9, 9, 0, 100], "tidak menyebut kode sub kegiatan"),
        (["1.02.03.2.01", "Kegiatan saja", 9, 9, 0, 100], "tidak menyebut kode sub kegiatan"),
        (["A.1", "Kode sendiri", 9, 9, 0, 100], "berkode yang tidak dikenali"),
        (["", "Belanja tanpa kode", 9, 9, 0, 100], "tidak mempunyai kode"),
    ],
)
def test_rows_that_belong_to_no_sub_kegiatan_are_set_aside_with_the_reason(folder, row, reason):
    bahan = _read(folder, row, *RINCI)
    assert money(bahan)["pagu_rp"] == 200
    assert reason in temuan(bahan, "K52")["uraian"]


def test_two_prints_of_one_skpd_are_never_added(folder):
    folder.text("a.csv", lra(*RINCI))
    folder.text("b.csv", lra(*RINCI))
    bahan = folder.read()
    assert money(bahan)["pagu_rp"] == 200
    assert temuan(bahan, "D02")["jumlah"] == 2


@pytest.mark.parametrize(
    ("title", "head", "pagu"),
    [
        ("LRA (dalam ribuan rupiah)", "Anggaran", 200_000),
        ("LRA", "Anggaran (Rp juta)", 200_000_000),
        ("LRA (dalam rupiah)", "Anggaran (Rp)", 200),
    ],
)
def test_a_declared_scale_makes_rupiah_of_every_amount(folder, title, head, pagu):
    judul = ["Kode", "Uraian", head, head.replace("Anggaran", "Realisasi")]
    folder.text("lra.csv", title + ";;;\n" + lra([GIZI, "Gizi", 200, 110], judul=judul))
    row = money(folder.read())
    assert row["pagu_rp"] == pagu
    assert row["realisasi_rp"] == pagu * 110 // 200


def test_those_who_sign_below_a_print_are_not_shown(folder):
    below = ["Serdang Bedagai, 1 Desember 2021", "CONTOH PEJABAT, S.KM", "NIP 199001012015011999"]
    bahan = _read(folder, *RINCI, *(["", text, "", "", "", ""] for text in below))
    assert money(bahan)["pagu_rp"] == 200
    shown = " ".join(bahan.temuan["uraian"] + bahan.temuan["nilai"])
    assert "PEJABAT" not in shown
    assert "19900101" not in shown
    assert bahan.neraca_baris["alasan"].tolist() == ["T04: 6"]


@pytest.mark.parametrize(
    ("title", "nama"),
    [
        ("SKPD : Dinas Kesehatan", "Dinas Kesehatan"),
        ("SKPD;Dinas Kesehatan", "Dinas Kesehatan"),
        ("OPD : Badan Pangan Tahun Anggaran 2021", "Badan Pangan"),
        ("LAPORAN REALISASI ANGGARAN SKPD TAHUN ANGGARAN 2021", None),
    ],
)
def test_the_skpd_of_a_title_is_its_name_alone(folder, title, nama):
    folder.text("lra.csv", title + ";" * (5 - title.count(";")) + "\n" + lra(*RINCI))
    row = money(folder.read())
    assert (None if row.isna()["nama_skpd"] else row["nama_skpd"]) == nama


def test_two_row_headings_of_quarters_are_joined(folder):
    text = (
        "Kode;Uraian;Pagu;Realisasi;;;;Total Realisasi;Sisa\n"
        ";;;TW I;TW II;TW III;TW IV;;\n"
        f"{GIZI};Gizi;200;10;20;30;40;100;100\n"
    )
    folder.text("lra.csv", text)
    row = money(folder.read())
    assert (row["pagu_rp"], row["realisasi_rp"]) == (200, 100)


def test_a_total_that_is_the_sum_of_the_leaves_is_right_whatever_stands_at_the_top(folder):
    rows = [["1.02", "URUSAN", 200, 110, 90, 55], [SKPD, "DINAS", 200, 110, 90, 55], *RINCI,
            ["", "JUMLAH", 200, 110, 90, 55]]  # fmt: skip
    assert "K46" not in set(_read(folder, *rows).temuan["kode"])


def test_a_print_of_which_no_row_can_be_placed_is_an_error(folder):
    bahan = _read(folder, ["A-1", "Gizi", 200, 110, 90, 55], ["A-2", "Ibu", 100, 40, 60, 40])
    assert bahan.realisasi_anggaran.empty
    assert temuan(bahan, "K60")["jumlah"] == 2
