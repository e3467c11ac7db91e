"""How `periksa` and `baca` end: severities, the ledger, what was written, and the exit code."""

import io
import json

import pandas as pd
import pytest
from rich.console import Console

from reviu_lib.catalog import tabel_masukan
from reviu_lib.cli.check import print_ledger, print_severity, print_written
from reviu_lib.store import make_ruang

KEPALA = "no;indikator;pembilang;penyebut;capaian;satuan\n"
BAIK, BURUK = f"{KEPALA}1;a;1;2;50;persen\nCatatan: x;;;;;\n", f"{KEPALA}1;a;lima;2;50;persen\n"


def _words(text):
    return " ".join(word for word in text.split() if word not in "│┃")


def _printed(show, *args):
    console = Console(file=io.StringIO(), width=200)
    show(console, *args)
    return _words(console.file.getvalue())


def test_severities_are_told_with_their_meaning():
    temuan = tabel_masukan()["temuan"].conform(pd.DataFrame({"tingkat": ["galat"], "jumlah": [12]}))
    shown = _printed(print_severity, temuan)
    assert "galat yang disebut tidak dipakai; perlu diperbaiki 1 12" in shown
    assert "peringatan dipakai dan ditampilkan; perlu dipastikan 0 0" in shown


def test_the_ledger_tells_each_file_its_reasons_and_the_totals():
    rows = {"berkas": ["a.csv", "b.csv"], "dibaca": [1200, 3], "dipakai": [1198, 3],
            "disisihkan": [2, 0], "alasan": ["T04: 2", ""]}  # fmt: skip
    shown = _printed(print_ledger, tabel_masukan()["neraca_baris"].conform(pd.DataFrame(rows)))
    assert "a.csv 1.200 1.198 2 2 catatan kaki atau baris jumlah (T04)" in shown
    assert "Neraca: 1.203 baris dibaca = 1.201 dipakai + 2 disisihkan." in shown


def test_no_rows_are_said_so():
    assert "tidak ada baris" in _printed(print_ledger, tabel_masukan()["neraca_baris"].empty())


def test_few_files_are_named_and_many_are_counted(tmp_path):
    few, many = tmp_path / "few", tmp_path / "many"
    shown = _printed(print_written, [few / "a.csv", *(many / f"{n}.csv" for n in range(9))])
    assert str(few / "a.csv") in shown
    assert f"{many}/ (9 berkas)" in shown


@pytest.mark.parametrize(("content", "code"), [(BAIK, 0), (BURUK, 1)])
def test_a_check_ends_with_severity_ledger_and_paths(reviu, tmp_path, content, code):
    ruang = make_ruang(tmp_path)
    folder = ruang.raw_of("12.18", 2024)
    folder.mkdir(parents=True)
    (folder / "rekap.csv").write_text(content)
    result = reviu("periksa")
    shown = _words(result.output)
    assert result.exit_code == code, result.output
    places = [shown.index(word) for word in ("Temuan menurut tingkat", "Neraca baris", "Ditulis:")]
    assert places == sorted(places)
    assert "reports/2024/12.18/temuan.xlsx" in shown
    assert "data/processed/12.18/2024/" in shown


@pytest.mark.parametrize(
    ("content", "code", "files"),
    [
        (BAIK, 0, ["baca.json", "neraca.csv", "rekap.csv", "temuan.csv", "temuan.json"]),
        (BURUK, 1, ["baca.json", "neraca.csv", "rekap.csv", "temuan.csv", "temuan.json"]),
        ("x;y\n1;2\n", 1, ["baca.json", "neraca.csv", "temuan.csv", "temuan.json"]),
        ("", 1, ["baca.json", "neraca.csv", "temuan.csv", "temuan.json"]),
    ],
)
def test_one_file_is_read_alone_and_its_fate_is_the_exit_code(
    reviu, tmp_path, content, code, files
):
    (tmp_path / "rekap.csv").write_text(content)
    result = reviu("baca", "rekap.csv", "--keluar", "hasil")
    assert result.exit_code == code, result.output
    assert sorted(path.name for path in (tmp_path / "hasil").iterdir()) == files
    assert "Neraca" in result.output
    told = json.loads((tmp_path / "hasil" / "temuan.json").read_text(encoding="utf-8"))
    assert bool(told["jumlah"]["galat"]) == bool(code)


def test_a_layout_can_be_forced_and_an_unknown_one_lists_all(reviu, tmp_path):
    (tmp_path / "x.csv").write_text("indikator;pembilang\na;1\n")
    assert reviu("baca", "x.csv", "--keluar", "satu").exit_code == 1
    forced = reviu("baca", "x.csv", "--sumber", "rekap", "--keluar", "dua")
    assert "x.csv: Rekap indikator kabupaten" in forced.output
    unknown = reviu("baca", "x.csv", "--sumber", "apa")
    assert unknown.exit_code == 2
    assert "eppgbm (Ekspor e-PPGBM" in _words(unknown.output)


def test_the_folder_of_the_result_carries_no_identity(reviu, tmp_path):
    name = "anak 1218010101209999.csv"
    (tmp_path / name).write_text(BAIK)
    result = reviu("baca", name)
    assert "1218010101209999" not in result.output
    assert [path.name for path in tmp_path.iterdir() if "1218010101209999" in path.name] == [name]
