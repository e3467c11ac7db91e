"""The first page in JupyterLab: what the workspace holds, and where to begin."""

from __future__ import annotations

from pathlib import Path

from reviu_lib.errors import RuangError
from reviu_lib.files import write_atomic
from reviu_lib.reference import nama_atau_kode
from reviu_lib.store import Ruang, find_newest

# The notebook that shows the way, in the workspace.
PEMBUKA = "notebooks/jelajah/mulai_di_sini.ipynb"

_KOSONG = """Belum ada data yang diperiksa di ruang kerja ini. Buka **File → New → Terminal**, lalu:

- `reviu contoh` menulis data contoh untuk mencoba, atau simpan berkas Anda di `data/raw/`;
- `reviu periksa` memeriksanya.

Sesudah itu pakai tombol **Baca ulang** pada penjelajah di notebook penuntun.
"""
_PENUNTUN = f"""## Mulai dari mana

1. **[Notebook penuntun](../{PEMBUKA})**: memilih kabupaten/kota, tahun, indikator, dan desa, \
lalu melihat gambar, tabel, kalimat, dan asal angkanya. Jalankan semuanya dengan menu \
**Run → Run All Cells**.
2. Di notebook mana pun, ketik `from reviu_lib import jelajah`, lalu `jelajah()`.
3. Nama apa pun diikuti **Shift+Tab** menampilkan penjelasannya; titik diikuti **Tab** menampilkan \
isinya.
"""
_AMAN = """Yang Anda ubah di sini tidak mengubah laporan resmi, yang dibuat dengan `reviu laporan`.
"""


def write_beranda(ruang: Ruang) -> str:
    """Return the path of the page below the workspace after writing it.

    RuangError when reports/ cannot be written.
    """
    ruang.reports.mkdir(parents=True, exist_ok=True)
    write_atomic(ruang.beranda, describe_ruang(ruang).encode())
    return ruang.beranda.relative_to(ruang.root).as_posix()


def describe_ruang(ruang: Ruang) -> str:
    """Return the page as Markdown: newest kabupaten and year, the way in, and all there is."""
    guide = _PENUNTUN if (ruang.root / PEMBUKA).is_file() else ""
    return "\n".join(["# Selamat datang di reviu\n", _newest(ruang), guide, _list(ruang), _AMAN])


def _newest(ruang: Ruang) -> str:
    try:
        kode, tahun = find_newest(ruang=ruang)
    except RuangError:
        return _KOSONG
    return (
        f"Yang dibuka lebih dahulu: **{nama_atau_kode(kode)} ({kode}), tahun {tahun}**, "
        "yang terbaru sudah diperiksa.\n"
    )


def _list(ruang: Ruang) -> str:
    """Return the table of what was checked, with links to the reports there are."""
    units = ruang.list_processed()
    if not units:
        return ""
    rows = [
        f"| {nama_atau_kode(kode)} ({kode}) | {tahun} | {_links(ruang.reports_of(kode, tahun))} |"
        for kode, tahun in sorted(units, key=lambda unit: (unit[0], -unit[1]))
    ]
    head = ["## Yang sudah diperiksa\n", "| Kabupaten/kota | Tahun | Laporan |", "|---|---|---|"]
    return "\n".join([*head, *rows, *_index(ruang)])


def _links(folder: Path) -> str:
    pages = sorted(folder.glob("reviu-*.html")) if folder.is_dir() else []
    names = [path.stem.rpartition("-")[2] for path in pages]
    where = "/".join(folder.parts[-2:])
    links = [f"[{n}]({where}/{path.name})" for n, path in zip(names, pages, strict=True)]
    return ", ".join(links) or "belum dibuat"


def _index(ruang: Ruang) -> list[str]:
    there = (ruang.reports / "index.html").is_file()
    return ["\n[Indeks semua laporan](index.html)\n"] if there else [""]
