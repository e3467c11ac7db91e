"""The hand-worked statistics cases (tests/cases/statistik.toml), run by our own functions."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.formatting import decimals_to_tell_apart, round_half_up
from reviu_lib.review import review
from reviu_lib.review.capaian.anggaran import compute_anggaran
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_jendela, compute_kegiatan, summarize_jadwal
from reviu_lib.review.rasio import clamp_skor, compute_gap_closed, compute_skor
from reviu_lib.review.rekap import compute_rekap

from .bahan_kecil import KAB, baris, cakupan, make_bahan, make_konteks, tabel

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "statistik.toml").read_text(encoding="utf-8")
)


def cases(kind: str):
    return pytest.mark.parametrize("case", CASES[kind], ids=lambda case: case["kode"])


def same(value: float, expected: float | str) -> bool:
    """Compare at two decimals, rounded half up; '' is missing."""
    if expected == "":
        return bool(pd.isna(value))
    return not pd.isna(value) and math.isclose(
        float(round_half_up(value, 2)), expected, abs_tol=1e-9
    )


def hasil_serapan(case: dict) -> pd.DataFrame:
    rows = [text.split() for text in case["baris"]]
    juta = lambda cell: None if cell == "-" else round(float(cell) * 1_000_000)  # noqa: E731
    frame = pd.DataFrame(
        [(name, "APBD", *map(juta, cells)) for name, *cells in rows],
        columns=["id_kegiatan", "sumber_dana", "pagu_murni_rp", "pagu_perubahan_rp",
                 "realisasi_rp"],
    )  # fmt: skip
    kegiatan = pd.DataFrame({"id_kegiatan": frame["id_kegiatan"], "jenis": "spesifik"})
    frame = frame.astype(dict.fromkeys(frame.columns[2:], "Int64"))
    konteks = make_konteks(make_bahan(kegiatan=kegiatan, anggaran=frame))
    hasil = compute_anggaran(konteks).set_index("baris")
    return hasil.rename(index={f"kegiatan:{name}|APBD": name for name, *_ in rows}).rename(
        index={"total:semua": "total"}
    )


@cases("serapan")
def test_serapan_is_the_money_spent_over_the_budget_in_force(case):
    hasil = hasil_serapan(case)
    for name, expected in case["serapan"].items():
        assert same(hasil.loc[name, "serapan_persen"], expected), name
    for name, expected in case.get("serapan_murni", {}).items():
        assert same(hasil.loc[name, "serapan_murni_persen"], expected)
    for column, key in (("basis_pagu", "basis"), ("status_anggaran", "status")):
        for name, expected in case.get(key, {}).items():
            assert hasil.loc[name, column] == expected
    apart = hasil.loc["total", "realisasi_tanpa_pagu_rp"]
    assert apart == case["tanpa_pagu_juta"] * 1e6 if "tanpa_pagu_juta" in case else apart != apart


@cases("tiga_lini")
def test_absorption_stands_in_three_lines_beside_the_total(case):
    rows = [text.split() for text in case["baris"]]
    names = [f"K{number}" for number in range(len(rows))]
    jenis = [kind.replace("_", " ") for kind, *_ in rows]
    money = baris(
        "id_kegiatan sumber_dana pagu_murni_rp realisasi_rp",
        *(f"{name} APBD {pagu}000000 {spent}000000"
          for name, (_, pagu, spent) in zip(names, rows, strict=True)),
    )  # fmt: skip
    kegiatan = pd.DataFrame({"id_kegiatan": names, "jenis": jenis})
    hasil = compute_anggaran(make_konteks(make_bahan(kegiatan=kegiatan, anggaran=money)))
    serapan = hasil.set_index("baris")["serapan_persen"]
    for lini, expected in case["serapan"].items():
        assert same(serapan[f"lini:{lini}"], expected), lini
    assert same(serapan["total:semua"], case["total"])


@cases("sebagian_tahun")
def test_part_year_absorption_gets_no_class(case):
    anggaran = baris(
        "id_kegiatan sumber_dana pagu_murni_rp realisasi_rp",
        f"A|Dana Desa|{case['pagu']}|{case['realisasi']}",
    )
    bahan = make_bahan(cutoff=case["cutoff"], anggaran=anggaran)
    total = compute_anggaran(make_konteks(bahan)).set_index("baris").loc["total:semua"]
    assert same(total["serapan_persen"], case["serapan"])
    assert pd.isna(total["kategori"])


@cases("skor")
def test_a_score_follows_the_direction_and_is_clamped_apart(case):
    arah = pd.Series([case["arah"]])
    nilai = compute_skor(pd.Series([float(case["realisasi"])]), pd.Series([case["target"]]), arah)
    assert same(nilai[0], case["capaian"])
    assert same(clamp_skor(nilai)[0], case["skor"])
    if "awal" in case:
        closed = compute_gap_closed(case["awal"], case["realisasi"], case["target"])
        assert same(closed, case["kesenjangan_tertutup"])


@cases("periode")
def test_periods_become_one_figure_of_the_year(case):
    desa = "73.12.01.2001"
    rows = []
    for text in case["baris"]:
        periode, pembilang, penyebut = text.split()
        rows.append(f"{desa} {pembilang} {penyebut} {periode}")
    konteks = make_konteks(
        make_bahan(cakupan=cakupan(*rows)), desa=[desa], E11={"waktu": case["waktu"]}
    )
    hasil = compute_cakupan(konteks).set_index("baris")
    assert same(hasil.loc[f"E11@{KAB}", "capaian_persen"], case["capaian"])


@cases("gabungan")
def test_desa_are_pooled_and_completeness_is_the_lower_share(case):
    desa = [text.split()[0] for text in case["baris"]]
    bahan = make_bahan(cakupan=cakupan(*case["baris"]))
    hasil = compute_cakupan(make_konteks(bahan, desa=desa)).set_index("baris")
    for kode, expected in case["capaian"].items():
        assert same(hasil.loc[f"E11@{kode}", "capaian_persen"], expected), kode
    own = hasil.loc[f"E11@{KAB}"]
    assert same(own["kelengkapan_persen"], case["kelengkapan"])
    assert own["status_data"] == case["status_data"]
    assert same(own["capaian_rerata_desa_persen"], case.get("rerata_desa",
                own["capaian_rerata_desa_persen"].round(2)))  # fmt: skip


@cases("waktu")
def test_time_is_judged_by_the_worst_window(case):
    kolom = "rencana_mulai rencana_selesai realisasi_mulai realisasi_selesai"
    frame = baris(kolom, *case["baris"]).assign(id_kegiatan="K1", jendela=1)
    jadwal = tabel("jadwal", frame)
    jendela = compute_jendela(jadwal, case["reviu"])
    for ujung in ("mulai", "selesai"):
        expected = case.get(f"per_jendela_{ujung}")
        assert expected is None or jendela[f"deviasi_{ujung}_hari"].tolist() == expected
    row = summarize_jadwal(jendela).iloc[0]
    assert same(row["deviasi_mulai_hari"], case["mulai"])
    assert same(row["deviasi_selesai_hari"], case["selesai"])
    assert same(row["terlambat_minimal_hari"], case.get("sedikitnya", ""))
    assert row["jumlah_jendela_tepat"] == case["tepat"]
    assert row["status_waktu"] == case["status"]
    plan = baris("id_kegiatan", "K1")
    bahan = make_bahan(reviu=case["reviu"], kegiatan=plan, jadwal=jadwal)
    written = compute_kegiatan(make_konteks(bahan, desa=[]))["keterangan_waktu"].fillna("")
    assert written.tolist() == [case["tertulis"]]


@cases("rekap")
def test_a_printed_figure_is_recomputed_from_its_counts(case):
    rekap = baris(
        "berkas no indikator pembilang penyebut capaian",
        f"a.csv|1|Indikator|{case['pembilang']}|{case['penyebut']}|{case['tercetak']}",
    )
    hasil, _ = compute_rekap(make_konteks(make_bahan(rekap=rekap)))
    assert same(hasil.loc[0, "capaian_hitung"], case["hitung"])
    assert hasil.loc[0, "status"] == case["status"]


@cases("jumlah_tercetak")
def test_a_printed_total_never_replaces_the_sum_of_its_rows(case):
    pembilang, penyebut, tercetak = case["tercetak"]
    rekap = baris(
        "berkas no indikator pembilang penyebut capaian kode_indikator",
        f"a.csv|1|Catin diperiksa|{pembilang}|{penyebut}|{tercetak}|E04",
    )
    rows = cakupan(*case["baris"], indikator="E04")
    hasil = review(make_bahan(cakupan=rows, rekap=rekap))
    assert same(hasil.value(f"capaian_cakupan/E04@{KAB}/capaian_persen"), case["capaian"])
    assert set(case["temuan"]) <= set(hasil.mutu_data["kode"])


@cases("status")
def test_status_comes_from_the_unrounded_figure(case):
    desa = "73.12.01.2001"
    bahan = make_bahan(
        cakupan=cakupan(f"{desa} {case['pembilang']} {case['penyebut']}"),
        target=baris("kode_indikator tingkat tahun nilai sumber",
                     f"E11 kabupaten 2024 {case['target']} RKPD"),
    )  # fmt: skip
    own = compute_cakupan(make_konteks(bahan, desa=[desa])).set_index("baris").loc[f"E11@{KAB}"]
    assert own["status_capaian"] == case["status"]
    assert decimals_to_tell_apart(own["capaian_persen"], case["target"]) == case["desimal"]
