"""Record the form of everything that is stored under its version number.

Usage: python scripts/record_skema.py, after raising SKEMA in reviu_lib/store/skema.py. A version
that is recorded is never changed: what was written under it is out in the world.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from reviu_lib.bahan import table_fields
from reviu_lib.catalog import Tabel, tabel_hasil, tabel_masukan
from reviu_lib.files import hash_bytes
from reviu_lib.store import SKEMA

CATATAN = Path(__file__).resolve().parents[1] / "tests" / "cases" / "skema.toml"


def sign_tables() -> dict[str, str]:
    """Return a digest of columns, order, and dtypes of each stored table, by room and name."""
    stored = {name: tabel_masukan()[name] for name in table_fields().values()}
    rooms = {"masukan": stored, "hasil": tabel_hasil()}
    return {
        f"{room}/{name}": sign_table(tabel)
        for room, tables in rooms.items()
        for name, tabel in tables.items()
    }


def sign_table(tabel: Tabel) -> str:
    """Return the digest of one table."""
    form = "\n".join(f"{kolom.nama} {kolom.dtype!s}" for kolom in tabel.kolom)
    return hash_bytes(form.encode())[:12]


def load_recorded() -> dict[str, dict[str, str]]:
    """Return the recorded digests by version."""
    return tomllib.loads(CATATAN.read_text("utf-8"))


def main() -> int:
    """Add the present form, unless its version is recorded already."""
    if str(SKEMA) in load_recorded():
        print(f"Susunan {SKEMA} sudah tercatat; naikkan SKEMA bila tabelnya berubah.")
        return 1
    lines = [f'"{name}" = "{digest}"' for name, digest in sign_tables().items()]
    with CATATAN.open("a", encoding="utf-8") as stream:
        stream.write("\n".join(["", f"[{SKEMA}]", *lines, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
