"""What can be said of the effect of each activity: its output, its cost, its indicators, its lokus.

A verdict never claims a cause: `efektif` says that the output was delivered and that the linked
indicators improved in the same year. Rules are tried in the order of `_RULES`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_value
from reviu_lib.review.capaian.cakupan import KUNCI
from reviu_lib.review.capaian.kegiatan import BELUM_TEMPO
from reviu_lib.review.efektivitas.gerak import (
    MEMBAIK,
    MEMBURUK,
    TAK_BANDING,
    TETAP,
    compute_gerak,
)
from reviu_lib.review.hambatan import find_kekurangan
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.lokasi import count_lokus_terjangkau, find_wilayah
from reviu_lib.review.rincian.biaya import compute_biaya_satuan, round_rupiah

EFEKTIF = "efektif"
BELUM_TERLIHAT = "belum terlihat"
TAK_DISIMPULKAN = "tidak dapat disimpulkan"
# Reason → verdict, in the order in which the rules are tried; the last one needs no condition.
_RULES = {
    "output_kosong": TAK_DISIMPULKAN,
    "belum_tempo": TAK_DISIMPULKAN,
    "output_belum": BELUM_TERLIHAT,
    "dukungan": TAK_DISIMPULKAN,
    "tanpa_indikator": TAK_DISIMPULKAN,
    "tanpa_banding": TAK_DISIMPULKAN,
    "sebagian_banding": TAK_DISIMPULKAN,
    "berlawanan": TAK_DISIMPULKAN,
    "memburuk": BELUM_TERLIHAT,
    "tetap": BELUM_TERLIHAT,
    "membaik": EFEKTIF,
}
_HITUNG = {
    MEMBAIK: "jumlah_membaik",
    MEMBURUK: "jumlah_memburuk",
    TETAP: "jumlah_tetap",
    TAK_BANDING: "jumlah_tak_banding",
}
_DISALIN = [
    "baris", "id_kegiatan", "sub_kegiatan", "opd", "satuan", "realisasi_output",
    "capaian_output_persen",
]  # fmt: skip


def compute_efektivitas(
    konteks: Konteks, kegiatan: pd.DataFrame, cakupan: pd.DataFrame
) -> pd.DataFrame:
    """Return the table efektivitas_kegiatan: one row per activity, in the order of the plan."""
    moves = _link(konteks, kegiatan, cakupan)
    counts = _count_moves(moves, kegiatan)
    reason = _find_reason(konteks, kegiatan, counts)
    ids = kegiatan["id_kegiatan"]
    cost = ids.map(compute_biaya_satuan(konteks.bahan)).astype("float64")
    money = konteks.uang.set_index("id_kegiatan")["serapan_persen"]
    return (
        kegiatan[_DISALIN]
        .join(counts)
        .assign(
            serapan_persen=ids.map(money).astype("float64"),
            biaya_per_satuan_rp=round_rupiah(cost),
            perubahan_indikator=ids.map(_write_moves(moves)).astype("string"),
            jumlah_lokus_terjangkau=count_lokus_terjangkau(kegiatan["lokasi_realisasi"], konteks),
            efektivitas=reason.map(_RULES),
            alasan=reason.map(load_aturan_usulan().efektivitas.alasan),
        )
    )


def _link(konteks: Konteks, kegiatan: pd.DataFrame, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return one row per activity and linked indicator of the era, with its movement.

    An activity of one kecamatan is read by the coverage there, any other by the kabupaten's.
    """
    link = konteks.kaitan
    link = link[link["kode_indikator"].isin(list(konteks.indikator))]
    place = find_wilayah(kegiatan["lokasi_realisasi"], konteks).set_axis(kegiatan["id_kegiatan"])
    link = link.assign(kode_wilayah=link["id_kegiatan"].map(place))
    moves = link.merge(compute_gerak(konteks, cakupan), on=KUNCI, how="left")
    return moves.assign(gerak=moves["gerak"].fillna(TAK_BANDING))


def _count_moves(moves: pd.DataFrame, kegiatan: pd.DataFrame) -> pd.DataFrame:
    """Return per activity, in its order, how many linked indicators moved which way."""
    marks = pd.DataFrame({name: moves["gerak"] == word for word, name in _HITUNG.items()})
    table = marks.astype("int64").groupby(moves["id_kegiatan"]).sum()
    table = table.reindex(kegiatan["id_kegiatan"]).fillna(0).astype("int64")
    return table.set_axis(kegiatan.index)


def _find_reason(konteks: Konteks, kegiatan: pd.DataFrame, counts: pd.DataFrame) -> pd.Series:
    """Return the key of the first rule that holds for each activity."""
    short = find_kekurangan(kegiatan, konteks)["output"].to_numpy()
    better, worse, _, unknown = (counts[name] for name in _HITUNG.values())
    linked = counts.sum(axis=1)
    holds = {
        "output_kosong": kegiatan["capaian_output_persen"].isna(),
        "belum_tempo": (kegiatan["realisasi_output"] == 0).fillna(False)
        & (kegiatan["status_waktu"] == BELUM_TEMPO),
        "output_belum": short,
        "dukungan": (kegiatan["jenis"] == "dukungan").fillna(False),
        "tanpa_indikator": linked == 0,
        "tanpa_banding": unknown == linked,
        "sebagian_banding": unknown > 0,
        "berlawanan": (better > 0) & (worse > 0),
        "memburuk": worse > 0,
        "tetap": better == 0,
    }
    conditions = [np.asarray(holds[name], dtype=bool) for name in holds]
    names = np.select(conditions, list(holds), default="membaik")
    return pd.Series(names, index=kegiatan.index, dtype="string")


def _write_moves(moves: pd.DataFrame) -> pd.Series:
    """Return per activity its indicators in words: `E14 membaik (2,8 poin); E09 tidak dapat …`."""
    shown = [
        "" if word == TAK_BANDING else f" ({format_value(change, 'poin')} poin)"
        for word, change in zip(moves["gerak"], moves["tren_poin"], strict=True)
    ]
    text = moves["kode_indikator"] + " " + moves["gerak"] + pd.Series(shown, moves.index)
    return text.groupby(moves["id_kegiatan"], sort=False).agg("; ".join)
