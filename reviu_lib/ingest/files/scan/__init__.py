"""What the fast reader does not tell about a sheet: errors, unfinished formulas, what is hidden.

Each module scans one format in one pass, before the reader opens the file, and refuses a sheet
whose used area would fill the memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Sel = tuple[int, int]  # file row from 1, column position from 0


@dataclass
class Pindaian:
    """What a scan found on one sheet; `gabung` is None where the reader knows the merges itself."""

    tanda: dict[Sel, str] = field(default_factory=dict)
    baris_tersembunyi: list[int] = field(default_factory=list)
    kolom_tersembunyi: list[int] = field(default_factory=list)
    gabung: list[tuple[Sel, Sel]] | None = None
    rumus_kosong: list[Sel] = field(default_factory=list)
    dilewati: bool = False


def column_number(letters: bytes | str) -> int:
    """Return the 1-based number of a column: A is 1, XFD is 16384."""
    text = letters.decode() if isinstance(letters, bytes) else letters
    number = 0
    for char in text.upper()[:8]:
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def column_letter(number: int) -> str:
    """Return the letters of a 1-based column number: 1 is A, 28 is AB."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
