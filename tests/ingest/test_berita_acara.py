"""The minutes of the meeting, a Word document, give its decisions beside the annex or alone."""

from datetime import date

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .conftest import rows, temuan

JUDUL = [
    "No", "ID usulan", "Usulan", "Putusan", "Penanggung jawab", "Tenggat", "Sumber dana",
    "Catatan/perbedaan pendapat",
]  # fmt: skip
BARIS = [
    ["1", "RK-CAK-E01", "Perbaiki data", "ditindaklanjuti", "Bappeda", "28 Februari 2022", "APBD",
     "Dinas Sosial berpendapat lain"],
    ["2", "UK-K001", "Gizi Masyarakat", "", "Dinas Kesehatan", "30 April 2022", "BOK", ""],
    ["3", "UK-K002", "Kelas ibu", "usul dihapus", "……………", "……………", "________", ""],
]  # fmt: skip


def write_minutes(path, *tables, before="Kami yang hadir memutuskan sebagai berikut."):
    """Write a Word document with the paragraph and then the tables, rows of text each."""
    book = docx.Document()
    for lines in tables:
        book.add_paragraph(before)
        table = book.add_table(rows=len(lines), cols=len(lines[0]))
        for row, line in zip(table.rows, lines, strict=True):
            for cell, text in zip(row.cells, line, strict=True):
                cell.text = text
    book.save(path)
    return book


def annex(folder, name, *entries):
    folder.sheet(name, rows(*entries))


def test_the_table_of_decisions_is_read_and_others_are_not(folder):
    present = [["No", "Nama", "Jabatan"], ["1", "CONTOH ORANG", "Camat"]]
    write_minutes(folder.path / "berita-acara.docx", present, [JUDUL, *BARIS])
    bahan = folder.read()
    got = bahan.putusan.set_index("id_usulan")
    assert got["putusan"].to_dict() == {
        "RK-CAK-E01": "ditindaklanjuti", "UK-K002": "usul dihapus",
    }  # fmt: skip
    first = got.loc["RK-CAK-E01"]
    assert first["opd_disepakati"] == "Bappeda"
    assert first["tenggat_disepakati"].date() == date(2022, 2, 28)
    assert first["sumber_dana_disepakati"] == "APBD"
    assert first["catatan_putusan"] == "Dinas Sosial berpendapat lain"
    assert first["uraian"] == "Perbaiki data"
    assert first["tahun"] == 2021
    blank = ["opd_disepakati", "tenggat_disepakati", "sumber_dana_disepakati"]
    assert got.loc["UK-K002", blank].isna().all()
    assert "CONTOH ORANG" not in bahan.temuan.to_string()


def test_every_decision_knows_its_table_and_row(folder):
    write_minutes(folder.path / "berita-acara.docx", [JUDUL, *BARIS])
    asal = folder.read().asal.query("tabel == 'putusan'")
    assert asal[["lembar", "baris_berkas"]].to_numpy().tolist() == [["Tabel 1", 2], ["Tabel 1", 4]]


def test_a_document_without_decisions_is_no_input(folder):
    write_minutes(folder.path / "undangan.docx", [["No", "Nama"], ["1", "CONTOH ORANG"]])
    bahan = folder.read()
    assert "tanpa tabel putusan" in temuan(bahan, "B04")["uraian"]
    assert "CONTOH ORANG" not in bahan.temuan.to_string()


def test_placeholders_and_deleted_words_are_not_what_the_meeting_wrote(folder):
    path = folder.path / "berita-acara.docx"
    book = write_minutes(path, [JUDUL, *BARIS])
    table = book.tables[0]
    deleted = table.rows[1].cells[7].paragraphs[0].runs[0]._r
    gone = OxmlElement("w:del")
    deleted.addprevious(gone)
    gone.append(deleted)
    deleted.find(qn("w:t")).tag = qn("w:delText")
    control = OxmlElement("w:sdt")
    for name in ("w:sdtPr", "w:sdtContent"):
        control.append(OxmlElement(name))
    control[0].append(OxmlElement("w:showingPlcHdr"))
    waiting = table.rows[2].cells[3].paragraphs[0]
    run = waiting.add_run("Pilih putusan")._r
    run.addprevious(control)
    control[1].append(run)
    book.save(path)
    got = folder.read().putusan.set_index("id_usulan")
    assert "UK-K001" not in got.index
    assert got.loc["RK-CAK-E01", "catatan_putusan"] is not None
    assert "berpendapat lain" not in str(got.loc["RK-CAK-E01", "catatan_putusan"])


def test_annex_and_minutes_add_to_each_other(folder):
    annex(folder, "putusan.xlsx", {"id_usulan": "RK-CAK-E01", "putusan": "Ditindaklanjuti ",
                                   "target_disepakati": 40})  # fmt: skip
    write_minutes(folder.path / "berita-acara.docx", [JUDUL, *BARIS])
    bahan = folder.read()
    row = bahan.putusan.set_index("id_usulan").loc["RK-CAK-E01"]
    assert (row["target_disepakati"], row["opd_disepakati"]) == (40, "Bappeda")
    assert "D03" not in set(bahan.temuan["kode"])


@pytest.mark.parametrize("sumber", ["annex", "minutes"])
def test_two_sources_that_contradict_each_other_are_told_and_not_used(folder, sumber):
    other = [*BARIS[2][:3], "ditindaklanjuti", *BARIS[2][4:]]
    if sumber == "annex":
        annex(folder, "putusan.xlsx", {"id_usulan": "UK-K002", "putusan": "ditindaklanjuti"})
    else:
        write_minutes(folder.path / "berita-acara-2.docx", [JUDUL, other])
    write_minutes(folder.path / "berita-acara.docx", [JUDUL, *BARIS])
    bahan = folder.read()
    assert bahan.putusan["id_usulan"].tolist() == ["RK-CAK-E01"]
    told = temuan(bahan, "D03")
    assert told["tingkat"] == "galat"
    assert "UK-K002" in told["uraian"]
    assert "berita-acara.docx" in told["uraian"]


def test_identity_in_a_remark_is_masked(folder):
    lines = [[*BARIS[0][:7], "Ibu dengan NIK 1218000101200001 menolak"]]
    write_minutes(folder.path / "berita-acara.docx", [JUDUL, *lines])
    assert "1218000101200001" not in folder.read().putusan.to_string()
