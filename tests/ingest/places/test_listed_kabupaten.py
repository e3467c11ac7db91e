"""Kabupaten of a whole province in a published table: open names are told, proposed, and mapped."""

import pytest

from reviu_lib.ingest import build_bahan, list_kabupaten, read_berkas
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.ingest.places import write_usulan_padanan
from reviu_lib.store import hash_raw, make_ruang

from ..conftest import KUNCI

BBLR = "Kabupaten/Kota;Lahir Hidup L;Ditimbang L;% L;BBLR L;% L;Prematur L;% L\n"
LAIN = "Kab. Pacitan;9;9;;;;;\nKota Batu;8;8;;;;;\n"


def _alone(folder, lines):
    return read_berkas(folder.text("tabel.csv", BBLR + lines), kunci=KUNCI, tahun=2021)


def _province(tmp_path, lines, kode="35.13"):
    """Return what a kabupaten of East Java gets from a file of the province, and its folder."""
    folder = tmp_path / "data" / "raw" / "35" / "2021"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tabel.csv").write_text(BBLR + LAIN + lines, "utf-8")
    return build_bahan(folder, kode_kabupaten=kode, tahun=2021, kunci=KUNCI), folder


def _kinds(bahan):
    return set(bahan.temuan["kode"])


@pytest.mark.parametrize(
    ("line", "kode", "words"),
    [
        ("Kab. Probolingo", "W10", "Kab. Probolingo: mungkin Kabupaten Probolinggo (35.13)"),
        ("Probolinggo", "W11", "Kabupaten Probolinggo (35.13) atau Kota Probolinggo (35.74)"),
    ],
)
def test_an_open_name_is_told_and_its_line_set_aside(folder, line, kode, words):
    bacaan = _alone(folder, f"{LAIN}{line};7;7;;;;;\n")
    row = bacaan.temuan.set_index("kode").loc[kode]
    assert words in f"{row['uraian']} {row['saran']}"
    assert row["sel"] == "A4"
    assert f"{kode}: 1" in bacaan.neraca["alasan"].iloc[0]
    assert list_unaccounted(bacaan.neraca).empty
    assert len(bacaan.tabel["capaian_terbit"]) == 2


@pytest.mark.parametrize(
    ("lines", "kode"),
    [("Toba Samosir;7;7;;;;;\n", "W17"), ("Kediri;7;7;;;;;\nKota Kediri;6;6;;;;;\n", "W23")],
)
def test_how_a_name_was_understood_is_told(folder, lines, kode):
    bacaan = _alone(folder, LAIN + lines)
    assert kode in set(bacaan.temuan["kode"])
    assert bacaan.tabel["capaian_terbit"]["kode_wilayah"].notna().all()


def test_a_name_in_another_province_than_written_is_told(folder):
    text = BBLR.replace("Kab", "Provinsi;Kab")
    lines = "Jawa Timur;Kab. Pacitan;9;9;;;;;\nJawa Barat;Kab. Malang;9;9;;;;;\n"
    path = folder.text("tabel.csv", text + lines)
    found = read_berkas(path, kunci=KUNCI, tahun=2021).temuan.set_index("kode")
    assert "Kab. Malang bukan bagian Jawa Barat" in found.loc["W12", "uraian"]


def test_an_open_name_that_may_be_this_kabupaten_is_proposed_to_it(tmp_path):
    bahan, _ = _province(tmp_path, "Kab. Probolingo;7;7;;;;;\n")
    assert {"W10", "W24"} <= _kinds(bahan)
    assert bahan.usulan_padanan["usulan_kode"].iloc[0] == "35.13"
    assert bahan.capaian_terbit.empty
    assert list_unaccounted(bahan.neraca_baris).empty


def test_an_open_name_that_cannot_be_this_kabupaten_is_a_row_of_another(tmp_path):
    bahan, _ = _province(tmp_path, "Kab. Probolingo;7;7;;;;;\n", kode="35.01")
    assert not {"W10", "W24"} & _kinds(bahan)
    assert bahan.capaian_terbit["kode_wilayah"].tolist() == ["35.01"]


def test_the_proposal_of_a_province_file_decides_once_accepted(tmp_path):
    bahan, folder = _province(tmp_path, "Kab. Probolingo;7;7;;;;;\n")
    path = folder.parent / "padanan_wilayah.csv"
    write_usulan_padanan(path, bahan.usulan_padanan.head(1))
    path.write_bytes(path.read_bytes().rstrip() + b"ya\r\n")
    bahan, _ = _province(tmp_path, "Kab. Probolingo;7;7;;;;;\n")
    assert bahan.capaian_terbit["kode_wilayah"].tolist() == ["35.13"]
    assert "W18" in _kinds(bahan)


def test_the_folder_of_the_kabupaten_wins_over_the_one_of_its_province(tmp_path):
    _, province = _province(tmp_path, "Sesuatu;7;7;;;;;\n")
    own = tmp_path / "data" / "raw" / "35.13" / "2021"
    own.mkdir(parents=True)
    head = "nama_tertulis;kecamatan_tertulis;usulan_kode;usulan_nama;skor;terima\n"
    for place, kode in ((province, "35.01"), (own, "35.13")):
        (place / "padanan_wilayah.csv").write_text(f"{head}Sesuatu;;{kode};;;ya\n", "utf-8")
    bahan = build_bahan(province, own, kode_kabupaten="35.13", tahun=2021, kunci=KUNCI)
    assert bahan.capaian_terbit["kode_wilayah"].tolist() == ["35.13"]


@pytest.mark.parametrize("kode", ["35", "35.13"])
def test_a_changed_mapping_makes_what_was_read_stale(tmp_path, kode):
    ruang = make_ruang(tmp_path / "ruang")
    folder = ruang.raw / "35.13" / "2021"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("a;b\n", "utf-8")
    before = hash_raw("35.13", 2021, ruang=ruang)
    (ruang.raw / kode).mkdir(exist_ok=True)
    (ruang.raw / kode / "padanan_wilayah.csv").write_text("isi", "utf-8")
    after = hash_raw("35.13", 2021, ruang=ruang)
    assert set(after) - set(before) == {f"{kode}/padanan_wilayah.csv"}


VITAMIN = "{};Bayi 6-11 bln;Mendapat Vit A;%;Balita 6-59 bln;Mendapat Vit A;%\n"
PETA = "puskesmas;kecamatan\nPlus;Perbaungan\n"


def test_an_unknown_kecamatan_keeps_its_figures_and_is_proposed(folder):
    lines = "Perbaungan;10;5;;;;\nPerbaugan;10;5;;;;\nTebing Tingi;10;5;;;;\n"
    folder.text("a.csv", VITAMIN.format("Kecamatan") + lines)
    bahan = folder.read()
    assert bahan.capaian_terbit["kode_wilayah"].fillna("").tolist() == ["12.18.02", "", ""]
    assert bahan.usulan_padanan["usulan_kode"].tolist()[0] == "12.18.02"
    told = bahan.temuan.set_index("kode").loc["W25"]
    assert "mungkin Perbaungan (12.18.02)" in told["saran"]
    assert told["jumlah"] == 2


def test_a_puskesmas_gets_the_kecamatan_of_the_list_and_others_are_told(folder):
    folder.text("a.csv", VITAMIN.format("Puskesmas") + "Plus;10;5;;;;\nPerbaungan;10;5;;;;\n")
    assert folder.read().capaian_terbit["kode_wilayah"].isna().all()
    folder.text("puskesmas.csv", PETA)
    bahan = folder.read()
    assert bahan.capaian_terbit["tingkat"].tolist() == ["puskesmas", "puskesmas"]
    assert bahan.capaian_terbit["kode_wilayah"].fillna("").tolist() == ["12.18.02", ""]
    assert "'Perbaungan'" in bahan.temuan.set_index("kode").loc["W21", "uraian"]


def test_a_wrong_list_of_puskesmas_is_a_finding_of_the_folder(folder):
    folder.text("a.csv", VITAMIN.format("Puskesmas") + "Plus;10;5;;;;\n")
    folder.text("puskesmas.csv", "puskesmas;kecamatan\nPlus;Zzzz\n")
    assert {"W22"} <= _kinds(folder.read())


def test_a_province_list_tells_which_kabupaten_a_bare_name_is(tmp_path):
    _, folder = _province(tmp_path, "Kediri;7;7;;;;;\nKota Kediri;6;6;;;;;\nMalang;5;5;;;;;\n")
    assert list_kabupaten(folder, kode_provinsi="35") == ("35.01", "35.06", "35.71", "35.79")
    assert list_kabupaten(folder, kode_provinsi="32") == ()


def test_a_mapped_name_counts_for_the_province_too(tmp_path):
    _, folder = _province(tmp_path, "Kab. Probolingo;7;7;;;;;\n")
    head = "nama_tertulis;kecamatan_tertulis;usulan_kode;usulan_nama;skor;terima\n"
    (folder / "padanan_wilayah.csv").write_text(f"{head}Kab. Probolingo;;35.13;;;ya\n", "utf-8")
    assert "35.13" in list_kabupaten(folder, kode_provinsi="35")
