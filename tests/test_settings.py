"""reviu.toml: defaults stand until somebody writes a key, and a wrong key is named."""

import tomllib

import pytest
from pydantic import ValidationError

from reviu_lib.errors import DefinisiError
from reviu_lib.settings import CONTOH_BERKAS, EDISI, FORMAT, Batas, Pengaturan, load_pengaturan

BAWAAN = {
    "kabupaten": [], "tahun": [], "edisi": "rapat", "format": ["html", "docx", "pdf", "xlsx"],
    "pekerja": None, "mesin": None, "batas_sel_detik": 900, "batas_laporan_detik": 3600,
    "batas_memori_mb": None, "batas_keluaran_mb": 100, "rapat": [],
    "klaster": "", "tujuan": "",
}  # fmt: skip


@pytest.fixture
def tulis(tmp_path):
    """A function that reads settings of the given text."""

    def read(text, encoding="utf-8"):
        (tmp_path / "reviu.toml").write_bytes(text.encode(encoding))
        return load_pengaturan(tmp_path / "reviu.toml")

    return read


@pytest.mark.parametrize("text", ["", "# kosong\n", CONTOH_BERKAS])
def test_a_file_without_keys_means_the_defaults(tulis, text):
    assert tulis(text).model_dump() == BAWAAN


def test_without_a_file_or_with_a_folder_of_that_name_the_defaults_stand(tmp_path):
    assert load_pengaturan(tmp_path / "reviu.toml").model_dump() == BAWAAN
    (tmp_path / "reviu.toml").mkdir()
    assert load_pengaturan(tmp_path / "reviu.toml").model_dump() == BAWAAN


def test_every_line_of_the_sample_is_valid_once_its_mark_is_removed(tulis):
    lines = [line for line in CONTOH_BERKAS.splitlines() if " = " in line or "[[" in line]
    told = tulis("\n".join(line.removeprefix("# ") for line in lines))
    assert set(tomllib.loads("\n".join(li.removeprefix("# ") for li in lines))) == set(BAWAAN)
    assert (told.kabupaten, told.tahun, told.pekerja) == (["12.18", "73.12"], [2024], 2)


@pytest.mark.parametrize("edisi", EDISI)
@pytest.mark.parametrize("kind", FORMAT)
def test_every_edition_and_format_there_is_may_be_a_default(tulis, edisi, kind):
    told = tulis(f'edisi = "{edisi}"\nformat = ["{kind}"]')
    assert (told.edisi, told.format) == (edisi, [kind])


@pytest.mark.parametrize(
    ("line", "key", "why"),
    [
        ("kabupaten = [12.10]", "kabupaten.0", "tanda kutip"),
        ('kabupaten = ["12.18", 73.12]', "kabupaten.1", "tanda kutip"),
        ('kabupaten = ["12.1"]', "kabupaten.0", 'seperti "12.18"'),
        ('kabupaten = ["12.18.02"]', "kabupaten.0", 'seperti "12.18"'),
        ('kabupaten = ["12.18\\n"]', "kabupaten.0", 'seperti "12.18"'),
        ('kabupaten = "12.18"', "kabupaten", "kurung siku"),
        ("tahun = 2024", "tahun", "kurung siku"),
        ('tahun = ["2024"]', "tahun.0", "tanpa tanda kutip"),
        ("tahun = [2024.0]", "tahun.0", "bilangan bulat"),
        ("tahun = [true]", "tahun.0", "bilangan bulat"),
        ("tahun = [1899]", "tahun.0", "terlalu kecil"),
        ("tahun = [2101]", "tahun.0", "terlalu besar"),
        ('edisi = "Rapat"', "edisi", "tidak termasuk pilihan"),
        ('format = ["odt"]', "format.0", "tidak termasuk pilihan"),
        ('mesin = "Kernel"', "mesin", "tidak termasuk pilihan"),
        ("pekerja = 0", "pekerja", "terlalu kecil"),
        ("pekerja = 65", "pekerja", "terlalu besar"),
        ("batas_sel_detik = 0", "batas_sel_detik", "terlalu kecil"),
        ("batas_laporan_detik = 100000", "batas_laporan_detik", "terlalu besar"),
        ("batas_memori_mb = 2.5", "batas_memori_mb", "bilangan bulat"),
        ('batas_keluaran_mb = "50"', "batas_keluaran_mb", "tanpa tanda kutip"),
        ('pekerja = "2"', "pekerja", "tanpa tanda kutip"),
        ('kabupten = ["12.18"]', "kabupten", "tidak dikenal"),
        ('[kabupaten]\nkode = "12.18"', "kabupaten", "kurung siku"),
    ],
)
def test_a_wrong_key_is_named_with_the_reason_in_indonesian(tulis, line, key, why):
    with pytest.raises(DefinisiError, match=f"Kunci '{key}' pada reviu.toml tidak sah") as caught:
        tulis(line)
    assert why in caught.value.apa
    assert caught.value.di.endswith("reviu.toml")
    assert "Input" not in caught.value.pesan


@pytest.mark.parametrize(
    "line", ["tahun = [1900]", "tahun = [2100]", "pekerja = 1", "pekerja = 64"]
)
def test_the_bounds_themselves_are_allowed(tulis, line):
    key, value = line.split(" = ")
    assert getattr(tulis(line), key) == tomllib.loads(line)[key], value


@pytest.mark.parametrize(
    "text", ["tahun = [", "tahun = 2024\ntahun = 2023", "= 1", "kode = 012", "a = 'x\ny'"]
)
def test_a_file_that_is_not_toml_is_refused_with_the_line(tulis, text):
    with pytest.raises(DefinisiError, match=r"tidak dapat dibaca: .*\(at (line \d|end)") as caught:
        tulis(text)
    assert "pengaturan bawaan" in caught.value.lakukan


def test_a_byte_order_mark_does_no_harm_but_another_encoding_is_refused(tulis):
    assert tulis("tahun = [2021]", "utf-8-sig").tahun == [2021]
    with pytest.raises(DefinisiError, match="tidak dapat dibaca"):
        tulis("# é\ntahun = [2021]", "utf-16")


def test_settings_once_read_cannot_be_changed(tulis):
    with pytest.raises(ValidationError):
        tulis("").edisi = "final"


def test_two_workspaces_do_not_share_their_lists():
    Pengaturan().kabupaten.append("12.18")
    assert Pengaturan().kabupaten == []


def test_limits_are_taken_from_the_settings_alone(tulis):
    told = tulis("pekerja = 3\nbatas_sel_detik = 60\nbatas_memori_mb = 2048")
    assert told.batas == Batas(batas_sel_detik=60, batas_memori_mb=2048)
    assert tulis("").batas == Batas()
