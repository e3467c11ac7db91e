"""The explorer: what it opens with, what follows a choice, and the line that shows it again."""

from __future__ import annotations

import os
from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import reviu_lib
from reviu_lib import jelajah
from reviu_lib.bahan import BahanReviu
from reviu_lib.errors import LaporanError, RuangError
from reviu_lib.penjelajah.gudang import load_isi
from reviu_lib.penjelajah.muka import BAGIAN
from reviu_lib.penjelajah.papan import _Papan
from reviu_lib.report.tampilan import Gambar
from reviu_lib.store import make_ruang, save_bahan

DESA = {
    "73.12.01.2003": ("Marioriwawo", "Gattareng"),
    "73.12.01.2008": ("Marioriwawo", "Marioritengnga"),
    "73.12.02.2005": ("Liliriaja", "Jampu"),
}
SERDANG = {"12.18.01.2001": ("Pantai Cermin", "Pantai Cermin Kanan")}


def cakupan(desa, indikator=("E10", "E14"), pembilang=8) -> pd.DataFrame:
    rows = [
        {"kode_desa": kode, "kecamatan": kecamatan, "desa": nama, "kode_indikator": satu,
         "periode": "tahunan", "pembilang": pembilang, "penyebut": 10, "jenis_penyebut": "riil"}
        for satu in indikator
        for kode, (kecamatan, nama) in desa.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def save(ruang, kode="73.12", nama="Kabupaten Soppeng", *, tahun=2024, isi=None) -> None:
    frame = cakupan(DESA) if isi is None else isi
    asal = pd.DataFrame(
        {"tabel": "cakupan", "baris": range(len(frame)), "berkas": f"{kode}/{tahun}/buku.xlsx",
         "lembar": "cakupan", "baris_berkas": range(2, len(frame) + 2)}
    )  # fmt: skip
    days = (date(tahun, 11, 30), date(tahun, 12, 10))
    save_bahan(BahanReviu(kode, nama, tahun, *days, cakupan=frame, asal=asal), ruang)


@pytest.fixture(scope="module")
def terisi(tmp_path_factory):
    """A workspace with two years of one kabupaten and one of another; read only."""
    ruang = make_ruang(tmp_path_factory.mktemp("jelajah"))
    save(ruang, "12.18", "Kabupaten Serdang Bedagai", tahun=2022, isi=cakupan(SERDANG))
    save(ruang, tahun=2021, isi=cakupan(DESA, ("I01",)))
    save(ruang)
    return ruang


@pytest.fixture
def papan(terisi):
    return _Papan(jelajah(ruang=terisi.root))


def chosen(papan) -> dict:
    return {name: satu.value for name, satu in papan.daftar.items()}


def labels(daftar) -> list[str]:
    return [label for label, _ in daftar.options]


def words(papan) -> str:
    return BeautifulSoup(papan.isi.value, "html.parser").p.get_text()


def run_line(line: str):
    """Return what a notebook would show for one line of code."""
    space: dict = {}
    imports, _, shown = line.partition("; ")
    exec(imports, space)
    return eval(shown, space)


def test_it_opens_with_the_newest_kabupaten_and_year_and_the_whole_of_it(papan):
    assert chosen(papan) == {
        "kabupaten": "73.12", "tahun": 2024, "indikator": "E10", "kecamatan": "73.12", "desa": None,
    }  # fmt: skip
    assert labels(papan.daftar["kabupaten"]) == [
        "Kabupaten Serdang Bedagai (12.18)", "Kabupaten Soppeng (73.12)",
    ]  # fmt: skip
    assert labels(papan.daftar["tahun"]) == ["2024", "2021"]


def test_a_kecamatan_offers_its_desa_and_a_desa_is_shown(papan):
    papan.daftar["kecamatan"].value = "73.12.01"
    first, *names = labels(papan.daftar["desa"])
    assert (first, names) == ("Seluruh kecamatan", sorted(names))
    assert {"Gattareng", "Marioritengnga"} < set(names)
    papan.daftar["desa"].value = "73.12.01.2008"
    assert words(papan).startswith("Desa/kelurahan Marioritengnga, Kecamatan Marioriwawo.")
    papan.daftar["desa"].value = "73.12.01"
    assert words(papan).startswith("Kecamatan Marioriwawo.")
    papan.daftar["kecamatan"].value = "73.12"
    assert words(papan).startswith("Kabupaten Soppeng.")
    assert papan.daftar["desa"].disabled


def test_another_year_keeps_the_place_and_what_that_year_lacks_begins_anew(papan):
    papan.daftar["kecamatan"].value = "73.12.02"
    papan.daftar["indikator"].value = "E14"
    papan.daftar["tahun"].value = 2021
    assert chosen(papan)["indikator"] == "I01"
    assert chosen(papan)["kecamatan"] == "73.12.02"


def test_another_kabupaten_opens_with_its_own_newest_year(papan):
    papan.daftar["kabupaten"].value = "12.18"
    now = chosen(papan)
    assert (now["tahun"], now["kecamatan"]) == (2022, "12.18")
    assert now["indikator"] in dict(map(reversed, papan.daftar["indikator"].options))


def test_what_is_chosen_by_hand_is_what_the_object_gives(papan):
    papan.daftar["kecamatan"].value = "73.12.01"
    assert isinstance(papan._of.gambar, Gambar)
    assert "Marioriwawo" in papan._of.gambar.alt
    assert repr(papan._of).startswith('jelajah("73.12", 2024, indikator="E10", tempat="73.12.01"')


@pytest.mark.parametrize("tempat", ["73.12", "73.12.01", "73.12.01.2003"])
def test_every_part_states_the_one_line_that_shows_it_again(terisi, tempat):
    made = jelajah("73.12", 2024, indikator="E14", tempat=tempat, ruang=terisi.root)
    sections = BeautifulSoup(made._isi(), "html.parser").find_all("section")
    assert len(sections) == len(BAGIAN)
    for nama, section in zip(BAGIAN, sections, strict=True):
        again, here = run_line(section.find("pre").get_text()), getattr(made, nama)
        same = (again.png, here.png) if nama == "gambar" else (again.html, here.html)
        assert same[0] == same[1]
        assert len(same[0]) > 100


def test_the_line_names_no_folder_where_none_was_named(terisi, monkeypatch):
    monkeypatch.setenv("REVIU_RUANG", str(terisi.root))
    line = jelajah(ruang="").baris("tabel")
    assert line == (
        'from reviu_lib import jelajah; jelajah("73.12", 2024, indikator="E10", '
        'tempat="73.12").tabel'
    )
    assert run_line(line).html


def test_an_empty_workspace_gives_a_sentence_and_empty_lists(tmp_path):
    papan = _Papan(jelajah(ruang=make_ruang(tmp_path).root))
    assert "Belum ada kabupaten/kota dan tahun yang sudah diperiksa." in words(papan)
    assert "reviu periksa" in words(papan)
    assert all(satu.disabled and satu.options == () for satu in papan.daftar.values())
    assert "Belum ada" in papan._of.gambar.html
    assert "Belum ada" in repr(papan._of)


def test_what_is_checked_meanwhile_is_there_without_another_kernel(tmp_path):
    ruang = make_ruang(tmp_path)
    papan = _Papan(jelajah(ruang=ruang.root))
    save(ruang)
    papan.segarkan.click()
    assert chosen(papan)["kabupaten"] == "73.12"
    papan.daftar["kecamatan"].value = "73.12.02"
    assert "(8 dari 10)" in words(papan)
    save(ruang, isi=cakupan(DESA, pembilang=5))
    papan.segarkan.click()
    assert chosen(papan)["kecamatan"] == "73.12.02"
    assert "(5 dari 10)" in words(papan)


def test_a_year_that_was_removed_meanwhile_leads_back_to_the_newest(tmp_path):
    ruang = make_ruang(tmp_path)
    save(ruang, tahun=2023)
    save(ruang)
    papan = _Papan(jelajah(ruang=ruang.root))
    (ruang.processed_of("73.12", 2024) / "asal.json").unlink()
    papan.segarkan.click()
    assert chosen(papan)["tahun"] == 2023


def test_stale_tables_give_the_sentence_that_mends_them_and_the_lists_stay(tmp_path):
    ruang = make_ruang(tmp_path)
    save(ruang)
    folder = ruang.raw_of("73.12", 2024)
    folder.mkdir(parents=True)
    (folder / "baru.csv").write_text("a\n")
    papan = _Papan(jelajah(ruang=ruang.root))
    assert "reviu periksa 73.12 --tahun 2024" in words(papan)
    assert papan.daftar["kabupaten"].options


def test_raw_files_that_change_while_one_looks_are_not_passed_over(tmp_path):
    ruang = make_ruang(tmp_path)
    folder = ruang.raw_of("73.12", 2024)
    folder.mkdir(parents=True)
    (folder / "buku.csv").write_text("a\n")
    save(ruang)
    papan = _Papan(jelajah(ruang=ruang.root))
    assert words(papan).startswith("Kabupaten Soppeng.")
    (folder / "buku.csv").write_text("b\n")
    papan.segarkan.click()
    assert "reviu periksa 73.12 --tahun 2024" in words(papan)


def test_a_kabupaten_without_coverage_says_so(tmp_path):
    ruang = make_ruang(tmp_path)
    save(ruang, isi=pd.DataFrame())
    papan = _Papan(jelajah(ruang=ruang.root))
    assert "tidak tersedia" in words(papan)
    assert labels(papan.daftar["kecamatan"]) == ["Seluruh kabupaten/kota"]
    assert "tidak tersedia" in papan._of.gambar.html
    assert "Tidak ada baris berkas" in papan._of.asal.html


def test_an_indicator_without_desa_says_so_and_the_way_back_is_open(papan):
    papan.daftar["kecamatan"].value = "73.12.01"
    papan.daftar["indikator"].value = "E20"
    assert words(papan).startswith("Indikator E20 tidak dilaporkan per kecamatan atau desa")
    papan.daftar["kecamatan"].value = "73.12"
    assert "tidak tersedia" in words(papan)


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"kode_kabupaten": "35.13"}, RuangError, "Belum ada"),
        ({"indikator": "E99"}, LaporanError, "Indikator 'E99' tidak ada"),
        ({"tempat": "73.12.09"}, LaporanError, "Wilayah '73.12.09' tidak ada"),
    ],
)
def test_what_is_named_and_is_not_there_is_an_error_that_says_more(terisi, asked, error, message):
    with pytest.raises(error, match=message) as caught:
        jelajah(**asked, ruang=terisi.root)
    assert caught.value.lakukan


def test_where_there_is_no_jupyterlab_the_same_parts_are_shown_without_controls(terisi):
    made = jelajah(ruang=terisi.root)
    shown = made._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert shown["text/html"] == made._isi()
    assert shown["text/plain"] == repr(made)
    picture = BeautifulSoup(shown["text/html"], "html.parser").img
    assert picture["alt"] == made.gambar.alt


def test_a_name_from_a_file_is_text_on_the_screen(tmp_path):
    ruang = make_ruang(tmp_path)
    save(ruang, isi=cakupan({"73.12.01.2003": ("<b>A</b>", "<img src=x onerror=alert(1)>")}))
    made = jelajah("73.12", 2024, tempat="73.12.01.2003", ruang=ruang.root)
    images = BeautifulSoup(made._isi(), "html.parser").find_all("img")
    assert [image["src"][:14] for image in images] == ["data:image/png"]


def test_the_few_names_a_user_meets_are_listed_and_explained(terisi):
    made = jelajah(ruang=terisi.root)
    names = {name for name in dir(made) if not name.startswith("_")}
    assert names == {*BAGIAN, "baris"}
    assert all(getattr(type(made), name).__doc__ for name in names)
    assert "jelajah()" in reviu_lib.jelajah.__doc__


def test_results_are_kept_until_the_tables_change(terisi):
    first = load_isi("73.12", 2024, terisi)
    assert load_isi("73.12", 2024, terisi) is first
    path = terisi.processed_of("73.12", 2021) / "asal.json"
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))
    assert load_isi("73.12", 2024, terisi) is not first
