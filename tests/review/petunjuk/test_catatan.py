"""Recorded barriers counted: Pareto by category, and owner by category."""

from reviu_lib.review.petunjuk.catatan import compute_pareto, compute_silang

from ..bahan_kecil import baris

KOLOM = "keadaan kategori opd_pj kode_indikator status kekurangan"
CATATAN = baris(
    KOLOM,
    "tercatat|SDM|Dinkes|E11|selesai|output",
    "tercatat|data|Bappeda|-|belum|-",
    "tercatat|SDM|Dinkes|E17|belum|cakupan",
    "tercatat|-|-|-|-|-",
    "belum dicatat|-|Dinkes|E11|belum|cakupan",
)


def test_categories_stand_by_number_with_share_and_cumulative_share():
    frame = compute_pareto(CATATAN)
    assert frame["kategori"].tolist() == ["SDM", "data", "tidak diisi"]
    assert frame["porsi_persen"].tolist() == [50, 25, 25]
    assert frame["kumulatif_persen"].tolist() == [50, 75, 100]
    assert frame["jumlah_selesai"].tolist() == [1, 0, 0]
    assert frame["jumlah_berkekurangan"].tolist() == [2, 0, 0]


def test_owners_and_categories_are_counted_with_their_indicators():
    frame = compute_silang(CATATAN)
    rows = frame.set_index("baris")[["jumlah", "indikator_terkait"]]
    assert rows.loc["Dinkes:SDM"].tolist() == [2, "E11; E17"]
    assert frame["jumlah"].sum() == 4


def test_nothing_recorded_gives_no_row():
    empty = CATATAN[CATATAN["keadaan"] == "belum dicatat"]
    assert compute_pareto(empty).empty
    assert compute_silang(empty).empty
