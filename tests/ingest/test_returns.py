"""Worksheets that come back: each rule of how an answer enters, and the finding that tells it."""

import string
from datetime import date

import pandas as pd
import pytest
from lembar_kecil import DESA, KODE, KUNCI, fill_row, find_head, make_tables

from reviu_lib.bahan import table_fields
from reviu_lib.catalog import load_lembar, load_temuan
from reviu_lib.catalog.lembar import canonical, sign_rows
from reviu_lib.ingest import read_berkas
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.report.lembar.unit import slugs

KES, PUPR = "dinas-kesehatan", "dinas-pupr"
# Two OPD whose names are one slug: kegiatan → code of its OPD.
OPD = dict(zip(("K4", "K5"), slugs(["Dinas P3A & KB", "Dinas P3A-KB"]), strict=True))
P3A_KEGIATAN, LAIN_KEGIATAN = "K4", "K5"
P3A, P3A_LAIN = OPD[P3A_KEGIATAN], OPD[LAIN_KEGIATAN]
SEPI = DESA.iloc[0]["kode_desa"]  # a desa that has not reported
FISIK, UANG = "Realisasi fisik (diisi)", "Realisasi anggaran (diisi, Rp)"
NIK = "7372010101209999"
RAHASIA = f"hubungi 0812-3456-7890, NIK {NIK}"


def kinds(bahan):
    """Return the kinds of findings about worksheets."""
    return {kode for kode in bahan.temuan["kode"] if kode.startswith("L")}


def told(bahan, kode):
    """Return the one finding of a kind."""
    found = bahan.temuan[bahan.temuan["kode"] == kode]
    assert len(found) == 1, bahan.temuan[["kode", "uraian"]].to_dict("records")
    return found.iloc[0]


def value(bahan, tabel, kolom, kunci="K1"):
    """Return one cell of a table by the id of its kegiatan."""
    rows = getattr(bahan, tabel)
    return rows.loc[rows["id_kegiatan"] == kunci, kolom].iloc[0]


def state(bahan, kolom, kunci="K1"):
    """Return what became of each answer to a cell."""
    rows = bahan.isian_lembar
    own = rows[(rows["kolom"] == kolom) & (rows["kunci"] == kunci)]
    return sorted(own["keadaan"])


@pytest.fixture(scope="module")
def lancar(kota_terkirim, tmp_path_factory):
    """Answers of an OPD and two kecamatan that contradict nobody."""
    kota = kota_terkirim.copy(tmp_path_factory.mktemp("lancar"))
    kota.answer(
        KES,
        kegiatan={
            "K1": {FISIK: 180, UANG: 90_000_000, "Tanggal mulai (diisi)": date(2024, 3, 1)},
            "K2": {FISIK: 35, UANG: 50_000_000},
        },
        rekomendasi={"R01-2023": {"Status (dipilih)": "selesai", "Bukti (diisi)": "BA 12"}},
    )
    row = {"Menerima layanan (diisi)": 7, "Sasaran (diisi)": 9}
    kendala = {"E01": {"Kendala (diisi)": "Sasaran pindah"}}
    kota.answer("73.72.01", desa={SEPI: row}, cakupan=kendala)
    kota.answer("73.72.02", cakupan={"E01": {"Kendala (diisi)": "Kader kurang"}})
    return kota.read()


def test_an_answer_fills_what_the_workbook_leaves_blank_and_its_file_is_named(lancar):
    assert value(lancar, "kegiatan", "realisasi_output") == 180
    assert value(lancar, "anggaran", "realisasi_rp") == 90_000_000
    assert kinds(lancar) == {"L01", "L05", "L10"}
    origin = lancar.asal[(lancar.asal["tabel"] == "anggaran") & (lancar.asal["baris"] == 0)]
    files = [path.split("/")[-1] for path in sorted(origin["berkas"])]
    assert files == [f"WA {KES} kembali.xlsx", "buku.xlsx"]


def test_dates_fill_the_only_window_and_a_recommendation_its_state_and_proof(lancar):
    assert value(lancar, "jadwal", "realisasi_mulai") == pd.Timestamp(2024, 3, 1)
    assert lancar.tindak_lanjut_lalu.iloc[0][["status", "bukti"]].tolist() == ["selesai", "BA 12"]


def test_what_is_recorded_stands_and_the_other_figure_is_told_with_its_cell(lancar):
    assert value(lancar, "kegiatan", "realisasi_output", "K2") == 30
    finding = told(lancar, "L05")
    assert (finding["lembar"], finding["sel"]) == ("Isian kegiatan", "O6")
    assert "K2 35 (tercatat 30)" in finding["uraian"]


def test_an_answer_equal_to_what_is_recorded_is_no_finding(lancar):
    assert state(lancar, "isi_rp", "K2") == ["sama"]


def test_a_silent_desa_is_filled_by_its_kecamatan(lancar):
    own = lancar.cakupan[lancar.cakupan["kode_desa"] == SEPI].iloc[0]
    assert (own["kode_indikator"], own["pembilang"], own["penyebut"]) == ("E01", 7, 9)
    assert own["desa"] == DESA.iloc[0]["desa"]


def test_each_place_has_its_own_kendala_on_one_indicator(lancar):
    assert sorted(lancar.hambatan["uraian"]) == ["Kader kurang", "Sasaran pindah"]
    assert set(lancar.hambatan["kode_indikator"]) == {"E01"}


def _claim(kota, kode, rows):
    """Return a worksheet into which a unit wrote rows that are those of another one."""
    part = load_lembar().bagian["kegiatan"]
    book, other = kota.open(kode), kota.open(KES)["Isian kegiatan"]
    sheet = book["Isian kegiatan"]
    source, head = find_head(other), find_head(sheet)
    for number, cells in enumerate(rows, start=1):
        line = sheet.max_row + 1
        for cell in other[source + number]:
            sheet.cell(line, cell.column).value = cell.value
        fill_row(sheet, other.cell(source + number, 1).value, cells)
    assert len(sheet[head]) == len(part.kolom)
    return book


@pytest.fixture(scope="module")
def kacau(kota_terkirim, tmp_path_factory):
    """Answers that contradict each other, changed locked cells, and canaries in all free text."""
    kota = kota_terkirim.copy(tmp_path_factory.mktemp("kacau"))
    texts = ("Kendala (diisi)", "Akar masalah (diisi)", "Solusi (diisi)")
    secret = dict.fromkeys(texts, RAHASIA)
    kota.answer(
        KES,
        kegiatan={"K1": {FISIK: 180, **secret, "Usulan tahun depan (diisi)": RAHASIA}},
        rekomendasi={"R01-2023": {"Bukti (diisi)": RAHASIA, "Kendala (diisi)": RAHASIA}},
    )
    book = _claim(kota, PUPR, [{FISIK: 90}])
    fill_row(book["Isian kegiatan"], "K3", {"Pagu (Rp)": 1})
    fill_row(book["Identitas lembar"], KODE, {"Jabatan pengisi": f"Staf {NIK}"})
    kota.put(book, f"kiriman {NIK}.xlsx")
    kota.answer(P3A, "satu.xlsx", kegiatan={P3A_KEGIATAN: {FISIK: 180}})
    kota.answer(P3A, "dua.xlsx", kegiatan={P3A_KEGIATAN: {FISIK: 190}})
    kota.answer(P3A_LAIN, kegiatan={LAIN_KEGIATAN: {FISIK: 50, "Target output": 1}})
    row = {"Menerima layanan (diisi)": 7, "Sasaran (diisi)": 9}
    kota.answer("73.72.01", desa={SEPI: row})
    book = kota.open("73.72.01")
    fill_row(book["Isian desa"], SEPI, {**row, "Menerima layanan (diisi)": 5})
    who = {"Kode unit": "73.72.02", "Unit pengisi": "Ujung"}
    fill_row(book["Identitas lembar"], KODE, who)
    kota.put(book, "ujung.xlsx")
    return kota.read()


def test_two_files_of_one_unit_that_differ_are_both_left_out(kacau):
    assert pd.isna(value(kacau, "kegiatan", "realisasi_output", P3A_KEGIATAN))
    finding = told(kacau, "L04")
    assert all(word in finding["uraian"] for word in ("180", "190", "satu.xlsx", "dua.xlsx"))


def test_two_opd_that_differ_on_one_kegiatan_are_both_left_out(kacau):
    assert pd.isna(value(kacau, "kegiatan", "realisasi_output"))
    assert "Dinas Kesehatan dan Dinas PUPR" in told(kacau, "L12")["uraian"]
    assert state(kacau, "isi_output") == ["bertentangan", "bertentangan"]
    assert "L06" in kinds(kacau)


def test_answers_in_a_row_whose_locked_cells_changed_are_not_used(kacau):
    assert pd.isna(value(kacau, "kegiatan", "realisasi_output", LAIN_KEGIATAN))
    assert state(kacau, "isi_output", LAIN_KEGIATAN) == ["isi terkunci diubah"]
    told_twice = kacau.temuan[kacau.temuan["kode"] == "L02"]
    assert any(f"{LAIN_KEGIATAN} 50" in text for text in told_twice["uraian"])


def test_a_changed_locked_cell_is_told_though_nothing_was_filled_in(kacau):
    found = kacau.temuan[(kacau.temuan["kode"] == "L02") & (kacau.temuan["sel"] == "baris 5")]
    assert len(found) == 1
    assert "K3" in found.iloc[0]["uraian"]


def test_a_desa_of_two_kecamatan_is_told_and_not_used_where_they_differ(kacau):
    assert f"{SEPI} oleh Bacukiki dan Ujung" in told(kacau, "L11")["uraian"]
    own = kacau.cakupan[kacau.cakupan["kode_desa"] == SEPI].iloc[0]
    assert pd.isna(own["pembilang"])
    assert own["penyebut"] == 9


def test_a_canary_in_any_free_text_is_masked_everywhere(kacau):
    cells = [
        str(cell)
        for field in table_fields()
        for cell in getattr(kacau, field).to_numpy(dtype=object).ravel()
    ]
    assert not [cell for cell in cells if NIK in cell or "3456" in cell]
    assert any("[NIK disamarkan]" in cell for cell in kacau.hambatan["uraian"])
    assert any("[NIK disamarkan]" in cell for cell in kacau.isian_lembar["isian"])


def test_every_row_of_worksheets_is_accounted_for(lancar, kacau, berubah):
    for bahan in (lancar, kacau, berubah):
        assert list_unaccounted(bahan.neraca_baris).empty


def test_findings_are_whole_sentences(lancar, kacau, berubah):
    found = pd.concat([lancar.temuan, kacau.temuan, berubah.temuan])
    for row in found[found["kode"].str.startswith("L")].to_dict("records"):
        words = f"{row['uraian']} {row['tindakan']} {row['saran']}"
        assert not any(mark in words for mark in (".;", "..", " ,", ";.", ": .", "{", " nan"))
        assert all(row[name].endswith(".") for name in ("uraian", "tindakan", "saran"))


@pytest.fixture(scope="module")
def berubah(kota_terkirim, tmp_path_factory):
    """Answers to worksheets that were printed before the workbook changed."""
    kota = kota_terkirim.copy(tmp_path_factory.mktemp("berubah"))
    tables = make_tables()
    plan, money = tables["kegiatan"].set_index("id_kegiatan"), tables["anggaran"]
    plan.loc["K1", "target_output"] = 250
    plan.loc["K5", "kode_sub_kegiatan"] = plan.loc["K1", "kode_sub_kegiatan"]
    fund = money[money["id_kegiatan"] == "K4"].assign(sumber_dana="DAK Nonfisik")
    kota.write_book(
        kegiatan=plan.drop("K3").reset_index(),
        jadwal=tables["jadwal"][tables["jadwal"]["id_kegiatan"] != "K3"],
        anggaran=pd.concat([money[money["id_kegiatan"] != "K3"], fund]),
    )
    kota.answer(KES, kegiatan={"K1": {FISIK: 180}})
    kota.answer(PUPR, kegiatan={"K3": {FISIK: 90}})
    kota.answer(OPD["K4"], kegiatan={"K4": {UANG: 70_000_000}})
    kota.answer(OPD["K5"], kegiatan={"K5": {FISIK: 44}})
    return kota.read()


def test_a_worksheet_printed_before_the_plan_changed_is_told_and_still_fills_blanks(berubah):
    found = berubah.temuan[berubah.temuan["kode"] == "L13"]["uraian"]
    assert any("Target output K1 tercetak 200, kini 250" in text for text in found)
    assert value(berubah, "kegiatan", "realisasi_output") == 180


def test_an_answer_for_a_kegiatan_that_is_gone_is_told(berubah):
    assert "K3 90" in told(berubah, "L08")["uraian"]


def test_one_amount_for_several_funds_is_never_divided(berubah):
    rows = berubah.anggaran[berubah.anggaran["id_kegiatan"] == "K4"]
    assert len(rows) == 2
    assert rows["realisasi_rp"].isna().all()
    assert "K4 Rp70.000.000" in told(berubah, "L09")["uraian"]


def test_two_opd_with_one_sub_kegiatan_code_are_told_and_both_used(berubah):
    assert "1.02.02.2.02.0015 oleh" in told(berubah, "L12")["uraian"]
    assert value(berubah, "kegiatan", "realisasi_output", "K5") == 44


def test_two_files_of_one_unit_that_agree_are_used_once(kota):
    kota.answer(KES, "satu.xlsx", kegiatan={"K1": {FISIK: 180, "Kendala (diisi)": "Hujan"}})
    kota.answer(KES, "dua.xlsx", kegiatan={"K1": {FISIK: 180, "Kendala (diisi)": "Hujan"}})
    bahan = kota.read()
    assert value(bahan, "kegiatan", "realisasi_output") == 180
    assert bahan.hambatan["uraian"].tolist() == ["Hujan"]


def test_an_amount_that_differs_from_the_accounts_is_not_used(kota):
    (kota.raw / "lra.csv").write_text(
        "Kode Rekening;Uraian;Anggaran;Realisasi\n"
        "1.02.02.2.02.0015;PMT balita gizi kurang;100.000.000;80.000.000\n",
        encoding="utf-8",
    )
    kota.answer(KES, kegiatan={"K1": {UANG: 95_000_000}})
    bahan = kota.read()
    assert len(bahan.realisasi_anggaran), bahan.temuan["uraian"].tolist()
    assert pd.isna(value(bahan, "anggaran", "realisasi_rp"))
    assert "Rp95.000.000 (tercatat Rp80.000.000)" in told(bahan, "L07")["uraian"]


def test_a_worksheet_without_its_identity_is_not_used(kota):
    book = kota.open(KES)
    fill_row(book["Isian kegiatan"], "K1", {FISIK: 180})
    del book["Identitas lembar"]
    kota.put(book, "tanpa identitas.xlsx")
    bahan = kota.read()
    assert told(bahan, "L03")["tingkat"] == "galat"
    assert pd.isna(value(bahan, "kegiatan", "realisasi_output"))


def test_an_altered_heading_stops_its_sheet_and_names_what_is_missing(kota):
    book = kota.open(KES)
    sheet = book["Isian kegiatan"]
    fill_row(sheet, "K1", {FISIK: 180})
    cell = next(cell for cell in sheet[find_head(sheet)] if cell.value == FISIK)
    cell.value = "Capaian fisik kami"
    kota.put(book, "judul diubah.xlsx")
    bahan = kota.read()
    faults = bahan.temuan[bahan.temuan["kode"] == "T01"]
    assert faults["lembar"].tolist() == ["Isian kegiatan"]
    assert "isi_output" in faults.iloc[0]["uraian"]
    assert pd.isna(value(bahan, "kegiatan", "realisasi_output"))
    assert set(bahan.isian_lembar["bagian"]) == {"identitas"}


@pytest.mark.parametrize(
    ("heading", "kode"), [("Tahun reviu", "B08"), ("Kode kabupaten/kota", "B09")]
)
def test_a_worksheet_of_another_year_or_kabupaten_is_refused(kota, heading, kode):
    book = kota.open(KES)
    fill_row(book["Isian kegiatan"], "K1", {FISIK: 180})
    fill_row(book["Identitas lembar"], KODE, {heading: 2023 if kode == "B08" else "73.12"})
    kota.put(book, "lain.xlsx")
    bahan = kota.read()
    assert kode in set(bahan.temuan["kode"])
    assert bahan.isian_lembar.empty


def test_a_worksheet_alone_is_read_as_what_it_is(kota):
    path = kota.answer(KES, kegiatan={"K1": {FISIK: 180}})
    bacaan = read_berkas(path, kunci=KUNCI)
    assert bacaan.tata_letak == ("Lembar kerja pra-rapat",)
    assert "isian_lembar" in bacaan.tabel


def test_no_finding_about_worksheets_uses_a_placeholder_that_does_not_exist():
    allowed = {"berkas", "lembar", "tabel", "kolom", "nilai", "jumlah", "rincian"}
    kinds = [jenis for kode, jenis in load_temuan().items() if kode.startswith("L")]
    assert len(kinds) == 13
    for jenis in kinds:
        names = {name for _, name, _, _ in string.Formatter().parse(jenis.uraian) if name}
        assert names <= allowed


def test_every_filled_column_and_key_is_required_by_the_layout():
    layout = load_layouts()["lembar"]
    for bagian in load_lembar().bagian.values():
        needed = {*bagian.kunci, *bagian.isian, "tanda"}
        assert needed == set(layout.tabel[bagian.tabel].wajib)
        assert set(bagian.baku.nama_kolom) == {kolom.nama for kolom in bagian.kolom}


@pytest.mark.parametrize(
    ("one", "other"),
    [(5, 5.0), ("A  b.", "a b"), (True, "ya"), (pd.NA, ""), (date(2024, 1, 2), "2024 01 02")],
)
def test_cells_are_compared_however_a_program_keeps_them(one, other):
    assert canonical(one).replace("-", " ") == canonical(other).replace("-", " ")


def test_a_mark_holds_letters_only_so_that_no_program_reads_a_number():
    frame = pd.DataFrame({"a": range(500)})
    assert sign_rows(frame, ["a"]).str.fullmatch("[a-p]{10}").all()
    assert sign_rows(frame, ["a"]).nunique() == 500
