"""Every kind of finding that is declared can be made, and each is made by the file shown here."""

import os
import string
from functools import cache

import openpyxl
import pytest

from reviu_lib.catalog import load_temuan, tabel_masukan
from reviu_lib.ingest import build_bahan, read_berkas
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.reference import load_wilayah

from .conftest import ANAK, JUDUL_EPPGBM, KUNCI, Folder

REKAP = "no;indikator;pembilang;penyebut;capaian\n"
CAKUPAN = "kode_desa;kecamatan;desa;kode_indikator;periode;pembilang;penyebut\n"
ANGGARAN = "id_kegiatan;sumber_dana;pagu_murni;realisasi"
JADWAL = "id_kegiatan;jendela;rencana_mulai;rencana_selesai;realisasi_selesai\n"
IDENTITAS = "kode_kabupaten;tahun;tanggal_cutoff;tanggal_reviu\n"
PREVALENSI = "wilayah;tahun;sumber;diukur;pendek;sangat_pendek\n"
KEGIATAN = "id_kegiatan;sub_kegiatan;opd;indikator_terkait\n"
VITAMIN = "Kecamatan;Bayi 6-11 bln;Mendapat Vit A;%;Balita 6-59 bln;Mendapat Vit A;%\n"
IMUNISASI = "Kabupaten/Kota;Bayi L;Bayi P;Bayi L+P;IDL L;IDL P;IDL L+P\n"
SANITASI = "Kecamatan;Jumlah KK;Akses Sanitasi Aman;KK SBS;KK Akses Sanitasi Layak\n"
_SUMUT = load_wilayah().query("kode_induk == '12' and kode != '12.18'")
SUMUT = list(_SUMUT["nama"])
ADOLINA = "12.18.02.2001;;;I01;tahunan;"
SKOR = "Kode Desa;Desa;Triwulan;Kelompok;Layanan;Sasaran;Diterima;TS;Seharusnya\n"
SKOR_ADOLINA = "12.18.02.2001;Adolina;1;ibu hamil;pil Fe;"
KARTU = (
    "Desa;Kecamatan;Bulan;Nama Anak;NIK;Tanggal Lahir;Imunisasi;Penimbangan;Pengukuran Tinggi;"
    "Akta Lahir;PAUD\nAdolina;Perbaungan;Maret;"
)
KURUS = "Balita kurus yang mendapat PMT"


def _ekspor(*anak):
    """Return the text of an export: each child is ANAK with some cells changed."""
    cells = [{**ANAK, **changes} for changes in anak]
    lines = [";".join(str(row.get(name, "")) for name in JUDUL_EPPGBM) for row in cells]
    return "\n".join([";".join(JUDUL_EPPGBM), *lines, ""])


DUA = {"NIK": "1218000101200002", "Nama": "CONTOH DUA", "Tgl Lahir": "2019-05-05"}
# Kind of finding → the one text file that makes it in the folder of 12.18/2021.
TEKS = {
    "B01": "",
    "B03": REKAP + '1;"tanpa tutup;1;2;50\n',
    "B04": "<html><table></table></html>",
    "B07": "warna;tinggi;lebar\nmerah;5;6\n",
    "B08": "no;indikator;pembilang;penyebut;capaian;tahun\n1;a;1;2;50;2020\n",
    "B09": IDENTITAS + "73.12;2021;30/11/2021;21/12/2021\n",
    "B10": REKAP + "1;a;1;2;50\n",
    "B11": REKAP + "1;a;1;2;50\n",
    "B12": IDENTITAS + "12.18;2021;30/11/2021;21/12/2021\n12.18;2021;30/11/2021;22/12/2021\n",
    "B14": (REKAP + "1;é;1;2;50\n").encode("cp1252"),
    "B15": _ekspor({}, {**DUA, "Tanggal Pengukuran": "2020-02-01"}),
    "B16": "REKAP 2020-2021;;;;\n" + REKAP + "1;a;1;2;50\n",
    "B19": (REKAP + "1;a;1;2;50\n").replace(";", "\t"),
    "B21": REKAP + "1;a\u200b;1;2;50\n",
    "B22": REKAP + "1;a;1;2;50\n2;b;3\n3;c;1;2;50\n",
    "B23": (REKAP + "1;é;1;2;50\n").encode() + "2;é;1;2;50\n".encode("cp1252"),
    "T01": "no;indikator;pembilang;penyebut\n1;a;1;2\n",
    "T02": "no;indikator;pembilang;penyebut;capaian;median\n1;a;1;2;50;3\n",
    "T03": "no;indikator;pembilang;penyebut;capaian;capaian\n1;a;1;2;50;60\n",
    "T04": REKAP + "1;a;1;2;50\nSumber: Dinas Kesehatan;;;;\n",
    "T05": REKAP + "1;a;1;2;50\n;Jumlah;9;2;50\n",
    "T06": CAKUPAN + ADOLINA + "1;2\n12.18.02.2003;;;I01;tahunan;;\n",
    "T07": REKAP + "1;a;1;2;50\n2;ibu; bayi;1;2;50;9\n",
    "T10": REKAP,
    "T12": "no;indikator;pembilang;penyebut;capaian;median\n1;a;1;2;50;3\n;;;;;4\n",
    "T13": REKAP + "1;a;1;2;50\n" + REKAP + "1;b;1;2;50\n",
    "T15": "id_kegiatan;jendela;sumber_dana\nK1;1;APBD\n",
    "N01": CAKUPAN + ADOLINA + "lima;10\n",
    "N02": CAKUPAN + ADOLINA + "1.23.4;10\n",
    "N03": REKAP + "1;a;1;2;1.234\n2;b;1;2;5.1\n",
    "N04": CAKUPAN + ADOLINA + "N/A;10\n",
    "N05": CAKUPAN + ADOLINA + "#DIV/0!;10\n",
    "N07": CAKUPAN + ADOLINA + "2,5;10\n",
    "N08": CAKUPAN + ADOLINA + "-3;10\n",
    "N09": _ekspor({"LiLA": 99}),
    "N10": JADWAL + "K1;1;31/02/2021;;\n",
    "N11": JADWAL + "K1;1;9/25/2021;;\nK1;2;3/4/2021;;\n",
    "N12": CAKUPAN + "12.18.02.2001;;;I01;sekali-sekali;1;2\n",
    "N14": REKAP + "1;a;1;2;8,98\n2;b;1;2;6.07\n",
    "N15": _ekspor({"ZS TB/U": "9999"}),
    "N16": _ekspor({"LiLA": 0}),
    "N17": _ekspor({"Berat": 9855}),
    "N18": JADWAL + "K1;1;44417;;\n",
    "N19": ANGGARAN + "\nK1;APBD;1.000,50;0\n",
    "N20": REKAP + "1;a;1;2;1.234\n",
    "N21": _ekspor({"Berat": "belum"}),
    "N22": _ekspor({}, {**DUA, "Tanggal Pengukuran": "30/02/2021"}),
    "W01": CAKUPAN + "12.18.02.2999;;;I01;tahunan;1;2\n",
    "W02": CAKUPAN + ";Perbaungan;Adolna;I01;tahunan;1;2\n",
    "W03": CAKUPAN + ";;Sukajadi;I01;tahunan;1;2\n",
    "W04": CAKUPAN + "12.18.02.2001;;Silinda;I01;tahunan;1;2\n",
    "W05": CAKUPAN + "73.12.01.2001;;;I01;tahunan;1;2\n",
    "W06": _ekspor({"Desa/Kel": "Zzzzqqq"}),
    "W07": CAKUPAN + ";;;I01;tahunan;1;2\n",
    "W08": PREVALENSI + "12.99;2021;SSGI;100;10;5\n",
    "D01": _ekspor({}, {}),
    "D02": CAKUPAN + (ADOLINA + "1;2\n") * 2,
    "D03": CAKUPAN + ADOLINA + "1;2\n" + ADOLINA + "1;3\n",
    "D04": REKAP + "1;;1;2;50\n",
    "P01": _ekspor({}),
    "P02": KEGIATAN + "K1;Kunjungan ke 1218000101200001;Dinas;\n",
    "P03": _ekspor({"NIK": "0"}),
    "P04": _ekspor({}, {**DUA, "NIK": ANAK["NIK"]}),
    "P05": _ekspor({"NIK": "", "Nama": ""}),
    "K01": CAKUPAN + ADOLINA + "12;10\n",
    "K02": ANGGARAN + "\nK1;APBD;;9\n",
    "K03": ANGGARAN + "\nK1;APBD;8;9\n",
    "K04": KEGIATAN + "K1;Gizi;Dinas;\n",
    "K05": CAKUPAN + "12.18.02.2001;;;E01;tahunan;1;2\n",
    "K06": _ekspor({"Tgl Lahir": "2016-08-09"}),
    "K07": _ekspor({}, {**DUA, "Tgl Lahir": "2021-09-01"}),
    "K08": JADWAL + "K1;1;;;2022-06-01\n",
    "K09": JADWAL + "K1;1;2021-05-01;2021-04-01;\n",
    "K10": ANGGARAN + ";realisasi_tw1;realisasi_tw2;realisasi_tw3;realisasi_tw4\n"
    "K1;APBD;20;9;1;2;3;4\n",
    "K11": PREVALENSI + "12.18;2021;SSGI;100;90;15\n",
    "K12": _ekspor({"Usia Saat Ukur": "3 Tahun - 0 Bulan - 0 Hari"}),
    "K13": REKAP + f"1;{KURUS};5;10;50\n2;{KURUS};5;11;45\n",
    "K14": REKAP + "1;Layanan di luar katalog;1;2;50\n",
    "K15": _ekspor({"Tgl Lahir": ""}),
    "K16": KEGIATAN + "K1;Gizi;Dinas;I01;\nK2;Gizi;Dinas;Z99\n",
    "K17": IMUNISASI + "Serdang Bedagai;9;9;18;1;1;2\nSerdang Bedagai;9;9;18;2;2;4\n",
    "K18": IMUNISASI + "Serdang Bedagai;9;9;18;1;1;2\nDeli Serdang;9;9;18;2;2;4\n",
    "K19": VITAMIN + "Perbaungan;1.000;502;50,3;9;1;\n",
    "K20": VITAMIN + "Perbaungan;1.000;502;52,0;9;1;\n",
    "K21": VITAMIN + "Perbaungan;9;5;;9;1;\nSilinda;9;5;;9;1;\nJumlah;18;11;;18;2;\n",
    "K22": VITAMIN + "Perbaungan;;;61,0;9;1;\nSilinda;;;70,0;9;1;\nKotarih;;;65,0;9;1;\n"
    "Kabupaten;;;91,5;27;3;\n",
    "K23": IMUNISASI + "Serdang Bedagai;9;9;18;1;1;3\n",
    "K24": SANITASI + "Perbaungan;900;800;850;700\n",
    "K25": VITAMIN + "Perbaungan;;;61,5;9;1;\nSilinda;;;61,5;9;1;\nKotarih;;;61,5;9;1;\n",
    "K26": "Kecamatan;2020;2021\nPerbaungan;150;150\nSilinda;160;160\nKotarih;170;170\n",
    "K27": VITAMIN + "Perbaungan;9;8;;9;1;\nSilinda;9;7;;9;1;\nKotarih;9;0;;9;1;\n",
    "K28": VITAMIN + "Perbaungan;9;10;;9;1;\n",
    "K29": "Kecamatan;2020;2021\nPerbaungan;30,5;9,8\nSilinda;16,1;15,2\n",
    "K30": IMUNISASI + "".join(f"{name};9;9;18;1;1;2\n" for name in SUMUT),
    "K31": IMUNISASI + "Serdang Bedagai;9;9;18;1;1;2\n",
    "K32": "Kecamatan;Jumlah Balita;Jumlah Stunting;Balita Pendek;Balita Sangat Pendek\n"
    "Perbaungan;100;30;15;5\n",
    "K33": VITAMIN + "Perbaungan;9;8;;9;1;\nSilinda;9;;;9;1;\n",
    "K34": IMUNISASI + "Serdang Bedagai;9;9;18;1;1;2\n",
    "K35": "Kecamatan;I01;I02\nPerbaungan;80;90\n",
    "K61": SKOR + SKOR_ADOLINA.replace("pil Fe", "imunisasi") + "10;8;1;\n",
    "K62": SKOR + SKOR_ADOLINA + "10;10;1;\n",
    "K63": SKOR + SKOR_ADOLINA + "10;8;1;8\n",
    "K65": "Desa;Kecamatan;Bulan;Nama Ibu;Berisiko;Periksa Kehamilan;Pil Fe;Nifas;Konseling Gizi\n"
    "Adolina;Perbaungan;Maret;CONTOH IBU;ya;v;v;;v\n",
    "K66": KARTU + "CONTOH SATU;;01/03/2019;v;v;v;v;v\n",
    "K36": ANGGARAN + ";realisasi_tw1;realisasi_tw2;realisasi_tw3;realisasi_tw4\n"
    "K1;APBD;30.000;20.000;5.000;12.000;10.000;20.000\n",
}
# Findings about two files: the other one.
PASANGAN = {
    "K04": JADWAL + "K9;1;;;\n",
    "K31": IMUNISASI + "Serdang Bedagai;9;9;18;1;2;3\n",
    "K34": IMUNISASI + "Serdang Bedagai;8;9;17;1;1;2\n",
}


def _book(folder, **lembar):
    """Write a workbook of plain sheets: name → rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in lembar.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder.path / "buku.xlsx")
    return book


LOKUS = [["kode_desa", "tahun"], ["12.18.02.2001", 2021]]
KEPALA = ["kode_desa", "kode_indikator", "periode", "pembilang", "penyebut"]
BARIS = ["12.18.02.2001", "I01", "tahunan"]


def _far_cell(folder):
    book = _book(folder, lokus=LOKUS)
    book["lokus"]["XFD1048576"] = "jauh"
    book.save(folder.path / "buku.xlsx")


def _hidden(folder):
    book = _book(folder, lokus=LOKUS)
    book["lokus"].row_dimensions[2].hidden = True
    book.save(folder.path / "buku.xlsx")


def _encrypted(folder):
    mark = "EncryptedPackage".encode("utf-16-le")
    folder.text("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + mark)


# Kinds that need a workbook or something that is no file.
BUKU = {
    "B02": _encrypted,
    "B05": _far_cell,
    "B06": lambda folder: os.mkfifo(folder.path / "pipa.xlsx"),
    "B17": lambda folder: folder.text("a.csv.part", REKAP),
    "B20": lambda folder: folder.text("a.xls", REKAP + "1;a;1;2;50\n"),
    "T08": lambda folder: _book(folder, lokus=LOKUS, catatan=[["a", "b"], [1, 2]]),
    "T09": _hidden,
    "T11": lambda folder: _book(folder, lokus=LOKUS, kegiatan=[["a", "b"], [1, 2]]),
    "T14": lambda folder: _book(folder, lokus=[LOKUS[0], [*LOKUS[1], "", "lihat"]]),
    "N06": lambda folder: _book(folder, cakupan=[KEPALA, [*BARIS, "=1+1", 10]]),
    "N13": lambda folder: _book(folder, cakupan=[KEPALA, [*BARIS, "5", 10]]),
}
# B24: files/test_formats; W30, W31: test_provinces
TERSENDIRI = {"B13", "B24", "W09", "W30", "W31"}
PEMETAAN = {"T17", "T18", "T19", "T20", "T21"}  # tests: layouts/test_mapping, test_cutting
# Kinds about places in lists of many kabupaten, and in mapping files: tests/ingest/places.
WILAYAH = {f"W{number}" for number in range(10, 26)}

# Kinds about the writing of values and about children: tests/cases/kotor.toml.
NILAI = {
    *(f"N{number}" for number in range(23, 40)),
    *(f"D{number:02d}" for number in range(5, 10)),
}


# Kinds about returned worksheets: tests/ingest/test_returns.py.
LEMBAR = {f"L{number:02d}" for number in range(1, 14)}
# Kinds about money: tests/ingest/money.
UANG = {"P06", *(f"K{number}" for number in range(40, 61))}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return a function that reads the folder in which a kind of finding is made, each once."""

    @cache
    def read(kode):
        folder = Folder(tmp_path_factory.mktemp("jenis"))
        if kode in BUKU:
            BUKU[kode](folder)
        else:
            folder.text("a.csv", TEKS[kode])
        if kode in PASANGAN:
            folder.text("b.csv", PASANGAN[kode])
        return folder.read()

    return read


def test_the_kinds_shown_here_are_all_that_are_declared():
    elsewhere = {*TERSENDIRI, *PEMETAAN, *WILAYAH, *NILAI, *UANG, *LEMBAR}
    assert {*TEKS, *BUKU, *elsewhere} == set(load_temuan())


@pytest.mark.parametrize("kode", TEKS)
def test_this_text_file_makes_the_finding(shown, kode):
    _assert_told(shown(kode).temuan, kode)


@pytest.mark.parametrize("kode", BUKU)
def test_this_workbook_makes_the_finding(shown, kode):
    _assert_told(shown(kode).temuan, kode)


def _assert_told(found, kode):
    """The finding stands once or more with its weight, whole sentences, and no bare placeholder."""
    assert kode in set(found["kode"]), sorted(set(found["kode"]))
    for row in found[found["kode"] == kode].to_dict("records"):
        assert row["tingkat"] == load_temuan()[kode].tingkat
        assert row["jumlah"] >= 1
        words = f"{row['uraian']} {row['tindakan']} {row['saran']}"
        assert not set("{}") & set(words)
        assert not any(mark in words for mark in (".;", "..", " ,", ";.", ": ."))
        assert all(row[name].endswith(".") for name in ("uraian", "tindakan", "saran"))


@pytest.mark.parametrize("kode", [*TEKS, *BUKU])
def test_every_row_is_used_or_set_aside_whatever_is_wrong(shown, kode):
    neraca = shown(kode).neraca_baris
    assert list_unaccounted(neraca).empty, neraca.to_dict("records")


def test_a_file_that_vanished_is_the_finding_b13(folder):
    bacaan = read_berkas(folder.path / "tidak_ada.xlsx", kunci=KUNCI)
    assert bacaan.temuan["kode"].tolist() == ["B13"]


def test_a_bare_homonym_of_a_kabupaten_is_the_finding_w09(folder):
    folder.text("a.csv", _ekspor({"Kab/Kota": "BANDUNG"}))
    bahan = build_bahan(folder.path, kode_kabupaten="32.04", tahun=2021, kunci=KUNCI)
    assert "W09" in set(bahan.temuan["kode"])
    assert len(bahan.pengukuran) == 1


def test_every_kind_uses_only_the_allowed_placeholders():
    allowed = {"berkas", "lembar", "tabel", "kolom", "nilai", "jumlah", "rincian"}
    for kode, jenis in load_temuan().items():
        for text in (jenis.uraian, jenis.tindakan, jenis.saran):
            names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert names <= allowed, kode


def test_advice_never_says_both_nothing_and_something():
    for kode, jenis in load_temuan().items():
        assert not jenis.saran.startswith("Tidak perlu tindakan;"), kode


def test_weights_follow_what_happens_to_the_data():
    letters = {kode[0] for kode in load_temuan()}
    assert letters == set("BTNWDPKL")
    assert {jenis.tingkat for jenis in load_temuan().values()} <= set(
        tabel_masukan()["temuan"]["tingkat"].pilihan
    )


def test_findings_come_gravest_first(folder):
    folder.text("a.csv", TEKS["N01"])
    folder.text("b.csv", TEKS["T02"])
    folder.text("c.csv", TEKS["B01"])
    order = ["galat", "peringatan", "catatan"]
    ranks = [order.index(tingkat) for tingkat in folder.read().temuan["tingkat"]]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3
