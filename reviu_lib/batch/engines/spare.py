"""papermill engine `kernel`: Jupyter kernels that start before their turn, libraries loaded.

The kernel of the next notebook starts and imports while the present one runs. It runs no cell
before it is used, so that a notebook finds what it would find in a kernel of its own.
"""

from __future__ import annotations

import os
from typing import Any

from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager

from reviu_lib.batch.engines.limits import Terhenti, describe_size
from reviu_lib.batch.kernel import WarmKernelManager, kill_process, start_kernel
from reviu_lib.settings import Batas

_MEGABITA = 1024 * 1024
# Kernels ready for use, by the folder they started in.
_ready: dict[str, WarmKernelManager] = {}


class SpareKernelEngine(Engine):
    """Runs the cells in a kernel that is already there, and starts the next."""

    @classmethod
    def execute_managed_notebook(  # type: ignore[override]
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs: Any
    ) -> None:
        """Run every cell of `nb_man.nb`; limits and hooks are those of `kwargs`."""
        folder = os.getcwd()
        manager = _ready.pop(folder, None) or start_kernel(folder)
        _ready[folder] = start_kernel(folder)
        client = _Client(
            nb_man,
            km=manager,
            on_cell_start=kwargs.get("on_cell_start"),
            startup_timeout=kwargs["start_timeout"],
            timeout=kwargs["execution_timeout"],
            kernel_name=kernel_name,
            shutdown_kernel="immediate",
        )
        client.batas = kwargs.get("batas") or Batas()
        try:
            client.execute(cleanup_kc=True)
        except DeadKernelError:
            if client.size > client.cap:
                raise Terhenti(describe_size(client.batas)) from None
            raise


class _Client(PapermillNotebookClient):
    """Counts what the cells put out, and ends a kernel that never stops talking."""

    batas: Batas = Batas()
    size = 0

    @property
    def cap(self) -> int:
        """The most that all cells together may put out, in bytes."""
        return self.batas.batas_keluaran_mb * _MEGABITA

    def process_message(self, msg: dict[str, Any], *rest: Any) -> Any:
        """Treat a message of the kernel, unless all together have become too much."""
        before = self.size
        self.size += sum(len(str(value)) for value in msg["content"].values())
        if self.size <= self.cap:
            return super().process_message(msg, *rest)
        if before <= self.cap:
            kill_process(self.km.provisioner.pid)
        return None
