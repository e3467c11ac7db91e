"""Excel workbooks written safely, and the kabupaten workbook that people fill in.

Concept: a sheet is declared by the same `Kolom` objects that the reader and the data dictionary
use, so that a heading cannot drift from what is read back. Text is always written as text: no
formula and no link can arise from data. The same content gives the same bytes.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reviu_lib import catalog, reference
from reviu_lib.catalog import Kolom, Tabel
from reviu_lib.errors import BerkasError, DefinisiError
from reviu_lib.formatting import PENANDA_CONTOH, is_missing
from reviu_lib.workbook.formulir import lay_out_page, scale_print, set_heights

_AMAN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DIBUAT = datetime(2000, 1, 1)  # constant, so that equal content gives equal bytes
_TAHUN_PERTAMA_EXCEL = 1900
_PANJANG_DAFTAR_EXCEL = 255  # Excel refuses a typed drop-down list longer than this
_FORMAT_ANGKA = {
    "kode": "@",
    "teks": "@",
    "pilihan": "@",
    "ya_tidak": "@",
    "jumlah": "#,##0",
    "rupiah": "#,##0",
    "hari": "0",
    "tahun": "0",
    "desimal": "General",
    "persen": "0.00",
    "poin": "0.00",
    "zskor": "0.00",
    "peluang": "0.0000",
    "tanggal": "dd/mm/yyyy",
}
_ISIAN = {
    "kode": "teks (kode)",
    "teks": "teks",
    "pilihan": "pilih dari daftar",
    "ya_tidak": "ya atau tidak",
    "jumlah": "bilangan bulat",
    "rupiah": "rupiah penuh, tanpa sen",
    "hari": "bilangan bulat (hari)",
    "tahun": "tahun empat angka",
    "desimal": "bilangan",
    "persen": "bilangan dalam persen (0–100)",
    "poin": "bilangan dalam poin",
    "zskor": "bilangan",
    "peluang": "bilangan",
    "tanggal": "tanggal (hari/bulan/tahun)",
}
_PETUNJUK = (
    "Petunjuk pengisian buku kerja reviu kinerja tahunan",
    "1. Satu buku kerja untuk satu kabupaten/kota dan satu tahun. Hanya lembar identitas yang "
    "wajib diisi; lembar yang belum ada datanya dibiarkan kosong.",
    "2. Jangan mengubah nama lembar dan judul kolom. Kolom tambahan boleh ada; kolom itu "
    "didaftar, tetapi tidak dibaca.",
    "3. Sel kosong berarti belum dilaporkan. Tulis 0 hanya bila hasilnya memang nol.",
    "4. Kode ditulis sebagai teks lengkap dengan titik, misalnya 12.10, bukan 12,1.",
    "5. Tanggal ditulis hari/bulan/tahun. Pada lembar jadwal boleh ditulis Triwulan II.",
    "6. Jangan menuliskan NIK, nama anak, nama orang tua, alamat, atau nomor telepon.",
    "7. Simpan berkas di data/raw/<kode kabupaten>/<tahun>/, lalu jalankan reviu periksa.",
)
_BARIS_ISIAN = 500  # blank rows that already have formats and drop-down lists
# What a protected sheet still allows: looking for rows, and making room for them.
_BOLEH = {"autofilter": True, "format_columns": True, "format_rows": True}
_LEBAR_MIN, _LEBAR_MAKS = 10, 60
_LIPAT = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class Lembar:
    """One sheet: a frame, the declared columns it shows, and the lines above the header.

    `kolom` gives order, formats, drop-down lists, and header notes; columns of `frame` that are
    not declared follow as plain text. `kepala` chooses the workbook headings or the report
    headings. `baris_isian` is the number of rows below the data that are prepared for typing.
    With `isian` the sheet is protected (no password): only these columns can be typed into.
    `tautan` is the column whose cells are names of sheets, and lead there. With `lebar` (column →
    characters) the sheet is a form: rows are as high as their text, nothing can be typed beside
    them, and what is printed and what is filled in stand on pages of their own.
    """

    nama: str
    frame: pd.DataFrame
    kolom: tuple[Kolom, ...]
    judul_atas: tuple[str, ...] = ()
    kepala: Literal["lembar", "judul"] = "lembar"
    baris_isian: int = 0
    isian: tuple[str, ...] = ()
    tautan: str = ""
    lebar: Mapping[str, int] = field(default_factory=dict)

    @property
    def semua_kolom(self) -> tuple[Kolom, ...]:
        """Declared columns, then the undeclared ones of the frame as text."""
        known = {kolom.nama for kolom in self.kolom}
        extra = [str(name) for name in self.frame.columns if name not in known]
        added = (Kolom(nama=name, jenis="teks", judul=name, arti="") for name in extra)
        return (*self.kolom, *added)


def write_tables(path: Path, lembar: Sequence[Lembar]) -> None:
    """Write the sheets to one .xlsx file, whole or not at all.

    Frozen headers, drop-down lists for choices, keys as text; strings never become formulas or
    links. BerkasError when the place cannot be written.
    """
    with open_book(path) as book:
        styles = _Gaya(book)
        for item in lembar:
            _write_sheet(book.add_worksheet(item.nama), _named(item), styles)


@contextmanager
def open_book(path: Path, **options: Any) -> Iterator[xlsxwriter.Workbook]:
    """Yield a new workbook that stands under `path` once it is whole, and not before.

    Strings never become formulas, links, or numbers; equal content gives equal bytes. `options`
    are further ones of xlsxwriter. BerkasError when the place cannot be written.
    """
    partial = path.with_name(f".{path.name}.sebagian")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(str(partial), {**_AMAN, **options}) as book:
            book.set_properties({"created": _DIBUAT})
            yield book
        partial.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise BerkasError(
            f"Berkas Excel tidak dapat ditulis: {error}",
            di=str(path),
            lakukan="Tutup berkas itu bila sedang dibuka, dan periksa izin foldernya.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def write_templat(
    path: Path,
    *,
    kode_kabupaten: str | None = None,
    tahun: int | None = None,
    isi: Mapping[str, pd.DataFrame] | None = None,
    contoh: bool = False,
) -> None:
    """Write the kabupaten workbook, blank or filled.

    `isi` gives frames by canonical table name (also `identitas`); text dirt in object columns
    is written as it stands. Tables not given are prefilled where the kabupaten or the year
    tells their rows (identitas, aksi, cakupan), else blank. `contoh` puts the marker of
    synthetic data above every header.
    """
    given = {**_prefill(kode_kabupaten, tahun), **(isi or {})}
    mark = (PENANDA_CONTOH,) if contoh else ()
    sheets = [_petunjuk(mark)]
    for tabel in templat_tables():
        frame = given.get(tabel.nama, pd.DataFrame())
        kolom = _with_choices(tabel, tahun)
        sheets.append(Lembar(tabel.lembar, frame, kolom, mark, baris_isian=_BARIS_ISIAN))
    write_tables(path, sheets)


def templat_tables() -> list[Tabel]:
    """Return the canonical tables that have a sheet in the kabupaten workbook, in order."""
    return [tabel for tabel in catalog.tabel_masukan().values() if tabel.lembar]


def _prefill(kode_kabupaten: str | None, tahun: int | None) -> dict[str, pd.DataFrame]:
    frames: dict[str, pd.DataFrame] = {}
    if tahun is not None:
        codes = [aksi.kode for aksi in catalog.load_aturan(tahun).aksi]
        frames["aksi"] = pd.DataFrame({"aksi": codes})
    if kode_kabupaten is None:
        return frames
    if tahun is not None and (pelaku := catalog.load_aturan(tahun).pelaku_kecamatan):
        frames |= _prefill_kecamatan(kode_kabupaten, pelaku.aksi, frames["aksi"])
    nama = reference.nama_wilayah(kode_kabupaten)
    frames["identitas"] = pd.DataFrame(
        {"kode_kabupaten": [kode_kabupaten], "nama": [nama], "tahun": [tahun]}
    )
    frames["cakupan"] = _prefill_cakupan(kode_kabupaten, tahun)
    return frames


def _prefill_kecamatan(
    kode_kabupaten: str, aksi: Sequence[str], own: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return the aksi sheet with a line per kecamatan that acts, and the sheet of their sasaran."""
    desa = reference.list_desa(kode_kabupaten)
    places = desa[["kode_kecamatan", "kecamatan"]].drop_duplicates(ignore_index=True)
    acting = places[["kode_kecamatan"]].merge(pd.DataFrame({"aksi": list(aksi)}), how="cross")
    both = pd.concat([own, acting], ignore_index=True)
    return {"aksi": both, "sasaran_kecamatan": places}


def _prefill_cakupan(kode_kabupaten: str, tahun: int | None) -> pd.DataFrame:
    desa = reference.list_desa(kode_kabupaten)[["kode_desa", "kecamatan", "desa"]]
    codes = _indicator_codes(tahun)
    if not codes:
        return desa
    return desa.merge(
        pd.DataFrame({"kode_indikator": codes, "periode": "tahunan"}), how="cross"
    ).sort_values(["kode_desa", "kode_indikator"], ignore_index=True)


def _indicator_codes(tahun: int | None) -> tuple[str, ...]:
    if tahun is None:
        return ()
    return tuple(catalog.load_indikator(catalog.load_aturan(tahun).set_indikator))


def _with_choices(tabel: Tabel, tahun: int | None) -> tuple[Kolom, ...]:
    """Return the columns of a sheet, the indicator codes of the era as a drop-down list."""
    if tabel.nama != "cakupan":
        return tabel.kolom
    codes = _indicator_codes(tahun)
    return tuple(
        kolom.model_copy(update={"pilihan": codes}) if kolom.nama == "kode_indikator" else kolom
        for kolom in tabel.kolom
    )


def _petunjuk(mark: tuple[str, ...]) -> Lembar:
    names = ("lembar", "kolom", "wajib", "isian", "arti", "pilihan")
    titles = ("Lembar", "Kolom", "Wajib", "Diisi dengan", "Arti", "Pilihan")
    rows = [
        (
            tabel.lembar,
            kolom.judul_lembar,
            "ya" if kolom.wajib else "",
            _ISIAN[kolom.jenis],
            kolom.arti,
            ", ".join(kolom.pilihan),
        )
        for tabel in templat_tables()
        for kolom in tabel.kolom
    ]
    columns = tuple(
        Kolom(nama=name, jenis="teks", judul=title, arti="")
        for name, title in zip(names, titles, strict=True)
    )
    frame = pd.DataFrame(rows, columns=list(names))
    return Lembar("Petunjuk", frame, columns, (*mark, *_PETUNJUK), kepala="judul")


def _named(lembar: Lembar) -> Lembar:
    """Return the sheet with text column names, so that lookups by name never miss."""
    return replace(lembar, frame=lembar.frame.rename(columns=str))


class _Gaya:
    """The cell formats of one workbook, by kind of column."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.kepala = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self.atas = book.add_format({"bold": True})
        self.tautan = book.add_format({"font_color": "#005A8F", "underline": 1, "valign": "top"})
        self.jenis = {
            jenis: book.add_format({"num_format": code, **_LIPAT})
            for jenis, code in _FORMAT_ANGKA.items()
        }
        self.terbuka = {
            jenis: book.add_format(
                {"num_format": code, **_LIPAT, "locked": False, "bg_color": "#FFFDE7"}
            )
            for jenis, code in _FORMAT_ANGKA.items()
        }


def _write_sheet(sheet: Worksheet, lembar: Lembar, styles: _Gaya) -> None:
    for row, line in enumerate(lembar.judul_atas):
        sheet.write_string(row, 0, line, styles.atas)
    head = len(lembar.judul_atas)
    for position, kolom in enumerate(lembar.semua_kolom):
        _write_column(sheet, (head, position), lembar, kolom, styles)
    sheet.freeze_panes(head + 1, 0)
    lay_out_page(sheet, head)
    if lembar.isian:
        sheet.protect(options=_BOLEH)
    if lembar.lebar:
        _lay_out_form(sheet, lembar, head)
    if len(lembar.frame):
        sheet.autofilter(head, 0, head + len(lembar.frame), max(len(lembar.semua_kolom) - 1, 0))


def _lay_out_form(sheet: Worksheet, lembar: Lembar, head: int) -> None:
    names = [kolom.nama for kolom in lembar.semua_kolom]
    widths = [lembar.lebar[name] for name in names]
    cells = lembar.frame.reindex(columns=names).to_numpy(dtype=object)
    set_heights(sheet, head, [[kolom.judul for kolom in lembar.semua_kolom], *cells], widths)
    first = min((names.index(name) for name in lembar.isian), default=0)
    scale_print(sheet, widths, isian=first, judul=lembar.judul_atas)


def _write_column(
    sheet: Worksheet, place: tuple[int, int], lembar: Lembar, kolom: Kolom, styles: _Gaya
) -> None:
    head, position = place
    title = kolom.judul_lembar if lembar.kepala == "lembar" else kolom.judul
    values = list(lembar.frame[kolom.nama]) if kolom.nama in lembar.frame else []
    formats = styles.terbuka if kolom.nama in lembar.isian else styles.jenis
    _set_width(sheet, position, lembar, kolom=kolom, styles=styles)
    sheet.write_string(head, position, title, styles.kepala)
    if kolom.arti:
        sheet.write_comment(head, position, _note(kolom), {"author": "reviu"})
    for row, value in enumerate(values, start=head + 1):
        if kolom.nama in lembar.isian:
            # Of its own, not only of the column: not every program lets blank cells inherit it.
            sheet.write_blank(row, position, None, formats[kolom.jenis])
        if kolom.nama == lembar.tautan:
            sheet.write_url(row, position, f"internal:'{value}'!A1", styles.tautan, str(value))
            continue
        _write_cell(sheet, (row, position), value, styles.jenis["tanggal"])
    last = head + len(values) + lembar.baris_isian
    _add_choices(sheet, (head + 1, position, last, position), kolom)


def _set_width(
    sheet: Worksheet, position: int, lembar: Lembar, *, kolom: Kolom, styles: _Gaya
) -> None:
    """Set width and format of a column; beside the rows of a form nothing can be typed."""
    title = kolom.judul_lembar if lembar.kepala == "lembar" else kolom.judul
    values = list(lembar.frame[kolom.nama]) if kolom.nama in lembar.frame else []
    is_open = kolom.nama in lembar.isian and not lembar.lebar
    formats = styles.terbuka if is_open else styles.jenis
    width = lembar.lebar.get(kolom.nama) or _width(title, values)
    sheet.set_column(position, position, width, formats[kolom.jenis])


def _width(title: str, values: Sequence[Any]) -> int:
    longest = max((len(str(value)) for value in values[:200]), default=0)
    return min(max(_LEBAR_MIN, len(title) + 2, longest + 1), _LEBAR_MAKS)


def _note(kolom: Kolom) -> str:
    duty = "Wajib diisi. " if kolom.wajib else ""
    return f"{duty}{kolom.arti} Diisi dengan {_ISIAN[kolom.jenis]}."


def _add_choices(sheet: Worksheet, area: tuple[int, int, int, int], kolom: Kolom) -> None:
    choices = list(kolom.pilihan) or (["ya", "tidak"] if kolom.jenis == "ya_tidak" else [])
    if not choices or area[2] < area[0]:
        return
    if len(",".join(choices)) > _PANJANG_DAFTAR_EXCEL:
        raise DefinisiError(f"Daftar pilihan kolom {kolom.nama} terlalu panjang untuk Excel.")
    rule = {
        "validate": "list",
        "source": choices,
        "error_type": "warning",
        "error_title": "Di luar daftar",
        "error_message": "Pilih salah satu isi daftar.",
    }
    sheet.data_validation(*area, rule)


def _write_cell(sheet: Worksheet, place: tuple[int, int], value: Any, day: Format) -> None:
    """Write one value as what it is; anything unusual is written as text, never as a formula."""
    if is_missing(value):
        return
    if isinstance(value, bool) or type(value).__name__ in {"bool", "bool_"}:
        sheet.write_string(*place, "ya" if value else "tidak")
    elif isinstance(value, date) and value.year >= _TAHUN_PERTAMA_EXCEL:
        sheet.write_datetime(*place, value, day)
    elif _is_number(value):
        sheet.write_number(*place, value)
    else:
        sheet.write_string(*place, str(value))


def _is_number(value: Any) -> bool:
    return (
        not isinstance(value, str | date) and hasattr(value, "__float__") and math.isfinite(value)
    )
