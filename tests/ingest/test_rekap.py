"""Recaps: every row appears, matched or not; nothing blank becomes zero."""

from pathlib import Path

import pytest

from reviu_lib.ingest import build_bahan

from .conftest import KUNCI, temuan

BELTIM = Path(__file__).parents[3] / "shared" / "data" / "real" / "belitung_timur_2022_2023"
perlu_data = pytest.mark.skipif(
    not BELTIM.is_dir(), reason="tabel Belitung Timur tidak ada di ../shared"
)
IMUNISASI = "Persentase anak umur 12-23 bulan yang menerima imunisasi dasar lengkap"


def _beltim(tmp_path, tahun):
    for name in ("spm", "sdgs"):
        source = BELTIM / f"beltim_{name}_{tahun}.csv"
        (tmp_path / source.name).write_bytes(source.read_bytes())
    return build_bahan(tmp_path, kode_kabupaten="19.06", tahun=tahun, kunci=KUNCI)


def _lines(folder, *lines, judul="no;indikator;pembilang;penyebut;capaian"):
    folder.text("rekap.csv", "\r\n".join([judul, *lines]) + "\r\n")
    return folder.read()


@perlu_data
@pytest.mark.parametrize("tahun", [2022, 2023])
def test_every_row_of_the_published_recaps_appears(tmp_path, tahun):
    bahan = _beltim(tmp_path, tahun)
    assert bahan.rekap.groupby("berkas").size().to_dict() == {
        f"beltim_sdgs_{tahun}.csv": 39,
        f"beltim_spm_{tahun}.csv": 12,
    }
    assert bahan.rekap["indikator"].notna().all()
    assert "galat" not in set(bahan.temuan["tingkat"])


@perlu_data
def test_published_figures_are_read_as_printed(tmp_path):
    rekap = _beltim(tmp_path, 2022).rekap.set_index(["berkas", "no"])
    row = rekap.loc[("beltim_sdgs_2022.csv", "15")]
    assert (row["pembilang"], row["penyebut"], row["capaian"]) == (22, 1788, 1.23)
    assert row["satuan"] == "/1.000KH"
    assert rekap.loc[("beltim_sdgs_2022.csv", "33"), "capaian"] == 980.41
    assert rekap.loc[("beltim_spm_2022.csv", "1"), "satuan"] == "persen"


@perlu_data
def test_blanks_and_formula_errors_of_the_recaps_are_missing(tmp_path):
    bahan = _beltim(tmp_path, 2022)
    rekap = bahan.rekap.set_index(["berkas", "no"])
    blank = rekap.loc[("beltim_sdgs_2022.csv", "8"), ["pembilang", "penyebut", "capaian"]]
    assert blank.isna().all()
    assert rekap.loc[("beltim_sdgs_2022.csv", "19"), "pembilang"] == 0
    assert temuan(bahan, "N05")["sel"] == "E9"
    assert temuan(bahan, "N04")["jumlah"] == 4


@perlu_data
def test_without_identitas_the_dates_are_a_declared_assumption(tmp_path):
    bahan = _beltim(tmp_path, 2023)
    assert (str(bahan.tanggal_cutoff), str(bahan.tanggal_reviu)) == ("2023-12-31", "2024-02-28")
    assert "31 Desember 2023" in temuan(bahan, "B11")["tindakan"]


@perlu_data
def test_matched_percentages_are_also_kabupaten_figures_with_their_row(tmp_path):
    bahan = _beltim(tmp_path, 2022)
    figures = bahan.cakupan.set_index("kode_indikator").loc["E19"]
    assert (figures["pembilang"], figures["penyebut"]) == (2076, 2063)
    assert bahan.cakupan["kode_desa"].isna().all()
    origin = bahan.asal[bahan.asal["tabel"] == "cakupan"].iloc[0]
    assert (origin["berkas"], origin["baris_berkas"]) == ("beltim_sdgs_2022.csv", 4)


@perlu_data
@pytest.mark.parametrize("nama", ["bab_05_15_dataASIeksklusif.csv", "bab_07_03a_dataDesaSBS.csv"])
def test_a_file_without_header_is_refused(tmp_path, nama):
    (tmp_path / nama).write_bytes((BELTIM / nama).read_bytes())
    bahan = build_bahan(tmp_path, kode_kabupaten="19.06", tahun=2023, kunci=KUNCI)
    assert "tanpa baris judul kolom" in temuan(bahan, "B07")["uraian"]


def test_unmatched_rows_are_kept_and_listed(folder):
    bahan = _lines(folder, "1;Layanan yang tidak ada di katalog;1;2;50,00")
    assert temuan(bahan, "K14")["jumlah"] == 1
    assert len(bahan.rekap) == 1
    assert bahan.cakupan.empty


def test_repeated_or_blank_numbers_never_lose_a_row(folder):
    bahan = _lines(folder, "1;a;1;2;50", "1;b;1;2;50", ";c;1;2;50")
    assert list(bahan.rekap["no"]) == ["1", "1 (baris 3)", "baris 4"]


def test_notes_below_a_recap_are_set_aside(folder):
    bahan = _lines(folder, "1;a;1;2;50", ";;;;", "Sumber: Dinas Kesehatan;;;;")
    assert len(bahan.rekap) == 1
    assert temuan(bahan, "T04")["sel"] == "baris 4"


def test_two_row_headings_are_joined(folder):
    folder.text(
        "spm.csv",
        "SPM 2021;;;;\nNO;JENIS LAYANAN;MUTU;;\n;;PEMBILANG;PENYEBUT;CAPAIAN (%)\n1;Bayi;1;2;50\n",
    )
    assert folder.read().rekap[["pembilang", "penyebut", "capaian"]].to_numpy().tolist() == [
        [1, 2, 50.0]
    ]


def test_a_row_of_column_numbers_below_the_header_is_not_data(folder):
    bahan = _lines(folder, "(1);(2);(3);(4);(5)", "1;Bayi;1;2;50")
    assert list(bahan.rekap["indikator"]) == ["Bayi"]


@pytest.mark.parametrize(("judul", "kode"), [("REKAP 2020", "B08"), ("REKAP 2020-2021", "B16")])
def test_a_year_in_the_title_is_compared_with_the_folder(folder, judul, kode):
    folder.text("r.csv", f"{judul};;;;\nno;indikator;pembilang;penyebut;capaian\n1;a;1;2;50\n")
    bahan = folder.read()
    assert temuan(bahan, kode)["berkas"].endswith("r.csv")
    assert len(bahan.rekap) == (1 if kode == "B16" else 0)


def test_a_year_column_keeps_only_the_asked_year(folder):
    bahan = _lines(
        folder,
        "1;a;1;2;50;2021",
        "2;b;1;2;50;2020",
        judul="no;indikator;pembilang;penyebut;capaian;tahun",
    )
    assert list(bahan.rekap["no"]) == ["1"]
    assert temuan(bahan, "B08")["jumlah"] == 1


def test_recaps_that_disagree_give_no_coverage_figure(tmp_path):
    for name, below in (("a.csv", 10), ("b.csv", 11)):
        text = f"no;indikator;pembilang;penyebut;capaian\n1;{IMUNISASI};5;{below};50\n"
        (tmp_path / name).write_text(text)
    bahan = build_bahan(tmp_path, kode_kabupaten="19.06", tahun=2022, kunci=KUNCI)
    assert "E19: 5/10 (a.csv); E19: 5/11 (b.csv)" in temuan(bahan, "K13")["uraian"]
    assert bahan.cakupan.empty
    assert len(bahan.rekap) == 2
