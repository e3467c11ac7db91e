"""Cost per unit of output beside that of like activities, and beside the same activity last year.

A cost that stands far out is put as a question: units may differ, a budget may pay for more than
one output, prices may differ. Costs of the two years are nominal.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.formatting import format_value
from reviu_lib.reference import normalize_nama
from reviu_lib.review.capaian.pagu import sum_realisasi_lengkap
from reviu_lib.review.capaian.tren import compare_batas
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.konteks import Konteks

TANYA = "perlu diverifikasi"
BIASA = "tidak menonjol"
TAK_BANDING = "tidak dibandingkan"
_RUPIAH = ("biaya_per_satuan_rp", "median_sejenis_rp", "biaya_lalu_rp")
_DISALIN = [
    "id_kegiatan", "sub_kegiatan", "opd", "indikator_output", "satuan", "realisasi_output",
]  # fmt: skip


def compute_biaya(konteks: Konteks) -> pd.DataFrame:
    """Return the table biaya_satuan: one row per activity, in the order of the plan.

    rasio_sejenis = cost / median cost of the activities with the same output (`_list_sejenis`),
    where at least `biaya_pembanding_minimum` of them are known; rasio_lalu = cost / cost of the
    same activity last year. At or beyond the declared multiple, or its inverse, it is a question.
    """
    plan = konteks.bahan.kegiatan
    cost = plan["id_kegiatan"].map(compute_biaya_satuan(konteks.bahan)).astype("float64")
    known = cost.where(cost > 0)
    like = known.groupby(_list_sejenis(plan))
    count = like.transform("count")
    enough = known.notna() & (count >= konteks.ambang["biaya_pembanding_minimum"])
    before = _last_year(konteks)
    frame = plan[_DISALIN].assign(
        baris=plan["id_kegiatan"],
        biaya_per_satuan_rp=cost,
        jumlah_sejenis=count.where(known.notna()),
        median_sejenis_rp=like.transform("median").where(enough),
        biaya_lalu_rp=before.where(known.notna()),
    )
    frame = frame.assign(
        rasio_sejenis=known / frame["median_sejenis_rp"],
        rasio_lalu=known / frame["biaya_lalu_rp"],
    )
    frame = _ask(frame, konteks)
    return frame.assign(**{name: round_rupiah(frame[name]) for name in _RUPIAH})


def round_rupiah(nilai: pd.Series) -> pd.Series:
    """Return amounts as whole rupiah, a half upwards; still floats, missing stays missing."""
    return np.floor(nilai + 0.5)


def compute_biaya_satuan(bahan: BahanReviu) -> pd.Series:
    """Return spending / output in rupiah per activity (index id_kegiatan), unrounded.

    Missing where a budget row does not report its spending, or the output is missing or 0.
    """
    total = sum_realisasi_lengkap(bahan)
    output = bahan.kegiatan.set_index("id_kegiatan")["realisasi_output"].astype("float64")
    return total.reindex(output.index) / output.where(output > 0)


def _list_sejenis(plan: pd.DataFrame) -> pd.Series:
    """Return what makes two outputs alike; missing where nothing says what is counted.

    The same indikator_output and satuan; where no output is named, the same kode_sub_kegiatan and
    satuan. A code alone holds outputs that cannot be compared.
    """
    what = _normalize(plan["indikator_output"]).fillna(plan["kode_sub_kegiatan"])
    return what + "|" + _normalize(plan["satuan"])


def _normalize(text: pd.Series) -> pd.Series:
    return text.map(normalize_nama, na_action="ignore").astype("string").replace("", pd.NA)


def _last_year(konteks: Konteks) -> pd.Series:
    """Return last year's cost of the same activity: one of the same name and output each year."""
    now = _identify(konteks.bahan.kegiatan)
    before = konteks.sebelum
    if before is None:
        return pd.Series(float("nan"), index=now.index)
    cost = compute_biaya_satuan(before)
    then = _identify(before.kegiatan).set_axis(before.kegiatan["id_kegiatan"])
    once = then[then.notna() & ~then.duplicated(keep=False)]
    known = pd.Series(cost.reindex(once.index).to_numpy(), index=once.to_numpy())
    known = known[known > 0]
    return now.mask(now.duplicated(keep=False)).map(known).astype("float64")


def _identify(plan: pd.DataFrame) -> pd.Series:
    return _normalize(plan["sub_kegiatan"]) + "|" + _list_sejenis(plan)


def _ask(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the rows with keadaan and, where a cost stands out, the question."""
    words = load_aturan_usulan().biaya
    most = konteks.ambang["biaya_rasio_menonjol"]
    out = {
        words.sejenis: _is_far(frame["rasio_sejenis"], most),
        words.tahun_lalu: _is_far(frame["rasio_lalu"], most),
    }
    asked = pd.concat(out.values(), axis=1).any(axis=1)
    compared = frame[["rasio_sejenis", "rasio_lalu"]].notna().any(axis=1)
    state = np.select([asked, compared], [TANYA, BIASA], default=TAK_BANDING)
    said = pd.Series("", index=frame.index)
    for text, far in out.items():
        said = said + _fill(text, frame).where(far, "")
    unequal = words.batas_beda if compare_batas(konteks) else ""
    said = said + np.where(out[words.tahun_lalu], unequal, "") + words.pertanyaan
    return frame.assign(keadaan=state, pertanyaan=said.where(asked))


def _is_far(rasio: pd.Series, batas: float) -> pd.Series:
    return (rasio >= batas) | (rasio <= 1 / batas)


def _fill(text: str, frame: pd.DataFrame) -> pd.Series:
    """Return the declared sentence with the numbers of each row; a closing blank parts them."""
    columns = zip(frame["rasio_sejenis"], frame["jumlah_sejenis"], frame["rasio_lalu"], strict=True)
    lines = [
        text.format(
            rasio_sejenis=format_value(sejenis, "desimal"),
            jumlah_sejenis=format_value(jumlah, "jumlah"),
            rasio_lalu=format_value(lalu, "desimal"),
        )
        for sejenis, jumlah, lalu in columns
    ]
    return pd.Series(lines, index=frame.index, dtype="object")
