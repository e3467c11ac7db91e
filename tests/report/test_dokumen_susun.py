"""An executed notebook as a document: its order, the result's content, every address and number."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hasil_kecil import NAMA_SULIT, make_hasil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from reviu_lib.bahan import BahanReviu
from reviu_lib.errors import LaporanError
from reviu_lib.formatting import format_value
from reviu_lib.report import Laporan
from reviu_lib.report.angka import resolve_asal
from reviu_lib.report.dokumen.blok import (
    Gambar,
    Judul,
    Paragraf,
    Pengesahan,
    Sampul,
    Tabel,
    plain_text,
)
from reviu_lib.report.dokumen.susun import Bekal, build_tabel, susun_dokumen

PNG = "iVBORw0KGgo="


def bahan() -> BahanReviu:
    return BahanReviu(
        kode_kabupaten="73.12", nama="Kabupaten Soppeng", tahun=2024,
        tanggal_cutoff=date(2024, 11, 30), tanggal_reviu=date(2024, 12, 10),
    )  # fmt: skip


def shown(piece, *tags):
    data, metadata = piece._repr_mimebundle_()
    output = new_output("execute_result", data=data, metadata=metadata, execution_count=1)
    return new_code_cell("x", outputs=[output], metadata={"tags": list(tags)})


def foreign(data, **metadata):
    return new_code_cell("x", outputs=[new_output("display_data", data=data, metadata=metadata)])


def susun(*cells, hasil=None):
    return susun_dokumen(cells, hasil or make_hasil(), Bekal(bahan()))


def test_blocks_stand_in_the_order_of_the_notebook():
    laporan = Laporan(make_hasil())
    dokumen = susun(
        new_markdown_cell("## Lampiran"), shown(laporan.tabel("anggaran_lini")),
        new_markdown_cell("### Pengesahan"), shown(laporan.pengesahan()),
        shown(laporan.gambar("hambatan")), shown(laporan.sampul(), "sampul"),
    )  # fmt: skip
    kinds = [type(blok) for blok in dokumen.blok]
    assert kinds == [Judul, Tabel, Judul, Pengesahan, Gambar, Sampul]
    assert [blok.tingkat for blok in dokumen.blok if isinstance(blok, Judul)] == [1, 2]


def test_contents_come_from_the_result_and_not_from_the_page():
    cell = shown(Laporan(make_hasil()).tabel("anggaran_lini"))
    cell.outputs[0].data["text/html"] = "<table>diubah</table>"
    (tabel,) = susun(cell).blok
    assert tabel.nama == "anggaran_lini"
    assert "diubah" not in tabel.judul


def test_numbers_of_tables_and_figures_are_those_of_the_page():
    hasil = make_hasil()
    laporan = Laporan(hasil)
    names = ["anggaran_lini", "capaian_cakupan", "usulan_lokus", "anggaran_lini"]
    pieces = [laporan.tabel(name) for name in names]
    dokumen = susun(*map(shown, pieces))
    for blok, piece in zip(dokumen.blok, pieces, strict=True):
        assert f'<span class="nomor">{blok.nomor}</span>' in piece.html


def test_every_table_prints_the_cells_of_the_page():
    laporan = Laporan(make_hasil())
    for nama in laporan.daftar_tabel():
        piece = laporan.tabel(nama)
        for tampil in piece.isi:
            tabel = build_tabel(tampil)
            rows = BeautifulSoup(piece.html, "html.parser").select("tbody tr:not(.kelompok)")
            html = [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in rows]
            assert [[sel.tampak for sel in baris.sel] for baris in tabel.baris] == html


def test_every_address_of_a_table_names_its_cell():
    hasil = make_hasil()
    laporan = Laporan(hasil)
    addresses = [
        sel.asal
        for nama in laporan.daftar_tabel()
        for tampil in laporan.tabel(nama).isi
        for baris in build_tabel(tampil).baris
        for sel in baris.sel
        if sel.asal
    ]
    assert len(addresses) > 100
    for asal in addresses:
        resolve_asal(hasil, asal)


def test_the_cells_of_a_matrix_name_the_cell_they_show():
    hasil = make_hasil()
    (tampil,) = Laporan(hasil).tabel("cakupan_kecamatan").isi
    tabel = build_tabel(tampil)
    told = [(sel.teks, sel.asal) for baris in tabel.baris for sel in baris.sel[2:]]
    assert len(told) == 8
    assert told == [(format_value(resolve_asal(hasil, asal), "persen"), asal) for _, asal in told]


def test_numbers_dates_and_status_are_renewed_and_words_are_not():
    (tampil,) = Laporan(make_hasil()).tabel("capaian_cakupan").isi
    segar = {kolom.nama: kolom.segar for kolom in build_tabel(tampil).kolom}
    assert segar["capaian_persen"]
    assert segar["status_capaian"]
    assert not segar["indikator"]


def test_rows_have_keys_that_are_the_same_in_every_run():
    (tampil,) = Laporan(make_hasil()).tabel("capaian_cakupan").isi
    keys = [baris.kunci for baris in build_tabel(tampil).baris]
    assert "E10@73.12" in keys
    assert len(set(keys)) == len(keys)


def test_a_table_that_is_no_result_has_no_addresses():
    (tampil,) = Laporan(make_hasil()).tabel("peta_dokumen").isi
    tabel = build_tabel(tampil)
    assert {baris.kunci for baris in tabel.baris} == {""}
    assert not any(kolom.segar for kolom in tabel.kolom)


def test_prose_has_the_words_of_the_page():
    piece = Laporan(make_hasil()).narasi("kegiatan")
    page = BeautifulSoup(piece.html.replace("<q", "“<q").replace("</q>", "</q>”"), "html.parser")
    dokumen = susun(shown(piece))
    words = [plain_text(blok.isi) for blok in dokumen.blok]
    assert words == [re.sub(r"\s+", " ", p.get_text()).strip() for p in page.find_all("p")]


def test_awkward_names_are_plain_text():
    (tabel,) = susun(shown(Laporan(make_hasil()).tabel("capaian_cakupan"))).blok
    assert NAMA_SULIT in [sel.teks for baris in tabel.baris for sel in baris.sel]


def test_an_absent_table_is_the_sentence_that_says_so():
    piece = Laporan(make_hasil()).tabel("kegiatan_usul_dihapus")
    (paragraf,) = susun(shown(piece)).blok
    assert paragraf.gaya == "kosong"


def test_what_a_user_added_is_kept():
    dokumen = susun(
        foreign({"image/png": PNG, "text/plain": "<Figure 7312010101200001>"}),
        foreign({"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "   x\n0  1"}),
        foreign({"text/markdown": "**penting**", "text/plain": "y"}),
        new_code_cell("print(1)", outputs=[new_output("stream", name="stdout", text="baris\n")]),
    )
    gambar, *texts = dokumen.blok
    assert gambar.lukis("png", 220) == b"\x89PNG\r\n\x1a\n"[:8]
    assert gambar.alt == "<Figure [NIK disamarkan]>"
    assert [plain_text(blok.isi) for blok in texts] == ["   x", "0  1", "penting", "baris"]


def test_code_errors_and_hints_for_jupyter_are_not_shown():
    dokumen = susun(
        new_markdown_cell("# Petunjuk", metadata={"tags": ["hanya-jupyter"]}),
        new_code_cell("rahasia()"),
        new_code_cell("x", outputs=[new_output("stream", name="stderr", text="peringatan")]),
        new_code_cell("x", outputs=[new_output("error", ename="E", evalue="NIK", traceback=["t"])]),
    )
    (paragraf,) = dokumen.blok
    assert isinstance(paragraf, Paragraf)
    assert plain_text(paragraf.isi) == "Bagian ini tidak dapat disusun."


def test_a_piece_that_the_result_does_not_know_is_an_error():
    cell = foreign({"text/html": "x"}, **{"text/html": {"reviu": "lagu/x"}})
    with pytest.raises(LaporanError, match="lagu/x"):
        susun(cell)


def test_the_provenance_is_two_tables():
    laporan = Laporan(make_hasil())
    dokumen = susun(shown(laporan.asal_usul(bahan(), {})))
    assert [blok.nama for blok in dokumen.blok] == ["berkas_masukan", "parameter"]


def test_figures_are_drawn_at_the_resolution_asked_for_and_as_vectors():
    (gambar,) = susun(shown(Laporan(make_hasil()).gambar("hambatan"))).blok
    assert gambar.nomor == "Gambar 1"
    assert len(gambar.alt) > 40
    small, large = gambar.lukis("png", 50), gambar.lukis("png", 220)
    assert len(small) < len(large)
    assert gambar.lukis("svg", 0) == gambar.lukis("svg", 0)
    assert gambar.lukis("pdf", 0).startswith(b"%PDF")


def test_the_cover_has_facts_and_tiles_with_addresses():
    (sampul,) = susun(shown(Laporan(make_hasil()).sampul(), "sampul")).blok
    assert dict(sampul.fakta).keys() >= {"Kode wilayah", "Batas data", "Status data"}
    assert any(kata.asal for angka in sampul.angka for kata in angka.angka)
