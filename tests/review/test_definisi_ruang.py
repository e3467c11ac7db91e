"""The folder `definisi/` of a workspace: its TOML goes before ours by key, and is as strict."""

from pathlib import Path

import pandas as pd
import pytest
from perintah import run_reviu

from reviu_lib import catalog
from reviu_lib.batch.provinces import make_simpanan
from reviu_lib.catalog.definisi import unite
from reviu_lib.cli.doctor import check_ruang
from reviu_lib.errors import DefinisiError
from reviu_lib.report import narasi
from reviu_lib.report.laporan.asal_usul import list_sifat
from reviu_lib.review import review
from reviu_lib.store import explain_stale, find_ruang, make_ruang, save_bahan

from .bahan_kecil import baris, cakupan, make_bahan


@pytest.fixture
def tulis(tmp_path):
    """Write a declaration of a workspace and let it hold; afterwards ours hold again."""
    make_ruang(tmp_path)

    def write(name: str, text: str) -> Path:
        path = tmp_path / "definisi" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        find_ruang(tmp_path)
        return tmp_path

    yield write
    catalog.use_definisi(tmp_path / "tidak-ada")


def test_one_key_is_changed_and_the_others_stay(tulis):
    before = catalog.load_ambang()["ds_minimum_persen"]
    tulis("ambang.toml", "[angka.kelengkapan_minimum_persen]\nnilai = 55.0\n")
    ambang = catalog.load_ambang()
    assert ambang["kelengkapan_minimum_persen"] == 55
    assert ambang["ds_minimum_persen"] == before
    assert ambang.angka["kelengkapan_minimum_persen"].rujukan


def test_another_workspace_does_not_inherit_it(tulis, tmp_path_factory):
    before = catalog.load_ambang()["kelengkapan_minimum_persen"]
    tulis("ambang.toml", "[angka.kelengkapan_minimum_persen]\nnilai = 55.0\n")
    find_ruang(make_ruang(tmp_path_factory.mktemp("lain")))
    assert catalog.load_ambang()["kelengkapan_minimum_persen"] == before


def test_an_aksi_is_changed_by_its_code(tulis):
    tulis("aturan/r2.toml", '[[aksi]]\nkode = "4"\nbobot = 2.0\n')
    weights = {aksi.kode: aksi.bobot for aksi in catalog.load_aturan(2024).aksi}
    assert weights == dict.fromkeys("12345678", 1.0) | {"4": 2.0}


def test_a_target_of_another_source_stands_beside_ours(tulis):
    tulis(
        "aturan/r2.toml",
        '[[target_prevalensi]]\ntingkat = "nasional"\ntahun = 2023\nnilai = 16.0\n'
        'sumber = "RKP 2023, naskah"\nstatus = "terverifikasi"\n',
    )
    targets = catalog.load_aturan(2023).target_prevalensi
    assert [t.nilai for t in targets if (t.tingkat, t.tahun) == ("nasional", 2023)] == [17.5, 16]


def test_a_list_without_codes_takes_the_place_of_ours(tulis):
    tulis("aturan/r2.toml", "bulan_penimbangan = [6]\n")
    assert catalog.load_aturan(2024).bulan_penimbangan == (6,)


def test_an_unknown_key_names_the_file_of_the_workspace(tulis):
    tulis("indikator/r2/E01.toml", 'opds = "Dinas Kesehatan"\n')
    with pytest.raises(DefinisiError, match=r"'opds'.*definisi/indikator/r2/E01\.toml"):
        catalog.load_indikator("r2")


@pytest.mark.parametrize(
    "nama", ["ambnag.toml", "aturan/r4.toml.txt", "tabel_hasil.toml", "indikator/E30.toml"]
)
def test_a_file_that_would_be_ignored_is_refused(tulis, nama):
    with pytest.raises(DefinisiError, match=nama) as error:
        tulis(nama, "")
    assert "ambang.toml" in error.value.lakukan


def test_broken_toml_is_refused_and_ours_still_hold(tulis):
    with pytest.raises(DefinisiError, match=r"definisi/ambang\.toml"):
        tulis("ambang.toml", "[angka")
    assert catalog.list_own() == {}


def test_notes_may_lie_beside_the_declarations(tulis):
    tulis("catatan.md", "Dibahas 3 Maret")
    assert catalog.list_own() == {}


@pytest.mark.parametrize(
    ("bawaan", "sendiri", "hasil"),
    [
        ({"a": 1, "b": {"c": 2}}, {"b": {"d": 3}}, {"a": 1, "b": {"c": 2, "d": 3}}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": [{"kode": "1", "x": 1}]}, {"a": [{"kode": "1"}]}, {"a": [{"kode": "1", "x": 1}]}),
        ({"a": [{"kode": "1"}]}, {"a": [{"kode": "2"}]}, {"a": [{"kode": "1"}, {"kode": "2"}]}),
        ({}, {"a": [{"kode": "1"}]}, {"a": [{"kode": "1"}]}),
        ({"a": "x"}, {}, {"a": "x"}),
    ],
)  # fmt: skip
def test_keys_are_united_table_by_table(bawaan, sendiri, hasil):
    assert unite(bawaan, sendiri) == hasil


def test_eras_that_refer_to_each_other_are_refused(tulis):
    tulis("aturan/r4.toml", 'kode = "r4"\nseperti = "r5"\n')
    tulis("aturan/r5.toml", 'kode = "r5"\nseperti = "r4"\n')
    with pytest.raises(DefinisiError, match="saling merujuk"):
        catalog.load_aturan(2026)


def test_the_review_must_be_one_of_the_aksi(tulis):
    tulis("aturan/r3.toml", 'aksi_reviu = "U9"\n')
    with pytest.raises(DefinisiError, match=r"U9.*definisi/aturan/r3\.toml"):
        catalog.load_aturan(2025)


def test_a_card_must_stand_in_the_file_of_its_code(tulis):
    card = (Path(catalog.__file__).parents[1] / "definitions/indikator/r2/E01.toml").read_text()
    tulis("indikator/r2/E31.toml", card)
    with pytest.raises(DefinisiError, match=r"E01\.toml"):
        catalog.load_indikator("r2")


def test_a_set_may_leave_cards_of_another_out(tulis):
    tulis("indikator/r9/_set.toml", 'seperti = "r2"\ntanpa = ["E12"]\nrujukan = "SE"\n')
    assert list(catalog.load_indikator("r9")) == [
        k for k in catalog.load_indikator("r2") if k != "E12"
    ]


def test_a_set_cannot_leave_out_what_is_not_there(tulis):
    tulis("indikator/r9/_set.toml", 'seperti = "r2"\ntanpa = ["E99"]\nrujukan = "SE"\n')
    with pytest.raises(DefinisiError, match="E99"):
        catalog.load_indikator("r9")


def test_changed_declarations_make_checked_tables_stale(tulis, tmp_path):
    ruang = find_ruang(tmp_path)
    bahan = make_bahan(2024)
    folder = ruang.raw_of(bahan.kode_kabupaten, 2024)
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("x")
    save_bahan(bahan, ruang)
    assert explain_stale(bahan.kode_kabupaten, 2024, ruang=ruang) == ""
    tulis("ambang.toml", "[angka.kelengkapan_minimum_persen]\nnilai = 55.0\n")
    assert "definisi berubah" in explain_stale(bahan.kode_kabupaten, 2024, ruang=ruang)


def test_the_report_names_the_declarations_it_used(tulis):
    tulis("ambang.toml", "[angka.kelengkapan_minimum_persen]\nnilai = 55.0\n")
    bahan = make_bahan(2024)
    assert list_sifat(bahan)["nama"].tolist()[-1] == "definisi/ambang.toml"
    assert "memakai definisi ruang kerja" in " ".join(narasi.describe_metode(review(bahan)))


def test_the_report_names_the_one_file_to_change():
    words = " ".join(narasi.describe_metode(review(make_bahan(2021))))
    assert "definisi/aturan/" in words
    assert "memakai definisi ruang kerja" not in words


@pytest.mark.parametrize(
    ("teks", "baik"), [("[angka.ds_minimum_persen]\nnilai = 85.0\n", True), ("[angka.x]\n", False)]
)
def test_the_doctor_builds_them_all(tulis, teks, baik):
    found = {item.nama: item for item in check_ruang(str(tulis("ambang.toml", teks)))}
    assert found["Definisi ruang kerja"].baik == baik


def test_classes_are_given_once_their_cut_offs_are_filled_in(tulis):
    tulis("aturan/r3.toml", "[kelas_hasil]\nbatas_bawah = [80, 60]\n")
    rows = baris("aksi status", "U1|selesai", "U2|sebagian")
    hasil = review(make_bahan(2025, aksi=rows))
    assert hasil.value("ringkasan/kelas_hasil_teks/teks") == "Berkembang"
    assert "bukan ketetapan provinsi" in " ".join(narasi.describe_aksi(hasil))


@pytest.mark.parametrize("batas", ["[80]", "[60, 80]", "[80, 80]", "[90, 80, 60]"])
def test_cut_offs_must_fit_the_classes(tulis, batas):
    tulis("aturan/r3.toml", f"[kelas_hasil]\nbatas_bawah = {batas}\n")
    with pytest.raises(DefinisiError, match="batas_bawah"):
        catalog.load_aturan(2025)


def test_the_text_does_not_call_changed_weights_equal(tulis):
    rows = baris("aksi status", "1|selesai", "2|belum")
    before = " ".join(narasi.describe_aksi(review(make_bahan(2024, aksi=rows))))
    tulis("aturan/r2.toml", '[[aksi]]\nkode = "1"\nbobot = 3.0\n')
    after = " ".join(narasi.describe_aksi(review(make_bahan(2024, aksi=rows))))
    assert "bobot yang sama" in before
    assert "bobot yang dinyatakan pada definisi era" in after


def test_what_is_kept_of_a_province_is_void_under_other_declarations(tulis, tmp_path):
    ruang = find_ruang(tmp_path)
    before = make_simpanan(ruang, "35", 2022)
    tulis("ambang.toml", "[angka.lonjakan_poin]\nnilai = 10.0\n")
    assert make_simpanan(ruang, "35", 2022) != before


def test_a_blank_workbook_asks_for_the_indicators_of_the_workspace(tulis, monkeypatch):
    root = tulis("indikator/r9/_set.toml", 'seperti = "r2"\ntanpa = ["E12"]\nrujukan = "SE"\n')
    tulis("aturan/r2.toml", 'set_indikator = "r9"\n')
    catalog.use_definisi(root / "tidak-ada")
    monkeypatch.chdir(root)
    assert run_reviu("templat", "73.12", "--tahun", "2024").exit_code == 0
    sheet = pd.read_excel(root / "templat-reviu-73.12-2024.xlsx", sheet_name="cakupan")
    assert sheet["kode_indikator"].nunique() == 28


ERA_2026 = """
seperti = "r3"
kode = "r4"
nama = "Uji tahun 2026"
tahun_mulai = 2026
set_indikator = "r4"
judul_reviu = "Penilaian Hasil Terpadu"
[[target_prevalensi]]
tingkat = "nasional"
tahun = 2026
nilai = 17.7
sumber = "Naskah uji"
status = "terverifikasi"
"""
KARTU = """
kode = "{kode}"
nama = "{nama}"
kelompok_sasaran = "Baduta"
jenis = "spesifik"
arah = "naik"
pembilang = "Baduta yang dilayani"
penyebut = "Seluruh baduta"
populasi_penyebut = "baduta"
satuan = "persen"
waktu = "titik"
opd = "Dinas Kesehatan"
sumber_data = "uji"
rujukan = "uji"
status = "asumsi"
diperiksa = 2026-01-01
[[target]]
tingkat = "nasional"
tahun = 2026
nilai = 70
sumber = "Naskah uji"
status = "terverifikasi"
"""


def test_a_new_year_with_two_new_indicators_is_toml_alone(tulis):
    tulis("aturan/r4.toml", ERA_2026)
    tulis("indikator/r4/_set.toml", 'seperti = "r2"\nrujukan = "Naskah uji"\n')
    tulis("indikator/r4/F01.toml", KARTU.format(kode="F01", nama="Baduta menerima suplemen uji"))
    tulis("indikator/r4/F02.toml", KARTU.format(kode="F02", nama="Baduta terpantau uji"))
    rows = cakupan("KAB 50 100", indikator="F01")
    hasil = review(make_bahan(2026, cakupan=rows))
    table = hasil.capaian_cakupan.set_index("baris")
    cell = table[(table["kode_indikator"] == "F01") & (table["tingkat"] == "kabupaten")].iloc[0]
    assert (cell["capaian_persen"], cell["target_persen"]) == (50.0, 70.0)
    assert len(set(table["kode_indikator"])) == 31
    words = " ".join(narasi.describe_cakupan(hasil) + narasi.describe_pendahuluan(hasil))
    assert "Baduta menerima suplemen uji" in words
    assert "Penilaian Hasil Terpadu" in words
    assert catalog.load_aturan(2025).kode == "r3"
