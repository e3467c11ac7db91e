"""What last year's meeting agreed is looked for in this year's plan, and asked after."""

from __future__ import annotations

import pandas as pd
import pytest

from reviu_lib.review.pelaksanaan.aksi import compute_tindak_lanjut
from reviu_lib.review.usulan.kesinambungan import _RULES, compute_kesinambungan
from reviu_lib.review.usulan.rekomendasi import _first_wording

from ..bahan_kecil import baris, make_bahan, make_konteks
from .test_usulan_kegiatan import plan

KOLOM = (
    "id_usulan putusan target_disepakati pagu_disepakati_rp opd_disepakati "
    "sub_kegiatan_disepakati sub_kegiatan opd indikator_output target_usulan"
)
RR = "RR-K1|ditindaklanjuti|-|-|-|-|Pemberian TTD|Dinkes|Bumil dilayani|100"
K1 = "A7|Pemberian TTD|Dinkes|E11|spesifik|Bumil dilayani|orang|100|95|Semua|tidak|masuk"
NEW = plan(K1)


def decided(*rows: str) -> pd.DataFrame:
    return baris(KOLOM, *rows)


def found(*rows: str, kegiatan=NEW, **tables) -> pd.DataFrame:
    before = make_bahan(2023, putusan=decided(*rows))
    konteks = make_konteks(make_bahan(kegiatan=kegiatan, **tables), before)
    frame = compute_kesinambungan(konteks)
    return frame.set_index("id_usulan") if len(frame) else frame


@pytest.mark.parametrize(
    ("row", "kegiatan", "keadaan"),
    [
        (RR, NEW, "masuk rencana"),
        (RR.replace("Pemberian TTD", "PEMBERIAN  TTD."), NEW, "masuk rencana"),
        (RR.replace("|-|-|-|-|", "|120|-|-|-|"), NEW, "masuk dengan perubahan"),
        (RR.replace("Bumil dilayani", "Bumil mendapat TTD"), NEW, "masuk rencana"),
        (RR.replace("Dinkes", "DPPKB"), NEW, "tidak ditemukan"),
        (RR.replace("|-|Pemberian", "|1.02.02.2.02.0001 Kelas Ibu|Pemberian"), NEW,
         "tidak ditemukan"),
        (RR, plan(K1, K1.replace("A7", "A8")), "padanan lebih dari satu"),
        (RR, plan(), "belum dapat dinilai"),
        ("RR-E11|ditindaklanjuti|60|-|-|-|-|Dinkes|Ibu hamil|60", NEW, "belum dapat dinilai"),
    ],
)  # fmt: skip
def test_an_agreed_activity_is_found_by_name_and_owner_or_said_to_be_missing(
    row, kegiatan, keadaan
):
    frame = found(row, kegiatan=kegiatan)
    assert frame["keadaan"].tolist() == [keadaan]
    assert frame["alasan"].notna().all()
    assert keadaan in _RULES.values()


def test_the_differences_from_what_was_agreed_are_told():
    money = baris("id_kegiatan sumber_dana pagu_rembuk_rp", "A7|APBD|90000000")
    row = found(RR.replace("|-|-|-|-|", "|120|100000000|-|-|"), anggaran=money).loc["RR-K1"]
    assert row["id_kegiatan"] == "A7"
    assert row["perubahan"] == ("target 120 menjadi 100; pagu Rp100.000.000 menjadi Rp90.000.000")


def test_the_row_of_the_draft_stands_for_the_activity_decided_twice():
    frame = found(RR.replace("RR-K1", "UK-K1").replace("|100", "|-"), RR)
    assert frame.index.tolist() == ["RR-K1"]


def test_what_was_not_agreed_is_not_looked_for():
    rows = [RR.replace("ditindaklanjuti", word) for word in ("usul dihapus", "selesai", "-")]
    assert [len(found(row)) for row in rows] == [0, 0, 0]


def test_the_annex_of_last_year_may_lie_in_either_folder():
    rows = decided(RR).assign(tahun=2023)
    konteks = make_konteks(make_bahan(kegiatan=NEW, putusan=rows))
    assert compute_kesinambungan(konteks)["keadaan"].tolist() == ["masuk rencana"]
    assert konteks.putusan.empty
    assert len(konteks.putusan_lalu) == 1


def test_decisions_of_the_year_are_never_those_of_the_year_before():
    before = make_bahan(2022, putusan=decided(RR))
    konteks = make_konteks(make_bahan(putusan=decided(RR)), before)
    assert konteks.putusan_lalu.empty
    assert len(konteks.putusan) == 1


REKOMENDASI = "id_usulan putusan rekomendasi masukan_untuk opd_pj tenggat"


def test_agreed_recommendations_of_last_year_are_asked_after():
    rows = baris(REKOMENDASI,
                 "RK-1|ditindaklanjuti|Lengkapi data.|Aksi 1|Dinkes|2024-02-28",
                 "RK-2|usul dihapus|Tambah rapat.|Aksi 2|Bappeda|2024-04-30",
                 "RK-3|ditindaklanjuti|Latih kader.|Aksi 2|DPMD|2024-04-30")  # fmt: skip
    sheet = baris("id rekomendasi status bukti", "RK-3|Latih kader|selesai|Laporan")
    konteks = make_konteks(make_bahan(tindak_lanjut_lalu=sheet), make_bahan(2023, putusan=rows))
    frame = compute_tindak_lanjut(konteks).set_index("id")
    assert frame["penilaian"].to_dict() == {"RK-3": "selesai berbukti", "RK-1": "tidak dilaporkan"}
    assert frame.loc["RK-1", ["tujuan", "opd_pj"]].tolist() == ["Aksi 1", "Dinkes"]
    assert frame.loc["RK-1", "lewat_tenggat_hari"] == 338


def test_a_recommendation_carried_on_again_keeps_its_first_wording():
    text = "Lanjutkan rekomendasi tahun lalu: Lengkapi data."
    assert _first_wording(text) == _first_wording("Lengkapi data.") == "Lengkapi data"
