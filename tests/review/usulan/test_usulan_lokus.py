from __future__ import annotations

import pandas as pd
import pytest

from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.outcome.prevalensi import compute_prevalensi
from reviu_lib.review.usulan.lokus import normalize_rank, propose_lokus, summarize_lokus

from ..bahan_kecil import DESA, baris, cakupan, make_bahan, make_konteks


def lokus(stunting: tuple[int, ...], *, diukur: int = 40, sasaran: int | None = 50, **tables):
    """Each desa has `diukur` children, the given number of them stunted, and `sasaran`."""
    visits = [
        (f"{kode}-{i}", kode, 500, "2024-08-05", -2.5 if i < count else 0.0)
        for kode, count in zip(DESA, stunting, strict=False)
        for i in range(diukur)
    ]
    kolom = ["id_anak", "kode_desa", "usia_hari", "tanggal_ukur", "z_tbu"]
    if sasaran:
        rows = [f"{kode} 10 {sasaran}" for kode in DESA[: len(stunting)]]
        tables = {"cakupan": cakupan(*rows, indikator="E17"), **tables}
    bahan = make_bahan(pengukuran=pd.DataFrame(visits, columns=kolom), **tables)
    konteks = make_konteks(bahan, desa=DESA[: len(stunting)])
    frame = propose_lokus(konteks, compute_prevalensi(konteks), compute_cakupan(konteks))
    return frame, summarize_lokus(frame, konteks)


def now(*kode: str):
    return baris("kode_desa tahun dasar", *[f"{item} 2024 SK" for item in kode])


def test_ranks_run_from_zero_to_one_hundred_and_share_ties():
    ranks = normalize_rank(pd.Series([5.0, 1.0, 5.0, float("nan"), 9.0]))
    assert ranks.tolist()[:3] == [50, 0, 50]
    assert (pd.isna(ranks[3]), ranks[4]) == (True, 100)


def test_as_many_desa_are_proposed_as_are_focus_desa_now():
    frame, numbers = lokus((8, 4, 2, 1), lokus=now(DESA[0], DESA[3]))
    chosen = frame.loc[frame["usulan"] == "diusulkan lokus", "kode_desa"]
    assert chosen.tolist() == [DESA[0], DESA[1]]
    assert (numbers["jumlah_lokus_diusulkan"], numbers["jumlah_lokus_tetap"]) == (2, 1)


def test_without_current_focus_desa_the_declared_share_is_proposed():
    frame, _ = lokus((8, 4, 2, 1))
    assert (frame["usulan"] == "diusulkan lokus").sum() == 1


@pytest.mark.parametrize(("diukur", "sasaran"), [(29, 30), (40, 100)])
def test_few_measured_or_low_attendance_is_flagged_never_dropped(diukur, sasaran):
    frame, numbers = lokus((5, 2, 1, 1), diukur=diukur, sasaran=sasaran)
    assert len(frame) == 4
    assert set(frame["usulan"]) == {"belum dapat dinilai"}
    assert numbers["jumlah_desa_tidak_andal"] == 4
    assert frame["urutan"].isna().all()


def test_unknown_attendance_is_said_and_not_held_against_a_desa():
    frame, _ = lokus((8, 4, 2, 1), sasaran=None)
    assert frame["data_andal"].isna().all()
    assert frame["alasan"].str.contains("D/S tidak tersedia").all()
    assert frame.iloc[0]["usulan"] == "diusulkan lokus"


def test_absent_components_hand_their_weight_to_the_present_ones():
    frame, _ = lokus((8, 4, 2, 1), sasaran=None)
    assert frame["skor"].tolist() == pytest.approx([100, 200 / 3, 100 / 3, 0])
    assert frame["alasan"].str.contains("bobot komponen yang tidak ada dibagi").all()


def test_coverage_gap_raises_a_desa():
    kolom = "kode_indikator tingkat tahun nilai sumber"
    target = baris(kolom, "E11 kabupaten 2024 80 RKPD", "E17 kabupaten 2024 90 RKPD")
    sasaran = cakupan(*[f"{kode} 10 50" for kode in DESA], indikator="E17")
    rows = cakupan(
        f"{DESA[0]} 80 100", f"{DESA[1]} 80 100", f"{DESA[2]} 80 100", f"{DESA[3]} 9 100"
    )
    frame, _ = lokus((2, 2, 2, 2), cakupan=pd.concat([sasaran, rows]), target=target)
    first = frame.iloc[0]
    assert (first["kode_desa"], first["rerata_kesenjangan_poin"], first["kuadran"]) == (
        DESA[3], (90 - 20 + 80 - 9) / 2, "I",
    )  # fmt: skip


def test_nothing_known_gives_no_list():
    konteks = make_konteks(make_bahan(), desa=DESA)
    frame = propose_lokus(konteks, compute_prevalensi(konteks), compute_cakupan(konteks))
    assert frame.empty
