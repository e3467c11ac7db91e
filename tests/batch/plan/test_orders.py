"""A plan becomes orders: kabupaten × years × notebooks, less what is not wanted or cannot be."""

import json

import pytest

from reviu_lib.batch import Pesanan
from reviu_lib.batch.plan import Pilihan
from reviu_lib.batch.planning import compute_kunci
from reviu_lib.batch.tasks import periksa
from reviu_lib.errors import RencanaError

from ..ruang_kecil import make_small, write_notebook
from .conftest import PARAMETER

NOTEBOOK = '[[notebook]]\nnama = "analisis_desa"\n'
SEMUA = [("12.18", 2024), ("73.12", 2023), ("73.12", 2024)]


def _named(orders):
    return [(order.nama, order.kode[0], order.tahun) for order in orders]


def _faults(orders, text, **options):
    with pytest.raises(RencanaError) as caught:
        orders(text, **options)
    return [fault.apa for fault in caught.value.butir]


def test_a_plan_is_kabupaten_times_years_times_parts(orders):
    made = orders(f'[[laporan]]\n[[laporan]]\nedisi = "final"\n{NOTEBOOK}')
    names = ("rapat", "final", "notebook analisis_desa")
    assert _named(made) == [(name, *unit) for name in names for unit in SEMUA]


def test_with_notebooks_alone_no_report_is_made(orders):
    assert {order.jenis for order in orders(NOTEBOOK)} == {"notebook"}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ('kabupaten = ["73"]', SEMUA[1:]),
        ('kabupaten = ["12.18"]', SEMUA[:1]),
        ('kabupaten = ["semua"]\ntahun = [2023]', [SEMUA[1]]),
        ('kabupaten = ["73"]\n[[laporan]]\nkabupaten = ["12.18"]', SEMUA[:1]),
        ("tahun = [2024]\n[[laporan]]\ntahun = [2023]", [SEMUA[1]]),
    ],
)
def test_a_part_narrows_the_plan_by_its_own_words(orders, text, units):
    assert [(order.kode[0], order.tahun) for order in orders(text)] == units


@pytest.mark.parametrize(
    ("pilihan", "count"),
    [
        (Pilihan(), 6),
        (Pilihan(kode=("73",)), 4),
        (Pilihan(kode=("semua",)), 6),
        (Pilihan(kode=("12.18",), tahun=(2024,)), 2),
        (Pilihan(notebook=("analisis_desa",)), 3),
        (Pilihan(tahun=(2023,), notebook=("analisis_desa",)), 1),
    ],
)
def test_the_command_line_selects_from_a_plan(orders, pilihan, count):
    assert len(orders(f"[[laporan]]\n{NOTEBOOK}", pilihan=pilihan)) == count


def test_a_selection_without_anything_is_refused(orders):
    (fault,) = _faults(orders, "", pilihan=Pilihan(kode=("12.10",)))
    assert fault == "Tidak ada yang cocok dengan pilihan."


def test_what_has_no_raw_files_is_refused_all_of_it_together(orders):
    told = _faults(
        orders, f'kabupaten = ["11", "12.18"]\ntahun = [2022]\n{NOTEBOOK}masukan = ["x"]'
    )
    assert told == [
        "Tidak ada berkas mentah untuk 11.",
        "Tidak ada berkas mentah untuk 2022.",
        "[[notebook]] ke-1, masukan = 'x': tidak ada berkas ini.",
    ]


@pytest.mark.parametrize("pattern", ["/etc/passwd", "../lain/*", "data/tidak-ada/*"])
def test_further_files_lie_in_the_workspace(orders, pattern):
    assert "tidak ada berkas ini" in _faults(orders, f'{NOTEBOOK}masukan = ["{pattern}"]')[0]


def test_two_parts_never_write_the_same_file(orders):
    told = _faults(orders, f"[[laporan]]\n[[laporan]]\n{NOTEBOOK}{NOTEBOOK}")
    assert [text.split(" diminta")[0] for text in told] == ["rapat", "notebook analisis_desa"]
    apart = f'{NOTEBOOK}{NOTEBOOK}sebutan = "ketat"\nparameter = {{ batas_persen = 1 }}'
    assert len(orders(apart)) == 6


def test_of_a_public_edition_only_what_may_be_public_is_made(orders):
    (order,) = orders('format = ["docx", "html"]\ntahun = [2023]\n[[laporan]]\npublik = true')
    assert (order.publik, order.format) == (True, ("html",))


def test_an_order_of_a_notebook_has_its_own_names_and_typed_parameters(orders, ruang):
    order = orders(f"{NOTEBOOK}parameter = {{ batas_persen = 20, ringkas = false }}")[0]
    assert order.stems == {"analisis_desa": "analisis_desa-12.18-2024"}
    assert order.folder(ruang) == ruang.reports_of("12.18", 2024)
    assert order.parameters == {
        "kode_kabupaten": "12.18", "tahun": 2024, "edisi": "rapat", "batas_persen": 20.0,
        "ringkas": False,
    }  # fmt: skip
    assert order.judul("analisis_desa") == ("Analisis desa Kabupaten Serdang Bedagai Tahun 2024")
    assert Pesanan.from_dict(json.loads(json.dumps(order.as_dict()))) == order


def test_a_further_file_that_changes_makes_the_notebook_stale(tmp_path):
    ruang = make_small(tmp_path, ("12.18", 2024))
    write_notebook(ruang.notebooks / "analisis_desa.ipynb", "1", parameter=PARAMETER)
    periksa("12.18", 2024, ruang=ruang)
    extra = ruang.root / "data" / "tambahan.csv"
    extra.write_text("a")
    order = Pesanan(("12.18",), 2024, jenis="notebook", buku="analisis_desa", sebutan="a",
                    masukan=("data/*.csv",))  # fmt: skip
    before = compute_kunci(order, ruang=ruang)
    assert "data/tambahan.csv" in before["masukan"]
    extra.write_text("b")
    assert compute_kunci(order, ruang=ruang)["masukan"] != before["masukan"]
