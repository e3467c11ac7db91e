"""The cases of faults and abuse F1 to F80, and which test proves each (tests/cases/gangguan.toml).

Usage: python tests/faults/kasus.py prints the ids of the ordinary tests among them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DAFTAR = Path(__file__).parents[1] / "cases" / "gangguan.toml"
BANYAK = 80
MENJAGA = ("data", "rahasia", "sistem")


@dataclass(frozen=True)
class Kasus:
    """One case: what it is, what must not come to harm, and the ordinary tests that prove it."""

    kode: str
    arti: str
    menjaga: str
    uji: tuple[str, ...] = ()


@dataclass
class Hasil:
    """What became of one case: how often tried, survived, skipped; what was lost and leaked."""

    dicoba: int = 0
    baik: int = 0
    lewat: int = 0
    hilang: int = 0
    bocor: int = 0
    rincian: list[str] = field(default_factory=list)

    @property
    def kata(self) -> str:
        """The word for it."""
        if self.dicoba == 0:
            return "belum"
        if self.baik + self.lewat < self.dicoba or self.hilang or self.bocor:
            return "RUSAK"
        return "baik" if self.baik else "lewat"

    def add(self, kasus: Kasus, outcome: str, *, times: int = 1, lost: int = 0) -> None:
        """Count a test or trial; a failure counts as one loss or leak of what the case guards."""
        self.dicoba += times
        self.baik += times if outcome == "passed" else 0
        self.lewat += times if outcome == "skipped" else 0
        harm = max(lost, int(outcome not in {"passed", "skipped"}))
        self.hilang += harm if kasus.menjaga == "data" else lost
        self.bocor += harm if kasus.menjaga == "rahasia" else 0


def load_cases() -> dict[str, Kasus]:
    """Return the cases by code, in order."""
    told = tomllib.loads(DAFTAR.read_text("utf-8"))
    return {
        kode: Kasus(kode, words["arti"], words["menjaga"], tuple(words.get("uji", ())))
        for kode, words in told.items()
    }


def list_tests(cases: Iterable[Kasus]) -> list[str]:
    """Return the ids of the ordinary tests, each once."""
    return list(dict.fromkeys(test for kasus in cases for test in kasus.uji))


def print_rows(results: dict[str, Hasil], cases: dict[str, Kasus]) -> Sequence[str]:
    """Return the lines of the table, and one that sums it up."""
    lines = [
        f"{'kasus':5} {'dicoba':>6} {'baik':>5} {'lewat':>5} {'hilang':>6} {'bocor':>5} "
        f"{'hasil':6} arti"
    ]
    for kode, kasus in cases.items():
        one = results[kode]
        more = f" ({'; '.join(one.rincian)})" if one.rincian else ""
        lines.append(
            f"{kode:5} {one.dicoba:6} {one.baik:5} {one.lewat:5} {one.hilang:6} {one.bocor:5} "
            f"{one.kata:6} {kasus.arti}{more}"
        )
    every = results.values()
    lines.append(
        f"{len(results)} kasus, {sum(one.dicoba for one in every)} percobaan dan uji: "
        f"hilang {sum(one.hilang for one in every)}, bocor {sum(one.bocor for one in every)}, "
        f"rusak {sum(one.kata == 'RUSAK' for one in every)}, "
        f"dilewati {sum(one.kata == 'lewat' for one in every)}, "
        f"belum {sum(one.kata == 'belum' for one in every)}"
    )
    return lines


if __name__ == "__main__":
    print("\n".join(list_tests(load_cases().values())))
