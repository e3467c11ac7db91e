"""What was found while reading: one `Temuan` per kind and column of a sheet, never per cell.

A finding names the place (file, sheet, up to five cells), shows at most three values, and takes
its words from `definitions/temuan.toml`. Values of identity columns are never shown; any other
value is masked and made printable first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from typing import Any

import pandas as pd

from reviu_lib.catalog import load_temuan, tabel_masukan
from reviu_lib.formatting import is_telepon, mask_identity
from reviu_lib.ingest.parse.texts import cell_text, clean_text

_KOLOM_RAGU = ("berkas", "lembar", "sel", "kode")
_SEL_DITAMPILKAN = 5
_NILAI_DITAMPILKAN = 3
_PANJANG_NILAI = 60
_BERKAS_PROVINSI = re.compile(r"\d\d/\d{4}/")  # below data/raw; a kabupaten has four digits
_TANPA_LEMBAR = "tunggal"  # a CSV file has one sheet without a name
_TELEPON = "'[nomor telepon disamarkan]'"
_TAK_DITAMPILKAN = "(isi tidak ditampilkan)"


@dataclass(frozen=True)
class Tempat:
    """Where something was found; `huruf` gives the column letter of each read column.

    Where rows of several files or sheets are meant, `asal` tells file and sheet of each row.
    """

    berkas: str = ""
    lembar: str = ""
    tabel: str = ""
    kolom: str = ""
    huruf: Mapping[str, str] = field(default_factory=dict)
    rahasia: frozenset[str] = frozenset()
    asal: tuple[tuple[str, str], ...] = ()

    def at(self, kolom: str) -> Tempat:
        """Return the same place in one column."""
        return replace(self, kolom=kolom)

    @property
    def bersama(self) -> bool:
        """True for a file of a whole province, where rows of other kabupaten are no fault."""
        return bool(_BERKAS_PROVINSI.match(self.berkas))

    def addresses(self, baris: Iterable[int]) -> list[str]:
        """Return the address of each row's cell; the row number alone where no column is meant."""
        letter = self.huruf.get(self.kolom, "")
        return [f"{letter}{row}" for row in baris]

    def cells(self, baris: Sequence[int]) -> str:
        """Return up to five cell addresses, then how many more."""
        letter = self.huruf.get(self.kolom, "")
        prefix = letter or "baris "
        shown = ", ".join(f"{prefix}{row}" for row in baris[:_SEL_DITAMPILKAN])
        more = len(baris) - _SEL_DITAMPILKAN
        return f"{shown}, dan {more} lainnya" if more > 0 else shown


@dataclass(frozen=True)
class Temuan:
    """One finding, ready to become a row of the canonical table `temuan`."""

    kode: str
    tempat: Tempat
    sel: str = ""
    nilai: str = ""
    jumlah: int = 1
    rincian: str = ""
    baris: tuple[int, ...] = ()

    def spots(self) -> Iterator[tuple[str, str, str, str]]:
        """Return the cells in question as rows of `sel_ragu`, named as in the raw folder."""
        place = self.tempat
        both = (place.berkas, place.lembar)
        asal = place.asal if len(place.asal) == len(self.baris) else [both] * len(self.baris)
        shown = {text: mask_identity(text) for pair in dict.fromkeys(asal) for text in pair}
        files, sheets = ([shown[pair[at]] for pair in asal] for at in (0, 1))
        return zip(files, sheets, place.addresses(self.baris), repeat(self.kode), strict=False)

    def row(self) -> dict[str, Any]:
        """Return the columns of the canonical table, the words filled in."""
        jenis = load_temuan()[self.kode]
        place = {
            "berkas": mask_identity(self.tempat.berkas),
            "lembar": mask_identity(self.tempat.lembar),
        }
        words = {
            **place,
            "lembar": place["lembar"] or _TANPA_LEMBAR,
            "tabel": self.tempat.tabel,
            "kolom": self.tempat.kolom,
            "nilai": self.nilai,
            "jumlah": self.jumlah,
            "rincian": mask_identity(self.rincian),
        }
        texts = {
            name: getattr(jenis, name).format(**words).strip()
            for name in ("uraian", "tindakan", "saran")
        }
        kept = {name: words[name] for name in ("tabel", "kolom", "nilai", "jumlah")}
        return (
            {"kode": self.kode, "tingkat": jenis.tingkat, **place, "sel": self.sel} | kept | texts
        )


def place_of(rows: pd.DataFrame, tabel: str) -> Tempat:
    """Return the files and sheets that rows come from (columns _berkas, _lembar)."""
    files = ", ".join(sorted(rows["_berkas"].unique()))
    sheets = ", ".join(dict.fromkeys(name for name in rows["_lembar"] if name))
    several = len(rows[["_berkas", "_lembar"]].drop_duplicates()) > 1
    pairs = rows[["_berkas", "_lembar"]].itertuples(index=False, name=None) if several else ()
    return Tempat(files, sheets, tabel, asal=tuple(pairs))


def note(
    kode: str,
    tempat: Tempat,
    *,
    baris: Iterable[int] = (),
    nilai: Iterable[Any] = (),
    rincian: str = "",
) -> Temuan:
    """Return a finding about the file rows `baris`; values are shown shortened and masked."""
    rows = [int(row) for row in baris]
    secret = tempat.kolom in tempat.rahasia
    return Temuan(
        kode,
        tempat,
        sel=tempat.cells(rows),
        nilai=_TAK_DITAMPILKAN if secret else show_values(nilai, tempat.kolom),
        jumlah=max(len(rows), 1),
        rincian=rincian,
        baris=tuple(rows),
    )


def show_values(values: Iterable[Any], kolom: str = "") -> str:
    """Return up to three distinct values as short printable text without identity.

    Only where money or codes stand is a mobile number without its 0 left as it is.
    """
    numbers = not kolom or kolom.endswith("_rp") or kolom.startswith("kode")
    distinct: dict[str, None] = {}
    for value in _iter_distinct(values):
        hidden = not numbers and is_telepon(cell_text(value))
        distinct[_TELEPON if hidden else _show(value)] = None
        if len(distinct) > _NILAI_DITAMPILKAN:
            break
    shown = ", ".join(list(distinct)[:_NILAI_DITAMPILKAN])
    return f"{shown}, …" if len(distinct) > _NILAI_DITAMPILKAN else shown


def _iter_distinct(values: Iterable[Any]) -> Iterator[Any]:
    """Yield each value of each type once, as soon as it comes."""
    seen = set()
    for value in values:
        if (type(value), value) not in seen:
            seen.add((type(value), value))
            yield value


def _show(value: Any) -> str:
    text = clean_text(mask_identity(cell_text(value)))
    short = text if len(text) <= _PANJANG_NILAI else f"{text[: _PANJANG_NILAI - 1]}…"
    return f"'{short}'" if short else "(kosong)"


def to_frame(findings: Sequence[Temuan]) -> pd.DataFrame:
    """Return the canonical table `temuan`, gravest first, otherwise in reading order."""
    tabel = tabel_masukan()["temuan"]
    if not findings:
        return tabel.empty()
    frame = pd.DataFrame([finding.row() for finding in findings])
    order = {"galat": 0, "peringatan": 1, "catatan": 2}
    by_weight = frame["tingkat"].map(order).sort_values(kind="stable").index
    return tabel.conform(frame.loc[by_weight])


def list_doubtful(found: Iterable[Temuan]) -> pd.DataFrame:
    """Return the canonical table `sel_ragu`: each cell of every galat and peringatan, once."""
    kinds = load_temuan()
    grave = (item for item in found if kinds[item.kode].tingkat != "catatan")
    rows = dict.fromkeys(chain.from_iterable(item.spots() for item in grave))
    columns = {name: [row[at] for row in rows] for at, name in enumerate(_KOLOM_RAGU)}
    return tabel_masukan()["sel_ragu"].conform(pd.DataFrame(columns, dtype="string"))
