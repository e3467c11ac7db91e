"""BahanReviu holds canonical tables, whatever it is given."""

from datetime import date

import pandas as pd
import pytest

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.catalog import load_lembar, tabel_masukan
from reviu_lib.errors import DefinisiError


def make_bahan(**tables):
    return BahanReviu(
        kode_kabupaten="73.12",
        nama="Kabupaten Soppeng",
        tahun=2024,
        tanggal_cutoff=date(2024, 11, 30),
        tanggal_reviu=date(2024, 12, 10),
        **tables,
    )


@pytest.mark.parametrize("field", list(table_fields()))
def test_a_missing_source_is_an_empty_table(field):
    frame = getattr(make_bahan(), field)
    assert len(frame) == 0
    assert list(frame.columns) == tabel_masukan()[table_fields()[field]].nama_kolom


def test_tables_are_brought_to_canonical_types():
    bahan = make_bahan(lokus=pd.DataFrame({"kode_desa": ["73.12.01.2001"], "tahun": [2024]}))
    assert bahan.lokus["tahun"].dtype == "Int64"
    assert bahan.lokus["dasar"].isna().all()


def test_last_years_follow_up_has_the_columns_of_the_follow_up_sheet():
    assert table_fields()["tindak_lanjut_lalu"] == "tindak_lanjut"


def test_a_column_nobody_declared_is_refused():
    with pytest.raises(DefinisiError, match="nama_anak"):
        make_bahan(lokus=pd.DataFrame({"nama_anak": ["x"]}))


def test_every_table_but_identities_and_the_parts_of_worksheets_is_a_field():
    read_only = {"identitas", "lembar_identitas"}
    read_only |= {bagian.tabel for bagian in load_lembar().bagian.values()}
    assert set(table_fields().values()) == set(tabel_masukan()) - read_only


def test_repr_counts_rows_and_shows_no_values():
    bahan = make_bahan(lokus=pd.DataFrame({"kode_desa": ["73.12.01.2001"], "tahun": [2024]}))
    assert "lokus 1" in repr(bahan)
    assert "73.12.01.2001" not in repr(bahan)
