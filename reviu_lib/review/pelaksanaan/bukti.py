"""What the evidence of the aksi says, by readable items of the province's scoring form.

The grade of the lokus item: A when all lokus have a high number or prevalence of stunting, B from
75 percent; what lies below B was not readable and gets no letter. High: at or above the median of
the desa that can be judged, in the register of the year before (else of the review year).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviu_lib.review.kamus import AturanBukti, load_bukti
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import reference_register
from reviu_lib.review.rasio import persen

_UKURAN = ["stunting", "prevalensi_persen"]


def compute_bukti(konteks: Konteks, prevalensi: pd.DataFrame) -> pd.DataFrame:
    """Return the table periksa_bukti: one row per item that the data can answer."""
    own = {card.kode: card.nama for card in konteks.aturan.aksi}
    rows = [
        {"baris": kode, "aksi": aksi, "nama": own[aksi], "butir": card.butir, "uraian": card.nama,
         "rujukan": card.rujukan, **_check_lokus(konteks, prevalensi, card)}
        for kode, card in load_bukti().items()
        for aksi in card.aksi
        if aksi in own and _lokus(konteks).any()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=None if rows else ["baris"])


def _lokus(konteks: Konteks) -> pd.Series:
    return konteks.desa["kode_desa"].isin(konteks.lokus)


def _check_lokus(konteks: Konteks, prevalensi: pd.DataFrame, card: AturanBukti) -> dict[str, Any]:
    """Return share and letter of the lokus that were high; a reason where they cannot be judged."""
    lokus = konteks.desa.loc[_lokus(konteks), "kode_desa"]
    desa = _register_desa(konteks, prevalensi)
    if desa.empty:
        return {"penyebut": len(lokus), "alasan": "prevalensi desa tidak tersedia"}
    high = (desa[_UKURAN] >= desa[_UKURAN].median()).any(axis=1)
    judged = high.reindex(lokus).dropna()
    share = persen(float(judged.sum()), len(judged))
    missing = len(lokus) - len(judged)
    return {
        "pembilang": int(judged.sum()),
        "penyebut": len(judged),
        "nilai_persen": share,
        "huruf": "" if missing else card.grade(share),
        "tahun_data": int(desa["tahun"].iloc[0]),
        "jumlah_tidak_dinilai": missing,
        "alasan": "sebagian lokus tidak dapat dinilai" if missing else card.arti_tinggi,
    }


def _register_desa(konteks: Konteks, prevalensi: pd.DataFrame) -> pd.DataFrame:
    """Return the desa with enough children measured, of the year before else of the review year."""
    desa = prevalensi[
        (prevalensi["jenis_angka"] == "register")
        & (prevalensi["tingkat"] == "desa")
        & (prevalensi["diukur"] >= konteks.ambang["diukur_minimum"])
    ].dropna(subset=_UKURAN)
    before = desa[desa["tahun"] == konteks.bahan.tahun - 1]
    if before.empty:
        desa = desa[desa.index.isin(reference_register(prevalensi, konteks).index)]
    else:
        desa = before.drop_duplicates("kode_wilayah", keep="last")
    return desa.set_index("kode_wilayah")


def compute_penilaian(konteks: Konteks) -> pd.DataFrame:
    """Return the table hasil_penilaian: assessments by others known at the review, as written."""
    rows = konteks.bahan.penilaian_kinerja
    day = pd.Timestamp(konteks.bahan.tanggal_reviu)
    rows = rows[~(rows["tanggal_terbit"] > day).fillna(False)]
    rows = rows.sort_values(["tahun", "penilai"], ascending=[False, True], kind="stable")
    return rows.assign(
        baris=rows["tahun"].astype("string") + "-" + rows["penilai"].astype("string")
    )


def summarize_penilaian(konteks: Konteks, frame: pd.DataFrame) -> dict[str, Any]:
    """Return how many assessments became known only after the review."""
    return {"jumlah_penilaian_kemudian": len(konteks.bahan.penilaian_kinerja) - len(frame)}
