"""What is known of one place: addresses to print, numbers to decide on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from reviu_lib.catalog import load_indikator
from reviu_lib.formatting import BULAN, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.rapat.kata import Pengisi

_URUT_BULAN = {bulan: urut for urut, bulan in enumerate(BULAN)}
# What is measured of children, and the column of the register that holds it.
_REGISTER = {
    "sasaran": "sasaran",
    "hadir": "hadir",
    "d_per_s": "d_per_s_persen",
    "diukur": "diukur",
    "stunting": "stunting",
    "sangat_pendek": "sangat_pendek",
    "prevalensi": "prevalensi_persen",
}


@dataclass(frozen=True)
class Tempat:
    """A kecamatan or desa; `jangkauan` says which activity touches which desa (see review)."""

    pengisi: Pengisi
    tingkat: str
    kode: str
    nama: str
    jangkauan: pd.DataFrame

    @property
    def hasil(self) -> HasilReviu:
        """The result everything is read from."""
        return self.pengisi.hasil

    @cached_property
    def alamat(self) -> dict[str, str]:
        """The addresses of what a question may name, by a short word."""
        found = self._register()
        if not self.belum.empty:
            baris = f"capaian_cakupan/{self.belum['baris'].iloc[0]}"
            found["nama_terjauh"] = f"{baris}/indikator"
            found["capaian_terjauh"] = f"{baris}/capaian_persen"
            found["target_terjauh"] = f"{baris}/target_persen"
        if self.terlewat:
            found["nama_terlewat"] = f"realisasi_kegiatan/{self.terlewat[0]}/sub_kegiatan"
        if not self.petunjuk.empty:
            baris = f"petunjuk_hambatan/{self.petunjuk['baris'].iloc[0]}"
            found |= {"petunjuk": f"{baris}/pertanyaan", "uraian_petunjuk": f"{baris}/uraian"}
        return found

    def _register(self) -> dict[str, str]:
        """Return the addresses of the last weighing month of the year reviewed."""
        rows = self.hasil.perkembangan_prevalensi
        own = rows["jenis_angka"].eq("register") & rows["kode_wilayah"].eq(self.kode)
        rows = rows[own & rows["tahun"].eq(self.hasil.tahun)]
        if rows.empty:
            return {}
        last = rows["periode"].map(_URUT_BULAN).astype("float64").fillna(-1).idxmax()
        baris = f"perkembangan_prevalensi/{rows.loc[last, 'baris']}"
        return {"periode": f"{baris}/periode"} | {
            name: f"{baris}/{kolom}" for name, kolom in _REGISTER.items()
        }

    @cached_property
    def ukuran(self) -> dict[str, float | None]:
        """The measures that decide which questions are asked."""
        cells = {
            name: self._number(asal) for name, asal in self.alamat.items() if name in _REGISTER
        }
        short = None if self.belum.empty else float(self.belum["kurang"].iloc[0])
        counts = {
            "terlewat": self.terlewat,
            "pola": self.pola,
            "tak_andal": self.tak_andal,
            "tanpa_data": self.tanpa_data,
            "petunjuk": self.petunjuk,
        }
        return {**cells, "kurang": short, **{name: float(len(x)) for name, x in counts.items()}}

    def _number(self, asal: str) -> float | None:
        value: Any = self.hasil.value(asal)
        return None if is_missing(value) else float(value)

    @cached_property
    def cakupan(self) -> pd.DataFrame:
        """The coverage rows of the place."""
        rows = self.hasil.capaian_cakupan
        return rows[rows["kode_wilayah"].eq(self.kode)]

    @cached_property
    def belum(self) -> pd.DataFrame:
        """The indicators below target, the farthest first; `kurang` is how far, in points."""
        rows = self.cakupan[self.cakupan["status_capaian"].eq("belum tercapai")]
        gap = rows["selisih_target_poin"].abs()
        return rows.assign(kurang=gap).sort_values("kurang", ascending=False, kind="stable")

    @cached_property
    def tanpa_data(self) -> pd.DataFrame:
        """The indicators without a number here."""
        return self.cakupan[self.cakupan["capaian_persen"].isna()]

    def penyebut(self, populasi: str) -> str:
        """Return the address of a denominator by its population, "" when no indicator tells it."""
        cards = load_indikator(self.pengisi.facts.aturan.set_indikator)
        codes = [kode for kode, card in cards.items() if card.populasi_penyebut == populasi]
        rows = self.cakupan[self.cakupan["penyebut"].notna()].set_index("kode_indikator")["baris"]
        known = [rows[kode] for kode in codes if kode in rows]
        return f"capaian_cakupan/{known[0]}/penyebut" if known else ""

    @cached_property
    def _sentuh(self) -> pd.DataFrame:
        """The activities whose place names this one, or what holds it."""
        rows = self.jangkauan
        return rows[rows["kode_desa"].str.startswith(self.kode)]

    def _ids(self, saat: str, *lingkup: str) -> list[str]:
        rows = self._sentuh[self._sentuh["saat"].eq(saat)]
        if lingkup:
            rows = rows[rows["lingkup"].isin(lingkup)]
        return list(dict.fromkeys(rows["id_kegiatan"].sort_values()))

    @cached_property
    def diterima(self) -> list[str]:
        """The activities carried out here by name, or in the whole kecamatan."""
        return self._ids("realisasi", "desa", "kecamatan")

    @cached_property
    def terlewat(self) -> list[str]:
        """The activities planned here by name whose realisation touches the place in no way."""
        done = set(self._ids("realisasi"))
        return [kode for kode in self._ids("rencana", "desa", "kecamatan") if kode not in done]

    @cached_property
    def petunjuk(self) -> pd.DataFrame:
        """The signals in the data that name the place and ask a question."""
        rows = self.hasil.petunjuk_hambatan
        return rows[rows["kode_wilayah"].eq(self.kode) & rows["pertanyaan"].notna()]

    @cached_property
    def pola(self) -> pd.DataFrame:
        """The patterns of measuring to be verified here."""
        rows = self.hasil.pola_ukur
        return rows[rows["kode"].eq(self.kode) & rows["tingkat"].eq(self.tingkat)]

    @cached_property
    def desa(self) -> pd.DataFrame:
        """The desa of the place, as the convergence table tells them."""
        rows = self.hasil.konvergensi_desa
        return rows[rows["kode_desa"].str.startswith(self.kode)]

    @cached_property
    def tak_andal(self) -> pd.DataFrame:
        """The desa of the place whose data are not reliable."""
        return self.desa[~self.desa["data_andal"].fillna(True).astype(bool)]
