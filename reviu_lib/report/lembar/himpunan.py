"""All answers in one workbook: who answered, what to look at, what was used, what is proposed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviu_lib.bahan import PENANDA_CONTOH, BahanReviu
from reviu_lib.catalog import Kolom, load_lembar, tabel_masukan
from reviu_lib.formatting import list_first
from reviu_lib.report.lembar.kembali import Kemajuan
from reviu_lib.workbook import Lembar, write_tables

_KATA = {
    "belum": "belum kembali",
    "lama": "terbitan lama",
    "kosong": "kembali tanpa isian",
    "dilihat": "perlu dilihat",
    "kembali": "kembali",
}
_KOLOM_KEMAJUAN = (
    ("jenis", "Jenis"), ("unit", "Unit"), ("keadaan", "Keadaan"), ("jabatan", "Jabatan pengisi"),
    ("tanggal", "Tanggal pengisian"), ("berkas", "Berkas kembali"), ("isian", "Isian"),
    ("masalah", "Yang perlu dilihat"),
)  # fmt: skip
_USULAN = "isi_usulan"
_IDENTITAS = "identitas"


def say_state(keadaan: str) -> str:
    """Return the short word for the state of a unit."""
    return _KATA[keadaan]


def write_himpunan(kemajuan: Kemajuan, bahan: BahanReviu, path: Path) -> None:
    """Write the merged answers to `path` (.xlsx): a copy to read, never an input."""
    rows = bahan.isian_lembar[bahan.isian_lembar["bagian"] != _IDENTITAS]
    used, proposed = rows[rows["keadaan"] == "dipakai"], rows[rows["kolom"] == _USULAN]
    sheets = (
        _progress(kemajuan, bahan),
        _answers(
            "perlu_dilihat", kemajuan.dilihat, bahan, "Isian yang tidak dipakai, dan sebabnya."
        ),
        _answers("dipakai", used, bahan, "Isian yang mengisi yang kosong pada data reviu."),
        _answers("usulan", proposed, bahan, "Usulan tahun depan menurut unit, bahan rapat."),
        _answers("semua_isian", rows, bahan, "Semua sel yang diisi."),
    )
    write_tables(path, sheets)


def _above(bahan: BahanReviu, words: str) -> tuple[str, ...]:
    mark = (PENANDA_CONTOH,) if bahan.contoh else ()
    place = f"Himpunan lembar kerja reviu {bahan.tahun}: {bahan.nama} ({bahan.kode_kabupaten})"
    return (*mark, place, words)


def _progress(kemajuan: Kemajuan, bahan: BahanReviu) -> Lembar:
    kolom = tuple(
        Kolom(nama=name, jenis="teks", judul=title, arti="") for name, title in _KOLOM_KEMAJUAN
    )
    rows = [
        (
            satu.jenis, satu.terkirim.nama, say_state(satu.keadaan), satu.jabatan, satu.tanggal,
            ", ".join(satu.berkas), ", ".join(f"{n} {state}" for state, n in satu.isian),
            list_first([what for what, _ in satu.masalah]),
        )
        for satu in kemajuan.unit
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=[name for name, _ in _KOLOM_KEMAJUAN])
    words = "Untuk dibaca; berkas ini tidak dibaca kembali sebagai masukan."
    return Lembar("kemajuan", frame, kolom, _above(bahan, words), "judul")


def _answers(nama: str, rows: pd.DataFrame, bahan: BahanReviu, words: str) -> Lembar:
    """Return answers as a sheet; parts and columns stand there as the worksheet calls them."""
    kolom = tabel_masukan()["isian_lembar"].kolom
    shown = rows.assign(
        bagian=[load_lembar().bagian[kode].lembar for kode in rows["bagian"]],
        kolom=[title_of(*pair) for pair in zip(rows["bagian"], rows["kolom"], strict=True)],
    )
    return Lembar(nama, shown, kolom, _above(bahan, words), "judul")


def title_of(bagian: str, kolom: str) -> str:
    """Return the heading of a filled column on its worksheet."""
    return load_lembar().bagian[bagian].baku[kolom].judul
