"""Synthetic exports of money: SIPD, LRA, Dana Desa, Aksi 2. Every amount is made up (CONTOH)."""

JUDUL_REALISASI = [
    "Kode SKPD", "Nama SKPD", "Kode Sub SKPD", "Nama Sub SKPD", "Kode Fungsi", "Nama Fungsi",
    "Kode Sub Fungsi", "Nama Sub Fungsi", "Kode Urusan", "Nama Urusan", "Kode Bidang Urusan",
    "Nama Bidang Urusan", "Kode Program", "Nama Program", "Kode Kegiatan", "Nama Kegiatan",
    "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Nomor Dokumen",
    "Jenis Dokumen", "Jenis Transaksi", "Nomor DPT", "Tanggal Dokumen", "Keterangan Dokumen",
    "Nilai Realisasi", "Nilai Setoran", "NIP Pegawai", "Nama Pegawai", "Tanggal Simpan",
    "Nomor SPD", "Periode SPD", "Nilai SPD", "Tahapan SPD", "Nama Sub Tahapan Jadwal",
    "Tahapan APBD", "Nomor SPP", "Tanggal SPP", "Nomor SPM", "Tanggal SPM", "Nomor SP2D",
    "Tanggal SP2D", "Tanggal Transfer", "Nilai SP2D",
]  # fmt: skip
JUDUL_PAGU = [
    "NO", "TAHUN", "KODE URUSAN", "NAMA URUSAN", "KODE SKPD", "NAMA SKPD", "KODE SUB UNIT",
    "NAMA SUB UNIT", "KODE BIDANG URUSAN", "NAMA BIDANG URUSAN", "KODE PROGRAM", "NAMA PROGRAM",
    "KODE KEGIATAN", "NAMA KEGIATAN", "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN",
    "KODE SUMBER DANA", "NAMA SUMBER DANA", "KODE REKENING", "NAMA REKENING", "PAKET/KELOMPOK",
    "NAMA PAKET/KELOMPOK", "PAGU",
]  # fmt: skip
GIZI = "1.02.02.2.02.0015"
IBU = "1.02.02.2.02.0001"
SKPD = "1.02.0.00.0.00.01.0000"
DOKUMEN = {
    "Kode SKPD": SKPD,
    "Nama SKPD": "Dinas Kesehatan",
    "Kode Sub Kegiatan": GIZI,
    "Nama Sub Kegiatan": "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat",
    "Kode Rekening": "5.1.02.01.01.0026",
    "Nomor Dokumen": "CONTOH/TBP/001",
    "Jenis Dokumen": "TBP",
    "Jenis Transaksi": "GU",
    "Tanggal Dokumen": "7 Juni 2021",
    "Nilai Realisasi": 1_000_000,
    "Nilai Setoran": 0,
    "NIP Pegawai": "199001012015011999",
    "Nama Pegawai": "CONTOH PEGAWAI SATU",
}
LS = {
    "Nomor Dokumen": "CONTOH/SPP/009",
    "Jenis Dokumen": "SPP-LS",
    "Jenis Transaksi": "LS",
    "Nomor SP2D": "CONTOH/SP2D/001",
    "Tanggal Transfer": "9 Juni 2021",
    "Nilai SP2D": 5_000_000,
}
PAGU = {
    "NO": 1,
    "TAHUN": 2021,
    "KODE SKPD": SKPD,
    "NAMA SKPD": "Dinas Kesehatan",
    "KODE SUB KEGIATAN": "1.02.02.2.02.15",
    "NAMA SUB KEGIATAN": "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat",
    "KODE SUMBER DANA": "1.2.01",
    "NAMA SUMBER DANA": "Dana Alokasi Umum (DAU)",
    "KODE REKENING": "5.1.02.01.01.0026",
    "NAMA REKENING": "Belanja alat",
    "PAKET/KELOMPOK": "A",
    "NAMA PAKET/KELOMPOK": "Paket CONTOH",
    "PAGU": 10_000_000,
}
KEGIATAN = {
    "id_kegiatan": "K1",
    "kode_sub_kegiatan": GIZI,
    "sub_kegiatan": "Gizi masyarakat",
    "opd": "Dinas Kesehatan",
}


def table(judul, contoh, *changes):
    """Return the text of a CSV: each row is `contoh` with some cells changed."""
    lines = [";".join(str({**contoh, **row}.get(name, "")) for name in judul) for row in changes]
    return "\n".join([";".join(judul), *lines, ""])


def realisasi(*changes):
    """Return a SIPD export of realised documents."""
    return table(JUDUL_REALISASI, DOKUMEN, *changes)


def pagu(*changes):
    """Return a SIPD export of budget ceilings."""
    return table(JUDUL_PAGU, PAGU, *changes)


def lines(*rows):
    """Return rows of cells as CSV."""
    return "\n".join(";".join(str(cell) for cell in row) for row in rows) + "\n"


def money(bahan):
    """Return the one row of realisasi_anggaran."""
    assert len(bahan.realisasi_anggaran) == 1, bahan.realisasi_anggaran.to_dict("records")
    return bahan.realisasi_anggaran.iloc[0]


JUDUL_LRA = ["Kode", "Uraian", "Anggaran", "Realisasi", "Sisa/Lebih (kurang)", "%"]
JUDUL_TRIWULAN = ["Kode", "Uraian", "Pagu", "TW I", "TW II", "TW III", "TW IV", "Total realisasi",
                  "Sisa"]  # fmt: skip
JUDUL_DESA = ["tahun", "kdprov", "urprov", "kdpemda", "urpemda", "kdakun", "urakun", "kdkelompok",
              "urkelompok", "kdjenis", "urjenis", "kdobjek", "urobjek", "nilai"]  # fmt: skip
RENCANA = {
    "No": 1,
    "Indikator/Permasalahan": "",
    "Program": "Program CONTOH",
    "Kegiatan": "Kegiatan CONTOH",
    "Sub Kegiatan": "1.02.02.2.02.15 Gizi masyarakat",
    "Indikator Output": "Balita mendapat PMT",
    "Target": "1.200 balita",
    "Lokasi": "Adolina",
    "Pagu": "100.000.000",
    "Sumber Dana": "DAK Non Fisik - BOK",
    "OPD Pelaksana": "Dinas Kesehatan",
    "Waktu": "Januari - Maret",
    "Keterangan/Lokus": "lokus",
}
_BUKU = {
    "identitas": "kode_kabupaten;tahun;tanggal_cutoff;tanggal_reviu\n"
    "12.18;2021;30/11/2021;21/12/2021\n",
    "kegiatan": "id_kegiatan;kode_sub_kegiatan;sub_kegiatan;opd\n",
}


def workbook_text(lembar, nama="", kode=""):
    """Return the identitas sheet, or the kegiatan sheet with one activity, as CSV."""
    return _BUKU[lembar] + (f"{nama};{kode};Gizi;Dinas Kesehatan\n" if nama else "")


def lra(*rows, judul=JUDUL_LRA):
    """Return a printed LRA."""
    return lines(judul, *rows)


def dana_desa(*rows, tahun=2021):
    """Return a list of Dana Desa; a row is province, pemda, amount, and perhaps a year."""
    cells = [
        [row[3] if len(row) > 3 else tahun, "02", row[0], "24", row[1], 6, "TKDD", 66, "Dana Desa",
         662, "Dana Desa", 6621, "Dana Desa", row[2]]
        for row in rows
    ]  # fmt: skip
    return "\n".join("\t".join(str(cell) for cell in row) for row in [JUDUL_DESA, *cells]) + "\n"


def plan(*changes):
    """Return an Aksi 2 matrix."""
    return table(list(RENCANA), RENCANA, *changes)
