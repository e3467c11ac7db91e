"""What an earlier version stored is read or refused in one sentence; a newer one is refused.

Older forms are built here from today's: a table and a column that came later taken away, one that
went since put back, and the number of before.
"""

import importlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.batch.manifest import load_manifest, require_known, save_entry
from reviu_lib.catalog import tabel_masukan
from reviu_lib.errors import RuangError
from reviu_lib.files import hash_bytes, hash_file
from reviu_lib.hasil import HasilReviu, table_names
from reviu_lib.store import (
    SKEMA,
    explain_skema,
    explain_stale,
    is_isi_stale,
    keep_rapat,
    load_bahan,
    load_hasil,
    load_rapat,
    make_ruang,
    save_bahan,
    save_hasil,
    save_isi,
)

SIAPA = ("12.18", "Kabupaten Serdang Bedagai", 2021)
UNIT = ("12.18", 2021)
TANGGAL = {"tanggal_cutoff": date(2021, 11, 30), "tanggal_reviu": date(2021, 12, 21)}
LOKUS = pd.DataFrame({"kode_desa": ["12.18.02.2001"], "tahun": [2021], "dasar": ["SK 1/2021"]})
REKOMENDASI = pd.DataFrame({"baris": ["R01"], "rekomendasi": ["Lengkapi data"]})
BAHAN = BahanReviu(*SIAPA, **TANGGAL, lokus=LOKUS)
FINAL = replace(BAHAN, edisi="final")


@pytest.fixture
def ruang(tmp_path):
    """A workspace with processed tables, results, and the edition of the meeting; no raw files."""
    ruang = make_ruang(tmp_path / "ruang")
    hasil = HasilReviu(*SIAPA, **TANGGAL, rekomendasi=REKOMENDASI)
    save_bahan(BAHAN, ruang)
    save_hasil(hasil, ruang)
    keep_rapat(hasil, ruang)
    return ruang


def _edit(path, **changes):
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**content, **changes}), "utf-8")


def _make_older(folder, note, *, tabel, kolom, hilang):
    """Give a folder the form of version 1: `hilang` did not exist, nor `kolom` of `tabel`."""
    content = json.loads((folder / note).read_text("utf-8"))
    path = folder / f"{tabel}.parquet"
    frame = pd.read_parquet(path).drop(columns=kolom).assign(kolom_lama="x")
    frame.to_parquet(path, index=False)
    (folder / f"{hilang}.parquet").unlink()
    kept = {name: digest for name, digest in content["tabel"].items() if name != hilang}
    _edit(folder / note, skema=1, tabel={**kept, tabel: hash_file(path)})


def test_processed_tables_of_an_older_form_are_read_in_the_present_one(ruang):
    folder = ruang.processed_of(*UNIT)
    _make_older(folder, "asal.json", tabel="lokus", kolom="dasar", hilang="layanan_sasaran")
    bahan = load_bahan(*UNIT, ruang=ruang)
    assert list(bahan.lokus.columns) == tabel_masukan()["lokus"].nama_kolom
    assert bahan.lokus["kode_desa"].tolist() == ["12.18.02.2001"]
    assert bahan.lokus["dasar"].isna().all()
    assert bahan.layanan_sasaran.empty


def test_an_older_table_with_values_of_another_kind_is_refused_with_the_command(ruang):
    folder = ruang.processed_of(*UNIT)
    pd.DataFrame({"tahun": ["dua ribu"]}).to_parquet(folder / "lokus.parquet")
    content = json.loads((folder / "asal.json").read_text("utf-8"))
    hashes = {**content["tabel"], "lokus": hash_file(folder / "lokus.parquet")}
    _edit(folder / "asal.json", skema=1, tabel=hashes)
    with pytest.raises(RuangError, match="lokus berisi jenis nilai yang lain.*reviu periksa 12.18"):
        load_bahan(*UNIT, ruang=ruang)


def test_a_present_form_without_a_table_is_damaged_not_older(ruang):
    folder = ruang.processed_of(*UNIT)
    hashes = json.loads((folder / "asal.json").read_text("utf-8"))["tabel"]
    _edit(folder / "asal.json", tabel={n: h for n, h in hashes.items() if n != "lokus"})
    with pytest.raises(RuangError, match="reviu periksa"):
        load_bahan(*UNIT, ruang=ruang)


def test_results_of_an_older_form_are_made_anew_or_read(ruang):
    folder = ruang.processed_of(*UNIT) / "hasil"
    _make_older(folder, "hasil.json", tabel="rekomendasi", kolom="rekomendasi", hilang="ringkasan")
    assert load_hasil(*UNIT, ruang=ruang).rekomendasi["rekomendasi"].isna().all()
    _edit(folder / "hasil.json", pustaka="lain")
    with pytest.raises(RuangError, match="versi pustaka lain.*reviu laporan 12.18 --tahun 2021"):
        load_hasil(*UNIT, ruang=ruang)


def test_the_edition_of_the_meeting_outlives_an_upgrade(ruang):
    folder = ruang.processed_of(*UNIT) / "edisi" / "rapat"
    _make_older(folder, "hasil.json", tabel="rekomendasi", kolom="dasar", hilang="ringkasan")
    kept = load_rapat(FINAL, ruang=ruang).hasil
    assert kept.rekomendasi["rekomendasi"].tolist() == ["Lengkapi data"]
    assert kept.ringkasan.empty


def test_an_older_manifest_keeps_what_tells_an_edit_from_our_own_file(tmp_path):
    entry = {"status": "selesai", "kode": ["12.18"], "keluaran": {"a.html": "1"}}
    (tmp_path / "manifest.json").write_text(json.dumps({"skema": 1, "laporan": {"rapat": entry}}))
    assert load_manifest(tmp_path) == {"skema": SKEMA, "laporan": {"rapat": entry}}
    save_entry(tmp_path, "final", {})
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["skema"] == SKEMA


# Note → what reads it.
PEMUAT = {
    "asal.json": lambda ruang: load_bahan(*UNIT, ruang=ruang),
    "hasil/hasil.json": lambda ruang: load_hasil(*UNIT, ruang=ruang),
    "edisi/rapat/hasil.json": lambda ruang: load_rapat(FINAL, ruang=ruang),
}


@pytest.mark.parametrize("note", PEMUAT)
def test_what_a_newer_version_stored_is_refused_in_one_sentence(ruang, note):
    _edit(ruang.processed_of(*UNIT) / note, skema=SKEMA + 1)
    with pytest.raises(RuangError) as refused:
        PEMUAT[note](ruang)
    assert f"reviu yang lebih baru (susunan {SKEMA + 1}, yang dikenal {SKEMA})" in refused.value.apa
    assert refused.value.lakukan.startswith("Pasang reviu yang lebih baru")


def test_newer_processed_tables_are_checked_anew_where_the_raw_files_are(ruang):
    _edit(ruang.processed_of(*UNIT) / "asal.json", skema=SKEMA + 1)
    assert "lebih baru" in explain_stale(*UNIT, ruang=ruang)


def test_a_report_of_a_newer_version_stops_the_run_before_anything_is_written(ruang):
    folder = ruang.reports_of(*UNIT)
    save_entry(folder, "rapat", {"status": "selesai"})
    _edit(folder / "manifest.json", skema=SKEMA + 1)
    with pytest.raises(RuangError, match=r"2021/12\.18/manifest\.json.*Pasang reviu"):
        require_known(ruang)


def test_the_note_of_a_province_of_another_form_is_made_anew(ruang, monkeypatch):
    save_isi(ruang, "35", 2021, ["35.13"])
    assert not is_isi_stale(ruang, "35", 2021)
    monkeypatch.setattr("reviu_lib.store.ruang.SKEMA", SKEMA + 1)
    assert is_isi_stale(ruang, "35", 2021)


@pytest.mark.parametrize("content", [None, [], {}, {"skema": 0}, {"skema": "2"}, {"skema": None}])
def test_a_form_without_a_number_is_not_known(content):
    assert explain_skema(content) == "susunannya tidak dikenal"


@pytest.fixture
def record(monkeypatch):
    """The script that records forms."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "scripts"))
    return importlib.import_module("record_skema")


def test_no_stored_table_changes_its_form_while_its_version_stays(record):
    recorded, now = record.load_recorded()[str(SKEMA)], record.sign_tables()
    changed = sorted(name for name in {*recorded, *now} if recorded.get(name) != now.get(name))
    assert changed == [], "naikkan SKEMA, lalu jalankan scripts/record_skema.py"


def test_every_stored_table_is_recorded(record):
    stored = {f"masukan/{name}" for name in table_fields().values()}
    assert set(record.sign_tables()) == stored | {f"hasil/{name}" for name in table_names()}


def test_a_digest_tells_columns_order_and_kinds_apart(record):
    tabel = tabel_masukan()["lokus"]
    first, *rest = tabel.kolom
    others = (
        tabel.model_copy(update={"kolom": (*rest, first)}),
        tabel.model_copy(update={"kolom": tuple(rest)}),
        tabel.model_copy(update={"kolom": (first.model_copy(update={"jenis": "jumlah"}), *rest)}),
    )
    digests = {record.sign_table(item) for item in (tabel, *others)}
    assert len(digests) == 4


def test_a_recorded_version_is_never_recorded_again(record):
    before = hash_bytes(record.CATATAN.read_bytes())
    assert record.main() == 1
    assert hash_bytes(record.CATATAN.read_bytes()) == before
