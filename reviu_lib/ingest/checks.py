"""Rules of one sheet at a time: codes, ranges, and figures that contradict each other.

A rule either drops rows nobody can use (galat) or keeps them and says what is doubtful. Nothing
is capped, filled, or swapped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from reviu_lib import catalog
from reviu_lib.catalog import Kolom
from reviu_lib.ingest.parse.codes import normalize_kode_sub_kegiatan
from reviu_lib.ingest.parse.texts import map_texts
from reviu_lib.ingest.places import (
    TANPA_PADANAN,
    TANPA_PUSKESMAS,
    Padanan,
    PetaPuskesmas,
    fill_kecamatan,
    resolve_desa,
    resolve_wilayah,
)
from reviu_lib.ingest.tables import Potongan, require_keys
from reviu_lib.reference import list_desa

_KODE_INDIKATOR = re.compile(r"([A-Za-z])\s*0*(\d{1,2})")
_AKSI = re.compile(r"(?:aksi\s*)?(?:ke-?\s*)?#?0*(\d{1,2})(?:\s*[.:)–-].*|\s+\D.*)?", re.I)
PREVALENSI = "PREVALENSI"


@dataclass(frozen=True)
class Konteks:
    """What the rows are compared with; `kunci` makes the pseudonyms. "" and None are unknown."""

    kode_kabupaten: str = ""
    tahun: int | None = None
    tanggal_reviu: date | None = None
    tanggal_cutoff: date | None = None
    kunci: bytes = b""
    padanan: Padanan = TANPA_PADANAN
    puskesmas: PetaPuskesmas = TANPA_PUSKESMAS


def check_rows(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return the sheet after all rules of its table."""
    if potongan.frame.empty:
        return potongan
    potongan = check_ranges(potongan)
    rule = _ATURAN.get(potongan.tabel)
    potongan = rule(potongan, konteks) if rule else potongan
    required = [name for name in potongan.sumber.baku.kunci if name in potongan.sumber.perlu]
    return require_keys(potongan, [name for name in required if name != "kode_desa"])


def check_ranges(potongan: Potongan) -> Potongan:
    """Return the sheet without numbers outside the declared range of their column."""
    for kolom in potongan.sumber.baku.kolom:
        if kolom.nama in potongan.frame and (kolom.min is not None or kolom.max is not None):
            potongan = _check_range(potongan, kolom)
    return potongan


def _check_range(potongan: Potongan, kolom: Kolom) -> Potongan:
    values = potongan.frame[kolom.nama]
    negative = (values < 0).fillna(False) & (kolom.min is not None)
    low = (values < kolom.min).fillna(False) if kolom.min is not None else negative
    high = (values > kolom.max).fillna(False) if kolom.max is not None else low & False
    outside = low | high
    if not outside.any():
        return potongan
    code = "N21" if potongan.sumber.longgar else "N08"
    potongan = potongan.tell(code, negative, kolom=kolom.nama, nilai=values[negative])
    odd = outside & ~negative
    potongan = potongan.tell(
        "N09", odd, kolom=kolom.nama, nilai=values[odd], rincian=_range_words(kolom)
    )
    return potongan.keep(potongan.frame.assign(**{kolom.nama: values.mask(outside)}))


def _range_words(kolom: Kolom) -> str:
    if kolom.max is None:
        return f"mulai dari {kolom.min:g}"
    return f"{kolom.min:g} sampai {kolom.max:g}"


def known_indikator(tahun: int | None) -> frozenset[str]:
    """Return the indicator codes of the era of `tahun`; empty when the year is not known."""
    if tahun is None:
        return frozenset()
    return frozenset(catalog.load_indikator(catalog.load_aturan(tahun).set_indikator))


def normalize_kode_indikator(text: str) -> str:
    """Return an indicator code as the cards write it: "e1" is E01; anything else unchanged."""
    code = _KODE_INDIKATOR.fullmatch(text.strip())
    if code:
        return f"{code[1].upper()}{int(code[2]):02d}"
    return PREVALENSI if text.strip().upper() == PREVALENSI else text


def _normalize_list(text: str) -> str:
    codes = [normalize_kode_indikator(part) for part in re.split(r"[;,\s]+", text) if part]
    return ";".join(dict.fromkeys(codes))


def _map_text(potongan: Potongan, kolom: str, convert: Callable[[str], str]) -> Potongan:
    if kolom not in potongan.frame:
        return potongan
    mapped = map_texts(potongan.frame[kolom], convert).astype("string")
    return potongan.keep(potongan.frame.assign(**{kolom: mapped}))


def _check_indikator(
    potongan: Potongan, konteks: Konteks, *, tambahan: frozenset[str] = frozenset()
) -> Potongan:
    """Drop rows whose indicator is not of this era; a blank one is judged by the key rule."""
    potongan = _map_text(potongan, "kode_indikator", normalize_kode_indikator)
    known = known_indikator(konteks.tahun)
    if not known or "kode_indikator" not in potongan.frame:
        return potongan
    codes = potongan.frame["kode_indikator"]
    unknown = codes.notna() & ~codes.isin(known | tambahan)
    return potongan.drop("K05", unknown, kolom="kode_indikator", nilai=codes[unknown].unique())


def _check_cakupan(potongan: Potongan, konteks: Konteks) -> Potongan:
    potongan = _resolve_place(potongan, konteks)
    return check_numerator(_check_indikator(potongan, konteks))


def check_numerator(potongan: Potongan) -> Potongan:
    """Return the sheet with K01 where pembilang exceeds penyebut; figures stay as they are."""
    frame = potongan.frame
    above = (frame["pembilang"] > frame["penyebut"]).fillna(False)
    shown = (
        frame.loc[above, "pembilang"].astype(str) + "/" + frame.loc[above, "penyebut"].astype(str)
    )
    return potongan.tell("K01", above, kolom="pembilang", nilai=shown)


def _check_target(potongan: Potongan, konteks: Konteks) -> Potongan:
    return _check_indikator(potongan, konteks, tambahan=frozenset({PREVALENSI}))


def _check_hambatan(potongan: Potongan, konteks: Konteks) -> Potongan:
    extra = frozenset({PREVALENSI})
    potongan = _map_text(potongan, "kode_indikator", normalize_kode_indikator)
    known = known_indikator(konteks.tahun)
    if not known or "kode_indikator" not in potongan.frame:
        return potongan
    codes = potongan.frame["kode_indikator"]
    unknown = codes.notna() & ~codes.isin(known | extra)
    potongan = potongan.tell("K16", unknown, kolom="kode_indikator", nilai=codes[unknown].unique())
    return potongan.keep(potongan.frame.assign(kode_indikator=codes.mask(unknown)))


def _check_kegiatan(potongan: Potongan, konteks: Konteks) -> Potongan:
    potongan = _map_text(potongan, "kode_sub_kegiatan", normalize_kode_sub_kegiatan)
    potongan = _map_text(potongan, "indikator_terkait", _normalize_list)
    known = known_indikator(konteks.tahun) | {PREVALENSI}
    if len(known) == 1 or "indikator_terkait" not in potongan.frame:
        return potongan
    lists = potongan.frame["indikator_terkait"].fillna("")
    odd = lists.map(lambda text: ";".join(set(filter(None, text.split(";"))) - known))
    return potongan.tell("K16", odd != "", kolom="indikator_terkait", nilai=odd[odd != ""].unique())


def _check_anggaran(potongan: Potongan, konteks: Konteks) -> Potongan:
    frame = potongan.frame
    blank = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    real = frame.get("realisasi_rp", blank)
    pagu = frame.get("pagu_perubahan_rp", blank).fillna(frame.get("pagu_murni_rp", blank))
    spent = (real > 0).fillna(False)
    without = spent & (pagu.isna() | (pagu == 0).fillna(False))
    above = spent & ~without & (real > pagu).fillna(False)
    ids = frame["id_kegiatan"]
    potongan = potongan.tell("K02", without, kolom="realisasi_rp", nilai=ids[without])
    potongan = potongan.tell("K03", above, kolom="realisasi_rp", nilai=ids[above])
    return _check_quarters(potongan, real)


def _check_quarters(potongan: Potongan, real: pd.Series) -> Potongan:
    names = [f"realisasi_tw{number}_rp" for number in range(1, 5)]
    if not set(names) <= set(potongan.frame.columns):
        return potongan
    total = potongan.frame[names].sum(axis=1, min_count=len(names))
    differs = (total != real).fillna(False)
    ids = potongan.frame["id_kegiatan"]
    potongan = _check_falls(potongan, real, differs)
    return potongan.tell("K10", differs, kolom="realisasi_rp", nilai=ids[differs])


def _check_falls(potongan: Potongan, real: pd.Series, differs: pd.Series) -> Potongan:
    """Return the sheet with K36 where quarters are cumulative, as the last tells, and one falls."""
    quarters = potongan.frame[[f"realisasi_tw{number}_rp" for number in range(1, 5)]]
    cumulative = differs & (quarters.iloc[:, -1] == real).fillna(False)
    falls = (quarters.diff(axis=1).iloc[:, 1:] < 0).fillna(False).any(axis=1)
    rows = cumulative & falls
    ids = potongan.frame["id_kegiatan"]
    return potongan.tell("K36", rows, kolom="realisasi_tw4_rp", nilai=ids[rows])


def _check_jadwal(potongan: Potongan, konteks: Konteks) -> Potongan:
    for stage in ("rencana", "realisasi"):
        start, end = f"{stage}_mulai", f"{stage}_selesai"
        if {start, end} <= set(potongan.frame.columns):
            late = potongan.frame[end] < potongan.frame[start]
            potongan = potongan.tell("K09", late, kolom=end)
    return _drop_future(potongan, konteks, "realisasi_mulai", "realisasi_selesai")


def _check_aksi(potongan: Potongan, konteks: Konteks) -> Potongan:
    potongan = _map_text(potongan, "aksi", _aksi_code)
    potongan = fill_kecamatan(potongan, konteks.kode_kabupaten)
    return _drop_future(potongan, konteks, "tanggal_realisasi")


def _check_sasaran(potongan: Potongan, konteks: Konteks) -> Potongan:
    potongan = fill_kecamatan(potongan, konteks.kode_kabupaten)
    return _drop_future(potongan, konteks, "tanggal_verifikasi")


def _check_pasokan(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return the sheet without rows of a desa that is none of this kabupaten (W01)."""
    potongan = _map_text(potongan, "kode_indikator", normalize_kode_indikator)
    if not konteks.kode_kabupaten or "kode_desa" not in potongan.frame:
        return potongan
    codes = potongan.frame["kode_desa"]
    odd = codes.notna() & ~codes.isin(list_desa(konteks.kode_kabupaten)["kode_desa"])
    return potongan.drop("W01", odd, kolom="kode_desa", nilai=codes[odd].unique())


def _aksi_code(text: str) -> str:
    code = _AKSI.fullmatch(text.strip())
    return str(int(code[1])) if code else text


def _drop_future(potongan: Potongan, konteks: Konteks, *columns: str) -> Potongan:
    """Return the sheet without realised dates that lie after the review."""
    if konteks.tanggal_reviu is None:
        return potongan
    limit = pd.Timestamp(konteks.tanggal_reviu)
    for name in columns:
        if name in potongan.frame:
            future = potongan.frame[name] > limit
            potongan = potongan.tell("K08", future, kolom=name, rincian=f"{limit:%d/%m/%Y}")
            dates = potongan.frame[name].mask(future)
            potongan = potongan.keep(potongan.frame.assign(**{name: dates}))
    return potongan


def _check_prevalensi(potongan: Potongan, konteks: Konteks) -> Potongan:
    potongan = resolve_wilayah(potongan)
    frame = potongan.frame
    if not {"diukur", "pendek", "sangat_pendek"} <= set(frame.columns):
        return potongan
    over = (frame["pendek"] + frame["sangat_pendek"] > frame["diukur"]).fillna(False)
    return potongan.tell("K11", over, kolom="pendek")


def _check_lokus(potongan: Potongan, konteks: Konteks) -> Potongan:
    if "tahun" not in potongan.frame and konteks.tahun is not None:
        potongan = potongan.keep(potongan.frame.assign(tahun=konteks.tahun))
    return _resolve_place(potongan, konteks)


def _resolve_place(potongan: Potongan, konteks: Konteks) -> Potongan:
    if not konteks.kode_kabupaten:
        return potongan
    return resolve_desa(potongan, konteks.kode_kabupaten, padanan=konteks.padanan)


def _check_putusan(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return the decisions with the year of their annex, that of the folder without a title."""
    if "tahun" in potongan.frame or konteks.tahun is None:
        return potongan
    return potongan.keep(potongan.frame.assign(tahun=konteks.tahun))


def _check_rekap(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Keep every named row of the asked year; figures that contradict are for the review."""
    potongan = require_keys(potongan, ["indikator"])
    if konteks.tahun is None or "tahun" not in potongan.frame:
        return potongan
    years = potongan.frame["tahun"]
    other = (years != konteks.tahun).fillna(False)
    shown = sorted(set(years[other]))
    return potongan.drop("B08", other, kolom="tahun", nilai=shown, rincian=str(konteks.tahun))


_ATURAN: Mapping[str, Callable[[Potongan, Konteks], Potongan]] = {
    "kegiatan": _check_kegiatan,
    "jadwal": _check_jadwal,
    "anggaran": _check_anggaran,
    "cakupan": _check_cakupan,
    "konvergensi": _resolve_place,
    "target": _check_target,
    "prevalensi": _check_prevalensi,
    "hambatan": _check_hambatan,
    "aksi": _check_aksi,
    "sasaran_kecamatan": _check_sasaran,
    "pasokan": _check_pasokan,
    "lokus": _check_lokus,
    "putusan": _check_putusan,
    "rekap": _check_rekap,
}
