"""Whichever engine runs a notebook, the executed notebook is that of papermill's own engine."""

import builtins
import json
import re
from contextlib import suppress

import nbformat
import papermill
import pytest

from reviu_lib.batch import periksa
from reviu_lib.batch.engines.shell import close_zygote
from reviu_lib.batch.execution import Pengawas, _execute, _Trail
from reviu_lib.batch.sources import PERIKSA, REVIU, notebook_folder
from reviu_lib.store import Ruang, find_ruang

from ..ruang_kecil import write_notebook, write_raw
from .conftest import PARAMETER

ANEH = (
    "1 + 1",
    "print('a'); print('b'); _ + Out[2]",
    "import sys; print('galat', file=sys.stderr); print('biasa')",
    "import os; os.write(1, b'langsung\\n'); os.write(2, b'ke galat\\n'); 3",
    "import subprocess; subprocess.run(['echo', 'dari luar']).returncode",
    "import warnings; warnings.warn('hati-hati')",
    "import logging; logging.warning('tercatat')",
    "from IPython.display import HTML, Markdown, clear_output, display, update_display",
    "display('lama', display_id='papan'); print('antara')",
    "display(HTML('<b>1</b>'), metadata={'text/html': {'lebar': 1}}); Markdown('*x*')",
    "update_display('baru', display_id='papan')",
    "h = display(1, display_id=True); h.update(2)",
    "print('hilang'); clear_output(); print('tinggal')",
    "print(1); clear_output(wait=True); print(2)",
    "display({'text/plain': 'polos', 'application/json': {'a': [1, (2, 3)]}}, raw=True)",
    "import asyncio\ntugas = asyncio.create_task(asyncio.sleep(0, 'sesudahnya'))",
    "await asyncio.sleep(0.01)\nawait tugas",
    "type(asyncio.get_running_loop().is_running()).__name__",
    "import pandas as pd; pd.DataFrame({'a': [1, 2], 'b': ['x', None]})",
    "import matplotlib.pyplot as plt; plt.plot([1, 3, 2]); plt.title('Judul')",
    "fig, ax = plt.subplots(figsize=(3, 2)); ax.bar(['a', 'b'], [2, 1]); plt.show()",
    "fig",
    "%config InlineBackend.figure_formats = ['svg']",
    "%matplotlib inline\nplt.figure(figsize=(1, 1)); plt.axis('off');",
    "7;",
    "x = 5\n%who_ls int",
    "!echo halo",
    "%%bash\necho dari bash",
    "%cd -q ..\nimport os; os.path.basename(os.getcwd())",
    "get_ipython().__class__.__name__, __name__, In[1], sys.argv[1:2]",
    "%history -n 1",
    "class Kaya:\n    def _repr_html_(self): return '<i>kaya</i>'\nKaya()",
    "def f():\n    raise ValueError('sengaja')",
)
GAGAL = {
    "galat": "f()",
    "tulisan": "def (",
    "asinkron": "import asyncio\nawait asyncio.sleep(0)\n1 / 0",
    "tampilan": "class R:\n    def _repr_html_(self): raise KeyError('x')\nR()",
    "bersarang": "try:\n    1 / 0\nexcept ArithmeticError as e:\n    raise OSError('luar') from e",
}
# Addresses, the folder a kernel names after its process, and the dates and names in an SVG.
_BERUBAH = (
    r"0x[0-9a-f]{6,}",
    r"/ipykernel_\d+/",
    r"<dc:date>[^<]*",
    r"(?<=id=..)[a-zA-Z]+[0-9a-f]{8,}",
    r"(?<=#)[a-zA-Z]+[0-9a-f]{8,}",
)


@pytest.fixture
def execute(tempat):
    """Run a notebook file by one engine and return it as papermill wrote it."""

    def run(source, mesin, parameters=PARAMETER, cwd=tempat):
        draft = tempat / f"{mesin}.ipynb"
        trail = _Trail(["x"] * 500, 0, Pengawas(lambda title: None, mesin=mesin))
        with suppress(papermill.PapermillExecutionError):
            _execute(source, draft, parameters, trail=trail, cwd=cwd)
        book = nbformat.read(draft, as_version=4)
        nbformat.validate(book)
        assert set(papermill.inspect_notebook(str(draft))) == set(parameters) | {"edisi", "ruang"}
        return book

    return run


def _steady(book):
    """Return a notebook without what differs from one run to the next."""
    for part in (book, *book.cells):
        for name in ("start_time", "end_time", "duration", "input_path", "output_path"):
            part.metadata.get("papermill", {}).pop(name, None)
    for cell in book.cells:
        assert cell.pop("id")
        if "execution" in cell.metadata:
            cell.metadata["execution"] = sorted(cell.metadata["execution"])
        if "outputs" in cell:
            cell.outputs = _joined(cell.outputs)
    text = json.dumps(book, sort_keys=True, indent=1)
    for pattern in _BERUBAH:
        text = re.sub(pattern, "…", text)
    return json.loads(text)


def _joined(outputs):
    """Return the outputs; a kernel cuts one stream into pieces as time has it."""
    kept = []
    for output in outputs:
        if kept and output.get("name") and output.name == kept[-1].get("name"):
            kept[-1]["text"] += output.text
        else:
            kept.append(output)
    return kept


def _check_same(book, other):
    mine, theirs = _steady(book), _steady(other)
    for one, two in zip(mine["cells"], theirs["cells"], strict=True):
        assert one == two
    assert mine["metadata"] == theirs["metadata"]


@pytest.mark.parametrize("mesin", ["cangkang", "kernel"])
def test_every_kind_of_output_is_the_same(execute, tempat, mesin):
    source = write_notebook(tempat / "aneh.ipynb", "# Judul", *ANEH)
    _check_same(execute(source, mesin), execute(source, "papermill"))


@pytest.mark.parametrize("kind", GAGAL)
def test_every_kind_of_failure_is_the_same(execute, tempat, kind):
    cells = (ANEH[-1], "print('sebelum')", GAGAL[kind], "print('sesudah')")
    source = write_notebook(tempat / "gagal.ipynb", *cells)
    _check_same(execute(source, "cangkang"), execute(source, "papermill"))


@pytest.mark.parametrize("cell", ["input('nama?')", "import sys; sys.exit(3)"])
def test_what_no_notebook_may_do_fails_with_the_same_words(execute, tempat, cell):
    # the traceback shows who refuses, and pytest keeps the warning that goes with exit for itself
    source = write_notebook(tempat / "dilarang.ipynb", cell)
    books = [execute(source, mesin) for mesin in ("cangkang", "papermill")]
    mine, theirs = ([c.outputs[0] for c in b.cells if c.get("outputs")] for b in books)
    assert [(o.ename, o.evalue) for o in mine] == [(o.ename, o.evalue) for o in theirs]


def test_a_cell_that_may_fail_stops_nothing(execute, tempat):
    source = write_notebook(tempat / "boleh.ipynb", "1 / 0", "print('sesudah')")
    book = json.loads(source.read_text())
    book["cells"][1]["metadata"]["tags"] = ["raises-exception"]
    source.write_text(json.dumps(book))
    _check_same(execute(source, "cangkang"), execute(source, "papermill"))


@pytest.fixture(scope="module")
def ruang(tempat):
    """A workspace with one small kabupaten, checked."""
    ruang = Ruang(tempat)
    write_raw(ruang, "12.18", 2024)
    periksa("12.18", 2024, ruang=ruang)
    return find_ruang(tempat)


@pytest.mark.parametrize("nama", [PERIKSA, REVIU])
def test_our_own_notebooks_are_the_same(execute, ruang, nama):
    source, parameters = (
        notebook_folder() / f"{nama}.ipynb",
        {"kode_kabupaten": "12.18", "tahun": 2024},
    )
    mine, theirs = (execute(source, mesin, parameters) for mesin in ("cangkang", "papermill"))
    assert mine.metadata.papermill.parameters == parameters
    _check_same(mine, theirs)


def test_nothing_of_a_notebook_is_left_for_the_next(run):
    run(
        "import builtins, matplotlib as mpl, os, pandas as pd, sys",
        "mpl.rcParams['font.size'] = 99; pd.bekas = 1; os.environ['BEKAS'] = '1'; sys.bekas = 1",
        "builtins.bekas = 1; bekas = 1; os.chdir('/'); os.umask(0o777)",
    )
    told = "import builtins, os, sys, matplotlib as mpl, pandas as pd\n"
    told += "[hasattr(m, 'bekas') for m in (builtins, pd, sys)], 'BEKAS' in os.environ, "
    told += "mpl.rcParams['font.size'] == 99, 'bekas' in globals(), os.getcwd() == '/', os.umask(0)"
    (output,) = run(told).cells[-1].outputs
    assert output.data["text/plain"].startswith(
        "([False, False, False], False, False, False, False"
    )
    assert "511" not in output.data["text/plain"]


def test_chance_differs_from_notebook_to_notebook(run):
    told = "import random, numpy as np; random.random(), np.random.rand()"
    assert run(told).cells[-1].outputs != run(told).cells[-1].outputs


def test_files_that_others_left_open_do_no_harm_when_they_are_closed(run, tempat):
    close_zygote()
    builtins.berkas_uji = [(tempat / f"{n}.txt").open("w") for n in range(12)]
    try:
        cell = "import builtins\nfor b in builtins.berkas_uji: b.close()\nprint('tetap')"
        assert run(cell).cells[-1].outputs[0].text == "tetap\n"
    finally:
        del builtins.berkas_uji
        close_zygote()
