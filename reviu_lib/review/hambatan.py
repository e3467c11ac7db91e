"""Output 4: what hindered, linked to what fell short, and shortfalls nobody explained yet.

A shortfall is output below the threshold for what was due by the cut-off, absorption below the
threshold where it may be judged, a late or overdue window, or coverage below a verified target. It
is a fact of the tables; its cause is only what people recorded.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_hambatan
from reviu_lib.formatting import join_list
from reviu_lib.review.capaian.anggaran import judged_serapan
from reviu_lib.review.capaian.kegiatan import LEWAT, TERLAMBAT, due_share
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import BELUM

TERCATAT = "tercatat"
BELUM_DICATAT = "belum dicatat"


def find_kekurangan(kegiatan: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return per activity (index id_kegiatan) booleans output, anggaran, waktu."""
    rows = kegiatan.set_index("id_kegiatan")
    serapan = judged_serapan(konteks).reindex(rows.index)
    due = due_share(konteks).reindex(rows.index).fillna(1.0)
    return (
        pd.DataFrame(
            {
                "output": rows["capaian_output_persen"].lt(
                    konteks.ambang["output_baik_persen"] * due
                ),
                "anggaran": serapan.lt(konteks.ambang["serapan_baik_persen"]),
                "waktu": rows["status_waktu"].isin([TERLAMBAT, LEWAT]),
            }
        )
        .fillna(False)
        .astype(bool)
    )


def join_kekurangan(flags: pd.DataFrame) -> pd.Series:
    """Return the names of the true columns joined by `; `, missing where none is true."""
    text = pd.Series("", index=flags.index)
    for name in flags.columns:
        text = text + np.where(flags[name], f"{name}; ", "")
    return text.str.removesuffix("; ").astype("string").replace("", pd.NA)


def compute_hambatan(
    konteks: Konteks, kegiatan: pd.DataFrame, cakupan: pd.DataFrame
) -> pd.DataFrame:
    """Return the table faktor_penghambat: recorded barriers, then unexplained shortfalls."""
    kurang = find_kekurangan(kegiatan, konteks)
    belum = _short_indicators(cakupan)
    recorded = _recorded(konteks, belum)
    silent = pd.concat(
        [
            _silent_kegiatan(recorded, kegiatan, kurang),
            _silent_indikator(recorded, cakupan, konteks),
        ],
        ignore_index=True,
    )
    rows = pd.concat([part for part in (recorded, silent) if len(part)] or [recorded])
    frame = rows.reindex(columns=recorded.columns).reset_index(drop=True)
    return _measure(frame, konteks, kegiatan, cakupan).assign(
        baris=frame["id_hambatan"], kekurangan=_name_kekurangan(frame, kurang, belum)
    )


def _short_indicators(cakupan: pd.DataFrame) -> list[str]:
    own = cakupan[cakupan["tingkat"] == "kabupaten"]
    return own.loc[own["status_capaian"] == BELUM, "kode_indikator"].tolist()


def _recorded(konteks: Konteks, belum: list[str]) -> pd.DataFrame:
    """Return the recorded barriers with an indicator, a solution, and who proposed it."""
    rows = konteks.bahan.hambatan.copy()
    link = konteks.kaitan
    link = link.assign(tercapai=~link["kode_indikator"].isin(belum))
    first = link.sort_values("tercapai", kind="stable").drop_duplicates("id_kegiatan")
    linked = rows["id_kegiatan"].map(first.set_index("id_kegiatan")["kode_indikator"])
    general = rows["kategori"].map({k: v.arahan_solusi for k, v in load_hambatan().items()})
    own = rows["alternatif_solusi"].notna()
    return rows.assign(
        kode_indikator=rows["kode_indikator"].fillna(linked.astype("string")),
        alternatif_solusi=rows["alternatif_solusi"].fillna(general.astype("string")),
        solusi_dari=np.where(own, "OPD", np.where(general.notna(), "arahan umum", "belum ada")),
        keadaan=TERCATAT,
    )


def _silent_kegiatan(
    recorded: pd.DataFrame, kegiatan: pd.DataFrame, kurang: pd.DataFrame
) -> pd.DataFrame:
    names = join_kekurangan(kurang).dropna()
    silent = names[~names.index.isin(recorded["id_kegiatan"].dropna())]
    question = load_aturan_usulan().hambatan.pertanyaan_kegiatan
    text = [question.format(kekurangan=name.replace("; ", ", ")) for name in silent]
    return _silent(silent.index.to_series(), text).assign(
        id_kegiatan=silent.index.to_series().to_numpy()
    )


def _silent_indikator(
    recorded: pd.DataFrame, cakupan: pd.DataFrame, konteks: Konteks
) -> pd.DataFrame:
    link = konteks.kaitan
    through = link[link["id_kegiatan"].isin(recorded["id_kegiatan"].dropna())]
    explained = {*recorded["kode_indikator"].dropna(), *through["kode_indikator"]}
    codes = pd.Series(
        [kode for kode in _short_indicators(cakupan) if kode not in explained], dtype="object"
    )
    question = load_aturan_usulan().hambatan.pertanyaan_indikator
    return _silent(codes, [question] * len(codes)).assign(kode_indikator=codes.to_numpy())


def _silent(keys: pd.Series, text: list[str]) -> pd.DataFrame:
    rows = pd.DataFrame({"id_hambatan": ("TB-" + keys.astype("string")).to_numpy(), "uraian": text})
    return rows.assign(keadaan=BELUM_DICATAT, solusi_dari="belum ada", status="belum")


def _measure(
    frame: pd.DataFrame, konteks: Konteks, kegiatan: pd.DataFrame, cakupan: pd.DataFrame
) -> pd.DataFrame:
    """Return the barriers with the measured shortfall of the linked activity and indicator."""
    plan = kegiatan.set_index("id_kegiatan")
    money = konteks.uang.set_index("id_kegiatan")
    own = cakupan[cakupan["tingkat"] == "kabupaten"].set_index("kode_indikator")
    kerja, kode = frame["id_kegiatan"], frame["kode_indikator"]
    opd = frame["opd_pj"].fillna(kerja.map(plan["opd"])).fillna(kode.map(own["opd"]))
    return frame.assign(
        sub_kegiatan=kerja.map(plan["sub_kegiatan"]),
        indikator=kode.map(own["indikator"]),
        opd_pj=opd,
        capaian_output_persen=kerja.map(plan["capaian_output_persen"]),
        serapan_persen=kerja.map(money["serapan_persen"]),
        capaian_persen=kode.map(own["capaian_persen"]),
        selisih_target_poin=kode.map(own["selisih_target_poin"]),
    )


def _name_kekurangan(frame: pd.DataFrame, kurang: pd.DataFrame, belum: list[str]) -> pd.Series:
    flags = kurang.reindex(frame["id_kegiatan"]).set_axis(frame.index)
    flags = flags.astype("boolean").fillna(False)
    return join_kekurangan(flags.assign(cakupan=frame["kode_indikator"].isin(belum)))


def summarize_hambatan(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the aggregate numbers of barriers (keys of ringkasan.toml)."""
    if frame.empty:
        return {}
    rows = frame[frame["keadaan"] == TERCATAT]
    numbers: dict[str, Any] = {
        "jumlah_kekurangan_tanpa_hambatan": (frame["keadaan"] == BELUM_DICATAT).sum(),
    }
    if rows.empty:
        return numbers
    count = rows["kategori"].dropna().sort_values().value_counts(sort=True)
    numbers |= {
        "jumlah_hambatan": len(rows),
        "jumlah_hambatan_selesai": (rows["status"] == "selesai").sum(),
        "jumlah_hambatan_tanpa_solusi": (rows["solusi_dari"] != "OPD").sum(),
    }
    return numbers | _most_frequent(count)


def _most_frequent(count: pd.Series) -> dict[str, Any]:
    """Return the category with the most barriers, all of them when tied; nothing if all are."""
    top = count.index[count == count.max()].sort_values()
    if len(top) == 0 or (len(top) == len(count) > 1):
        return {}
    return {
        "kategori_terbanyak_teks": join_list(list(top)),
        "kategori_terbanyak_jumlah": count.max(),
    }
