"""A copy the team edited: its numbers are renewed, its words stay, what cannot be is told."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from hasil_kecil import make_hasil
from nbformat.v4 import new_code_cell, new_output

from reviu_lib.bahan import BahanReviu
from reviu_lib.errors import BerkasError
from reviu_lib.hasil import HasilReviu
from reviu_lib.report import Laporan
from reviu_lib.report.dokumen import Bekal, Dokumen, susun_dokumen
from reviu_lib.report.dokumen.blok import Kata, Paragraf
from reviu_lib.report.dokumen.word import refresh_docx, write_docx

BAHAN = BahanReviu(
    kode_kabupaten="73.12", nama="Kabupaten Soppeng", tahun=2024,
    tanggal_cutoff=date(2024, 11, 30), tanggal_reviu=date(2024, 12, 10),
)  # fmt: skip
ASAL = "capaian_cakupan/E10@73.12/capaian_persen"


def cell(piece):
    data, metadata = piece._repr_mimebundle_()
    output = new_output("execute_result", data=data, metadata=metadata, execution_count=1)
    return new_code_cell("x", outputs=[output])


def with_value(value: float, **ganti) -> HasilReviu:
    hasil = make_hasil(**ganti)
    frame = hasil.capaian_cakupan.copy()
    frame.loc[frame["baris"].eq("E10@73.12"), "capaian_persen"] = value
    return replace(hasil, capaian_cakupan=frame)


def build(hasil: HasilReviu) -> Dokumen:
    """A document with one sentence about a number, a chapter, two tables, and a matrix."""
    laporan = Laporan(hasil)
    names = ("capaian_cakupan", "anggaran_lini", "cakupan_kecamatan")
    cells = [cell(laporan.sampul()), cell(laporan.narasi("kegiatan"))]
    dokumen = susun_dokumen(
        [*cells, *(cell(laporan.tabel(nama)) for nama in names)], hasil, Bekal(BAHAN)
    )
    shown = laporan.hasil.value(ASAL)
    said = Kata(f"{shown:.1f}".replace(".", ","), asal=ASAL, format="persen")
    sentence = Paragraf((Kata("Capaian "), said, Kata(" persen menurut alat.")))
    return replace(dokumen, blok=(*dokumen.blok, sentence))


@pytest.fixture(scope="module")
def lama() -> bytes:
    return write_docx(build(with_value(18.7)))


def words(element) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def lines(data: bytes) -> list[str]:
    return [words(p) for p in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:p"))]


def edit(data: bytes, change) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rows_of(document, judul: str) -> list:
    """The rows of the table whose head holds a word."""
    return next(t._tbl.tr_lst for t in document.tables if judul in words(t._tbl.tr_lst[0]))


def refresh(edited: bytes, hasil: HasilReviu):
    return refresh_docx(edited, "dokumen.docx", build(hasil), hasil)


def test_an_unchanged_result_changes_nothing(lama):
    segaran = refresh(lama, with_value(18.7))
    assert segaran.ditemukan > 100
    assert (segaran.berubah, segaran.lepas, segaran.baru) == ([], [], [])
    assert lines(segaran.data) == lines(lama)


def test_an_edited_sentence_is_kept_and_its_number_is_renewed(lama):
    def change(document):
        sentence = document.paragraphs[-1]
        sentence.runs[-1].text = " persen, dan menurut tim ini wajar."
        sentence.insert_paragraph_before("Paragraf tambahan tim.")

    segaran = refresh(edit(lama, change), with_value(18.6))
    assert lines(segaran.data)[-2:] == [
        "Paragraf tambahan tim.", "Capaian 18,6 persen, dan menurut tim ini wajar.",
    ]  # fmt: skip
    changed = [(item.tempat, item.semula, item.menjadi) for item in segaran.berubah]
    assert changed == [(ASAL, "18,7", "18,6"), (ASAL, "18,7", "18,6")]


def test_numbers_of_the_table_and_of_the_sentence_agree_after_the_run(lama):
    data = refresh(lama, with_value(18.6)).data
    told = "\n".join(lines(data))
    assert told.count("18,6") == 2
    assert "18,7" not in told


def test_the_look_that_the_team_gave_a_number_stays(lama):
    def change(document):
        for control in document.paragraphs[-1]._p.iter(qn("w:sdt")):
            for run in control.iter(qn("w:r")):
                docx.text.run.Run(run, document.paragraphs[-1]).font.highlight_color = 7

    data = refresh(edit(lama, change), with_value(18.6)).data
    last = docx.Document(io.BytesIO(data)).paragraphs[-1]._p
    assert [h.get(qn("w:val")) for h in last.iter(qn("w:highlight"))] == ["yellow"]


def test_a_number_that_a_word_processor_cut_into_runs_is_one_again(lama):
    def change(document):
        (control,) = document.paragraphs[-1]._p.iter(qn("w:sdt"))
        (run,) = control.iter(qn("w:r"))
        copy = docx.oxml.parse_xml(run.xml)
        run.findall(qn("w:t"))[0].text, copy.findall(qn("w:t"))[0].text = "18", ",7"
        run.addnext(copy)

    data = refresh(edit(lama, change), with_value(18.6)).data
    assert lines(data)[-1] == "Capaian 18,6 persen menurut alat."


def test_rows_may_be_moved_deleted_and_added(lama):
    def change(document):
        first, second, third, *_ = rows_of(document, "Capaian (%)")[2:]
        third.addnext(first)
        second.getparent().remove(second)
        own = docx.oxml.parse_xml(third.xml)
        for control in [*own.iter(qn("w:sdt"))]:
            control.getparent().remove(control)
        for mark in [*own.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)
        third.addprevious(own)

    edited = edit(lama, change)
    segaran = refresh(edited, with_value(18.6))
    before, after = lines(edited), lines(segaran.data)
    differing = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert {pair for pair in differing if pair[0] == "18,7"} == {("18,7", "18,6")}
    assert segaran.baru == []


def test_a_column_that_the_team_deleted_moves_no_number(lama):
    def change(document):
        for row in rows_of(document, "Capaian (%)"):
            cells = row.tc_lst
            if len(cells) > 4:
                row.remove(cells[2])

    edited = edit(lama, change)
    segaran = refresh(edited, with_value(18.7))
    assert lines(segaran.data) == lines(edited)
    assert len(refresh(edited, with_value(18.6)).berubah) == 2


def test_a_row_that_left_the_result_keeps_its_text_and_is_told(lama):
    hasil = with_value(18.6)
    left = hasil.capaian_cakupan[~hasil.capaian_cakupan["kode_indikator"].eq("E12")]
    segaran = refresh(lama, replace(hasil, capaian_cakupan=left))
    assert "capaian_cakupan/E12@73.12" in segaran.lepas
    assert any("Kebutuhan KB" in line for line in lines(segaran.data))


def test_a_row_that_is_new_in_the_result_is_told_once_and_not_written(lama):
    hasil = with_value(18.7)
    frame = hasil.capaian_cakupan
    row = frame[frame["baris"].eq("E12@73.12")].assign(
        baris="E99@73.12", kode_indikator="E99", indikator="Indikator baru"
    )
    more = replace(hasil, capaian_cakupan=pd.concat([frame, row], ignore_index=True))
    segaran = refresh(lama, more)
    assert "capaian_cakupan/E99@73.12" in segaran.baru
    assert not any("Indikator baru" in line for line in lines(segaran.data))


def test_a_status_is_renewed_with_its_symbol(lama):
    hasil = with_value(18.7)
    frame = hasil.capaian_cakupan.copy()
    frame.loc[frame["baris"].eq("E10@73.12"), "status_capaian"] = "tercapai"
    segaran = refresh(lama, replace(hasil, capaian_cakupan=frame))
    assert [(c.semula, c.menjadi) for c in segaran.berubah if "status" in c.tempat] == [
        ("▲ belum tercapai", "● tercapai")
    ]


def test_dates_of_the_document_are_renewed_everywhere(lama):
    segaran = refresh(lama, replace(with_value(18.7), tanggal_cutoff=date(2024, 12, 31)))
    told = "\n".join(lines(segaran.data))
    assert "31 Desember 2024" in told
    assert "30 November 2024" not in told


def test_words_recorded_by_people_are_never_overwritten(lama):
    controls = docx.Document(io.BytesIO(lama)).element.body.iter(qn("w:sdt"))
    aliases = [c.find(f"{qn('w:sdtPr')}/{qn('w:alias')}").get(qn("w:val")) for c in controls]
    assert not [alias for alias in aliases if alias.endswith("/uraian")]


def test_a_value_that_no_sentence_tells_any_more_is_still_found_in_the_result(lama):
    hasil = with_value(18.6)
    shorter = replace(build(hasil), blok=build(hasil).blok[:2])
    segaran = refresh_docx(lama, "dokumen.docx", shorter, hasil)
    assert lines(segaran.data)[-1] == "Capaian 18,6 persen menurut alat."


def test_a_value_whose_address_is_gone_keeps_its_text_and_is_told(lama):
    hasil = with_value(18.7)
    left = hasil.capaian_cakupan[~hasil.capaian_cakupan["baris"].eq("E10@73.12")]
    without = replace(hasil, capaian_cakupan=left)
    dokumen = replace(build(hasil), blok=build(hasil).blok[:1])
    segaran = refresh_docx(lama, "dokumen.docx", dokumen, without)
    assert ASAL in segaran.lepas
    assert lines(segaran.data)[-1] == "Capaian 18,7 persen menurut alat."


def test_an_emptied_cell_is_filled_again(lama):
    def change(document):
        row = rows_of(document, "Capaian (%)")[2]
        for text in [*row.tc_lst[4].iter(qn("w:r"))]:
            text.getparent().remove(text)

    segaran = refresh(edit(lama, change), with_value(18.6))
    assert ("", "18,6") in [(item.semula, item.menjadi) for item in segaran.berubah]


def test_a_document_of_somebody_else_has_nothing_to_renew():
    other = io.BytesIO()
    docx.Document().save(other)
    segaran = refresh(other.getvalue(), with_value(18.7))
    assert (segaran.ditemukan, segaran.berubah) == (0, [])


@pytest.mark.parametrize("ganti", [{"kode": "12.18"}, {"tahun": 2025}])
def test_a_document_of_another_kabupaten_or_year_is_refused(lama, ganti):
    hasil = with_value(18.7)
    with pytest.raises(BerkasError, match="disusun untuk 73.12 tahun 2024, bukan untuk"):
        refresh_docx(lama, "dokumen.docx", replace(build(hasil), **ganti), hasil)


def test_a_file_that_is_no_document_is_an_error():
    with pytest.raises(BerkasError, match="tidak dapat dipakai"):
        refresh(b"bukan docx", with_value(18.7))


def test_a_copy_saved_by_libreoffice_is_renewed_too(lama, tmp_path):
    if not (soffice := shutil.which("soffice")):
        pytest.skip("LibreOffice (soffice) tidak terpasang")
    source = tmp_path / "dokumen.docx"
    source.write_bytes(edit(lama, lambda d: d.add_paragraph("Kalimat tim.")))
    where = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    out = ["--convert-to", "docx", "--outdir", str(tmp_path / "keluar")]
    command = [soffice, where, "--headless", *out, str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    saved = (tmp_path / "keluar" / "dokumen.docx").read_bytes()
    segaran = refresh(saved, with_value(18.6))
    assert segaran.ditemukan == refresh(lama, with_value(18.7)).ditemukan
    assert {(item.semula, item.menjadi) for item in segaran.berubah} == {("18,7", "18,6")}
    assert "Kalimat tim." in lines(segaran.data)
