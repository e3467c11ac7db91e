"""A canary written anywhere (any column, heading, sheet, file name, text) is nowhere afterwards."""

from datetime import date, timedelta

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.bahan import table_fields
from reviu_lib.ingest.identity import clean_nik, collect_names, mask_text
from reviu_lib.ingest.parse import parse_number, parse_numbers

from .conftest import ANAK, JUDUL_EPPGBM
from .test_finding_kinds import CAKUPAN, KEGIATAN, REKAP, _ekspor

NIK = "1218000101209999"
ANAK_RAHASIA = {"NIK": NIK, "Nama": "CANARY ANAK UJI", "Nama Ortu": "KENARI IBU UJI"}
RAHASIA = [NIK, "canary anak uji", "kenari ibu uji", "081234567890", "1218-0001-0120-9999"]


def _seen(folder):
    """Return every cell and heading of every table as one lower-case text."""
    bahan = folder.read()
    frames = [getattr(bahan, field) for field in table_fields()]
    cells = [str(value) for frame in frames for value in frame.to_numpy(dtype=object).ravel()]
    heads = [str(name) for frame in frames for name in frame.columns]
    return "\n".join([*cells, *heads]).lower()


def _leaks(folder):
    seen = _seen(folder)
    return [secret for secret in RAHASIA if secret in seen]


@pytest.mark.parametrize("secret", [NIK, "CANARY ANAK UJI, HP 081234567890"])
def test_identity_in_any_column_of_an_export_does_not_survive(folder, secret):
    visits = [
        {**ANAK_RAHASIA, "Tanggal Pengukuran": f"{date(2021, 3, 1) + timedelta(number)}"}
        | {column: secret}
        for number, column in enumerate(JUDUL_EPPGBM)
    ]
    folder.text("a.csv", _ekspor(*visits))
    assert _leaks(folder) == []


@pytest.mark.parametrize("column", CAKUPAN.strip().split(";"))
def test_identity_in_any_column_of_coverage_does_not_survive(folder, column):
    good = ["12.18.02.2001", "", "", "I01", "tahunan", "1", "2"]
    cells = dict(zip(CAKUPAN.strip().split(";"), good, strict=True)) | {column: NIK}
    folder.text("a.csv", f"{CAKUPAN}{';'.join(cells.values())}\n")
    assert _leaks(folder) == []


@pytest.mark.parametrize("column", [*KEGIATAN.strip().split(";"), "target_output", "jenis"])
def test_identity_in_any_column_of_activities_does_not_survive(folder, column):
    cells = {"id_kegiatan": "K1", "sub_kegiatan": "Gizi", "opd": "Dinas", column: NIK}
    folder.text("a.csv", f"{';'.join(cells)}\n{';'.join(cells.values())}\n")
    assert _leaks(folder) == []


@pytest.mark.parametrize("value", [NIK, int(NIK), float(NIK), f"-{NIK}"])
def test_a_nik_in_a_number_column_is_no_number(value):
    read = parse_numbers(pd.Series([value, 5], dtype=object), "ribuan")
    assert read.nilai.dropna().tolist() == [5]


def test_fifteen_digits_are_still_a_number():
    assert parse_number("999.999.999.999.999", "ribuan") == (999_999_999_999_999, "")


@pytest.mark.parametrize("heading", [NIK, f"Anak {NIK}", "Ibu 0812-3456-7890", "081234567890"])
def test_identity_in_a_heading_does_not_survive(folder, heading):
    folder.text("a.csv", f"{REKAP.strip()};{heading}\n1;a;1;2;50;x\n")
    folder.text("b.csv", f"wilayah;{heading};2020\nBogor;5;6\n")
    seen = _seen(folder)
    assert [secret for secret in (NIK, "081234567890", "0812-3456-7890") if secret in seen] == []


def test_identity_in_names_of_sheets_and_files_does_not_survive(folder):
    book = openpyxl.Workbook()
    book.active.title = NIK
    book.active.append(["kode_desa", "tahun", "dasar"])
    book.active.append(["12.18.02.2001", 2021, "SK"])
    book.create_sheet("081234567890").append(["x", "y"])
    book.save(folder.path / f"anak {NIK}.xlsx")
    folder.text("hp 081234567890.csv", REKAP + "1;a;lima;2;50\n")
    assert _leaks(folder) == []
    assert len(folder.read().lokus) == 1


def test_names_of_an_export_in_names_of_files_and_sheets_do_not_survive(folder):
    folder.text("a.csv", _ekspor(ANAK_RAHASIA))
    folder.text("laporan canary anak uji.csv", REKAP + "1;a;lima;2;50\n")
    assert _leaks(folder) == []


def test_identity_in_titles_and_footnotes_does_not_survive(folder):
    text = f"Daftar anak {NIK};;;;\n{REKAP}1;a;1;2;50\nCatatan: hubungi 081234567890;;;;\n"
    folder.text("a.csv", text)
    assert _leaks(folder) == []


def test_names_of_an_export_are_masked_in_other_files_but_not_other_words(folder):
    folder.text("a.csv", _ekspor(ANAK_RAHASIA))
    folder.text("b.csv", f"{KEGIATAN}K1;Kunjungan Canary Anak Uji di Pantai Cermin;Dinas;I01\n")
    bahan = folder.read()
    assert bahan.kegiatan["sub_kegiatan"].tolist() == [
        "Kunjungan [nama disamarkan] di Pantai Cermin"
    ]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["", " ", "'", "’", "\u00a0", "\u200b", "-", "."]), max_size=15),
    st.sampled_from(["", "'", " ", "\u00a0", "\ufeff"]),
)
def test_marks_between_digits_never_make_another_nik(marks, edge):
    digits = "1218000101200001"
    marks = [mark for mark in marks if mark != "."] + [""] * 16
    written = edge + "".join(digit + mark for digit, mark in zip(digits, marks, strict=False))
    assert clean_nik(written) == digits


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="0123456789' .-\u00a0xE+", max_size=22))
def test_a_nik_is_sixteen_digits_or_none(written):
    nik = clean_nik(written)
    assert nik is None or (len(nik) == 16 and nik.isdigit() and len(set(nik)) > 1)


@pytest.mark.parametrize("value", [None, 0, 1.0, True, float("nan"), pd.NaT, b"1", "1" * 16])
def test_what_is_no_text_of_sixteen_digits_is_no_nik(value):
    assert clean_nik(value) is None


def test_collected_names_are_of_two_to_six_words_and_no_places():
    frame = pd.DataFrame(
        {
            "nama": ["Contoh", "CONTOH  Satu", "Pantai Cermin", "a b c d e f g", None],
            "nama_ortu": ["Ayah Contoh / Ibu Contoh", "Bapak Uji dan Ibu Uji", "", "-", None],
        },
        dtype="string",
    )
    assert collect_names(frame) == {
        "contoh satu", "ayah contoh", "ibu contoh", "bapak uji", "ibu uji",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("anak CONTOH SATU sakit", "anak [nama disamarkan] sakit"),
        ("contoh   satu, contoh satu", "[nama disamarkan], [nama disamarkan]"),
        ("contoh satu dua", "[nama disamarkan]"),
        ("contohsatu", "contohsatu"),
        ("contoh dan satu", "contoh dan satu"),
        ("a.n. Budi Uji sakit", "a.n. [nama disamarkan] sakit"),
        ("tgl lahir 17/03/2019", "tgl lahir [tanggal lahir disamarkan]"),
        ("Tanggal Lahir: 17 Maret 2019.", "Tanggal Lahir: [tanggal lahir disamarkan]."),
        ("lahir 3 anak pada 2021", "lahir 3 anak pada 2021"),
        ("", ""),
    ],
)
def test_names_and_birth_dates_are_masked_and_the_rest_stays(text, masked):
    assert mask_text(text, frozenset({"contoh satu", "contoh satu dua"})) == masked


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_masking_removes_the_name_wherever_it_stands_and_is_done_once(before, after):
    names = frozenset({"contoh satu"})
    masked = mask_text(f"{before} Contoh Satu {after}", names)
    assert "contoh satu" not in masked.lower()
    assert mask_text(masked, names) == masked


def test_a_nik_with_apostrophe_spaces_or_no_break_spaces_is_one_child(folder):
    spellings = [ANAK["NIK"], f"'{ANAK['NIK']}", "1218 0001 0120 0001", f"{ANAK['NIK']}\u00a0"]
    visits = [
        {"NIK": nik, "Tanggal Pengukuran": f"2021-08-{day:02d}"}
        for day, nik in enumerate(spellings, start=10)
    ]
    folder.text("a.csv", _ekspor(*visits))
    assert folder.read().pengukuran["id_anak"].nunique() == 1
