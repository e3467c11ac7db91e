"""A plan is checked whole before anything runs: every fault with file, key, value, and remedy."""

import tomllib

import pytest

from reviu_lib.batch.plan import CONTOH_RENCANA
from reviu_lib.errors import DefinisiError, RencanaError
from reviu_lib.settings import Pengaturan

from ..ruang_kecil import write_notebook

NOTEBOOK = '[[notebook]]\nnama = "analisis_desa"\n'
NIK = "1200000101209999"


def _faults(read, text):
    with pytest.raises(RencanaError) as caught:
        read(text)
    return caught.value.butir


@pytest.mark.parametrize("text", ["", "# kosong\n", CONTOH_RENCANA])
def test_a_plan_without_a_word_is_one_report_with_the_settings(read, text):
    plan = read(text, Pengaturan(edisi="final", tahun=[2024]))
    assert (plan.edisi, plan.tahun, plan.kabupaten) == ("final", [2024], [])
    assert len(plan.bagian_laporan) == 1


def test_every_line_of_the_sample_is_valid_once_its_mark_is_removed(read, ruang):
    lines = [li.removeprefix("# ") for li in CONTOH_RENCANA.splitlines()[4:]]
    text = "\n".join(lines).replace("{ batas_persen = 20.0,", "{ batas_persen = 20,")
    plan = read(text)
    assert set(tomllib.loads(text)) == {"kabupaten", "tahun", "pekerja", "laporan", "notebook"}
    assert (len(plan.laporan), plan.notebook[0].keluaran) == (2, "analisis_desa")


def test_what_the_plan_says_goes_before_the_settings(read):
    plan = read('edisi = "final"\nbatas_sel_detik = 60', Pengaturan(edisi="persiapan", pekerja=3))
    assert (plan.edisi, plan.pekerja, plan.batas.batas_sel_detik) == ("final", 3, 60)


def test_all_faults_come_at_once_each_with_file_key_and_value(read):
    faults = _faults(
        read,
        'kabupaten = [12.10, "12.1", "99.99"]\ntahun = [1950]\nedsi = "rapat"\n'
        f'[[laporan]]\nedisi = "Rapat"\n{NOTEBOOK}parameter = {{ batas_persn = 1, judul = 2 }}',
    )
    told = [fault.apa for fault in faults]
    for start in (
        "kabupaten ke-1 = 12.1: kode dan kata ditulis di antara tanda kutip",
        "kabupaten ke-2 = '12.1': kode ini tidak ada",
        "kabupaten ke-3 = '99.99': kode ini tidak ada",
        "tahun ke-1 = 1950: belum ada aturan untuk tahun ini",
        "edsi = 'rapat': kunci ini tidak dikenal",
        "[[laporan]] ke-1, edisi = 'Rapat': kata ini tidak termasuk pilihan",
        "[[notebook]] ke-1, parameter.batas_persn = 1: tidak dinyatakan (mungkin maksudnya batas",
        "[[notebook]] ke-1, parameter.judul = 2: harus teks",
    ):
        assert [text for text in told if text.startswith(start)], start
    assert len(told) == 8
    assert all(fault.di == "rencana.toml" and fault.lakukan for fault in faults)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("batas_persen = 20", ""),
        ("batas_persen = -1.5", ""),
        ("ringkas = false", ""),
        ('judul = "Desa prioritas"', ""),
        ('batas_persen = "20"', "harus bilangan pecahan"),
        ("teratas = 3.0", "harus bilangan bulat"),
        ("teratas = true", "harus bilangan bulat"),
        ("ringkas = 1", "harus true atau false"),
        ("judul = 2024-01-01", "harus teks"),
        ("judul = [1]", "harus teks"),
        ("tahun = 2024", "diisi oleh rencana"),
        ('kode_kabupaten = "12.18"', "diisi oleh rencana"),
        ('Judul = "x"', "tidak dinyatakan (mungkin maksudnya judul)"),
        ("entah = 1", "tidak dinyatakan"),
    ],
)
def test_a_parameter_has_a_declared_name_and_the_declared_kind(read, line, why):
    text = f"{NOTEBOOK}[notebook.parameter]\n{line}"
    if not why:
        assert read(text).notebook[0].parameter
        return
    (fault,) = _faults(read, text)
    assert why in fault.apa


def test_a_whole_number_given_for_a_fraction_becomes_one_and_the_edition_is_filled_in(read, ruang):
    part = read(f"{NOTEBOOK}parameter = {{ batas_persen = 20 }}").notebook[0]
    filled = part.fill("final", ruang)
    assert filled == {"edisi": "final", "batas_persen": 20.0}
    assert type(filled["batas_persen"]) is float


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('nama = "tidak_ada"', "tidak ditemukan"),
        ('nama = "02_reviu_kinerja"', "dibuat lewat [[laporan]]"),
        ('nama = "../rahasia"', "di dalam notebooks/"),
        ('nama = "analisis_desa.ipynb"', "tanpa .ipynb"),
        ('nama = "analisis_desa"\nsebutan = "a/b"', "hanya huruf, angka, dan garis bawah"),
        ('nama = "analisis_desa"\nsebutan = "periksa"', "dipakai laporan"),
        ('sebutan = "x"', "nama wajib ada"),
    ],
)
def test_a_notebook_is_there_by_a_name_that_stays_in_its_folder(read, text, why):
    assert why in _faults(read, f"[[notebook]]\n{text}")[0].apa


@pytest.mark.parametrize(
    ("parameter", "why"),
    [
        ("tahun = 0", "kode_kabupaten sebagai teks"),
        ('kode_kabupaten = ""', "tahun sebagai bilangan bulat"),
        ("kode_kabupaten = 12.10\ntahun = 0", "kode_kabupaten sebagai teks"),
        ('kode_kabupaten = ""\ntahun = "2024"', "tahun sebagai bilangan bulat"),
        ('kode_kabupaten = ""\ntahun = len("2024")', "hanya boleh berisi nama = nilai"),
    ],
)
def test_a_notebook_declares_kabupaten_and_year_as_the_plan_fills_them(read, ruang, parameter, why):
    write_notebook(ruang.notebooks / "lain.ipynb", "1", parameter=parameter)
    assert why in _faults(read, '[[notebook]]\nnama = "lain"')[0].apa


def test_identity_in_a_plan_is_masked(read):
    (fault,) = _faults(read, f'edisi = "{NIK}"')
    assert NIK not in fault.pesan


@pytest.mark.parametrize("text", ["kabupaten = [", "a = 1\na = 2"])
def test_what_is_no_toml_is_refused_with_its_place(read, text):
    with pytest.raises(DefinisiError, match="Rencana tidak dapat dibaca"):
        read(text)
