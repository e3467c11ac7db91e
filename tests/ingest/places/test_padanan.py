"""The reviewed mapping decides, the tool only proposes; a puskesmas is no kecamatan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.places import (
    list_usulan,
    load_padanan,
    load_puskesmas,
    resolve_daftar_kabupaten,
    write_usulan_padanan,
)
from reviu_lib.ingest.places.kecamatan import normalize_puskesmas
from reviu_lib.ingest.places.padanan import KOLOM_PADANAN, TemuanUsulan, Usulan
from reviu_lib.reference import nama_wilayah

from ..conftest import KUNCI

KEPALA = ";".join(KOLOM_PADANAN) + "\n"
ADOLINA = "Adolna;Perbaungan;12.18.02.2001;Adolina;0,92;"
CAKUPAN = "kode_desa;kecamatan;desa;kode_indikator;periode;pembilang;penyebut\n"
BARIS = ";Perbaungan;Adolna;I01;tahunan;1;2\n"


def _rincian(padanan):
    return [found.rincian for found in padanan.temuan]


def test_an_unknown_name_is_proposed_with_a_score_and_not_used(folder):
    folder.text("a.csv", CAKUPAN + BARIS)
    bahan = folder.read()
    first = bahan.usulan_padanan.iloc[0]
    assert list(bahan.usulan_padanan.columns) == list(KOLOM_PADANAN[:-1])
    assert tuple(first[:4]) == ("Adolna", "Perbaungan", "12.18.02.2001", "Adolina")
    assert 0.8 < first["skor"] < 1
    assert bahan.cakupan.empty


def test_an_accepted_proposal_decides_and_is_told(folder):
    folder.text("a.csv", CAKUPAN + BARIS)
    folder.text("padanan_wilayah.csv", KEPALA + ADOLINA + "ya\n")
    bahan = folder.read()
    assert bahan.cakupan["kode_desa"].tolist() == ["12.18.02.2001"]
    assert bahan.cakupan["desa"].tolist() == ["Adolina"]
    assert {"W18"} <= set(bahan.temuan["kode"])
    assert not {"W02", "W24", "B07"} & set(bahan.temuan["kode"])
    assert bahan.usulan_padanan.empty


def test_the_written_proposal_is_the_mapping_once_it_is_accepted(folder):
    folder.text("a.csv", CAKUPAN + BARIS)
    path = folder.path.parent / "padanan_wilayah.csv"
    write_usulan_padanan(path, folder.read().usulan_padanan)
    assert folder.read().cakupan.empty
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([lines[0], lines[1] + "ya", *lines[2:]]), "utf-8")
    assert folder.read().cakupan["kode_desa"].tolist() == ["12.18.02.2001"]


@pytest.mark.parametrize("terima", ["ya", "YA", "y", "x", "V"])
def test_several_words_accept(folder, terima):
    folder.text("padanan_wilayah.csv", KEPALA + ADOLINA + terima)
    assert load_padanan(folder.path).find("ADOLNA", "perbaungan") == "12.18.02.2001"


@pytest.mark.parametrize("terima", ["", "tidak", "-"])
def test_nothing_is_accepted_that_nobody_accepted(folder, terima):
    folder.text("padanan_wilayah.csv", KEPALA + ADOLINA + terima)
    assert load_padanan(folder.path).kode == {}
    assert load_padanan(folder.path).temuan == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (KEPALA + ADOLINA + "mungkin\n", "Adolna (terima diisi mungkin)"),
        (KEPALA + "Adolna;;12.18.02.2999;;;ya\n", "kode 12.18.02.2999 tidak berlaku"),
        (KEPALA + "Adolna;;;;;ya\n", "usulan_kode kosong"),
        (KEPALA + "A;;12.18.02.2001;;;ya\nA;;12.18.02.2003;;;ya\n", "lebih dari satu kode"),
        ("nama;kode\nA;12.18\n", "kolom nama_tertulis, usulan_kode, terima tidak lengkap"),
        ("", ""),
    ],
)
def test_a_mapping_that_cannot_be_used_is_told_and_decides_nothing(folder, text, words):
    folder.text("padanan_wilayah.csv", text)
    padanan = load_padanan(folder.path)
    assert padanan.kode == {}
    assert [found.kode for found in padanan.temuan] == ["W19"]
    assert words in _rincian(padanan)[0]


def test_the_file_of_the_year_wins_over_the_one_of_the_kabupaten(folder):
    (folder.path.parent / "padanan_wilayah.csv").write_text(KEPALA + ADOLINA + "ya", "utf-8")
    folder.text("padanan_wilayah.csv", KEPALA + "Adolna;Perbaungan;12.18.02.2003;;;ya\n")
    assert load_padanan(folder.path).find("Adolna", "Perbaungan") == "12.18.02.2003"


def test_without_a_file_nothing_is_mapped(folder):
    assert load_padanan(folder.path).kode == {}
    assert load_padanan(folder.path / "tidak-ada").temuan == ()


def test_a_code_of_another_kabupaten_maps_no_desa_here(folder):
    folder.text("a.csv", CAKUPAN + BARIS)
    folder.text("padanan_wilayah.csv", KEPALA + "Adolna;Perbaungan;73.12.01.2001;;;ya\n")
    assert "W02" in set(folder.read().temuan["kode"])


def test_a_homonym_is_decided_by_the_mapping_alone(folder):
    folder.text("a.csv", CAKUPAN + ";;Sei Buluh;I01;tahunan;1;2\n")
    usulan = folder.read().usulan_padanan
    assert usulan["skor"].tolist() == [1.0, 1.0, 1.0]
    folder.text("padanan_wilayah.csv", KEPALA + "Sei Buluh;;12.18.02.2031;;;ya\n")
    assert folder.read().cakupan["kode_desa"].tolist() == ["12.18.02.2031"]


def test_an_old_code_is_mapped_when_accepted(tmp_path):
    path = tmp_path / "data" / "raw" / "93.01" / "2021"
    path.mkdir(parents=True)
    (path / "a.csv").write_text(CAKUPAN + "91.01.02.2003;;;I01;tahunan;1;2\n", "utf-8")
    mapped = KEPALA + "91.01.02.2003;;93.01.02.2003;Wan;;ya\n"
    (path / "padanan_wilayah.csv").write_text(mapped, "utf-8")
    bahan = build_bahan(path, kode_kabupaten="93.01", tahun=2021, kunci=KUNCI)
    assert bahan.cakupan["kode_desa"].tolist() == ["93.01.02.2003"]


def test_names_of_kabupaten_are_mapped_too(folder):
    folder.text("padanan_wilayah.csv", KEPALA + "Kab. Probolingo;;35.13;;;ya\n")
    padanan = load_padanan(folder.path)
    (guess,) = resolve_daftar_kabupaten(["KAB. PROBOLINGO"], padanan=padanan)
    assert (guess.kode, guess.temuan) == ("35.13", "W18")


def test_nothing_to_propose_writes_no_file(tmp_path):
    assert write_usulan_padanan(tmp_path / "usulan.csv", list_usulan([])) is None
    assert list(tmp_path.iterdir()) == []


def _usulan(*rows):
    return list_usulan([TemuanUsulan("W24", None, usulan=tuple(Usulan(*row) for row in rows))])


def test_proposals_are_distinct_and_sorted_the_likest_first(tmp_path):
    low, high = ("B", "", "12.18.02.2001", "x", 0.7), ("B", "", "12.18.02.2003", "y", 0.9)
    frame = _usulan(low, high, high, ("A", "", "12.18.02.2009", "z", 0.8))
    assert frame["skor"].tolist() == [0.8, 0.9, 0.7]
    first, again = tmp_path / "1.csv", tmp_path / "2.csv"
    write_usulan_padanan(first, frame)
    write_usulan_padanan(again, _usulan(high, ("A", "", "12.18.02.2009", "z", 0.8), low))
    assert first.read_bytes() == again.read_bytes()


def test_a_name_that_looks_like_a_formula_is_written_as_text(tmp_path):
    path = tmp_path / "usulan.csv"
    write_usulan_padanan(path, _usulan(("=1+1", "@x", "12.18.02.2001", "Adolina", 0.5)))
    line = path.read_text("utf-8-sig").splitlines()[1]
    assert line == "'=1+1;'@x;12.18.02.2001;Adolina;0,50;"


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20))
def test_any_name_comes_back_from_the_file_when_accepted(tmp_path_factory, nama):
    folder = tmp_path_factory.mktemp("kode") / "2021"
    folder.mkdir()
    path = folder / "padanan_wilayah.csv"
    write_usulan_padanan(path, _usulan((f"a {nama}", "", "12.18.02.2001", "Adolina", 0.5)))
    text = path.read_text("utf-8-sig").rstrip("\r\n")
    path.write_text(f"{text}ya", "utf-8", newline="")
    assert load_padanan(folder).find(f"a {nama}") == "12.18.02.2001"


BELTIM = "puskesmas;kecamatan\nMengkubang;Damar\nRenggiang;Simpang Renggiang\nDamar;Kec. DAMAR\n"


def _peta(folder, text):
    folder.text("puskesmas.csv", text)
    return load_puskesmas(folder.path, kode_kabupaten="19.06")


@pytest.mark.parametrize(
    ("nama", "kecamatan"),
    [
        ("Mengkubang", "Damar"),
        ("UPTD Puskesmas MENGKUBANG", "Damar"),
        ("PKM Damar", "Damar"),
        ("Pukesmas Renggiang", "Simpang Renggiang"),
    ],
)
def test_a_listed_puskesmas_has_its_kecamatan(folder, nama, kecamatan):
    guess = _peta(folder, BELTIM).resolve(nama)
    assert (nama_wilayah(guess.kode), guess.temuan) == (kecamatan, "")


def test_two_puskesmas_may_share_a_kecamatan(folder):
    peta = _peta(folder, BELTIM)
    assert peta.resolve("Mengkubang").kode == peta.resolve("Damar").kode
    assert peta.temuan == ()


def test_an_unlisted_puskesmas_stays_a_puskesmas_even_with_the_name_of_a_kecamatan(folder):
    assert _peta(folder, BELTIM).resolve("Gantung").temuan == "W21"


def test_without_a_list_a_puskesmas_has_no_kecamatan_and_no_question(folder):
    peta = load_puskesmas(folder.path, kode_kabupaten="19.06")
    assert peta.resolve("Damar") == ("", "", "", ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("puskesmas;kecamatan\nGantung;Perbaungan\n", "Gantung: kecamatan tidak dikenal"),
        ("puskesmas;kecamatan\nA;Damar\nA;Gantung\n", "A: lebih dari satu kecamatan"),
        ("puskesmas;kec\nA;Damar\n", "kolom puskesmas, kecamatan tidak lengkap"),
    ],
)
def test_a_line_that_cannot_be_used_is_told(folder, text, words):
    peta = _peta(folder, text)
    assert peta.kecamatan == {}
    assert [(found.kode, found.rincian) for found in peta.temuan] == [("W22", words)]


def test_the_word_puskesmas_is_no_part_of_its_name():
    names = ["UPTD. Puskesmas Sei Rampah", "PKM SEI RAMPAH", "Sei  Rampah", "Puskesmas Seirampah"]
    assert {normalize_puskesmas(name) for name in names} == {"seirampah"}
    assert normalize_puskesmas("Puskesmas") == "puskesmas"
