"""Published figures that are catalogue indicators become rows of `cakupan`."""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import tabel_masukan
from reviu_lib.ingest.findings import Temuan, note
from reviu_lib.ingest.unite import ASAL, place_of
from reviu_lib.reference import nama_wilayah

_KUNCI = ["kode_desa", "kode_indikator"]
_ANGKA = ["pembilang", "penyebut"]
_TAHUNAN = "tahunan"
_DITAMPILKAN = 5


def published_to_cakupan(
    published: pd.DataFrame, cakupan: pd.DataFrame | None, *, kode_kabupaten: str, tahun: int
) -> tuple[pd.DataFrame, list[Temuan]]:
    """Return the rows of the kabupaten (kode_desa missing) and its desa as `cakupan` with origins.

    Only figures of that year with pembilang and penyebut. A figure that differs from another file
    or from what `cakupan` already holds for the year gives no row, and K31.
    """
    rows = _usable(published, kode_kabupaten, tahun)
    held = _held(cakupan)
    every = pd.concat([rows[[*_KUNCI, *_ANGKA]], held])
    figures = every["pembilang"].astype("string") + "/" + every["penyebut"].astype("string")
    keys = [every[name].fillna("") for name in _KUNCI]
    clash = (figures.groupby(keys).transform("nunique") > 1).iloc[: len(rows)].to_numpy()
    found = [_tell(rows.loc[clash])] if clash.any() else []
    known = pd.MultiIndex.from_frame(held[_KUNCI].fillna(""))
    own = pd.MultiIndex.from_frame(rows[_KUNCI].fillna(""))
    used = rows.loc[~clash & ~own.isin(known)].drop_duplicates(_KUNCI)
    baku = tabel_masukan()["cakupan"].conform(_named(used).assign(periode=_TAHUNAN))
    return pd.concat([baku, used[ASAL].reset_index(drop=True)], axis=1), found


def _usable(published: pd.DataFrame, kode_kabupaten: str, tahun: int) -> pd.DataFrame:
    code = published["kode_wilayah"].astype("string").fillna("")
    kabupaten = (published["tingkat"] == "kabupaten") & (code == kode_kabupaten)
    desa = (published["tingkat"] == "desa") & code.str.startswith(f"{kode_kabupaten}.")
    whole = published["pembilang"].notna() & published["penyebut"].notna()
    now = (published["tahun"] == tahun).fillna(True).astype(bool)
    mine = kabupaten.fillna(False) | desa.fillna(False)
    rows = published.loc[mine & whole & now & published["kode_indikator"].notna()]
    return rows.assign(kode_desa=rows["kode_wilayah"].mask(rows["tingkat"] == "kabupaten"))


def _held(cakupan: pd.DataFrame | None) -> pd.DataFrame:
    if cakupan is None:
        return tabel_masukan()["cakupan"].empty()[[*_KUNCI, *_ANGKA]]
    return cakupan.loc[cakupan["periode"] == _TAHUNAN, [*_KUNCI, *_ANGKA]]


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    codes = rows["kode_desa"]
    upper = codes.str.rpartition(".")[0] if codes.notna().any() else codes
    return rows[[*_KUNCI, *_ANGKA]].assign(
        desa=codes.map(nama_wilayah, na_action="ignore"),
        kecamatan=upper.map(nama_wilayah, na_action="ignore"),
    )


def _tell(rows: pd.DataFrame) -> Temuan:
    pairs = rows["pembilang"].astype(str) + "/" + rows["penyebut"].astype(str)
    texts = (rows["kode_indikator"] + ": " + pairs + " (" + rows["_berkas"] + ")").unique()
    place = place_of(rows, "capaian_terbit").at("kode_indikator")
    return note("K31", place, baris=rows["_baris"], rincian="; ".join(texts[:_DITAMPILKAN]))
