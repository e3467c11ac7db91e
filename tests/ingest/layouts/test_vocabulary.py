"""The words a layout is declared with mean what they say, and nothing else is accepted."""

import pytest

from reviu_lib.errors import DefinisiError
from reviu_lib.ingest.layouts import build_layout, load_layouts, normalize_heading

KEPALA = {
    "kode": "uji",
    "nama": "Uji",
    "arti": "Tata letak untuk uji.",
    "rujukan": "uji",
    "status": "asumsi",
}
VITAMIN_A = {
    "tabel": "capaian_terbit",
    "bentuk": "lebar",
    "semua_kolom": False,
    "ciri": ["wilayah", "bayi"],
    "wajib": ["wilayah"],
    "kolom": {
        "wilayah": {"judul": ["Kabupaten/Kota"]},
        "bayi": {"judul": ["Jml Bayi"], "jenis": "jumlah", "peran": "penyebut"},
        "bayi_vita": {
            "judul": ["Mendapat Vit A"],
            "jenis": "jumlah",
            "setelah": "bayi",
            "peran": "pembilang",
            "penyebut": "bayi",
        },
        "bayi_persen": {"judul": ["%"], "jenis": "persen", "setelah": "bayi_vita"},
        "balita": {"judul": ["Jml Balita"], "jenis": "jumlah"},
        "balita_vita": {"judul": ["Mendapat Vit A"], "jenis": "jumlah", "setelah": "balita"},
        "balita_persen": {"judul": ["%"], "jenis": "persen", "setelah": "balita_vita"},
        "persen": {"judul": ["Tahun {tahun}", "{tahun}"], "jenis": "persen"},
    },
}


def _table(**changes):
    return build_layout({**KEPALA, "tabel": {"uji": {**VITAMIN_A, **changes}}}, "uji").tabel["uji"]


def _bind(*titles):
    return _table().bind([(normalize_heading(title),) for title in titles])


def test_a_repeated_heading_is_bound_to_the_column_right_before_it():
    bound = _bind("Kabupaten/Kota", "Jml Bayi", "Mendapat Vit A", "%", "Jml Balita",
                  "Mendapat Vit A", "%")  # fmt: skip
    assert bound.posisi == {
        "wilayah": 0, "bayi": 1, "bayi_vita": 2, "bayi_persen": 3,
        "balita": 4, "balita_vita": 5, "balita_persen": 6,
    }  # fmt: skip
    assert not bound.ganda


def test_a_repeated_heading_after_another_column_is_not_bound():
    bound = _bind("Kabupaten/Kota", "Mendapat Vit A", "%")
    assert bound.posisi == {"wilayah": 0}
    assert bound.ganda == ("bayi_vita", "bayi_persen")


def test_the_order_of_the_groups_does_not_matter():
    bound = _bind("Jml Balita", "Mendapat Vit A", "%", "Jml Bayi", "Mendapat Vit A", "%")
    assert bound.posisi["balita_persen"] == 2
    assert bound.posisi["bayi_persen"] == 5


def test_a_year_in_a_heading_becomes_part_of_the_column_name():
    bound = _bind("Kabupaten/Kota", "2021", "Tahun 2022", "Tahun 1800")
    assert bound.posisi == {"wilayah": 0, "persen@2021": 1, "persen@2022": 2}
    assert bound.tak_dikenal == ("tahun 1800",)
    assert _table().jenis("persen@2021") == "persen"


@pytest.mark.parametrize(
    ("heading", "normal"),
    [
        ("  CAPAIAN (%) ", "capaian %"),
        ("%", "%"),
        ("% L+P", "l p %"),
        ("Desa/Kel\u00a0", "desa kel"),
        ("Jumlah\nBalita", "jumlah balita"),
        (2022.0, "2022"),
        (None, ""),
    ],
)
def test_headings_are_compared_by_their_words_and_the_percent_sign(heading, normal):
    assert normalize_heading(heading) == normal


def test_a_percent_sign_never_makes_a_count_of_a_percentage():
    table = _table(ciri=["wilayah"], kolom={
        "wilayah": {"judul": ["Kabupaten/Kota"]},
        "pendek": {"judul": ["Stunting"], "jenis": "jumlah"},
        "capaian": {"judul": ["Capaian"], "jenis": "persen"},
    })  # fmt: skip
    assert table.bind([("stunting %",), ("capaian %",)]).posisi == {"capaian": 1}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"bentuk": "miring"}, "bentuk"),
        ({"wilayah_kode_sistem": "kantor pos"}, "wilayah_kode_sistem"),
        ({"ciri": ["tak_ada"]}, "tak_ada"),
        ({"tabel": "tak_ada"}, "tak_ada"),
        ({"kolom": {"wilayah": {"judul": ["a"], "setelah": "tak_ada"}}}, "tak_ada"),
        ({"kolom": {"wilayah": {"judul": ["a"], "skala": "triliun"}}}, "skala"),
        ({"kolom": {"wilayah": {"judul": ["a"], "peran": "hiasan"}}}, "peran"),
    ],
)
def test_a_word_outside_the_vocabulary_is_an_error_that_names_it(changes, fault):
    with pytest.raises(DefinisiError, match=fault):
        _table(**changes)


def test_one_layout_may_hold_several_tables_of_one_canonical_kind():
    layout = build_layout({**KEPALA, "tabel": {"a": VITAMIN_A, "b": VITAMIN_A}}, "uji")
    assert [table.tabel for table in layout.tabel.values()] == ["capaian_terbit"] * 2
    assert list(layout.tabel) == ["a", "b"]


def test_sentinels_keep_their_kind():
    kolom = {
        **VITAMIN_A["kolom"],
        "bayi": {"judul": ["Jml Bayi"], "jenis": "jumlah", "hilang": [8888, "-", 999.99]},
    }
    assert _table(kolom=kolom).own("bayi").hilang == (8888, "-", 999.99)


def test_every_declared_layout_loads():
    assert {"eppgbm", "kabupaten", "rekap", "putusan"} <= set(load_layouts())
