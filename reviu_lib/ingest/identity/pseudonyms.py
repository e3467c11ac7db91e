"""Children become keyed pseudonyms on reading, and identity leaves the data here.

A NIK counts only as sixteen digits of text: Excel keeps fifteen digits of a number, so a numeric
NIK has lost its end. Without a valid NIK a child is known by name, birth date, sex, and desa. The
same key gives the same pseudonym in every file and year.
"""

from __future__ import annotations

import re
from hashlib import blake2b

import pandas as pd

from reviu_lib.ingest.findings import note
from reviu_lib.ingest.parse.texts import cell_text, map_texts, map_unique, missing_reason
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import normalize_nama

_ORANG = b"reviu-nik"  # personalisation of the hash: the same key gives nothing elsewhere
_PANJANG_KUNCI = 64  # longest key BLAKE2b takes
_HURUF = str.maketrans("0123456789abcdef", "ghijklmnopabcdef")
_PANJANG_NIK = 16
_TANPA_NIK = "0 (tanpa NIK)"
_RAPI = re.compile(r"[0-9]{16}")  # most NIK: nothing to clean
_PEMISAH_NIK = re.compile(r"[\s'’.\-]")
_PEMISAH_BAGIAN = "\x1f"
# Columns that compare children inside ingest and are dropped when sheets are united: keyed hashes
# of name, birth date, sex, and desa (_ANAK), and of name and birth date alone (_LAHIR).
SIDIK_ANAK, SIDIK_LAHIR = "_anak", "_lahir"


def pseudonymise(potongan: Potongan, kunci: bytes) -> Potongan:
    """Return the sheet with id_anak and dasar_id instead of every identity column.

    Findings: P01 columns read and dropped, P03 NIK not valid and in what way, P04 one NIK for
    several children, P05 children nothing identifies.
    """
    frame = potongan.frame
    nik, shared = _valid_nik(frame)
    born, name = _name_keys(frame)
    known = nik.notna() | name.notna()
    text = ("nik:" + nik).fillna("nama:" + name).fillna(_row_keys(potongan, ~known))
    made = frame.assign(
        id_anak=map_texts(text, lambda part: make_id(part, kunci)).astype("string"),
        dasar_id=pd.Series("nik", index=frame.index).where(nik.notna(), "nama"),
        **{SIDIK_ANAK: _fingerprint(name, kunci), SIDIK_LAHIR: _fingerprint(born, kunci)},
    )
    potongan = potongan.keep(made)
    potongan = potongan.tell("P04", shared, kolom="nik")
    damaged = nik.isna() & ~shared
    potongan = potongan.tell("P03", damaged, kolom="nik", rincian=_list_faults(frame, damaged))
    return _drop_identity(potongan.tell("P05", ~known, kolom="nama"))


def _row_keys(potongan: Potongan, rows: pd.Series) -> pd.Series:
    """Return a text that only this row has, for the given rows."""
    place = potongan.tempat
    labels = rows.index[rows]
    keys = [f"baris:{place.berkas}|{place.lembar}|{label}" for label in labels]
    return pd.Series(keys, index=labels, dtype="string").reindex(rows.index)


def make_id(text: str, kunci: bytes) -> str:
    """Return twenty letters: letters only, so that no tool takes a pseudonym for a number."""
    key = kunci[:_PANJANG_KUNCI]
    digest = blake2b(text.encode(), key=key, person=_ORANG, digest_size=10).hexdigest()
    return digest.translate(_HURUF)


def _fingerprint(texts: pd.Series, kunci: bytes) -> pd.Series:
    """Return a keyed number for each text, missing for missing ones."""
    key = blake2b(b"sidik", key=kunci[:_PANJANG_KUNCI], digest_size=8).hexdigest()
    codes, distinct = pd.factorize(texts)
    values = distinct.to_numpy(dtype=object)
    prints = pd.array(pd.util.hash_array(values, hash_key=key, categorize=False), dtype="UInt64")
    return pd.Series(prints.take(codes, allow_fill=True), index=texts.index)


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
    several = _with_several(nik, child) & _with_several(nik, _column(frame, "tanggal_lahir"))
    shared = nik.isin(several)
    return nik.mask(shared), shared


def _with_several(nik: pd.Series, values: pd.Series) -> frozenset[str]:
    """Return each NIK that stands with more than one value; missing values do not count."""
    pairs = pd.DataFrame({"nik": nik, "nilai": values}).dropna().drop_duplicates()
    return frozenset(pairs.loc[pairs["nik"].duplicated(), "nik"])


def clean_nik(value: object) -> str | None:
    """Return a NIK of sixteen digits, None for numbers, damaged, and dummy ones."""
    if isinstance(value, str) and _RAPI.fullmatch(value) and len(set(value)) > 1:
        return value
    return None if fault_of_nik(value) else _PEMISAH_NIK.sub("", cell_text(value))


def fault_of_nik(value: object) -> str:
    """Return what is wrong with a NIK without quoting it, "" for a valid one."""
    # A parser: one branch per way to damage a NIK, in the order in which they hide one another.
    if not isinstance(value, str):
        return _fault_of_number(value)
    text = cell_text(value)
    digits = _PEMISAH_NIK.sub("", text)
    if missing_reason(text):
        return "kosong"
    if not digits.isascii() or not digits.isdigit():
        return "bukan angka"
    if set(digits) == {"0"}:
        return _TANPA_NIK
    if len(digits) != _PANJANG_NIK:
        return f"{len(digits)} angka, bukan {_PANJANG_NIK}"
    if len(set(digits)) == 1:
        return "angka yang sama berulang"
    return "bertitik seperti bilangan" if "." in value else ""


def _fault_of_number(value: object) -> str:
    if pd.isna(value):
        return "kosong"
    return _TANPA_NIK if value == 0 else "tersimpan sebagai bilangan"


def _list_faults(frame: pd.DataFrame, damaged: pd.Series) -> str:
    """Return how many NIK have which fault, the most frequent first."""
    if "nik" not in frame:
        return "berkas tidak mempunyai kolom NIK"
    faults = map_unique(frame.loc[damaged, "nik"], fault_of_nik)
    counts = faults.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return "; ".join(f"{fault}: {count}" for fault, count in counts.items())


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name] if name in frame else pd.Series(None, index=frame.index, dtype="string")


def _name_keys(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return name and birth date as one text, and these with sex and desa.

    Both are missing without name or birth date.
    """
    name = map_texts(_column(frame, "nama"), normalize_nama).astype("string")
    day = map_texts(_column(frame, "tanggal_lahir"), _day_text).astype("string")
    rest = _column(frame, "jenis_kelamin").astype("string").fillna("")
    desa = _column(frame, "kode_desa").astype("string").fillna("")
    place = map_texts(_column(frame, "desa"), normalize_nama).astype("string")
    where = desa.mask(desa == "", place.fillna(""))
    born = name + _PEMISAH_BAGIAN + day
    return born, born + _PEMISAH_BAGIAN + rest + _PEMISAH_BAGIAN + where


def _day_text(day: str | pd.Timestamp) -> str:
    return day if isinstance(day, str) else f"{day:%Y-%m-%d}"
