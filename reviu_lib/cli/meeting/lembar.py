"""`lembar`, `himpun`: the worksheets of the meeting go out and come back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reviu_lib.cli.options import (
    choose,
    kode_argument,
    open_ruang,
    ruang_option,
    show_path,
    tahun_option,
)

if TYPE_CHECKING:
    from reviu_lib.bahan import BahanReviu
    from reviu_lib.store import Ruang


@click.command()
@kode_argument
@tahun_option
@ruang_option
def lembar(kode: tuple[str, ...], tahun: list[int], ruang: str | None) -> None:
    """Tulis lembar kerja pra-rapat untuk setiap OPD, kecamatan, dan puskesmas.

    Satu buku kerja per unit, terisi kegiatan, target, pagu, jadwal, cakupan, masalah data, dan
    rekomendasi tahun lalu miliknya; yang diisi unit berwarna kuning. Hasil:
    reports/<tahun>/<kode>/lembar/. Yang kembali disimpan di data/raw dan dibaca reviu himpun.

    \b
    Contoh:
      reviu lembar
      reviu lembar 12.18 --tahun 2021
    """
    from reviu_lib.cli.meeting.kirim import send_lembar

    place, settings = open_ruang(ruang)
    units = choose(kode, tahun, place, settings)
    done = _load_checked(units, place)
    for bahan in done:
        written, kept = send_lembar(bahan, place)
        folder = place.reports_of(bahan.kode_kabupaten, bahan.tahun) / "lembar"
        click.echo(
            f"{bahan.nama} {bahan.tahun}: {len(written)} lembar kerja di {show_path(folder)}"
        )
        _tell_kept(kept)
    sys.exit(0 if len(done) == len(units) else 1)


@click.command()
@kode_argument
@tahun_option
@ruang_option
def himpun(kode: tuple[str, ...], tahun: list[int], ruang: str | None) -> None:
    """Himpun lembar kerja yang kembali di data/raw, dan tunjukkan kemajuannya.

    Nama berkasnya bebas; unitnya dikenali dari lembar identitasnya. Isian hanya mengisi yang
    kosong pada data reviu; yang berbeda, bertentangan, atau dari terbitan lama menjadi temuan.
    Hasil di reports/<tahun>/<kode>/: kemajuan-… .html, himpunan-… .xlsx, pengingat-… .txt.

    \b
    Contoh:
      reviu himpun
      reviu himpun 12.18 --tahun 2021
    """
    from reviu_lib.cli.meeting.kirim import load_terkirim

    place, settings = open_ruang(ruang)
    chosen = choose(kode, tahun, place, settings)
    units = chosen if kode or tahun else [one for one in chosen if load_terkirim(*one, place)]
    if not units:
        raise click.UsageError("Belum ada lembar kerja yang dikirim; jalankan reviu lembar dahulu.")
    done = _load_checked(units, place)
    for bahan in done:
        _gather(bahan, place)
    sys.exit(0 if len(done) == len(units) else 1)


def _load_checked(units: list[tuple[str, int]], place: Ruang) -> list[BahanReviu]:
    """Return the inputs after a check of what has changed, also of the years before.

    A unit of which a check failed is left out, and told.
    """
    from reviu_lib.batch import run_periksa
    from reviu_lib.cli.screen import make_console, print_outcomes
    from reviu_lib.store import list_lalu, load_bahan

    needed = {(kode, tahun): {tahun, *list_lalu(kode, tahun, ruang=place)} for kode, tahun in units}
    checks = sorted({(kode, year) for (kode, _), years in needed.items() for year in years})
    failed = [item for item in run_periksa(checks, ruang=place) if item.status == "gagal"]
    print_outcomes(make_console(), failed)
    bad = {(item.kode, item.tahun) for item in failed}
    sound = [(kode, t) for (kode, t), years in needed.items()
             if not any((kode, year) in bad for year in years)]  # fmt: skip
    return [load_bahan(*unit, ruang=place) for unit in sound]


def _gather(bahan: BahanReviu, place: Ruang) -> None:
    """Write page, workbook, and reminders of one kabupaten and year, and print the counts."""
    from reviu_lib.cli.meeting.kirim import gather, require_terkirim
    from reviu_lib.report.lembar import judge_units

    kemajuan = judge_units(require_terkirim(bahan.kode_kabupaten, bahan.tahun, place), bahan)
    written, kept = gather(kemajuan, bahan, place)
    total, absent = len(kemajuan.unit), kemajuan.count("belum")
    click.echo(
        f"{bahan.nama} {bahan.tahun}: {total - absent} dari {total} lembar kerja kembali, "
        f"{kemajuan.count('lama', 'kosong', 'dilihat')} perlu dilihat, "
        f"{len(kemajuan.dilihat)} isian tidak dipakai."
    )
    for path in written:
        click.echo(f"  {show_path(path)}")
    _tell_kept(kept)


def _tell_kept(names: list[str]) -> None:
    for name in names:
        click.echo(f"  Yang disunting di sana disisihkan: {name}")
