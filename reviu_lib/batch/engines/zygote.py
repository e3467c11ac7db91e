"""A warm process that does nothing but fork: each notebook begins as a copy of it.

It is forked from the worker before that does anything, has one thread, and runs no cell itself, so
that every notebook finds the same fresh state and all its memory goes back when it ends.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import signal
import socket
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

from reviu_lib.batch.engines import warm_up

_PR_SET_PDEATHSIG = 1
_MEGABITA = 1024 * 1024
_PESAN_TERPANJANG = 65536
# A notebook ends before its garbage matters: looked for less often than Python does by itself, it
# saves a twelfth of the time of a review.
_PUNGUT = (50_000, 20, 50)


@dataclass
class Child:
    """The process of one notebook and the ends of its pipes."""

    pid: int
    commands: int
    messages: int
    stdout: int
    stderr: int

    def close(self) -> None:
        """End the process with whatever it started, and close the pipes."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        for pipe in (self.commands, self.messages, self.stdout, self.stderr):
            os.close(pipe)


class Zygote:
    """The warm process, as its owner sees it."""

    def __init__(self) -> None:
        warm_up()
        import_module("reviu_lib.batch.engines.child")
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        owner = os.getpid()
        gc.collect()
        self.pid = os.fork()
        if self.pid == 0:
            _run_guarded(lambda: _breed(theirs, owner))
        theirs.close()
        self.child: Child | None = None

    def spawn(self, folder: str, memory_mb: int | None) -> Child:
        """Return a new process in `folder`, allowed so much memory beyond what it starts with."""
        pipes = [os.pipe() for _ in range(4)]
        theirs = [pipes[0][0], pipes[1][1], pipes[2][1], pipes[3][1]]
        ours = [pipes[0][1], pipes[1][0], pipes[2][0], pipes[3][0]]
        request = json.dumps({"folder": folder, "memori_mb": memory_mb}).encode()
        try:
            socket.send_fds(self.control, [request], theirs)
            pid = json.loads(self.control.recv(_PESAN_TERPANJANG) or b"0")
        except OSError:
            pid = 0
        for pipe in theirs:
            os.close(pipe)
        if not pid:
            for pipe in ours:
                os.close(pipe)
            raise BrokenPipeError("the warm process is gone")
        self.child = Child(pid, *ours)
        return self.child

    def end(self, child: Child, status: int | None) -> None:
        """End a process, and wait for its status unless that is known."""
        child.close()
        self.child = None
        if status is None:
            self.read_status()

    def read_status(self) -> int:
        """Return how the last process ended, as os.waitpid tells it; 9 when nobody knows."""
        try:
            return int(self.control.recv(_PESAN_TERPANJANG) or b"9")
        except OSError:
            return signal.SIGKILL

    def close(self) -> None:
        """End the warm process and what it forked."""
        if self.child:
            with suppress(OSError):
                os.killpg(self.child.pid, signal.SIGKILL)
        with suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.control.close()


def _run_guarded(task: Any) -> NoReturn:
    """Run `task` in a forked process, which never goes back into what its parent was doing."""
    try:
        task()
    except BaseException:  # noqa: BLE001  where standard error is a pipe, the owner reads why
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def _breed(control: socket.socket, owner: int) -> None:
    """Fork one process for each request, and tell its number and then how it ended."""
    _settle(owner, {control.fileno()})
    from reviu_lib.batch.engines.child import make_shell

    shell = make_shell()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_PUNGUT)
    while True:
        request, fds, _, _ = socket.recv_fds(control, _PESAN_TERPANJANG, 4)
        if not request:
            os._exit(0)
        pid = os.fork()
        if pid == 0:
            _run_guarded(lambda told=request, got=fds: _become_notebook(shell, told, got))
        with suppress(OSError):
            os.setpgid(pid, pid)
        for fd in fds:
            os.close(fd)
        control.send(str(pid).encode())
        control.send(str(os.waitpid(pid, 0)[1]).encode())


def _become_notebook(shell: Any, request: bytes, fds: list[int]) -> None:
    from reviu_lib.batch.engines.child import serve

    told = json.loads(request)
    os.setpgid(0, 0)
    os.dup2(fds[2], 1)
    os.dup2(fds[3], 2)
    _settle(os.getppid(), set(fds[:2]), silence=(0,))
    os.chdir(told["folder"])
    _limit_memory(told["memori_mb"])
    serve(shell, fds[0], fds[1])


def _settle(owner: int, keep: set[int], silence: tuple[int, ...] = (0, 1, 2)) -> None:
    """Forget what belongs to the parent: its files, its signals; and end when it ends.

    Files are put aside, not closed: an object that still owns the number would close what comes to
    stand there later.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in silence:
        os.dup2(nothing, fd)
    for fd in map(int, os.listdir("/proc/self/fd")):
        if fd > 2 and fd not in {nothing, *keep}:
            os.dup2(nothing, fd, inheritable=False)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM, signal.SIGIO, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != owner:
        os._exit(0)


def _limit_memory(megabytes: int | None) -> None:
    """Let the process have so much more address space than it has now; None sets no limit."""
    if megabytes:
        with open("/proc/self/statm", encoding="ascii") as file:
            present = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        limit = present + megabytes * _MEGABITA
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
