"""What a review reads and concludes: frozen, typed, addressed; shared rules of both types."""

from dataclasses import FrozenInstanceError
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.catalog import load_aturan, tabel_hasil, tabel_masukan
from reviu_lib.errors import DefinisiError
from reviu_lib.hasil import HasilReviu, table_names

WHO = {
    "kode_kabupaten": "73.12",
    "nama": "Kabupaten Soppeng",
    "tahun": 2024,
    "tanggal_cutoff": date(2024, 11, 30),
    "tanggal_reviu": date(2024, 12, 10),
}
BOTH = [BahanReviu, HasilReviu]
OUTPUTS = [
    *("capaian_cakupan", "realisasi_kegiatan", "realisasi_anggaran"),
    *("faktor_penghambat", "perkembangan_prevalensi", "rekomendasi"),
]
NUMBERS = {"jumlah", "rupiah", "hari", "persen", "poin"}


def make_hasil(**tables):
    return HasilReviu(**WHO, **tables)


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("field", ["nama", "tahun", "lokus", "ringkasan", "contoh"])
def test_nothing_can_be_changed_afterwards(kind, field):
    made = kind(**WHO)
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(made, field, None)


@pytest.mark.parametrize("kind", BOTH)
def test_a_review_is_for_the_meeting_and_of_real_data_unless_told_otherwise(kind):
    made = kind(**WHO)
    assert (made.edisi, made.contoh) == ("rapat", False)


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("field", list(WHO))
def test_who_and_when_must_be_given(kind, field):
    with pytest.raises(TypeError, match=field):
        kind(**{key: value for key, value in WHO.items() if key != field})


@pytest.mark.parametrize(("field", "tabel"), table_fields().items())
def test_a_table_given_in_any_order_gets_its_declared_columns_and_types(field, tabel):
    declared = tabel_masukan()[tabel]
    given_frame = declared.empty()[declared.nama_kolom[::-1]]
    frame = getattr(BahanReviu(**WHO, **{field: given_frame}), field)
    assert list(frame.columns) == declared.nama_kolom
    assert [str(kind) for kind in frame.dtypes] == [item.dtype for item in declared.kolom]


@pytest.mark.parametrize(("field", "tabel"), table_fields().items())
def test_an_undeclared_column_is_refused_in_every_table(field, tabel):
    frame = tabel_masukan()[tabel].empty().assign(nik=[])
    with pytest.raises(DefinisiError, match="nik"):
        BahanReviu(**WHO, **{field: frame})


@pytest.mark.parametrize("tabel", tabel_masukan())
def test_no_input_table_has_a_column_for_an_identity(tabel):
    private = {"nik", "nama_anak", "nama_ortu", "alamat", "telepon", "no_hp", "kk"}
    assert not private & set(tabel_masukan()[tabel].nama_kolom)


def test_two_years_do_not_share_their_empty_tables():
    first, second = BahanReviu(**WHO), BahanReviu(**WHO)
    assert all(getattr(first, name) is not getattr(second, name) for name in table_fields())


def test_rows_of_the_caller_are_not_the_rows_of_the_review():
    rows = pd.DataFrame({"kode_desa": ["73.12.01.2001"], "tahun": [2024], "dasar": ["SK"]})
    bahan = BahanReviu(**WHO, lokus=rows)
    rows.loc[0, "dasar"] = "diubah"
    assert bahan.lokus["dasar"].tolist() == ["SK"]


def test_repr_names_every_table_with_its_rows():
    text = repr(BahanReviu(**WHO, lokus=pd.DataFrame({"kode_desa": ["a", "b"]})))
    assert text.startswith("BahanReviu(73.12 Kabupaten Soppeng, 2024: ")
    assert all(f"{name} {2 if name == 'lokus' else 0}" in text for name in table_fields())


def test_the_results_begin_with_the_six_outputs_in_their_order():
    assert table_names()[0] == OUTPUTS[0]
    assert [name for name in table_names() if name in OUTPUTS] == list(OUTPUTS)
    assert len(OUTPUTS) == len(load_aturan(2024).keluaran)


@pytest.mark.parametrize("name", table_names())
def test_a_result_table_refuses_a_repeated_row_key(name):
    with pytest.raises(DefinisiError, match=name):
        make_hasil(**{name: pd.DataFrame({"baris": ["a", "a"]})})


@pytest.mark.parametrize("name", table_names())
def test_a_result_table_of_one_row_is_addressed_by_table_row_and_column(name):
    hasil = make_hasil(**{name: pd.DataFrame({"baris": ["kunci"]})})
    assert hasil.value(f"{name}/kunci/baris") == "kunci"


@settings(deadline=None, max_examples=8)
@given(st.text(min_size=1, max_size=30), st.floats(allow_nan=False, allow_infinity=False))
def test_any_row_key_leads_back_to_its_own_value(key, number):
    frame = pd.DataFrame({"baris": [key, f"{key}/x"], "nilai": [number, number + 1]})
    assert make_hasil(ringkasan=frame).value(f"ringkasan/{key}/nilai") == number


@pytest.mark.parametrize("key", ["=cmd", "<script>", "a/b/c", "Sei Bamban – é", "nilai", " "])
def test_odd_row_keys_are_addressed_like_any_other(key):
    frame = pd.DataFrame({"baris": [key, "lain"], "nilai": [1.5, 2.5]})
    assert make_hasil(ringkasan=frame).value(f"ringkasan/{key}/nilai") == 1.5


@pytest.mark.parametrize(
    "asal",
    ["ringkasan//nilai", "ringkasan/a /nilai", "RINGKASAN/a/nilai", "/a/nilai", "ringkasan/a/"],
)
def test_an_address_that_is_nearly_right_is_refused(asal):
    frame = pd.DataFrame({"baris": ["a"], "nilai": [1.5]})
    with pytest.raises(DefinisiError, match="Rujukan angka"):
        make_hasil(ringkasan=frame).value(asal)


def test_zero_and_missing_stay_apart_in_a_result():
    frame = pd.DataFrame({"baris": ["nol", "kosong"], "nilai": [0.0, None]})
    hasil = make_hasil(ringkasan=frame)
    assert hasil.value("ringkasan/nol/nilai") == 0
    assert pd.isna(hasil.value("ringkasan/kosong/nilai"))


@pytest.mark.parametrize("name", ["usulan_kegiatan", "rekomendasi", "usulan_lokus"])
def test_a_proposal_carries_its_id_its_reason_its_base_and_a_place_for_the_decision(name):
    assert {"id_usulan", "alasan", "dasar", "putusan"} <= set(tabel_hasil()[name].nama_kolom)


@pytest.mark.parametrize("name", OUTPUTS[:3])
def test_the_first_three_outputs_hold_numbers(name):
    assert any(item.jenis in NUMBERS for item in tabel_hasil()[name].kolom)
