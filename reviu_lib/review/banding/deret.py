"""Series of every kabupaten over the years: surveys by name, coverage, the lines of spending.

Points are joined only where the review of that year compared them: another survey, another kind of
denominator, another cut-off date, or a year in between leaves a gap with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviu_lib.formatting import format_tanggal
from reviu_lib.hasil import HasilReviu
from reviu_lib.review.banding.ukuran import LINI, put_floats, read_ringkasan

_SEBANDING = ("naik", "turun", "tetap")
_ANGKA = ("nilai_persen", "bawah_persen", "atas_persen", "target_persen")
_SURVEI = "Prevalensi stunting (survei)"


def compute_deret(
    daftar: Sequence[HasilReviu], lalu: Sequence[HasilReviu], nama: Mapping[str, str]
) -> pd.DataFrame:
    """Return the table deret; `daftar` are the results of the main year, `lalu` of earlier ones.

    A year of coverage that was not asked for is known from the year after it.
    """
    frames = [_survei(hasil) for hasil in daftar]
    for hasil in daftar:
        own = [h for h in lalu if h.kode_kabupaten == hasil.kode_kabupaten]
        years = sorted([*own, hasil], key=lambda item: item.tahun)
        frames += [_cakupan(years), _serapan(years)]
    whole = put_floats(pd.concat(frames, ignore_index=True), _ANGKA)
    whole = whole[whole["nilai_persen"].notna()].reset_index(drop=True)
    key = whole["deret"] + "@" + whole["kode_kabupaten"] + "|" + whole["tahun"].astype("string")
    return whole.assign(
        kabupaten=whole["kode_kabupaten"].map(nama), baris=key + "|" + whole["sumber"]
    )


def _survei(hasil: HasilReviu) -> pd.DataFrame:
    """Return the survey figures of the kabupaten itself, by year, with its target of that year."""
    frame = hasil.perkembangan_prevalensi
    own = frame[frame["tingkat"].eq("kabupaten")]
    rows = own[own["jenis_angka"].eq("survei")].sort_values("tahun", kind="stable")
    aims = own[own["jenis_angka"].eq("target")].drop_duplicates("tahun").set_index("tahun")
    same = rows["sumber"].eq(rows["sumber"].shift()).fillna(False).astype(bool)
    first = pd.Series(range(len(rows)), index=rows.index).eq(0)
    return pd.DataFrame(
        {
            "deret": "survei",
            "nama_deret": _SURVEI,
            "kode_kabupaten": hasil.kode_kabupaten,
            "tahun": rows["tahun"],
            "sumber": rows["sumber"],
            "nilai_persen": rows["prevalensi_persen"],
            "bawah_persen": rows["bawah_persen"],
            "atas_persen": rows["atas_persen"],
            "target_persen": rows["tahun"].map(aims["prevalensi_persen"]),
            "sambung": same,
            "alasan_putus": pd.Series(None, rows.index, "string").mask(
                ~same & ~first, "survei berbeda"
            ),
        }
    )


def _cakupan(years: Sequence[HasilReviu]) -> pd.DataFrame:
    """Return coverage by indicator; the year before the first from what that one knew of it."""
    rows = pd.concat([_cakupan_of(hasil) for hasil in years], ignore_index=True)
    before = rows[~(rows["tahun"] - 1).isin([hasil.tahun for hasil in years])]
    before = before.assign(
        tahun=before["tahun"] - 1,
        nilai_persen=before["capaian_lalu_persen"],
        target_persen=None,
        sambung=False,
        alasan_putus=None,
    )
    whole = pd.concat([before, rows], ignore_index=True).drop(columns="capaian_lalu_persen")
    return whole.sort_values(["deret", "tahun"], kind="stable")


def _cakupan_of(hasil: HasilReviu) -> pd.DataFrame:
    frame = hasil.capaian_cakupan
    rows = frame[frame["tingkat"].eq("kabupaten")]
    alike = rows["status_tren"].isin(_SEBANDING)
    return pd.DataFrame(
        {
            "deret": "cakupan:" + rows["kode_indikator"],
            "nama_deret": rows["indikator"],
            "kode_indikator": rows["kode_indikator"],
            "kode_kabupaten": hasil.kode_kabupaten,
            "tahun": hasil.tahun,
            "sumber": "cakupan layanan",
            "nilai_persen": rows["capaian_persen"],
            "target_persen": rows["target_persen"],
            "sambung": alike,
            "alasan_putus": rows["alasan_tren"].mask(alike),
            "capaian_lalu_persen": rows["capaian_lalu_persen"],
        }
    )


def _serapan(years: Sequence[HasilReviu]) -> pd.DataFrame:
    """Return the absorption of the three lines; joined where data end on the same day of a year."""
    frames, before = [], None
    for hasil in years:
        why = _explain_gap(before, hasil)
        frames.append(_serapan_of(hasil).assign(sambung=not why, alasan_putus=why or None))
        before = hasil
    whole = pd.concat(frames, ignore_index=True)
    first = ~whole.duplicated("deret")
    return whole.assign(
        sambung=whole["sambung"] & ~first, alasan_putus=whole["alasan_putus"].mask(first)
    )


def _serapan_of(hasil: HasilReviu) -> pd.DataFrame:
    angka = read_ringkasan(hasil)
    return pd.DataFrame(
        {
            "deret": [f"serapan:{lini}" for lini in LINI],
            "nama_deret": [f"Serapan lini {name}" for name in LINI.values()],
            "kode_kabupaten": hasil.kode_kabupaten,
            "tahun": hasil.tahun,
            "sumber": "realisasi anggaran",
            "nilai_persen": [angka.get(f"serapan_{lini}_persen") for lini in LINI],
        }
    )


def _explain_gap(before: HasilReviu | None, hasil: HasilReviu) -> str:
    """Return why two years are not joined, empty where they are."""
    if before is None or hasil.tahun - before.tahun != 1:
        return "tahun di antaranya tidak ada"
    ends = [item.tanggal_cutoff for item in (before, hasil)]
    if len({(end.month, end.day) for end in ends}) > 1:
        return f"batas data berbeda: {' dan '.join(map(format_tanggal, ends))}"
    return ""
