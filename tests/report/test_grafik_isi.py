"""What the charts say and draw, recomputed from the rows they were given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import matplotlib as mpl
import pandas as pd
import pytest
from gambar import draw_banding
from hasil_kecil import NILAI, cakupan, kegiatan, make_hasil, prevalensi, ringkasan, usulan
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.report.grafik import GAMBAR_BANDING, GAMBAR_SATU, compute_kaskade
from reviu_lib.report.grafik.gaya import Bagan, list_some, pick, shorten, tone_of, wrap_label
from reviu_lib.report.grafik.kegiatan import TAHAP

HASIL = make_hasil()


def draw(nama: str, **ganti) -> Bagan:
    return GAMBAR_SATU[nama](make_hasil(**ganti))


def texts(bagan) -> str:
    return " ".join(item.get_text() for item in bagan.findobj(Text)).replace("\n", " ")


def title(bagan) -> str:
    return bagan.get_suptitle().replace("\n", " ")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (list("abc"), "a, b, dan c"),
        (list("abcd"), "a, b, c, dan 1 lainnya"),
        (list("abcdef"), "a, b, c, dan 3 lainnya"),
    ],
)
def test_beyond_three_names_the_others_are_counted(items, expected):
    assert list_some(items) == expected


@given(st.text(alphabet="abc de", max_size=200), st.sampled_from(["E1", "E10", "K001"]))
@settings(max_examples=50, deadline=None)
def test_a_label_has_at_most_two_lines_and_keeps_its_code(text, tail):
    lines = wrap_label(text, tail).split("\n")
    assert len(lines) <= 2
    assert lines[-1].endswith(tail)


@given(st.text(alphabet="abc de", max_size=120), st.integers(12, 60))
@settings(max_examples=50, deadline=None)
def test_a_shortened_name_fits_and_a_short_one_is_left_alone(text, width):
    assert len(shorten(text, width)) <= width
    assert len(text) > width or shorten(text, width) == text


def test_an_unknown_status_has_a_neutral_tone():
    assert tone_of("belum pernah didengar") == "netral"


@pytest.mark.parametrize(
    ("kunci", "expected"),
    [("serapan_persen", 80.0), ("survei_terakhir_sumber_teks", "SKI"), ("tak_ada", None)],
)
def test_an_aggregate_number_is_picked_by_its_key(kunci, expected):
    assert pick(HASIL, kunci) == expected


@pytest.mark.parametrize("nama", ["hambatan", "cakupan_kecamatan"])
def test_drawing_leaves_the_settings_of_matplotlib_as_they_were(nama):
    before = dict(mpl.rcParams)
    GAMBAR_SATU[nama](HASIL)
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("nama", list(GAMBAR_SATU))
def test_real_data_carry_no_mark_and_every_chart_names_its_cut_off_date(nama):
    bagan = draw(nama, contoh=False)
    assert PENANDA_CONTOH not in texts(bagan) + bagan.alt
    assert "batas data 30 November 2024" in bagan.get_supxlabel().replace("\n", " ")


def test_the_stages_are_read_from_the_summary_and_missing_stays_missing():
    stages = compute_kaskade(make_hasil(ringkasan=ringkasan({**NILAI, "kaskade_dpa_rp": None})))
    assert list(stages["tahap"]) == ["Rembuk", "RKPD", "Renja", "DPA", "Realisasi"]
    assert len(stages) == len(TAHAP)
    assert stages["jumlah_kegiatan"].tolist() == [2, 2, 2, 2, 1]
    assert stages["nilai_rp"].isna().tolist() == [False, False, False, True, False]


def test_the_cascade_says_where_it_starts_and_where_it_ends():
    assert title(draw("kaskade")) == (
        "Dari 2 kegiatan yang disepakati di Rembuk, 1 kegiatan mempunyai realisasi anggaran"
    )


@pytest.mark.parametrize(
    ("changes", "better", "worse"),
    [
        ([("naik", 2.0), ("naik", -1.0)], 1, 1),
        ([("turun", -2.0), ("turun", 3.0)], 1, 1),
        ([("naik", 0.0), ("turun", 0.0)], 0, 0),
        ([("naik", 1.0), ("turun", -1.0)], 2, 0),
    ],
)
def test_a_falling_indicator_improves_when_it_falls(changes, better, worse):
    rows = cakupan().query("tingkat == 'kabupaten'").head(2)
    rows = rows.assign(arah=[arah for arah, _ in changes], tren_poin=[p for _, p in changes])
    assert title(draw("cakupan_perubahan", capaian_cakupan=rows)) == (
        f"Dari 2 indikator yang dapat dibandingkan dengan 2023, {better} membaik dan "
        f"{worse} memburuk"
    )


def test_the_chart_of_targets_names_the_furthest_below_first():
    rows = (
        cakupan()
        .query("tingkat == 'kabupaten'")
        .assign(
            status_capaian="belum tercapai",
            target_persen=90.0,
            capaian_persen=[80.0, 60.0, 70.0, 85.0],
        )
    )
    rows = rows.assign(selisih_target_poin=rows["capaian_persen"] - rows["target_persen"],
                       indikator=["A", "B", "C", "D"], arah="naik")  # fmt: skip
    alt = draw("cakupan_target", capaian_cakupan=rows).alt
    assert alt.index("B 60,0 persen") < alt.index("C 70,0") < alt.index("A 80,0")
    assert "D 85,0" not in alt


def test_the_chart_of_targets_prints_every_value():
    shown = texts(draw("cakupan_target"))
    for value in ("72,5", "6,9", "81,3", "88,0"):
        assert value in shown


def test_tiles_without_data_are_counted_apart():
    assert "1 kotak tanpa data" in draw("cakupan_kecamatan").alt


def test_the_kecamatan_short_on_most_indicators_is_named():
    rows = cakupan()
    rows.loc[rows["kode_wilayah"].eq("73.12.02"), "status_capaian"] = "belum tercapai"
    rows.loc[rows["kode_wilayah"].eq("73.12.01"), "status_capaian"] = "tercapai"
    bagan = draw("cakupan_kecamatan", capaian_cakupan=rows)
    assert title(bagan) == "Terbanyak indikator belum tercapai: Liliriaja (4 indikator)"


def test_the_latest_survey_and_next_years_target_are_the_title():
    assert title(draw("prevalensi")) == (
        "SKI 2023: 24,0 persen; target kabupaten 2025: 22,0 persen"
    )


def test_without_a_figure_of_its_own_the_kabupaten_says_so():
    rows = prevalensi()
    rows = rows[rows["tingkat"].eq("provinsi")]
    assert "belum tersedia" in title(draw("prevalensi", perkembangan_prevalensi=rows))


def test_register_periods_stand_in_the_order_of_time():
    bagan = draw("register", perkembangan_prevalensi=prevalensi().iloc[::-1])
    labels = [item.get_text() for item in bagan.axes[0].get_yticklabels()]
    assert labels == ["Februari 2024", "Agustus 2024"]
    assert "D/S 81,0 persen" in bagan.alt
    assert "Agustus 2024: prevalensi 19,4 persen, D/S tidak tersedia" in bagan.alt


@pytest.mark.parametrize(("ds", "hollow"), [(60.0, False), (59.99, True), (None, True)])
def test_a_kecamatan_below_the_least_attendance_is_a_hollow_point(ds, hollow):
    rows = prevalensi().query("tingkat == 'kecamatan'").head(1).assign(d_per_s_persen=ds)
    bagan = draw("prevalensi_kecamatan", perkembangan_prevalensi=rows)
    faces = bagan.axes[0].collections[-1].get_facecolors()
    assert (tuple(faces[0][:3]) == (1.0, 1.0, 1.0)) is hollow


def test_kecamatan_are_shown_for_the_latest_period_only():
    old = prevalensi().query("tingkat == 'kecamatan'").assign(periode="Februari", wilayah="Lama")
    old = old.assign(baris=old["baris"] + "-lama")
    rows = pd.concat([old, prevalensi()], ignore_index=True)
    bagan = draw("prevalensi_kecamatan", perkembangan_prevalensi=rows)
    assert "Lama" not in texts(bagan)
    assert "Marioriwawo 22,0 persen sampai Liliriaja 15,5 persen" in title(bagan)


@pytest.mark.parametrize(
    ("output", "serapan", "bad", "good"),
    [
        (91.0, 76.0, 0, 1),
        (90.99, 76.0, 0, 0),
        (91.0, 75.99, 0, 0),
        (90.99, 75.99, 1, 0),
        (0.0, 0.0, 1, 0),
    ],
)
def test_a_whole_year_judges_output_and_absorption_by_the_declared_limits(
    output, serapan, bad, good
):
    rows = usulan().head(1).assign(capaian_output_persen=output, serapan_persen=serapan)
    bagan = draw("output_serapan", usulan_kegiatan=rows, tanggal_cutoff=date(2024, 12, 31))
    assert title(bagan) == (
        f"{bad} dari 1 kegiatan kurang pada output sekaligus serapan; {good} baik"
    )


@pytest.mark.parametrize("count", [1, 20, 21])
def test_at_most_twenty_delays_are_drawn_and_all_are_counted(count):
    row = kegiatan().iloc[[1]]
    rows = pd.concat([row] * count, ignore_index=True)
    codes = [f"K{n:03d}" for n in range(count)]
    rows = rows.assign(baris=codes, id_kegiatan=codes, deviasi_selesai_hari=range(1, count + 1))
    bagan = draw("keterlambatan", realisasi_kegiatan=rows)
    assert len(bagan.axes[0].get_yticks()) == min(count, 20)
    assert title(bagan).startswith(f"{count} kegiatan melewati rencana, 0 di antaranya")
    assert title(bagan).endswith(f"terlama {count} hari")
    assert ("Digambar 20 kegiatan terlama" in bagan.get_supxlabel()) is (count > 20)


def test_a_line_without_absorption_says_it_is_not_available():
    rows = HASIL.realisasi_anggaran.assign(serapan_persen=None, realisasi_rp=None)
    alt = draw("serapan_lini", realisasi_anggaran=rows).alt
    assert "Spesifik tidak tersedia; Sensitif tanpa fisik tidak tersedia" in alt


@pytest.mark.parametrize("count", [1, 26])
def test_at_most_twenty_five_lokus_are_drawn_and_all_are_counted(count):
    rows = pd.concat([HASIL.usulan_lokus.head(1)] * count, ignore_index=True)
    codes = [f"UL-{n:03d}" for n in range(count)]
    rows = rows.assign(baris=codes, id_usulan=codes, urutan=range(1, count + 1))
    bagan = draw("lokus", usulan_lokus=rows)
    assert title(bagan) == (f"{count} desa/kelurahan di 1 kecamatan diusulkan menjadi lokus 2025")
    assert ("Digambar 25 desa" in bagan.get_supxlabel()) is (count > 25)


@pytest.mark.parametrize(
    ("kategori", "status", "expected"),
    [
        (["SDM", "SDM", "anggaran"], ["belum", "selesai", "belum"], "(2 dari 3 yang tercatat)"),
        ([None, None], [None, "belum"], "tidak diisi (2 dari 2 yang tercatat)"),
        (["<b>", "<b>"], ["aneh", "belum"], "<b> (2 dari 2 yang tercatat)"),
    ],
)
def test_barriers_are_counted_by_category_even_when_nothing_was_chosen(kategori, status, expected):
    codes = [f"H{n}" for n in range(len(kategori))]
    rows = pd.DataFrame({"baris": codes, "keadaan": "tercatat", "kategori": kategori,
                         "status": status})  # fmt: skip
    assert expected in title(draw("hambatan", faktor_penghambat=rows))


@pytest.mark.parametrize("nama", list(GAMBAR_BANDING))
def test_kabupaten_and_kota_of_one_name_stay_apart(nama):
    kota = replace(HASIL, kode_kabupaten="73.71",
                   ringkasan=ringkasan({**NILAI, "serapan_spesifik_persen": 77.7}))  # fmt: skip
    bagan = draw_banding(nama, HASIL, kota)
    shown = texts(bagan)
    assert "Kabupaten Soppeng (73.12)" in shown
    assert "Kabupaten Soppeng (73.71)" in shown


def test_a_comparison_of_one_synthetic_and_one_real_kabupaten_is_marked():
    real = make_hasil(contoh=False, nama="Kabupaten Barru", kode_kabupaten="73.11")
    for nama in GAMBAR_BANDING:
        assert PENANDA_CONTOH in draw_banding(nama, real, HASIL).alt
        assert PENANDA_CONTOH not in draw_banding(nama, real).alt
