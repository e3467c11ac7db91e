"""Telling one chapter of the complete example with some cells changed, for tests of its words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd
from contoh_hasil import LENGKAP, change, empty, plain

from reviu_lib.hasil import HasilReviu
from reviu_lib.report import narasi
from reviu_lib.report.angka import find_stray_digits, resolve_angka

# Words that betray a missing value or a hole in a template.
_CACAT = re.compile(r"\bNone\b|\bnan\b|<NA>|NaT|[{}]|  | [,.;]|\.\.|,,|–(?!\d)|\(\)")


def make(
    ubah: dict[str, Any] | None = None, buang: tuple[str, ...] = (), **baru: Any
) -> HasilReviu:
    """Return the example with cells set, tables or rows taken out, and rows added to tables."""
    hasil = change(LENGKAP, ubah) if ubah else LENGKAP
    hasil = empty(hasil, [item for item in buang if item not in baru])
    more = {
        name: pd.DataFrame(rows)
        if name in buang
        else pd.concat([getattr(hasil, name), pd.DataFrame(rows)])
        for name, rows in baru.items()
    }
    return replace(hasil, **more) if more else hasil


def tell(
    bab: str, ubah: dict[str, Any] | None = None, buang: tuple[str, ...] = (), **baru: Any
) -> str:
    """Return the words of a chapter; every number in it resolves and nothing is left hanging."""
    return tell_hasil(bab, make(ubah, buang, **baru))


def tell_hasil(bab: str, hasil: HasilReviu) -> str:
    """Return the words of a chapter of this result, checked as in `tell`."""
    html = " ".join(getattr(narasi, f"describe_{bab}")(hasil))
    text = plain(html)
    assert resolve_angka(html, hasil) == []
    assert find_stray_digits(html) == []
    assert not _CACAT.search(text), text
    return text
