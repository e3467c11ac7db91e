"""A run makes what is stale, says what failed and where, and lets nothing old pass for new."""

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from reviu_lib.batch import (
    Cara,
    Pesanan,
    choose_units,
    periksa,
    plan_laporan,
    run_banding,
    run_laporan,
)
from reviu_lib.batch.manifest import load_manifest
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.files import hold_lock
from reviu_lib.store import Ruang, load_hasil, make_ruang

from .ruang_kecil import BACA, make_small, write_notebook, write_raw

UNITS = (("12.18", 2024), ("73.12", 2024))
ORDERS = [Pesanan((kode,), tahun) for kode, tahun in UNITS]
REVIU = "02_reviu_kinerja.ipynb"
# Whoever fails does so before anything heavy is loaded.
FAILING = f"""
import os, signal
from reviu_lib import load_bahan
{{"12.18": lambda: None,
 "73.12": lambda: {{}}["KENARI" + " ANAK UJI"],
 "12.10": lambda: os._exit(9),
 "19.06": lambda: os.kill(os.getsid(0), signal.SIGKILL),
 "12.07": lambda: load_bahan("12.18", 1999)}}[kode_kabupaten]()
{BACA}
"""


def _run(ruang, orders=ORDERS, *, workers=1, **options):
    outcomes = run_laporan(orders, ruang=ruang, cara=Cara(workers), **options)
    return {item.kode: item for item in outcomes if item.jenis == "laporan"}


def _statuses(ruang, **options):
    return {kode: item.status for kode, item in _run(ruang, **options).items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workspace with two finished reports and how they ended; read only."""
    ruang = make_small(tmp_path_factory.mktemp("batch") / "ruang kerja", *UNITS)
    return ruang, _run(ruang)


@pytest.fixture
def ruang(made, tmp_path):
    """A copy of that workspace, to change."""
    shutil.copytree(made[0].root, tmp_path / "salinan")
    return Ruang(tmp_path / "salinan")


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """A run in which four of five kabupaten fail, each in its own way; read only."""
    codes = ("12.18", "73.12", "12.10", "19.06", "12.07")
    ruang = make_small(tmp_path_factory.mktemp("gagal"), *((kode, 2024) for kode in codes))
    write_notebook(ruang.notebooks / REVIU, "# Anggaran", FAILING.strip())
    return ruang, _run(ruang, [Pesanan((kode,), 2024, format=()) for kode in codes], workers=2)


def test_a_report_is_notebook_page_document_and_annex(made):
    ruang, outcomes = made
    assert sorted(path.name for path in outcomes["12.18"].berkas) == [
        "periksa-12.18-2024.html",
        "periksa-12.18-2024.ipynb",
        "reviu-12.18-2024-rapat.docx",
        "reviu-12.18-2024-rapat.html",
        "reviu-12.18-2024-rapat.ipynb",
        "reviu-12.18-2024-rapat.pdf",
        "reviu-12.18-2024-rapat.xlsx",
    ]
    assert all(path.stat().st_size for path in outcomes["12.18"].berkas)
    assert "2024/12.18/reviu-12.18-2024-rapat.html" in (ruang.reports / "index.html").read_text()


def test_a_finished_notebook_tells_neither_paths_nor_clock_times(made):
    ruang, _ = made
    path = ruang.reports_of("12.18", 2024) / "reviu-12.18-2024-rapat.ipynb"
    book = nbformat.read(path, as_version=4)
    assert str(ruang.root) not in path.read_text()
    assert book.metadata.papermill == {"parameters": ORDERS[0].parameters}
    assert [cell.metadata.get("papermill") for cell in book.cells] == [None] * len(book.cells)


def test_unchanged_reports_are_skipped_and_a_changed_one_alone_is_made(ruang):
    before = (ruang.reports / "index.html").stat().st_mtime_ns
    assert _statuses(ruang) == {"12.18": "dilewati", "73.12": "dilewati"}
    assert (ruang.reports / "index.html").stat().st_mtime_ns == before
    write_raw(ruang, "73.12", 2024, target_output=20)
    assert _statuses(ruang) == {"12.18": "dilewati", "73.12": "selesai"}
    hasil = load_hasil("73.12", 2024, ruang=ruang)
    assert list(hasil.realisasi_kegiatan["capaian_output_persen"]) == [25.0]


def test_the_plan_says_why_a_report_is_due(ruang):
    assert [step.alasan for step in plan_laporan(ORDERS[:1], ruang=ruang)] == ["", ""]
    assert plan_laporan(ORDERS[:1], ruang=ruang, ulang=True)[-1].alasan == "diminta"
    write_notebook(ruang.notebooks / REVIU, BACA, "2 + 2")
    assert plan_laporan(ORDERS[:1], ruang=ruang)[-1].alasan == "notebook berubah"


def test_a_report_interrupted_before_its_manifest_is_due_again(ruang):
    path = ruang.reports_of("12.18", 2024) / "manifest.json"
    content = json.loads(path.read_text())
    content["laporan"]["rapat"]["status"] = "berjalan"
    path.write_text(json.dumps(content))
    assert plan_laporan(ORDERS[:1], ruang=ruang)[-1].alasan == "terakhir kali terhenti"


def test_an_old_report_never_keeps_its_name_when_the_new_one_fails(ruang):
    folder = ruang.reports_of("12.18", 2024)
    write_notebook(ruang.notebooks / REVIU, "1 / 0")
    assert _statuses(ruang, orders=ORDERS[:1]) == {"12.18": "gagal"}
    names = {path.name for path in folder.iterdir()}
    assert "reviu-12.18-2024-rapat.html" not in names
    assert {"reviu-12.18-2024-rapat-usang.html", "reviu-12.18-2024-rapat-gagal.ipynb"} <= names


def test_failing_kabupaten_stop_no_other(failed):
    _, outcomes = failed
    assert {kode for kode, item in outcomes.items() if item.status == "selesai"} == {"12.18"}
    assert len(outcomes) == 5


def test_a_failure_names_its_section_in_outcome_and_manifest(failed):
    ruang, outcomes = failed
    entry = load_manifest(ruang.reports_of("73.12", 2024))["laporan"]["rapat"]
    assert outcomes["73.12"].di == entry["bagian"] == "bagian “Anggaran”"
    assert entry["status"] == "gagal"


def test_a_failed_cell_leaves_no_traceback_and_no_value(failed):
    ruang, outcomes = failed
    kept = ruang.reports_of("73.12", 2024) / "reviu-73.12-2024-rapat-gagal.ipynb"
    error = nbformat.read(kept, as_version=4).cells[-1].outputs[0]
    assert (error.ename, error.traceback) == ("KeyError", [])
    assert "KeyError" in outcomes["73.12"].pesan
    files = [path for path in ruang.root.rglob("*") if path.is_file()]
    assert not [path for path in files if b"KENARI ANAK UJI" in path.read_bytes()]


def test_our_own_error_in_a_cell_is_told_in_words(failed):
    assert "12.18 tahun 1999 tidak dapat dipakai: belum dibuat" in failed[1]["12.07"].pesan


def test_a_kernel_or_worker_that_dies_costs_its_own_report_only(failed):
    assert "Notebook berhenti: proses Python" in failed[1]["12.10"].pesan
    assert "Proses pekerja berhenti mendadak" in failed[1]["19.06"].pesan


def test_an_earlier_year_is_part_of_what_a_report_depends_on(ruang):
    write_raw(ruang, "12.18", 2023)
    plan = plan_laporan(ORDERS[:1], ruang=ruang)
    assert [(step.tahun, step.jenis) for step in plan if step.alasan] == [(2023, "periksa")]
    periksa("12.18", 2023, ruang=ruang)
    assert plan_laporan(ORDERS[:1], ruang=ruang)[-1].alasan == "data berubah"


def test_a_comparison_is_listed_in_the_index(ruang):
    parameter = 'daftar_kode = ""\ntahun = 0\nedisi = "rapat"\nruang = ""'
    path = ruang.notebooks / "03_banding_kabupaten.ipynb"
    write_notebook(path, "print(daftar_kode)", parameter=parameter)
    order = Pesanan(("12.18", "73.12"), 2024, format=("html",), jenis="banding")
    outcomes = run_banding(order, ruang=ruang, cara=Cara(1))
    assert {item.kode: item.status for item in outcomes}["banding"] == "selesai"
    page = ruang.reports / "2024" / "banding-12.18-73.12-2024.html"
    assert page.is_file()
    assert page.name in (ruang.reports / "index.html").read_text()


def test_a_second_run_is_told_who_works_in_the_workspace(ruang):
    with (
        hold_lock(ruang.rahasia / "kerja.kunci"),
        pytest.raises(RuangError, match=f"sedang dipakai oleh proses {os.getpid()} di komputer"),
    ):
        run_laporan(ORDERS, ruang=ruang)


def test_a_lock_left_by_a_dead_process_is_taken_over_with_a_note(tmp_path):
    path = tmp_path / "kerja.kunci"
    path.write_text("proses 999999 di komputer lama sejak kemarin")
    with hold_lock(path) as left_behind:
        assert "proses 999999" in left_behind
    with hold_lock(path) as left_behind:
        assert left_behind == ""


def test_units_are_everything_there_is_unless_named(ruang):
    assert choose_units([], [], ruang=ruang) == list(UNITS)
    assert choose_units(["semua"], [2024], ruang=ruang) == list(UNITS)
    assert choose_units(["73.12"], [], ruang=ruang) == [("73.12", 2024)]


def test_a_code_without_files_and_an_ambiguous_code_are_refused(ruang):
    with pytest.raises(RuangError, match="Tidak ada berkas mentah untuk 12.10"):
        choose_units(["12.10"], [], ruang=ruang)
    with pytest.raises(KodeError, match=r"12\.01 .* atau 12\.10"):
        choose_units(["12.1"], [], ruang=ruang)


def test_an_empty_workspace_says_where_files_go(tmp_path):
    with pytest.raises(RuangError, match="reviu contoh"):
        choose_units([], [], ruang=make_ruang(tmp_path))


def test_own_declarations_reach_the_kernel_and_a_change_makes_the_report_again(tmp_path):
    ruang, order = make_small(tmp_path, ("12.18", 2026)), Pesanan(("12.18",), 2026)
    era = ruang.definisi / "aturan" / "r4.toml"
    era.parent.mkdir(parents=True)
    text = 'seperti = "r3"\nkode = "r4"\ntahun_mulai = 2026\njudul_reviu = "Penilaian Uji"\n'
    era.write_text(text)
    told = "from reviu_lib.catalog import load_aturan\nload_aturan(tahun).kode"
    write_notebook(ruang.notebooks / REVIU, BACA, told)
    assert _run(ruang, [order])["12.18"].status == "selesai"
    page = (order.folder(ruang) / "reviu-12.18-2026-rapat.html").read_text("utf-8")
    assert "Penilaian Uji" in page
    assert "r4" in page
    era.write_text(text.replace("Uji", "Baru"))
    assert any("definisi" in step.alasan for step in plan_laporan([order], ruang=ruang))


def test_a_locale_without_our_letters_is_no_hindrance(tmp_path):
    ruang = make_small(tmp_path / "ruang é ≥", UNITS[0])
    write_notebook(ruang.notebooks / REVIU, "# Reviu “é” ≥", BACA, "print('≥ “é”')")
    env = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code = "from reviu_lib.cli import main; main()"
    options = ["laporan", "--format", "html", "--ruang", str(ruang.root)]
    ended = subprocess.run([sys.executable, "-c", code, *options], env=env, capture_output=True)
    assert ended.returncode == 0, ended.stdout
