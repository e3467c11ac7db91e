"""The edition of the meeting is kept as it was before decisions, and told apart from now."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from reviu_lib.bahan import BahanReviu
from reviu_lib.hasil import HasilReviu
from reviu_lib.store import digest_rapat, keep_rapat, load_rapat, make_ruang, save_bahan

TANGGAL = {"tanggal_cutoff": date(2021, 11, 30), "tanggal_reviu": date(2021, 12, 21)}
SIAPA = ("12.18", "Kabupaten Serdang Bedagai", 2021)
PUTUSAN = pd.DataFrame({"baris": ["UK-1"], "id_usulan": ["UK-1"], "putusan": ["selesai"]})
FINAL = BahanReviu(*SIAPA, **TANGGAL, edisi="final")


@pytest.fixture
def ruang(tmp_path):
    ruang = make_ruang(tmp_path / "ruang")
    raw = ruang.raw_of("12.18", 2021)
    raw.mkdir(parents=True)
    (raw / "lokus.csv").write_text("kode_desa\n12.18.02.2001\n")
    save_bahan(BahanReviu(*SIAPA, **TANGGAL), ruang)
    return ruang


def keep(ruang, **changes):
    keep_rapat(replace(HasilReviu(*SIAPA, **TANGGAL), **changes), ruang)


def test_only_the_edition_of_the_meeting_is_kept(ruang):
    for edisi in ("persiapan", "final"):
        keep(ruang, edisi=edisi)
    assert load_rapat(FINAL, ruang=ruang) is None
    assert digest_rapat("12.18", 2021, ruang=ruang) == ""


def test_a_rerun_with_decisions_leaves_what_the_meeting_had_before_it(ruang):
    keep(ruang, contoh=True)
    keep(ruang, putusan_rapat=PUTUSAN)
    kept = load_rapat(FINAL, ruang=ruang)
    assert kept.hasil.contoh
    assert kept.hasil.putusan_rapat.empty
    assert (kept.berkas, kept.aturan, kept.tahun_lain) == ({}, False, False)


def test_a_first_run_with_decisions_is_kept_rather_than_nothing(ruang):
    keep(ruang, putusan_rapat=PUTUSAN)
    assert len(load_rapat(FINAL, ruang=ruang).hasil.putusan_rapat) == 1


def test_files_that_came_changed_or_went_are_named(ruang):
    keep(ruang)
    raw = ruang.raw_of("12.18", 2021)
    (raw / "lokus.csv").write_text("kode_desa\n12.18.02.2002\n")
    (raw / "baru.csv").write_text("kode_desa\n")
    save_bahan(BahanReviu(*SIAPA, **TANGGAL), ruang)
    assert load_rapat(FINAL, ruang=ruang).berkas == {"baru.csv": "baru", "lokus.csv": "berubah"}


def test_another_edition_is_not_compared_and_a_damaged_copy_is_none(ruang):
    keep(ruang)
    assert load_rapat(replace(FINAL, edisi="rapat"), ruang=ruang) is None
    folder = ruang.processed_of("12.18", 2021) / "edisi" / "rapat"
    (folder / "rekomendasi.parquet").write_bytes(b"rusak")
    assert load_rapat(FINAL, ruang=ruang) is None
