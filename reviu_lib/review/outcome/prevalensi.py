"""Output 5: the outcome. Surveys, registers, and targets side by side, never mixed.

A change is computed only within one source (and one month for a register). Figures published
after the review date were not known at the meeting and are set aside. National and provincial
figures keep their level.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.formatting import BULAN
from reviu_lib.growth import compute_perubahan, compute_perubahan_terbit, compute_wilson
from reviu_lib.growth.change.periods import explain_pairs
from reviu_lib.growth.change.sources import list_survei
from reviu_lib.review.konteks import Konteks, once
from reviu_lib.review.outcome.register import METODE, compute_register
from reviu_lib.review.rasio import compute_persen

TANPA_SELANG = "perubahan belum dapat dipastikan bermakna: selang kepercayaan tidak terbit"
TANPA_DS = "perubahan tidak dihitung: D/S tidak tersedia untuk kedua periode"
PERIKSA = "periksa mutu data: perubahan setahun melebihi ambang"
TERBIT = "terbit"
_KUNCI = ["wilayah", "tahun", "periode", "sumber"]
_DERET = ["jenis_angka", "kode_wilayah", "sumber", "periode"]


def compute_prevalensi(konteks: Konteks) -> pd.DataFrame:
    """Return the table perkembangan_prevalensi: surveys, registers, then targets."""
    used, _ = split_terbit(konteks)
    figures = pd.concat(
        [part for part in (_published(used, konteks), compute_register(konteks)) if len(part)]
        or [pd.DataFrame(columns=[*_DERET, "tahun"])],
        ignore_index=True,
    )
    figures = _drop_doubles(figures.reindex(columns=figures.columns.union(_ANGKA, sort=False)))
    figures = _compare(figures, konteks)
    frame = pd.concat([figures, list_target_prevalensi(konteks)], ignore_index=True)
    return _finish(frame, konteks)


_ANGKA = [
    "jenis_angka", "kode_wilayah", "tingkat", "tahun", "periode", "sumber", "tanggal_terbit",
    "hadir", "diukur", "pendek", "sangat_pendek", "stunting", "prevalensi_persen", "bawah_persen",
    "atas_persen", "metode_selang", "prevalensi_simpan_persen", "sasaran", "d_per_s_persen",
    "jenis_penyebut",
]  # fmt: skip


@once
def split_terbit(konteks: Konteks) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return published figures known at the review date, and those set aside.

    A figure without a date of publication is known only when its year is before the review year.
    """
    parts = [item.prevalensi for item in (konteks.bahan, *konteks.lalu)]
    rows = pd.concat(parts, ignore_index=True).drop_duplicates(_KUNCI, keep="first")
    day = pd.Timestamp(konteks.bahan.tanggal_reviu)
    dated = rows["tanggal_terbit"].notna()
    known = (rows["tanggal_terbit"] <= day).where(dated, rows["tahun"] < konteks.bahan.tahun)
    known = known.fillna(False).astype(bool)
    return rows[known], rows[~known]


def _published(rows: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return published rows in the columns of the result; counts give the figure if none is."""
    both = rows["pendek"].astype("float64") + rows["sangat_pendek"].astype("float64")
    computed = compute_persen(both, rows["diukur"])
    survei = rows["sumber"].isin(list_survei())
    return rows.rename(columns={"wilayah": "kode_wilayah"}).assign(
        jenis_angka=np.where(survei, "survei", "register"),
        tingkat=[tingkat_of(kode) for kode in rows["wilayah"]],
        periode=rows["periode"].where(~survei),
        stunting=both,
        prevalensi_persen=rows["prevalensi_persen"].fillna(computed),
        sasaran=rows["sasaran"].astype("float64"),
        d_per_s_persen=compute_persen(rows["diukur"], rows["sasaran"]),
        terbit=True,
        **_published_interval(rows, both.mask(survei)),
    )


def _published_interval(rows: pd.DataFrame, kasus: pd.Series) -> dict[str, pd.Series]:
    """Return the interval as published; for a register with counts and none, that of Wilson."""
    counted = compute_wilson(kasus, rows["diukur"])
    printed = rows[["bawah_persen", "atas_persen"]].notna().all(axis=1)
    limits = {
        "bawah_persen": rows["bawah_persen"].where(printed, counted.bawah * 100),
        "atas_persen": rows["atas_persen"].where(printed, counted.atas * 100),
    }
    method = pd.Series(np.where(printed, TERBIT, METODE), rows.index)
    return limits | {"metode_selang": method.where(limits["bawah_persen"].notna())}


def tingkat_of(kode: str) -> str:
    """Return the level of a region code: 00 nasional, then by the number of dots."""
    if kode == "00":
        return "nasional"
    return ("provinsi", "kabupaten", "kecamatan", "desa")[kode.count(".")]


def _drop_doubles(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row per key; what we counted ourselves stands before what was printed."""
    figures["jenis_angka"] = figures["jenis_angka"].fillna("register")
    printed = figures.get("terbit", pd.Series(False, index=figures.index)).eq(True)
    ordered = figures.assign(printed=printed).sort_values("printed", kind="stable")
    key = [*_DERET, "tahun"]
    return ordered.drop_duplicates(key, keep="first").drop(columns="printed")


def _compare(figures: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the figures with the change since the previous one of the same source and month."""
    rows = figures.assign(tahun=figures["tahun"].astype("float64")).sort_values(
        ["tahun"], kind="stable", ignore_index=True
    )
    before = rows.groupby(_DERET, dropna=False, sort=False)[_DIBANDING].shift()
    register = rows["jenis_angka"] == "register"
    known = before["prevalensi_persen"].notna()
    blind = register & known & (before["d_per_s_persen"].isna() | rows["d_per_s_persen"].isna())
    pairs = _pairs(rows, before)
    verdict = _judge_changes(pairs, known & rows["prevalensi_persen"].notna(), register)
    apart = explain_pairs(pairs).notna() & register & known
    change = (rows["prevalensi_persen"] - before["prevalensi_persen"]).mask(blind | apart)
    yearly = rows["tahun"] - before["tahun"] == 1
    jump = register & (change.abs() > konteks.ambang["lonjakan_poin"]) & yearly
    note = verdict["alasan"].mask(~register & known & verdict["bawah_poin"].isna(), TANPA_SELANG)
    note = note.fillna("").mask(blind, TANPA_DS)
    note = note.mask(jump & rows["tingkat"].isin(["kabupaten", "kecamatan"]), PERIKSA)
    return rows.assign(
        perubahan_poin=change,
        perubahan_bawah_poin=verdict["bawah_poin"].mask(change.isna()),
        perubahan_atas_poin=verdict["atas_poin"].mask(change.isna()),
        arah_perubahan=verdict["arah_perubahan"].mask(change.isna()),
        tahun_pembanding=before["tahun"].where(change.notna()),
        keterangan=_join_notes(note, _sasaran_note(rows, register)),
    )


_DIBANDING = [
    "tahun", "prevalensi_persen", "bawah_persen", "atas_persen", "stunting", "diukur",
    "d_per_s_persen",
]  # fmt: skip
_VONIS = ["perubahan_poin", "bawah_poin", "atas_poin", "arah_perubahan", "alasan"]


def _judge_changes(pairs: pd.DataFrame, known: pd.Series, register: pd.Series) -> pd.DataFrame:
    """Return interval, word, and reason of each change; survey and register by their own rule."""
    parts = [
        compute_perubahan(pairs[known & register])[_VONIS],
        compute_perubahan_terbit(pairs[known & ~register])[_VONIS],
    ]
    found = [part for part in parts if len(part)]
    return (pd.concat(found) if found else pd.DataFrame(columns=_VONIS)).reindex(pairs.index)


def _pairs(rows: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return each figure beside the previous one, in the columns of `reviu_lib.growth.change`."""
    sides = {}
    for frame, when in ((before, "awal"), (rows, "akhir")):
        for name in _DIBANDING:
            stem, unit, _ = name.replace("stunting", "kasus").partition("_persen")
            sides[f"{stem}_{when}{unit}"] = frame[name].astype("float64")
        sides |= {f"{name}_{when}": rows[name] for name in ("sumber", "periode")}
    return pd.DataFrame(sides)


def _sasaran_note(rows: pd.DataFrame, register: pd.Series) -> pd.Series:
    kind = rows["jenis_penyebut"].astype("object")
    text = pd.Series(np.where(kind.notna(), "sasaran " + kind.fillna(""), ""), index=rows.index)
    return text.mask(register & rows["d_per_s_persen"].isna(), "D/S tidak tersedia")


def _join_notes(first: pd.Series, second: pd.Series) -> pd.Series:
    joined = first + np.where((first != "") & (second != ""), "; ", "") + second
    return joined.astype("string").replace("", pd.NA)


def list_target_prevalensi(konteks: Konteks) -> pd.DataFrame:
    """Return target rows of the review year and the next, each with level and source.

    A target of the rules that nobody could know on the day of the review is left out.
    The kabupaten's sheet comes first; a target of the rules that repeats the same value of the
    same level and year is left out, a different one is kept with its source.
    """
    sheet = konteks.bahan.target
    sheet = sheet[sheet["kode_indikator"] == "PREVALENSI"].assign(keterangan=pd.NA)
    codes = {
        "00": "nasional",
        konteks.kode_provinsi: "provinsi",
        konteks.bahan.kode_kabupaten: "kabupaten",
    }
    rules = pd.DataFrame(
        [
            (
                item.tingkat,
                item.tahun,
                item.nilai,
                item.sumber,
                None if item.status == "terverifikasi" else "target belum terverifikasi",
            )
            for item in konteks.aturan.target_prevalensi
            if codes.get(item.kode_wilayah) == item.tingkat
            and item.is_known(konteks.bahan.tanggal_reviu)
        ],
        columns=["tingkat", "tahun", "nilai", "sumber", "keterangan"],
    )
    rows = pd.concat(
        [sheet[rules.columns.tolist()].astype(object), rules.astype(object)], ignore_index=True
    )
    rows = rows[rows["tahun"].isin([konteks.bahan.tahun, konteks.bahan.tahun + 1])]
    rows = rows.drop_duplicates(["tingkat", "tahun", "nilai"])
    level = {name: kode for kode, name in codes.items()}
    return rows.assign(
        jenis_angka="target",
        kode_wilayah=rows["tingkat"].map(level),
        prevalensi_persen=rows["nilai"].astype("float64"),
    ).drop(columns="nilai")


def _finish(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    names = {kode: konteks.name_of(kode) for kode in frame["kode_wilayah"].dropna().unique()}
    rank = {"nasional": 0, "provinsi": 1, "kabupaten": 2, "kecamatan": 3, "desa": 4}
    month = frame["periode"].map({name: number for number, name in enumerate(BULAN)}).fillna(-1)
    frame = frame.assign(
        wilayah=frame["kode_wilayah"].map(names),
        tahun=frame["tahun"].astype("Int64"),
        kelas=frame["jenis_angka"].map({"survei": 0, "register": 1, "target": 2}),
        berat=frame["tingkat"].map(rank),
        bulan_ke=month,
    ).sort_values(
        ["kelas", "berat", "kode_wilayah", "tahun", "bulan_ke"], kind="stable", ignore_index=True
    )
    frame["baris"] = _row_keys(frame)
    extra = ["kelas", "berat", "bulan_ke", "bulan", "hadir_bersasaran", "terbit", "jenis_penyebut"]
    return frame.drop(columns=[name for name in extra if name in frame])


def _row_keys(frame: pd.DataFrame) -> pd.Series:
    parts = [
        frame[name].astype("string").fillna("")
        for name in ("jenis_angka", "kode_wilayah", "tahun", "periode", "sumber")
    ]
    key = parts[0].str.cat(parts[1:], sep=":")
    key = key.str.replace(r"\s+", "_", regex=True).str.replace(";", ",", regex=False)
    again = key.groupby(key).cumcount()
    return key.where(again == 0, key + "~" + (again + 1).astype("string"))


def reference_register(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return all register rows of the reference period: the last weighing month of the year.

    Empty when the kabupaten has no register figure of the review year.
    """
    of_year = (frame["jenis_angka"] == "register") & (frame["tahun"] == konteks.bahan.tahun)
    rows = np.flatnonzero(of_year.to_numpy(bool, na_value=False))
    place, periode, sumber = (
        frame[name].to_numpy(object, na_value="")[rows]
        for name in ("kode_wilayah", "periode", "sumber")
    )
    own = np.flatnonzero(place == konteks.bahan.kode_kabupaten)[-1:]
    same = (periode == periode[own]) & (sumber == sumber[own]) if len(own) else rows < 0
    return frame.iloc[rows[same]]
