"""Figures of published tables: recomputed, beside the province, of the reviewed year only."""

import pandas as pd
import pytest

from reviu_lib.report.narasi import describe_terbitan
from reviu_lib.report.telusur import telusuri
from reviu_lib.review import review
from reviu_lib.review.rekap import compute_terbitan, summarize_terbitan

from .bahan_kecil import make_bahan, make_konteks

ASI = {"berkas": "35/2022/tabel.csv", "tingkat": "kabupaten", "wilayah": "Kab. Contoh",
       "indikator": "ASI eksklusif", "kelompok": "", "pembilang": 1248, "penyebut": 1608,
       "persen": 77.6}  # fmt: skip
PROVINSI = {**ASI, "tingkat": "provinsi", "wilayah": "Provinsi Contoh", "pembilang": 131779,
            "penyebut": 196645, "persen": 67.0}  # fmt: skip


def make(*rows, tahun=2022):
    return make_bahan(tahun, capaian_terbit=pd.DataFrame(rows))


def compute(*rows):
    return compute_terbitan(make_konteks(make(*rows), desa=[]))


@pytest.mark.parametrize(
    ("changes", "hitung", "selisih"),
    [
        ({}, 77.6119, -0.0119),
        ({"persen": None}, 77.6119, None),
        ({"pembilang": 0, "persen": 0.0}, 0.0, 0.0),
        ({"penyebut": 0}, None, None),
        ({"pembilang": None}, None, None),
        ({"penyebut": None}, None, None),
        ({"pembilang": 2000, "persen": 124.4}, 124.3781, 0.0219),
    ],
)
def test_a_figure_is_recomputed_where_it_can_be(changes, hitung, selisih):
    row = compute({**ASI, **changes}).iloc[0]
    for value, expected in ((row["persen_hitung"], hitung), (row["selisih_poin"], selisih)):
        assert pd.isna(value) if expected is None else value == pytest.approx(expected, abs=1e-4)


def test_the_province_stands_beside_its_kabupaten_and_is_no_row_itself():
    frame = compute(PROVINSI, ASI)
    assert frame["wilayah"].tolist() == ["Kab. Contoh"]
    assert frame["provinsi_persen"].iloc[0] == pytest.approx(131779 / 196645 * 100)


def test_a_province_with_a_percentage_only_is_taken_as_printed():
    frame = compute({**PROVINSI, "pembilang": None}, ASI)
    assert frame["provinsi_persen"].iloc[0] == 67.0


@pytest.mark.parametrize("other", [{"berkas": "lain.csv"}, {"kelompok": "L"}, {"indikator": "IMD"}])
def test_only_the_province_of_the_same_table_group_and_indicator_is_compared(other):
    assert pd.isna(compute({**PROVINSI, **other}, ASI)["provinsi_persen"].iloc[0])


@pytest.mark.parametrize(("tahun", "rows"), [(2022, 1), (None, 1), (2021, 0), (2023, 0)])
def test_figures_of_another_year_stay_out(tahun, rows):
    assert len(compute({**ASI, "tahun": tahun})) == rows


def test_counts_tell_rounding_from_difference():
    konteks = make_konteks(make(), desa=[])
    frame = compute(ASI, {**ASI, "indikator": "b", "persen": 77.7}, {**ASI, "pembilang": None})
    assert summarize_terbitan(frame, konteks) == {
        "jumlah_angka_terbit": 3,
        "jumlah_angka_terbit_dihitung": 2,
        "jumlah_angka_terbit_berbeda": 1,
    }


def test_half_a_step_of_print_is_still_rounding():
    konteks = make_konteks(make(), desa=[])
    frame = compute({**ASI, "pembilang": 1829, "penyebut": 2000, "persen": 91.4})
    assert frame["selisih_poin"].iloc[0] == pytest.approx(-0.05)
    assert summarize_terbitan(frame, konteks)["jumlah_angka_terbit_berbeda"] == 0


def test_without_published_tables_the_annex_says_so():
    hasil = review(make())
    assert hasil.angka_terbit.empty
    assert "tidak tersedia" in describe_terbitan(hasil)[0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((ASI,), "sesuai sampai batas pembulatan"),
        ((ASI, {**ASI, "indikator": "b", "persen": 80.0}), "berbeda lebih dari pembulatan"),
        (({**ASI, "pembilang": None},), "belum satu pun dapat dihitung ulang"),
    ],
)
def test_the_annex_says_how_the_figures_stand(rows, words):
    (text,) = describe_terbitan(review(make(*rows)))
    assert words in text


def test_a_figure_is_followed_to_its_row():
    bahan = make(PROVINSI, ASI)
    baris = review(bahan).angka_terbit["baris"].iloc[0]
    found = telusuri(bahan, f"angka_terbit/{baris}/persen_hitung")
    assert found["wilayah"].tolist() == ["Kab. Contoh"]
