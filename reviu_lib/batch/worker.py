"""The process that does the work: one JSON line in is one task, JSON lines out are its news.

It runs apart from the supervisor (`pool`), so that a task that takes the whole process down costs
one report and nothing else. When the supervisor goes away, it ends its kernels and itself.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from reviu_lib.errors import ReviuError
from reviu_lib.faults import describe_fault, record_fault

Tell = Callable[[str], None]


def main() -> None:
    """Serve tasks from standard input until it closes."""
    # jsonschema, which nbformat loads, would compile a grammar of web addresses for seconds; it
    # does without when the module is not there, and no notebook is judged by such addresses.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    news = _take_standard_output()
    tasks: queue.Queue[dict[str, Any]] = queue.Queue()
    first = json.loads(sys.stdin.readline())

    from reviu_lib.batch import kernel

    kernel.prepare_environment(Path(first["root"]), threads=first["benang"])
    if first.get("hangat"):
        _warm_up(Path(first["root"]))
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    while True:
        _serve(tasks.get(), Path(first["root"]), news)


def _take_standard_output() -> IO[str]:
    """Return the real standard output, and turn everything else that prints into silence."""
    news = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogateescape")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    return news


def _warm_up(root: Path) -> None:
    """Make the process notebooks are forked from, while this one has done nothing else yet."""
    from reviu_lib.batch.engines import choose_mesin
    from reviu_lib.errors import ReviuError
    from reviu_lib.settings import load_pengaturan
    from reviu_lib.store import find_ruang

    try:
        find_ruang(root)
        if choose_mesin(load_pengaturan(root / "reviu.toml").mesin) == "cangkang":
            from reviu_lib.batch.engines.shell import open_zygote

            open_zygote()
    except ReviuError:
        return  # the task that comes next meets the same fault, and reports it


def _listen(tasks: queue.Queue[dict[str, Any]]) -> None:
    from reviu_lib.batch import kernel

    for line in sys.stdin:
        tasks.put(json.loads(line))
    kernel.kill_kernels()
    if shell := sys.modules.get("reviu_lib.batch.engines.shell"):
        shell.close_zygote()
    shutil.rmtree(kernel.runtime_folder(), ignore_errors=True)
    os._exit(0)


def _serve(task: dict[str, Any], root: Path, news: IO[str]) -> None:
    from reviu_lib.batch import tasks
    from reviu_lib.store import find_ruang

    def tell(text: str) -> None:
        _send(news, {"tahap": text})

    try:
        find_ruang(root)
        result = tasks.TUGAS[task["tugas"]](root, **task["isi"], tell=tell)
    except ReviuError as error:
        _send(news, {"galat": error.apa, "di": error.di, "lakukan": error.lakukan})
    except Exception as error:  # noqa: BLE001  one failing task must not stop the others
        path = record_fault(error, root / ".reviu" / "log").relative_to(root)
        remedy = f"Sertakan {path.as_posix()} (tanpa data pribadi) saat melaporkannya."
        _send(news, {"galat": f"Galat tak terduga ({describe_fault(error)}).", "lakukan": remedy})
    else:
        _send(news, {"selesai": result})


def _send(news: IO[str], message: dict[str, Any]) -> None:
    news.write(json.dumps(message, ensure_ascii=False) + "\n")
    news.flush()


if __name__ == "__main__":
    main()
