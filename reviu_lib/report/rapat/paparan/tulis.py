"""Slides as .pptx bytes: real titles, native tables and charts, notes that say where numbers are.

Sizes are chosen by measuring (`ukur`), so that no text runs out of its box or its slide.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from reviu_lib.formatting import format_number
from reviu_lib.report.dokumen.blok import Isi, Kata, plain_text
from reviu_lib.report.dokumen.word.gaya import BAHASA, HURUF
from reviu_lib.report.dokumen.word.unsur import clean
from reviu_lib.report.grafik.gaya import TINTA
from reviu_lib.report.rapat.paparan.bagan import add_chart
from reviu_lib.report.rapat.paparan.isi import Grafik, Paparan, Slaid
from reviu_lib.report.rapat.paparan.kotak import Kotak
from reviu_lib.report.rapat.paparan.tabel import add_table
from reviu_lib.report.rapat.paparan.ukur import pick_size

# A wide screen, in points: 13.333 x 7.5 inches.
LEBAR, TINGGI = 960.0, 540.0
_TEPI = 36.0
_JUDUL = Kotak(_TEPI, 22, LEBAR - 2 * _TEPI, 74)
_BADAN = Kotak(_TEPI, 106, LEBAR - 2 * _TEPI, 384)
_KAKI = Kotak(_TEPI, 504, LEBAR - 2 * _TEPI - 60, 22)
_NOMOR = Kotak(LEBAR - _TEPI - 60, 504, 60, 22)
_PEMBUKA = Kotak(_TEPI, 130, LEBAR - 2 * _TEPI, 150)
_BADAN_PEMBUKA = Kotak(_TEPI, 310, LEBAR - 2 * _TEPI, 170)
_UKURAN_PEMBUKA = (44, 40, 36, 32, 28, 24)
_UKURAN_JUDUL = (30, 27, 24, 21, 18, 16)
_UKURAN_DAFTAR = (22, 20, 18, 16, 14, 12)
_JEDA = 8.0
# Lines of a short list above a table; share of the height that a short and a long one take.
_PENDEK, _ATAS = 2, {False: 0.24, True: 0.42}
_BIRU, _REDUP = "1B4B72", "5B6770"
_TATA_LETAK = 5  # "Title Only" of python-pptx's own template
_KOSONG = "Data tidak tersedia."
# Where the addresses of the notes are read.
_ASAL = "Asal angka pada slaid ini (lembar/baris/kolom pada lampiran Excel):"


def write_pptx(paparan: Paparan) -> bytes:
    """Return the slides as a PowerPoint file; nobody is named as author."""
    deck = Presentation()
    _widen(deck)
    for number, slaid in enumerate(paparan.slaid, start=1):
        _add_slide(deck, slaid, paparan, number)
    _describe(deck, paparan)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _widen(deck: Any) -> None:
    """Make the slides wide, and with them what their master and layouts hold."""
    ratio = Pt(LEBAR) / deck.slide_width
    deck.slide_width, deck.slide_height = Pt(LEBAR), Pt(TINGGI)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            shape.left, shape.width = int(shape.left * ratio), int(shape.width * ratio)


def _describe(deck: Any, paparan: Paparan) -> None:
    core, day = deck.core_properties, datetime.combine(paparan.tanggal, datetime.min.time())
    core.title, core.subject = clean(paparan.judul)[:255], clean(paparan.kaki)[:255]
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = day
    core.revision, core.language = 1, BAHASA


def _add_slide(deck: Any, slaid: Slaid, paparan: Paparan, number: int) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TATA_LETAK])
    if number == 1:
        _write_title(slide, slaid.judul, _PEMBUKA, _UKURAN_PEMBUKA)
        _write_list(slide, slaid.daftar, _BADAN_PEMBUKA)
    else:
        _write_title(slide, slaid.judul, _JUDUL, _UKURAN_JUDUL)
        _write_body(slide, slaid)
    _write_line(slide, _KAKI, paparan.kaki)
    _write_line(slide, _NOMOR, f"{number}/{len(paparan.slaid)}", kanan=True)
    slide.notes_slide.notes_text_frame.text = clean("\n".join(list_notes(slaid)))


def list_notes(slaid: Slaid) -> Iterator[str]:
    """Return the notes: what the speaker says, then each number with its address."""
    yield from slaid.penyaji
    lines = [f"{kata.teks} ← {kata.asal}" for kata in slaid.kata if kata.asal]
    lines += [line for grafik in slaid.grafik for line in _tell_chart(grafik)]
    if lines:
        yield from ("", _ASAL)
    yield from dict.fromkeys(lines)


def _tell_chart(grafik: Grafik) -> Iterator[str]:
    for seri in grafik.seri:
        for nama, nilai, asal in zip(grafik.kategori, seri.nilai, seri.asal, strict=True):
            if nilai is not None:
                number = format_number(nilai, grafik.desimal)
                yield f"{grafik.judul}, {seri.nama}, {nama}: {number} ← {asal}"


def _write_title(slide: Any, judul: Isi, box: Kotak, ukuran: Sequence[float]) -> None:
    title = slide.shapes.title
    box.place(title)
    pt = pick_size([plain_text(judul)], box.lebar, box.tinggi, ukuran=ukuran, tebal=True)
    _fill(title.text_frame, [judul], pt, warna=_BIRU, tebal=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _write_body(slide: Any, slaid: Slaid) -> None:
    """Put what the slide has side by side: list above table on the left, charts on the right."""
    left, right = _BADAN.split(_share(slaid) if slaid.grafik else 0.0)
    _write_left(slide, slaid, left)
    for grafik, box in zip(slaid.grafik, right.stack(len(slaid.grafik)), strict=True):
        add_chart(slide, grafik, box)


def _write_left(slide: Any, slaid: Slaid, box: Kotak) -> None:
    if slaid.tabel is None:
        _write_list(slide, slaid.daftar or _nothing(slaid), box)
        return
    if slaid.daftar:
        above, box = box.split_below(_ATAS[len(slaid.daftar) > _PENDEK])
        _write_list(slide, slaid.daftar, above)
    add_table(slide, slaid.tabel, box)


def _nothing(slaid: Slaid) -> Sequence[Isi]:
    """Return the notice of a slide that has nothing at all."""
    return [] if slaid.grafik else [(Kata(_KOSONG),)]


def _share(slaid: Slaid) -> float:
    """Return the share of the body that charts take."""
    return 0.42 if slaid.tabel else 0.62


def _write_list(slide: Any, daftar: Sequence[Isi], box: Kotak) -> None:
    texts = [plain_text(isi) for isi in daftar]
    pt = pick_size(texts, box.lebar, box.tinggi, ukuran=_UKURAN_DAFTAR, jeda=_JEDA)
    shape = box.add_text(slide)
    _fill(shape.text_frame, daftar, pt, jeda=_JEDA)


def _write_line(slide: Any, box: Kotak, teks: str, *, kanan: bool = False) -> None:
    shape = box.add_text(slide)
    _fill(shape.text_frame, [(Kata(teks),)], 9, warna=_REDUP)
    if kanan:
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _fill(frame: Any, paragraphs: Sequence[Isi], pt: float, **sifat: Any) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, isi in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(sifat.get("jeda", 0))
        for kata in isi:
            write_run(paragraph, kata.teks, pt, **sifat)


def write_run(
    paragraph: Any, teks: str, pt: float, *, warna: str = TINTA, tebal: bool = False, **_: Any
) -> None:
    """Add a run of text in the face, size, and language of the slides."""
    run = paragraph.add_run()
    run.text = clean(teks)
    font = run.font
    font.name, font.size, font.bold = HURUF, Pt(pt), tebal
    font.color.rgb = RGBColor.from_string(warna.lstrip("#").upper())
    run._r.get_or_add_rPr().set("lang", BAHASA)
