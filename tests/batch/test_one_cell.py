"""One cell changed in a raw file changes exactly the numbers that depend on it."""

import pandas as pd
import pytest

from reviu_lib.batch import periksa
from reviu_lib.hasil import table_names
from reviu_lib.review import review
from reviu_lib.store import make_ruang
from reviu_lib.workbook import write_templat


def _write(ruang, realisasi):
    who = {
        "kode_kabupaten": ["12.18"],
        "tahun": [2021],
        "tanggal_cutoff": [pd.Timestamp(2021, 11, 30)],
        "tanggal_reviu": [pd.Timestamp(2021, 12, 21)],
    }
    what = {
        "id_kegiatan": ["K1", "K2"],
        "sub_kegiatan": ["Pelayanan balita", "Pelayanan ibu hamil"],
        "opd": ["Dinas Kesehatan", "Dinas Kesehatan"],
        "jenis": ["spesifik", "spesifik"],
        "target_output": [10, 10],
        "realisasi_output": [5, 5],
    }
    money = {
        "id_kegiatan": ["K1", "K2"],
        "sumber_dana": ["APBD", "APBD"],
        "pagu_murni_rp": [1_000_000, 3_000_000],
        "realisasi_rp": [realisasi, 1_500_000],
    }
    isi = {"identitas": who, "kegiatan": what, "anggaran": money}
    frames = {name: pd.DataFrame(rows, dtype=object) for name, rows in isi.items()}
    folder = ruang.raw_of("12.18", 2021)
    folder.mkdir(parents=True, exist_ok=True)
    write_templat(folder / "buku.xlsx", kode_kabupaten="12.18", tahun=2021, isi=frames)
    return review(periksa("12.18", 2021, ruang=ruang))


def _cells(hasil):
    """Return every cell of the result by table, row, and column."""
    return {
        f"{table}/{row['baris']}/{column}": str(value)
        for table in table_names()
        for row in getattr(hasil, table).to_dict("records")
        for column, value in row.items()
    }


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """Where results differ when the realisasi of K1 goes from 400 to 500 thousand rupiah."""
    ruang = make_ruang(tmp_path_factory.mktemp("sel"))
    before, after = _cells(_write(ruang, 400_000)), _cells(_write(ruang, 500_000))
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_the_changed_cell_and_its_quotient_follow(changed):
    rows = {name for name in changed if name.startswith("realisasi_anggaran/")}
    assert any(name.endswith("/realisasi_rp") and "K1" in name for name in rows)
    assert any(name.endswith("/serapan_persen") and "K1" in name for name in rows)


def test_nothing_of_the_other_activity_and_no_other_table_changes(changed):
    assert [name for name in changed if "K2" in name] == []
    rows = {tuple(name.split("/")[:2]) for name in changed}
    assert {row for table, row in rows if table == "faktor_penghambat"} <= {"TB-K1"}
    tables = {table for table, _ in rows}
    of_money = {"realisasi_anggaran", "efektivitas_kegiatan", "biaya_satuan", "faktor_penghambat"}
    proposed = {"usulan_kegiatan", "rancangan_kegiatan", "ringkasan"}
    assert tables <= of_money | proposed, sorted(changed)


def test_of_the_summary_only_money_changes(changed):
    keys = {name.split("/")[1] for name in changed if name.startswith("ringkasan/")}
    drafted = {"rancangan_pagu_bawah_rp", "rancangan_pagu_atas_rp"}
    told = {"realisasi_rp", "sisa_rp", "serapan_persen", "serapan_spesifik_persen"}
    assert told <= keys <= told | drafted
