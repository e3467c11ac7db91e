"""The fuzzing itself: seeds reach the rules, changes keep files, kept inputs break no promise."""

import io
import random
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from skrip import load_script

from reviu_lib.ingest.files.scan.cfb import open_cfb

from .benih import PEMBUAT, write_seeds
from .sasaran import SASARAN, holds_nik, read_input, try_input
from .ubah import UBAH

KORPUS = Path(__file__).parent / "korpus"
# Inputs of each reader that the suite reads again; `make fuzz` reads all of them.
SEBAGIAN = 4


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """Return a function that gives the seeds of a reader, made once."""
    made = {}

    def make(nama):
        if nama not in made:
            folder = tmp_path_factory.mktemp(nama)
            made[nama] = [p.read_bytes() for p in write_seeds(nama, folder / "b", folder / "k")]
        return made[nama]

    return make


def test_every_reader_has_seeds_changes_and_a_place():
    assert set(PEMBUAT) == set(SASARAN) == set(UBAH)
    assert {path.stem for path in KORPUS.glob("*.zip")} <= set(SASARAN)


@pytest.mark.parametrize("nama", SASARAN)
def test_seeds_reach_a_table_of_their_reader(seeds, nama, tmp_path):
    folder = SASARAN[nama].prepare(tmp_path)
    for seed in seeds(nama)[::-1]:
        tables = read_input(seed, SASARAN[nama], folder)
        ledger = tables["neraca_baris"].query("berkas.str.contains('masukan')")
        if ledger["dipakai"].sum():
            return
    pytest.fail("tidak satu pun benih terbaca")


@pytest.mark.parametrize("nama", sorted(path.stem for path in KORPUS.glob("*.zip")))
def test_kept_inputs_break_no_promise(nama, tmp_path):
    folder = SASARAN[nama].prepare(tmp_path)
    with zipfile.ZipFile(KORPUS / f"{nama}.zip") as kept:
        names = kept.namelist()
        for name in names[:: max(1, len(names) // SEBAGIAN)]:
            try_input(kept.read(name), SASARAN[nama], folder)


def _some_byte(data, size):
    return (data[:-1] + b"7")[:size]


@pytest.mark.parametrize("nama", ["xlsx", "ods", "docx", "lembar"])
def test_a_changed_archive_is_nearly_always_an_archive(seeds, nama):
    changed = [UBAH[nama](seeds(nama)[0], random.Random(n), _some_byte) for n in range(40)]
    assert sum(zipfile.is_zipfile(io.BytesIO(data)) for data in changed) > 30
    assert len(set(changed)) > 20


def test_a_changed_old_workbook_is_nearly_always_one(seeds):
    changed = [UBAH["xls"](seeds("xls")[0], random.Random(n), _some_byte) for n in range(40)]
    assert sum("Workbook" in open_cfb(data).aliran for data in changed) > 30
    assert len(set(changed)) > 20


def test_a_changed_text_differs_in_a_few_places(seeds):
    (first, *_) = seeds("eppgbm")
    changed = [UBAH["eppgbm"](first, random.Random(n), _some_byte) for n in range(40)]
    assert len(set(changed)) > 20


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["x 1218000101209999 y"], True),
        (["12180001012099991"], False),
        (["1218"], False),
        ([5], False),
    ],
)
def test_a_nik_in_a_text_is_noticed(cells, found):
    assert holds_nik(pd.DataFrame({"a": cells})) is found


@pytest.fixture
def fuzz():
    """The script that runs the rounds."""
    return load_script("fuzz_readers")


KATA = """#16 INITED cov: 100 ft: 200 corp: 3/1Kb exec/s: 0 rss: 90Mb
#40\tNEW    cov: 120 ft: 260 corp: 4/1Kb lim: 9 exec/s: 8 rss: 91Mb
stat::number_of_executed_units: 55
stat::peak_rss_mb:              93
"""


def test_what_libfuzzer_says_is_counted(fuzz):
    note = fuzz.Catatan("csv")
    fuzz.read_words(note, KATA)
    fuzz.read_words(note, KATA.replace("120", "150"))
    assert (note.awal, note.tepi, note.ciri, note.eksekusi, note.puncak_mb) == (
        100, 150, 260, 110, 93,
    )  # fmt: skip


def test_a_round_that_ended_early_is_counted_by_what_it_reached(fuzz):
    note = fuzz.Catatan("csv")
    fuzz.read_words(note, KATA.split("stat")[0])
    assert note.eksekusi == 40


def test_the_input_that_broke_a_promise_is_kept(fuzz, monkeypatch, tmp_path):
    monkeypatch.setattr(fuzz, "TEMUAN", tmp_path)
    folder = SASARAN["csv"].prepare(tmp_path / "kerja" / "ruang")
    read_input(b"a;b\n", SASARAN["csv"], folder)
    fuzz.keep_input(fuzz.Catatan("csv", gangguan=["galat"]), tmp_path / "kerja")
    assert (tmp_path / "csv-masukan-1.csv").read_bytes() == b"a;b\n"


@pytest.mark.skipif(sys.platform != "linux", reason="atheris hanya ada untuk Linux")
def test_the_engine_is_installed_where_it_exists():
    import importlib.util

    assert importlib.util.find_spec("atheris") or sys.version_info >= (3, 14)
