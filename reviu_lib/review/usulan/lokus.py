"""Proposed focus desa for next year, by a score whose parts and weights are declared.

Each component is ranked and normalised to 0-100 over the desa that have it; the weights of absent
components are shared out among the present ones. Desa whose register cannot be relied on (few
measured, low D/S) are never ranked and never dropped: they cannot be judged yet.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import reference_register
from reviu_lib.review.rasio import TAK_DINILAI, cells, compute_persen
from reviu_lib.review.usulan.ketahanan import (
    BERGANTUNG,
    KUKUH,
    compute_ketahanan,
    list_variasi,
)
from reviu_lib.review.usulan.putusan import add_putusan

DIUSULKAN = "diusulkan lokus"
DIPANTAU = "tetap dipantau"
# Component → column it is read from.
_KOMPONEN = {
    "prevalensi": "prevalensi_persen",
    "jumlah": "stunting",
    "kesenjangan": "rerata_kesenjangan_poin",
    "krs": "porsi_krs_persen",
}
_SEBUTAN = {
    "prevalensi": "prevalensi",
    "jumlah": "jumlah balita stunting",
    "kesenjangan": "kesenjangan cakupan",
    "krs": "porsi keluarga berisiko stunting",
}
_DIBAGI = "; bobot komponen yang tidak ada dibagi ke yang ada"
_TAK_ANDAL = "Jumlah diukur atau D/S di bawah ambang, atau tidak tersedia: data tidak andal"
_REGISTER = ["prevalensi_persen", "stunting", "diukur", "d_per_s_persen"]


def propose_lokus(
    konteks: Konteks, prevalensi: pd.DataFrame, cakupan: pd.DataFrame
) -> pd.DataFrame:
    """Return the table usulan_lokus: every desa by score, unreliable ones last; or no rows.

    No rows when there is neither a register nor coverage per desa to judge by.
    """
    frame = _collect(konteks, prevalensi, cakupan)
    if frame[list(_KOMPONEN.values())].isna().all(axis=None):
        return pd.DataFrame(columns=["baris"])
    frame = _score(frame, konteks)
    frame = frame.assign(data_andal=_reliability(frame, konteks))
    frame = frame.assign(kuadran=_quadrants(frame, konteks))
    frame = _rank(frame, konteks)
    ranks, jumlah = _rank_components(frame), count_lokus(konteks)
    frame = frame.join(compute_ketahanan(frame, ranks, ambang=konteks.ambang, jumlah=jumlah))
    dasar = _grounds(frame, prevalensi, konteks)
    frame = frame.assign(
        id_usulan="UL-" + frame["kode_desa"],
        baris="UL-" + frame["kode_desa"],
        perubahan_lokus=_compare_current(frame),
        alasan=_reasons(frame),
        dasar=dasar,
    )
    extra = ["kode_kecamatan", "tersedia"]
    return add_putusan(frame.drop(columns=extra), konteks.putusan)


def _collect(konteks: Konteks, prevalensi: pd.DataFrame, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return every desa with the figures the score and the flags need."""
    register = reference_register(prevalensi, konteks)
    register = register[register["tingkat"] == "desa"].set_index("kode_wilayah")
    desa = konteks.desa.reset_index(drop=True)
    kode = desa["kode_desa"]
    values = {name: kode.map(register[name]).astype("float64") for name in _REGISTER}
    return desa.assign(
        **values,
        rerata_kesenjangan_poin=kode.map(_mean_gap(cakupan)).astype("float64"),
        porsi_krs_persen=kode.map(_krs_share(konteks)).astype("float64"),
        lokus_tahun_ini=kode.isin(konteks.lokus) if konteks.lokus else pd.NA,
    )


def _mean_gap(cakupan: pd.DataFrame) -> pd.Series:
    """Return per desa the mean shortfall in points over the indicators that can be judged."""
    judged = (cakupan["tingkat"] == "desa") & (cakupan["status_capaian"] != TAK_DINILAI)
    rows = cakupan.loc[judged, ["kode_wilayah", "arah", "selisih_target_poin"]]
    gap = -rows["selisih_target_poin"].where(rows["arah"] != "turun", -rows["selisih_target_poin"])
    return gap.clip(lower=0).groupby(rows["kode_wilayah"]).mean()


def _krs_share(konteks: Konteks) -> pd.Series:
    """Return families at risk over all families, both from the denominators of the year."""
    kode = konteks.aturan.indikator_krs
    whole = [key for key, card in konteks.indikator.items() if card.populasi_penyebut == "keluarga"]
    if not kode or not whole:
        return pd.Series(dtype="float64")
    pairs = konteks.pasangan
    pairs = pairs[pairs["kode_desa"].notna() & pairs["kode_indikator"].isin([kode, *whole])]
    table = pairs.pivot(index="kode_desa", columns="kode_indikator", values="penyebut")
    families = table.reindex(columns=whole).max(axis=1)
    return compute_persen(table.reindex(columns=[kode])[kode], families)


def _score(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the desa with skor and the names of the components it rests on."""
    weights = {name: konteks.ambang[f"bobot_lokus_{name}"] for name in _KOMPONEN}
    ranks = _rank_components(frame)
    weight = pd.Series(weights)
    total = ranks.notna().mul(weight, axis=1).sum(axis=1)
    points = ranks.mul(weight, axis=1).sum(axis=1, min_count=1)
    return frame.assign(skor=points / total.where(total > 0), tersedia=_present(ranks))


def _rank_components(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: normalize_rank(frame[col]) for name, col in _KOMPONEN.items()})


def normalize_rank(values: pd.Series) -> pd.Series:
    """Return ranks scaled to 0 (lowest) to 100 (highest) over known values, ties averaged."""
    rank = values.rank(method="average")
    return (rank - 1) * 100 / max(int(values.notna().sum()) - 1, 1)


def _present(ranks: pd.DataFrame) -> list[str]:
    return [
        ", ".join(_SEBUTAN[name] for name, known in zip(ranks.columns, row, strict=True) if known)
        for row in ranks.notna().to_numpy()
    ]


def _quadrants(frame: pd.DataFrame, konteks: Konteks) -> pd.Series:
    """Return I-IV by prevalence and coverage gap against `split_quadrants`; missing without either.

    Desa whose data are not reliable have their quadrant too, and their flag beside it.
    """
    prevalence, gap = frame["prevalensi_persen"], frame["rerata_kesenjangan_poin"]
    high, wide = (
        values >= split
        for values, split in zip((prevalence, gap), split_quadrants(frame, konteks), strict=True)
    )
    names = np.select([high & wide, high, wide], ["I", "II", "III"], default="IV")
    known = prevalence.notna() & gap.notna()
    return pd.Series(names, index=frame.index, dtype="string").where(known)


def split_quadrants(frame: pd.DataFrame, konteks: Konteks) -> tuple[float, float]:
    """Return the prevalence and the coverage gap at which the desa are parted.

    Both at `kuadran_persentil` (50, the median). Prevalence of desa not known to be unreliable;
    where there is none, of all. NaN without any figure.
    """
    share = konteks.ambang["kuadran_persentil"] / 100
    prevalence = frame["prevalensi_persen"]
    sound = frame["data_andal"].fillna(True).astype(bool) & prevalence.notna()
    chosen = prevalence[sound] if sound.any() else prevalence
    return chosen.quantile(share), frame["rerata_kesenjangan_poin"].quantile(share)


def _reliability(frame: pd.DataFrame, konteks: Konteks) -> pd.Series:
    """Return False below a threshold, True when both are met, missing when D/S is not known."""
    enough = frame["diukur"] >= konteks.ambang["diukur_minimum"]
    present = frame["d_per_s_persen"] >= konteks.ambang["ds_minimum_persen"]
    result = (enough & present).astype("boolean")
    return result.mask(enough & frame["d_per_s_persen"].isna(), pd.NA)


def _rank(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the desa ordered by score with urutan and usulan; unreliable ones unranked."""
    ranked = frame["data_andal"].fillna(True).astype(bool) & frame["skor"].notna()
    frame = frame.assign(ranked=ranked).sort_values(
        ["ranked", "skor", "stunting", "kode_desa"],
        ascending=[False, False, False, True],
        ignore_index=True,
    )
    order = frame["ranked"].cumsum().where(frame["ranked"])
    chosen = order <= count_lokus(konteks)
    usulan = np.select([chosen, frame["ranked"]], [DIUSULKAN, DIPANTAU], default=TAK_DINILAI)
    return frame.assign(urutan=order, usulan=usulan).drop(columns="ranked")


def count_lokus(konteks: Konteks) -> int:
    """Return how many desa to propose: as many as now, else the declared share of all desa."""
    lokus = konteks.bahan.lokus
    current = int((lokus["tahun"] == konteks.bahan.tahun).sum())
    share = konteks.ambang["porsi_lokus_persen"] * len(konteks.desa) / 100
    return current or int(np.ceil(share))


def _compare_current(frame: pd.DataFrame) -> pd.Series:
    """Return what the proposal means for this year's list; missing without that list."""
    now = frame["lokus_tahun_ini"].eq(True).fillna(False).astype(bool)
    chosen, unknown = frame["usulan"] == DIUSULKAN, frame["usulan"] == TAK_DINILAI
    words = np.select(
        [now & chosen, chosen, now & unknown, now],
        ["tetap", "baru", "belum dapat dinilai", "keluar"],
        default="bukan lokus",
    )
    return pd.Series(words, frame.index, dtype="string").mask(frame["lokus_tahun_ini"].isna())


def _reasons(frame: pd.DataFrame) -> pd.Series:
    """Return a sentence per desa without numbers: what the score rests on and what is lacking."""
    present = frame["tersedia"].astype("string")
    partial = present.str.count(", ") + 1 < len(_KOMPONEN)
    text = "Skor dari " + present + np.where(partial, _DIBAGI, "")
    text = text + np.where(frame["data_andal"].isna(), "; D/S tidak tersedia", "")
    text = text.mask(frame["usulan"] == TAK_DINILAI, _TAK_ANDAL)
    leaves = frame["lokus_tahun_ini"].eq(True).fillna(False) & (frame["usulan"] != DIUSULKAN)
    return text + np.where(leaves, "; saat ini lokus", "") + "."


def _grounds(frame: pd.DataFrame, prevalensi: pd.DataFrame, konteks: Konteks) -> list[str]:
    register = reference_register(prevalensi, konteks)
    rows = register[register["tingkat"] == "desa"].set_index("kode_wilayah")["baris"]
    own = frame["kode_desa"].map(rows)
    return [
        ""
        if pd.isna(baris)
        else cells(
            "perkembangan_prevalensi",
            baris,
            "prevalensi_persen",
            "stunting",
            "diukur",
            "d_per_s_persen",
        )
        for baris in own
    ]


def summarize_lokus(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    """Return the aggregate numbers of the proposed focus desa (keys of ringkasan.toml)."""
    lokus = konteks.bahan.lokus
    numbers: dict[str, Any] = {}
    if len(lokus):
        numbers["jumlah_lokus_tahun_ini"] = (lokus["tahun"] == konteks.bahan.tahun).sum()
    if frame.empty:
        return numbers
    chosen = frame["usulan"] == DIUSULKAN
    kept = chosen & frame["lokus_tahun_ini"].eq(True).fillna(False)
    return {
        **numbers,
        "jumlah_lokus_diusulkan": chosen.sum(),
        "jumlah_lokus_tetap": kept.sum() if numbers else None,
        "jumlah_desa_tidak_andal": frame["data_andal"].eq(False).fillna(False).sum(),
    }


def summarize_kuadran(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    """Return the prevalence and the coverage gap that part the quadrants."""
    if frame.empty:
        return {}
    prevalence, gap = split_quadrants(frame, konteks)
    return {"kuadran_prevalensi_persen": prevalence, "kuadran_kesenjangan_poin": gap}


def summarize_ketahanan(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    """Return how many proposals hold under other weights, and how many desa could replace them."""
    if frame.empty:
        return {}
    variants = list_variasi(_rank_components(frame), konteks.ambang)
    if variants.empty:
        return {}
    others = frame["usulan"].eq(DIPANTAU) & frame["ketahanan_persen"].gt(0)
    return {
        "jumlah_variasi_bobot": len(variants),
        "jumlah_lokus_kukuh": frame["ketahanan"].eq(KUKUH).sum(),
        "jumlah_lokus_bergantung": frame["ketahanan"].eq(BERGANTUNG).sum(),
        "jumlah_desa_pengganti": others.sum(),
    }
