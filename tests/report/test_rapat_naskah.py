"""Documents of the meeting kit: roles, agenda, blank lines, and decisions to read back."""

import io
from datetime import date

import docx
import pandas as pd
import pytest
from hasil_kecil import make_hasil, make_kosong

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.catalog import load_rapat
from reviu_lib.errors import DefinisiError
from reviu_lib.formatting import format_value
from reviu_lib.report.angka import resolve_asal
from reviu_lib.report.dokumen.blok import Tabel, list_kata, plain_text
from reviu_lib.report.dokumen.word import write_docx
from reviu_lib.report.rapat import list_naskah, susun_paparan
from reviu_lib.report.rapat.kata import Pengisi, choose
from reviu_lib.settings import IsianRapat, IsianSesi

KOSONG = IsianRapat(kode="73.12", tahun=2024)
TERISI = IsianRapat(
    kode="73.12", tahun=2024, penyelenggara="Dinas P3AP2KB", pimpinan="Wakil Bupati",
    tempat="Aula Kantor Gabungan Dinas", tanggal=date(2024, 12, 10), pukul="08.45",
    penanda_tangan=["Ketua TPPS"], persiapan=IsianSesi(tempat="Ruang rapat Bappeda"),
)  # fmt: skip
NIK = "7312014501900001"


def words(dokumen) -> str:
    """Return everything a document says, tables included."""
    parts = [plain_text(tuple(list_kata(blok))) for blok in dokumen.blok]
    for blok in dokumen.blok:
        parts.append(getattr(blok, "teks", ""))
        if isinstance(blok, Tabel):
            parts.extend(sel.teks for baris in blok.baris for sel in baris.sel)
    return "\n".join(parts)


def table_rows(dokumen) -> list[list[str]]:
    opened = docx.Document(io.BytesIO(write_docx(dokumen)))
    return [[cell.text for cell in row.cells] for table in opened.tables for row in table.rows]


def test_the_kit_has_the_seven_documents():
    assert list(list_naskah(make_hasil(), KOSONG)) == [
        "kerangka-acuan", "undangan", "susunan-acara", "daftar-hadir", "notulen", "berita-acara",
        "daftar-bukti",
    ]  # fmt: skip


def test_what_the_office_did_not_enter_is_a_line_to_fill_in():
    text = words(list_naskah(make_hasil(), KOSONG)["berita-acara"])
    blank = load_rapat().kosong
    assert f"Pada hari ini, {blank}, bertempat di {blank}" in text


def test_what_the_office_entered_stands_in_every_document_that_asks_for_it():
    text = words(list_naskah(make_hasil(), TERISI)["berita-acara"])
    assert "Pada hari ini, Selasa, 10 Desember 2024, bertempat di Aula Kantor Gabungan" in text
    assert "Dinas P3AP2KB" in words(list_naskah(make_hasil(), TERISI)["undangan"])
    assert "Ruang rapat Bappeda" in words(list_naskah(make_hasil(), TERISI)["daftar-hadir"])


def test_hours_follow_the_beginning_and_are_blank_without_it():
    text = words(list_naskah(make_hasil(), TERISI)["susunan-acara"])
    assert "08.45–09.15\n30 menit\nPendaftaran peserta" in text
    assert "09.15–09.25\n10 menit\nPembukaan" in text
    assert "…………\n30 menit\nPendaftaran" in words(
        list_naskah(make_hasil(), KOSONG)["susunan-acara"]
    )


def test_the_roles_of_both_articles_are_on_the_attendance_list():
    text = words(list_naskah(make_hasil(), KOSONG)["daftar-hadir"])
    for role in ("TPPS", "perwakilan Dinas Kesehatan", "Camat Marioriwawo", "Tenaga Ahli",
                 "Asisten Pemerintahan Umum", "Staf Ahli"):  # fmt: skip
        assert role in text


def test_focus_desa_are_invited_by_the_title_of_their_head():
    frame = make_hasil().usulan_lokus.assign(
        kode_desa=["73.12.01.1001", "73.12.02.2003"], lokus_tahun_ini=[True, True]
    )
    text = words(list_naskah(make_hasil(usulan_lokus=frame), KOSONG)["undangan"])
    assert "Lurah Gattareng (Marioriwawo)" in text
    assert "Kepala Desa Jampu (Liliriaja)" in text


@pytest.mark.parametrize(("tahun", "ada"), [(2021, "tim koordinasi"), (2024, "(TPPS)")])
def test_the_team_has_the_name_of_its_years(tahun, ada):
    text = words(list_naskah(make_hasil(tahun=tahun), KOSONG)["daftar-hadir"])
    assert [name for name in ("tim koordinasi", "(TPPS)") if name in text] == [ada]


@pytest.mark.parametrize(("tahun", "judul"), [(2024, "Aksi 8"), (2025, "Penilaian Hasil")])
def test_titles_are_those_of_the_era(tahun, judul):
    for naskah in list_naskah(make_hasil(tahun=tahun), KOSONG).values():
        assert judul in naskah.judul or "Bukti" in naskah.judul
    assert tahun == 2024 or "Aksi 8" not in words(
        list_naskah(make_hasil(tahun=tahun), KOSONG)["kerangka-acuan"]
    )


def test_the_decision_table_can_be_read_back_by_its_headings():
    judul = load_rapat().putusan
    rows = table_rows(list_naskah(make_hasil(), KOSONG)["berita-acara"])
    heads = [place for place, row in enumerate(rows) if row[0] == judul.id_usulan]
    assert [rows[place] for place in heads] == [list(judul.model_dump().values())] * 3
    assert [row[0] for row in rows if row[0].startswith(("R-", "UK-", "RR-"))] == [
        "R-1", "R-2", "UK-K001", "UK-K002", "UK-K003", "RR-K001", "RR-E12",
    ]  # fmt: skip


def test_a_decision_that_was_taken_already_stands_in_its_row():
    rekomendasi = make_hasil().rekomendasi.assign(
        putusan=["ditindaklanjuti", None], catatan_putusan=[f"Hubungi {NIK}", None]
    )
    rows = table_rows(list_naskah(make_hasil(rekomendasi=rekomendasi), KOSONG)["berita-acara"])
    found = {row[0]: (row[2], row[6]) for row in rows if row[0].startswith("R-")}
    assert found == {"R-1": ("ditindaklanjuti", "Hubungi [NIK disamarkan]"), "R-2": ("", "")}


def test_only_desa_whose_place_on_the_list_is_proposed_are_decided_on():
    frame = make_hasil().usulan_lokus.assign(perubahan_lokus=["baru", "bukan lokus"])
    rows = table_rows(list_naskah(make_hasil(usulan_lokus=frame), KOSONG)["berita-acara"])
    assert [row[0] for row in rows if row[0].startswith("UL-")] == ["UL-1"]


def test_the_checklist_asks_for_each_expected_proof():
    aksi = pd.DataFrame({
        "baris": ["aksi-1"], "aksi": ["1"], "nama": ["Analisis Situasi"],
        "bukti_diharapkan": ["Dokumen analisis"], "status": ["selesai"],
    })  # fmt: skip
    rows = table_rows(list_naskah(make_hasil(penilaian_aksi=aksi), KOSONG)["daftar-bukti"])
    assert rows[1] == ["1", "Analisis Situasi", "Dokumen analisis", "–", "selesai", "☐", ""]


def test_every_number_of_the_kit_is_that_of_its_address():
    hasil = make_hasil()
    numbers = [kata for naskah in list_naskah(hasil, KOSONG).values() for kata in naskah.kata]
    marked = [kata for kata in numbers if kata.asal]
    assert marked
    for kata in marked:
        assert kata.teks == format_value(resolve_asal(hasil, kata.asal), kata.format)


def test_a_sentence_whose_number_is_missing_is_left_out():
    text = words(list_naskah(make_kosong(), KOSONG)["kerangka-acuan"])
    assert "Bahan yang tersedia" not in text
    assert "None" not in text


def test_example_data_say_so_on_every_document():
    for naskah in list_naskah(make_hasil(), KOSONG).values():
        assert PENANDA_CONTOH in words(naskah)
    assert PENANDA_CONTOH not in words(list_naskah(make_kosong(), KOSONG)["undangan"])


def test_an_identity_entered_by_the_office_is_masked():
    isian = IsianRapat(kode="73.12", tahun=2024, pimpinan=f"Camat {NIK}")
    assert NIK not in words(list_naskah(make_hasil(), isian)["berita-acara"])


@pytest.mark.parametrize("nama", ["tempat_parkir", "putusn"])
def test_a_name_that_a_declaration_mistypes_is_told_with_those_there_are(nama):
    with pytest.raises(DefinisiError, match=rf"'{nama}' pada rapat.toml.*putusan"):
        choose({"putusan": 1, "bukti": 2}, nama)


def test_an_address_that_names_nothing_is_refused():
    pengisi = Pengisi(make_hasil(), KOSONG)
    for asal in ("rekomendasi/R-9/nomor", "rekomendasi/R-1/nomer", "rekomen/R-1/nomor"):
        with pytest.raises(DefinisiError):
            pengisi.isi(f"Nomor {{{asal}}}")


def test_every_part_chart_and_table_that_is_declared_can_be_made():
    hasil = make_hasil()
    assert list_naskah(hasil, KOSONG)
    assert susun_paparan(hasil, KOSONG).slaid
