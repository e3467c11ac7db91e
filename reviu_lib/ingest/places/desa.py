"""The desa of a whole sheet: every row gets its code and official names, or is told about."""

from __future__ import annotations

import pandas as pd

from reviu_lib.ingest.parse.distinct import Ragam, map_texts
from reviu_lib.ingest.places.guess import Tebakan
from reviu_lib.ingest.places.match import Tertulis, match_desa
from reviu_lib.ingest.places.padanan import TANPA_PADANAN, Padanan, propose
from reviu_lib.ingest.places.register import load_register
from reviu_lib.ingest.tables import Potongan

_DITAMPILKAN = 5
_SARAN = frozenset({"W01", "W02", "W06", "W13"})  # their particulars are a sentence of their own
_DIPAKAI = (("W04", "kode_desa"), ("W14", "kode_desa"), ("W18", "desa"), ("W20", "desa"))
_DITOLAK = (
    ("W05", "kode_desa"), ("W01", "kode_desa"), ("W13", "kode_desa"),
    ("W02", "desa"), ("W03", "desa"), ("W07", "desa"),
)  # fmt: skip


def resolve_desa(
    potongan: Potongan, kode_kabupaten: str, *, padanan: Padanan = TANPA_PADANAN
) -> Potongan:
    """Return the sheet with kode_desa, kecamatan, and desa as the reference spells them.

    Rows of another kabupaten, unknown or ambiguous ones are dropped with a galat (W01, W02, W03,
    W05, W07, W13); in an export they stay without a code (W06). W04: a name contradicts its code;
    W14: an old code was replaced; W18: the reviewed mapping decided; W20: numerals were written
    alike. W24 carries the proposals for names that stayed open.
    """
    frame = potongan.frame
    asked = [_text(frame, name) for name in Tertulis._fields]
    written = pd.Series(list(zip(*asked, strict=True)), index=frame.index, dtype=object)
    distinct = Ragam.of(written)
    rows = [Tertulis(*row) for row in distinct.nilai]
    answers = [match_desa(row, kode_kabupaten, padanan) for row in rows]
    columns = list(Tebakan._fields)
    found = pd.DataFrame(answers, columns=columns).take(distinct.nomor).set_axis(frame.index)
    potongan = potongan.keep(_with_names(frame, found["kode"], kode_kabupaten))
    potongan = _report(potongan, found, written)
    return _propose(potongan, dict(zip(rows, answers, strict=True)))


def _text(frame: pd.DataFrame, name: str) -> list[str]:
    column = "kode_desa" if name == "kode" else name
    if column not in frame:
        return [""] * len(frame)
    return list(frame[column].fillna("").to_numpy(dtype=object))


def _with_names(frame: pd.DataFrame, codes: pd.Series, kode_kabupaten: str) -> pd.DataFrame:
    """Return the frame with reference spellings where a code was found."""
    known = load_register(kode_kabupaten).kode
    good = codes != ""
    named = frame.assign(kode_desa=codes.where(good).astype("string"))
    for name in ("kecamatan", "desa"):
        parts = {kode: getattr(place, name) for kode, place in known.items()}
        spelled = map_texts(codes, parts.get)
        written = frame[name] if name in frame else pd.Series(None, index=frame.index)
        named[name] = spelled.where(good, written).astype("string")
    return named


def _report(potongan: Potongan, found: pd.DataFrame, written: pd.Series) -> Potongan:
    """Return the sheet with its findings, without the rows that have no place."""
    for kode, kolom in _DIPAKAI:
        rows = found["temuan"] == kode
        words = {"rincian": _list(found, kode), "nilai": _shown(written[rows], kolom)}
        potongan = potongan.tell(kode, rows, kolom=kolom, **words)
    for kode, kolom in _DITOLAK:
        rows = (found["temuan"] == kode).reindex(potongan.frame.index, fill_value=False)
        told = "W06" if potongan.sumber.longgar and kode != "W05" else kode
        listed = _list(found, kode)
        hint = f"{listed}." if listed and told in _SARAN else listed
        shown = _shown(written.loc[rows.index[rows]], kolom)
        tell = potongan.tell if told == "W06" else potongan.drop
        potongan = tell(told, rows, kolom=kolom, nilai=shown, rincian=hint)
    return potongan


def _shown(written: pd.Series, kolom: str) -> list[str]:
    """Return the written code, or the written desa with its kecamatan."""
    rows = [Tertulis(*row) for row in written]
    if kolom == "kode_desa":
        return [row.kode for row in rows]
    return [f"{row.nama} ({row.kecamatan})" if row.kecamatan else row.nama for row in rows]


def _list(found: pd.DataFrame, kode: str) -> str:
    texts = list(dict.fromkeys(found.loc[found["temuan"] == kode, "rincian"]))
    shown = "; ".join(text for text in texts[:_DITAMPILKAN] if text)
    return f"{shown}; dan lainnya" if len(texts) > _DITAMPILKAN else shown


def _propose(potongan: Potongan, answers: dict[Tertulis, Tebakan]) -> Potongan:
    open_ = {(row.nama, row.kecamatan): guess for row, guess in answers.items() if not guess.kode}
    told = propose(open_, potongan.tempat)
    return potongan.keep(potongan.frame, told) if told else potongan
