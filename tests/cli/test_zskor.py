"""`reviu zskor`: one table in, the same rows with z out."""

import csv
import io

import pandas as pd
import pytest

WHO = "id,sex,age,is_age_in_month,weight,lenhei,measure,oedema,headc,armc\n"
GOLDEN = "a,1,1001,0,18,120,,n,,\nb,2,1000,0,15,80,,n,,\nc,1,1010,0,10,100,,n,,\n"
KITA = "NIK;Nama Anak;JK;Tgl Lahir;Tanggal Pengukuran;Berat;Tinggi;Cara Ukur;Posyandu\n"


@pytest.fixture
def run(reviu, tmp_path):
    """A function that writes a table, runs `reviu zskor` on it, and returns result and rows."""

    def go(text, *, code=0):
        (tmp_path / "in.csv").write_text(text, encoding="utf-8")
        result = reviu("zskor", "in.csv", "out.csv")
        assert result.exit_code == code, result.output
        out = tmp_path / "out.csv"
        rows = (
            list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
            if (out.exists())
            else []
        )
        return result.output, rows

    return go


def test_the_golden_children_of_who_come_out_in_two_decimals(run):
    _, rows = run(WHO + GOLDEN)
    assert [row["zlen"] for row in rows] == ["7.31", "-3.5", "1.62"]
    assert [row["zwei"] for row in rows] == ["2.2", "0.95", "-2.76"]
    assert [row["zwfl"] for row in rows] == ["-2.39", "4.13", "-5.19"]
    assert [row["flen"] for row in rows] == ["1", "0", "0"]
    assert [row["zhc"] for row in rows] == ["", "", ""]


def test_rows_and_columns_stay_as_they_were_and_results_follow(run):
    _, rows = run(WHO + GOLDEN)
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    names = list(rows[0])
    assert names[:10] == WHO.strip().split(",")
    assert names[10:15] == ["clenhei", "cmeasure", "c9mo_flag", "cbmi", "csex"]
    assert names[15:] == [
        f"{kind}{x}" for x in ("len", "wei", "wfl", "bmi", "hc", "ac") for kind in "zf"
    ]


def test_a_table_of_the_register_gets_our_names_and_classes_and_loses_identity(run):
    output, rows = run(
        f"{KITA}1218000101010001;CONTOH BUDI;L;01/02/2022;02/01/2024;9,5;80;Berdiri;=Melati\n"
    )
    row = rows[0]
    assert (row["usia_hari"], row["z_tbu"], row["status_tbu"]) == ("700", "-2.08", "pendek")
    assert (row["tinggi_standar_cm"], row["Posyandu"]) == ("80.7", "'=Melati")
    assert "Kolom identitas dibuang: NIK, Nama Anak, Tgl Lahir." in output
    assert not any(word in str(rows) + output for word in ("BUDI", "12180001"))


def test_unusable_cells_are_counted_by_reason_with_their_rows(run):
    output, rows = run(f"{WHO}a,3,10,0,x,55,l,n,,\n{GOLDEN}")
    assert "sex: 1 sel isi tidak dikenal, dianggap kosong (baris 2)." in output
    assert "weight: 1 sel bukan bilangan, dianggap kosong (baris 2)." in output
    assert [row["zlen"] for row in rows] == ["", "7.31", "-3.5", "1.62"]


def test_a_table_without_a_way_of_measuring_says_that_nothing_is_corrected(run):
    output, _ = run("sex,age,lenhei\nm,800,85\n")
    assert "tidak dikoreksi 0,7 cm" in output


def test_an_input_column_called_like_a_result_is_kept_under_another_name(run):
    output, rows = run("sex,age,weight,zwei\nm,800,12,9.99\n")
    assert rows[0]["zwei_masukan"] == "9.99"
    assert "akhiran _masukan: zwei" in output


def test_without_a_single_z_the_exit_code_is_one(run):
    output, rows = run("sex,age,weight\nx,-4,y\n", code=1)
    assert "tidak satu pun dapat dihitung" in output
    assert len(rows) == 1


def test_missing_columns_are_told_without_a_traceback(run):
    output, _ = run("kode,berat\n1,2\n", code=1)
    assert "sex dan age" in output
    assert "Traceback" not in output


@pytest.mark.parametrize("out", ["in.csv", "out.xlsx"])
def test_an_output_that_is_no_csv_or_the_input_itself_is_a_usage_error(reviu, tmp_path, out):
    (tmp_path / "in.csv").write_text("sex,age,weight\nm,10,4\n")
    result = reviu("zskor", "in.csv", out)
    assert result.exit_code == 2
    assert (tmp_path / "in.csv").read_text() == "sex,age,weight\nm,10,4\n"


def test_an_output_in_a_folder_that_does_not_exist_is_refused(reviu, tmp_path):
    (tmp_path / "in.csv").write_text("sex,age,weight\nm,10,4\n")
    result = reviu("zskor", "in.csv", "tiada/out.csv")
    assert result.exit_code == 1
    assert "Folder keluaran tidak ada" in result.output


def test_a_workbook_gives_what_the_same_table_as_text_gives(reviu, run, tmp_path):
    _, rows = run(WHO + GOLDEN)
    pd.read_csv(io.StringIO(WHO + GOLDEN)).to_excel(tmp_path / "in.xlsx", index=False)
    assert reviu("zskor", "in.xlsx", "buku.csv").exit_code == 0
    again = list(
        csv.DictReader(io.StringIO((tmp_path / "buku.csv").read_bytes().decode("utf-8-sig")))
    )
    assert [row["zwfl"] for row in again] == [row["zwfl"] for row in rows]
