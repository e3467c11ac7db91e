"""A new key of the pseudonyms, and what can no longer be compared after it.

The old key is not kept: who has it and a list of NIK can tell which pseudonym is whose. Tables are
given the new pseudonyms by reading their raw files again; where these are gone, the old stay, and
children of those years can never again be found in another.
"""

from __future__ import annotations

import secrets

from reviu_lib.files import hold_lock, write_atomic
from reviu_lib.store.ruang import KUNCI_BYTES, Ruang, load_kunci
from reviu_lib.store.trail import Langkah, record_step


def list_without_raw(ruang: Ruang) -> list[tuple[str, int]]:
    """Return the units with tables but without raw files: they would keep their pseudonyms."""
    return [unit for unit in ruang.list_processed() if not ruang.folders_of(*unit)]


def rotate_kunci(ruang: Ruang) -> None:
    """Replace the key; every table read with the old one is stale from now on.

    Raises RuangError when another process works in the workspace or the key cannot be written.
    """
    load_kunci(ruang)
    with hold_lock(ruang.gembok):
        fresh = secrets.token_hex(KUNCI_BYTES).encode()
        write_atomic(ruang.kunci, fresh, private=True)
        record_step(Langkah("ganti kunci", (), None), ruang)
