"""The draft of next year's plan: targets and budgets by declared rules, gaps, and decisions."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.catalog import load_ambang, tabel_hasil
from reviu_lib.review import _declared, _measure, _propose, review
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.usulan.perkiraan import propose_pagu, propose_target_output

from ..bahan_kecil import DESA, baris, cakupan, make_bahan, make_konteks
from .test_kesenjangan import targets
from .test_usulan_kegiatan import plan

FILE = Path(__file__).parents[2] / "cases" / "rancangan.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["kasus"]
RULES = load_aturan_usulan().rancangan
NAN = float("nan")
K1 = "K1|Pemberian TTD|Dinkes|E11|spesifik|Bumil dilayani|orang|100|95|Semua|tidak|masuk"
K2 = "K2|Kelas ibu|DPPKB|E11|spesifik|Kelas|kelas|10|10|Semua|tidak|masuk"
LAIN = K2.replace("K2|", "K9|").replace("|E11|", "|E15|")


def number(text) -> float:
    return NAN if text == "-" else float(text)


@pytest.mark.parametrize("case", CASES, ids=[case["nama"] for case in CASES])
def test_target_and_budget_follow_the_declared_cases(case):
    target, hasil, satuan, output, jenis = case["output"].split("|")
    pagu, spent = case["uang"].split("|")
    rows = pd.DataFrame({
        "target_output": [number(target)], "realisasi_output": [number(hasil)],
        "satuan": [satuan], "indikator_output": [output], "jenis": [jenis],
        "pagu_rp": [number(pagu)], "realisasi_rp": [number(spent)],
    })  # fmt: skip
    ratio = pd.Series([number(case["rasio"])])
    rows = rows.join(propose_target_output(rows, ratio, ambang=load_ambang(), rules=RULES))
    found = rows.join(propose_pagu(rows, ambang=load_ambang(), rules=RULES)).iloc[0]
    assert found["target_usulan"] == pytest.approx(number(case["target"]), nan_ok=True)
    assert case["dasar_target"] in found["dasar_target"]
    limits = [NAN, NAN] if case["pagu"] == "-" else case["pagu"]
    assert found[["pagu_bawah_rp", "pagu_atas_rp"]].tolist() == pytest.approx(limits, nan_ok=True)
    assert case["dasar_pagu"] in found["dasar_pagu"]


def draft(
    kegiatan=None, *, indikator: str = "E11", desa=(DESA[0], DESA[3]), **tables
) -> pd.DataFrame:
    """Return the draft where the indicator is at 60 of 100 in each of `desa`, all there are.

    Without `kegiatan` the plan serves another indicator: no plan at all says nothing of gaps.
    """
    tables["kegiatan"] = plan(LAIN) if kegiatan is None else kegiatan
    rows = cakupan(*(f"{kode} 60 100" for kode in desa), indikator=indikator)
    goals = targets(indikator, [80, 90] if indikator == "E11" else [10, 10])
    bahan = make_bahan(cakupan=rows, target=goals, **tables)
    konteks = make_konteks(bahan, desa=list(desa))
    found = _propose(konteks, _measure(konteks))["rancangan_kegiatan"]
    frame = tabel_hasil()["rancangan_kegiatan"].conform(_declared("rancangan_kegiatan", found))
    return frame.set_index("id_usulan")


def decide(*rows: str) -> pd.DataFrame:
    columns = "id_usulan putusan target_disepakati pagu_disepakati_rp opd_disepakati"
    return baris(f"{columns} sub_kegiatan_disepakati catatan_putusan", *rows)


def test_what_goes_on_is_listed_and_what_is_proposed_for_removal_is_not():
    frame = draft(plan(K1, "K3|Perjalanan dinas|Setda|-|sensitif|Kali|kali|1|1|A|tidak|masuk"))
    assert frame.index.tolist() == ["RR-K1"]
    row = frame.loc["RR-K1"]
    assert (row["asal"], row["usulan"]) == ("kegiatan tahun ini", "ditindaklanjuti")
    assert row["target_usulan"] == 143  # 95 x 90/60 = 142,5
    assert (row["kanal"], row["dokumen"]) == ("perencanaan", "RKPD dan Renja")
    assert row["tenggat"] == pd.Timestamp("2025-04-30")


def test_the_desa_that_lack_most_are_named_inside_the_kecamatan_of_the_activity():
    own = K1.replace("|Semua|", "|Kecamatan 01|")
    places = draft(plan(own, K2)).loc[:, "lokasi_usulan"]
    assert places["RR-K2"].count("(") == 2
    assert places["RR-K1"].count("(") == 1
    assert places["RR-K1"].endswith("(Kecamatan 01)")


@pytest.mark.parametrize(("count", "named"), [(5, 5), (6, 5)])
def test_at_most_the_declared_number_of_desa_is_named(count, named):
    places = draft(plan(K2), desa=[f"73.12.01.20{n:02}" for n in range(1, count + 1)])
    assert places.loc["RR-K2", "lokasi_usulan"].count(";") + 1 == named


def test_a_merged_activity_is_one_row_with_the_sums_of_both():
    twin = K1.replace("K1|", "K4|")
    money = baris("id_kegiatan sumber_dana pagu_murni_rp realisasi_rp",
                  "K1|APBD|100000000|95000000", "K4|Dana Desa|20000000|19000000")  # fmt: skip
    frame = draft(plan(K1, twin), anggaran=money)
    assert frame.index.tolist() == ["RR-K1"]
    row = frame.loc["RR-K1"]
    assert (row["target_tahun_ini"], row["pagu_tahun_ini_rp"]) == (200, 120_000_000)


def test_money_of_the_village_goes_through_its_own_documents():
    money = baris("id_kegiatan sumber_dana pagu_murni_rp", "K1|Dana Desa|100", "K2|APBD|100",
                  "K2|Dana Desa|100")  # fmt: skip
    documents = draft(plan(K1, K2), anggaran=money)["dokumen"]
    assert documents["RR-K1"] == "RKP Desa dan APBDes"
    assert documents["RR-K2"] == "RKPD dan Renja; RKP Desa dan APBDes"


def test_the_schedule_moves_on_a_year_and_can_be_read_back():
    days = baris("id_kegiatan jendela rencana_mulai rencana_selesai",
                 "K1 1 2024-02-01 2024-02-28", "K1 2 2024-08-01 2024-08-31",
                 "K2 1 2024-05-02 2024-05-31")  # fmt: skip
    waktu = draft(plan(K1, K2), jadwal=days)["waktu"]
    assert waktu.tolist() == ["Februari - Agustus 2025", "Mei 2025"]


def test_a_gap_without_activity_names_its_owner_and_leaves_the_code_to_the_meeting():
    row = draft().loc["RR-E11"]
    assert row["asal"] == "kesenjangan tanpa kegiatan"
    assert row[["kode_sub_kegiatan", "sub_kegiatan", "pagu_bawah_rp"]].isna().all()
    assert row["opd"] == "Dinas Kesehatan"
    assert (row["target_usulan"], row["satuan"]) == (60, "ibu hamil")
    assert row["masalah"].endswith("(cakupan rendah)")
    assert pd.isna(row["usulan"])


def test_without_a_plan_no_gap_is_said_to_be_unserved():
    assert draft(plan(LAIN).iloc[:0]).empty


def test_a_gap_that_should_shrink_gets_no_output_target():
    row = draft(indikator="E12").loc["RR-E12"]
    assert pd.isna(row["target_usulan"])
    assert "makin rendah makin baik" in row["dasar_target"]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ([], "rancangan"),
        (["UK-K1|ditindaklanjuti|-|-|-|-|-"], "disepakati"),
        (["UK-K1|usul dihapus|-|-|-|-|-"], "tidak diteruskan"),
        (["UK-K1|usul dihapus|-|-|-|-|-", "RR-K1|ditindaklanjuti|-|-|-|-|-"], "disepakati"),
        (["RR-K1|usul dihapus|-|-|-|-|-"], "tidak diteruskan"),
        (["RR-K1|-|120|-|-|-|-"], "rancangan"),
    ],
)
def test_the_word_on_the_row_comes_before_that_on_its_activity(words, state):
    frame = draft(plan(K1), putusan=decide(*words) if words else decide())
    assert frame.loc["RR-K1", "keadaan"] == state


def test_an_activity_the_meeting_keeps_comes_into_the_draft():
    gone = "K3|Perjalanan dinas|Setda|-|sensitif|Kali|kali|1|1|A|tidak|masuk"
    frame = draft(plan(gone), putusan=decide("UK-K3|ditindaklanjuti|-|-|-|-|-"))
    assert frame.loc["RR-K3", "keadaan"] == "disepakati"
    assert frame.loc["RR-K3", "usulan"] == "usul dihapus"


def test_only_what_the_meeting_changed_is_told():
    money = baris("id_kegiatan sumber_dana pagu_murni_rp realisasi_rp", "K1|APBD|95000000|95000000",
                  "K2|APBD|10000000|10000000")  # fmt: skip
    words = decide("RR-K1|ditindaklanjuti|150|200000000|DPPKB|-|Disepakati",
                   "RR-K2|ditindaklanjuti|10|10000000|DPPKB|-|-")  # fmt: skip
    frame = draft(plan(K1, K2), anggaran=money, putusan=words)
    assert frame.loc["RR-K1", "perubahan"] == (
        "target 143 menjadi 150; pagu Rp200.000.000 di luar rentang usulan; OPD DPPKB"
    )
    assert pd.isna(frame.loc["RR-K2", "perubahan"])


def test_the_meeting_fills_in_the_sub_kegiatan_of_a_gap():
    words = decide("RR-E11|ditindaklanjuti|60|5000000|-|1.02.02.2.02.0001 Pelayanan Ibu Hamil|-")
    row = draft(putusan=words).loc["RR-E11"]
    assert row["keadaan"] == "disepakati"
    assert row["perubahan"] == (
        "pagu Rp5.000.000; sub kegiatan 1.02.02.2.02.0001 Pelayanan Ibu Hamil"
    )


def test_entries_without_a_word_and_orphans_become_findings():
    rows = decide("RR-K1|-|120|-|-|-|-", "RR-K9|ditindaklanjuti|-|-|-|-|-",
                  "RR-K2|boleh juga|-|-|-|-|-")  # fmt: skip
    hasil = review(make_bahan(kegiatan=plan(K1, K2), putusan=rows))
    found = hasil.mutu_data.set_index("kode")["uraian"]
    assert "RR-K1" in found["U03"]
    assert "RR-K9" in found["U01"]
    assert "boleh juga" in found["U02"]
