"""The declared sources of prevalence."""

import pytest

from reviu_lib import catalog
from reviu_lib.errors import DataError
from reviu_lib.growth.change.sources import find_sumber, load_sumber_prevalensi


def test_every_source_of_the_input_table_is_declared_and_no_other():
    assert set(load_sumber_prevalensi()) == set(
        catalog.tabel_masukan()["prevalensi"]["sumber"].pilihan
    )


def test_no_survey_is_of_the_family_of_another_until_somebody_declares_it():
    families = [item.rumpun for item in load_sumber_prevalensi().values()]
    assert len(families) == len(set(families))


@pytest.mark.parametrize(
    ("nama", "jenis"), [("SSGI", "survei"), ("SKI", "survei"), ("e-PPGBM", "register")]
)
def test_a_source_is_a_survey_or_a_register(nama, jenis):
    assert find_sumber(nama).jenis == jenis


def test_an_unknown_source_is_asked_back_with_those_known():
    with pytest.raises(DataError, match="Pakai salah satu: Riskesdas, SSGBI"):
        find_sumber("SSG")
