"""The one tree of errors a user may see: what is wrong, where, and what to do.

Messages are Indonesian because a Tenaga Ahli reads them. They never carry the value of an
identity cell; callers pass values through `reviu_lib.formatting.mask_identity` first.
"""

from __future__ import annotations

from collections.abc import Sequence


class ReviuError(Exception):
    """Something a user can mend: `apa` is wrong, `di` is the place, `lakukan` is the remedy."""

    def __init__(self, apa: str, *, di: str = "", lakukan: str = "") -> None:
        self.apa = apa
        self.di = di
        self.lakukan = lakukan
        super().__init__(self.pesan)

    @property
    def pesan(self) -> str:
        """The whole message in one text."""
        place = f" Di: {self.di}." if self.di else ""
        remedy = f" Yang perlu dilakukan: {self.lakukan}" if self.lakukan else ""
        return f"{self.apa}{place}{remedy}"

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows: the message alone, in place of IPython's traceback."""
        return [self.pesan]


class DefinisiError(ReviuError):
    """A declaration under `definitions/` or `reviu.toml` is wrong."""


class RencanaError(ReviuError):
    """A plan file is wrong; `butir` holds every fault in it, each with place and remedy."""

    def __init__(
        self, apa: str, *, butir: Sequence[ReviuError] = (), di: str = "", lakukan: str = ""
    ) -> None:
        self.butir = tuple(butir)
        super().__init__(apa, di=di, lakukan=lakukan)


class RuangError(ReviuError):
    """The workspace cannot be found, read, or written."""


class KodeError(ReviuError):
    """A region code or a year that does not exist or is ambiguous."""


class BerkasError(ReviuError):
    """A file cannot be opened or is not what it claims to be."""


class TataLetakError(ReviuError):
    """A sheet or table whose layout is not recognised or lacks an obligatory column."""


class DataError(ReviuError):
    """Values that contradict each other so that going on would be guessing."""


class LaporanError(ReviuError):
    """A notebook or an export did not finish."""
