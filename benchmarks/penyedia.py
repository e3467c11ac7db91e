"""The same notebooks in real ipykernels, each forked from a warm process by a kernel provisioner.

The other of the two ways to keep papermill and not to import for every report (decision 0030); it
is measured here beside ours and used nowhere else. Linux only.

Usage: python benchmarks/penyedia.py RUANG JOBS N, as for skrip_biasa.py.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.provisioning import LocalProvisioner
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from reviu_lib.batch import kernel
from reviu_lib.batch.engines import warm_up

_HIDUP: list[Induk] = []


class Induk:
    """A process that has the libraries loaded and forks a kernel for each connection file."""

    def __init__(self) -> None:
        ours, theirs = multiprocessing.Pipe()
        if os.fork() == 0:
            ours.close()
            self._breed(theirs)
        theirs.close()
        self.pipe = ours

    def start(self, arguments: list[str], folder: str) -> int:
        """Return the number of the process of a new kernel."""
        self.pipe.send((arguments, folder))
        return int(self.pipe.recv())

    def _breed(self, pipe: Any) -> None:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        gc.collect()
        gc.freeze()
        while True:
            try:
                arguments, folder = pipe.recv()
            except EOFError:
                os._exit(0)
            if (pid := os.fork()) == 0:
                self._become_kernel(arguments, folder)
            pipe.send(pid)

    def _become_kernel(self, arguments: list[str], folder: str) -> None:
        from ipykernel.kernelapp import launch_new_instance

        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(folder)
        sys.argv = ["ipykernel_launcher", *arguments]
        launch_new_instance()
        os._exit(0)


class Terpisah:
    """A kernel that is no child of this process, as jupyter_client looks at one."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None as long as it runs."""
        return None if Path(f"/proc/{self.pid}").exists() else 0

    def wait(self) -> int:
        """Return at once: the process that forked it takes note of its end."""
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of the warm process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Return how to reach the new kernel."""
        pid = _HIDUP[0].start(cmd[cmd.index("-f") :], kwargs.get("cwd") or os.getcwd())
        self.process, self.pid, self.pgid = Terpisah(pid), pid, None
        return self.connection_info


def main() -> None:
    """Run the jobs of the command line."""
    root, jobs, processes = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
    sys.modules["rfc3987_syntax"] = None  # as in a worker of ours
    parts = [jobs[number::processes] for number in range(processes)]
    forks = []
    for part in parts:
        if (pid := os.fork()) == 0:
            _run_all(root, part)
            os._exit(0)
        forks.append(pid)
    sys.exit(any(os.waitpid(pid, 0)[1] for pid in forks))


def _run_all(root: Path, jobs: list[Any]) -> None:
    kernel.prepare_environment(root)
    from reviu_lib.report import write_html  # matplotlib reads the environment when it is loaded
    from reviu_lib.store import find_ruang

    find_ruang(root)
    warm_up()
    _HIDUP.append(Induk())
    KernelProvisionerFactory.create_provisioner_instance = _provide  # type: ignore[method-assign]
    for source, page, parameters in jobs:
        book = papermill.execute_notebook(
            source, str(Path(page).with_suffix(".ipynb")), parameters=parameters, cwd=str(root),
            kernel_name="python3", progress_bar=False, request_save_on_cell_execute=False,
            autosave_cell_every=0, kernel_manager_class=kernel.ReviuKernelManager,
        )  # fmt: skip
        write_html(book, Path(page), judul="x")


def _provide(self: Any, kernel_id: str, kernel_spec: Any, parent: Any) -> ForkProvisioner:
    return ForkProvisioner(kernel_id=kernel_id, kernel_spec=kernel_spec, parent=parent)


if __name__ == "__main__":
    main()
