"""Words of the review: barrier categories, kinds of findings, quotable numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reviu_lib.catalog.definisi import cached, read_toml
from reviu_lib.catalog.model import Frozen, build, load_named


class KategoriHambatan(Frozen):
    """A barrier category with words to recognise it and a general direction of solution."""

    kode: str
    nama: str
    arti: str
    arahan_solusi: str
    pertanyaan: str


class JenisTemuan(Frozen):
    """A kind of finding: severity and the words for what is wrong, what was done, what to do."""

    kode: str
    nama: str
    tingkat: Literal["galat", "peringatan", "catatan"]
    uraian: str
    tindakan: str
    saran: str


class AngkaRingkasan(Frozen):
    """One aggregate number a narrative may quote."""

    kunci: str
    bab: str
    format: str
    uraian: str


@cached
def load_hambatan() -> Mapping[str, KategoriHambatan]:
    """Return the barrier categories by code."""
    return load_named(KategoriHambatan, "hambatan.toml")


@cached
def load_temuan() -> Mapping[str, JenisTemuan]:
    """Return the kinds of findings by code."""
    return load_named(JenisTemuan, "temuan.toml")


@cached
def load_ringkasan() -> Mapping[str, AngkaRingkasan]:
    """Return the aggregate numbers by key, in declared order."""
    return {
        kunci: build(
            AngkaRingkasan, {"kunci": kunci, "bab": bab, **entry}, f"ringkasan.toml [{bab}]"
        )
        for bab, entries in read_toml("ringkasan.toml").items()
        for kunci, entry in entries.items()
    }
