"""The progress page of the coordinator: HTML in the style of the index, readable offline."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reviu_lib.bahan import PENANDA_CONTOH, BahanReviu
from reviu_lib.catalog import load_lembar
from reviu_lib.files import write_atomic
from reviu_lib.formatting import format_number, format_tanggal
from reviu_lib.report.aset import FOLDER_TEMPLAT, INTERNAL, load_aset
from reviu_lib.report.laporan.sampul import Kotak, render_kotak
from reviu_lib.report.lembar.himpunan import say_state, title_of
from reviu_lib.report.lembar.kembali import Kemajuan, Satuan
from reviu_lib.report.lembar.pengingat import describe_pengingat, list_reminded

# State of a unit → tone of its mark, and the symbol that says the same without colour.
_NADA = {
    "belum": ("netral", "○"),
    "lama": ("sedang", "◐"),
    "kosong": ("sedang", "◐"),
    "dilihat": ("buruk", "▲"),
    "kembali": ("baik", "●"),
}


def write_kemajuan(kemajuan: Kemajuan, bahan: BahanReviu, path: Path) -> None:
    """Write the progress page to `path` (.html); RuangError when it cannot be written."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER_TEMPLAT / "reviu"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    page = environment.get_template("kemajuan.html.j2").render(
        bahan=bahan,
        penanda=PENANDA_CONTOH if bahan.contoh else "",
        judul=f"Kemajuan lembar kerja reviu {bahan.tahun}",
        batas=format_tanggal(bahan.tanggal_reviu),
        kotak=render_kotak(_tiles(kemajuan)),
        unit=[_show(satu) for satu in kemajuan.unit],
        dilihat=_show_answers(kemajuan),
        asing=kemajuan.asing,
        pengingat=[
            (satu.nama, describe_pengingat(satu, bahan)) for satu in list_reminded(kemajuan)
        ],
        aset=load_aset(),
        edisi=INTERNAL,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, page.encode())


def _tiles(kemajuan: Kemajuan) -> list[Kotak]:
    total = format_number(len(kemajuan.unit))
    back = len(kemajuan.unit) - kemajuan.count("belum")
    return [
        Kotak("Kembali", format_number(back), f"dari {total} lembar kerja"),
        Kotak("Belum kembali", format_number(kemajuan.count("belum")), "perlu diingatkan"),
        Kotak(
            "Perlu dilihat",
            format_number(kemajuan.count("lama", "kosong", "dilihat")),
            "terbitan lama, kosong, atau ada yang bertentangan",
        ),
        Kotak("Isian tidak dipakai", format_number(len(kemajuan.dilihat)), "sebabnya ada di bawah"),
    ]


def _show(satu: Satuan) -> dict[str, object]:
    tone, symbol = _NADA[satu.keadaan]
    return {
        "nama": satu.terkirim.nama,
        "jenis": satu.jenis,
        "lembar": satu.terkirim.berkas,
        "nada": tone,
        "simbol": symbol,
        "keadaan": say_state(satu.keadaan),
        "jabatan": satu.jabatan,
        "tanggal": satu.tanggal,
        "berkas": satu.berkas,
        "isian": satu.isian,
        "masalah": satu.masalah,
    }


def _show_answers(kemajuan: Kemajuan) -> list[dict[str, str]]:
    rows = kemajuan.dilihat.fillna("").astype(str).to_dict("records")
    return [
        row
        | {
            "bagian": load_lembar().bagian[row["bagian"]].lembar,
            "kolom": title_of(row["bagian"], row["kolom"]),
        }
        for row in rows
    ]
