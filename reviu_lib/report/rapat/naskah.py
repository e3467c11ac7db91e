"""The documents of the kit as blocks: declared sections, and parts that are made from data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from reviu_lib.catalog import BabNaskah, NaskahRapat, Sesi, list_kata_putusan
from reviu_lib.formatting import KOSONG, PENANDA_CONTOH, is_missing, mask_identity
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.aset import INTERNAL
from reviu_lib.report.dokumen.blok import (
    Baris,
    Blok,
    Daftar,
    Dokumen,
    Isi,
    Judul,
    Kata,
    Kelompok,
    Kolom,
    Paragraf,
    Pengesahan,
    Sel,
    Tabel,
    document_of,
)
from reviu_lib.report.rapat.kata import Pengisi, choose
from reviu_lib.report.rapat.peserta import list_peserta
from reviu_lib.report.rapat.putusan import build_putusan
from reviu_lib.settings import IsianRapat

_IDENTITAS = {
    "hari_tanggal": "Hari, tanggal",
    "pukul": "Pukul",
    "tempat": "Tempat",
    "pimpinan": "Pimpinan rapat",
    "notulis": "Notulis",
}


def list_naskah(hasil: HasilReviu, isian: IsianRapat) -> dict[str, Dokumen]:
    """Return the documents of the kit by name, in declared order."""
    pengisi = Pengisi(hasil, isian)
    return {naskah.kode: _document(naskah, pengisi) for naskah in pengisi.aturan.dokumen}


def _document(naskah: NaskahRapat, pengisi: Pengisi) -> Dokumen:
    hasil, judul = pengisi.hasil, pengisi.plain(naskah.judul)
    marks = (INTERNAL, PENANDA_CONTOH) if hasil.contoh else (INTERNAL,)
    blok: list[Blok] = [Paragraf((Kata(mark),), "penanda") for mark in marks]
    blok.append(Paragraf((Kata(judul),), "judul"))
    blok.extend(part for bab in naskah.bab for part in _section(bab, pengisi))
    return document_of(hasil, judul, blok)


def _section(bab: BabNaskah, pengisi: Pengisi) -> Iterator[Blok]:
    if bab.judul:
        yield Judul(2, pengisi.plain(bab.judul))
    yield from (Paragraf(isi) for isi in pengisi.daftar(bab.alinea))
    if bab.daftar:
        yield _list(pengisi.daftar(bab.daftar), bernomor=bab.bernomor)
    for isi in bab.isi:
        nama, _, sesi = isi.partition(":")
        yield from choose(_ISI, nama)(pengisi, sesi)


def _list(items: Iterable[Isi], *, bernomor: bool) -> Daftar:
    return Daftar(tuple((Paragraf(isi),) for isi in items), bernomor)


def _plain_list(texts: Sequence[str]) -> Daftar:
    return _list([(Kata(mask_identity(text)),) for text in texts], bernomor=True)


def build_table(
    judul: Sequence[str], rows: Iterable[Sequence[str]], *, lanskap: bool = False
) -> Tabel:
    """Return a table of plain text; a heading that ends in `…` is of a column to write in."""
    kolom = tuple(Kolom("", text.rstrip("…"), isian=text.endswith("…")) for text in judul)
    baris = tuple(Baris(tuple(Sel(mask_identity(text)) for text in row)) for row in rows)
    return Tabel("", "", "", (), kolom, (Kelompok("", baris),), lanskap=lanskap)


def _identitas(pengisi: Pengisi, sesi: str) -> Iterator[Blok]:
    entered = pengisi.sesi(sesi)
    rows = [(label, entered[nama]) for nama, label in _IDENTITAS.items()]
    rows.append(("Penyelenggara", pengisi.kata["penyelenggara"]))
    yield build_table((_sesi(pengisi, sesi).nama, "Isian"), rows)


def _sesi(pengisi: Pengisi, kode: str) -> Sesi:
    return choose({sesi.kode: sesi for sesi in pengisi.aturan.sesi}, kode)


def _acara(pengisi: Pengisi, sesi: str) -> Iterator[Blok]:
    """Return the agenda; hours are there when the beginning is known, else only the minutes."""
    declared = _sesi(pengisi, sesi)
    yield Paragraf(pengisi.isi(declared.tujuan))
    start = pengisi.sesi(sesi)["pukul"]
    rows, gone = [], 0
    for acara in declared.acara:
        hour = _hours(start, gone, acara.menit)
        rows.append((hour, f"{acara.menit} menit", acara.nama, pengisi.plain(acara.pelaku)))
        gone += acara.menit
    yield build_table(("Pukul", "Lama", "Acara", "Oleh"), rows)


def _hours(start: str, gone: int, menit: int) -> str:
    """Return `09.00–09.30` when the meeting begins at a known hour."""
    if not start[:1].isdigit():
        return "…………"
    begins = datetime.strptime(start, "%H.%M") + timedelta(minutes=gone)
    return f"{begins:%H.%M}–{begins + timedelta(minutes=menit):%H.%M}"


def _unsur(pengisi: Pengisi, sesi: str) -> Iterator[Blok]:
    lines = [line for _, lines in list_peserta(pengisi, sesi) for line in lines]
    yield _plain_list(lines)


def _hadir(pengisi: Pengisi, sesi: str) -> Iterator[Blok]:
    lines = [line for _, lines in list_peserta(pengisi, sesi) for line in lines]
    rows = [(str(no), line, "", "", "") for no, line in enumerate(lines, start=1)]
    judul = ("No", "Unsur", "Nama…", "Jabatan dan instansi…", "Tanda tangan…")
    yield build_table(judul, rows)


def _catatan(pengisi: Pengisi, sesi: str) -> Iterator[Blok]:
    rows = [(acara.nama, "", "") for acara in _sesi(pengisi, sesi).acara]
    yield build_table(("Acara", "Pokok pembicaraan…", "Kesimpulan…"), rows)


def _pertanyaan(pengisi: Pengisi, _: str) -> Iterator[Blok]:
    """Return the questions that the data raise, with room for an answer."""
    rows = pengisi.hasil.petunjuk_hambatan
    texts = [
        (f"{row['uraian']} {row['pertanyaan']}", _word(row["opd"]), "")
        for row in rows.dropna(subset=["pertanyaan"]).to_dict("records")
    ]
    if not texts:
        yield Paragraf((Kata("Data tidak memunculkan pertanyaan."),), "kosong")
        return
    yield build_table(("Yang tampak dan pertanyaannya", "OPD", "Jawaban…"), texts)


def _word(value: object) -> str:
    return KOSONG if is_missing(value) else str(value)


def _bukti(pengisi: Pengisi, _: str) -> Iterator[Blok]:
    """Return the checklist: what each aksi should leave, what is recorded, a box to tick."""
    columns = ("nama", "bukti_diharapkan", "dokumen_bukti", "status")
    rows = [
        (str(row["aksi"]), *(_word(row[name]) for name in columns), "☐", "")
        for row in pengisi.hasil.penilaian_aksi.to_dict("records")
    ]
    judul = ("Aksi", "Nama", "Bukti yang diharapkan", "Bukti yang tercatat", "Status", "Ada",
             "Catatan…")  # fmt: skip
    yield build_table(judul, rows, lanskap=True)


def _pengesahan(pengisi: Pengisi, _: str) -> Iterator[Blok]:
    signing = tuple(map(mask_identity, pengisi.isian.penanda_tangan))
    yield Pengesahan(pengisi.tempat_surat, signing or pengisi.aturan.penanda_tangan["bawaan"])


def _kata_putusan(_pengisi: Pengisi, _: str) -> Iterator[Blok]:
    for kepada, lokus in (("Kata putusan", False), ("Kata putusan untuk lokus", True)):
        yield Paragraf((Kata(f"{kepada}: {', '.join(list_kata_putusan(lokus=lokus))}."),))


def _of_era(nama: str) -> Callable[[Pengisi, str], Iterator[Blok]]:
    def build(pengisi: Pengisi, _: str) -> Iterator[Blok]:
        yield _plain_list(getattr(pengisi.facts.aturan, nama))

    return build


_ISI: dict[str, Callable[[Pengisi, str], Iterator[Blok]]] = {
    "identitas": _identitas,
    "acara": _acara,
    "unsur": _unsur,
    "hadir": _hadir,
    "catatan": _catatan,
    "pertanyaan": _pertanyaan,
    "bukti": _bukti,
    "putusan": lambda pengisi, _: build_putusan(pengisi),
    "kata_putusan": _kata_putusan,
    "pengesahan": _pengesahan,
    "keluaran": _of_era("keluaran"),
    "bagian_dokumen": _of_era("bagian_dokumen"),
    "dasar_hukum": _of_era("dasar_hukum"),
}
