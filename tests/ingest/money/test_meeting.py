"""Money of exports meets the workbook: compared, filled where silent, never divided or added."""

import pytest

from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.report.telusur import telusuri
from reviu_lib.review import review

from ..conftest import temuan
from .uang import GIZI, IBU, KEGIATAN, LS, lra, pagu, realisasi

DUA = {**KEGIATAN, "id_kegiatan": "K2", "kode_sub_kegiatan": IBU, "sub_kegiatan": "Ibu hamil"}
BAYAR = {**LS, "Nilai Realisasi": 4_000_000}
DAK = {"NAMA SUMBER DANA": "DAK Non Fisik - BOK", "KODE SUMBER DANA": "2", "PAGU": 6_000_000}


def _read(folder, *files, **tables):
    folder.workbook(**{"kegiatan": KEGIATAN, **tables})
    for place, text in enumerate(files):
        folder.text(f"uang{place}.csv", text)
    return folder.read()


def _budget(**amounts):
    money = {f"{name}_rp": amount for name, amount in amounts.items()}
    return {"id_kegiatan": "K1", "sumber_dana": "APBD", **money}


def _row(bahan):
    assert len(bahan.anggaran) == 1, bahan.anggaran.to_dict("records")
    return bahan.anggaran.iloc[0]


def test_a_kegiatan_without_budget_gets_pagu_and_realisasi_of_its_sub_kegiatan(folder):
    bahan = _read(folder, pagu({}), realisasi(BAYAR))
    row = _row(bahan)
    assert (row["id_kegiatan"], row["sumber_dana"]) == ("K1", "APBD")
    assert (row["pagu_perubahan_rp"], row["realisasi_rp"]) == (10_000_000, 4_000_000)
    assert (
        "K1 pagu Rp10.000.000, realisasi Rp4.000.000 (SIPD pagu dan SIPD realisasi)"
        in (temuan(bahan, "K43")["uraian"])
    )


def test_the_origin_of_filled_amounts_is_every_line_behind_them(folder):
    bahan = _read(folder, pagu({}, {"PAKET/KELOMPOK": "B"}), realisasi(BAYAR))
    own = bahan.asal[bahan.asal["tabel"] == "anggaran"]
    assert sorted(zip(own["berkas"].str[-9:], own["baris_berkas"], strict=True)) == [
        ("uang0.csv", 2), ("uang0.csv", 3), ("uang1.csv", 2),
    ]  # fmt: skip
    assert set(own["baris"]) == {0}


def test_what_the_team_entered_stands_and_both_figures_are_told(folder):
    bahan = _read(folder, pagu({}), realisasi(BAYAR),
                  anggaran=_budget(pagu_murni=9_000_000, realisasi=4_000_000))  # fmt: skip
    row = _row(bahan)
    assert (row["pagu_murni_rp"], row["realisasi_rp"]) == (9_000_000, 4_000_000)
    uraian = temuan(bahan, "K40")["uraian"]
    assert "K1 pagu Rp9.000.000 (lembar anggaran) dan Rp10.000.000 (SIPD pagu)" in uraian
    assert "realisasi" not in uraian.split(": ", 1)[1]


def test_the_revised_budget_is_what_is_compared(folder):
    bahan = _read(folder, pagu({}), anggaran=_budget(pagu_murni=9, pagu_perubahan=10_000_000))
    assert "K40" not in set(bahan.temuan["kode"])


def test_an_empty_realisasi_beside_a_pagu_is_told_and_not_filled(folder):
    bahan = _read(folder, realisasi(BAYAR), anggaran=_budget(pagu_murni=5_000_000))
    assert bahan.anggaran["realisasi_rp"].isna().all()
    assert "realisasi kosong (lembar anggaran) dan Rp4.000.000" in temuan(bahan, "K40")["uraian"]


def test_funds_of_a_sheet_are_added_before_they_are_compared(folder):
    rows = [
        _budget(pagu_murni=4_000_000),
        {**_budget(pagu_murni=6_000_000), "sumber_dana": "DAK Fisik"},
    ]
    bahan = _read(folder, pagu({}), anggaran=rows)
    assert "K40" not in set(bahan.temuan["kode"])


@pytest.mark.parametrize("dana", ["Dana Desa", "CSR", "APBN"])
def test_money_outside_the_apbd_is_not_compared_and_not_in_the_way(folder, dana):
    bahan = _read(folder, pagu({}), anggaran={**_budget(pagu_murni=7), "sumber_dana": dana})
    assert "K40" not in set(bahan.temuan["kode"])
    assert bahan.anggaran["sumber_dana"].tolist() == [dana, "APBD"]


def test_a_plan_that_only_names_an_agreed_amount_is_filled_in_its_own_row(folder):
    bahan = _read(folder, pagu({}), anggaran=_budget(pagu_rembuk=8_000_000))
    row = _row(bahan)
    assert (row["pagu_rembuk_rp"], row["pagu_perubahan_rp"]) == (8_000_000, 10_000_000)
    own = bahan.asal[bahan.asal["tabel"] == "anggaran"]
    assert own["baris"].tolist() == [0, 0]


def test_amounts_are_never_divided_among_several_funds(folder):
    rows = [_budget(pagu_rembuk=8), {**_budget(pagu_rembuk=2), "sumber_dana": "DAK Fisik"}]
    bahan = _read(folder, pagu({}), anggaran=rows)
    assert bahan.anggaran["pagu_perubahan_rp"].isna().all()
    assert "K1 dengan beberapa sumber dana" in temuan(bahan, "K41")["uraian"]


def test_a_pagu_of_several_funds_gives_a_row_each(folder):
    bahan = _read(folder, pagu({}, DAK))
    pairs = dict(
        zip(bahan.anggaran["sumber_dana"], bahan.anggaran["pagu_perubahan_rp"], strict=True)
    )
    assert pairs == {"APBD": 10_000_000, "DAK Nonfisik": 6_000_000}


def test_spending_without_a_fund_keeps_several_funds_together(folder):
    row = _row(_read(folder, pagu({}, DAK), realisasi(BAYAR)))
    assert (row["sumber_dana"], row["pagu_perubahan_rp"]) == ("Tidak dirinci", 16_000_000)
    assert row["realisasi_rp"] == 4_000_000


def test_a_sub_kegiatan_of_several_kegiatan_is_given_to_none(folder):
    bahan = _read(folder, pagu({}), kegiatan=[KEGIATAN, {**KEGIATAN, "id_kegiatan": "K9"}])
    assert bahan.anggaran.empty
    assert f"{GIZI} oleh K1, K9" in temuan(bahan, "K41")["uraian"]


def test_the_opd_tells_kegiatan_of_one_sub_kegiatan_apart(folder):
    camat = {"KODE SKPD": "7.01", "NAMA SKPD": "Kecamatan Silinda", "PAGU": 3}
    two = [KEGIATAN, {**KEGIATAN, "id_kegiatan": "K9", "opd": "KECAMATAN SILINDA"}]
    bahan = _read(folder, pagu({}, camat), kegiatan=two)
    pairs = dict(
        zip(bahan.anggaran["id_kegiatan"], bahan.anggaran["pagu_perubahan_rp"], strict=True)
    )
    assert pairs == {"K1": 10_000_000, "K9": 3}


def test_a_sub_kegiatan_of_several_skpd_goes_only_to_the_opd_that_carries_it(folder):
    camat = {"KODE SKPD": "7.01", "NAMA SKPD": "Kecamatan Silinda", "PAGU": 3}
    assert _row(_read(folder, pagu({}, camat)))["pagu_perubahan_rp"] == 10_000_000


def test_with_several_skpd_and_no_equal_opd_nothing_is_guessed(folder):
    camat = {"KODE SKPD": "7.01", "NAMA SKPD": "Kecamatan Silinda", "PAGU": 3}
    bahan = _read(folder, pagu({}, camat), kegiatan={**KEGIATAN, "opd": "Dinkes"})
    assert bahan.anggaran.empty
    assert "K1" in temuan(bahan, "K41")["uraian"]


def test_one_kegiatan_and_one_skpd_need_no_equal_spelling(folder):
    bahan = _read(folder, pagu({}), kegiatan={**KEGIATAN, "opd": "Dinkes"})
    assert _row(bahan)["pagu_perubahan_rp"] == 10_000_000


@pytest.mark.parametrize("opd", ["DINAS KESEHATAN", "Dinas Kesehatan Kab. Serdang Bedagai"])
def test_an_opd_is_the_same_in_capitals_and_with_its_kabupaten(folder, opd):
    camat = {"KODE SKPD": "7.01", "NAMA SKPD": "Kecamatan Silinda", "PAGU": 3}
    bahan = _read(folder, pagu({}, camat), kegiatan={**KEGIATAN, "opd": opd})
    assert _row(bahan)["pagu_perubahan_rp"] == 10_000_000


def test_money_without_kegiatan_and_kegiatan_without_money_are_told(folder):
    bahan = _read(folder, pagu({}), kegiatan=[DUA])
    assert temuan(bahan, "K42")["nilai"] == f"'{GIZI}'"
    assert f"K2 ({IBU})" in temuan(bahan, "K54")["uraian"]
    assert bahan.anggaran.empty


def test_sipd_and_lra_are_compared_and_never_added(folder):
    text = lra([GIZI, "Gizi", 11_000_000, 4_000_000, 7_000_000, "36,36"])
    bahan = _read(folder, pagu({}), realisasi(BAYAR), text)
    row = _row(bahan)
    assert (row["pagu_perubahan_rp"], row["realisasi_rp"]) == (10_000_000, 4_000_000)
    assert "dan Rp11.000.000 (LRA)" in temuan(bahan, "K58")["uraian"]


def test_a_difference_between_sipd_and_lra_of_one_skpd_is_told(folder):
    title = "SKPD : Dinas Kesehatan;;;;;\n"
    text = title + lra([GIZI, "Gizi", 11_000_000, 4_000_000, 7_000_000, "36,36"])
    uraian = temuan(_read(folder, pagu({}), realisasi(BAYAR), text), "K58")["uraian"]
    assert f"{GIZI} pagu Rp10.000.000 (SIPD pagu) dan Rp11.000.000 (LRA)" in uraian
    assert "realisasi Rp" not in uraian


def test_an_lra_alone_fills_without_a_fund(folder):
    row = _row(_read(folder, lra([GIZI, "Gizi", 200, 110, 90, 55])))
    assert (row["sumber_dana"], row["pagu_perubahan_rp"], row["realisasi_rp"]) == (
        "Tidak dirinci", 200, 110,
    )  # fmt: skip


def test_old_codes_meet_no_kegiatan(folder):
    old = "1.02.1.02.01.20.05"
    bahan = _read(folder, pagu({"KODE SUB KEGIATAN": old}))
    assert bahan.anggaran.empty
    assert temuan(bahan, "K54")["jumlah"] == 1


def test_without_kegiatan_the_rows_stay_for_themselves(folder):
    folder.text("uang.csv", pagu({}))
    bahan = folder.read()
    assert len(bahan.realisasi_anggaran) == 1
    assert set(bahan.temuan["kode"]) & {"K40", "K41", "K42", "K43", "K54"} == set()


def test_the_review_absorbs_what_the_exports_say(folder):
    plan = [{**KEGIATAN, "jenis": "spesifik"}, {**DUA, "jenis": "sensitif"}]
    ceilings = pagu({}, {**DAK, "KODE SUB KEGIATAN": IBU})
    bahan = _read(folder, ceilings, realisasi(BAYAR), kegiatan=plan)
    assert list_unaccounted(bahan.neraca_baris).empty
    hasil = review(bahan)
    rows = hasil.realisasi_anggaran.set_index("baris")
    gizi = rows.loc["kegiatan:K1|APBD"]
    assert (gizi["pagu_rp"], gizi["realisasi_rp"], gizi["serapan_persen"]) == (
        10_000_000, 4_000_000, 40.0,
    )  # fmt: skip
    assert rows.loc["kegiatan:K2|DAK Nonfisik", "status_anggaran"] == "realisasi tidak diisi"
    assert rows.loc["total:semua", "pagu_rp"] == 16_000_000
    assert rows.loc["total:semua", "serapan_persen"] == 40.0
    lines = telusuri(bahan, "realisasi_anggaran/kegiatan:K1|APBD/realisasi_rp")
    assert sorted(lines["berkas"].str[-9:]) == ["uang0.csv", "uang1.csv"]
