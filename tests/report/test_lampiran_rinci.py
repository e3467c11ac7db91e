"""The annex as Excel opens it: every sheet, cell, list, and note, and what comes back from it."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from hasil_kecil import cakupan, kegiatan, make_hasil, prevalensi, usulan
from openpyxl.utils.escape import unescape

from reviu_lib.bahan import PENANDA_CONTOH, table_fields
from reviu_lib.catalog import tabel_hasil, tabel_masukan
from reviu_lib.errors import BerkasError
from reviu_lib.formatting import is_missing
from reviu_lib.hasil import table_names
from reviu_lib.ingest import build_bahan
from reviu_lib.report import write_lampiran
from reviu_lib.report.lampiran import DAFTAR, USULAN, decision_words

BERBAHAYA = ("=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://contoh.invalid", "mailto:x@y",
             "<script>x</script>", "$x$", "_x0041_", "'kutip", "00123", "1e5", "TRUE",
             "baris\nbaru", "Ñandú ≥ 5 – “x”", "\u0007bel")  # fmt: skip
TINDAK_LANJUT = pd.DataFrame(
    {"baris": ["TL1"], "id": ["TL1"], "rekomendasi": ["Latih kader."], "status": ["selesai"]}
)


def write(path, **ganti):
    """Return the annex of the small result, opened; `ganti` replaces fields."""
    write_lampiran(make_hasil(**ganti), path / "putusan.xlsx")
    return openpyxl.load_workbook(path / "putusan.xlsx")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return write(tmp_path_factory.mktemp("lampiran"), tindak_lanjut=TINDAK_LANJUT)


def table(sheet, first: str) -> list[dict]:
    """Return the rows below the header that begins with `first`, by heading."""
    lines = list(sheet.iter_rows(values_only=True))
    start = next(place for place, line in enumerate(lines) if line[0] == first)
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def test_every_result_table_with_rows_has_its_sheet_under_its_own_name(book):
    hasil = make_hasil(tindak_lanjut=TINDAK_LANJUT)
    others = [n for n in table_names() if n not in USULAN and len(getattr(hasil, n))]
    assert book.sheetnames == [DAFTAR, *USULAN, *others]


@pytest.mark.parametrize("nama", ["capaian_cakupan", "realisasi_anggaran", "mutu_data"])
def test_every_cell_of_a_result_sheet_is_that_of_the_result(book, nama):
    frame, declared = getattr(make_hasil(), nama), tabel_hasil()[nama]
    told = table(book[nama], declared.kolom[1].judul)
    assert len(told) == len(frame)
    for kolom in declared.kolom[1:]:
        for row, value in zip(told, frame[kolom.nama], strict=True):
            shown = row[kolom.judul]
            assert (shown is None) if is_missing(value) else shown == pytest.approx(value)


def test_the_key_of_a_row_is_hidden_but_that_of_a_summary_number_is_shown(book):
    heads = [cell.value for cell in book["realisasi_anggaran"][4]]
    assert "Baris" not in heads
    keys = [row["Kunci"] for row in table(book["ringkasan"], "Kunci")]
    assert keys == list(make_hasil().ringkasan["baris"])


def test_a_proposal_sheet_shows_each_column_once(book):
    for nama in USULAN:
        shown = list(table(book[nama], "id_usulan")[0])
        assert len(shown) == len(set(shown))
        known = set(tabel_hasil()[nama].nama_kolom) - {"baris"}
        titles = {kolom.judul_lembar for kolom in tabel_hasil()[nama].kolom}
        assert len(shown) == len(known)
        assert set(shown) <= titles


@pytest.mark.parametrize("nama", USULAN)
def test_the_list_of_decisions_covers_every_proposal_and_nothing_above(book, nama):
    sheet = book[nama]
    head = next(c for row in sheet.iter_rows() for c in row if c.value == "putusan")
    words = f'"{",".join(decision_words(nama))}"'
    (rule,) = [r for r in sheet.data_validations.dataValidation if r.formula1 == words
               and head.column_letter in str(r.sqref)]  # fmt: skip
    count = len(table(sheet, "id_usulan"))
    letter, top, last = head.column_letter, head.row + 1, head.row + count
    assert str(rule.sqref) == (f"{letter}{top}:{letter}{last}" if count > 1 else f"{letter}{top}")


@pytest.mark.parametrize("nama", USULAN)
def test_a_list_of_decisions_is_short_enough_for_excel_and_has_no_comma_inside(nama):
    words = decision_words(nama)
    assert len(",".join(words)) <= 255
    assert not [word for word in words if "," in word]
    assert len(words) == len(set(words)) > 1


def test_headings_stay_in_view_and_say_what_they_mean(book):
    for sheet in book:
        head = int(sheet.freeze_panes[1:]) - 1
        assert sheet.cell(head, 1).value is not None
        assert sheet.title == DAFTAR or sheet.cell(head, 1).comment is not None
        assert sheet.auto_filter.ref.startswith(f"A{head}:")


def test_text_of_any_kind_is_the_same_text_in_the_annex(tmp_path):
    rows = pd.concat([usulan().head(1)] * len(BERBAHAYA), ignore_index=True)
    keys = [f"UK-{place:02}" for place in range(len(rows))]
    rows = rows.assign(baris=keys, id_usulan=keys, opd=BERBAHAYA)
    sheet = write(tmp_path, usulan_kegiatan=rows)["usulan_kegiatan"]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "opd")
    cells = [sheet.cell(head.row + n, head.column) for n in range(1, len(BERBAHAYA) + 1)]
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}
    for text, cell in zip(BERBAHAYA, cells, strict=True):
        assert text in {cell.value, unescape(cell.value)}


def test_codes_stay_text_and_zero_is_no_empty_cell(tmp_path):
    rows = cakupan().assign(pembilang=0, capaian_persen=0.0)
    first = table(write(tmp_path, capaian_cakupan=rows)["capaian_cakupan"], "Kode")[0]
    assert (first["Kode"], first["Kode wilayah"]) == ("E10", "73.12")
    assert (first["Pembilang"], first["Capaian (%)"]) == (0, 0)
    assert first["Skor terhadap target (%)"] is None


def test_a_day_is_a_day_and_yes_is_a_word(tmp_path):
    days = prevalensi().assign(tanggal_terbit=pd.Timestamp(2024, 2, 29))
    book = write(tmp_path, perkembangan_prevalensi=days, realisasi_kegiatan=kegiatan())
    survey = tabel_hasil()["perkembangan_prevalensi"]
    first = table(book["perkembangan_prevalensi"], survey.kolom[1].judul)[0]
    assert first[survey["tanggal_terbit"].judul] == datetime(2024, 2, 29)
    agreed = tabel_hasil()["realisasi_kegiatan"]["disepakati_rembuk"].judul
    told = [row[agreed] for row in table(book["realisasi_kegiatan"], "ID")]
    assert told == ["ya", "ya", "tidak"]


@pytest.mark.parametrize("contoh", [True, False])
def test_only_example_data_carry_the_mark_and_every_sheet_its_title(tmp_path, contoh):
    for sheet in list(write(tmp_path, contoh=contoh))[1:]:
        above = [sheet.cell(row, 1).value for row in range(1, 4)]
        assert (above[0] == PENANDA_CONTOH) is contoh
        assert tabel_hasil()[sheet.title].judul in above


def test_only_the_sheets_to_be_filled_say_how(book):
    for sheet in book:
        words = " ".join(str(sheet.cell(row, 1).value) for row in range(1, 5))
        assert ("Jangan mengubah id_usulan" in words) is (sheet.title in USULAN)


def test_long_names_are_kept_and_a_novel_is_cut_where_excel_ends(tmp_path):
    rows = usulan().assign(alasan=["a" * 300, "b" * 32_767, "c" * 40_000])
    told = table(write(tmp_path, usulan_kegiatan=rows)["usulan_kegiatan"], "id_usulan")
    assert [len(row["alasan"]) for row in told] == [300, 32_767, 32_767]


def test_an_annex_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path):
    (tmp_path / "putusan.xlsx").mkdir()
    with pytest.raises(BerkasError, match="tidak dapat ditulis") as caught:
        write_lampiran(make_hasil(), tmp_path / "putusan.xlsx")
    assert "Tutup berkas itu" in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["putusan.xlsx"]


def _decide(folder, book, **words):
    """Fill the first decision of each named sheet, save, and return what the input then holds."""
    for nama, word in words.items():
        sheet = book[nama]
        heads = {c.value: c for row in sheet.iter_rows() for c in row}
        for name, text in (("putusan", word), ("catatan_putusan", "Catatan rapat")):
            sheet.cell(heads[name].row + 1, heads[name].column).value = text
    book.save(folder / "putusan.xlsx")
    return build_bahan(folder, kode_kabupaten="73.12", tahun=2024, kunci=b"k" * 32)


def test_sheets_named_like_an_input_are_not_read_back_the_decisions_alone_are(tmp_path):
    book = write(tmp_path, tindak_lanjut=TINDAK_LANJUT)
    inputs = {tabel.lembar for tabel in tabel_masukan().values()} & set(book.sheetnames)
    assert inputs == {"tindak_lanjut"}
    bahan = _decide(tmp_path, book, usulan_kegiatan="digabung")
    assert list(bahan.putusan["putusan"]) == ["digabung"]
    assert list(bahan.putusan["catatan_putusan"]) == ["Catatan rapat"]
    sheets = [name for name, tabel in table_fields().items() if tabel_masukan()[tabel].lembar]
    assert [name for name in sheets if len(getattr(bahan, name))] == []


def test_an_annex_nobody_has_filled_yet_decides_nothing(tmp_path):
    bahan = _decide(tmp_path, write(tmp_path, tindak_lanjut=TINDAK_LANJUT))
    assert bahan.putusan.empty
    assert bahan.tindak_lanjut_lalu.empty


def test_every_word_a_list_offers_is_accepted_when_it_comes_back(tmp_path):
    words = decision_words("usulan_kegiatan")
    keys = [f"UK-{place}" for place in range(len(words))]
    rows = pd.DataFrame({"baris": keys, "id_usulan": keys, "putusan": words})
    bahan = _decide(tmp_path, write(tmp_path, usulan_kegiatan=rows))
    assert list(bahan.putusan["putusan"]) == list(words)
    assert not bahan.temuan["tingkat"].eq("galat").any()


def test_the_annex_says_which_year_and_edition_it_belongs_to(tmp_path):
    sheet = write(tmp_path, tahun=2021, edisi="final")["rekomendasi"]
    above = [str(sheet.cell(row, 1).value) for row in range(1, 5)]
    assert any("tahun 2021, edisi final; batas data 30 November 2024" in line for line in above)
