"""The cover: title of the era, place and year, dates, state of the data, and the tiles."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.catalog import find_edisi, load_aturan, load_ringkasan
from reviu_lib.formatting import TERTUTUP, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import Angka
from reviu_lib.report.aset import INTERNAL, PUBLIK
from reviu_lib.report.grafik.gaya import pick
from reviu_lib.report.laporan.dasar import mark
from reviu_lib.report.tampilan import tag


@dataclass(frozen=True)
class Kotak:
    """One tile: what it is, the number as HTML, and a note as HTML."""

    judul: str
    angka: str
    catatan: str


def render_sampul(hasil: HasilReviu) -> str:
    """Return the cover of a review as HTML; every number in a tile names its cell."""
    aturan = load_aturan(hasil.tahun)
    title = tag("p", PUBLIK if hasil.publik else INTERNAL, class_="edisi-internal")
    title += tag("div", tag("span", "Lambang daerah"), class_="lambang", role="img",
                 aria_label="Tempat lambang daerah")  # fmt: skip
    title += tag("p", escape(aturan.judul_reviu), class_="atas-judul")
    title += tag("h1", escape(title_of(hasil)))
    title += mark(hasil.contoh)
    return tag("div", title + _facts(hasil) + render_kotak(list_kotak(hasil)), class_="sampul")


def title_of(hasil: HasilReviu) -> str:
    """Return the title of the document in the words of the era."""
    return f"{load_aturan(hasil.tahun).judul_dokumen} {hasil.nama} Tahun {hasil.tahun}"


def _facts(hasil: HasilReviu) -> str:
    pairs = (
        tag("div", tag("dt", name) + tag("dd", value)) for name, value in list_fakta(hasil).items()
    )
    return tag("dl", "".join(pairs), class_="fakta")


def list_fakta(hasil: HasilReviu) -> dict[str, str]:
    """Return what the cover says about the review: name of the fact → its value as HTML."""
    aturan, angka = load_aturan(hasil.tahun), Angka(hasil)
    return {
        "Kabupaten/kota": escape(hasil.nama),
        "Kode wilayah": tag("code", escape(hasil.kode_kabupaten)),
        "Tahun yang direviu": str(hasil.tahun),
        "Edisi": escape(find_edisi(hasil.edisi).nama),
        "Batas data": angka("dokumen/tanggal_cutoff"),
        "Tanggal reviu": angka("dokumen/tanggal_reviu"),
        "Aturan yang dipakai": escape(aturan.nama),
        "Status data": _data_status(hasil, angka),
    }


def _data_status(hasil: HasilReviu, angka: Angka) -> str:
    if hasil.contoh:
        return escape(f"{PENANDA_CONTOH}, bukan keadaan sebenarnya")
    when = (hasil.tanggal_cutoff.month, hasil.tanggal_cutoff.day)
    part = "setahun penuh" if when == (12, 31) else "sebagian tahun"
    return f"Data kabupaten {part}, sampai {angka('dokumen/tanggal_cutoff')}"


def render_kotak(kotak: list[Kotak]) -> str:
    """Return the tiles as one list; the spaces keep words apart where no style is applied."""
    parts = (
        (
            tag("span", escape(satu.judul), class_="nama"),
            tag("b", satu.angka),
            tag("span", satu.catatan, class_="catatan"),
        )
        for satu in kotak
    )
    items = (tag("li", " ".join(part), class_="kotak") for part in parts)
    return tag("ul", "".join(items), class_="deret-kotak", aria_label="Angka pokok")


def list_kotak(hasil: HasilReviu, *, tandai: bool = False) -> list[Kotak]:
    """Return the five tiles: prevalence, indicators, absorption, timeliness, data quality."""
    angka = Angka(hasil, tandai=tandai)
    return [
        _prevalensi(hasil, angka),
        _persen(
            hasil, angka, "Indikator mencapai target", "indikator_tercapai_persen",
            ("jumlah_indikator_tercapai", "dari", "jumlah_indikator_dinilai", "indikator dinilai"),
        ),
        _persen(
            hasil, angka, "Serapan anggaran", "serapan_persen",
            ("realisasi_rp", "dari", "pagu_rp", "sampai batas data"),
        ),
        _persen(
            hasil, angka, "Kegiatan tepat waktu", "tepat_waktu_persen",
            ("jumlah_tepat_waktu", "tepat waktu,", "jumlah_terlambat", "terlambat,",
             "jumlah_lewat_rencana", "belum selesai lewat rencana"),
        ),
        _mutu(hasil, angka),
    ]  # fmt: skip


def _ringkasan(angka: Angka, kunci: str) -> str:
    kolom = "teks" if kunci.endswith("_teks") else "nilai"
    return angka(f"ringkasan/{kunci}/{kolom}")


def _prevalensi(hasil: HasilReviu, angka: Angka) -> Kotak:
    for kunci, note in (
        ("survei_terakhir_persen", ("survei_terakhir_sumber_teks", "survei_terakhir_tahun")),
        ("register_persen", ("register_periode_teks",)),
    ):
        if not is_missing(pick(hasil, kunci)):
            source = " ".join(_ringkasan(angka, satu) for satu in note)
            kind = "survei" if kunci.startswith("survei") else "register"
            number = f"{_ringkasan(angka, kunci)} persen"
            return Kotak("Prevalensi stunting", number, f"{kind} {source}")
    return _absent("Prevalensi stunting")


def _persen(
    hasil: HasilReviu, angka: Angka, judul: str, kunci: str, catatan: tuple[str, ...]
) -> Kotak:
    if f"ringkasan/{kunci}/nilai" in hasil.tertutup:
        return Kotak(judul, str(TERTUTUP), "cacahnya terlalu kecil untuk edisi publik")
    if is_missing(pick(hasil, kunci)):
        return _absent(judul)
    known = load_ringkasan()
    words = (_known(hasil, angka, word) if word in known else word for word in catatan)
    return Kotak(judul, f"{_ringkasan(angka, kunci)} persen", " ".join(words))


def _known(hasil: HasilReviu, angka: Angka, kunci: str) -> str:
    present = hasil.ringkasan["baris"].eq(kunci).any()
    return _ringkasan(angka, kunci) if present else "–"


def _mutu(hasil: HasilReviu, angka: Angka) -> Kotak:
    if is_missing(pick(hasil, "jumlah_galat")):
        return _absent("Mutu data")
    note = (
        f"{_known(hasil, angka, 'jumlah_peringatan')} peringatan dan "
        f"{_known(hasil, angka, 'jumlah_catatan')} catatan"
    )
    return Kotak("Mutu data", f"{_ringkasan(angka, 'jumlah_galat')} galat", note)


def _absent(judul: str) -> Kotak:
    return Kotak(judul, "–", "data tidak tersedia")
