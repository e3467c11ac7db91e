"""Where a report comes from (files, parameters, versions) and the block for signatures."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from html import escape

import matplotlib as mpl
import pandas as pd

from reviu_lib import __version__
from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import NAMA_FOLDER, list_own
from reviu_lib.formatting import format_tanggal
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.laporan.dasar import LaporanDasar
from reviu_lib.report.tabel import KolomTampil
from reviu_lib.report.tampilan import Potongan, tag

_KOLOM_BERKAS = (
    KolomTampil("berkas", "Berkas"),
    KolomTampil("tabel", "Menjadi tabel"),
    KolomTampil("jumlah_baris", "Baris", "jumlah"),
    KolomTampil("sidik", "SHA-256"),
)
_KOLOM_SIFAT = (KolomTampil("nama", "Hal"), KolomTampil("nilai", "Isi"))
PENANDA_TANGAN = ("Disusun oleh", "Diperiksa oleh", "Disetujui oleh")


def list_berkas(bahan: BahanReviu, sidik: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per raw file: berkas, tabel, jumlah_baris, sidik (its SHA-256).

    `sidik` maps path to hash; a file is found by its path or its last parts. A file without rows
    is listed too, with no table.
    """
    groups = bahan.asal.groupby("berkas", sort=True)
    read = pd.DataFrame(
        {
            "tabel": groups["tabel"].agg(lambda names: ", ".join(sorted(set(names)))),
            "jumlah_baris": groups.size(),
        }
    ).reset_index()
    found = [_path_of(str(name), sidik) for name in read["berkas"]]
    read["sidik"] = [sidik.get(path) for path in found]
    unread = sorted(set(sidik) - set(found))
    rest = pd.DataFrame({"berkas": unread, "sidik": [sidik[name] for name in unread]})
    return pd.concat([read, rest], ignore_index=True).reindex(
        columns=[satu.nama for satu in _KOLOM_BERKAS]
    )


def _path_of(berkas: str, sidik: Mapping[str, str]) -> str:
    """Return the longest path of `sidik` with which the name of a file ends, "" without one."""
    matches = [path for path in sidik if berkas == path or berkas.endswith(f"/{path}")]
    return max(matches, key=len, default="")


def list_sifat(bahan: BahanReviu) -> pd.DataFrame:
    """Return parameters, versions, and the workspace's own declarations in use: nama, nilai."""
    rows = {
        "Kode kabupaten/kota": bahan.kode_kabupaten,
        "Tahun": str(bahan.tahun),
        "Edisi": bahan.edisi,
        "Batas data": format_tanggal(bahan.tanggal_cutoff),
        "Tanggal reviu": format_tanggal(bahan.tanggal_reviu),
        "reviu": __version__,
        "Python": platform.python_version(),
        "pandas": pd.__version__,
        "matplotlib": mpl.__version__,
        **{f"{NAMA_FOLDER}/{name}": f"SHA-256 {sidik}" for name, sidik in list_own().items()},
    }
    return pd.DataFrame({"nama": list(rows), "nilai": list(rows.values())})


def render_asal_usul(
    laporan: LaporanDasar, bahan: BahanReviu, sidik: Mapping[str, str]
) -> Potongan:
    """Return the provenance as two numbered tables."""
    berkas = laporan.show_tabel(
        "berkas_masukan",
        list_berkas(bahan, sidik),
        kolom=_KOLOM_BERKAS,
        judul=("Berkas masukan dan sidiknya", "data/raw sebagaimana diterima"),
    )
    sifat = laporan.show_tabel(
        "parameter",
        list_sifat(bahan),
        kolom=_KOLOM_SIFAT,
        judul=("Parameter dan versi perangkat lunak", "catatan otomatis"),
    )
    html = tag("div", berkas.html + sifat.html, class_="asal-usul")
    return Potongan(html, isi=berkas.isi + sifat.isi)


def place_of(hasil: HasilReviu) -> str:
    """Return the place that stands before the date of a signature."""
    return hasil.nama.removeprefix("Kabupaten ").removeprefix("Kota ")


def render_pengesahan(hasil: HasilReviu) -> str:
    """Return three blank signature places; nobody is named."""
    place = escape(place_of(hasil))
    cells = (
        tag(
            "div",
            tag("p", word)
            + tag("p", "Jabatan: ……………………………")
            + tag("p", "", class_="garis")
            + tag("p", "Nama: ……………………………")
            + tag("p", "NIP: ……………………………"),
            class_="tanda-tangan",
        )
        for word in PENANDA_TANGAN
    )
    date_line = tag("p", f"{place}, ……………………………", class_="tempat")
    return tag("div", date_line + tag("div", "".join(cells), class_="deret"), class_="pengesahan")
