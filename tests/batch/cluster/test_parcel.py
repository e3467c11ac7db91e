"""A parcel holds what one report needs, and nothing of raw files, of the key, or of others."""

import io
import zipfile

import pytest

from reviu_lib.batch import Pesanan, periksa
from reviu_lib.batch.cluster.parcel import (
    HASIL,
    pack_inputs,
    pack_outputs,
    unpack_inputs,
    unpack_outputs,
)
from reviu_lib.store import load_bahan, load_berkas, load_kunci, load_lalu, make_ruang

from ..ruang_kecil import make_small

KODE, TAHUN = "12.18", 2024
ORDER = Pesanan((KODE,), TAHUN)


@pytest.fixture(scope="module")
def ruang(tmp_path_factory):
    """A workspace with checked tables of two years and of another kabupaten; read only."""
    units = ((KODE, TAHUN), (KODE, TAHUN - 1), ("73.12", TAHUN))
    ruang = make_small(tmp_path_factory.mktemp("paket"), *units)
    for place in (KODE, KODE[:2], "73.12"):
        (ruang.raw / place).mkdir(exist_ok=True)
        (ruang.raw / place / "peta.geojson").write_text('{"type": "FeatureCollection"}')
    for unit in units:
        periksa(*unit, ruang=ruang)
    (ruang.root / "reviu.toml").write_text('edisi = "final"')
    return ruang


def _names(data):
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def test_it_holds_tables_of_this_and_earlier_years_notebooks_maps_and_settings(ruang):
    names = _names(pack_inputs(ORDER, ruang))
    for wanted in (
        f"data/processed/{KODE}/{TAHUN}/asal.json",
        f"data/processed/{KODE}/{TAHUN - 1}/kegiatan.parquet",
        f"data/raw/{KODE}/peta.geojson",
        f"data/raw/{KODE[:2]}/peta.geojson",
        "notebooks/01_periksa_data.ipynb",
        "notebooks/02_reviu_kinerja.ipynb",
        "reviu.toml",
    ):
        assert wanted in names


def test_it_holds_no_raw_file_no_key_and_no_other_kabupaten(ruang):
    data = pack_inputs(ORDER, ruang)
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert [name for name in _names(data) if name.startswith(".reviu") or "73.12" in name] == []
    raw = [name for name in _names(data) if name.startswith("data/raw")]
    assert all(name.endswith("peta.geojson") for name in raw)
    key = load_kunci(ruang)
    assert not any(key.hex().encode() in parts.read(name) for name in parts.namelist())


def test_an_earlier_year_never_takes_a_later_one_with_it(ruang):
    names = _names(pack_inputs(Pesanan((KODE,), TAHUN - 1), ruang))
    assert [name for name in names if f"/{TAHUN}/" in name] == []


def test_what_was_packed_is_a_workspace_with_the_same_inputs(ruang, tmp_path):
    there = make_ruang(tmp_path)
    unpack_inputs(pack_inputs(ORDER, ruang), there)
    here, far = (load_bahan(KODE, TAHUN, ruang=place) for place in (ruang, there))
    assert here.kegiatan.equals(far.kegiatan)
    assert [item.tahun for item in load_lalu(KODE, TAHUN, ruang=there)] == [TAHUN - 1]
    assert load_berkas(KODE, TAHUN, ruang=there) == load_berkas(KODE, TAHUN, ruang=ruang) != {}


def test_what_comes_back_is_put_in_its_place(tmp_path):
    far, near = make_ruang(tmp_path / "jauh"), make_ruang(tmp_path / "dekat")
    tables = far.processed_of(KODE, TAHUN) / "hasil"
    for folder, name in (
        (far.root / HASIL, "reviu.html"),
        (tables, "hasil.json"),
        (tables, "rekomendasi.parquet"),
        (far.rahasia / "log", "galat.log"),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)  # fmt: skip
    (near.rahasia / "log").mkdir()
    (near.rahasia / "log" / "galat.log").write_text("sebelumnya, ")
    staging = near.root / "antara"
    staging.mkdir()
    unpack_outputs(pack_outputs(ORDER, far), ORDER, near, staging=staging)
    assert [path.name for path in staging.iterdir()] == ["reviu.html"]
    kept = near.processed_of(KODE, TAHUN) / "hasil"
    assert sorted(path.name for path in kept.iterdir()) == ["hasil.json", "rekomendasi.parquet"]
    assert (near.rahasia / "log" / "galat.log").read_text() == "sebelumnya, galat.log"


def test_nothing_came_back_and_nothing_happens(tmp_path):
    unpack_outputs(b"", ORDER, make_ruang(tmp_path), staging=tmp_path)
    assert not (tmp_path / "data" / "processed" / KODE).exists()
