"""Trials of faults: a workspace, the same one finished, and a table of every case F1 to F80.

REVIU_GANGGUAN=N (as `make faults` sets it) runs all trials, and the random ones N times; without
it, the suite runs those marked as light, and the random ones twice.
"""

import json
import os
import shutil
import sys
import time
from dataclasses import dataclass

import pytest
from batch.ruang_kecil import make_small, write_raw
from sekali import make_once

from reviu_lib.store import Ruang, load_kunci

from .kasus import Hasil, load_cases, print_rows
from .percobaan import copy_of, read_results

UNITS = (("12.18", 2024), ("73.12", 2024))
SEDIKIT = 2
_HASIL = pytest.StashKey()


def pytest_collection_modifyitems(config, items):
    """Leave the long trials to `make faults`."""
    here = [item for item in items if item.get_closest_marker("gangguan")]
    heavy = [] if "REVIU_GANGGUAN" in os.environ else [item for item in here if _is_heavy(item)]
    blind = here if sys.platform != "linux" else heavy
    if blind:
        config.hook.pytest_deselected(items=blind)
        items[:] = [item for item in items if item not in blind]


def _is_heavy(item):
    return not item.get_closest_marker("gangguan").kwargs.get("ringan", False)


@dataclass
class Jadi:
    """A finished workspace, what it holds, and how many seconds it took; read only."""

    ruang: Ruang
    hasil: dict
    detik: float


@pytest.fixture(scope="session")
def banyak():
    """How often a random trial is repeated."""
    return int(os.environ.get("REVIU_GANGGUAN", SEDIKIT))


@pytest.fixture(scope="session")
def asal(tmp_path_factory):
    """A workspace with two small kabupaten and nothing made yet; read only."""

    def make(folder):
        load_kunci(make_small(folder, *UNITS))

    return Ruang(make_once(tmp_path_factory, "gangguan-asal", make))


def _finish(percobaan):
    begun = time.monotonic()
    code, said = percobaan.laporan("--pekerja", "2")
    assert code == 0, said
    took = {"detik": time.monotonic() - begun}
    (percobaan.ruang.rahasia / "detik.json").write_text(json.dumps(took))


def _load(folder):
    took = json.loads((folder / ".reviu" / "detik.json").read_text())
    return Jadi(Ruang(folder), read_results(Ruang(folder)), **took)


@pytest.fixture(scope="session")
def utuh(tmp_path_factory, asal):
    """The workspace after a run that nothing disturbed."""
    return _load(
        make_once(tmp_path_factory, "gangguan-utuh", lambda path: _finish(copy_of(asal, path)))
    )


@pytest.fixture(scope="session")
def baru(tmp_path_factory, utuh):
    """The finished workspace after one raw file changed and the reports were made again."""

    def make(folder):
        percobaan = copy_of(utuh.ruang, folder)
        change_raw(percobaan.ruang)
        _finish(percobaan)

    return _load(make_once(tmp_path_factory, "gangguan-baru", make))


def change_raw(ruang):
    """Change the target of the first kabupaten, always in the same way."""
    shutil.copy2(_changed_book(ruang), ruang.raw_of(*UNITS[0]) / "buku.xlsx")


def _changed_book(ruang):
    kept = ruang.rahasia / "buku-baru.xlsx"
    if not kept.exists():
        write_raw(ruang, *UNITS[0], target_output=20).replace(kept)
    return kept


@pytest.fixture
def percobaan(tmp_path, asal):
    """A trial on a fresh copy of the workspace."""
    trial = copy_of(asal, tmp_path / "ruang")
    yield trial
    trial.end()


@pytest.fixture
def percobaan_jadi(tmp_path, utuh):
    """A trial on a copy of the finished workspace."""
    trial = copy_of(utuh.ruang, tmp_path / "ruang-jadi")
    yield trial
    trial.end()


@pytest.fixture
def catat(request):
    """Record how often a fault was tried, and what was lost by it."""

    def record(dicoba=1, hilang=0, **more):
        request.node.user_properties.append(("gangguan", (dicoba, hilang, more)))

    return record


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    mark = item.get_closest_marker("gangguan")
    if mark and (report.when == "call" or not report.passed):
        told = dict(item.user_properties).get("gangguan", (1, 0, {}))
        item.config.stash.setdefault(_HASIL, []).append((mark.args[0], *told, report.outcome))
    return report


def pytest_terminal_summary(terminalreporter, config):
    """Print of every case how often it was tried, survived, and what was lost or leaked."""
    if "REVIU_GANGGUAN" not in os.environ:
        return
    cases = load_cases()
    results = {kode: Hasil() for kode in cases}
    for kode, tried, lost, more, outcome in config.stash.get(_HASIL, []):
        results[kode].add(cases[kode], outcome, times=tried, lost=lost)
        results[kode].rincian += [f"{key.replace('_', ' ')} {value}" for key, value in more.items()]
    outcomes = _read_outcomes(terminalreporter)
    for kode, kasus in cases.items():
        for outcome in (out for test in kasus.uji for out in outcomes.get(test, ())):
            results[kode].add(kasus, outcome)
    terminalreporter.write_line("")
    for line in print_rows(results, cases):
        terminalreporter.write_line(line)


def _read_outcomes(terminalreporter):
    """Return the outcomes of each test by its id without parameters."""
    outcomes = {}
    kinds = {"passed": "passed", "failed": "failed", "error": "failed", "skipped": "skipped"}
    for kind, outcome in kinds.items():
        for report in terminalreporter.stats.get(kind, []):
            if report.when == "call" or outcome != "passed":
                outcomes.setdefault(report.nodeid.split("[")[0], []).append(outcome)
    return outcomes
