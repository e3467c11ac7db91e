"""Lists kept outside the workbook are recognised by their headings and read into its tables."""

import pytest

LOKUS = (
    "Lampiran Keputusan Bupati Serdang Bedagai;;\n"
    "Nomor 188/45 Tahun 2020 tentang Penetapan Desa Lokus Tahun 2021;;\n"
    "No;Kecamatan;Desa/Kelurahan\n1;Perbaungan;Adolina\n2;Perbaungan;Citaman Jernih\n"
)
AKSI = "No;Aksi Konvergensi;Rencana;Realisasi;Status;Kendala\n"
HAMBATAN = "No;Permasalahan;Penyebab;Solusi;Penanggung Jawab;Status\n"
LANJUT = "No;Rekomendasi;OPD;Status Tindak Lanjut;Bukti\n"


def _read(folder, text):
    folder.text("a.csv", text)
    return folder.read()


def test_a_decree_on_lokus_tells_year_and_number_in_its_title(folder):
    lokus = _read(folder, LOKUS).lokus
    assert lokus["tahun"].tolist() == [2021, 2021]
    assert lokus["kode_desa"].tolist()[0] == "12.18.02.2001"
    assert lokus["dasar"].tolist()[0] == "Nomor 188/45 Tahun 2020"


def test_a_list_of_desa_with_another_title_is_no_decree_on_lokus(folder):
    bahan = _read(folder, LOKUS.replace("Lokus", "Wisata"))
    assert bahan.lokus.empty
    assert "B07" in set(bahan.temuan["kode"])


def test_the_folder_tells_the_year_when_the_title_does_not(folder):
    text = "Daftar desa lokus;;\n" + LOKUS.partition("2021;;\n")[2]
    lokus = _read(folder, text).lokus
    assert lokus["tahun"].tolist() == [2021, 2021]
    assert lokus["dasar"].isna().all()


@pytest.mark.parametrize(
    ("aksi", "kode"),
    [("Aksi 1", "1"), ("Aksi #3", "3"), ("Aksi 2: Rencana", "2"), ("8. Reviu kinerja", "8")],
)  # fmt: skip
def test_a_matrix_of_aksi_is_read(folder, aksi, kode):
    row = _read(folder, AKSI + f"1;{aksi};2021-02-01;2021-03-02;sudah dilaksanakan;dana\n").aksi
    assert row["aksi"].tolist() == [kode]
    assert row["status"].tolist() == ["selesai"]
    assert row["hambatan"].tolist() == ["dana"]


def test_a_log_of_barriers_is_read(folder):
    text = HAMBATAN + "1;Kader kurang;Honor;Pelatihan;Dinas Kesehatan;dalam proses\n"
    row = _read(folder, text).hambatan.iloc[0]
    assert (row["id_hambatan"], row["uraian"], row["akar_masalah"]) == (
        "1",
        "Kader kurang",
        "Honor",
    )
    assert (row["alternatif_solusi"], row["status"]) == ("Pelatihan", "berjalan")


def test_the_follow_up_of_last_year_is_read(folder):
    text = LANJUT + "1;Latih kader;Dinas Kesehatan;sudah ditindaklanjuti;Laporan\n"
    row = _read(folder, text).tindak_lanjut_lalu.iloc[0]
    assert (row["id"], row["status"], row["bukti"]) == ("1", "selesai", "Laporan")


def test_the_workbook_and_a_matrix_alike_are_no_question(folder):
    bahan = _read(folder, "aksi;tanggal_rencana;status\n1;2021-02-01;selesai\n")
    assert bahan.aksi["aksi"].tolist() == ["1"]
    assert "T15" not in set(bahan.temuan["kode"])
