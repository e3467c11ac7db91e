"""The results that a comparison asks for: those there are, and why others are not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviu_lib.errors import LaporanError, ReviuError, RuangError
from reviu_lib.hasil import HasilReviu
from reviu_lib.reference import nama_atau_kode
from reviu_lib.store.ruang import Ruang, find_ruang
from reviu_lib.store.tables import load_hasil, require_filled


@dataclass(frozen=True)
class Pilihan:
    """Results of the main year (`daftar`) and of others (`lalu`); `absen`: code → name, reason."""

    daftar: tuple[HasilReviu, ...]
    lalu: tuple[HasilReviu, ...]
    absen: dict[str, tuple[str, str]]


def load_pilihan(
    daftar_kode: str,
    tahun: int,
    *,
    daftar_tahun: str = "",
    absen: str = "",
    ruang: str | Path | Ruang | None = None,
) -> Pilihan:
    """Return the results of the kabupaten in `daftar_kode`, codes parted by commas.

    `daftar_tahun` holds other years, parted by commas; `absen` one line `kode: alasan` for each
    kabupaten known to have no result. A result that cannot be loaded is absent too, with its
    reason; of another year it is left out. LaporanError when nothing is left to compare.
    """
    require_filled(daftar_kode or absen, tahun)
    place = find_ruang(ruang)
    gone = dict(_read_absent(line) for line in absen.splitlines() if line.strip())
    found = []
    for kode in _split(daftar_kode):
        try:
            found.append(load_hasil(kode, tahun, ruang=place))
        except ReviuError as error:
            gone[kode] = (nama_atau_kode(kode), error.apa)
    if not found:
        raise LaporanError(
            f"Tidak ada hasil reviu tahun {tahun} untuk {daftar_kode or 'perbandingan ini'}.",
            lakukan=f"Jalankan `reviu banding KODE… --tahun {tahun}`.",
        )
    years = [int(year) for year in _split(daftar_tahun) if int(year) != tahun]
    earlier = _load_years([hasil.kode_kabupaten for hasil in found], years, place)
    return Pilihan(tuple(found), earlier, gone)


def _load_years(kode: Sequence[str], tahun: Sequence[int], ruang: Ruang) -> tuple[HasilReviu, ...]:
    """Return the results of these years that there are."""
    found = []
    for unit in [(code, year) for code in kode for year in sorted(tahun)]:
        try:
            found.append(load_hasil(*unit, ruang=ruang))
        except ReviuError:
            continue
    return tuple(found)


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[,\s]+", text) if part]


def _read_absent(line: str) -> tuple[str, tuple[str, str]]:
    kode, _, why = (part.strip() for part in line.partition(":"))
    return kode, (nama_atau_kode(kode), why or "tanpa keterangan")


def find_newest(
    kode_kabupaten: str = "", tahun: int = 0, *, ruang: str | Path | Ruang | None = None
) -> tuple[str, int]:
    """Return the kabupaten and year named; what is left open is the newest that was checked.

    That is the latest year, and in it the kabupaten checked last. RuangError when nothing that
    fits was checked yet.
    """
    place = find_ruang(ruang)
    fitting = [
        (year, (place.processed_of(kode, year) / "asal.json").stat().st_mtime_ns, kode)
        for kode, year in place.list_processed()
        if kode_kabupaten in ("", kode) and tahun in (0, year)
    ]
    if not fitting:
        raise RuangError(
            "Belum ada kabupaten/kota dan tahun yang sudah diperiksa.",
            di=str(place.processed),
            lakukan="Jalankan `reviu periksa`, atau `reviu contoh` lebih dahulu untuk mencoba.",
        )
    year, _, kode = max(fitting)
    return kode, year
