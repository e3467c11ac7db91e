"""A run makes what is stale, says what failed and where, and lets nothing old pass for new."""

import json
import os

import nbformat
import pytest

from reviu_lib.batch import Pesanan, choose_units, plan_laporan, run_banding, run_laporan
from reviu_lib.batch.manifest import load_manifest
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.files import hold_lock
from reviu_lib.store import load_hasil, make_ruang

from .ruang_kecil import BACA, make_small, write_notebook, write_raw

UNITS = (("12.18", 2024), ("73.12", 2024))
ORDERS = [Pesanan((kode,), tahun) for kode, tahun in UNITS]
REVIU = "02_reviu_kinerja.ipynb"


def _run(ruang, orders=ORDERS, **options):
    outcomes = run_laporan(orders, ruang=ruang, workers=2, **options)
    return {item.kode: item for item in outcomes if item.jenis == "laporan"}


def _statuses(ruang, **options):
    return {kode: item.status for kode, item in _run(ruang, **options).items()}


@pytest.fixture
def ruang(tmp_path):
    return make_small(tmp_path / "ruang kerja", *UNITS)


def test_unchanged_reports_are_skipped_and_a_changed_one_alone_is_made(ruang):
    assert _statuses(ruang) == {"12.18": "selesai", "73.12": "selesai"}
    assert _statuses(ruang) == {"12.18": "dilewati", "73.12": "dilewati"}
    write_raw(ruang, "73.12", 2024, target_output=20)
    assert _statuses(ruang) == {"12.18": "dilewati", "73.12": "selesai"}
    hasil = load_hasil("73.12", 2024, ruang=ruang)
    assert list(hasil.realisasi_kegiatan["capaian_output_persen"]) == [25.0]


def test_a_report_is_notebook_page_and_annex_with_both_parts(ruang):
    outcome = _run(ruang, ORDERS[:1])["12.18"]
    assert sorted(path.name for path in outcome.berkas) == [
        "periksa-12.18-2024.html",
        "periksa-12.18-2024.ipynb",
        "reviu-12.18-2024-rapat.html",
        "reviu-12.18-2024-rapat.ipynb",
        "reviu-12.18-2024-rapat.xlsx",
    ]
    assert all(path.stat().st_size for path in outcome.berkas)
    assert "2024/12.18/reviu-12.18-2024-rapat.html" in (ruang.reports / "index.html").read_text()


def test_a_finished_notebook_tells_neither_paths_nor_clock_times(ruang):
    outcome = _run(ruang, ORDERS[:1])["12.18"]
    text = next(path for path in outcome.berkas if path.suffix == ".ipynb").read_text()
    book = nbformat.reads(text, as_version=4)
    assert str(ruang.root) not in text
    assert book.metadata.papermill == {"parameters": ORDERS[0].parameters}
    assert [cell.metadata.get("papermill") for cell in book.cells] == [None] * len(book.cells)


def test_an_edited_notebook_and_a_forced_run_make_the_report_again(ruang):
    _run(ruang, ORDERS[:1])
    write_notebook(ruang.notebooks / REVIU, BACA, "2 + 2")
    plan = plan_laporan(ORDERS[:1], ruang=ruang)
    assert [step.alasan for step in plan] == ["", "notebook berubah"]
    assert plan_laporan(ORDERS[:1], ruang=ruang, ulang=True)[-1].alasan == "notebook berubah"
    assert _statuses(ruang, orders=ORDERS[:1], ulang=True) == {"12.18": "selesai"}


def test_one_failing_kabupaten_stops_no_other_and_names_the_section(ruang):
    fail = 'assert kode_kabupaten != "73.12", bahan'
    write_notebook(ruang.notebooks / REVIU, BACA, "# Anggaran", fail)
    outcomes = _run(ruang)
    assert (outcomes["12.18"].status, outcomes["73.12"].status) == ("selesai", "gagal")
    assert "Anggaran" in outcomes["73.12"].di
    entry = load_manifest(ruang.reports_of("73.12", 2024))["laporan"]["rapat"]
    assert (entry["status"], entry["bagian"]) == ("gagal", "bagian “Anggaran”")


def test_an_old_report_never_keeps_its_name_when_the_new_one_fails(ruang):
    _run(ruang, ORDERS[:1])
    folder = ruang.reports_of("12.18", 2024)
    write_notebook(ruang.notebooks / REVIU, BACA, "1 / 0")
    assert _statuses(ruang, orders=ORDERS[:1]) == {"12.18": "gagal"}
    names = {path.name for path in folder.iterdir()}
    assert "reviu-12.18-2024-rapat.html" not in names
    assert {"reviu-12.18-2024-rapat-usang.html", "reviu-12.18-2024-rapat-gagal.ipynb"} <= names
    write_notebook(ruang.notebooks / REVIU, BACA)
    assert _statuses(ruang, orders=ORDERS[:1]) == {"12.18": "selesai"}
    assert not [path for path in folder.iterdir() if "-usang" in path.name or "-gagal" in path.name]


def test_a_failed_cell_leaves_no_traceback_and_no_value(ruang):
    secret = "KENARI ANAK UJI"
    write_notebook(ruang.notebooks / REVIU, 'nama = "KENARI" + " ANAK UJI"\nraise KeyError(nama)')
    outcome = _run(ruang, ORDERS[:1])["12.18"]
    kept = ruang.reports_of("12.18", 2024) / "reviu-12.18-2024-rapat-gagal.ipynb"
    book = nbformat.read(kept, as_version=4)
    error = book.cells[-1].outputs[0]
    assert (error.ename, error.traceback) == ("KeyError", [])
    everything = [p.read_bytes() for p in ruang.root.rglob("*") if p.is_file()]
    assert not [data for data in everything if secret.encode() in data]
    assert "KeyError" in outcome.pesan


def test_our_own_error_in_a_cell_is_told_in_words(ruang):
    cell = 'from reviu_lib.store import load_bahan\nload_bahan("12.18", 1999)'
    write_notebook(ruang.notebooks / REVIU, cell)
    outcome = _run(ruang, ORDERS[:1])["12.18"]
    assert "12.18 tahun 1999 tidak dapat dipakai: belum dibuat" in outcome.pesan


def test_a_kernel_that_dies_costs_its_own_report_only(ruang):
    cell = 'import os\n_ = os._exit(9) if kode_kabupaten == "12.18" else None'
    write_notebook(ruang.notebooks / REVIU, "# Anggaran", cell, BACA)
    outcomes = _run(ruang)
    assert (outcomes["12.18"].status, outcomes["73.12"].status) == ("gagal", "selesai")
    assert "berhenti mendadak" in outcomes["12.18"].pesan


def test_a_worker_that_dies_costs_its_own_report_only(ruang):
    cell = 'import os, signal\n_ = os.kill(os.getppid(), 9) if kode_kabupaten == "12.18" else None'
    write_notebook(ruang.notebooks / REVIU, cell, BACA)
    outcomes = _run(ruang)
    assert (outcomes["12.18"].status, outcomes["73.12"].status) == ("gagal", "selesai")


def test_a_broken_raw_folder_fails_its_report_and_names_the_check(ruang):
    os.truncate(ruang.raw_of("12.18", 2024) / "buku.xlsx", 100)
    (ruang.raw_of("73.12", 2024) / "buku.xlsx").unlink()
    (ruang.raw_of("73.12", 2024) / "kosong.csv").touch()
    outcomes = _run(ruang)
    assert {item.status for item in outcomes.values()} <= {"selesai", "gagal"}
    assert set(outcomes) == {"12.18", "73.12"}


def test_a_report_interrupted_before_its_manifest_is_made_again(ruang):
    _run(ruang, ORDERS[:1])
    path = ruang.reports_of("12.18", 2024) / "manifest.json"
    content = json.loads(path.read_text())
    content["laporan"]["rapat"]["status"] = "berjalan"
    path.write_text(json.dumps(content))
    assert plan_laporan(ORDERS[:1], ruang=ruang)[-1].alasan == "terakhir kali terhenti"


def test_an_earlier_year_is_part_of_what_a_report_depends_on(ruang):
    _run(ruang, ORDERS[:1])
    write_raw(ruang, "12.18", 2023)
    plan = plan_laporan(ORDERS[:1], ruang=ruang)
    assert [(step.tahun, step.jenis) for step in plan if step.alasan] == [(2023, "periksa")]
    assert _statuses(ruang, orders=ORDERS[:1]) == {"12.18": "selesai"}
    entry = load_manifest(ruang.reports_of("12.18", 2024))["laporan"]["rapat"]
    assert sorted(entry["kunci"]["masukan"]["12.18"]) == ["2023", "2024"]


def test_a_comparison_makes_the_reports_it_needs(ruang):
    parameter = 'daftar_kode = ""\ntahun = 0\nedisi = "rapat"\nruang = ""'
    path = ruang.notebooks / "03_banding_kabupaten.ipynb"
    write_notebook(path, "print(daftar_kode)", parameter=parameter)
    order = Pesanan(("12.18", "73.12"), 2024, format=("html",), jenis="banding")
    outcomes = run_banding(order, ruang=ruang, workers=2)
    assert [item.status for item in outcomes] == ["selesai"] * 3
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
    with pytest.raises(KodeError, match=r"12\.01 atau 12\.10"):
        choose_units(["12.1"], [], ruang=ruang)


def test_an_empty_workspace_says_where_files_go(tmp_path):
    with pytest.raises(RuangError, match="reviu contoh"):
        choose_units([], [], ruang=make_ruang(tmp_path))
