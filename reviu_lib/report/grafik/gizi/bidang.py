"""Shapes of regions as matplotlib paths, and what stands on a map besides its colours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from reviu_lib.reference import Bidang

_TINGGI = (2.6, 6.2)
_GARIS_BATAS = 2.0


def area_path(shape: Bidang) -> Path:
    """Return all rings of a shape as one path; holes stay empty."""
    rings = [Path(np.vstack([ring, ring[:1]]), closed=True) for ring in shape.cincin]
    return Path.make_compound_path(*rings)


def group_kecamatan(desa: Mapping[str, Bidang]) -> dict[str, Bidang]:
    """Return one shape per kecamatan, made of all rings of its desa."""
    rings: dict[str, list] = defaultdict(list)
    for kode, shape in desa.items():
        rings[kode.rpartition(".")[0]].extend(shape.cincin)
    return {kode: Bidang(kode, tuple(found)) for kode, found in sorted(rings.items())}


def _bounds(shapes: Mapping[str, Bidang]) -> tuple[np.ndarray, np.ndarray, float]:
    """Return south-west and north-east corner, and how much longer a degree of latitude is."""
    points = np.vstack([ring for shape in shapes.values() for ring in shape.cincin])
    low, high = points.min(axis=0), points.max(axis=0)
    return low, high, float(1 / np.cos(np.radians((low[1] + high[1]) / 2)))


def map_height(shapes: Mapping[str, Bidang], lebar: float) -> float:
    """Return the height in inches of a map as wide as `lebar`, within what a page holds."""
    low, high, stretch = _bounds(shapes)
    wide, tall = high - low
    return float(np.clip(lebar * tall * stretch / max(wide, 1e-9), *_TINGGI))


def frame_map(axes: Axes, shapes: Mapping[str, Bidang]) -> None:
    """Show the whole of the shapes in true proportion, without axes."""
    low, high, stretch = _bounds(shapes)
    edge = max(float(np.max(high - low)) * 0.02, 1e-6)
    axes.set_xlim(low[0] - edge, high[0] + edge)
    axes.set_ylim(low[1] - edge, high[1] + edge)
    axes.set_aspect(stretch)
    axes.set_axis_off()


def outline(axes: Axes, shape: Bidang) -> None:
    """Draw a black line around a shape; areas filled later cover its inner half.

    Filling the parts of a kecamatan right after it leaves its border alone, whether or not the
    borders of its desa meet exactly.
    """
    axes.add_patch(PathPatch(area_path(shape), fill=False, edgecolor="black", joinstyle="round",
                             linewidth=_GARIS_BATAS))  # fmt: skip


def name_places(axes: Axes, shapes: Mapping[str, Bidang], names: Mapping[str, str]) -> None:
    """Write a text on each shape, readable on any colour."""
    halo = [patheffects.withStroke(linewidth=2.2, foreground="white")]
    for kode, shape in shapes.items():
        if kode in names:
            axes.text(*_middle(shape), names[kode], fontsize=7.5, ha="center", va="center",
                      path_effects=halo, linespacing=1.2, zorder=5)  # fmt: skip


def _middle(shape: Bidang) -> tuple[float, float]:
    """Return the centre of that ring which lies nearest to the centre of the whole."""
    parts = np.array([_centre(ring) for ring in shape.cincin])
    areas = np.abs(parts[:, 2:])
    whole = (parts[:, :2] * areas).sum(axis=0) / max(float(areas.sum()), 1e-12)
    nearest = int(np.argmin(np.sum((parts[:, :2] - whole) ** 2, axis=1)))
    return float(parts[nearest, 0]), float(parts[nearest, 1])


def _centre(ring: np.ndarray) -> tuple[float, float, float]:
    """Return centroid and signed area of a ring; its mean point where it has no area."""
    x, y = ring.T
    u, v = np.roll(x, -1), np.roll(y, -1)
    cross = x * v - u * y
    area = float(np.sum(cross)) / 2
    if abs(area) < 1e-12:
        return float(x.mean()), float(y.mean()), 0.0
    return (
        float(np.sum((x + u) * cross)) / 6 / area,
        float(np.sum((y + v) * cross)) / 6 / area,
        area,
    )
