"""Two small years of measurements in two kecamatan, for the tables of the outcome."""

import pandas as pd

from ..bahan_kecil import DESA, make_bahan, make_konteks

STUNTED, SOUND = -2.5, -0.5


def visit(anak, z, *, desa=DESA[0], hari=800, tanggal="2024-08-05", puskesmas="SATU"):
    return {
        "id_anak": anak,
        "kode_desa": desa,
        "puskesmas": puskesmas,
        "jenis_kelamin": "L" if len(anak) % 2 else "P",
        "usia_hari": hari,
        "tanggal_ukur": tanggal,
        "z_tbu": z,
        "z_bbu": z,
        "z_bbtb": 0.0,
    }


def last_year(anak, z, **changes):
    return visit(anak, z, **{"hari": 435, "tanggal": "2023-08-05", **changes})


def konteks(this_year, before=(), **tables):
    bahan = make_bahan(pengukuran=pd.DataFrame(this_year), **tables)
    lalu = [make_bahan(2023, pengukuran=pd.DataFrame(list(before)))] if before else []
    return make_konteks(bahan, *lalu, desa=DESA)
