"""Frames as HTML tables: caption, scopes, Indonesian numbers, status as word, symbol, and colour.

Nothing is computed here; a cell is printed from its kind as declared in `tabel_hasil.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from reviu_lib.catalog import Kolom, Tabel, tabel_hasil
from reviu_lib.formatting import KOSONG, format_value, is_missing
from reviu_lib.report.susunan import (
    SusunanMatriks,
    SusunanTabel,
    load_kolom_status,
    load_status,
)
from reviu_lib.report.tampilan import tag

_JENIS_ANGKA = frozenset(
    {"jumlah", "rupiah", "tahun", "hari", "desimal", "persen", "poin", "zskor", "peluang"}
)
# A status longer than this may break into lines.
_KATA_PANJANG = 16
_PANJANG_PROSA = 40
# The headings before this place never stand upright: number and name.
TEGAK_DARI = 2
# Headings say "(Rp)", so a cell prints the bare number. Convergence has two decimals.
_FORMAT_SEL = {"rupiah": "jumlah"}
_FORMAT_KOLOM = {"konvergensi_persen": "persen2"}


@dataclass(frozen=True)
class KolomTampil:
    """One column on paper: where it comes from, its heading, and its kind."""

    nama: str
    judul: str
    jenis: str = "teks"
    keterangan: str = ""

    @property
    def angka(self) -> bool:
        """True when the cells are numbers and stand to the right."""
        return self.jenis in _JENIS_ANGKA


@dataclass(frozen=True)
class BentukTabel:
    """How a table is laid out: row headings, groups of rows, total row, width."""

    kepala: str = ""
    kelompok: str = ""
    total: str = ""
    lanskap: bool = False
    tegak: bool = False


@dataclass(frozen=True)
class Alamat:
    """Where a shown table stands in the result: a key per row, addresses per column and row."""

    kunci: Sequence[str] = ()
    sel: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class TabelTampil:
    """A numbered table before it is written: what every edition prints.

    `judul` is plain text, `sumber` HTML. `alamat` is empty for a table that is no result.
    """

    nama: str
    nomor: str
    judul: str
    sumber: str
    frame: pd.DataFrame
    kolom: tuple[KolomTampil, ...]
    bentuk: BentukTabel = BentukTabel()
    alamat: Alamat = Alamat()

    @property
    def html(self) -> str:
        """The table as HTML."""
        number = tag("span", self.nomor, class_="nomor")
        caption = f"{number} {escape(self.judul)}{self.sumber}"
        return render_tabel(
            self.frame, self.kolom, caption=caption, bentuk=self.bentuk, nama=self.nama
        )


def columns_of(
    susunan: SusunanTabel, katalog: Mapping[str, Tabel] | None = None
) -> list[KolomTampil]:
    """Return the declared columns with headings and kinds of the result table.

    `katalog` holds the table when it is not one of the results of a single kabupaten.
    """
    tabel = (katalog or tabel_hasil())[susunan.tabel]
    return [_column(tabel[nama]) for nama in susunan.kolom if nama != susunan.kelompok]


def _column(kolom: Kolom) -> KolomTampil:
    return KolomTampil(kolom.nama, kolom.judul, kolom.jenis, kolom.arti)


def status_html(word: str) -> str:
    """Return a status word with its symbol and colour class; an unknown word stays plain."""
    mark = load_status().get(word)
    if mark is None:
        return escape(word)
    symbol = tag("span", mark.simbol, aria_hidden="true")
    long = " panjang" if len(word) > _KATA_PANJANG else ""
    return tag("span", f"{symbol} {escape(word)}", class_=f"st {mark.nada}{long}")


def format_cells(column: pd.Series, kolom: KolomTampil) -> list[str]:
    """Return the cells of a column as escaped text, status words with their symbol."""
    texts = print_cells(column, kolom)
    if kolom.nama in load_kolom_status():
        return [status_html(text) for text in texts]
    return [escape(text) for text in texts]


def print_cells(column: pd.Series, kolom: KolomTampil) -> list[str]:
    """Return the cells of a column as plain text."""
    name = _FORMAT_KOLOM.get(kolom.nama) or _FORMAT_SEL.get(kolom.jenis, kolom.jenis)
    if kolom.nama in load_kolom_status():
        name = "teks"
    return [format_value(cell, name) for cell in column]


def locate_rows(frame: pd.DataFrame, susunan: SusunanTabel) -> Alamat:
    """Return where the rows of a declared table stand in the result."""
    kunci = [str(baris) for baris in frame["baris"]]
    return Alamat(
        kunci, {nama: [f"{susunan.tabel}/{b}/{nama}" for b in kunci] for nama in susunan.kolom}
    )


def locate_matriks(frame: pd.DataFrame, wide: pd.DataFrame, susunan: SusunanMatriks) -> Alamat:
    """Return where the cells of a matrix stand in the result; an absent cell has no address."""
    places = frame.pivot(index=susunan.baris, columns=susunan.kolom, values="baris")
    places = places.reindex(index=wide["_kode"]).astype("object")
    kunci = [str(kode) for kode in wide["_kode"]]
    cells = {
        str(nama): [
            "" if is_missing(baris) else f"{susunan.tabel}/{baris}/{susunan.nilai}"
            for baris in places[nama]
        ]
        for nama in places
    }
    return Alamat(kunci, cells)


def render_tabel(
    frame: pd.DataFrame,
    kolom: Sequence[KolomTampil],
    *,
    caption: str,
    bentuk: BentukTabel,
    nama: str = "",
) -> str:
    """Return a frame as one `<table>` in a region that scrolls on screen and prints in full.

    `caption` is HTML; `tabel-<nama>` is the anchor that links go to. Rows keep their order; with
    `bentuk.kelompok` a row of headings opens each run of equal values.
    """
    inner = tag("caption", tag("div", caption, class_="isi-caption"))
    inner += _head(kolom, tegak=bentuk.tegak)
    inner += "".join(_bodies(frame, kolom, bentuk))
    classes = " ".join(
        name for name, on in (("lanskap", bentuk.lanskap), ("matriks", bentuk.tegak)) if on
    )
    table = tag("table", inner, **({"id": f"tabel-{nama}"} if nama else {}))
    return tag("div", table, class_=f"gulir {classes}".strip(), tabindex="0", role="region",
               aria_label="Tabel, dapat digulir")  # fmt: skip


def _head(kolom: Sequence[KolomTampil], *, tegak: bool) -> str:
    cells = []
    for position, satu in enumerate(kolom):
        text = escape(satu.judul)
        upright = tegak and position >= TEGAK_DARI
        cells.append(
            tag(
                "th",
                tag("span", text) if upright else text,
                scope="col",
                **({"title": satu.keterangan} if satu.keterangan else {}),
                **({"class_": "tegak" if upright else "n"} if upright or satu.angka else {}),
            )
        )
    return tag("thead", tag("tr", "".join(cells)))


def _bodies(frame: pd.DataFrame, kolom: Sequence[KolomTampil], bentuk: BentukTabel) -> list[str]:
    rows = _rows(frame, kolom, bentuk)
    if not bentuk.kelompok:
        return [tag("tbody", "".join(rows))]
    heads = frame[bentuk.kelompok].astype("string").fillna(KOSONG).astype("object")
    bodies = []
    for positions in runs_of(heads):
        head = tag(
            "th", escape(heads.iloc[positions[0]]), colspan=str(len(kolom)), scope="rowgroup"
        )
        inner = tag("tr", head, class_="kelompok")
        bodies.append(tag("tbody", inner + "".join(rows[place] for place in positions)))
    return bodies


def runs_of(heads: pd.Series) -> list[Sequence[int]]:
    """Return the positions of each run of equal values."""
    runs = heads.ne(heads.shift()).cumsum()
    return list(heads.groupby(runs, sort=False).indices.values())


def _rows(frame: pd.DataFrame, kolom: Sequence[KolomTampil], bentuk: BentukTabel) -> list[str]:
    kepala = bentuk.kepala or kolom[0].nama
    columns = [
        _cells(frame[satu.nama], satu, head=satu.nama == kepala, matrix=bentuk.tegak)
        for satu in kolom
    ]
    total = frame[bentuk.total].eq("total") if bentuk.total else [False] * len(frame)
    return [
        ('<tr class="total">' if is_total else "<tr>") + "".join(cells) + "</tr>"
        for cells, is_total in zip(zip(*columns, strict=True), total, strict=True)
    ]


def _cells(column: pd.Series, kolom: KolomTampil, *, head: bool, matrix: bool) -> list[str]:
    """Return the cells of a column; in a matrix the style sheet puts every number to the right."""
    texts = format_cells(column, kolom)
    kind = "n" if kolom.angka and not matrix else "p" if is_prose(kolom, texts) else ""
    opening = '<th scope="row"' if head else "<td"
    opening += f' class="{kind}">' if kind else ">"
    closing = "</th>" if head else "</td>"
    return [f"{opening}{text}{closing}" for text in texts]


def is_prose(kolom: KolomTampil, texts: Sequence[str]) -> bool:
    """Return True when the cells are sentences, which need a column of some width."""
    return kolom.jenis == "teks" and any(len(text) > _PANJANG_PROSA for text in texts)


def pivot_matriks(
    frame: pd.DataFrame, susunan: SusunanMatriks
) -> tuple[pd.DataFrame, list[KolomTampil]]:
    """Return the matrix and its columns: code and name of the row, then one per column value.

    Order of rows and columns is that of first appearance; an absent cell stays missing.
    """
    names = frame.drop_duplicates(susunan.baris).set_index(susunan.baris)[susunan.nama_baris]
    heads = frame.drop_duplicates(susunan.kolom)
    labels = heads[susunan.nama_kolom] if susunan.nama_kolom else heads[susunan.kolom]
    wide = frame.pivot(index=susunan.baris, columns=susunan.kolom, values=susunan.nilai)
    wide = wide.reindex(index=names.index, columns=list(heads[susunan.kolom]))
    kolom = [KolomTampil("_kode", "Kode"), KolomTampil("_nama", "Nama")]
    kolom += [
        KolomTampil(str(value), str(value), "persen", str(label))
        for value, label in zip(heads[susunan.kolom], labels, strict=True)
    ]
    wide.columns = [satu.nama for satu in kolom[2:]]
    wide.insert(0, "_nama", names)
    wide.insert(0, "_kode", wide.index)
    return wide.reset_index(drop=True), kolom
