"""Grammar of the narrative: none, one or many; up, down or equal; missing; one name or a list.

The chapters ask `Facts` for numbers (always elements with an address) and build sentences with the
small functions below. A number is never typed here, and a word is chosen from the unrounded value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from reviu_lib.catalog import Aturan, load_ambang, load_aturan
from reviu_lib.formatting import decimals_to_tell_apart, is_missing, join_list
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import Angka, nama, resolve_asal, select_rows

# Second block of a Kemendagri code: kabupaten are numbered from 01, kota from 71.
_KOTA_MULAI = 71
_PERSEN = {1: "persen", 2: "persen2", 3: "persen3"}
_POIN = {1: "poin_mutlak", 2: "poin2_mutlak", 3: "poin3_mutlak"}
_AWAL_KALIMAT = re.compile(r"^((?:<[^>]*>)*)(\w)")
# How many names a sentence carries before it says "dan n lainnya".
NAMA_DISEBUT = 3


class Facts:
    """What the narrative may say about one HasilReviu: values to decide on, elements to print."""

    def __init__(self, hasil: HasilReviu, *, tandai: bool = False) -> None:
        self.hasil = hasil
        self.angka = Angka(hasil, tandai=tandai)

    @cached_property
    def aturan(self) -> Aturan:
        """The rules of the year reviewed."""
        return load_aturan(self.hasil.tahun)

    @cached_property
    def daerah(self) -> str:
        """The kabupaten or kota with its title, escaped."""
        name = self.hasil.nama
        if name.startswith(("Kabupaten ", "Kota ")):
            return nama(name)
        kota = int(self.hasil.kode_kabupaten.split(".")[1]) >= _KOTA_MULAI
        return nama(f"{'Kota' if kota else 'Kabupaten'} {name}")

    @property
    def sebagian_tahun(self) -> bool:
        """Whether the data stop before the end of the year reviewed."""
        return self.hasil.tanggal_cutoff < date(self.hasil.tahun, 12, 31)

    @property
    def batas_data(self) -> str:
        """The cut-off date as an element."""
        return self.angka("dokumen/tanggal_cutoff")

    @cached_property
    def _ringkasan(self) -> dict[str, tuple[Any, Any]]:
        frame = self.hasil.ringkasan
        return dict(
            zip(frame["baris"], zip(frame["nilai"], frame["teks"], strict=True), strict=True)
        )

    def value(self, kunci: str) -> float | None:
        """Return a summary number to decide on, None when missing."""
        nilai = self._ringkasan.get(kunci, (None, None))[0]
        return None if is_missing(nilai) else float(nilai)

    def known(self, *kunci: str) -> bool:
        """Return whether each summary number or text is there."""
        return all(self._is_there(satu) for satu in kunci)

    def _is_there(self, kunci: str) -> bool:
        nilai, teks = self._ringkasan.get(kunci, (None, None))
        return not (is_missing(teks) if kunci.endswith("_teks") else is_missing(nilai))

    def any(self, *kunci: str) -> bool:
        """Return whether one of the counts is above zero."""
        return any((self.value(satu) or 0) > 0 for satu in kunci)

    def word(self, kunci: str) -> str:
        """Return a summary text to decide on, empty when missing."""
        teks = self._ringkasan.get(kunci, (None, None))[1]
        return "" if is_missing(teks) else str(teks)

    def n(self, kunci: str, format: str | None = None) -> str:
        """Return a summary number or text as an element."""
        return self.angka(ringkasan(kunci), format)

    def lead(self, kunci: str, noun: str) -> str:
        """Return the opening `sebanyak 12 kegiatan`, or `ada satu kegiatan yang` for one.

        `kunci` is a summary key or an address; what follows is the predicate.
        """
        asal = kunci if {"/", "?"} & set(kunci) else ringkasan(kunci)
        if resolve_asal(self.hasil, asal) == 1:
            return f"ada {self.angka(asal, 'bilangan')} {noun} yang"
        return f"sebanyak {self.angka(asal)} {noun}"

    def count(self, kunci: str, noun: str, none: str = "") -> str:
        """Return `12 kegiatan`, or for zero the words `none` (default `tidak ada kegiatan`)."""
        if self.value(kunci):
            return f"{self.n(kunci)} {noun}"
        return none or f"tidak ada {noun}"

    def rows(self, tabel: str, **syarat: str) -> pd.DataFrame:
        """Return the rows of a result table that meet `kolom="nilai"` (`*` any, `""` missing)."""
        return select_rows(self.hasil, tabel, **syarat)

    def points(self, asal: str, least: int = 1) -> str:
        """Return the size of a difference in points, with the decimals that show it is not zero."""
        decimals = decimals_to_tell_apart(abs(float(self.hasil.value(asal))), 0.0, least)
        return f"{self.angka(asal, _POIN[decimals])} poin persentase"

    def decimals(self, asal: str, other: str) -> int:
        """Return how many decimals tell two percentages apart (rule D20)."""
        return decimals_to_tell_apart(float(self.hasil.value(asal)), float(self.hasil.value(other)))

    def pair(self, asal: str, other: str) -> tuple[str, str]:
        """Return two percentages with as many decimals as tell them apart."""
        format = _PERSEN[self.decimals(asal, other)]
        return f"{self.angka(asal, format)} persen", f"{self.angka(other, format)} persen"

    def names(self, tabel: str, baris: Sequence[str], kolom: str, **syarat: str) -> str:
        """Return the names of rows in words; beyond three, `a, b, c, dan n lainnya`.

        Indicators run on with a small first letter. `syarat` are the conditions that `baris` met;
        they make the remainder traceable.
        """
        limit = len(baris) if len(baris) <= NAMA_DISEBUT + 1 else NAMA_DISEBUT
        format = "teks_sambung" if kolom == "indikator" else None
        shown = [self.angka(f"{tabel}/{satu}/{kolom}", format) for satu in baris[:limit]]
        if limit == len(baris):
            return join_list(shown)
        rest = self.angka.hitung(tabel, limit, **syarat)
        return f"{', '.join(shown)}, dan {rest} lainnya"


def ringkasan(kunci: str) -> str:
    """Return the address of a summary number, or of its text for keys that end in `_teks`."""
    return f"ringkasan/{kunci}/{'teks' if kunci.endswith('_teks') else 'nilai'}"


def interval(facts: Facts, kind: str, low: str, high: str, unit: str = "persen") -> str:
    """Return ` (<kind> 95 persen: low–high unit)`, empty unless both limits are known."""
    if not facts.known(low, high):
        return ""
    level = facts.angka.definisi("ambang/taraf_selang_persen", "desimal")
    between = "–" if unit == "persen" else " sampai "
    return f" ({kind} {level} persen: {facts.n(low)}{between}{facts.n(high)} {unit})"


def threshold(kunci: str) -> float:
    """Return a declared threshold to decide on."""
    return load_ambang()[kunci]


def sentence(*parts: str) -> str:
    """Return the parts as one sentence: a capital first, a full stop last; empty when nothing."""
    text = " ".join(part for part in parts if part).strip()
    if not text:
        return ""
    text = _AWAL_KALIMAT.sub(_capital, text, count=1)
    return text if text.endswith(".") else f"{text}."


def _capital(match: re.Match[str]) -> str:
    # A letter inside an element is a cell of the data and stays as it is.
    tags, letter = match.groups()
    return tags + (letter if tags else letter.upper())


def paragraph(*sentences: str) -> str:
    """Return the sentences as one paragraph, leaving out empty ones."""
    return " ".join(text for text in sentences if text)


def paragraphs(*texts: str) -> tuple[str, ...]:
    """Return the paragraphs that say something."""
    return tuple(text for text in texts if text)


def clauses(*parts: str) -> str:
    """Return the parts that say something as a list in words."""
    return join_list([part for part in parts if part])


def enumerate_letters(items: Sequence[str]) -> str:
    """Return `(a) …; (b) …; dan (c) …`, the way a regulation enumerates inside a sentence."""
    marked = [f"({chr(ord('a') + index)}) {item}" for index, item in enumerate(items)]
    if len(marked) <= 1:
        return "".join(items)
    return f"{'; '.join(marked[:-1])}; dan {marked[-1]}"


def higher_or_lower(value: float, other: float) -> str:
    """Return `lebih tinggi daripada`, `lebih rendah daripada`, or `sama dengan`."""
    if value == other:
        return "sama dengan"
    return "lebih tinggi daripada" if value > other else "lebih rendah daripada"


def above_or_below(difference: float) -> str:
    """Return `di atas` or `di bawah` for a difference that is not zero."""
    return "di atas" if difference > 0 else "di bawah"


def better_or_worse(difference: float, arah: str) -> str:
    """Return `membaik`, `memburuk`, or `tetap` for a change of an indicator of that direction."""
    if difference == 0:
        return "tetap"
    return "membaik" if (difference > 0) == (arah == "naik") else "memburuk"


def unavailable(what: str, consequence: str) -> tuple[str, ...]:
    """Return the one sentence of a chapter without data."""
    return (sentence(f"data {what} tidak tersedia pada bahan reviu, sehingga {consequence}"),)
