"""What is printed in a worksheet: the rows of each part that concern one unit.

Nothing is computed but sums over the unit's own rows; the figures are those of the review.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import load_temuan
from reviu_lib.formatting import list_first
from reviu_lib.hasil import HasilReviu
from reviu_lib.reference import list_desa, normalize_nama
from reviu_lib.report.lembar.unit import Unit

_TANPA_LEMBAR = "tunggal"  # a CSV file has one sheet without a name
_PEMISAH_LOKASI = ";"
_SEMUA = "seluruh"  # a plan for the whole kabupaten begins with this word
_PAGU = ["pagu_perubahan_rp", "pagu_murni_rp", "pagu_rembuk_rp"]  # the first that is known counts
# Tables whose doubtful rows can be told to a unit, and what tells whose they are.
_PEMILIK = {
    "kegiatan": "id_kegiatan",
    "jadwal": "id_kegiatan",
    "anggaran": "id_kegiatan",
    "hambatan": "id_kegiatan",
    "cakupan": "kode_desa",
    "konvergensi": "kode_desa",
    "pengukuran": "kode_desa",
}


@dataclass(frozen=True)
class Sumber:
    """Inputs and results of one review, and what several units need of them."""

    bahan: BahanReviu
    hasil: HasilReviu

    @cached_property
    def kegiatan(self) -> pd.DataFrame:
        """All kegiatan with their money and dates, one row each."""
        money = self.bahan.anggaran.assign(pagu=self.bahan.anggaran[_PAGU].bfill(axis=1)[_PAGU[0]])
        sums = money.groupby("id_kegiatan")[["pagu", "realisasi_rp"]].sum(min_count=1)
        days = self.bahan.jadwal.groupby("id_kegiatan").agg(
            rencana_mulai=("rencana_mulai", "min"),
            rencana_selesai=("rencana_selesai", "max"),
            catat_mulai=("realisasi_mulai", "min"),
            catat_selesai=("realisasi_selesai", "max"),
        )
        joined = self.bahan.kegiatan.join(sums, on="id_kegiatan").join(days, on="id_kegiatan")
        names = {"pagu": "pagu_rp", "realisasi_rp": "catat_rp", "realisasi_output": "catat_output"}
        return joined.rename(columns=names)

    @cached_property
    def indikator(self) -> pd.DataFrame:
        """The coverage of the kabupaten, one row per indicator."""
        own = self.hasil.capaian_cakupan
        return own[own["tingkat"] == "kabupaten"]

    @cached_property
    def desa(self) -> pd.DataFrame:
        """The coverage of each desa, as the review takes it."""
        own = self.hasil.capaian_cakupan
        return own[own["tingkat"] == "desa"]

    @cached_property
    def ragu(self) -> pd.DataFrame:
        """Each doubtful cell whose owner is known: kode, berkas, lembar, sel, pemilik."""
        cells = self.bahan.sel_ragu.assign(
            baris_berkas=self.bahan.sel_ragu["sel"].str.extract(r"(\d+)$")[0].astype("Int64")
        )
        joined = cells.merge(self._owners, on=["berkas", "lembar", "baris_berkas"], how="inner")
        return joined.drop_duplicates(["berkas", "lembar", "sel", "kode", "pemilik"])

    @cached_property
    def _owners(self) -> pd.DataFrame:
        parts = [self._owners_of(tabel, kolom) for tabel, kolom in _PEMILIK.items()]
        return pd.concat(parts, ignore_index=True)

    def _owners_of(self, tabel: str, kolom: str) -> pd.DataFrame:
        places = self.bahan.asal[self.bahan.asal["tabel"] == tabel]
        owner = getattr(self.bahan, tabel)[kolom].rename("pemilik")
        names = ["berkas", "lembar", "baris_berkas", "pemilik"]
        return places.join(owner, on="baris")[names].dropna(subset="pemilik")


def list_rows(bagian: str, sumber: Sumber, unit: Unit) -> pd.DataFrame:
    """Return the printed columns of a part for one unit; no rows where nothing concerns it."""
    return _ISI[bagian](sumber, unit).reset_index(drop=True)


def _own(sumber: Sumber, unit: Unit) -> pd.DataFrame:
    rows = sumber.kegiatan
    return rows[rows["opd"].map(unit.is_named).astype(bool)]


def _kegiatan_wilayah(sumber: Sumber, unit: Unit) -> pd.DataFrame:
    """Return the kegiatan planned here: where the place is named first, then for all places."""
    rows = sumber.kegiatan
    places = rows["lokasi_rencana"].map(lambda text: _reach(text, unit), na_action="ignore")
    here = rows.assign(_jarak=places.astype("Int64")).dropna(subset="_jarak")
    ordered = here.sort_values("_jarak", kind="stable").drop(columns="_jarak")
    return ordered.assign(
        lokasi_rencana=[_shorten(text, unit) for text in ordered["lokasi_rencana"]]
    )


def _reach(text: str, unit: Unit) -> int | None:
    """Return 0 where a plan names a kecamatan of the unit, 1 where it is for all, else None."""
    words = f" {normalize_nama(text)} "
    if any(f" {normalize_nama(name)} " in words for name in unit.kecamatan):
        return 0
    return 1 if words.strip().startswith(_SEMUA) else None


def _shorten(text: str, unit: Unit) -> str:
    """Return of a list of places those of the unit, then how many others there are."""
    places = [place.strip() for place in text.split(_PEMISAH_LOKASI)]
    own = [place for place in places if _reach(place, unit) == 0]
    more = len(places) - len(own)
    if not own or not more:
        return text
    return f"{'; '.join(own)}; dan {more} lokasi di luar wilayah ini"


def _cakupan(sumber: Sumber, unit: Unit) -> pd.DataFrame:
    """Return coverage by indicator: of an OPD the kabupaten's, of a place the sum of its desa."""
    rows = sumber.indikator
    if unit.jenis == "opd":
        linked = _own(sumber, unit)["indikator_terkait"].dropna().str.split(";").explode()
        rows = rows[rows["opd"].map(unit.is_named) | rows["kode_indikator"].isin(linked)]
        counts = rows[["kode_indikator", "pembilang", "penyebut", "jumlah_desa_data_lengkap"]]
    else:
        counts = _sum_desa(sumber, unit)
    return _show_cakupan(rows, counts)


def _sum_desa(sumber: Sumber, unit: Unit) -> pd.DataFrame:
    own = sumber.desa[sumber.desa["kode_wilayah"].isin(unit.desa)]
    whole = own.dropna(subset=["pembilang", "penyebut"])
    sums = whole.groupby("kode_indikator").agg(
        pembilang=("pembilang", "sum"),
        penyebut=("penyebut", "sum"),
        jumlah_desa_data_lengkap=("kode_wilayah", "nunique"),
    )
    return sums.reset_index()


def _show_cakupan(rows: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    named = rows[["kode_indikator", "indikator", "target_persen"]]
    shown = named.merge(counts, on="kode_indikator", how="inner").rename(
        columns={
            "pembilang": "catat_pembilang",
            "penyebut": "catat_penyebut",
            "jumlah_desa_data_lengkap": "catat_desa",
        }
    )
    divisor = shown["catat_penyebut"].mask(shown["catat_penyebut"] == 0)
    percent = (shown["catat_pembilang"] / divisor * 100).astype("Float64").round(2)
    return shown.assign(catat_persen=percent)


def _desa(sumber: Sumber, unit: Unit) -> pd.DataFrame:
    """Return desa, indicator, and period of what others have reported and this desa has not."""
    all_rows = sumber.bahan.cakupan
    rows = all_rows[all_rows["kode_desa"].notna()]
    asked = rows[["kode_indikator", "periode"]].drop_duplicates()
    places = _places(sumber.bahan, unit)
    grid = places.merge(asked, how="cross").merge(
        rows[["kode_desa", "kode_indikator", "periode", "pembilang", "penyebut"]], how="left"
    )
    open_rows = grid[grid[["pembilang", "penyebut"]].isna().any(axis=1)]
    names = sumber.indikator[["kode_indikator", "indikator"]]
    return open_rows.merge(names, on="kode_indikator", how="left").rename(
        columns={"pembilang": "catat_pembilang", "penyebut": "catat_penyebut"}
    )


def _places(bahan: BahanReviu, unit: Unit) -> pd.DataFrame:
    desa = list_desa(bahan.kode_kabupaten)[["kode_desa", "kecamatan", "desa"]]
    return desa[desa["kode_desa"].isin(unit.desa)]


def _temuan(sumber: Sumber, unit: Unit) -> pd.DataFrame:
    """Return the kinds of doubtful cells of a unit by file and sheet, with what to do."""
    ids = unit.desa or frozenset(_own(sumber, unit)["id_kegiatan"])
    own = sumber.ragu[sumber.ragu["pemilik"].isin(ids)]
    found = own.groupby(["kode", "berkas", "lembar"], dropna=False, sort=True)["sel"].agg(
        catat_sel=lambda cells: list_first(list(cells), pemisah=", "), catat_jumlah="size"
    )
    rows = found.reset_index().rename(columns={"kode": "kode_temuan", "lembar": "lembar_berkas"})
    advice = _advice(sumber.bahan)
    keys = zip(rows["kode_temuan"], rows["berkas"], strict=True)
    return rows.assign(
        lembar_berkas=rows["lembar_berkas"].replace("", pd.NA).fillna(_TANPA_LEMBAR),
        masalah=[load_temuan()[kode].nama for kode in rows["kode_temuan"]],
        saran=[advice.get(key, "") for key in keys],
    )


def _advice(bahan: BahanReviu) -> dict[tuple[str, str], str]:
    rows = bahan.temuan[["kode", "berkas", "saran"]].itertuples(index=False, name=None)
    return {(kode, berkas): saran for kode, berkas, saran in rows}


def _rekomendasi(sumber: Sumber, unit: Unit) -> pd.DataFrame:
    rows = sumber.hasil.tindak_lanjut
    own = rows[rows["opd_pj"].map(unit.is_named).fillna(False).astype(bool)]
    return own.rename(columns={"status": "catat_status", "bukti": "catat_bukti"})


_ISI: Mapping[str, Callable[[Sumber, Unit], pd.DataFrame]] = {
    "kegiatan": _own,
    "wilayah": _kegiatan_wilayah,
    "cakupan": _cakupan,
    "desa": _desa,
    "temuan": _temuan,
    "rekomendasi": _rekomendasi,
}
