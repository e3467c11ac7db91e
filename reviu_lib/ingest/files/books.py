"""Workbooks (xlsx, xlsm, xlsb, xls, ods) as grids: values by python-calamine, the rest by a scan.

The reader shows error cells and formulas without a stored result as blank or zero; what the scan
found is put there instead, so that nothing uncomputed is ever read as zero. Macros, links, and
embedded files are never followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from reviu_lib.ingest.files.grid import Bentuk, Catatan, Kisi, fill_merged, gather_cells, put_marks
from reviu_lib.ingest.files.opening import Jenis
from reviu_lib.ingest.files.refusal import BerkasDitolak
from reviu_lib.ingest.files.scan import Pindaian
from reviu_lib.ingest.files.scan.biff import scan_xls
from reviu_lib.ingest.files.scan.ods import scan_ods
from reviu_lib.ingest.files.scan.probe import prove_readable
from reviu_lib.ingest.files.scan.xlsb import scan_xlsb
from reviu_lib.ingest.files.scan.xlsx import scan_xlsx

_PINDAI: dict[Jenis, Callable[[Path], dict[str, Pindaian]]] = {
    "xlsx": scan_xlsx,
    "xlsb": scan_xlsb,
    "ods": scan_ods,
    "xls": scan_xls,
}
_TAK_TERBACA = "isi lembarnya tidak terbaca"
_BINER = {"xls", "xlsb"}


def read_book(path: Path, jenis: Jenis) -> list[Kisi]:
    """Return every sheet of a workbook. Raises BerkasDitolak when it cannot or must not be read."""
    scans = _PINDAI[jenis](path)
    if jenis in _BINER:
        prove_readable(path)
    with refuse_faults(), CalamineWorkbook.from_path(path) as book:
        return [
            _read_sheet(book, position, scans, jenis)
            for position, meta in enumerate(book.sheets_metadata)
            if not scans.get(meta.name, Pindaian()).dilewati
        ]


@contextmanager
def refuse_faults() -> Iterator[None]:
    """Turn every fault of the reader into a refusal, its own panics (no Exceptions) included."""
    try:
        yield
    except PasswordError as error:
        raise BerkasDitolak("B02") from error
    except (CalamineError, OSError, ValueError) as error:
        raise BerkasDitolak("B03", _TAK_TERBACA) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise BerkasDitolak("B03", _TAK_TERBACA) from None


def _read_sheet(
    book: CalamineWorkbook, position: int, scans: Mapping[str, Pindaian], jenis: str
) -> Kisi:
    sheet = book.get_sheet_by_index(position)
    scan = scans.get(sheet.name, Pindaian())
    left = sheet.start[1] if sheet.start else 0  # the rows come without the blank columns
    merged = (sheet.merged_cell_ranges or []) if scan.gabung is None else scan.gabung
    cells = put_marks(gather_cells(sheet.iter_rows(), kiri=left), scan.tanda)
    return Kisi(
        sheet.name,
        fill_merged(cells, merged),
        tersembunyi=book.sheets_metadata[position].visible != SheetVisibleEnum.Visible,
        nomor_tersembunyi=tuple(scan.baris_tersembunyi),
        kolom_tersembunyi=tuple(scan.kolom_tersembunyi),
        gabung=tuple(merged),
        bentuk=Bentuk(jenis),
        catatan=_note_empty_results(scan),
    )


def _note_empty_results(scan: Pindaian) -> tuple[Catatan, ...]:
    if not scan.rumus_kosong:
        return ()
    return (Catatan("B24", baris=tuple(dict.fromkeys(row for row, _ in scan.rumus_kosong))),)
