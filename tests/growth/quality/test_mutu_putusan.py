"""Scores and verdicts: what outside figures add, what notes, and what holds a figure back."""

import pandas as pd
import pytest
from register_sintetis import make_register

from reviu_lib.errors import DefinisiError
from reviu_lib.growth import compute_zscores
from reviu_lib.growth.quality import compute_pemeriksaan_mutu, compute_ringkasan_mutu

FRAME = make_register(7, sound=3, children=200, planted=False)


def kabupaten(frame=FRAME, **acuan):
    given = pd.DataFrame([{"tingkat": "kabupaten", "kode": "99.99", **acuan}])
    found = compute_pemeriksaan_mutu(frame, acuan=given)
    rows = found[found["tingkat"] == "kabupaten"].set_index("pemeriksaan")
    return rows, compute_ringkasan_mutu(found).iloc[0]


def test_a_sound_kabupaten_with_high_coverage_may_be_used():
    rows, verdict = kabupaten(ds_persen=93.0)
    assert rows.loc["ds", ["nilai", "penilaian"]].tolist() == [93.0, "sangat baik"]
    assert verdict["layak_pakai"] == "angka dapat dipakai"
    assert verdict["alasan"] == "tidak ada pemeriksaan yang menonjol"


def test_without_coverage_the_verdict_carries_a_note():
    _, verdict = kabupaten()
    assert verdict["layak_pakai"] == "dipakai dengan catatan"
    assert verdict["alasan"] == "belum dapat dinilai: D/S"


def test_low_coverage_holds_the_figure_back():
    _, verdict = kabupaten(ds_persen=45.25)
    assert verdict["layak_pakai"] == "jangan dipakai sebelum diverifikasi"
    assert verdict["alasan"] == "D/S 45,3 persen"


@pytest.mark.parametrize("survey", [60.0, 5.0, 21.0])
def test_a_survey_is_compared_by_the_smaller_over_the_larger(survey):
    rows, verdict = kabupaten(ds_persen=93.0, prevalensi_survei_persen=survey)
    z = compute_zscores(FRAME)["z_tbu"].groupby(FRAME["id_anak"]).last()
    mine = (z < -2).mean() * 100
    row = rows.loc["rasio_survei"]
    assert row["nilai"] == pytest.approx(min(mine, survey) / max(mine, survey) * 100)
    assert verdict["skor_konsistensi_eksternal"] == row["angka"]
    far = row["nilai"] < 60
    assert ("Kedekatan prevalensi register dan survei" in verdict["alasan"]) == far


def test_a_puskesmas_is_found_by_its_name_and_a_kabupaten_by_its_code():
    given = pd.DataFrame(
        {
            "tingkat": ["kabupaten", "puskesmas", "puskesmas"],
            "kode": "99.99",
            "nama": ["Kabupaten CONTOH", "Puskesmas 02", "Puskesmas 99"],
            "ds_persen": [91.0, 82.0, 73.0],
        }
    )
    found = compute_pemeriksaan_mutu(FRAME, acuan=given, tingkat=["kabupaten", "puskesmas"])
    ds = found[found["pemeriksaan"] == "ds"].set_index("nama")["nilai"]
    assert ds.dropna().to_dict() == {"99.99": 91.0, "Puskesmas 02": 82.0}


def test_a_place_given_twice_is_refused():
    twice = pd.DataFrame({"tingkat": "kabupaten", "kode": ["99.99"] * 2, "ds_persen": [90, 80]})
    with pytest.raises(DefinisiError, match=r"dua kali: kabupaten 99\.99"):
        compute_pemeriksaan_mutu(FRAME, acuan=twice)


def test_a_place_without_outside_figures_is_not_compared():
    rows, verdict = kabupaten(ds_persen=93.0)
    assert rows.loc["rasio_survei", "penilaian"] == "belum dapat dinilai"
    assert pd.isna(verdict["skor_konsistensi_eksternal"])


def test_scores_are_means_of_judged_checks_and_domains():
    found = compute_pemeriksaan_mutu(FRAME, tingkat=["puskesmas"])
    row = compute_ringkasan_mutu(found).iloc[0]
    first = found[found["nama"] == row["nama"]]
    means = first.groupby("ranah")["angka"].mean()
    assert row["skor_akurasi"] == pytest.approx(means["akurasi"])
    assert row["skor"] == pytest.approx(means.mean())
    assert row["jumlah_dinilai"] == first["dapat_dinilai"].sum()


def test_the_ena_score_is_the_sum_of_eight_or_missing():
    found = compute_pemeriksaan_mutu(FRAME, tingkat=["puskesmas"])
    row = compute_ringkasan_mutu(found).iloc[0]
    points = found.loc[found["nama"] == row["nama"], "poin"].dropna()
    assert row["skor_ena"] == points[found["pemeriksaan"] != "sebaran_usia"].sum() - ages(
        found, row
    )
    without = compute_pemeriksaan_mutu(FRAME.assign(berat_kg=float("nan")), tingkat=["puskesmas"])
    assert compute_ringkasan_mutu(without)["skor_ena"].isna().all()


def ages(found, row):
    """Return the points of checks on ages that ENA has no part for."""
    own = found[(found["nama"] == row["nama"]) & (found["pemeriksaan"] == "penumpukan_usia")]
    return own["poin"].sum()


def test_a_kabupaten_carries_the_doubt_of_its_puskesmas():
    found = compute_pemeriksaan_mutu(make_register(4, sound=4))
    verdict = compute_ringkasan_mutu(found).iloc[0]
    assert verdict["tingkat"] == "kabupaten"
    assert verdict["layak_pakai"] == "dipakai dengan catatan"
    assert verdict["alasan"].startswith("2 dari 7 puskesmas (")
    few = compute_pemeriksaan_mutu(make_register(4, sound=1))
    assert compute_ringkasan_mutu(few).iloc[0]["layak_pakai"].startswith("jangan dipakai")


def test_empty_heights_are_a_note_with_their_share():
    gaps = FRAME.assign(tinggi_cm=FRAME["tinggi_cm"].mask(FRAME.index % 4 == 0))
    _, verdict = kabupaten(gaps, ds_persen=93.0)
    assert verdict["layak_pakai"] == "dipakai dengan catatan"
    assert "Tinggi kosong 25,0 persen" in verdict["alasan"]
