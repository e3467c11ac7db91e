"""`reviu prevalensi`: one table in, prevalence by group out."""

import csv
import io

import pytest

WHO = "sex,age,weight,lenhei,measure,oedema,strata,cluster,sw,gregion,Puskesmas\n"
# TB/U of boys of 400 days: 68 cm -3.9, 72 cm -2.3, 77 cm -0.2
SURVEI = WHO + "".join(
    f"m,400,9,{cm},l,n,{strata},{cluster},{weight},Kec01,Melati\n"
    for cm, strata, cluster, weight in [
        (68, 1, 1, 10), (72, 1, 1, 10), (77, 1, 2, 5), (77, 1, 2, 5),
        (77, 2, 3, '"2,5"'), (72, 2, 3, 2.5), (77, 2, 4, 1), (77, 2, 4, ""),
    ]
)  # fmt: skip
KITA = "NIK;Nama Anak;JK;Tgl Lahir;Tanggal Pengukuran;Berat;Tinggi;Cara Ukur;Kec;Desa/Kel\n"
REGISTER = KITA + "".join(
    f"{nik};CONTOH {name};L;01/01/2023;{date};9;{cm};Terlentang;{kec};Sukamaju\n"
    for nik, name, date, cm, kec in [
        ("7312010101230001", "Satu", "05/02/2024", 72, "Lalabata"),
        ("7312010101230001", "Satu", "05/08/2024", 88, "Lalabata"),
        ("7312010101230002", "Dua", "06/08/2024", 72, "Lalabata"),
        ("", "Tiga", "06/08/2024", 72, "Liliriaja"),
        ("", "Tiga", "20/08/2024", 88, "Liliriaja"),
        ("", "Empat", "", 88, "Liliriaja"),
    ]
)


@pytest.fixture
def run(reviu, tmp_path):
    """A function that writes a table, runs `reviu prevalensi` on it, and returns words and rows."""

    def go(text, *options, code=0):
        (tmp_path / "in.csv").write_text(text, encoding="utf-8")
        result = reviu("prevalensi", "in.csv", "out.csv", *options)
        assert result.exit_code == code, result.output
        out = tmp_path / "out.csv"
        written = out.read_bytes().decode("utf-8-sig") if out.exists() else ""
        return result.output, list(csv.DictReader(io.StringIO(written)))

    return go


def pick(rows, indikator="stunting", nilai="semua"):
    found = [r for r in rows if r["indikator"] == indikator and r["nilai_kelompok"] == nilai]
    assert len(found) == 1
    return found[0]


def test_the_design_of_a_survey_is_found_by_the_names_of_who(run):
    output, rows = run(SURVEI)
    own = pick(rows)
    assert "Rancangan survei: strata, cluster, sw." in output
    assert "1 baris tidak dihitung: tanpa strata, klaster, atau bobot." in output
    assert (own["diukur"], own["kasus"], own["jumlah_berbobot"]) == ("7", "3", "36.0")
    assert float(own["prevalensi_persen"]) == pytest.approx(22.5 / 36 * 100)
    assert own["metode_selang"] == "logit, rancangan survei"
    assert pick(rows, nilai="Kec01")["kelompok"] == "gregion"


def test_other_columns_of_the_design_can_be_named(run):
    text = SURVEI.replace("strata,cluster,sw", "Lapisan,Blok Sensus,Penimbang")
    named, rows = run(
        text, "--strata", "lapisan", "--klaster", "Blok Sensus", "--bobot", "Penimbang"
    )
    assert "Rancangan survei: lapisan, Blok Sensus, Penimbang." in named
    assert float(pick(rows)["prevalensi_persen"]) == pytest.approx(22.5 / 36 * 100)


def test_a_table_without_design_is_a_register_with_wilson_intervals(run):
    output, rows = run(SURVEI.replace("strata,cluster,sw", "a,b,c"), "--oleh", "puskesmas")
    own = pick(rows)
    assert (own["diukur"], own["kasus"], own["metode_selang"]) == ("8", "3", "Wilson")
    assert (own["galat_baku_poin"], pick(rows, nilai="Melati")["kelompok"]) == ("", "puskesmas")
    assert "cantumkan cakupan D/S" in output
    assert "setiap baris dihitung sebagai satu anak" in output


def test_a_child_of_the_register_counts_once_by_its_latest_visit(run):
    output, rows = run(REGISTER, "--oleh", "Kec")
    assert (pick(rows)["diukur"], pick(rows)["kasus"]) == ("3", "1")
    assert pick(rows)["terdaftar"] == "4"  # without a date no age, so no z of height
    assert pick(rows, nilai="Lalabata")["prevalensi_persen"] == "50.0"
    assert "2 baris tidak dihitung: kunjungan terdahulu anak yang sama." in output


def test_the_period_decides_which_visits_count(run):
    output, rows = run(REGISTER, "--mulai", "2024-02-01", "--selesai", "29/02/2024")
    assert (pick(rows)["diukur"], pick(rows)["kasus"]) == ("1", "1")
    assert "5 baris tidak dihitung: di luar periode atau tanpa tanggal ukur." in output
    assert "setiap baris" not in output


def test_identity_is_neither_written_nor_printed(run):
    output, rows = run(REGISTER, "--oleh", "Desa/Kel")
    told = output + str(rows)
    assert "CONTOH" not in told
    assert "73120101012300" not in told
    assert "Kolom identitas dibuang: NIK, Nama Anak, Tgl Lahir." in output


@pytest.mark.parametrize("column", ["Nama Anak", "Kecamata"])
def test_a_column_of_identity_or_of_no_table_is_no_group(run, column):
    output, rows = run(REGISTER, "--oleh", column, code=1)
    assert f"tidak ada, atau memuat identitas: {column}" in output
    assert "Kec, Desa/Kel" in output
    assert rows == []


def test_a_period_needs_a_date_of_measuring(run):
    output, _ = run(SURVEI, "--mulai", "2024-02-01", code=1)
    assert "tidak mempunyai kolom tanggal ukur" in output


def test_two_sources_in_one_table_are_refused(run):
    text = "sex,age,weight,lenhei,sumber\nm,400,9,77,SSGI\nf,400,9,77,e-PPGBM\n"
    output, _ = run(text, code=1)
    assert "lebih dari satu sumber: SSGI; e-PPGBM" in output


def test_the_columns_of_who_come_when_asked_for(run):
    _, rows = run(SURVEI, "--format-who")
    own = {row["Group"]: row for row in rows}
    assert len(rows[0]) == 135
    assert own["All"]["HAZ_unwpop"] == "7"
    assert float(own["Sex: Male"]["HA_2_r"]) == pytest.approx(62.5)
    assert own["Geographical region: Kec01"]["HAZ_pop"] == "36.0"
    assert own["Sex: Female"]["HA_2_r"] == ""


def test_the_columns_of_who_without_design_are_of_a_simple_sample(run):
    _, rows = run(SURVEI.replace("strata,cluster,sw", "a,b,c"), "--format-who")
    assert float(rows[0]["HA_2_se"]) > 0


def test_the_denominator_can_be_all_registered(run):
    output, rows = run(REGISTER, "--penyebut", "terdaftar")
    assert (pick(rows)["penyebut"], pick(rows)["prevalensi_persen"]) == ("terdaftar", "25.0")
    assert "4 anak terdaftar" in output


def test_small_groups_are_written_and_told(run):
    output, _ = run(REGISTER)
    assert "kelompok dengan kurang dari 30 anak diukur" in output


def test_a_table_in_which_nobody_is_measured_ends_with_one(run):
    output, rows = run("sex,age,weight,lenhei\nm,400,,\n", code=1)
    assert "stunting: tidak dapat dihitung." in output
    assert pick(rows)["prevalensi_persen"] == ""
