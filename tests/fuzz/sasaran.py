"""What the fuzzing asks of a reader, whatever the bytes: tables or findings, never a fault.

`try_input` reads one input as a file of a kabupaten is read and checks what must hold of
any file: no exception, every filled row used or set aside with a reason, every finding in words,
no NIK in what is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from lembar_kecil import KODE, TAHUN, make_tables

from reviu_lib.bahan import table_fields
from reviu_lib.ingest import build_bahan, read_berkas
from reviu_lib.ingest.ledger import list_unaccounted

KUNCI = b"kunci uji yang bukan rahasia"
# Long ago: a file just written would be watched for a moment.
_LAMA = (1_600_000_000, 1_600_000_000)
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Sasaran:
    """One reader: the ending of its files, whose folder they lie in, and what lies beside them."""

    nama: str
    akhiran: str
    kode: str = "12.18"
    tahun: int = 2021
    pendamping: Mapping[str, str] = field(default_factory=dict)

    def prepare(self, root: Path) -> Path:
        """Return the raw folder in a new workspace `root`, with the files that lie beside."""
        folder = root / "data" / "raw" / self.kode / str(self.tahun)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.pendamping.items():
            (folder / name).write_text(text, "utf-8")
            os.utime(folder / name, _LAMA)
        return folder


def _worksheet_neighbours() -> dict[str, str]:
    """Return the tables that a returned worksheet answers, as text files."""
    wanted = ("kegiatan", "anggaran", "jadwal", "tindak_lanjut")
    tables = {name: frame for name, frame in make_tables().items() if name in wanted}
    return {f"{name}.csv": frame.to_csv(sep=";", index=False) for name, frame in tables.items()}


SASARAN = {
    item.nama: item
    for item in (
        Sasaran("xlsx", ".xlsx"),
        Sasaran("xls", ".xls"),
        Sasaran("ods", ".ods"),
        Sasaran("csv", ".csv"),
        Sasaran("eppgbm", ".csv"),
        Sasaran("docx", ".docx"),
        Sasaran("lembar", ".xlsx", KODE, TAHUN, _worksheet_neighbours()),
    )
}


def try_input(data: bytes, sasaran: Sasaran, folder: Path) -> None:
    """Read `data` as a file of the prepared `folder`; AssertionError when a promise is broken."""
    tables = read_input(data, sasaran, folder)
    lost = list_unaccounted(tables["neraca_baris"])
    assert lost.empty, f"baris hilang: {lost.to_dict('records')}"
    wordless = tables["temuan"][["uraian", "tindakan", "saran"]].isna().any(axis=None)
    assert not wordless, "temuan tanpa kata"
    assert [name for name, frame in tables.items() if holds_nik(frame)] == [], "NIK terbaca"


def read_input(data: bytes, sasaran: Sasaran, folder: Path) -> dict[str, pd.DataFrame]:
    """Return all tables that one file gives, alone or together with what lies beside it."""
    path = folder / f"masukan{sasaran.akhiran}"
    path.write_bytes(data)
    os.utime(path, _LAMA)
    place = {"kode_kabupaten": sasaran.kode, "tahun": sasaran.tahun, "kunci": KUNCI}
    if sasaran.pendamping:
        bahan = build_bahan(folder, **place)
        return {tabel: getattr(bahan, name) for name, tabel in table_fields().items()}
    one = read_berkas(path, **place)
    own = {"temuan": one.temuan, "neraca_baris": one.neraca, "sel_ragu": one.sel_ragu}
    return {**one.tabel, **own}


def holds_nik(frame: pd.DataFrame) -> bool:
    """Return whether sixteen digits in a row stand in any text of a table."""
    texts = frame.select_dtypes(["object", "string", "category"])
    return any(texts[name].astype("string").str.contains(_NIK).any() for name in texts)
