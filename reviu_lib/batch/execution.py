"""One notebook run through papermill, and an output that holds no more than it should."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from reviu_lib import errors
from reviu_lib.batch.engines import choose_mesin, register_engine
from reviu_lib.batch.engines.limits import TERHENTI, Terhenti, describe_time
from reviu_lib.batch.kernel import ReviuKernelManager, runtime_folder
from reviu_lib.batch.sources import (
    Nilai,
    parameters_position,
    section_titles,
    validate_parameters,
)
from reviu_lib.errors import LaporanError
from reviu_lib.files import write_atomic
from reviu_lib.formatting import mask_identity
from reviu_lib.settings import Batas, Mesin

# Longest the start of a kernel may take, in seconds.
BATAS_MULAI = 90
GAGAL = "-gagal"
_TANPA_RINCIAN = (
    "Sel ini gagal. Rinciannya tidak disimpan karena dapat memuat data pribadi; "
    "jalankan notebook ini di JupyterLab (`reviu lab`) untuk melihatnya."
)
_KNOWN_ERRORS = {
    name for name, item in vars(errors).items() if isinstance(item, type) and name != "ReviuError"
} | {"ReviuError", TERHENTI}
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Pengawas:
    """Who hears how a notebook gets on, how much it may take, and what runs it (None: the best)."""

    tell: Callable[[str], None]
    batas: Batas = field(default_factory=Batas)
    mesin: Mesin | None = None


@dataclass
class _Trail:
    """Where a run is: the section of the cell that runs now; and what it may take."""

    titles: list[str]
    injected_after: int
    awas: Pengawas
    section: str = ""
    started: bool = field(default=False)

    def __call__(self, *, cell_index: int, **_: Any) -> None:
        source = cell_index - 1 if cell_index > self.injected_after else cell_index
        self.started = True
        title = self.titles[min(source, len(self.titles) - 1)]
        if title != self.section:
            self.section = title
            self.awas.tell(title)


def run_notebook(
    source: Path,
    output: Path,
    parameters: Mapping[str, Nilai],
    *,
    cwd: Path,
    awas: Pengawas,
) -> NotebookNode:
    """Run `source` with `parameters` in `cwd`, write the notebook to `output`, and return it.

    It may not take more than `awas.batas` allows; `awas.tell` hears the heading of each section as
    it begins. On failure the notebook is written beside `output` with the suffix `-gagal`, without
    tracebacks and values, and LaporanError names the section. A kernel that dies before its first
    cell is started once more.
    """
    checked = validate_parameters(source, parameters)
    trail = _Trail(section_titles(source), parameters_position(source), awas)
    with tempfile.TemporaryDirectory(dir=runtime_folder()) as folder:
        draft = Path(folder) / source.name
        try:
            book = _execute_patiently(source, draft, checked, trail=trail, cwd=cwd)
        except papermill.PapermillExecutionError as error:
            failed = output.with_name(f"{output.stem}{GAGAL}{output.suffix}")
            _save_clean(nbformat.read(draft, as_version=4), failed)
            raise _failure(trail, _explain(error)) from None
        except Terhenti as end:
            raise _failure(trail, str(end)) from None
        except CellTimeoutError:
            raise _failure(trail, describe_time(awas.batas)) from None
        except (DeadKernelError, RuntimeError, BrokenPipeError):
            raise _failure(trail, "proses Python notebook berhenti mendadak") from None
        return _save_clean(book, output)


def _execute_patiently(
    source: Path, draft: Path, parameters: dict[str, Nilai], *, trail: _Trail, cwd: Path
) -> NotebookNode:
    try:
        return _execute(source, draft, parameters, trail=trail, cwd=cwd)
    except RuntimeError:  # nbclient's word for a kernel that died or never answered
        if trail.started:
            raise
        return _execute(source, draft, parameters, trail=trail, cwd=cwd)


def _execute(
    source: Path, draft: Path, parameters: dict[str, Nilai], *, trail: _Trail, cwd: Path
) -> NotebookNode:
    engine = register_engine(choose_mesin(trail.awas.mesin))
    extra = {"batas": trail.awas.batas} if engine else {"kernel_manager_class": ReviuKernelManager}
    return papermill.execute_notebook(
        str(source),
        str(draft),
        parameters=parameters,
        engine_name=engine,
        kernel_name="python3",
        language="python",
        cwd=str(cwd),
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        start_timeout=BATAS_MULAI,
        execution_timeout=trail.awas.batas.batas_sel_detik,
        on_cell_start=trail,
        **extra,
    )


def _failure(trail: _Trail, why: str) -> LaporanError:
    return LaporanError(
        f"Notebook berhenti: {why}.",
        di=f"bagian “{trail.section or 'pembuka'}”",
        lakukan="Perbaiki sebabnya, lalu jalankan perintah yang sama; yang sudah jadi dilewati.",
    )


def _explain(error: papermill.PapermillExecutionError) -> str:
    """Return the message of our own errors; of any other error only its kind."""
    if error.ename in _KNOWN_ERRORS:
        return mask_identity(_ANSI.sub("", error.evalue)).rstrip(".")
    return f"galat tak terduga ({error.ename})"


def _save_clean(book: NotebookNode, output: Path) -> NotebookNode:
    """Write and return the notebook without tracebacks, warnings, paths, and clock times."""
    book.cells = [cell for cell in book.cells if not _is_marker(cell)]
    for number, cell in enumerate(book.cells):
        cell.id = f"sel-{number:03}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [_clean(item) for item in cell.outputs if item.get("name") != "stderr"]
    book.metadata["papermill"] = {"parameters": book.metadata.get("papermill", {})["parameters"]}
    text = nbformat.writes(nbformat.from_dict(book), version=4)
    write_atomic(output, text.encode("utf-8"))
    return book


def _is_marker(cell: Mapping[str, Any]) -> bool:
    tags = cell.get("metadata", {}).get("tags", [])
    return any(tag.startswith("papermill-error-cell") for tag in tags)


def _clean(output: Any) -> Any:
    if output.output_type == "error":
        known = output.ename in _KNOWN_ERRORS
        output.evalue = mask_identity(output.evalue) if known else _TANPA_RINCIAN
        output.traceback = []
    elif output.output_type == "stream":
        output.text = mask_identity(output.text)
    return output
