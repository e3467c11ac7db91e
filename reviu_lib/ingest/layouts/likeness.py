"""How like two headings are, and what kind of values a column holds; for proposals only.

Nothing here decides what a file means: a person accepts a proposal or does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

from reviu_lib.ingest.layouts.model import TabelSumber, load_layouts
from reviu_lib.ingest.parse.texts import cell_text

MIRIP = 0.72  # below this two headings are taken for different ones
_BAGIAN = 0.85  # one heading holds all words of the other
_DICONTOH = 200
_BILANGAN = re.compile(r"[-+]?(?:Rp\.?\s*)?\d[\d.,]*\s*%?")
_TANGGAL = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2} [A-Za-z]+ \d{4}")
_KODE = re.compile(r"\d\d\.\d\d\.\d\d(?:\.\d{4})?")  # shorter ones look like decimals
_NIK = re.compile(r"\d{16}")
_BULAT = re.compile(r"\d{1,3}(?:[.,]\d{3})*|\d+")
_TAHUN = re.compile(r"(?:19|20)\d\d")
_JENIS_BILANGAN = frozenset({"bilangan bulat", "bilangan desimal", "tahun"})
_KOLOM_BILANGAN = frozenset(
    {"jumlah", "rupiah", "desimal", "persen", "poin", "zskor", "hari", "tahun"}
)


def describe_values(values: Iterable[object]) -> str:
    """Return the kind of most values of a column in words, without any value."""
    texts = [text for text in map(cell_text, values) if text][:_DICONTOH]
    kinds = [_kind_of(text) for text in texts]
    if not kinds:
        return "kosong"
    common = max(dict.fromkeys(kinds), key=kinds.count)
    if set(kinds) <= _JENIS_BILANGAN and len(set(kinds)) > 1:
        return "bilangan desimal" if "bilangan desimal" in kinds else "bilangan bulat"
    return common if kinds.count(common) * 2 > len(kinds) else "campuran"


def _kind_of(text: str) -> str:
    patterns = {
        "bilangan 16 angka": _NIK,
        "tanggal": _TANGGAL,
        "tahun": _TAHUN,
        "kode wilayah": _KODE,
        "bilangan bulat": _BULAT,
        "bilangan desimal": _BILANGAN,
    }
    return next((name for name, mask in patterns.items() if mask.fullmatch(text)), "teks")


def is_number(jenis: str) -> bool:
    """Return True for the kinds of value that are figures."""
    return jenis in _JENIS_BILANGAN


def score_column(heading: str, values: str, sumber: TabelSumber) -> list[tuple[float, str]]:
    """Return (likeness, column) of each column of a table that the heading may mean, best first.

    A percentage that stands after its count has no words of its own: only its exact heading is it.
    """
    found: dict[str, float] = {}
    for title, names in sumber.judul_dikenal.items():
        likeness = compare_headings(heading, title)
        for name in names if likeness >= MIRIP else ():
            if sumber.own(name).setelah and likeness < 1:
                continue
            fitting = likeness * _suits(values, sumber.jenis(name))
            found[name] = max(found.get(name, 0.0), fitting)
    return sorted(((score, name) for name, score in found.items() if score >= MIRIP), reverse=True)


def _suits(values: str, jenis: str) -> float:
    """Return 1 where the values may be of the column's kind, less where they cannot."""
    if values in {"kosong", "campuran"}:
        return 1.0
    wants = jenis in _KOLOM_BILANGAN
    return 1.0 if wants == is_number(values) or (jenis == "kode" and not wants) else 0.6


@cache
def compare_headings(one: str, other: str) -> float:
    """Return from 0 to 1 how like two normalised headings are."""
    if one == other:
        return 1.0
    words, others = set(one.split()), set(other.split())
    smaller = min(words, others, key=len)
    if smaller and smaller <= words & others and len(" ".join(smaller)) > 3:
        return _BAGIAN
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= MIRIP else 0.0


def list_tables() -> list[tuple[str, TabelSumber]]:
    """Return every declared table with the code of its layout."""
    return [
        (layout.kode, sumber)
        for layout in load_layouts().values()
        for sumber in layout.tabel.values()
    ]
