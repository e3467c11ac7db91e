"""The village scorecard as recap and as records by name: what is read, and what must not remain."""

import pandas as pd
import pytest

from reviu_lib.bahan import table_fields
from reviu_lib.ingest import build_bahan

from .conftest import KUNCI, temuan
from .test_finding_kinds import KARTU, SKOR, SKOR_ADOLINA

NIK = "1218000101209999"
IBU = (
    "Desa;Kecamatan;Bulan;Nama Ibu;NIK;No KIA;Berisiko;Sudah Melahirkan;Periksa Kehamilan;Pil Fe;"
    "Nifas;Konseling Gizi;Kunjungan Rumah;Air Bersih;Jamban;JKN\n"
)


def records(folder, text):
    folder.text("kartu.csv", text)
    return folder.read().layanan_sasaran


@pytest.mark.parametrize(("ts", "due"), [("2", ""), ("", "8"), ("2", "8")])
def test_what_should_be_received_may_be_told_either_way(folder, ts, due):
    folder.text("skor.csv", SKOR + SKOR_ADOLINA + f"10;7;{ts};{due}\n")
    row = folder.read().konvergensi.iloc[0]
    assert row[["sasaran", "diterima", "tidak_seharusnya", "seharusnya"]].tolist() == [10, 7, 2, 8]
    assert (row["kode_desa"], row["triwulan"]) == ("12.18.02.2001", "triwulan 1")


def test_without_either_it_stays_unknown_and_is_not_all(folder):
    folder.text("skor.csv", SKOR + SKOR_ADOLINA + "10;7;;\n")
    row = folder.read().konvergensi.iloc[0]
    assert row[["tidak_seharusnya", "seharusnya"]].isna().all()


@pytest.mark.parametrize("written", ["TW II", "2", "II", "Triwulan II", "kuartal 2", "triwulan 2"])
def test_quarters_are_read_as_villages_write_them(folder, written):
    folder.text("skor.csv", SKOR + SKOR_ADOLINA.replace(";1;", f";{written};") + "10;7;0;\n")
    assert folder.read().konvergensi["triwulan"].tolist() == ["triwulan 2"]


def test_the_sheet_of_the_workbook_is_read(read_one):
    row = {
        "kode_desa": "12.18.02.2001", "triwulan": "triwulan 3", "kelompok": "anak 0-23 bulan",
        "layanan": "seluruh layanan", "sasaran": 20, "diterima": 4, "tidak_seharusnya": 0,
    }  # fmt: skip
    frame = read_one(konvergensi=[row]).konvergensi
    assert frame.loc[0, ["layanan", "diterima"]].tolist() == ["seluruh layanan", 4]


def test_the_same_row_with_other_figures_is_used_from_neither_file(folder):
    for number in (7, 8):
        folder.text(f"{number}.csv", SKOR + SKOR_ADOLINA + f"10;{number};0;\n")
    bahan = folder.read()
    assert bahan.konvergensi.empty
    assert temuan(bahan, "D03")["tabel"] == "konvergensi"


def test_a_child_is_followed_through_the_months_without_its_name(folder):
    body = f"CONTOH ANAK UJI;{NIK};05/03/2020;v;v;;v;\n"
    frame = records(folder, KARTU + body + f"Adolina;Perbaungan;4;{body}")
    assert frame["id_sasaran"].nunique() == 1
    assert frame["bulan"].tolist() == ["Maret", "April"]
    assert frame["umur_bulan"].tolist() == [12, 13]
    assert frame["kelompok"].unique().tolist() == ["anak 0-23 bulan"]
    assert frame["penimbangan"].tolist() == [True, True]
    assert frame["pengukuran_tinggi"].isna().all()


def test_a_mother_is_known_by_name_and_kia_number(folder):
    row = "Adolina;Perbaungan;{};CONTOH IBU UJI;;K-17;ya;tidak;v;v;;v;v;v;v;v\n"
    frame = records(folder, IBU + row.format("Januari") + row.format("Feb"))
    assert frame["id_sasaran"].nunique() == 1
    assert frame["umur_bulan"].isna().all()
    assert frame[["berisiko", "melahirkan"]].to_numpy().tolist() == [[True, False]] * 2


def test_nothing_of_the_identity_remains_anywhere(folder):
    folder.text("anak.csv", KARTU + f"CANARY ANAK UJI;{NIK};05/03/2020;v;v;v;v;v\n")
    folder.text(
        "ibu.csv",
        IBU + "Adolina;Perbaungan;Mei;KENARI IBU UJI;;KIA-9917;ya;ya;v;v;v;v;v;v;v;v\n",
    )
    bahan = folder.read()
    frames = [getattr(bahan, name) for name in table_fields()]
    cells = [str(cell) for frame in frames for cell in frame.to_numpy(dtype=object).ravel()]
    seen = "\n".join(cells).lower()
    assert len(bahan.layanan_sasaran) == 2
    for secret in ("canary anak", "kenari ibu", NIK, "kia-9917", "2020-03-05", "05/03/2020"):
        assert secret not in seen


def test_the_same_child_keeps_its_pseudonym_beside_the_measurements(folder):
    folder.eppgbm({"NIK": NIK, "Nama": "CONTOH ANAK UJI", "Tgl Lahir": "2020-03-05"})
    frame = records(folder, KARTU + f"CONTOH ANAK UJI;{NIK};05/03/2020;v;v;v;v;v\n")
    assert frame["id_sasaran"].tolist() == folder.read().pengukuran["id_anak"].tolist()


def test_records_of_another_year_are_set_aside_and_told(folder):
    text = (KARTU + f"CONTOH ANAK UJI;{NIK};05/03/2020;v;v;v;v;v;2020\n").replace(
        "PAUD\n", "PAUD;Tahun\n"
    )
    folder.text("kartu.csv", text)
    bahan = folder.read()
    assert bahan.layanan_sasaran.empty
    assert temuan(bahan, "B15")["tabel"] == "layanan_sasaran"


@pytest.mark.parametrize(
    ("text", "told"), [(KARTU + f"CONTOH ANAK UJI;{NIK};05/03/2020;v;v;v;v;v\n", False),
                       ("no;indikator;pembilang;penyebut;capaian\n1;a;1;2;50\n", True)],
)  # fmt: skip
def test_records_by_name_stand_for_the_recap(folder, text, told):
    folder.text("a.csv", text)
    assert ("Konvergensi layanan" in temuan(folder.read(), "B10")["uraian"]) is told


def test_another_key_gives_another_pseudonym(folder):
    folder.text("kartu.csv", KARTU + f"CONTOH ANAK UJI;{NIK};05/03/2020;v;v;v;v;v\n")
    other = build_bahan(folder.path, kode_kabupaten="12.18", tahun=2021, kunci=b"kunci lain" * 3)
    same = build_bahan(folder.path, kode_kabupaten="12.18", tahun=2021, kunci=KUNCI)
    pair = pd.concat([other.layanan_sasaran, same.layanan_sasaran])
    assert pair["id_sasaran"].nunique() == 2
