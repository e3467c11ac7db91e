"""A native chart on a slide: edited in PowerPoint with its own little workbook."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from reviu_lib.formatting import format_number
from reviu_lib.report.dokumen.word.gaya import BAHASA, HURUF
from reviu_lib.report.dokumen.word.unsur import clean
from reviu_lib.report.grafik.gaya import GARIS, SERI, TINTA
from reviu_lib.report.rapat.paparan.isi import Grafik
from reviu_lib.report.rapat.paparan.kotak import Kotak
from reviu_lib.report.rapat.paparan.ukur import BARIS, wrap

_JENIS = {
    "datar": XL_CHART_TYPE.BAR_CLUSTERED,
    "tumpuk": XL_CHART_TYPE.BAR_STACKED,
    "tegak": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "lepas": XL_CHART_TYPE.COLUMN_CLUSTERED,
}
# Formats by decimals, with Indonesian separators; in stacked bars a zero has no label.
_FORMAT = {0: "[$-421]0", 1: "[$-421]0.0", 2: "[$-421]0.00"}
_TANPA_NOL = "[$-421]0;;"
# Colours of stacked bars, light enough for a dark number on them.
_TUMPUK = ("#56B4E9", "#E69F00", GARIS)
_UKURAN = (11, 10, 9, 8, 7)
# Share of a chart's width that the names beside its bars take, and what stays for title and legend.
_NAMA, _KEPALA, _KAKI = 0.44, 0.10, 0.12
_LABEL, _JUDUL = 10, 12


def add_chart(slide: Any, grafik: Grafik, box: Kotak) -> None:
    """Put a chart into the box, with its description for screen readers."""
    data = CategoryChartData(number_format=_FORMAT[grafik.desimal])
    size, names = fit_names(grafik, box)
    data.categories = names
    for seri in grafik.seri:
        data.add_series(clean(seri.nama), seri.nilai)
    frame = slide.shapes.add_chart(_JENIS[grafik.bentuk], *box.ukuran, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(describe_chart(grafik)))
    _style(frame.chart, grafik, size)


def fit_names(grafik: Grafik, box: Kotak) -> tuple[int, list[str]]:
    """Return the size of the categories' letters, and the names broken into lines that fit."""
    across = grafik.mendatar
    each = box.tinggi * (1 - _KEPALA - _KAKI) / len(grafik.kategori)
    width = box.lebar * (_NAMA - 0.03) if across else box.lebar * 0.85 / len(grafik.kategori)
    lines: list[list[str]] = []
    for pt in _UKURAN:
        lines = [wrap(clean(nama), width / pt) for nama in grafik.kategori]
        longest = max(map(len, lines))
        if not across or longest * pt * BARIS <= each:
            return pt, ["\n".join(parts) for parts in lines]
    room = max(int(each / (_UKURAN[-1] * BARIS)), 1)
    return _UKURAN[-1], ["\n".join(_cut(parts, room)) for parts in lines]


def _cut(parts: list[str], room: int) -> list[str]:
    """Return the lines there is room for; what is cut off is marked."""
    return parts if len(parts) <= room else [*parts[: room - 1], f"{parts[room - 1][:-1]}…"]


def describe_chart(grafik: Grafik) -> str:
    """Return the chart in words: its title, unit, and every value."""
    parts = []
    for seri in grafik.seri:
        pairs = zip(grafik.kategori, seri.nilai, strict=True)
        told = [
            f"{nama} {format_number(nilai, grafik.desimal)}"
            for nama, nilai in pairs
            if nilai is not None
        ]
        parts.append(f"{seri.nama}: {'; '.join(told)}")
    return f"{grafik.judul} ({grafik.satuan}). {'. '.join(parts)}."


def _style(chart: Any, grafik: Grafik, size: int) -> None:
    chart.font.name, chart.font.size = HURUF, Pt(_LABEL)
    chart.font.color.rgb = RGBColor.from_string(TINTA.lstrip("#"))
    _title(chart, f"{grafik.judul} ({grafik.satuan})")
    chart.has_legend = len(grafik.seri) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(chart, grafik, size)
    _series(chart, grafik)
    _say_language(chart)
    if grafik.mendatar:
        _set_room(chart)


def _title(chart: Any, teks: str) -> None:
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = clean(teks)
    font = frame.paragraphs[0].runs[0].font
    font.name, font.size, font.bold = HURUF, Pt(_JUDUL), True
    chart.chart_title.include_in_layout = False


def _axes(chart: Any, grafik: Grafik, size: int) -> None:
    """Hide the axis of values, as every bar has its label; let bars across begin at the top."""
    chart.category_axis.tick_labels.font.size = Pt(size)
    chart.category_axis.reverse_order = grafik.mendatar
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0


def _series(chart: Any, grafik: Grafik) -> None:
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.overlap = 100 if grafik.bentuk in {"tumpuk", "lepas"} else -5
    plot.has_data_labels = True
    labels = plot.data_labels
    stacked = grafik.bentuk == "tumpuk"
    labels.number_format = _TANPA_NOL if stacked else _FORMAT[grafik.desimal]
    labels.number_format_is_linked = False
    labels.font.size = Pt(9)
    if not stacked:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    colours = _TUMPUK if stacked else SERI
    for place, seri in enumerate(plot.series):
        seri.format.fill.solid()
        seri.format.fill.fore_color.rgb = RGBColor.from_string(colours[place].lstrip("#"))


def _say_language(chart: Any) -> None:
    """Let numbers of the chart be written the Indonesian way where the program asks the file."""
    space = chart._chartSpace
    for old in space.findall(qn("c:lang")):
        space.remove(old)
    made = etree.SubElement(space, qn("c:lang"))
    made.set("val", BAHASA)
    first = space.find(qn("c:date1904"))
    space.insert(0 if first is None else 1, made)


def _set_room(chart: Any) -> None:
    """Keep a fixed share of the chart for the names beside the bars."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = etree.SubElement(area, qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    values = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", "x": _NAMA, "y": _KEPALA,
              "w": 0.95 - _NAMA, "h": 1 - _KEPALA - _KAKI}  # fmt: skip
    for name, value in values.items():
        etree.SubElement(manual, qn(f"c:{name}")).set("val", str(value))
    area.insert(0, layout)
