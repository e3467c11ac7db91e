"""The Jupyter kernel of a report: this very Python, its own sockets, a quiet environment."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_core.utils import run_sync
from traitlets import default

# Longest path of a Unix socket that every system accepts, less the suffix jupyter adds.
_SOCKET_PATH_LIMIT = 92
_running: set[int] = set()


def prepare_environment(root: Path, threads: int = 1) -> None:
    """Set what kernels started by this process inherit.

    Figures are drawn without a display and shown below their cell, as in JupyterLab; numeric
    libraries take `threads` each, because several reports run side by side; Jupyter writes into a
    private folder that goes with the process, so that a home folder that cannot be written does
    no harm.
    """
    private = tempfile.mkdtemp(prefix="reviu-")
    os.environ.update(
        {
            "REVIU_RUANG": str(root),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "JUPYTER_RUNTIME_DIR": private,
            "IPYTHONDIR": private,
            "JUPYTER_PLATFORM_DIRS": "1",
            "PYTHONSAFEPATH": "1",
            "PYTHONUTF8": "1",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            **dict.fromkeys(
                ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads)
            ),
        }
    )


def runtime_folder() -> Path:
    """Return the private folder made by `prepare_environment`."""
    return Path(os.environ["JUPYTER_RUNTIME_DIR"])


class ReviuKernelManager(AsyncKernelManager):
    """Starts kernels with this interpreter, whatever kernelspecs are installed.

    Where sockets can be files (not on Windows), each kernel has its own: two kernels that start
    at once can then never be given the same port.
    """

    _module = "ipykernel_launcher"

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel: ipykernel of this interpreter."""
        command = [sys.executable, "-P", "-m", self._module, "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")

    @default("transport")
    def _transport_default(self) -> str:
        return "ipc" if _sockets_can_be_files() else "tcp"

    def _ip_default(self) -> str:
        if self.transport == "tcp":
            return "127.0.0.1"
        return str(runtime_folder() / secrets.token_hex(4))

    async def _async_post_start_kernel(self, **kw: Any) -> None:
        await super()._async_post_start_kernel(**kw)
        if pid := getattr(self.provisioner, "pid", None):
            _running.add(pid)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        _running.discard(getattr(self.provisioner, "pid", None) or 0)
        await super()._async_cleanup_resources(restart)

    cleanup_resources = _async_cleanup_resources


class WarmKernelManager(ReviuKernelManager):
    """Starts kernels that load the libraries before they are asked anything."""

    _module = "reviu_lib.batch.engines.warm"


def start_kernel(folder: str) -> WarmKernelManager:
    """Return the manager of a kernel that has begun to start in `folder`."""
    manager = WarmKernelManager()
    run_sync(manager.start_kernel)(cwd=folder)
    return manager


def _sockets_can_be_files() -> bool:
    return sys.platform != "win32" and len(str(runtime_folder())) < _SOCKET_PATH_LIMIT - 12


def kill_kernels() -> None:
    """End every kernel this process started and that still runs."""
    for pid in tuple(_running):
        _running.discard(pid)
        kill_process(pid)


def kill_process(pid: int) -> None:
    """End a process at once, if it is still there."""
    with suppress(OSError):
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
