"""Questions over many kabupaten and years, answered without loading their tables.

`data/processed` holds one parquet file for each kabupaten, year, and table. `scan` sees the files
of one table as one dataset; `summarise` counts over it block by block, so that memory does not
grow with the number of kabupaten.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from reviu_lib.bahan import table_fields
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.store.ruang import Ruang, find_ruang

if TYPE_CHECKING:
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

# Columns that tell where a row belongs; `tahun` alone is a column of some tables.
KOLOM_LETAK = ("kode_kabupaten", "tahun_reviu")


def scan(
    tabel: str,
    *,
    kode: str = "",
    tahun: int | Collection[int] | None = None,
    ruang: str | Path | Ruang | None = None,
) -> ds.Dataset:
    """Return the rows of one canonical table of all checked kabupaten and years, unread.

    `kode` is a kabupaten (12.18) or a whole province (12); `tahun` one year or several. Columns:
    those of the table, then `kode_kabupaten` and `tahun_reviu`. Nothing is read until it is
    asked for: `.head(5)`, `.count_rows()`, or

        scan("cakupan", kode="35", tahun=2022).to_table(columns=["kode_desa", "pembilang"])

    It is also a table for DuckDB, by its name: `duckdb.sql("select ... from rows")`. Whether raw
    files changed since the check is not asked here. Raises KodeError for an unknown table,
    RuangError when nothing is checked.
    """
    import pyarrow as pa
    import pyarrow.dataset as ds

    if tabel not in table_fields().values():
        known = ", ".join(table_fields().values())
        raise KodeError(f"Tabel {tabel!r} tidak dikenal.", lakukan=f"Pilih satu dari: {known}.")
    place = find_ruang(ruang)
    files = [str(path) for path in _list_files(place, tabel, kode, _years(tahun))]
    if not files:
        raise RuangError(
            "Belum ada data olahan untuk permintaan ini.",
            di="data/processed",
            lakukan="Jalankan `reviu periksa` untuk kabupaten dan tahun itu.",
        )
    letak = pa.schema(list(zip(KOLOM_LETAK, (pa.string(), pa.int32()), strict=True)))
    return ds.dataset(
        files,
        format="parquet",
        partitioning=ds.DirectoryPartitioning(letak),
        partition_base_dir=str(place.processed),
    )


def _years(tahun: int | Collection[int] | None) -> frozenset[int] | None:
    if tahun is None:
        return None
    return frozenset({tahun} if isinstance(tahun, int) else tahun)


def _list_files(place: Ruang, tabel: str, kode: str, years: frozenset[int] | None) -> list[Path]:
    """Return the files of whole checks alone: a folder without its note is half written."""
    return [
        path
        for own, year in place.list_processed()
        if own == kode or own.startswith(f"{kode}." if kode else "")
        if years is None or year in years
        if (path := place.processed_of(own, year) / f"{tabel}.parquet").is_file()
    ]


def summarise(
    rows: ds.Dataset,
    *,
    oleh: Collection[str],
    hitung: Mapping[str, tuple[str, str]],
    saring: pc.Expression | None = None,
) -> pd.DataFrame:
    """Return one row for each value of the columns `oleh`, sorted by them; memory stays flat.

    `hitung` gives the new columns as (column, function): count (of values present), sum, mean,
    min, max, stddev, count_distinct. `saring` keeps the rows where an expression is true:

        summarise(
            scan("pengukuran", tahun=2022),
            oleh=["kode_kabupaten"],
            hitung={"diukur": ("z_tbu", "count"), "anak": ("id_anak", "count_distinct")},
            saring=pyarrow.compute.field("usia_bulan") < 24,
        )

    Sums over no value are missing, never zero.
    """
    from pyarrow import acero, compute

    keys = list(oleh)
    needed = list(dict.fromkeys([*keys, *(column for column, _ in hitung.values())]))
    steps = [acero.Declaration("scan", acero.ScanNodeOptions(rows, filter=saring))]
    if saring is not None:
        steps.append(acero.Declaration("filter", acero.FilterNodeOptions(saring)))
    fields = [compute.field(name) for name in needed]
    steps.append(acero.Declaration("project", acero.ProjectNodeOptions(fields, needed)))
    aims = [(column, f"hash_{how}", None, name) for name, (column, how) in hitung.items()]
    steps.append(acero.Declaration("aggregate", acero.AggregateNodeOptions(aims, keys=keys)))
    table = acero.Declaration.from_sequence(steps).to_table()
    frame: pd.DataFrame = table.select([*keys, *hitung]).to_pandas()
    return frame.sort_values(keys, ignore_index=True)
