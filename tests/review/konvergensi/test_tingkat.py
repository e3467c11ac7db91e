"""The convergence rate: the cases of tests/cases/konvergensi.toml, and what they cannot say."""

import datetime as dt
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.review.konvergensi.aturan import load_konvergensi
from reviu_lib.review.konvergensi.tingkat import (
    compute_konvergensi,
    compute_layanan,
    compute_layanan_desa,
)

from ..bahan_kecil import DESA, make_bahan, make_konteks
from .test_skor import records

KASUS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "konvergensi.toml").read_text("utf-8")
)["tingkat"]
HARAP = re.compile(r"(\S+) (\d) (ibu hamil|anak 0-23 bulan|gabungan) (\w+) = (\S+)")
BARIS = re.compile(r"(.+) (\d+) (\d+|-) (\d+)")


def recap(*texts):
    """Return rows of the sheet konvergensi; `*` stands for the services not named."""
    rows = []
    for text in texts:
        head, _, body = text.partition(": ")
        desa, quarter, group = head.split(" ", 2)
        parts = [BARIS.fullmatch(part.strip()).groups() for part in body.split(";")]
        named = {part[0]: part[1:] for part in parts}
        services = [item.nama for item in load_konvergensi().layanan if item.kelompok == group]
        for service in [*services, "seluruh layanan"]:
            cells = named.get(service, named.get("*") if service in services else None)
            if cells:
                size, got, free = (None if cell == "-" else cell for cell in cells)
                rows.append(
                    (DESA[int(desa) - 1], f"triwulan {quarter}", group, service, size, got, free)
                )
    columns = [
        "kode_desa",
        "triwulan",
        "kelompok",
        "layanan",
        "sasaran",
        "diterima",
        "tidak_seharusnya",
    ]
    return pd.DataFrame(rows, columns=columns)  # fmt: skip


def rates(*texts, desa=DESA):
    konteks = make_konteks(make_bahan(konvergensi=recap(*texts)), desa=desa)
    return compute_konvergensi(konteks, compute_layanan_desa(konteks))


@pytest.mark.parametrize("case", KASUS, ids=lambda case: case["nama"])
def test_the_rate_is_as_worked_by_hand(case):
    frame = rates(*case["rekap"]).set_index(["kode_wilayah", "triwulan", "kelompok"])
    for text in case["harap"]:
        place, quarter, group, column, expected = HARAP.fullmatch(text).groups()
        value = frame.loc[(place, int(quarter), group), column]
        if expected in {"ya", "tidak"}:
            assert bool(value) is (expected == "ya")
        elif expected == "-":
            assert pd.isna(value)
        else:
            assert value == pytest.approx(float(expected), abs=1e-6)


def test_desa_that_say_nothing_count_against_completeness():
    row = rates("1 1 ibu hamil: * 10 5 0").query("tingkat == 'kabupaten'").iloc[0]
    assert (row["jumlah_desa_lengkap"], row["jumlah_desa"]) == (1, 4)
    assert (row["kelengkapan_persen"], row["status_data"]) == (25, "sementara")


def test_splitting_a_desa_into_two_halves_keeps_the_rate():
    whole = rates("1 1 ibu hamil: pil Fe 10 4 2; * 10 6 0")
    halves = rates("1 1 ibu hamil: pil Fe 5 2 1; * 5 3 0", "2 1 ibu hamil: pil Fe 5 2 1; * 5 3 0")
    one, two = (frame.query("tingkat == 'kabupaten'").iloc[0] for frame in (whole, halves))
    assert one["konvergensi_persen"] == two["konvergensi_persen"]


def with_records(bahan, *texts):
    return replace(bahan, layanan_sasaran=records(*texts))


def by_name(*texts, konvergensi=None, cutoff=dt.date(2024, 12, 31)):
    sheets = {} if konvergensi is None else {"konvergensi": konvergensi}
    return make_konteks(with_records(make_bahan(cutoff=cutoff, **sheets), *texts), desa=DESA)


def test_a_recap_of_the_desa_stands_before_its_records_of_that_quarter():
    konteks = by_name(
        "m ibu 2024 Januari -: pil Fe", "m ibu 2024 April -: pil Fe",
        konvergensi=recap("1 1 ibu hamil: * 10 5 0"),
    )  # fmt: skip
    counts = compute_layanan_desa(konteks)
    sources = counts.groupby("triwulan")["sumber"].unique().map(list)
    assert sources.to_dict() == {1: ["rekap desa"], 2: ["catatan per sasaran"]}
    both = compute_konvergensi(konteks, counts).query("tingkat == 'kabupaten'")
    assert both["sumber"].tolist() == ["rekap desa", "catatan per sasaran"]


CUTOFFS = [
    ("2024-09-29", {1}),
    ("2024-11-30", {1, 3}),
    ("2024-12-31", {1, 3, 4}),
    ("2025-02-01", {1, 3, 4}),
]


@pytest.mark.parametrize(("cutoff", "quarters"), CUTOFFS)
def test_a_quarter_that_is_not_over_is_not_scored(cutoff, quarters):
    texts = [f"m ibu 2024 {month} -: pil Fe" for month in ("Januari", "Juli", "Oktober")]
    counts = compute_layanan_desa(by_name(*texts, cutoff=dt.date.fromisoformat(cutoff)))
    assert set(counts["triwulan"]) == quarters


def test_the_records_of_last_year_help_to_count_since_birth():
    months = ("September", "Oktober", "November", "Desember")
    marks = [f"a anak 2023 {month} {age}: penimbangan" for age, month in enumerate(months)]
    now = ["a anak 2024 Januari 4: penimbangan", "a anak 2024 Maret 6: "]
    before = with_records(make_bahan(2023), *marks)
    konteks = make_konteks(with_records(make_bahan(), *now), before, desa=DESA)
    row = compute_layanan_desa(konteks).query("layanan == 'penimbangan'").iloc[0]
    assert (row["diterima"], row["tak_diketahui"]) == (1, 0)


def test_services_are_summed_over_the_desa_that_report_them():
    sheet = recap("1 1 ibu hamil: pil Fe 10 8 2", "2 1 ibu hamil: pil Fe 10 - 0")
    konteks = make_konteks(make_bahan(konvergensi=sheet), desa=DESA)
    counts = compute_layanan_desa(konteks)
    row = compute_layanan(konteks, counts, compute_konvergensi(konteks, counts)).iloc[0]
    assert (row["seharusnya"], row["diterima"], row["persen"], row["jumlah_desa"]) == (8, 8, 100, 1)


def test_without_any_score_there_are_no_rows():
    konteks = make_konteks(make_bahan(), desa=DESA)
    counts = compute_layanan_desa(konteks)
    empty = compute_konvergensi(konteks, counts)
    assert empty.empty
    assert compute_layanan(konteks, counts, empty).empty


@pytest.mark.parametrize("tahun", [2021, 2023, 2025])
def test_the_score_is_the_same_in_all_three_eras(tahun):
    konteks = make_konteks(
        make_bahan(tahun, konvergensi=recap("1 1 ibu hamil: * 10 5 0")), desa=DESA
    )
    frame = compute_konvergensi(konteks, compute_layanan_desa(konteks))
    assert frame["konvergensi_persen"].tolist() == [50, 50, 50]
