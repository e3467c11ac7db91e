"""Children become keyed pseudonyms on reading, and identity leaves the data here.

A NIK counts only as sixteen digits of text: Excel keeps fifteen digits of a number, so a numeric
NIK has lost its end. Without a valid NIK a child is known by name, birth date, sex, and desa.
Names read from an export are then also masked wherever else they occur in free text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

import pandas as pd

from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import mask_identity
from reviu_lib.ingest.findings import Tempat, Temuan, note, place_of
from reviu_lib.ingest.parse.texts import cell_text, map_texts, map_unique
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import load_wilayah, normalize_nama

_ORANG = b"reviu-nik"  # personalisation of the hash: the same key gives nothing elsewhere
_PANJANG_KUNCI = 64  # longest key BLAKE2b takes
_HURUF = str.maketrans("0123456789abcdef", "ghijklmnopabcdef")
_NIK = re.compile(r"\d{16}")
_PEMISAH_NIK = re.compile(r"[\s'’.\-]")
_PEMISAH_NAMA = re.compile(r"[/,;&+]| dan |\(|\)")
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
_PEMISAH_BAGIAN = "\x1f"


def pseudonymise(potongan: Potongan, kunci: bytes) -> Potongan:
    """Return the sheet with id_anak and dasar_id instead of every identity column.

    Findings: P01 columns read and dropped, P03 NIK not valid, P04 one NIK for several children,
    P05 children nothing identifies.
    """
    frame = potongan.frame
    nik, shared = _valid_nik(frame)
    name = _name_key(frame)
    known = nik.notna() | name.notna()
    row = pd.Series(
        [f"{potongan.tempat.berkas}|{potongan.tempat.lembar}|{label}" for label in frame.index],
        index=frame.index,
    )
    text = ("nik:" + nik).fillna("nama:" + name).fillna("baris:" + row)
    made = frame.assign(
        id_anak=[_digest(part, kunci) for part in text],
        dasar_id=pd.Series("nik", index=frame.index).where(nik.notna(), "nama"),
    )
    potongan = potongan.keep(made)
    potongan = potongan.tell("P04", shared, kolom="nik")
    potongan = potongan.tell("P03", nik.isna() & ~shared, kolom="nik")
    return _drop_identity(potongan.tell("P05", ~known, kolom="nama"))


def _digest(text: str, kunci: bytes) -> str:
    """Return twenty letters: letters only, so that no tool takes a pseudonym for a number."""
    key = kunci[:_PANJANG_KUNCI]
    digest = blake2b(text.encode(), key=key, person=_ORANG, digest_size=10).hexdigest()
    return digest.translate(_HURUF)


def _drop_identity(potongan: Potongan) -> Potongan:
    secret = [name for name in potongan.frame if name in potongan.sumber.rahasia]
    kept = potongan.frame.drop(columns=secret)
    return potongan.keep(kept, note("P01", potongan.tempat, rincian=", ".join(secret)))


def _valid_nik(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return valid NIK (missing otherwise), and where a valid one names several children."""
    if "nik" not in frame:
        nothing = pd.Series(None, index=frame.index, dtype="string")
        return nothing, pd.Series(False, index=frame.index)
    nik = map_unique(frame["nik"], clean_nik).astype("string")
    child = map_texts(_column(frame, "nama"), normalize_nama)
    born = _column(frame, "tanggal_lahir").astype("string")
    names = child.groupby(nik).transform("nunique")
    births = born.groupby(nik).transform("nunique")
    shared = nik.notna() & (names > 1).fillna(False) & (births > 1).fillna(False)
    return nik.mask(shared), shared.astype(bool)


def clean_nik(value: object) -> str | None:
    """Return a NIK of sixteen digits, None for numbers, damaged, and dummy ones."""
    if not isinstance(value, str):
        return None
    digits = _PEMISAH_NIK.sub("", cell_text(value))
    if not _NIK.fullmatch(digits) or len(set(digits)) == 1 or "." in value:
        return None
    return digits


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name] if name in frame else pd.Series(None, index=frame.index, dtype="string")


def _name_key(frame: pd.DataFrame) -> pd.Series:
    """Return name, birth date, sex, and desa as one text; missing without name or birth date."""
    name = map_texts(_column(frame, "nama"), normalize_nama).astype("string")
    born = _column(frame, "tanggal_lahir").astype("string")
    rest = _column(frame, "jenis_kelamin").astype("string").fillna("")
    desa = _column(frame, "kode_desa").astype("string").fillna("")
    place = map_texts(_column(frame, "desa"), normalize_nama).astype("string")
    where = desa.mask(desa == "", place.fillna(""))
    return name.str.cat([born, rest, where], sep=_PEMISAH_BAGIAN)


def collect_names(frame: pd.DataFrame) -> frozenset[str]:
    """Return the comparable names of children and parents in a sheet, of two words or more.

    Single words and place names are left out: masking them would destroy ordinary text.
    """
    written: set[str] = set()
    for column in ("nama", "nama_ortu"):
        for text in _column(frame, column).dropna().astype(str).unique():
            written.update(_PEMISAH_NAMA.split(text))
    names = {normalize_nama(part) for part in written}
    lengths = range(_KATA_MIN, _KATA_MAKS + 1)
    return frozenset(name for name in names if len(name.split()) in lengths) - _place_names()


def _place_names() -> frozenset[str]:
    return frozenset(normalize_nama(name) for name in load_wilayah()["nama"].unique())


def mask_text(text: str, names: frozenset[str]) -> str:
    """Return `text` without NIK, phone numbers, birth dates, and the given names."""
    masked = mask_identity(text)
    masked = _LAHIR.sub(r"\1[tanggal lahir disamarkan]", masked)
    masked = _DISEBUT.sub(rf"\1\2{_NAMA_MASKER}", masked)
    return _mask_names(masked, names) if names else masked


def _mask_names(text: str, names: frozenset[str]) -> str:
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


def _longest_name(words: list[re.Match[str]], names: frozenset[str]) -> int:
    for size in range(len(words), _KATA_MIN - 1, -1):
        if normalize_nama(" ".join(word[0] for word in words[:size])) in names:
            return size
    return 0


def mask_frame(
    tabel: str, frame: pd.DataFrame, names: frozenset[str], tempat: Tempat
) -> tuple[pd.DataFrame, list[Temuan]]:
    """Return a canonical frame whose text carries no identity, and P02 for each column changed."""
    found: list[Temuan] = []
    masked = frame
    for column in _text_columns(tabel, frame):
        table = {text: mask_text(text, names) for text in frame[column].dropna().unique()}
        changed = {text: new for text, new in table.items() if new != text}
        if changed:
            hit = frame[column].isin(list(changed))
            masked = masked.assign(**{column: frame[column].replace(changed)})
            found.append(_tell_masked(frame.loc[hit], tempat.at(column)))
    return masked, found


def _tell_masked(rows: pd.DataFrame, tempat: Tempat) -> Temuan:
    if "_baris" not in rows:
        return note("P02", tempat, baris=rows.index)
    return note("P02", place_of(rows, tempat.tabel).at(tempat.kolom), baris=rows["_baris"])


def _text_columns(tabel: str, frame: pd.DataFrame) -> Iterable[str]:
    """Columns that can hold words; codes are masked too unless they are made of dotted parts."""
    free = [kolom.nama for kolom in tabel_masukan()[tabel].kolom if kolom.jenis in _BERKATA]
    own = {"id_anak", "kode_desa", "kode_sub_kegiatan", "wilayah"}
    return [name for name in free if name in frame and name not in own]


_BERKATA = frozenset({"teks", "kode", "pilihan"})
