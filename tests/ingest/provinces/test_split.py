"""What is kept of a province's files gives each kabupaten what the files themselves give."""

import io
import zipfile
from functools import partial

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from reviu_lib.bahan import table_fields
from reviu_lib.ingest import list_kabupaten, open_kept, open_shown
from reviu_lib.ingest.files import list_entries
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.ingest.marking import Tautan, write_marked
from reviu_lib.ingest.sources import open_source

from .conftest import KOTA_MALANG, MALANG, PACITAN, RAHASIA, SEMUA, TUBAN, child


def _assert_same(one, two):
    for field in table_fields():
        assert_frame_equal(getattr(one, field), getattr(two, field), obj=field)
    for name in ("tanggal_reviu", "tanggal_cutoff", "contoh", "nama"):
        assert getattr(one, name) == getattr(two, name)


def test_every_table_finding_and_ledger_is_that_of_the_files_themselves(hasil):
    for opened, kept in hasil.values():
        _assert_same(opened, kept)


def test_the_ledger_of_each_kabupaten_balances(hasil):
    for _, kept in hasil.values():
        neraca = kept.neraca_baris
        assert list_unaccounted(neraca).empty
        assert neraca["dibaca"].sum() > 20


def test_the_province_is_one_in_which_something_happens(hasil):
    kinds = {code for opened, _ in hasil.values() for code in opened.temuan["kode"]}
    expected = (
        "B03 B07 B09 B11 D01 D06 D07 D08 D09 K07 K08 K18 N01 N17 N21 N22 P02 P03 T04 W06 W18 "
        "W30 W31"
    )
    assert set(expected.split()) - kinds == set()


def _write(provinsi, kode, buka, folder):
    bahan, names = provinsi.read(kode)
    files = {path: partial(buka, path) for one in provinsi.folders(kode) for path in
             list_entries(one)}  # fmt: skip
    tautan = Tautan(provinsi.raw, "../../../data/raw")
    write_marked(bahan, files, folder, tautan=tautan, names=names)
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}


@pytest.mark.parametrize("kode", [PACITAN, KOTA_MALANG])
def test_coloured_copies_from_what_is_kept_are_byte_for_byte_the_same(terbagi, tmp_path, kode):
    shown = partial(open_shown, simpanan=terbagi.simpanan)
    kept = _write(terbagi, kode, shown, tmp_path / "kept")
    assert kept == _write(terbagi, kode, open_source, tmp_path / "opened")
    assert len(kept) > 6


def test_of_persons_in_a_shared_file_only_the_doubtful_rows_are_shown(terbagi, tmp_path):
    shown = partial(open_shown, simpanan=terbagi.simpanan)
    _write(terbagi, KOTA_MALANG, shown, tmp_path / "salin")
    frame = pd.read_excel(tmp_path / "salin" / "salinan" / "b.xlsx", sheet_name="Sheet1")
    assert "KAB. PACITAN" not in frame["Kab/Kota"].tolist()


def test_kept_files_need_no_opening_and_whole_ones_do(terbagi):
    konteks = terbagi.konteks(MALANG)
    kept = {path.name: open_kept(path, konteks, terbagi.simpanan).dilepas for path in
            list_entries(terbagi.folder)}  # fmt: skip
    assert kept == {"a.xlsx": True, "b.xlsx": True, "buku.xlsx": False, "lain.csv": True,
                    "rusak.xlsx": True, "terbitan.csv": True}  # fmt: skip


def test_the_kabupaten_held_are_known_without_opening(terbagi):
    held = list_kabupaten(terbagi.folder, kode_provinsi="35", simpanan=terbagi.simpanan)
    assert held == list_kabupaten(terbagi.folder, kode_provinsi="35")
    assert set(held) >= {PACITAN, MALANG, KOTA_MALANG, TUBAN}


def _contents(folder):
    for path in sorted(folder.rglob("*.*")):
        data = path.read_bytes()
        if path.suffix == ".parquet":
            data = pd.read_parquet(io.BytesIO(data)).to_csv().encode()
        assert not zipfile.is_zipfile(io.BytesIO(data))
        yield data.decode("latin-1").lower()


def test_no_name_number_or_birth_date_is_kept_not_even_of_another_file(terbagi):
    text = "\n".join(_contents(terbagi.simpanan.folder))
    banned = [RAHASIA, "CONTOH ANAK", "CONTOH IBU", "Dusun Contoh", "0001012000", "081234567890",
              "2020-01-15", "3501000101"]  # fmt: skip
    assert [word for word in banned if word.lower() in text] == []
    assert "widoro" in text


def test_a_second_split_keeps_the_same_bytes(ubahan):
    folder = ubahan.simpanan.folder
    first = {path.name: path.read_bytes() for path in folder.rglob("*.*")}
    ubahan.simpanan.clear([])
    assert list(folder.rglob("*.*")) == []
    ubahan.split(*SEMUA)
    assert {path.name: path.read_bytes() for path in folder.rglob("*.*")} == first


@pytest.mark.parametrize("damage", ["parquet", "json"])
def test_a_damaged_part_is_never_used(ubahan, damage):
    for path in ubahan.simpanan.folder.rglob(f"{PACITAN}-*.{damage}"):
        path.write_bytes(b"{")
    _assert_same(ubahan.read(PACITAN)[0], ubahan.read(PACITAN, tersimpan=True)[0])


def test_a_part_made_with_other_dates_is_never_used(ubahan):
    ubahan.workbook(ubahan.folders(MALANG)[1], MALANG)
    _assert_same(ubahan.read(MALANG)[0], ubahan.read(MALANG, tersimpan=True)[0])


def test_what_is_kept_of_a_changed_file_is_neither_used_nor_left(ubahan):
    before = {entry.name for entry in ubahan.simpanan.folder.iterdir()}
    ubahan.export("b.xlsx", child(MALANG, 20))
    _assert_same(ubahan.read(MALANG)[0], ubahan.read(MALANG, tersimpan=True)[0])
    ubahan.simpanan.clear(list_entries(ubahan.folder))
    after = {entry.name for entry in ubahan.simpanan.folder.iterdir()}
    assert len(before - after) == 1
