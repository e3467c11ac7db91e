"""Dirt of the workbook falls where it is meant to, and nothing else changes."""

import io

import pandas as pd
import pytest

from reviu_lib.catalog import load_indikator
from reviu_lib.example.kotor_buku import NBSP, make_rekap_csv, plant_workbook
from reviu_lib.example.skenario import list_skenario, planted
from reviu_lib.formatting import PENANDA_CONTOH

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
LATEST = "73.12/2024"


@pytest.fixture(scope="session")
def dirty(tables):
    return {folder: plant_workbook(tables[folder], YEARS[folder]) for folder in YEARS}


def same(before, after):
    return bool(pd.isna(before) if pd.isna(after) else not pd.isna(before) and before == after)


def changed(clean, dirty, column):
    """Return the rows of a column that differ, missing equal to missing."""
    pairs = zip(clean[column], dirty[column], strict=False)
    return pd.Series([not same(*pair) for pair in pairs], clean.index)


@pytest.mark.parametrize("folder", YEARS)
@pytest.mark.parametrize("name", ["identitas", "prevalensi", "hambatan", "aksi", "lokus"])
def test_a_table_without_declared_dirt_stays_as_it_was(tables, dirty, folder, name):
    clean = tables[folder][name].astype(object)
    pd.testing.assert_frame_equal(dirty[folder][name], clean)


@pytest.mark.parametrize(
    ("name", "column", "kinds"),
    [
        ("anggaran", "pagu_rembuk_rp", ["RUPIAH_TEKS"]),
        ("anggaran", "pagu_murni_rp", ["TITIK_RIBUAN"]),
        ("anggaran", "realisasi_rp", ["REALISASI_DI_ATAS_PAGU"]),
        ("anggaran", "realisasi_tw4_rp", ["REALISASI_DI_ATAS_PAGU"]),
        ("kegiatan", "realisasi_output", ["OUTPUT_KOSONG"]),
        ("kegiatan", "kode_sub_kegiatan", ["KODE_VARIAN"]),
        ("jadwal", "realisasi_mulai", ["TANGGAL_TEKS"]),
        ("jadwal", "rencana_mulai", ["TRIWULAN"]),
        ("jadwal", "rencana_selesai", ["TRIWULAN"]),
    ],
)
@pytest.mark.parametrize("folder", YEARS)
def test_as_many_cells_change_as_declared(tables, dirty, folder, name, column, kinds):
    counts = planted(YEARS[folder], "buku_kerja")
    found = changed(tables[folder][name], dirty[folder][name], column)
    assert found.sum() == sum(counts.get(kind, 0) for kind in kinds)


@pytest.mark.parametrize("folder", YEARS)
@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("kegiatan", "target_output"),
        ("kegiatan", "id_kegiatan"),
        ("jadwal", "realisasi_selesai"),
        ("anggaran", "pagu_perubahan_rp"),
        ("anggaran", "langsung_sasaran_rp"),
    ],
)
def test_a_column_without_declared_dirt_stays_clean(tables, dirty, folder, name, column):
    assert not changed(tables[folder][name], dirty[folder][name], column).any()


@pytest.mark.parametrize("folder", YEARS)
def test_no_row_of_coverage_gets_two_kinds_of_dirt(tables, dirty, folder):
    clean = tables[folder]["cakupan"]
    frame = dirty[folder]["cakupan"].iloc[:-1]
    clean = clean[clean["kode_desa"].isin(frame["kode_desa"])].reset_index(drop=True)
    columns = ["pembilang", "penyebut", "desa"]
    touched = sum(changed(clean, frame, column).astype(int) for column in columns)
    assert touched.max() == 1
    kinds = ("PEMBILANG_LEBIH", "DIV0", "STRIP", "TITIK_RIBUAN_CAKUPAN", "SPASI_NBSP_CAKUPAN")
    assert touched.sum() == sum(planted(YEARS[folder], "buku_kerja")[kind] for kind in kinds)


@pytest.mark.parametrize("folder", YEARS)
def test_rupiah_as_text_holds_the_same_amount(tables, dirty, folder):
    clean, frame = tables[folder]["anggaran"], dirty[folder]["anggaran"]
    rows = changed(clean, frame, "pagu_rembuk_rp")
    texts = frame["pagu_rembuk_rp"].iloc[: len(clean)][rows]
    amounts = [int(text.removeprefix("Rp. ").removesuffix(",-").replace(".", "")) for text in texts]
    assert amounts == clean.loc[rows, "pagu_rembuk_rp"].tolist()


@pytest.mark.parametrize("folder", YEARS)
def test_thousands_with_dots_hold_the_same_number(tables, dirty, folder):
    clean, frame = tables[folder]["anggaran"], dirty[folder]["anggaran"]
    rows = changed(clean, frame, "pagu_murni_rp")
    numbers = [
        int(text.replace(".", "")) for text in frame["pagu_murni_rp"].iloc[: len(clean)][rows]
    ]
    assert numbers == clean.loc[rows, "pagu_murni_rp"].tolist()


@pytest.mark.parametrize("folder", YEARS)
def test_a_date_in_words_is_the_same_day(tables, dirty, folder):
    months = (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    )
    clean, frame = tables[folder]["jadwal"], dirty[folder]["jadwal"]
    rows = changed(clean, frame, "realisasi_mulai")
    for text, day in zip(
        frame.loc[rows, "realisasi_mulai"], clean.loc[rows, "realisasi_mulai"], strict=True
    ):
        number, month, year = text.split()
        assert (int(year), months.split().index(month) + 1, int(number)) == (
            *(day.year, day.month, day.day),
        )


@pytest.mark.parametrize("folder", YEARS)
def test_triwulan_two_replaces_april_to_june_only(tables, dirty, folder):
    clean, frame = tables[folder]["jadwal"], dirty[folder]["jadwal"]
    rows = clean[frame["rencana_mulai"].eq("Triwulan II")]
    assert set(rows["rencana_mulai"].dt.strftime("%m-%d")) == {"04-01"}
    assert set(rows["rencana_selesai"].dt.strftime("%m-%d")) == {"06-30"}


@pytest.mark.parametrize("folder", YEARS)
def test_spending_without_a_budget_is_one_row_more_that_adds_up(tables, dirty, folder):
    frame = dirty[folder]["anggaran"]
    (row,) = frame.iloc[len(tables[folder]["anggaran"]) :].to_dict("records")
    assert pd.isna([row[name] for name in ("pagu_rembuk_rp", "pagu_murni_rp")]).all()
    assert row["realisasi_rp"] == sum(row[f"realisasi_tw{part}_rp"] for part in range(1, 5))
    assert row["id_kegiatan"] in set(tables[folder]["kegiatan"]["id_kegiatan"])


@pytest.mark.parametrize("folder", YEARS)
def test_an_output_is_blanked_only_where_no_story_rests_on_it(tables, dirty, folder):
    clean = tables[folder]["kegiatan"]
    rows = changed(clean, dirty[folder]["kegiatan"], "realisasi_output")
    blank = clean[rows]
    assert blank["lokasi_rencana"].ne("Seluruh kecamatan").all()
    assert blank["alasan"].isna().all()
    assert not blank["wajib"].any()


@pytest.mark.parametrize("folder", YEARS)
def test_a_village_left_out_is_the_smallest_and_all_its_rows_are_gone(tables, dirty, folder):
    clean = tables[folder]["cakupan"]
    sizes = {kode: sum(rows["penyebut"]) for kode, rows in clean.groupby("kode_desa")}
    gone = set(sizes) - set(dirty[folder]["cakupan"]["kode_desa"])
    assert gone == {min(sizes, key=sizes.get)}


@pytest.mark.parametrize("folder", YEARS)
def test_the_total_row_comes_last_and_sums_what_is_a_number(dirty, folder):
    frame = dirty[folder]["cakupan"]
    body, total = frame.iloc[:-1], frame.iloc[-1]
    assert total["kode_desa"] == "JUMLAH"
    assert not body["kode_desa"].eq("JUMLAH").any()
    for name in ("pembilang", "penyebut"):
        texts = [str(value).replace(".", "") for value in body[name]]
        assert total[name] == sum(int(text) for text in texts if text.isdigit())


@pytest.mark.parametrize("folder", YEARS)
def test_spaces_stand_behind_a_name_and_are_of_both_kinds(tables, dirty, folder):
    names = dirty[folder]["cakupan"]["desa"].dropna()
    tails = {name[-1] for name in names if name != name.strip()}
    assert tails == {" ", NBSP}
    assert {name.strip() for name in names} <= set(tables[folder]["cakupan"]["desa"])


def test_planting_leaves_the_clean_tables_alone_and_is_the_same_again(tables, dirty):
    before = {name: frame.copy() for name, frame in tables[LATEST].items()}
    again = plant_workbook(tables[LATEST], YEARS[LATEST])
    for name, frame in before.items():
        pd.testing.assert_frame_equal(tables[LATEST][name], frame)
        pd.testing.assert_frame_equal(again[name], dirty[LATEST][name])


@pytest.fixture(scope="session")
def recap(tables):
    content = make_rekap_csv(tables[LATEST]["cakupan"], YEARS[LATEST]).decode("utf-8-sig")
    head, _, body = content.partition("\r\n")
    return head, pd.read_csv(io.StringIO(body), sep=";", dtype=str, keep_default_na=False)


def number(text):
    return float(text.replace(".", "").replace(",", "."))


def test_the_recap_begins_with_a_byte_order_mark_and_the_marker(tables, recap):
    content = make_rekap_csv(tables[LATEST]["cakupan"], YEARS[LATEST])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert recap[0] == f"{PENANDA_CONTOH};;;;;"


def test_the_recap_has_the_six_columns_and_numbers_its_lines(recap):
    frame = recap[1]
    assert list(frame.columns) == [
        *("no", "indikator", "pembilang", "penyebut", "capaian", "satuan")
    ]
    assert frame["no"].tolist() == [str(line) for line in range(1, len(frame) + 1)]


def test_the_recap_sums_the_villages_of_every_yearly_indicator(tables, recap):
    rows = tables[LATEST]["cakupan"].query("periode == 'tahunan'")
    lines = recap[1].set_index("indikator")
    for kode, card in load_indikator("r2").items():
        own = rows[rows["kode_indikator"] == kode]
        assert (card.nama in lines.index) == (len(own) > 0)
        if len(own):
            assert number(lines.loc[card.nama, "pembilang"]) == sum(own["pembilang"])
        if len(own) and kode != "E18":
            assert number(lines.loc[card.nama, "penyebut"]) == sum(own["penyebut"])


def test_the_recap_prints_every_percentage_right_but_the_decimal_slip(recap):
    slipped = load_indikator("r2")["E02"].nama
    for row in recap[1].query("satuan == 'persen' and capaian != '#DIV/0!'").itertuples():
        right = number(row.pembilang) / number(row.penyebut) * 100
        shown = right / 10 if row.indikator == slipped else right
        assert number(row.capaian) == pytest.approx(shown, abs=0.005001)


def test_the_recap_prints_one_indicator_over_the_population_of_another(tables, recap):
    cards, lines = load_indikator("r2"), recap[1].set_index("indikator")
    wrong, other = (lines.loc[cards[kode].nama, "penyebut"] for kode in ("E18", "E17"))
    assert wrong == other
    own = tables[LATEST]["cakupan"].query("kode_indikator == 'E18'")["penyebut"]
    assert number(wrong) != sum(own)


def test_three_lines_of_the_recap_belong_to_no_indicator_of_the_catalogue(recap):
    names = {card.nama for card in load_indikator("r2").values()}
    others = recap[1][~recap[1]["indikator"].isin(names)]
    assert others["satuan"].tolist() == ["per 1.000 KH", "persen", "persen"]
    assert others["capaian"].tolist()[0::2] == ["3,99", "#DIV/0!"]
