"""Nobody who has every public file of two years can work out a number that was closed."""

import shutil
from dataclasses import replace

import pytest
from penyerang import (
    DITUTUP,
    Bertentangan,
    Sistem,
    add_last_year,
    add_matrices,
    read_book,
    read_page,
    read_systems,
    recover,
)

from reviu_lib import load_hasil
from reviu_lib.batch import Pesanan, run_laporan
from reviu_lib.penyamaran import cacah, close_cells
from reviu_lib.report import write_lampiran
from reviu_lib.store import make_ruang

KODE, TAHUN = "73.12", (2023, 2024)


@pytest.fixture(scope="module")
def ruang(tmp_path_factory, ruang_contoh):
    """A workspace with the public editions of two years."""
    ruang = make_ruang(tmp_path_factory.mktemp("publik"))
    for folder in ("data", ".reviu"):
        shutil.copytree(ruang_contoh.root / folder, ruang.root / folder, dirs_exist_ok=True)
    orders = [Pesanan((KODE,), tahun, publik=True) for tahun in TAHUN]
    assert {item.status for item in run_laporan(orders, ruang=ruang)} == {"selesai"}
    return ruang


@pytest.fixture(scope="module")
def terbit(ruang):
    """The public folder."""
    return ruang.reports / "publik"


def file_of(terbit, tahun, jenis):
    return terbit / str(tahun) / KODE / f"reviu-{KODE}-{tahun}-rapat-publik.{jenis}"


@pytest.fixture(scope="module")
def utuh(ruang):
    """The whole results, which the attacker does not have, by year."""
    return {tahun: load_hasil(KODE, tahun, ruang=ruang) for tahun in TAHUN}


@pytest.fixture(scope="module")
def sistem(terbit):
    """All that the workbooks and pages of both years tell, by year and system."""
    books = {tahun: read_book(file_of(terbit, tahun, "xlsx")) for tahun in TAHUN}
    systems = {tahun: read_systems(book) for tahun, book in books.items()}
    for tahun in TAHUN:
        add_matrices(systems[tahun], read_page(file_of(terbit, tahun, "html")))
    add_last_year(systems[TAHUN[0]], books[TAHUN[1]])
    return systems


def test_public_folder_holds_public_files_and_its_index_alone(terbit):
    names = {path.relative_to(terbit).as_posix() for path in terbit.rglob("*") if path.is_file()}
    expected = {file_of(terbit, t, jenis).relative_to(terbit).as_posix()
                for t in TAHUN for jenis in ("html", "xlsx")}  # fmt: skip
    assert names == {"index.html", *expected}


@pytest.mark.parametrize("tahun", TAHUN)
def test_no_closed_count_of_either_year_can_be_told_to_within_five(sistem, tahun):
    assert len(sistem[tahun]) > 20
    assert {key: found for key, one in sistem[tahun].items() if (found := recover(one))} == {}


def test_nor_with_every_denominator_known_from_elsewhere(sistem, utuh):
    rows = utuh[2024].capaian_cakupan.dropna(subset=["penyebut"])
    for kode, part in rows.groupby("kode_indikator"):
        known = dict(zip(part["kode_wilayah"], part["penyebut"].astype(float), strict=True))
        assert recover(sistem[2024]["cakupan", kode], tahu=known) == {}, kode


@pytest.mark.parametrize("tahun", TAHUN)
def test_no_small_count_stands_in_the_workbook(terbit, tahun):
    book = read_book(file_of(terbit, tahun, "xlsx"))
    rows = [(row["pembilang"], row["penyebut"]) for row in book["capaian_cakupan"]]
    rows += [(row["stunting"], row["diukur"]) for row in book["perkembangan_prevalensi"]]
    rows += [(row["kasus"], row["diukur"]) for row in book["prevalensi_kelompok"]]
    shown = [(x, n) for x, n in rows if isinstance(x, int | float) and isinstance(n, int | float)]
    assert len(shown) > 1000
    assert [(x, n) for x, n in shown if x < 5 or n - x < 5 or n < 10] == []
    assert (DITUTUP, DITUTUP) in rows


@pytest.mark.parametrize("tahun", TAHUN)
def test_page_shows_of_a_closed_cell_only_that_it_is_closed(terbit, utuh, tahun):
    page = read_page(file_of(terbit, tahun, "html"))
    closed = close_cells(utuh[tahun]).tertutup
    shown = {asal: (value, text) for asal, value, text in page.data if asal in closed}
    assert set(shown.values()) <= {("", DITUTUP)}
    assert any(DITUTUP in row for rows in page.tables.values() for row in rows)


@pytest.mark.parametrize("tahun", TAHUN)
def test_tables_and_workbook_agree_on_what_is_closed(terbit, tahun):
    page = read_page(file_of(terbit, tahun, "html"))
    book = read_book(file_of(terbit, tahun, "xlsx"))
    keys = {(row["kode_wilayah"], row["kode_indikator"]): row for row in book["capaian_cakupan"]}
    for name in ("cakupan_desa_spesifik", "cakupan_desa_sensitif"):
        head, *rows = page.tables[f"tabel-{name}"]
        cells = {
            (row[0], kode): text for row in rows for kode, text in zip(head, row, strict=False)
        }
        for key, text in cells.items():
            if key in keys:
                assert (text == DITUTUP) == (keys[key]["capaian_persen"] == DITUTUP), key


def test_public_files_hold_no_desa_counts_and_no_internal_table(terbit):
    for tahun in TAHUN:
        book = read_book(file_of(terbit, tahun, "xlsx"))
        internal = {"pengembalian", "pola_ukur", "penilaian_ukur", "pemeriksaan_ukur", "mutu_data"}
        assert not internal & set(book)
        assert "stunting" not in book["usulan_lokus"][0]
        assert {row["tingkat"] for row in book["perkembangan_prevalensi"]} <= {
            "kabupaten", "kecamatan", "provinsi", "nasional",
        }  # fmt: skip


def test_pages_say_which_edition_they_are(terbit):
    for path in [terbit / "index.html", *(file_of(terbit, t, "html") for t in TAHUN)]:
        text = path.read_text(encoding="utf-8")
        assert "EDISI PUBLIK" in text
        assert "EDISI INTERNAL" not in text


def _systems(hasil, path) -> dict:
    """Return the systems in the public workbook of a result."""
    write_lampiran(close_cells(hasil), path)
    return read_systems(read_book(path))


def _try(sistem) -> dict:
    """Return what can be told, nothing where a desa reports more than there are."""
    try:
        return recover(sistem)
    except Bertentangan:
        return {}


def test_the_attack_undoes_what_closes_only_the_small_counts(utuh, tmp_path, monkeypatch):
    monkeypatch.setattr(cacah, "close_tree", lambda caras, small, families, boleh: small)
    systems = _systems(utuh[2024], tmp_path / "hanya-primer.xlsx")
    found = {key: _try(one) for key, one in systems.items()}
    truth = utuh[2024].capaian_cakupan.set_index(["kode_indikator", "kode_wilayah"])
    exact = {
        (key[1], kode): low
        for key, cells in found.items() if key[0] == "cakupan"
        for (kode, part), (low, high) in cells.items() if part == "x" and high - low < 1e-6
    }  # fmt: skip
    assert len(exact) > 10
    assert all(abs(truth.loc[key, "pembilang"] - value) < 1e-6 for key, value in exact.items())


def test_the_attack_undoes_percentages_left_beside_closed_counts(sistem, utuh):
    rows = utuh[2024].capaian_cakupan
    rows = rows[rows["kode_indikator"].eq("E04") & rows["capaian_persen"].notna()]
    open_again = Sistem(
        {
            kode: replace(sel, persen=(persen - 1e-6, persen + 1e-6))
            for kode, persen in zip(rows["kode_wilayah"], rows["capaian_persen"], strict=True)
            if (sel := sistem[2024]["cakupan", "E04"].sel.get(kode))
        }
    )
    known = dict(zip(rows["kode_wilayah"], rows["penyebut"].astype(float), strict=True))
    assert len(recover(open_again, tahu=known)) > 10


def test_another_example_withstands_it_too(ruang_contoh, tmp_path):
    hasil = load_hasil("12.18", 2021, ruang=ruang_contoh)
    systems = _systems(hasil, tmp_path / "lampiran.xlsx")
    keys = [("cakupan", "I01"), ("cakupan", "I12"), ("register", 2021, "Agustus")]
    assert {key: recover(systems[key]) for key in keys} == {key: {} for key in keys}
