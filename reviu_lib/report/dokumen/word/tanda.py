"""Marks by which a later run finds a number again, and the register that says what they mean.

A mark is a content control (`w:sdt` with `w:tag`) around a hidden bookmark of the same name: Word
keeps both, LibreOffice 7.4 forgets the tag of a control but keeps the bookmark. In the text every
computed value has a mark. In a table the head of each row and of each column has one, and a cell
is where the two cross: twenty thousand controls would make Word slow and the table hard to edit,
and rows may still be moved, added, or deleted.

The marks are short hashes; what they stand for is in a custom XML part of the file, which both
programs keep. It holds addresses of the result and never a value.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from reviu_lib.report.dokumen.blok import Dokumen, Tabel
from reviu_lib.report.dokumen.word.unsur import clean

Jenis = Literal["angka", "baris", "kolom"]
RUANG_NAMA = "urn:reviu:dokumen"
_HURUF: dict[Jenis, str] = {"angka": "a", "baris": "b", "kolom": "k"}
_TAG = re.compile(r"reviu:([abk]:[0-9a-f]{16})")
_PENANDA = re.compile(r"_Rv([abk])_([0-9a-f]{16})(?:_\d+)?")
_XML = "application/xml"
_SIFAT_XML = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_HUBUNGAN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_ID = "{6D1B7C52-9D0E-4A5B-8E57-3B1F0C8A7E21}"


@dataclass(frozen=True)
class Alamat:
    """What a mark stands for.

    `nama` is the address of a value (`angka`) or the name of a table; `rinci` is the format of the
    value, the key of the row, or the name of the column.
    """

    jenis: Jenis
    nama: str
    rinci: str

    @property
    def tanda(self) -> str:
        """The mark: a letter and a hash of 64 bits, the same in every run."""
        text = f"{self.jenis}\n{self.nama}\n{self.rinci}".encode()
        return f"{_HURUF[self.jenis]}:{hashlib.blake2b(text, digest_size=8).hexdigest()}"

    @property
    def label(self) -> str:
        """The words shown above the control, at most 64 characters."""
        text = clean(self.nama if self.jenis == "angka" else f"{self.nama}/{self.rinci}")
        return text if len(text) <= 64 else f"{text[:63]}…"


def tag_of(tanda: str) -> str:
    """Return the tag of the content control of a mark."""
    return f"reviu:{tanda}"


def bookmark_of(tanda: str, nomor: int) -> str:
    """Return the hidden bookmark of a mark; `nomor` makes it unique in the document."""
    return f"_Rv{tanda.replace(':', '_')}_{nomor}"


def read_tag(text: str) -> str:
    """Return the mark that a tag or the name of a bookmark tells, else ""."""
    if match := _TAG.fullmatch(text):
        return match[1]
    match = _PENANDA.fullmatch(text)
    return f"{match[1]}:{match[2]}" if match else ""


def list_alamat(dokumen: Dokumen) -> dict[str, Alamat]:
    """Return every address of a document by its mark."""
    found = [Alamat("angka", k.asal, k.format) for k in dokumen.kata if k.asal and not k.tercatat]
    for tabel in dokumen.tabel.values():
        found.extend(_of_table(tabel))
    return {alamat.tanda: alamat for alamat in found}


def _of_table(tabel: Tabel) -> Iterable[Alamat]:
    columns = [kolom for kolom in tabel.kolom if kolom.segar]
    yield from (Alamat("kolom", tabel.nama, kolom.nama) for kolom in columns)
    if columns:
        yield from (Alamat("baris", tabel.nama, row.kunci) for row in tabel.baris if row.kunci)


def save_register(document: Document, alamat: Mapping[str, Alamat], dokumen: Dokumen) -> None:
    """Put the register into the file as a custom XML part, with whose numbers they are."""
    root = etree.Element(f"{{{RUANG_NAMA}}}daftar", nsmap={None: RUANG_NAMA})
    root.set("kode", clean(dokumen.kode))
    root.set("tahun", str(dokumen.tahun))
    for tanda, satu in sorted(alamat.items()):
        line = etree.SubElement(root, f"{{{RUANG_NAMA}}}{satu.jenis}", tanda=tanda)
        line.set("nama", clean(satu.nama))
        line.set("rinci", clean(satu.rinci))
    package = document.part.package
    name = package.next_partname("/customXml/item%d.xml")
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    item = Part(name, _XML, content, package)
    sifat = PackURI(name.replace("/item", "/itemProps"))
    item.relate_to(Part(sifat, _SIFAT_XML, _properties(), package), f"{_HUBUNGAN}Props")
    document.part.relate_to(item, _HUBUNGAN)


def _properties() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    root = etree.Element(f"{{{space}}}datastoreItem", nsmap={"ds": space})
    root.set(f"{{{space}}}itemID", _ID)
    refs = etree.SubElement(root, f"{{{space}}}schemaRefs")
    etree.SubElement(refs, f"{{{space}}}schemaRef").set(f"{{{space}}}uri", RUANG_NAMA)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def load_register(document: Document) -> dict[str, Alamat]:
    """Return the register of a file by mark; empty when it has none."""
    kinds = {f"{{{RUANG_NAMA}}}{jenis}": jenis for jenis in _HURUF}
    lines = (line for root in _registers(document) for line in root if line.tag in kinds)
    found = (Alamat(kinds[line.tag], line.get("nama", ""), line.get("rinci", "")) for line in lines)
    return {alamat.tanda: alamat for alamat in found}


def name_unit(document: Document) -> tuple[str, str]:
    """Return whose numbers a file holds: kode and year, both empty when it does not say."""
    for root in _registers(document):
        return root.get("kode", ""), root.get("tahun", "")
    return "", ""


def _registers(document: Document) -> Iterator[etree._Element]:
    parts = (rel.target_part for rel in document.part.rels.values() if rel.reltype == _HUBUNGAN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for part in parts:
        if RUANG_NAMA.encode() in part.blob:
            with suppress(etree.XMLSyntaxError):
                yield etree.fromstring(part.blob, parser)
