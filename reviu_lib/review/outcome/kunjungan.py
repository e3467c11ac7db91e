"""Visits of children as the outcome counts them: one per child and weighing month, z made anew.

Each z is computed from age, sex, and measures by the WHO Child Growth Standards 2006. The z
stored in the register stands beside it, and takes its place only where the measures are missing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import Ambang, load_aturan
from reviu_lib.growth import compute_zscores

INDEKS = ("tbu", "bbu", "bbtb")
_ASAL = pd.array(["dihitung", "tersimpan"], dtype="string")
_KOLOM = [
    "id_anak", "kode_desa", "puskesmas", "posyandu", "jenis_kelamin", "usia_hari", "tanggal_ukur",
    "berat_kg", "tinggi_cm", "cara_ukur", "z_tbu", "z_bbu", "z_bbtb",
]  # fmt: skip


def list_kunjungan(years: Sequence[BahanReviu]) -> pd.DataFrame:
    """Return the latest visit per child and weighing month of all years, with own z.

    Columns: id_anak, kode_desa, puskesmas, posyandu, jenis_kelamin, usia_hari, tanggal_ukur,
    tahun, bulan, berat_kg, tinggi_cm, cara_ukur; z_tbu, z_bbu, z_bbtb (2 decimals) as used;
    z_tbu_simpan, z_bbu_simpan, z_bbtb_simpan as stored; asal_z_tbu and so on (dihitung |
    tersimpan, missing without z); ekstrem_tbu and so on (outside the WHO limits). Visits after
    the cut-off of their year do not count.
    """
    parts = [_until_cutoff(item) for item in years]
    rows = pd.concat(parts, ignore_index=True).drop_duplicates(["id_anak", "tanggal_ukur"])
    rows = rows.assign(tahun=rows["tanggal_ukur"].dt.year, bulan=rows["tanggal_ukur"].dt.month)
    newest = rows.sort_values("tanggal_ukur", kind="stable")
    latest = newest.drop_duplicates(["id_anak", "tahun", "bulan"], keep="last")
    return add_own_z(latest)


def _until_cutoff(bahan: BahanReviu) -> pd.DataFrame:
    rows = bahan.pengukuran[_KOLOM]
    months = list(load_aturan(bahan.tahun).bulan_penimbangan)
    inside = rows["tanggal_ukur"].dt.month.isin(months)
    return rows[inside & (rows["tanggal_ukur"] <= pd.Timestamp(bahan.tanggal_cutoff))]


def add_own_z(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the visits with z of their own measures in front of the stored ones."""
    own = compute_zscores(rows)
    columns: dict[str, pd.Series] = {}
    for name in INDEKS:
        stored = rows[f"z_{name}"].astype("float64").round(2)
        computed = own[f"z_{name}"].astype("float64")
        columns[f"z_{name}"] = computed.fillna(stored)
        columns[f"z_{name}_simpan"] = stored
        source = np.select([computed.notna(), stored.notna()], [0, 1], -1)
        columns[f"asal_z_{name}"] = pd.Series(_ASAL.take(source, allow_fill=True), rows.index)
        flag = own[f"ekstrem_{name}"].astype("boolean")
        # A stored z outside the limits was made missing on reading.
        columns[f"ekstrem_{name}"] = flag.mask(computed.isna() & stored.notna(), False)
    return rows.assign(**columns)


def classify_kunjungan(visits: pd.DataFrame, ambang: Ambang) -> pd.DataFrame:
    """Return the visits with 0/1 columns of what each child counts as.

    hadir: of an age below five (or unknown). diukur: present at a known age with a plausible z of
    height. pendek: z below -2 but not below -3; sangat_pendek: below -3. The same by the stored z:
    diukur_simpan, stunting_simpan. z is rounded to two decimals before it is judged.
    """
    age = visits["usia_hari"].astype("float64")
    balita = (age >= 0) & (age <= ambang["usia_maks_hari"])
    valid, short, severe = _judge(visits["z_tbu"], balita, ambang)
    stored, short_stored, severe_stored = _judge(visits["z_tbu_simpan"], balita, ambang)
    flags = {
        "hadir": balita | age.isna(),
        "diukur": valid,
        "pendek": short,
        "sangat_pendek": severe,
        "diukur_simpan": stored,
        "stunting_simpan": short_stored | severe_stored,
    }
    return visits.assign(**{name: flag.astype("int64") for name, flag in flags.items()})


def _judge(
    z: pd.Series, balita: pd.Series, ambang: Ambang
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return where z is plausible, short, and very short."""
    values = z.astype("float64").round(2)
    valid = balita & (values.abs() <= ambang["z_tbu_mutlak_maks"])
    severe = valid & (values < ambang["z_sangat_pendek"])
    return valid, valid & (values < ambang["z_stunting"]) & ~severe, severe
