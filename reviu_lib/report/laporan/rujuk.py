"""Which tables of a report carry the rows that a paragraph rests on.

Every number of a paragraph names its cell (`data-asal`). The declared table that shows that row is
the one to look into; a number of `ringkasan` looks into the table of its own part of the review
(`[rujuk_ringkasan]` in laporan.toml). The exporter turns the names into links, once it knows which
tables the page has and how they are numbered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from html import unescape
from urllib.parse import parse_qsl

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import select_rows
from reviu_lib.report.susunan import (
    SusunanMatriks,
    SusunanTabel,
    load_rujuk_ringkasan,
    load_susunan_matriks,
    load_susunan_tabel,
)
from reviu_lib.report.susunan import select_rows as select_shown

_ASAL = re.compile(r'data-asal="([^"]*)"')
# Parts of a condition that are no column of the table.
_BUKAN_SYARAT = frozenset({"lewati", "beda"})


class Rujukan:
    """The tables of one report by the rows they show."""

    def __init__(self, hasil: HasilReviu) -> None:
        self.hasil = hasil

    def find(self, html: str) -> list[str]:
        """Return the declared names of the tables behind the numbers of `html`, in their order."""
        names = (self._table_of(unescape(asal)) for asal in _ASAL.findall(html))
        return list(dict.fromkeys(name for name in names if name))

    def _table_of(self, asal: str) -> str:
        if asal.startswith(("definisi/", "tertutup/")):
            return ""
        if "?" in asal:
            return self._table_of_rows(asal)
        tabel, _, rest = asal.partition("/")
        baris = rest.rpartition("/")[0]
        if tabel == "ringkasan":
            return load_rujuk_ringkasan(baris)
        return self._shown.get((tabel, baris), "")

    def _table_of_rows(self, asal: str) -> str:
        """Return the table that shows the first row a count is made of."""
        tabel, query = asal.split("?", 1)
        syarat = {
            kolom: nilai
            for kolom, nilai in parse_qsl(query, keep_blank_values=True)
            if kolom not in _BUKAN_SYARAT
        }
        rows = select_rows(self.hasil, tabel, **syarat)["baris"]
        return next((name for name in (self._shown.get((tabel, b), "") for b in rows) if name), "")

    @cached_property
    def _shown(self) -> Mapping[tuple[str, str], str]:
        """Name of the first declared table that shows a row; tables of the text before annexes."""
        tables = sorted(load_susunan_tabel().values(), key=lambda susunan: susunan.lampiran)
        shown: dict[tuple[str, str], str] = {}
        every: list[SusunanTabel | SusunanMatriks] = [*tables, *load_susunan_matriks().values()]
        for susunan in every:
            for baris in select_shown(self.hasil, susunan)["baris"]:
                shown.setdefault((susunan.tabel, str(baris)), susunan.nama)
        return shown
