"""`reviu rapat`: where the kit stands, from what it is made, and what happens to edited files."""

import docx
import pytest

from reviu_lib.batch.editions.rapat import run_rapat
from reviu_lib.batch.manifest import list_entries
from reviu_lib.settings import Pengaturan
from reviu_lib.store import load_hasil, make_ruang

from .ruang_kecil import write_raw

UNIT = ("12.18", 2024)


def make(folder, *units, **isian):
    """Return a workspace with the smallest workbook, and how its kit ended."""
    ruang = make_ruang(folder)
    write_raw(ruang, *UNIT)
    return ruang, run(ruang, *units, **isian)


def run(ruang, *units, **isian):
    rapat = [{"kode": "12.18", "tahun": 2024, **isian}] if isian else []
    return run_rapat(units or [UNIT], ruang=ruang, pengaturan=Pengaturan(rapat=rapat))


@pytest.fixture(scope="module")
def jadi(tmp_path_factory):
    """A workspace with the kit, its outcome, and the place of the kit; read only."""
    ruang, (outcome,) = make(tmp_path_factory.mktemp("rapat"), tempat="Aula Sultan Serdang")
    return ruang, outcome, ruang.reports_of(*UNIT) / "rapat"


def test_the_kit_is_made_without_a_report_and_keeps_the_result(jadi):
    ruang, outcome, folder = jadi
    assert outcome.status == "selesai"
    assert {path.parent for path in outcome.berkas} == {folder}
    assert all(path.is_file() for path in outcome.berkas)
    assert {path.suffix for path in outcome.berkas} == {".docx", ".pptx"}  # no place, no sheet
    assert load_hasil(*UNIT, ruang=ruang).kode_kabupaten == "12.18"


def test_the_settings_of_the_workspace_fill_the_documents(jadi):
    page = docx.Document(jadi[2] / "berita-acara-12.18-2024.docx")
    assert any("Aula Sultan Serdang" in paragraph.text for paragraph in page.paragraphs)


def test_the_kit_is_no_report_in_the_index_and_leaves_nothing_beside_it(jadi):
    ruang, _, folder = jadi
    assert list_entries(ruang) == []
    assert [path.name for path in folder.parent.iterdir() if path.name[0] == "."] == []


def test_an_edited_file_is_kept_aside_and_a_broken_kabupaten_stops_no_other(tmp_path):
    broken = make_ruang(tmp_path).raw_of("73.12", 2024)
    broken.mkdir(parents=True)
    (broken / "rusak.xlsx").write_bytes(b"bukan xlsx")
    ruang, outcomes = make(tmp_path, ("73.12", 2024), UNIT)
    assert outcomes[1].status == "selesai"
    path = ruang.reports_of(*UNIT) / "rapat" / "notulen-12.18-2024.docx"
    path.write_bytes(b"catatan tim")
    (outcome,) = run(ruang)
    kept = [item for item in path.parent.iterdir() if "-suntingan-" in item.name]
    assert [item.read_bytes() for item in kept] == [b"catatan tim"]
    assert any(kept[0].name in note for note in outcome.catatan)
    assert docx.Document(path).paragraphs
