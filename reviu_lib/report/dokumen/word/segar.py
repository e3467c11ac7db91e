"""Numbers of a copy that the team edited, renewed from the result; everything else stays.

Looked for are the marks of `tanda`: a value of the text is replaced where it stands; a cell of a
table where a marked row and a marked column cross. Sentences, added rows and paragraphs, order,
and formatting belong to the team and are not touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from reviu_lib.errors import BerkasError, DefinisiError
from reviu_lib.formatting import FORMATS, format_value
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import resolve_asal
from reviu_lib.report.dokumen.blok import Baris, Dokumen
from reviu_lib.report.dokumen.word.berkas import open_docx
from reviu_lib.report.dokumen.word.tanda import (
    Alamat,
    list_alamat,
    load_register,
    name_unit,
    read_tag,
)
from reviu_lib.report.dokumen.word.tulis import pack
from reviu_lib.report.dokumen.word.unsur import Unsur, clean, tulisan, unsur

_P, _T, _TC, _TR = qn("w:p"), qn("w:t"), qn("w:tc"), qn("w:tr")
_SDT, _TBL = qn("w:sdt"), qn("w:tbl")
_VAL, _NAME, _ID = qn("w:val"), qn("w:name"), qn("w:id")


@dataclass(frozen=True)
class Perubahan:
    """One renewed text: where (address, or table, row, and column), before, after."""

    tempat: str
    semula: str
    menjadi: str


@dataclass
class Segaran:
    """The renewed copy and what became of it.

    `lepas` are marks whose address the result no longer has: their text stays as it was. `baru`
    are rows that the result has now and the copy never had.
    """

    data: bytes = b""
    ditemukan: int = 0
    berubah: list[Perubahan] = field(default_factory=list)
    lepas: list[str] = field(default_factory=list)
    baru: list[str] = field(default_factory=list)


def refresh_docx(edited: bytes, nama: str, dokumen: Dokumen, hasil: HasilReviu) -> Segaran:
    """Return a copy of an edited document with the numbers of the present result.

    Raises BerkasError when the file is no Word document, or one of another kabupaten or year.
    """
    document = open_docx(edited, nama)
    _require_same(name_unit(document), nama, dokumen)
    register = load_register(document)
    present = list_alamat(dokumen)
    work = _Pekerjaan(dokumen, hasil, {**register, **present})
    work.renew(document.element.body)
    work.note_new_rows(register)
    work.segaran.data = pack(document)
    return work.segaran


def _require_same(unit: tuple[str, str], nama: str, dokumen: Dokumen) -> None:
    """Refuse a document of another kabupaten or year: its words would stand by foreign numbers."""
    if unit not in {("", ""), (dokumen.kode, str(dokumen.tahun))}:
        raise BerkasError(
            f"Dokumen itu disusun untuk {unit[0]} tahun {unit[1]}, bukan untuk {dokumen.kode} "
            f"tahun {dokumen.tahun}.",
            di=nama,
            lakukan="Mulai dari dokumen baru tahun ini, atau pindahkan berkas itu ke foldernya.",
        )


class _Pekerjaan:
    def __init__(self, dokumen: Dokumen, hasil: HasilReviu, alamat: Mapping[str, Alamat]) -> None:
        self.hasil, self.alamat = hasil, alamat
        self.tabel = dokumen.tabel
        self.teks = {Alamat("angka", k.asal, k.format).tanda: k.teks for k in dokumen.kata
                     if k.asal}  # fmt: skip
        self.segaran = Segaran()
        self.baris: set[tuple[str, str]] = set()

    def renew(self, root: Unsur) -> None:
        """Renew values of the text, then cells of tables."""
        for tanda, texts in _marked(root):
            alamat = self.alamat.get(tanda)
            if alamat is None:
                self._lost(f"penanda {tanda}")
            elif alamat.jenis == "angka":
                self._value(alamat, texts)
        for table in root.iter(_TBL):
            self._table(table)

    def _lost(self, place: str) -> None:
        if place not in self.segaran.lepas:
            self.segaran.lepas.append(place)

    def _value(self, alamat: Alamat, texts: list[Unsur]) -> None:
        text = self.teks.get(alamat.tanda)
        if text is None:
            text = _resolve(self.hasil, alamat)
        if text is None:
            self._lost(alamat.nama)
        else:
            self._replace(texts, text, alamat.nama)

    def _replace(self, texts: list[Unsur], text: str, place: str) -> None:
        before = "".join(part.text or "" for part in texts)
        self.segaran.ditemukan += 1
        if before != clean(text):
            _set_text(texts, text)
            self.segaran.berubah.append(Perubahan(place, before, clean(text)))

    def _table(self, table: Unsur) -> None:
        """Renew the cells where a marked row crosses a marked column."""
        columns: dict[int, Alamat] = {}
        for row in table.iterchildren(_TR, _SDT):
            for line in [row] if row.tag == _TR else row.iter(_TR):
                columns = self._heads(line) or columns
                if (alamat := self._row_of(line)) and columns:
                    self._row(line, alamat, columns)

    def _heads(self, row: Unsur) -> dict[int, Alamat]:
        found = {}
        for place, cell in _cells(row):
            alamat = self._mark_of(cell)
            if alamat and alamat.jenis == "kolom":
                found[place] = alamat
        return found

    def _row_of(self, row: Unsur) -> Alamat | None:
        marks = (self._mark_of(cell) for _, cell in _cells(row))
        return next((mark for mark in marks if mark and mark.jenis == "baris"), None)

    def _mark_of(self, cell: Unsur) -> Alamat | None:
        marks = (self.alamat.get(tanda) for tanda, _ in _marked(cell))
        return next((mark for mark in marks if mark and mark.jenis != "angka"), None)

    def _row(self, row: Unsur, alamat: Alamat, columns: Mapping[int, Alamat]) -> None:
        self.baris.add((alamat.nama, alamat.rinci))
        baris = self._find(alamat)
        if baris is None:
            self._lost(f"{alamat.nama}/{alamat.rinci}")
            return
        tabel = self.tabel[alamat.nama]
        names = [kolom.nama for kolom in tabel.kolom]
        for place, cell in _cells(row):
            kolom = columns.get(place)
            if kolom is None or kolom.nama != alamat.nama:
                continue
            if kolom.rinci not in names:
                self._lost(f"{kolom.nama}, kolom {kolom.rinci}")
                continue
            sel = baris.sel[names.index(kolom.rinci)]
            texts = _texts(cell)
            self._replace(texts or [_new_text(cell)], sel.tampak,
                          f"{alamat.nama}/{alamat.rinci}/{kolom.rinci}")  # fmt: skip

    def _find(self, alamat: Alamat) -> Baris | None:
        tabel = self.tabel.get(alamat.nama)
        rows = tabel.baris if tabel else ()
        return next((row for row in rows if row.kunci == alamat.rinci), None)

    def note_new_rows(self, register: Mapping[str, Alamat]) -> None:
        """Note the rows that the copy never had: what the team deleted is not asked for again."""
        before = {(a.nama, a.rinci) for a in register.values() if a.jenis == "baris"} | self.baris
        known = {nama for nama, _ in before}
        for tabel in self.tabel.values():
            if tabel.nama in known:
                fresh = (row.kunci for row in tabel.baris if row.kunci)
                lines = [f"{tabel.nama}/{key}" for key in fresh if (tabel.nama, key) not in before]
                self.segaran.baru.extend(lines)


def _resolve(hasil: HasilReviu, alamat: Alamat) -> str | None:
    """Return a value that the document no longer tells, when the result still has it."""
    try:
        value = resolve_asal(hasil, alamat.nama)
    except (DefinisiError, KeyError, ValueError):
        return None
    return format_value(value, alamat.rinci) if alamat.rinci in FORMATS else None


def _marked(root: Unsur) -> list[tuple[str, list[Unsur]]]:
    """Return each mark below an element with its text elements, each text once."""
    found: list[tuple[str, list[Unsur]]] = []
    taken: set[int] = set()
    for tanda, texts in [*_controls(root), *_bookmarks(root)]:
        if texts and id(texts[0]) not in taken:
            taken.add(id(texts[0]))
            found.append((tanda, texts))
    return found


def _controls(root: Unsur) -> Iterator[tuple[str, list[Unsur]]]:
    for control in root.iter(_SDT):
        for tag in control.findall(f"{qn('w:sdtPr')}/{qn('w:tag')}"):
            if tanda := read_tag(tag.get(_VAL, "")):
                yield tanda, _texts(control)


def _bookmarks(root: Unsur) -> Iterator[tuple[str, list[Unsur]]]:
    """Return hidden bookmarks with their text: what a control without tag keeps of its mark."""
    for start in root.iter(qn("w:bookmarkStart")):
        if tanda := read_tag(start.get(_NAME, "")):
            control = next(start.iterancestors(_SDT), None)
            yield tanda, _between(start) if control is None else _texts(control)


def _between(start: Unsur) -> list[Unsur]:
    """Return the text between the two ends of a bookmark, within its paragraph."""
    paragraph = next(start.iterancestors(_P), None)
    texts: list[Unsur] = []
    inside = False
    for element in paragraph.iter() if paragraph is not None else ():
        if element is start:
            inside = True
        elif element.tag == qn("w:bookmarkEnd") and element.get(_ID) == start.get(_ID):
            break
        elif inside and element.tag == _T:
            texts.append(element)
    return texts


def _texts(element: Unsur) -> list[Unsur]:
    return list(element.iter(_T))


def _set_text(texts: list[Unsur], text: str) -> None:
    """Put the text into the first element and empty the others; the formatting stays."""
    first, *rest = texts
    first.text = clean(text)
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for other in rest:
        other.text = ""


def _cells(row: Unsur) -> Iterator[tuple[int, Unsur]]:
    """Return the cells of a row with the column of the grid at which each begins."""
    place = 0
    for cell in row.iter(_TC):
        if next(cell.iterancestors(_TR)) is not row:
            continue
        yield place, cell
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        place += int(span.get(_VAL, "1")) if span is not None else 1


def _new_text(cell: Unsur) -> Unsur:
    """Return an empty text in the first paragraph of a cell that somebody emptied."""
    (text,) = tulisan(" ")
    cell.findall(_P)[0].append(unsur("r", text))
    text.text = ""
    return text
