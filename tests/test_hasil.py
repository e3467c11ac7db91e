"""HasilReviu names every number by table/row/column."""

from datetime import date

import pandas as pd
import pytest

from reviu_lib.catalog import tabel_hasil
from reviu_lib.errors import DefinisiError
from reviu_lib.hasil import HasilReviu, table_names

RINGKASAN = pd.DataFrame({"baris": ["serapan_persen", "a/b"], "nilai": [87.25, None]})


def make_hasil(**tables):
    return HasilReviu(
        kode_kabupaten="12.18",
        nama="Kabupaten Serdang Bedagai",
        tahun=2021,
        tanggal_cutoff=date(2021, 11, 30),
        tanggal_reviu=date(2021, 12, 21),
        **tables,
    )


def test_every_result_table_is_a_field_in_declared_order():
    assert table_names() == list(tabel_hasil())


@pytest.mark.parametrize("name", list(tabel_hasil()))
def test_every_result_table_starts_with_its_row_key(name):
    assert tabel_hasil()[name].nama_kolom[0] == "baris"


def test_a_cell_is_found_by_its_address():
    assert make_hasil(ringkasan=RINGKASAN).value("ringkasan/serapan_persen/nilai") == 87.25


def test_a_row_key_may_hold_a_slash():
    assert pd.isna(make_hasil(ringkasan=RINGKASAN).value("ringkasan/a/b/nilai"))


@pytest.mark.parametrize(
    "asal",
    [
        "ringkasan",
        "",
        "ringkasan/serapan_persen",
        "ringkasan/serapan_persen/tidak_ada",
        "ringkasan/tidak_ada/nilai",
        "tidak_ada/serapan_persen/nilai",
        "kode_kabupaten/x/y",
    ],
)
def test_a_wrong_address_is_refused(asal):
    with pytest.raises(DefinisiError):
        make_hasil(ringkasan=RINGKASAN).value(asal)


@pytest.mark.parametrize("keys", [["a", "a"], ["a", None]])
def test_a_repeated_or_missing_row_key_is_refused(keys):
    with pytest.raises(DefinisiError, match="baris"):
        make_hasil(ringkasan=pd.DataFrame({"baris": keys}))


def test_repr_counts_rows():
    assert "ringkasan 2" in repr(make_hasil(ringkasan=RINGKASAN))
