"""One population of one place and year has one size, in whatever table it stands."""

from __future__ import annotations

import pandas as pd

from reviu_lib.formatting import format_number, list_first
from reviu_lib.ingest.findings import Temuan, note
from reviu_lib.ingest.unite import place_of

_KUNCI = ["tingkat", "wilayah", "penyebut_nama", "kelompok", "tahun"]


def check_denominators(published: pd.DataFrame) -> list[Temuan]:
    """Return one K34 for each population with different sizes of one place in several files."""
    rows = published.loc[published["penyebut"].notna() & published["penyebut_nama"].notna()]
    sizes = rows.drop_duplicates([*_KUNCI, "_berkas", "penyebut"])
    clash = sizes.groupby(_KUNCI, dropna=False)["penyebut"].transform("nunique") > 1
    found = []
    for name, group in sizes.loc[clash].groupby("penyebut_nama", sort=False):
        lines = [_describe(part) for _, part in group.groupby(_KUNCI[1:], sort=False, dropna=False)]
        place = place_of(group, "capaian_terbit").at("penyebut")
        words = f"{name}: {list_first(lines)}"
        found.append(note("K34", place, baris=group["_baris"], rincian=words))
    return found


def _describe(sizes: pd.DataFrame) -> str:
    told = [
        f"{format_number(size)} ({berkas})"
        for size, berkas in zip(sizes["penyebut"], sizes["_berkas"], strict=True)
    ]
    label = f"{sizes['wilayah'].iloc[0]} {sizes['kelompok'].iloc[0] or ''}".strip()
    return f"{label} {' dan '.join(told)}"
