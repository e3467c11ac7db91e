"""Dana Desa of DJPK: a national list of which the row of one kabupaten and year counts.

DJPK codes are not Kemendagri codes, so that a row is joined by the names of pemda and province.
The two published files have the same columns: whether a figure is pagu or realisasi is told by the
words above the table, else by the file's name. A pemda that a list leaves out is missing, not zero.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.findings import note
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.parse.texts import map_texts
from reviu_lib.ingest.places import match_kabupaten
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import nama_wilayah, normalize_nama

_NAMA = "Dana Desa"
_NASIONAL = "nasional"
_AWALAN = ("provinsi ", "prov ")
Arti = Literal["pagu", "realisasi"]


def read_village_fund(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> Potongan:
    """Return the rows of the asked kabupaten and year as `realisasi_anggaran`."""
    potongan, meaning = _find_meaning(potongan, kepala)
    if meaning is None:
        everything = pd.Series(True, index=potongan.frame.index)
        return potongan.drop("K56", everything, kolom="nilai_rp")
    potongan = _keep_own(potongan, konteks)
    if potongan.frame.empty:
        words = f"{meaning} Dana Desa {_name(konteks.kode_kabupaten)} tahun {konteks.tahun}"
        return potongan.keep(potongan.frame, note("K51", potongan.tempat, rincian=words))
    return potongan.keep(_canonical(potongan.frame, meaning))


def _find_meaning(potongan: Potongan, kepala: Kepala) -> tuple[Potongan, Arti | None]:
    """Return what the figures are: by title and sheet, else by the file's name (K55)."""
    above = _spoken(f"{kepala.judul_atas} {potongan.tempat.lembar}")
    if above is not None:
        return potongan, above
    named = _spoken(potongan.tempat.berkas.rpartition("/")[2].replace("_", " "))
    if named is None:
        return potongan, None
    told = note("K55", potongan.tempat.at("nilai_rp"), rincian=named)
    return potongan.keep(potongan.frame, told), named


def _spoken(text: str) -> Arti | None:
    """Return the one of both words that stands in `text`; None for neither or both."""
    words = set(normalize_nama(text).split())
    pagu, spent = bool(words & {"pagu", "alokasi"}), bool(words & {"realisasi", "penyaluran"})
    if pagu == spent:
        return None
    return "pagu" if pagu else "realisasi"


def _keep_own(potongan: Potongan, konteks: Konteks) -> Potongan:
    years = potongan.frame["tahun"]
    if konteks.tahun is not None:
        other = (years != konteks.tahun).fillna(True)
        potongan = potongan.drop("K49", other, kolom="tahun", rincian="tahun anggaran lain")
    frame = potongan.frame
    total = map_texts(frame["pemda"], _plain).eq(_NASIONAL).fillna(False)
    potongan = potongan.drop("T04", total.astype(bool), nilai=frame.loc[total, "pemda"])
    if not konteks.kode_kabupaten or potongan.frame.empty:
        return potongan
    elsewhere = ~_is_own(potongan.frame, konteks.kode_kabupaten)
    return potongan.drop("K49", elsewhere, kolom="pemda", rincian="pemda lain")


def _is_own(frame: pd.DataFrame, kode: str) -> pd.Series:
    """Return where pemda and province are the asked ones, by name."""
    names = match_kabupaten(frame["pemda"].dropna().unique(), kode).cocok
    province = _plain(nama_wilayah(kode.partition(".")[0]))
    there = map_texts(frame["provinsi"], _plain).eq(province)
    return (frame["pemda"].isin(names) & there.fillna(False)).astype(bool)


def _plain(name: str) -> str:
    """Return a province's name for comparison, without its prefix and spaces."""
    text = normalize_nama(name)
    for prefix in _AWALAN:
        text = text.removeprefix(prefix)
    return text.replace(" ", "")


def _canonical(frame: pd.DataFrame, meaning: Arti) -> pd.DataFrame:
    blank = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    return frame.assign(
        kode_skpd=pd.NA,
        nama_skpd=frame["pemda"].astype("string") + ", " + frame["provinsi"].astype("string"),
        kode_sub_kegiatan=pd.NA,
        nama_sub_kegiatan=pd.NA,
        sumber_dana=_NAMA,
        pagu_rp=frame["nilai_rp"] if meaning == "pagu" else blank,
        realisasi_rp=frame["nilai_rp"] if meaning == "realisasi" else blank,
        per_tanggal=pd.NaT,
    )


def _name(kode: str) -> str:
    return nama_wilayah(kode) if kode else "kabupaten/kota mana pun"
