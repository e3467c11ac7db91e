"""Events are whole JSON lines as they happen, and say nothing personal."""

import json

import pytest

from reviu_lib.batch import Kabar, Luaran
from reviu_lib.cli.progress import open_events
from reviu_lib.errors import RuangError

NIK = "1200000101209999"


def _lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_piece_of_news_is_a_line_with_what_applies_and_the_time(tmp_path):
    path = tmp_path / "p.jsonl"
    with open_events(path) as events:
        events(Kabar("tahap", "12.10", 2024, "Anggaran", "laporan", nama="rapat"))
        (line,) = _lines(path)
    assert line.pop("waktu").endswith(("+00:00", "+07:00", "+08:00", "+09:00"))
    assert line == {
        "peristiwa": "tahap", "kode": "12.10", "tahun": 2024, "teks": "Anggaran",
        "pekerjaan": "laporan", "nama": "rapat",
    }  # fmt: skip


def test_the_last_line_counts_the_endings_and_says_the_exit_code(tmp_path):
    path = tmp_path / "p.jsonl"
    outcomes = [
        Luaran("laporan", "12.10", 2024, status) for status in ("gagal", "selesai", "gagal")
    ]
    with open_events(path) as events:
        events.conclude(outcomes, 1)
    last = _lines(path)[-1]
    assert (last["peristiwa"], last["kode_keluar"]) == ("ringkasan", 1)
    assert last["jumlah"] == {"gagal": 2, "selesai": 1}


def test_identity_is_masked_in_events(tmp_path):
    path = tmp_path / "p.jsonl"
    with open_events(path) as events:
        events(Kabar("gagal", "12.10", 2024, f"Nilai {NIK} salah", di=f"berkas {NIK}.xlsx"))
    assert NIK not in path.read_text("utf-8")
    assert _lines(path)[0]["peristiwa"] == "gagal"


def test_an_earlier_file_of_events_is_written_anew_and_without_one_nothing_happens(tmp_path):
    path = tmp_path / "p.jsonl"
    path.write_text("lama")
    with open_events(path):
        pass
    assert path.read_text() == ""
    with open_events(None) as events:
        events(Kabar("mulai", "12.10", 2024))


def test_a_file_that_cannot_be_written_is_told_with_its_place(tmp_path):
    with (
        pytest.raises(RuangError, match="Berkas peristiwa tidak dapat ditulis") as caught,
        open_events(tmp_path / "tidak-ada" / "p.jsonl"),
    ):
        pass
    assert "tidak-ada" in caught.value.di
