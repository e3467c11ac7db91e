"""A run from raw files to finished reports: check, make what is stale, keep books, write the index.

One failing kabupaten never stops the others. Every failure is in the manifest with the section in
which it happened; an older report is then set aside under another name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import Any

from reviu_lib.batch import manifest
from reviu_lib.batch.books import (
    TERHENTI,
    Books,
    Luaran,
    as_outcome,
    as_result,
    clear_leftovers,
    deliver,
    finish_order,
    finish_pending,
    list_made,
    record_failure,
    remove_units,
    write_index,
)
from reviu_lib.batch.plan.durations import (
    expect_duration,
    load_durations,
    name_duration,
    save_durations,
    sort_longest_first,
)
from reviu_lib.batch.planning import (
    Pesanan,
    Unit,
    compute_kunci,
    explain_pesanan,
    plan_periksa,
    with_earlier_years,
)
from reviu_lib.batch.pool import (
    BIASA,
    Cara,
    Crew,
    Kabar,
    Regu,
    Tugas,
    default_workers,
    open_crew,
)
from reviu_lib.batch.provinces import split_provinces
from reviu_lib.errors import ReviuError, RuangError
from reviu_lib.files import new_staging
from reviu_lib.store import Ruang, drop_bahan, explain_stale
from reviu_lib.store.removal import list_pending
from reviu_lib.store.trail import Langkah

DILEWATI = "dilewati"
# Fewer than two are no comparison.
_BANDING_MINIMUM = 2


def run_periksa(
    units: Sequence[Unit],
    *,
    ruang: Ruang,
    ulang: bool = False,
    cara: Cara = BIASA,
) -> list[Luaran]:
    """Return how the check of each unit ended; units whose processed tables hold are skipped.

    Raises RuangError when another process works in the workspace.
    """
    with _opened(ruang, cara) as books:
        books.asked = [Luaran("periksa", kode, tahun, TERHENTI) for kode, tahun in units]
        _check(units, books, ulang=ulang)
    return books.outcomes


def run_laporan(
    orders: Sequence[Pesanan],
    *,
    ruang: Ruang,
    ulang: bool = False,
    cara: Cara = BIASA,
) -> list[Luaran]:
    """Return how each order ended, after writing `reports/index.html` over all that is there.

    Checks come first (only stale ones and failures are told), then reports; whatever is up to date
    is skipped unless `ulang`. Raises RuangError when another process works in the workspace.
    """
    with _opened(ruang, cara) as books:
        _make_all(orders, books, ulang=ulang)
        write_index(books)
        deliver(books)
    return books.outcomes


def run_banding(
    order: Pesanan,
    *,
    ruang: Ruang,
    ulang: bool = False,
    cara: Cara = BIASA,
) -> list[Luaran]:
    """Return how a comparison of several kabupaten ended; their own reports are made first.

    One that fails is named in the comparison with its reason. With fewer than two left there is
    nothing to compare, and it says so.
    """
    with _opened(ruang, cara) as books:
        _make_all(_list_each(order, ruang), books)
        failed = {
            item.kode: item.pesan
            for item in books.outcomes
            if item.status == manifest.GAGAL and item.tahun == order.tahun
        }
        order = _without(order, failed)
        if len(order.kode) < _BANDING_MINIMUM:
            why = f"Laporan {', '.join(failed)} belum berhasil dibuat."
            record_failure(order, books, {"galat": why})
        else:
            _make_all([order], books, ulang=ulang)
        write_index(books)
        deliver(books)
    return books.outcomes


def run_hapus(units: Sequence[Unit], *, ruang: Ruang) -> None:
    """Remove what was made from these kabupaten and years, and write the index pages anew.

    Raises RuangError when another process works in the workspace, when a folder cannot be removed,
    or when it was stopped; the next run then finishes it.
    """
    with _opened(ruang, BIASA) as books:
        remove_units(units, books)
    if list_pending(ruang):
        raise RuangError(
            "Penghapusan dihentikan sebelum selesai.",
            lakukan="Jalankan perintah yang sama; perintah lain pun menyelesaikannya dahulu.",
        )


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
def _opened(ruang: Ruang, cara: Cara) -> Iterator[Books]:
    """Yield the books of a run; an interruption ends it and is kept in them.

    Raises RuangError when another process works in the workspace, or a newer version did.
    """
    manifest.require_known(ruang)
    with open_crew(ruang, cara) as near, _reaching_out(near, cara.klaster) as crew:
        books = Books(ruang, crew, cara, [])
        finish_pending(books)
        try:
            yield books
        except KeyboardInterrupt:
            books.interrupt()


def _reaching_out(near: Crew, klaster: str) -> AbstractContextManager[Regu]:
    """Return the workers of this machine, joined by those of a cluster when one is named."""
    if not klaster:
        return nullcontext(near)
    from reviu_lib.batch.cluster import open_cluster

    return open_cluster(klaster, near)


def _check(units: Sequence[Unit], books: Books, *, ulang: bool = False) -> None:
    steps = plan_periksa(units, ruang=books.ruang, ulang=ulang)
    for step in steps:
        if not step.alasan:
            books.add(Luaran("periksa", step.kode, step.tahun, DILEWATI))
    units = [(step.kode, step.tahun) for step in steps if step.alasan]
    split_provinces(units, ruang=books.ruang, crew=books.crew, dengar=books.cara.dengar)
    due = [Tugas("periksa", k, t, {"kode": k, "tahun": t}) for k, t in units]
    books.cara.dengar(Kabar("rencana", "", 0, pekerjaan="periksa", jumlah=len(due)))

    def finish(tugas: Tugas, result: dict[str, Any]) -> None:
        if "galat" in result:
            drop_bahan(tugas.kode, tugas.tahun, ruang=books.ruang)
        outcome = as_outcome("periksa", tugas, result)
        books.note(Langkah("periksa", (tugas.kode,), tugas.tahun, outcome.status))
        books.add(outcome)

    books.crew.run(due, dengar=books.cara.dengar, finish=finish)


def _make_all(orders: Sequence[Pesanan], books: Books, *, ulang: bool = False) -> None:
    books.ask(orders)
    units = [(kode, order.tahun) for order in orders for kode in order.kode]
    checks = replace(books, outcomes=[])
    _check(with_earlier_years(units, ruang=books.ruang), checks)
    failed = {(c.kode, c.tahun): c for c in checks.outcomes if c.status == manifest.GAGAL}
    books.outcomes.extend(c for unit, c in failed.items() if unit not in units)
    due = [order for order in orders if _is_due(order, books, failed, ulang=ulang)]
    _make(due, books)


def _is_due(
    order: Pesanan, books: Books, failed: dict[Unit, Luaran], *, ulang: bool = False
) -> bool:
    """Return True when the order is to be made; otherwise its outcome is in the books."""
    for kode in order.kode:
        if check := failed.get((kode, order.tahun)):
            why = {"galat": check.pesan, "di": check.di or "pemeriksaan data"}
            record_failure(order, books, {**why, "lakukan": check.lakukan})
            return False
    try:
        why_due = explain_pesanan(order, ruang=books.ruang, ulang=ulang)
    except ReviuError as error:
        record_failure(order, books, as_result(error))
        return False
    if not why_due:
        files = list_made(order, books.ruang)
        unit = (order.jenis, order.label, order.tahun)
        books.add(Luaran(*unit, DILEWATI, berkas=files, nama=order.nama))
    return bool(why_due)


def _make(orders: Sequence[Pesanan], books: Books) -> None:
    known = load_durations(books.ruang)
    books.cara.dengar(_foretell(orders, known, books.cara))
    for together in split_rounds(orders):
        _make_together(sort_longest_first(together, known, ruang=books.ruang), books)


def _foretell(orders: Sequence[Pesanan], known: Mapping[str, float], cara: Cara) -> Kabar:
    """Return the news of how many reports will be made, and of how long that may take."""
    expected = [expect_duration(order, known) for order in orders]
    workers = max(1, min(cara.pekerja or default_workers(), len(orders)))
    seconds = sum(value for value in expected if value) / workers if all(expected) else 0.0
    kinds = {order.jenis for order in orders}
    kind = kinds.pop() if len(kinds) == 1 else "laporan"
    return Kabar("rencana", "", 0, pekerjaan=kind, jumlah=len(orders), detik=round(seconds, 1))


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


def _make_together(orders: Sequence[Pesanan], books: Books) -> None:
    tasks, waiting, limits = [], {}, books.cara.batas
    measured: dict[str, float] = {}
    clear_leftovers(orders, books.ruang)
    for order in orders:
        staging = new_staging(order.folder(books.ruang))
        tugas = Tugas(
            "buat",
            order.label,
            order.tahun,
            {"pesanan": order.as_dict(), "staging": str(staging), "batas": limits.model_dump()},
            batas_detik=limits.batas_laporan_detik,
            pekerjaan=order.jenis,
            judul=order.nama,
        )
        waiting[str(staging)] = (order, compute_kunci(order, ruang=books.ruang))
        tasks.append(tugas)

    def finish(tugas: Tugas, result: dict[str, Any]) -> None:
        order, kunci = waiting[tugas.isi["staging"]]
        if "selesai" in result:
            measured[name_duration(order)] = result.get("detik", 0.0)
            result = {**result, **_watch(order, kunci, books)}
        finish_order(order, books, {**result, "kunci": kunci, "staging": tugas.isi["staging"]})

    try:
        books.crew.run(tasks, dengar=books.cara.dengar, finish=finish)
    finally:
        save_durations(books.ruang, measured)
        clear_leftovers(orders, books.ruang)


def _watch(order: Pesanan, kunci: dict[str, Any], books: Books) -> dict[str, Any]:
    """Return a failure when what the order was made from has changed since it began, else notes."""
    try:
        now = compute_kunci(order, ruang=books.ruang)
    except ReviuError as error:
        return as_result(error)
    if changed := manifest.explain_change(kunci, now):
        why = f"Bahan laporan berubah selagi dibuat: {changed}."
        return {"galat": why, "lakukan": "Tunggu sampai penyuntingan selesai, lalu ulangi."}
    stale = [explain_stale(kode, order.tahun, ruang=books.ruang) for kode in order.kode]
    return {"catatan": [f"Laporan memuat data sebelum ini: {why}." for why in stale if why]}
