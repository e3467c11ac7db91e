"""One column of a sheet in its declared kind, with a finding for every kind of doubt.

Kinds and what a layout declares of a column (scale, unit, writing, words for "no value") decide
how cells are read; this module only puts the parsers together and tells what they found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.layouts.model import TabelSumber
from reviu_lib.ingest.parse import texts
from reviu_lib.ingest.parse.codes import list_meant, parse_codes
from reviu_lib.ingest.parse.dates import find_turned, parse_dates
from reviu_lib.ingest.parse.distinct import Mentah, Ragam, is_text
from reviu_lib.ingest.parse.empty import mark_codes
from reviu_lib.ingest.parse.numbers import find_mixed, parse_numbers
from reviu_lib.ingest.parse.percent import find_small, parse_percent
from reviu_lib.ingest.parse.rupiah import parse_rupiah
from reviu_lib.ingest.parse.scale import Skala
from reviu_lib.ingest.parse.texts import Terbaca, cell_text, map_texts, parse_texts
from reviu_lib.reference import normalize_nama

_BULAT = frozenset({"jumlah", "tahun", "hari"})
_BILANGAN = _BULAT | {"rupiah", "desimal", "persen", "poin", "zskor", "lintang", "bujur"}
_YA = frozenset({"ya", "y", "v", "✓", "√", "x", "1", "true", "benar", "sudah"})
_TIDAK = frozenset({"tidak", "t", "0", "false", "salah", "belum", "bukan"})
_JUMLAH_TERBESAR = 999_999_999  # more people than Indonesia has; a phone number is larger
_GRAM_PER_KG = 1000
_TENGGAT = frozenset({"tenggat", "tanggal_rencana"})  # `Mei 2023` ends on its last day
# Reason of a cell → kind of finding; second entry for exports, where nobody types the cells.
_KODE_ALASAN = {
    texts.GALAT_RUMUS: ("N05", "N05"),
    texts.TANPA_HASIL: ("N06", "N06"),
    texts.BUKAN_BILANGAN: ("N01", "N21"),
    texts.RUSAK: ("N02", "N21"),
    texts.GANDA: ("N03", "N21"),
    texts.PECAHAN: ("N07", "N21"),
    texts.TERLALU_BESAR: ("N32", "N21"),
    texts.DIBACA_RIBUAN: ("N20", "N20"),
    texts.KOMA_RIBUAN: ("N23", "N23"),
    texts.SEPERTI_PECAHAN: ("N28", "N28"),
    texts.LEWAT_PECAHAN: ("N30", "N30"),
    texts.DI_LUAR_INDONESIA: ("N36", "N36"),
    texts.BUKAN_TANGGAL: ("N10", "N22"),
    texts.URUTAN_GANDA: ("N11", "N22"),
    texts.HARI_DAHULU: ("N35", "N35"),
    texts.NOMOR_SERI: ("N18", "N18"),
}


@dataclass(frozen=True)
class Cara:
    """How a column is read: its layout, the year of the review, and the scale of its rupiah.

    `cacah` says that the counts of a percentage stand in the same sheet.
    """

    sumber: TabelSumber
    tahun: int | None = None
    skala: Skala = Skala()
    cacah: bool = False


def read_column(cells: Mentah, tempat: Tempat, cara: Cara) -> tuple[pd.Series, list[Temuan]]:
    """Return the column `tempat.kolom` in its kind, with what was wrong in it."""
    raw = Ragam.of(cells)
    kind = cara.sumber.jenis(tempat.kolom)
    if kind == "mentah":
        return raw.sel, []
    if kind in _BILANGAN:
        read, extra = _read_number(raw, tempat, cara)
    elif kind == "tanggal":
        read, extra = _read_date(raw, tempat, cara)
    elif kind in {"pilihan", "ya_tidak"}:
        read, extra = _read_choice(raw, tempat, cara.sumber)
    elif kind == "kode":
        read, extra = _read_codes(raw, tempat)
    else:
        read, extra = parse_texts(raw), []
    lenient = cara.sumber.longgar and kind != "rupiah"  # a sum without one amount is wrong
    return read.nilai, [*_reason_notes(raw, read, tempat, lenient), *extra]


def _read_codes(raw: Ragam, tempat: Tempat) -> tuple[Terbaca, list[Temuan]]:
    """Return codes, and what each cut one may mean."""
    read = parse_codes(raw, tempat.kolom)
    found = []
    for reason, code in ((texts.KODE_TERPOTONG, "N31"), (texts.KODE_DIPULIHKAN, "N38")):
        rows = read.alasan == reason
        cut = dict.fromkeys(cell_text(value) for value in raw[rows])
        if cut:
            meant = "; ".join(" atau ".join(list_meant(text)) or "tidak dikenal" for text in cut)
            told = note(code, tempat, baris=raw.index[rows], nilai=cut, rincian=meant)
            found.append(told)
    return read, found


def _read_date(raw: Ragam, tempat: Tempat, cara: Cara) -> tuple[Terbaca, list[Temuan]]:
    own = cara.sumber.own(tempat.kolom)
    read = parse_dates(raw, tahun=cara.tahun, ujung=_end_of(tempat.kolom), urutan=own.urutan)
    turned = find_turned(raw)
    rows = raw.index[turned]
    return read, [note("N37", tempat, baris=rows, nilai=raw[turned])] if len(rows) else []


def _end_of(name: str) -> Any:
    """A column of a plan may hold `Triwulan II`: its first or its last day."""
    if name in _TENGGAT:
        return "selesai"
    for end in ("mulai", "selesai"):
        if name.endswith(f"_{end}"):
            return end
    return None


def _read_number(raw: Ragam, tempat: Tempat, cara: Cara) -> tuple[Terbaca, list[Temuan]]:
    own, kind = cara.sumber.own(tempat.kolom), cara.sumber.jenis(tempat.kolom)
    if kind == "rupiah" and cara.skala.kali is None:
        return _refuse_scale(raw, tempat, cara.skala)
    stands = mark_codes(raw, own.hilang)
    voided = stands != ""
    read = _parse_kind(raw.mask(voided) if voided.any() else raw, tempat.kolom, cara)
    read = Terbaca(read.nilai, read.alasan.mask(voided, texts.SANDI))
    found = _code_notes(raw, stands, tempat, kind) + _number_notes(raw, read, tempat)
    return read, found + _kind_notes(raw, read, tempat, cara)


def _parse_kind(raw: Ragam, name: str, cara: Cara) -> Terbaca:
    kind, titik = cara.sumber.jenis(name), cara.sumber.titik(name)
    if kind == "rupiah":
        return parse_rupiah(raw, titik, kali=cara.skala.kali or 1)
    if kind == "persen":
        return parse_percent(raw, titik, satuan=_unit(name, cara))
    read = parse_numbers(raw, titik)
    if kind in {"lintang", "bujur"}:
        return _bound(read, kind)
    if cara.sumber.own(name).satuan == "gram" and name.endswith("_kg"):
        return Terbaca(read.nilai / _GRAM_PER_KG, read.alasan)
    return _whole(read, kind) if kind in _BULAT else read


def _unit(name: str, cara: Cara) -> str:
    """Return the unit of a percentage: declared, or plain where its counts stand beside it.

    A fraction beside its counts shows when the percentage is computed again (K20).
    """
    return cara.sumber.own(name).satuan or ("persen" if cara.cacah else "")


def _refuse_scale(raw: Ragam, tempat: Tempat, skala: Skala) -> tuple[Terbaca, list[Temuan]]:
    """Read nothing of a column whose scale is told in two ways: every guess may be wrong."""
    filled = raw.is_true(lambda cell: cell is not None and cell == cell and cell != "")
    nothing = pd.Series(pd.NA, index=raw.index, dtype="Int64")
    reasons = pd.Series(texts.KOSONG, index=raw.index, dtype=object)
    told = note("N33", tempat, baris=raw.index[filled], rincian=skala.rincian)
    return Terbaca(nothing, reasons.mask(filled, texts.SKALA_GANDA)), [told]


def _bound(read: Terbaca, kind: str) -> Terbaca:
    """Void coordinates outside Indonesia: turned ones, and ones that lost their decimal mark."""
    ambang = load_ambang()
    inside = read.nilai.between(ambang[f"{kind}_min"], ambang[f"{kind}_maks"])
    outside = read.nilai.notna() & ~inside
    reasons = read.alasan.mask(outside, texts.DI_LUAR_INDONESIA)
    return Terbaca(read.nilai.mask(outside), reasons)


def _whole(read: Terbaca, kind: str) -> Terbaca:
    """Void fractions in a count, and counts that no population reaches."""
    fraction = read.nilai.notna() & (read.nilai % 1 != 0)
    large = (read.nilai > _JUMLAH_TERBESAR) & (kind == "jumlah")
    values = read.nilai.mask(fraction | large).astype("Int64")
    reasons = read.alasan.mask(fraction, texts.PECAHAN).mask(large, texts.TERLALU_BESAR)
    return Terbaca(values, reasons)


def _code_notes(raw: Ragam, stands: pd.Series, tempat: Tempat, kind: str) -> list[Temuan]:
    """Say which declared stand-ins for "no value" were found: zeros apart from the others."""
    other = "N15" if kind == "zskor" else "N27"
    found = []
    for mark, code in (("nol", "N16"), ("sandi", other)):
        rows = stands == mark
        if rows.any():
            found.append(note(code, tempat, baris=raw.index[rows], nilai=raw[rows]))
    return found


def _number_notes(raw: Ragam, read: Terbaca, tempat: Tempat) -> list[Temuan]:
    """Say which numbers were text, which decimal marks are mixed, and where cents were rounded."""
    found = []
    mixed = find_mixed(raw)
    if mixed.any():
        found.append(note("N14", tempat, baris=raw.index[mixed], nilai=raw[mixed]))
    typed = is_text(raw) & read.nilai.notna()
    if tempat.lembar and typed.any():
        found.append(note("N13", tempat, baris=raw.index[typed], nilai=raw[typed]))
    cents = read.alasan == texts.SEN
    if cents.any():
        found.append(note("N19", tempat, baris=raw.index[cents], nilai=raw[cents]))
    return found


def _kind_notes(raw: Ragam, read: Terbaca, tempat: Tempat, cara: Cara) -> list[Temuan]:
    """Say in which scale rupiah were read, and which percentages may be fractions."""
    kind = cara.sumber.jenis(tempat.kolom)
    if kind == "rupiah" and cara.skala.kali != 1 and read.nilai.notna().any():
        return [note("N34", tempat, baris=raw.index, rincian=cara.skala.rincian)]
    if kind != "persen" or _unit(tempat.kolom, cara):
        return []
    small = find_small(raw, read)
    return [note("N29", tempat, baris=raw.index[small], nilai=raw[small])] if small.any() else []


def _reason_notes(raw: Ragam, read: Terbaca, tempat: Tempat, lenient: bool) -> list[Temuan]:
    seen = set(read.alasan.tolist())
    if read.nilai.dtype == "string":
        seen.discard(texts.PENANDA)  # a dash among words is ordinary
    words = {reason: (one.temuan,) * 2 for reason, one in texts.load_kata_kosong().items()}
    found = []
    for reason, codes in {**words, **_KODE_ALASAN}.items():
        if reason in seen:
            rows = read.alasan == reason
            shown = raw[rows].unique()
            found.append(note(codes[lenient], tempat, baris=raw.index[rows], nilai=shown))
    return found


def _read_choice(raw: Ragam, tempat: Tempat, sumber: TabelSumber) -> tuple[Terbaca, list[Temuan]]:
    """Return a choice in its declared spelling; unknown ones stay only in obligatory columns."""
    name = tempat.kolom
    words = parse_texts(raw)
    if sumber.jenis(name) == "ya_tidak":
        table, options = {**dict.fromkeys(_YA, True), **dict.fromkeys(_TIDAK, False)}, "ya, tidak"
        known = map_texts(words.nilai, lambda text: table.get(text.lower())).astype("boolean")
    else:
        spelling, options = _spellings(sumber, name)
        known = map_texts(words.nilai, lambda text: spelling.get(normalize_nama(text)))
        known = known.astype("string")
    unknown = words.nilai.notna() & known.isna()
    if name in sumber.perlu and known.dtype == "string":
        known = known.mask(unknown, words.nilai)
    if not unknown.any():
        return Terbaca(known, words.alasan), []
    shown = words.nilai[unknown].unique()
    rows = unknown.index[unknown]
    told = note("N12", tempat, baris=rows, nilai=shown, rincian=options)
    return Terbaca(known, words.alasan), [told]


def _spellings(sumber: TabelSumber, name: str) -> tuple[dict[str, str], str]:
    choices = sumber.baku[name].pilihan
    table = {normalize_nama(choice): choice for choice in choices}
    others = {normalize_nama(text): to for text, to in sumber.padanan.get(name, {}).items()}
    return {**others, **table}, ", ".join(choices)
