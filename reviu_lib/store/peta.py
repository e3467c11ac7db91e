"""Boundaries of a kabupaten as the user supplied them: `data/raw/<kode>/peta*.geojson`.

A map is a help to the reader: a damaged file never stops a report. What is wrong with it stands
in `Batas.catatan`, and the figure that needs it says so.
"""

from __future__ import annotations

import importlib
import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reviu_lib.errors import BerkasError, ReviuError
from reviu_lib.files import list_files
from reviu_lib.formatting import mask_identity
from reviu_lib.reference.batas import Batas, load_berkas_peta, read_batas
from reviu_lib.store.ruang import Ruang, find_ruang

_AKHIRAN = {".geojson", ".json", ".shp"}
_PASANG = "Ekspor sebagai GeoJSON (EPSG:4326), atau pasang pembacanya: pip install pyshp."


def load_peta(kode_kabupaten: str, *, ruang: str | Path | Ruang | None = None) -> Batas:
    """Return the boundaries of a kabupaten: its own files, else those of its province.

    An empty Batas when there are none; a file that cannot be used is named in `catatan`.
    """
    place = find_ruang(ruang)
    found = Batas(kode_kabupaten)
    for folder in (place.raw / kode_kabupaten, place.raw / kode_kabupaten[:2]):
        for path in _list_peta(folder):
            found = _join(found, _read(kode_kabupaten, path))
        if found.desa or found.kecamatan:
            break
    return found


def list_peta(kode_kabupaten: str, *, ruang: Ruang) -> list[Path]:
    """Return every file that boundaries are read from, also those that belong to a Shapefile."""
    folders = (ruang.raw / kode_kabupaten, ruang.raw / kode_kabupaten[:2])
    return [path for folder in folders for path in _list_named(folder)]


def _list_named(folder: Path) -> list[Path]:
    files = (path for path in list_files(folder) if path.parent == folder)
    return [path for path in files if path.name.lower().startswith("peta")]


def _list_peta(folder: Path) -> list[Path]:
    return [path for path in _list_named(folder) if path.suffix.lower() in _AKHIRAN]


def _read(kode_kabupaten: str, path: Path) -> Batas:
    name = mask_identity(f"{path.parent.name}/{path.name}")
    try:
        return read_batas(kode_kabupaten, _read_features(path, name), berkas=name)
    except ReviuError as error:
        return Batas(kode_kabupaten, catatan=(error.pesan,))
    except (TypeError, ValueError, IndexError, AttributeError, KeyError):
        return Batas(kode_kabupaten, catatan=(_broken(name).pesan,))


def _join(first: Batas, more: Batas) -> Batas:
    """Return both; where two files hold one code, the first file read stands."""
    return Batas(
        first.kode_kabupaten,
        desa={**more.desa, **first.desa},
        kecamatan={**more.kecamatan, **first.kecamatan},
        berkas=(*first.berkas, *more.berkas),
        catatan=(*first.catatan, *more.catatan),
    )


def _read_features(path: Path, name: str) -> list[Mapping[str, Any]]:
    limit = load_berkas_peta().maks_mb
    if path.stat().st_size > limit * 1_000_000:
        raise BerkasError(
            f"Berkas batas wilayah lebih dari {limit} MB.",
            di=name,
            lakukan="Sederhanakan garis batasnya, atau ambil satu kabupaten saja.",
        )
    return _read_shapefile(path, name) if path.suffix.lower() == ".shp" else _read_json(path, name)


def _read_json(path: Path, name: str) -> list[Mapping[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise _broken(name) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
        raise _broken(name)
    return features


def _broken(name: str) -> BerkasError:
    return BerkasError(
        "Berkas batas wilayah tidak dapat dibaca sebagai GeoJSON (FeatureCollection).",
        di=name,
        lakukan="Ekspor ulang sebagai GeoJSON UTF-8 dari perangkat peta Anda.",
    )


def _read_shapefile(path: Path, name: str) -> list[Mapping[str, Any]]:
    """Return the features of a Shapefile; needs the optional package pyshp."""
    try:
        shapefile = importlib.import_module("shapefile")
    except ImportError as error:
        raise BerkasError("Shapefile memerlukan paket pyshp.", di=name, lakukan=_PASANG) from error
    try:
        with shapefile.Reader(str(path), encodingErrors="replace") as reader:
            return [item.__geo_interface__ for item in reader.iterShapeRecords()]
    except (shapefile.ShapefileException, OSError, ValueError, struct.error) as error:
        raise BerkasError(
            "Shapefile tidak dapat dibaca.",
            di=name,
            lakukan="Sertakan berkas .dbf dan .shx di sampingnya, atau ekspor sebagai GeoJSON.",
        ) from error
