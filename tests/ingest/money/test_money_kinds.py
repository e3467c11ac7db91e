"""Every kind of finding about money is made by the files shown here, and no row is lost."""

from functools import cache

import pytest

from reviu_lib.catalog import load_temuan
from reviu_lib.ingest.ledger import list_unaccounted

from ..conftest import Folder
from .uang import GIZI, IBU, LS, SKPD, dana_desa, lra, pagu, plan, realisasi, workbook_text

KEGIATAN = workbook_text("kegiatan", "K1", GIZI)
DUA = workbook_text("kegiatan", "K1", GIZI) + f"K2;{GIZI};Gizi lagi;Dinas Kesehatan\n"
ANGGARAN = "id_kegiatan;sumber_dana;pagu_murni;realisasi\nK1;APBD;9000000;1000000\n"
LRA = lra([GIZI, "Gizi", 100, 40, 60, "40,00"])
# Kind of finding → the files that make it in the folder of 12.18/2021.
KASUS = {
    "P06": {"a.csv": realisasi({})},
    "K40": {"a.csv": pagu({}), "k.csv": KEGIATAN, "u.csv": ANGGARAN},
    "K41": {"a.csv": pagu({}), "k.csv": DUA},
    "K42": {"a.csv": pagu({}, {"KODE SUB KEGIATAN": IBU}), "k.csv": KEGIATAN},
    "K43": {"a.csv": pagu({}), "k.csv": KEGIATAN},
    "K44": {"a.csv": realisasi({}, {"Tanggal Dokumen": "1 Januari 2022", "Nomor Dokumen": "b"},
                               {**LS, "Tanggal Transfer": ""}),
            "i.csv": workbook_text("identitas")},
    "K45": {"a.csv": realisasi({**LS, "Nilai Realisasi": 6_000_000})},
    "K46": {"a.csv": lra([GIZI, "Gizi", 100, 40, 60, 40], ["5.1", "Belanja", 90, 40, 50, 44])},
    "K47": {"a.csv": lra([GIZI, "Gizi", 100, 40, 50, "40,00"])},
    "K48": {"a.csv": pagu({"KODE SUB KEGIATAN": "1.02.1.02.01.20.05"})},
    "K49": {"pagu.csv": dana_desa(["Provinsi Aceh", "Kab. Aceh Barat", 5])},
    "K50": {"a.csv": plan({})},
    "K51": {"pagu.csv": dana_desa(["Provinsi Aceh", "Kab. Aceh Barat", 5])},
    "K52": {"a.csv": realisasi({}, {"Kode Sub Kegiatan": ""})},
    "K53": {"a.csv": "LRA sampai dengan 31 Desember 2021;;;;;\n" + LRA,
            "i.csv": workbook_text("identitas")},
    "K54": {"a.csv": pagu({"KODE SUB KEGIATAN": IBU}), "k.csv": KEGIATAN},
    "K55": {"realisasi.csv": dana_desa(["Provinsi Sumatera Utara", "Kab. Serdang Bedagai", 5])},
    "K56": {"a.csv": dana_desa(["Provinsi Sumatera Utara", "Kab. Serdang Bedagai", 5])},
    "K57": {"a.csv": realisasi(LS, {**LS, "Kode Rekening": "5.1.02.01.01.0099"})},
    "K58": {"a.csv": pagu({"NAMA SKPD": "Dinas Kesehatan"}), "b.csv": lra(
        [SKPD, "DINAS KESEHATAN", 100, 40, 60, 40], [GIZI, "Gizi", 100, 40, 60, 40])},
    "K59": {"a.csv": plan({"Waktu": "menyesuaikan"})},
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return a function that reads the folder in which a kind of finding is made, each once."""

    @cache
    def read(kode):
        folder = Folder(tmp_path_factory.mktemp("jenis"))
        for name, content in KASUS[kode].items():
            folder.text(name, content)
        return folder.read()

    return read


def test_all_kinds_about_money_are_shown_here():
    money = {kode for kode in load_temuan() if kode in {"P06"} or "K40" <= kode <= "K59"}
    assert set(KASUS) == money


@pytest.mark.parametrize("kode", KASUS)
def test_these_files_make_the_finding_in_whole_sentences(shown, kode):
    found = shown(kode).temuan.set_index("kode")
    assert kode in found.index, sorted(set(found.index))
    for row in found.loc[[kode]].to_dict("records"):
        assert row["tingkat"] == load_temuan()[kode].tingkat
        words = f"{row['uraian']} {row['tindakan']} {row['saran']}"
        assert not any(mark in words for mark in ("{", "}", ".;", "..", " ,", ";.", ": .", "<NA>"))
        assert row["jumlah"] >= 1


@pytest.mark.parametrize("kode", KASUS)
def test_every_row_is_used_or_set_aside(shown, kode):
    neraca = shown(kode).neraca_baris
    assert list_unaccounted(neraca).empty, neraca.to_dict("records")
    assert neraca["dibaca"].sum() > 0
