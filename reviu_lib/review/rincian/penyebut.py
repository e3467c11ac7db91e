"""Denominators by their kind: this year beside last year within one kind, and what others differ.

Years are compared only within one kind (proyeksi, riil, terdaftar, diukur), and not across a jump
of the denominator. Where another source counts the same people otherwise, both figures stand side
by side with the coverage that each would give; neither is called the right one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.review.capaian.cakupan import pairs_of_rekap
from reviu_lib.review.capaian.periode import is_pasangan
from reviu_lib.review.capaian.tren import explain_batas
from reviu_lib.review.konteks import Konteks, once
from reviu_lib.review.rasio import compute_persen, join_key

SEJENIS = "sejenis"
DITAHAN = "ditahan"
TAHUN_INI = "hanya tahun ini"
TAHUN_LALU = "hanya tahun lalu"
TANPA_LALU = "tanpa tahun lalu"
LAIN = "penyebut lain"
LAIN_JAUH = "penyebut lain, berbeda jauh"
_TAK_DINYATAKAN = "tidak dinyatakan"
_KUNCI = ["kode_indikator", "jenis_penyebut"]
_LEMBAR = "lembar cakupan"


def compute_penyebut(konteks: Konteks) -> pd.DataFrame:
    """Return the table penyebut_indikator: kinds of the sheet first, then other denominators.

    No rows without a complete pair of the review year.
    """
    own = _own_pairs(konteks.pasangan)
    if own.empty:
        return pd.DataFrame(columns=["baris"])
    kinds = _compare_kinds(konteks, own)
    desa = own[own["kode_desa"].notna()]
    others = [_of_rekap(konteks, desa), _of_population(konteks, desa)]
    frame = pd.concat(
        [kinds, _weigh(pd.concat(others, ignore_index=True), konteks)], ignore_index=True
    )
    order = {kode: place for place, kode in enumerate(konteks.indikator)}
    frame["urutan"] = frame["kode_indikator"].map(order)
    frame = frame.sort_values("urutan", kind="stable", ignore_index=True).drop(columns="urutan")
    cards = konteks.indikator
    return frame.assign(
        indikator=frame["kode_indikator"].map({kode: card.nama for kode, card in cards.items()}),
        populasi=frame["kode_indikator"].map(_populations(konteks)),
        baris=join_key(frame["kode_indikator"], frame["sumber"], frame["jenis_penyebut"]),
    )


@once
def _populations(konteks: Konteks) -> dict[str, str]:
    return {kode: card.populasi_penyebut for kode, card in konteks.indikator.items()}


def _compare_kinds(konteks: Konteks, own: pd.DataFrame) -> pd.DataFrame:
    """Return one row per indicator and kind of denominator of either year."""
    now = _sum_kinds(own)
    before = _sum_kinds(_own_pairs(konteks.pasangan_lalu))[["pembilang", "penyebut"]].add_suffix(
        "_lalu"
    )
    frame = now.join(before, how="outer").reset_index()
    frame = frame.assign(
        sumber=_LEMBAR,
        berkas=_list_files(konteks.bahan)
        .reindex(pd.MultiIndex.from_frame(frame[_KUNCI]))
        .to_numpy(),
        capaian_persen=compute_persen(frame["pembilang"], frame["penyebut"]),
        capaian_lalu_persen=compute_persen(frame["pembilang_lalu"], frame["penyebut_lalu"]),
        perubahan_penyebut_persen=compute_persen(
            frame["penyebut"] - frame["penyebut_lalu"], frame["penyebut_lalu"]
        ),
    )
    reached = own.groupby("kode_indikator")["pembilang"].sum()
    frame = frame.assign(terlayani=frame["kode_indikator"].map(reached))
    return _judge_kinds(frame, konteks).drop(columns=["pembilang_lalu", "terlayani"])


def _own_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the complete pairs of desa; of the kabupaten only where no desa reports."""
    rows = pairs[is_pasangan(pairs)]
    known = rows["kode_desa"].notna()
    per_desa = rows.loc[known, "kode_indikator"].unique()
    rows = rows[known | ~rows["kode_indikator"].isin(list(per_desa))]
    return rows.assign(jenis_penyebut=rows["jenis_penyebut"].fillna(_TAK_DINYATAKAN))


def _sum_kinds(rows: pd.DataFrame) -> pd.DataFrame:
    """Return sums per indicator and kind, with the number of desa."""
    grouped = rows.groupby(_KUNCI, sort=False)
    return grouped[["pembilang", "penyebut"]].sum().assign(jumlah_desa=grouped["kode_desa"].count())


def _list_files(bahan: BahanReviu) -> pd.Series:
    """Return the files that rows of each indicator and kind came from (index _KUNCI)."""
    asal = bahan.asal[bahan.asal["tabel"] == "cakupan"]
    rows = bahan.cakupan[_KUNCI].fillna({"jenis_penyebut": _TAK_DINYATAKAN})
    rows = rows.merge(asal[["baris", "berkas"]], left_index=True, right_on="baris")
    files = rows.drop_duplicates([*_KUNCI, "berkas"]).groupby(_KUNCI)["berkas"]
    return files.agg("; ".join)


def _judge_kinds(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the rows with keadaan, the change where it may be shown, and why where not."""
    here, there = frame["penyebut"].notna(), frame["penyebut_lalu"].notna()
    far = (
        frame["perubahan_penyebut_persen"].abs() > konteks.ambang["perubahan_penyebut_maks_persen"]
    )
    change = frame["capaian_persen"] - frame["capaian_lalu_persen"]
    alone = TAHUN_INI if konteks.sebelum is not None else TANPA_LALU
    states = [here & there & far, here & there, here]
    words = np.select(states, [DITAHAN, SEJENIS, alone], default=TAHUN_LALU)
    reason = explain_batas(frame["kode_indikator"], change, konteks).where(words == SEJENIS)
    under = compute_persen(frame["terlayani"], frame["penyebut_lalu"])
    return frame.assign(
        keadaan=words,
        tren_poin=change.where((words == SEJENIS) & reason.isna()),
        alasan=reason,
        capaian_bila_persen=under.where(words == TAHUN_LALU),
    )


def _of_rekap(konteks: Konteks, desa: pd.DataFrame) -> pd.DataFrame:
    """Return what printed recaps have as denominator of indicators that desa report too."""
    rekap = pairs_of_rekap(konteks)[["kode_indikator", "penyebut", "berkas"]]
    rekap = rekap.dropna(subset=["penyebut"]).rename(columns={"penyebut": "lain"})
    own = desa.groupby("kode_indikator")
    sums = own[["pembilang", "penyebut"]].sum().assign(jumlah_desa=own.size()).reset_index()
    rows = sums.merge(rekap, on="kode_indikator")
    return rows.assign(sumber="rekap terbitan", jenis_penyebut=_TAK_DINYATAKAN)


def _of_population(konteks: Konteks, desa: pd.DataFrame) -> pd.DataFrame:
    """Return what other indicators of the same population have, over the desa of both."""
    rows = desa.assign(populasi=desa["kode_indikator"].map(_populations(konteks)))
    shared = rows.groupby("populasi")["kode_indikator"].transform("nunique") > 1
    # Few texts stand in many pairs: as categories they are compared once.
    rows = rows[shared].astype(dict.fromkeys(["kode_desa", "populasi", *_KUNCI], "category"))
    other = rows[["kode_desa", "populasi", "kode_indikator", "penyebut", "jenis_penyebut"]]
    both = rows.drop(columns="jenis_penyebut").merge(
        other.rename(columns={"kode_indikator": "dari", "penyebut": "lain"}),
        on=["kode_desa", "populasi"],
    )
    both = both[both["kode_indikator"] != both["dari"]]
    keys = ["kode_indikator", "dari", "jenis_penyebut"]
    grouped = both.groupby(keys, sort=False, observed=True)
    sums = grouped[["pembilang", "penyebut", "lain"]].sum().assign(jumlah_desa=grouped.size())
    sums = sums.reset_index().astype(dict.fromkeys(keys, "string"))
    return sums.assign(sumber="indikator " + sums["dari"]).drop(columns="dari")


def _weigh(rows: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the differing ones, with the coverage that the other denominator would give."""
    rows = rows[rows["lain"] != rows["penyebut"]]
    apart = rows["lain"] - rows["penyebut"]
    far = compute_persen(apart, rows["penyebut"]).abs()
    most = konteks.ambang["perubahan_penyebut_maks_persen"]
    return rows.drop(columns="lain").assign(
        capaian_persen=compute_persen(rows["pembilang"], rows["penyebut"]),
        capaian_bila_persen=compute_persen(rows["pembilang"], rows["lain"]),
        selisih_penyebut=apart,
        penyebut=rows["lain"],
        keadaan=np.where(far > most, LAIN_JAUH, LAIN),
    )
