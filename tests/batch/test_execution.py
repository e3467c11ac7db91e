"""An executed notebook keeps results and sections, never tracebacks, paths, or identity."""

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from reviu_lib.batch import kernel
from reviu_lib.batch.execution import Pengawas, _explain, _failure, _save_clean, _Trail

NIK = "1200000101209999"
PARAMETER = {"kode_kabupaten": "12.10", "tahun": 2024}


def _error(name, value):
    return new_output("error", ename=name, evalue=value, traceback=[f"baris {value}"])


def _clean(tmp_path, *outputs, cells=()):
    """Return the notebook that is kept of one cell with these outputs."""
    cell = new_code_cell("x", outputs=list(outputs))
    cell.metadata.update({"papermill": {"start_time": "kini"}, "execution": {"a": "kini"}})
    book = new_notebook(cells=[*cells, cell])
    book.metadata["papermill"] = {"parameters": PARAMETER, "input_path": str(tmp_path)}
    _save_clean(book, tmp_path / "jadi.ipynb")
    return nbformat.read(tmp_path / "jadi.ipynb", as_version=4)


def test_a_foreign_error_keeps_its_kind_and_nothing_it_said(tmp_path):
    (output,) = _clean(tmp_path, _error("KeyError", "KENARI ANAK UJI")).cells[0].outputs
    assert (output.ename, output.traceback) == ("KeyError", [])
    assert "reviu lab" in output.evalue
    assert "KENARI" not in (tmp_path / "jadi.ipynb").read_text()


def test_our_own_error_keeps_its_words_with_identity_masked(tmp_path):
    (output,) = _clean(tmp_path, _error("DataError", f"Baris 3 salah: {NIK}.")).cells[0].outputs
    assert output.evalue == "Baris 3 salah: [NIK disamarkan]."
    assert NIK not in (tmp_path / "jadi.ipynb").read_text()


def test_warnings_go_and_what_was_printed_stays_masked(tmp_path):
    streams = [new_output("stream", name=n, text=f"{n} {NIK}") for n in ("stderr", "stdout")]
    (output,) = _clean(tmp_path, *streams).cells[0].outputs
    assert output.text == "stdout [NIK disamarkan]"


def test_figures_and_tables_stay_as_they_are(tmp_path):
    shown = new_output("display_data", data={"text/html": "<b>1</b>"}, metadata={"alt": "Grafik"})
    (output,) = _clean(tmp_path, shown).cells[0].outputs
    assert (output.data["text/html"], output.metadata["alt"]) == ("<b>1</b>", "Grafik")


def test_of_the_run_only_the_parameters_are_kept(tmp_path):
    book = _clean(tmp_path)
    assert book.metadata["papermill"] == {"parameters": PARAMETER}
    assert "kini" not in (tmp_path / "jadi.ipynb").read_text()
    assert str(tmp_path) not in (tmp_path / "jadi.ipynb").read_text()


def test_marks_of_the_failed_cell_go_and_cells_are_numbered_anew(tmp_path):
    mark = new_markdown_cell("galat", metadata={"tags": ["papermill-error-cell-tag"]})
    book = _clean(tmp_path, cells=[mark, new_markdown_cell("# Satu")])
    assert [(cell.id, cell.source) for cell in book.cells] == [
        ("sel-000", "# Satu"),
        ("sel-001", "x"),
    ]


def test_the_same_run_twice_gives_the_same_bytes(tmp_path):
    output = new_output("stream", name="stdout", text="é ≥ “x”")
    copies = []
    for _ in range(2):
        _clean(tmp_path, output)
        copies.append((tmp_path / "jadi.ipynb").read_bytes())
    assert copies[0] == copies[1]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DataError", f"\x1b[31mNilai {NIK}\x1b[0m.", "Nilai [NIK disamarkan]"),
        ("RuangError", "Folder tidak ada.", "Folder tidak ada"),
        ("KeyError", "KENARI", "galat tak terduga (KeyError)"),
        ("NotebookTerhenti", "sel berjalan lebih dari 2 detik", "sel berjalan lebih dari 2 detik"),
        ("SystemExit", "KENARI", "galat tak terduga (SystemExit)"),
    ],
)
def test_only_our_own_errors_are_quoted(name, value, told):
    error = papermill.PapermillExecutionError(0, 1, "x", name, value, [])
    assert _explain(error) == told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([0], ["pembuka"]),
        ([0, 1, 2, 3, 4], ["pembuka", "Satu", "Dua"]),
        ([0, 3, 3, 9], ["pembuka", "Satu", "Dua"]),
    ],
)
def test_each_section_is_told_once_when_it_begins(cells, told):
    # papermill puts one cell behind the parameters, so that source cell 2 runs as cell 3
    heard = []
    trail = _Trail(["pembuka", "Satu", "Satu", "Dua"], 0, Pengawas(heard.append))
    for index in cells:
        trail(cell_index=index)
    assert heard == told


def test_a_failure_names_the_section_or_the_opening():
    trail = _Trail(["pembuka"], 0, Pengawas(lambda title: None))
    assert _failure(trail, "sebab").di == "bagian “pembuka”"
    trail.section = "Anggaran"
    assert (_failure(trail, "sebab").di, _failure(trail, "sebab").apa) == (
        "bagian “Anggaran”", "Notebook berhenti: sebab.",
    )  # fmt: skip


@pytest.fixture
def lingkungan(tmp_path, monkeypatch):
    """The environment that kernels of a workspace inherit."""
    for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "REVIU_RUANG", "MPLBACKEND"):
        monkeypatch.setenv(name, "lama")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("os.environ", dict(kernel.os.environ))
    kernel.prepare_environment(tmp_path / "ruang kerja", threads=3)
    return kernel.os.environ


def test_notebooks_inherit_workspace_display_and_threads(lingkungan, tmp_path):
    assert lingkungan["REVIU_RUANG"] == str(tmp_path / "ruang kerja")
    assert lingkungan["MPLBACKEND"].endswith("backend_inline")
    assert {lingkungan[f"{name}_NUM_THREADS"] for name in ("OMP", "OPENBLAS", "MKL")} == {"3"}


def test_jupyter_writes_into_a_private_folder_and_not_into_the_home(lingkungan, tmp_path):
    folder = kernel.runtime_folder()
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    assert lingkungan["IPYTHONDIR"] == str(folder)


def test_the_kernel_is_this_very_python_and_never_reads_code_from_the_folder(lingkungan):
    command = kernel.ReviuKernelManager().kernel_spec.argv
    assert command[:4] == [kernel.sys.executable, "-P", "-m", "ipykernel_launcher"]
    assert lingkungan["PYTHONSAFEPATH"] == "1"
    assert lingkungan["PYTHONUTF8"] == "1"
