"""The index pages over all reports, written by a worker when what they tell has changed."""

from __future__ import annotations

import json
from typing import Any

from reviu_lib.batch import manifest
from reviu_lib.batch.books.keeping import Books, as_outcome
from reviu_lib.batch.pool import Tugas, ignore
from reviu_lib.files import hash_bytes, hash_library, read_clock, write_atomic


def write_index(books: Books) -> None:
    """Write `reports/index.html`, and bring the folder of the public editions up to date."""
    entries = [manifest.describe_entry(entry) for entry in manifest.list_entries(books.ruang)]
    _write_page(books, entries)
    public = manifest.mirror_public(books.ruang)
    if public or books.ruang.portal_of(publik=True).is_dir():
        _write_page(books, public, publik=True)


def _write_page(books: Books, entries: list[dict[str, Any]], *, publik: bool = False) -> None:
    """Let a worker write an index page, unless it tells all of this already."""
    ruang = books.ruang
    told = hash_bytes(json.dumps([entries, hash_library()]).encode())
    mark = ruang.rahasia / ("indeks-publik" if publik else "indeks")
    page = ruang.portal_of(publik=publik) / "index.html"
    if page.is_file() and mark.is_file() and mark.read_text() == told:
        return

    def finish(tugas: Tugas, result: dict[str, Any]) -> None:
        if "galat" in result:
            books.outcomes.append(as_outcome("indeks", tugas, result))
        else:
            write_atomic(mark, told.encode(), private=True)

    tugas = Tugas("indeks", "indeks", read_clock().year,
                  {"entries": entries, "publik": publik})  # fmt: skip
    books.crew.run([tugas], dengar=ignore, finish=finish)
