"""Runs, marks, links, and captions of one document; it counts what must be unique in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from reviu_lib.report.dokumen.blok import Isi, Kata
from reviu_lib.report.dokumen.word.gaya import styles_of
from reviu_lib.report.dokumen.word.tanda import Alamat, bookmark_of, tag_of
from reviu_lib.report.dokumen.word.unsur import Unsur, bidang, lari, penanda, unsur

# A space at which no line ends: "Tabel 3" stays together.
TAK_PUTUS = "\u00a0"
# Longest name of a bookmark that Word accepts.
_PANJANG_PENANDA = 40


class Penulis:
    """What the parts of one document share while it is written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.alamat: dict[str, Alamat] = {}
        self._nomor = 1000
        self._gaya = {name: str(s.style_id) for name, s in styles_of(document).items()}

    def style(self, nama: str) -> str:
        """Return the id under which a paragraph names a style."""
        return self._gaya[nama]

    def next_number(self) -> int:
        """Return a number that no other bookmark or control of the document has."""
        self._nomor += 1
        return self._nomor

    def mark(self, alamat: Alamat, *isi: Unsur) -> Unsur:
        """Return runs as a content control with the mark of an address."""
        self.alamat[alamat.tanda] = alamat
        nomor = self.next_number()
        inside = penanda(bookmark_of(alamat.tanda, nomor), nomor, *isi)
        sifat = unsur(
            "sdtPr",
            unsur("alias", val=alamat.label),
            unsur("tag", val=tag_of(alamat.tanda)),
            unsur("id", val=nomor),
        )
        return unsur("sdt", sifat, unsur("sdtContent", *inside))

    def runs(self, isi: Isi, *sifat: Unsur) -> Iterator[Unsur]:
        """Return the runs of a text; computed values are marked, web addresses are links."""
        for kata in isi:
            yield self._run(kata, sifat)

    def _run(self, kata: Kata, sifat: Iterable[Unsur]) -> Unsur:
        made = lari(kata.teks, *_properties(kata), *(_copy(satu) for satu in sifat))
        if kata.asal and not kata.tercatat:
            return self.mark(Alamat("angka", kata.asal, kata.format), made)
        if kata.tautan:
            return unsur("hyperlink", made, **{"r:id": self._address(kata.tautan)})
        return made

    def _address(self, url: str) -> str:
        return self.document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def refer(self, jenis: str, nama: str, text: str) -> Unsur:
        """Return a reference to a numbered table or figure that follows its number."""
        return bidang(f"REF {anchor(jenis, nama)} \\h", text.replace(" ", TAK_PUTUS))

    def caption_number(self, nomor: str, nama: str) -> list[Unsur]:
        """Return `Tabel 3` with a number that Word counts, under the anchor of its table."""
        jenis, _, number = nomor.partition(" ")
        runs = [lari(f"{jenis}{TAK_PUTUS}"), bidang(f"SEQ {jenis} \\* ARABIC", number)]
        return penanda(anchor(jenis, nama), self.next_number(), *runs) if nama else runs


def anchor(jenis: str, nama: str) -> str:
    """Return the bookmark of a numbered table or figure."""
    return f"_{jenis}_{nama}"[:_PANJANG_PENANDA]


def _copy(satu: Unsur) -> Unsur:
    return satu.__copy__()


def _properties(kata: Kata) -> list[Unsur]:
    """Return the properties of a run in the order that the format asks for."""
    found = []
    if kata.kode:
        found.append(unsur("rStyle", val="Kode"))
    elif kata.tautan:
        found.append(unsur("rStyle", val="Hyperlink"))
    if kata.tebal:
        found.append(unsur("b"))
    if kata.miring:
        found.append(unsur("i"))
    return found
