"""The tables a review reads and makes, kept as parquet.

`asal.json` (and `hasil.json`) is written last and holds the hash of every table beside it, so
that a half-written or damaged folder is recognised and never read as if it were whole. What was
made from other raw files, by other rules, or with another key than the present ones is refused,
never silently used.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from reviu_lib import __version__
from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.catalog import Tabel, hash_definisi, tabel_hasil, tabel_masukan
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.files import (
    SEMENTARA,
    hash_bytes,
    hash_library,
    make_private,
    mask_keys,
    write_atomic,
)
from reviu_lib.formatting import mask_identity
from reviu_lib.hasil import HasilReviu, table_names
from reviu_lib.store.ruang import Ruang, find_ruang, hash_pembaca, hash_raw, mark_kunci
from reviu_lib.store.skema import SKEMA, explain_skema, is_newer

# Tables written at a time: each waits for the disk, and the disk takes the waiting ones together.
_SEKALIGUS = 4
# How a name tells that somebody's name was taken out of it.
_TERSAMAR = "[nama disamarkan]"
# What each note must hold to be of use; one that lacks a part is damaged.
_ISI = {"asal.json": {"bahan", "tabel", "berkas"}, "hasil.json": {"hasil", "tabel"}}


def _dump(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _save_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the hash of each table after writing it as parquet."""
    make_private(folder)
    for leftover in folder.glob(f".*{SEMENTARA}"):
        leftover.unlink(missing_ok=True)
    with ThreadPoolExecutor(_SEKALIGUS) as pool:
        hashes = pool.map(partial(_save_table, folder), tables, tables.values())
        return dict(zip(tables, hashes, strict=True))


def _save_table(folder: Path, name: str, frame: pd.DataFrame) -> str:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    write_atomic(folder / f"{name}.parquet", buffer.getvalue(), private=True)
    return hash_bytes(buffer.getvalue())


def load_tables(
    folder: Path, content: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Return the tables that a note vouches for, by field; `names` is field → table.

    Of an older form the tables and columns that are declared today. Raises RuangError when a
    table is absent or damaged.
    """
    hashes, older = content["tabel"], content["skema"] < SKEMA
    if not older and set(hashes) != set(names.values()):
        raise _spoiled(folder, "susunan tabelnya dari versi lain")
    kept = {field: name for field, name in names.items() if name in hashes}
    tables = {field: _load_table(folder, name, hashes[name]) for field, name in kept.items()}
    if not older:
        return tables
    known = tabel_masukan() if "bahan" in content else tabel_hasil()
    return {field: _migrate(folder, known[name], tables[field]) for field, name in kept.items()}


def _load_table(folder: Path, name: str, digest: str) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    data = path.read_bytes() if path.is_file() else b""
    if hash_bytes(data) != digest:
        raise _spoiled(folder, f"tabel {name} rusak atau tidak ada")
    return pd.read_parquet(io.BytesIO(data))


def _migrate(folder: Path, tabel: Tabel, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of an older form in the present one: what it lacks is missing, never zero."""
    try:
        return tabel.conform(frame[[kolom for kolom in tabel.nama_kolom if kolom in frame]])
    except (TypeError, ValueError):
        raise _spoiled(folder, f"tabel {tabel.nama} berisi jenis nilai yang lain") from None


def _spoiled(folder: Path, why: str, *, newer: bool = False) -> RuangError:
    parts = folder.parts
    start = len(parts) - parts[::-1].index("processed")
    kode, tahun = parts[start : start + 2]
    command = "periksa" if len(parts) == start + 2 else "laporan"
    again = f"`reviu {command} {kode} --tahun {tahun}`"
    return RuangError(
        f"Data olahan {kode} tahun {tahun} tidak dapat dipakai: {why}.",
        di="/".join(parts[start - 2 :]),
        lakukan=f"Pasang reviu yang lebih baru, atau buat lagi dengan {again}."
        if newer
        else f"Jalankan {again}.",
    )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _spoiled(path.parent, "belum dibuat") from None
    except (OSError, ValueError):
        raise _spoiled(path.parent, f"{path.name} rusak") from None
    if why := explain_skema(content):
        raise _spoiled(path.parent, why, newer=is_newer(content))
    if not all(isinstance(content.get(key), dict) for key in _ISI[path.name]):
        raise _spoiled(path.parent, f"{path.name} rusak")
    return dict(content)


def _scalars(item: BahanReviu | HasilReviu) -> dict[str, Any]:
    kept = [f.name for f in fields(item) if f.metadata.get("disimpan", f.type != "pd.DataFrame")]
    values = {name: getattr(item, name) for name in kept}
    return {key: v.isoformat() if isinstance(v, date) else v for key, v in values.items()}


def read_scalars(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are no tables, dates as dates."""
    return {
        key: date.fromisoformat(v) if key.startswith("tanggal_") else v for key, v in values.items()
    }


def save_bahan(
    bahan: BahanReviu, ruang: Ruang, *, samarkan: Callable[[str], str] = mask_identity
) -> None:
    """Write the tables of one kabupaten and year, then `asal.json` that vouches for them.

    `asal.json` holds the hash of each raw file, of each table, of the reading rules, and a mark
    of the key. `samarkan` takes identity out of the name of a raw file, which pages tell. Raises
    RuangError when data/processed cannot be written.
    """
    folder = ruang.processed_of(bahan.kode_kabupaten, bahan.tahun)
    for private in (ruang.processed, folder.parent):
        make_private(private)
    (folder / "asal.json").unlink(missing_ok=True)
    hashes = _save_tables(folder, {t: getattr(bahan, f) for f, t in table_fields().items()})
    raw = hash_raw(bahan.kode_kabupaten, bahan.tahun, ruang=ruang)
    content = {
        "skema": SKEMA,
        "versi": __version__,
        "pembaca": hash_pembaca(ruang),
        "tanda_kunci": mark_kunci(ruang),
        "berkas": mask_keys(raw.items(), samarkan),
        "tanda_berkas": hash_bytes(_dump(raw)),
        "bahan": _scalars(bahan),
        "tabel": hashes,
    }
    write_atomic(folder / "asal.json", _dump(content), private=True)


def drop_bahan(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> None:
    """Declare the processed tables void, so that nothing old is read after a failed check."""
    (ruang.processed_of(kode_kabupaten, tahun) / "asal.json").unlink(missing_ok=True)


def explain_stale(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> str:
    """Return why the processed tables must be made anew, in Indonesian; empty when they hold.

    Where the raw folder is absent the processed tables stand alone and hold.
    """
    try:
        asal = _read_json(ruang.processed_of(kode_kabupaten, tahun) / "asal.json")
    except RuangError as error:
        return error.apa
    if not ruang.folders_of(kode_kabupaten, tahun):
        return ""
    now = hash_raw(kode_kabupaten, tahun, ruang=ruang)
    if asal.get("tanda_berkas", hash_bytes(_dump(asal["berkas"]))) != hash_bytes(_dump(now)):
        return f"berkas mentah berubah: {_changed(asal['berkas'], now)}"
    if asal.get("pembaca") != hash_pembaca(ruang):
        return "aturan pembacaan atau definisi berubah"
    if asal.get("tanda_kunci") != mark_kunci(ruang):
        return "kunci nama samaran berganti"
    return ""


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Return the names of files whose content or name is another, but of those kept masked."""
    masked = {digest for name, digest in before.items() if _TERSAMAR in name}
    pairs = {*before.items()} ^ {*now.items()}
    names = sorted({name for name, digest in pairs if digest not in masked}) or ["nama berkas"]
    more = f" dan {len(names) - 5} berkas lain" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more


def digest_bahan(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> str:
    """Return one hash over tables and dates of a kabupaten and year; RuangError if not whole."""
    asal = _read_json(ruang.processed_of(kode_kabupaten, tahun) / "asal.json")
    return hash_bytes(_dump({key: asal[key] for key in ("bahan", "tabel", "berkas")}))


def load_berkas(
    kode_kabupaten: str, tahun: int, *, ruang: str | Path | Ruang | None = None
) -> dict[str, str]:
    """Return the content hash of each raw file the tables were read from, by its path."""
    asal = _read_json(find_ruang(ruang).processed_of(kode_kabupaten, tahun) / "asal.json")
    return dict(asal["berkas"])


def load_identitas(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> dict[str, Any]:
    """Return kode_kabupaten, nama, tahun, dates, and contoh without reading any table."""
    asal = _read_json(ruang.processed_of(kode_kabupaten, tahun) / "asal.json")
    return read_scalars(asal["bahan"])


def list_lalu(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> list[int]:
    """Return the earlier years with processed tables, newest first."""
    return [t for t in reversed(ruang.years_processed(kode_kabupaten)) if t < tahun]


def require_filled(kode: str, tahun: int) -> None:
    """Raise KodeError in one sentence when the parameters of a notebook were left as they come."""
    if not kode or not tahun:
        raise KodeError(
            "Parameter notebook ini belum diisi: tulis kode kabupaten/kota dan tahun di sel "
            "parameter di atas, lalu jalankan lagi dari awal."
        )


def load_bahan(
    kode_kabupaten: str,
    tahun: int,
    *,
    ruang: str | Path | Ruang | None = None,
    edisi: str = "rapat",
) -> BahanReviu:
    """Return the checked inputs of one kabupaten and year for the named edition.

    Raises RuangError when they were not made yet, are damaged, were written by a newer version, or
    no longer agree with the raw files, the rules, or the key; the message names the command that
    mends it.
    """
    require_filled(kode_kabupaten, tahun)
    place = find_ruang(ruang)
    folder = place.processed_of(kode_kabupaten, tahun)
    asal = _read_json(folder / "asal.json")
    if why := explain_stale(kode_kabupaten, tahun, ruang=place):
        raise _spoiled(folder, why)
    tables = load_tables(folder, asal, table_fields())
    bahan = BahanReviu(**read_scalars(asal["bahan"]), **tables)
    return replace(bahan, edisi=edisi)


def load_lalu(
    kode_kabupaten: str, tahun: int, *, ruang: str | Path | Ruang | None = None
) -> tuple[BahanReviu, ...]:
    """Return the inputs of the earlier years present, newest first; empty when there are none."""
    place = find_ruang(ruang)
    years = list_lalu(kode_kabupaten, tahun, ruang=place)
    return tuple(load_bahan(kode_kabupaten, year, ruang=place) for year in years)


def digest_masukan(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> dict[str, str]:
    """Return the digest of the reviewed year and of each earlier year used, by year."""
    years = [tahun, *list_lalu(kode_kabupaten, tahun, ruang=ruang)]
    return {str(year): digest_bahan(kode_kabupaten, year, ruang=ruang) for year in years}


def save_hasil(hasil: HasilReviu, ruang: str | Path | Ruang | None = None) -> None:
    """Write the result tables beside the inputs, then `hasil.json` that vouches for them.

    RuangError for a public edition: what it closes would be lost to every later report.
    """
    if hasil.publik:
        raise RuangError(
            "Hasil edisi publik tidak disimpan.",
            di=f"{hasil.kode_kabupaten} tahun {hasil.tahun}",
            lakukan="Simpan hasil utuhnya; edisi publik dibuat lagi darinya setiap kali.",
        )
    place = find_ruang(ruang)
    save_hasil_tables(hasil, place.processed_of(hasil.kode_kabupaten, hasil.tahun) / "hasil", place)


def save_hasil_tables(hasil: HasilReviu, folder: Path, ruang: Ruang, **more: Any) -> None:
    """Write the result tables into `folder`, then `hasil.json` with what they were made from."""
    (folder / "hasil.json").unlink(missing_ok=True)
    hashes = _save_tables(folder, {name: getattr(hasil, name) for name in table_names()})
    content = {
        "skema": SKEMA,
        "pustaka": hash_library(),
        "definisi": hash_definisi(ruang.definisi),
        "masukan": digest_masukan(hasil.kode_kabupaten, hasil.tahun, ruang=ruang),
        "hasil": _scalars(hasil),
        "tabel": hashes,
        **more,
    }
    write_atomic(folder / "hasil.json", _dump(content), private=True)


def load_hasil(
    kode_kabupaten: str, tahun: int, *, ruang: str | Path | Ruang | None = None
) -> HasilReviu:
    """Return the results of one kabupaten and year.

    Raises RuangError when they are absent, damaged, or were made from other inputs or by another
    version; the message names the command that makes them anew.
    """
    place = find_ruang(ruang)
    folder = place.processed_of(kode_kabupaten, tahun) / "hasil"
    content = _read_json(folder / "hasil.json")
    if content.get("masukan") != digest_masukan(kode_kabupaten, tahun, ruang=place):
        raise _spoiled(folder, "masukannya berubah")
    if content.get("pustaka") != hash_library():
        raise _spoiled(folder, "dibuat oleh versi pustaka lain")
    if content.get("definisi") != hash_definisi(place.definisi):
        raise _spoiled(folder, "definisi ruang kerja berubah")
    tables = load_tables(folder, content, {name: name for name in table_names()})
    return HasilReviu(**read_scalars(content["hasil"]), **tables)
