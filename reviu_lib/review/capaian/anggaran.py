"""Output 3: budget and absorption, in three lines, by OPD, source, place, and per activity.

serapan = realisasi / pagu x 100, the revised budget where there is one (cases D1-D4). Spending
without a budget is reported apart and never lifts the share; an empty realisation is not zero, so
its row leaves the share (but stays in the budget). Before 31 December a class exists only against
the cash plan up to the cut-off.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.review.capaian.pagu import RUPIAH
from reviu_lib.review.konteks import Konteks, once
from reviu_lib.review.lokasi import TANPA_LOKASI, classify_lokus
from reviu_lib.review.rasio import (
    classify,
    compute_persen,
    gather,
    group_mixed,
    parent_code,
    persen,
)

_TIGA_LINI = ["spesifik", "sensitif tanpa fisik", "fisik/infrastruktur"]
TANPA_OPD = "OPD tidak diisi"
_TANPA_SUMBER = "sumber dana tidak diisi"
_TANPA_KODE = "kode tidak diisi"
_SELURUH = "Seluruh kegiatan"
_BANTU = [
    "murni_dinilai_rp", "realisasi_murni_rp", "realisasi_kas_rp", "pagu_kas_rp",
    "realisasi_langsung_rp",
]  # fmt: skip


def compute_anggaran(konteks: Konteks) -> pd.DataFrame:
    """Return the table realisasi_anggaran: total, lines, and other groupings, then activity rows.

    Every grouping holds every rupiah once: what has no OPD, code, kind, or place has a row that
    says so. The grouping by lokus exists only with a list of the year.
    """
    rows = konteks.anggaran
    if rows.empty:
        return pd.DataFrame(columns=["baris"])
    each = rows.assign(
        kelompok="kegiatan",
        kode=rows["id_kegiatan"] + "|" + rows["sumber_dana"].fillna(_TANPA_SUMBER),
        nama=rows["sub_kegiatan"],
        jumlah_kegiatan=1,
    )
    frame = pd.concat([_sum_groups(rows, _list_groups(rows, konteks)), each], ignore_index=True)
    return _rate(frame, konteks).drop(
        columns=[*_BANTU, "id_kegiatan", "kode_sub_kegiatan", "sub_kegiatan", "sumber_dana",
                 "jenis"]
    )  # fmt: skip


def _list_groups(rows: pd.DataFrame, konteks: Konteks) -> dict[str, pd.Series | str]:
    """Return grouping → the group of each row, none missing."""
    groups: dict[str, pd.Series | str] = {
        "total": "semua",
        "lini": rows["lini"],
        "jenis": rows["jenis"],
        "opd": rows["opd"].fillna(TANPA_OPD),
        "sumber_dana": rows["sumber_dana"].fillna(_TANPA_SUMBER),
        "sub_kegiatan": rows["kode_sub_kegiatan"].fillna(_TANPA_KODE),
    }
    place = locate_lokus(konteks)
    if place.notna().any():
        groups["lokus"] = rows["id_kegiatan"].map(place).fillna(TANPA_LOKASI)
    return groups


def locate_lokus(konteks: Konteks) -> pd.Series:
    """Return per activity (index id_kegiatan) how its place touches lokus; see `classify_lokus`.

    The place of realisation counts; where none is written, the planned one.
    """
    plan = konteks.bahan.kegiatan
    lokasi = plan["lokasi_realisasi"].fillna(plan["lokasi_rencana"])
    return classify_lokus(lokasi, konteks).set_axis(plan["id_kegiatan"])


def _sum_groups(rows: pd.DataFrame, groups: dict[str, pd.Series | str]) -> pd.DataFrame:
    """Return the sums of every group, grouping by grouping, its groups in order of their name."""
    placed = [rows.assign(kelompok=kelompok, kode=kode) for kelompok, kode in groups.items()]
    grouped = pd.concat(placed, ignore_index=True).groupby(["kelompok", "kode"])
    sums = (
        grouped[RUPIAH]
        .sum(min_count=1)
        .assign(
            basis_pagu=group_mixed(grouped["basis_pagu"]),
            opd=group_mixed(grouped["opd"]),
            jumlah_kegiatan=grouped["id_kegiatan"].nunique(),
        )
    )
    sums = sums.reindex(_order_groups(sums.index, groups)).reset_index()
    lini, sub = (sums["kelompok"] == name for name in ("lini", "sub_kegiatan"))
    names = gather(rows["kode_sub_kegiatan"].fillna(_TANPA_KODE), rows["sub_kegiatan"])
    common = sums["kode"].map({kode: _common_name(each) for kode, each in names.items()})
    return sums.assign(
        opd=sums["opd"].where(sub),
        lini=sums["kode"].where(lini),
        jumlah_kegiatan=sums["jumlah_kegiatan"].fillna(0),
        nama=common.where(sub, sums["kode"].mask(sums["kelompok"] == "total", _SELURUH)),
    )


def _order_groups(found: pd.MultiIndex, groups: Iterable[str]) -> pd.MultiIndex:
    """Return the groups as declared, the three official lines always present and first."""
    keys = [("lini", name) for name in _TIGA_LINI] + list(found)
    place = {kelompok: number for number, kelompok in enumerate(groups)}
    ordered = sorted(dict.fromkeys(keys), key=lambda key: place[key[0]])
    return pd.MultiIndex.from_tuples(ordered, names=found.names)


def _common_name(names: list[str]) -> str | None:
    """Return the words all names of a code begin with, else one name and how many others."""
    written = sorted(set(names))
    places = zip(*(name.split() for name in written), strict=False)
    shared = takewhile(lambda words: len(set(words)) == 1, places)
    words = " ".join(words[0] for words in shared).strip(" –-")
    if words or not written:
        return words or None
    return f"{written[0]} dan {len(written) - 1} lainnya"


def _rate(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the rows with remainder, shares, class, and status."""
    serapan = compute_persen(frame["realisasi_rp"], frame["pagu_dinilai_rp"])
    kas = compute_persen(frame["realisasi_kas_rp"], frame["anggaran_kas_rp"])
    frame = frame.assign(
        # A semicolon parts references, so that no row key may hold one.
        baris=(frame["kelompok"] + ":" + frame["kode"]).str.replace(";", ",", regex=False),
        sisa_rp=frame["pagu_dinilai_rp"] - frame["realisasi_rp"],
        serapan_persen=serapan,
        serapan_murni_persen=compute_persen(frame["realisasi_murni_rp"], frame["murni_dinilai_rp"]),
        serapan_kas_persen=kas.where(_cash_plan_covers(frame, konteks)),
        langsung_sasaran_persen=compute_persen(
            frame["langsung_sasaran_rp"], frame["realisasi_langsung_rp"]
        ),
        status_anggaran=_status(frame),
    )
    judged = frame["serapan_persen"] if konteks.akhir_tahun else frame["serapan_kas_persen"]
    return frame.assign(kategori=classify(judged, konteks.ambang.skala["capaian"]))


def _cash_plan_covers(frame: pd.DataFrame, konteks: Konteks) -> pd.Series:
    """Return True where the cash plan is known for enough of the budget to judge by it."""
    share = compute_persen(frame["pagu_kas_rp"], frame["pagu_rp"])
    return share >= konteks.ambang["kelengkapan_minimum_persen"]


def _status(frame: pd.DataFrame) -> np.ndarray:
    pagu, spent = frame["pagu_rp"], frame["realisasi_rp"]
    return np.select(
        [
            pagu.isna(),
            (pagu == 0) & (frame["realisasi_tanpa_pagu_rp"] > 0),
            pagu == 0,
            spent.isna(),
            spent > frame["pagu_dinilai_rp"],
        ],
        [
            "pagu tidak diisi",
            "realisasi tanpa pagu",
            "tidak dianggarkan",
            "realisasi tidak diisi",
            "di atas pagu",
        ],
        default="wajar",
    )


@once
def judged_serapan(konteks: Konteks) -> pd.Series:
    """Return per activity the share that may be judged: of the year, or of the cash plan."""
    column = "serapan_persen" if konteks.akhir_tahun else "serapan_kas_persen"
    return konteks.uang.set_index("id_kegiatan")[column]


def summarize_anggaran(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    """Return the aggregate numbers of the budget (keys of ringkasan.toml)."""
    if frame.empty:
        return {}
    rows = frame.set_index("baris")
    total = rows.loc["total:semua"]
    copied = [
        "pagu_rp",
        "pagu_murni_rp",
        "realisasi_rp",
        "sisa_rp",
        "serapan_persen",
        "serapan_kas_persen",
        "realisasi_tanpa_pagu_rp",
        "langsung_sasaran_persen",
    ]
    lines = {
        "spesifik": "spesifik",
        "sensitif": "sensitif tanpa fisik",
        "fisik": "fisik/infrastruktur",
    }
    return {
        **{name: total[name] for name in copied},
        **{
            f"serapan_{key}_persen": rows.loc[f"lini:{name}", "serapan_persen"]
            for key, name in lines.items()
        },
        "serapan_lalu_persen": _total_serapan(konteks.anggaran_lalu),
        **_count_rows(frame[frame["kelompok"] == "kegiatan"]),
    }


def _total_serapan(rows: pd.DataFrame | None) -> float:
    if rows is None:
        return float("nan")
    sums = rows[["realisasi_rp", "pagu_dinilai_rp"]].sum(min_count=1)
    return persen(sums["realisasi_rp"], sums["pagu_dinilai_rp"])


def _count_rows(rows: pd.DataFrame) -> dict[str, Any]:
    kegiatan = parent_code(rows["kode"], "|")
    berpagu = rows["pagu_rp"] > 0
    sums = rows[berpagu].groupby(kegiatan[berpagu])["realisasi_rp"].sum(min_count=1)
    empty = berpagu & rows["realisasi_rp"].isna()
    return {
        "jumlah_di_atas_pagu": (rows["status_anggaran"] == "di atas pagu").sum(),
        "jumlah_tanpa_realisasi": (sums == 0).sum(),
        "jumlah_realisasi_kosong": kegiatan[empty].nunique(),
    }
