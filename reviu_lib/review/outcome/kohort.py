"""What became of the children stunted a year ago: only by-name data of both years can tell.

The weighing month of reference is compared with the same month of the year before, for the
kabupaten, its kecamatan, and its puskesmas.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from reviu_lib.formatting import BULAN
from reviu_lib.growth import build_cohort, compute_cohort_rates
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import parent_code

_KUNCI = "kode"


def compute_kohort(konteks: Konteks) -> pd.DataFrame:
    """Return the table kohort: flows of stunted children by place; no rows without both years."""
    before, after = konteks.kunjungan_acuan
    if before.empty or after.empty:
        return pd.DataFrame(columns=["baris"])
    cohort = _build(before, after, konteks)
    parts = [
        _rates(cohort, [], konteks).assign(tingkat="kabupaten", kode=konteks.bahan.kode_kabupaten),
        _rates(cohort, ["kode_kecamatan"], konteks).assign(tingkat="kecamatan"),
        _rates(cohort, ["puskesmas"], konteks).assign(tingkat="puskesmas"),
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame[_KUNCI].fillna("") != ""]
    return frame.assign(
        baris=frame["tingkat"] + ":" + frame[_KUNCI],
        wilayah=frame[_KUNCI].map(lambda kode: _name(kode, konteks)),
        tahun_awal=konteks.bahan.tahun - 1,
        tahun_akhir=konteks.bahan.tahun,
        periode=name_periode(after),
    )


def name_periode(visits: pd.DataFrame) -> str:
    """Return the month of the visits in words."""
    return BULAN[int(visits["bulan"].iloc[0]) - 1]


def _build(before: pd.DataFrame, after: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    sides = [
        rows.assign(kode_kecamatan=parent_code(rows["kode_desa"]))[
            ["id_anak", "tanggal_ukur", "usia_hari", "z_tbu", "kode_kecamatan", "puskesmas"]
        ]
        for rows in (before, after)
    ]
    ends = (_last_day(before), _last_day(after))
    return build_cohort(*sides, wilayah=["kode_kecamatan", "puskesmas"], hari_terakhir=ends)


def _last_day(rows: pd.DataFrame) -> date:
    day: pd.Timestamp = rows["tanggal_ukur"].max()
    return day.date()


def _rates(cohort: pd.DataFrame, wilayah: Sequence[str], konteks: Konteks) -> pd.DataFrame:
    """Return the rates of one level; its key is called `kode`."""
    if wilayah:
        others = [name for name in ("kode_kecamatan", "puskesmas") if name not in wilayah]
        columns = [f"{name}_{when}" for name in others for when in ("awal", "akhir")]
        cohort = cohort.drop(columns=columns)
    return compute_cohort_rates(cohort, wilayah).rename(columns=dict.fromkeys(wilayah, _KUNCI))


def _name(kode: str, konteks: Konteks) -> str:
    return konteks.name_of(kode) if kode[:2].isdigit() else kode.title()


def summarize_kohort(frame: pd.DataFrame) -> dict[str, Any]:
    """Return what became of last year's stunted children (keys of ringkasan.toml)."""
    rows = frame[frame.get("tingkat", pd.Series(dtype="object")) == "kabupaten"]
    if rows.empty:
        return {}
    own = rows.iloc[0]
    names = [
        "stunting_awal", "stunting_akhir", "pulih", "tetap_stunting", "lulus_umur",
        "tidak_diukur_lagi", "baru_normal", "baru_tidak_diukur", "baru_lahir",
    ]  # fmt: skip
    return {f"kohort_{name}": own[name] for name in names} | {
        "kohort_periode_teks": own["periode"],
        "kohort_pulih_persen": own["pulih_persen"],
        "kohort_pulih_bawah_persen": own["bawah_pulih_persen"],
        "kohort_pulih_atas_persen": own["atas_pulih_persen"],
        "kohort_kejadian_persen": own["kejadian_persen"],
        "kohort_diukur_lagi_persen": own["diukur_lagi_persen"],
    }
