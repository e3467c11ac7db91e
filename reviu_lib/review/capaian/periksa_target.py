"""What an auditor asks of the prevalence targets of the kabupaten: present, aligned, reachable.

Another level's target is only ever compared with the kabupaten's own, never used in its place. A
question the data cannot answer stays open, with the reason.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from reviu_lib.review.kamus import load_periksa_target
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import TAK_DINILAI, cells

YA, TIDAK = "ya", "tidak"
_PREVALENSI, _LAJU = "perkembangan_prevalensi", "laju_prevalensi"
_KOLOM_LAJU = ["baris", "jenis_laju", "kode_wilayah", "tahun_akhir", "poin_per_tahun", "alasan"]
_ANGKA = ["target_persen", "pembanding_persen", "perlu_poin_per_tahun", "tercepat_poin_per_tahun"]


class _Jawaban(NamedTuple):
    jawaban: str
    alasan: str
    dasar: list[str]
    angka: dict[str, float]
    rinci: str = ""


def compute_periksa_target(
    konteks: Konteks, prevalensi: pd.DataFrame, laju: pd.DataFrame
) -> pd.DataFrame:
    """Return the table periksa_target: per year (review year, next) and question one row.

    Alignment: own target <= verified target of that level and year. Reachability: points a year
    the target asks for, counted from the latest survey, against the best rate within one survey
    that laju_prevalensi may show; without such a rate it stays belum dapat dinilai.
    """
    target = prevalensi[prevalensi["jenis_angka"] == "target"]
    own_laju = laju.reindex(columns=_KOLOM_LAJU)
    own_laju = own_laju[own_laju["kode_wilayah"] == konteks.bahan.kode_kabupaten]
    rows = [
        row
        for tahun in (konteks.bahan.tahun, konteks.bahan.tahun + 1)
        for row in _ask_year(target[target["tahun"] == tahun], own_laju, tahun)
    ]
    return pd.DataFrame(rows)


def _ask_year(target: pd.DataFrame, laju: pd.DataFrame, tahun: int) -> list[dict[str, object]]:
    """Return the rows of one year; `target` holds the targets of that year, of every level."""
    own = target[target["tingkat"] == "kabupaten"]
    return [
        _row("tersedia", tahun, "", _is_present(own)),
        *(
            _row("selaras", tahun, tingkat, _is_aligned(own, target[target["tingkat"] == tingkat]))
            for tingkat in load_periksa_target().pembanding
        ),
        _row("terjangkau", tahun, "", _is_reachable(own, laju, tahun)),
    ]


def _row(pokok: str, tahun: int, tingkat: str, hasil: _Jawaban) -> dict[str, object]:
    rules = load_periksa_target()
    return {
        "baris": ":".join(part for part in (pokok, str(tahun), tingkat) if part),
        "pokok": pokok,
        "tahun": tahun,
        "tingkat_pembanding": tingkat or None,
        "pertanyaan": rules.pertanyaan[pokok].format(tahun=tahun, tingkat=tingkat),
        "jawaban": hasil.jawaban,
        "alasan": rules.alasan[hasil.alasan].format(rinci=hasil.rinci),
        **{name: hasil.angka.get(name, float("nan")) for name in _ANGKA},
        "dasar": ";".join(hasil.dasar),
        "rujukan": rules.rujukan,
    }


def _open(own: pd.DataFrame) -> _Jawaban | None:
    """Return the open answer where there is no single own target; None where there is one."""
    if own.empty:
        return _Jawaban(TAK_DINILAI, "tanpa_target", [], {})
    if own["prevalensi_persen"].nunique() > 1:
        return _Jawaban(TAK_DINILAI, "ganda", _cells_of(own), {})
    return None


def _cells_of(rows: pd.DataFrame) -> list[str]:
    return [cells(_PREVALENSI, baris, "prevalensi_persen") for baris in rows["baris"]]


def _own_value(own: pd.DataFrame) -> dict[str, float]:
    return {"target_persen": float(own["prevalensi_persen"].iloc[0])}


def _is_present(own: pd.DataFrame) -> _Jawaban:
    undecided = _open(own)
    if undecided:
        return undecided
    source = own["sumber"].dropna().str.lower()
    named = any(word.lower() in text for text in source for word in load_periksa_target().dokumen)
    reason = "bersumber" if named else "dokumen_lain" if len(source) else "tanpa_sumber"
    return _Jawaban(YA if named else TAK_DINILAI, reason, _cells_of(own), _own_value(own))


def _is_aligned(own: pd.DataFrame, other: pd.DataFrame) -> _Jawaban:
    undecided = _open(own)
    if undecided:
        return undecided
    numbers, grounds = _own_value(own), _cells_of(own)
    verified = other[other["keterangan"].isna()]
    if verified.empty:
        reason = "tanpa_pembanding" if other.empty else "pembanding_belum_terverifikasi"
        return _Jawaban(TAK_DINILAI, reason, [*grounds, *_cells_of(other)], numbers)
    within = verified["prevalensi_persen"] >= numbers["target_persen"]
    grounds += _cells_of(verified)
    if within.nunique() > 1:
        return _Jawaban(TAK_DINILAI, "pembanding_ganda", grounds, numbers)
    numbers["pembanding_persen"] = float(verified["prevalensi_persen"].min())
    if within.all():
        return _Jawaban(YA, "selaras", grounds, numbers)
    return _Jawaban(TIDAK, "tidak_selaras", grounds, numbers)


def _is_reachable(own: pd.DataFrame, laju: pd.DataFrame, tahun: int) -> _Jawaban:
    undecided = _open(own)
    if undecided:
        return undecided
    numbers = _own_value(own)
    needed = laju[(laju["jenis_laju"] == "diperlukan") & (laju["tahun_akhir"] == tahun)]
    if needed.empty:
        return _Jawaban(TAK_DINILAI, "tanpa_survei", _cells_of(own), numbers)
    numbers["perlu_poin_per_tahun"] = float(needed["poin_per_tahun"].iloc[0])
    grounds = [*_cells_of(own), cells(_LAJU, needed["baris"].iloc[0], "poin_per_tahun")]
    if numbers["perlu_poin_per_tahun"] <= 0:
        return _Jawaban(YA, "sudah_di_target", grounds, numbers)
    return _against_best(laju[laju["jenis_laju"] == "tercapai"], grounds, numbers)


def _against_best(
    achieved: pd.DataFrame, grounds: list[str], numbers: dict[str, float]
) -> _Jawaban:
    """Return whether the needed rate was ever reached within one survey, if that may be said."""
    shown = achieved.dropna(subset=["poin_per_tahun"])
    if shown.empty:
        reasons = achieved["alasan"].dropna()
        why = "; ".join(reasons.unique()) or "belum ada dua angka dari survei yang sama"
        return _Jawaban(TAK_DINILAI, "tanpa_laju", grounds, numbers, why)
    best = shown.sort_values("poin_per_tahun", kind="stable").iloc[-1]
    numbers = {**numbers, "tercepat_poin_per_tahun": float(best["poin_per_tahun"])}
    grounds = [*grounds, cells(_LAJU, best["baris"], "poin_per_tahun")]
    if numbers["perlu_poin_per_tahun"] <= numbers["tercepat_poin_per_tahun"]:
        return _Jawaban(YA, "terjangkau", grounds, numbers)
    return _Jawaban(TIDAK, "tidak_terjangkau", grounds, numbers)
