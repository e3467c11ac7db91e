"""A population and its measures, declared once, become the columns of every group."""

import pytest

from reviu_lib.errors import DefinisiError
from reviu_lib.ingest.files import read_grids
from reviu_lib.ingest.layouts import load_layouts, recognise
from reviu_lib.ingest.layouts.model import build_layout
from reviu_lib.ingest.layouts.wide import expand

KEPALA = {"kode": "x", "nama": "X", "arti": "x", "rujukan": "x", "status": "asumsi"}
BAYI = {"judul": ["Bayi"], "arti": "bayi"}
IDL = {"judul": ["IDL"], "indikator": "Bayi IDL", "penyebut": "bayi"}
TABEL = {
    "01": "profil_bblr", "02": "profil_asi", "03": "profil_imunisasi", "04": "profil_vitamin_a",
    "05": "profil_ttd", "06": "profil_catin", "07": "profil_sanitasi", "08": "profil_stbm",
}  # fmt: skip


def _sumber(**tabel):
    entry = {"bentuk": "lebar", "sasaran": {"bayi": BAYI}, "ukuran": {"idl": IDL}, **tabel}
    return build_layout({**KEPALA, "tabel": {"x": entry}}, "x.toml").tabel["x"]


def test_a_table_of_another_shape_stays_as_declared():
    assert expand({"ciri": ["a"]}, "x.toml") == {"ciri": ["a"]}


def test_each_group_has_its_count_and_the_percentage_after_it():
    sumber = _sumber(kelompok=["L", "P"])
    titles = ["kecamatan", "bayi l", "bayi p", "idl l", "l %", "idl p", "p %"]
    assert dict(sumber.bind(titles).posisi) == {
        "kecamatan": 0, "bayi.L": 1, "bayi.P": 2, "idl.L": 3, "idl.L.persen": 4, "idl.P": 5,
        "idl.P.persen": 6,
    }  # fmt: skip
    assert sumber.own("idl.P").penyebut == "bayi.P"


def test_a_percentage_belongs_to_the_count_right_before_it():
    entry = {"judul": ["HB0"], "indikator": "Bayi HB0", "penyebut": "bayi"}
    sumber = _sumber(ukuran={"idl": IDL, "hb0": entry})
    found = sumber.bind(["desa", "bayi", "hb0", "%", "idl", "%"]).posisi
    assert (found["hb0.persen"], found["idl.persen"]) == (3, 5)


def test_a_repeated_count_belongs_to_the_population_right_before_it():
    sumber = load_layouts()["profil_vitamin_a"].tabel["profil_vitamin_a"]
    titles = ["bayi 6 11 bln", "mendapat vit a", "%", "balita 6 59 bln", "mendapat vit a", "%"]
    assert list(sumber.bind(titles).posisi) == [
        "bayi", "bayi_dapat", "bayi_dapat.persen", "balita", "balita_dapat", "balita_dapat.persen",
    ]  # fmt: skip


def test_a_measure_may_be_a_printed_percentage_alone():
    entry = {"persen": ["Sanitasi Aman"], "indikator": "Sanitasi aman"}
    sumber = _sumber(ukuran={"aman": entry}, sasaran={})
    assert dict(sumber.bind(["kecamatan", "sanitasi aman"]).posisi)["aman.terbit"] == 1


def test_a_measure_of_an_undeclared_population_is_refused():
    with pytest.raises(DefinisiError, match="keluarga"):
        _sumber(ukuran={"idl": {**IDL, "penyebut": "keluarga"}})


def test_a_mistyped_key_is_refused():
    with pytest.raises(DefinisiError, match="pembagi"):
        _sumber(ukuran={"idl": {**IDL, "pembagi": "bayi"}})


@pytest.mark.parametrize("nomor", TABEL)
def test_every_table_of_the_province_profile_is_recognised_whole(shared, nomor):
    path = shared / "data" / "real" / "jawa_timur_2022" / f"jatim_2022_{nomor}.csv"
    grid = read_grids(path)[0]
    (kepala,) = recognise(grid)
    assert kepala.tata_letak.kode == TABEL[nomor]
    assert (kepala.tak_dikenal, kepala.ganda) == ((), ())
    assert len(kepala.posisi) == grid.sel.shape[1] - 1  # all but No
