"""Layout of a figure in one pass: room for what stands around the axes, measured once.

Constrained layout measures every text of a figure four times over, and again at each drawing. Here
labels of the axes, titles, and legends are measured once at one resolution; a text inside the axes
is measured only where it may reach beyond them. What was laid out stays, so that a figure can be
drawn again at any resolution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpecBase, SubplotSpec
from matplotlib.layout_engine import LayoutEngine
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from reviu_lib.report.lukis.huruf import Pelukis

# Pixels per inch at which a figure is measured, which is also that of a picture on the page.
TITIK_PER_INCI = 130
# FreeType's own hinter: letters as sharp as by the hints of the font, in less time.
GAYA_HURUF: dict[Any, Any] = {"text.hinting": "force_autohint"}
# Inches around everything, and the share of the figure between two panels.
_TEPI, _SELA = 0.04167, 0.02
# A scale of colours: its gap as a share of the width of its axes, and height by width.
_JARAK_SKALA, _BENTUK_SKALA = 0.05, 20
# Upper bounds of the width of a letter and the height of a line, in sizes of the font.
_HURUF, _BARIS = 0.75, 1.35
# Rounds for panels of fixed proportion: what hangs on one moves while its paper shrinks.
_PUTARAN = 6
# Left, right, bottom, top.
_Pinggir = np.ndarray


class TataLetak(LayoutEngine):
    """Gives axes their place when the figure is first drawn, and leaves them there.

    `kepala`, `kaki`, and `sisi` are the texts above, below, and left of everything; `skala` holds
    the axes of a scale of colours, and the share of the height it takes, by the axes it explains.
    """

    _adjust_compatible = False
    _colorbar_gridspec = False

    def __init__(self) -> None:
        super().__init__()
        self.kepala: Text | None = None
        self.kaki: Text | None = None
        self.sisi: Text | None = None
        self.skala: dict[Axes, tuple[Axes, float]] = {}
        self._selesai = False

    def execute(self, fig: Figure) -> None:
        """Lay the figure out, once."""
        if self._selesai:
            return
        dpi = fig.dpi
        fig.set_dpi(TITIK_PER_INCI)
        _Ukuran(fig, self).apply()
        fig.set_dpi(dpi)
        self._selesai = True


class _Ukuran:
    """One measuring of a figure; lengths are shares of its width and height."""

    def __init__(self, bagan: Figure, tata: TataLetak) -> None:
        self.bagan, self.tata = bagan, tata
        self.besar = bagan.get_size_inches() * TITIK_PER_INCI
        self.tepi = _TEPI / bagan.get_size_inches()
        self.panel = [axes for axes in bagan.axes if axes.get_subplotspec() and axes.get_visible()]

    def apply(self) -> None:
        """Measure the labels beside the rows, then what hangs on the width they leave."""
        room = self._place_words()
        if not self.panel:
            return
        _fix_empty_labels(self.bagan.axes)
        beside = {axes: self._overhang(axes, _boxes_beside(axes)) for axes in self.panel}
        self._place(room, beside)
        fixed = any(axes.get_aspect() != "auto" for axes in self.panel)
        for _ in range(_PUTARAN if fixed else 1):
            self._place(room, {axes: self._around(axes, beside[axes]) for axes in self.panel})
        for axes in self.tata.skala:
            self._place_scale(axes)

    def _place_words(self) -> _Pinggir:
        """Return the room of the words around the panels, after putting these at the edge."""
        room, (wide, high) = np.zeros(4), self.tepi
        for side, axis, text in ((3, 1, self.tata.kepala), (2, 1, self.tata.kaki),
                                 (0, 0, self.tata.sisi)):  # fmt: skip
            if text is None:
                continue
            place = {0: {"x": wide}, 2: {"y": high}, 3: {"y": 1 - high}}[side]
            text.set(**place)
            size = text.get_window_extent(_renderer()).size / self.besar
            room[side] = size[axis] + 2 * self.tepi[axis]
        return room

    def _overhang(self, axes: Axes, boxes: Iterable[Bbox | None]) -> _Pinggir:
        """Return how far the boxes reach beyond the place of the axes."""
        place = axes.get_position(original=True)
        known = [box for box in boxes if box is not None]
        if not known:
            return np.zeros(4)
        whole = Bbox.union(known)
        low, high = whole.min / self.besar, whole.max / self.besar
        edges = [place.x0 - low[0], high[0] - place.x1, place.y0 - low[1], high[1] - place.y1]
        return np.maximum(edges, 0.0)

    def _around(self, axes: Axes, beside: _Pinggir) -> _Pinggir:
        edges = self._overhang(axes, self._boxes_around(axes))
        return np.maximum(edges, beside) + self._room_of_scale(axes)

    def _boxes_around(self, axes: Axes) -> Iterator[Bbox | None]:
        axes.apply_aspect()
        if axes.axison:
            yield axes.xaxis.get_tightbbox(_renderer(), for_layout_only=True)
            yield from map(_only_height, _titles(axes))
        legend = axes.get_legend()
        if legend is not None and legend.get_in_layout():
            yield legend.get_window_extent(_renderer())
        paper = axes.get_window_extent()
        for text in axes.texts:
            if text.get_in_layout() and not _surely_inside(text, paper):
                yield text.get_window_extent(_renderer())

    def _room_of_scale(self, axes: Axes) -> _Pinggir:
        """Return the room of the scale of colours right of the axes."""
        if axes not in self.tata.skala:
            return np.zeros(4)
        scale = self.tata.skala[axes][0]
        self._place_scale(axes)
        place = axes.get_position(original=True)
        beyond = self._overhang(scale, [scale.yaxis.get_tightbbox(_renderer())])[1]
        return np.array([0.0, scale.get_position(original=True).x1 - place.x1 + beyond, 0.0, 0.0])

    def _place_scale(self, axes: Axes) -> None:
        scale, share = self.tata.skala[axes]
        place = axes.get_position(original=True)
        high = place.height * share
        wide = high * self.besar[1] / _BENTUK_SKALA / self.besar[0]
        left = place.x1 + _JARAK_SKALA * place.width
        scale.set_position((left, (place.y0 + place.y1 - high) / 2, wide, high))

    def _place(self, room: _Pinggir, edges: dict[Axes, _Pinggir]) -> None:
        """Share the paper among the panels: each column and row as wide as its edges leave."""
        grid = _spec(self.panel[0]).get_gridspec()
        columns = self._spans(grid, edges, axis=0, room=room[:2].tolist())
        rows = self._spans(grid, edges, axis=1, room=room[:1:-1].tolist())
        for axes in self.panel:
            spec = _spec(axes)
            left, right = columns[spec.colspan.start][0], columns[spec.colspan.stop - 1][1]
            top, bottom = rows[spec.rowspan.start][0], rows[spec.rowspan.stop - 1][1]
            axes.set_position((left, 1 - bottom, right - left, bottom - top))
            axes.set_in_layout(True)

    def _spans(
        self, grid: GridSpecBase, edges: dict[Axes, _Pinggir], *, axis: int, room: Sequence[float]
    ) -> list[tuple[float, float]]:
        """Return start and end of each column (`axis` 0) or row (1, from the top)."""
        count = (grid.ncols, grid.nrows)[axis]
        before, after = np.full((2, count), self.tepi[axis])
        gap = max(self.tepi[axis], _SELA / 2 / count)
        before[1:], after[:-1] = gap, gap
        first, last = np.zeros(count), np.zeros(count)
        spans = False
        for axes, own in edges.items():
            spec = _spec(axes)
            span = spec.rowspan if axis else spec.colspan
            one, two = (own[3], own[2]) if axis else (own[0], own[1])
            first[span.start] = max(first[span.start], one)
            last[span.stop - 1] = max(last[span.stop - 1], two)
            spans |= len(span) > 1
        before, after = before + first, after + last
        if spans:  # panels below one that spans them all stand evenly
            before[1:], after[:-1] = before[1:].max(), after[:-1].max()
        ratios = (grid.get_width_ratios, grid.get_height_ratios)[axis]()
        return _share(before, after, np.asarray(ratios, float), room)


def _share(
    before: np.ndarray, after: np.ndarray, ratios: np.ndarray, room: Sequence[float]
) -> list[tuple[float, float]]:
    """Return start and end of each part between their edges, sizes by ratio."""
    left = 1 - sum(room) - before.sum() - after.sum()
    sizes = max(left, 0.0) * ratios / ratios.sum()
    starts = room[0] + np.cumsum(before + sizes + after) - after - sizes
    return list(zip(starts.tolist(), (starts + sizes).tolist(), strict=True))


_JURU_UKUR: dict[str, Pelukis] = {}


def _renderer() -> RendererBase:
    """Return what measures letters for all figures, so that a text is measured once.

    Hinted otherwise, letters are otherwise wide.
    """
    hinting = str(mpl.rcParams["text.hinting"])
    if hinting not in _JURU_UKUR:
        _JURU_UKUR[hinting] = Pelukis(1, 1, TITIK_PER_INCI)
    return _JURU_UKUR[hinting]


def _fix_empty_labels(every: Iterable[Axes]) -> None:
    """Give absent labels of axes a place, so that none is looked for beside the ticks."""
    for axes in every:
        for axis in (axes.xaxis, axes.yaxis):
            if not axis.get_label_text():
                axis.set_label_coords(0.5, 0.5)


def _boxes_beside(axes: Axes) -> Iterator[Bbox | None]:
    if axes.axison:
        yield axes.yaxis.get_tightbbox(_renderer(), for_layout_only=True)


def _titles(axes: Axes) -> Iterator[Text]:
    known = set(axes.texts)
    return (item for item in axes.get_children()
            if isinstance(item, Text) and item not in known and item.get_text())  # fmt: skip


def _only_height(text: Text) -> Bbox:
    """Return the box of a title without its width: a long one makes no panel narrower."""
    box = text.get_window_extent(_renderer())
    middle = (box.x0 + box.x1) / 2
    return Bbox.from_extents(middle, box.y0, middle, box.y1)


def _spec(axes: Axes) -> SubplotSpec:
    spec = axes.get_subplotspec()
    assert spec is not None, "only axes of a grid are laid out"
    return spec


def _surely_inside(text: Text, paper: Bbox) -> bool:
    """Tell whether a text lies within the axes even if its letters were all as wide as can be."""
    at = _anchor(text)
    if at is None:
        return False
    lines = text.get_text().split("\n")
    size = float(text.get_fontsize()) * TITIK_PER_INCI / 72
    reach = np.array([max(map(len, lines)) * _HURUF, len(lines) * _BARIS]) * size
    if text.get_rotation():
        reach = np.full(2, reach.max())
    return bool((paper.min <= at - reach).all() and (at + reach <= paper.max).all())


def _anchor(text: Text) -> np.ndarray | None:
    """Return where a text is tied to, in pixels; None if that is not told simply."""
    if not isinstance(text, Annotation):
        return np.asarray(text.get_transform().transform(text.get_position()))
    axes = text.axes
    if axes is None or text.xycoords != "data" or text.arrow_patch is not None:
        return None
    shift = np.zeros(2)
    if text.anncoords == "offset points":
        shift = np.asarray(text.xyann) * TITIK_PER_INCI / 72
    return np.asarray(axes.transData.transform(text.xy)) + shift
