"""Many kabupaten and years are one table that nobody loads whole."""

import datetime

import pandas as pd
import pyarrow.compute as pc
import pytest

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import tabel_masukan
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.store import make_ruang, save_bahan, scan, summarise

ISI = {
    ("12.18", 2021): [-1.0, -3.0, None],
    ("12.18", 2022): [-2.5],
    ("35.01", 2022): [0.5, -2.1],
    ("35.02", 2022): [],
}


def _bahan(kode, tahun, scores):
    raw = pd.DataFrame(
        {
            "id_anak": [f"anak{number % 2}" for number in range(len(scores))],
            "tanggal_ukur": pd.Timestamp(tahun, 8, 1),
            "z_tbu": pd.Series(scores, dtype="float64"),
        }
    )
    return BahanReviu(
        kode_kabupaten=kode,
        nama=kode,
        tahun=tahun,
        tanggal_cutoff=datetime.date(tahun, 11, 30),
        tanggal_reviu=datetime.date(tahun, 12, 20),
        pengukuran=tabel_masukan()["pengukuran"].conform(raw),
    )


@pytest.fixture
def ruang(tmp_path):
    """A workspace with three kabupaten of two provinces, one of them in two years."""
    ruang = make_ruang(tmp_path)
    for (kode, tahun), scores in ISI.items():
        save_bahan(_bahan(kode, tahun, scores), ruang)
    return ruang


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, 6),
        ({"kode": "12.18"}, 4),
        ({"kode": "35"}, 2),
        ({"tahun": 2022}, 3),
        ({"tahun": range(2021, 2023)}, 6),
        ({"kode": "12.18", "tahun": 2021}, 3),
        ({"kode": "35.02"}, 0),
    ],
)
def test_a_kabupaten_a_province_or_a_year_is_seen_alone(ruang, asked, rows):
    assert scan("pengukuran", ruang=ruang, **asked).count_rows() == rows


def test_each_row_tells_its_kabupaten_and_year_as_code_and_number(ruang):
    rows = scan("pengukuran", kode="35", ruang=ruang).to_table().to_pandas()
    assert set(rows["kode_kabupaten"]) == {"35.01"}
    assert set(rows["tahun_reviu"]) == {2022}
    assert list(rows.columns[:-2]) == tabel_masukan()["pengukuran"].nama_kolom


def test_counts_by_kabupaten_are_those_of_a_plain_loop(ruang):
    shown = summarise(
        scan("pengukuran", ruang=ruang),
        oleh=["kode_kabupaten", "tahun_reviu"],
        hitung={"diukur": ("z_tbu", "count"), "rerata": ("z_tbu", "mean")},
    )
    expected = [
        (kode, tahun, sum(z is not None for z in scores),
         pd.Series(scores, dtype="float64").mean())
        for (kode, tahun), scores in ISI.items() if scores
    ]  # fmt: skip
    assert list(shown.itertuples(index=False, name=None)) == expected


def test_an_expression_keeps_rows_and_may_use_another_column(ruang):
    shown = summarise(
        scan("pengukuran", tahun=2022, ruang=ruang),
        oleh=["kode_kabupaten"],
        hitung={"pendek": ("z_tbu", "count")},
        saring=pc.field("z_tbu") < -2,
    )
    assert shown.to_dict("list") == {"kode_kabupaten": ["12.18", "35.01"], "pendek": [1, 1]}


def test_an_expression_over_a_column_that_is_not_counted_holds(ruang):
    shown = summarise(
        scan("pengukuran", ruang=ruang),
        oleh=["tahun_reviu"],
        hitung={"anak": ("id_anak", "count_distinct")},
        saring=pc.field("z_tbu") < 0,
    )
    assert shown["anak"].tolist() == [2, 2]


def test_a_sum_over_no_value_is_missing(ruang):
    save_bahan(_bahan("36.01", 2022, [None]), ruang)
    shown = summarise(
        scan("pengukuran", kode="36", ruang=ruang),
        oleh=["kode_kabupaten"],
        hitung={"jumlah": ("z_tbu", "sum"), "diukur": ("z_tbu", "count")},
    )
    assert shown["jumlah"].isna().tolist() == [True]
    assert shown["diukur"].tolist() == [0]


def test_a_half_written_folder_is_not_seen(ruang):
    (ruang.processed_of("12.18", 2021) / "asal.json").unlink()
    assert scan("pengukuran", kode="12.18", ruang=ruang).count_rows() == 1


def test_an_unknown_table_names_the_known_ones(ruang):
    with pytest.raises(KodeError, match="pengukuran") as caught:
        scan("ukuran", ruang=ruang)
    assert "cakupan" in str(caught.value.lakukan)


def test_nothing_checked_says_what_to_run(ruang):
    with pytest.raises(RuangError, match="reviu periksa"):
        scan("pengukuran", kode="99", ruang=ruang)
