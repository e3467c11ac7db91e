"""The slides: one per output, charts that can be edited, numbers of the result, text that fits."""

import io
import re

import pytest
from hasil_kecil import make_hasil, make_kosong
from pptx import Presentation
from pptx.util import Pt

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.formatting import format_number, format_value, is_missing, round_half_up
from reviu_lib.report.angka import resolve_asal
from reviu_lib.report.rapat import susun_paparan, write_pptx
from reviu_lib.report.rapat.paparan.bagan import fit_names
from reviu_lib.report.rapat.paparan.isi import Grafik
from reviu_lib.report.rapat.paparan.kotak import Kotak
from reviu_lib.report.rapat.paparan.ukur import BARIS, measure_height, measure_width, wrap
from reviu_lib.settings import IsianRapat

ISIAN = IsianRapat(kode="73.12", tahun=2024)
KELUARAN = ("cakupan", "kegiatan", "anggaran", "hambatan", "prevalensi", "rekomendasi", "putusan")
# The longest names of agencies that kabupaten have, and one that no kabupaten has.
OPD = (
    "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana",
    "Dinas Perumahan Rakyat, Kawasan Permukiman, Pertanahan, dan Lingkungan Hidup",
    "X" * 300,
)
NIK = "7312014501900001"


def long_hasil():
    """The small result with the longest names, and an identity in a free text."""
    hasil = make_hasil()
    kegiatan = hasil.realisasi_kegiatan.assign(opd=list(OPD))
    usulan = hasil.usulan_kegiatan.assign(
        opd=list(OPD),
        sub_kegiatan="Pengelolaan " * 30,
        usulan="usul dihapus",
        alasan="alasan " * 60,
    )
    rekomendasi = hasil.rekomendasi.assign(
        rekomendasi=[f"Hubungi {NIK}. " + "Perkuat pendampingan. " * 40] * 2, opd_pj="; ".join(OPD),
        prioritas="tinggi",
    )  # fmt: skip
    return make_hasil(
        realisasi_kegiatan=kegiatan, usulan_kegiatan=usulan, rekomendasi=rekomendasi,
        nama="Kabupaten Kepulauan Siau Tagulandang Biaro",
    )  # fmt: skip


def opened(hasil):
    return Presentation(io.BytesIO(write_pptx(susun_paparan(hasil, ISIAN))))


def texts(slide):
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
        elif shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def slides_by_kode(hasil):
    return {slaid.kode: slaid for slaid in susun_paparan(hasil, ISIAN).slaid}


@pytest.mark.parametrize("make", [make_hasil, make_kosong, long_hasil])
def test_there_are_twelve_to_fifteen_slides_with_a_title_each(make):
    deck = opened(make())
    assert 12 <= len(deck.slides) <= 15
    assert all(slide.shapes.title.text_frame.text for slide in deck.slides)


def test_each_output_and_the_decisions_have_a_slide_of_their_own():
    assert set(KELUARAN) <= set(slides_by_kode(make_hasil()))


def test_charts_are_native_and_carry_their_workbook():
    charts = [s.chart for slide in opened(make_hasil()).slides for s in slide.shapes if s.has_chart]
    assert len(charts) >= 5
    assert all(chart.part.chart_workbook.xlsx_part.blob[:2] == b"PK" for chart in charts)


def test_every_number_of_a_slide_is_that_of_its_address():
    hasil = make_hasil()
    marked = [k for slaid in susun_paparan(hasil, ISIAN).slaid for k in slaid.kata if k.asal]
    assert len(marked) > 20
    for kata in marked:
        assert kata.teks == format_value(resolve_asal(hasil, kata.asal), kata.format)


def test_every_bar_is_the_rounded_cell_of_its_address():
    hasil = make_hasil()
    for slaid in susun_paparan(hasil, ISIAN).slaid:
        for grafik in slaid.grafik:
            per = 10**9 if grafik.satuan == "Rp miliar" else 1
            for seri in grafik.seri:
                for nilai, asal in zip(seri.nilai, seri.asal, strict=True):
                    cell = resolve_asal(hasil, asal) if asal else None
                    rounded = (
                        None if is_missing(cell) else round_half_up(cell / per, grafik.desimal)
                    )
                    assert nilai == (None if rounded is None else float(rounded))


def test_the_file_holds_the_bars_as_they_were_computed():
    hasil = make_hasil()
    built = [g for slaid in susun_paparan(hasil, ISIAN).slaid for g in slaid.grafik]
    charts = [s.chart for slide in opened(hasil).slides for s in slide.shapes if s.has_chart]
    for grafik, chart in zip(built, charts, strict=True):
        told = [tuple(series.values) for series in chart.plots[0].series]
        assert told == [seri.nilai for seri in grafik.seri]


def test_notes_tell_where_each_number_comes_from():
    hasil = make_hasil()
    for slaid, slide in zip(susun_paparan(hasil, ISIAN).slaid, opened(hasil).slides, strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        for kata in slaid.kata:
            assert not kata.asal or f"{kata.teks} ← {kata.asal}" in notes.replace("\x0b", "\n")


def test_digits_on_a_slide_are_in_its_notes_or_are_years_and_numbering():
    free = re.compile(r"Keluaran \d|Aksi \d|(?:19|20)\d\d|\d+/\d+|dan \d+ baris lagi")
    for slide in list(opened(make_hasil()).slides)[1:]:
        notes = slide.notes_slide.notes_text_frame.text
        shown = free.sub("", " ".join(texts(slide)))
        for number in re.findall(r"\d[\d.,]*\d|\d", shown.replace("30 November", "")):
            assert number in notes, (number, shown)


def test_survey_and_register_are_two_charts_with_a_series_per_survey():
    survei, register = slides_by_kode(make_hasil())["prevalensi"].grafik
    assert {seri.nama for seri in survei.seri}.isdisjoint(seri.nama for seri in register.seri)
    assert all("e-PPGBM" not in seri.nama for seri in survei.seri)
    for place in range(len(survei.kategori)):
        assert sum(seri.nilai[place] is not None for seri in survei.seri) <= 1


def test_without_data_slides_say_so_and_show_no_zero():
    for slide in opened(make_kosong()).slides:
        assert "None" not in " ".join(texts(slide))
    shown = " ".join(texts(opened(make_kosong()).slides[4]))
    assert "Data tidak tersedia" in shown
    assert "Keluaran 1. Cakupan layanan" in shown


def test_every_slide_tells_place_data_date_edition_and_example():
    for slide in opened(make_hasil()).slides:
        told = " ".join(texts(slide))
        for word in ("Soppeng", "data sampai 30 November 2024", "EDISI INTERNAL", PENANDA_CONTOH):
            assert word in told


def test_an_identity_in_a_recommendation_is_masked_on_slide_and_in_notes():
    for slide in opened(long_hasil()).slides:
        assert NIK not in " ".join(texts(slide)) + slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("make", [make_hasil, long_hasil])
def test_no_shape_leaves_its_slide_and_no_text_its_shape(make):
    deck = opened(make())
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height
            if shape.has_text_frame and shape.text_frame.text:
                assert text_height(shape) <= shape.height / Pt(1) + 0.5


def text_height(shape) -> float:
    """Return the height that the paragraphs of a text box need, in points."""
    found = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = max(run.font.size / Pt(1) for run in paragraph.runs)
        bold = any(run.font.bold for run in paragraph.runs)
        found += measure_height([paragraph.text], shape.width / Pt(1), size, tebal=bold)
    return found


def test_rows_of_a_table_are_as_high_as_their_longest_cell():
    for slide in opened(long_hasil()).slides:
        for table in (shape.table for shape in slide.shapes if shape.has_table):
            for row in table.rows:
                assert row_height(row, table) <= row.height / Pt(1) + 0.5


def row_height(row, table) -> float:
    heights = []
    for cell, column in zip(row.cells, table.columns, strict=True):
        run = cell.text_frame.paragraphs[0].runs[0]
        room = (column.width - cell.margin_left - cell.margin_right) / Pt(1)
        size = run.font.size / Pt(1)
        heights.append(measure_height([cell.text], room, size) + 2 * cell.margin_top / Pt(1))
    return max(heights)


def test_rows_without_room_are_counted():
    told = " ".join(text for slide in opened(long_hasil()).slides for text in texts(slide))
    assert re.search(r"dan \d baris lagi; selengkapnya pada dokumen", told)


def test_names_beside_bars_fit_into_the_share_kept_for_them():
    grafik = Grafik("Judul", "datar", OPD, (), 0, "kegiatan")
    box = Kotak(0, 0, 500, 300)
    size, names = fit_names(grafik, box)
    for name in names:
        lines = name.split("\n")
        assert len(lines) * size * BARIS <= box.tinggi / len(OPD)
        assert all(measure_width(line) * size <= box.lebar * 0.44 for line in lines)


def test_a_name_that_is_cut_is_marked():
    grafik = Grafik("Judul", "datar", ("Y" * 400,) * 8, (), 0, "kegiatan")
    assert all(nama.endswith("…") for nama in fit_names(grafik, Kotak(0, 0, 300, 200))[1])


def test_lines_never_exceed_the_width_and_no_letter_is_lost():
    text = "Penyediaan " + "a" * 120 + " air minum"
    lines = wrap(text, 12)
    assert all(measure_width(line) <= 12 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_chart_describes_itself_in_words():
    (slide,) = [s for s in opened(make_hasil()).slides if "Putusan yang" in s.shapes.title.text]
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    told = frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert told.startswith("Usulan atas kegiatan (kegiatan).")
    assert format_number(1) in told
