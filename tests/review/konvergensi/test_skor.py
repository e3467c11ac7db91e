"""Y, T, or TS from monthly records: the cases of tests/cases/konvergensi.toml, hand-worked."""

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.catalog import tabel_masukan
from reviu_lib.review.konvergensi.aturan import load_konvergensi
from reviu_lib.review.konvergensi.skor import compute_skor, count_skor

KASUS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "konvergensi.toml").read_text("utf-8")
)["skor"]
KELOMPOK = {"ibu": "ibu hamil", "anak": "anak 0-23 bulan"}


def read_record(text):
    """Return a row of `layanan_sasaran` from `id kelompok tahun bulan umur [keadaan]: layanan`."""
    head, _, marks = text.partition(":")
    who, group, year, month, age, *state = head.split()
    row = {
        "id_sasaran": who, "kode_desa": "73.12.01.2001", "kelompok": KELOMPOK[group],
        "tahun": int(year), "bulan": month, "umur_bulan": None if age == "-" else int(age),
        "melahirkan": "melahirkan" in state, "berisiko": "berisiko" in state,
    }  # fmt: skip
    ticked = [name.strip().lower().replace(" ", "_") for name in marks.split(",") if name.strip()]
    return row | dict.fromkeys(ticked, True)


def records(*texts):
    return tabel_masukan()["layanan_sasaran"].conform(pd.DataFrame(map(read_record, texts)))


def score(*texts, tahun=2024):
    return compute_skor(records(*texts), tahun, load_konvergensi(), bulan_ukur=(2, 8))


def expectations(case):
    for text in case["harap"]:
        yield re.fullmatch(r"(\w+) (\d) (.+) = (\S+)", text).groups()


@pytest.mark.parametrize("case", KASUS, ids=lambda case: case["nama"])
def test_a_service_is_scored_as_worked_by_hand(case):
    frame = score(*case["catatan"]).set_index(["id_sasaran", "triwulan", "layanan"])["skor"]
    for who, quarter, service, expected in expectations(case):
        assert frame[who, int(quarter), service] == expected, (who, quarter, service)


@pytest.mark.parametrize("case", KASUS, ids=lambda case: case["nama"])
def test_every_case_names_its_source(case):
    assert case["sumber"]


def test_everybody_on_record_in_a_quarter_has_every_service_of_the_group_once():
    frame = score("m ibu 2024 Mei -: pil Fe", "a anak 2024 Mei 4: ")
    assert set(frame["triwulan"]) == {2}
    sizes = frame.groupby("id_sasaran")["layanan"].agg(["size", "nunique"])
    assert sizes.loc["m"].tolist() == [8, 8]
    assert sizes.loc["a"].tolist() == [10, 10]


def test_nobody_on_record_gives_no_scores():
    assert score().empty


def test_counts_tell_who_received_all_that_was_due():
    every = "periksa kehamilan, pil Fe, konseling gizi, air bersih, jamban sehat, jaminan kesehatan"
    counts = count_skor(score(f"m ibu 2024 Mei -: {every}", "k ibu 2024 Mei -: pil Fe"))
    table = counts.set_index("layanan")
    cells = ["sasaran", "diterima", "tidak_seharusnya"]
    assert table.loc["seluruh layanan", cells].tolist() == [2, 1, 0]
    assert table.loc["pil Fe", cells].tolist() == [2, 2, 0]
    assert table.loc["pemeriksaan nifas", cells].tolist() == [2, 0, 2]


def test_who_lacks_one_service_is_known_to_lack_all_even_where_another_is_unknown():
    counts = count_skor(score("a anak 2024 Maret 20: ")).set_index("layanan")
    assert counts.loc["penimbangan", "tak_diketahui"] == 1
    assert counts.loc["seluruh layanan", ["sasaran", "diterima"]].tolist() == [1, 0]


def test_the_order_of_the_records_changes_nothing():
    texts = [text for case in KASUS for text in case["catatan"] if text.startswith("a ")]
    alone = [f"{text.split()[0]}{place}{text[1:]}" for place, text in enumerate(texts)]
    keys = ["id_sasaran", "triwulan", "layanan"]
    one, two = (
        score(*order).sort_values(keys, ignore_index=True) for order in (alone, alone[::-1])
    )
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("kelompok", KELOMPOK.values())
def test_the_declared_services_are_those_of_the_input_tables(kelompok):
    declared = [item for item in load_konvergensi().layanan if item.kelompok == kelompok]
    assert len(declared) == {"ibu hamil": 8, "anak 0-23 bulan": 10}[kelompok]
    choices = tabel_masukan()["konvergensi"]["layanan"].pilihan
    columns = tabel_masukan()["layanan_sasaran"].nama_kolom
    for item in declared:
        assert item.nama in choices
        assert item.nama.lower().replace(" ", "_") in columns
        classes = len(load_konvergensi().kelas_umur_bulan) if kelompok.startswith("anak") else 1
        assert len(item.minimum) == classes
