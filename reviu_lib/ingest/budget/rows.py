"""Rows of exports become rows of `realisasi_anggaran`; each amount is counted once.

Documents may come again in a later export, snapshots (rekap pagu, LRA, Dana Desa) in a second
file. The same content is used once, different content not at all: choosing would be guessing.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviu_lib.formatting import mask_identity
from reviu_lib.ingest.budget.rules import is_own_nomenclature
from reviu_lib.ingest.parse.codes import normalize_kode_sub_kegiatan
from reviu_lib.ingest.parse.texts import map_texts
from reviu_lib.ingest.tables import Potongan
from reviu_lib.ingest.unite import ASAL
from reviu_lib.reference import normalize_nama

TABEL = "realisasi_anggaran"
KUNCI = "_kunci"  # what makes a transaction one; only in rows of documents
ISI = "_isi"  # what must agree where a key comes again
_PEMISAH = " / "
_DITAMPILKAN = 5
_RUPIAH = ["pagu_rp", "realisasi_rp"]
_KELOMPOK = ["sumber", "tahun", "skpd", "kode_sub_kegiatan", "sumber_dana"]


def join_columns(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Return the columns that exist as one text each row; missing is an empty part."""
    parts = [frame[name].astype("string").fillna("") for name in columns if name in frame]
    if not parts:
        return pd.Series("", index=frame.index, dtype="string")
    return parts[0].str.cat(parts[1:], sep=_PEMISAH) if len(parts) > 1 else parts[0]


def or_missing(texts: pd.Series) -> pd.Series:
    """Return the texts, "" as missing."""
    words = texts.astype("string")
    return words.where((words != "").fillna(False))


def read_codes(potongan: Potongan, tahun: int | None) -> Potongan:
    """Return the sheet with sub-kegiatan codes in one form; rows without a code set aside.

    Codes of another nomenclature stay as written, with K48: they never meet a kegiatan.
    """
    codes = potongan.frame["kode_sub_kegiatan"]
    codes = map_texts(codes, normalize_kode_sub_kegiatan).astype("string")
    potongan = potongan.keep(potongan.frame.assign(kode_sub_kegiatan=codes))
    potongan = potongan.drop("K52", codes.isna(), rincian="tidak menyebut kode sub kegiatan")
    return tell_other_codes(potongan, tahun)


def tell_other_codes(potongan: Potongan, tahun: int | None) -> Potongan:
    """Return the sheet with K48 about codes of a nomenclature that is not in use in `tahun`."""
    codes = potongan.frame["kode_sub_kegiatan"]
    strange = [code for code in codes.dropna().unique() if not is_own_nomenclature(code, tahun)]
    rows = codes.isin(strange)
    words = f"tahun {tahun}"
    return potongan.tell("K48", rows, kolom="kode_sub_kegiatan", nilai=strange, rincian=words)


def drop_repeats(potongan: Potongan) -> Potongan:
    """Return the sheet with each key once: D02 for the same content, D03 where it differs."""
    key, content = potongan.frame[KUNCI], potongan.frame[ISI]
    known = key.notna()
    clash = known & (content.groupby(key).transform("nunique") > 1)
    again = known & ~clash & key.duplicated()
    shown = [_show_key(text) for text in key[clash].unique()[:_DITAMPILKAN]]
    potongan = potongan.drop("D03", clash, rincian="; ".join(shown))
    twice = [_show_key(text) for text in key[again].unique()]
    return potongan.drop("D02", again.loc[~clash], nilai=twice)


def _show_key(key: str) -> str:
    """Return the parts of a key that are filled, without identity."""
    return mask_identity(_PEMISAH.join(part for part in key.split(_PEMISAH) if part))


def settle(pieces: Sequence[Potongan]) -> list[Potongan]:
    """Return all pieces, those of money without what another file repeats or contradicts."""
    money = [place for place, piece in enumerate(pieces) if _holds_money(piece)]
    settled = dict(enumerate(pieces))
    verdicts = _judge([pieces[place] for place in money])
    for place, verdict in zip(money, verdicts, strict=True):
        settled[place] = _apply(pieces[place], verdict)
    return list(settled.values())


def _holds_money(piece: Potongan) -> bool:
    return piece.tabel == TABEL and not piece.frame.empty


def _judge(pieces: Sequence[Potongan]) -> list[pd.DataFrame]:
    """Return per piece its rows whose key another piece has: key, kode (D02, D03), rincian."""
    if not pieces:
        return []
    rows = pd.concat([_describe(piece, place) for place, piece in enumerate(pieces)])
    keys = rows.drop_duplicates(["key", "piece"])
    keys = keys[keys["key"].duplicated(keep=False)]
    by_key = keys.groupby("key", sort=False)
    differs = keys["key"].map(by_key["isi"].nunique() > 1).astype(bool)
    kode = (
        pd.Series("D02", index=keys.index).where(keys["key"].duplicated(), "").mask(differs, "D03")
    )
    keys = keys.assign(kode=kode, rincian=keys["key"].map(by_key["berkas"].agg(" dan ".join)))
    told = rows[["piece", "key"]].reset_index(names="label")
    told = told.merge(keys[["piece", "key", "kode", "rincian"]], on=["piece", "key"])
    told = told.set_index("label")
    return [told[told["piece"] == place] for place in range(len(pieces))]


def _describe(piece: Potongan, place: int) -> pd.DataFrame:
    """Return key and content of each row: of a document its own, else of its whole group."""
    frame = piece.frame
    if KUNCI in frame:
        blank = pd.Series([f"{place}#{label}" for label in frame.index], index=frame.index)
        key, content = frame[KUNCI].fillna(blank), frame[ISI]
    else:
        # A file of pagu and one of realisasi complete each other; two of one kind repeat.
        told = frame["pagu_rp"].notna().map({True: "pagu", False: "realisasi"})
        key = group_key(frame) + _PEMISAH + told.astype("string")
        sums = frame[_RUPIAH].astype("Float64").groupby(key).transform("sum", min_count=1)
        content = join_columns(sums, _RUPIAH)
    berkas = f"{piece.tempat.berkas} {piece.tempat.lembar}".strip()
    return pd.DataFrame({"piece": place, "key": key, "isi": content, "berkas": berkas})


def _apply(piece: Potongan, verdict: pd.DataFrame) -> Potongan:
    for kode in ("D03", "D02"):
        hit = verdict.loc[verdict["kode"] == kode]
        rows = pd.Series(piece.frame.index.isin(hit.index), index=piece.frame.index)
        keys = hit.drop_duplicates("key")[:_DITAMPILKAN]
        shown = [_show_key(key) for key in keys["key"]]
        texts = (f"{key} ({files})" for key, files in zip(shown, keys["rincian"], strict=True))
        piece = piece.drop(kode, rows, nilai=shown, rincian="; ".join(texts))
    return piece


def group_key(frame: pd.DataFrame) -> pd.Series:
    """Return the text that rows of one canonical row share; the SKPD by code, else by name."""
    code = frame["kode_skpd"].astype("string")
    name = map_texts(frame["nama_skpd"].astype("string"), normalize_nama)
    skpd = code.fillna(name.astype("string"))
    return join_columns(frame.assign(skpd=skpd), _KELOMPOK)


def sum_rows(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the canonical rows (with the origin of their first row), and all their origins.

    The origins have `baris`, the place of the canonical row, and the columns of ASAL.
    """
    place, _ = pd.factorize(group_key(frame))
    grouped = frame.groupby(place, sort=False)
    words = [name for name in frame if name not in {*_RUPIAH, "per_tanggal"}]
    summed = grouped[words].first()
    for name in _RUPIAH:
        summed[name] = grouped[name].sum(min_count=1)
    summed["per_tanggal"] = grouped["per_tanggal"].max()
    origins = frame[ASAL].assign(baris=place).reset_index(drop=True)
    return summed[list(frame.columns)].reset_index(drop=True), origins
