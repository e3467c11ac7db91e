"""A message says what is wrong, where, and what to do."""

import pytest

from reviu_lib import errors
from reviu_lib.errors import BerkasError, RencanaError, ReviuError


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


def test_a_place_without_a_remedy_and_a_remedy_without_a_place():
    assert ReviuError("Salah.", di="a.csv").pesan == "Salah. Di: a.csv."
    assert ReviuError("Salah.", lakukan="Ulangi.").pesan == "Salah. Yang perlu dilakukan: Ulangi."


@pytest.mark.parametrize("text", ["{nilai}", "100 %s", "<script>", "Sei Bamban – é"])
def test_a_message_shows_its_parts_as_they_are(text):
    assert str(ReviuError(text, di=text)) == f"{text} Di: {text}."


def test_each_kind_of_fault_is_caught_apart_from_the_others():
    kinds = ReviuError.__subclasses__()
    assert len({kind.__name__ for kind in kinds}) == len(kinds) == 8
    with pytest.raises(BerkasError):
        raise BerkasError("Rusak.")
    assert not any(issubclass(kind, other) for kind in kinds for other in kinds if kind != other)


@pytest.mark.parametrize("kind", ReviuError.__subclasses__())
def test_every_kind_of_error_says_what_it_is_for(kind):
    assert kind.__doc__.endswith(".")
    assert kind("Salah.", di="x", lakukan="y").lakukan == "y"


def test_a_faulty_plan_holds_each_of_its_faults():
    faults = (RencanaError("Satu."), RencanaError("Dua."))
    assert RencanaError("Rencana.", butir=faults).butir == faults
    assert RencanaError("Rencana.").butir == ()


def test_a_notebook_shows_the_message_and_no_traceback():
    assert RencanaError("Salah.", di="x")._render_traceback_() == ["Salah. Di: x."]
