"""What the guide and the README tell people to type works: every fenced block is run or checked.

- `console`, `powershell`: each command is parsed by the real parser (ours, pip's, dask's, make's
  targets). Those in DIJALANKAN are also run, each in a copy of one small workspace; those in LAMA
  take minutes, and the test file named there runs them on the example.
- `toml`: loaded by the models that a workspace loads it with.
- `python`: run on four children.
- `text`: what a screen or a folder shows; not run.

A block of any other kind, or of none, fails.
"""

import re
import shlex
import shutil
import tomllib
from datetime import date
from pathlib import Path

import click
import nbformat
import pandas as pd
import pytest
from perintah import run_reviu
from pip._internal.commands import create_command

from reviu_lib import catalog
from reviu_lib.batch.plan import load_rencana
from reviu_lib.cli.app import _PERINTAH, cli
from reviu_lib.settings import Pengaturan
from reviu_lib.store import Ruang, make_ruang

ROOT = Path(__file__).resolve().parents[1]
UJI = ROOT / "tests"
BLOK = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.S | re.M)
HALAMAN = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
KENAL = {"console", "powershell", "toml", "python", "text"}

DIJALANKAN = {"mulai", "templat", "periksa", "baca", "zskor", "prevalensi", "status", "dokter",
              "jejak", "keluaran"}  # fmt: skip
# Command that takes long or needs the whole example → the tests that run it.
LAMA = {
    "contoh": "example/test_tulis.py",
    "laporan": "acceptance/test_laporan_contoh.py",
    "banding": "batch/test_banding.py",
    "lembar": "acceptance/test_lembar_gladi.py",
    "himpun": "acceptance/test_lembar_gladi.py",
    "rapat": "acceptance/test_rapat_contoh.py",
    "hapus": "batch/test_removal.py",
    "kunci": "cli/privacy/test_kunci.py",
    "lab": "cli/test_commands.py",
}
# Page → where a workspace keeps its TOML blocks. Those of one page have tests of their own.
TOML = {
    "batch.md": "rencana.toml",
    "definisi.md": "definisi/",
    "edisi-publik.md": "definisi/penyamaran.toml",
    "klaster.md": "reviu.toml",
    "rapat.md": "reviu.toml",
}
TOML_DIUJI = {"menambah-tata-letak.md": "ingest/layouts/test_guide.py"}

EPPGBM = (
    "NIK;Nama Anak;JK;Tgl Lahir;Tanggal Pengukuran;Berat;Tinggi;Cara Ukur;Kec;Pukesmas;Desa/Kel\n"
    "1218000101230001;CONTOH SATU;L;01/01/2023;05/08/2024;9,5;80;Terlentang;Perbaungan;Melati;"
    "Adolina\n"
    "1218000101230002;CONTOH DUA;P;02/01/2023;06/08/2024;9;78;Terlentang;Perbaungan;Melati;"
    "Adolina\n"
)
SURVEI = "sex,age,weight,lenhei,measure,oedema,strata,cluster,sw,lapisan,blok_sensus,penimbang\n"
SURVEI += "".join(
    f"m,400,9,{cm},l,n,{strata},{cluster},1,{strata},{cluster},1\n"
    for cm, strata, cluster in [(68, 1, 1), (72, 1, 1), (77, 1, 2), (77, 2, 3), (77, 2, 4)]
)
REKAP = "no;indikator;pembilang;penyebut;capaian\n1;Layanan contoh;1;2;50\n"


def _blocks():
    """Yield page, kind, and text of each fenced block."""
    for page in HALAMAN:
        for _, kind, text in BLOK.findall(page.read_text(encoding="utf-8")):
            yield page.relative_to(ROOT).as_posix(), kind, text


BLOKS = list(_blocks())


def _commands(kind, text):
    """Yield each command of a block as words, without prompt, comment, and `&&`."""
    lines = text.replace("\\", "/").splitlines()
    typed = lines if kind == "powershell" else [line[2:] for line in lines if line[:2] == "$ "]
    for line in typed:
        for one in line.split("&&"):
            yield tuple(shlex.split(one, comments=True))


PERINTAH = sorted({
    (page, words)
    for page, kind, text in BLOKS if kind in ("console", "powershell")
    for words in _commands(kind, text) if words
})  # fmt: skip
UNIK = sorted({words for _, words in PERINTAH})


def _own(words):
    """Return the words after `reviu`, however it is called; None for another program."""
    return list(words[1:]) if Path(words[0]).name == "reviu" else None


KITA = [tuple(own) for words in UNIK if (own := _own(words)) is not None]
PENDEK = sorted({own for own in KITA if own[0] in DIJALANKAN or "--coba" in own})


def test_every_block_is_of_a_known_kind():
    assert [(page, kind) for page, kind, _ in BLOKS if kind not in KENAL] == []


def test_every_fence_is_read_as_a_block():
    for page in HALAMAN:
        fences = re.findall(r"^ *```", page.read_text(encoding="utf-8"), re.M)
        ours = [item for item in BLOKS if item[0] == page.relative_to(ROOT).as_posix()]
        assert len(fences) == 2 * len(ours), page


def test_a_console_block_holds_commands():
    bare = [page for page, kind, text in BLOKS if kind == "console" and "$ " not in text]
    assert bare == []


@pytest.fixture(scope="module")
def ruang_kecil(tmp_path_factory):
    """A workspace of two small tables, and the files that the guide names; read only."""
    root = make_ruang(tmp_path_factory.mktemp("panduan")).root
    for place in ("raw/12.18/2024", "raw/73.12/2024", "raw/73.12/2023", "tambahan"):
        folder = root / "data" / place
        folder.mkdir(parents=True)
        (folder / "rekap.csv").write_text(REKAP, encoding="utf-8")
    for name, text in (("balita", EPPGBM), ("ekspor", EPPGBM), ("survei", SURVEI)):
        (root / f"{name}.csv").write_text(text, encoding="utf-8")
    (root / "unduhan.xlsx").write_bytes(REKAP.encode())
    (root / "ekspor-eppgbm.xlsx").write_bytes(EPPGBM.encode())
    (plan,) = (text for page, kind, text in BLOKS if page.endswith("/batch.md") and kind == "toml")
    (root / "rencana.toml").write_text(plan, encoding="utf-8")
    _write_notebook(root / "notebooks", plan)
    return root


def _write_notebook(folder, plan):
    """Write the notebook that the plan of the guide names, with the parameters that it gives."""
    folder.mkdir(exist_ok=True)
    for part in tomllib.loads(plan)["notebook"]:
        given = part.get("parameter", {})
        known = {"kode_kabupaten": "", "tahun": 0, "edisi": "rapat"} | given
        lines = "\n".join(f"{name} = {value!r}" for name, value in known.items())
        cell = nbformat.v4.new_code_cell(lines, metadata={"tags": ["parameters"]})
        notebook = nbformat.v4.new_notebook(cells=[cell])
        nbformat.write(notebook, folder / f"{part['nama']}.ipynb")


@pytest.fixture
def tempat(ruang_kecil, tmp_path, monkeypatch):
    """A copy of the small workspace, as the current folder."""
    folder = tmp_path / "ruang"
    shutil.copytree(ruang_kecil, folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("REVIU_RUANG", raising=False)
    return folder


@pytest.mark.parametrize("words", sorted(set(KITA)), ids=" ".join)
def test_our_command_is_parsed_by_our_parser(words, tempat):
    command = cli.get_command(click.Context(cli), words[0])
    assert command is not None, f"tidak ada perintah {words[0]}"
    command.make_context(words[0], list(words[1:]))


@pytest.mark.parametrize("words", PENDEK, ids=" ".join)
def test_a_short_command_runs(words, tempat):
    result = run_reviu(*words)
    assert result.exit_code == 0, result.output


def test_every_command_is_run_here_or_by_a_test_that_is_named():
    assert set(_PERINTAH) == DIJALANKAN | set(LAMA)
    for command, file in LAMA.items():
        assert command in (UJI / file).read_text(encoding="utf-8"), file


def test_the_page_for_developers_names_the_commands_that_are_not_run_here():
    page = (ROOT / "docs" / "panduan" / "pengembang.md").read_text(encoding="utf-8")
    named = re.search(r"yang lama \(([^)]*)\)", page)[1]
    assert set(re.findall(r"`(\w+)`", named)) == set(LAMA)


def test_the_guide_shows_every_command():
    assert set(_PERINTAH) - {own[0] for own in KITA} == set()


def _check_make(words):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    names = [word.split("=")[0] for word in words[1:] if "=" in word]
    assert {word for word in words[1:] if "=" not in word} <= targets
    assert [name for name in names if f"$({name})" not in makefile] == []


def _check_python(words):
    if words[1:3] == ("-m", "venv"):
        assert words[3] == ".venv"
        return
    if words[1].endswith(".py"):
        given = {word for word in words[2:] if word.startswith("--")}
        assert given <= _options(ROOT / words[1])
        return
    assert words[1:3] == ("-m", "pip")
    options, _ = create_command(words[3]).parse_args(list(words[4:]))
    bundled = "roda" in words
    files = [name for name in options.requirements if not bundled]
    assert [name for name in files if not (ROOT / name).is_file()] == []


def _options(script):
    return set(re.findall(r'add_argument\("(--[a-z]+)"', script.read_text(encoding="utf-8")))


def _check_pytest(words):
    assert (ROOT / words[-1]).is_file()


def _check_conda(words):
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert words in {
        ("conda", "env", "create", "-f", "environment.yml"),
        ("conda", "activate", re.search(r"^name: (\w+)", text, re.M)[1]),
    }


def _check_dask(words):
    module = pytest.importorskip(f"distributed.cli.dask_{words[1]}")
    module.main.make_context(words[1], list(words[2:]))


def _check_source(words):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    venv = re.search(r"^VENV := (\S+)", makefile, re.M)[1]
    assert words == ("source", f"{venv}/bin/activate")


def _check_cd(words):
    made = {own[1] for own in KITA if own[0] == "mulai"}
    cloned = {words[-1] for words in UNIK if words[:2] == ("git", "clone")}
    assert words[1] in made | cloned


def _check_git(words):
    assert words[:2] == ("git", "clone")


def _check_pip(words):
    _check_python(("python", "-m", *words))


PROGRAM = {
    "make": _check_make,
    "python": _check_python,
    "python3": _check_python,
    "py": _check_python,
    "pip": _check_pip,
    "pytest": _check_pytest,
    "conda": _check_conda,
    "dask": _check_dask,
    "source": _check_source,
    "cd": _check_cd,
    "git": _check_git,
}


@pytest.mark.parametrize("words", [w for w in UNIK if _own(w) is None], ids=" ".join)
def test_a_command_of_another_program_is_known_and_agrees_with_the_project(words):
    PROGRAM[Path(words[0]).name](words)


def test_every_toml_block_has_a_place_in_a_workspace_or_tests_of_its_own():
    pages = {Path(page).name for page, kind, _ in BLOKS if kind == "toml"}
    assert pages == set(TOML) | set(TOML_DIUJI)
    for page, file in TOML_DIUJI.items():
        assert page in (UJI / file).read_text(encoding="utf-8")


def _toml(page):
    return [text for name, kind, text in BLOKS if kind == "toml" and Path(name).name == page]


@pytest.mark.parametrize("page", [page for page, place in TOML.items() if place == "reviu.toml"])
def test_settings_of_the_guide_are_accepted(page):
    for text in _toml(page):
        Pengaturan.model_validate(tomllib.loads(text))


def test_the_plan_of_the_guide_is_accepted(tempat):
    plan = load_rencana(tempat / "rencana.toml", Pengaturan(), ruang=Ruang(tempat))
    assert len(plan.bagian_laporan) == 2


@pytest.fixture
def definisi(tmp_path):
    """A function that makes declarations active; the packaged ones come back afterwards."""

    def use(files):
        for name, text in files.items():
            path = tmp_path / "definisi" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        catalog.use_definisi(tmp_path / "definisi")

    yield use
    catalog.use_definisi(tmp_path / "tidak-ada")


def test_the_declarations_of_the_guide_make_a_new_year(definisi):
    era, *named = _toml("definisi.md")
    files = {re.match(r"# definisi/(\S+)", text)[1]: text for text in named}
    definisi(files | {"aturan/r2.toml": era})
    new = catalog.load_aturan(2026)
    assert (new.kode, new.set_indikator) == ("r4", "r4")
    assert "E12" not in catalog.load_indikator("r4")
    assert [t.nilai for t in catalog.load_indikator("r4")["F01"].target] == [90]
    assert {aksi.kode: aksi.bobot for aksi in catalog.load_aturan(2023).aksi}["4"] == 2.0


def test_the_limits_of_the_guide_take_the_place_of_ours(definisi):
    (text,) = _toml("edisi-publik.md")
    definisi({"penyamaran.toml": text})
    limits = catalog.load_penyamaran().angka
    assert {name: limits[name].nilai for name in tomllib.loads(text)["angka"]} == {
        "cacah_minimum": 10,
        "lebar_minimum": 10,
    }


def _anak():
    """Return four children in the columns that the blocks of Python name."""
    return pd.DataFrame({
        "id_anak": ["a", "a", "b", "c"],
        "kode_desa": "12.18.02.2001",
        "jenis_kelamin": ["L", "L", "P", "P"],
        "usia_hari": [560, 580, 700, 800],
        "berat_kg": [9.5, 9.6, 9.0, 11.0],
        "tinggi_cm": [78.0, 79.0, 77.5, 85.0],
        "cara_ukur": ["Terlentang", "Terlentang", "Terlentang", "Berdiri"],
        "tanggal_ukur": [pd.Timestamp(date(2024, 8, day)) for day in (1, 20, 5, 6)],
    })  # fmt: skip


@pytest.mark.parametrize("page", sorted({p for p, kind, _ in BLOKS if kind == "python"}))
def test_python_of_the_guide_runs(page, tempat):
    who = pd.read_csv("survei.csv")
    for text in (text for name, kind, text in BLOKS if (name, kind) == (page, "python")):
        names = {"tabel": _anak(), "survei": who, "who": who}
        exec(compile(text, page, "exec"), names)
        assert len(names["z" if "z" in names else "lebar"]) > 0


@pytest.mark.parametrize("page", HALAMAN, ids=lambda page: page.stem)
def test_a_test_that_a_document_names_exists(page):
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text(encoding="utf-8"))
    for file, name in named:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8") if name else True, name
        assert (ROOT / file).is_file()
