"""What an order is called, where it goes, and when it is due."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.batch.planning import (
    Pesanan,
    Rencana,
    choose_units,
    compute_kunci,
    environment,
    explain_pesanan,
    plan_laporan,
    plan_periksa,
    with_earlier_years,
)
from reviu_lib.batch.sources import BANDING, PERIKSA, REVIU
from reviu_lib.batch.tasks import periksa
from reviu_lib.errors import KodeError, LaporanError, RuangError
from reviu_lib.reference import nama_atau_kode
from reviu_lib.store import Ruang, make_ruang

from .ruang_kecil import make_small, write_raw

KODE = st.from_regex(r"[0-9]{2}\.[0-9]{2}", fullmatch=True)
ORDERS = st.builds(
    Pesanan,
    st.lists(KODE, min_size=1, max_size=6, unique=True).map(tuple),
    st.integers(1900, 2099),
    edisi=st.sampled_from(["persiapan", "rapat", "final"]),
    format=st.sampled_from([(), ("html",), ("html", "xlsx")]),
    jenis=st.sampled_from(["laporan", "banding"]),
)


@pytest.fixture(scope="module")
def siap(tmp_path_factory):
    """A workspace with one checked kabupaten and no report; read only."""
    ruang = make_small(tmp_path_factory.mktemp("rencana"), ("12.18", 2024))
    periksa("12.18", 2024, ruang=ruang)
    return ruang


def _touch(ruang, *units):
    for kode, tahun in units:
        folder = ruang.raw / kode / str(tahun)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "a.csv").write_text("x")
    return ruang


@settings(max_examples=50, deadline=None)
@given(ORDERS)
def test_an_order_goes_to_a_worker_as_json_and_comes_back_the_same(order):
    assert Pesanan.from_dict(json.loads(json.dumps(order.as_dict()))) == order


@settings(max_examples=50, deadline=None)
@given(ORDERS)
def test_file_names_are_short_and_stay_in_their_folder(order):
    ruang = Ruang("/r")
    for stem in order.stems.values():
        path = order.folder(ruang) / f"{stem}-suntingan-20240101-000000.ipynb"
        assert path.resolve().parent == order.folder(ruang)
        assert len(path.name) < 100


def _identity(order):
    """Return what makes two orders the same report."""
    if order.jenis == "banding":
        return order.jenis, order.kode, order.tahun
    return order.jenis, order.kode[0], order.tahun, order.edisi


@settings(max_examples=50, deadline=None)
@given(st.lists(ORDERS, max_size=8, unique_by=_identity))
def test_different_orders_never_share_the_file_of_a_review(orders):
    last = {(order.folder(Ruang("/r")), list(order.stems.values())[-1]) for order in orders}
    assert len(last) == len(orders)


@pytest.mark.parametrize("edisi", ["persiapan", "rapat", "final"])
def test_a_report_is_named_by_code_year_and_edition(edisi):
    order = Pesanan(("12.10",), 2024, edisi=edisi)
    assert order.stems == {PERIKSA: "periksa-12.10-2024", REVIU: f"reviu-12.10-2024-{edisi}"}
    assert (order.nama, order.label) == (edisi, "12.10")
    assert order.folder(Ruang("/r")).as_posix() == "/r/reports/2024/12.10"


@pytest.mark.parametrize(
    ("count", "stem"),
    [
        (2, "banding-12.01-12.02-2024"),
        (4, "banding-12.01-12.02-12.03-12.04-2024"),
        (5, "banding-5-kabupaten-"),
    ],
)
def test_a_comparison_is_named_by_its_codes_up_to_four(count, stem):
    order = Pesanan(tuple(f"12.{n:02}" for n in range(1, count + 1)), 2024, jenis="banding")
    assert order.stems[BANDING].startswith(stem)
    assert (order.nama, order.label) == (order.stems[BANDING], "banding")
    assert order.folder(Ruang("/r")).as_posix() == "/r/reports/2024"


def test_two_comparisons_of_many_kabupaten_have_different_names():
    codes = tuple(f"12.{n:02}" for n in range(1, 8))
    names = {Pesanan(c, 2024, jenis="banding").nama for c in (codes, codes[:-1], codes[1:])}
    assert len(names) == 3


@pytest.mark.parametrize(
    ("jenis", "key"), [("laporan", "kode_kabupaten"), ("banding", "daftar_kode")]
)
def test_codes_go_to_the_notebook_as_text_and_no_path_does(jenis, key):
    order = Pesanan(("12.10",) * (1 if jenis == "laporan" else 2), 2024, jenis=jenis)
    text = "12.10" if jenis == "laporan" else "12.10, 12.10"
    assert order.parameters == {key: text, "tahun": 2024, "edisi": "rapat", "ruang": ""}


def test_titles_name_kabupaten_and_year():
    order = Pesanan(("73.12",), 2024)
    assert order.judul(PERIKSA) == "Pemeriksaan Data Kabupaten Soppeng Tahun 2024"
    assert order.judul(REVIU).endswith("Kabupaten Soppeng Tahun 2024")
    assert order.judul(BANDING) == "Perbandingan Kabupaten/Kota Tahun 2024"


def test_the_title_of_a_review_follows_the_era_of_its_year():
    titles = {year: Pesanan(("73.12",), year).judul(REVIU) for year in (2021, 2024)}
    assert [str(year) in title for year, title in titles.items()] == [True, True]
    assert "Pemeriksaan" not in "".join(titles.values())


@pytest.mark.parametrize(
    ("kode", "nama"), [("12.18", "Kabupaten Serdang Bedagai"), ("99.99", "99.99"), ("", "")]
)
def test_a_code_that_names_nothing_stands_for_itself(kode, nama):
    assert nama_atau_kode(kode) == nama


@pytest.mark.parametrize(
    ("kode", "tahun", "chosen"),
    [
        ([], [], ["12.18/2020", "12.18/2021", "73.12/2021"]),
        (["semua"], [], ["12.18/2020", "12.18/2021", "73.12/2021"]),
        (["12.18"], [], ["12.18/2020", "12.18/2021"]),
        ([], [2021], ["12.18/2021", "73.12/2021"]),
        (["73.12", "12.18"], [2021], ["12.18/2021", "73.12/2021"]),
        (["12.18", "12.18"], [2020, 2020], ["12.18/2020"]),
        (["semua", "73.12"], [], ["73.12/2021"]),
    ],
)
def test_codes_and_years_narrow_what_there_is_and_keep_its_order(tmp_path, kode, tahun, chosen):
    ruang = _touch(make_ruang(tmp_path), ("73.12", 2021), ("12.18", 2021), ("12.18", 2020))
    assert [f"{k}/{t}" for k, t in choose_units(kode, tahun, ruang=ruang)] == chosen


@pytest.mark.parametrize(
    ("kode", "tahun", "absent"),
    [
        (["12.10"], [], "12.10"),
        (["12.18", "12.10"], [], "12.10"),
        ([], [2030], "2030"),
        ([], [2021, 2030], "2030"),
        (["12.18"], [2021], "12.18, 2021"),
    ],
)
def test_what_is_asked_for_and_not_there_is_named(tmp_path, kode, tahun, absent):
    ruang = _touch(make_ruang(tmp_path), ("12.18", 2020), ("73.12", 2021))
    with pytest.raises(RuangError, match=f"Tidak ada berkas mentah untuk {absent}\\."):
        choose_units(kode, tahun, ruang=ruang)


@pytest.mark.parametrize("kode", ["12.1", "1218", "99.99", "12", "Soppeng", "../..", ""])
def test_a_code_that_does_not_exist_is_refused_before_looking_for_files(tmp_path, kode):
    with pytest.raises(KodeError, match="tidak dapat dipakai"):
        choose_units([kode], [], ruang=make_ruang(tmp_path))


def test_earlier_years_of_the_same_kabupaten_join_once_and_later_ones_do_not(tmp_path):
    ruang = make_ruang(tmp_path)
    _touch(ruang, *((k, t) for k in ("12.18", "73.12") for t in (2019, 2020, 2021, 2022)))
    units = [("12.18", 2021), ("12.18", 2020), ("73.12", 2019)]
    assert with_earlier_years(units, ruang=ruang) == [
        ("12.18", 2019), ("12.18", 2020), ("12.18", 2021), ("73.12", 2019),
    ]  # fmt: skip


def test_without_units_no_year_joins(tmp_path):
    assert with_earlier_years([], ruang=_touch(make_ruang(tmp_path), ("12.18", 2020))) == []


def test_a_checked_unit_is_due_only_when_asked_for_again(siap):
    told = [plan_periksa([("12.18", 2024)], ruang=siap, ulang=again) for again in (False, True)]
    assert told == [[Rencana("periksa", "12.18", 2024, why)] for why in ("", "diminta")]


def test_a_check_that_is_stale_says_so_before_it_says_that_it_was_asked_for(siap):
    (step,) = plan_periksa([("73.12", 2024)], ruang=siap, ulang=True)
    assert "belum dibuat" in step.alasan


def test_the_plan_has_every_check_before_the_first_report(siap):
    plan = plan_laporan([Pesanan(("12.18",), 2024), Pesanan(("73.12",), 2024)], ruang=siap)
    assert [step.jenis for step in plan] == ["periksa", "periksa", "laporan", "laporan"]
    assert plan[2].alasan == "belum pernah dibuat"
    assert plan[3].alasan.startswith("data 73.12 tahun 2024 diperiksa dahulu: ")


def test_no_orders_make_no_plan(siap):
    assert plan_laporan([], ruang=siap) == []


def test_a_report_waits_for_an_earlier_year_whose_raw_files_changed(tmp_path):
    ruang = make_small(tmp_path, ("12.18", 2023), ("12.18", 2024))
    for tahun in (2023, 2024):
        periksa("12.18", tahun, ruang=ruang)
    write_raw(ruang, "12.18", 2023, target_output=99)
    why = explain_pesanan(Pesanan(("12.18",), 2024), ruang=ruang)
    assert why == "data 12.18 tahun 2023 diperiksa dahulu: berkas mentah berubah: buku.xlsx"


def test_the_key_of_a_report_does_not_depend_on_the_order_of_formats(siap):
    keys = [
        compute_kunci(Pesanan(("12.18",), 2024, format=names), ruang=siap)
        for names in (("html", "xlsx"), ("xlsx", "html"))
    ]
    assert keys[0] == keys[1]
    assert json.loads(json.dumps(keys[0])) == keys[0]


@pytest.mark.parametrize(
    ("change", "part"),
    [({"edisi": "final"}, "parameter"), ({"format": ("html",)}, "format")],
)
def test_the_key_tells_what_was_asked_differently(siap, change, part):
    one = compute_kunci(Pesanan(("12.18",), 2024), ruang=siap)
    two = compute_kunci(Pesanan(("12.18",), 2024, **change), ruang=siap)
    assert {name for name in one if one[name] != two[name]} == {part}


def test_no_key_is_made_of_a_year_that_was_never_checked(siap):
    with pytest.raises(RuangError, match="belum dibuat"):
        compute_kunci(Pesanan(("73.12",), 2024), ruang=siap)


def test_a_broken_notebook_of_the_workspace_is_told_and_not_passed_over(tmp_path):
    ruang = make_small(tmp_path, ("12.18", 2024))
    periksa("12.18", 2024, ruang=ruang)
    (ruang.notebooks / "02_reviu_kinerja.ipynb").write_text("{")
    with pytest.raises(LaporanError, match="02_reviu_kinerja"):
        explain_pesanan(Pesanan(("12.18",), 2024), ruang=ruang)


def test_the_environment_names_python_and_what_draws_and_computes():
    versions = environment()
    assert set(versions) == {
        "python", "pandas", "numpy", "matplotlib", "seaborn", "nbconvert", "papermill",
        "python-docx",
        "typst",
    }  # fmt: skip
    assert all(part.isdigit() for part in versions["python"].split("."))
    assert "tidak terpasang" not in versions.values()
