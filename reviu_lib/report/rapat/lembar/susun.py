"""From one result to one page per kecamatan and per focus desa."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import pandas as pd

from reviu_lib.formatting import KOSONG, PENANDA_CONTOH, format_tanggal, join_list, mask_identity
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan
from reviu_lib.report.aset import INTERNAL
from reviu_lib.report.dokumen.blok import Isi, Kata
from reviu_lib.report.rapat.kata import Pengisi
from reviu_lib.report.rapat.lembar.isi import BarisCakupan, BerkasLembar, Daftar, Lembar
from reviu_lib.report.rapat.lembar.tempat import Tempat
from reviu_lib.report.rapat.peserta import (
    is_kelurahan,
    list_kecamatan,
    list_lokus,
    title_of_desa,
)
from reviu_lib.settings import IsianRapat

_POKOK = {
    "Sasaran balita (S)": "{sasaran}",
    "Hadir ditimbang (D)": "{hadir}, D/S {d_per_s} persen",
    "Diukur tingginya": "{diukur}",
    "Balita stunting": "{stunting}, di antaranya {sangat_pendek} sangat pendek",
    "Prevalensi register": "{prevalensi} persen ({periode} {tahun})",
}
_TANPA = "tidak tersedia pada bahan reviu"
_KEGIATAN = "Kegiatan yang menyebut tempat ini"
_TERLEWAT = "Direncanakan di sini, realisasinya belum menyebut"
_TANPA_NAMA = "Tidak ada yang menyebut nama tempat ini; kegiatan se-kabupaten tidak dihitung."
_TANPA_LEWAT = "Tidak ada menurut kolom lokasi."
_TANPA_MASALAH = "Tidak ada yang menonjol menurut pemeriksaan."
_TABEL = ("Indikator", "Capaian", "Target (%)")
_LOKUS = ("Desa lokus (%)", "Desa lain (%)")


def susun_lembar(
    hasil: HasilReviu, isian: IsianRapat, jangkauan: pd.DataFrame
) -> dict[str, BerkasLembar]:
    """Return the files of sheets by name: kecamatan, and lokus where desa are named as such.

    `jangkauan` says which activity touches which desa (`review.lokasi.list_jangkauan`).
    """
    pengisi = Pengisi(hasil, isian)
    kecamatan = [
        Tempat(pengisi, "kecamatan", kode, nama, jangkauan)
        for kode, nama in list_kecamatan(hasil).itertuples(index=False)
    ]
    desa = [
        Tempat(pengisi, "desa", kode, f"{nama}, Kecamatan {kec}", jangkauan)
        for kode, nama, kec in list_lokus(hasil).itertuples(index=False)
    ]
    files = {"kecamatan": kecamatan, "lokus": desa}
    return {name: _file(name, places) for name, places in files.items() if places}


def _file(name: str, places: Sequence[Tempat]) -> BerkasLembar:
    hasil = places[0].hasil
    until = f"Data sampai {format_tanggal(hasil.tanggal_cutoff)}"
    return BerkasLembar(
        judul=f"Lembar ringkas {name} {hasil.nama} Tahun {hasil.tahun}",
        kaki=f"{hasil.nama} · {hasil.tahun} · {until}",
        penanda=INTERNAL,
        contoh=PENANDA_CONTOH if hasil.contoh else "",
        tanggal=hasil.tanggal_reviu,
        lembar=tuple(_sheet(place) for place in places),
    )


def _sheet(place: Tempat) -> Lembar:
    judul, untuk = _head(place)
    compared = not _all_lokus(place.hasil)
    return Lembar(
        kode=place.kode,
        judul=mask_identity(judul),
        untuk=mask_identity(untuk),
        pokok=tuple(_key_numbers(place)),
        cakupan=_count_cakupan(place),
        kepala=(*_TABEL, *(_LOKUS if compared else ())),
        baris=tuple(_row(place, row, compared=compared) for row in _rows(place)),
        daftar=tuple(_lists(place)),
        tanya=tuple(choose_pertanyaan(place)),
    )


def _head(place: Tempat) -> tuple[str, str]:
    """Return the title of a page and for whom it is; offices, never names."""
    if place.tingkat == "kecamatan":
        return f"Kecamatan {place.nama}", f"Untuk Camat {place.nama} dan kepala puskesmas setempat"
    kind = "Kelurahan" if is_kelurahan(place.kode) else "Desa"
    return f"{kind} {place.nama}", f"Untuk {title_of_desa(place.kode)} {place.nama}"


def _key_numbers(place: Tempat) -> Iterator[tuple[str, Isi]]:
    pengisi = place.pengisi
    for name, teks in _POKOK.items():
        yield name, _filled(place, teks)
    for populasi in pengisi.aturan.lembar_ringkas.sasaran:
        if asal := place.penyebut(populasi):
            number = pengisi.angka(asal)
            yield f"Penyebut {populasi}", (number or Kata(KOSONG),)
    yield from _standing(place)


def _filled(place: Tempat, teks: str) -> Isi:
    """Return a text about the place, or that it is not available."""
    words = [part.split("}")[0] for part in teks.split("{")[1:]]
    known = {*place.alamat, *place.pengisi.kata}
    isi = place.pengisi.isi(teks, place.alamat) if known.issuperset(words) else ()
    return isi or (Kata(_TANPA),)


def _standing(place: Tempat) -> Iterator[tuple[str, Isi]]:
    """Return the tier of a desa where all are lokus; of a kecamatan how many of its desa are."""
    if place.tingkat == "kecamatan":
        cells = {
            "lokus": hitungan("usulan_lokus", kecamatan=place.nama, lokus_tahun_ini="ya"),
            "semua": hitungan("usulan_lokus", kecamatan=place.nama),
        }
        yield "Desa lokus", place.pengisi.isi("{lokus} dari {semua} desa/kelurahan", cells)
    elif _all_lokus(place.hasil):
        yield "Tingkatan", _tier(place)


def _all_lokus(hasil: HasilReviu) -> bool:
    rows = hasil.usulan_lokus["lokus_tahun_ini"]
    return bool(len(rows)) and bool(rows.fillna(False).all())


def _tier(place: Tempat) -> Isi:
    """Return the tier of a desa by its place in the order that the review declares."""
    rows = place.hasil.usulan_lokus
    own = rows[rows["kode_desa"].eq(place.kode)]
    if own["urutan"].isna().any():
        return (Kata("belum dapat dinilai"),)
    share = float(own["urutan"].iloc[0]) / rows["urutan"].notna().sum() * 100
    tiers = place.pengisi.aturan.tingkatan
    tier = next((item for item in tiers if share <= item.sampai_persen), tiers[-1])
    asal = f"usulan_lokus/{own['baris'].iloc[0]}/urutan"
    text = f"{tier.kode} ({tier.nama}), urutan {{urutan}} dari {{semua}}"
    return place.pengisi.isi(text, {"urutan": asal, "semua": hitungan("usulan_lokus", urutan="*")})


def _count_cakupan(place: Tempat) -> Isi:
    """Return how many indicators reach their target here, of those that can be judged."""
    cells = {
        word: hitungan("capaian_cakupan", kode_wilayah=place.kode, status_capaian=status)
        for word, status in (("tercapai", "tercapai"), ("belum", "belum tercapai"))
    }
    if place.cakupan.empty:
        return (Kata(f"Cakupan {_TANPA}."),)
    return place.pengisi.isi(
        "{tercapai} indikator mencapai target, {belum} belum; yang terjauh lebih dahulu:", cells
    )


def _rows(place: Tempat) -> Iterator[dict]:
    rows = place.belum if len(place.belum) else place.cakupan.iloc[:0]
    yield from islice(rows.to_dict("records"), place.pengisi.aturan.lembar_ringkas.baris_cakupan)


def _row(place: Tempat, row: dict, *, compared: bool) -> BarisCakupan:
    baris, pengisi = f"capaian_cakupan/{row['baris']}", place.pengisi
    cells = [
        pengisi.isi("{nama}", {"nama": f"{baris}/indikator"}),
        pengisi.isi(
            "{a} dari {b} ({c}%)",
            {"a": f"{baris}/pembilang", "b": f"{baris}/penyebut", "c": f"{baris}/capaian_persen"},
        ),
        pengisi.isi("{t}", {"t": f"{baris}/target_persen"}),
    ]
    if compared:
        cells += [_other(place, row, kolom) for kolom in ("lokus_persen", "bukan_lokus_persen")]
    return BarisCakupan(tuple(cell or (Kata(KOSONG),) for cell in cells))


def _other(place: Tempat, row: dict, kolom: str) -> Isi:
    """Return the pooled coverage of the focus desa, or of the others, for an indicator."""
    frame = place.hasil.pemerataan_cakupan
    if row["kode_indikator"] not in set(frame["kode_indikator"]):
        return ()
    number = place.pengisi.angka(f"pemerataan_cakupan/{row['kode_indikator']}/{kolom}")
    return (number,) if number else ()


def _lists(place: Tempat) -> Iterator[Daftar]:
    yield Daftar(_KEGIATAN, _activities(place, place.diterima), _TANPA_NAMA)
    yield Daftar(_TERLEWAT, _activities(place, place.terlewat), _TANPA_LEWAT)
    yield Daftar("Dana Desa", tuple(_village_fund(place)))
    yield Daftar("Masalah data", tuple(_problems(place)), _TANPA_MASALAH)


def _activities(place: Tempat, ids: Sequence[str]) -> tuple[Isi, ...]:
    """Return the first activities with their agency, then how many more."""
    most = place.pengisi.aturan.lembar_ringkas.nama_daftar
    shown = []
    for kode in ids[:most]:
        cells = {name: f"realisasi_kegiatan/{kode}/{name}" for name in ("sub_kegiatan", "opd")}
        shown.append(place.pengisi.isi("{sub_kegiatan} ({opd})", cells) or (Kata(kode),))
    if rest := len(ids) - most if len(ids) > most else 0:
        shown.append((Kata(f"dan {rest} kegiatan lain"),))
    return tuple(shown)


def _village_fund(place: Tempat) -> Iterator[Isi]:
    """Return the fund of the whole kabupaten, and lines for what this place itself spent."""
    pengisi = place.pengisi
    baris = f"realisasi_anggaran/sumber_dana:{pengisi.aturan.lembar_ringkas.sumber_dana_desa}"
    known = baris.partition("/")[2] in set(place.hasil.realisasi_anggaran["baris"])
    cells = {name: f"{baris}/{name}" for name in ("realisasi_rp", "pagu_rp", "serapan_persen")}
    whole = "Se-kabupaten: {realisasi_rp} dari {pagu_rp} (serapan {serapan_persen} persen)."
    isi = pengisi.isi(whole, cells) if known else ()
    yield isi or (Kata(f"Dana Desa se-kabupaten {_TANPA}."),)
    yield (Kata("Di tempat ini (diisi): pagu Rp………………, realisasi Rp………………"),)


def _problems(place: Tempat) -> Iterator[Isi]:
    """Return what makes the numbers of the place doubtful."""
    pengisi = place.pengisi
    if len(place.tak_andal):
        names = place.tak_andal["desa"].dropna().tolist()
        most = pengisi.aturan.lembar_ringkas.nama_daftar
        more = [f"{len(names) - most} lainnya"] if len(names) > most else []
        told = mask_identity(join_list([*names[:most], *more]))
        word = "Data belum andal (balita diukur atau D/S kurang)"
        yield (Kata(f"{word}: {told}." if place.tingkat == "kecamatan" else f"{word}."),)
    if len(place.tanpa_data):
        count = hitungan("capaian_cakupan", kode_wilayah=place.kode, capaian_persen="")
        yield pengisi.isi("{banyak} indikator tanpa angka.", {"banyak": count})
    for baris in place.pola["baris"].head(2):
        yield pengisi.isi(
            "Pola yang perlu diverifikasi: {pola}.", {"pola": f"pola_ukur/{baris}/judul"}
        )


def choose_pertanyaan(place: Tempat) -> Iterator[Isi]:
    """Return the questions of the sheet: those the data raise first, in declared order."""
    aturan = place.pengisi.aturan
    fitting = [
        item
        for item in aturan.pertanyaan
        if place.tingkat in item.tingkat
        and (item.bila is None or item.bila.holds(place.ukuran.get(item.bila.ukuran)))
    ]
    texts = (_filled(place, item.teks) for item in fitting)
    asked = (isi for isi in texts if isi != (Kata(_TANPA),))
    yield from islice(asked, aturan.lembar_ringkas.banyak_pertanyaan)
