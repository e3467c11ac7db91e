"""Narrative of the report, one `describe_` function per chapter.

Each returns the inner HTML of its paragraphs. A chapter without data returns one sentence that
says so. Numbers and names are elements with an address; see `reviu_lib.report.angka`.
"""

from reviu_lib.report.narasi.aksi import describe_hambatan, describe_petunjuk
from reviu_lib.report.narasi.capaian.anggaran import describe_anggaran
from reviu_lib.report.narasi.capaian.cakupan import describe_cakupan
from reviu_lib.report.narasi.capaian.desa.konvergensi import describe_konvergensi
from reviu_lib.report.narasi.capaian.desa.pemerataan import describe_pemerataan
from reviu_lib.report.narasi.capaian.kegiatan import describe_kegiatan
from reviu_lib.report.narasi.capaian.kohort import describe_kohort
from reviu_lib.report.narasi.capaian.outcome import describe_outcome
from reviu_lib.report.narasi.capaian.pasokan import describe_pasokan
from reviu_lib.report.narasi.capaian.periksa_target import describe_periksa_target
from reviu_lib.report.narasi.efektivitas import describe_efektivitas
from reviu_lib.report.narasi.eksekutif import describe_ringkasan_eksekutif
from reviu_lib.report.narasi.eksekutif.edisi import describe_edisi
from reviu_lib.report.narasi.mutu import describe_mutu, describe_rekap
from reviu_lib.report.narasi.mutu_ukur import describe_mutu_ukur
from reviu_lib.report.narasi.pelaksanaan.aksi import describe_aksi
from reviu_lib.report.narasi.pembuka import describe_metode, describe_pendahuluan
from reviu_lib.report.narasi.rincian.biaya import describe_biaya
from reviu_lib.report.narasi.rincian.penyebut import describe_penyebut
from reviu_lib.report.narasi.rincian.semester import describe_semester
from reviu_lib.report.narasi.sanding import describe_banding
from reviu_lib.report.narasi.terbitan import describe_terbitan
from reviu_lib.report.narasi.usulan.daftar import (
    describe_lokus,
    describe_rekomendasi,
    describe_tindak_lanjut,
    describe_usulan_kegiatan,
)
from reviu_lib.report.narasi.usulan.kesenjangan import describe_kesenjangan
from reviu_lib.report.narasi.usulan.kesinambungan import describe_kesinambungan
from reviu_lib.report.narasi.usulan.rancangan import describe_rancangan

__all__ = [
    "describe_aksi",
    "describe_anggaran",
    "describe_banding",
    "describe_biaya",
    "describe_cakupan",
    "describe_edisi",
    "describe_efektivitas",
    "describe_hambatan",
    "describe_kegiatan",
    "describe_kesenjangan",
    "describe_kesinambungan",
    "describe_kohort",
    "describe_konvergensi",
    "describe_lokus",
    "describe_metode",
    "describe_mutu",
    "describe_mutu_ukur",
    "describe_outcome",
    "describe_pasokan",
    "describe_pemerataan",
    "describe_pendahuluan",
    "describe_penyebut",
    "describe_periksa_target",
    "describe_petunjuk",
    "describe_rancangan",
    "describe_rekap",
    "describe_rekomendasi",
    "describe_ringkasan_eksekutif",
    "describe_semester",
    "describe_terbitan",
    "describe_tindak_lanjut",
    "describe_usulan_kegiatan",
]
