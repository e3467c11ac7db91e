"""`reviu hapus` shows what goes, asks, and leaves the raw files alone."""

import pytest

from reviu_lib.batch.manifest import save_entry
from reviu_lib.ingest import build_bahan
from reviu_lib.store import load_kunci, make_ruang, save_bahan

UNIT = ("12.18", 2024)
REKAP = "no;indikator;pembilang;penyebut;capaian\n1;A;1;2;50\n"
PERINTAH = ("hapus", "12.18", "--tahun", "2024")


@pytest.fixture
def ruang(tmp_path, monkeypatch):
    """A workspace with a raw file, its tables, and a report folder; named by REVIU_RUANG."""
    ruang = make_ruang(tmp_path / "ruang")
    monkeypatch.setenv("REVIU_RUANG", str(ruang.root))
    folder = ruang.raw_of(*UNIT)
    folder.mkdir(parents=True)
    (folder / "hp 081234567890.csv").write_text(REKAP)
    kode, tahun = UNIT
    bahan = build_bahan(folder, kode_kabupaten=kode, tahun=tahun, kunci=load_kunci(ruang))
    save_bahan(bahan, ruang)
    ruang.reports_of(*UNIT).mkdir(parents=True)
    (ruang.reports_of(*UNIT) / "catatan.docx").write_text("x")
    return ruang


def _is_there(ruang):
    return ruang.processed_of(*UNIT).exists(), ruang.reports_of(*UNIT).exists()


@pytest.fixture
def answer(reviu, monkeypatch):
    """A function that runs `reviu hapus` for the unit and gives this answer to its question."""

    def run(text):
        monkeypatch.setattr("click.prompt", lambda *args, **more: text)
        return reviu(*PERINTAH)

    return run


def test_with_ya_it_asks_nothing_and_keeps_the_raw_file(reviu, ruang):
    result = reviu(*PERINTAH, "--ya")
    assert result.exit_code == 0, result.output
    assert _is_there(ruang) == (False, False)
    assert (ruang.raw_of(*UNIT) / "hp 081234567890.csv").read_text() == REKAP


def test_it_lists_what_goes_what_is_somebodys_work_and_what_stays(reviu, ruang):
    output = reviu(*PERINTAH, "--ya").output
    assert "data/processed/12.18/2024/ (" in output
    assert "reports/2024/12.18/ (1 berkas)" in output
    assert "disunting orang:\n  reports/2024/12.18/catatan.docx\n" in output
    assert "Tidak dihapus, berkas mentahnya:\n  data/raw/12.18/2024/ (1 berkas)\n" in output
    assert "Salinan di luar ruang kerja (surel, cadangan, folder bersama)" in output
    assert "081234567890" not in output


@pytest.mark.parametrize(("text", "goes"), [("ya", True), (" Y ", True), ("tidak", False),
                                            ("yes", False), ("", False)])  # fmt: skip
def test_only_ya_removes(answer, ruang, text, goes):
    result = answer(text)
    assert (result.exit_code == 0) == goes
    assert _is_there(ruang) == (not goes, not goes)
    assert ("Dibatalkan; tidak ada yang dihapus." in result.output) != goes


def test_without_an_answer_nothing_goes(reviu, ruang):
    assert reviu(*PERINTAH).exit_code == 1
    assert _is_there(ruang) == (True, True)


def test_reports_that_show_its_numbers_are_named(reviu, ruang):
    entry = {"status": "selesai", "jenis": "banding", "kode": ["12.18", "73.12"], "nama": "Dua",
             "tahun": 2024, "edisi": "rapat", "contoh": False,
             "keluaran": {"banding-12.18-73.12-2024.html": "x"}}  # fmt: skip
    save_entry(ruang.reports / "2024", "banding-12.18-73.12-2024", entry)
    output = reviu(*PERINTAH, "--ya").output
    assert "reports/2024/ (banding): banding-12.18-73.12-2024.html" in output


def test_a_place_that_copies_go_to_is_named_as_out_of_reach(reviu, ruang):
    (ruang.root / "reviu.toml").write_text('tujuan = "bersama/laporan"\n')
    assert "(bersama/laporan, surel, cadangan" in reviu(*PERINTAH, "--ya").output


def test_where_nothing_was_made_it_says_so_and_tells_of_the_raw_file(reviu, ruang):
    reviu(*PERINTAH, "--ya")
    result = reviu(*PERINTAH, "--ya")
    assert result.exit_code == 0
    assert "tidak ada yang dihapus" in result.output
    assert "berkas mentahnya" in result.output


@pytest.mark.parametrize("args", ["", "12.18", "12.1 --tahun 2024", "12.18 --tahun 24"])
def test_without_one_code_and_a_year_it_removes_nothing(reviu, ruang, args):
    assert reviu("hapus", *args.split()).exit_code == 2
    assert _is_there(ruang) == (True, True)
