"""Prevalence of conditions of growth, for registers and for surveys with a design."""

from reviu_lib.growth.prevalence.compute import compute_prevalence, compute_rerata_z
from reviu_lib.growth.prevalence.design import Rancangan
from reviu_lib.growth.prevalence.groups import Sisihan, list_anak, select_kunjungan_terakhir
from reviu_lib.growth.prevalence.who_format import to_who_columns

__all__ = [
    "Rancangan",
    "Sisihan",
    "compute_prevalence",
    "compute_rerata_z",
    "list_anak",
    "select_kunjungan_terakhir",
    "to_who_columns",
]
