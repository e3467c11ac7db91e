"""Places that a published table should have and does not, and measures blank in some places."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviu_lib.formatting import list_first
from reviu_lib.ingest.findings import Temuan, note
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import load_wilayah, nama_wilayah

_DITAMPILKAN = 10
_PORSI_LENGKAP = 0.5  # a table with fewer of a province's places is a choice of places
_UKURAN = ["indikator", "kelompok", "tahun"]


def check_completeness(potongan: Potongan, *, kode_kabupaten: str) -> Potongan:
    """Return the sheet with K30 for places of the reference that it lacks, K33 for blank figures.

    With a kabupaten only its own absence and that of its parts is told.
    """
    places = potongan.frame.loc[~potongan.frame["_jumlah"]]
    if places.empty:
        return potongan
    absent = _list_absent(places, kode_kabupaten)
    told = [_tell_absent(potongan, absent)] if absent else []
    return potongan.keep(potongan.frame, *told, *_tell_blank(potongan, places))


def _list_absent(places: pd.DataFrame, kode_kabupaten: str) -> list[str]:
    """Return the codes of the places that the table lacks among those it should have."""
    level = places["tingkat"].iloc[0]
    present = set(places["kode_wilayah"].dropna())
    if places.loc[places["tingkat"] == level, "kode_wilayah"].isna().any():
        return []  # an unknown spelling may be the place that seems absent
    if level not in {"kabupaten", "kecamatan", "desa"}:
        return []
    absent = [code for parent in _parents(present) for code in _lacking(parent, present)]
    if level == "kabupaten" and kode_kabupaten:
        return [code for code in absent if code == kode_kabupaten]
    return absent


def _parents(codes: set[str]) -> list[str]:
    return sorted({code.rpartition(".")[0] for code in codes})


def _lacking(parent: str, present: set[str]) -> list[str]:
    """Return the absent children of a region of which the table has most."""
    frame = load_wilayah()
    children = list(frame.loc[frame["kode_induk"] == parent, "kode"])
    absent = [code for code in children if code not in present]
    return absent if len(absent) < len(children) * _PORSI_LENGKAP else []


def _tell_absent(potongan: Potongan, absent: Sequence[str]) -> Temuan:
    words = list_first([nama_wilayah(code) for code in absent], _DITAMPILKAN, pemisah=", ")
    return note("K30", potongan.tempat, rincian=f"{len(absent)} wilayah, yaitu {words}")


def _tell_blank(potongan: Potongan, places: pd.DataFrame) -> list[Temuan]:
    """Return one K33 for each measure that some but not all places of the table have."""
    every = places.drop_duplicates("_letak_lengkap").set_index("_letak_lengkap")["wilayah"]
    found = []
    for key, rows in places.groupby(_UKURAN, sort=False, dropna=False):
        blank = every.drop(rows["_letak_lengkap"].unique())
        if len(blank):
            names = ", ".join(blank.iloc[:_DITAMPILKAN])
            label = " ".join(str(part) for part in key[:2] if part)
            words = (
                f"{label}: {len(every) - len(blank)} dari {len(every)} terisi; kosong di {names}"
            )
            at = potongan.frame.index[potongan.frame["_letak_lengkap"].isin(blank.index)]
            place = potongan.tempat.at(_column_of(rows))
            found.append(note("K33", place, baris=at.unique(), rincian=words))
    return found


def _column_of(rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    return str(first["_kolom_pembilang"] or first["_kolom_persen"])
