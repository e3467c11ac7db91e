"""Documents follow the declarations: generated ones are fresh, every official word is explained."""

import re
from pathlib import Path

import pytest
from skrip import load_script

from reviu_lib import catalog

ROOT = Path(__file__).resolve().parents[1]
GLOSARIUM = (ROOT / "docs" / "glosarium.md").read_text("utf-8")
TABEL = {**catalog.tabel_masukan(), **catalog.tabel_hasil(), **catalog.tabel_banding()}
PILIHAN = {
    (kolom.nama, kata)
    for tabel in TABEL.values()
    for kolom in tabel.kolom
    for kata in kolom.pilihan
}


BUILDER = load_script("build_docs")


def glossary_rows():
    """Return each explained word with its row."""
    rows = [line for line in GLOSARIUM.splitlines() if line.startswith("| ")]
    return {
        word.strip().lower(): row
        for row in rows
        for word in re.split(r"[,()]", row.split("|")[1])
        if word.strip()
    }


@pytest.mark.parametrize("name", ["kamus", "asumsi", "metodologi", "uji_baca"])
def test_a_generated_document_is_up_to_date(name):
    file = {"kamus": "kamus-data.md", "uji_baca": "uji-baca.md"}.get(name, f"{name}.md")
    fresh = getattr(BUILDER, f"build_{name}")()
    committed = (ROOT / "docs" / file).read_text("utf-8")
    assert committed == fresh, "jalankan: python scripts/build_docs.py"


def test_every_assumed_card_and_threshold_is_listed_with_its_file():
    asumsi = (ROOT / "docs" / "asumsi.md").read_text("utf-8")
    for name in ("r1", "r2"):
        for card in catalog.load_indikator(name).values():
            listed = f"`indikator/{name}/{card.kode}.toml`" in asumsi
            assumed = [card.status, *(target.status for target in card.target)]
            assert listed == ("asumsi" in assumed)
    for key, item in catalog.load_ambang().angka.items():
        assert (f"`angka.{key}`" in asumsi) == (item.status == "asumsi")


def test_every_key_of_a_definition_file_has_a_meaning():
    kamus = (ROOT / "docs" / "kamus-data.md").read_text("utf-8")
    keys = kamus.split("## Kunci berkas definisi")[1]
    without = re.findall(r"^\| `(\w+)` \|[^|]*\|[^|]*\|  \|$", keys, re.MULTILINE)
    assert set(without) <= {
        "nama", "arti", "judul", "uraian", "format", "jenis", "satuan", "opd", "sumber_data",
        "pembilang", "penyebut", "target", "kelas", "kolom", "wajib", "pilihan", "min", "max",
        "tindakan", "saran",
    }  # fmt: skip


@pytest.mark.parametrize("nama", list(TABEL))
def test_every_table_name_is_explained_in_the_glossary(nama):
    assert nama.replace("_", " ") in glossary_rows()


@pytest.mark.parametrize(("kolom", "kata"), sorted(PILIHAN))
def test_every_choice_is_explained_beside_its_column(kolom, kata):
    row = glossary_rows()[kolom]
    assert re.search(rf"(?<!\w){re.escape(kata)}(?!\w)", row)


def test_glossary_rows_all_have_an_english_word():
    rows = [line for line in GLOSARIUM.splitlines() if line.startswith("| ")]
    assert all(line.rstrip(" |").split("|")[-1].strip() for line in rows)
