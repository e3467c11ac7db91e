"""Which parts of a province's files are not kept yet, and the run that makes them.

First the dates of each review are asked of the kabupaten's own files, then each file is opened by
one worker for all kabupaten that lack their part, and at last everything kept is masked with the
names of all files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reviu_lib.batch.pool import Cara, Dengar, Kabar, Regu, Tugas, ignore, open_crew
from reviu_lib.batch.provinces.work import Tanggal, load_konteks, make_simpanan
from reviu_lib.files import list_files
from reviu_lib.store import Ruang, is_isi_stale, save_isi

if TYPE_CHECKING:
    from reviu_lib.ingest.checks import Konteks
    from reviu_lib.ingest.provinces.kept import Simpanan, Tersimpan


def note_provinces(ruang: Ruang, *, dengar: Dengar = ignore) -> None:
    """Note for each province which kabupaten its files hold, where that is not known yet.

    The files are opened for that, and kept in parts for all kabupaten of the province. Raises
    RuangError when another process works in the workspace.
    """
    stale = [pair for pair in ruang.list_provinsi() if is_isi_stale(ruang, *pair)]
    if not stale:
        return
    from reviu_lib.ingest import list_codes, list_kabupaten

    with open_crew(ruang, Cara(dengar=dengar)) as crew:
        for provinsi, tahun in stale:
            units = [(kode, tahun) for kode in list_codes(provinsi)]
            split_provinces(units, ruang=ruang, crew=crew, dengar=dengar)
            folder = ruang.raw_provinsi(provinsi, tahun)
            kept = make_simpanan(ruang, provinsi, tahun)
            held = list_kabupaten(folder, kode_provinsi=provinsi, simpanan=kept)
            save_isi(ruang, provinsi, tahun, held)


def split_provinces(
    units: Sequence[tuple[str, int]], *, ruang: Ruang, crew: Regu, dengar: Dengar = ignore
) -> None:
    """Keep the parts that these kabupaten have in files of their provinces, where not kept yet.

    A file for which that fails is read by each kabupaten itself, and the news say so.
    """
    there = set(ruang.list_provinsi())
    groups: dict[tuple[str, int], list[str]] = {}
    for kode, tahun in units:
        if (kode[:2], tahun) in there:
            groups.setdefault((kode[:2], tahun), []).append(kode)
    for (provinsi, tahun), codes in groups.items():
        _Provinsi(ruang, provinsi, tahun, crew, dengar).split(codes)


@dataclass
class _Provinsi:
    """The files of one province and year, and the workers that open them."""

    ruang: Ruang
    kode: str
    tahun: int
    crew: Regu
    dengar: Dengar
    simpanan: Simpanan = field(init=False)
    berkas: list[Tersimpan] = field(init=False)

    def __post_init__(self) -> None:
        from reviu_lib.ingest import list_data

        self.simpanan = make_simpanan(self.ruang, self.kode, self.tahun)
        paths = list_data([self.ruang.raw_provinsi(self.kode, self.tahun)])
        self.berkas = [self.simpanan.open(path) for path in paths]

    def split(self, codes: Sequence[str]) -> None:
        """Keep the parts of these kabupaten."""
        contexts = self._load_contexts(codes)
        tasks = []
        for kept in self.berkas:
            lacking = [one for one in contexts if not kept.has(one)]
            days = {one.kode_kabupaten: _days(one) for one in lacking}
            if days:
                tasks.append(self._task("bagi", berkas=kept.path.name, tanggal=days))
        self._run(tasks)
        self._seal()
        if tasks:
            self.simpanan.clear([kept.path for kept in self.berkas])

    def _task(self, nama: str, **isi: Any) -> Tugas:
        unit = {"provinsi": self.kode, "tahun": self.tahun}
        return Tugas(nama, self.kode, self.tahun, {**unit, **isi})

    def _load_contexts(self, codes: Sequence[str]) -> list[Konteks]:
        """Return the context of each kabupaten, its dates as its own files tell them."""
        whole = [kept.path.name for kept in self.berkas if kept.utuh]
        own = [k for k in codes if whole or list_files(self.ruang.raw_of(k, self.tahun))]
        unit = {"tahun": self.tahun, "utuh": whole}
        tasks = [Tugas("tanggal", kode, self.tahun, {"kode": kode, **unit}) for kode in own]
        days: dict[str, Tanggal] = {}

        def finish(tugas: Tugas, result: dict[str, Any]) -> None:
            if "selesai" in result:
                days[tugas.kode] = result["selesai"]

        self.crew.run(tasks, dengar=ignore, finish=finish)
        known = [kode for kode in codes if kode in days or kode not in own]
        return [load_konteks(self.ruang, kode, self.tahun, days.get(kode)) for kode in known]

    def _run(self, tasks: Sequence[Tugas]) -> None:
        done = 0

        def finish(tugas: Tugas, result: dict[str, Any]) -> None:
            nonlocal done
            done += 1
            self._tell(f"{done} dari {len(tasks)} dibaca")
            if "galat" in result:
                self._tell(f"satu berkas dibaca per kabupaten saja: {result['galat']}")

        self.crew.run(tasks, dengar=ignore, finish=finish)

    def _tell(self, teks: str) -> None:
        words = f"Berkas provinsi {self.kode} tahun {self.tahun}: {teks}."
        self.dengar(Kabar("catatan", self.kode, self.tahun, words))

    def _seal(self) -> None:
        """Mask what is kept with the names of all files, where it is not yet."""
        kept = [one for one in self.berkas if one.isi]
        names = [one.folder.name for one in kept]
        tasks = [
            self._task("segel", folder=one.folder.name, lainnya=names)
            for one in kept
            if not one.is_sealed(names)
        ]
        self.crew.run(tasks, dengar=ignore, finish=lambda tugas, result: None)


def _days(konteks: Konteks) -> Tanggal:
    return {"reviu": str(konteks.tanggal_reviu), "cutoff": str(konteks.tanggal_cutoff)}
