"""Reading a chart back: its bars, dots, labels, and words, for tests of what is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hasil_kecil import make_hasil
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.text import Text

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik import GAMBAR_BANDING, GAMBAR_SATU, Bagan
from reviu_lib.review.banding import compare_kabupaten


def draw(gambar: str, **ganti: Any) -> Bagan:
    """Return the chart of the small result; `ganti` replaces fields."""
    return GAMBAR_SATU[gambar](make_hasil(**ganti))


def draw_banding(gambar: str, *daftar: HasilReviu) -> Bagan:
    """Return the chart of a comparison, with the year before as if nothing had changed."""
    before = [replace(hasil, tahun=hasil.tahun - 1) for hasil in daftar]
    return GAMBAR_BANDING[gambar](compare_kabupaten(daftar, before))


def texts(bagan: Bagan) -> list[str]:
    """Return every text of the figure, on one line each."""
    return [item.get_text().replace("\n", " ") for item in bagan.findobj(Text)]


def title(bagan: Bagan) -> str:
    """Return the title on one line."""
    return bagan.get_suptitle().replace("\n", " ")


def labels(axes: Axes) -> list[str]:
    """Return the labels of the rows, first one on top."""
    return [item.get_text().replace("\n", " ") for item in axes.get_yticklabels()]


def bars(axes: Axes) -> list[float]:
    """Return the lengths of the bars in the order they were drawn."""
    return [float(round(patch.get_width(), 6)) for patch in axes.patches]


def dots(axes: Axes) -> set[tuple[float, float]]:
    """Return the points drawn by `scatter`, without the empty ones of the legend."""
    return {
        (round(float(x), 2), round(float(y), 2))
        for collection in axes.collections
        for x, y in collection.get_offsets()
        if isinstance(collection, PathCollection)
    }


def notes(axes: Axes) -> list[str]:
    """Return the words written beside the bars and dots."""
    return [item.get_text() for item in axes.texts]
