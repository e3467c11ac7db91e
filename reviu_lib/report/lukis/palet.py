"""Pictures of charts as PNG with a palette: the flat colours exact, few steps for soft edges."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

# Flat charts need few colours; a palette image is a quarter of the size and looks the same.
_JUMLAH_WARNA = 32
# Bits of each channel by which colours are counted; within one cell of 8 levels they look alike.
_BIT = 5
_SEL = 1 << 3 * _BIT


def write_png(pixels: np.ndarray) -> bytes:
    """Return RGBA pixels (rows, columns, 4; opaque) as PNG bytes that depend on them alone."""
    rows, columns, _ = pixels.shape
    packed = np.ascontiguousarray(pixels).view("<u4").ravel()
    cells = _cells(packed)
    colours, counts, known = _count(packed, cells)
    palette, nearest = _choose(colours, counts)
    table = np.zeros(_SEL, np.uint8)
    table[known] = nearest
    picture = Image.frombytes("P", (columns, rows), table[cells].tobytes())
    picture.putpalette(palette.astype(np.uint8).tobytes())
    out = io.BytesIO()
    picture.save(out, format="PNG", compress_level=7)
    return out.getvalue()


def _cells(packed: np.ndarray) -> np.ndarray:
    """Return the cell of each pixel: the upper bits of red, green, and blue side by side."""
    low = (1 << _BIT) - 1
    cells = (packed >> 3) & low
    cells |= (packed >> 6) & (low << _BIT)
    cells |= (packed >> 9) & (low << 2 * _BIT)
    return cells


def _count(packed: np.ndarray, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the colours there are, one per cell, their pixels, and their cells.

    Of the colours in a cell that of a flat area stands for it, if there is one.
    """
    counts = np.bincount(cells, minlength=_SEL)
    sample = np.zeros(_SEL, "<u4")
    sample[cells] = packed
    flat = np.flatnonzero((packed[:-2] == packed[1:-1]) & (packed[1:-1] == packed[2:]))
    sample[cells[flat]] = packed[flat]
    known = np.flatnonzero(counts)
    colours = sample[known].view(np.uint8).reshape(-1, 4)[:, :3].astype(np.int32)
    return colours, counts[known], known


def _choose(colours: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the palette and the place in it that is nearest to each colour.

    The most frequent colour comes first, then each time the one that most pixels miss by most.
    """
    chosen = [int(np.argmax(counts))]
    nearest = np.zeros(len(colours), np.uint8)
    error = _distance(colours, colours[chosen[0]])
    while len(chosen) < _JUMLAH_WARNA and error.any():
        chosen.append(int(np.argmax(error * counts)))
        distance = _distance(colours, colours[chosen[-1]])
        closer = distance < error
        nearest[closer] = len(chosen) - 1
        error = np.where(closer, distance, error)
    return colours[chosen], nearest


def _distance(colours: np.ndarray, one: np.ndarray) -> np.ndarray:
    return ((colours - one) ** 2).sum(axis=1)
