"""Shapes are known by their Kemendagri code alone; nothing is guessed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.errors import BerkasError
from reviu_lib.reference.batas import parse_kode, read_batas

KOTAK = [[119.8, -4.3], [119.9, -4.3], [119.9, -4.2], [119.8, -4.2], [119.8, -4.3]]
LUBANG = [[119.84, -4.26], [119.86, -4.26], [119.86, -4.24], [119.84, -4.24], [119.84, -4.26]]


def fitur(kode: object, *cincin: list, kolom: str = "kode") -> dict:
    geometry = {"type": "Polygon", "coordinates": list(cincin or [KOTAK])}
    return {"type": "Feature", "properties": {kolom: kode}, "geometry": geometry}


def area(ring: np.ndarray) -> float:
    x, y = ring.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("73.12.01.2003", "73.12.01.2003"), ("7312012003", "73.12.01.2003"),
        (7312012003, "73.12.01.2003"), ("7312012003.0", "73.12.01.2003"),
        (" 73.12.01 ", "73.12.01"), (731201, "73.12.01"),
        ("73.12", ""), ("731201200", ""), ("Gattareng", ""), (None, ""), ("", ""),
    ],
)  # fmt: skip
def test_a_code_is_read_with_dots_or_without(written, expected):
    assert parse_kode(written) == expected


@given(st.text(max_size=20))
def test_no_text_makes_reading_a_code_fail(text):
    assert parse_kode(text) == "" or len(parse_kode(text)) in (8, 13)


@pytest.mark.parametrize("kolom", ["kode", "KDEPUM", "Kode_Desa", "kode_wilayah"])
def test_the_code_is_found_under_each_declared_name(kolom):
    assert list(read_batas("73.12", [fitur("73.12.01.2003", kolom=kolom)]).desa) == [
        "73.12.01.2003"
    ]


def test_desa_and_kecamatan_are_told_apart_by_their_code():
    batas = read_batas("73.12", [fitur("73.12.01.2003"), fitur("73.12.01")])
    assert list(batas.desa) == ["73.12.01.2003"]
    assert list(batas.kecamatan) == ["73.12.01"]


def test_the_code_of_a_desa_goes_before_that_of_its_kecamatan():
    both = fitur("73.12.01.2003", kolom="KDEPUM")
    both["properties"] = {"KDCPUM": "73.12.01", **both["properties"]}
    assert list(read_batas("73.12", [both]).desa) == ["73.12.01.2003"]


def test_shapes_of_another_kabupaten_are_passed_over():
    batas = read_batas("73.12", [fitur("73.12.01.2003"), fitur("73.11.01.2001")])
    assert list(batas.desa) == ["73.12.01.2003"]
    assert batas.catatan == ()


def test_a_code_that_is_not_on_the_list_is_left_out_and_said():
    batas = read_batas(
        "73.12", [fitur("73.12.01.2003"), fitur("73.12.01.2999")], berkas="p.geojson"
    )
    assert list(batas.desa) == ["73.12.01.2003"]
    assert batas.catatan == (
        "1 bidang pada p.geojson tidak digambar karena kodenya tidak ada pada daftar Kemendagri: "
        "73.12.01.2999",
    )


def test_a_shape_without_code_is_left_out_and_said():
    batas = read_batas("73.12", [fitur("73.12.01.2003"), fitur(None)], berkas="p.geojson")
    assert batas.catatan == ("1 bidang pada p.geojson tidak berkode dan tidak digambar",)


def test_codes_of_bps_are_not_taken_for_those_of_kemendagri():
    with pytest.raises(BerkasError, match="Kode BPS lain susunannya"):
        read_batas("73.12", [fitur("7312010001")])


def test_a_file_without_a_known_column_names_the_columns_it_has():
    with pytest.raises(BerkasError, match="kolom yang ada: NAMOBJ"):
        read_batas("73.12", [fitur("Gattareng", kolom="NAMOBJ")])


def test_a_file_of_another_kabupaten_says_what_it_holds():
    with pytest.raises(BerkasError, match=r"isinya antara lain 73\.11\.01\.2001"):
        read_batas("73.12", [fitur("73.11.01.2001")])


def test_swapped_latitude_and_longitude_are_named():
    swapped = [[y, x] for x, y in KOTAK]
    with pytest.raises(BerkasError, match="tertukar"):
        read_batas("73.12", [fitur("73.12.01.2003", swapped)])


def test_metres_are_not_degrees():
    metres = [[x * 1000, y * 1000] for x, y in KOTAK]
    with pytest.raises(BerkasError, match="di luar Indonesia") as caught:
        read_batas("73.12", [fitur("73.12.01.2003", metres)])
    assert "EPSG:4326" in caught.value.pesan


@pytest.mark.parametrize("turn", [1, -1])
def test_outer_rings_turn_left_and_holes_right_however_they_were_written(turn):
    shape = read_batas("73.12", [fitur("73.12.01.2003", KOTAK[::turn], LUBANG[::turn])]).desa
    outer, hole = shape["73.12.01.2003"].cincin
    assert area(outer) > 0 > area(hole)


def test_parts_of_one_desa_become_one_shape():
    away = [[x + 0.2, y] for x, y in KOTAK]
    batas = read_batas("73.12", [fitur("73.12.01.2003"), fitur("73.12.01.2003", away)])
    assert len(batas.desa["73.12.01.2003"].cincin) == 2


def test_heights_in_coordinates_are_ignored():
    high = [[x, y, 12.0] for x, y in KOTAK]
    assert read_batas("73.12", [fitur("73.12.01.2003", high)]).desa["73.12.01.2003"].cincin[
        0
    ].shape == (5, 2)


def test_a_point_or_a_line_is_no_shape():
    item = fitur("73.12.01.2003") | {"geometry": {"type": "Point", "coordinates": [119.8, -4.3]}}
    with pytest.raises(BerkasError):
        read_batas("73.12", [item])
