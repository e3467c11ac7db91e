"""A box on a slide, in points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pptx.util import Pt

_SELA = 16.0


@dataclass(frozen=True)
class Kotak:
    """Where something stands: from the left, from above, how wide, how high."""

    kiri: float
    atas: float
    lebar: float
    tinggi: float

    @property
    def ukuran(self) -> tuple[int, int, int, int]:
        """Left, top, width, and height as python-pptx takes them."""
        return (Pt(self.kiri), Pt(self.atas), Pt(self.lebar), Pt(self.tinggi))

    def place(self, shape: Any) -> None:
        """Put a shape into the box."""
        shape.left, shape.top, shape.width, shape.height = self.ukuran

    def add_text(self, slide: Any) -> Any:
        """Return a new text box."""
        return slide.shapes.add_textbox(*self.ukuran)

    def split(self, kanan: float) -> tuple[Kotak, Kotak]:
        """Return the left part and the right one, which takes the share `kanan`."""
        right = self.lebar * kanan
        left = self.lebar - right - (_SELA if kanan else 0)
        return (
            replace(self, lebar=left),
            replace(self, kiri=self.kiri + self.lebar - right, lebar=right),
        )

    def split_below(self, atas: float) -> tuple[Kotak, Kotak]:
        """Return the upper part, which takes the share `atas`, and the lower one."""
        upper = self.tinggi * atas
        lower = self.tinggi - upper
        return (
            replace(self, tinggi=upper - _SELA / 2),
            replace(self, atas=self.atas + upper, tinggi=lower),
        )

    def stack(self, banyak: int) -> list[Kotak]:
        """Return so many boxes one below the other."""
        each = self.tinggi / max(banyak, 1)
        return [replace(self, atas=self.atas + each * n, tinggi=each) for n in range(banyak)]
