"""Findings: those of reading, grouped, and those that only the results can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reviu_lib.formatting import join_list
from reviu_lib.review.capaian.cakupan import REKAP, is_berdata, pairs_of_rekap
from reviu_lib.review.kamus import load_temuan_reviu
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import PERIKSA, split_terbit
from reviu_lib.review.pelaksanaan.kecamatan import (
    BELUM_VERIFIKASI,
    BERBEDA,
    compute_sasaran_kecamatan,
    list_unused,
)
from reviu_lib.review.rasio import compute_persen
from reviu_lib.review.usulan.putusan import find_orphans, find_unknown_words

_KELOMPOK = ["kode", "tabel", "kolom", "berkas", "lembar"]
_BERAT = {"galat": 0, "peringatan": 1, "catatan": 2}
_CONTOH = 5
_BANDING = ["pembilang", "penyebut", "capaian_persen", "kelengkapan_persen"]
_GANDA = "D01"


@dataclass(frozen=True)
class Bukti:
    """A finding of the review: kind, place, and the things it concerns."""

    kode: str
    tabel: str
    kolom: str
    hal: tuple[str, ...]
    berkas: str | None = None

    @property
    def rincian(self) -> str:
        """Return at most five things and how many more there are."""
        shown = [*self.hal[:_CONTOH]]
        more = len(self.hal) - len(shown)
        return join_list([*shown, f"{more} lainnya"] if more else shown)


def compute_mutu(
    konteks: Konteks,
    cakupan: pd.DataFrame,
    prevalensi: pd.DataFrame,
    *,
    rekap: pd.DataFrame,
    usulan: Iterable[str],
) -> pd.DataFrame:
    """Return the table mutu_data: grouped findings, the gravest first.

    `rekap` are the contradictions of the recaps; `usulan` the id_usulan that exist.
    """
    found = [
        *_of_cakupan(konteks, cakupan),
        *_of_prevalensi(konteks, prevalensi),
        *_of_rekap(rekap),
        *_of_putusan(konteks, usulan),
        *_of_kecamatan(konteks),
    ]
    own = pd.DataFrame([_describe(item) for item in found if item.hal])
    parts = [part for part in (group_temuan(konteks.bahan.temuan), own) if len(part)]
    if not parts:
        return pd.DataFrame(columns=["baris"])
    frame = pd.concat(parts, ignore_index=True)
    frame["berat"] = frame["tingkat"].map(_BERAT)
    frame = frame.sort_values(
        ["berat", "kode", "tabel", "kolom", "berkas"], kind="stable", ignore_index=True
    ).drop(columns="berat")
    return frame.assign(baris=[f"M{number:03d}" for number in range(1, len(frame) + 1)])


def group_temuan(temuan: pd.DataFrame) -> pd.DataFrame:
    """Return findings of reading, one row per kind and place, with at most five cells."""
    if temuan.empty:
        return pd.DataFrame()
    rows = temuan.assign(jumlah=temuan["jumlah"].fillna(1).astype("int64"))
    grouped = rows.groupby(_KELOMPOK, dropna=False, sort=False)
    first = grouped[["tingkat", "uraian", "tindakan", "saran"]].first()
    first["jumlah"] = grouped["jumlah"].sum()
    first["contoh_sel"] = grouped["sel"].agg(
        lambda cells: ", ".join(cells.dropna().astype(str).head(_CONTOH)) or None
    )
    return first.reset_index()


def _describe(item: Bukti) -> dict[str, Any]:
    card = load_temuan_reviu()[item.kode]
    return {
        "kode": item.kode,
        "tingkat": card.tingkat,
        "tabel": item.tabel,
        "kolom": item.kolom,
        "berkas": item.berkas,
        "lembar": None,
        "contoh_sel": None,
        "jumlah": len(item.hal),
        "uraian": card.uraian.format(rincian=item.rincian),
        "tindakan": card.tindakan,
        "saran": card.saran,
    }


def _of_cakupan(konteks: Konteks, cakupan: pd.DataFrame) -> Iterator[Bukti]:
    rows = cakupan[cakupan["tingkat"] == "kabupaten"].set_index("kode_indikator")
    least = konteks.ambang["beda_rerata_poin"]
    apart = (rows["capaian_rerata_desa_persen"] - rows["capaian_persen"]).abs() > least
    held = rows["status_tren"] == "tidak dapat dibandingkan"
    groups = {
        ("R02", "capaian_persen"): rows["capaian_persen"] > 100,
        ("R03", "status_tren"): held,
        ("R05", "kelengkapan_persen"): rows["status_data"] == "sementara",
        ("R10", "capaian_rerata_desa_persen"): apart,
    }
    for (kode, kolom), mask in groups.items():
        yield Bukti(kode, "capaian_cakupan", kolom, tuple(rows.index[mask.fillna(False)]))
    yield from _of_pairs(konteks, rows)


def _of_kecamatan(konteks: Konteks) -> Iterator[Bukti]:
    """Yield rows no aksi or era has a use for, and what the reports of the kecamatan lack."""
    yield Bukti("R43", "aksi", "aksi", tuple(list_unused(konteks)))
    if konteks.aturan.pelaku_kecamatan is None:
        told = konteks.bahan.sasaran_kecamatan
        yield Bukti("R44", "sasaran_kecamatan", "kecamatan", tuple(told["kecamatan"].dropna()))
        return
    names = konteks.desa.drop_duplicates("kode_kecamatan").set_index("kode_kecamatan")["kecamatan"]
    told = compute_sasaran_kecamatan(konteks)
    reported = konteks.bahan.sasaran_kecamatan["kode_kecamatan"]
    silent = names[~names.index.isin(reported)]
    yield Bukti("R40", "sasaran_kecamatan", "kode_kecamatan", tuple(sorted(silent)))
    if len(told):
        far = told[told["kesesuaian"] == BERBEDA]
        words = tuple(far["kecamatan"] + " (" + far["kelompok"] + ")")
        yield Bukti("R41", "sasaran_kecamatan", "jumlah", words)
        open_ = told[told["verifikasi"] == BELUM_VERIFIKASI]["kecamatan"].unique()
        yield Bukti("R42", "sasaran_kecamatan", "tanggal_verifikasi", tuple(open_))


def _of_pairs(konteks: Konteks, rows: pd.DataFrame) -> Iterator[Bukti]:
    """Yield running totals, recaps that differ from the desa, and codes outside the era."""
    pairs = konteks.pasangan
    running = pairs.loc[pairs["tersurat_kumulatif"], "kode_indikator"].drop_duplicates()
    yield Bukti("R04", "cakupan", "pembilang", tuple(running))
    columns = ["kode_indikator", "pembilang", "penyebut"]
    sheet = pairs.loc[pairs["kode_desa"].isna(), columns]
    rekap = pd.concat([sheet, pairs_of_rekap(konteks)[columns]])
    rekap = rekap.drop_duplicates("kode_indikator").set_index("kode_indikator")
    own = rows[is_berdata(rows) & (rows["status_data"] != REKAP)]
    both = rekap.join(own[_BANDING], how="inner", rsuffix="_desa").dropna(
        subset=["pembilang", "penyebut"]
    )
    counts = (both["pembilang"] != both["pembilang_desa"]) | (
        both["penyebut"] != both["penyebut_desa"]
    )
    apart = compute_persen(both["pembilang"], both["penyebut"]) - both["capaian_persen"]
    complete = both["kelengkapan_persen"] == 100
    differ = counts & (complete | (apart.abs() > konteks.ambang["beda_rerata_poin"]))
    yield Bukti("R06", "cakupan", "pembilang", tuple(both.index[differ]))
    codes = konteks.bahan.cakupan["kode_indikator"].dropna().drop_duplicates()
    yield Bukti("R11", "cakupan", "kode_indikator", tuple(codes[~codes.isin(konteks.indikator)]))


def _of_prevalensi(konteks: Konteks, prevalensi: pd.DataFrame) -> Iterator[Bukti]:
    register = prevalensi[prevalensi["jenis_angka"] == "register"]
    jumps = register[register["keterangan"].fillna("").str.contains(PERIKSA, regex=False)]
    yield Bukti("R01", "perkembangan_prevalensi", "perubahan_poin", _places(jumps))
    over = register[
        (register["d_per_s_persen"] > 100) & register["tingkat"].isin(["kabupaten", "kecamatan"])
    ]
    yield Bukti("R09", "perkembangan_prevalensi", "d_per_s_persen", _places(over))
    _, aside = split_terbit(konteks)
    undated = aside[aside["tanggal_terbit"].isna()]
    labels = undated["sumber"] + " " + undated["tahun"].astype("string") + " " + undated["wilayah"]
    yield Bukti("R07", "prevalensi", "tanggal_terbit", tuple(labels))
    yield from _of_pengukuran(konteks)


def _places(rows: pd.DataFrame) -> tuple[str, ...]:
    text = rows["wilayah"].astype("string") + " " + rows["periode"].fillna("").astype("string")
    return tuple((text + " " + rows["tahun"].astype("string")).str.replace("  ", " "))


def _of_pengukuran(konteks: Konteks) -> Iterator[Bukti]:
    rows = konteks.bahan.pengukuran
    months = rows["tanggal_ukur"].dt.month.isin(list(konteks.aturan.bulan_penimbangan))
    inside = months & (rows["tanggal_ukur"] <= pd.Timestamp(konteks.bahan.tanggal_cutoff))
    count = int((~inside).sum())
    if count:
        item = Bukti("R08", "pengukuran", "tanggal_ukur", (str(count),))
        yield item


def _of_rekap(notes: pd.DataFrame) -> Iterator[Bukti]:
    for (kode, berkas), rows in notes.groupby(["kode", "berkas"], dropna=False, sort=True):
        labels = tuple(rows["indikator"].astype("string").str.strip().drop_duplicates())
        file = None if pd.isna(berkas) else str(berkas)
        yield Bukti(str(kode), "rekap_indikator", "keterangan", labels, file)


def _of_putusan(konteks: Konteks, known: Iterable[str]) -> Iterator[Bukti]:
    putusan = konteks.putusan
    yield Bukti("U01", "putusan", "id_usulan", tuple(find_orphans(putusan, known)))
    yield Bukti("U02", "putusan", "putusan", tuple(find_unknown_words(putusan)))
    silent = putusan["putusan"].isna() & putusan["id_usulan"].notna()
    yield Bukti("U03", "putusan", "putusan", tuple(putusan.loc[silent, "id_usulan"]))
    years = konteks.bahan.putusan["tahun"].dropna()
    other = years[~years.isin([konteks.bahan.tahun, konteks.bahan.tahun - 1])]
    yield Bukti("U05", "putusan", "putusan", tuple(konteks.putusan_lalu_bertentangan))
    yield Bukti("U04", "putusan", "tahun", tuple(other.astype("string").drop_duplicates()))


def summarize_mutu(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    """Return counts of findings, files, and measurements (keys of ringkasan.toml)."""
    bahan = konteks.bahan
    count = frame["tingkat"].value_counts() if len(frame) else {}
    double = bahan.temuan.loc[bahan.temuan["kode"] == _GANDA, "jumlah"]
    numbers = {f"jumlah_{name}": int(count.get(name, 0)) for name in _BERAT}
    if len(bahan.asal):
        numbers["jumlah_berkas"] = bahan.asal["berkas"].nunique()
    if len(bahan.pengukuran):
        visits = konteks.kunjungan
        children = visits.loc[visits["tahun"] == bahan.tahun, "id_anak"]
        numbers |= {
            "jumlah_pengukuran": len(children),
            "jumlah_anak": children.nunique(),
            "jumlah_duplikat": int(double.sum()),
        }
    return numbers
