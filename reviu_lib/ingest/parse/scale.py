"""In which scale a column of rupiah stands: rupiah, thousands, millions, or billions.

The scale is declared in a layout, or stated in the heading ("Pagu (Rp juta)") or the title
("dalam ribuan rupiah"). Two statements that differ are a contradiction, never a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviu_lib.formatting import format_number
from reviu_lib.ingest.parse.texts import clean_text

_KALI = {
    "rupiah": 1, "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9,
    "milyar": 10**9,
}  # fmt: skip
_NAMA = {1: "rupiah", 10**3: "ribu rupiah", 10**6: "juta rupiah", 10**9: "miliar rupiah"}
_SATUAN = r"(ribu|rb|juta|jt|miliar|milyar)(?:an)?\b"
_BUKAN_UANG = r"(?!\s*(?:jiwa|orang|penduduk|ton|unit|anak|balita))"
_POLA = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bdalam\s+{_SATUAN}{_BUKAN_UANG}",
        rf"\b(?:rp|rupiah)\b[\s.(,]{{0,3}}{_SATUAN}",
        rf"(?<![\d.,])(?<!\d\s){_SATUAN}\s*(?:rupiah|rp\b)",
        rf"\(\s*{_SATUAN}\s*\)",
    )
)
_RUPIAH_PENUH = re.compile(r"\bdalam\s+rupiah\b|\brupiah\s+penuh\b")
_KALI_ANGKA = re.compile(r"\bx\s*(?:rp\.?\s*)?1((?:\.000){1,3})\b")
_JUDUL_BERSKALA = re.compile(
    rf"\b(?:dalam\s+)?(?:(?:rp|rupiah)\s+)?{_SATUAN}(?:\s+(?:rupiah|rp))?\b"
    r"|\b(?:dalam\s+)?(?:rupiah|rp)\b"
)
_PANJANG_MAKS = 400  # no title is longer; bounds the work on hostile text


class Skala(NamedTuple):
    """What one unit of a column is in rupiah (None: contradictory), and where that was said."""

    kali: int | None = 1
    rincian: str = ""


def find_scales(text: str) -> frozenset[int]:
    """Return every scale that a heading or title states; none when it says nothing."""
    words = clean_text(text[:_PANJANG_MAKS]).lower()
    found = {_KALI[match[1]] for pattern in _POLA for match in pattern.finditer(words)}
    found |= {1000 ** match[1].count(".") for match in _KALI_ANGKA.finditer(words)}
    if _RUPIAH_PENUH.search(words):
        found.add(1)
    return frozenset(found)


def strip_scale(heading: str) -> str:
    """Return a normalised heading without scale and currency: `pagu rp juta` is `pagu`."""
    return re.sub(r"\s+", " ", _JUDUL_BERSKALA.sub(" ", heading)).strip()


def decide_scale(declared: str | int, heading: str, title: str) -> Skala:
    """Return the scale of a column from its layout, heading, and the title above the table.

    `declared` is a word (ribu), a number (1000), or "" where the layout says nothing.
    """
    told = [*_statements(declared, heading, title)]
    scales = {scale for scale, _ in told}
    words = "; ".join(f"{where}: {_NAMA.get(scale, format_number(scale))}" for scale, where in told)
    if len(scales) > 1:
        return Skala(None, words)
    return Skala(scales.pop(), words) if scales else Skala()


def _statements(declared: str | int, heading: str, title: str) -> Iterator[tuple[int, str]]:
    if declared != "":
        yield _KALI[declared] if isinstance(declared, str) else declared, "tata letak"
    for where, text in (("judul kolom", heading), ("judul tabel", title)):
        for scale in sorted(find_scales(text)):
            yield scale, where
