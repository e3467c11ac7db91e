"""A note of an unexpected fault for whoever mends the program, without a single data value."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

from reviu_lib.files import make_private


def describe_fault(error: BaseException) -> str:
    """Return kind and place of an unexpected error in one line; never its message.

    The message of a foreign error may quote a row of data, so only its class and the line of code
    are told.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = f" di {Path(frames[-1].filename).name} baris {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def record_fault(error: BaseException, folder: Path) -> Path:
    """Return the log file to which class and code lines of `error` were added.

    `folder` is made private. Neither messages nor values are written.
    """
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    stamp = datetime.now().astimezone().isoformat(timespec="seconds")
    path = make_private(folder) / "galat.log"
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\n".join([f"{stamp} {type(error).__name__}", *lines]) + "\n")
    path.chmod(0o600)
    return path
