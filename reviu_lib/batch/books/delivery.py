"""Copies of the finished reports for everybody, where the run was told a place for them."""

from __future__ import annotations

from reviu_lib.batch.books.keeping import Books, as_outcome, as_result
from reviu_lib.batch.pool import Kabar, Tugas
from reviu_lib.errors import RuangError
from reviu_lib.files import read_clock


def deliver(books: Books) -> None:
    """Copy reports/ to the place named in `cara.tujuan`; a copy that fails is a failed outcome."""
    if not books.cara.tujuan:
        return
    from reviu_lib.batch.cluster import copy_out, hide_secret

    try:
        number = copy_out(books.ruang, books.cara.tujuan)
    except RuangError as error:
        tugas = Tugas("salinan", "salinan", read_clock().year)
        books.add(as_outcome("salinan", tugas, as_result(error)))
        return
    told = f"{number} berkas disalin ke {hide_secret(books.cara.tujuan)}."
    books.cara.dengar(Kabar("catatan", "", 0, told))
