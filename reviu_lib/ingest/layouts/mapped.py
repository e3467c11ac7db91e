"""A sheet read as the user's mapping says: the header where it says, every asked column found.

Nothing is searched for beyond what the entry leaves open; what does not fit is refused with the
reason, never bent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reviu_lib.ingest.files import Kisi, column_letter, column_number
from reviu_lib.ingest.layouts.headers import Calon, Judul, list_top, read_at
from reviu_lib.ingest.layouts.mapping import TANPA_JUDUL, Peta
from reviu_lib.ingest.layouts.model import normalize_heading
from reviu_lib.ingest.layouts.recognise import Kepala
from reviu_lib.ingest.parse.texts import cell_text

_LEWATI = frozenset({"", "-"})  # a column of judul_kolom that is not read


class PemetaanTidakCocok(Exception):
    """A mapping that does not fit the sheet it is for; the message says why."""


def read_mapped(kisi: Kisi, peta: Sequence[Peta]) -> tuple[Kepala, ...]:
    """Return the tables of a sheet as its entries say, from top to bottom.

    Raises PemetaanTidakCocok when an entry does not fit the sheet.
    """
    if len(peta) > 1 and not all(isinstance(item.entri.baris_judul, int) for item in peta):
        raise PemetaanTidakCocok("beberapa entri untuk satu lembar; beri tiap entri baris_judul")
    found = sorted((_read(kisi, item) for item in peta), key=lambda item: item.baris_judul)
    ends = [lower.baris_judul - 1 for lower in found[1:]]
    return tuple(
        replace(item, baris_akhir=end) for item, end in zip(found, [*ends, None], strict=True)
    )


def _read(kisi: Kisi, peta: Peta) -> Kepala:
    calon = _header(kisi, peta)
    bound = peta.sumber.bind(calon.judul)
    first = peta.entri.baris_data or calon.akhir + 1
    above = kisi.sel.loc[kisi.sel.index < calon.awal].to_numpy(dtype=object).ravel()
    kepala = Kepala(
        peta.tata_letak,
        peta.sumber,
        first,
        bound.posisi,
        bound.tak_dikenal,
        bound.ganda,
        judul_atas=" ".join(text for text in map(cell_text, above) if text),
        baris_judul=calon.awal,
        tahun=peta.entri.tahun,
        dipetakan=True,
    )
    _check(kisi, kepala, peta)
    return kepala


def _header(kisi: Kisi, peta: Peta) -> Calon:
    """Return the header that the entry points to, or the one that holds most of its columns."""
    row = peta.entri.baris_judul
    if row is None and not peta.entri.judul_kolom:
        return _search(kisi, peta)
    if row == TANPA_JUDUL or row is None:
        start = (peta.entri.baris_data or int(kisi.sel.index[0])) - 1
        return Calon(start, start, _given(kisi, peta))
    first, last = row if isinstance(row, tuple) else (int(row), int(row))
    return _at_rows(kisi, peta, first, last)


def _at_rows(kisi: Kisi, peta: Peta, first: int, last: int) -> Calon:
    if not {first, last} <= set(kisi.sel.index) or first > last:
        raise PemetaanTidakCocok(f"baris_judul {first} tidak ada; lembar itu {len(kisi.sel)} baris")
    if peta.entri.judul_kolom:
        return Calon(first, last, _given(kisi, peta))
    return read_at(kisi, first, last)


def _search(kisi: Kisi, peta: Peta) -> Calon:
    top = list_top(kisi)
    if not top:
        raise PemetaanTidakCocok("baris judul kolom tidak ditemukan; tulis baris_judul")
    return max(top, key=lambda calon: len(peta.sumber.bind(calon.judul).posisi))


def _given(kisi: Kisi, peta: Peta) -> Judul:
    """Return the headings that the entry gives by position or by column letter."""
    width = kisi.sel.shape[1]
    given = peta.entri.judul_kolom
    if isinstance(given, tuple):
        filled = [at for at in range(width) if _is_filled(kisi, at)]
        if filled and filled[-1] >= len(given):
            words = f"{filled[-1] + 1} kolom berisi, judul_kolom menyebut {len(given)}"
            raise PemetaanTidakCocok(words)
        return tuple(_reading(title) for title in given)
    placed = {_place(letter, width): title for letter, title in given.items()}
    return tuple(_reading(placed.get(at, "")) for at in range(width))


def _place(letter: str, width: int) -> int:
    if not (letter.isascii() and letter.isalpha()):
        raise PemetaanTidakCocok(f"judul_kolom '{letter}' bukan huruf kolom")
    place = column_number(letter.upper()) - 1
    if place >= width:
        last = column_letter(width)
        raise PemetaanTidakCocok(f"kolom {letter.upper()} tidak ada; kolom terakhir {last}")
    return place


def _is_filled(kisi: Kisi, at: int) -> bool:
    return any(cell_text(value) for value in kisi.sel.iloc[:, at])


def _reading(title: str) -> tuple[str, ...]:
    return () if title.strip() in _LEWATI else (normalize_heading(title),)


def _check(kisi: Kisi, kepala: Kepala, peta: Peta) -> None:
    """Raise unless every column the entry names is found, and every given heading is known."""
    if peta.entri.judul_kolom:
        _check_given(kepala)
    present = {name.partition("@")[0] for name in kepala.posisi}
    present |= {name.partition(".")[0] for name in present}
    absent = ", ".join(name for name in peta.diminta if name not in present)
    if absent:
        seen = ", ".join(kepala.tak_dikenal) or "tidak ada judul lain"
        raise PemetaanTidakCocok(f"judul untuk {absent} tidak ditemukan; terbaca: {seen}")
    if kepala.baris_awal > int(kisi.sel.index[-1]):
        raise PemetaanTidakCocok(f"tidak ada baris data mulai baris {kepala.baris_awal}")


def _check_given(kepala: Kepala) -> None:
    unknown, twice = ", ".join(kepala.tak_dikenal), ", ".join(kepala.ganda)
    if unknown:
        tabel = kepala.sumber.tabel
        raise PemetaanTidakCocok(f"judul_kolom yang tidak dikenal tabel {tabel}: {unknown}")
    if twice:
        raise PemetaanTidakCocok(f"judul_kolom menyebut {twice} dua kali")
