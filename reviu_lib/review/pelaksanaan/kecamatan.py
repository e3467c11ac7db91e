"""Kecamatan as actors (from 2025): their aksi, and the sasaran their camat verified.

An era without `pelaku_kecamatan`, or a year in which no kecamatan reported, gives empty tables.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.review.konteks import Konteks
from reviu_lib.review.pelaksanaan.aksi import NILAI, TIDAK_DILAPORKAN, measure_kemajuan, read_status
from reviu_lib.review.rasio import compute_persen, parent_code

SEJALAN, BERBEDA, TANPA_PEMBANDING = "sejalan", "berbeda", "tanpa pembanding"
TERVERIFIKASI, BELUM_VERIFIKASI = "diverifikasi camat", "belum diverifikasi"
_KUNCI = ["kode_kecamatan", "kecamatan"]


def compute_aksi_kecamatan(konteks: Konteks) -> pd.DataFrame:
    """Return the table aksi_kecamatan: one row per kecamatan, its aksi by status, its progress."""
    pelaku, rows = konteks.aturan.pelaku_kecamatan, konteks.bahan.aksi
    rows = rows[rows["kode_kecamatan"].notna()]
    if pelaku is None or rows.empty:
        return pd.DataFrame(columns=["baris"])
    weights = {card.kode: card.bobot for card in konteks.aturan.aksi if card.kode in pelaku.aksi}
    cards = pd.DataFrame({"aksi": list(weights), "bobot": list(weights.values())})
    whole = _places(konteks).merge(cards.astype({"aksi": "string"}), how="cross")
    frame = read_status(whole.merge(rows, on=["kode_kecamatan", "aksi"], how="left"))
    frame["nilai"] = frame["status"].map(NILAI).astype("float64")
    grouped = frame.groupby(_KUNCI, sort=True)
    return pd.DataFrame([{**dict(zip(_KUNCI, key, strict=True)), **_count(part)}
                         for key, part in grouped])  # fmt: skip


def list_unused(konteks: Konteks) -> list[str]:
    """Return the aksi rows that the era has no place for: an unknown code, or not a kecamatan's."""
    pelaku, rows = konteks.aturan.pelaku_kecamatan, konteks.bahan.aksi
    own = [card.kode for card in konteks.aturan.aksi]
    acting = pelaku.aksi if pelaku else ()
    kecamatan = rows["kode_kecamatan"].notna()
    odd = rows[~rows["aksi"].isin(own) | (kecamatan & ~rows["aksi"].isin(acting))]
    where = (" (" + odd["kode_kecamatan"] + ")").fillna("")
    return sorted((odd["aksi"] + where).astype(str))


def _places(konteks: Konteks) -> pd.DataFrame:
    return konteks.desa[_KUNCI].drop_duplicates("kode_kecamatan")


def _count(part: pd.DataFrame) -> dict[str, Any]:
    status = part["status"]
    return {
        "baris": part["kode_kecamatan"].iloc[0],
        "jumlah_aksi": len(part),
        "jumlah_selesai": int((status == "selesai").sum()),
        "jumlah_sebagian": int((status == "sebagian").sum()),
        "jumlah_belum": int((status == "belum").sum()),
        "jumlah_berjalan": int(status.isin(["berjalan", "belum jatuh tempo"]).sum()),
        "jumlah_tidak_dilaporkan": int((status == TIDAK_DILAPORKAN).sum()),
        "jumlah_tanpa_bukti": int(((status == "selesai") & part["dokumen_bukti"].isna()).sum()),
        "kemajuan_persen": measure_kemajuan(part),
    }


def compute_sasaran_kecamatan(konteks: Konteks) -> pd.DataFrame:
    """Return the table sasaran_kecamatan: per kecamatan and group the count and its comparison.

    beda_persen = (jumlah - penyebut) / penyebut x 100, where every desa of the kecamatan has a
    denominator of the same people; beyond `perubahan_penyebut_maks_persen` it is `berbeda`.
    """
    pelaku, rows = konteks.aturan.pelaku_kecamatan, konteks.bahan.sasaran_kecamatan
    if pelaku is None or rows.empty:
        return pd.DataFrame(columns=["baris"])
    known = _places(konteks).set_index("kode_kecamatan")["kecamatan"]
    rows = rows.assign(kecamatan=rows["kode_kecamatan"].map(known).fillna(rows["kecamatan"]))
    parts = [_one_group(konteks, rows, nama) for nama in pelaku.sasaran]
    return pd.concat(parts, ignore_index=True).sort_values(
        ["kode_kecamatan", "kecamatan"], kind="stable", ignore_index=True
    )


def _one_group(konteks: Konteks, rows: pd.DataFrame, nama: str) -> pd.DataFrame:
    pelaku = konteks.aturan.pelaku_kecamatan
    assert pelaku is not None
    penyebut = rows["kode_kecamatan"].map(_denominators(konteks, pelaku.sasaran[nama]))
    jumlah = rows[f"jumlah_{nama}"].astype("float64")
    beda = compute_persen(jumlah - penyebut, penyebut)
    far = beda.abs() > konteks.ambang["perubahan_penyebut_maks_persen"]
    state = np.select(
        [jumlah.isna(), beda.isna(), far],
        ["belum dilaporkan", TANPA_PEMBANDING, BERBEDA],
        default=SEJALAN,
    )
    return rows.assign(
        baris=rows["kode_kecamatan"].fillna(rows["kecamatan"]) + "-" + nama,
        kelompok=nama,
        jumlah=jumlah,
        penyebut=penyebut,
        beda_persen=beda,
        kesesuaian=state,
        verifikasi=np.where(rows["tanggal_verifikasi"].notna(), TERVERIFIKASI, BELUM_VERIFIKASI),
    )


def _denominators(konteks: Konteks, populasi: tuple[str, ...]) -> pd.Series:
    """Return by kecamatan the denominators of these people, where every desa has one."""
    cards = [kode for kode, card in konteks.indikator.items() if card.populasi_penyebut in populasi]
    pairs = konteks.pasangan.dropna(subset=["kode_desa", "penyebut"])
    pairs = pairs[pairs["kode_indikator"].isin(cards)]
    if pairs.empty:
        return pd.Series(dtype="float64")
    desa = pairs.groupby("kode_desa")["penyebut"].max()
    where = parent_code(pd.Series(desa.index, dtype="string")).to_numpy()
    grouped = pd.Series(desa.to_numpy(), dtype="float64").groupby(where)
    all_desa = konteks.desa["kode_kecamatan"].value_counts()
    total = grouped.sum()
    return total[grouped.size() == all_desa.reindex(total.index)]


def summarize_kecamatan(
    konteks: Konteks, aksi: pd.DataFrame, sasaran: pd.DataFrame
) -> dict[str, Any]:
    """Return how many kecamatan there are, reported, and had their sasaran verified."""
    if konteks.aturan.pelaku_kecamatan is None:
        return {}
    numbers: dict[str, Any] = {"jumlah_kecamatan_pelaku": konteks.desa["kode_kecamatan"].nunique()}
    if len(aksi):
        silent = aksi["jumlah_tidak_dilaporkan"] == aksi["jumlah_aksi"]
        numbers["jumlah_kecamatan_beraksi"] = int((~silent).sum())
    if len(sasaran):
        verified = sasaran[sasaran["verifikasi"] == TERVERIFIKASI]
        numbers["jumlah_kecamatan_sasaran"] = sasaran["kecamatan"].nunique()
        numbers["jumlah_kecamatan_terverifikasi"] = verified["kecamatan"].nunique()
        numbers["jumlah_sasaran_berbeda"] = int((sasaran["kesesuaian"] == BERBEDA).sum())
    return numbers
