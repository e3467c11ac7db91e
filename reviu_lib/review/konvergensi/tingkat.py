"""The convergence rate: services received over services due, by quarter, group, and region.

tingkat konvergensi = sum of Y / (number of services x sasaran - sum of TS) x 100 (village
scorecard); upwards the sums are added and then divided, never a mean of rates. Only desa that
report every service of a group enter it.
"""

from __future__ import annotations

import pandas as pd

from reviu_lib.review.konteks import Konteks
from reviu_lib.review.konvergensi.aturan import ANAK, GABUNGAN, IBU, SELURUH, load_konvergensi
from reviu_lib.review.konvergensi.skor import compute_skor, count_skor
from reviu_lib.review.rasio import compute_persen, group_mixed, join_key, parent_code

_KUNCI = ["kode_desa", "triwulan", "kelompok"]
_REKAP, _NAMA = "rekap desa", "catatan per sasaran"
_JUMLAH = ["sasaran", "diterima", "seharusnya", "sasaran_lengkap", "lengkap"]


def compute_layanan_desa(konteks: Konteks) -> pd.DataFrame:
    """Return the counts per desa, quarter, group, and service, from recaps and from records.

    Columns: kode_desa, triwulan (1-4), kelompok, layanan, sasaran, diterima, tidak_seharusnya,
    tak_diketahui, seharusnya (sasaran - TS - unknown; missing stays missing), sumber. Where a desa
    gives a recap of a group and quarter, its records of that quarter are not counted again.
    """
    rekap = konteks.bahan.konvergensi
    rekap = rekap.assign(
        triwulan=rekap["triwulan"].str[-1].astype("Int64"), tak_diketahui=0, sumber=_REKAP
    )
    own = _count_records(konteks)
    told = pd.MultiIndex.from_frame(rekap[_KUNCI])
    own = own[~pd.MultiIndex.from_frame(own[_KUNCI]).isin(told)]
    frame = pd.concat([part for part in (rekap, own) if len(part)] or [rekap], ignore_index=True)
    numbers = ["sasaran", "diterima", "tidak_seharusnya", "tak_diketahui"]
    frame = frame.astype(dict.fromkeys(numbers, "float64"))
    due = frame["sasaran"] - frame["tidak_seharusnya"] - frame["tak_diketahui"]
    frame = frame[frame["kode_desa"].isin(konteks.desa["kode_desa"])]
    return frame.assign(seharusnya=due)[[*_KUNCI, "layanan", *numbers, "seharusnya", "sumber"]]


def _count_records(konteks: Konteks) -> pd.DataFrame:
    """Return the counts of the records by name, for quarters that were over at the cut-off."""
    years = [item.layanan_sasaran for item in (konteks.bahan, *konteks.lalu)]
    records = pd.concat([part for part in years if len(part)] or years[:1])
    skor = compute_skor(
        records,
        konteks.bahan.tahun,
        load_konvergensi(),
        bulan_ukur=konteks.aturan.bulan_penimbangan,
    )
    counts = count_skor(skor).assign(sumber=_NAMA)
    return counts[counts["triwulan"].astype("float64") <= _last_quarter(konteks)]


def _last_quarter(konteks: Konteks) -> int:
    """Return the last quarter of the review year that was over at the cut-off, 0 for none."""
    day = pd.Timestamp(konteks.bahan.tanggal_cutoff)
    ended = day.month if day.is_month_end else day.month - 1
    months = (day.year - konteks.bahan.tahun) * 12 + ended
    return min(max(months // 3, 0), 4)


def compute_konvergensi(konteks: Konteks, layanan: pd.DataFrame) -> pd.DataFrame:
    """Return the table konvergensi_sasaran: rate and completeness by region, quarter, and group.

    `acuan` marks the last quarter with a complete report. No rows without any count.
    """
    if layanan.empty:
        return pd.DataFrame(columns=["baris", "acuan", "triwulan"])
    groups = _sum_groups(layanan)
    both = _join_groups(groups)
    rows = pd.concat([groups, both], ignore_index=True)
    levels = [_sum_level(rows, level, konteks) for level in ("kabupaten", "kecamatan", "desa")]
    frame = pd.concat(levels, ignore_index=True)
    known = frame["konvergensi_persen"].notna() & frame["tingkat"].eq("kabupaten")
    last = frame.loc[known, "triwulan"].max()
    return frame.assign(
        wilayah=frame["kode_wilayah"].map(konteks.wilayah),
        acuan=frame["triwulan"].eq(last) if pd.notna(last) else False,
        baris=join_key(frame["kode_wilayah"], frame["triwulan"], frame["kelompok"]),
    )


def _sum_groups(layanan: pd.DataFrame) -> pd.DataFrame:
    """Return one row per desa, quarter, and group; sums are missing unless every service is there.

    sasaran_lengkap and lengkap come from the row `seluruh layanan` where a desa gives it.
    """
    services = layanan[layanan["layanan"] != SELURUH]
    pair = services["diterima"].notna() & services["seharusnya"].notna()
    grouped = services.assign(berpasangan=pair).groupby(_KUNCI, sort=True)
    sums = grouped[["diterima", "seharusnya"]].sum(min_count=1)
    sums["sasaran"] = grouped["sasaran"].max()
    sums["dilaporkan"] = grouped["berpasangan"].sum()
    sums["sumber"] = grouped["sumber"].first()
    rules = load_konvergensi()
    needed = pd.Series({name: rules.count_layanan(name) for name in (IBU, ANAK)})
    complete = sums["dilaporkan"] == needed.reindex(sums.index.get_level_values("kelompok")).values
    counts = ["sasaran", "diterima", "seharusnya"]
    sums[counts] = sums[counts].where(complete)
    whole = layanan[(layanan["layanan"] == SELURUH) & layanan["diterima"].notna()]
    whole = whole.set_index(_KUNCI)[["sasaran", "diterima"]]
    whole.columns = ["sasaran_lengkap", "lengkap"]
    return sums.join(whole, how="left").assign(utuh=complete.astype("int64")).reset_index()


def _join_groups(groups: pd.DataFrame) -> pd.DataFrame:
    """Return mothers and children of a desa and quarter together, where both are complete."""
    keys = ["kode_desa", "triwulan"]
    both = groups.groupby(keys)[["utuh"]].sum()["utuh"] == 2
    rows = groups[pd.MultiIndex.from_frame(groups[keys]).isin(both.index[both])]
    grouped = rows.groupby(keys, as_index=False)
    sums = grouped[_JUMLAH].sum(min_count=2)
    return sums.assign(
        kelompok=GABUNGAN, utuh=1, sumber=grouped["sumber"].first()["sumber"].to_numpy()
    )


def _sum_level(rows: pd.DataFrame, tingkat: str, konteks: Konteks) -> pd.DataFrame:
    """Return the sums and shares of one level; desa that say nothing count against completeness."""
    every = konteks.desa[["kode_desa", "kode_kecamatan"]]
    codes = {
        "kabupaten": lambda kode: pd.Series(konteks.bahan.kode_kabupaten, kode.index, "string"),
        "kecamatan": parent_code,
        "desa": lambda kode: kode,
    }[tingkat]
    rows = rows.assign(kode_wilayah=codes(rows["kode_desa"]))
    grouped = rows.groupby(["kode_wilayah", "triwulan", "kelompok"], sort=True)
    sums = grouped[_JUMLAH].sum(min_count=1)
    sums["jumlah_desa_lengkap"] = grouped["utuh"].sum()
    sums["sumber"] = group_mixed(grouped["sumber"])
    sums = sums.reset_index().assign(tingkat=tingkat)
    sizes = codes(every["kode_desa"]).value_counts()
    sums["jumlah_desa"] = sums["kode_wilayah"].map(sizes).astype("Int64")
    share = compute_persen(sums["jumlah_desa_lengkap"], sums["jumlah_desa"])
    return sums.assign(
        konvergensi_persen=compute_persen(sums["diterima"], sums["seharusnya"]),
        lengkap_persen=compute_persen(sums["lengkap"], sums["sasaran_lengkap"]),
        kelengkapan_persen=share,
        status_data=_status(share, konteks),
    )


def _status(share: pd.Series, konteks: Konteks) -> pd.Series:
    least = konteks.ambang["kelengkapan_minimum_persen"]
    status = pd.Series("lengkap", index=share.index, dtype="string")
    status = status.mask(share < 100, "sebagian").mask(share < least, "sementara")
    return status.mask(share == 0, "tidak tersedia")


def compute_layanan(
    konteks: Konteks, layanan: pd.DataFrame, konvergensi: pd.DataFrame
) -> pd.DataFrame:
    """Return the table konvergensi_layanan: each service of each quarter in the whole kabupaten.

    Summed over the desa that give both counts of the service; `acuan` as in konvergensi_sasaran.
    """
    rows = layanan[layanan["layanan"] != SELURUH]
    rows = rows[rows["diterima"].notna() & rows["seharusnya"].notna()]
    if rows.empty:
        return pd.DataFrame(columns=["baris"])
    order = {(item.kelompok, item.nama): n for n, item in enumerate(load_konvergensi().layanan)}
    keys = ["triwulan", "kelompok", "layanan"]
    grouped = rows.groupby(keys, as_index=False)
    sums = grouped[[*_CACAH_LAYANAN]].sum()
    place = [order[pair] for pair in zip(sums["kelompok"], sums["layanan"], strict=True)]
    sums = sums.assign(jumlah_desa=grouped.size()["size"].to_numpy(), urutan=place)
    sums = sums.sort_values(["triwulan", "urutan"], ignore_index=True)
    acuan = konvergensi.loc[konvergensi["acuan"], "triwulan"].unique()
    return sums.assign(
        persen=compute_persen(sums["diterima"], sums["seharusnya"]),
        jumlah_desa_seluruhnya=len(konteks.desa),
        acuan=sums["triwulan"].isin(acuan),
        baris=join_key(sums["triwulan"], sums["kelompok"], sums["layanan"]),
    )


_CACAH_LAYANAN = ("sasaran", "tidak_seharusnya", "tak_diketahui", "seharusnya", "diterima")
