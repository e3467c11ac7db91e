"""A trial reading of old binary workbooks in a process of their own.

A few wrong bytes in an xls or xlsb file make the reader reserve memory without limit, and with it
falls the whole process, every other kabupaten included. Such files are read once on trial where
only the trial can fall; the bytes are the same, so the second reading is safe.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from reviu_lib.ingest.files.refusal import BerkasDitolak

_DETIK = 300  # the largest xls (65,536 rows of 256 columns) takes below 20 seconds
# Memory of the trial: a full xls needs 1 GB. Windows has no such limit and needs none here.
_MEMORI = 4_000_000_000
_PROGRAM = f"""
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({_MEMORI}, {_MEMORI}))
except (ImportError, ValueError, OSError):
    pass
from python_calamine import CalamineError, CalamineWorkbook
try:
    with CalamineWorkbook.from_path(sys.argv[1]) as book:
        for place in range(len(book.sheets_metadata)):
            book.get_sheet_by_index(place).merged_cell_ranges
except (CalamineError, OSError, ValueError):
    pass  # the reading proper meets it again and tells it
"""


def prove_readable(path: Path) -> None:
    """Raise BerkasDitolak (B03) when the reader falls over the file."""
    command = [sys.executable, "-I", "-c", _PROGRAM, os.fspath(path)]
    try:
        done = subprocess.run(  # noqa: S603  our own program; the path is only an argument
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_DETIK, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BerkasDitolak("B03", "tidak selesai dibaca dalam lima menit") from error
    if done.returncode != 0:
        raise BerkasDitolak("B03", "susunan dalamnya tidak utuh")
