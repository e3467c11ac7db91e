"""What a worker can be asked to do: check raw files, or make what an order asks for."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from reviu_lib.bahan import BahanReviu
from reviu_lib.batch.planning import Pesanan
from reviu_lib.batch.provinces import TUGAS_PROVINSI, make_simpanan
from reviu_lib.batch.sources import BANDING, PUBLIK, REVIU, find_notebook
from reviu_lib.batch.temuan import write_temuan
from reviu_lib.catalog import FINAL
from reviu_lib.errors import RuangError
from reviu_lib.settings import Batas, load_pengaturan
from reviu_lib.store import (
    Ruang,
    drop_bahan,
    find_ruang,
    hash_raw,
    keep_rapat,
    load_hasil,
    load_kunci,
    load_pilihan,
    save_bahan,
)

# The return list for the puskesmas, beside the report of any edition.
PENGEMBALIAN = "pengembalian"
# Next year's plan, beside the final edition alone.
RENCANA = "rencana"
Tell = Callable[[str], None]


def periksa(kode: str, tahun: int, *, ruang: str | Path | Ruang | None = None) -> BahanReviu:
    """Return the inputs read from the raw files of one kabupaten and year, after keeping them.

    Findings are in `temuan`, and in `temuan.xlsx` with coloured copies beside the reports. Raises
    a ReviuError when nothing can be read at all; what was kept from an earlier check is then void,
    so that no report is made from it.
    """
    from reviu_lib.ingest import open_kept, read_folders
    from reviu_lib.ingest.identity import mask_text

    place = find_ruang(ruang)
    drop_bahan(kode, tahun, ruang=place)
    folders = place.folders_of(kode, tahun) or (place.raw_of(kode, tahun),)
    before = hash_raw(kode, tahun, ruang=place)
    bahan, names = read_folders(
        *folders,
        kode_kabupaten=kode,
        tahun=tahun,
        kunci=load_kunci(place),
        buka=partial(open_kept, simpanan=make_simpanan(place, kode[:2], tahun)),
    )
    if hash_raw(kode, tahun, ruang=place) != before:
        raise RuangError(
            "Berkas mentah berubah selagi dibaca.",
            di=f"data/raw/{kode}/{tahun}",
            lakukan="Tunggu sampai penyalinan atau penyuntingan selesai, lalu periksa lagi.",
        )
    save_bahan(bahan, place, samarkan=partial(mask_text, names=names))
    write_temuan(bahan, place, names=names)
    return bahan


def _periksa(root: Path, *, kode: str, tahun: int, tell: Tell) -> dict[str, Any]:
    tell("membaca berkas mentah")
    bahan = periksa(kode, tahun, ruang=root)
    counts = bahan.temuan["tingkat"].value_counts()
    return {str(level): int(count) for level, count in counts.items()}


def _make(
    root: Path,
    *,
    pesanan: dict[str, Any],
    staging: str,
    batas: dict[str, Any] | None = None,
    tell: Tell,
) -> dict[str, Any]:
    """Put every file of an order into `staging`; return what the index tells of it.

    What an earlier try left there goes first. `batas` holds the fields of `settings.Batas`.
    """
    from reviu_lib.batch.execution import Pengawas, run_notebook
    from reviu_lib.report import write_html

    ruang, order, folder = Ruang(root), Pesanan.from_dict(pesanan), Path(staging)
    mesin = load_pengaturan(ruang.root / "reviu.toml").mesin
    awas = Pengawas(tell, Batas(**(batas or {})), mesin)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for notebook, stem in order.stems.items():
        path, source = folder / f"{stem}.ipynb", find_notebook(notebook, ruang=ruang)
        book = run_notebook(source, path, order.parameters, cwd=ruang.root, awas=awas)
        if "html" in order.format:
            tell("halaman HTML")
            write_html(book, folder / f"{stem}.html", judul=order.judul(notebook))
        if order.publik:
            path.unlink()
    if order.jenis == "notebook":
        return {}
    if order.publik:
        return _finish_publik(order, folder, ruang)
    if order.jenis == "banding":
        return _finish_banding(order, folder, ruang)
    return _finish_laporan(order, folder, ruang, tell=tell)


def name_rencana(kode: str, tahun: int) -> str:
    """Return the file name of the plan of the year after, beside the final edition."""
    return f"{RENCANA}-{kode}-{tahun + 1}.xlsx"


def _finish_laporan(order: Pesanan, folder: Path, ruang: Ruang, *, tell: Tell) -> dict[str, Any]:
    """Write the other editions; return what the index tells and the notes for the user."""
    from reviu_lib.batch.editions.dokumen import write_editions
    from reviu_lib.report import write_lampiran, write_pengembalian, write_rencana
    from reviu_lib.report.indeks import count_temuan, list_angka

    hasil = load_hasil(order.kode[0], order.tahun, ruang=ruang)
    keep_rapat(hasil, ruang)
    if "xlsx" in order.format:
        write_lampiran(hasil, folder / f"{order.stems[REVIU]}.xlsx")
        if order.edisi == FINAL:
            write_rencana(hasil, folder / name_rencana(order.kode[0], order.tahun))
        if len(hasil.pengembalian):
            write_pengembalian(hasil, folder / f"{PENGEMBALIAN}-{order.kode[0]}-{order.tahun}.xlsx")
    book = folder / f"{order.stems[REVIU]}.ipynb"
    notes = write_editions(order.format, book, hasil, ruang=ruang, tell=tell)
    return {"indeks": {"angka": list_angka(hasil), **count_temuan(hasil)}, "catatan": notes}


def _finish_banding(order: Pesanan, folder: Path, ruang: Ruang) -> dict[str, Any]:
    """Write the workbook of a comparison; the index tells nothing more of it."""
    from reviu_lib.report import write_banding
    from reviu_lib.review.banding import compare_kabupaten

    if "xlsx" in order.format:
        years, gone = ", ".join(map(str, order.tahun_lain)), "\n".join(order.absen)
        pilihan = load_pilihan(
            ", ".join(order.kode), order.tahun, daftar_tahun=years, absen=gone, ruang=ruang
        )
        banding = compare_kabupaten(pilihan.daftar, pilihan.lalu, pilihan.absen)
        write_banding(banding, folder / f"{order.stems[BANDING]}.xlsx")
    return {}


def _finish_publik(order: Pesanan, folder: Path, ruang: Ruang) -> dict[str, Any]:
    """Write the annex of the public edition; return what the index tells of it."""
    from reviu_lib.penyamaran import close_cells
    from reviu_lib.report import write_lampiran
    from reviu_lib.report.indeks import count_temuan, list_angka

    publik = close_cells(load_hasil(order.kode[0], order.tahun, ruang=ruang))
    if "xlsx" in order.format:
        write_lampiran(publik, folder / f"{order.stems[PUBLIK]}.xlsx")
    return {"indeks": {"angka": list_angka(publik), **count_temuan(publik)}}


def _write_index(
    root: Path, *, entries: list[dict[str, Any]], publik: bool = False, tell: Tell
) -> dict[str, Any]:
    from reviu_lib.report.indeks import EntriIndeks, write_indeks

    lines = [
        EntriIndeks(**{key: _as_tuple(value) for key, value in entry.items()}) for entry in entries
    ]
    write_indeks(lines, Ruang(root).portal_of(publik=publik) / "index.html", publik=publik)
    return {}


def _as_tuple(value: Any) -> Any:
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value


TUGAS: dict[str, Callable[..., dict[str, Any]]] = {
    "periksa": _periksa,
    "buat": _make,
    "indeks": _write_index,
    **TUGAS_PROVINSI,
}
