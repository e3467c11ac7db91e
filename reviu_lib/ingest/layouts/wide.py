"""Wide tables declared briefly: a population and its measures become the columns they stand in.

In a layout with `bentuk = "lebar"` one row is one place. `[tabel.X.sasaran.Y]` is a population
that others divide by, `[tabel.X.ukuran.Y]` a count of it with the percentage printed after the
count, each once for every group in `kelompok`. The words for groups and places are shared:
`definitions/terbitan.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from reviu_lib.catalog import Frozen, Status, build, read_toml
from reviu_lib.ingest.layouts.catalogue import Katalog, catalogue_columns


class Judul(Frozen):
    """Headings that one column may have."""

    judul: tuple[str, ...]


class KataJumlah(Frozen):
    """Words that make a row a total when they stand alone."""

    kata: frozenset[str]


class Kendala(Frozen):
    """Two measures of which one can never be above the other, with the reason."""

    kecil: str
    besar: str
    arti: str


class Jumlahan(Frozen):
    """A measure whose count is the sum of the counts of others."""

    hasil: str
    bagian: tuple[str, ...]


class Kosakata(Frozen):
    """The shared words of wide tables."""

    rujukan: str
    status: Status
    kelompok: Mapping[str, tuple[str, ...]]
    persen: Mapping[str, tuple[str, ...]]
    wilayah: Mapping[str, Judul]
    tahun: Judul
    abaikan: Judul
    jumlah: KataJumlah
    pasangan: tuple[Kendala, ...]
    katalog: Katalog


class Sasaran(Frozen):
    """A population by its headings; `arti` is its name, `setelah` what stands right before.

    `{k}` in a heading is the place of the group; `khusus` gives headings of one group alone.
    """

    judul: tuple[str, ...]
    arti: str
    setelah: str = ""
    kelompok: tuple[str, ...] = ()
    khusus: Mapping[str, tuple[str, ...]] = {}


class Ukuran(Frozen):
    """A measure: headings of its count and of a percentage that stands alone, and what it means.

    `penyebut` is a sasaran or another ukuran; `kode` the indicators of the catalogue that are
    defined alike, at most one an era.
    """

    indikator: str
    judul: tuple[str, ...] = ()
    persen: tuple[str, ...] = ()
    penyebut: str = ""
    setelah: str = ""
    kelompok: tuple[str, ...] = ()
    khusus: Mapping[str, tuple[str, ...]] = {}
    satuan: Literal["", "persen", "pecahan"] = ""
    kode: tuple[str, ...] = ()


@cache
def load_kosakata() -> Kosakata:
    """Return the shared words of wide tables."""
    data = read_toml("terbitan.toml")
    answers = {name: frozenset(data["katalog"][name]) for name in ("kata_persen", "kata_cacah")}
    words = {
        **data,
        "jumlah": {"kata": frozenset(data["jumlah"]["kata"])},
        "katalog": {**data["katalog"], **answers},
    }
    return build(Kosakata, words, "terbitan.toml")


def expand(spec: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return a table entry in which places, populations, and measures are columns."""
    if spec.get("bentuk") != "lebar":
        return dict(spec)
    words = load_kosakata()
    groups = tuple(spec.get("kelompok", [""]))
    columns = _place_columns(words)
    columns |= catalogue_columns(words.katalog) if spec.get("katalog") else {}
    for nama, entry in spec.get("sasaran", {}).items():
        columns |= _of_sasaran(nama, build(Sasaran, entry, where), groups, words)
    for nama, entry in spec.get("ukuran", {}).items():
        columns |= _of_ukuran(nama, build(Ukuran, entry, where), groups, words)
    own = spec.get("kolom", {})  # first: a heading belongs to the column of the layout itself
    whole = {nama: {**columns.get(nama, {}), **kolom} for nama, kolom in own.items()}
    columns = {**whole, **{nama: kolom for nama, kolom in columns.items() if nama not in own}}
    figures = [nama for nama, kolom in columns.items() if kolom.get("peran")]
    added = {
        "tabel": spec.get("tabel", "capaian_terbit"),
        "semua_kolom": False,
        "kolom": columns,
        "isian": figures,
        "ciri": spec.get("ciri", figures),
        "ciri_minimum": spec.get("ciri_minimum", 2),
        "abaikan": [*spec.get("abaikan", []), *words.abaikan.judul],
    }
    brief = {"sasaran", "ukuran", "kelompok", "katalog"}
    return {**{name: value for name, value in spec.items() if name not in brief}, **added}


def _place_columns(words: Kosakata) -> dict[str, Any]:
    places = {
        nama: {"judul": list(item.judul), "jenis": "teks"} for nama, item in words.wilayah.items()
    }
    return {**places, "tahun": {"judul": list(words.tahun.judul), "jenis": "tahun"}}


def _name(nama: str, kelompok: str) -> str:
    return f"{nama}.{kelompok}" if kelompok else nama


def _spell(titles: tuple[str, ...], kelompok: str, words: Kosakata) -> list[str]:
    """Return every heading of a count in one group; a heading with {k} names its own place."""
    patterns = words.kelompok[kelompok]
    own = [title.replace("{k}", kelompok) for title in titles if "{k}" in title]
    rest = [title for title in titles if "{k}" not in title]
    return [*own, *(pattern.format(judul=title) for title in rest for pattern in patterns)]


def _of_sasaran(
    nama: str, item: Sasaran, groups: tuple[str, ...], words: Kosakata
) -> dict[str, Any]:
    return {
        _name(nama, group): {
            "judul": [*_spell(item.judul, group, words), *item.khusus.get(group, ())],
            "jenis": "jumlah",
            "peran": "penyebut",
            "indikator": item.arti,
            "kelompok": group,
            "setelah": item.setelah,
        }
        for group in item.kelompok or groups
    }


def _of_ukuran(nama: str, item: Ukuran, groups: tuple[str, ...], words: Kosakata) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for group in item.kelompok or groups:
        shared = {
            "indikator": item.indikator,
            "kelompok": group,
            "penyebut": _name(item.penyebut, group) if item.penyebut else "",
            "kode_indikator": list(item.kode),
        }
        percent = {**shared, "jenis": "persen", "peran": "persen", "satuan": item.satuan}
        count = _name(nama, group)
        if item.judul:
            titles = [*_spell(item.judul, group, words), *item.khusus.get(group, ())]
            columns[count] = {**shared, "judul": titles, "jenis": "jumlah", "peran": "pembilang"}
            columns[count] |= {"setelah": _name(item.setelah, group) if item.setelah else ""}
            after = [*words.persen[group], *(f"{title} %" for title in titles)]
            columns[f"{count}.persen"] = {**percent, "judul": after, "setelah": count}
        if item.persen:
            alone = _spell(item.persen, group, words)
            columns[f"{count}.terbit"] = {**percent, "judul": alone}
    return columns
