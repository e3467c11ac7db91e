"""One file alone as tables that any program reads safely."""

import json

import pandas as pd
import pytest

from reviu_lib.ingest import read_berkas
from reviu_lib.ingest.marking.tables import escape_formula, name_folder, to_csv, write_bacaan

from ..test_finding_kinds import REKAP, _ekspor


def _write(path, folder, **options):
    bacaan = read_berkas(path, kunci=options.pop("kunci", b"x" * 32))
    return {one.name: one.read_bytes() for one in write_bacaan(bacaan, folder, **options)}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-2", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"]
)
def test_text_that_starts_a_formula_gets_an_apostrophe(text):
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("value", ["1", "a=b", "", " x", -2, -1.5, None, pd.NA, True])
def test_everything_else_stays_as_it_is(value):
    assert escape_formula(value) is value


def test_numbers_stay_numbers_and_missing_stays_missing():
    frame = pd.DataFrame(
        {"t": pd.array(["-", None], dtype="string"), "n": [-1.5, None],
         "d": pd.to_datetime(["2021-08-10", None])}
    )  # fmt: skip
    assert to_csv(frame).decode("utf-8-sig") == "t,n,d\n'-,-1.5,2021-08-10\n,,\n"


def test_each_table_is_a_file_and_the_findings_are_two(folder, tmp_path):
    path = folder.text("a.csv", f"{REKAP}1;=a;lima;2;50\n")
    files = _write(path, tmp_path / "hasil")
    assert list(files) == ["rekap.csv", "temuan.csv", "temuan.json", "neraca.csv"]
    assert b",'=a," in files["rekap.csv"]
    told = json.loads(files["temuan.json"])
    assert [row["kode"] for row in told["temuan"] if row["tingkat"] == "galat"] == ["N01"]
    assert told["neraca"][0]["dibaca"] == 1
    assert told["jumlah"]["galat"] == 1


def test_tables_can_be_parquet(folder, tmp_path):
    path = folder.text("a.csv", f"{REKAP}1;a;1;2;50\n")
    assert "rekap.parquet" in _write(path, tmp_path / "hasil", parquet=True)
    frame = pd.read_parquet(tmp_path / "hasil" / "rekap.parquet")
    assert frame["pembilang"].tolist() == [1]


def test_children_are_numbered_so_that_no_key_shows(folder, tmp_path):
    ekspor = _ekspor(
        {"NIK": "1218000101200001", "Tanggal Pengukuran": "2021-02-10"},
        {"NIK": "1218000101200002", "Nama": "CONTOH DUA", "Tanggal Pengukuran": "2021-02-10"},
        {"NIK": "1218000101200001", "Tanggal Pengukuran": "2021-08-10"},
    )
    path = folder.text("a.csv", ekspor)
    one, two = (_write(path, tmp_path / str(key), kunci=bytes([key]) * 32) for key in (1, 2))
    assert one == two
    frame = pd.read_csv(tmp_path / "1" / "pengukuran.csv")
    assert frame["id_anak"].tolist() == ["anak-000001", "anak-000002", "anak-000001"]


def test_identity_is_in_none_of_the_files(folder, tmp_path):
    secrets = [
        "1218010101209999",
        "KENARI ANAK UJI",
        "KENARI IBU UJI",
        "JALAN KENARI",
        "0812345678",
    ]
    child = {"NIK": secrets[0], "Nama": secrets[1], "Nama Ortu": secrets[2],
             "Alamat": secrets[3], "Posyandu": f"{secrets[1]} 081234567890"}  # fmt: skip
    path = folder.text("KENARI ANAK UJI 1218010101209999.csv", _ekspor(child))
    for parquet in (False, True):
        files = _write(path, tmp_path / "hasil", parquet=parquet)
        assert [s for s in secrets for data in files.values() if s.encode() in data] == []


def test_what_an_earlier_call_left_is_removed_and_nothing_else(folder, tmp_path):
    path = folder.text("a.csv", f"{REKAP}1;a;1;2;50\n")
    _write(path, tmp_path / "hasil")
    (tmp_path / "hasil" / "catatan saya.txt").write_text("tetap")
    path.write_text("x;y\n1;2\n")
    _write(path, tmp_path / "hasil")
    names = sorted(one.name for one in (tmp_path / "hasil").iterdir())
    assert names == ["baca.json", "catatan saya.txt", "neraca.csv", "temuan.csv", "temuan.json"]


@pytest.mark.parametrize(
    ("berkas", "name"),
    [("a.xlsx", "a-dibaca"), ("x/rekap 2021.csv", "rekap 2021.csv-dibaca"),
     ("1218010101209999.csv", "_NIK disamarkan_.csv-dibaca")],
)  # fmt: skip
def test_the_default_folder_is_named_after_the_file_without_identity(berkas, name):
    assert str(name_folder(berkas)) == name
