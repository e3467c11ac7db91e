"""Signals in the money, time, and output of activities."""

from __future__ import annotations

import pandas as pd

from reviu_lib.review.capaian.kegiatan import compute_jendela, due_share
from reviu_lib.review.kamus import load_petunjuk
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import compute_persen

_BULAN_TRIWULAN = 3


def find_di_kegiatan(konteks: Konteks, kegiatan: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return kind → rows with baris, dasar, the activity or OPD, and the numbers of the signal."""
    spent = spend_by_quarter(konteks).merge(kegiatan[["id_kegiatan", "opd"]], on="id_kegiatan")
    return {
        "belanja_akhir": _late_spending(spent, konteks),
        "belanja_akhir_opd": _late_spending_of_opd(spent),
        "mulai_terlambat": _late_start(konteks),
        "serapan_tanpa_output": _spent_without_output(konteks, kegiatan),
    }


def spend_by_quarter(konteks: Konteks) -> pd.DataFrame:
    """Return per activity the spending of the last quarter begun by the cut-off, and of all so far.

    Columns: id_kegiatan, akhir_rp, seluruh_rp. Left out: activities with a quarter not reported,
    with no spending, or planned to begin in that quarter; all of them when it is the first.
    """
    last = (konteks.bahan.tanggal_cutoff.month - 1) // _BULAN_TRIWULAN + 1
    names = [f"realisasi_tw{number}_rp" for number in range(1, last + 1)]
    money = konteks.bahan.anggaran.set_index("id_kegiatan")[names].astype("float64")
    known = money.notna().all(axis=1).groupby(level=0).all()
    sums = money[known.reindex(money.index).to_numpy(bool)].groupby(level=0).sum()
    frame = pd.DataFrame({"akhir_rp": sums[names[-1]], "seluruh_rp": sums.sum(axis=1)})
    begin = pd.Timestamp(konteks.bahan.tahun, (last - 1) * _BULAN_TRIWULAN + 1, 1)
    start = konteks.bahan.jadwal.groupby("id_kegiatan")["rencana_mulai"].min()
    due = ~(start.reindex(frame.index) >= begin)
    return frame[due & (frame["seluruh_rp"] > 0) & (last > 1)].reset_index()


def _late_spending(spent: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    ambang = load_petunjuk()["belanja_akhir"].ambang
    pagu = konteks.uang.set_index("id_kegiatan")["pagu_rp"].astype("float64")
    share = spent["id_kegiatan"].map(pagu * 100 / pagu.sum())
    rows = spent.assign(porsi_akhir_persen=compute_persen(spent["akhir_rp"], spent["seluruh_rp"]))
    late = rows["porsi_akhir_persen"] >= ambang["porsi_akhir_persen"]
    rows = rows[late & (share >= ambang["porsi_pagu_persen"])]
    return rows.assign(baris=rows["id_kegiatan"], dasar=_money_cells(rows, konteks, "realisasi_rp"))


def _late_spending_of_opd(spent: pd.DataFrame) -> pd.DataFrame:
    ambang = load_petunjuk()["belanja_akhir_opd"].ambang
    grouped = spent.groupby("opd", sort=False)
    sums = grouped[["akhir_rp", "seluruh_rp"]].sum().assign(jumlah_kegiatan=grouped.size())
    share = compute_persen(sums["akhir_rp"], sums["seluruh_rp"])
    rows = sums.assign(porsi_akhir_persen=share).reset_index()
    many = rows["jumlah_kegiatan"] >= ambang["jumlah_kegiatan"]
    rows = rows[many & (rows["porsi_akhir_persen"] >= ambang["porsi_akhir_persen"])]
    key = rows["opd"].astype("string").str.replace(r"[\s;/]+", "_", regex=True)
    line = rows["opd"].astype("string").str.replace(";", ",", regex=False)
    return rows.assign(baris=key, dasar="realisasi_anggaran/opd:" + line + "/realisasi_rp")


def _late_start(konteks: Konteks) -> pd.DataFrame:
    """Return activities all of whose windows began late, with the least of the delays."""
    ambang = load_petunjuk()["mulai_terlambat"].ambang
    windows = compute_jendela(konteks.bahan.jadwal, konteks.bahan.tanggal_reviu)
    grouped = windows.groupby("id_kegiatan", sort=False)["deviasi_mulai_hari"]
    least = grouped.min().where(grouped.count() == grouped.size())
    rows = least.rename("mulai_terlambat_hari").reset_index()
    rows = rows[rows["mulai_terlambat_hari"] >= ambang["mulai_terlambat_hari"]]
    return rows.assign(
        baris=rows["id_kegiatan"], dasar=_plan_cells(rows["id_kegiatan"], "deviasi_mulai_hari")
    )


def _spent_without_output(konteks: Konteks, kegiatan: pd.DataFrame) -> pd.DataFrame:
    """Return activities with high absorption and little of the output due; missing is unknown."""
    ambang = load_petunjuk()["serapan_tanpa_output"].ambang
    rows = kegiatan[["id_kegiatan", "capaian_output_persen"]].merge(
        konteks.uang[["id_kegiatan", "serapan_persen"]], on="id_kegiatan"
    )
    due = rows["id_kegiatan"].map(due_share(konteks)).astype("float64").fillna(1.0)
    little = rows["capaian_output_persen"] <= ambang["capaian_output_persen"] * due
    rows = rows[little & (rows["serapan_persen"] >= ambang["serapan_persen"])]
    output = _plan_cells(rows["id_kegiatan"], "capaian_output_persen")
    return rows.assign(
        baris=rows["id_kegiatan"],
        dasar=output + ";" + _money_cells(rows, konteks, "serapan_persen"),
    )


def _plan_cells(ids: pd.Series, kolom: str) -> pd.Series:
    return "realisasi_kegiatan/" + ids.astype("string") + f"/{kolom}"


def _money_cells(rows: pd.DataFrame, konteks: Konteks, kolom: str) -> pd.Series:
    """Return the addresses of the budget rows of each activity, joined by semicolons."""
    money = konteks.bahan.anggaran
    money = money[money["id_kegiatan"].isin(rows["id_kegiatan"])]
    source = money["sumber_dana"].astype("string").str.replace(";", ",", regex=False)
    address = "realisasi_anggaran/kegiatan:" + money["id_kegiatan"] + "|" + source + f"/{kolom}"
    joined = address.groupby(money["id_kegiatan"]).agg(";".join)
    return rows["id_kegiatan"].map(joined).astype("string")
