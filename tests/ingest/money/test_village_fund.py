"""Dana Desa of DJPK: one row by name and province, never by code; an absent pemda is missing."""

import pytest

from reviu_lib.ingest import build_bahan, read_berkas
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.ingest.places import resolve_daftar_kabupaten

from ..conftest import KUNCI, temuan
from .uang import dana_desa, money

SUMUT = "Provinsi Sumatera Utara                           "
SERGAI = [SUMUT, "Kab. Serdang Bedagai   ", 5]


def test_pagu_and_realisasi_are_one_row_of_the_kabupaten(folder):
    folder.text("pagu dd.csv", dana_desa(SERGAI))
    folder.text("realisasi_dd.csv", dana_desa([SUMUT, "Kab. Serdang Bedagai", 3]))
    row = money(folder.read())
    assert (row["sumber"], row["sumber_dana"]) == ("Dana Desa", "Dana Desa")
    assert (row["pagu_rp"], row["realisasi_rp"]) == (5, 3)
    assert row["nama_skpd"] == "Kab. Serdang Bedagai, Provinsi Sumatera Utara"


def test_the_djpk_code_is_never_a_code_of_a_place(folder):
    other = ["Provinsi Jawa Barat", "Kab. Bandung", 9]
    folder.text("pagu.csv", dana_desa(other, SERGAI).replace("\t24\t", "\t18\t"))
    assert money(folder.read())["pagu_rp"] == 5


@pytest.mark.parametrize(
    ("provinsi", "pemda"),
    [("Provinsi Aceh", "Kab. Serdang Bedagai"), (SUMUT, "Kota Serdang Bedagai"),
     (SUMUT, "Kab. Langkat")],
)  # fmt: skip
def test_name_and_province_must_both_agree(folder, provinsi, pemda):
    folder.text("pagu.csv", dana_desa([provinsi, pemda, 5]))
    bahan = folder.read()
    assert bahan.realisasi_anggaran.empty
    assert "K51" in set(bahan.temuan["kode"])


def test_the_national_row_is_no_kabupaten(folder):
    folder.text("pagu.csv", dana_desa(["Nasional", "Nasional", 99], SERGAI))
    bahan = folder.read()
    assert money(bahan)["pagu_rp"] == 5
    assert bahan.neraca_baris["alasan"].tolist() == ["T04: 1"]


def test_other_years_are_set_aside(folder):
    folder.text("pagu.csv", dana_desa(SERGAI, [*SERGAI[:2], 7, 2020]))
    bahan = folder.read()
    assert money(bahan)["pagu_rp"] == 5
    assert temuan(bahan, "K49")["uraian"].endswith("milik tahun anggaran lain.")


@pytest.mark.parametrize(
    ("judul", "nama", "kolom"),
    [
        ("Realisasi Dana Desa", "a.csv", "realisasi_rp"),
        ("Pagu Dana Desa", "realisasi.csv", "pagu_rp"),
        ("Data", "penyaluran_dd.csv", "realisasi_rp"),
        ("Data", "alokasi.csv", "pagu_rp"),
    ],
)
def test_the_title_tells_what_the_figure_is_and_else_the_files_name(folder, judul, nama, kolom):
    folder.text(nama, judul + "\t" * 13 + "\n" + dana_desa(SERGAI))
    bahan = folder.read()
    assert money(bahan)[kolom] == 5
    assert ("K55" in set(bahan.temuan["kode"])) is (judul == "Data")


@pytest.mark.parametrize("nama", ["dana desa.csv", "pagu dan realisasi.csv"])
def test_a_figure_nobody_explains_is_a_question(folder, nama):
    folder.text(nama, dana_desa(SERGAI))
    bahan = folder.read()
    assert bahan.realisasi_anggaran.empty
    assert temuan(bahan, "K56")["tingkat"] == "galat"
    assert bahan.neraca_baris["alasan"].tolist() == ["K56: 1"]


def test_two_lists_that_disagree_are_a_question(folder):
    folder.text("pagu_a.csv", dana_desa(SERGAI))
    folder.text("pagu_b.csv", dana_desa([*SERGAI[:2], 6]))
    assert folder.read().realisasi_anggaran.empty


def test_without_a_kabupaten_every_row_stays(folder):
    path = folder.text("pagu.csv", dana_desa(SERGAI, ["Provinsi Aceh", "Kab. Aceh Barat", 7]))
    frame = read_berkas(path, kunci=KUNCI).tabel["realisasi_anggaran"]
    assert frame["pagu_rp"].tolist() == [5, 7]
    assert frame["nama_skpd"].str.contains("Aceh Barat").sum() == 1


def _real(shared, kode, tahun):
    folder = shared / "data" / "real" / "dana_desa"
    return build_bahan(folder, kode_kabupaten=kode, tahun=tahun, kunci=KUNCI)


@pytest.mark.parametrize(
    ("kode", "tahun", "pagu", "realisasi"),
    [
        ("12.18", 2023, 201_500_768_000, 205_897_856_795),
        ("12.18", 2024, 204_142_649_000, 98_291_719_800),
    ],
)
def test_the_published_figures_of_serdang_bedagai_are_read(shared, kode, tahun, pagu, realisasi):
    bahan = _real(shared, kode, tahun)
    row = money(bahan)
    assert (row["pagu_rp"], row["realisasi_rp"]) == (pagu, realisasi)
    assert list_unaccounted(bahan.neraca_baris).empty
    assert "galat" not in set(bahan.temuan["tingkat"])


def test_a_pemda_without_realisasi_is_missing_not_zero(shared):
    bahan = _real(shared, "93.01", 2024)
    row = money(bahan)
    assert row["pagu_rp"] > 0
    assert row.isna()["realisasi_rp"]
    assert "realisasi Dana Desa Kabupaten Merauke tahun 2024" in temuan(bahan, "K51")["uraian"]


def test_every_pemda_of_the_published_lists_is_known_by_name_and_province(shared):
    path = shared / "data" / "real" / "dana_desa" / "dana_desa_pagu_2023_2024.tsv.csv"
    rows = {tuple(part.strip() for part in line.split("\t")[2:5:2])
            for line in path.read_text("utf-8-sig").splitlines()[1:]}  # fmt: skip
    provinces, names = zip(*sorted(rows - {("Nasional", "Nasional")}), strict=True)
    found = resolve_daftar_kabupaten(list(names), provinsi=list(provinces))
    assert [name for name, guess in zip(names, found, strict=True) if not guess.kode] == []
