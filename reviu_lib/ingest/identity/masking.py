"""Text without NIK, phone numbers, birth dates, and the names that the files themselves hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

import pandas as pd

from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import mask_identity
from reviu_lib.ingest.findings import Tempat, Temuan, note, place_of
from reviu_lib.ingest.identity.names import NamaOrang
from reviu_lib.reference import load_wilayah, normalize_nama

_PEMISAH_NAMA = re.compile(r"[/,;&+\n]| dan |\(|\)")
_KATA_MIN, _KATA_MAKS = 2, 6
_NAMA_MASKER = "[nama disamarkan]"
_DISEBUT = re.compile(
    r"\b(a\.?\s?n\.|atas nama|bernama|anak nama|nama anak|nama ibu|nama ayah|nama balita)(\s*:?\s+)"
    r"((?:[A-Z][\w'’.]*)(?:\s+[A-Z][\w'’.]*){0,5})"
)
_LAHIR = re.compile(
    r"\b((?:tgl\.?|tanggal|tempat/tanggal)\s+lahir\s*:?\s*)(\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4})",
    re.I,
)
_KATA = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def collect_names(frame: pd.DataFrame) -> frozenset[str]:
    """Return the comparable names of children and parents in a sheet, of two words or more.

    Single words and place names are left out: masking them would destroy ordinary text.
    """
    texts: list[str] = []
    for column in (name for name in ("nama", "nama_ortu") if name in frame):
        texts += frame[column].dropna().astype("string").unique().tolist()
    written = set(_PEMISAH_NAMA.split("\n".join(texts)))
    names = {normalize_nama(part) for part in written}
    lengths = range(_KATA_MIN, _KATA_MAKS + 1)
    return frozenset(name for name in names if len(name.split()) in lengths) - _place_names()


@cache
def _place_names() -> frozenset[str]:
    return frozenset(normalize_nama(name) for name in load_wilayah()["nama"].unique().tolist())


def mask_text(text: str, names: NamaOrang) -> str:
    """Return `text` without NIK, phone numbers, birth dates, and the given names."""
    masked = mask_identity(text)
    masked = _LAHIR.sub(r"\1[tanggal lahir disamarkan]", masked)
    masked = _DISEBUT.sub(rf"\1\2{_NAMA_MASKER}", masked)
    return _mask_names(masked, names) if len(names) else masked


def _mask_names(text: str, names: NamaOrang) -> str:
    """Replace every run of words that is one of the names, the longest run first."""
    words = list(_KATA.finditer(text))
    spans: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        size = _longest_name(words[position : position + _KATA_MAKS], names)
        if size:
            spans.append((words[position].start(), words[position + size - 1].end()))
        position += max(size, 1)
    for start, end in reversed(spans):
        text = f"{text[:start]}{_NAMA_MASKER}{text[end:]}"
    return text


def _longest_name(words: list[re.Match[str]], names: NamaOrang) -> int:
    for size in range(len(words), _KATA_MIN - 1, -1):
        if normalize_nama(" ".join(word[0] for word in words[:size])) in names:
            return size
    return 0


def mask_frame(
    tabel: str,
    frame: pd.DataFrame,
    names: NamaOrang,
    tempat: Tempat,
    *,
    disamarkan: Collection[str] = (),
) -> tuple[pd.DataFrame, list[Temuan]]:
    """Return a canonical frame whose text carries no identity, and P02 for each column changed.

    `disamarkan` are texts that were masked already when their file was read; they count as changed.
    """
    found: list[Temuan] = []
    masked, tables = mask_columns(tabel, frame, names)
    for column, table in tables.items():
        told = [text for text, new in table.items() if new != text or text in disamarkan]
        if told:
            found.append(_tell_masked(frame.loc[frame[column].isin(told)], tempat.at(column)))
    return masked, found


def mask_columns(
    tabel: str, frame: pd.DataFrame, names: NamaOrang
) -> tuple[pd.DataFrame, dict[str, dict[str, str]]]:
    """Return a canonical frame without identity, and by column what became of each text."""
    masked, tables = frame, {}
    for column in _text_columns(tabel, frame) if len(frame) else ():
        table = {text: mask_text(text, names) for text in frame[column].dropna().unique()}
        changed = {text: new for text, new in table.items() if new != text}
        if changed:
            masked = masked.assign(**{column: frame[column].replace(changed)})
        tables[column] = table
    return masked, tables


def _tell_masked(rows: pd.DataFrame, tempat: Tempat) -> Temuan:
    if "_baris" not in rows:
        return note("P02", tempat, baris=rows.index)
    return note("P02", place_of(rows, tempat.tabel).at(tempat.kolom), baris=rows["_baris"])


def _text_columns(tabel: str, frame: pd.DataFrame) -> Iterable[str]:
    """Columns that can hold words; addresses of cells, and codes of dotted parts, cannot."""
    free = [kolom.nama for kolom in tabel_masukan()[tabel].kolom if kolom.jenis in _BERKATA]
    own = {"id_anak", "kode_desa", "kode_sub_kegiatan", "wilayah", "sel"}
    return [name for name in free if name in frame and name not in own]


_BERKATA = frozenset({"teks", "kode", "pilihan"})
