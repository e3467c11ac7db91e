"""Lean drawing: the same picture as the stock way, colours kept, a layout that stays."""

import io

import numpy as np
import pytest
from hasil_kecil import make_hasil
from matplotlib import rc_context
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image, ImageFilter

from reviu_lib.report.grafik import GAMBAR_SATU
from reviu_lib.report.lukis.huruf import Pelukis, draw_pixels
from reviu_lib.report.lukis.palet import write_png
from reviu_lib.report.lukis.tata import GAYA_HURUF
from reviu_lib.report.tampilan import Gambar, render_png

# Mean difference of two pictures after a blur of 3 pixels, of 255 levels.
_TOLERANSI = 8.0


def pixels(png: bytes) -> np.ndarray:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(3)), int)


def stock(bagan: Figure) -> bytes:
    bagan.set_layout_engine("constrained")
    out = io.BytesIO()
    bagan.savefig(out, format="png", dpi=130)
    return out.getvalue()


@pytest.mark.parametrize("nama", ["prevalensi", "serapan_lini", "lokus", "kaskade"])
def test_a_lean_picture_is_that_of_the_stock_way(nama):
    lean, usual = (pixels(way(GAMBAR_SATU[nama](make_hasil()))) for way in (render_png, stock))
    assert lean.shape == usual.shape
    assert np.abs(lean - usual).mean() < _TOLERANSI


def test_the_comparison_sees_another_picture():
    lean = pixels(render_png(GAMBAR_SATU["lokus"](make_hasil())))
    assert np.abs(lean - lean[:, ::-1]).mean() > _TOLERANSI


def test_flat_colours_are_kept_exactly():
    colours = np.array([[255, 255, 255], [0, 114, 178], [213, 94, 0], [240, 228, 66], [3, 5, 7]])
    area = np.repeat(np.repeat(colours, 20, axis=0)[:, None], 30, axis=1)
    rgba = np.dstack([area, np.full(area.shape[:2], 255)]).astype(np.uint8)
    back = np.asarray(Image.open(io.BytesIO(write_png(rgba))).convert("RGB"))
    assert (back == area).all()


def test_a_picture_of_many_colours_stays_close_to_them():
    ramp = np.linspace(0, 255, 256).astype(np.uint8)
    area = np.dstack([np.tile(ramp, (40, 1))] * 3 + [np.full((40, 256), 255, np.uint8)])
    back = np.asarray(Image.open(io.BytesIO(write_png(area))).convert("RGB"), int)
    assert np.abs(back - area[..., :3].astype(int)).max() <= 16


def test_drawing_again_and_at_another_resolution_changes_nothing():
    gambar = Gambar(GAMBAR_SATU["lokus"](make_hasil()), "", "", "", "")
    first = gambar.draw("png", 200)
    page = gambar.png
    gambar.draw("svg", 0)
    assert gambar.draw("png", 200) == first
    assert render_png(GAMBAR_SATU["lokus"](make_hasil())) == page


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("ukuran", [7.5, 9, 12, 30])
@pytest.mark.parametrize("tebal", ["normal", "bold"])
@pytest.mark.parametrize(
    "teks",
    ["Kecamatan Marioriwawo 12,5 persen", "AVATAR WAVE", "“kutip” – 1.234 ≥ 5 → é", "(↓) E13", "x",
     "so\u00adal\u00a0a",
     "العربية", "f\u0301", "漢字"],
)  # fmt: skip
def test_a_text_is_as_wide_and_high_as_matplotlib_measures_it(teks, ukuran, tebal):
    prop = FontProperties(family="DejaVu Sans", size=ukuran, weight=tebal)
    with rc_context(GAYA_HURUF):
        ours, stock = (
            kind(1, 1, 130).get_text_width_height_descent(teks, prop, False)
            for kind in (Pelukis, RendererAgg)
        )
    assert ours == stock


@pytest.mark.parametrize("teks", ["satu baris", "dua\nbaris", ""])
def test_a_text_takes_the_place_that_matplotlib_gives_it(teks):
    figure = Figure(figsize=(3, 3), dpi=130)
    text = figure.text(0.5, 0.5, teks, fontsize=9)
    with rc_context(GAYA_HURUF):
        ours, stock = (
            text.get_window_extent(kind(390, 390, 130)).extents for kind in (Pelukis, RendererAgg)
        )
    assert ours == pytest.approx(stock, abs=1e-9)


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("sudut", [0, 24, 90, 180])
@pytest.mark.parametrize("teks", ["Serapan 97,3 %", "kiri – kanan", "العربية", "$x^2$", "f\u0301"])
def test_letters_stand_where_matplotlib_puts_them(teks, sudut):
    shown = []
    for way in (draw_pixels, draw_stock):
        figure = Figure(figsize=(3, 3), dpi=130)
        figure.text(0.5, 0.5, teks, rotation=sudut, ha="center", va="center", fontsize=12)
        with rc_context(GAYA_HURUF):
            shown.append(255 - way(figure)[..., :3].astype(int).mean(axis=2))
    ink, places = zip(*((ink.sum(), _centre(ink)) for ink in shown), strict=True)
    assert ink[0] == pytest.approx(ink[1], rel=0.03)
    assert np.abs(places[0] - places[1]).max() < 0.6


def draw_stock(figure):
    renderer = RendererAgg(*map(int, figure.bbox.size), figure.dpi)
    figure.draw(renderer)
    return np.asarray(renderer.buffer_rgba())


def _centre(ink):
    return np.array([(np.indices(ink.shape)[axis] * ink).sum() / ink.sum() for axis in (0, 1)])
