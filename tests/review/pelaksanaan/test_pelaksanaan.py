"""The aksi by the kabupaten and by its kecamatan: score, time, evidence, class, sasaran."""

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.catalog import KelasHasil, load_aturan
from reviu_lib.review import review
from reviu_lib.review.kamus import load_bukti
from reviu_lib.review.pelaksanaan.aksi import compute_aksi, end_of_month, summarize_aksi
from reviu_lib.review.pelaksanaan.bukti import compute_bukti, compute_penilaian
from reviu_lib.review.pelaksanaan.kecamatan import (
    compute_aksi_kecamatan,
    compute_sasaran_kecamatan,
    summarize_kecamatan,
)

from ..bahan_kecil import DESA, baris, cakupan, make_bahan, make_konteks

KASUS = tomllib.loads((Path(__file__).parents[2] / "cases" / "aksi.toml").read_text("utf-8"))
CUTOFF = dt.date(2024, 11, 30)


def _weigh(konteks, bobot):
    cards = [
        card.model_copy(update={"bobot": bobot.get(card.kode, card.bobot)})
        for card in konteks.aturan.aksi
    ]
    return replace(konteks, aturan=konteks.aturan.model_copy(update={"aksi": tuple(cards)}))


@pytest.mark.parametrize("case", KASUS["kemajuan"], ids=lambda case: case["nama"])
def test_progress_is_a_weighted_share_of_what_can_be_judged(case):
    rows = [text.strip().replace(" ", "|", 1) for text in case["isi"].split(",") if text]
    bahan = make_bahan(case["tahun"], **({"aksi": baris("aksi status", *rows)} if rows else {}))
    konteks = _weigh(make_konteks(bahan, desa=[]), case.get("bobot", {}))
    found = summarize_aksi(compute_aksi(konteks))["kemajuan_aksi_persen"]
    assert found == pytest.approx(case.get("hasil", float("nan")), nan_ok=True)


@pytest.mark.parametrize("case", KASUS["ketepatan"], ids=lambda case: case["isi"])
def test_time_is_judged_by_the_plan_else_by_the_usual_time(case):
    rows = baris("aksi status tanggal_rencana tanggal_realisasi", case["isi"])
    konteks = make_konteks(make_bahan(2024, aksi=rows, cutoff=CUTOFF), desa=[])
    table = compute_aksi(konteks).set_index("aksi")
    assert table.loc[case["isi"].split()[0], "ketepatan"] == case["hasil"]


@pytest.mark.parametrize(
    ("bulan", "hari"),
    [
        (2, dt.date(2024, 2, 29)),
        (12, dt.date(2024, 12, 31)),
        (14, dt.date(2025, 2, 28)),
        (None,) * 2,
    ],
)
def test_months_beyond_december_lie_in_the_next_year(bulan, hari):
    assert end_of_month(2024, bulan) == hari


@pytest.mark.parametrize("case", KASUS["huruf"], ids=lambda case: str(case["bagian"]))
def test_only_letters_that_could_be_read_are_given(case):
    assert load_bukti()["lokus_sebaran"].grade(case["bagian"]) == case["huruf"]


@pytest.mark.parametrize(
    "case", KASUS["kelas"], ids=lambda case: f"{case['batas']}-{case['nilai']}"
)
def test_no_class_without_cut_offs(case):
    era = load_aturan(2025).kelas_hasil
    scale = KelasHasil(**{**era.model_dump(), "batas_bawah": tuple(case["batas"])})
    assert scale.classify(case["nilai"]) == case["kelas"]


def test_main_and_supporting_aksi_are_also_told_apart():
    rows = baris("aksi status", "U1|selesai", "U2|belum", "P1|selesai")
    numbers = summarize_aksi(compute_aksi(make_konteks(make_bahan(2025, aksi=rows), desa=[])))
    assert numbers["kemajuan_aksi_utama_persen"] == 50
    assert numbers["kemajuan_aksi_pendukung_persen"] == 100


def _register(*rows):
    """Return register rows from `desa stunting prevalensi diukur tahun`."""
    names = ["kode_wilayah", "stunting", "prevalensi_persen", "diukur", "tahun"]
    frame = pd.DataFrame([row.split() for row in rows], columns=names)
    frame = frame.astype(dict.fromkeys(names[1:], "float64"))
    return frame.assign(jenis_angka="register", tingkat="desa", sumber="e", periode="Agustus")


def _bukti(rows, *lokus, tahun=2024):
    sheet = baris("kode_desa tahun", *(f"{DESA[n]} {tahun}" for n in lokus))
    konteks = make_konteks(make_bahan(tahun, lokus=sheet), desa=DESA)
    return compute_bukti(konteks, _register(*rows)).iloc[0]


REGISTER = [
    f"{DESA[0]} 20 30 60 2023", f"{DESA[1]} 10 5 200 2023",
    f"{DESA[2]} 5 20 40 2023", f"{DESA[3]} 1 2 50 2023",
]  # fmt: skip


def test_a_lokus_is_high_by_number_or_by_prevalence():
    row = _bukti(REGISTER, 0, 1, 2)
    assert (row["pembilang"], row["penyebut"], row["huruf"]) == (3, 3, "A")


def test_a_lokus_low_in_both_lowers_the_letter():
    row = _bukti(REGISTER, 0, 1, 2, 3)
    assert (row["nilai_persen"], row["huruf"]) == (75.0, "B")


def test_a_lokus_with_too_few_children_leaves_the_letter_open():
    rows = [*REGISTER[:3], f"{DESA[3]} 1 2 29 2023"]
    row = _bukti(rows, 0, 3)
    assert (row["jumlah_tidak_dinilai"], row["huruf"]) == (1, "")


def test_the_register_of_the_year_before_is_what_lokus_were_chosen_by():
    later = [text.replace("2023", "2024") for text in REGISTER]
    assert _bukti([*REGISTER, *later], 0)["tahun_data"] == 2023


def test_without_a_register_the_item_stays_open_with_its_reason():
    row = _bukti([], 0)
    assert "tidak tersedia" in row["alasan"]


def test_without_lokus_there_is_nothing_to_check():
    konteks = make_konteks(make_bahan(2024), desa=DESA)
    assert compute_bukti(konteks, _register(*REGISTER)).empty


KECAMATAN = baris(
    "aksi status kode_kecamatan dokumen_bukti",
    "U1|selesai|73.12.01|BA 1", "U2|selesai|73.12.01|-", "U3|belum|73.12.01|-", "U1|sebagian|-|-",
)  # fmt: skip


def test_a_row_of_a_kecamatan_never_counts_as_the_kabupatens_own():
    konteks = make_konteks(make_bahan(2025, aksi=KECAMATAN), desa=DESA)
    status = compute_aksi(konteks).set_index("aksi")["status"]
    assert status[["U1", "U2"]].tolist() == ["sebagian", "tidak dilaporkan"]


def test_each_kecamatan_has_its_own_progress_and_missing_evidence():
    konteks = make_konteks(make_bahan(2025, aksi=KECAMATAN), desa=DESA)
    table = compute_aksi_kecamatan(konteks).set_index("baris")
    assert table.loc["73.12.01", "kemajuan_persen"] == pytest.approx(200 / 3)
    assert table.loc["73.12.01", "jumlah_tanpa_bukti"] == 1
    assert table.loc["73.12.02", "jumlah_tidak_dilaporkan"] == 4
    assert summarize_kecamatan(konteks, table.reset_index(), pd.DataFrame()) == {
        "jumlah_kecamatan_pelaku": 2, "jumlah_kecamatan_beraksi": 1,
    }  # fmt: skip


def test_before_2025_kecamatan_are_no_actors():
    konteks = make_konteks(make_bahan(2024, aksi=KECAMATAN), desa=DESA)
    assert compute_aksi_kecamatan(konteks).empty
    assert summarize_kecamatan(konteks, pd.DataFrame(), pd.DataFrame()) == {}


@pytest.mark.parametrize(
    ("tahun", "rincian"),
    [
        (2024, ["9", "U1 (73.12.01)", "1 (73.12.01)"]),
        (2025, ["9", "1 (73.12.01)", "P1 (73.12.01)"]),
    ],
)
def test_aksi_rows_without_a_place_in_the_era_are_told_never_dropped_in_silence(tahun, rincian):
    own = "1" if tahun == 2024 else "U1"
    rows = [f"{own}|belum|-", "9|belum|-", "1|belum|73.12.01"]
    rows.append("U1|belum|73.12.01" if tahun == 2024 else "P1|belum|73.12.01")
    sheet = baris("aksi status kode_kecamatan", *rows)
    mutu = review(make_bahan(tahun, aksi=sheet)).mutu_data.set_index("kode")
    assert all(text in mutu.loc["R43", "uraian"] for text in rincian)
    assert mutu.loc["R43", "jumlah"] == 3


def test_sasaran_of_kecamatan_before_2025_are_told():
    rows = baris("kode_kecamatan kecamatan jumlah_bumil", "73.12.01 Marioriwawo 10")
    mutu = review(make_bahan(2024, sasaran_kecamatan=rows)).mutu_data
    assert "Marioriwawo" in mutu.set_index("kode").loc["R44", "uraian"]


def _sasaran(laporan, *isi):
    bahan = make_bahan(
        2025, cakupan=cakupan(*isi),
        sasaran_kecamatan=baris("kode_kecamatan jumlah_bumil tanggal_verifikasi", laporan),
    )  # fmt: skip
    table = compute_sasaran_kecamatan(make_konteks(bahan, desa=DESA[:3]))
    return table.set_index("kelompok").loc["bumil"]


PENUH = (f"{DESA[0]} 1 50", f"{DESA[1]} 1 30", f"{DESA[2]} 1 20")


@pytest.mark.parametrize(
    ("jumlah", "keadaan"),
    [("110", "sejalan"), ("111", "berbeda"), ("89", "berbeda"), ("-", "belum dilaporkan")],
)
def test_sasaran_beyond_a_tenth_of_the_denominator_differ(jumlah, keadaan):
    assert _sasaran(f"73.12.01 {jumlah} 2025-03-01", *PENUH)["kesesuaian"] == keadaan


def test_a_desa_without_denominator_withholds_the_comparison():
    row = _sasaran("73.12.01 100 2025-03-01", *PENUH[:2], f"{DESA[2]} 1 -")
    assert (row["kesesuaian"], pd.isna(row["penyebut"])) == ("tanpa pembanding", True)


def test_a_report_without_date_is_not_verified():
    assert _sasaran("73.12.01 100 -", *PENUH)["verifikasi"] == "belum diverifikasi"


@pytest.mark.parametrize(("tahun", "ada"), [(2024, False), (2025, True)])
def test_a_missing_report_of_the_kecamatan_is_a_finding_from_2025_on(tahun, ada):
    assert review(make_bahan(tahun)).mutu_data["kode"].eq("R40").any() == ada


def test_an_assessment_published_after_the_review_is_set_aside():
    rows = baris(
        "tahun penilai hasil tanggal_terbit sumber",
        "2023|Provinsi|A|2024-06-01|S1", "2024|Provinsi|B|2025-06-01|S2", "2022|Pusat|C|-|S3",
    )  # fmt: skip
    bahan = make_bahan(2024, penilaian_kinerja=rows)
    assert compute_penilaian(make_konteks(bahan))["hasil"].tolist() == ["A", "C"]
    assert review(bahan).value("ringkasan/jumlah_penilaian_kemudian/nilai") == 1
