"""Inside the process of one notebook: an IPython shell whose messages go into a pipe.

The shell, its display hook, and its messages are those of ipykernel; only the way out differs, so
that what arrives is what a kernel would have sent.
"""

from __future__ import annotations

import asyncio
import builtins
import ctypes
import getpass
import io
import json
import os
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import ExecutionResult
from IPython.core.shellapp import InteractiveShellApp
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from traitlets.config import Config

# Text waits at most so long before it is sent, in seconds (as in ipykernel), or so many letters.
_JEDA_ALIRAN = 0.2
_PENUH = 65536
# Longest line the process accepts: one cell.
_BARIS_TERPANJANG = 1 << 26


class PipeSession(Session):
    """A Jupyter session whose messages are lines of JSON in a pipe."""

    def attach(self, pipe: int) -> None:
        """Send into `pipe` from now on; other processes of the notebook send nothing."""
        self._pipe, self._owner, self._lock = pipe, os.getpid(), threading.Lock()

    @property
    def is_mine(self) -> bool:
        """Whether this is the process that was attached, not one that a cell started."""
        return os.getpid() == self._owner

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> None:  # type: ignore[override]
        """Write one message; `stream` and the routing that follows mean nothing here."""
        msg = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content)
        if self.is_mine:
            kept = {key: msg[key] for key in ("msg_type", "header", "parent_header", "content")}
            line = json.dumps(kept, default=json_default).encode() + b"\n"
            with self._lock:
                _write_all(self._pipe, line)


def _write_all(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


class PipeStream(io.TextIOBase):
    """Standard output or error of the cells: gathered a moment, then sent as one message."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, name: str, session: PipeSession, fd: int) -> None:
        self.name, self.session, self.fd = name, session, fd
        self.parts: list[str] = []
        self.size, self.since = 0, 0.0
        self.lock = threading.RLock()

    def writable(self) -> bool:
        """Text may be written."""
        return True

    def isatty(self) -> bool:
        """No terminal."""
        return False

    def fileno(self) -> int:
        """Return the pipe that programs started by a cell write into."""
        return self.fd

    def write(self, text: str) -> int:
        """Keep `text` until it is worth a message; return its length."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if not self.session.is_mine:
            os.write(self.fd, text.encode("utf-8", "replace"))
            return len(text)
        with self.lock:
            now = time.monotonic()
            self.since = self.since if self.parts else now
            self.parts.append(text)
            self.size += len(text)
            if self.size >= _PENUH or now - self.since >= _JEDA_ALIRAN:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what was kept."""
        with self.lock:
            text = "".join(self.parts)
            self.parts, self.size = [], 0
            if text and self.session.is_mine:
                self.session.send(None, "stream", {"name": self.name, "text": text})


def make_shell() -> ZMQInteractiveShell:
    """Return an unused shell, made before the fork so that no notebook waits for it."""
    config = Config()
    config.HistoryManager.enabled = False  # no file, no thread; %history works all the same
    session = PipeSession()
    kernel = SimpleNamespace(eventloop=None)  # looked at when a cell says exit()
    shell = ZMQInteractiveShell.instance(
        config=config, kernel=kernel, compiler_class=XCachingCompiler
    )
    shell.displayhook.session = shell.display_pub.session = session
    shell.displayhook.topic = b"execute_result"
    assert shell.extension_manager is not None
    shell.extension_manager.load_extension("storemagic")
    InteractiveShellApp().init_path()
    return shell


def serve(shell: ZMQInteractiveShell, commands: int, messages: int) -> NoReturn:
    """Run the cells that come through `commands`, answer through `messages`, and end."""
    session: PipeSession = shell.display_pub.session
    session.attach(messages)
    sys.stdout = sys.__stdout__ = PipeStream("stdout", session, 1)  # type: ignore[assignment,misc]
    sys.stderr = sys.__stderr__ = PipeStream("stderr", session, 2)  # type: ignore[assignment,misc]
    builtins.input = _refuse_input
    getpass.getpass = _refuse_password
    shell.user_ns["_dh"][:] = [Path.cwd()]
    if "numpy" in sys.modules:  # else every notebook would draw the same random numbers
        sys.modules["numpy"].random.seed()
    asyncio.run(_serve(shell, session, commands))
    os._exit(0)


def _refuse_input(prompt: object = "") -> NoReturn:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )


def _refuse_password(prompt: str = "", stream: Any = None) -> NoReturn:
    raise StdinNotImplementedError(
        "getpass was called, but this frontend does not support input requests."
    )


async def _serve(shell: ZMQInteractiveShell, session: PipeSession, commands: int) -> None:
    reader = asyncio.StreamReader(limit=_BARIS_TERPANJANG)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(commands, "rb", 0)
    )
    while line := await reader.readline():
        session.send(None, "status", {"execution_state": "busy"})
        code = json.loads(line)
        told = {"code": code, "execution_count": shell.execution_count}
        session.send(None, "execute_input", told)
        reply = _reply(shell, await _run_cell(shell, code))
        sys.stdout.flush()
        sys.stderr.flush()
        ctypes.CDLL(None).fflush(None)  # what C libraries printed
        session.send(None, "execute_reply", reply)
        session.send(None, "status", {"execution_state": "idle"})
        if shell.exit_now:
            return


async def _run_cell(shell: ZMQInteractiveShell, code: str) -> ExecutionResult:
    """Run one cell as ipykernel does: only a cell that awaits is a coroutine of the loop."""
    failed = None
    try:
        transformed = shell.transform_cell(code)
    except Exception:  # noqa: BLE001  the shell reports it as the fault of the cell
        transformed, failed = code, sys.exc_info()
    ready = {"transformed_cell": transformed, "preprocessing_exc_tuple": failed}
    if not shell.should_run_async(code, **ready):
        return shell.run_cell(code, store_history=True)
    shell._last_traceback, shell._last_traceback_during_displayhook = None, False
    result = None
    try:
        result = await shell.run_cell_async(code, store_history=True, **ready)
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    return result


def _reply(shell: ZMQInteractiveShell, result: ExecutionResult) -> dict[str, Any]:
    count = {"execution_count": shell.execution_count - 1}
    if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
        return {"status": "ok", **count}
    error = result.error_before_exec or result.error_in_exec
    told = {"ename": type(error).__name__, "evalue": str(error)}
    return {"status": "error", "traceback": shell._last_traceback or [], **told, **count}
