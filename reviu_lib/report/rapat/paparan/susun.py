"""From one result to slides: declared texts, tables cut from result tables, charts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reviu_lib.catalog import SlaidRapat, TabelSlaid, tabel_hasil
from reviu_lib.formatting import KOSONG, PENANDA_CONTOH, format_tanggal
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan
from reviu_lib.report.aset import INTERNAL
from reviu_lib.report.dokumen.blok import Isi, Kata
from reviu_lib.report.rapat.kata import Pengisi, choose
from reviu_lib.report.rapat.paparan.grafik import build_grafik
from reviu_lib.report.rapat.paparan.isi import Paparan, Slaid, TabelTampil
from reviu_lib.settings import IsianRapat

_PUTUSAN = "putusan"


def susun_paparan(hasil: HasilReviu, isian: IsianRapat) -> Paparan:
    """Return the slides of a review."""
    pengisi = Pengisi(hasil, isian)
    marks = [PENANDA_CONTOH] if hasil.contoh else []
    until = f"data sampai {format_tanggal(hasil.tanggal_cutoff)}"
    foot = " · ".join([hasil.nama, str(hasil.tahun), until, INTERNAL, *marks])
    slides = tuple(_slide(slaid, pengisi) for slaid in pengisi.aturan.slaid)
    judul = pengisi.plain("{judul_reviu} {daerah} Tahun {tahun}")
    return Paparan(judul, foot, hasil.tanggal_reviu, slides)


def _slide(slaid: SlaidRapat, pengisi: Pengisi) -> Slaid:
    charts = (build_grafik(nama, pengisi.hasil) for nama in slaid.grafik)
    return Slaid(
        kode=slaid.kode,
        judul=pengisi.isi(slaid.judul) or pengisi.isi(slaid.judul_tanpa_angka),
        daftar=tuple(pengisi.daftar(slaid.daftar)),
        grafik=tuple(grafik for grafik in charts if grafik),
        tabel=_table(slaid.tabel, pengisi) if slaid.tabel else None,
        penyaji=tuple(pengisi.plain(teks) for teks in slaid.penyaji),
    )


def _table(kode: str, pengisi: Pengisi) -> TabelTampil | None:
    """Return the table of that name; None when it has no rows."""
    if kode == _PUTUSAN:
        return _count_usulan(pengisi)
    declared = choose({item.kode: item for item in pengisi.aturan.tabel_slaid}, kode)
    rows = _select(declared, pengisi.hasil)
    baris = tuple(tuple(_cells(declared, nama, pengisi)) for nama in rows["baris"])
    kolom = {kolom.nama: kolom.judul for kolom in tabel_hasil()[declared.sumber_tabel].kolom}
    judul = tuple(kolom[nama] for nama in declared.kolom)
    return TabelTampil(judul, declared.lebar, baris) if baris else None


def _select(declared: TabelSlaid, hasil: HasilReviu) -> pd.DataFrame:
    frame: pd.DataFrame = getattr(hasil, declared.sumber_tabel)
    if declared.saring is None:
        return frame
    return frame[frame[declared.saring.kolom].isin(declared.saring.nilai)]


def _cells(declared: TabelSlaid, baris: str, pengisi: Pengisi) -> Iterator[Kata]:
    for kolom in declared.kolom:
        yield pengisi.angka(f"{declared.sumber_tabel}/{baris}/{kolom}") or Kata(KOSONG)


def _count_usulan(pengisi: Pengisi) -> TabelTampil:
    """Return how many proposals of each kind there are, and how many have a decision."""
    baris: list[Isi] = []
    for usulan in pengisi.aturan.usulan:
        saring = usulan.saring
        chosen = [{saring.kolom: nilai} for nilai in saring.nilai] if saring else [{}]
        baris.extend(_count_kind(pengisi, usulan.kode, usulan.judul, syarat) for syarat in chosen)
    judul = ("Yang diputuskan", "Usulan", "Sudah diputuskan")
    return TabelTampil(judul, (6, 2, 3), tuple(baris))


def _count_kind(pengisi: Pengisi, tabel: str, judul: str, syarat: dict[str, str]) -> Isi:
    words = ": ".join([judul, *syarat.values()])
    every = pengisi.angka(hitungan(tabel, **syarat, id_usulan="*"))
    decided = pengisi.angka(hitungan(tabel, **syarat, putusan="*"))
    return (Kata(words), every or Kata(KOSONG), decided or Kata(KOSONG))
