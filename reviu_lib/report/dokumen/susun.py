"""From an executed notebook to a document: the order is the notebook's, the content the result's.

Every piece that `Laporan` shows leaves its name in the notebook (`metadata["text/html"]["reviu"]`);
here the same piece is asked for again, so that an office that moves, adds, or drops pieces finds
its own order in every edition. What a user added (a plot, a frame, printed text) is kept as picture
or as fixed-width text, with identity masked.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import load_aturan
from reviu_lib.errors import LaporanError
from reviu_lib.formatting import KOSONG, mask_identity
from reviu_lib.hasil import HasilReviu
from reviu_lib.reference import Batas
from reviu_lib.report.dokumen.blok import (
    Angka,
    Baris,
    Blok,
    Dokumen,
    Gambar,
    Judul,
    Kata,
    Kelompok,
    Kolom,
    Paragraf,
    Pengesahan,
    Sampul,
    Sel,
    Tabel,
    document_of,
)
from reviu_lib.report.dokumen.prosa import fixed_text, parse_isi, parse_prosa
from reviu_lib.report.halaman import list_shown, pick_output, render_markdown
from reviu_lib.report.laporan import Laporan
from reviu_lib.report.laporan.asal_usul import PENANDA_TANGAN, place_of
from reviu_lib.report.laporan.sampul import list_fakta, list_kotak, title_of
from reviu_lib.report.susunan import load_kolom_status, load_status
from reviu_lib.report.tabel import KolomTampil, TabelTampil, is_prose, print_cells, runs_of
from reviu_lib.report.tampilan import KUNCI_NAMA, Potongan
from reviu_lib.report.tampilan import Gambar as GambarTampil


@dataclass(frozen=True)
class Bekal:
    """What some pieces need besides the result: boundaries, inputs, and their SHA-256."""

    bahan: BahanReviu
    sidik: Mapping[str, str] = field(default_factory=dict)
    batas: Batas | None = None


def susun_dokumen(cells: Iterable[Mapping[str, Any]], hasil: HasilReviu, bekal: Bekal) -> Dokumen:
    """Return the document of an executed notebook.

    Raises LaporanError when the notebook shows a piece that the result cannot give, or when a text
    holds an element that no edition knows.
    """
    laporan = Laporan(hasil)
    blok = [part for cell in list_shown(cells) for part in _cell(cell, laporan, bekal)]
    return document_of(hasil, title_of(hasil), blok)


def _cell(cell: Mapping[str, Any], laporan: Laporan, bekal: Bekal) -> Iterator[Blok]:
    if cell["cell_type"] == "markdown":
        yield from _chapters(parse_prosa(render_markdown(cell["source"])))
    elif cell["cell_type"] == "code":
        for output in cell.get("outputs", []):
            yield from _output(output, laporan, bekal)


def _chapters(blok: Iterable[Blok]) -> Iterator[Blok]:
    """Return blocks with chapters at level 1: a notebook's `##`, below the title of the cover."""
    for part in blok:
        yield Judul(max(part.tingkat - 1, 1), part.teks) if isinstance(part, Judul) else part


def _output(output: Mapping[str, Any], laporan: Laporan, bekal: Bekal) -> Iterable[Blok]:
    if output["output_type"] == "error":
        return [Paragraf((Kata("Bagian ini tidak dapat disusun."),), "galat")]
    if output["output_type"] == "stream":
        return fixed_text(_join(output["text"])) if output["name"] == "stdout" else []
    mime, content, words = pick_output(output)
    if name := words.get(KUNCI_NAMA):
        return _piece(str(name), laporan, bekal)
    return _foreign(mime, content, output)


def _foreign(mime: str, content: str, output: Mapping[str, Any]) -> Iterable[Blok]:
    """Return what a user's own cell showed: a picture as it is, anything else as plain text."""
    plain = _join(output.get("data", {}).get("text/plain", ""))
    if mime.startswith("image/"):
        picture = base64.b64decode(content)
        return [Gambar("", "", "", (), mask_identity(plain), lambda format, dpi: picture)]
    if mime == "text/markdown":
        return _chapters(parse_prosa(render_markdown(content)))
    return fixed_text(plain)


def _join(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _piece(name: str, laporan: Laporan, bekal: Bekal) -> Iterable[Blok]:
    """Return the blocks of a piece by its name; LaporanError when the result has no such piece."""
    kind, _, nama = name.partition("/")
    if kind == "sampul":
        return [_cover(laporan.hasil)]
    if kind == "pengesahan":
        return [Pengesahan(place_of(laporan.hasil), PENANDA_TANGAN)]
    if kind == "asal_usul":
        return _shown(laporan.asal_usul(bekal.bahan, bekal.sidik))
    if kind == "gambar":
        return _shown(laporan.gambar(nama, batas=bekal.batas))
    if kind in {"narasi", "tabel"}:
        return _shown(getattr(laporan, kind)(nama))
    raise LaporanError(
        f"Potongan laporan '{name}' tidak dikenal.",
        lakukan="Jalankan lagi reviu laporan dengan --ulang.",
    )


def _cover(hasil: HasilReviu) -> Sampul:
    return Sampul(
        jenis=load_aturan(hasil.tahun).judul_reviu,
        judul=title_of(hasil),
        fakta=tuple((name, parse_isi(html)) for name, html in list_fakta(hasil).items()),
        angka=tuple(
            Angka(kotak.judul, parse_isi(kotak.angka), parse_isi(kotak.catatan))
            for kotak in list_kotak(hasil)
        ),
    )


def _shown(piece: Potongan | GambarTampil) -> list[Blok]:
    if isinstance(piece, GambarTampil):
        nama = piece.nama.partition("/")[2]
        sumber = parse_isi(piece.sumber)
        return [Gambar(nama, piece.nomor, piece.judul, sumber, piece.alt, piece.draw)]
    if piece.isi:
        return [build_tabel(tampil) for tampil in piece.isi]
    return parse_prosa(piece.html)


def build_tabel(tampil: TabelTampil) -> Tabel:
    """Return a shown table as a block: its cells as printed, with their addresses."""
    cells = [_cells(tampil, kolom) for kolom in tampil.kolom]
    names = [kolom.nama for kolom in tampil.kolom]
    kepala = names.index(tampil.bentuk.kepala) if tampil.bentuk.kepala in names else 0
    return Tabel(
        nama=tampil.nama,
        nomor=tampil.nomor,
        judul=mask_identity(tampil.judul),
        sumber=parse_isi(tampil.sumber),
        kolom=tuple(
            _column(kolom, tampil, sel) for kolom, sel in zip(tampil.kolom, cells, strict=True)
        ),
        kelompok=tuple(_groups(tampil, cells)),
        kepala=kepala,
        lanskap=tampil.bentuk.lanskap,
        tegak=tampil.bentuk.tegak,
    )


def _column(kolom: KolomTampil, tampil: TabelTampil, cells: list[Sel]) -> Kolom:
    texts = [sel.teks for sel in cells]
    changing = kolom.angka or kolom.jenis == "tanggal" or kolom.nama in load_kolom_status()
    return Kolom(
        kolom.nama,
        kolom.judul,
        angka=kolom.angka,
        prosa=is_prose(kolom, texts),
        segar=changing and kolom.nama in tampil.alamat.sel,
    )


def _cells(tampil: TabelTampil, kolom: KolomTampil) -> list[Sel]:
    texts = print_cells(tampil.frame[kolom.nama], kolom)
    addresses = tampil.alamat.sel.get(kolom.nama) or [""] * len(texts)
    pairs = zip(texts, addresses, strict=True)
    if kolom.nama in load_kolom_status():
        return [_status(text, asal) for text, asal in pairs]
    if kolom.angka:
        return [Sel(text, asal) for text, asal in pairs]
    return [Sel(mask_identity(text), asal) for text, asal in pairs]


def _status(word: str, asal: str) -> Sel:
    mark = load_status().get(word)
    return Sel(word, asal, mark.simbol, mark.nada) if mark else Sel(word, asal)


def _groups(tampil: TabelTampil, cells: list[list[Sel]]) -> Iterator[Kelompok]:
    frame, bentuk = tampil.frame, tampil.bentuk
    total = frame[bentuk.total].eq("total") if bentuk.total else [False] * len(frame)
    kunci = tampil.alamat.kunci or [""] * len(frame)
    lines = zip(zip(*cells, strict=True), kunci, total, strict=True)
    rows = [Baris(tuple(sel), key, bool(is_total)) for sel, key, is_total in lines]
    if not bentuk.kelompok:
        yield Kelompok("", tuple(rows))
        return
    heads = frame[bentuk.kelompok].astype("string").fillna(KOSONG).astype("object")
    for positions in runs_of(heads):
        yield Kelompok(mask_identity(heads.iloc[positions[0]]), tuple(rows[p] for p in positions))
