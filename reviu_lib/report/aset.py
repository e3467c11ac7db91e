"""Style sheet and script of a page, with the security policy that lets in these two alone."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

# What a page says it is, on screen and on every printed sheet.
INTERNAL, PUBLIK = "EDISI INTERNAL", "EDISI PUBLIK"
FOLDER_TEMPLAT = Path(str(files("reviu_lib.report").joinpath("templates")))


@dataclass(frozen=True)
class Aset:
    """What goes into `<style>` and `<script>`, byte for byte."""

    gaya: str
    alat: str

    @property
    def kebijakan(self) -> str:
        """The content security policy: nothing but these two, by hash, and embedded pictures."""
        return (
            f"default-src 'none'; style-src '{_hash(self.gaya)}'; "
            f"script-src '{_hash(self.alat)}'; img-src data:; base-uri 'none'; form-action 'none'"
        )


@cache
def load_aset(*, publik: bool = False) -> Aset:
    """Return style sheet and script as they lie beside the templates.

    Printed sheets carry the name of the edition, which the public one (`publik`) has its own.
    """
    folder = FOLDER_TEMPLAT / "reviu"
    gaya, alat = ((folder / name).read_text("utf-8") for name in ("gaya.css", "alat.js"))
    return Aset(gaya.replace(INTERNAL, PUBLIK) if publik else gaya, alat)


def _hash(text: str) -> str:
    """Return the hash source of Content Security Policy Level 3 for an inline element."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
