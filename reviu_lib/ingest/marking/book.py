"""`temuan.xlsx`: the findings to work through, the ledger of rows, and the mapping to fill in.

Concept: everything is text or number that the tables of BahanReviu already hold, so no identity
can come in here; links are made from the path of a file that is there, never from a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import PENANDA_CONTOH, is_missing
from reviu_lib.ingest.layouts.folder import KOLOM_PEMETAAN, LEMBAR_PEMETAAN
from reviu_lib.ingest.marking.copies import WARNA, Salinan
from reviu_lib.pemeriksaan import TINGKAT, explain_reasons, list_lines
from reviu_lib.workbook import open_book

NAMA, FOLDER = "temuan.xlsx", "salinan"
_MAKS_TAUTAN = 60_000  # Excel takes 65,530 links in a sheet
_MAKS_BARIS = 1_000_000
_LEBAR_MAKS = 60
_LEBAR = {"uraian": 50, "tindakan": 40, "saran": 45, "berkas": 32, "jenis": 24, "nilai": 24}
_TEMUAN = {
    "tingkat": "Tingkat",
    "kode": "Kode",
    "jenis": "Jenis temuan",
    "berkas": "Berkas",
    "lembar": "Lembar",
    "sel": "Sel",
    "buka": "Buka berkas asli",
    "salinan": "Buka salinan berwarna",
    "nilai": "Terbaca",
    "uraian": "Apa yang salah",
    "tindakan": "Yang dilakukan alat",
    "saran": "Yang perlu dilakukan",
    "jumlah": "Baris atau sel",
    "tabel": "Tabel baku",
    "kolom": "Kolom baku",
}
_NERACA = {
    "berkas": "Berkas",
    "lembar": "Lembar",
    "tabel": "Tabel baku",
    "dibaca": "Dibaca",
    "dipakai": "Dipakai",
    "disisihkan": "Disisihkan",
    "alasan": "Alasan",
}
_SALINAN = {
    "berkas": "Berkas",
    "salinan": "Salinan",
    "sel": "Sel diwarnai",
    "keterangan": "Keterangan",
}


@dataclass(frozen=True)
class Tautan:
    """Where links lead: `mentah` is data/raw, `awalan` the way there from the workbook."""

    mentah: Path
    awalan: str


def write_temuan(
    bahan: BahanReviu,
    path: Path,
    *,
    tautan: Tautan,
    salinan: Sequence[Salinan] = (),
    pemetaan: pd.DataFrame | None = None,
) -> Path:
    """Return `path` after writing the workbook there, whole or not at all.

    Sheets: Temuan (one row per finding, file, and sheet), Neraca (every row of every sheet),
    Salinan (the coloured copies), and, where a sheet was not recognised, Pemetaan (columns
    KOLOM_PEMETAAN) with the lists to choose from.
    """
    with open_book(path) as book:
        gaya = _Gaya(book)
        mark = [PENANDA_CONTOH] if bahan.contoh else []
        sheet = book.add_worksheet("Temuan")
        _write_findings(sheet, bahan, _Alamat(tautan, salinan), gaya=gaya, judul=mark)
        _write_ledger(book.add_worksheet("Neraca"), bahan.neraca_baris, gaya, mark)
        _write_copies(book.add_worksheet("Salinan"), salinan, gaya, mark)
        if pemetaan is not None and len(pemetaan):
            _write_mapping(book, pemetaan, gaya)
    return path


class _Alamat:
    """Finds the file, sheet, and cell that a finding is about, in the original and in the copy."""

    def __init__(self, tautan: Tautan, salinan: Sequence[Salinan]) -> None:
        self.tautan = tautan
        self.salinan = {one.berkas: one for one in salinan if one.jalur}

    def target(self, line: dict[str, Any], name: str) -> tuple[str, str]:
        """Return link and words to show; ("", "") where no such file is there."""
        berkas, lembar, address = (_text(line[key]) for key in ("berkas", "lembar", "alamat"))
        if name == "salinan":
            return self._copy(berkas, lembar, address)
        if not berkas or not (self.tautan.mentah / berkas).is_file():  # a masked name leads nowhere
            return "", ""
        path = f"{self.tautan.awalan}/{berkas}"
        return link_to(path, lembar, address), address or "berkas"

    def _copy(self, berkas: str, lembar: str, address: str) -> tuple[str, str]:
        copy = self.salinan.get(berkas)
        if copy is None or (lembar and lembar not in copy.lembar):
            return "", ""
        sheet = copy.lembar.get(lembar, "")
        return link_to(f"{FOLDER}/{copy.jalur}", sheet, address), address or "salinan"


class _Gaya:
    """The cell formats of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"valign": "top", "text_wrap": True}
        self.kepala = book.add_format({**base, "bold": True, "bg_color": "#DCE6F1", "border": 1})
        self.judul = book.add_format({"bold": True, "font_size": 13})
        self.teks = book.add_format({**base, "num_format": "@"})
        self.angka = book.add_format({"valign": "top", "num_format": "#,##0"})
        self.jumlah = book.add_format({"bold": True, "num_format": "#,##0", "top": 1})
        self.tautan = book.add_format({**base, "font_color": "#0563C1", "underline": 1})
        self.isian = book.add_format({**base, "num_format": "@", "bg_color": "#FFFDE7"})
        self.tingkat = {
            word: book.add_format({**base, "bg_color": color}) for word, color in WARNA.items()
        }


def _write_findings(
    sheet: Worksheet, bahan: BahanReviu, alamat: _Alamat, *, gaya: _Gaya, judul: Sequence[str]
) -> None:
    lines = list_lines(bahan.temuan, bahan.sel_ragu, bahan.neraca_baris).head(_MAKS_BARIS)
    counts = bahan.temuan["tingkat"].value_counts()
    told = ", ".join(f"{int(counts.get(word, 0))} {word}" for word in TINGKAT)
    notes = [
        f"Temuan pemeriksaan data {bahan.nama} ({bahan.kode_kabupaten}) tahun {bahan.tahun}",
        f"{told}. Galat: yang disebut tidak dipakai; peringatan: dipakai, tetapi perlu dipastikan; "
        "catatan: untuk diketahui. Perbaikan dilakukan pada berkas asli di data/raw, lalu "
        "jalankan reviu periksa lagi.",
    ]
    head = _write_head(sheet, [*judul, *notes], _TEMUAN, gaya)
    for number, line in enumerate(lines.to_dict("records")):
        _write_finding(sheet, head + 1 + number, line, alamat=alamat, gaya=gaya)
    _finish(sheet, head, len(lines), {name: _LEBAR.get(name, 13) for name in _TEMUAN})


def _write_finding(
    sheet: Worksheet, row: int, line: dict[str, Any], *, alamat: _Alamat, gaya: _Gaya
) -> None:
    for column, name in enumerate(_TEMUAN):
        value = line.get(name)
        if name == "tingkat":
            sheet.write_string(row, column, str(value), gaya.tingkat[str(value)])
        elif name == "jumlah":
            _write_number(sheet, (row, column), value, gaya)
        elif name in {"buka", "salinan"}:
            _write_link(sheet, (row, column), alamat.target(line, name), gaya)
        else:
            sheet.write_string(row, column, _text(value), gaya.teks)


def _write_number(sheet: Worksheet, place: tuple[int, int], value: Any, gaya: _Gaya) -> None:
    if not is_missing(value):
        sheet.write_number(*place, int(value), gaya.angka)


def link_to(path: str, lembar: str, alamat: str) -> str:
    """Return a relative link to a cell of a sheet, "" for a path that no link can carry."""
    if "#" in path:
        return ""
    quoted = lembar.replace("'", "''")
    sheet = f"'{quoted}'!" if lembar else ""
    anchor = f"#{sheet}{alamat or 'A1'}" if sheet or alamat else ""
    return f"external:{path}{anchor}"


def _write_link(
    sheet: Worksheet, place: tuple[int, int], target: tuple[str, str], gaya: _Gaya
) -> None:
    link, words = target
    if not link or place[0] > _MAKS_TAUTAN // 2:
        sheet.write_blank(*place, None, gaya.teks)
        return
    sheet.write_url(*place, _portable(link, words), gaya.tautan)


def _portable(link: str, words: str) -> Url:
    """Return a link with forward slashes, which every office program on every system follows."""
    url = Url(link)
    url.text = words
    url._relationship_link = url._relationship_link.replace("\\", "/")
    return url


def _write_ledger(sheet: Worksheet, neraca: pd.DataFrame, gaya: _Gaya, mark: list[str]) -> None:
    title = "Neraca baris: dibaca = dipakai + disisihkan menurut alasannya"
    head = _write_head(sheet, [*mark, title], _NERACA, gaya)
    told = neraca.assign(alasan=neraca["alasan"].map(explain_reasons, na_action="ignore"))
    for number, row in enumerate(told.to_dict("records"), start=head + 1):
        for column, name in enumerate(_NERACA):
            if name in {"dibaca", "dipakai", "disisihkan"}:
                _write_number(sheet, (number, column), row[name], gaya)
            else:
                sheet.write_string(number, column, _text(row[name]), gaya.teks)
    last = head + 1 + len(told)
    sheet.write_string(last, 0, "Jumlah", gaya.jumlah)
    for column, name in enumerate(_NERACA):
        if name in {"dibaca", "dipakai", "disisihkan"}:
            sheet.write_number(last, column, int(neraca[name].sum()), gaya.jumlah)
    widths = {"berkas": 36, "lembar": 20, "tabel": 18, "alasan": 60}
    _finish(sheet, head, len(told), {name: widths.get(name, 12) for name in _NERACA})


def _write_copies(
    sheet: Worksheet, salinan: Sequence[Salinan], gaya: _Gaya, mark: list[str]
) -> None:
    title = "Salinan berwarna: sel meragukan diwarnai dan diberi komentar, kolom identitas kosong"
    head = _write_head(sheet, [*mark, title], _SALINAN, gaya)
    for number, one in enumerate(salinan, start=head + 1):
        sheet.write_string(number, 0, one.berkas, gaya.teks)
        path = f"{FOLDER}/{one.jalur}" if one.jalur else ""
        _write_link(sheet, (number, 1), (link_to(path, "", "") if path else "", path), gaya)
        _write_number(sheet, (number, 2), one.sel, gaya)
        sheet.write_string(number, 3, one.keterangan, gaya.teks)
    _finish(sheet, head, len(salinan), {"berkas": 36, "salinan": 36, "sel": 12, "keterangan": 70})


def _write_mapping(book: xlsxwriter.Workbook, pemetaan: pd.DataFrame, gaya: _Gaya) -> None:
    """Write the proposed mapping; table and column are chosen from lists on the next sheet."""
    sheet = book.add_worksheet(LEMBAR_PEMETAAN.capitalize())
    notes = [
        "Pemetaan kolom untuk lembar yang tidak dikenali",
        "Pilih tabel dan kolom_baku pada tiap baris (kosong berarti kolom tidak dibaca), simpan "
        "buku kerja ini di folder data mentahnya (data/raw/<kode>/<tahun>), lalu jalankan "
        "reviu periksa lagi.",
    ]
    head = _write_head(sheet, notes, {name: name for name in KOLOM_PEMETAAN}, gaya)
    rows = pemetaan.reindex(columns=list(KOLOM_PEMETAAN)).to_dict("records")
    for number, row in enumerate(rows, start=head + 1):
        for column, name in enumerate(KOLOM_PEMETAAN):
            style = gaya.isian if name in {"tabel", "kolom_baku"} else gaya.teks
            sheet.write_string(number, column, _text(row[name]), style)
    _add_lists(book, sheet, (head + 1, head + len(rows)), gaya)
    widths = {"berkas": 36, "judul_terbaca": 30, "contoh_jenis": 18, "tabel": 20, "kolom_baku": 24}
    _finish(sheet, head, len(rows), {name: widths.get(name, 12) for name in KOLOM_PEMETAAN})


def _add_lists(
    book: xlsxwriter.Workbook, sheet: Worksheet, rows: tuple[int, int], gaya: _Gaya
) -> None:
    """Let `tabel` be chosen from all tables, and `kolom_baku` from the columns of that table."""
    own = {"asal", "temuan", "neraca_baris", "sel_ragu"}
    tables = [tabel for nama, tabel in tabel_masukan().items() if nama not in own]
    lists = book.add_worksheet("Pilihan")
    for column, tabel in enumerate(tables):
        letter = xl_col_to_name(column)
        lists.write_column(0, column, [tabel.nama, *tabel.nama_kolom], gaya.teks)
        area = f"=Pilihan!${letter}$2:${letter}${len(tabel.kolom) + 1}"
        book.define_name(f"pilihan_{tabel.nama}", area)
    last = xl_col_to_name(len(tables) - 1)
    place = KOLOM_PEMETAAN.index("tabel")
    _choose(sheet, (*rows, place), f"=Pilihan!$A$1:${last}$1")
    above = f"${xl_col_to_name(place)}{rows[0] + 1}"
    _choose(sheet, (*rows, place + 1), f'=INDIRECT("pilihan_"&{above})')


def _choose(sheet: Worksheet, area: tuple[int, int, int], source: str) -> None:
    first, last, column = area
    rule = {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "Di luar daftar",
        "error_message": "Pilih salah satu isi daftar.",
    }
    sheet.data_validation(first, column, max(last, first), column, rule)


def _write_head(
    sheet: Worksheet, lines: Iterable[str], titles: Mapping[str, str], gaya: _Gaya
) -> int:
    """Write the lines above and the headings; return the row of the headings."""
    row = 0
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row - 1, 0, line, gaya.judul if row == 1 else None)
    for column, title in enumerate(titles.values()):
        sheet.write_string(row, column, title, gaya.kepala)
    return row


def _finish(sheet: Worksheet, head: int, rows: int, widths: Mapping[str, int]) -> None:
    for column, width in enumerate(widths.values()):
        sheet.set_column(column, column, min(width, _LEBAR_MAKS))
    sheet.freeze_panes(head + 1, 0)
    if rows:
        sheet.autofilter(head, 0, head + rows, len(widths) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def _text(value: Any) -> str:
    return "" if is_missing(value) else str(value)
