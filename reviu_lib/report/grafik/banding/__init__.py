"""Charts that put several kabupaten beside each other; each reads the tables of HasilBanding.

Places stand in the order asked for, never in the order of their values: where intervals overlap an
order would be a ranking nobody can stand for. Colour and marker say what the ranges of ranks say.
"""

from reviu_lib.report.grafik.banding.deret import (
    plot_banding_deret_cakupan,
    plot_banding_deret_serapan,
    plot_banding_deret_survei,
)
from reviu_lib.report.grafik.banding.panas import plot_banding_cakupan, plot_banding_mutu
from reviu_lib.report.grafik.banding.selang import (
    plot_banding_peringkat,
    plot_banding_prevalensi,
    plot_banding_serapan,
)

__all__ = [
    "plot_banding_cakupan",
    "plot_banding_deret_cakupan",
    "plot_banding_deret_serapan",
    "plot_banding_deret_survei",
    "plot_banding_mutu",
    "plot_banding_peringkat",
    "plot_banding_prevalensi",
    "plot_banding_serapan",
]
