"""The final edition tells every number and decision that changed since the meeting, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviu_lib.catalog import load_aturan_edisi
from reviu_lib.hasil import EdisiTersimpan, table_names
from reviu_lib.review import review

from ..bahan_kecil import DESA, baris, cakupan, make_bahan
from ..usulan.test_usulan_kegiatan import plan

SEBAB = load_aturan_edisi().perubahan.sebab
KEGIATAN = plan(
    "K1|Pemberian TTD|Dinkes|E11|spesifik|Bumil dilayani|orang|100|95|Semua|tidak|masuk",
    "K2|Kelas ibu|DPPKB|E11|spesifik|Kelas|kelas|10|10|Semua|tidak|masuk",
)
KOLOM = "id_usulan putusan opd_disepakati tenggat_disepakati sumber_dana_disepakati"


def make(putusan=(), *, diterima: int = 60, edisi: str = "rapat", **tables):
    rows = cakupan(f"{DESA[0]} {diterima} 100", f"{DESA[3]} 60 100")
    if putusan:
        tables["putusan"] = baris(KOLOM, *putusan)
    return replace(make_bahan(cakupan=rows, kegiatan=KEGIATAN, **tables), edisi=edisi)


def final(rapat, putusan=(), *, berkas=None, aturan=False, **tables):
    bahan = make(putusan, edisi="final", **tables)
    hasil = review(bahan, (), EdisiTersimpan(rapat, berkas or {}, aturan))
    return hasil, hasil.perubahan_edisi.set_index("baris")


def test_nothing_changed_but_what_only_the_final_edition_judges():
    _, rows = final(review(make()))
    assert set(rows["sebab"]) <= {SEBAB["edisi"]}


def test_a_decision_is_told_with_both_states_and_its_cause():
    _, rows = final(review(make()), ["UK-K1|usul dihapus|-|-|-"])
    row = rows.loc["usulan_kegiatan/UK-K1/putusan"]
    assert row[["sebelum", "sesudah", "sebab"]].tolist() == ["–", "usul dihapus", SEBAB["putusan"]]
    assert row["butir"] == "Pemberian TTD (UK-K1)"
    assert row["pokok"]
    assert rows.loc["rancangan_kegiatan/RR-K1/keadaan", "sesudah"] == "tidak diteruskan"


@pytest.mark.parametrize(
    ("berkas", "aturan", "sebab"),
    [
        ({"cakupan.xlsx": "berubah"}, False, "berkas"),
        ({}, True, "aturan"),
        ({"cakupan.xlsx": "baru"}, True, "keduanya"),
    ],
)
def test_a_number_is_told_with_the_file_or_the_rule_that_changed(berkas, aturan, sebab):
    hasil, rows = final(review(make()), diterima=80, berkas=berkas, aturan=aturan)
    row = rows.loc["capaian_cakupan/E11@73.12/capaian_persen"]
    assert row[["sebelum", "sesudah", "sebab"]].tolist() == ["60,0", "70,0", SEBAB[sebab]]
    assert hasil.perubahan_berkas["berkas"].tolist() == list(berkas)


def test_a_number_is_not_blamed_on_a_decision_nor_a_decision_on_a_file():
    changed = {"cakupan.xlsx": "berubah"}
    _, rows = final(review(make()), ["UK-K1|usul dihapus|-|-|-"], diterima=80, berkas=changed)
    sebab = rows["sebab"]
    assert sebab["usulan_kegiatan/UK-K1/putusan"] == SEBAB["putusan"]
    assert sebab["capaian_cakupan/E11@73.12/capaian_persen"] == SEBAB["berkas"]


def test_every_difference_between_the_two_editions_is_listed_and_nothing_else():
    before = review(make())
    hasil, rows = final(before, ["UK-K2|digabung|Puskesmas|2025-03-31|BOK"], diterima=80)
    rules = load_aturan_edisi().perubahan
    for name in table_names():
        if name in rules.lewati_tabel:
            continue
        one, other = (getattr(each, name).set_index("baris") for each in (before, hasil))
        assert set(one.index) == set(other.index), name
        other = other.loc[one.index]
        for column in one.columns.difference(rules.lewati_kolom):
            same = (one[column] == other[column]).fillna(False) | (
                one[column].isna() & other[column].isna()
            )
            expected = {f"{name}/{key}/{column}" for key in one.index[~same.astype(bool)]}
            listed = {key for key in rows.index if key.startswith(f"{name}/")
                      and key.rpartition("/")[2] == column}  # fmt: skip
            assert listed == expected, (name, column)


def test_only_the_final_edition_compares_and_only_with_a_stored_one():
    before = review(make())
    assert review(make(), (), EdisiTersimpan(before)).perubahan_edisi.empty
    assert review(make(edisi="final")).perubahan_edisi.empty


def test_figures_published_after_the_review_stand_apart():
    rows = baris(
        "wilayah tahun sumber prevalensi_persen tanggal_terbit",
        "73.12 2023 SKI 24.0 2024-06-01", "73.12 2024 SSGI 22.5 2025-05-26",
    )  # fmt: skip
    hasil = review(make(edisi="final", prevalensi=rows))
    later = hasil.terbit_kemudian
    assert later[["tahun", "prevalensi_persen"]].to_numpy().tolist() == [[2024, 22.5]]
    judged = hasil.perkembangan_prevalensi.query("jenis_angka == 'survei'")
    assert judged["tahun"].tolist() == [2023]


def test_what_was_decided_is_compared_with_what_was_proposed():
    hasil = review(make(["UK-K1|ditindaklanjuti|-|-|-", "UK-K2|usul dihapus|-|-|-",
                         "RR-K1|-|Puskesmas|-|-"]))  # fmt: skip
    got = hasil.putusan_rapat.set_index("id_usulan")["terhadap_usulan"]
    proposed = hasil.usulan_kegiatan.set_index("id_usulan").loc["UK-K1", "usulan"]
    same = "menurut usulan" if proposed == "ditindaklanjuti" else "berbeda dari usulan"
    assert got.to_dict() == {
        "UK-K1": same, "UK-K2": "berbeda dari usulan", "RR-K1": "tanpa kata putusan",
    }  # fmt: skip
    pokok = hasil.pokok_putusan.set_index("baris")
    assert pokok.loc["usulan_kegiatan", ["jumlah_usulan", "jumlah_diputuskan"]].tolist() == [2, 2]


def test_materials_and_questions_are_listed():
    hasil = review(make(edisi="persiapan"))
    state = hasil.bahan_reviu.set_index("baris")["keadaan"]
    assert state[["kegiatan", "cakupan", "pengukuran"]].tolist() == [
        "tersedia", "tersedia", "belum ada",
    ]  # fmt: skip
    assert hasil.pertanyaan_terbuka["pertanyaan"].str.endswith("?").all()
    assert hasil.pertanyaan_terbuka["baris"].is_unique
