"""Which texts of a figure meet, or leave the paper, when it is drawn at its real size."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from reviu_lib.report.grafik import Bagan
from reviu_lib.report.tampilan import TITIK_PER_INCI

# Pixels by which two boxes may meet: the empty rim of a box of letters.
_KELONGGARAN = 1.5


def find_clashes(bagan: Bagan) -> list[tuple[str, str]]:
    """Return the pairs of texts whose boxes meet, and (text, "tepi") for one off the paper.

    Only what is really drawn counts: ticks outside their axis are not. The mark of example data
    lies behind everything and is left out.
    """
    bagan.set_dpi(TITIK_PER_INCI)
    canvas = FigureCanvasAgg(bagan)
    boxes = [(text, box) for text, box in _list_boxes(bagan, canvas) if text]
    paper = Bbox.from_bounds(0, 0, *canvas.get_width_height()).padded(_KELONGGARAN)
    off = [(text, "tepi") for text, box in boxes if not _inside(box, paper)]
    pairs = combinations(boxes, 2)
    return [*off, *((one, two) for (one, box), (two, other) in pairs if _meet(box, other))]


def _list_boxes(bagan: Bagan, canvas: FigureCanvasAgg) -> list[tuple[str, Bbox]]:
    """Return text and box, in pixels, of everything the canvas writes."""
    drawn: dict[int, Text] = {}
    original = Text.draw

    def remember(self, renderer, *args, **kwargs):
        drawn[id(self)] = self
        return original(self, renderer, *args, **kwargs)

    Text.draw = remember
    try:
        canvas.draw()
    finally:
        Text.draw = original
    renderer = canvas.get_renderer()
    seen = [item for item in drawn.values() if item.get_visible() and item.get_in_layout()]
    return [(" ".join(item.get_text().split()), Text.get_window_extent(item, renderer))
            for item in seen]  # fmt: skip


def _inside(box: Bbox, paper: Bbox) -> bool:
    return paper.x0 <= box.x0 and box.x1 <= paper.x1 and paper.y0 <= box.y0 and box.y1 <= paper.y1


def _meet(one: Bbox, two: Bbox) -> bool:
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    high = min(one.y1, two.y1) - max(one.y0, two.y0)
    return wide > _KELONGGARAN and high > _KELONGGARAN
