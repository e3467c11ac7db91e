"""From a plan to orders: which kabupaten, years, and notebooks, and what of them is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviu_lib.batch.manifest import FORMAT_PUBLIK
from reviu_lib.batch.plan.file import PERBAIKI, BagianLaporan, BagianNotebook, BerkasRencana
from reviu_lib.batch.planning import Pesanan, Unit
from reviu_lib.errors import RencanaError, ReviuError
from reviu_lib.store import Ruang

_PANJANG_PROVINSI = 2
_Part = BagianLaporan | BagianNotebook


@dataclass(frozen=True)
class Pilihan:
    """What of a plan is wanted; empty means all of it."""

    kode: Sequence[str] = ()
    tahun: Sequence[int] = ()
    notebook: Sequence[str] = ()


SEMUA = Pilihan()


def list_orders(plan: BerkasRencana, *, ruang: Ruang, pilihan: Pilihan = SEMUA) -> list[Pesanan]:
    """Return the orders of a plan that are wanted, reports first, without any twice.

    Raises RencanaError with everything that cannot be: a kabupaten or year without raw files, two
    parts that would write the same file, files of `masukan` that are not there, or nothing to do.
    """
    there = sorted({*ruang.list_raw(), *ruang.list_processed()})
    faults = [*_absent(plan, there), *_lacking(plan, ruang)]
    orders = [
        *(order for part in plan.bagian_laporan for order in _reports(part, plan, there)),
        *(order for part in plan.notebook for order in _notebooks(part, plan, there, ruang)),
    ]
    faults += _collisions(orders)
    wanted = [order for order in orders if _is_wanted(order, pilihan)]
    if not wanted and not faults:
        faults.append(ReviuError("Tidak ada yang cocok dengan pilihan.", di="rencana",
                                 lakukan="Lihat isi rencana dengan --coba tanpa KODE, --tahun, "
                                 "dan --notebook."))  # fmt: skip
    if faults:
        why = "Rencana belum dapat dijalankan."
        raise RencanaError(why, butir=faults, lakukan=PERBAIKI)
    return wanted


def _is_wanted(order: Pesanan, pilihan: Pilihan) -> bool:
    kode = order.kode[0]
    return (
        (not pilihan.kode or bool({"semua", kode, kode[:_PANJANG_PROVINSI]} & {*pilihan.kode}))
        and (not pilihan.tahun or order.tahun in pilihan.tahun)
        and (not pilihan.notebook or bool({order.buku, order.sebutan} & {*pilihan.notebook}))
    )


def _units(part: _Part, plan: BerkasRencana, there: Iterable[Unit]) -> list[Unit]:
    """Return the kabupaten and years of a part that have files."""
    codes = plan.kabupaten if part.kabupaten is None else part.kabupaten
    years = plan.tahun if part.tahun is None else part.tahun
    return [
        (kode, tahun)
        for kode, tahun in there
        if _covers(codes, kode) and (not years or tahun in years)
    ]


def _covers(codes: Collection[str], kode: str) -> bool:
    return not codes or bool({"semua", kode, kode[:_PANJANG_PROVINSI]} & {*codes})


def _reports(part: BagianLaporan, plan: BerkasRencana, there: Iterable[Unit]) -> Iterator[Pesanan]:
    formats: tuple[str, ...] = tuple(plan.format if part.format is None else part.format)
    if part.publik:
        formats = tuple(name for name in formats if name in FORMAT_PUBLIK) or FORMAT_PUBLIK
    for kode, tahun in _units(part, plan, there):
        edisi = part.edisi or plan.edisi
        yield Pesanan((kode,), tahun, edisi=edisi, format=formats, publik=part.publik)


def _notebooks(
    part: BagianNotebook, plan: BerkasRencana, there: Iterable[Unit], ruang: Ruang
) -> Iterator[Pesanan]:
    filled = tuple(sorted(part.fill(plan.edisi, ruang).items()))
    for kode, tahun in _units(part, plan, there):
        yield Pesanan(
            (kode,),
            tahun,
            edisi=plan.edisi,
            format=("html",),
            jenis="notebook",
            buku=part.nama,
            sebutan=part.keluaran,
            isian=filled,
            masukan=tuple(part.masukan),
        )


def _absent(plan: BerkasRencana, there: Collection[Unit]) -> Iterator[ReviuError]:
    """Yield a fault for each code and year that is named and has no raw file at all."""
    codes, years = {kode for kode, _ in there}, {tahun for _, tahun in there}
    parts: list[BerkasRencana | _Part] = [plan, *plan.laporan, *plan.notebook]
    named = dict.fromkeys(kode for part in parts for kode in part.kabupaten or ())
    lacking = [kode for kode in named if not any(_covers([kode], code) for code in codes)]
    lacking += [str(t) for t in dict.fromkeys(t for p in parts for t in p.tahun or ())
                if t not in years]  # fmt: skip
    for word in lacking:
        yield ReviuError(
            f"Tidak ada berkas mentah untuk {word}.",
            di="data/raw/<kode>/<tahun>/",
            lakukan="Simpan berkasnya di sana, atau hapus dari rencana.",
        )


def _lacking(plan: BerkasRencana, ruang: Ruang) -> Iterator[ReviuError]:
    """Yield a fault for each pattern of `masukan` that no file of the workspace fits."""
    for number, part in enumerate(plan.notebook, 1):
        for pattern in part.masukan:
            inside = not pattern.startswith(("/", "\\")) and ".." not in pattern.split("/")
            if not inside or not any(path.is_file() for path in ruang.root.glob(pattern)):
                yield ReviuError(
                    f"[[notebook]] ke-{number}, masukan = {pattern!r}: tidak ada berkas ini.",
                    di="rencana",
                    lakukan="Tulis letaknya terhadap ruang kerja, misalnya data/tambahan/*.csv.",
                )


def _collisions(orders: Iterable[Pesanan]) -> Iterator[ReviuError]:
    """Yield a fault for each name under which two orders would write."""
    counts = Counter((order.nama, order.kode, order.tahun) for order in orders)
    twice = Counter(nama for (nama, _, _), count in counts.items() if count > 1)
    for nama, units in twice.items():
        yield ReviuError(
            f"{nama} diminta lebih dari sekali untuk {units} kabupaten dan tahun yang sama.",
            di="rencana",
            lakukan="Pisahkan kabupaten atau tahunnya; untuk notebook, beri sebutan yang berbeda.",
        )
