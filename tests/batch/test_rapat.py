"""`reviu rapat`: where the kit stands, from what it is made, and what happens to edited files."""

import docx
import pytest

from reviu_lib.batch.editions.rapat import run_rapat
from reviu_lib.batch.manifest import list_entries
from reviu_lib.settings import Pengaturan
from reviu_lib.store import load_hasil, make_ruang

from .ruang_kecil import write_raw

UNIT = ("12.18", 2024)


@pytest.fixture
def ruang(tmp_path):
    """A workspace with the smallest workbook."""
    ruang = make_ruang(tmp_path)
    write_raw(ruang, *UNIT)
    return ruang


def run(ruang, *units, **isian):
    rapat = [{"kode": "12.18", "tahun": 2024, **isian}] if isian else []
    return run_rapat(units or [UNIT], ruang=ruang, pengaturan=Pengaturan(rapat=rapat))


def test_the_kit_is_made_without_a_report_and_keeps_the_result(ruang):
    (outcome,) = run(ruang)
    assert outcome.status == "selesai"
    assert {path.parent for path in outcome.berkas} == {ruang.reports_of(*UNIT) / "rapat"}
    assert all(path.is_file() for path in outcome.berkas)
    assert load_hasil(*UNIT, ruang=ruang).kode_kabupaten == "12.18"


def test_the_settings_of_the_workspace_fill_the_documents(ruang):
    run(ruang, tempat="Aula Sultan Serdang")
    page = docx.Document(ruang.reports_of(*UNIT) / "rapat" / "berita-acara-12.18-2024.docx")
    assert any("Aula Sultan Serdang" in paragraph.text for paragraph in page.paragraphs)


def test_a_file_that_somebody_edited_is_kept_aside(ruang):
    run(ruang)
    path = ruang.reports_of(*UNIT) / "rapat" / "notulen-12.18-2024.docx"
    path.write_bytes(b"catatan tim")
    (outcome,) = run(ruang)
    kept = [item for item in path.parent.iterdir() if "-suntingan-" in item.name]
    assert [item.read_bytes() for item in kept] == [b"catatan tim"]
    assert any(kept[0].name in note for note in outcome.catatan)
    assert docx.Document(path).paragraphs


def test_a_kabupaten_without_data_fails_and_stops_no_other(ruang):
    folder = ruang.raw_of("73.12", 2024)
    folder.mkdir(parents=True)
    (folder / "rusak.xlsx").write_bytes(b"bukan xlsx")
    outcomes = run(ruang, ("73.12", 2024), UNIT)
    assert [item.status for item in outcomes][1] == "selesai"


def test_the_kit_is_no_report_in_the_index(ruang):
    run(ruang)
    assert list_entries(ruang) == []


def test_nothing_is_left_beside_the_kit(ruang):
    run(ruang)
    assert [path.name for path in ruang.reports_of(*UNIT).iterdir() if path.name[0] == "."] == []
