"""What stands on the axes of each chart, recomputed from the rows by plain Python."""

from __future__ import annotations

import re
import warnings
from datetime import date

import pandas as pd
import pytest
from gambar import bars, dots, draw, draw_banding, labels, notes, title
from hasil_kecil import (
    NILAI,
    anggaran,
    cakupan,
    kegiatan,
    make_hasil,
    prevalensi,
    ringkasan,
    usulan,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.report.tampilan import render_png

SULIT = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "$x_1$ dan $y$", "Désa Ño", "a" * 90]
STATUS = ["tercapai", "belum tercapai", "belum dapat dinilai"]


def of_kabupaten(**kolom) -> pd.DataFrame:
    rows = cakupan().query("tingkat == 'kabupaten'").reset_index(drop=True)
    return rows.head(len(next(iter(kolom.values())))).assign(**kolom)


def of_kecamatan(**kolom) -> pd.DataFrame:
    return prevalensi().query("tingkat == 'kecamatan'").assign(**kolom)


def barriers(kategori: list, status: list) -> pd.DataFrame:
    baris = [f"H{n}" for n in range(len(kategori))]
    return pd.DataFrame(
        {"baris": baris, "keadaan": "tercatat", "kategori": kategori, "status": status}
    )


# Prevalence


def test_a_title_without_period_has_no_double_space():
    bagan = draw("prevalensi_kecamatan", perkembangan_prevalensi=of_kecamatan(periode=None))
    assert title(bagan) == (
        "Prevalensi register 2024 per kecamatan: Marioriwawo 22,0 persen sampai Liliriaja 15,5 "
        "persen"
    )


@pytest.mark.parametrize("nama", ["prevalensi", "register", "prevalensi_kecamatan"])
def test_no_title_or_description_has_a_gap_when_periods_are_missing(nama):
    bagan = draw(nama, perkembangan_prevalensi=prevalensi().assign(periode=None))
    for text in (bagan.get_suptitle(), bagan.alt):
        assert not re.search(r"  | [,.;:]|^\s|None|nan|<NA>", text), text


def test_a_single_kecamatan_has_no_range():
    bagan = draw("prevalensi_kecamatan", perkembangan_prevalensi=of_kecamatan().head(1))
    assert title(bagan) == "Prevalensi register Agustus 2024 per kecamatan: Marioriwawo 22,0 persen"


def test_kecamatan_stand_from_high_to_low_with_their_counts():
    rows = of_kecamatan(prevalensi_persen=[15.5, 22.0], stunting=[31, 1100], diukur=[200, 5000])
    axes = draw("prevalensi_kecamatan", perkembangan_prevalensi=rows).axes[0]
    assert labels(axes) == ["Liliriaja", "Marioriwawo"]
    assert notes(axes) == ["22,0  (1.100 dari 5.000)", "15,5  (31 dari 200)"]


def test_kecamatan_of_an_earlier_year_are_not_drawn():
    assert draw("prevalensi_kecamatan", perkembangan_prevalensi=of_kecamatan(tahun=2023)).kosong


def test_a_register_row_without_period_is_labelled_by_its_year():
    rows = prevalensi().query("jenis_angka == 'register'").iloc[[0]].assign(periode=None)
    bagan = draw("register", perkembangan_prevalensi=rows)
    assert labels(bagan.axes[0]) == ["2024"]
    assert title(bagan) == "Register 2024: prevalensi 20,1 persen, D/S 81,0 persen"


def test_register_shows_prevalence_left_and_attendance_right():
    left, right = draw("register").axes
    assert dots(left) == {(20.1, 0.0), (19.4, 1.0)}
    assert bars(right) == [81.0, 0.0]
    assert notes(right) == ["81,0", "tidak tersedia"]


def test_every_survey_point_stands_at_its_year_and_level():
    assert dots(draw("prevalensi").axes[0]) == {(2022.0, 26.9), (2023.0, 24.0), (2023.14, 27.4)}


@pytest.mark.parametrize("target", [5.0, 24.0, 60.0])
def test_a_target_above_all_surveys_stays_inside_the_chart(target):
    rows = prevalensi()
    rows.loc[rows["jenis_angka"].eq("target"), "prevalensi_persen"] = target
    low, high = draw("prevalensi", perkembangan_prevalensi=rows).axes[0].get_ylim()
    assert low == 0
    assert high > max(target, 27.4)


def test_a_survey_row_without_figure_is_neither_drawn_nor_told():
    rows = prevalensi()
    rows.loc[rows["sumber"].eq("SKI") & rows["tingkat"].eq("kabupaten"), "prevalensi_persen"] = None
    bagan = draw("prevalensi", perkembangan_prevalensi=rows)
    assert title(bagan).startswith("SSGI 2022: 26,9 persen")
    assert (2023.0, 24.0) not in dots(bagan.axes[0])


def test_a_prevalence_of_zero_is_a_figure_and_not_missing():
    rows = prevalensi().query("sumber == 'SKI' and tingkat == 'kabupaten'")
    bagan = draw("prevalensi", perkembangan_prevalensi=rows.assign(prevalensi_persen=0.0))
    assert title(bagan).startswith("SKI 2023: 0,0 persen")
    assert not bagan.kosong


def test_the_legend_names_levels_surveys_and_the_target_line():
    rows = prevalensi()
    rows.loc[rows["sumber"].eq("SSGI"), "sumber"] = "Survei daerah"
    legend = draw("prevalensi", perkembangan_prevalensi=rows).axes[0].get_legend()
    assert [item.get_text() for item in legend.get_texts()] == [
        "kabupaten", "provinsi", "Survei daerah", "SKI", "target",
    ]  # fmt: skip


# Coverage


def test_each_indicator_has_its_dot_at_its_coverage_and_a_mark_at_its_target():
    axes = draw("cakupan_target").axes[0]
    values = {72.54: "E10", 6.9: "E12", 81.25: "E14", 88.0: "E26"}
    places = [next(code for code in values.values() if code in text) for text in labels(axes)]
    expected = {(value, float(places.index(code))) for value, code in values.items()}
    assert expected <= dots(axes)
    assert {x for x, _ in dots(axes)} - values.keys() == {90.0, 7.4, 80.0}


def test_only_a_falling_indicator_has_the_arrow():
    marked = [text for text in labels(draw("cakupan_target").axes[0]) if "(↓)" in text]
    assert len(marked) == 1
    assert marked[0].endswith("E12")


@pytest.mark.parametrize(
    ("capaian", "shown"),
    [(89.9, "89,9 persen (target 90,0)"), (89.96, "89,96 persen (target 90,00)"),
     (89.996, "89,996 persen (target 90,000)")],
)  # fmt: skip
def test_coverage_below_target_never_looks_equal_to_it(capaian, shown):
    rows = of_kabupaten(capaian_persen=[capaian], target_persen=[90.0])
    rows = rows.assign(selisih_target_poin=capaian - 90.0, status_capaian="belum tercapai")
    assert shown in draw("cakupan_target", capaian_cakupan=rows).alt


def test_coverage_far_above_one_hundred_stays_inside_the_chart():
    axes = draw("cakupan_target", capaian_cakupan=of_kabupaten(capaian_persen=[340.0])).axes[0]
    assert axes.get_xlim()[1] > 340.0


@given(st.lists(st.sampled_from(STATUS), min_size=1, max_size=4))
@settings(max_examples=5, deadline=None)
def test_the_title_counts_the_statuses_of_the_rows(statuses):
    bagan = draw("cakupan_target", capaian_cakupan=of_kabupaten(status_capaian=statuses))
    judged = [status for status in statuses if status != "belum dapat dinilai"]
    reached = judged.count("tercapai")
    assert title(bagan) == (
        f"{reached} dari {len(judged)} indikator yang dapat dinilai mencapai target"
        if judged
        else f"{len(statuses)} indikator berdata, belum ada yang dapat dinilai terhadap target"
    )


@pytest.mark.parametrize(
    ("poin", "arah", "expected"),
    [
        (2.5, "naik", "+2,5 membaik"),
        (-2.5, "naik", "-2,5 memburuk"),
        (-2.5, "turun", "-2,5 membaik"),
        (0.0, "naik", "0,0 tetap"),
        (0.04, "naik", "+0,04 membaik"),
        (-0.004, "naik", "-0,004 memburuk"),
    ],
)
def test_a_change_is_written_with_sign_and_verdict_and_never_as_zero(poin, arah, expected):
    rows = of_kabupaten(tren_poin=[poin], arah=[arah])
    assert notes(draw("cakupan_perubahan", capaian_cakupan=rows).axes[0]) == [expected]


def test_changes_stand_from_the_largest_rise_to_the_largest_fall():
    rows = of_kabupaten(tren_poin=[1.0, -4.0, 3.0, None], arah="naik")
    axes = draw("cakupan_perubahan", capaian_cakupan=rows).axes[0]
    assert bars(axes) == [3.0, 1.0, -4.0]
    assert [bool(patch.get_hatch()) for patch in axes.patches] == [False, False, True]
    low, high = axes.get_xlim()
    assert low < -4.0 < 3.0 < high


def test_the_tiles_are_the_coverage_of_each_kecamatan_in_whole_percent():
    bagan = draw("cakupan_kecamatan")
    rows = cakupan().query("tingkat == 'kecamatan'").sort_values(["kode_indikator", "wilayah"])
    expected = [f"{value:.0f}" for value in rows["capaian_persen"].dropna()]
    assert [text for text in notes(bagan.axes[0]) if text] == expected
    assert [patch.get_hatch() for patch in bagan.axes[0].patches] == ["////"]


def test_kecamatan_equally_short_are_named_together():
    rows = cakupan().assign(status_capaian="belum tercapai")
    bagan = draw("cakupan_kecamatan", capaian_cakupan=rows)
    assert title(bagan) == (
        "Terbanyak indikator belum tercapai: Liliriaja dan Marioriwawo (4 indikator)"
    )


# Activities and money


def test_the_stages_are_bars_of_count_and_rupiah():
    left, right = draw("kaskade").axes
    assert bars(left) == [2.0, 2.0, 2.0, 2.0, 1.0]
    assert bars(right) == [5e9, 5e9, 5e9, 4e9, 1.6e9]
    assert notes(right)[-2:] == ["Rp4,00 miliar", "Rp1,60 miliar"]


def test_a_stage_nobody_computed_is_not_a_stage_of_zero():
    bagan = draw("kaskade", ringkasan=ringkasan({**NILAI, "kaskade_dpa_jumlah": None}))
    assert notes(bagan.axes[0])[3] == "tidak tersedia"
    assert "DPA tidak tersedia senilai Rp4,00 miliar" in bagan.alt


def test_each_opd_has_its_panel_and_extremes_are_drawn_at_the_end():
    rows = usulan().assign(capaian_output_persen=[400.0, 50.0, 60.0], serapan_persen=[92.0, 131, 0],
                           opd=["Dinas B", "Dinas A", None])  # fmt: skip
    bagan = draw("output_serapan", usulan_kegiatan=rows)
    panels = bagan.axes[1:]
    assert [axes.get_title(loc="left") for axes in panels] == [
        "Dinas A\n1 kegiatan", "Dinas B\n1 kegiatan", "OPD tidak diisi\n1 kegiatan",
    ]  # fmt: skip
    assert [dots(axes) for axes in panels] == [{(50.0, 130.0)}, {(130.0, 92.0)}, {(60.0, 0.0)}]


def test_an_activity_with_one_of_both_figures_only_is_not_drawn():
    bagan = draw("output_serapan", usulan_kegiatan=usulan(), tanggal_cutoff=date(2024, 12, 31))
    assert "dari 2 kegiatan" in title(bagan)


@pytest.mark.parametrize(
    ("status", "selesai", "minimal", "expected"),
    [
        ("terlambat", 31, None, ["31 hari"]),
        ("belum selesai dan lewat rencana", None, 71, ["≥ 71 hari"]),
        ("terlambat", 1234, None, ["1.234 hari"]),
        ("terlambat", 0, None, []),
        ("tepat waktu", -5, None, []),
        ("belum jatuh tempo", None, None, []),
        ("terlambat", None, None, []),
    ],
)
def test_only_a_delay_of_at_least_one_day_is_drawn(status, selesai, minimal, expected):
    rows = kegiatan().head(1).assign(status_waktu=status, deviasi_selesai_hari=selesai,
                                     terlambat_minimal_hari=minimal)  # fmt: skip
    bagan = draw("keterlambatan", realisasi_kegiatan=rows)
    assert bagan.kosong is (not expected)
    assert [text for axes in bagan.axes for text in notes(axes)] == expected


def test_ceiling_and_realisation_are_drawn_to_one_scale():
    axes = draw("serapan_lini").axes[0]
    assert labels(axes) == ["Spesifik", "Sensitif tanpa fisik", "Fisik/infrastruktur"]
    assert bars(axes) == [4e9, 6e9, 20e9, 1.6e9, 2.8e9, 19.6e9]
    assert notes(axes)[0] == "serapan 40,0 persen\nRp1,60 miliar dari Rp4,00 miliar"


def test_an_unreported_realisation_is_a_dash_and_zero_is_zero():
    rows = anggaran().query("kelompok == 'lini'").head(2)
    rows = rows.assign(realisasi_rp=[None, 0], serapan_persen=[None, 0.0])
    assert notes(draw("serapan_lini", realisasi_anggaran=rows).axes[0]) == [
        "serapan tidak tersedia\n– dari Rp4,00 miliar",
        "serapan 0,0 persen\nRp0 dari Rp6,00 miliar",
    ]


# Barriers and lokus


def test_barriers_are_stacked_by_status_in_the_order_of_settlement():
    rows = barriers(["SDM"] * 4, ["selesai", "belum", "berjalan", "belum"])
    axes = draw("hambatan", faktor_penghambat=rows).axes[0]
    assert bars(axes) == [2.0, 1.0, 1.0]
    assert [item.get_text() for item in axes.get_legend().get_texts()] == [
        "belum", "berjalan", "selesai",
    ]  # fmt: skip
    assert notes(axes) == ["4"]


def test_categories_of_equal_number_share_the_title():
    bagan = draw("hambatan", faktor_penghambat=barriers(["x", "y", "z"], ["belum"] * 3))
    assert title(bagan) == "Hambatan terbanyak: x, y, dan z (masing-masing 1 dari 3 yang tercatat)"


@given(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=8))
@settings(max_examples=5, deadline=None)
def test_no_recorded_barrier_is_lost_on_the_way_to_the_chart(kategori):
    rows = barriers(kategori, ["belum"] * len(kategori))
    axes = draw("hambatan", faktor_penghambat=rows).axes[0]
    counts = {name or "tidak diisi": kategori.count(name) for name in set(kategori)}
    shown = dict(zip(labels(axes), map(int, notes(axes)), strict=True))
    assert shown == counts


def test_a_lokus_shows_score_and_components_and_a_dash_where_missing():
    rows = make_hasil().usulan_lokus.assign(usulan="diusulkan lokus", urutan=[2, 1])
    panels = draw("lokus", usulan_lokus=rows).axes
    assert labels(panels[0]) == ["Jampu (Liliriaja)", "Gattareng (Marioriwawo)"]
    assert [notes(axes) for axes in panels] == [["40,0", "81,2"], ["–", "31,0"], ["–", "18"],
                                                ["–", "–"]]  # fmt: skip


# Side by side


def test_compared_prevalence_names_survey_and_year_of_each():
    other = make_hasil(nama="Kabupaten Barru", kode_kabupaten="73.11",
                       ringkasan=ringkasan({**NILAI, "survei_terakhir_persen": 14.05,
                                            "survei_terakhir_sumber_teks": "SSGI"}))  # fmt: skip
    axes = draw_banding("banding_prevalensi", make_hasil(), other).axes[0]
    assert dots(axes) == {(24.0, 0.0), (14.05, 1.0)}
    assert notes(axes) == ["24,0  (SKI 2023)", "14,1  (SSGI 2023)"]


def test_a_compared_prevalence_of_zero_leaves_an_axis():
    hasil = make_hasil(ringkasan=ringkasan({**NILAI, "survei_terakhir_persen": 0.0}))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bagan = draw_banding("banding_prevalensi", hasil)
    assert bagan.axes[0].get_xlim()[1] >= 1


def test_compared_absorption_tells_missing_from_zero():
    nilai = {**NILAI, "serapan_spesifik_persen": None, "serapan_sensitif_persen": 0.0}
    bagan = draw_banding("banding_serapan", make_hasil(ringkasan=ringkasan(nilai)))
    assert [notes(axes) for axes in bagan.axes] == [["–"], ["0,0"], ["98,0"]]
    assert title(bagan) == "Serapan lini spesifik: Kabupaten Soppeng tidak tersedia"


def test_compared_coverage_counts_the_indicators_all_have():
    rows = cakupan().assign(wilayah="Kabupaten Barru")
    rows = rows.query("kode_indikator in ['E10', 'E14']")
    other = make_hasil(nama="Kabupaten Barru", kode_kabupaten="73.11", capaian_cakupan=rows)
    bagan = draw_banding("banding_cakupan", make_hasil(), other)
    assert title(bagan) == "2 dari 4 indikator berdata di semua kabupaten yang dibandingkan"
    assert len(bagan.axes[0].patches) == 2


# Names


def test_awkward_names_are_printed_as_they_are():
    rows = pd.concat([make_hasil().usulan_lokus.head(1)] * len(SULIT), ignore_index=True)
    codes = [f"UL-{n}" for n in range(len(SULIT))]
    bagan = draw("lokus", usulan_lokus=rows.assign(baris=codes, id_usulan=codes, desa=SULIT))
    assert labels(bagan.axes[0]) == [f"{nama} (Marioriwawo)" for nama in SULIT]
    assert render_png(bagan).startswith(b"\x89PNG")


@pytest.mark.parametrize("nama", SULIT[:3])
def test_an_awkward_kabupaten_name_is_told_as_it_is(nama):
    assert nama in draw("register", nama=nama).alt
    assert nama in draw_banding("banding_prevalensi", make_hasil(nama=nama)).alt
