"""Every kind of declaration at its edges: tables, scales, targets, eras, cards, findings."""

import re
from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib import catalog
from reviu_lib.errors import DefinisiError

TABLES = {**catalog.tabel_masukan(), **catalog.tabel_hasil()}
SCALES = catalog.load_ambang().skala
COLUMN = {"nama": "jumlah", "jenis": "jumlah", "judul": "Jumlah", "arti": "Banyaknya"}
PLACEHOLDERS = {"berkas", "lembar", "tabel", "kolom", "nilai", "jumlah", "rincian"}


def column(**changes):
    return catalog.build(catalog.Kolom, {**COLUMN, **changes}, "uji.toml")


def table(*columns):
    data = {"nama": "uji", "judul": "Uji", "arti": "Uji", "kunci": ["a"], "rujukan": "Uji"}
    return catalog.build(catalog.Tabel, {**data, "kolom": list(columns)}, "uji.toml")


def target(**changes):
    data = {"tingkat": "nasional", "tahun": 2024, "nilai": 14.0, "sumber": "Perpres 72/2021"}
    return catalog.build(catalog.Target, {**data, "status": "asumsi", **changes}, "uji.toml")


@pytest.mark.parametrize(
    ("kind", "dtype"),
    [
        ("kode", "string"),
        ("teks", "string"),
        ("pilihan", "string"),
        ("jumlah", "Int64"),
        ("rupiah", "Int64"),
        ("tahun", "Int64"),
        ("hari", "Int64"),
        ("desimal", "float64"),
        ("persen", "float64"),
        ("poin", "float64"),
        ("zskor", "float64"),
        ("peluang", "float64"),
        ("tanggal", "datetime64[ns]"),
        ("ya_tidak", "boolean"),
    ],
)
def test_a_kind_of_column_has_its_type(kind, dtype):
    one = column(jenis=kind)
    assert one.dtype == dtype
    assert str(table(dict(COLUMN, jenis=kind)).empty()["jumlah"].dtype) == dtype


@pytest.mark.parametrize("kind", ["angka", "", "JUMLAH", "string"])
def test_an_unknown_kind_of_column_is_refused(kind):
    with pytest.raises(DefinisiError, match="jenis"):
        column(jenis=kind)


@pytest.mark.parametrize(("sheet", "heading"), [("", "jumlah"), ("banyak", "banyak")])
def test_a_column_is_headed_by_its_own_name_unless_the_workbook_has_another(sheet, heading):
    assert column(lembar=sheet).judul_lembar == heading


def test_a_table_keeps_its_columns_in_declared_order():
    names = ["b", "a", "c"]
    assert table(*(dict(COLUMN, nama=name) for name in names)).nama_kolom == names


@pytest.mark.parametrize(
    ("kind", "values"),
    [("jumlah", ["tiga"]), ("jumlah", [1.5]), ("tanggal", ["besok"]), ("ya_tidak", ["mungkin"])],
)
def test_a_value_of_another_kind_never_passes_as_this_kind(kind, values):
    with pytest.raises((TypeError, ValueError)):
        table(dict(COLUMN, jenis=kind)).conform(pd.DataFrame({"jumlah": values}))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.none() | st.integers(-(2**53), 2**53), max_size=8))
def test_conforming_keeps_every_whole_number_and_every_gap(values):
    frame = pd.DataFrame({"jumlah": pd.Series(values, dtype="Int64")})
    found = table(COLUMN).conform(frame)["jumlah"]
    assert [None if value is pd.NA else value for value in found] == values


def test_conforming_leaves_the_given_frame_alone():
    frame = pd.DataFrame({"jumlah": ["3", "4"]}, index=[5, 9])
    found = table(COLUMN).conform(frame.astype({"jumlah": "int64"}))
    assert found.index.tolist() == [0, 1]
    assert frame.to_dict("list") == {"jumlah": ["3", "4"]}
    assert frame.index.tolist() == [5, 9]


def test_all_undeclared_columns_are_named_at_once():
    with pytest.raises(DefinisiError, match=r"\['nik', 'telepon'\]"):
        table(COLUMN).conform(pd.DataFrame({"telepon": [1], "jumlah": [1], "nik": [1]}))


@pytest.mark.parametrize("nama", TABLES)
def test_a_table_is_empty_without_rows_and_has_its_types(nama):
    empty = TABLES[nama].empty()
    assert len(empty) == 0
    assert list(empty.columns) == TABLES[nama].nama_kolom
    assert [str(kind) for kind in empty.dtypes] == [item.dtype for item in TABLES[nama].kolom]


@pytest.mark.parametrize("nama", TABLES)
def test_a_table_has_no_column_twice_and_its_limits_are_in_order(nama):
    names = TABLES[nama].nama_kolom
    assert len(set(names)) == len(names)
    for item in TABLES[nama].kolom:
        assert item.min is None or item.max is None or item.min < item.max
        assert len(set(item.pilihan)) == len(item.pilihan)


@pytest.mark.parametrize("nama", TABLES)
def test_a_unit_in_a_name_agrees_with_the_kind_of_the_column(nama):
    kinds = {"_persen": {"persen"}, "_poin": {"poin"}, "_hari": {"hari", "jumlah"}}
    for item in TABLES[nama].kolom:
        for ending, allowed in kinds.items():
            assert not item.nama.endswith(ending) or item.jenis in allowed, item.nama
        assert not item.nama.startswith("tanggal_") or item.jenis == "tanggal", item.nama
        assert not item.nama.startswith("kode_") or item.jenis == "kode", item.nama


@pytest.mark.parametrize("nama", SCALES)
def test_every_number_belongs_to_exactly_the_class_its_bounds_say(nama):
    scale = SCALES[nama]
    names = [item.nama for item in scale.kelas]
    for upper, lower in pairwise(scale.kelas):
        bound = upper.batas_bawah
        assert scale.classify(bound + 1e-9) == upper.nama
        assert scale.classify(bound - 1e-9) == lower.nama
        assert scale.classify(bound) == (lower if scale.batas_masuk_bawah else upper).nama
    assert len(set(names)) == len(names)


@settings(deadline=None, max_examples=50)
@given(st.floats(-200, 400), st.floats(-200, 400))
def test_a_larger_number_is_never_in_a_lower_class(first, second):
    low, high = sorted((first, second))
    for scale in SCALES.values():
        order = [item.nama for item in scale.kelas]
        assert order.index(scale.classify(high)) <= order.index(scale.classify(low))


@pytest.mark.parametrize("nama", SCALES)
def test_a_class_has_a_colour_in_hexadecimal_and_one_symbol(nama):
    for item in SCALES[nama].kelas:
        assert re.fullmatch(r"#[0-9A-F]{6}", item.warna)
        assert len(item.simbol) == 1


def test_an_unknown_threshold_is_an_error_and_never_zero():
    with pytest.raises(KeyError):
        catalog.load_ambang()["tidak_ada"]


@pytest.mark.parametrize("nama", catalog.load_ambang().angka)
def test_a_threshold_is_read_by_its_name(nama):
    ambang = catalog.load_ambang()
    assert ambang[nama] == ambang.angka[nama].nilai
    assert ambang.angka[nama].status in {"terverifikasi", "asumsi"}


@pytest.mark.parametrize(
    ("since", "day", "known"),
    [
        (None, date(1990, 1, 1), True),
        (date(2024, 12, 10), date(2024, 12, 9), False),
        (date(2024, 12, 10), date(2024, 12, 10), True),
        (date(2024, 12, 10), date(2024, 12, 11), True),
    ],
)
def test_a_target_is_known_from_its_day_on(since, day, known):
    assert target(diketahui_sejak=since).is_known(day) == known


@pytest.mark.parametrize(
    "change",
    [
        {"tingkat": "desa"},
        {"tahun": 2024.5},
        {"nilai": "14"},
        {"sumber": 1},
        {"kode_wilayah": 12},
        {"diketahui_sejak": "2024-12-10"},
    ],
    ids=str,
)
def test_a_target_of_the_wrong_type_is_refused_by_its_key(change):
    with pytest.raises(DefinisiError, match=next(iter(change))):
        target(**change)


def test_the_refusal_says_where_and_what_to_do():
    with pytest.raises(DefinisiError) as caught:
        catalog.build(catalog.Angka, {"nilai": 1.0}, "ambang.toml")
    assert caught.value.di == "ambang.toml"
    assert "kamus-data.md" in caught.value.lakukan


def test_a_fault_deep_inside_is_named_with_its_whole_path():
    scale = {"arti": "x", "rujukan": "x", "status": "asumsi", "kelas": [{"nama": "a"}]}
    with pytest.raises(DefinisiError, match=r"kelas\.0\.batas_bawah"):
        catalog.build(catalog.Skala, scale, "uji.toml")


@pytest.mark.parametrize(
    "load",
    [
        catalog.tabel_masukan,
        catalog.tabel_hasil,
        catalog.load_ambang,
        catalog.load_hambatan,
        catalog.load_temuan,
        catalog.load_ringkasan,
    ],
    ids=lambda load: load.__name__,
)
def test_a_definition_is_loaded_once_and_shared(load):
    assert load() is load()


def test_an_indicator_set_that_does_not_exist_is_named():
    with pytest.raises(DefinisiError, match="r9") as caught:
        catalog.load_indikator("r9")
    assert caught.value.lakukan


@pytest.mark.parametrize("kind", catalog.load_temuan().values(), ids=lambda kind: kind.kode)
def test_a_kind_of_finding_says_what_was_done_and_what_to_do(kind):
    for text in (kind.uraian, kind.tindakan, kind.saran):
        assert set(re.findall(r"{(\w*)}", text)) <= PLACEHOLDERS
        assert text[0].isupper() or text[0] == "{"
        assert text.endswith((".", "?", " {rincian}"))
    assert re.fullmatch(r"[BTNWDPKL]\d\d", kind.kode)


def test_a_finding_never_shows_an_identity_by_declaration():
    private = [kind for kind in catalog.load_temuan().values() if kind.kode.startswith("P")]
    assert private
    assert not any("{nilai}" in kind.uraian for kind in private)


def test_no_two_kinds_of_findings_share_a_name():
    names = [kind.nama for kind in catalog.load_temuan().values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("item", catalog.load_ringkasan().values(), ids=lambda item: item.kunci)
def test_a_summary_number_has_the_format_its_name_promises(item):
    if item.kunci.endswith("_teks"):
        assert item.format.startswith("teks")
    if item.kunci.endswith("_rp"):
        assert item.format.startswith("rupiah")
    assert item.kunci.endswith("_rp") or not item.format.startswith("rupiah")
    assert item.uraian


def test_a_conformed_frame_conforms_to_an_equal_frame_of_its_own():
    tabel = catalog.tabel_masukan()["cakupan"]
    once = tabel.conform(pd.DataFrame({"kode_indikator": ["E01"], "pembilang": [3]}))
    twice = tabel.conform(once)
    pd.testing.assert_frame_equal(once, twice)
    twice.loc[0, "pembilang"] = 4
    assert once.loc[0, "pembilang"] == 3


def test_text_is_held_as_python_objects_however_it_came():
    tabel = catalog.tabel_masukan()["lokus"]
    came = pd.DataFrame({"dasar": pd.array(["SK"], dtype="string[pyarrow]"), "tahun": [2024]})
    found = [tabel.empty(), tabel.conform(came), tabel.conform(tabel.conform(came))]
    kinds = {frame[name].dtype.storage for frame in found for name in ("dasar", "kode_desa")}
    assert kinds == {"python"}
    assert {frame.columns.dtype.storage for frame in found} == {"python"}


def test_an_empty_table_is_new_every_time():
    tabel = catalog.tabel_masukan()["cakupan"]
    first = tabel.empty()
    first.loc[0, "pembilang"] = 1
    assert tabel.empty().empty
