"""temuan.xlsx beside the reports: written by the check, whole when lost, never overwritten."""

import json

import openpyxl
import pytest

from reviu_lib.batch.manifest import describe_entry, list_entries, save_entry
from reviu_lib.batch.planning import plan_periksa
from reviu_lib.batch.tasks import periksa
from reviu_lib.batch.temuan import explain_temuan, list_temuan
from reviu_lib.store import make_ruang

REKAP = "no;indikator;pembilang;penyebut;capaian;satuan\n1;a;lima;2;50;persen\n"
UNIT = ("12.18", 2021)


@pytest.fixture
def ruang(tmp_path):
    ruang = make_ruang(tmp_path)
    folder = ruang.raw_of(*UNIT)
    folder.mkdir(parents=True)
    (folder / "rekap.csv").write_text(REKAP, encoding="utf-8")
    return ruang


def _files(ruang):
    folder = ruang.reports_of(*UNIT)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_check_writes_the_workbook_and_the_copies_and_nothing_else(ruang):
    periksa(*UNIT, ruang=ruang)
    assert list(_files(ruang)) == ["salinan/rekap.csv.xlsx", "temuan.xlsx"]
    names = [path.name for path in list_temuan(*UNIT, ruang=ruang)]
    assert names == ["temuan.xlsx", "rekap.csv.xlsx"]


def test_a_second_check_gives_the_same_bytes(ruang):
    periksa(*UNIT, ruang=ruang)
    first = _files(ruang)
    periksa(*UNIT, ruang=ruang)
    assert _files(ruang) == first


def test_links_lead_from_the_reports_to_the_raw_file(ruang):
    periksa(*UNIT, ruang=ruang)
    sheet = openpyxl.load_workbook(ruang.reports_of(*UNIT) / "temuan.xlsx")["Temuan"]
    targets = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    there = {(ruang.reports_of(*UNIT) / target).resolve() for target in targets}
    assert there == {
        ruang.raw_of(*UNIT) / "rekap.csv",
        ruang.reports_of(*UNIT) / "salinan" / "rekap.csv.xlsx",
    }


def test_a_workbook_that_somebody_filled_in_is_kept_aside(ruang):
    periksa(*UNIT, ruang=ruang)
    path = ruang.reports_of(*UNIT) / "temuan.xlsx"
    path.write_bytes(b"disunting")
    periksa(*UNIT, ruang=ruang)
    kept = [data for name, data in _files(ruang).items() if "-suntingan-" in name]
    assert kept == [b"disunting"]
    assert path.read_bytes() != b"disunting"


def test_the_copy_of_a_file_that_is_gone_goes_too_unless_somebody_edited_it(ruang):
    for name in ("b.csv", "c.csv"):
        (ruang.raw_of(*UNIT) / name).write_text(REKAP.replace(";a;", f";{name};"), encoding="utf-8")
    periksa(*UNIT, ruang=ruang)
    (ruang.reports_of(*UNIT) / "salinan" / "c.csv.xlsx").write_bytes(b"disunting")
    for name in ("b.csv", "c.csv"):
        (ruang.raw_of(*UNIT) / name).unlink()
    periksa(*UNIT, ruang=ruang)
    assert list(_files(ruang)) == ["salinan/c.csv.xlsx", "salinan/rekap.csv.xlsx", "temuan.xlsx"]


@pytest.mark.parametrize("name", ["temuan.xlsx", "salinan/rekap.csv.xlsx"])
def test_a_lost_file_makes_the_check_due_again(ruang, name):
    periksa(*UNIT, ruang=ruang)
    assert plan_periksa([UNIT], ruang=ruang)[0].alasan == ""
    (ruang.reports_of(*UNIT) / name).unlink()
    assert plan_periksa([UNIT], ruang=ruang)[0].alasan == f"{name} tidak ada"


@pytest.mark.parametrize("note", ["", "[]", "{", json.dumps({"keluaran": []})])
def test_a_damaged_note_makes_the_check_due_again(ruang, note):
    periksa(*UNIT, ruang=ruang)
    (ruang.processed_of(*UNIT) / "temuan.json").write_text(note, encoding="utf-8")
    assert "belum sesuai" in explain_temuan(*UNIT, ruang=ruang)


def test_without_raw_files_nothing_is_due(ruang):
    periksa(*UNIT, ruang=ruang)
    (ruang.raw_of(*UNIT) / "rekap.csv").unlink()
    assert explain_temuan(*UNIT, ruang=ruang) == ""


def test_the_index_leads_to_the_findings_where_they_stand(ruang):
    entry = {"status": "selesai", "jenis": "laporan", "kode": ["12.18"], "nama": "x",
             "tahun": 2021, "edisi": "rapat", "contoh": False, "keluaran": {}}  # fmt: skip
    save_entry(ruang.reports_of(*UNIT), "rapat", entry)
    assert describe_entry(list_entries(ruang)[0])["tautan"] == ()
    periksa(*UNIT, ruang=ruang)
    links = describe_entry(list_entries(ruang)[0])["tautan"]
    assert links == (("Temuan (Excel)", "2021/12.18/temuan.xlsx"),)
