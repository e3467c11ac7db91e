"""Rows of several files become one table: united, told apart, and each traced to its line."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from .conftest import temuan
from .test_finding_kinds import ADOLINA, CAKUPAN, REKAP, _ekspor

DESA = ["12.18.02.2001", "12.18.02.2003", "12.18.01.2001"]
DIALEK = {
    "BOM": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "tab": lambda text: text.replace(";", "\t").encode(),
    "tanpa akhir baris": lambda text: text.rstrip().encode(),
    "kolom kosong di kanan": lambda text: text.replace("\n", ";;\n").encode(),
}
TABEL = f"{CAKUPAN}{DESA[0]};;;I01;tahunan;1.784;2.316\n;Sei Bamban;Sei Buluh;I02;Februari;-;0\n"


def _row(desa, pembilang, indikator="I01"):
    return f"{desa};;;{indikator};tahunan;{pembilang};10\n"


@pytest.mark.parametrize("dialek", DIALEK)
def test_every_dialect_gives_the_same_table_and_the_same_origins(folder, dialek):
    path = folder.text("a.csv", TABEL)
    expected = folder.read()
    path.write_bytes(DIALEK[dialek](TABEL))
    got = folder.read()
    assert_frame_equal(got.cakupan, expected.cakupan)
    assert_frame_equal(got.asal, expected.asal)
    assert got.cakupan["penyebut"].tolist() == [2316, 0]
    assert got.cakupan["pembilang"].isna().tolist() == [False, True]


def test_every_row_leads_back_to_the_line_that_holds_its_figure(folder):
    files = {"a.csv": [(DESA[0], 3)], "b.csv": [(DESA[1], 4), (DESA[2], 5)]}
    for name, lines in files.items():
        folder.text(name, "JUDUL;;;;;;\n\n" + CAKUPAN + "".join(_row(*line) for line in lines))
    bahan = folder.read()
    for origin in bahan.asal[bahan.asal["tabel"] == "cakupan"].itertuples():
        name = origin.berkas.rpartition("/")[2]
        line = (folder.path / name).read_text().splitlines()[origin.baris_berkas - 1]
        row = bahan.cakupan.iloc[origin.baris]
        assert line.startswith(f"{row['kode_desa']};")
        assert line.endswith(f";{row['pembilang']};10")


def test_origins_stay_right_when_rows_before_are_dropped(folder):
    wrong = "12.18.02.2999;;;I01;tahunan;1;2\n"
    folder.text("a.csv", CAKUPAN + wrong + _row(DESA[0], 3) + wrong + _row(DESA[1], 4))
    bahan = folder.read()
    assert bahan.cakupan["pembilang"].tolist() == [3, 4]
    assert bahan.asal["baris_berkas"].tolist() == [3, 5]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_same_file_several_times_counts_once(folder, count):
    for number in range(count):
        folder.text(f"{number}.csv", CAKUPAN + _row(DESA[0], 3) + _row(DESA[1], 4))
    bahan = folder.read()
    assert bahan.cakupan["pembilang"].sum() == 7
    again = bahan.temuan[bahan.temuan["kode"] == "D02"]
    assert again["jumlah"].sum() == 2 * (count - 1)


def test_of_several_clashes_only_the_clashing_keys_go(folder):
    folder.text("a.csv", CAKUPAN + _row(DESA[0], 3) + _row(DESA[1], 4) + _row(DESA[2], 5))
    folder.text("b.csv", CAKUPAN + _row(DESA[0], 9) + _row(DESA[1], 4))
    bahan = folder.read()
    assert sorted(bahan.cakupan["pembilang"]) == [4, 5]
    assert temuan(bahan, "D03")["jumlah"] == 2
    assert temuan(bahan, "D02")["jumlah"] == 1


def test_missing_and_zero_under_one_key_are_a_clash(folder):
    folder.text("a.csv", CAKUPAN + ADOLINA + "0;10\n" + ADOLINA + ";10\n")
    bahan = folder.read()
    assert temuan(bahan, "D03")["jumlah"] == 2
    assert bahan.cakupan.empty


def test_a_code_and_a_name_of_one_desa_are_the_same_key(folder):
    folder.text("a.csv", CAKUPAN + ADOLINA + "3;10\n;Perbaungan;Adolina;I01;tahunan;3;10\n")
    bahan = folder.read()
    assert bahan.cakupan["pembilang"].tolist() == [3]
    assert temuan(bahan, "D02")["jumlah"] == 1


def test_more_than_five_clashing_keys_are_counted(folder):
    lines = "".join(
        _row(DESA[0], 1, f"I{n:02d}") + _row(DESA[0], 2, f"I{n:02d}") for n in range(1, 8)
    )
    folder.text("a.csv", CAKUPAN + lines)
    found = temuan(folder.read(), "D03")
    assert found["jumlah"] == 14
    assert found["uraian"].endswith("dan 2 kunci lainnya.")


def test_a_visit_in_a_later_file_replaces_the_earlier_one(folder):
    folder.text("a.csv", _ekspor({"Tinggi": 70}))
    folder.text("b.csv", _ekspor({"Tinggi": 81}))
    bahan = folder.read()
    assert bahan.pengukuran["tinggi_cm"].tolist() == [81]
    assert bahan.asal["berkas"].tolist() == ["12.18/2021/b.csv"]


def test_the_order_of_files_is_by_name_not_by_time(folder):
    folder.text("b.csv", REKAP + "1;dua;1;2;50\n")
    folder.text("a.csv", REKAP + "1;satu;1;2;50\n")
    assert folder.read().rekap["indikator"].tolist() == ["satu", "dua"]


def test_hidden_and_lock_files_are_not_read(folder):
    folder.text(".a.csv", REKAP + "1;a;1;2;50\n")
    folder.text("~$a.xlsx", b"kunci Excel")
    bahan = folder.read()
    assert bahan.rekap.empty
    assert set(bahan.temuan["kode"]) == {"B10", "B11"}


PUTUSAN = "ID usulan;Usulan;Putusan;Catatan putusan\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("u1;Lanjut;selesai;\n", [["u1", "selesai", None]]),
        ("u1;Lanjut;;belum dibahas\n", [["u1", None, "belum dibahas"]]),
        ("u1;Lanjut; digabung ;Ya\nu2;Ubah;selesai;\n",
         [["u1", "digabung", "Ya"], ["u2", "selesai", None]]),
        ("u1;a;selesai;\nu1;a;selesai;\n", [["u1", "selesai", None]]),
        ("u1;a;selesai;\nu1;a;digabung;\n", []),
        (";a;selesai;\n", []),
    ],
)  # fmt: skip
def test_decisions_are_read_back_once_each(folder, lines, expected):
    folder.text("putusan.csv", PUTUSAN + lines)
    putusan = folder.read().putusan
    rows = putusan.astype(object).where(putusan.notna(), None)
    assert rows[["id_usulan", "putusan", "catatan_putusan"]].to_numpy().tolist() == expected


def test_an_identical_decision_in_two_annexes_is_one_decision(folder):
    for name in ("a.csv", "b.csv"):
        folder.text(name, PUTUSAN + "u1;Lanjut;selesai;Ya\n")
    bahan = folder.read()
    assert bahan.putusan["putusan"].tolist() == ["selesai"]
    assert temuan(bahan, "D02")["tabel"] == "putusan"


def test_every_row_of_every_table_has_one_origin_counted_by_plain_loops(folder):
    folder.text("a.csv", TABEL)
    folder.text("b.csv", REKAP + "1;a;1;2;50\n1;b;1;2;50\n")
    folder.text("c.csv", _ekspor({}, {"Tanggal Pengukuran": "2021-02-10"}))
    bahan = folder.read()
    for tabel in ("cakupan", "rekap", "pengukuran"):
        places = bahan.asal.loc[bahan.asal["tabel"] == tabel, "baris"]
        assert list(places) == list(range(len(getattr(bahan, tabel))))
    assert not pd.concat([bahan.asal]).duplicated(["tabel", "baris"]).any()
