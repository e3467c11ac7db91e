"""The berita acara of the kit comes back through data/raw with what the meeting decided."""

import shutil

import docx
import pytest

from reviu_lib.batch.editions.rapat import load_or_review, run_rapat
from reviu_lib.batch.run import run_periksa
from reviu_lib.catalog import load_rapat
from reviu_lib.settings import Pengaturan
from reviu_lib.store import make_ruang

from .ruang_kecil import write_raw

UNIT = ("12.18", 2024)


def decide(path, id_usulan, **isian):
    """Fill the cells of one row by the declared headings, as a secretary does in Word."""
    judul = load_rapat().putusan
    page = docx.Document(path)
    for table in page.tables:
        heads = [cell.text for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            if heads[0] == judul.id_usulan and row.cells[0].text == id_usulan:
                for nama, teks in isian.items():
                    row.cells[heads.index(getattr(judul, nama))].text = teks
    page.save(path)


@pytest.fixture(scope="module")
def kembali(tmp_path_factory):
    """A workspace whose berita acara was filled in and put into data/raw, and its result."""
    ruang = make_ruang(tmp_path_factory.mktemp("kembali"))
    write_raw(ruang, *UNIT)
    run_rapat([UNIT], ruang=ruang, pengaturan=Pengaturan())
    made = ruang.reports_of(*UNIT) / "rapat" / "berita-acara-12.18-2024.docx"
    returned = ruang.raw_of(*UNIT) / "berita acara rapat.docx"
    shutil.copyfile(made, returned)
    decide(returned, "UK-K1", putusan="digabung", sumber_dana="APBD",
           catatan_putusan="Dua OPD berbeda pendapat.")  # fmt: skip
    outcomes = run_periksa([UNIT], ruang=ruang)
    assert [item.status for item in outcomes] == ["selesai"]
    return load_or_review(UNIT, ruang)


def test_a_decision_entered_in_word_stands_on_its_proposal(kembali):
    (row,) = kembali.usulan_kegiatan.to_dict("records")
    assert row["putusan"] == "digabung"
    assert row["catatan_putusan"] == "Dua OPD berbeda pendapat."
    assert row["sumber_dana_disepakati"] == "APBD"


def test_rows_left_empty_are_not_decided(kembali):
    assert kembali.rekomendasi["putusan"].isna().all()
    assert kembali.rancangan_kegiatan["putusan"].isna().all()


def test_the_file_is_recognised_and_raises_no_finding(kembali):
    assert "berita acara rapat.docx" not in set(kembali.mutu_data["berkas"].dropna())
