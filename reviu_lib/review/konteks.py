"""Everything the rules of a review need to see at once: inputs, earlier years, declarations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, wraps
from typing import Any, TypeVar

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import (
    Ambang,
    Aturan,
    Indikator,
    load_ambang,
    load_aturan,
    load_indikator,
)
from reviu_lib.putusan import complete_putusan, merge_putusan
from reviu_lib.reference import list_desa, nama_wilayah
from reviu_lib.review.capaian.pagu import prepare_anggaran, sum_per_kegiatan
from reviu_lib.review.capaian.periode import compute_pasangan
from reviu_lib.review.outcome.kunjungan import classify_kunjungan, list_kunjungan
from reviu_lib.review.rasio import parent_code

_T = TypeVar("_T")
_PISAH = re.compile(r"\s*[;,]\s*")
_KOLOM_DESA = ["kode_desa", "desa", "kode_kecamatan", "kecamatan"]


@dataclass(frozen=True)
class Konteks:
    """Inputs of the year (`bahan`), of earlier years (`lalu`, newest first), and the rules.

    `desa` lists every desa and kelurahan: kode_desa, desa, kode_kecamatan, kecamatan.
    """

    bahan: BahanReviu
    lalu: tuple[BahanReviu, ...]
    aturan: Aturan
    indikator: Mapping[str, Indikator]
    desa: pd.DataFrame
    ambang: Ambang
    _found: dict[Callable[..., Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def sebelum(self) -> BahanReviu | None:
        """The inputs of exactly one year before, None when that year is not present."""
        return next((item for item in self.lalu if item.tahun == self.bahan.tahun - 1), None)

    @property
    def kode_provinsi(self) -> str:
        """The province code of the kabupaten."""
        return self.bahan.kode_kabupaten.split(".", 1)[0]

    @property
    def akhir_tahun(self) -> bool:
        """True when the data reach 31 December, so that yearly absorption may be judged."""
        cutoff = self.bahan.tanggal_cutoff
        return (cutoff.year, cutoff.month, cutoff.day) >= (self.bahan.tahun, 12, 31)

    @cached_property
    def pasangan(self) -> pd.DataFrame:
        """The pairs of the review year (see `compute_pasangan`), computed once."""
        return compute_pasangan(self.bahan.cakupan, self.indikator)

    @cached_property
    def pasangan_lalu(self) -> pd.DataFrame:
        """The pairs of the year before by this year's cards; no rows without that year."""
        before = self.sebelum or self.bahan
        rows = before.cakupan if self.sebelum else before.cakupan.iloc[0:0]
        return compute_pasangan(rows, self.indikator)

    @cached_property
    def anggaran(self) -> pd.DataFrame:
        """The budget rows of the review year (see `prepare_anggaran`), computed once."""
        return prepare_anggaran(self.bahan)

    @cached_property
    def anggaran_lalu(self) -> pd.DataFrame | None:
        """The budget rows of the year before, computed once; None without that year."""
        return None if self.sebelum is None else prepare_anggaran(self.sebelum)

    @cached_property
    def putusan(self) -> pd.DataFrame:
        """What the meeting of the review year decided, the last row of each proposal."""
        return _decided(self.bahan.putusan, self.bahan.tahun, self.bahan.tahun)

    @cached_property
    def putusan_lalu(self) -> pd.DataFrame:
        """What the meeting of the year before decided, from either year's folder.

        Where the two folders contradict each other neither counts.
        """
        rows, clash = self._putusan_lalu
        return _last(rows[~clash])

    @property
    def putusan_lalu_bertentangan(self) -> list[str]:
        """The proposals of last year on which the folders of both years contradict each other."""
        rows, clash = self._putusan_lalu
        return sorted(rows.loc[clash, "id_usulan"].dropna().unique())

    @cached_property
    def _putusan_lalu(self) -> tuple[pd.DataFrame, pd.Series]:
        year = self.bahan.tahun - 1
        before = self.sebelum
        parts = [_decided(item.putusan, item.tahun, year) for item in (before, self.bahan) if item]
        return merge_putusan(pd.concat(parts, ignore_index=True))

    @cached_property
    def uang(self) -> pd.DataFrame:
        """Money per activity of the review year (see `sum_per_kegiatan`), computed once."""
        return sum_per_kegiatan(self.anggaran)

    @cached_property
    def kunjungan(self) -> pd.DataFrame:
        """Visits of all years with own z and what each counts as (see `list_kunjungan`)."""
        return classify_kunjungan(list_kunjungan((self.bahan, *self.lalu)), self.ambang)

    @cached_property
    def kunjungan_acuan(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The visits of the reference month of last year and of this year.

        The reference month is the latest weighing month of the review year with visits.
        """
        visits, tahun = self.kunjungan, self.bahan.tahun
        now = visits["tahun"] == tahun
        same = visits["bulan"] == visits.loc[now, "bulan"].max()
        return visits[same & (visits["tahun"] == tahun - 1)], visits[same & now]

    @cached_property
    def lokus(self) -> frozenset[str]:
        """The codes of the focus desa of the review year."""
        rows = self.bahan.lokus
        return frozenset(rows.loc[rows["tahun"] == self.bahan.tahun, "kode_desa"])

    @cached_property
    def kaitan(self) -> pd.DataFrame:
        """The indicators that each planned activity names (see `split_indikator`)."""
        return split_indikator(self.bahan.kegiatan)

    @cached_property
    def wilayah(self) -> dict[str, str]:
        """Names by code of the kabupaten, its kecamatan, and its desa."""
        names = dict(zip(self.desa["kode_desa"], self.desa["desa"], strict=True))
        names |= dict(zip(self.desa["kode_kecamatan"], self.desa["kecamatan"], strict=True))
        return {self.bahan.kode_kabupaten: self.bahan.nama, **names}

    def name_of(self, kode: str) -> str:
        """Return the name of any region code, also of provinces and of the nation (00)."""
        known = self.wilayah.get(kode)
        return known if known is not None else nama_wilayah(kode)


def once(compute: Callable[[Konteks], _T]) -> Callable[[Konteks], _T]:
    """Let a function of the context alone compute once a context; what it returns is shared."""

    @wraps(compute)
    def remember(konteks: Konteks) -> _T:
        if compute not in konteks._found:
            konteks._found[compute] = compute(konteks)
        found: _T = konteks._found[compute]
        return found

    return remember


def _decided(putusan: pd.DataFrame, folder: int, tahun: int) -> pd.DataFrame:
    """Return the decisions of one year; those without a year are of the folder's."""
    rows = putusan.assign(tahun=putusan["tahun"].fillna(folder))
    return _last(complete_putusan(rows[rows["tahun"] == tahun]))


def _last(putusan: pd.DataFrame) -> pd.DataFrame:
    """Return the last row of each proposal."""
    return putusan.drop_duplicates("id_usulan", keep="last", ignore_index=True)


def split_indikator(kegiatan: pd.DataFrame) -> pd.DataFrame:
    """Return one row per activity and related indicator code: id_kegiatan, kode_indikator."""
    rows = kegiatan[["id_kegiatan", "indikator_terkait"]].dropna()
    pairs = [
        (kegiatan, kode)
        for kegiatan, text in zip(rows["id_kegiatan"], rows["indikator_terkait"], strict=True)
        for kode in _PISAH.split(text.strip())
        if kode
    ]
    columns = ["id_kegiatan", "kode_indikator"]
    return pd.DataFrame(list(dict.fromkeys(pairs)), columns=columns, dtype="string")


def build_konteks(bahan: BahanReviu, lalu: Sequence[BahanReviu] = ()) -> Konteks:
    """Return the context of a review; the era follows from `bahan.tahun` alone."""
    aturan = load_aturan(bahan.tahun)
    earlier = sorted(lalu, key=lambda item: item.tahun, reverse=True)
    return Konteks(
        bahan=bahan,
        lalu=tuple(item for item in earlier if item.tahun < bahan.tahun),
        aturan=aturan,
        indikator=load_indikator(aturan.set_indikator),
        desa=_all_desa(bahan),
        ambang=load_ambang(),
    )


@cache
def _official_desa(kode_kabupaten: str) -> pd.DataFrame:
    """Return the official desa; the frame is shared and never changed in place."""
    return list_desa(kode_kabupaten)[_KOLOM_DESA].astype("string")


def _all_desa(bahan: BahanReviu) -> pd.DataFrame:
    """Return the official desa, and behind them those that only the data name."""
    official = _official_desa(bahan.kode_kabupaten)
    named = bahan.cakupan[["kode_desa", "desa", "kecamatan"]].dropna(subset=["kode_desa"])
    extra = named.drop_duplicates("kode_desa")
    extra = extra[~extra["kode_desa"].isin(official["kode_desa"])]
    extra = extra.assign(kode_kecamatan=parent_code(extra["kode_desa"]))
    return pd.concat([official, extra[_KOLOM_DESA].astype("string")], ignore_index=True)
