"""Coverage per desa in a wide table: columns called by an indicator's code, name, or alias."""

import pytest

from reviu_lib.ingest.ledger import list_unaccounted

KEPALA = "Kecamatan;Desa;"


def _read(folder, text):
    folder.text("cakupan.csv", text)
    bahan = folder.read()
    assert list_unaccounted(bahan.neraca_baris).empty
    return bahan


def _rows(table, *columns):
    return [tuple(row) for row in table[list(columns)].itertuples(index=False)]


def test_counts_of_two_indicators_become_rows_of_cakupan(folder):
    head = KEPALA + "I01 Pembilang;I01 Penyebut;I05 Pembilang;I05 Penyebut\n"
    cakupan = _read(folder, head + "Perbaungan;Adolina;8;10;5;9\n").cakupan
    assert _rows(cakupan, "kode_desa", "kode_indikator", "pembilang", "penyebut") == [
        ("12.18.02.2001", "I01", 8, 10), ("12.18.02.2001", "I05", 5, 9),
    ]  # fmt: skip
    assert _rows(cakupan, "kecamatan", "desa", "periode")[0] == ("Perbaungan", "Adolina", "tahunan")


def test_an_alias_of_the_card_names_the_indicator(folder):
    head = KEPALA + "Ibu hamil K4 Pembilang;Ibu hamil K4 Penyebut\n"
    cakupan = _read(folder, head + "Perbaungan;Adolina;8;10\n").cakupan
    assert cakupan["kode_indikator"].tolist() == ["I05"]


def test_an_indicator_of_another_era_is_kept_without_code(folder):
    head = KEPALA + "E24 Pembilang;E24 Penyebut\n"
    bahan = _read(folder, head + "Perbaungan;Adolina;8;10\n")
    assert bahan.cakupan.empty
    assert bahan.capaian_terbit["pembilang"].tolist() == [8]


@pytest.mark.parametrize("judul", ["I01 (%);I05 (%)", "I01;I05"])
def test_percentages_alone_stay_published_figures(folder, judul):
    bahan = _read(folder, KEPALA + judul + "\nPerbaungan;Adolina;80,5;90,0\n")
    assert bahan.cakupan.empty
    assert _rows(bahan.capaian_terbit, "kode_indikator", "persen", "kode_wilayah") == [
        ("I01", 80.5, "12.18.02.2001"), ("I05", 90.0, "12.18.02.2001"),
    ]  # fmt: skip


def test_whole_numbers_up_to_a_hundred_are_a_question(folder):
    bahan = _read(folder, KEPALA + "I01;I05\nPerbaungan;Adolina;80;90\n")
    assert bahan.capaian_terbit.empty
    assert "K35" in set(bahan.temuan["kode"])


def test_the_title_answers_the_question(folder):
    text = "Persentase cakupan;;;\n" + KEPALA + "I01;I05\nPerbaungan;Adolina;80;90\n"
    assert _read(folder, text).capaian_terbit["persen"].tolist() == [80, 90]


def test_a_total_of_desa_is_the_kabupaten(folder):
    head = KEPALA + "I01 Pembilang;I01 Penyebut\n"
    text = head + "Perbaungan;Adolina;8;10\nSilinda;Silinda;1;2\nJumlah;;9;12\n"
    rows = _read(folder, text).cakupan
    assert rows["pembilang"].tolist() == [8, 1, 9]
    assert rows["kode_desa"].isna().tolist() == [False, False, True]


def test_an_unknown_desa_is_dropped_with_a_question(folder):
    head = KEPALA + "I01 Pembilang;I01 Penyebut\n"
    bahan = _read(folder, head + "Perbaungan;Adolna;8;10\nPerbaungan;Adolina;8;10\n")
    assert "W02" in set(bahan.temuan["kode"])
    assert len(bahan.cakupan) == 1
