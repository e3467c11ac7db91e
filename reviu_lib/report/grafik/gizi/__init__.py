"""Charts of the nutritional status of children in the reference period, and their maps."""

from reviu_lib.report.grafik.gizi.corong import plot_corong
from reviu_lib.report.grafik.gizi.kohort import plot_kohort
from reviu_lib.report.grafik.gizi.peta import plot_peta_desa, plot_peta_kecamatan
from reviu_lib.report.grafik.gizi.sebaran import plot_sebaran_z
from reviu_lib.report.grafik.gizi.status import plot_status_gizi
from reviu_lib.report.grafik.gizi.umur import plot_peta_panas_umur, plot_pola_umur

__all__ = [
    "plot_corong",
    "plot_kohort",
    "plot_peta_desa",
    "plot_peta_kecamatan",
    "plot_peta_panas_umur",
    "plot_pola_umur",
    "plot_sebaran_z",
    "plot_status_gizi",
]
