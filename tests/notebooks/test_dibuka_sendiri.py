"""A notebook opened by hand: official ones stop at once with a sentence, jelajah goes on."""

import json
import os

import pytest
from IPython.core.interactiveshell import InteractiveShell

from reviu_lib.batch.sources import notebook_folder
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.store import find_newest, load_bahan, make_ruang

RESMI = ("01_periksa_data", "02_reviu_kinerja", "03_banding_kabupaten", "04_reviu_publik")


def _code_cells(nama):
    book = json.loads((notebook_folder() / f"{nama}.ipynb").read_text("utf-8"))
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("nama", RESMI)
def test_with_the_parameters_it_comes_with_the_first_cell_stops_in_one_sentence(nama, tmp_path):
    parameters, first, *_ = _code_cells(nama)
    space = {}
    exec(parameters, space)
    space["ruang"] = str(make_ruang(tmp_path).root)
    with pytest.raises(KodeError) as caught:
        exec(first, space)
    assert caught.value.pesan.startswith("Parameter notebook ini belum diisi: ")
    assert caught.value.pesan.count(".") == 1


def test_our_own_errors_are_shown_in_a_notebook_without_a_traceback(capsys):
    shell = InteractiveShell.instance()
    shell.run_cell("from reviu_lib import load_bahan\nload_bahan('', 0)")
    told = capsys.readouterr().out
    assert "belum diisi" in told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1


@pytest.mark.parametrize(("kode", "tahun"), [("", 2024), ("12.18", 0), ("", 0)])
def test_a_parameter_left_open_is_asked_for_before_anything_is_read(kode, tahun, tmp_path):
    with pytest.raises(KodeError, match="belum diisi"):
        load_bahan(kode, tahun, ruang=make_ruang(tmp_path))


def _checked(ruang, *units):
    """Declare units to be checked, the last of them last."""
    for age, unit in enumerate(reversed(units)):
        path = ruang.processed_of(*unit) / "asal.json"
        path.parent.mkdir(parents=True)
        path.write_text("{}")
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ((), ("12.18", 2024)),
        (("73.12",), ("73.12", 2024)),
        (("", 2023), ("73.12", 2023)),
        (("73.12", 2023), ("73.12", 2023)),
    ],
)
def test_what_is_left_open_is_the_newest_year_and_in_it_the_last_checked(tmp_path, named, found):
    ruang = make_ruang(tmp_path)
    _checked(ruang, ("73.12", 2024), ("12.18", 2024), ("73.12", 2023))
    assert find_newest(*named, ruang=ruang) == found


def test_without_anything_checked_it_says_what_to_run(tmp_path):
    with pytest.raises(RuangError, match="Belum ada kabupaten/kota") as caught:
        find_newest(ruang=make_ruang(tmp_path))
    assert "reviu periksa" in caught.value.lakukan
