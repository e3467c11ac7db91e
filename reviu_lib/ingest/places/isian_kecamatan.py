"""The kecamatan of a whole sheet: a code is checked, a name gets its code, or is told about."""

from __future__ import annotations

import pandas as pd

from reviu_lib.ingest.places.kecamatan import resolve_kecamatan
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import list_desa


def fill_kecamatan(potongan: Potongan, kode_kabupaten: str) -> Potongan:
    """Return the sheet with kode_kecamatan filled from the name where it is blank.

    A code of no kecamatan of this kabupaten drops its row (W08); a name without one is told (W25)
    and stays without a code. A row that names neither speaks for the kabupaten.
    """
    frame = potongan.frame
    if not kode_kabupaten or not {"kode_kecamatan", "kecamatan"} & set(frame.columns):
        return potongan
    blank = pd.Series(pd.NA, index=frame.index, dtype="string")
    names = frame.get("kecamatan", blank)
    found = {name: resolve_kecamatan(str(name), kode_kabupaten) for name in names.dropna().unique()}
    named = names.map({name: guess.kode for name, guess in found.items()}).astype("string")
    codes = frame.get("kode_kecamatan", blank).astype("string").fillna(named.replace("", pd.NA))
    potongan = potongan.keep(frame.assign(kode_kecamatan=codes))
    unread = codes.isna() & names.notna()
    hint = "; ".join(found[name].rincian for name in names[unread].unique())
    potongan = potongan.tell(
        "W25", unread, kolom="kecamatan", nilai=names[unread].unique(), rincian=hint
    )
    odd = codes.notna() & ~codes.isin(list_desa(kode_kabupaten)["kode_kecamatan"])
    return potongan.drop("W08", odd, kolom="kode_kecamatan", nilai=codes[odd].unique())
