"""One notebook, many kabupaten and years: what is stale is made, one failure stops nothing else."""

from reviu_lib.batch.manifest import FORMAT_PUBLIK
from reviu_lib.batch.planning import (
    Pesanan,
    Rencana,
    choose_banding,
    choose_units,
    plan_laporan,
    plan_periksa,
)
from reviu_lib.batch.pool import Cara, Kabar
from reviu_lib.batch.run import Luaran, run_banding, run_hapus, run_laporan, run_periksa
from reviu_lib.batch.sources import copy_notebooks
from reviu_lib.batch.tasks import periksa

__all__ = [
    "FORMAT_PUBLIK",
    "Cara",
    "Kabar",
    "Luaran",
    "Pesanan",
    "Rencana",
    "choose_banding",
    "choose_units",
    "copy_notebooks",
    "periksa",
    "plan_laporan",
    "plan_periksa",
    "run_banding",
    "run_hapus",
    "run_laporan",
    "run_periksa",
]
