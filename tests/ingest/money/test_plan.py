"""The Aksi 2 matrix becomes kegiatan, jadwal, and anggaran; ids are made and told."""

import pytest

from reviu_lib.ingest.ledger import list_unaccounted

from ..conftest import temuan
from .uang import GIZI, RENCANA, lines, plan


def _read(folder, *changes):
    folder.text("rencana.csv", plan(*changes))
    return folder.read()


def _only(frame):
    assert len(frame) == 1, frame.to_dict("records")
    return frame.iloc[0]


def test_a_row_is_an_activity_with_code_name_and_output(folder):
    row = _only(_read(folder, {}).kegiatan)
    assert (row["kode_sub_kegiatan"], row["sub_kegiatan"]) == (GIZI, "Gizi masyarakat")
    assert (row["target_output"], row["satuan"]) == (1200.0, "balita")
    assert (row["opd"], row["lokasi_rencana"]) == ("Dinas Kesehatan", "Adolina")


def test_the_amount_is_what_the_plan_asks_for_and_no_budget_in_force(folder):
    row = _only(_read(folder, {}).anggaran)
    assert (row["sumber_dana"], row["pagu_rembuk_rp"]) == ("DAK Nonfisik", 100_000_000)
    assert row[["pagu_murni_rp", "pagu_perubahan_rp", "realisasi_rp"]].isna().all()


def test_the_time_is_a_planned_window(folder):
    row = _only(_read(folder, {}).jadwal)
    assert str(row["rencana_mulai"].date()) == "2021-01-01"
    assert str(row["rencana_selesai"].date()) == "2021-03-31"


@pytest.mark.parametrize(
    ("waktu", "mulai", "selesai"),
    [
        ("TW II", "2021-04-01", "2021-06-30"),
        ("TW I - IV", "2021-01-01", "2021-12-31"),
        ("Triwulan II s.d. Triwulan III", "2021-04-01", "2021-09-30"),
        ("Februari s/d Agustus 2021", "2021-02-01", "2021-08-31"),
        ("Maret", "2021-03-01", "2021-03-31"),
        ("sepanjang tahun", "2021-01-01", "2021-12-31"),
        ("5 Maret 2021 sampai 9 April 2021", "2021-03-05", "2021-04-09"),
    ],
)
def test_times_in_words_are_read(folder, waktu, mulai, selesai):
    row = _only(_read(folder, {"Waktu": waktu}).jadwal)
    assert [str(row[f"rencana_{end}"].date()) for end in ("mulai", "selesai")] == [mulai, selesai]


@pytest.mark.parametrize("waktu", ["menyesuaikan", "Februari dan Agustus", "Agustus - Maret"])
def test_a_time_that_is_no_window_is_kept_as_a_remark(folder, waktu):
    bahan = _read(folder, {"Waktu": waktu})
    assert bahan.jadwal.empty
    assert f"Waktu: {waktu}" in _only(bahan.kegiatan)["keterangan"]
    assert temuan(bahan, "K59")["kolom"] == "waktu"


@pytest.mark.parametrize("target", ["semua balita", "10-20 orang"])
def test_a_target_that_is_no_single_number_is_kept_as_a_remark(folder, target):
    row = _only(_read(folder, {"Target": target}).kegiatan)
    assert row["target_output"] != row["target_output"] or target.startswith("10")
    assert "lokus" in row["keterangan"]


def test_ids_are_the_same_on_every_reading_and_in_any_order(folder):
    second = {"Sub Kegiatan": "Air minum", "OPD Pelaksana": "Dinas PU", "Pagu": "5"}
    first = _read(folder, {}, second).kegiatan.set_index("sub_kegiatan")["id_kegiatan"]
    again = _read(folder, second, {}).kegiatan.set_index("sub_kegiatan")["id_kegiatan"]
    assert first.to_dict() == again.to_dict()
    assert first.str.fullmatch(r"RK-[A-R]{8}").all()


def test_an_id_does_not_change_with_amount_time_or_remark(folder):
    changes = {"Pagu": "7", "Waktu": "TW IV", "Keterangan/Lokus": "lain", "Target": "9 balita"}
    assert (
        _only(_read(folder, {}).kegiatan)["id_kegiatan"]
        == _only(_read(folder, changes).kegiatan)["id_kegiatan"]
    )


def test_made_ids_are_told(folder):
    bahan = _read(folder, {})
    uraian = temuan(bahan, "K50")["uraian"]
    assert _only(bahan.kegiatan)["id_kegiatan"] in uraian


def test_a_second_fund_is_the_same_activity(folder):
    bahan = _read(folder, {}, {"Sumber Dana": "DAU", "Pagu": "50.000.000"})
    assert len(bahan.kegiatan) == 1
    assert bahan.anggaran["sumber_dana"].tolist() == ["DAK Nonfisik", "APBD"]
    assert len(bahan.jadwal) == 1
    assert list_unaccounted(bahan.neraca_baris).empty


def test_the_same_work_with_another_target_is_another_activity(folder):
    ids = _read(folder, {}, {"Target": "5 balita"}).kegiatan["id_kegiatan"].tolist()
    assert ids[1] == f"{ids[0]}-2"


def test_headings_between_rows_give_the_kind_of_intervention(folder):
    head = list(RENCANA)
    blank = [""] * (len(head) - 2)
    rows = [
        head,
        ["A", "INTERVENSI GIZI SPESIFIK", *blank],
        [RENCANA[name] for name in head],
        ["B", "INTERVENSI GIZI SENSITIF", *blank],
        [{**RENCANA, "Sub Kegiatan": "Air minum", "OPD Pelaksana": "Dinas PU"}[name]
         for name in head],
    ]  # fmt: skip
    folder.text("rencana.csv", lines(*rows))
    bahan = folder.read()
    assert bahan.kegiatan["jenis"].tolist() == ["spesifik", "sensitif"]
    assert bahan.neraca_baris["alasan"].tolist() == ["T04: 2"]


def test_an_indicator_of_the_catalogue_is_linked_by_code_or_exact_name(folder):
    bahan = _read(folder, {"Indikator/Permasalahan": "I01"})
    assert _only(bahan.kegiatan)["indikator_terkait"] == "I01"
    assert "K59" not in set(bahan.temuan["kode"])


def test_other_words_for_a_problem_are_a_remark_not_a_guess(folder):
    bahan = _read(folder, {"Indikator/Permasalahan": "Ibu hamil sering KEK"})
    row = _only(bahan.kegiatan)
    assert row["indikator_terkait"] is None or row.isna()["indikator_terkait"]
    assert "Indikator/permasalahan: Ibu hamil sering KEK" in row["keterangan"]


@pytest.mark.parametrize(
    ("kode", "told"), [("1.02.1.02.01.20.05", True), ("1.02.02.2.02.15", False)]
)
def test_a_code_of_another_nomenclature_is_told(folder, kode, told):
    head, row = ["Kode", *RENCANA], [kode, *{**RENCANA, "Sub Kegiatan": "Gizi"}.values()]
    folder.text("rencana.csv", lines(head, row))
    bahan = folder.read()
    assert _only(bahan.kegiatan)["sub_kegiatan"] == "Gizi"
    assert ("K48" in set(bahan.temuan["kode"])) is told


def test_columns_may_be_absent(folder):
    head = ["Sub Kegiatan", "Indikator Output", "Target", "Lokasi", "Sumber Dana", "OPD"]
    folder.text("r.csv", lines(head, ["Gizi", "PMT", "5", "Adolina", "DAU", "Dinas"]))
    bahan = folder.read()
    assert _only(bahan.kegiatan)["target_output"] == 5
    assert bahan.anggaran.empty
    assert bahan.jadwal.empty


@pytest.mark.parametrize(
    ("nama", "pilihan"),
    [
        ("DAK Non Fisik - BOK Puskesmas", "DAK Nonfisik"),
        ("DAK NONFISIK", "DAK Nonfisik"),
        ("Dana Alokasi Khusus Fisik", "DAK Fisik"),
        ("DAU Earmark", "APBD"),
        ("Dana Desa", "Dana Desa"),
        ("Alokasi Dana Desa (ADD)", "Lainnya"),
        ("DID", "Insentif Fiskal"),
        ("CSR PT CONTOH", "CSR"),
        ("APBN", "APBN"),
        ("hibah entah", "Tidak dirinci"),
        ("", "Tidak dirinci"),
    ],
)
def test_names_of_funds_are_the_declared_choices(folder, nama, pilihan):
    assert _only(_read(folder, {"Sumber Dana": nama}).anggaran)["sumber_dana"] == pilihan
