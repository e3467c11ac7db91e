"""Who may learn from whom: a partner surely better on one indicator, as alike as can be.

Likeness is the weighted mean of what is known of two places (`[kemiripan]` in banding.toml): same
province, both kabupaten or both kota, the smaller group of children over the larger, and how near
the shares of focus desa are. What is not known of either is left out, not counted as nought.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_aturan_banding
from reviu_lib.formatting import format_number, format_teks_sambung, join_list
from reviu_lib.review.banding.pelajaran import BELUM
from reviu_lib.review.banding.peringkat import DIBANDINGKAN, tell_apart

DIUSULKAN, TANPA_MITRA = "diusulkan", "belum ada mitra"
# Second block of a Kemendagri code: kabupaten are numbered from 01, kota from 71.
_KOTA_MULAI = 71
_KOLOM = ["kode_kabupaten", "kabupaten", "kode_indikator", "indikator", "capaian_persen",
          "target_persen"]  # fmt: skip
_MITRA = ["kode_mitra", "mitra", "capaian_mitra_persen", "selisih_poin", "kemiripan_persen",
          "jumlah_calon"]  # fmt: skip
_TIDAK_DIBANDINGKAN = "perbandingan indikator ini ditahan"
_TIDAK_ADA = "tidak ada yang nyata lebih baik dengan syarat yang sama"


def propose_pasangan(
    cakupan: pd.DataFrame,
    peringkat: pd.DataFrame,
    peserta: pd.DataFrame,
    *,
    kegiatan: pd.DataFrame,
) -> pd.DataFrame:
    """Return the table pasangan: one row per kabupaten and indicator short of its target.

    A partner is surely better within the same conditions; among those the likest, then the one
    further ahead, then by code. Largest distance first within a kabupaten.
    """
    rows = cakupan.loc[cakupan["status_capaian"].eq(BELUM), _KOLOM].reset_index(drop=True)
    likeness = compute_kemiripan(peserta)
    groups = peringkat[peringkat["keadaan"].eq(DIBANDINGKAN) & peringkat["kode_indikator"].notna()]
    found = [
        _find_partners(part, likeness)
        for _, part in groups.groupby(["kode_indikator", "syarat"], sort=False)
    ]
    keys = ["kode_kabupaten", "kode_indikator"]
    texts = dict.fromkeys([*keys, "kabupaten", "indikator", "kode_mitra", "mitra"], "string")
    numbers = dict.fromkeys(_MITRA[2:], "Float64")
    partners = pd.concat(found) if found else pd.DataFrame(columns=[*keys, *_MITRA], dtype=object)
    rows = rows.merge(partners, on=keys, how="left")
    beside = kegiatan.rename(columns={"kode_kabupaten": "kode_mitra", "kegiatan": "kegiatan_mitra"})
    rows = rows.merge(beside[["kode_mitra", "kode_indikator", "kegiatan_mitra"]],
                      on=["kode_mitra", "kode_indikator"], how="left")  # fmt: skip
    rows = rows.astype({**texts, **numbers})
    compared = set(zip(groups["kode_kabupaten"], groups["kode_indikator"], strict=True))
    return _sort(_put_words(rows, compared))


def _sort(rows: pd.DataFrame) -> pd.DataFrame:
    gap = rows["selisih_poin"].abs().fillna(-1)
    order = rows.assign(_jarak=gap).sort_values(
        ["kode_kabupaten", "_jarak", "kode_indikator"], ascending=[True, False, True], kind="stable"
    )
    return order.drop(columns="_jarak").reset_index(drop=True)


def _find_partners(part: pd.DataFrame, likeness: pd.DataFrame) -> pd.DataFrame:
    """Return for each place of one indicator and one set of conditions its likest better place."""
    low, high = (part[f"{side}_banding_persen"].to_numpy(float) for side in ("bawah", "atas"))
    half = load_aturan_banding()["beda_minimum_poin"] / 2
    codes, value = part["kode_kabupaten"].to_numpy(object), part["nilai_persen"].to_numpy(float)
    better = tell_apart(low - half, high + half, naik=part["arah"].iloc[0] == "naik").T
    alike = likeness.loc[codes, codes].to_numpy(float)
    ahead = np.abs(value[None, :] - value[:, None])
    # Likeness decides; the lead only between equals, so it weighs less than any rounding of it.
    points = np.where(better, np.round(np.nan_to_num(alike), 6) + ahead * 1e-9, -1.0)
    best, some = points.argmax(axis=1), better.any(axis=1)
    frame = pd.DataFrame(
        {
            "kode_kabupaten": codes,
            "kode_indikator": part["kode_indikator"].to_numpy(object),
            "kode_mitra": codes[best],
            "mitra": part["kabupaten"].to_numpy(object)[best],
            "capaian_mitra_persen": value[best],
            "selisih_poin": value[best] - value,
            "kemiripan_persen": alike[np.arange(len(codes)), best],
            "jumlah_calon": better.sum(axis=1),
        }
    )
    return frame[some]


def compute_kemiripan(peserta: pd.DataFrame) -> pd.DataFrame:
    """Return the likeness of every two compared places, 0 to 100, by code in rows and columns.

    NaN where nothing is known of a pair.
    """
    parts = _list_unsur(peserta)
    weights: dict[str, float] = {
        str(name): weight.nilai for name, weight in load_aturan_banding().kemiripan.items()
    }
    known = {name: ~np.isnan(part) * weights[name] for name, part in parts.items()}
    total = sum(np.nan_to_num(part) * weights[name] for name, part in parts.items())
    weight = sum(known.values())
    codes = peserta["kode_kabupaten"].to_numpy(object)
    share = np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)
    return pd.DataFrame(share * 100, index=codes, columns=codes)


def _list_unsur(peserta: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return each part of likeness as a square matrix from 0 to 1, NaN where it is not known."""
    codes = peserta["kode_kabupaten"].astype("string")
    province = codes.str[:2].to_numpy(object)
    kota = (codes.str[3:5].astype(int) >= _KOTA_MULAI).to_numpy()
    size = peserta["sasaran_balita"].to_numpy(float, na_value=np.nan)
    lokus = peserta["porsi_lokus_persen"].to_numpy(float, na_value=np.nan)
    small, large = np.minimum.outer(size, size), np.maximum.outer(size, size)
    return {
        "provinsi": np.equal.outer(province, province).astype(float),
        "bentuk": np.equal.outer(kota, kota).astype(float),
        "sasaran": np.divide(small, large, out=np.full_like(small, np.nan), where=large > 0),
        "lokus": 1 - np.abs(np.subtract.outer(lokus, lokus)) / 100,
    }


def _put_words(rows: pd.DataFrame, compared: set[tuple[str, str]]) -> pd.DataFrame:
    """Return the proposals with reason, question, and basis; those without a partner say why."""
    have = rows["kode_mitra"].notna()
    pairs = pd.Series(list(zip(rows["kode_kabupaten"], rows["kode_indikator"], strict=True)),
                      rows.index, object)  # fmt: skip
    why = pairs.isin(compared).map({True: _TIDAK_ADA, False: _TIDAK_DIBANDINGKAN})
    like = rows["kemiripan_persen"].map(lambda value: format_number(value, 0))
    gap = rows["selisih_poin"].abs().map(lambda value: format_number(value, 1))
    reason = f"Selang keduanya terpisah; beda {{}} poin; kemiripan {{}} persen ({_name_unsur()})."
    words = [reason.format(*pair) for pair in zip(gap, like, strict=True)]
    own = "peringkat cakupan:" + rows["kode_indikator"] + "@"
    ask = (
        "Apakah " + rows["kabupaten"] + " perlu belajar dari " + rows["mitra"] + " tentang "
        + rows["indikator"].map(format_teks_sambung).astype("string") + "?"
    )  # fmt: skip
    return rows.assign(
        baris=rows["kode_kabupaten"] + "@" + rows["kode_indikator"],
        keadaan=np.where(have, DIUSULKAN, TANPA_MITRA),
        alasan=pd.Series(words, rows.index, "string").where(have, why),
        pertanyaan=ask.where(have),
        dasar=(own + rows["kode_kabupaten"] + "; " + own + rows["kode_mitra"]).where(have),
    )


def _name_unsur() -> str:
    names = {"provinsi": "provinsi", "bentuk": "kabupaten atau kota", "sasaran": "balita sasaran",
             "lokus": "porsi lokus"}  # fmt: skip
    return join_list([names[name] for name in load_aturan_banding().kemiripan])
