"""Header-less files of Belitung Timur: refused, and read with the columns their README tells."""

import re
import tomllib

import pytest

from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.layouts.proposals import propose_mapping, write_usulan_pemetaan
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.ingest.sources import open_source

from ..conftest import KUNCI

_WILAYAH = {"puskesmas": "Puskesmas", "kecamatan": "Kecamatan", "tahun": "Tahun"}
_TANPA_WILAYAH = {"jenisJaminan", "jenisTPP"}
_SETIAP = 4  # every fourth file: each kind of them, in a quarter of the time


@pytest.fixture(scope="module")
def kolom(shared):
    """The documented columns of each file that has a row for each place or year."""
    readme = (shared / "data" / "real" / "README.md").read_text()
    rows = re.findall(r"^\| (bab_\S+\.csv) \| ([^|]+) \|", readme, re.M)
    columns = {name: [word.strip() for word in words.split(",")] for name, words in rows}
    files = shared / "data" / "real" / "belitung_timur_2022_2023"
    kept = {path.name for path in sorted(files.glob("bab_*.csv"))[::_SETIAP]}
    return {
        name: words
        for name, words in columns.items()
        if name in kept and words[0] not in _TANPA_WILAYAH
    }


@pytest.fixture(scope="module")
def bahan(shared, kolom, tmp_path_factory):
    """All bab_* files of 2023 with a mapping of the documented ones."""
    folder = tmp_path_factory.mktemp("beltim") / "data" / "raw" / "19.06" / "2023"
    folder.mkdir(parents=True)
    source = shared / "data" / "real" / "belitung_timur_2022_2023"
    for path in sorted(source.glob("bab_*.csv"))[::_SETIAP]:
        (folder / path.name).write_bytes(path.read_bytes())
    text = "\n".join(_entry(name, words) for name, words in kolom.items())
    (folder / "pemetaan.toml").write_text(text)
    return build_bahan(folder, kode_kabupaten="19.06", tahun=2023, kunci=KUNCI)


def _entry(name, words):
    given = ", ".join(f'"{title}"' for title in (_WILAYAH[words[0]], *words[1:]))
    lines = [f'[[berkas]]\nnama = "{name}"\nbaris_judul = "tanpa judul"\nbentuk = "lebar"',
             f"judul_kolom = [{given}]\ntahun = 2023"]  # fmt: skip
    if words[0] == "tahun":
        lines.append('konstanta = { kabupaten = "Kabupaten Belitung Timur" }')
    for word in words[1:]:
        lines.append(f'[berkas.ukuran.{word}]\npersen = ["{word}"]\nindikator = "{name} {word}"')
    return "\n".join(lines)


def test_every_documented_file_is_read_and_no_other(bahan, kolom):
    assert {"T17", "T18", "T20"}.isdisjoint(bahan.temuan["kode"]), bahan.temuan["uraian"].tolist()
    named = {
        kode: {name[11:] for name in bahan.temuan.loc[bahan.temuan["kode"] == kode, "berkas"]}
        for kode in ("T19", "B07")
    }
    everything = {name[11:] for name in bahan.neraca_baris["berkas"]}
    assert named["T19"] == set(kolom)
    assert named["B07"] == everything - set(kolom)


def test_every_row_of_every_file_is_used_or_set_aside(bahan):
    assert list_unaccounted(bahan.neraca_baris).empty


def test_the_figures_are_those_of_the_file(bahan):
    pendek = bahan.capaian_terbit.set_index("indikator").loc[
        "bab_05_25_dataStatusGiziBalita.csv balitaPendek"
    ]
    assert pendek["persen"].between(0, 100).all()
    assert set(pendek["tingkat"]) >= {"puskesmas"}


def test_an_unmapped_file_of_it_gets_a_proposal_without_a_single_name(shared, tmp_path):
    folder = shared / "data" / "real" / "belitung_timur_2022_2023"
    proposals = []
    for path in sorted(folder.glob("bab_0[57]*.csv"))[::_SETIAP]:
        proposals += [propose_mapping(grid, berkas=path.name) for grid in open_source(path).asing]
    text = write_usulan_pemetaan(tmp_path / "usulan.toml", proposals).read_text()
    assert len(tomllib.loads(text)["berkas"]) == len(proposals) > 10
    assert "Manggar" not in text
    wide = [item for item in proposals if item.tabel == "capaian_terbit"]
    assert len(wide) > 0.8 * len(proposals)
