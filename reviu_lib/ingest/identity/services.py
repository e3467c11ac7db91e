"""Monthly records of mothers and children by name become rows without identity.

A person is followed from month to month by the pseudonym: of the NIK, else of the name with the
birth date or the number of the KIA book. Who has none of these cannot be followed and is left out.
"""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import cached, read_toml
from reviu_lib.formatting import BULAN
from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.identity.pseudonyms import (
    SIDIK_ANAK,
    SIDIK_LAHIR,
    clean_nik,
    pseudonymise,
)
from reviu_lib.ingest.parse.texts import map_unique
from reviu_lib.ingest.places import resolve_desa
from reviu_lib.ingest.tables import Potongan

_ANAK = "anak 0-23 bulan"


def read_services(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return the sheet as rows of `layanan_sasaran`, without identity, with what was found.

    Set aside: rows of another year (B15), without a month (D04), after the month in which a child
    is 23 months old (K66), born after the month (K07), and of people who cannot be followed (K65).
    """
    potongan = _keep_year(potongan, konteks)
    potongan = potongan.drop("D04", potongan.frame["bulan"].isna(), kolom="bulan")
    if konteks.kode_kabupaten and not potongan.frame.empty:
        potongan = resolve_desa(potongan, konteks.kode_kabupaten, padanan=konteks.padanan)
    potongan = _drop_unknown(_add_age(potongan))
    done = pseudonymise(potongan, konteks.kunci)
    frame = done.frame.drop(columns=[SIDIK_ANAK, SIDIK_LAHIR])
    return done.keep(frame.rename(columns={"id_anak": "id_sasaran"}))


def _keep_year(potongan: Potongan, konteks: Konteks) -> Potongan:
    frame = potongan.frame
    written = frame.get("tahun", pd.Series(pd.NA, index=frame.index, dtype="Int64"))
    if konteks.tahun is None:
        return potongan.keep(frame.assign(tahun=written))
    potongan = potongan.keep(frame.assign(tahun=written.fillna(konteks.tahun)))
    other = potongan.frame["tahun"] != konteks.tahun
    return potongan.drop("B15", other, kolom="tahun", rincian=str(konteks.tahun))


def _add_age(potongan: Potongan) -> Potongan:
    """Add umur_bulan: completed months at the end of the month of the record, children only."""
    frame = potongan.frame
    child = frame["kelompok"] == _ANAK
    born = frame.get("tanggal_lahir", pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]"))
    month = frame["bulan"].map({name: number for number, name in enumerate(BULAN, start=1)})
    month = month.astype("float64")
    ends = (frame["tahun"].astype("float64") - born.dt.year) * 12 + month - born.dt.month
    age = ends.where(child).astype("Int64")
    potongan = potongan.keep(frame.assign(umur_bulan=age))
    potongan = potongan.drop("D04", child & age.isna(), kolom="tanggal_lahir")
    potongan = potongan.drop("K07", potongan.frame["umur_bulan"] < 0, kolom="tanggal_lahir")
    return potongan.drop("K66", potongan.frame["umur_bulan"] > _oldest(), kolom="tanggal_lahir")


@cached
def _oldest() -> int:
    return int(read_toml("konvergensi.toml")["umur_maks_bulan"])


def _drop_unknown(potongan: Potongan) -> Potongan:
    """Drop who cannot be followed; where no birth date is written, the KIA number stands for it."""
    frame = potongan.frame
    blank = pd.Series(pd.NA, index=frame.index, dtype="string")
    born = frame["tanggal_lahir"] if "tanggal_lahir" in frame else pd.Series(pd.NaT, frame.index)
    day = pd.to_datetime(born).dt.strftime("%Y-%m-%d").astype("string")
    day = day.fillna("KIA " + frame.get("nomor_kia", blank).astype("string"))
    nik = frame.get("nik", blank)
    named = frame["nama"].notna() & day.notna()
    potongan = potongan.keep(frame.assign(tanggal_lahir=day))
    lost = ~named & map_unique(nik, clean_nik).isna()
    return potongan.drop("K65", lost, kolom="nama")
