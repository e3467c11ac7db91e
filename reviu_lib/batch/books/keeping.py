"""What a run keeps of each order: files put in place, the manifest that vouches, the outcome."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reviu_lib.batch import manifest
from reviu_lib.batch.planning import Pesanan
from reviu_lib.batch.pool import Cara, Kabar, Regu, Tugas
from reviu_lib.errors import ReviuError
from reviu_lib.files import SEMENTARA, hash_file, read_clock
from reviu_lib.reference import nama_atau_kode
from reviu_lib.store import Ruang, load_identitas
from reviu_lib.store.trail import Langkah, record_step

TERHENTI = "terhenti"
_DIHENTIKAN = "Dihentikan sebelum selesai; laporan yang lama tetap berlaku."
_LANJUTKAN = "Jalankan perintah yang sama; yang sudah jadi dilewati."
# More than four kabupaten of a comparison are not named one by one.
_NAMA_DISEBUT = 4
# Suffixes of files that are written whole or not at all.
_SEKALIGUS = {".ipynb", ".html"}


@dataclass(frozen=True)
class Luaran:
    """How one unit ended: `status` is selesai, dilewati, gagal, or terhenti.

    `nama` is the edition or notebook, `detik` how long it took.
    """

    jenis: str
    kode: str
    tahun: int
    status: str
    pesan: str = ""
    di: str = ""
    lakukan: str = ""
    berkas: tuple[Path, ...] = ()
    catatan: tuple[str, ...] = ()
    nama: str = ""
    detik: float = 0.0

    @property
    def notebook(self) -> Path | None:
        """The notebook that stopped, where a failure left one."""
        return next((path for path in self.berkas if path.stem.endswith("-gagal")), None)


@dataclass
class Books:
    """What a run was asked for (`asked`), what it has done so far, and whom it tells."""

    ruang: Ruang
    crew: Regu
    cara: Cara
    outcomes: list[Luaran]
    asked: list[Luaran] = field(default_factory=list)

    def ask(self, orders: Iterable[Pesanan]) -> None:
        """Note what is to be done; each is terhenti until its ending is kept."""
        self.asked += [Luaran(o.jenis, o.label, o.tahun, TERHENTI, nama=o.nama) for o in orders]

    def add(self, outcome: Luaran) -> None:
        """Keep how an order ended, and tell it."""
        self.outcomes.append(outcome)
        self.cara.dengar(
            Kabar(
                outcome.status,
                outcome.kode,
                outcome.tahun,
                outcome.pesan,
                outcome.jenis,
                nama=outcome.nama,
                detik=outcome.detik,
                di=outcome.di,
                lakukan=outcome.lakukan,
            )
        )

    def note(self, step: Langkah) -> None:
        """Add a step to the trail of the workspace; where that fails, the news tell it."""
        try:
            record_step(step, self.ruang)
        except ReviuError as error:
            self.cara.dengar(Kabar("catatan", "", 0, error.pesan))

    def interrupt(self) -> None:
        """Keep of everything that has no ending yet that it was stopped."""
        ended = {(o.jenis, o.kode, o.tahun, o.nama) for o in self.outcomes}
        for item in self.asked:
            if (item.jenis, item.kode, item.tahun, item.nama) not in ended:
                self.add(replace(item, pesan=_DIHENTIKAN, lakukan=_LANJUTKAN))


def as_outcome(jenis: str, tugas: Tugas, result: dict[str, Any]) -> Luaran:
    """Return how a task ended, from the last message of its worker."""
    seconds = result.get("detik", 0.0)
    if "galat" not in result:
        return Luaran(jenis, tugas.kode, tugas.tahun, manifest.SELESAI, detik=seconds)
    return Luaran(
        jenis,
        tugas.kode,
        tugas.tahun,
        manifest.GAGAL,
        pesan=result["galat"],
        di=result.get("di", ""),
        lakukan=result.get("lakukan", ""),
        detik=seconds,
    )


def as_result(error: ReviuError) -> dict[str, Any]:
    """Return an error as a worker would have told it."""
    return {"galat": error.apa, "di": error.di, "lakukan": error.lakukan}


def list_made(order: Pesanan, ruang: Ruang) -> tuple[Path, ...]:
    """Return the files of an order that its manifest knows, by name."""
    folder = order.folder(ruang)
    entry = manifest.load_manifest(folder)["laporan"].get(order.nama, {})
    return tuple(folder / name for name in sorted(entry.get("keluaran", {})))


def clear_leftovers(orders: Sequence[Pesanan], ruang: Ruang) -> None:
    """Remove what a killed run left beside the reports."""
    for folder in {order.folder(ruang) for order in orders}:
        for leftover in folder.glob(f".*{SEMENTARA}"):
            shutil.rmtree(leftover, ignore_errors=True)
            if leftover.is_file():
                leftover.unlink(missing_ok=True)


def finish_order(order: Pesanan, books: Books, result: dict[str, Any]) -> None:
    """Put the files in place and then, and only then, write the manifest that vouches for them.

    Before the first file moves, the manifest says that they are on their way and what they hold:
    after a kill in between, nobody takes the mixture for a report or the new for somebody's edit.
    """
    folder, staging = order.folder(books.ruang), Path(result["staging"])
    if "galat" in result:
        _drop_unfinished(staging, dead=bool(result.get("mati")))
    coming = {path.name: hash_file(path) for path in staging.iterdir()}
    try:
        write_entry(order, books.ruang, {"status": manifest.BERJALAN, "calon": coming})
        hashes, kept = manifest.publish(staging, folder, manifest.list_written(folder))
    except ReviuError as error:
        result, hashes, kept = {**result, **as_result(error)}, {}, []
    shutil.rmtree(staging, ignore_errors=True)
    notes = tuple(f"Berkas yang disunting disimpan sebagai {name}." for name in kept)
    notes += tuple(result.get("catatan", ()))
    if "galat" in result:
        record_failure(order, books, {**result, "keluaran": hashes, "catatan": notes})
        return
    _retire_before(order, folder, hashes)
    manifest.clear_retired(folder, list(order.stems.values()))
    entry = {"status": manifest.SELESAI, "kunci": result["kunci"], "keluaran": hashes}
    write_entry(order, books.ruang, {**entry, **result["selesai"]})
    _note(order, books, hasil=manifest.SELESAI, keluaran=hashes)
    books.add(
        Luaran(
            order.jenis,
            order.label,
            order.tahun,
            manifest.SELESAI,
            berkas=list_made(order, books.ruang),
            catatan=(*notes, *result["selesai"].get("catatan", ())),
            nama=order.nama,
            detik=result.get("detik", 0.0),
        )
    )


def _drop_unfinished(staging: Path, *, dead: bool) -> None:
    """Remove what a failed task may have written only half; of a dead one everything.

    Notebooks and pages are written in one step each and tell where it failed.
    """
    for path in list(staging.iterdir()):
        if dead or path.suffix not in _SEKALIGUS or path.name.endswith(SEMENTARA):
            path.unlink()


def _retire_before(order: Pesanan, folder: Path, kept: dict[str, str]) -> None:
    """Take the name from outputs of earlier runs that are not `kept` and no edition shares."""
    before = manifest.load_manifest(folder)["laporan"].get(order.nama, {}).get("keluaran", {})
    others = manifest.list_written(folder, other_than=order.nama)
    manifest.retire(folder, before, {*kept, *others})


def record_failure(order: Pesanan, books: Books, result: dict[str, Any]) -> None:
    """Keep why an order failed; what its earlier runs made is set aside.

    `result` is the last message of the worker, with `keluaran`: what could be put in place.
    """
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
    write_entry(order, books.ruang, entry)
    _note(order, books, hasil=manifest.GAGAL, keluaran=kept)
    tugas = Tugas("", order.label, order.tahun)
    outcome = as_outcome(order.jenis, tugas, result)
    books.add(
        replace(
            outcome,
            berkas=tuple(folder / name for name in sorted(kept)),
            catatan=result.get("catatan", ()),
            nama=order.nama,
        )
    )


def _note(order: Pesanan, books: Books, *, hasil: str, keluaran: dict[str, str]) -> None:
    step = Langkah(order.jenis, order.kode, order.tahun, hasil, order.nama, keluaran)
    books.note(step)


def write_entry(order: Pesanan, ruang: Ruang, entry: dict[str, Any]) -> None:
    """Write `entry` into the manifest of an order, with who, when, and the files known before."""
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
        "pesanan": order.as_dict(),
        "dibuat": read_clock().isoformat(timespec="seconds"),
        **_identity(order, ruang),
    }
    manifest.save_entry(folder, order.nama, content)


def _identity(order: Pesanan, ruang: Ruang) -> dict[str, Any]:
    """Return the names of the kabupaten and whether any of them is example data."""
    units = [(k, order.tahun) for k in order.kode if ruang.has_processed(k, order.tahun)]
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
