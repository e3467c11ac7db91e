"""The Aksi 2 matrix: one row a planned activity, which becomes kegiatan, jadwal, and anggaran.

The matrix has no ids. An id is made from sub kegiatan, OPD, output, and place, so that the same
row gets the same id on every reading; a row that differs only in its fund is the same activity.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b
from typing import Literal

import pandas as pd

from reviu_lib.catalog import load_aturan, load_indikator
from reviu_lib.formatting import list_first
from reviu_lib.ingest.budget.rows import join_columns, or_missing, tell_other_codes
from reviu_lib.ingest.budget.rules import load_keuangan
from reviu_lib.ingest.checks import (
    Konteks,
    check_rows,
    known_indikator,
    normalize_kode_indikator,
)
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.parse import parse_dates, parse_numbers
from reviu_lib.ingest.parse.codes import normalize_kode_sub_kegiatan
from reviu_lib.ingest.parse.texts import map_texts
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import normalize_nama

_INTI = ["kode_sub_kegiatan", "sub_kegiatan", "opd", "indikator_output", "lokasi_rencana"]
_ISI = ["target", "satuan", "waktu", "keterangan", "masalah", "jenis"]
_BERKODE = re.compile(r"\s*([\dX]\.[\dX]{2}\.\d{2}\.\d{1,2}\.\d{2}\.\d{2,4})[\s.:\-–]*(.*)", re.S)
_BILANGAN = re.compile(r"\s*(\d[\d.,]*)\s*(.*)", re.S)
_RENTANG = re.compile(r"\s*(?:-|–|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga)\s*", re.I)
_TRIWULAN_RENTANG = re.compile(r"(?:triwulan|tw)\s*(iv|iii|ii|i|[1-4])$", re.I)
_SETAHUN = frozenset({"sepanjang tahun", "setahun", "1 tahun", "satu tahun", "tahunan", "12 bulan"})
_KATA_JENIS = ("spesifik", "sensitif")
_HURUF = str.maketrans("0123456789abcdef", "GHJKLMNPQRABCDEF")
Ujung = Literal["mulai", "selesai"]


def read_plan(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> tuple[Potongan, ...]:
    """Return the rows as kegiatan, and what they say of time and money as jadwal and anggaran."""
    potongan = _add_columns(potongan)
    potongan = _split_codes(_use_sections(potongan), konteks.tahun)
    potongan = potongan.drop("D04", potongan.frame["sub_kegiatan"].isna(), kolom="sub_kegiatan")
    if potongan.frame.empty:
        return (potongan,)
    potongan = _add_ids(potongan)
    potongan = _read_targets(_link_indikator(potongan, konteks))
    potongan, schedule = _read_schedule(potongan, konteks)
    money = _read_money(potongan)
    activities = _merge_funds(potongan)
    return (check_rows(activities, konteks), *schedule, *money)


def _add_columns(potongan: Potongan) -> Potongan:
    """Return the sheet with every column the matrix may have; absent ones are missing."""
    frame = potongan.frame
    names = [*_INTI, *_ISI, "sumber_dana", "program", "kegiatan"]
    absent = {name: pd.Series(pd.NA, index=frame.index, dtype="string") for name in names}
    pagu = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    added = {**absent, "pagu_rembuk_rp": pagu}
    return potongan.keep(
        frame.assign(**{name: column for name, column in added.items() if name not in frame})
    )


def _use_sections(potongan: Potongan) -> Potongan:
    """Set aside headings between rows; one that says spesifik or sensitif gives their jenis."""
    frame = potongan.frame
    work = ["sub_kegiatan", "opd", "indikator_output", "target", "pagu_rembuk_rp", "waktu"]
    words = join_columns(frame, ["masalah", "program", "kegiatan", "sub_kegiatan"]).str.lower()
    named = pd.Series([_jenis_in(text) for text in words], index=frame.index, dtype="string")
    blank = frame[["opd", "pagu_rembuk_rp", "indikator_output"]].isna().all(axis=1)
    single = frame[work].notna().sum(axis=1) <= frame["sub_kegiatan"].notna().astype(int)
    heading = blank & single & (frame["sub_kegiatan"].isna() | named.notna())
    meant = named.where(heading).ffill()
    jenis = frame["jenis"].fillna(meant)
    potongan = potongan.keep(frame.assign(jenis=jenis))
    return potongan.drop("T04", heading, nilai=words[heading])


def _jenis_in(words: str) -> str | None:
    """Return the one jenis a heading names, None for none or both."""
    found = [jenis for jenis in _KATA_JENIS if jenis in words]
    return found[0] if len(found) == 1 else None


def _split_codes(potongan: Potongan, tahun: int | None) -> Potongan:
    """Return the rows with the code out of `1.02.02.2.02.0015 Nama`, in its present form."""
    frame = potongan.frame
    parts = frame["sub_kegiatan"].fillna("").str.extract(_BERKODE.pattern, flags=re.S)
    code = frame["kode_sub_kegiatan"].fillna(parts[0].astype("string"))
    code = map_texts(code, normalize_kode_sub_kegiatan).astype("string")
    name = or_missing(parts[1].where(parts[0].notna()))
    made = {"kode_sub_kegiatan": code, "sub_kegiatan": name.fillna(frame["sub_kegiatan"])}
    return tell_other_codes(potongan.keep(frame.assign(**made)), tahun)


def _add_ids(potongan: Potongan) -> Potongan:
    """Return the rows with id_kegiatan; equal rows but for fund and amount share one."""
    frame = potongan.frame
    core = join_columns(frame, _INTI).map(normalize_nama)
    whole = core + "|" + join_columns(frame, _ISI).map(normalize_nama)
    order = whole.groupby(core, sort=False).transform(lambda rows: pd.factorize(rows)[0])
    code = core.map({text: _digest(text) for text in core.unique()})
    suffix = order.map(lambda place: f"-{place + 1}" if place else "")
    made = (code + suffix).astype("string")
    ids = list(dict.fromkeys(made))
    words = list_first(ids, pemisah=", ")
    potongan = potongan.keep(frame.assign(id_kegiatan=made))
    everything = pd.Series(True, index=frame.index)
    return potongan.tell("K50", everything, rincian=f"menjadi {words}")


def _digest(text: str) -> str:
    """Return an id of letters: RK- and eight of them, which a spreadsheet cannot take as number."""
    return f"RK-{blake2b(text.encode(), digest_size=4).hexdigest().translate(_HURUF)}"


def _link_indikator(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return the rows with indikator_terkait by code or exact name; other words stay a remark."""
    frame = potongan.frame
    names = _indikator_names(konteks.tahun)
    words = frame["masalah"]
    codes = map_texts(words, lambda text: _find_indikator(text, names)).astype("string")
    unknown = words.notna() & codes.isna()
    potongan = potongan.keep(frame.assign(indikator_terkait=codes))
    potongan = potongan.tell(
        "K59", unknown & bool(names), kolom="masalah", nilai=words[unknown].unique(),
        rincian="bukan nama atau kode satu indikator",
    )  # fmt: skip
    return _remark(potongan, "Indikator/permasalahan", words.where(unknown))


def _indikator_names(tahun: int | None) -> dict[str, str]:
    if tahun is None:
        return {}
    cards = load_indikator(load_aturan(tahun).set_indikator).values()
    names = {normalize_nama(name): card.kode for card in cards for name in (card.nama, *card.alias)}
    return {**names, **{code.lower(): code for code in known_indikator(tahun)}}


def _find_indikator(text: str, names: dict[str, str]) -> str | None:
    """Return the code of a name or code, of several parted by semicolons the codes; else None."""
    parts = [part for part in text.split(";") if part.strip()]
    codes = [
        names.get(normalize_nama(part)) or names.get(normalize_kode_indikator(part).lower())
        for part in parts
    ]
    return "; ".join(map(str, codes)) if codes and all(codes) else None


def _remark(potongan: Potongan, title: str, words: pd.Series) -> Potongan:
    """Return the rows with `title: words` added to keterangan where there are words."""
    frame = potongan.frame
    added = (f"{title}: " + words.astype("string")).astype("string")
    joined = frame["keterangan"].str.cat(added, sep="; ").fillna(added)
    remark = frame["keterangan"].where(words.isna(), joined)
    return potongan.keep(frame.assign(keterangan=remark.astype("string")))


def _read_targets(potongan: Potongan) -> Potongan:
    """Return the rows with target_output and satuan out of `120 orang`."""
    frame = potongan.frame
    text = frame["target"]
    parts = text.fillna("").str.extract(_BILANGAN.pattern, flags=re.S)
    read = parse_numbers(parts[0].astype(object).where(parts[0].notna(), ""), "profil")
    unit = or_missing(parts[1].astype("string").str.strip())
    odd = text.notna() & read.nilai.isna()
    done = frame.assign(target_output=read.nilai, satuan=frame["satuan"].fillna(unit))
    potongan = potongan.keep(done).tell(
        "K59", odd, kolom="target", nilai=text[odd].unique(), rincian="bukan bilangan tunggal"
    )
    return _remark(potongan, "Target", text.where(odd))


def _read_schedule(potongan: Potongan, konteks: Konteks) -> tuple[Potongan, list[Potongan]]:
    """Return the rows, and their planned window as jadwal where the time can be read."""
    text = potongan.frame["waktu"]
    if text.isna().all():
        return potongan, []
    pairs = [("", "") if pd.isna(words) else _split_range(words) for words in text]
    halves = pd.DataFrame(pairs, index=text.index, dtype=object)
    ends: dict[Ujung, pd.Series] = {
        "mulai": parse_dates(halves[0], tahun=konteks.tahun, ujung="mulai").nilai,
        "selesai": parse_dates(halves[1], tahun=konteks.tahun, ujung="selesai").nilai,
    }
    known = ends["mulai"].notna() & ends["selesai"].notna() & (ends["mulai"] <= ends["selesai"])
    odd = text.notna() & ~known
    potongan = potongan.tell(
        "K59", odd, kolom="waktu", nilai=text[odd].unique(), rincian="bukan satu rentang waktu"
    )
    potongan = _remark(potongan, "Waktu", text.where(odd))
    rows = pd.DataFrame(
        {
            "id_kegiatan": potongan.frame["id_kegiatan"],
            "jendela": 1,
            "rencana_mulai": ends["mulai"],
            "rencana_selesai": ends["selesai"],
        }
    )[known]
    return potongan, _derive(potongan, "jadwal", rows.drop_duplicates("id_kegiatan"))


def _split_range(text: str) -> tuple[str, str]:
    """Return first and last part of `Januari - Maret`; `TW I-IV` keeps its word on both."""
    if normalize_nama(text) in _SETAHUN:
        return "Januari", "Desember"
    parts = [part for part in _RENTANG.split(text.strip()) if part]
    if len(parts) != 2:
        return (text, text) if len(parts) == 1 else ("", "")
    first, last = parts
    if _TRIWULAN_RENTANG.match(first) and re.fullmatch(r"iv|iii|ii|i|[1-4]", last, re.I):
        last = f"TW {last}"
    return _borrow_year(first, last), last


def _borrow_year(first: str, last: str) -> str:
    """Return the first part with the year that only the last one names."""
    year = re.search(r"\b20\d\d\b", last)
    return f"{first} {year[0]}" if year and not re.search(r"\b20\d\d\b", first) else first


def _read_money(potongan: Potongan) -> list[Potongan]:
    """Return the amounts as anggaran: what the plan sets aside, by fund."""
    rows = potongan.frame[potongan.frame["pagu_rembuk_rp"].notna()]
    funds = load_keuangan().sumber_dana
    chosen = map_texts(rows["sumber_dana"], funds.choose).astype("string")
    frame = rows[["id_kegiatan", "pagu_rembuk_rp"]].assign(
        sumber_dana=chosen.fillna(funds.tidak_dirinci)
    )
    return _derive(potongan, "anggaran", frame)


def _derive(potongan: Potongan, tabel: str, frame: pd.DataFrame) -> list[Potongan]:
    """Return rows that another table gets from the same sheet; the ledger counts them once."""
    if frame.empty:
        return []
    sumber = potongan.sumber.model_copy(update={"tabel": tabel})
    place = replace(potongan.tempat, tabel=tabel)
    return [Potongan(sumber, place, frame, blok=potongan.blok, turunan=True)]


def _merge_funds(potongan: Potongan) -> Potongan:
    """Return each activity once; further rows of it only tell another fund."""
    again = potongan.frame["id_kegiatan"].duplicated()
    potongan = potongan.keep(potongan.frame.loc[~again])
    return potongan.book("K50", int(again.sum()))
