"""Boundaries are found in the workspace, and a damaged file stops nothing."""

from __future__ import annotations

import json
import sys

import pytest
import shapefile

from reviu_lib.store import hash_raw, load_peta, make_ruang

KOTAK = [[119.8, -4.3], [119.9, -4.3], [119.9, -4.2], [119.8, -4.2], [119.8, -4.3]]


def geojson(*kode: str) -> str:
    features = [
        {"type": "Feature", "properties": {"kode": item},
         "geometry": {"type": "Polygon", "coordinates": [KOTAK]}} for item in kode
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features})


def put(tmp_path, name: str, text: str):
    ruang = make_ruang(tmp_path)
    path = ruang.raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return ruang


def test_without_a_file_there_are_no_boundaries_and_nothing_to_say(tmp_path):
    batas = load_peta("73.12", ruang=make_ruang(tmp_path))
    assert (batas.desa, batas.kecamatan, batas.catatan) == ({}, {}, ())


@pytest.mark.parametrize("name", ["peta.geojson", "Peta_Desa.GeoJSON", "peta-kecamatan.json"])
def test_files_that_begin_with_peta_beside_the_years_are_read(tmp_path, name):
    batas = load_peta("73.12", ruang=put(tmp_path, f"73.12/{name}", geojson("73.12.01.2003")))
    assert list(batas.desa) == ["73.12.01.2003"]
    assert batas.berkas == (f"73.12/{name}",)


def test_a_file_of_the_province_serves_its_kabupaten(tmp_path):
    text = geojson("73.12.01.2003", "73.11.01.2001")
    batas = load_peta("73.12", ruang=put(tmp_path, "73/peta.geojson", text))
    assert list(batas.desa) == ["73.12.01.2003"]


def test_files_of_the_kabupaten_go_before_those_of_the_province(tmp_path):
    put(tmp_path, "73/peta.geojson", geojson("73.12.01.2003", "73.12.01.2004"))
    ruang = put(tmp_path, "73.12/peta.geojson", geojson("73.12.01.2003"))
    assert load_peta("73.12", ruang=ruang).berkas == ("73.12/peta.geojson",)


def test_desa_and_kecamatan_may_come_in_two_files(tmp_path):
    put(tmp_path, "73.12/peta_desa.geojson", geojson("73.12.01.2003"))
    batas = load_peta("73.12", ruang=put(tmp_path, "73.12/peta_kec.geojson", geojson("73.12.01")))
    assert (list(batas.desa), list(batas.kecamatan)) == (["73.12.01.2003"], ["73.12.01"])


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"features": 3}', '{"features": [1]}', "[" * 100_000,
     '{"features": [{"properties": {"kode": "73.12.01"}, "geometry": {"type": "Polygon", '
     '"coordinates": [[["a", 1], [2, 3], [4, 5]]]}}]}'],
)  # fmt: skip
def test_a_damaged_file_is_named_and_stops_nothing(tmp_path, text):
    batas = load_peta("73.12", ruang=put(tmp_path, "73.12/peta.geojson", text))
    assert not batas.desa
    assert "73.12/peta.geojson" in batas.catatan[0]
    assert "Ekspor ulang sebagai GeoJSON" in batas.catatan[0]


def test_a_damaged_file_of_the_kabupaten_leaves_that_of_the_province(tmp_path):
    put(tmp_path, "73.12/peta.geojson", "{")
    batas = load_peta("73.12", ruang=put(tmp_path, "73/peta.geojson", geojson("73.12.01.2003")))
    assert list(batas.desa) == ["73.12.01.2003"]
    assert len(batas.catatan) == 1


def test_the_boundaries_are_among_the_hashed_input_files(tmp_path):
    ruang = put(tmp_path, "73.12/peta.geojson", geojson("73.12.01.2003"))
    assert "73.12/peta.geojson" in hash_raw("73.12", 2024, ruang=ruang)


def write_shapefile(tmp_path):
    ruang = make_ruang(tmp_path)
    path = ruang.raw / "73.12" / "peta_desa.shp"
    path.parent.mkdir(parents=True)
    with shapefile.Writer(str(path)) as writer:
        writer.field("KDEPUM", "C", 20)
        writer.poly([KOTAK])
        writer.record("7312012003")
    return ruang


def test_a_shapefile_is_read_like_geojson(tmp_path):
    batas = load_peta("73.12", ruang=write_shapefile(tmp_path))
    assert list(batas.desa) == ["73.12.01.2003"]
    assert batas.catatan == ()


def test_a_shapefile_without_its_table_is_said_to_lack_it(tmp_path):
    ruang = write_shapefile(tmp_path)
    (ruang.raw / "73.12" / "peta_desa.dbf").unlink()
    assert "Sertakan berkas .dbf dan .shx" in load_peta("73.12", ruang=ruang).catatan[0]


def test_without_the_optional_reader_a_shapefile_says_how_to_get_it(tmp_path, monkeypatch):
    ruang = write_shapefile(tmp_path)
    monkeypatch.setitem(sys.modules, "shapefile", None)
    assert "pip install pyshp" in load_peta("73.12", ruang=ruang).catatan[0]


@pytest.mark.parametrize(
    ("name", "kode", "desa"),
    [("batas_desa_73.12_soppeng", "73.12", 70), ("batas_desa_12.18_serdang_bedagai", "12.18", 243)],
)
def test_real_boundaries_cover_every_desa_of_the_list(shared, tmp_path, name, kode, desa):
    source = shared / "data" / "reference" / "wilayah" / f"{name}.geojson"
    if not source.is_file():
        pytest.skip("batas wilayah acuan tidak ada")
    ruang = put(tmp_path, f"{kode}/peta.geojson", source.read_text(encoding="utf-8"))
    batas = load_peta(kode, ruang=ruang)
    assert (len(batas.desa), batas.catatan) == (desa, ())
