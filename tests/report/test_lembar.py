"""What is printed in the worksheet of a unit, and who gets one."""

import openpyxl
import pandas as pd
import pytest
from lembar_kecil import DESA, REKOMENDASI, make_tables

from reviu_lib.catalog import Kolom, load_lembar
from reviu_lib.report.lembar.unit import Unit, slugs
from reviu_lib.workbook import Lembar, write_tables


def test_names_with_one_slug_keep_the_same_marks_whoever_else_there_is():
    both = slugs(["Dinas P3A & KB", "Dinas P3A-KB"])
    assert len(set(both)) == 2
    assert slugs(["Dinas Kesehatan", "Dinas P3A & KB", "Dinas P3A-KB"])[1:] == both


@pytest.mark.parametrize("name", ["../../etc", "CON", "Dinas\\A:B*?", "<>|", "Badan " * 30, "…"])
def test_any_name_is_a_safe_part_of_a_file_name(name):
    slug = slugs([name])[0]
    assert slug
    assert len(slug) <= 48
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_unit_is_named_in_whatever_letters_and_with_or_without_its_kind():
    unit = Unit("kecamatan", "12.18.02", "Perbaungan")
    assert unit.is_named("KECAMATAN PERBAUNGAN")
    assert unit.is_named("perbaungan")
    assert not unit.is_named("Kecamatan Pegajahan")
    assert not unit.is_named(pd.NA)


def test_every_opd_kecamatan_and_puskesmas_gets_one_worksheet(kota_terkirim):
    kinds = [sheet.unit.jenis for sheet in kota_terkirim.lembar.values()]
    assert kinds == ["opd"] * 4 + ["kecamatan"] * 4 + ["puskesmas"] * 2
    parts = {sheet.unit.jenis: tuple(sheet.isi) for sheet in kota_terkirim.lembar.values()}
    assert parts == {kode: jenis.bagian for kode, jenis in load_lembar().jenis.items()}


def test_an_opd_sees_its_own_kegiatan_money_and_recommendations_only(kota_terkirim):
    isi = kota_terkirim.lembar["dinas-kesehatan"].isi
    assert isi["kegiatan"]["id_kegiatan"].tolist() == ["K1", "K2"]
    assert isi["kegiatan"]["pagu_rp"].tolist() == [100_000_000] * 2
    assert isi["kegiatan"]["catat_rp"].isna().tolist() == [True, False]
    assert isi["rekomendasi"]["rekomendasi"].tolist() == [REKOMENDASI]
    assert kota_terkirim.lembar["dinas-pupr"].isi["rekomendasi"].empty


def test_a_kecamatan_is_asked_for_what_its_desa_have_not_reported(kota_terkirim):
    asked = kota_terkirim.lembar["73.72.01"].isi["desa"]
    assert set(asked["kode_desa"]) == set(DESA["kode_desa"].iloc[:2])
    assert kota_terkirim.lembar["73.72.02"].isi["desa"].empty


def test_coverage_of_a_kecamatan_is_the_sum_of_its_desa(kota_terkirim):
    own = kota_terkirim.lembar["73.72.02"].isi["cakupan"].iloc[0]
    desa = int((DESA["kode_kecamatan"] == "73.72.02").sum())
    assert (own["catat_pembilang"], own["catat_penyebut"]) == (8 * desa, 10 * desa)
    assert own["catat_persen"] == 80
    assert own["catat_desa"] == desa


def test_the_version_follows_the_plan_and_not_what_is_recorded(kota_terkirim, tmp_path):
    kota = kota_terkirim.copy(tmp_path / "lain")
    before = {kode: sheet.versi for kode, sheet in kota.lembar.items()}
    plan = make_tables()["kegiatan"]
    done = plan["realisasi_output"].astype(object).fillna(7)
    other = [*plan["target_output"][:2], 999, *plan["target_output"][3:]]
    kota.write_book(kegiatan=plan.assign(realisasi_output=done, target_output=other))
    after = {kode: sheet.versi for kode, sheet in kota.send().items()}
    assert [kode for kode in before if before[kode] != after[kode]] == ["dinas-pupr"]


def test_a_doubtful_cell_is_told_to_the_unit_that_it_concerns(kota_terkirim, tmp_path):
    kota = kota_terkirim.copy(tmp_path / "ragu")
    told = make_tables()["cakupan"]
    own = DESA.loc[DESA["kode_kecamatan"] == "73.72.02", "kode_desa"].iloc[0]
    kota.write_book(
        cakupan=told.assign(pembilang=told["pembilang"].mask(told["kode_desa"] == own, 99))
    )
    isi = {kode: sheet.isi["temuan"] for kode, sheet in kota.send().items()}
    assert isi["73.72.02"]["kode_temuan"].tolist() == ["K01"]
    assert isi["73.72.03"].empty
    assert isi["73.72.02"]["saran"].str.endswith(".").all()


def test_a_form_opens_its_own_cells_only_and_gives_rows_the_height_of_their_text(tmp_path):
    kolom = tuple(
        Kolom(nama=name, jenis="teks", judul=name.title(), arti="") for name in ("kunci", "isi")
    )
    frame = pd.DataFrame({"kunci": ["kata " * 30, "b"], "isi": [None, None]})
    form = Lembar(
        "Form", frame, kolom, ("Judul",), "judul", isian=("isi",), lebar={"kunci": 20, "isi": 20}
    )
    write_tables(tmp_path / "form.xlsx", [form])
    sheet = openpyxl.load_workbook(tmp_path / "form.xlsx")["Form"]
    locked = {cell.coordinate: cell.protection.locked for row in sheet["A1:B5"] for cell in row}
    assert [place for place, shut in locked.items() if not shut] == ["B3", "B4"]
    assert sheet.row_dimensions[3].height > 100
