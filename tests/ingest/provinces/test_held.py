"""Files of a whole province serve each of its kabupaten with its own rows, and no other."""

import pytest

from reviu_lib.ingest import build_bahan, list_kabupaten
from reviu_lib.ingest.ledger import list_unaccounted

from ..conftest import ANAK, JUDUL_EPPGBM, KUNCI

LAIN = {"NIK": "3200000101200002", "Nama": "CONTOH DUA", "Tgl Lahir": "2019-05-05"}


def _export(*names):
    """Return an export with one child for each name of a kabupaten."""
    rows = [
        {**ANAK, "NIK": f"320000010120{n:04}", "Kab/Kota": name, "Kec": "", "Desa/Kel": ""}
        for n, name in enumerate(names)
    ]
    lines = [";".join(str(row.get(title, "")) for title in JUDUL_EPPGBM) for row in rows]
    return "\n".join([";".join(JUDUL_EPPGBM), *lines, ""])


@pytest.fixture
def province(tmp_path):
    """The folder data/raw/32/2021 of West Java, with a writer for its files."""
    folder = tmp_path / "data" / "raw" / "32" / "2021"
    folder.mkdir(parents=True)
    return folder


def _read(folder, kode):
    return build_bahan(folder, kode_kabupaten=kode, tahun=2021, kunci=KUNCI)


def test_each_kabupaten_gets_its_own_rows(province):
    (province / "ekspor.csv").write_text(_export("Kab. Bandung", "Kota Bandung", "Kab. Bandung"))
    assert len(_read(province, "32.04").pengukuran) == 2
    assert len(_read(province, "32.73").pengukuran) == 1


def test_rows_of_another_kabupaten_are_set_aside_and_booked(province):
    (province / "ekspor.csv").write_text(_export("Kab. Bandung", "Kota Bandung"))
    bahan = _read(province, "32.04")
    told = bahan.temuan.set_index("kode").loc["W30"]
    assert (told["tingkat"], told["jumlah"]) == ("catatan", 1)
    assert "W30: 1" in bahan.neraca_baris["alasan"].iloc[0]
    assert list_unaccounted(bahan.neraca_baris).empty


def test_a_bare_homonym_in_a_file_of_a_province_is_nobodys(province):
    (province / "ekspor.csv").write_text(_export("Bandung", "Kota Bandung"))
    for kode, rows in (("32.04", 0), ("32.73", 1)):
        bahan = _read(province, kode)
        assert len(bahan.pengukuran) == rows
        assert bahan.temuan.set_index("kode").loc["W31", "tingkat"] == "galat"


def test_own_files_and_those_of_the_province_are_read_together(province, tmp_path):
    own = tmp_path / "data" / "raw" / "32.04" / "2021"
    own.mkdir(parents=True)
    (province / "ekspor.csv").write_text(_export("Kab. Bandung"))
    (own / "susulan.csv").write_text(_export("Kota Bandung", "Kab. Bandung"))
    bahan = build_bahan(province, own, kode_kabupaten="32.04", tahun=2021, kunci=KUNCI)
    assert len(bahan.pengukuran) == 2
    assert {"W05", "W30"} & set(bahan.temuan["kode"]) == {"W05"}


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (("Kab. Bandung", "Kota Bandung"), ("32.04", "32.73")),
        (("Kota Bandung", "KAB. BOGOR", "Kabupaten Bogor"), ("32.01", "32.73")),
        (("Bandung",), ()),
        (("Kab. Serdang Bedagai",), ()),
        (("Kab. Tidak Ada", ""), ()),
    ],
)
def test_the_kabupaten_of_a_file_are_listed_by_name(province, names, codes):
    (province / "ekspor.csv").write_text(_export(*names))
    assert list_kabupaten(province, kode_provinsi="32") == codes


def test_a_file_that_cannot_be_read_names_nobody(province):
    (province / "rusak.xlsx").write_bytes(b"PK\x03\x04rusak")
    (province / "ekspor.csv").write_text(_export("Kab. Bogor"))
    assert list_kabupaten(province, kode_provinsi="32") == ("32.01",)
