"""`reviu jejak` shows the trail, the newest last, and says when somebody changed it."""

import pytest

from reviu_lib.store import make_ruang
from reviu_lib.store.trail import Langkah, record_step


@pytest.fixture
def ruang(tmp_path, monkeypatch):
    ruang = make_ruang(tmp_path / "ruang")
    monkeypatch.setenv("REVIU_RUANG", str(ruang.root))
    return ruang


def _words(result):
    return " ".join(word for word in result.output.split() if word not in "│┃")


def test_a_new_workspace_has_no_trail(reviu, ruang):
    result = reviu("jejak")
    assert (result.exit_code, result.output) == (0, "Belum ada pekerjaan yang tercatat.\n")


def test_a_step_is_a_row_of_who_what_and_how_it_ended(reviu, ruang):
    record_step(Langkah("laporan", ("12.18",), 2024, "gagal", "final"), ruang)
    words = _words(reviu("jejak"))
    assert "laporan final 12.18/2024 gagal 0" in words


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        ([], ["12.18/2023", "12.18/2024", "73.12/2024"]),
        (["12.18"], ["12.18/2023", "12.18/2024"]),
        (["--tahun", "2024"], ["12.18/2024", "73.12/2024"]),
        (["73.12", "--tahun", "2023"], []),
    ],
)
def test_code_and_year_choose(reviu, ruang, args, shown):
    units = [("12.18", 2023), ("12.18", 2024), ("73.12", 2024)]
    for kode, tahun in units:
        record_step(Langkah("periksa", (kode,), tahun), ruang)
    words = _words(reviu("jejak", *args))
    assert [f"{k}/{t}" for k, t in units if f"{k}/{t}" in words] == shown


def test_the_last_twenty_are_shown_unless_all_are_asked_for(reviu, ruang):
    for tahun in range(2000, 2021):
        record_step(Langkah("periksa", ("12.18",), tahun), ruang)
    assert "20 terakhir dari 21; --semua: semuanya." in reviu("jejak").output
    assert "12.18/2000" not in reviu("jejak").output
    assert "12.18/2000" in reviu("jejak", "--semua").output


def test_files_are_named_with_their_hash_when_asked(reviu, ruang):
    step = Langkah("laporan", ("12.18",), 2024, keluaran={"reviu.html": "0123456789abcdef"})
    record_step(step, ruang)
    assert "    ditulis  reviu.html  0123456789ab\n" in reviu("jejak", "--rinci").output


def test_a_changed_line_is_a_fault(reviu, ruang):
    record_step(Langkah("laporan", ("12.18",), 2024), ruang)
    (ruang.rahasia / "jejak.jsonl").write_text("diubah\n")
    result = reviu("jejak")
    assert (result.exit_code, "1 baris jejak rusak" in result.output) == (1, True)


def test_what_somebody_wrote_into_it_cannot_forge_the_screen(reviu, ruang):
    record_step(Langkah("laporan\x1b[31m\n2024", ("12.18",), 2024), ruang)
    assert "\x1b" not in reviu("jejak", "--rinci").output
