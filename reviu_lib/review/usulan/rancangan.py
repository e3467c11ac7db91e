"""The draft of next year's plan (Aksi 2): what goes on, and gaps that no activity serves yet.

A continued activity is one row with the activities merged into it. For a gap without activity the
row names the gap and who answers for the indicator, and leaves the sub-kegiatan to the meeting.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviu_lib.formatting import BULAN
from reviu_lib.review.capaian.pagu import sum_realisasi_lengkap
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.konteks import Konteks, split_indikator
from reviu_lib.review.lokasi import find_wilayah
from reviu_lib.review.rasio import cells, gather, parent_code
from reviu_lib.review.usulan.kegiatan import GABUNG, find_twin
from reviu_lib.review.usulan.kesenjangan import list_kekurangan_desa
from reviu_lib.review.usulan.lokus import DIUSULKAN
from reviu_lib.review.usulan.perkiraan import propose_pagu, propose_target_output
from reviu_lib.review.usulan.putusan import (
    DISEPAKATI,
    DITERUSKAN,
    DIWARISKAN,
    ISIAN_RANCANGAN,
    TIDAK_DITERUSKAN,
    add_putusan,
    choose_keadaan,
    choose_nasib,
    inherit_isian,
    list_perubahan,
)

KEGIATAN = "kegiatan tahun ini"
KESENJANGAN = "kesenjangan tanpa kegiatan"
_BERJARAK = [
    "menurun", "tidak merata", "cakupan rendah", "target tahun depan lebih ketat",
]  # fmt: skip
_JUMLAH = ["target_output", "realisasi_output", "pagu_rp", "realisasi_rp"]


def propose_rancangan(konteks: Konteks, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the table rancangan_kegiatan: continued activities, then gaps without activity.

    `tables` hold realisasi_kegiatan, capaian_cakupan, usulan_kegiatan, kesenjangan_cakupan, and
    usulan_lokus. An activity is continued when the meeting says so, or when the tool proposes it;
    one the meeting leaves out stays listed as `tidak diteruskan`.
    """
    parts = [_continue_kegiatan(konteks, tables), _list_gaps(konteks, tables)]
    frame = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    if frame.empty:
        return pd.DataFrame(columns=["baris"])
    rules = load_aturan_usulan()
    frame = frame.assign(
        baris="RR-" + frame["kunci"],
        id_usulan="RR-" + frame["kunci"],
        kanal=rules.rancangan.kanal,
        dokumen=_name_documents(frame["sumber_dana"]),
        tenggat=pd.Timestamp(
            rules.rekomendasi.deadline(rules.rancangan.kanal, konteks.bahan.tahun)
        ),
    )
    frame = inherit_isian(add_putusan(frame, konteks.putusan, *ISIAN_RANCANGAN))
    return frame.assign(keadaan=choose_keadaan(frame), perubahan=list_perubahan(frame))


def _continue_kegiatan(konteks: Konteks, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per activity that goes on, with what is merged into it."""
    rules, usulan = load_aturan_usulan().rancangan, tables["usulan_kegiatan"]
    rows = _merge_doubles(konteks, tables["realisasi_kegiatan"], usulan)
    if rows.empty:
        return rows
    ratio = rows["id_kegiatan"].map(_find_ratio(konteks, tables["kesenjangan_cakupan"]))
    rows = rows.join(
        propose_target_output(rows, ratio.astype("float64"), ambang=konteks.ambang, rules=rules)
    )
    rows = rows.join(propose_pagu(rows, ambang=konteks.ambang, rules=rules))
    code = rows["kode_sub_kegiatan"]
    return rows.assign(
        kunci=rows["id_kegiatan"],
        asal=KEGIATAN,
        kode_indikator=rows["indikator_terkait"],
        masalah=_look_up(rows, _name_gaps(konteks, tables["kesenjangan_cakupan"])),
        kode_kegiatan=parent_code(code),
        kode_program=parent_code(parent_code(parent_code(code))),
        target_tahun_ini=rows["target_output"],
        pagu_tahun_ini_rp=rows["pagu_rp"],
        lokasi_tahun_ini=rows["lokasi_rencana"],
        lokasi_usulan=_choose_places(konteks, rows, tables),
        sumber_dana=_look_up(rows, _list_funds(konteks)),
        waktu=rows["id_kegiatan"].map(_shift_schedule(konteks)).astype("string"),
        alasan=rows["alasan_usulan"] + " " + rows["usulan_tahun_depan"],
        dasar=_list_grounds(rows),
    )


def _merge_doubles(konteks: Konteks, kegiatan: pd.DataFrame, usulan: pd.DataFrame) -> pd.DataFrame:
    """Return the activities that go on; a merged one adds its sums to the one it doubles."""
    nasib = choose_nasib(usulan)
    listed = usulan["usulan"].isin(DITERUSKAN) | nasib.isin(DITERUSKAN)
    going = kegiatan["id_kegiatan"].isin(usulan.loc[listed, "id_kegiatan"])
    money = konteks.uang.set_index("id_kegiatan")["pagu_rp"]
    told = ["usulan", "alasan", "usulan_tahun_depan"]
    words = usulan.set_index("id_kegiatan")[[*told, *DIWARISKAN]]
    words = words.rename(columns={"alasan": "alasan_usulan", **DIWARISKAN})
    rows = kegiatan.assign(
        induk=_find_hosts(kegiatan, nasib.set_axis(usulan["id_kegiatan"]), going),
        pagu_rp=kegiatan["id_kegiatan"].map(money).astype("float64"),
        realisasi_rp=kegiatan["id_kegiatan"].map(sum_realisasi_lengkap(konteks.bahan)),
    )[going]
    rows = rows.astype(dict.fromkeys(_JUMLAH, "float64"))
    sums = rows.groupby("induk")[_JUMLAH].sum(min_count=1)
    hosts = rows[rows["induk"] == rows["id_kegiatan"]].drop(columns=_JUMLAH)
    joined = hosts.join(sums, on="id_kegiatan").join(words, on="id_kegiatan")
    return joined.drop(columns="alasan").reset_index(drop=True)


def _find_hosts(kegiatan: pd.DataFrame, nasib: pd.Series, going: pd.Series) -> pd.Series:
    """Return the activity each one is merged into: its double where both go on, else itself."""
    ids = kegiatan["id_kegiatan"]
    twin = find_twin(kegiatan)
    merged = ids.map(nasib).eq(GABUNG).fillna(False) & twin.isin(ids[going])
    return ids.mask(merged.astype(bool), twin)


def _find_ratio(konteks: Konteks, kesenjangan: pd.DataFrame) -> pd.Series:
    """Return per activity next year's target / coverage of its indicator furthest from it."""
    own = kesenjangan[(kesenjangan["arah"] != "turun") & (kesenjangan["capaian_persen"] > 0)]
    own = own[own["kesenjangan_berikut_poin"].notna()].set_index("kode_indikator")
    ratio = own["target_berikut_persen"] / own["capaian_persen"]
    link = konteks.kaitan
    values = link["kode_indikator"].map(ratio).astype("float64")
    return values.groupby(link["id_kegiatan"]).max()


def _name_gaps(konteks: Konteks, kesenjangan: pd.DataFrame) -> dict[str, list[str]]:
    """Return per activity the names of its indicators with the kind of gap of each."""
    own = kesenjangan.set_index("kode_indikator")
    text = own["indikator"] + " (" + own["jenis_kesenjangan"] + ")"
    link = konteks.kaitan
    return gather(link["id_kegiatan"], link["kode_indikator"].map(text))


def _choose_places(
    konteks: Konteks, rows: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> pd.Series:
    """Return per activity the desa to begin with, at most `rancangan_jumlah_lokasi`.

    Desa lacking most of what the kabupaten lacks on the activity's indicators come first, proposed
    lokus before others, and only inside the kecamatan that this year's location names alone.
    """
    lack = _rank_lack(konteks, tables)
    link = split_indikator(rows).merge(lack, on="kode_indikator")
    place = find_wilayah(rows["lokasi_rencana"], konteks).set_axis(rows["id_kegiatan"])
    within = link["id_kegiatan"].map(place)
    inside = (within == konteks.bahan.kode_kabupaten) | (within == parent_code(link["kode_desa"]))
    sums = link[inside].groupby(["id_kegiatan", "kode_desa"], sort=False)
    ranked = sums[["bagian"]].sum().assign(lokus=sums["lokus"].first()).reset_index()
    ranked = ranked.sort_values(
        ["id_kegiatan", "lokus", "bagian", "kode_desa"], ascending=[True, False, False, True]
    )
    most = int(konteks.ambang["rancangan_jumlah_lokasi"])
    first = ranked.groupby("id_kegiatan").head(most)
    names = first["kode_desa"].map(_full_names(konteks))
    return _look_up(rows, gather(first["id_kegiatan"], names))


def _look_up(rows: pd.DataFrame, texts: dict[str, list[str]]) -> pd.Series:
    """Return the texts of each activity joined by semicolons; missing where it has none."""
    joined = {kode: "; ".join(each) for kode, each in texts.items() if each}
    return rows["id_kegiatan"].map(joined).astype("string")


def _rank_lack(konteks: Konteks, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return per indicator and desa its share of what all desa lack, and if proposed as lokus."""
    rows = list_kekurangan_desa(tables["capaian_cakupan"])
    lokus = tables["usulan_lokus"]
    chosen = lokus.loc[lokus["usulan"] == DIUSULKAN, "kode_desa"] if len(lokus) else []
    whole = rows.groupby("kode_indikator")["kurang"].transform("sum")
    return rows.assign(bagian=rows["kurang"] / whole, lokus=rows["kode_desa"].isin(list(chosen)))


def _full_names(konteks: Konteks) -> pd.Series:
    desa = konteks.desa
    names = desa["desa"].fillna(desa["kode_desa"]) + " (" + desa["kecamatan"].fillna("") + ")"
    return names.set_axis(desa["kode_desa"])


def _list_funds(konteks: Konteks) -> dict[str, list[str]]:
    rows = konteks.bahan.anggaran
    funds = gather(rows["id_kegiatan"], rows["sumber_dana"])
    return {kode: sorted(set(names)) for kode, names in funds.items()}


def _shift_schedule(konteks: Konteks) -> pd.Series:
    """Return per activity the months of its windows, a year later: `Februari - Agustus 2025`."""
    rows = konteks.bahan.jadwal.dropna(subset=["rencana_mulai", "rencana_selesai"])
    windows = rows.groupby("id_kegiatan")
    ends = (windows["rencana_mulai"].min(), windows["rencana_selesai"].max())
    tahun = konteks.bahan.tahun + 1
    names = dict(enumerate(BULAN, start=1))
    first, last = (day.dt.month.map(names).astype("string") for day in ends)
    span = (first + " - " + last).where(first != last, last)
    return (span + f" {tahun}").astype("string")


def _list_grounds(rows: pd.DataFrame) -> list[str]:
    return [
        cells("realisasi_kegiatan", kode, "target_output", "realisasi_output")
        + ";"
        + cells("usulan_kegiatan", f"UK-{kode}", "usulan")
        for kode in rows["id_kegiatan"]
    ]


def _list_gaps(konteks: Konteks, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per indicator that is short of next year's target and served by nothing."""
    rules = load_aturan_usulan().rancangan
    rows = tables["kesenjangan_cakupan"]
    rows = rows[rows["pertanyaan"].notna() & rows["jenis_kesenjangan"].isin(_BERJARAK)]
    rows = rows.reset_index(drop=True)
    cards = rows["kode_indikator"].map(konteks.indikator)
    lower = rows["arah"] == "turun"
    dasar = lower.map({True: "berkurang", False: "kesenjangan"}).map(rules.dasar_target)
    return pd.DataFrame(
        {
            "kunci": rows["kode_indikator"],
            "asal": KESENJANGAN,
            "kode_indikator": rows["kode_indikator"],
            "masalah": rows["indikator"] + " (" + rows["jenis_kesenjangan"] + ")",
            "jenis": rows["jenis"],
            "indikator_output": pd.Series([card.pembilang for card in cards], dtype="string"),
            "target_usulan": rows["kesenjangan_berikut_sasaran"].astype("float64").mask(lower),
            "satuan": pd.Series([card.populasi_penyebut for card in cards], dtype="string"),
            "dasar_target": dasar,
            "lokasi_usulan": rows["kecamatan_terbesar"],
            "dasar_pagu": rules.dasar_pagu["kosong"],
            "sumber_dana": pd.Series(pd.NA, rows.index, dtype="string"),
            "opd": rows["opd"],
            "alasan": rules.alasan_kesenjangan,
            "dasar": [
                cells("kesenjangan_cakupan", kode, "kesenjangan_berikut_sasaran", "pertanyaan")
                for kode in rows["kode_indikator"]
            ],
        }
    )


def _name_documents(sumber_dana: pd.Series) -> pd.Series:
    """Return the planning documents by fund: of the village, of the kabupaten, or of both."""
    rules = load_aturan_usulan()
    own = rules.rekomendasi.dokumen[rules.rancangan.kanal]
    village, fund = rules.rancangan.dokumen_desa, rules.rancangan.sumber_dana_desa
    parts = sumber_dana.fillna("").str.split("; ")
    return parts.map(
        lambda names: village if names == [fund] else f"{own}; {village}" if fund in names else own
    )


def summarize_rancangan(frame: pd.DataFrame) -> dict[str, Any]:
    """Return counts and the summed budget range of the draft (keys of ringkasan.toml)."""
    if frame.empty:
        return {}
    rows = frame[frame["keadaan"] != TIDAK_DITERUSKAN]
    known = rows[rows["pagu_bawah_rp"].notna()] if "pagu_bawah_rp" in rows else rows.iloc[:0]
    return {
        "jumlah_rancangan": len(rows),
        "jumlah_rancangan_disepakati": (rows["keadaan"] == DISEPAKATI).sum(),
        "jumlah_rancangan_naik": (rows["target_usulan"] > rows["target_tahun_ini"]).sum()
        if "target_tahun_ini" in rows
        else 0,
        "jumlah_rancangan_tanpa_pagu": len(rows) - len(known),
        "rancangan_pagu_bawah_rp": known["pagu_bawah_rp"].sum() if len(known) else None,
        "rancangan_pagu_atas_rp": known["pagu_atas_rp"].sum() if len(known) else None,
        "rancangan_pagu_kini_rp": known["pagu_tahun_ini_rp"].sum() if len(known) else None,
    }
