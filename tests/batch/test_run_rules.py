"""Keeping books: editions side by side, other formats, leftovers, codes that do not exist."""

import pytest

from reviu_lib.batch import Pesanan, manifest, periksa, run_periksa
from reviu_lib.batch.books import (
    Books,
    clear_leftovers,
    finish_order,
    record_failure,
)
from reviu_lib.batch.manifest import describe_entry, list_entries, load_manifest
from reviu_lib.batch.planning import compute_kunci
from reviu_lib.batch.pool import Cara, Crew
from reviu_lib.batch.run import _opened, _watch, split_rounds
from reviu_lib.errors import RuangError
from reviu_lib.files import new_staging
from reviu_lib.store import make_ruang

from .ruang_kecil import make_small, write_notebook, write_raw

RAPAT = Pesanan(("12.18",), 2024)
HALAMAN_SAJA = Pesanan(("12.18",), 2024, format=("html",))
FINAL = Pesanan(("12.18",), 2024, edisi="final")
PERIKSA_HTML = "periksa-12.18-2024.html"


@pytest.fixture
def books(tmp_path):
    ruang = make_ruang(tmp_path)
    return Books(ruang, Crew(ruang, 1), Cara(), [])


def _finished(order, books, text="baru", **result):
    """Keep books of an order whose files all hold `text`, as a worker would have written them."""
    staging = new_staging(order.folder(books.ruang))
    for stem in order.stems.values():
        (staging / f"{stem}.html").write_text(f"{text} {order.edisi}")
    if "xlsx" in order.format:
        (staging / f"{order.stems['02_reviu_kinerja']}.xlsx").write_text(text)
    ending = result or {"selesai": {}}
    finish_order(order, books, {**ending, "kunci": {}, "staging": str(staging)})
    return books.outcomes[-1]


def _names(books):
    return {path.name for path in RAPAT.folder(books.ruang).iterdir()}


def _entries(books):
    return load_manifest(RAPAT.folder(books.ruang))["laporan"]


def test_two_editions_stand_side_by_side_and_share_the_pages_of_the_check(books):
    _finished(RAPAT, books)
    _finished(FINAL, books)
    assert _names(books) == {
        "manifest.json", PERIKSA_HTML, "reviu-12.18-2024-rapat.html", "reviu-12.18-2024-rapat.xlsx",
        "reviu-12.18-2024-final.html", "reviu-12.18-2024-final.xlsx",
    }  # fmt: skip


def test_editions_made_in_turn_are_never_mistaken_for_edits(books):
    outcomes = [_finished(order, books, text) for text in "abc" for order in (RAPAT, FINAL)]
    assert [item.catatan for item in outcomes] == [()] * 6
    assert [name for name in _names(books) if "suntingan" in name] == []


def test_an_edit_of_a_shared_page_is_kept_by_the_edition_that_did_not_write_it(books):
    _finished(RAPAT, books)
    (RAPAT.folder(books.ruang) / PERIKSA_HTML).write_text("disunting orang")
    (note,) = _finished(FINAL, books).catatan
    assert note.startswith("Berkas yang disunting disimpan sebagai periksa-12.18-2024-suntingan-")
    kept = [path for path in RAPAT.folder(books.ruang).iterdir() if "suntingan" in path.name]
    assert [path.read_text() for path in kept] == ["disunting orang"]


def test_a_run_killed_among_its_files_leaves_no_edit_and_no_success(books, monkeypatch):
    _finished(RAPAT, books, "lama")
    with monkeypatch.context() as patch:
        patch.setattr(manifest, "retire", lambda *args: pytest.fail("terbunuh"))
        with pytest.raises(pytest.fail.Exception, match="terbunuh"):
            _finished(RAPAT, books, "baru")
    assert _entries(books)["rapat"]["status"] == "berjalan"
    assert _finished(RAPAT, books, "baru").catatan == ()
    assert [name for name in _names(books) if "suntingan" in name] == []


def test_an_annex_of_an_earlier_run_does_not_pass_for_the_present_one(books):
    _finished(RAPAT, books)
    _finished(HALAMAN_SAJA, books)
    assert [name for name in _names(books) if name.endswith(".xlsx")] == []
    assert "reviu-12.18-2024-rapat.html" in _names(books)


def test_an_edited_annex_of_an_earlier_run_is_kept_under_a_dated_name(books):
    _finished(RAPAT, books)
    (RAPAT.folder(books.ruang) / "reviu-12.18-2024-rapat.xlsx").write_text("putusan rapat")
    _finished(HALAMAN_SAJA, books)
    kept = [path for path in RAPAT.folder(books.ruang).iterdir() if path.suffix == ".xlsx"]
    assert [(path.read_text(), "-suntingan-" in path.name) for path in kept] == [
        ("putusan rapat", True)
    ]


def test_an_edition_that_fails_takes_no_page_from_the_other(books):
    _finished(RAPAT, books)
    _finished(FINAL, books)
    record_failure(FINAL, books, {"galat": "Rusak."})
    assert {name: entry["status"] for name, entry in _entries(books).items()} == {
        "rapat": "selesai",
        "final": "gagal",
    }
    assert set(_entries(books)["rapat"]["keluaran"]) <= _names(books)
    assert "reviu-12.18-2024-final.html" not in _names(books)
    assert "reviu-12.18-2024-final-usang.html" in _names(books)


def test_what_a_failed_run_could_finish_is_published_and_listed(books):
    outcome = _finished(RAPAT, books, galat="Berhenti.", di="bagian “Anggaran”", lakukan="Ulangi.")
    assert (outcome.status, outcome.di, outcome.lakukan) == (
        "gagal",
        "bagian “Anggaran”",
        "Ulangi.",
    )
    assert PERIKSA_HTML in _entries(books)["rapat"]["keluaran"]


def test_of_a_failed_run_nothing_that_may_be_half_is_published(books):
    _finished(RAPAT, books, galat="Berhenti.")
    assert _names(books) == {PERIKSA_HTML, "reviu-12.18-2024-rapat.html", "manifest.json"}


def test_of_a_worker_that_died_nothing_is_published(books):
    _finished(RAPAT, books, galat="Proses pekerja berhenti mendadak.", mati=True)
    assert _names(books) == {"manifest.json"}


def test_success_after_a_failure_clears_what_the_failure_set_aside(books):
    _finished(RAPAT, books)
    record_failure(RAPAT, books, {"galat": "Rusak."})
    _finished(RAPAT, books)
    assert [name for name in _names(books) if "usang" in name] == []
    assert _entries(books)["rapat"]["status"] == "selesai"


def test_the_notebook_that_failed_goes_once_the_report_succeeds(books):
    staging = new_staging(RAPAT.folder(books.ruang))
    (staging / "reviu-12.18-2024-rapat-gagal.ipynb").write_text("{}")
    finish_order(RAPAT, books, {"galat": "Rusak.", "kunci": {}, "staging": str(staging)})
    assert "reviu-12.18-2024-rapat-gagal.ipynb" in _names(books)
    _finished(RAPAT, books)
    assert [name for name in _names(books) if "gagal" in name] == []


def test_an_outcome_lists_every_file_that_is_there(books):
    outcome = _finished(RAPAT, books)
    assert {path.name for path in outcome.berkas} == _names(books) - {"manifest.json"}
    assert all(path.is_file() for path in outcome.berkas)


def test_the_staging_of_a_finished_report_is_gone(books):
    _finished(RAPAT, books)
    assert [name for name in _names(books) if name.startswith(".")] == []


def test_a_report_folder_that_cannot_be_made_is_an_error_of_ours(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(RuangError, match="Folder laporan tidak dapat ditulis"):
        new_staging(tmp_path / "berkas" / "12.18")


def test_what_a_killed_run_left_beside_the_reports_goes_and_nothing_else(books):
    staging = new_staging(RAPAT.folder(books.ruang))
    (staging / "reviu.html").write_text("separuh")
    for name in (".manifest.json-ab12.sementara", "catatan.docx", ".rahasia"):
        (RAPAT.folder(books.ruang) / name).write_text("x")
    clear_leftovers([RAPAT, FINAL], books.ruang)
    assert _names(books) == {"catatan.docx", ".rahasia"}


def test_a_folder_of_a_code_that_does_not_exist_fails_alone(books):
    order = Pesanan(("99.99",), 2024)
    record_failure(order, books, {"galat": "Kode kabupaten '99.99' tidak dapat dipakai."})
    (entry,) = list_entries(books.ruang)
    assert (entry["nama"], entry["contoh"], books.outcomes[-1].status) == ("99.99", False, "gagal")
    assert describe_entry(entry)["status"] == "gagal"


def test_news_of_each_ending_are_told_once(tmp_path):
    heard = []
    ruang = make_ruang(tmp_path)
    books = Books(ruang, Crew(ruang, 1), Cara(dengar=heard.append), [])
    _finished(RAPAT, books)
    record_failure(FINAL, books, {"galat": "Rusak."})
    assert [(k.jenis, k.kode, k.teks) for k in heard] == [
        ("selesai", "12.18", ""), ("gagal", "12.18", "Rusak."),
    ]  # fmt: skip


def test_nothing_to_check_is_no_fault(books):
    assert run_periksa([], ruang=books.ruang) == []


def test_editions_of_one_review_are_made_one_after_the_other():
    soppeng, lain = (("73.12",), 2024), (("12.18",), 2024)
    orders = [Pesanan(*soppeng), Pesanan(*lain), Pesanan(*soppeng, publik=True),
              Pesanan(("73.12",), 2023), Pesanan(*soppeng, edisi="final")]  # fmt: skip
    rounds = split_rounds(orders)
    assert [len(together) for together in rounds] == [3, 1, 1]
    assert [order for together in rounds for order in together if order.kode == ("73.12",)
            and order.tahun == 2024] == [orders[0], orders[2], orders[4]]  # fmt: skip
    assert split_rounds([]) == []


def test_what_has_no_ending_when_a_run_is_stopped_is_told_so(books):
    books.ask([RAPAT, FINAL])
    _finished(RAPAT, books)
    books.interrupt()
    assert [(item.nama, item.status) for item in books.outcomes] == [
        ("rapat", "selesai"), ("final", "terhenti"),
    ]  # fmt: skip
    assert "Jalankan perintah yang sama" in books.outcomes[-1].lakukan


def test_an_interruption_ends_the_run_and_not_the_program(tmp_path):
    with _opened(make_ruang(tmp_path), Cara(1)) as books:
        books.ask([RAPAT])
        raise KeyboardInterrupt
    assert [item.status for item in books.outcomes] == ["terhenti"]


def test_what_changes_while_a_report_is_made_fails_it_or_is_noted(tmp_path):
    ruang = make_small(tmp_path, ("12.18", 2024))
    periksa("12.18", 2024, ruang=ruang)
    books = Books(ruang, Crew(ruang, 1), Cara(), [])
    kunci = compute_kunci(RAPAT, ruang=ruang)
    assert _watch(RAPAT, kunci, books) == {"catatan": []}
    write_raw(ruang, "12.18", 2024, target_output=99)
    (note,) = _watch(RAPAT, kunci, books)["catatan"]
    assert "berkas mentah berubah: buku.xlsx" in note
    write_notebook(ruang.notebooks / "02_reviu_kinerja.ipynb", "2")
    assert "notebook berubah" in _watch(RAPAT, kunci, books)["galat"]
