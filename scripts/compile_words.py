"""Compile the Indonesian words of the command line: reviu.po → reviu.mo."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent.parent / "reviu_lib" / "cli" / "kata" / "id" / "LC_MESSAGES"


def compile_words() -> bytes:
    """Return the compiled catalogue."""
    with (FOLDER / "reviu.po").open("rb") as stream:
        catalog = read_po(stream, locale="id")
    # Without a fixed time, the same words would compile to other bytes each day.
    catalog.creation_date = catalog.revision_date = datetime(2024, 1, 1, tzinfo=UTC)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    return compiled.getvalue()


if __name__ == "__main__":
    (FOLDER / "reviu.mo").write_bytes(compile_words())
