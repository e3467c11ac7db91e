"""A synthetic e-PPGBM export of any size: 38 columns, several visits a child, realistic dirt.

Every identity is made up and marked CONTOH; every NIK has the kecamatan 00, which does not exist.
The same seed gives the same file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from reviu_lib.reference import list_desa, nama_wilayah

JUDUL = (
    "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota",
    "Kec", "Pukesmas", "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Usia Saat Ukur",
    "Tanggal Pengukuran", "Bulan Pengukuran", "Status Bulan", "status tahun", "Berat", "Tinggi",
    "Cara Ukur", "LiLA", "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB", "ZS BB/TB",
    "Naik Berat Badan", "PMT Diterima (kg)", "Jml Vit A", "KPSP", "KIA", "Detail", "status desa",
)  # fmt: skip
KODE, TAHUN, KUNJUNGAN = "12.18", 2021, 3
_SUKU = ("RA", "TI", "WA", "NI", "SU", "DE", "KA", "LI", "MA", "YU", "PU", "SA", "BI", "DO", "EN")
_HARI_PER_BULAN = 30.4375


def write_ekspor(path: Path, baris: int, *, benih: int = 1, kode: Sequence[str] = (KODE,)) -> None:
    """Write an export of `baris` rows below its header, of children of these kabupaten."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, JUDUL)
    for number, row in enumerate(make_rows(baris, benih=benih, kode=kode), start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    book.close()


def make_rows(baris: int, *, benih: int = 1, kode: Sequence[str] = (KODE,)) -> Iterator[list[Any]]:
    """Yield rows: a child's visits follow each other; about one row in fifteen is dirty."""
    dice = random.Random(benih)
    places = [(one, *row) for one in kode for row in _list_places(one)]
    made = 0
    while made < baris:
        child = _make_child(dice, dice.choice(places), benih, number=made)
        for visit in range(min(KUNJUNGAN, baris - made)):
            row = _visit(child, visit, dice)
            if dice.random() < 1 / 15:
                dice.choice(_KOTOR)(row, dice)
            yield [row.get(title) for title in JUDUL]
            made += 1


def _list_places(kode: str) -> list[tuple[str, str]]:
    return list(list_desa(kode)[["kecamatan", "desa"]].itertuples(index=False, name=None))


def _make_child(
    dice: random.Random, place: tuple[str, str, str], benih: int, *, number: int
) -> dict[str, Any]:
    born = date(2017, 3, 1) + timedelta(days=dice.randrange(1350))
    kode, kecamatan, desa = place
    name = _name(dice)
    return {
        "NIK": f"{kode.replace('.', '')}00{born:%d%m%y}{(benih * 997 + number) % 10_000:04d}",
        "Nama": f"CONTOH {name} {number}",
        "JK": dice.choice("LP"),
        "Tgl Lahir": born.isoformat(),
        "BB Lahir": round(dice.gauss(3.0, 0.4), 1),
        "TB Lahir": round(dice.gauss(49, 2), 1),
        "Nama Ortu": f"CONTOH {_name(dice)} / CONTOH {_name(dice)}",
        "Prov": nama_wilayah(kode[:2]).upper(),
        "Kab/Kota": nama_wilayah(kode).upper(),
        "Kec": kecamatan.upper(),
        "Pukesmas": kecamatan.upper(),
        "Desa/Kel": desa.upper(),
        "Posyandu": f"MAWAR {dice.randrange(1, 9)}",
        "RT": dice.randrange(1, 12),
        "RW": dice.randrange(1, 8),
        "Alamat": f"DUSUN CONTOH {dice.randrange(1, 400)}",
        "status desa": "Lokus",
        "_lahir": born,
    }


def _name(dice: random.Random) -> str:
    return "".join(dice.choice(_SUKU) for _ in range(3))


def _visit(child: dict[str, Any], visit: int, dice: random.Random) -> dict[str, Any]:
    day = date(TAHUN, 2 + 3 * visit, dice.randrange(1, 28))
    days = (day - child["_lahir"]).days
    months = days / _HARI_PER_BULAN
    height = round(50 + 9 * months**0.5 / 1.4 + dice.gauss(0, 3), 1)
    weight = round(3.2 + 1.05 * months**0.62 + dice.gauss(0, 0.9), 1)
    scores = [round(dice.gauss(mean, 1.1), 2) for mean in (-0.9, -1.3, -0.3)]
    return {
        **child,
        "Usia Saat Ukur": f"{days // 365} Tahun - {days % 365 // 31} Bulan - {days % 31} Hari",
        "Tanggal Pengukuran": day.isoformat(),
        "Bulan Pengukuran": day.strftime("%B"),
        "Status Bulan": "Sudah",
        "status tahun": "Sudah",
        "Berat": weight,
        "Tinggi": height,
        "Cara Ukur": "Terlentang" if days < 731 else "Berdiri",
        "LiLA": round(dice.gauss(14.5, 1.2), 1) if dice.random() < 0.4 else 0,
        "BB/U": "Kurang" if scores[0] < -2 else "Berat Badan Normal",
        "ZS BB/U": scores[0],
        "TB/U": "Pendek" if scores[1] < -2 else "Normal",
        "ZS TB/U": scores[1],
        "BB/TB": "Gizi Kurang" if scores[2] < -2 else "Gizi Baik",
        "ZS BB/TB": scores[2],
        "Naik Berat Badan": dice.choice("NTOB"),
        "Jml Vit A": dice.choice((0, 1, 2)),
        "KPSP": "-",
        "KIA": "Ada",
        "Detail": "Lihat",
    }


def _set(title: str, value: Any) -> Callable[[dict[str, Any], random.Random], None]:
    def change(row: dict[str, Any], dice: random.Random) -> None:
        row[title] = value

    return change


def _change(
    title: str, make: Callable[[Any], Any]
) -> Callable[[dict[str, Any], random.Random], None]:
    def change(row: dict[str, Any], dice: random.Random) -> None:
        row[title] = make(row[title])

    return change


def _day_first(text: str) -> str:
    return date.fromisoformat(text).strftime("%d/%m/%Y")


def _comma(value: float) -> str:
    return str(value).replace(".", ",")


# One kind of dirt each, as real exports show it.
_KOTOR = (
    _change("NIK", float),
    _set("NIK", None),
    _change("NIK", lambda nik: nik[:15]),
    _change("Nama", lambda name: f" {name}\u00a0"),
    _change("Tgl Lahir", _day_first),
    _set("Tgl Lahir", None),
    _change("Tanggal Pengukuran", lambda day: f"{day}\u00a0"),
    _change("Tanggal Pengukuran", _day_first),
    _set("Tanggal Pengukuran", "2020-12-30"),
    _set("Tanggal Pengukuran", "30/02/2021"),
    _change("Berat", _comma),
    _change("Berat", lambda weight: round(weight * 1000)),
    _set("Berat", 0),
    _change("Tinggi", _comma),
    _change("Tinggi", lambda height: round(height * 10)),
    _set("Tinggi", "-"),
    _set("ZS TB/U", 999.99),
    _set("ZS BB/U", "8888"),
    _set("JK", "Laki-laki"),
    _set("Cara Ukur", "tidak diketahui"),
    _set("Kab/Kota", "KOTA TEBING TINGGI"),
    _set("Kec", "Kec. Perbaungan"),
    _change("Desa/Kel", lambda desa: f"Desa {desa.title()}"),
    _change("Desa/Kel", lambda desa: f"{desa}X"),
    _set("LiLA", "tidak diukur"),
)
