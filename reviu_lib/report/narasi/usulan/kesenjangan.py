"""Chapter X, input to next year's analysis: gaps of coverage, and the activities that serve them.

Distances are told as points and as people or families, because a meeting plans for the latter.
"""

from __future__ import annotations

import pandas as pd

from reviu_lib.formatting import is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    NAMA_DISEBUT,
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "kesenjangan_cakupan"
# Kind → the words that follow the count of indicators.
_SEBUTAN = {
    "menurun": "belum mencapai target dan memburuk",
    "tidak merata": "belum mencapai target tetapi sebagian besar desanya sudah",
    "cakupan rendah": "belum mencapai target di sebagian besar desa",
    "target tahun depan lebih ketat": "tercapai tetapi target tahun depannya lebih ketat",
    "sudah tercapai: pemeliharaan": "sudah tercapai dan tinggal dipelihara",
    "data belum lengkap": "belum lengkap datanya",
    "target belum terverifikasi": "belum mempunyai target yang terverifikasi",
}
_BERJARAK = ["menurun", "tidak merata", "cakupan rendah", "target tahun depan lebih ketat"]


def describe_kesenjangan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return the kinds of gaps, the widest ones with their places, and what nobody serves."""
    facts = Facts(hasil)
    rows = facts.rows(_TABEL)
    if rows["capaian_persen"].isna().all():
        return unavailable(
            f"cakupan layanan {facts.daerah}", "kesenjangannya belum dapat dianalisis"
        )
    return paragraphs(
        paragraph(_kinds(facts), _basis(facts)),
        paragraph(*(_one_gap(facts, row) for _, row in _widest(rows).iterrows())),
        _unserved(facts, rows),
    )


def _kinds(facts: Facts) -> str:
    parts = clauses(
        *(
            f"{facts.angka.hitung(_TABEL, jenis_kesenjangan=kind)} {words}"
            for kind, words in _SEBUTAN.items()
            if len(facts.rows(_TABEL, jenis_kesenjangan=kind))
        )
    )
    return sentence(f"dari {facts.angka.hitung(_TABEL, baris='*')} indikator, {parts}")


def _basis(facts: Facts) -> str:
    return (
        f"Jarak ke target tahun {facts.hasil.tahun + 1} dinyatakan dalam poin dan dalam jumlah "
        "sasaran dari desa yang datanya lengkap; target itu usulan selama belum ditetapkan."
    )


def _widest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators furthest from next year's target, of those that can be judged."""
    apart = rows[rows["jenis_kesenjangan"].isin(_BERJARAK) & (rows["kesenjangan_berikut_poin"] > 0)]
    return apart.nlargest(NAMA_DISEBUT, "kesenjangan_berikut_poin")


def _one_gap(facts: Facts, row: pd.Series) -> str:
    asal = f"{_TABEL}/{row['baris']}"
    count = facts.angka(f"{asal}/kesenjangan_berikut_sasaran")
    lower = row["arah"] == "turun"
    people = f"{count} sasaran perlu berkurang" if lower else f"{count} sasaran lagi"
    place = facts.angka(f"{asal}/kecamatan_terbesar")
    known = not is_missing(row["kecamatan_terbesar"])
    where = f"; kekurangan desanya terutama di kecamatan {place}" if known else ""
    return sentence(
        f"indikator {facts.angka(f'{asal}/indikator', 'teks_sambung')} berjarak "
        f"{facts.points(f'{asal}/kesenjangan_berikut_poin')}, atau {people}{where}"
    )


def _unserved(facts: Facts, rows: pd.DataFrame) -> str:
    """Return the indicators that no activity, or none that goes on, serves: a question."""
    if rows["jumlah_kegiatan"].isna().all():
        return sentence(
            "rencana kegiatan tidak tersedia pada bahan reviu, sehingga indikator yang belum "
            "dilayani kegiatan belum diketahui"
        )
    open_rows = rows[rows["pertanyaan"].notna()]
    if open_rows.empty:
        return sentence("setiap indikator dilayani oleh sedikitnya satu kegiatan yang diteruskan")
    names = facts.names(_TABEL, open_rows["baris"].tolist(), "indikator", pertanyaan="*")
    return sentence(
        f"tidak ada kegiatan yang diteruskan untuk {names}; rapat perlu menentukan kegiatan dan "
        "OPD pengampu, atau menautkan kegiatan yang sudah ada"
    )
