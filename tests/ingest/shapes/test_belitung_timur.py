"""Header-less files of Belitung Timur are read with a mapping of their documented columns."""

import re
import shutil

import pytest

from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.ledger import list_unaccounted

from ..conftest import KUNCI

BARIS = re.compile(r"^\| (bab\S+\.csv) \| ([^|]+) \|([^|]*)\|", re.M)
CACAH = re.compile(r"axis: Jumlah")


def _documented(shared):
    """Return the columns and the label of each file that the folder's README documents."""
    text = (shared / "data" / "real" / "README.md").read_text(encoding="utf-8")
    return {name: (columns.split(", "), label) for name, columns, label in BARIS.findall(text)}


def _entry(name, columns, label):
    place, *measures = (column.strip() for column in columns)
    role = "judul" if CACAH.search(label) else "persen"
    head = f'[[berkas]]\nnama = "{name}"\nbaris_judul = "tanpa judul"\nbentuk = "lebar"\n'
    titles = ", ".join(f'"{title}"' for title in (place, *measures))
    parts = [
        f'[berkas.ukuran."{one}"]\n{role} = ["{one}"]\nindikator = "{one}"\n'
        + ('satuan = "persen"\n' if role == "persen" else "")
        for one in measures
    ]
    return f"{head}judul_kolom = [{titles}]\n" + "".join(parts)


@pytest.fixture(scope="module")
def beltim(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("beltim") / "data" / "raw" / "19.06" / "2023"
    shutil.copytree(shared / "data" / "real" / "belitung_timur_2022_2023", folder)
    documented = _documented(shared)
    placed = {
        name: item for name, item in documented.items() if item[0][0] in {"puskesmas", "kecamatan"}
    }
    text = "\n".join(_entry(name, *item) for name, item in placed.items())
    (folder / "pemetaan.toml").write_text(text, encoding="utf-8")
    return build_bahan(folder, kode_kabupaten="19.06", tahun=2023, kunci=KUNCI), placed


def _base(berkas):
    return berkas.rsplit("/", 1)[-1]


def test_every_documented_file_of_places_is_read(beltim):
    bahan, placed = beltim
    read = {_base(berkas) for berkas in bahan.capaian_terbit["berkas"]}
    assert read == set(placed)
    assert list_unaccounted(bahan.neraca_baris).empty


def test_undocumented_files_stay_refused(beltim, shared):
    bahan, placed = beltim
    folder = shared / "data" / "real" / "belitung_timur_2022_2023"
    others = {path.name for path in folder.glob("bab_*.csv")} - set(placed)
    refused = {_base(item) for item in bahan.temuan.loc[bahan.temuan["kode"] == "B07", "berkas"]}
    assert others <= refused


def test_the_last_row_is_the_kabupaten(beltim):
    rows = beltim[0].capaian_terbit
    whole = rows.loc[rows["tingkat"] == "kabupaten"]
    assert set(whole["kode_wilayah"]) == {"19.06"}
    asi = whole.loc[whole["indikator"] == "ASI", "persen"]
    assert asi.tolist() == [46.96]


def _told(bahan, kode, berkas):
    found = bahan.temuan
    here = found.loc[(found["kode"] == kode) & found["berkas"].str.endswith(berkas)]
    assert len(here) == 1
    return here.iloc[0]


def test_safe_sanitation_above_proper_sanitation_is_told(beltim):
    told = _told(beltim[0], "K24", "bab_07_02_dataAksesSanitasi.csv")
    assert "sanitasiAman 100,00 melebihi sanitasiLayak 11,12" in told["uraian"]
    assert told["jumlah"] == 8


def test_more_mothers_at_the_fourth_visit_than_at_the_first_are_told(beltim):
    told = _told(beltim[0], "K24", "bab_05_03_dataK1K4.csv")
    assert "Kelapa Kampit: K4 82,32 melebihi K1 76,22" in told["uraian"]
