from __future__ import annotations

import pytest
from gambar import draw_banding
from hasil_kecil import NAMA_SULIT, cakupan, kegiatan, make_hasil, make_kosong, prevalensi
from matplotlib.text import Text

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.report.grafik import GAMBAR_BANDING, GAMBAR_PERIKSA, GAMBAR_PETA, GAMBAR_SATU
from reviu_lib.report.grafik.cakupan import plot_cakupan_target
from reviu_lib.report.grafik.gaya import wrap_label
from reviu_lib.report.grafik.kegiatan import plot_keterlambatan, plot_output_serapan
from reviu_lib.report.grafik.outcome import plot_prevalensi
from reviu_lib.report.susunan import load_susunan_gambar
from reviu_lib.report.tampilan import render_png

SATU = list(GAMBAR_SATU)
TANPA_NILAI = {
    "capaian_cakupan": ["capaian_persen", "target_persen", "tren_poin"],
    "usulan_kegiatan": ["capaian_output_persen", "serapan_persen"],
    "realisasi_kegiatan": ["deviasi_selesai_hari", "terlambat_minimal_hari"],
    "realisasi_anggaran": ["pagu_rp", "realisasi_rp", "serapan_persen"],
    "perkembangan_prevalensi": ["prevalensi_persen", "d_per_s_persen", "diukur"],
    "prevalensi_kelompok": ["prevalensi_persen", "halus_persen", "bawah_persen", "atas_persen"],
    "sebaran_z": ["porsi_persen", "anak"],
    "kohort": ["pulih", "tetap_stunting", "stunting_awal", "baru_normal"],
    "usulan_lokus": ["skor", "prevalensi_persen", "stunting", "rerata_kesenjangan_poin"],
}  # fmt: skip


def texts(bagan) -> str:
    return " ".join(item.get_text() for item in bagan.findobj(Text))


def without_values(hasil):
    fields = {}
    for name, columns in TANPA_NILAI.items():
        frame = getattr(hasil, name)
        fields[name] = frame.assign(**dict.fromkeys(columns))
    return make_hasil(**fields, ringkasan=hasil.ringkasan.assign(nilai=float("nan"), teks=None))


def first_rows(hasil):
    names = [name for name in TANPA_NILAI if name != "usulan_kegiatan"]
    return make_hasil(**{name: getattr(hasil, name).head(1) for name in names})


def test_every_declared_figure_has_its_chart():
    drawn = {*GAMBAR_SATU, *GAMBAR_PETA, *GAMBAR_BANDING, *GAMBAR_PERIKSA}
    assert set(load_susunan_gambar()) == drawn


@pytest.mark.parametrize("nama", SATU)
def test_a_chart_of_data_says_in_words_what_it_shows(nama):
    bagan = GAMBAR_SATU[nama](make_hasil())
    assert not bagan.kosong
    assert len(bagan.alt) > 40
    assert PENANDA_CONTOH in bagan.alt
    assert "Sumber:" in bagan.get_supxlabel()
    assert PENANDA_CONTOH in texts(bagan)


@pytest.mark.parametrize("nama", SATU)
def test_a_chart_of_nothing_is_one_sentence(nama):
    bagan = GAMBAR_SATU[nama](make_kosong())
    assert bagan.kosong
    assert bagan.axes == []
    assert bagan.alt.endswith(".")


@pytest.mark.parametrize("nama", SATU)
def test_a_chart_of_rows_without_values_fails_nowhere(nama):
    assert render_png(GAMBAR_SATU[nama](without_values(make_hasil()))).startswith(b"\x89PNG")


@pytest.mark.parametrize("nama", SATU)
def test_a_chart_of_one_row_fails_nowhere(nama):
    assert GAMBAR_SATU[nama](first_rows(make_hasil())).alt.endswith(".")


def test_names_with_dollar_and_underscore_are_printed_as_they_are():
    bagan = plot_cakupan_target(make_hasil())
    labels = [item for item in bagan.findobj(Text) if "TTD_rutin" in item.get_text()]
    assert labels
    assert not any(item.get_parse_math() for item in labels)
    assert NAMA_SULIT.split("$")[0] in texts(bagan).replace("\n", " ")
    render_png(bagan)


def test_the_same_data_give_the_same_bytes():
    first, second = (render_png(plot_prevalensi(make_hasil())) for _ in range(2))
    assert first == second
    assert b"Software" not in first
    assert b"tIME" not in first


def test_different_surveys_are_never_joined_and_have_a_break_mark():
    bagan = plot_prevalensi(make_hasil())
    axes = bagan.axes[0]
    drawn = [line for line in axes.lines if len(line.get_xdata()) > 0]
    assert drawn == []
    assert "//" in [item.get_text() for item in axes.texts]


def test_one_survey_alone_needs_no_break_mark():
    rows = prevalensi()
    hasil = make_hasil(perkembangan_prevalensi=rows[~rows["sumber"].eq("SSGI")])
    assert "//" not in [item.get_text() for item in plot_prevalensi(hasil).axes[0].texts]


def test_the_title_counts_only_what_could_be_judged():
    assert plot_cakupan_target(make_hasil()).get_suptitle().startswith("2 dari 3 indikator")


def test_without_a_verified_target_the_title_gives_no_verdict():
    hasil = make_hasil(capaian_cakupan=cakupan().assign(status_capaian="belum dapat dinilai"))
    assert "belum ada yang dapat dinilai" in plot_cakupan_target(hasil).get_suptitle()


def test_absorption_of_part_of_the_year_is_not_judged():
    bagan = plot_output_serapan(make_hasil())
    assert "tanpa penilaian" in bagan.get_supxlabel().replace("\n", " ")
    assert "serapan" not in bagan.get_suptitle()


def test_an_activity_still_open_is_late_by_at_least_so_many_days():
    bagan = plot_keterlambatan(make_hasil())
    assert "≥ 71 hari" in texts(bagan)
    assert bagan.get_suptitle().startswith("2 kegiatan melewati rencana, 1 di antaranya belum")


def test_nobody_late_is_said_in_words():
    rows = kegiatan().assign(status_waktu="tepat waktu")
    assert plot_keterlambatan(make_hasil(realisasi_kegiatan=rows)).kosong


@pytest.mark.parametrize("nama", list(GAMBAR_BANDING))
def test_a_comparison_stands_one_beside_the_other(nama):
    other = make_hasil(nama="Kabupaten Barru", kode_kabupaten="73.11",
                       capaian_cakupan=cakupan().assign(wilayah="Kabupaten Barru"))  # fmt: skip
    bagan = draw_banding(nama, make_hasil(), other)
    assert "Kabupaten Barru" in texts(bagan)
    assert draw_banding(nama, make_kosong()).kosong


def test_one_synthetic_kabupaten_marks_the_whole_comparison():
    real = make_hasil(contoh=False)
    for nama in GAMBAR_BANDING:
        other = make_hasil(kode_kabupaten="73.11", nama="B")
        assert PENANDA_CONTOH in draw_banding(nama, real, other).alt
        assert PENANDA_CONTOH not in texts(draw_banding(nama, real))


def test_a_long_label_keeps_its_code_and_two_lines():
    label = wrap_label("kata " * 60, "E05")
    assert label.count("\n") == 1
    assert label.endswith("E05")
