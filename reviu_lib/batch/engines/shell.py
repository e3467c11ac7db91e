"""papermill engine `cangkang`: the cells run in a process forked from a warm one."""

from __future__ import annotations

import codecs
import json
import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager

from reviu_lib.batch.engines.limits import TERHENTI, Terhenti, describe_size, describe_time
from reviu_lib.batch.engines.zygote import Child, Zygote
from reviu_lib.settings import Batas

_BACAAN = 1 << 18
_MEGABITA = 1024 * 1024
_warm: list[Zygote] = []


def open_zygote() -> Zygote:
    """Return the warm process of this one, made when first asked for."""
    if not _warm:
        _warm.append(Zygote())
    return _warm[0]


def close_zygote() -> None:
    """End the warm process and the notebook that runs in it."""
    while _warm:
        _warm.pop().close()


class ShellEngine(Engine):
    """Runs the cells as papermill's own engine does, without a kernel of their own."""

    @classmethod
    def execute_managed_notebook(  # type: ignore[override]
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs: Any
    ) -> None:
        """Run every cell of `nb_man.nb`; `batas` and `on_cell_start` are taken from `kwargs`."""
        from ipykernel.ipkernel import IPythonKernel

        client = PapermillNotebookClient(nb_man, on_cell_start=kwargs.get("on_cell_start"))
        client.reset_execution_trackers()
        with _Session(kwargs.get("batas") or Batas()) as session:
            for index, cell in enumerate(nb_man.nb.cells):
                if not _run_managed(nb_man, client, session, cell=cell, index=index):
                    break
        nb_man.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        client.set_widgets_metadata()


def _run_managed(
    nb_man: NotebookExecutionManager,
    client: PapermillNotebookClient,
    session: _Session,
    *,
    cell: Any,
    index: int,
) -> bool:
    """Run one cell and let papermill note it; return whether the next one may run."""
    try:
        nb_man.cell_start(cell, index)
        _run_cell(client, session, cell, index)
    except CellExecutionError as error:
        nb_man.cell_exception(cell, cell_index=index, exception=error)
        return False
    finally:
        nb_man.cell_complete(cell, cell_index=index)
    return True


def _run_cell(client: PapermillNotebookClient, session: _Session, cell: Any, index: int) -> None:
    if client.on_cell_start:
        client.on_cell_start(cell=cell, cell_index=index)
    if cell.cell_type != "code" or not cell.source.strip():
        return
    try:
        reply = _converse(client, session, cell, index)
    except Terhenti as end:
        error = {"ename": TERHENTI, "evalue": str(end), "traceback": []}
        cell.outputs.append(nbformat.v4.new_output("error", **error))
        raise CellExecutionError.from_cell_and_msg(cell, error) from None
    finally:
        cell.outputs = list(_merge_streams(cell.outputs))
    if reply["status"] == "error" and "raises-exception" not in cell.metadata.get("tags", []):
        raise CellExecutionError.from_cell_and_msg(cell, reply)


def _converse(
    client: PapermillNotebookClient, session: _Session, cell: Any, index: int
) -> dict[str, Any]:
    """Run one cell, fill it with what it puts out, and return the reply."""
    cell.metadata["execution"], cell.outputs = {}, []
    client.clear_before_next_output = False
    reply: dict[str, Any] = {}
    for message in session.execute(cell.source):
        reply = _take(client, message, cell, index) or reply
    return reply


def _take(
    client: PapermillNotebookClient, message: dict[str, Any], cell: Any, index: int
) -> dict[str, Any] | None:
    """Let nbclient treat a message as if a kernel had sent it; return the reply if it is that."""
    if message["msg_type"] == "execute_reply":
        cell.metadata["execution"]["shell.execute_reply"] = message["header"]["date"]
        return dict(message["content"])
    if message["content"].get("execution_state") == "idle":
        cell.metadata["execution"]["iopub.status.idle"] = message["header"]["date"]
        return None
    client.process_message(message, cell, index)
    return None


def _merge_streams(outputs: list[Any]) -> Iterator[Any]:
    """Yield the outputs; pieces of one stream that follow each other are one output."""
    last: Any = None
    for output in outputs:
        name = output.get("name") if output.output_type == "stream" else None
        if last is not None and name and last.get("name") == name:
            last["text"] += output["text"]
            continue
        if last is not None:
            yield last
        last = output
    if last is not None:
        yield last


class _Session:
    """The conversation with the process of one notebook, within its limits."""

    def __init__(self, batas: Batas) -> None:
        self.batas = batas
        self.zygote = open_zygote()
        self.status: int | None = None
        self.buffer, self.size = bytearray(), 0
        self.ended: set[int] = set()

    def __enter__(self) -> _Session:
        self.child = self._spawn()
        decoder = codecs.getincrementaldecoder("utf-8")
        self.streams = {
            self.child.stdout: ("stdout", decoder("replace")),
            self.child.stderr: ("stderr", decoder("replace")),
        }
        self.poll = select.poll()
        for fd in (*self.streams, self.child.messages, self.zygote.control.fileno()):
            os.set_blocking(fd, fd == self.zygote.control.fileno())
            self.poll.register(fd, select.POLLIN)
        return self

    def __exit__(self, *_: object) -> None:
        self.zygote.end(self.child, self.status)

    def _spawn(self) -> Child:
        """Return a new process; a warm process that was killed from outside is replaced first.

        Not while the exception is handled: what is forked then takes it along into every notebook.
        """
        with suppress(BrokenPipeError):
            return self.zygote.spawn(os.getcwd(), self.batas.batas_memori_mb)
        close_zygote()
        self.zygote = open_zygote()
        return self.zygote.spawn(os.getcwd(), self.batas.batas_memori_mb)

    def execute(self, code: str) -> Iterator[dict[str, Any]]:
        """Yield the messages of one cell, the last being that the process is idle again.

        Raises Terhenti when the process dies or a limit is passed.
        """
        self._send(code)
        end = time.monotonic() + self.batas.batas_sel_detik
        while True:
            for message in self._receive(end):
                yield message
                if message["content"].get("execution_state") == "idle":
                    return

    def _send(self, code: str) -> None:
        data = memoryview(json.dumps(code).encode() + b"\n")
        try:
            while data:
                data = data[os.write(self.child.commands, data) :]
        except BrokenPipeError:
            return  # reading will tell how it ended

    def _receive(self, end: float) -> Iterator[dict[str, Any]]:
        ready = self.poll.poll(max(0, end - time.monotonic()) * 1000)
        if not ready:
            raise Terhenti(describe_time(self.batas))
        lines = self._read_lines()
        for fd in self.streams:  # what was printed before those lines were written
            yield from self._read_stream(fd)
        for line in lines:
            yield json.loads(line)
        if any(fd == self.zygote.control.fileno() for fd, _ in ready):
            yield from self._read_last()

    def _read_last(self) -> Iterator[dict[str, Any]]:
        """Yield what a dead process left in its pipes, then raise Terhenti."""
        self.status = self.zygote.read_status()
        lines = self._read_lines()
        for fd in self.streams:
            yield from self._read_stream(fd)
        yield from map(json.loads, lines)
        raise Terhenti(_describe_end(self.status))

    def _read_lines(self) -> list[bytes]:
        self.buffer += self._read(self.child.messages)
        *lines, rest = self.buffer.split(b"\n") if b"\n" in self.buffer else (self.buffer,)
        self.buffer = bytearray(rest)
        return [bytes(line) for line in lines]

    def _read_stream(self, fd: int) -> Iterator[dict[str, Any]]:
        name, decoder = self.streams[fd]
        if text := decoder.decode(self._read(fd)):
            content = {"name": name, "text": text}
            yield {"msg_type": "stream", "header": {"msg_type": "stream"}, "parent_header": {},
                   "content": content}  # fmt: skip

    def _read(self, fd: int) -> bytes:
        """Return what waits in a pipe, up to a portion; raise Terhenti when it is too much."""
        try:
            data = os.read(fd, _BACAAN)
        except BlockingIOError:
            return b""
        if not data and fd not in self.ended:
            self.ended.add(fd)
            self.poll.unregister(fd)
        self.size += len(data)
        if self.size > self.batas.batas_keluaran_mb * _MEGABITA:
            raise Terhenti(describe_size(self.batas))
        return data


def _describe_end(status: int) -> str:
    if os.WIFSIGNALED(status):
        return (
            f"proses Python notebook berhenti mendadak ({signal.Signals(os.WTERMSIG(status)).name})"
        )
    return f"proses Python notebook berhenti mendadak (kode {os.waitstatus_to_exitcode(status)})"
