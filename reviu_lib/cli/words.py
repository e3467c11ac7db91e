"""The words of the command line: click in Indonesian, and texts that are safe to print."""

from __future__ import annotations

import gettext
import os
import sys
from importlib.resources import files

_DOMAIN = "reviu"


def speak_indonesian() -> None:
    """Let click speak Indonesian, and let no character stop the printing of a message."""
    os.environ["LANGUAGE"] = "id"
    gettext.bindtextdomain(_DOMAIN, str(files("reviu_lib").joinpath("cli", "kata")))
    gettext.textdomain(_DOMAIN)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def plain(text: str) -> str:
    """Return `text` in one line without control characters, which could forge terminal output."""
    return "".join(c if c.isprintable() else " " for c in text)
