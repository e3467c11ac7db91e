from __future__ import annotations

import pytest

from reviu_lib.review import review
from reviu_lib.review.capaian.anggaran import compute_anggaran
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_kegiatan
from reviu_lib.review.usulan.kegiatan import propose_kegiatan

from ..bahan_kecil import baris, cakupan, make_bahan, make_konteks

KOLOM = (
    "id_kegiatan sub_kegiatan opd indikator_terkait jenis indikator_output satuan target_output "
    "realisasi_output lokasi_rencana wajib status_dpa"
)
BIASA = "K1|Pemberian TTD|Dinkes|E11|spesifik|Bumil dilayani|orang|100|95|Semua|tidak|masuk"
NOL = "K9|{nama}|Dinkes|{kode}|spesifik|Hadir|kali|1|0|Semua|{wajib}|masuk"


def plan(*rows: str):
    return baris(KOLOM, *rows)


def uang(kode: str, pagu: int, realisasi: int | str):
    kolom = "id_kegiatan sumber_dana pagu_murni_rp realisasi_rp"
    return baris(kolom, f"{kode} APBD {pagu} {realisasi}")


def rows_of(kegiatan, *, lalu=None, **tables):
    earlier = [make_bahan(2023, **lalu)] if lalu else []
    konteks = make_konteks(make_bahan(kegiatan=kegiatan, **tables), *earlier, desa=[])
    plan, coverage = compute_kegiatan(konteks), compute_cakupan(konteks)
    return propose_kegiatan(konteks, plan, coverage, compute_anggaran(konteks))


def usulan(kegiatan, **tables) -> dict[str, str]:
    rows = rows_of(kegiatan, **tables)
    return dict(rows[["id_kegiatan", "usulan"]].itertuples(index=False))


def two_idle_years(nama: str, kode: str, wajib: str = "tidak", **tables) -> str:
    kegiatan = plan(NOL.format(nama=nama, kode=kode, wajib=wajib))
    same = {"kegiatan": kegiatan, "anggaran": uang("K9", 100, 0)}
    return usulan(kegiatan, lalu=same, anggaran=same["anggaran"], **tables)["K9"]


@pytest.mark.parametrize(
    ("realisasi", "expected"),
    [
        ("95", "ditindaklanjuti"),
        ("90.9", "ditindaklanjuti dengan perbaikan"),
        ("0", "ditindaklanjuti dengan perbaikan"),
        ("-", "belum dapat dinilai"),
    ],
)
def test_output_decides_between_continue_improve_and_unknown(realisasi, expected):
    assert usulan(plan(BIASA.replace("|95|", f"|{realisasi}|")))["K1"] == expected


def test_an_activity_without_a_target_cannot_be_judged():
    assert usulan(plan(BIASA.replace("|100|", "|0|")))["K1"] == "belum dapat dinilai"


def test_a_duplicate_with_realisation_is_merged_into_the_first():
    twin = BIASA.replace("K1|Pemberian TTD|", "K2|PEMBERIAN  TTD.|")
    assert usulan(plan(BIASA, twin)) == {"K1": "ditindaklanjuti", "K2": "digabung"}


def test_a_duplicate_without_realisation_is_proposed_for_removal():
    twin = BIASA.replace("K1|", "K2|").replace("|95|", "|-|")
    assert usulan(plan(BIASA, twin))["K2"] == "usul dihapus"


def test_a_mandatory_duplicate_is_merged_never_removed():
    twin = BIASA.replace("K1|", "K2|").replace("|95|", "|-|").replace("|tidak|", "|ya|")
    assert usulan(plan(BIASA, twin))["K2"] == "digabung"


def test_the_same_work_elsewhere_is_no_duplicate():
    other = BIASA.replace("K1|", "K2|").replace("|Semua|", "|Desa lain|")
    assert usulan(plan(BIASA, other))["K2"] == "ditindaklanjuti"


def test_an_activity_without_indicator_or_target_group_is_proposed_for_removal():
    row = "K1|Studi banding|Setda|-|sensitif|Perjalanan|kali|1|1|Luar daerah|tidak|masuk"
    assert usulan(plan(row))["K1"] == "usul dihapus"


def test_a_target_group_in_the_name_protects_an_activity_without_code():
    row = "K1|Kelas ibu hamil|Dinkes|-|spesifik|Kelas|kali|10|10|Semua|tidak|masuk"
    assert usulan(plan(row))["K1"] == "ditindaklanjuti"


def test_a_mandatory_activity_without_link_is_kept():
    row = "K1|Pelayanan dasar|Dinkes|-|spesifik|Layanan|kali|10|10|Semua|ya|masuk"
    assert usulan(plan(row))["K1"] == "ditindaklanjuti"


def test_support_needs_no_indicator():
    row = "K1|Rapat koordinasi TPPS|Bappeda|-|dukungan|Rapat|kali|4|4|Semua|tidak|masuk"
    assert usulan(plan(row))["K1"] == "ditindaklanjuti"


def test_two_idle_years_alone_call_for_improvement():
    assert two_idle_years("Pemberian TTD", "E11") == "ditindaklanjuti dengan perbaikan"


def test_two_idle_years_without_any_indicator_call_for_removal():
    assert two_idle_years("Lomba balita sehat", "-") == "usul dihapus"


def test_two_idle_years_of_a_mandatory_activity_never_call_for_removal():
    assert two_idle_years("Lomba balita sehat", "-", "ya") == "ditindaklanjuti dengan perbaikan"


@pytest.mark.parametrize(
    ("uraian", "expected"),
    [
        ("Dasar hukumnya sudah dicabut", "usul dihapus"),
        ("Juknis terlambat terbit", "ditindaklanjuti dengan perbaikan"),
    ],
)
def test_two_idle_years_call_for_removal_only_when_the_cause_cannot_be_mended(uraian, expected):
    hambatan = baris("id_hambatan id_kegiatan kategori uraian", f"H1|K9|kebijakan|{uraian}")
    assert two_idle_years("Pemberian TTD", "E11", hambatan=hambatan) == expected


def test_an_unreported_year_is_not_an_idle_year():
    kegiatan = plan(NOL.format(nama="Lomba balita", kode="-", wajib="tidak"))
    lalu = {"kegiatan": kegiatan.replace("0", None), "anggaran": uang("K9", 100, "-")}
    result = usulan(kegiatan, lalu=lalu, anggaran=uang("K9", 100, 0))
    assert result["K9"] == "ditindaklanjuti dengan perbaikan"


@pytest.mark.parametrize(
    ("nama", "jenis", "satuan", "expected"),
    [
        ("Perbup stunting", "dukungan", "dokumen", "selesai"),
        ("Pembangunan MCK", "sensitif fisik", "unit", "selesai"),
        ("Bantuan alat keluarga", "sensitif", "unit", "ditindaklanjuti"),
        ("Reviu kinerja tahunan", "dukungan", "dokumen", "ditindaklanjuti"),
    ],
)
def test_a_result_made_once_and_reached_is_finished(nama, jenis, satuan, expected):
    row = f"K1|{nama}|Bappeda|E17|{jenis}|Hasil|{satuan}|1|1|Semua|tidak|masuk"
    assert usulan(plan(row))["K1"] == expected


def test_an_indicator_at_target_is_maintained_not_dropped():
    target = baris("kode_indikator tingkat tahun nilai sumber", "E11 kabupaten 2024 80 RKPD")
    hasil = rows_of(plan(BIASA), cakupan=cakupan("KAB 95 100"), target=target).iloc[0]
    assert hasil["usulan"] == "ditindaklanjuti"
    assert "pemeliharaan" in hasil["alasan"]


def test_an_activity_left_out_of_the_budget_document_says_so():
    row = BIASA.replace("|95|", "|0|").replace("|masuk", "|tidak masuk")
    hasil = rows_of(plan(row)).iloc[0]
    assert (hasil["usulan"], "DPA" in hasil["alasan"]) == ("ditindaklanjuti dengan perbaikan", True)


def test_reasons_hold_no_computed_number_and_grounds_resolve():
    hasil = review(make_bahan(kegiatan=plan(BIASA), anggaran=uang("K1", 100, 50)))
    row = hasil.usulan_kegiatan.iloc[0]
    assert not any(sign.isdigit() for sign in row["alasan"])
    values = [hasil.value(asal) for asal in row["dasar"].split(";")]
    assert values == [95.0, "tidak diketahui", 50.0]
