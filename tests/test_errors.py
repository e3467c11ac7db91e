"""A message says what is wrong, where, and what to do."""

import pytest

from reviu_lib import errors
from reviu_lib.errors import BerkasError, ReviuError


def test_message_joins_fault_place_and_remedy():
    error = BerkasError("Berkas kosong.", di="a.xlsx", lakukan="Kirim ulang.")
    assert str(error) == "Berkas kosong. Di: a.xlsx. Yang perlu dilakukan: Kirim ulang."


def test_message_without_place_and_remedy_is_the_fault_alone():
    assert ReviuError("Tidak ada data.").pesan == "Tidak ada data."


def test_parts_stay_readable_one_by_one():
    error = ReviuError("Salah.", di="lembar kegiatan, sel F12", lakukan="Isi angka.")
    assert (error.apa, error.di, error.lakukan) == (
        "Salah.",
        "lembar kegiatan, sel F12",
        "Isi angka.",
    )


@pytest.mark.parametrize("name", [name for name in dir(errors) if name.endswith("Error")])
def test_every_error_is_a_child_of_reviu_error(name):
    assert issubclass(getattr(errors, name), ReviuError)
