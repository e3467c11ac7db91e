"""The Word edition in a run: written fresh, and beside it the team's copy with new numbers."""

import io
import shutil
from dataclasses import dataclass

import docx
import pytest
from docx.oxml.ns import qn

from reviu_lib.batch import Pesanan, run_laporan
from reviu_lib.batch.manifest import list_entries, load_manifest
from reviu_lib.batch.planning import explain_pesanan
from reviu_lib.files import hash_file, is_dokumen
from reviu_lib.store import Ruang, load_bahan

from .ruang_kecil import BACA, make_small, write_notebook, write_raw

ORDER = Pesanan(("12.18",), 2021, format=("docx",))
STEM = "reviu-12.18-2021-rapat"
LAPORAN = f"{BACA}\nfrom reviu_lib import Laporan\nlaporan = Laporan(review(bahan))"
MILIK_TIM = "Menurut tim, targetnya sudah wajar."


@dataclass
class Cerita:
    """A workspace after three runs, and what each told."""

    ruang: Ruang
    pertama: bytes
    suntingan: str
    catatan: list


def words(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def run(ruang: Ruang):
    (outcome,) = run_laporan([ORDER], ruang=ruang)
    assert outcome.status == "selesai", outcome
    return outcome.catatan


@pytest.fixture(scope="module")
def cerita(tmp_path_factory) -> Cerita:
    """First run; then the team's copy and a new target; then a copy that is no document."""
    ruang = make_small(tmp_path_factory.mktemp("ruang"), ("12.18", 2021))
    shown = ("laporan.narasi('kegiatan')", "laporan.tabel('realisasi_kegiatan')")
    write_notebook(ruang.notebooks / "02_reviu_kinerja.ipynb", "# Reviu", LAPORAN, *shown)
    reports, raw = ruang.reports_of("12.18", 2021), ruang.raw_of("12.18", 2021)
    told = [run(ruang)]
    first = (reports / f"{STEM}.docx").read_bytes()
    document = docx.Document(io.BytesIO(first))
    document.add_paragraph(MILIK_TIM)
    document.save(raw / "Dokumen rapat.docx")
    write_raw(ruang, "12.18", 2021, target_output=8)
    edited = hash_file(raw / "Dokumen rapat.docx")
    told.append(run(ruang))
    shutil.copytree(reports, ruang.root / "sesudah")
    (raw / "Dokumen rapat.docx").write_bytes(b"bukan dokumen")
    told.append(run(ruang))
    return Cerita(ruang, first, edited, told)


def test_the_first_run_writes_the_document_and_tells_nothing(cerita):
    assert cerita.catatan[0] == ()
    assert any("Pengelolaan Pelayanan Kesehatan Balita" in line for line in words(cerita.pertama))


def test_the_copy_gets_the_new_numbers_and_keeps_the_sentence_of_the_team(cerita):
    folder = cerita.ruang.root / "sesudah"
    team, fresh = ((folder / f"{STEM}{tail}.docx").read_bytes() for tail in ("-tim", ""))
    assert words(team)[-1] == MILIK_TIM
    assert MILIK_TIM not in words(fresh)
    assert "50,0" in words(cerita.pertama)
    assert "62,5" in words(team)
    assert "50,0" not in words(team)
    assert words(team)[:-1] == words(fresh)


def test_the_user_is_told_how_many_numbers_changed(cerita):
    (note,) = cerita.catatan[1]
    assert note.startswith(f"Dokumen rapat.docx disegarkan menjadi {STEM}-tim.docx: ")
    assert "angka dan status berubah; kalimat dan gambar tetap." in note


def test_a_copy_that_is_no_document_is_told_and_the_fresh_one_is_written(cerita):
    (note,) = cerita.catatan[2]
    assert note.startswith("Dokumen rapat.docx tidak disegarkan. Dokumen Word tidak dapat dipakai")
    reports = cerita.ruang.reports_of("12.18", 2021)
    assert (reports / f"{STEM}.docx").is_file()
    assert list(reports.glob(f"{STEM}-tim*")) == []


def test_the_copy_is_no_data_and_no_fault(cerita):
    temuan = load_bahan("12.18", 2021, ruang=cerita.ruang).temuan
    assert not temuan["berkas"].astype("string").str.contains("docx", na=False).any()


def test_a_changed_copy_makes_the_report_stale(cerita):
    assert explain_pesanan(ORDER, ruang=cerita.ruang) == ""
    path = cerita.ruang.raw_of("12.18", 2021) / "Dokumen rapat.docx"
    before = path.read_bytes()
    path.write_bytes(before + b" ")
    assert explain_pesanan(ORDER, ruang=cerita.ruang) != ""
    path.write_bytes(before)


def test_a_new_template_makes_the_report_stale(cerita):
    folder = cerita.ruang.root / "templat"
    folder.mkdir()
    (folder / "dokumen.docx").write_bytes(b"x")
    assert "templat dokumen Word berubah" in explain_pesanan(ORDER, ruang=cerita.ruang)
    shutil.rmtree(folder)


def test_the_index_links_the_document_and_the_copy(cerita):
    manifest = load_manifest(cerita.ruang.root / "sesudah")["laporan"]["rapat"]
    assert {f"{STEM}.docx", f"{STEM}-tim.docx"} <= set(manifest["keluaran"])
    page = (cerita.ruang.reports / "index.html").read_text(encoding="utf-8")
    assert ">Dokumen Word<" in page
    (entry,) = list_entries(cerita.ruang)
    assert entry["catatan"][0].startswith("Dokumen rapat.docx")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("dokumen.docx", True), ("Dokumen Final.DOCX", True), ("surat.docx", False),
     ("dokumen.xlsx", False), ("dokumen.docx.xlsx", False)],
)  # fmt: skip
def test_the_copy_is_known_by_its_name(tmp_path, name, expected):
    assert is_dokumen(tmp_path / name) is expected
