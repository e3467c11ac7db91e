"""The worksheets of the meeting: one workbook per OPD, kecamatan, and puskesmas.

`unit` finds who gets one, `isi` what is printed in it, `tulis` writes it; `kembali` judges who has
answered, and `halaman`, `himpunan`, and `pengingat` tell the coordinator.
"""

from reviu_lib.report.lembar.himpunan import write_himpunan
from reviu_lib.report.lembar.kembali import Kemajuan, Terkirim, judge_units
from reviu_lib.report.lembar.laman import write_kemajuan
from reviu_lib.report.lembar.pengingat import write_pengingat
from reviu_lib.report.lembar.tulis import LembarUnit, build_lembar, write_lembar
from reviu_lib.report.lembar.unit import Unit, list_units

__all__ = [
    "Kemajuan",
    "LembarUnit",
    "Terkirim",
    "Unit",
    "build_lembar",
    "judge_units",
    "list_units",
    "write_himpunan",
    "write_kemajuan",
    "write_lembar",
    "write_pengingat",
]
