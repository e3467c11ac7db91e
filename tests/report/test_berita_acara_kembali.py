"""The minutes that the meeting kit writes come back with what a person typed into them."""

import io

import docx
import pytest
from hasil_kecil import make_hasil

from reviu_lib.ingest import build_bahan
from reviu_lib.report.dokumen.word import write_docx
from reviu_lib.report.rapat import list_naskah
from reviu_lib.settings import IsianRapat

KUNCI = b"k" * 32


@pytest.fixture(scope="module")
def kembali(tmp_path_factory):
    """The words typed by id_usulan, and the inputs read from the filled minutes."""
    hasil = make_hasil()
    minutes = list_naskah(hasil, IsianRapat(kode="73.12", tahun=2024))["berita-acara"]
    book = docx.Document(io.BytesIO(write_docx(minutes)))
    typed = {}
    for table in book.tables:
        heads = [cell.text for cell in table.rows[0].cells]
        if "ID usulan" not in heads:
            continue
        for row in table.rows[1:]:
            word = "ditindaklanjuti" if len(typed) % 2 else "digabung"
            typed[row.cells[heads.index("ID usulan")].text] = word
            row.cells[heads.index("Putusan")].text = word
    folder = tmp_path_factory.mktemp("berita")
    book.save(folder / "berita-acara.docx")
    return typed, build_bahan(folder, kode_kabupaten="73.12", tahun=2024, kunci=KUNCI)


def test_every_typed_decision_comes_back_under_its_proposal(kembali):
    typed, bahan = kembali
    assert len(typed) > 2
    rows = bahan.putusan.set_index("id_usulan")
    assert rows["putusan"].to_dict() == typed
    assert set(rows["tahun"]) == {2024}


def test_what_was_proposed_comes_back_as_what_it_is(kembali):
    _, bahan = kembali
    rows = bahan.putusan.set_index("id_usulan")
    hasil = make_hasil()
    for name, owner in (("rekomendasi", "opd_pj"), ("usulan_kegiatan", "opd")):
        asked = getattr(hasil, name).set_index("id_usulan")
        told = rows.loc[asked.index, "opd_disepakati"]
        assert told.fillna("").tolist() == asked[owner].fillna("").tolist()


def test_nothing_else_of_the_minutes_is_read(kembali):
    _, bahan = kembali
    assert bahan.kegiatan.empty
    assert not bahan.temuan["tingkat"].eq("galat").any()
