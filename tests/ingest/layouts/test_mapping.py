"""A user's pemetaan.toml reads what no layout knows, and a fault in it is named with its key."""

import pytest

from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.layouts.mapping import check_entries
from reviu_lib.ingest.ledger import list_unaccounted

from ..conftest import ANAK, KUNCI, temuan

ASI = """
[[berkas]]
nama = "asi.csv"
baris_judul = "tanpa judul"
judul_kolom = ["Kecamatan", "IMD", "ASI"]
bentuk = "lebar"
tahun = 2021
[berkas.ukuran.imd]
persen = ["IMD"]
indikator = "Bayi yang mendapat IMD"
[berkas.ukuran.asi]
persen = ["ASI"]
indikator = "Bayi yang diberi ASI eksklusif"
"""
CAKUPAN = """
[[berkas]]
nama = "imunisasi*.csv"
tabel = "cakupan"
konstanta = { kode_indikator = "I01", periode = "tahunan" }
[berkas.kolom]
kecamatan = "Wilayah Kecamatan"
desa = "Nama Dusun/Desa"
pembilang = "Diimunisasi"
penyebut = "Sasaran"
"""


def _one(folder, toml, name, text):
    folder.text("pemetaan.toml", toml)
    folder.text(name, text)
    return folder.read()


def test_a_file_without_header_is_read_as_the_mapping_says(folder):
    bahan = _one(folder, ASI, "asi.csv", "Perbaungan;60,5;50\nSei Rampah;70;\n")
    rows = bahan.capaian_terbit
    assert rows["persen"].tolist() == [60.5, 70, 50]
    assert rows["indikator"].iloc[0] == "Bayi yang mendapat IMD"
    assert set(rows["wilayah"]) == {"Perbaungan", "Sei Rampah"}
    assert list_unaccounted(bahan.neraca_baris).empty
    assert temuan(bahan, "T19")["tabel"] == "capaian_terbit"


def test_headings_of_ones_own_and_constants_make_a_known_table(folder):
    text = "Wilayah Kecamatan;Nama Dusun/Desa;Diimunisasi;Sasaran\nPerbaungan;Adolina;8;10\n"
    cakupan = _one(folder, CAKUPAN, "imunisasi 2021.csv", text).cakupan
    assert cakupan["kode_desa"].tolist() == ["12.18.02.2001"]
    assert cakupan["kode_indikator"].tolist() == ["I01"]
    assert cakupan["pembilang"].tolist() == [8]


def test_columns_are_named_by_letter_and_a_header_by_its_row(folder):
    toml = """
    [[berkas]]
    nama = "r.csv"
    tata_letak = "rekap"
    baris_judul = 2
    judul_kolom = { A = "indikator", C = "penyebut", B = "pembilang", D = "capaian" }
    """
    bahan = _one(folder, toml, "r.csv", "Rekap;;;\nX;Y;Z;W\nGizi;1;2;50\n")
    assert bahan.rekap["indikator"].tolist() == ["Gizi"]
    assert bahan.rekap["penyebut"].tolist() == [2]


def test_identity_columns_stay_identity_under_a_mapping(folder):
    toml = """
    [[berkas]]
    nama = "anak.csv"
    tabel = "pengukuran"
    [berkas.kolom]
    nik = "Nomor Anak"
    tinggi_cm = "PB"
    """
    head = "Nomor Anak;Nama Balita;JK;Tgl Lahir;Tanggal Pengukuran;PB\n"
    row = f"{ANAK['NIK']};CONTOH ANAK SATU;L;2020-01-15;2021-08-10;80,5\n"
    bahan = _one(folder, toml, "anak.csv", head + row)
    assert bahan.pengukuran["tinggi_cm"].tolist() == [80.5]
    assert bahan.pengukuran["dasar_id"].tolist() == ["nik"]
    everything = " ".join(frame.to_csv() for frame in (bahan.pengukuran, bahan.temuan, bahan.asal))
    assert ANAK["NIK"] not in everything
    assert "CONTOH ANAK" not in everything


def test_the_year_of_the_mapping_is_compared_with_the_folder(folder):
    bahan = _one(folder, ASI.replace("2021", "2020"), "asi.csv", "Perbaungan;60,5;50\n")
    assert temuan(bahan, "B08")["nilai"] == "'2020'"
    assert bahan.capaian_terbit.empty


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[[berkas]\n", "baris 1"),
        ("[berka]\nnama = 1\n", "'berka'"),
        (ASI.replace("tahun =", "tahunn ="), "tahunn"),
        (ASI.replace('bentuk = "lebar"', 'bentuk = "panjang"'), "bukan tabel baku"),
        (ASI.replace("judul_kolom =", "# judul_kolom ="), "judul_kolom"),
        (ASI.replace("tahun = 2021", 'tahun = "2021"'), "tahun"),
        (
            ASI.replace('indikator = "Bayi yang mendapat IMD"', 'indikator = "ISI NAMA"'),
            "belum diisi",
        ),
        (ASI.replace("indikator = ", "indikatr = "), "ukuran.imd.indikator"),
        (CAKUPAN.replace('"cakupan"', '"cakupn"'), "pilih"),
        (CAKUPAN.replace("desa =", "dessa ="), "kolom.dessa"),
        (CAKUPAN.replace("kode_indikator", "indikator"), "konstanta.indikator"),
        (CAKUPAN.replace('"tahunan"', '"sewindu"'), "konstanta.periode"),
        (CAKUPAN.replace('"I01"', "1"), "konstanta.kode_indikator"),
        (CAKUPAN.replace("konstanta =", "konstan ="), "konstan"),
        (CAKUPAN.replace('tabel = "cakupan"', 'tata_letak = "tak_ada"'), "tak_ada"),
    ],
)
def test_a_fault_is_told_with_file_and_key_and_the_entry_is_not_used(folder, toml, words):
    bahan = _one(folder, toml, "asi.csv", "Perbaungan;60,5;50\n")
    told = temuan(bahan, "T17")
    assert words in told["uraian"]
    assert told["berkas"].endswith("pemetaan.toml")
    assert bahan.capaian_terbit.empty


@pytest.mark.parametrize(
    ("toml", "text", "words"),
    [
        (ASI, "Perbaungan;60,5;50;9\n", "4 kolom berisi"),
        (ASI.replace('"IMD", "ASI"]', '"IMD", "ASI", "SHK"]'), "Perbaungan;60,5;50;9\n", "shk"),
        (ASI.replace('["Kecamatan", "IMD", "ASI"]', '{ A = "Kecamatan", Z = "IMD" }'),
         "Perbaungan;60,5\n", "kolom Z tidak ada"),
        (ASI.replace('baris_judul = "tanpa judul"', "baris_judul = 9"), "a;b;c\n", "baris_judul 9"),
        (CAKUPAN.replace("imunisasi*", "asi"), "Kecamatan;Desa;X;Y\na;b;1;2\n", "pembilang"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_its_file_refuses_that_file(folder, toml, text, words):
    bahan = _one(folder, toml, "asi.csv", text)
    told = temuan(bahan, "T20")
    assert words in told["uraian"]
    assert bahan.neraca_baris["alasan"].str.startswith("T20").all()
    assert list_unaccounted(bahan.neraca_baris).empty


def test_an_entry_that_fits_no_file_is_told(folder):
    bahan = _one(folder, ASI, "lain.csv", "a;b\n1;2\n")
    assert "asi.csv" in temuan(bahan, "T18")["uraian"]


def test_an_entry_that_names_the_file_wins_over_a_pattern():
    entry = {"tata_letak": "rekap"}
    both = check_entries([{**entry, "nama": "*.csv"}, {**entry, "nama": "A.csv"}], "uji")
    assert [item.entri.nama for item in both.find("a.csv", "")] == ["A.csv"]
    assert [item.entri.nama for item in both.find("b.csv", "")] == ["*.csv"]


def test_a_mapping_answers_the_question_of_two_equally_good_layouts(folder):
    toml = '[[berkas]]\nnama = "a.csv"\ntabel = "anggaran"\n'
    bahan = _one(folder, toml, "a.csv", "id_kegiatan;jendela;sumber_dana\nK1;1;APBD\n")
    assert bahan.anggaran["id_kegiatan"].tolist() == ["K1"]
    assert "T15" not in set(bahan.temuan["kode"])


BELITUNG = """
[[berkas]]
nama = "bab_05_15_dataASIeksklusif.csv"
baris_judul = "tanpa judul"
judul_kolom = ["Puskesmas", "IMD", "ASI"]
bentuk = "lebar"
tahun = 2023
ukuran.imd = { persen = ["IMD"], indikator = "Bayi baru lahir yang mendapat IMD" }
ukuran.asi = { persen = ["ASI"], indikator = "Bayi yang diberi ASI eksklusif" }

[[berkas]]
nama = "bab_07_02_dataAksesSanitasi.csv"
baris_judul = "tanpa judul"
judul_kolom = ["Kecamatan", "Aman", "Layak"]
bentuk = "lebar"
tahun = 2023
ukuran.aman = { persen = ["Aman"], indikator = "KK dengan akses sanitasi aman" }
ukuran.layak = { persen = ["Layak"], indikator = "KK dengan akses sanitasi layak" }
[[berkas.kendala]]
kecil = "KK dengan akses sanitasi aman"
besar = "KK dengan akses sanitasi layak"
arti = "aman adalah bagian dari layak"
"""


def test_the_headerless_files_of_belitung_timur_are_read_with_a_mapping(shared, tmp_path):
    source = shared / "data" / "real" / "belitung_timur_2022_2023"
    target = tmp_path / "data" / "raw" / "19.06" / "2023"
    target.mkdir(parents=True)
    names = ("bab_05_15_dataASIeksklusif.csv", "bab_07_02_dataAksesSanitasi.csv",
             "bab_05_02_dataPlotAKI_r.csv")  # fmt: skip
    for name in names:
        (target / name).write_bytes((source / name).read_bytes())
    (target / "pemetaan.toml").write_text(BELITUNG)
    bahan = build_bahan(target, kode_kabupaten="19.06", tahun=2023, kunci=KUNCI)
    assert {"Bayi baru lahir yang mendapat IMD", "KK dengan akses sanitasi layak"} <= set(
        bahan.capaian_terbit["indikator"]
    )
    assert list_unaccounted(bahan.neraca_baris).empty
    refused = bahan.temuan.loc[bahan.temuan["kode"] == "B07", "berkas"].tolist()
    assert refused == ["19.06/2023/bab_05_02_dataPlotAKI_r.csv"]
