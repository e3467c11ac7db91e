"""One round of fuzzing of one reader, guided by the coverage of the readers (atheris, libFuzzer).

Usage: python putaran.py READER WORKFOLDER [options of libFuzzer] CORPUS…; ends with the first
fault, whose input libFuzzer keeps.
"""

from __future__ import annotations

import random
import sys
import warnings
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["reviu_lib.ingest", "reviu_lib.formatting"]):
    from fuzz.sasaran import SASARAN, try_input
from fuzz.ubah import UBAH

# Bytes that the process may reserve: a blow-up is then a MemoryError, and so a fault.
MEMORI = 6_000_000_000


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORI, MEMORI))


def main(nama: str, kerja: str, *pilihan: str) -> None:
    """Fuzz one reader until libFuzzer ends."""
    warnings.simplefilter("ignore")
    sasaran, change = SASARAN[nama], UBAH[nama]
    folder = sasaran.prepare(Path(kerja))

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        changed = change(bytes(data), random.Random(seed), atheris.Mutate)
        return changed if len(changed) <= max_size else bytes(data)

    atheris.Setup(
        [sys.argv[0], *pilihan],
        lambda data: try_input(data, sasaran, folder),
        custom_mutator=mutate,
    )
    _limit_memory()
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
