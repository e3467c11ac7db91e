"""Elements of WordprocessingML: built here only, so that text can never become markup."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Unsur = Any
# Characters that XML 1.0 does not allow at all.
_TERLARANG = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def nama_unsur(name: str) -> str:
    """Return `w:p` or a bare `p` as lxml writes it; a bare name belongs to Word's own space."""
    return str(qn(name if ":" in name else f"w:{name}"))


def unsur(name: str, /, *isi: Unsur, **atribut: Any) -> Unsur:
    """Return `<w:name w:key="value">` with the elements inside it."""
    made = OxmlElement(name if ":" in name else f"w:{name}")
    for key, value in atribut.items():
        made.set(nama_unsur(key.rstrip("_")), clean(str(value)))
    made.extend(isi)
    return made


def clean(text: str) -> str:
    """Return the text without characters that no XML file may hold."""
    return _TERLARANG.sub("", text)


def tulisan(text: str) -> list[Unsur]:
    """Return text as the content of a run: lines and tabs become their elements."""
    found = []
    for part in re.split(r"([\n\t])", clean(text).replace("\r\n", "\n").replace("\r", "\n")):
        if part in {"\n", "\t"}:
            found.append(unsur("br" if part == "\n" else "tab"))
        elif part:
            written = unsur("t")
            written.text = part
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            found.append(written)
    return found


def lari(text: str, *sifat: Unsur) -> Unsur:
    """Return a run with its properties (`w:b`, `w:i`, `w:rStyle`, …)."""
    head = [unsur("rPr", *sifat)] if sifat else []
    return unsur("r", *head, *tulisan(text))


def alinea(gaya: str, *isi: Unsur, sifat: tuple[Unsur, ...] = ()) -> Unsur:
    """Return a paragraph of a style (its id) with further properties."""
    head = [unsur("pStyle", val=gaya)] if gaya else []
    return unsur("p", unsur("pPr", *head, *sifat), *isi)


def bidang(perintah: str, text: str, *sifat: Unsur) -> Unsur:
    """Return a field that Word and LibreOffice compute anew, with the text it has now."""
    return unsur("fldSimple", lari(text, *sifat), instr=f" {perintah} ")


def penanda(name: str, nomor: int, *isi: Unsur) -> list[Unsur]:
    """Return the elements between the two ends of a bookmark."""
    start = unsur("bookmarkStart", id=nomor, name=name)
    return [start, *isi, unsur("bookmarkEnd", id=nomor)]
