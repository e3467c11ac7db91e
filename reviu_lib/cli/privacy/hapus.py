"""`hapus`: everything made from the data of a kabupaten and year goes, after a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviu_lib.cli.options import is_confirmed, open_ruang, ruang_option, tahun_option
from reviu_lib.cli.words import plain
from reviu_lib.formatting import format_number, mask_identity

if TYPE_CHECKING:
    from reviu_lib.batch.books import Hapusan
    from reviu_lib.settings import Pengaturan
    from reviu_lib.store import Ruang

_DISEBUT = 10  # files that are named one by one; more are counted


@click.command()
@click.argument("kode", metavar="KODE")
@tahun_option
@click.option("--ya", is_flag=True, help="Hapus tanpa bertanya.")
@ruang_option
def hapus(kode: str, tahun: list[int], ya: bool, ruang: str | None) -> None:
    """Hapus semua yang dibuat dari data satu kabupaten/kota dan tahun.

    Yang dihapus: data olahan, hasil reviu yang tersimpan, seluruh isi reports/<tahun>/<kode>/
    (semua edisi, notebook yang gagal, lembar kerja, perangkat rapat), edisi publiknya, simpanan
    berkas provinsi, dan barisnya di indeks. Berkas mentah di data/raw tidak disentuh. Daftarnya
    ditampilkan dahulu, lalu ditanyakan.

    \b
    Contoh:
      reviu hapus 12.18 --tahun 2021
      reviu hapus 12.18 --tahun 2020,2021 --ya
    """
    from reviu_lib.batch import run_hapus
    from reviu_lib.batch.books import plan_removal
    from reviu_lib.reference import validate_kode_kabupaten

    if not tahun:
        raise click.UsageError("Sebut tahunnya, misalnya --tahun 2021.")
    place, settings = open_ruang(ruang)
    code = validate_kode_kabupaten(kode)
    plan = plan_removal([(code, year) for year in dict.fromkeys(tahun)], ruang=place)
    if not plan.folder:
        click.echo(f"Tidak ada yang dibuat dari data {name_units(plan)}; tidak ada yang dihapus.")
        _tell_raw(plan, place)
        return
    _tell_plan(plan, place)
    if not ya and not is_confirmed("Hapus semuanya? Ketik ya untuk menghapus"):
        click.echo("Dibatalkan; tidak ada yang dihapus.")
        raise SystemExit(1)
    run_hapus(plan.unit, ruang=place)
    click.echo(f"Terhapus: {format_number(_count(plan))} berkas {name_units(plan)}.")
    _tell_elsewhere(settings)


def name_units(plan: Hapusan) -> str:
    """Return the kabupaten and the years as a sentence names them."""
    from reviu_lib.formatting import join_list
    from reviu_lib.reference import nama_atau_kode

    (kode, _), *_ = plan.unit
    return f"{kode} {nama_atau_kode(kode)} tahun {join_list([str(t) for _, t in plan.unit])}"


def _count(plan: Hapusan) -> int:
    return sum(len(files) for files in plan.folder.values())


def _tell_plan(plan: Hapusan, place: Ruang) -> None:
    """Print what goes, what of it is somebody's work, what stays, and what else shows it."""
    click.echo(f"Yang akan dihapus dari {name_units(plan)}:")
    for folder, files in plan.folder.items():
        click.echo(f"  {_place(folder, place)}/ ({format_number(len(files))} berkas)")
        if folder.name == "bagian":
            click.echo("    (simpanan bersama kabupaten lain; dibuat lagi bila diperlukan)")
    click.echo("  barisnya di indeks laporan")
    if plan.asing:
        click.echo("Di antaranya bukan tulisan alat, atau sudah disunting orang:")
        _list(plan.asing, place)
    _tell_raw(plan, place)
    _tell_dependants(plan.bergantung)


def _tell_raw(plan: Hapusan, place: Ruang) -> None:
    if not plan.mentah:
        return
    click.echo("Tidak dihapus, berkas mentahnya:")
    for folder, number in Counter(path.parent for path in plan.mentah).items():
        click.echo(f"  {_place(folder, place)}/ ({format_number(number)} berkas)")
    click.echo("  Selama ada di data/raw, perintah berikutnya dapat membuat semuanya lagi.")


def _tell_dependants(entries: Sequence[Mapping[str, Any]]) -> None:
    """Print which other reports hold numbers of what goes, and how each is made anew."""
    from reviu_lib.batch.manifest import describe_edisi

    if not entries:
        return
    click.echo("Tidak dihapus, tetapi memuat angkanya; buat ulang, atau hapus pula berkasnya:")
    for entry in entries:
        names = ", ".join(sorted(entry["keluaran"])) or "tanpa berkas"
        click.echo(f"  reports/{entry['folder']}/ ({plain(describe_edisi(entry))}): {plain(names)}")


def _list(paths: Sequence[Path], place: Ruang) -> None:
    for path in paths[:_DISEBUT]:
        click.echo(f"  {_place(path, place)}")
    if len(paths) > _DISEBUT:
        click.echo(f"  … dan {format_number(len(paths) - _DISEBUT)} berkas lain")


def _place(path: Path, place: Ruang) -> str:
    """Return a path as the user would look for it, without the identity that a name may hold."""
    return mask_identity(plain(path.relative_to(place.root).as_posix()))


def _tell_elsewhere(settings: Pengaturan) -> None:
    """Print what this command cannot reach."""
    copies = "surel, cadangan, folder bersama"
    if settings.tujuan:
        from reviu_lib.batch.cluster import hide_secret

        copies = f"{hide_secret(settings.tujuan)}, {copies}"
    click.echo(f"Salinan di luar ruang kerja ({copies}) tidak terjangkau; hapus sendiri.")
