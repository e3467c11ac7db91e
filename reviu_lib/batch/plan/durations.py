"""How long reports took, so that the longest begin first and the end can be foreseen.

Kept in `.reviu/durasi.json`, apart from the manifests, which say nothing of the machine.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from statistics import median

from reviu_lib.batch.planning import Pesanan, Unit
from reviu_lib.files import list_files, write_atomic
from reviu_lib.store import Ruang

_BERKAS = "durasi.json"


def load_durations(ruang: Ruang) -> dict[str, float]:
    """Return seconds by `edition/kode/tahun`; empty when none are known."""
    try:
        known = json.loads((ruang.rahasia / _BERKAS).read_text(encoding="utf-8"))
        return {str(key): float(value) for key, value in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def save_durations(ruang: Ruang, measured: Mapping[str, float]) -> None:
    """Keep the durations measured, beside those of other reports."""
    if measured:
        _write(load_durations(ruang) | dict(measured), ruang)


def drop_durations(ruang: Ruang, units: Collection[Unit]) -> None:
    """Forget how long the reports of these kabupaten and years took, also comparisons of them."""
    known = load_durations(ruang)
    gone = {f"{kode}/{tahun}" for kode, tahun in units}
    kept = {key: value for key, value in known.items() if not _units_of(key) & gone}
    if kept != known:
        _write(kept, ruang)


def _write(durations: Mapping[str, float], ruang: Ruang) -> None:
    text = json.dumps(durations, indent=1, sort_keys=True)
    write_atomic(ruang.rahasia / _BERKAS, text.encode(), private=True)


def _units_of(key: str) -> set[str]:
    """Return each `kode/tahun` that a name made by `name_duration` is about."""
    *_, codes, year = key.split("/")
    return {f"{kode}/{year}" for kode in codes.split(",")}


def name_duration(order: Pesanan) -> str:
    """Return under which name the duration of an order is kept."""
    return f"{order.nama}/{','.join(order.kode)}/{order.tahun}"


def expect_duration(order: Pesanan, known: Mapping[str, float]) -> float | None:
    """Return how many seconds an order will take: as last time, else as others of its kind."""
    if (last := known.get(name_duration(order))) is not None:
        return last
    alike = [value for key, value in known.items() if key.startswith(f"{order.nama}/")]
    return median(alike) if alike else None


def sort_longest_first(
    orders: Sequence[Pesanan], known: Mapping[str, float], *, ruang: Ruang
) -> list[Pesanan]:
    """Return the orders by expected duration, longest first; of unknown ones the largest input.

    So the last worker is not left alone with the longest report.
    """

    def weigh(order: Pesanan) -> tuple[float, int]:
        folders = [ruang.raw_of(kode, order.tahun) for kode in order.kode]
        size = sum(path.stat().st_size for folder in folders for path in list_files(folder))
        return -(expect_duration(order, known) or 0.0), -size

    return sorted(orders, key=weigh)
