"""Identity planted in odd places is in no byte and no member of what leaves the raw folder."""

import openpyxl
import pytest

from ..test_finding_kinds import KEGIATAN, REKAP, _ekspor

NIK, TELEPON = "1218010101209999", "081234567890"
NAMA, ORTU, ALAMAT = "KENARI ANAK UJI", "KENARI IBU UJI", "JALAN KENARI UJI"
RAHASIA = (NIK, TELEPON, NAMA, ORTU, ALAMAT, "6281234567890", "1218-0101-0120-9999")
ANAK = {"NIK": NIK, "Nama": NAMA, "Nama Ortu": ORTU, "Alamat": f"{ALAMAT} {TELEPON}"}


def test_identity_of_an_export_does_not_leave_in_any_form(folder, write):
    odd = [
        {"Posyandu": NAMA},
        {"Desa/Kel": f"MELATI {NIK}"},
        {"NIK": int(NIK), "Kec": NAMA},
        {"NIK": NIK[:15], "Berat": NIK},
        {"Tinggi": TELEPON, "Cara Ukur": ORTU},
        {"Pukesmas": "1218-0101-0120-9999", "status desa": NAMA, "Detail": ALAMAT},
    ]
    visits = [{**ANAK, "Tanggal Pengukuran": f"2021-08-1{n}", **one} for n, one in enumerate(odd)]
    folder.text("ekspor.csv", _ekspor(*visits))
    folder.eppgbm(*visits, nama=f"ekspor {NIK} {NAMA}.xlsx")
    assert write().find(*RAHASIA) == []


def test_identity_in_titles_headings_sheets_and_free_text_does_not_leave(folder, write):
    folder.text("ekspor.csv", _ekspor(ANAK))
    folder.text("k.csv", f"{KEGIATAN}K1;Kunjungan {NAMA} HP {TELEPON} NIK {NIK};Dinas;I01\n")
    rows = f"{REKAP.strip()};{NIK} {NAMA}\n1;a;x;2;50;{NAMA}\n"
    foot = f"Catatan: hubungi {NAMA} {TELEPON};;;;;\n"
    folder.text("r.csv", f"Daftar {NAMA} {NIK};;;;;\n{rows}{foot}")
    assert write().find(*RAHASIA) == []


@pytest.mark.parametrize("secret", [NIK, TELEPON, int(NIK), 6281234567890])
def test_identity_in_any_column_of_the_workbook_does_not_leave(folder, write, secret):
    path = folder.workbook(
        hambatan=dict.fromkeys(("id_hambatan", "kategori", "uraian", "opd_pj", "tenggat"), secret),
        cakupan=dict.fromkeys(("kode_desa", "desa", "periode", "pembilang", "penyebut"), secret),
    )
    book = openpyxl.load_workbook(path)
    book["hambatan"].title = "hambatan"
    book.create_sheet(f"{NAMA} {NIK}"[:31]).append([NIK, TELEPON])
    book["cakupan"]["C2"].comment = openpyxl.comments.Comment(f"{NIK} {NAMA}", "x")
    book.save(path)
    assert write().find(str(secret), NIK, TELEPON) == []
