"""The whole review: complete, traceable, and dependent on exactly what it should be."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd
import pytest

from reviu_lib.catalog import load_ringkasan
from reviu_lib.errors import DefinisiError, KodeError
from reviu_lib.hasil import HasilReviu, table_names
from reviu_lib.review import review
from reviu_lib.review.ringkasan import build_ringkasan

from .bahan_kecil import DESA, KAB, baris, cakupan, make_bahan

REVIU = dt.date(2024, 12, 10)
CUTOFF = dt.date(2024, 11, 30)
KEGIATAN = baris(
    "id_kegiatan sub_kegiatan opd indikator_terkait jenis indikator_output satuan target_output "
    "realisasi_output wajib disepakati_rembuk status_rkpd status_renja status_dpa",
    "K1|TTD|Dinkes|E11|spesifik|Bumil|orang|100|50|tidak|ya|masuk|masuk|masuk",
    "K2|Jamban|PUPR|E27|sensitif fisik|Unit|unit|10|10|tidak|ya|masuk|masuk|masuk",
)
ANGGARAN = baris(
    "id_kegiatan sumber_dana pagu_rembuk_rp pagu_murni_rp realisasi_rp",
    "K1 APBD 100 100 60",
    "K2 APBD 400 400 390",
)


def inputs(**changed):
    tables = {
        "kegiatan": KEGIATAN,
        "anggaran": ANGGARAN,
        "jadwal": baris(
            "id_kegiatan jendela rencana_selesai realisasi_mulai realisasi_selesai",
            "K1 1 2024-06-30 2024-05-01 2024-07-10",
        ),
        "cakupan": pd.concat(
            [
                cakupan(f"{DESA[0]} 60 100", f"{DESA[3]} 30 100"),
                cakupan(f"{DESA[0]} 40 100", f"{DESA[3]} 45 100", indikator="E27"),
            ]
        ),
        "target": baris("kode_indikator tingkat tahun nilai sumber", "E11 kabupaten 2024 80 RKPD"),
        "hambatan": baris("id_hambatan id_kegiatan kategori uraian", "H1|K1|SDM|Kader kurang"),
        "tindak_lanjut_lalu": baris(
            "id rekomendasi status tenggat", "R1|Lengkapi data|belum|2024-03-31"
        ),
    }
    return make_bahan(cutoff=CUTOFF, reviu=REVIU, **(tables | changed))


@cache
def base() -> HasilReviu:
    """The review of the unchanged inputs, computed once for all tests."""
    return review(inputs())


def test_a_review_leaves_the_storage_of_text_as_it_was():
    with pytest.raises(KodeError):
        review(inputs(kode="99.99"))
    assert pd.get_option("mode.string_storage") == "auto"
    assert base().ringkasan["uraian"].dtype == pd.StringDtype("python")


def differences(one: HasilReviu, other: HasilReviu) -> set[tuple[str, str]]:
    """Return (table, row/column) of every cell that differs."""
    found = set()
    for name in table_names():
        left, right = (getattr(item, name).set_index("baris") for item in (one, other))
        assert left.index.equals(right.index), name
        text_left, text_right = (part.astype("string").fillna("") for part in (left, right))
        unequal = (text_left != text_right).stack()
        found |= {(name, f"{row}/{column}") for row, column in unequal[unequal].index}
    return found


def test_every_declared_number_has_its_row():
    hasil = review(make_bahan())
    assert hasil.ringkasan["baris"].tolist() == list(load_ringkasan())


def test_a_number_that_nobody_declared_is_refused():
    with pytest.raises(DefinisiError, match="tak dideklarasikan"):
        build_ringkasan({"jumlah_entah": 1})


def test_without_data_nothing_is_zero_that_is_unknown():
    hasil = review(make_bahan())
    values = hasil.ringkasan.set_index("baris")["nilai"]
    unknown = ["pagu_rp", "serapan_persen", "register_persen", "jumlah_kegiatan",
               "kemajuan_aksi_persen", "jumlah_hambatan", "jumlah_lokus_diusulkan"]  # fmt: skip
    assert values[unknown].isna().all()
    assert values["jumlah_indikator"] == 29


def test_a_year_without_an_era_is_refused():
    with pytest.raises(KodeError):
        review(make_bahan(2012))


@pytest.mark.parametrize(("tahun", "indikator", "aksi"), [(2021, 20, 8), (2024, 29, 8)])
def test_the_year_chooses_indicators_and_aksi(tahun, indikator, aksi):
    hasil = review(make_bahan(tahun))
    assert (len(hasil.capaian_cakupan), len(hasil.penilaian_aksi)) == (indikator, aksi)


def test_every_ground_of_every_proposal_resolves():
    hasil = base()
    for name in ("usulan_kegiatan", "rekomendasi", "usulan_lokus"):
        for dasar in getattr(hasil, name)["dasar"].dropna():
            for asal in filter(None, dasar.split(";")):
                hasil.value(asal)


def test_no_proposal_holds_a_computed_number_in_its_reason():
    hasil = base()
    texts = [*hasil.usulan_kegiatan["alasan"], *hasil.rekomendasi["alasan"]]
    assert not [text for text in texts if any(sign.isdigit() for sign in text)]


def test_rerunning_gives_the_same_result():
    assert differences(base(), review(inputs())) == set()


def test_changing_one_realised_budget_changes_only_what_depends_on_it():
    changed = ANGGARAN.copy()
    changed.loc[1, "realisasi_rp"] = "391"
    found = differences(base(), review(inputs(anggaran=changed)))
    money = ("realisasi_rp", "sisa_rp", "serapan_persen", "serapan_murni_persen",
             "langsung_kosong_rp")  # fmt: skip
    rows = ("total:semua", "lini:fisik/infrastruktur", "jenis:sensitif", "opd:PUPR",
            "sumber_dana:APBD", "sub_kegiatan:kode tidak diisi", "kegiatan:K2|APBD")  # fmt: skip
    expected = {("realisasi_anggaran", f"{row}/{name}") for row in rows for name in money}
    expected |= {("usulan_kegiatan", "UK-K2/serapan_persen")}
    expected |= {("efektivitas_kegiatan", "K2/serapan_persen"), ("kaskade", "realisasi/nilai_rp")}
    expected |= {
        ("ringkasan", f"{key}/nilai")
        for key in ("realisasi_rp", "sisa_rp", "serapan_persen", "serapan_fisik_persen",
                    "kaskade_realisasi_rp")
    }  # fmt: skip
    assert found == expected


def test_changing_one_numerator_changes_only_its_indicator():
    rows = pd.concat(
        [
            cakupan(f"{DESA[0]} 60 100", f"{DESA[3]} 31 100"),
            cakupan(f"{DESA[0]} 40 100", f"{DESA[3]} 45 100", indikator="E27"),
        ]
    )
    found = differences(base(), review(inputs(cakupan=rows)))
    tables = {name for name, _ in found}
    cells = {cell for name, cell in found if name == "capaian_cakupan"}
    assert tables == {
        "capaian_cakupan", "cakupan_semester", "penyebut_indikator", "pemerataan_cakupan",
        "faktor_penghambat", "usulan_lokus",
            "kesenjangan_cakupan", "konvergensi_desa", "ringkasan",
    }  # fmt: skip
    assert {cell for name, cell in found if name == "ringkasan"} == {
        "kuadran_kesenjangan_poin/nilai"}  # fmt: skip
    assert {cell.split("/")[0] for cell in cells} == {
        f"E11@{KAB}", "E11@73.12.02", f"E11@{DESA[3]}",
    }  # fmt: skip


def test_decisions_flow_in_by_id_and_odd_ones_become_findings():
    putusan = baris(
        "id_usulan putusan catatan_putusan",
        "UK-K1|ditindaklanjuti|Setuju",
        "UK-HILANG|selesai|-",
        "UK-K2|entahlah|-",
    )
    hasil = review(inputs(putusan=putusan))
    rows = hasil.usulan_kegiatan.set_index("id_kegiatan")
    assert rows.loc["K1", ["putusan", "catatan_putusan"]].tolist() == ["ditindaklanjuti", "Setuju"]
    assert {"U01", "U02"} <= set(hasil.mutu_data["kode"])
    assert hasil.value("ringkasan/jumlah_putusan/nilai") == 2


def test_recommendations_go_by_priority_and_carry_a_deadline_next_year():
    rows = base().rekomendasi
    rank = rows["prioritas"].map({"tinggi": 0, "sedang": 1, "rendah": 2})
    assert rank.is_monotonic_increasing
    assert rows["nomor"].tolist() == list(range(1, len(rows) + 1))
    assert set(rows["tenggat"].dt.year) == {2025}
    assert rows[["opd_pj", "dokumen", "masukan_untuk", "kanal", "dasar"]].notna().all(axis=None)


def test_a_short_indicator_names_its_opd_activity_and_cause():
    row = base().rekomendasi.set_index("id_usulan").loc["RK-CAK-E11"]
    assert (row["opd_pj"], row["sub_kegiatan_usulan"], row["kanal"]) == (
        "Dinkes", "TTD", "perencanaan",
    )  # fmt: skip


def test_unfinished_follow_up_is_carried_on():
    row = base().rekomendasi.set_index("id_usulan").loc["RK-TL-R1"]
    assert (row["prioritas"], "Lengkapi data" in row["rekomendasi"]) == ("tinggi", True)


def test_an_absorption_before_year_end_has_a_class_only_against_the_cash_plan():
    kas = ANGGARAN.assign(anggaran_kas_sd_cutoff_rp=["80", "400"])
    without, with_kas = (
        hasil.realisasi_anggaran.set_index("baris").loc["total:semua"]
        for hasil in (base(), review(inputs(anggaran=kas)))
    )
    assert pd.isna(without["kategori"])
    assert with_kas["serapan_kas_persen"] == 450 * 100 / 480
    assert with_kas["kategori"] == "Sangat tinggi"


def test_the_three_lines_are_always_there():
    rows = base().realisasi_anggaran
    lines = rows.loc[rows["kelompok"] == "lini", "kode"].tolist()
    assert lines == ["spesifik", "sensitif tanpa fisik", "fisik/infrastruktur"]


def test_lines_opd_and_sources_add_up_to_the_total():
    rows = base().realisasi_anggaran
    sums = rows.groupby("kelompok")[["pagu_rp", "realisasi_rp"]].sum()
    assert (sums == sums.loc["total"]).all(axis=None)


def test_findings_of_reading_are_grouped_with_at_most_five_cells():
    temuan = baris(
        "kode tingkat berkas lembar sel tabel kolom uraian jumlah",
        *[f"N01|galat|a.xlsx|cakupan|F{i}|cakupan|pembilang|Bukan bilangan|1" for i in range(7)],
    )
    row = review(inputs(temuan=temuan)).mutu_data.iloc[0]
    assert (row["baris"], row["jumlah"], row["contoh_sel"]) == ("M001", 7, "F0, F1, F2, F3, F4")
