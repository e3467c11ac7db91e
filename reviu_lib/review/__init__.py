"""Review: BahanReviu in, HasilReviu out, by declared rules. No file, no clock, no drawing.

Stage one compares plan and realisation (`capaian`), stage two links barriers to what fell short
(`hambatan`), stage three proposes (`usulan`). `rekap` recomputes printed recaps, `mutu` gathers
findings, `ringkasan` holds every aggregate number a text may quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import FINAL, tabel_hasil
from reviu_lib.hasil import EdisiTersimpan, HasilReviu
from reviu_lib.review.capaian.anggaran import (
    compute_anggaran,
    summarize_anggaran,
)
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_kegiatan, summarize_kegiatan
from reviu_lib.review.capaian.pemerataan import compute_pemerataan
from reviu_lib.review.capaian.periksa_target import compute_periksa_target
from reviu_lib.review.edisi import compute_edisi
from reviu_lib.review.edisi.perubahan import compare_edisi
from reviu_lib.review.efektivitas.kaitan import compute_kaitan_desa
from reviu_lib.review.efektivitas.kegiatan import compute_efektivitas
from reviu_lib.review.hambatan import compute_hambatan, summarize_hambatan
from reviu_lib.review.konteks import Konteks, build_konteks
from reviu_lib.review.konvergensi.desa import compute_desa, compute_keterpaduan
from reviu_lib.review.konvergensi.tingkat import (
    compute_konvergensi,
    compute_layanan,
    compute_layanan_desa,
)
from reviu_lib.review.mutu import compute_mutu, summarize_mutu
from reviu_lib.review.outcome.kelompok import compute_kelompok
from reviu_lib.review.outcome.kohort import compute_kohort, summarize_kohort
from reviu_lib.review.outcome.laju import compute_laju
from reviu_lib.review.outcome.mutu_ukur import compute_mutu_ukur, summarize_mutu_ukur
from reviu_lib.review.outcome.prevalensi import compute_prevalensi
from reviu_lib.review.outcome.ringkas import summarize_prevalensi
from reviu_lib.review.outcome.sebaran import compute_sebaran
from reviu_lib.review.outcome.triangulasi import compute_triangulasi
from reviu_lib.review.pasokan import compute_pasokan, summarize_pasokan
from reviu_lib.review.pelaksanaan.aksi import (
    compute_aksi,
    compute_tindak_lanjut,
    summarize_aksi,
    summarize_tindak_lanjut,
)
from reviu_lib.review.pelaksanaan.bukti import (
    compute_bukti,
    compute_penilaian,
    summarize_penilaian,
)
from reviu_lib.review.pelaksanaan.kecamatan import (
    compute_aksi_kecamatan,
    compute_sasaran_kecamatan,
    summarize_kecamatan,
)
from reviu_lib.review.petunjuk import compute_petunjuk, summarize_petunjuk
from reviu_lib.review.petunjuk.catatan import compute_pareto, compute_silang
from reviu_lib.review.rekap import (
    compute_rekap,
    compute_terbitan,
    summarize_rekap,
    summarize_terbitan,
)
from reviu_lib.review.rincian.biaya import compute_biaya
from reviu_lib.review.rincian.kaskade import compute_kaskade, summarize_kaskade
from reviu_lib.review.rincian.penyebut import compute_penyebut
from reviu_lib.review.rincian.semester import compute_semester
from reviu_lib.review.ringkasan import (
    build_ringkasan,
    count_putusan,
    summarize_cakupan,
    summarize_rekomendasi,
)
from reviu_lib.review.usulan.kegiatan import propose_kegiatan, summarize_usulan
from reviu_lib.review.usulan.kesenjangan import compute_kesenjangan
from reviu_lib.review.usulan.kesinambungan import compute_kesinambungan
from reviu_lib.review.usulan.lokus import (
    propose_lokus,
    summarize_ketahanan,
    summarize_kuadran,
    summarize_lokus,
)
from reviu_lib.review.usulan.rancangan import propose_rancangan, summarize_rancangan
from reviu_lib.review.usulan.rekomendasi import Temuan, propose_rekomendasi

__all__ = ["review"]

# The tables of proposals that the meeting decides on.
_BERPUTUSAN = ("usulan_kegiatan", "rekomendasi", "usulan_lokus", "rancangan_kegiatan")


def review(
    bahan: BahanReviu,
    lalu: Sequence[BahanReviu] = (),
    rapat: EdisiTersimpan | None = None,
) -> HasilReviu:
    """Return the content of the Dokumen Hasil Reviu of one kabupaten and year.

    `lalu` holds the inputs of earlier years; without the year before, trends are missing. Every
    table has the columns of definitions/tabel_hasil.toml; what the inputs do not say is missing,
    never zero. The final edition also tells what changed since the edition of the meeting
    (`rapat`), and why. KodeError when no era holds in the year or the kabupaten is unknown. What
    becomes text on the way is held as Python objects, as it is in the tables at both ends.
    """
    hasil = _review(bahan, lalu)
    if rapat is None or bahan.edisi != FINAL:
        return hasil
    undecided = bahan.putusan[bahan.putusan["tahun"].fillna(bahan.tahun) != bahan.tahun]
    meeting = replace(bahan, edisi=rapat.hasil.edisi)
    steps = (_review(replace(meeting, putusan=undecided), lalu), _review(meeting, lalu))
    return replace(hasil, **compare_edisi(rapat, steps, hasil, bahan))


def _review(bahan: BahanReviu, lalu: Sequence[BahanReviu]) -> HasilReviu:
    """Return the content of the document, but for what changed since another edition."""
    with pd.option_context("mode.string_storage", "python"):
        tables = _conclude(build_konteks(bahan, lalu))
    return HasilReviu(
        kode_kabupaten=bahan.kode_kabupaten,
        nama=bahan.nama,
        tahun=bahan.tahun,
        tanggal_cutoff=bahan.tanggal_cutoff,
        tanggal_reviu=bahan.tanggal_reviu,
        edisi=bahan.edisi,
        contoh=bahan.contoh,
        **{name: _declared(name, frame) for name, frame in tables.items()},
    )


def _conclude(konteks: Konteks) -> dict[str, pd.DataFrame]:
    """Return every table of the result."""
    tables = _measure(konteks)
    tables |= _propose(konteks, tables)
    tables |= _converge(konteks, tables)
    rekap, notes = compute_rekap(konteks)
    known = [kode for name in _BERPUTUSAN for kode in tables[name].get("id_usulan", [])]
    mutu = compute_mutu(
        konteks,
        tables["capaian_cakupan"],
        tables["perkembangan_prevalensi"],
        rekap=notes,
        usulan=known,
    )
    terbitan = compute_terbitan(konteks)
    tables |= {"rekap_indikator": rekap, "angka_terbit": terbitan, "mutu_data": mutu}
    tables |= compute_edisi(konteks, tables)
    numbers = _summarize(konteks, tables) | summarize_rekap(rekap, notes)
    numbers |= summarize_terbitan(terbitan, konteks)
    return tables | {"ringkasan": build_ringkasan(numbers)}


def _measure(konteks: Konteks) -> dict[str, pd.DataFrame]:
    """Return the tables of stages one and two, and of the aksi."""
    cakupan = compute_cakupan(konteks)
    kegiatan = compute_kegiatan(konteks)
    outcome = _measure_outcome(konteks)
    prevalensi = outcome["perkembangan_prevalensi"]
    hambatan = compute_hambatan(konteks, kegiatan, cakupan)
    return {
        "capaian_cakupan": cakupan,
        "pemerataan_cakupan": compute_pemerataan(konteks, cakupan),
        "cakupan_semester": compute_semester(konteks, cakupan),
        "penyebut_indikator": compute_penyebut(konteks),
        "realisasi_kegiatan": kegiatan,
        "kaskade": compute_kaskade(konteks, kegiatan),
        "kesinambungan_rencana": compute_kesinambungan(konteks),
        "realisasi_anggaran": compute_anggaran(konteks),
        "faktor_penghambat": hambatan,
        "petunjuk_hambatan": compute_petunjuk(
            konteks, cakupan=cakupan, kegiatan=kegiatan, hambatan=hambatan
        ),
        "pareto_hambatan": compute_pareto(hambatan),
        "silang_hambatan": compute_silang(hambatan),
        **outcome,
        "efektivitas_kegiatan": compute_efektivitas(konteks, kegiatan, cakupan),
        "biaya_satuan": compute_biaya(konteks),
        "kaitan_desa": compute_kaitan_desa(konteks, prevalensi, cakupan),
        "pasokan": compute_pasokan(konteks, cakupan),
        "penilaian_aksi": compute_aksi(konteks),
        "aksi_kecamatan": compute_aksi_kecamatan(konteks),
        "sasaran_kecamatan": compute_sasaran_kecamatan(konteks),
        "periksa_bukti": compute_bukti(konteks, prevalensi),
        "hasil_penilaian": compute_penilaian(konteks),
        "tindak_lanjut": compute_tindak_lanjut(konteks),
    }


def _measure_outcome(konteks: Konteks) -> dict[str, pd.DataFrame]:
    """Return the tables of output 5, and how far the measurements behind it can be trusted."""
    prevalensi = compute_prevalensi(konteks)
    laju = compute_laju(konteks, prevalensi)
    return {
        "perkembangan_prevalensi": prevalensi,
        "triangulasi": compute_triangulasi(konteks, prevalensi),
        "laju_prevalensi": laju,
        "periksa_target": compute_periksa_target(konteks, prevalensi, laju),
        "prevalensi_kelompok": compute_kelompok(konteks, prevalensi),
        "sebaran_z": compute_sebaran(konteks),
        "kohort": compute_kohort(konteks),
        **compute_mutu_ukur(konteks, prevalensi),
    }


def _propose(konteks: Konteks, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of proposals, and the gaps that next year's analysis begins with."""
    cakupan, kegiatan = tables["capaian_cakupan"], tables["realisasi_kegiatan"]
    prevalensi = tables["perkembangan_prevalensi"]
    lokus = propose_lokus(konteks, prevalensi, cakupan)
    temuan = Temuan(
        konteks=konteks,
        cakupan=cakupan,
        kegiatan=kegiatan,
        hambatan=tables["faktor_penghambat"],
        anggaran=tables["realisasi_anggaran"],
        prevalensi=prevalensi,
        lokus=lokus,
        tindak_lanjut=tables["tindak_lanjut"],
    )
    usulan = propose_kegiatan(konteks, kegiatan, cakupan, tables["realisasi_anggaran"])
    proposed = {
        "usulan_kegiatan": usulan,
        "kesenjangan_cakupan": compute_kesenjangan(konteks, cakupan, usulan),
        "rekomendasi": propose_rekomendasi(temuan),
        "usulan_lokus": lokus,
    }
    return proposed | {"rancangan_kegiatan": propose_rancangan(konteks, tables | proposed)}


def _converge(konteks: Konteks, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return whether services meet in the same household and in the same desa."""
    counts = compute_layanan_desa(konteks)
    cakupan, rates = tables["capaian_cakupan"], compute_konvergensi(konteks, counts)
    return {
        "konvergensi_sasaran": rates,
        "konvergensi_layanan": compute_layanan(konteks, counts, rates),
        "keterpaduan_layanan": compute_keterpaduan(konteks, cakupan),
        "konvergensi_desa": compute_desa(konteks, cakupan, tables["usulan_lokus"], rates),
    }


def _summarize(konteks: Konteks, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Return every aggregate number but those of the recaps."""
    return {
        **summarize_prevalensi(tables["perkembangan_prevalensi"], konteks),
        **summarize_kohort(tables["kohort"]),
        **summarize_mutu_ukur(tables),
        **summarize_cakupan(tables["capaian_cakupan"], konteks),
        **summarize_kegiatan(tables["realisasi_kegiatan"]),
        **summarize_kaskade(tables["kaskade"]),
        **summarize_anggaran(tables["realisasi_anggaran"], konteks),
        **summarize_pasokan(konteks, tables["pasokan"]),
        **summarize_aksi(tables["penilaian_aksi"], konteks.aturan.kelas_hasil),
        **summarize_kecamatan(konteks, tables["aksi_kecamatan"], tables["sasaran_kecamatan"]),
        **summarize_penilaian(konteks, tables["hasil_penilaian"]),
        **summarize_hambatan(tables["faktor_penghambat"]),
        **summarize_petunjuk(tables["petunjuk_hambatan"]),
        **summarize_usulan(tables["usulan_kegiatan"]),
        **summarize_rekomendasi(tables["rekomendasi"]),
        **summarize_lokus(tables["usulan_lokus"], konteks),
        **summarize_kuadran(tables["usulan_lokus"], konteks),
        **summarize_ketahanan(tables["usulan_lokus"], konteks),
        **summarize_tindak_lanjut(tables["tindak_lanjut"]),
        **summarize_rancangan(tables["rancangan_kegiatan"]),
        **count_putusan(*(tables[name] for name in _BERPUTUSAN)),
        **summarize_mutu(tables["mutu_data"], konteks),
    }


def _declared(nama: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return only the declared columns; HasilReviu adds the absent ones."""
    names = set(tabel_hasil()[nama].nama_kolom)
    extra = [name for name in frame.columns if name not in names]
    return frame.drop(columns=extra) if extra else frame
