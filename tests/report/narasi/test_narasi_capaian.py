"""Chapters III to VI at their edges: boundaries, ties, none and one, missing beside zero."""

from datetime import date

import pytest
from cerita import make, tell, tell_hasil
from contoh_hasil import KEGIATAN, LENGKAP, change, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.report.narasi.capaian.indikator import describe_indikator
from reviu_lib.report.narasi.kalimat import Facts

E10, E14, E21 = (f"capaian_cakupan/{kode}@73.12/" for kode in ("E10", "E14", "E21"))
SURVEI = "perkembangan_prevalensi/survei:73.12:2023::SKI/"
AKHIR = {"tanggal_cutoff": date(2024, 12, 31)}
JARAK = {"survei_terakhir_tahun": 2024}


def cell(prefix: str, **kolom) -> dict:
    return {f"{prefix}{nama}": value for nama, value in kolom.items()}


# Outcome


@pytest.mark.parametrize(
    ("provinsi", "nasional", "expected"),
    [
        (27.4, 30.0, "lebih rendah daripada angka provinsi (27,4 persen) maupun angka nasional"),
        (20.0, 21.5, "lebih tinggi daripada angka provinsi (20,0 persen) maupun angka nasional"),
        (24.0, 24.0, "sama dengan angka provinsi (24,0 persen) maupun angka nasional (24,0"),
        (24.0, 21.5, "sama dengan angka provinsi (24,0 persen), tetapi lebih tinggi daripada"),
        ("", 21.5, "lebih tinggi daripada angka nasional (21,5 persen); angka provinsi tidak"),
    ],
)
def test_the_survey_is_placed_beside_province_and_nation(provinsi, nasional, expected):
    ubah = {"survei_provinsi_persen": provinsi, "survei_nasional_persen": nasional}
    assert expected in tell("outcome", ubah)


@pytest.mark.parametrize(
    ("poin", "tahun", "expected"),
    [
        (1.0, 2024, "berada 1,0 poin persentase di atas target, sehingga target tahun ini belum"),
        (-1.0, 2024, "berada 1,0 poin persentase di bawah target, sehingga target tahun ini terca"),
        (0.0, 2024, "berada tepat pada target, sehingga target tahun ini tercapai"),
        (0.004, 2024, "berada 0,004 poin persentase di atas target, sehingga target tahun ini be"),
        (1.0, 2023, "survei tahun 2024 belum diketahui pada tanggal reviu, sehingga capaiannya"),
        ("", 2024, "Capaiannya belum dapat dinilai karena angka survei yang terbit tidak"),
    ],
)
def test_the_own_target_is_judged_by_a_survey_of_the_year_only(poin, tahun, expected):
    ubah = {"jarak_target_poin": poin, "survei_terakhir_tahun": tahun}
    assert expected in tell("outcome", ubah)


@pytest.mark.parametrize(
    ("poin", "expected"),
    [
        (1.0, "menjadi alasan untuk mendahulukan indikator layanan yang tertinggal"),
        (0.0, "tetap perlu dijaga melalui kesinambungan layanan"),
        (-2.0, "tetap perlu dijaga melalui kesinambungan layanan"),
    ],
)
def test_what_follows_depends_on_the_side_of_the_target(poin, expected):
    assert expected in tell("outcome", {"jarak_target_poin": poin})


@pytest.mark.parametrize(("ds", "low"), [(60.0, False), (59.99, True), (0.0, True), (100.0, False)])
def test_attendance_below_the_declared_least_is_called_low(ds, low):
    assert ("di bawah ambang" in tell("outcome", {"register_ds_persen": ds})) is low


@pytest.mark.parametrize(
    ("stunting", "sangat", "expected"),
    [
        (1072, 210, "tercatat 1.072 balita stunting, termasuk 210 balita sangat pendek di antara"),
        (1072, 0, "tercatat 1.072 balita stunting di antara 10.860 balita"),
        (1072, "", "tercatat 1.072 balita stunting di antara 10.860 balita"),
        (0, 0, "belum tercatat balita stunting di antara 10.860 balita"),
    ],
)
def test_no_stunted_child_is_said_in_words(stunting, sangat, expected):
    ubah = {"register_stunting": stunting, "register_sangat_pendek": sangat}
    assert expected in tell("outcome", ubah)


@pytest.mark.parametrize(
    ("selisih", "told"), [(14.13, True), (-3.0, True), (0.0, False), ("", False)]
)
def test_the_distance_of_survey_and_register_is_told_when_there_is_one(selisih, told):
    text = tell("outcome", {"selisih_survei_register_poin": selisih})
    assert ("Jarak keduanya" in text) is told
    assert "menjawab pertanyaan yang berbeda" in text


@pytest.mark.parametrize(
    ("tutup", "told"), [(40.0, True), (0.0, False), ("", False), (-12.0, False)]
)
def test_a_gap_that_did_not_close_is_not_called_closed(tutup, told):
    text = tell("outcome", {**JARAK, "kesenjangan_tertutup_persen": tutup})
    assert ("bagian jarak ke target yang sudah tertutup" in text) is told


def test_targets_of_one_year_stand_from_kabupaten_to_nation():
    text = tell("outcome")
    order = [text.index(f"target tingkat {name}") for name in ("kabupaten/kota", "provinsi")]
    assert order == sorted(order)
    assert "Pada tahun yang sama berlaku pula target tingkat nasional 14,0 persen" in text


def test_a_target_without_source_has_no_empty_bracket():
    row = "perkembangan_prevalensi/target:73.12:2025::RKPD 2025/sumber"
    assert "target tingkat kabupaten/kota 22,0 persen, target" in tell("outcome", {row: ""})


# Coverage


def test_an_indicator_exactly_on_target_does_not_go_beyond_it():
    text = tell("cakupan", cell(E14, capaian_persen=80.0, selisih_target_poin=0.0))
    assert "melampaui target" not in text


def test_the_furthest_above_target_is_the_one_with_the_largest_gap():
    ubah = cell(E10, capaian_persen=99.0, selisih_target_poin=9.0, status_capaian="tercapai")
    assert "paling jauh melampaui target ialah ibu hamil KEK" in tell("cakupan", ubah)


def test_a_falling_indicator_below_its_target_is_the_better_one():
    e12 = "capaian_cakupan/E12@73.12/"
    ubah = cell(e12, capaian_persen=1.0, selisih_target_poin=-6.4, status_capaian="tercapai")
    text = tell("cakupan", ubah)
    assert "melampaui target ialah persentase unmet need" in text
    assert "yaitu 1,0 persen terhadap target 7,4 persen" in text


@pytest.mark.parametrize(
    ("tercapai", "belum", "expected"),
    [
        (1, 2, "Ada satu indikator yang mencapai target (33,3 persen dari yang dinilai)"),
        (2, 1, "Sebanyak 2 indikator mencapai target"),
        (0, 3, "Belum ada indikator yang mencapai targetnya."),
        (3, 0, "Setiap indikator yang dinilai mencapai targetnya"),
    ],
)
def test_attainment_is_told_for_none_one_some_and_all(tercapai, belum, expected):
    ubah = {"jumlah_indikator_tercapai": tercapai, "jumlah_indikator_belum": belum}
    assert expected in tell("cakupan", ubah)


@pytest.mark.parametrize(("berdata", "expected"), [(29, "Setiap indikator dari 29"),
                                                   (28, "Dari 29 indikator")])  # fmt: skip
def test_all_indicators_with_data_are_told_apart_from_some(berdata, expected):
    assert expected in tell("cakupan", {"jumlah_indikator_berdata": berdata})


@pytest.mark.parametrize(
    ("poin", "status", "expected"),
    [
        (4.4, "tercapai", "bertambah 4,4 poin persentase, yang berarti membaik."),
        (4.4, "belum tercapai", "yang berarti membaik walaupun belum sampai pada target."),
        (-4.4, "tercapai", "berkurang 4,4 poin persentase, yang berarti memburuk walaupun masih"),
        (-4.4, "belum tercapai", "berkurang 4,4 poin persentase, yang berarti memburuk."),
        (0.0, "belum tercapai", "Angka ini tetap seperti tahun sebelumnya (70,1 persen)"),
        ("", "belum tercapai", "Angka tahun sebelumnya tidak tersedia, sehingga arahnya"),
    ],
)
def test_direction_and_attainment_are_weighed_together(poin, status, expected):
    hasil = make(cell(E10, tren_poin=poin, status_capaian=status, status_tren="naik"))
    assert expected in indikator(hasil, "E10@73.12")


def indikator(hasil, baris: str) -> str:
    return plain(describe_indikator(Facts(hasil), baris))


@pytest.mark.parametrize("kolom", ["status_tren", "status_capaian", "status_data", "arah"])
def test_an_indicator_with_an_empty_status_is_still_told(kolom):
    hasil = change(LENGKAP, cell(E10, **{kolom: ""}))
    assert indikator(hasil, "E10@73.12").startswith("Pada indikator ibu hamil KEK")


def test_a_target_whose_distance_is_unknown_is_not_met_exactly():
    text = indikator(make(cell(E10, selisih_target_poin="")), "E10@73.12")
    assert "tepat pada target" not in text
    assert "dengan target nasional 90,0 persen" in text


@pytest.mark.parametrize(
    ("tingkat", "expected"),
    [("kabupaten", "di bawah target daerah 90,0"), ("provinsi", "di bawah target provinsi 90,0"),
     ("nasional", "di bawah target nasional 90,0"), ("", "di bawah target 90,0")],
)  # fmt: skip
def test_the_level_of_the_target_is_named(tingkat, expected):
    assert expected in indikator(make(cell(E10, target_tingkat=tingkat)), "E10@73.12")


@pytest.mark.parametrize(
    ("have", "total", "expected"),
    [(69, 70, "Data baru lengkap dari 69 di antara 70 desa/kelurahan."), (70, 70, None),
     ("", 70, None), (69, "", None), (0, 70, "Data baru lengkap dari 0 di antara 70")],
)  # fmt: skip
def test_completeness_is_told_only_when_something_lacks(have, total, expected):
    text = indikator(make(cell(E10, jumlah_desa_data_lengkap=have, jumlah_desa=total)), "E10@73.12")
    assert (expected or "") in text
    assert ("Data baru lengkap" in text) is (expected is not None)


@pytest.mark.parametrize(("penyebut", "named"), [(30, True), (29, False), ("", False)])
def test_a_kecamatan_is_named_only_with_enough_people(penyebut, named):
    ubah = {"capaian_cakupan/E10@73.12.01/penyebut": penyebut}
    assert ("Marioriwawo (41,0 persen)" in indikator(make(ubah), "E10@73.12")) is named


@pytest.mark.parametrize(
    ("rerata", "told"), [(66.0, True), (63.31, True), (63.29, False), ("", False)]
)
def test_the_mean_of_desa_is_told_when_it_is_more_than_one_point_away(rerata, told):
    text = tell("cakupan", cell(E10, capaian_rerata_desa_persen=rerata))
    assert ("rasio terkumpul tidak selalu sama" in text) is told


# Activities


@pytest.mark.parametrize(
    ("stasiun", "expected"),
    [
        ((4, 4, 4, 3, 3), "antara Renja dan DPA"),
        ((4, 1, 1, 1, 0), "antara kesepakatan Rembuk dan RKPD"),
        ((4, 4, 4, 4, 1), "antara DPA dan realisasi anggaran"),
        ((4, "", "", 2, 2), "antara kesepakatan Rembuk dan DPA"),
        ((4, 3, 2, 1, 0), "antara kesepakatan Rembuk dan RKPD"),
        ((4, 4, 4, 4, 4), "terjaga pada setiap tahap itu"),
    ],
)
def test_the_largest_loss_is_the_first_of_the_largest(stasiun, expected):
    names = ("rembuk", "rkpd", "renja", "dpa", "realisasi")
    ubah = {f"kaskade_{nama}_jumlah": n for nama, n in zip(names, stasiun, strict=True)}
    assert expected in tell("kegiatan", ubah)


@given(st.lists(st.floats(0, 99.9), min_size=1, max_size=5))
@settings(max_examples=6, deadline=None)
def test_the_three_worst_outputs_are_named_from_the_lowest(values):
    rows = [
        {**KEGIATAN[0], "baris": f"X{n}", "id_kegiatan": f"X{n}",
         "sub_kegiatan": f"Kerja {'abcde'[n]}", "capaian_output_persen": value}
        for n, value in enumerate(values)
    ]  # fmt: skip
    text = tell("kegiatan", buang=("realisasi_kegiatan",), realisasi_kegiatan=rows)
    worst = sorted(range(len(values)), key=values.__getitem__)
    places = [text.index(f"Kerja {'abcde'[n]} (") for n in worst[:3]]
    assert places == sorted(places)
    assert all(f"Kerja {'abcde'[n]} (" not in text for n in worst[3:])


def test_an_activity_without_opd_has_no_hole():
    text = tell("kegiatan", {"realisasi_kegiatan/K01/opd": ""})
    assert "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat (52,5 persen)" in text


def test_an_activity_left_out_of_the_budget_without_reason_says_so():
    assert "Alasannya belum dicatat." in tell("kegiatan", {"realisasi_kegiatan/K04/alasan": ""})


@pytest.mark.parametrize(
    ("ubah", "expected"),
    [
        ({"terlambat_terburuk_kegiatan_teks": ""}, None),
        ({"terlambat_terburuk_hari": 0}, None),
        ({"terlambat_terburuk_kegiatan_teks": "K99"}, "47 hari, yaitu pada satu kegiatan."),
        ({"realisasi_kegiatan/K02/alasan": ""}, "47 hari, yaitu pada Penyediaan Sanitasi Layak."),
    ],
)
def test_the_longest_delay_needs_an_activity_and_days(ubah, expected):
    text = tell("kegiatan", ubah)
    assert (expected or "") in text
    assert ("Keterlambatan terlama" in text) is (expected is not None)


# Budget


@pytest.mark.parametrize(
    ("kas", "expected"),
    [(100.0, "sejalan dengan atau mendahului"), (99.99, "masih di bawah rencana penarikan"),
     (0.0, "masih di bawah rencana penarikan"), ("", "disajikan tanpa kelas")],
)  # fmt: skip
def test_cash_is_judged_from_one_hundred_percent_on(kas, expected):
    assert expected in tell("anggaran", {"serapan_kas_persen": kas})


@pytest.mark.parametrize(
    ("lalu", "expected"),
    [(75.29, "Serapan itu sama dengan serapan pada"), (75.28, "Serapan itu lebih tinggi daripada"),
     (91.2, "Serapan itu lebih rendah daripada"), ("", None)],
)  # fmt: skip
def test_a_whole_year_is_compared_with_the_year_before(lalu, expected):
    text = tell("anggaran", {**AKHIR, "serapan_lalu_persen": lalu})
    assert (expected or "") in text
    assert ("reviu tahun lalu" in text) is (expected is not None)


@pytest.mark.parametrize(
    ("murni", "expected"),
    [(4_000_000_000, "pagu itu bertambah"), (5_000_000_000, "pagu itu berkurang"),
     (4_250_000_000, None), ("", None)],
)  # fmt: skip
def test_a_changed_ceiling_is_told_with_its_direction(murni, expected):
    text = tell("anggaran", {"pagu_murni_rp": murni})
    assert (expected or "") in text
    assert ("perubahan APBD" in text) is (expected is not None)


@pytest.mark.parametrize(
    ("nilai", "most", "least"),
    [((62.1, 80.4, 97.9), "fisik/infrastruktur", "spesifik"),
     ((99.0, 80.4, 97.9), "spesifik", "sensitif tanpa fisik"),
     ((50.0, 50.0, 50.0), None, None), ((50.0, "", ""), None, None)],
)  # fmt: skip
def test_the_lines_furthest_apart_are_named_unless_equal(nilai, most, least):
    keys = ("spesifik", "sensitif", "fisik")
    text = tell("anggaran", {f"serapan_{k}_persen": v for k, v in zip(keys, nilai, strict=True)})
    assert ("paling banyak terserap" in text) is (most is not None)
    assert most is None or f"Lini {most} paling banyak terserap dan lini {least} paling" in text


def test_opd_of_equal_absorption_have_no_range():
    text = tell("anggaran", {"realisasi_anggaran/opd:Dinas PUPR/serapan_persen": 62.1})
    assert "berkisar" not in text


@pytest.mark.parametrize(
    ("sisa", "told"), [(1, True), (0, False), (-5_000_000, False), ("", False)]
)
def test_only_money_that_is_left_is_a_rest(sisa, told):
    assert ("dengan sisa Rp" in tell("anggaran", {"sisa_rp": sisa})) is told


def test_realisation_without_any_ceiling_still_makes_a_chapter():
    ubah = {"pagu_rp": "", "serapan_persen": "", "pagu_murni_rp": ""}
    text = tell("anggaran", ubah)
    assert text.startswith("Serapan keseluruhan tidak dapat dihitung karena pagu tidak tersedia.")
    assert "tercatat tanpa pagu" in text


def test_no_budget_at_all_is_one_sentence():
    text = tell_hasil("anggaran", make({"pagu_rp": "", "realisasi_tanpa_pagu_rp": ""}))
    assert text == (
        "Data anggaran kegiatan Kabupaten Soppeng tidak tersedia pada bahan reviu, sehingga "
        "serapan anggaran belum dapat dihitung."
    )
