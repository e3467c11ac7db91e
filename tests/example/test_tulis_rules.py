"""What stands in the way of the example is named before a single byte is written."""

import json

import pytest

from reviu_lib.errors import KodeError, RuangError
from reviu_lib.example import write_contoh
from reviu_lib.example.tulis import MANIFES

FOLDER = "73.12/2024"
BOOK = f"{FOLDER}/buku-kerja-73.12-2024.xlsx"


def listing(raw):
    return sorted(path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file())


def put(raw, relative, content=b"milik orang lain"):
    path = raw / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "relative",
    [
        BOOK,
        f"{FOLDER}/eppgbm-februari-2024.xlsx",
        f"{FOLDER}/eppgbm-agustus-2024.csv",
        f"{FOLDER}/rekap_indikator_2024.csv",
    ],
)
def test_a_file_of_the_same_name_made_by_others_stops_everything(tmp_path, relative):
    put(tmp_path, relative)
    with pytest.raises(RuangError, match="bukan buatan contoh") as caught:
        write_contoh(tmp_path, hanya=[FOLDER])
    assert caught.value.di.replace("\\", "/").endswith(relative)
    assert caught.value.lakukan
    assert listing(tmp_path) == [relative]


def test_a_folder_that_bears_the_name_of_a_file_stops_everything(tmp_path):
    (tmp_path / BOOK).mkdir(parents=True)
    with pytest.raises(RuangError, match="bukan buatan contoh"):
        write_contoh(tmp_path, hanya=[FOLDER])
    assert listing(tmp_path) == []


@pytest.mark.parametrize("name", ["realisasi.xlsx", "data.csv", "putusan.csv", "PUTUSAN.docx"])
def test_other_data_in_the_folder_stops_everything(tmp_path, name):
    put(tmp_path, f"{FOLDER}/{name}")
    with pytest.raises(RuangError, match="data lain") as caught:
        write_contoh(tmp_path, hanya=[FOLDER])
    assert "reviu mulai" in caught.value.lakukan
    assert listing(tmp_path) == [f"{FOLDER}/{name}"]


def test_one_folder_with_other_data_stops_the_writing_of_all(tmp_path):
    put(tmp_path, "73.12/2023/milik.xlsx")
    with pytest.raises(RuangError, match="data lain"):
        write_contoh(tmp_path)
    assert listing(tmp_path) == ["73.12/2023/milik.xlsx"]


@pytest.mark.parametrize("text", ["{", "[]x", "7", "null", "[1]", '"teks"', "\udcff"])
def test_a_note_that_is_no_list_of_files_is_broken(tmp_path, text):
    (tmp_path / MANIFES).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(RuangError, match="rusak") as caught:
        write_contoh(tmp_path, hanya=[FOLDER])
    assert MANIFES in caught.value.di


def test_a_noted_file_with_other_bytes_was_changed_and_stays(tmp_path):
    path = put(tmp_path, BOOK, b"disunting")
    (tmp_path / MANIFES).write_text(json.dumps({BOOK: "0" * 64}))
    with pytest.raises(RuangError, match="sudah diubah"):
        write_contoh(tmp_path, hanya=[FOLDER])
    assert path.read_bytes() == b"disunting"


@pytest.mark.parametrize(
    "names", [["12.18/2022"], ["12.18"], ["../73.12/2024"], ["73.12/2024", "x"], "73.12/2024"]
)
def test_a_folder_that_the_example_does_not_have_is_refused(tmp_path, names):
    with pytest.raises(KodeError, match="Contoh tidak mempunyai folder"):
        write_contoh(tmp_path, hanya=names)
    assert listing(tmp_path) == []


def test_all_unknown_folders_are_named_in_order(tmp_path):
    with pytest.raises(KodeError, match=r"11\.01/2024, 12\.18/2019"):
        write_contoh(tmp_path, hanya=["12.18/2019", "11.01/2024"])
