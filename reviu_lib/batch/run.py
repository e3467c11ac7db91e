"""A run from raw files to finished reports: check, make what is stale, keep books, write the index.

One failing kabupaten never stops the others. Every failure is in the manifest with the section in
which it happened; an older report is then set aside under another name.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reviu_lib.batch import manifest
from reviu_lib.batch.planning import (
    Pesanan,
    Unit,
    compute_kunci,
    explain_pesanan,
    plan_periksa,
    with_earlier_years,
)
from reviu_lib.batch.pool import Crew, Dengar, Kabar, Tugas, ignore, open_crew
from reviu_lib.batch.provinces import split_provinces
from reviu_lib.errors import ReviuError
from reviu_lib.files import SEMENTARA, hash_bytes, hash_library, read_clock, write_atomic
from reviu_lib.reference import nama_atau_kode
from reviu_lib.store import Ruang, drop_bahan, load_identitas

DILEWATI = "dilewati"
# Fewer than two are no comparison; more than four are not named one by one.
_BANDING_MINIMUM, _NAMA_DISEBUT = 2, 4


@dataclass(frozen=True)
class Luaran:
    """How one unit ended: `status` is selesai, dilewati, or gagal."""

    jenis: str
    kode: str
    tahun: int
    status: str
    pesan: str = ""
    di: str = ""
    lakukan: str = ""
    berkas: tuple[Path, ...] = ()
    catatan: tuple[str, ...] = ()


@dataclass
class _Books:
    """What a run has done so far, and whom it tells."""

    ruang: Ruang
    dengar: Dengar
    crew: Crew
    outcomes: list[Luaran]

    def add(self, outcome: Luaran) -> None:
        self.outcomes.append(outcome)
        self.dengar(Kabar(outcome.status, outcome.kode, outcome.tahun, outcome.pesan))


def run_periksa(
    units: Sequence[Unit],
    *,
    ruang: Ruang,
    ulang: bool = False,
    workers: int | None = None,
    dengar: Dengar = ignore,
) -> list[Luaran]:
    """Return how the check of each unit ended; units whose processed tables hold are skipped.

    Raises RuangError when another process works in the workspace.
    """
    with _opened(ruang, workers, dengar) as books:
        _check(units, books, ulang=ulang)
        return books.outcomes


def run_laporan(
    orders: Sequence[Pesanan],
    *,
    ruang: Ruang,
    ulang: bool = False,
    workers: int | None = None,
    dengar: Dengar = ignore,
) -> list[Luaran]:
    """Return how each order ended, after writing `reports/index.html` over all that is there.

    Checks come first (only stale ones and failures are told), then reports; whatever is up to date
    is skipped unless `ulang`. Raises RuangError when another process works in the workspace.
    """
    with _opened(ruang, workers, dengar) as books:
        _make_all(orders, books, ulang=ulang)
        _write_index(books)
        return books.outcomes


def run_banding(
    order: Pesanan,
    *,
    ruang: Ruang,
    ulang: bool = False,
    workers: int | None = None,
    dengar: Dengar = ignore,
) -> list[Luaran]:
    """Return how a comparison of several kabupaten ended; their own reports are made first.

    One that fails is named in the comparison with its reason. With fewer than two left there is
    nothing to compare, and it says so.
    """
    with _opened(ruang, workers, dengar) as books:
        _make_all(_list_each(order, ruang), books)
        failed = {
            item.kode: item.pesan
            for item in books.outcomes
            if item.status == manifest.GAGAL and item.tahun == order.tahun
        }
        order = _without(order, failed)
        if len(order.kode) < _BANDING_MINIMUM:
            why = f"Laporan {', '.join(failed)} belum berhasil dibuat."
            _record_failure(order, books, {"galat": why})
        else:
            _make_all([order], books, ulang=ulang)
        _write_index(books)
        return books.outcomes


def _list_each(order: Pesanan, ruang: Ruang) -> list[Pesanan]:
    """Return the reports that a comparison needs: of each kabupaten and year there is."""
    there = {*ruang.list_raw(), *ruang.list_processed()}
    units = [(kode, year) for kode in order.kode for year in (*order.tahun_lain, order.tahun)]
    return [Pesanan((kode,), year) for kode, year in units if (kode, year) in there]


def _without(order: Pesanan, failed: Mapping[str, str]) -> Pesanan:
    """Return the order without the kabupaten that failed, which it names instead."""
    gone = [f"{kode}: {' '.join(failed[kode].split())}" for kode in order.kode if kode in failed]
    kode = tuple(kode for kode in order.kode if kode not in failed)
    return replace(order, kode=kode, absen=(*order.absen, *gone))


@contextmanager
def _opened(ruang: Ruang, workers: int | None, dengar: Dengar) -> Iterator[_Books]:
    with open_crew(ruang, workers, dengar) as crew:
        yield _Books(ruang, dengar, crew, [])


def _check(units: Sequence[Unit], books: _Books, *, ulang: bool = False) -> None:
    steps = plan_periksa(units, ruang=books.ruang, ulang=ulang)
    for step in steps:
        if not step.alasan:
            books.add(Luaran("periksa", step.kode, step.tahun, DILEWATI))
    units = [(step.kode, step.tahun) for step in steps if step.alasan]
    split_provinces(units, ruang=books.ruang, crew=books.crew, dengar=books.dengar)
    due = [Tugas("periksa", k, t, {"kode": k, "tahun": t}) for k, t in units]

    def finish(tugas: Tugas, result: dict[str, Any]) -> None:
        if "galat" in result:
            drop_bahan(tugas.kode, tugas.tahun, ruang=books.ruang)
        books.add(_outcome("periksa", tugas, result))

    books.crew.run(due, dengar=books.dengar, finish=finish)


def _outcome(jenis: str, tugas: Tugas, result: dict[str, Any]) -> Luaran:
    if "galat" not in result:
        return Luaran(jenis, tugas.kode, tugas.tahun, manifest.SELESAI)
    return Luaran(
        jenis,
        tugas.kode,
        tugas.tahun,
        manifest.GAGAL,
        pesan=result["galat"],
        di=result.get("di", ""),
        lakukan=result.get("lakukan", ""),
    )


def _make_all(orders: Sequence[Pesanan], books: _Books, *, ulang: bool = False) -> None:
    units = [(kode, order.tahun) for order in orders for kode in order.kode]
    checks = replace(books, outcomes=[])
    _check(with_earlier_years(units, ruang=books.ruang), checks)
    failed = {(c.kode, c.tahun): c for c in checks.outcomes if c.status == manifest.GAGAL}
    books.outcomes.extend(c for unit, c in failed.items() if unit not in units)
    due = [order for order in orders if _is_due(order, books, failed, ulang=ulang)]
    _make(due, books)


def _is_due(
    order: Pesanan, books: _Books, failed: dict[Unit, Luaran], *, ulang: bool = False
) -> bool:
    """Return True when the order is to be made; otherwise its outcome is in the books."""
    for kode in order.kode:
        if check := failed.get((kode, order.tahun)):
            why = {"galat": check.pesan, "di": check.di or "pemeriksaan data"}
            _record_failure(order, books, {**why, "lakukan": check.lakukan})
            return False
    try:
        why_due = explain_pesanan(order, ruang=books.ruang, ulang=ulang)
    except ReviuError as error:
        _record_failure(order, books, _as_result(error))
        return False
    if not why_due:
        files = _files(order, books.ruang)
        books.add(Luaran(order.jenis, order.label, order.tahun, DILEWATI, berkas=files))
    return bool(why_due)


def _as_result(error: ReviuError) -> dict[str, Any]:
    return {"galat": error.apa, "di": error.di, "lakukan": error.lakukan}


def _files(order: Pesanan, ruang: Ruang) -> tuple[Path, ...]:
    folder = order.folder(ruang)
    entry = manifest.load_manifest(folder)["laporan"].get(order.nama, {})
    return tuple(folder / name for name in sorted(entry.get("keluaran", {})))


def _make(orders: Sequence[Pesanan], books: _Books) -> None:
    for together in split_rounds(orders):
        _make_together(together, books)


def split_rounds(orders: Sequence[Pesanan]) -> list[list[Pesanan]]:
    """Return the orders in rounds of which none has a kabupaten and year twice.

    Two editions of one review keep the same results in the same folder, so they are made one after
    the other.
    """
    rounds: list[list[Pesanan]] = []
    times: Counter[tuple[tuple[str, ...], int]] = Counter()
    for order in orders:
        unit = (order.kode, order.tahun)
        if times[unit] == len(rounds):
            rounds.append([])
        rounds[times[unit]].append(order)
        times[unit] += 1
    return rounds


def _make_together(orders: Sequence[Pesanan], books: _Books) -> None:
    tasks, waiting = [], {}
    _clear_leftovers(orders, books.ruang)
    for order in orders:
        staging = _new_staging(order.folder(books.ruang))
        tugas = Tugas(
            "buat",
            order.label,
            order.tahun,
            {"pesanan": order.as_dict(), "staging": str(staging)},
        )
        waiting[str(staging)] = (order, compute_kunci(order, ruang=books.ruang))
        _write_entry(order, books.ruang, {"status": manifest.BERJALAN})
        tasks.append(tugas)

    def finish(tugas: Tugas, result: dict[str, Any]) -> None:
        order, kunci = waiting[tugas.isi["staging"]]
        _finish(order, books, {**result, "kunci": kunci, "staging": tugas.isi["staging"]})

    books.crew.run(tasks, dengar=books.dengar, finish=finish)


def _clear_leftovers(orders: Sequence[Pesanan], ruang: Ruang) -> None:
    """Remove what a killed run left beside the reports."""
    for folder in {order.folder(ruang) for order in orders}:
        for leftover in folder.glob(f".*{SEMENTARA}"):
            shutil.rmtree(leftover, ignore_errors=True)
            if leftover.is_file():
                leftover.unlink(missing_ok=True)


def _new_staging(folder: Path) -> Path:
    """Return a fresh folder beside the reports."""
    folder.mkdir(parents=True, exist_ok=True)
    staging = folder / f".{secrets.token_hex(4)}{SEMENTARA}"
    staging.mkdir()
    return staging


def _finish(order: Pesanan, books: _Books, result: dict[str, Any]) -> None:
    """Put the files in place and then, and only then, write the manifest that vouches for them."""
    folder, staging = order.folder(books.ruang), Path(result["staging"])
    try:
        hashes, kept = manifest.publish(staging, folder, manifest.list_written(folder))
    except ReviuError as error:
        result, hashes, kept = {**result, **_as_result(error)}, {}, []
    shutil.rmtree(staging, ignore_errors=True)
    notes = tuple(f"Berkas yang disunting disimpan sebagai {name}." for name in kept)
    if "galat" in result:
        _record_failure(order, books, {**result, "keluaran": hashes, "catatan": notes})
        return
    _retire_before(order, folder, hashes)
    manifest.clear_retired(folder, list(order.stems.values()))
    entry = {"status": manifest.SELESAI, "kunci": result["kunci"], "keluaran": hashes}
    _write_entry(order, books.ruang, {**entry, **result["selesai"]})
    books.add(
        Luaran(
            order.jenis,
            order.label,
            order.tahun,
            manifest.SELESAI,
            berkas=_files(order, books.ruang),
            catatan=(*notes, *result["selesai"].get("catatan", ())),
        )
    )


def _retire_before(order: Pesanan, folder: Path, kept: dict[str, str]) -> None:
    """Take the name from outputs of earlier runs that are not `kept` and no edition shares."""
    before = manifest.load_manifest(folder)["laporan"].get(order.nama, {}).get("keluaran", {})
    others = manifest.list_written(folder, other_than=order.nama)
    manifest.retire(folder, before, {*kept, *others})


def _record_failure(order: Pesanan, books: _Books, result: dict[str, Any]) -> None:
    folder = order.folder(books.ruang)
    kept = result.get("keluaran", {})
    _retire_before(order, folder, kept)
    entry = {
        "status": manifest.GAGAL,
        "keluaran": kept,
        "pesan": result["galat"],
        "bagian": result.get("di", ""),
        "lakukan": result.get("lakukan", ""),
    }
    _write_entry(order, books.ruang, entry)
    tugas = Tugas("", order.label, order.tahun)
    outcome = _outcome(order.jenis, tugas, result)
    books.add(replace(outcome, catatan=result.get("catatan", ())))


def _write_entry(order: Pesanan, ruang: Ruang, entry: dict[str, Any]) -> None:
    folder = order.folder(ruang)
    before = manifest.load_manifest(folder)["laporan"].get(order.nama, {})
    content = {
        "keluaran": before.get("keluaran", {}),
        **entry,
        "jenis": order.jenis,
        "kode": list(order.kode),
        "tahun": order.tahun,
        "edisi": order.edisi,
        "publik": order.publik,
        "dibuat": read_clock().isoformat(timespec="seconds"),
        **_identity(order, ruang),
    }
    manifest.save_entry(folder, order.nama, content)


def _identity(order: Pesanan, ruang: Ruang) -> dict[str, Any]:
    """Return the names of the kabupaten and whether any of them is example data."""
    known = ruang.list_processed()
    units = [(kode, order.tahun) for kode in order.kode if (kode, order.tahun) in known]
    return {
        "nama": _name_order(order),
        "contoh": any(load_identitas(*unit, ruang=ruang)["contoh"] for unit in units),
    }


def _name_order(order: Pesanan) -> str:
    """Return the names, those of many by the region or the number of them."""
    if len(order.kode) <= _NAMA_DISEBUT:
        return ", ".join(nama_atau_kode(kode) for kode in order.kode)
    where = nama_atau_kode(order.wilayah) if order.wilayah.isdigit() else "Perbandingan"
    return f"{where}: {len(order.kode)} kabupaten/kota"


def _write_index(books: _Books) -> None:
    """Write `reports/index.html`, and bring the folder of the public editions up to date."""
    entries = [manifest.describe_entry(entry) for entry in manifest.list_entries(books.ruang)]
    _write_page(books, entries)
    public = manifest.mirror_public(books.ruang)
    if public or books.ruang.portal_of(publik=True).is_dir():
        _write_page(books, public, publik=True)


def _write_page(books: _Books, entries: list[dict[str, Any]], *, publik: bool = False) -> None:
    """Let a worker write an index page, unless it tells all of this already."""
    ruang = books.ruang
    told = hash_bytes(json.dumps([entries, hash_library()]).encode())
    mark = ruang.rahasia / ("indeks-publik" if publik else "indeks")
    page = ruang.portal_of(publik=publik) / "index.html"
    if page.is_file() and mark.is_file() and mark.read_text() == told:
        return

    def finish(tugas: Tugas, result: dict[str, Any]) -> None:
        if "galat" in result:
            books.outcomes.append(_outcome("indeks", tugas, result))
        else:
            write_atomic(mark, told.encode(), private=True)

    tugas = Tugas("indeks", "indeks", read_clock().year,
                  {"entries": entries, "publik": publik})  # fmt: skip
    books.crew.run([tugas], dengar=ignore, finish=finish)
