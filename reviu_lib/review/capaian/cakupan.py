"""Output 1: coverage per indicator for the kabupaten, its kecamatan, and its desa.

cakupan = sum of numerators / sum of denominators x 100 over complete pairs (domain rule 2; cases
D8, D9). Completeness is the lower of two shares, by desa and by sasaran: a few large desa can hide
behind many small ones.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reviu_lib.bahan import BahanReviu
from reviu_lib.review.capaian.periode import is_pasangan
from reviu_lib.review.capaian.target import add_target, list_target, pick_target, propose_target
from reviu_lib.review.capaian.tren import compare_tahun_lalu
from reviu_lib.review.konteks import Konteks, once
from reviu_lib.review.rasio import (
    TAK_DINILAI,
    TERCAPAI,
    choose,
    clamp_skor,
    classify,
    compare_target,
    compute_persen,
    compute_skor,
    group_mixed,
    parent_code,
)

KUNCI = ["kode_indikator", "kode_wilayah"]
REKAP = "rekap kabupaten"
_KARTU = ["kelompok_sasaran", "jenis", "arah", "opd"]
_SATUAN_PERSEN = {"", "%", "persen"}


def compute_cakupan(konteks: Konteks) -> pd.DataFrame:
    """Return the table capaian_cakupan (definitions/tabel_hasil.toml), sorted by level and code.

    Every indicator of the era has its kabupaten row, also without data; kecamatan and desa rows
    exist for indicators reported per desa.
    """
    now = aggregate(konteks, konteks.bahan)
    frame = _describe(now, konteks)
    frame = frame.join(compare_tahun_lalu(frame, _last_year(konteks), konteks))
    targets = list_target(konteks)
    frame = add_target(frame, pick_target(targets, konteks.bahan.tahun))
    frame = _judge(frame, konteks)
    berikut = pick_target(targets, konteks.bahan.tahun + 1)
    frame = frame.join(propose_target(frame, berikut))
    frame = frame.join(_reached_desa(frame), on=KUNCI)
    return frame.assign(baris=frame["kode_indikator"] + "@" + frame["kode_wilayah"])


def aggregate(konteks: Konteks, bahan: BahanReviu) -> pd.DataFrame:
    """Return sums, coverage, and completeness per indicator and region.

    Columns: kode_indikator, kode_wilayah, tingkat, pembilang, penyebut, jenis_penyebut,
    capaian_persen, capaian_rerata_desa_persen, jumlah_desa, jumlah_desa_data_lengkap,
    kelengkapan_persen, status_data.
    """
    pairs = konteks.pasangan if bahan is konteks.bahan else konteks.pasangan_lalu
    grid = _grid(pairs[pairs["kode_desa"].notna()], konteks)
    levels = _sum_levels(grid, konteks)
    rekap = _rekap_rows(pairs, bahan, set(grid["kode_indikator"].unique()), konteks)
    return pd.concat([part for part in (levels, rekap) if not part.empty] or [levels])


def pool_kabupaten(pairs: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return kabupaten sums of any pairs of the year, with the columns of `aggregate`.

    An indicator that no desa reports takes the row of the kabupaten, whose completeness is unknown.
    """
    grid = _grid(pairs[pairs["kode_desa"].notna()], konteks)
    kode = pd.Series(konteks.bahan.kode_kabupaten, index=grid.index, dtype="string")
    own = _complete(_sum_level(grid.assign(kode_wilayah=kode), "kabupaten"), konteks)
    sheet = pairs[pairs["kode_desa"].isna() & is_pasangan(pairs)]
    sheet = sheet[~sheet["kode_indikator"].isin(own["kode_indikator"])]
    sheet = sheet.assign(capaian_persen=compute_persen(sheet["pembilang"], sheet["penyebut"]))
    return pd.concat([own, sheet]) if len(sheet) else own


def _grid(pairs: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return every desa for every indicator reported per desa, with `lengkap` pairs marked."""
    codes = pd.Index(pairs["kode_indikator"].unique())
    counts = pairs[["pembilang", "penyebut", "jenis_penyebut"]].reset_index(drop=True)
    grid = counts.reindex(_find_pairs(pairs, codes, konteks)).reset_index(drop=True)
    before = konteks.pasangan_lalu
    known = before["penyebut"].reindex(_find_pairs(before, codes, konteks)).to_numpy()
    lengkap = is_pasangan(grid)
    desa = konteks.desa.loc[konteks.desa.index.repeat(len(codes))].reset_index(drop=True)
    return grid.assign(
        kode_indikator=np.tile(codes, len(konteks.desa)),
        kode_desa=desa["kode_desa"],
        kode_kecamatan=desa["kode_kecamatan"],
        lengkap=lengkap.astype("int64"),
        satu=1,
        # Last year's denominator of a silent desa says how large it is.
        sasaran=grid["penyebut"].fillna(pd.Series(known)),
        pembilang=grid["pembilang"].where(lengkap),
        penyebut=grid["penyebut"].where(lengkap),
        jenis_penyebut=grid["jenis_penyebut"].where(lengkap),
    ).assign(capaian_persen=lambda rows: compute_persen(rows["pembilang"], rows["penyebut"]))


def _find_pairs(pairs: pd.DataFrame, codes: pd.Index, konteks: Konteks) -> NDArray[np.int64]:
    """Return the position in `pairs` of every desa for every indicator of `codes`, -1 for none."""
    desa = pd.Index(konteks.desa["kode_desa"]).get_indexer(pairs["kode_desa"])
    kode = codes.get_indexer(pairs["kode_indikator"])
    known = np.flatnonzero((desa >= 0) & (kode >= 0))
    found = np.full((len(konteks.desa), len(codes)), -1, dtype=np.int64)
    found[desa[known], kode[known]] = known
    return found.ravel()


def _sum_levels(grid: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    levels = {
        "kabupaten": pd.Series(konteks.bahan.kode_kabupaten, index=grid.index, dtype="string"),
        "kecamatan": grid["kode_kecamatan"],
    }
    parts = [_sum_level(grid.assign(kode_wilayah=kode), name) for name, kode in levels.items()]
    return _complete(pd.concat([*parts, _list_desa(grid)], ignore_index=True), konteks)


def _sum_level(grid: pd.DataFrame, tingkat: str) -> pd.DataFrame:
    grouped = grid.groupby(KUNCI, sort=False)
    sums = grouped[["pembilang", "penyebut", "sasaran"]].sum(min_count=1)
    sums["jumlah_desa"] = grouped["satu"].sum()
    sums["jumlah_desa_data_lengkap"] = grouped["lengkap"].sum()
    sums["jenis_penyebut"] = group_mixed(grouped["jenis_penyebut"])
    mean = grouped["capaian_persen"].mean()
    sums["capaian_rerata_desa_persen"] = mean if tingkat == "kabupaten" else float("nan")
    return sums.reset_index().assign(tingkat=tingkat)


def _list_desa(grid: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the desa, which stand in the grid once each, as `_sum_level` does."""
    own = ["kode_indikator", "pembilang", "penyebut", "sasaran", "jenis_penyebut"]
    return grid[own].assign(
        kode_wilayah=grid["kode_desa"],
        jumlah_desa=grid["satu"],
        jumlah_desa_data_lengkap=grid["lengkap"],
        capaian_rerata_desa_persen=float("nan"),
        tingkat="desa",
    )


def _complete(sums: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the sums with coverage, completeness, and the status of the data."""
    by_desa = compute_persen(sums["jumlah_desa_data_lengkap"], sums["jumlah_desa"])
    by_sasaran = compute_persen(sums["penyebut"], sums["sasaran"])
    share = by_desa.where(by_sasaran.isna() | (by_desa <= by_sasaran), by_sasaran)
    least = konteks.ambang["kelengkapan_minimum_persen"]
    none = sums["jumlah_desa_data_lengkap"] == 0
    states = {
        "tidak tersedia": none,
        "sementara": share < least,
        "sebagian": share < 100,
        "lengkap": ~none,
    }
    return sums.drop(columns="sasaran").assign(
        capaian_persen=compute_persen(sums["pembilang"], sums["penyebut"]),
        kelengkapan_persen=share,
        status_data=choose(states),
    )


def _rekap_rows(
    pairs: pd.DataFrame, bahan: BahanReviu, per_desa: set[str], konteks: Konteks
) -> pd.DataFrame:
    """Return kabupaten rows for indicators that only a recap of the kabupaten reports."""
    sheet = pairs[pairs["kode_desa"].isna()]
    rekap = pairs_of_rekap(konteks) if bahan is konteks.bahan else _match_rekap(bahan, konteks)
    columns = ["kode_indikator", "pembilang", "penyebut", "jenis_penyebut"]
    parts = [part[columns] for part in (sheet, rekap) if not part.empty]
    if not parts:
        return pd.DataFrame()
    rows = pd.concat(parts).drop_duplicates("kode_indikator", keep="first")
    rows = rows[~rows["kode_indikator"].isin(per_desa) & is_pasangan(rows)]
    return rows.assign(
        kode_wilayah=bahan.kode_kabupaten,
        tingkat="kabupaten",
        capaian_persen=compute_persen(rows["pembilang"], rows["penyebut"]),
        status_data=REKAP,
    )


@once
def pairs_of_rekap(konteks: Konteks) -> pd.DataFrame:
    """Return matched recap rows in percent; an indicator printed with two pairs is left out."""
    return _match_rekap(konteks.bahan, konteks)


def _match_rekap(bahan: BahanReviu, konteks: Konteks) -> pd.DataFrame:
    rows = bahan.rekap[bahan.rekap["kode_indikator"].isin(list(konteks.indikator))]
    unit = rows["satuan"].fillna("").str.strip().str.lower()
    rows = rows[unit.isin(list(_SATUAN_PERSEN))].astype(
        {"pembilang": "float64", "penyebut": "float64"}
    )
    rows = rows.drop_duplicates(["kode_indikator", "pembilang", "penyebut"])
    single = ~rows["kode_indikator"].duplicated(keep=False)
    return rows[single].assign(jenis_penyebut=pd.Series(pd.NA, rows.index[single], "string"))


def _describe(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return all rows, empty kabupaten rows included, with names and the facts of the card."""
    every = pd.DataFrame({"kode_indikator": list(konteks.indikator)}).assign(
        kode_wilayah=konteks.bahan.kode_kabupaten, tingkat="kabupaten"
    )
    missing = every[~every["kode_indikator"].isin(_kabupaten_codes(frame))]
    missing = missing.assign(status_data="tidak tersedia")
    rows = pd.concat([frame, missing]) if not frame.empty else missing
    rows = rows.reindex(columns=rows.columns.union(_SUM_COLUMNS, sort=False))
    rows["urutan"] = rows["tingkat"].map({"kabupaten": 0, "kecamatan": 1, "desa": 2})
    rows = rows.sort_values(["urutan", *KUNCI], ignore_index=True).drop(columns="urutan")
    cards = pd.DataFrame(
        [{"indikator": card.nama, **_facts(card)} for card in konteks.indikator.values()],
        list(konteks.indikator),
        dtype="string",
    )
    names = rows["kode_wilayah"].map(konteks.wilayah)
    facts = cards.reindex(rows["kode_indikator"]).reset_index(drop=True)
    return rows.assign(wilayah=names).join(facts)


_SUM_COLUMNS = [
    "pembilang", "penyebut", "jenis_penyebut", "capaian_persen", "capaian_rerata_desa_persen",
    "jumlah_desa", "jumlah_desa_data_lengkap", "kelengkapan_persen",
]  # fmt: skip


def _facts(card: object) -> dict[str, str]:
    return {name: getattr(card, name) for name in _KARTU}


def _kabupaten_codes(frame: pd.DataFrame) -> list[str]:
    if frame.empty:
        return []
    return frame.loc[frame["tingkat"] == "kabupaten", "kode_indikator"].tolist()


def _last_year(konteks: Konteks) -> pd.DataFrame:
    columns = [*KUNCI, "capaian_persen", "penyebut", "jenis_penyebut"]
    if konteks.sebelum is None:
        return pd.DataFrame(columns=columns)
    before = aggregate(konteks, konteks.sebelum)
    return before.reindex(columns=columns)


def _judge(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the rows with verdict, distance, score, and class; only verified targets judge."""
    target, capaian = frame["target_persen"], frame["capaian_persen"]
    usable = frame["target_terverifikasi"].fillna(False).astype(bool) & (target > 0)
    status = compare_target(capaian, target.where(usable), frame["arah"])
    raw = compute_skor(capaian, target.where(usable), frame["arah"])
    skor = clamp_skor(raw)
    return frame.assign(
        selisih_target_poin=capaian - target,
        skor_persen=skor,
        kategori=classify(skor, konteks.ambang.skala["capaian"]),
        status_capaian=status,
        alasan_status=_why_not(frame, status),
    )


def _why_not(frame: pd.DataFrame, status: pd.Series) -> pd.Series:
    """Return why a row has no verdict; missing where it has one."""
    doubtful = frame["target_terverifikasi"].eq(False)
    reasons = {
        "penyebut nol": frame["penyebut"] == 0,
        "pasangan pembilang dan penyebut tidak tersedia": frame["capaian_persen"].isna(),
        "target tahun reviu tidak tersedia": frame["target_persen"].isna(),
        "target nol": frame["target_persen"] == 0,
        "target belum terverifikasi; hanya garis rujukan": doubtful,
    }
    return choose(reasons).where(status == TAK_DINILAI)


def _reached_desa(frame: pd.DataFrame) -> pd.Series:
    """Return jumlah_desa_tercapai per row; missing where no desa could be judged."""
    judged = (frame["tingkat"] == "desa") & (frame["status_capaian"] != TAK_DINILAI)
    desa = frame.loc[judged, [*KUNCI, "status_capaian"]]
    met = (desa["status_capaian"] == TERCAPAI).astype("int64")
    kecamatan = parent_code(desa["kode_wilayah"])
    kabupaten = parent_code(kecamatan)
    parts = [
        met.groupby([desa["kode_indikator"], kode.rename("kode_wilayah")]).sum()
        for kode in (kabupaten, kecamatan, desa["kode_wilayah"])
    ]
    return pd.concat(parts).rename("jumlah_desa_tercapai")


def is_berdata(rows: pd.DataFrame) -> pd.Series:
    """Return True for rows that rest on at least one complete pair."""
    return rows["pembilang"].notna() & rows["penyebut"].notna()
