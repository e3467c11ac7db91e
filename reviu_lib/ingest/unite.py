"""Rows of several sheets and files become one canonical table with provenance.

Equal keys with equal content are one row; with different content none is used, because choosing
would be guessing. Visits of children follow rules of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviu_lib.catalog import Tabel, load_aturan, load_indikator, tabel_masukan
from reviu_lib.ingest.findings import Temuan, note, place_of
from reviu_lib.ingest.identity import drop_repeats
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.tables import Potongan
from reviu_lib.putusan import merge_putusan
from reviu_lib.reference import normalize_nama

# Where a row came from; stays beside the canonical columns until the end. `_blok` is the first
# column of its table, for tables that stand side by side.
ASAL = ["_berkas", "_lembar", "_baris", "_blok"]
_DITAMPILKAN = 5
_PEMISAH = " / "
_SATUAN_MENGIKUTI = ("kecamatan", "desa")  # names that follow from the code: not compared


def unite(pieces: Sequence[Potongan]) -> dict[str, pd.DataFrame]:
    """Return one frame per canonical table: declared columns, then ASAL, in reading order."""
    frames: dict[str, list[pd.DataFrame]] = {}
    for piece in pieces:
        if not piece.frame.empty:
            frames.setdefault(piece.tabel, []).append(_with_origin(piece))
    return {
        tabel: pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
        for tabel, parts in frames.items()
    }


def _with_origin(piece: Potongan) -> pd.DataFrame:
    baku = piece.sumber.baku
    own = [name for name in baku.nama_kolom if name in piece.frame]
    kept = piece.frame[own]
    origin = pd.DataFrame(
        {
            "_berkas": piece.tempat.berkas,
            "_lembar": piece.tempat.lembar,
            "_baris": kept.index,
            "_blok": piece.blok,
        }
    )
    return pd.concat([baku.conform(kept), origin], axis=1)


def drop_duplicates(
    tabel: str, frame: pd.DataFrame
) -> tuple[pd.DataFrame, list[Temuan], pd.DataFrame]:
    """Return the frame with each key once, what was found (D01 to D09), and what was set aside.

    The last is one row for each row dropped: ASAL and `kode`, the kind of finding.
    """
    if tabel == "pengukuran":
        return drop_repeats(frame)
    baku = tabel_masukan()[tabel]
    key = _join(frame, list(baku.kunci))
    twice = key.duplicated(keep=False)
    if not twice.any():
        return frame, [], _set_aside(frame.iloc[:0], "")
    compared = [name for name in baku.nama_kolom if name not in _SATUAN_MENGIKUTI]
    content = _join(frame, compared)
    clash = twice & (content.groupby(key).transform("nunique") > 1)
    again = twice & ~clash & key.duplicated(keep="first")
    found = _tell_clashes(tabel, frame, key, clash) + _tell_again(tabel, frame, key, again)
    aside = [_set_aside(frame.loc[clash], "D03"), _set_aside(frame.loc[again], "D02")]
    return frame.loc[~(clash | again)].reset_index(drop=True), found, pd.concat(aside)


def join_decisions(frame: pd.DataFrame, tahun: int | None) -> pd.DataFrame:
    """Return decisions with their year; those on one proposal that agree hold the same.

    A source without a year in its title is of the folder's. Rows that contradict each other stay
    different, so that none of them is used and both places are told.
    """
    own = tabel_masukan()["putusan"].nama_kolom
    rows = frame.assign(tahun=frame["tahun"].fillna(tahun) if tahun else frame["tahun"])
    merged, _ = merge_putusan(rows[own])
    return rows.assign(**{name: merged[name] for name in own})


def _set_aside(rows: pd.DataFrame, kode: str) -> pd.DataFrame:
    return rows[ASAL].assign(kode=kode)


def _join(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Return the columns as one text; missing is equal to missing."""
    texts = [frame[name].astype("string").fillna("") for name in columns]
    return texts[0].str.cat(texts[1:], sep=_PEMISAH) if len(texts) > 1 else texts[0]


def _tell_again(tabel: str, frame: pd.DataFrame, key: pd.Series, again: pd.Series) -> list[Temuan]:
    if not again.any():
        return []
    rows = frame.loc[again]
    place = place_of(rows, tabel)
    return [note("D02", place, baris=rows["_baris"], nilai=key[again].unique())]


def _tell_clashes(
    tabel: str, frame: pd.DataFrame, key: pd.Series, clash: pd.Series
) -> list[Temuan]:
    """Return one D03 that names both places of up to five keys."""
    if not clash.any():
        return []
    rows = frame.loc[clash]
    spots = rows["_berkas"] + " " + rows["_lembar"] + " baris " + rows["_baris"].astype(str)
    by_key = spots.groupby(key[clash], sort=False).agg(" dan ".join)
    shown = [f"{name} ({places})" for name, places in by_key.iloc[:_DITAMPILKAN].items()]
    more = len(by_key) - _DITAMPILKAN
    text = "; ".join(shown) + (f"; dan {more} kunci lainnya" if more > 0 else "")
    place = place_of(rows, tabel)
    return [note("D03", place, baris=rows["_baris"], rincian=text)]


def find_orphans(frames: Mapping[str, pd.DataFrame]) -> list[Temuan]:
    """Return K04 for rows that refer to an id_kegiatan the kegiatan table does not have."""
    if "kegiatan" not in frames:
        return []
    known = frames["kegiatan"]["id_kegiatan"]
    found = []
    for tabel in ("jadwal", "anggaran", "hambatan"):
        if tabel not in frames:
            continue
        ids = frames[tabel]["id_kegiatan"]
        orphan = ids.notna() & ~ids.isin(known)
        if orphan.any():
            rows = frames[tabel].loc[orphan]
            place = place_of(rows, tabel).at("id_kegiatan")
            found.append(note("K04", place, baris=rows["_baris"], nilai=ids[orphan].unique()))
    return found


def finish_rekap(frame: pd.DataFrame, tahun: int) -> tuple[pd.DataFrame, list[Temuan]]:
    """Return the recap rows numbered and matched to the catalogue; K14 lists the unmatched."""
    names = _alias_table(tahun)
    code = frame["indikator"].map(lambda name: names.get(normalize_nama(name)), na_action="ignore")
    number = frame["no"].fillna("baris " + frame["_baris"].astype("string"))
    again = _join(frame.assign(no=number), ["_berkas", "no"]).duplicated()
    number = number.mask(again, number + " (baris " + frame["_baris"].astype("string") + ")")
    done = frame.assign(
        berkas=frame["_berkas"].astype("string"),
        no=number.astype("string"),
        kode_indikator=code.astype("string"),
    )
    rest = done["kode_indikator"].isna()
    if not rest.any():
        return done, []
    rows = done.loc[rest]
    place = place_of(rows, "rekap").at("indikator")
    return done, [note("K14", place, baris=rows["_baris"], nilai=rows["indikator"])]


def _alias_table(tahun: int) -> dict[str, str]:
    cards = load_indikator(load_aturan(tahun).set_indikator).values()
    return {normalize_nama(name): card.kode for card in cards for name in (card.nama, *card.alias)}


def rekap_to_cakupan(rekap: pd.DataFrame) -> tuple[pd.DataFrame, list[Temuan]]:
    """Return matched percent rows as kabupaten figures of cakupan (kode_desa missing).

    Only rows with both pembilang and penyebut. An indicator for which recaps disagree gives no
    row, and K13.
    """
    layout = load_layouts()["rekap"]
    percent = rekap["satuan"].str.lower().isin(layout.satuan_persen)
    whole = rekap["pembilang"].notna() & rekap["penyebut"].notna()
    rows = rekap.loc[percent & whole & rekap["kode_indikator"].notna()]
    figures = _join(rows, ["pembilang", "penyebut"]) if len(rows) else pd.Series(dtype="string")
    clash = figures.groupby(rows["kode_indikator"]).transform("nunique") > 1
    found = [_tell_disagreement(rows.loc[clash])] if clash.any() else []
    used = rows.loc[~clash].drop_duplicates("kode_indikator")
    columns = ["kode_indikator", "pembilang", "penyebut"]
    baku = tabel_masukan()["cakupan"].conform(used[columns].assign(periode=layout.periode))
    return pd.concat([baku, used[ASAL].reset_index(drop=True)], axis=1), found


def _tell_disagreement(rows: pd.DataFrame) -> Temuan:
    pairs = rows["pembilang"].astype(str) + "/" + rows["penyebut"].astype(str)
    texts = (rows["kode_indikator"] + ": " + pairs + " (" + rows["_berkas"] + ")").tolist()
    place = place_of(rows, "rekap").at("kode_indikator")
    return note("K13", place, baris=rows["_baris"], rincian="; ".join(texts[:_DITAMPILKAN]))


def list_origins(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the canonical table `asal`: file, sheet, and row of every row of every table.

    A frame with `baris` names there the row of its table that each origin belongs to.
    """
    baku: Tabel = tabel_masukan()["asal"]
    parts = [
        pd.DataFrame(
            {
                "tabel": tabel,
                "baris": frame.get("baris", range(len(frame))),
                "berkas": frame["_berkas"],
                "lembar": frame["_lembar"],
                "baris_berkas": frame["_baris"],
            }
        )
        for tabel, frame in frames.items()
    ]
    return baku.conform(pd.concat(parts)) if parts else baku.empty()
