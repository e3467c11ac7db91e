"""The charts of the report, one module per subject; each `plot_x(hasil)` returns a figure."""

from reviu_lib.report.grafik.anggaran import plot_serapan_lini
from reviu_lib.report.grafik.banding import (
    plot_banding_cakupan,
    plot_banding_deret_cakupan,
    plot_banding_deret_serapan,
    plot_banding_deret_survei,
    plot_banding_mutu,
    plot_banding_peringkat,
    plot_banding_prevalensi,
    plot_banding_serapan,
)
from reviu_lib.report.grafik.cakupan import (
    plot_cakupan_kecamatan,
    plot_cakupan_perubahan,
    plot_cakupan_target,
    plot_pemerataan,
)
from reviu_lib.report.grafik.gaya import Bagan, sample_bagan
from reviu_lib.report.grafik.gizi import (
    plot_corong,
    plot_kohort,
    plot_peta_desa,
    plot_peta_kecamatan,
    plot_peta_panas_umur,
    plot_pola_umur,
    plot_sebaran_z,
    plot_status_gizi,
)
from reviu_lib.report.grafik.hambatan import plot_hambatan
from reviu_lib.report.grafik.kegiatan import (
    compute_kaskade,
    plot_kaskade,
    plot_keterlambatan,
    plot_output_serapan,
)
from reviu_lib.report.grafik.kuadran import plot_kuadran
from reviu_lib.report.grafik.lokus import plot_lokus
from reviu_lib.report.grafik.outcome import (
    plot_prevalensi,
    plot_prevalensi_kecamatan,
    plot_register,
)
from reviu_lib.report.grafik.periksa import (
    plot_kelengkapan_desa,
    plot_kelengkapan_indikator,
    plot_neraca,
    plot_temuan_berkas,
    plot_temuan_jenis,
)

# The chart of each declared figure, by its name in definitions/laporan.toml.
GAMBAR_SATU = {
    "prevalensi": plot_prevalensi,
    "register": plot_register,
    "prevalensi_kecamatan": plot_prevalensi_kecamatan,
    "status_gizi": plot_status_gizi,
    "pola_umur": plot_pola_umur,
    "peta_panas_umur": plot_peta_panas_umur,
    "sebaran_z": plot_sebaran_z,
    "corong": plot_corong,
    "kohort": plot_kohort,
    "cakupan_target": plot_cakupan_target,
    "cakupan_perubahan": plot_cakupan_perubahan,
    "cakupan_kecamatan": plot_cakupan_kecamatan,
    "pemerataan": plot_pemerataan,
    "kuadran": plot_kuadran,
    "kaskade": plot_kaskade,
    "output_serapan": plot_output_serapan,
    "keterlambatan": plot_keterlambatan,
    "serapan_lini": plot_serapan_lini,
    "hambatan": plot_hambatan,
    "lokus": plot_lokus,
}
# Those that also take the boundaries a user supplied: `plot_x(hasil, batas)`.
GAMBAR_PETA = {"peta_desa": plot_peta_desa, "peta_kecamatan": plot_peta_kecamatan}
# Those that mark or name what the public edition closes; any other figure is left out there if it
# would rest on a closed number.
MENANDAI_TERTUTUP = frozenset(
    {"cakupan_kecamatan", "cakupan_perubahan", "cakupan_target", "prevalensi_kecamatan"}
)
# Those of a comparison: `plot_x(banding)`.
GAMBAR_BANDING = {
    "banding_prevalensi": plot_banding_prevalensi,
    "banding_deret_survei": plot_banding_deret_survei,
    "banding_cakupan": plot_banding_cakupan,
    "banding_peringkat": plot_banding_peringkat,
    "banding_deret_cakupan": plot_banding_deret_cakupan,
    "banding_serapan": plot_banding_serapan,
    "banding_deret_serapan": plot_banding_deret_serapan,
    "banding_mutu": plot_banding_mutu,
}

GAMBAR_PERIKSA = {
    "temuan_jenis": plot_temuan_jenis,
    "temuan_berkas": plot_temuan_berkas,
    "neraca": plot_neraca,
    "kelengkapan_indikator": plot_kelengkapan_indikator,
    "kelengkapan_desa": plot_kelengkapan_desa,
}

__all__ = [
    "GAMBAR_BANDING",
    "GAMBAR_PERIKSA",
    "GAMBAR_PETA",
    "GAMBAR_SATU",
    "MENANDAI_TERTUTUP",
    "Bagan",
    "compute_kaskade",
    "sample_bagan",
]
