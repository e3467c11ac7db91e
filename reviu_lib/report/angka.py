"""Every number of a report as an element that names its cell, and the reader that checks it.

A number is written once, by `Angka`, as `<data value=… data-asal=… data-format=…>`; a date as
`<time>`. `data-asal` is one of four kinds of address:

- `tabel/baris/kolom`: a cell of HasilReviu or HasilBanding, the usual case;
- `tabel?kolom=nilai`: how many rows of that table meet the conditions (`lewati=3` leaves out the
  three that a sentence has already named; `beda=kolom` counts the different values of a column);
- `dokumen/tanggal_cutoff`, `dokumen/tanggal_reviu`: the dates of the review itself;
- `definisi/…`: a value of `definitions/` (`definisi/ambang/<kunci>`, `definisi/banding/<kunci>`,
  `definisi/penyamaran/<kunci>`, `definisi/aturan/<kunci>`, `definisi/aturan/<kunci>/<urutan>`).

A cell that the public edition closes is written "ditutup", with an empty `value`; `tertutup/sel` is
how many it closes.

`resolve_angka` reads a finished page, follows every address, and reports what does not agree;
`find_stray_digits` reports digits of prose that carry no address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from reviu_lib.catalog import (
    load_ambang,
    load_aturan,
    load_aturan_banding,
    load_penyamaran,
)
from reviu_lib.errors import DefinisiError
from reviu_lib.formatting import (
    BULAN,
    FORMATS,
    TERTUTUP,
    format_tanggal,
    format_value,
    is_missing,
    join_list,
)
from reviu_lib.hasil import HasilBanding, HasilReviu

Hasil = HasilReviu | HasilBanding

# Words that may carry a number of their own in prose: numbering and official names.
_BERNOMOR = r"(?:Tabel|Gambar|Aksi|Bab|Lampiran|Bagian|keluaran)\s+\d+(?:\.\d+)*"
_TANGGAL = rf"\d{{1,2}}\s+(?:{'|'.join(BULAN)})"
_TAHUN = r"(?<![\d.,])(?:19|20)\d{2}(?![\d]|[.,]\d)"
_DIIZINKAN = re.compile(rf"{_BERNOMOR}|{_TANGGAL}|{_TAHUN}")
_POTONGAN = re.compile(r"\S*\d\S*")
_KOSONG_ATAU_ADA = {"": lambda column: column.isna(), "*": lambda column: column.notna()}
# Elements whose digits are not prose, or carry their own reference.
_BUKAN_PROSA = frozenset(
    {"data", "time", "cite", "script", "style", "svg", "title", "code", "pre", "td", "th"}
    | {f"h{level}" for level in range(1, 7)}
)
_BERALAMAT = frozenset({"data", "time"})
# Elements between which words do not run on.
_PEMISAH = frozenset({"p", "li", "div", "section", "br"})
# Addresses of what belongs to the whole document.
DOKUMEN = "dokumen/"
# The element around text recorded by people, shown as they wrote it.
KELAS_TERCATAT = "tercatat"


# The address of how many cells the public edition closes.
TERTUTUP_SEL = "tertutup/sel"
# Declarations that hold single numbers by name.
_ANGKA_DEFINISI: dict[str, Callable[[], Any]] = {
    "ambang": load_ambang,
    "banding": load_aturan_banding,
    "penyamaran": load_penyamaran,
}


class Angka:
    """Writes numbers, names, and dates of one HasilReviu as elements that name their cell.

    With `tandai` each element also carries `data-kode`, the kabupaten it belongs to or `banding`
    for a table of the comparison: a page about several kabupaten needs it.
    """

    def __init__(self, hasil: Hasil, *, tandai: bool = False) -> None:
        self.hasil = hasil
        self._kode = hasil.kode_rujukan if tandai else ""
        self._letak: dict[str, dict[str, int]] = {}

    def __call__(self, asal: str, format: str | None = None) -> str:
        """Return the value at `asal` as a `<data>` element, or `<time>` for a date.

        `format` is a name in `formatting.FORMATS`; without it the column's kind decides, and for
        `ringkasan/<kunci>/nilai` the declared format. DefinisiError for an unknown address.
        """
        value = self._value(asal)
        return self._element(value, asal, format or self.format_of(asal))

    def hitung(self, tabel: str, lewati: int = 0, /, **syarat: str) -> str:
        """Return the number of rows of `tabel` that meet `syarat`, less `lewati`, as an element.

        A condition is `kolom="nilai"`; `"*"` means any value and `""` means missing. With
        `beda="kolom"` the different values of that column are counted instead of the rows.
        """
        return self(hitungan(tabel, lewati, **syarat))

    def definisi(self, jalur: str, format: str = "teks") -> str:
        """Return a declared value, for instance `ambang/diukur_minimum`, as an element."""
        asal = f"definisi/{jalur}"
        return self._element(resolve_asal(self.hasil, asal), asal, format)

    def tercatat(self, asal: str) -> str:
        """Return recorded free text as a quotation that shows it is someone else's wording."""
        return f'<q class="{KELAS_TERCATAT}">{self(asal)}</q>'

    def daftar(self, asal: Iterable[str]) -> str:
        """Return the cells as a list in words: `a, b, dan c`."""
        return join_list([self(satu) for satu in asal])

    def format_of(self, asal: str) -> str:
        """Return the format that `asal` takes when none is asked for."""
        if "?" in asal or asal == TERTUTUP_SEL:
            return "jumlah"
        if asal.startswith("definisi/"):
            return "teks"
        if asal.startswith(DOKUMEN):
            return "tanggal"
        tabel, rest = asal.split("/", 1)
        baris, kolom = rest.rsplit("/", 1)
        if (tabel, kolom) == ("ringkasan", "nilai"):
            return str(self._value(f"ringkasan/{baris}/format"))
        return self.hasil.katalog[tabel][kolom].jenis

    def _value(self, asal: str) -> Any:
        if asal in self.hasil.tertutup:
            return TERTUTUP
        tabel, _, rest = asal.partition("/")
        baris, _, kolom = rest.rpartition("/")
        position = self._positions(tabel).get(baris)
        if position is None:
            return resolve_asal(self.hasil, asal)
        frame: pd.DataFrame = getattr(self.hasil, tabel)
        return frame[kolom].iloc[position] if kolom in frame else self.hasil.value(asal)

    def _element(self, value: Any, asal: str, format: str) -> str:
        shown, raw = escape(format_value(value, format)), escape(raw_text(value))
        address = f'data-asal="{escape(asal)}"'
        if self._kode:
            address += f' data-kode="{escape(self._kode)}"'
        if format == "tanggal" and not is_missing(value):
            return f'<time datetime="{raw}" {address}>{shown}</time>'
        return f'<data value="{raw}" {address} data-format="{escape(format)}">{shown}</data>'

    def _positions(self, tabel: str) -> Mapping[str, int]:
        """Return where each row of a table stands, by its name; empty for what is no table."""
        if tabel not in self._letak and tabel in self.hasil.katalog:
            names = getattr(self.hasil, tabel)["baris"].tolist()
            self._letak[tabel] = {baris: place for place, baris in enumerate(names)}
        return self._letak.get(tabel, {})


def hitungan(tabel: str, lewati: int = 0, /, **syarat: str) -> str:
    """Return the address of a count of rows; see `Angka.hitung`."""
    query = {**syarat, **({"lewati": str(lewati)} if lewati else {})}
    return f"{tabel}?{urlencode(query)}"


def nama(text: Any) -> str:
    """Return text of the data escaped for HTML."""
    return escape(str(text))


def tanggal(value: date, asal: str = "") -> str:
    """Return a date that is no cell of a table (cut-off, review date) as a `<time>` element."""
    address = f' data-asal="{asal}"' if asal else ""
    return f'<time datetime="{value:%Y-%m-%d}"{address}>{format_tanggal(value)}</time>'


def raw_text(value: Any) -> str:
    """Return the `value` attribute of a cell: its repr, text as it is.

    It is empty when the cell is missing or closed.
    """
    if is_missing(value) or value is TERTUTUP:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return repr(value.item() if hasattr(value, "item") else value)


def resolve_asal(hasil: Hasil, asal: str) -> Any:
    """Return what an address names (see the module text); DefinisiError when it names nothing."""
    if asal == TERTUTUP_SEL:
        return len(hasil.tertutup)
    if asal.startswith("definisi/"):
        return _resolve_definisi(hasil.tahun, asal.removeprefix("definisi/").split("/"))
    if asal.startswith(DOKUMEN):
        return _resolve_dokumen(hasil, asal.removeprefix(DOKUMEN))
    if "?" in asal:
        return _resolve_hitung(hasil, asal)
    return TERTUTUP if asal in hasil.tertutup else hasil.value(asal)


def _resolve_dokumen(hasil: Hasil, nama: str) -> date:
    if isinstance(hasil, HasilBanding) or nama not in ("tanggal_cutoff", "tanggal_reviu"):
        raise DefinisiError(f"Rujukan angka tidak dikenal: {DOKUMEN}{nama}.")
    day: date = getattr(hasil, nama)
    return day


def _resolve_definisi(tahun: int, jalur: Sequence[str]) -> Any:
    try:
        kind, kunci, *urutan = jalur
        if kind in _ANGKA_DEFINISI:
            return _ANGKA_DEFINISI[kind]()[kunci]
        value = getattr(load_aturan(tahun), kunci)
        return value[int(urutan[0])] if urutan else value
    except (KeyError, AttributeError, IndexError, ValueError) as error:
        raise DefinisiError(f"Rujukan definisi tidak dikenal: {'/'.join(jalur)}.") from error


def _resolve_hitung(hasil: Hasil, asal: str) -> int:
    tabel, query = asal.split("?", 1)
    syarat = dict(parse_qsl(query, keep_blank_values=True))
    lewati, beda = syarat.pop("lewati", "0"), syarat.pop("beda", "")
    if not lewati.isdecimal():
        raise DefinisiError(f"Rujukan angka tidak dikenal: {asal}.")
    rows = _frame(hasil, tabel)[_meets(hasil, tabel, syarat)]
    count = rows[hasil.katalog[tabel][beda].nama].nunique() if beda else len(rows)
    return int(count) - int(lewati)


def select_rows(hasil: Hasil, tabel: str, **syarat: str) -> pd.DataFrame:
    """Return the rows of a result table that meet every `kolom="nilai"`; `*` any, `""` missing.

    DefinisiError for a table or column that is not declared.
    """
    return _frame(hasil, tabel)[_meets(hasil, tabel, syarat)]


def _frame(hasil: Hasil, tabel: str) -> pd.DataFrame:
    if tabel not in hasil.katalog:
        raise DefinisiError(f"Rujukan angka tidak dikenal: {tabel}.")
    frame: pd.DataFrame = getattr(hasil, tabel)
    return frame


def _meets(hasil: Hasil, tabel: str, syarat: Mapping[str, str]) -> pd.Series:
    frame = _frame(hasil, tabel)
    keep = pd.Series(True, index=frame.index)
    for kolom, nilai in syarat.items():
        column = frame[hasil.katalog[tabel][kolom].nama]
        test = _KOSONG_ATAU_ADA.get(nilai)
        keep &= _equals(column, nilai) if test is None else test(column)
    return keep


def _equals(column: pd.Series, nilai: str) -> pd.Series:
    if column.dtype == "boolean":
        return column.eq(nilai == "ya").fillna(False).astype(bool)
    return column.astype("string").eq(nilai).fillna(False).astype(bool)


class _Reader(HTMLParser):
    """Collects `<data>`/`<time>` elements and, apart from them, the prose of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[dict[str, str], str]] = []
        self.prose: list[str] = []
        self._open: list[str] = []
        self._attributes: dict[str, str] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag in _BUKAN_PROSA or KELAS_TERCATAT in attributes.get("class", "").split():
            self._open.append(tag)
        if tag in _BERALAMAT and "data-asal" in attributes:
            self._attributes, self._text = attributes, ""
        if tag in _PEMISAH and not self._open:
            self.prose.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BERALAMAT and self._attributes is not None:
            self.elements.append((self._attributes, self._text))
            self._attributes = None
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._attributes is not None:
            self._text += data
        if not self._open:
            self.prose.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def resolve_angka(html: str, hasil: Hasil | Sequence[Hasil]) -> list[str]:
    """Return one Indonesian line for every element of `html` that disagrees with `hasil`.

    Each address is followed, its cell formatted again, and both the shown text and the `value`
    attribute compared. An empty list means that every number stands. For a page about several
    kabupaten give all of them: `data-kode` chooses, and without it the first is meant.
    """
    results = [hasil] if isinstance(hasil, Hasil) else list(hasil)
    by_kode = {"": results[0], **{satu.kode_rujukan: satu for satu in results}}
    problems = (
        _check(attributes, text, by_kode.get(attributes.get("data-kode", "")))
        for attributes, text in _read(html).elements
    )
    return [problem for problem in problems if problem]


def _check(attributes: dict[str, str], text: str, hasil: Hasil | None) -> str:
    asal = attributes["data-asal"]
    if hasil is None:
        return f"{asal}: kabupaten {attributes['data-kode']} tidak ada pada hasil."
    format = attributes.get("data-format", "tanggal")
    written = attributes.get("value", attributes.get("datetime", ""))
    try:
        value = resolve_asal(hasil, asal)
    except DefinisiError as error:
        return error.pesan
    if format not in FORMATS:
        return f"{asal}: format '{format}' tidak dikenal."
    expected = (format_value(value, format), raw_text(value))
    if expected != (text, written):
        return f"{asal}: tertulis '{text}' ({written}), seharusnya '{expected[0]}' ({expected[1]})."
    return ""


def find_stray_digits(html: str) -> list[str]:
    """Return the pieces of prose that hold a digit without an address.

    Left out: what stands in `<data>`, `<time>`, `<cite>` (legal references), headings, table
    cells, scripts, drawings and recorded quotations; years 19xx and 20xx; dates; and the
    numbering `Tabel n`, `Gambar n`, `Aksi n`, `Bab n`, `Lampiran n`, `Bagian n`, `keluaran n`.
    """
    prose = _DIIZINKAN.sub("", "".join(_read(html).prose))
    return _POTONGAN.findall(prose)
