"""Who takes part, who may learn from whom, whose data hold, and who needs attention."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from reviu_lib.catalog import load_aturan_banding, tabel_banding
from reviu_lib.errors import LaporanError
from reviu_lib.hasil import HasilBanding, HasilReviu
from reviu_lib.review.banding import compare_kabupaten
from reviu_lib.review.banding.pasangan import compute_kemiripan

from .tempat_kecil import survei, tempat

BAIK, KURANG = (950, 1000), (500, 1000)


def kegiatan(indikator: str, status: str = "tercapai", nama: str = "Kelas ibu") -> pd.DataFrame:
    return pd.DataFrame(
        {"baris": ["K1"], "id_kegiatan": ["K1"], "sub_kegiatan": [nama],
         "opd": ["Dinas Kesehatan"], "indikator_terkait": [indikator], "status_output": [status]}
    )  # fmt: skip


# Who takes part


def test_a_kabupaten_without_a_result_is_named_with_its_reason():
    banding = compare_kabupaten(
        [tempat("73.01")], absen={"73.02": ("Kabupaten B", "Berkas rusak.")}
    )
    gone = banding.peserta.iloc[1]
    assert list(gone[["kabupaten", "keadaan", "alasan"]]) == [
        "Kabupaten B", "tanpa hasil reviu", "Berkas rusak.",
    ]  # fmt: skip


def test_a_year_that_only_some_have_is_told():
    daftar = [tempat("73.01"), tempat("73.02")]
    banding = compare_kabupaten(daftar, [replace(daftar[0], tahun=2022)])
    assert list(banding.peserta["jumlah_tahun"]) == [2, 1]
    assert banding.peserta["alasan"].iloc[1] == "tanpa hasil reviu tahun 2022"


def test_years_are_not_mixed_and_nobody_stands_twice():
    with pytest.raises(LaporanError, match="satu tahun yang sama"):
        compare_kabupaten([tempat("73.01"), tempat("73.02", tahun=2023)])
    with pytest.raises(LaporanError, match="lebih dari sekali"):
        compare_kabupaten([tempat("73.01"), tempat("73.01")])


@pytest.mark.parametrize("count", [1, 2, 6])
def test_kabupaten_without_any_data_can_be_compared_and_nothing_is_concluded(count):
    banding = compare_kabupaten([tempat(f"73.{n:02}") for n in range(1, count + 1)])
    assert set(banding.perhatian["perhatian"]) == {"belum dapat disimpulkan"}
    assert set(banding.peta_mutu["kata"]) == {"tidak ada data"}
    assert len(banding.peringkat) == len(banding.pasangan) == 0


def test_a_comparison_has_exactly_the_declared_tables_and_columns():
    banding = compare_kabupaten([tempat("73.01", {"E11": BAIK}), tempat("73.02", {"E11": KURANG})])
    for name, tabel in tabel_banding().items():
        assert list(getattr(banding, name).columns) == tabel.nama_kolom


def test_a_cell_of_a_comparison_is_found_by_its_address():
    banding = compare_kabupaten([tempat("73.01", {"E11": BAIK}), tempat("73.02", {"E11": KURANG})])
    assert banding.value("peringkat/cakupan:E11@73.02/nilai_persen") == 50.0
    assert isinstance(banding, HasilBanding)


# What works where


def lesson(**ganti) -> pd.DataFrame:
    good = tempat("73.01", {"E11": BAIK}, realisasi_kegiatan=kegiatan("E11;E12"), **ganti)
    return compare_kabupaten([good, tempat("73.02", {"E11": KURANG})]).pelajaran


def test_a_target_reached_in_one_place_only_is_something_to_learn_from():
    row = lesson().iloc[0]
    assert (row["kabupaten"], row["belum"], row["jumlah_belum"]) == (
        "Kabupaten 73.01", "Kabupaten 73.02", 1,
    )  # fmt: skip
    assert row["kegiatan"] == "Kelas ibu (Dinas Kesehatan; output tercapai)"
    assert row["perubahan"] == "tidak dapat dibandingkan"


def test_a_provisional_figure_teaches_nothing():
    assert lesson(kolom={"status_data": "sementara"}).empty


def test_where_all_reach_the_target_there_is_nothing_to_learn():
    both = [tempat("73.01", {"E11": BAIK}), tempat("73.02", {"E11": BAIK})]
    assert compare_kabupaten(both).pelajaran.empty


@pytest.mark.parametrize(
    ("arah", "poin", "kata"),
    [("naik", 2.0, "membaik"), ("turun", 2.0, "memburuk"), ("turun", -2.0, "membaik"),
     ("naik", 0.0, "tetap"), ("naik", None, "tidak dapat dibandingkan")],
)  # fmt: skip
def test_a_change_is_read_by_the_direction_of_the_indicator(arah, poin, kata):
    assert lesson(kolom={"arah": arah, "tren_poin": poin})["perubahan"].iloc[0] == kata


# Who with whom


def test_the_likest_of_the_better_places_is_proposed():
    near = tempat("73.01", {"E11": (900, 1000)}, angka={"register_sasaran": 9000})
    far = tempat("11.01", {"E11": (990, 1000)}, angka={"register_sasaran": 900})
    own = tempat("73.02", {"E11": KURANG}, angka={"register_sasaran": 10000})
    row = compare_kabupaten([near, far, own]).pasangan.iloc[0]
    assert (row["mitra"], row["jumlah_calon"], row["keadaan"]) == (
        "Kabupaten 73.01", 2, "diusulkan",
    )  # fmt: skip
    assert row["selisih_poin"] == pytest.approx(40.0)
    assert row["pertanyaan"].endswith("tentang layanan E11?")


def test_a_place_whose_interval_meets_is_no_partner():
    daftar = [tempat("73.01", {"E11": (790, 1000)}), tempat("73.02", {"E11": (785, 1000)})]
    rows = compare_kabupaten(daftar).pasangan
    assert set(rows["keadaan"]) == {"belum ada mitra"}
    assert set(rows["alasan"]) == {"tidak ada yang nyata lebih baik dengan syarat yang sama"}


def test_a_withheld_comparison_proposes_nobody_and_says_so():
    daftar = [tempat("73.01", {"E11": BAIK}),
              tempat("73.02", {"E11": KURANG}, kolom={"jenis_penyebut": "proyeksi"})]  # fmt: skip
    assert compare_kabupaten(daftar).pasangan["alasan"].tolist() == [
        "perbandingan indikator ini ditahan"
    ]


def likeness(*rows: tuple[str, float | None, float | None]) -> pd.DataFrame:
    names = ["kode_kabupaten", "sasaran_balita", "porsi_lokus_persen"]
    frame = pd.DataFrame(rows, columns=names).astype({"kode_kabupaten": "string"})
    return compute_kemiripan(frame.astype(dict.fromkeys(names[1:], "Float64")))


def test_likeness_is_the_weighted_mean_of_what_is_known():
    found = likeness(("73.01", 1000, 20.0), ("73.02", 500, 60.0), ("73.71", 1000, 20.0))
    # 0,3 x 1 + 0,2 x 1 + 0,3 x 0,5 + 0,2 x 0,6
    assert found.loc["73.01", "73.02"] == pytest.approx(77.0)
    assert found.loc["73.01", "73.71"] == pytest.approx(80.0)
    assert np.diag(found).tolist() == pytest.approx([100.0] * 3)


def test_what_is_unknown_is_left_out_of_likeness_not_counted_as_unlike():
    found = likeness(("73.01", None, None), ("73.02", 500, 60.0))
    assert found.loc["73.01", "73.02"] == pytest.approx(100.0)
    assert found.equals(found.T)


# Whose data hold


def cells(hasil: HasilReviu) -> dict[str, tuple[str, str]]:
    frame = compare_kabupaten([hasil]).peta_mutu
    return dict(zip(frame["dimensi"], zip(frame["kata"], frame["nada"], strict=True), strict=True))


def test_each_dimension_has_its_word_and_tone():
    angka = {"jumlah_galat": 2, "register_ds_persen": 59.9, "jumlah_indikator": 2,
             "mutu_layak_teks": "jangan dipakai sebelum diverifikasi"}  # fmt: skip
    found = cells(tempat("73.01", {"E11": BAIK}, angka=angka, tanggal_cutoff=date(2024, 6, 30)))
    assert found == {
        "kelengkapan": ("kurang", "buruk"),
        "ketepatan_waktu": ("sebagian tahun", "buruk"),
        "umur_data": ("lama", "buruk"),
        "kehadiran": ("rendah", "buruk"),
        "temuan_galat": ("ada galat", "buruk"),
        "mutu_ukur": ("verifikasi dahulu", "buruk"),
    }


def test_good_data_are_called_good():
    angka = {"jumlah_galat": 0, "register_ds_persen": 91.0, "jumlah_indikator": 1,
             "mutu_layak_teks": "angka dapat dipakai"}  # fmt: skip
    assert {nada for _, nada in cells(tempat("73.01", {"E11": BAIK}, angka=angka)).values()} == {
        "baik"
    }


def test_every_dimension_ends_with_a_class_that_takes_the_rest():
    for dimensi in load_aturan_banding().dimensi:
        if dimensi.kelas:
            worst = -1e9 if dimensi.arah == "naik" else 1e12
            assert dimensi.classify(worst) == dimensi.kelas[-1]
            assert {kelas.nada for kelas in dimensi.kelas} >= {"baik", "buruk"}


# Who needs attention


def many(own: int, others: int) -> pd.DataFrame:
    """Return the reading of one place on four indicators beside three equal others."""
    isi = {f"E1{n}": (own, 1000) for n in range(4)}
    rest = {f"E1{n}": (others, 1000) for n in range(4)}
    daftar = [tempat("73.01", isi), *(tempat(f"73.0{n}", rest) for n in (2, 3, 4))]
    return compare_kabupaten(daftar).perhatian.set_index("kode_kabupaten")


def test_a_place_surely_below_on_its_measures_needs_attention_and_stands_first():
    found = many(500, 900)
    assert found["perhatian"].iloc[0] == "perlu perhatian"
    assert (found.index[0], found["jumlah_separuh_bawah"].iloc[0]) == ("73.01", 4)
    assert set(found["perhatian"].iloc[1:]) == {"tidak menonjol"}


def test_a_place_surely_above_needs_none():
    assert set(many(950, 600)["perhatian"]) == {"tidak menonjol"}


# Over the years


def series(banding: HasilBanding, deret: str) -> pd.DataFrame:
    return banding.deret[banding.deret["deret"].eq(deret)].reset_index(drop=True)


def test_two_surveys_are_not_joined_in_a_series():
    rows = pd.DataFrame({
        "baris": ["a", "b", "c"], "jenis_angka": "survei", "tingkat": "kabupaten",
        "kode_wilayah": "73.01", "tahun": [2021, 2022, 2023], "sumber": ["SSGI", "SSGI", "SKI"],
        "prevalensi_persen": [30.0, 28.0, 25.0]})  # fmt: skip
    found = series(compare_kabupaten([tempat("73.01", perkembangan_prevalensi=rows)]), "survei")
    assert list(found["sambung"]) == [False, True, False]
    assert found["alasan_putus"].iloc[2] == "survei berbeda"


def test_the_year_before_is_known_from_the_year_after():
    kolom = {"capaian_lalu_persen": 65.0, "status_tren": "naik"}
    banding = compare_kabupaten([tempat("73.01", {"E11": (700, 1000)}, kolom=kolom)])
    found = series(banding, "cakupan:E11")
    assert list(zip(found["tahun"], found["nilai_persen"], found["sambung"], strict=True)) == [
        (2023, 65.0, False), (2024, 70.0, True),
    ]  # fmt: skip


def test_years_that_cannot_be_compared_are_not_joined_and_say_why():
    kolom = {"capaian_lalu_persen": 65.0, "status_tren": "tidak dapat dibandingkan",
             "alasan_tren": "jenis penyebut berbeda"}  # fmt: skip
    now = tempat("73.01", {"E11": (700, 1000)}, kolom=kolom)
    found = series(compare_kabupaten([now]), "cakupan:E11")
    assert (bool(found["sambung"].iloc[1]), found["alasan_putus"].iloc[1]) == (
        False, "jenis penyebut berbeda",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tahun", "cutoff", "alasan"),
    [
        (2023, date(2023, 12, 31), None),
        (2023, date(2023, 11, 30),
         "batas data berbeda: 30 November 2023 dan 31 Desember 2024"),
        (2021, date(2021, 12, 31), "tahun di antaranya tidak ada"),
    ],
)  # fmt: skip
def test_spending_is_joined_only_between_like_ends_of_neighbouring_years(tahun, cutoff, alasan):
    angka = {"serapan_spesifik_persen": 90.0}
    before = tempat("73.01", angka=angka, tahun=tahun, tanggal_cutoff=cutoff)
    banding = compare_kabupaten([tempat("73.01", angka=angka)], [before])
    last = series(banding, "serapan:spesifik").iloc[-1]
    assert bool(last["sambung"]) is (alasan is None)
    assert (None if pd.isna(last["alasan_putus"]) else last["alasan_putus"]) == alasan


def test_a_comparison_of_synthetic_kabupaten_is_synthetic():
    assert compare_kabupaten([tempat("73.01")]).contoh
    assert not compare_kabupaten([tempat("73.01", contoh=False, angka=survei(20.0))]).contoh
