"""Exports of money, one row an account: SIPD realisasi, SIPD pagu, and Dana Desa of DJPK.

Realised is what was paid less what was paid back. A payment by LS counts on the day of transfer,
any other document on its own date. Nilai SP2D stands on every row of its document: it is counted
once a number, for comparison only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from reviu_lib.formatting import format_rupiah, format_tanggal, list_first, mask_identity
from reviu_lib.ingest.budget.rows import ISI, KUNCI, drop_repeats, join_columns, read_codes
from reviu_lib.ingest.budget.rules import load_keuangan
from reviu_lib.ingest.checks import Konteks, check_ranges
from reviu_lib.ingest.findings import note
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.shapes.village_fund import read_village_fund
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import normalize_nama

_KUNCI_DOKUMEN = [
    "sumber", "kode_skpd", "kode_sub_skpd", "jenis_dokumen", "jenis_transaksi", "dokumen", "spd",
    "kode_sub_kegiatan", "kode_rekening",
]  # fmt: skip
_ISI_DOKUMEN = [
    "nilai_realisasi_rp", "nilai_setoran_rp", "tanggal_dokumen", "tanggal_transfer",
    "nilai_sp2d_rp",
]  # fmt: skip
_KUNCI_PAGU = [
    "sumber", "tahun", "kode_skpd", "kode_sub_skpd", "kode_sub_kegiatan", "kode_sumber_dana",
    "sumber_dana", "kode_rekening", "paket", "nama_paket",
]  # fmt: skip


def read_transactions(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> tuple[Potongan, ...]:
    """Return the rows as `realisasi_anggaran`, one for each row that counts."""
    read = _BACA[str(kepala.sumber.bawaan["sumber"])]
    potongan = _drop_staff(potongan)
    return (check_ranges(read(potongan, kepala, konteks)),)


def _drop_staff(potongan: Potongan) -> Potongan:
    """Return the sheet without the columns that identify officials, and P06."""
    secret = [name for name in potongan.frame if name in potongan.sumber.rahasia]
    if not secret:
        return potongan
    told = note("P06", potongan.tempat, rincian=", ".join(secret))
    return potongan.keep(potongan.frame.drop(columns=secret), told)


def _read_documents(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> Potongan:
    potongan = read_codes(_fill_skpd(potongan), konteks.tahun)
    potongan = drop_repeats(_key_documents(potongan))
    potongan = _drop_without_amount(potongan)
    potongan = _check_sp2d(potongan)
    potongan = _keep_in_period(potongan, konteks)
    frame = potongan.frame
    back = frame["nilai_setoran_rp"].fillna(0)
    net = frame["nilai_realisasi_rp"].fillna(0) - back
    return potongan.keep(
        frame.assign(
            realisasi_rp=net.astype("Int64"),
            pagu_rp=pd.Series(pd.NA, index=frame.index, dtype="Int64"),
            sumber_dana=pd.Series(pd.NA, index=frame.index, dtype="string"),
            tahun=frame["per_tanggal"].dt.year.astype("Int64"),
        )
    )


def _fill_skpd(potongan: Potongan) -> Potongan:
    """Return the sheet with both SKPD columns; a blank SKPD is its sub SKPD."""
    frame = potongan.frame
    blank = pd.Series(pd.NA, index=frame.index, dtype="string")
    filled = {
        f"{part}_skpd": frame.get(f"{part}_skpd", blank).fillna(
            frame.get(f"{part}_sub_skpd", blank)
        )
        for part in ("kode", "nama")
    }
    return potongan.keep(frame.assign(**filled))


def _key_documents(potongan: Potongan) -> Potongan:
    """Return the rows with their key: SP2D number of LS, else document number, and account.

    TBP and KKPD are told apart by SPD and DPT, too. Without a number a row has no key.
    """
    rules, frame = load_keuangan().transaksi, potongan.frame
    direct = is_direct(frame)
    number = frame["nomor_sp2d"].where(direct).fillna(frame["nomor_dokumen"])
    with_spd = _speaks_of(frame, rules.tanda_spd)
    spd = join_columns(frame, ["nomor_spd", "nomor_dpt"]).where(with_spd, "")
    key = join_columns(frame.assign(dokumen=number, spd=spd), _KUNCI_DOKUMEN)
    made = {KUNCI: key.where(number.notna()), ISI: join_columns(frame, _ISI_DOKUMEN)}
    return potongan.keep(frame.assign(**made, _langsung=direct))


def is_direct(frame: pd.DataFrame) -> pd.Series:
    """Return where a document is LS: paid directly, so that the transfer is what counts."""
    return _speaks_of(frame, load_keuangan().transaksi.tanda_ls)


def _speaks_of(frame: pd.DataFrame, signs: tuple[str, ...]) -> pd.Series:
    words = join_columns(frame, ["jenis_dokumen", "jenis_transaksi"])
    hits = {text: bool(set(normalize_nama(text).split()) & set(signs)) for text in words.unique()}
    return words.map(hits).astype(bool)


def _drop_without_amount(potongan: Potongan) -> Potongan:
    """Set aside rows whose amount is missing: an unreadable amount is not zero."""
    frame = potongan.frame
    returned = frame["nilai_setoran_rp"].fillna(0) != 0
    without = frame["nilai_realisasi_rp"].isna() & ~returned
    return potongan.drop(
        "K52", without, kolom="nilai_realisasi_rp", rincian="tidak mempunyai nilai realisasi"
    )


def _check_sp2d(potongan: Potongan) -> Potongan:
    """Say what Nilai SP2D is when counted once a number, and where its rows contradict it."""
    if "nilai_sp2d_rp" not in potongan.frame:
        return potongan
    rows = potongan.frame.dropna(subset=["nomor_sp2d", "nilai_sp2d_rp"])
    if rows.empty:
        return potongan
    values = rows.groupby("nomor_sp2d", sort=False)["nilai_sp2d_rp"]
    once, per_row = int(values.first().sum()), int(rows["nilai_sp2d_rp"].sum())
    if once != per_row:
        words = f"{values.ngroups} nomor senilai {format_rupiah(once)}"
        words = f"{words}, bukan {format_rupiah(per_row)} menurut jumlah barisnya"
        place = potongan.tempat.at("nilai_sp2d_rp")
        potongan = potongan.keep(potongan.frame, note("K57", place, rincian=words))
    return _tell_odd_sp2d(potongan, rows[rows["_langsung"]])


def _tell_odd_sp2d(potongan: Potongan, rows: pd.DataFrame) -> Potongan:
    by_number = rows.groupby("nomor_sp2d", sort=False)
    facts = by_number.agg(
        nilai=("nilai_sp2d_rp", "max"),
        ragam=("nilai_sp2d_rp", "nunique"),
        rinci=("nilai_realisasi_rp", "sum"),
    )
    odd = facts[(facts["ragam"] > 1) | (facts["rinci"] > facts["nilai"])]
    texts = [
        f"{mask_identity(str(number))} bernilai {format_rupiah(value)}, "
        f"rinciannya {format_rupiah(parts)}"
        for number, value, parts in zip(odd.index, odd["nilai"], odd["rinci"], strict=True)
    ]
    hit = potongan.frame["nomor_sp2d"].isin(odd.index) & potongan.frame["_langsung"]
    return potongan.tell("K45", hit, kolom="nilai_sp2d_rp", rincian=list_first(texts))


def _keep_in_period(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return the rows of the year up to the cut-off, with per_tanggal; the rest is counted."""
    frame = potongan.frame
    direct = frame["_langsung"]
    day = frame["tanggal_transfer"].where(direct, frame["tanggal_dokumen"])
    potongan = potongan.keep(frame.assign(per_tanggal=day))
    potongan = potongan.drop(
        "K44", direct & day.isna(), kolom="tanggal_transfer", rincian="LS belum bertanggal transfer"
    )
    potongan = potongan.drop(
        "K44", potongan.frame["per_tanggal"].isna(), kolom="tanggal_dokumen",
        rincian="tanpa tanggal dokumen",
    )  # fmt: skip
    potongan = _keep_year(potongan, konteks.tahun)
    if konteks.tanggal_cutoff is None:
        return potongan
    limit = konteks.tanggal_cutoff
    late = potongan.frame["per_tanggal"] > pd.Timestamp(limit)
    words = f"bertanggal sesudah batas data {format_tanggal(limit)}"
    return potongan.drop("K44", late, rincian=words)


def _keep_year(potongan: Potongan, tahun: int | None) -> Potongan:
    """A sheet wholly of another year is refused (B08); single rows are set aside (B15)."""
    if tahun is None:
        return potongan
    years = potongan.frame["per_tanggal"].dt.year
    other = years != tahun
    if len(other) and other.all():
        shown = sorted(set(years))
        return potongan.drop("B08", other, nilai=shown, rincian=str(tahun))
    return potongan.drop("B15", other, rincian=str(tahun))


def _read_ceilings(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> Potongan:
    """Return the rows of a rekap pagu of the asked year."""
    potongan = read_codes(_fill_skpd(potongan), konteks.tahun)
    frame = potongan.frame
    blank = pd.Series(konteks.tahun, index=frame.index, dtype="Int64")
    potongan = potongan.keep(frame.assign(tahun=frame.get("tahun", blank).fillna(blank)))
    potongan = _drop_other_year(potongan, konteks.tahun)
    potongan = potongan.drop(
        "K52", potongan.frame["pagu_rp"].isna(), kolom="pagu_rp", rincian="tidak mempunyai pagu"
    )
    frame = potongan.frame
    if {"paket", "nama_paket"} & set(frame):
        keyed = frame.assign(**{KUNCI: join_columns(frame, _KUNCI_PAGU), ISI: frame["pagu_rp"]})
        potongan = drop_repeats(potongan.keep(keyed))
        frame = potongan.frame.drop(columns=[KUNCI, ISI])
    blank = pd.Series(pd.NA, index=frame.index)
    added = {
        "realisasi_rp": frame.get("realisasi_rp", blank.astype("Int64")),
        "sumber_dana": frame.get("sumber_dana", blank.astype("string")),
        "per_tanggal": blank.astype("datetime64[ns]"),
    }
    return potongan.keep(frame.assign(**added))


def _drop_other_year(potongan: Potongan, tahun: int | None) -> Potongan:
    years = potongan.frame["tahun"]
    other = (years != tahun).fillna(False) if tahun is not None else years != years
    shown = sorted(set(years[other]))
    return potongan.drop("B08", other, kolom="tahun", nilai=shown, rincian=str(tahun))


_BACA: Mapping[str, Callable[[Potongan, Kepala, Konteks], Potongan]] = {
    "SIPD realisasi": _read_documents,
    "SIPD pagu": _read_ceilings,
    "Dana Desa": read_village_fund,
}
