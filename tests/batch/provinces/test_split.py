"""Each file of a province is opened once a run, by one worker, for all kabupaten."""

import shutil

import pytest
from kenari import find_canaries

from reviu_lib.batch import Cara, choose_units, run_periksa
from reviu_lib.batch.provinces import make_simpanan, note_provinces
from reviu_lib.errors import RuangError
from reviu_lib.files import hold_lock
from reviu_lib.ingest import list_data
from reviu_lib.store import is_isi_stale, load_bahan, load_isi, make_ruang

from ..ruang_kecil import write_raw

JUDUL = "Kab/Kota;NIK;Nama;Tgl Lahir;Tanggal Pengukuran;Berat;Tinggi;ZS TB/U;JK;Posyandu\n"
ISI = "{};{};{};2020-01-15;2021-08-10;9,8;80,5;-1,5;L;{}\n"
KENARI = ("3501000101209999", "KENARI SATU UJI", "KENARI DUA UJI")
UNITS = [("35.01", 2021), ("35.73", 2021)]


def _write(ruang, nama, *rows):
    folder = ruang.raw_provinsi("35", 2021)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / nama).write_text(JUDUL + "".join(ISI.format(*row) for row in rows))


def _run(ruang, *, ulang=False, workers=1):
    """Return what became of each unit, and the news of files being opened."""
    told = []

    def hear(kabar):
        if kabar.jenis == "catatan":
            told.append(kabar.teks)

    units = choose_units(["35"], [], ruang=ruang, dengar=hear)
    outcomes = run_periksa(units, ruang=ruang, ulang=ulang, cara=Cara(workers, hear))
    return {(one.kode, one.status) for one in outcomes}, told


@pytest.fixture(scope="module")
def siap(tmp_path_factory):
    """A checked province of two exports; the posyandu of one is named like a child of the other."""
    ruang = make_ruang(tmp_path_factory.mktemp("provinsi"))
    _write(ruang, "a.csv", ("Kab. Pacitan", KENARI[0], KENARI[1], "Kenari Dua Uji"))
    _write(ruang, "b.csv", ("Kota Malang", "3573000101209999", KENARI[2], "Mawar"))
    return ruang, _run(ruang, workers=2)


@pytest.fixture
def ruang(siap, tmp_path):
    """The same workspace, to be changed."""
    shutil.copytree(siap[0].root, tmp_path / "r")
    return make_ruang(tmp_path / "r")


def _said(done, of):
    return f"Berkas provinsi 35 tahun 2021: {done} dari {of} dibaca."


def test_each_file_is_opened_once_and_every_kabupaten_is_checked(siap):
    ruang, (outcomes, told) = siap
    assert outcomes == {("35.01", "selesai"), ("35.73", "selesai")}
    assert told == [_said(1, 2), _said(2, 2)]
    assert [len(load_bahan(*unit, ruang=ruang).pengukuran) for unit in UNITS] == [1, 1]


def test_what_is_kept_is_enough_for_another_check(ruang):
    before = load_bahan("35.01", 2021, ruang=ruang).temuan
    outcomes, told = _run(ruang, ulang=True)
    assert ({status for _, status in outcomes}, told) == ({"selesai"}, [])
    assert load_bahan("35.01", 2021, ruang=ruang).temuan.equals(before)


def test_only_a_new_file_is_opened_and_what_was_kept_of_a_lost_one_goes(ruang):
    (ruang.raw_provinsi("35", 2021) / "b.csv").unlink()
    _write(ruang, "c.csv", ("Kab. Tuban", "3523000101209999", "CONTOH TIGA", "Mawar"))
    _, told = _run(ruang)
    assert told == [_said(1, 1)]
    assert load_isi(ruang, "35", 2021) == ["35.01", "35.23"]
    kept = {path.name for path in ruang.bagian_provinsi("35", 2021).iterdir()}
    simpanan = make_simpanan(ruang, "35", 2021)
    paths = list_data([ruang.raw_provinsi("35", 2021)])
    assert kept == {simpanan.open(path).folder.name for path in paths}


def test_other_dates_of_one_kabupaten_open_the_files_again_for_it_alone(ruang):
    write_raw(ruang, "35.01", 2021)
    outcomes, told = _run(ruang)
    assert outcomes == {("35.01", "selesai"), ("35.73", "dilewati")}
    assert told == [_said(1, 2), _said(2, 2)]
    assert str(load_bahan("35.01", 2021, ruang=ruang).tanggal_reviu) == "2021-12-10"
    assert _run(ruang, ulang=True)[1] == []


def test_no_identity_is_kept(siap):
    ruang, _ = siap
    assert find_canaries([ruang.processed, ruang.reports], KENARI) == []


def test_a_province_is_not_looked_through_while_another_process_works(ruang):
    _write(ruang, "c.csv", ("Kab. Tuban", "3523000101209999", "CONTOH TIGA", "Mawar"))
    with (
        hold_lock(ruang.rahasia / "kerja.kunci"),
        pytest.raises(RuangError, match="sedang dipakai"),
    ):
        note_provinces(ruang)
    assert is_isi_stale(ruang, "35", 2021)
