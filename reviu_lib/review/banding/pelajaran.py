"""What works where: a target reached in one place and not in others, with the activities beside it.

An association only: the activities stand beside the coverage, nothing says that one made the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviu_lib.formatting import list_first
from reviu_lib.hasil import HasilReviu

TERCAPAI, BELUM = "tercapai", "belum tercapai"
_SEMENTARA = ("sementara", "tidak tersedia")
_KEGIATAN_DISEBUT, _NAMA_DISEBUT = 3, 5
_TAK_BANDING = "tidak dapat dibandingkan"


def gather_cakupan(daftar: Sequence[HasilReviu], nama: Mapping[str, str]) -> pd.DataFrame:
    """Return coverage of every kabupaten by indicator: capaian_cakupan less opd, and names."""
    frames = [
        hasil.capaian_cakupan[hasil.capaian_cakupan["tingkat"].eq("kabupaten")].assign(
            kode_kabupaten=hasil.kode_kabupaten, kabupaten=nama[hasil.kode_kabupaten]
        )
        for hasil in daftar
    ]
    return pd.concat(frames, ignore_index=True).drop(columns="opd")


def compute_pelajaran(cakupan: pd.DataFrame, kegiatan: pd.DataFrame) -> pd.DataFrame:
    """Return the table pelajaran, indicators missed by most places first.

    `cakupan` from `gather_cakupan`, `kegiatan` from `gather_kegiatan`. A place whose figure is
    provisional teaches nothing yet.
    """
    short = cakupan[cakupan["status_capaian"].eq(BELUM)].groupby("kode_indikator")["kabupaten"]
    missed = pd.DataFrame({"jumlah_belum": short.size(), "belum": short.agg(_list_names)})
    good = cakupan["status_capaian"].eq(TERCAPAI) & ~cakupan["status_data"].isin(_SEMENTARA)
    rows = cakupan[good].merge(missed, on="kode_indikator")
    rows = rows.merge(kegiatan, on=["kode_kabupaten", "kode_indikator"], how="left")
    rows = rows.assign(
        baris=rows["kode_indikator"] + "@" + rows["kode_kabupaten"],
        perubahan=_say_change(rows),
        jumlah_kegiatan=rows["jumlah_kegiatan"].fillna(0),
        dasar="capaian_cakupan " + rows["baris"],
    )
    order = ["jumlah_belum", "kode_indikator", "kode_kabupaten"]
    return rows[_KOLOM].sort_values(order, ascending=[False, True, True], kind="stable")


_KOLOM = [
    "baris", "kode_indikator", "indikator", "kode_kabupaten", "kabupaten", "capaian_persen",
    "target_persen", "capaian_lalu_persen", "tren_poin", "perubahan", "jumlah_belum", "belum",
    "jumlah_kegiatan", "kegiatan", "opd", "dasar",
]  # fmt: skip


def _list_names(names: pd.Series) -> str:
    return list_first(list(names), _NAMA_DISEBUT, pemisah=", ")


def _say_change(rows: pd.DataFrame) -> pd.Series:
    """Return whether the indicator became better since last year, by its direction."""
    gain = rows["tren_poin"].where(rows["arah"].eq("naik"), -rows["tren_poin"])
    words = pd.Series("tetap", rows.index, "string")
    words = words.mask(gain > 0, "membaik").mask(gain < 0, "memburuk")
    return words.mask(gain.isna(), _TAK_BANDING)


def gather_kegiatan(daftar: Sequence[HasilReviu]) -> pd.DataFrame:
    """Return the activities beside each indicator: kode_kabupaten, kode_indikator, counts, names.

    Those whose output reached its target first, at most three named.
    """
    whole = pd.concat([_linked(hasil) for hasil in daftar], ignore_index=True)
    whole["_urut"] = whole["status_output"].ne(TERCAPAI).fillna(True)
    whole = whole.sort_values("_urut", kind="stable")
    word = whole["status_output"].fillna("belum dapat dinilai").astype("string")
    opd = whole["opd"].fillna("OPD tidak dicatat").astype("string")
    whole["_kata"] = whole["sub_kegiatan"] + " (" + opd + "; output " + word + ")"
    groups = whole.groupby(["kode_kabupaten", "kode_indikator"], sort=False)
    parts = {
        "jumlah_kegiatan": groups.size(),
        "kegiatan": groups["_kata"].agg(lambda names: list_first(list(names), _KEGIATAN_DISEBUT)),
        "opd": groups["opd"].agg(lambda names: ", ".join(dict.fromkeys(names.dropna()))),
    }
    return pd.DataFrame(parts).reset_index()


def _linked(hasil: HasilReviu) -> pd.DataFrame:
    frame = hasil.realisasi_kegiatan[["indikator_terkait", "sub_kegiatan", "opd", "status_output"]]
    rows = frame.assign(kode_indikator=frame["indikator_terkait"].str.split(";"))
    rows = rows.explode("kode_indikator", ignore_index=True)
    rows = rows.assign(
        kode_indikator=rows["kode_indikator"].str.strip(), kode_kabupaten=hasil.kode_kabupaten
    )
    return rows[rows["kode_indikator"].fillna("").ne("")]
