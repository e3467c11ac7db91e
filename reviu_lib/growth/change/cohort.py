"""The same children in two periods: who recovered, stayed stunted, left, and who is new.

Only by-name data can tell. Every child stands in one flow, from a state in the first period to
one in the second, so that the flows add up to the stunted of both periods, place by place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reviu_lib.catalog import load_ambang
from reviu_lib.errors import DataError
from reviu_lib.growth.change.sources import require_columns
from reviu_lib.growth.interval import compute_wilson
from reviu_lib.growth.prevalence import select_kunjungan_terakhir

STUNTING = "stunting"
NORMAL = "normal"
TIDAK_DIUKUR = "tidak diukur"
BELUM_LAHIR = "belum lahir"
TIDAK_DIUKUR_LAGI = "tidak diukur lagi"
LULUS_UMUR = "lulus umur"
PINDAH_KELUAR = "pindah keluar"
PINDAH_MASUK = "pindah masuk"
_TERUKUR = [STUNTING, NORMAL]
_KOLOM = ["id_anak", "tanggal_ukur", "usia_hari", "z_tbu"]
# What a flow is called: (state before, state after).
ALUR = {
    (STUNTING, NORMAL): "pulih",
    (STUNTING, STUNTING): "tetap stunting",
    (NORMAL, STUNTING): "baru: sebelumnya normal",
    (TIDAK_DIUKUR, STUNTING): "baru: sebelumnya tidak diukur",
    (BELUM_LAHIR, STUNTING): "baru: lahir sesudah periode awal",
    (PINDAH_MASUK, STUNTING): "baru: pindah masuk",
    (STUNTING, LULUS_UMUR): "lulus umur",
    (STUNTING, TIDAK_DIUKUR_LAGI): "tidak diukur lagi",
    (STUNTING, PINDAH_KELUAR): "pindah keluar",
    (NORMAL, NORMAL): "tetap normal",
}
_LAIN = "bukan stunting"


def build_cohort(
    awal: pd.DataFrame,
    akhir: pd.DataFrame,
    *,
    wilayah: Sequence[str] = (),
    hari_terakhir: tuple[date, date] | None = None,
) -> pd.DataFrame:
    """Return one row per child who has a usable z in at least one of two periods.

    Both frames hold visits: id_anak, tanggal_ukur, usia_hari, z_tbu, and the columns `wilayah`
    (kode_desa, puskesmas, ...). The latest visit of a child in a period counts; its z is usable
    at a known age under five years within the WHO limits, and stunting is z < -2 after rounding
    to two decimals, as in the register. `hari_terakhir`: the last day of each period, else the
    last visit.
    Columns: id_anak, status_awal (stunting | normal | tidak diukur | belum lahir), status_akhir
    (stunting | normal | tidak diukur lagi | lulus umur: over 1.826 days on the last day),
    z_awal, z_akhir, perubahan_z, tidak_wajar (|perubahan_z| above `z_berubah_maks`; missing
    without both), and <wilayah>_awal, <wilayah>_akhir: where the child was counted; of a child
    counted in one period only, or with an unknown place in one, the known place stands for both.
    DataError when a visit has no id_anak or no tanggal_ukur: such a child cannot be followed.
    """
    sides = []
    for visits, when in ((awal, "awal"), (akhir, "akhir")):
        require_columns(visits, [*_KOLOM, *wilayah], f"kohor, periode {when}")
        _require_followable(visits, when)
        sides.append(_classify_latest(visits, wilayah).add_suffix(f"_{when}"))
    first, last = hari_terakhir or (awal["tanggal_ukur"].max(), akhir["tanggal_ukur"].max())
    both = sides[0].join(sides[1], how="outer").sort_index()
    both = _name_states(both, pd.Timestamp(first), pd.Timestamp(last))
    seen = both["status_awal"].isin(_TERUKUR) | both["status_akhir"].isin(_TERUKUR)
    both = _place(both[seen], wilayah)
    change = (both["z_akhir"] - both["z_awal"]).round(2)
    beyond = (change.abs() > load_ambang()["z_berubah_maks"]).astype("boolean")
    frame = both.assign(perubahan_z=change, tidak_wajar=beyond.mask(change.isna()))
    places = [f"{name}_{when}" for name in wilayah for when in ("awal", "akhir")]
    shown = ["status_awal", "status_akhir", "z_awal", "z_akhir", "perubahan_z", "tidak_wajar"]
    return frame[[*shown, *places]].rename_axis("id_anak").reset_index()


def summarize_cohort(cohort: pd.DataFrame, wilayah: Sequence[str] = ()) -> pd.DataFrame:
    """Return the flows of children per place: wilayah, dari, ke, alur, jumlah, jumlah_tidak_wajar.

    Needs the result of `build_cohort` with these `wilayah` (none: everybody together). A child
    counted in two places leaves one (ke `pindah keluar`) and enters the other (dari `pindah
    masuk`), so that in every place the flows from stunting add up to its stunted of the first
    period, and those to stunting to its stunted of the second. Flows of no child have no row.
    """
    counts = (
        _count_flows(cohort, wilayah)
        .groupby([*wilayah, "dari", "ke"], dropna=False, sort=True)[
            ["jumlah", "jumlah_tidak_wajar"]
        ]
        .sum()
        .reset_index()
    )
    names = [ALUR.get(pair, _LAIN) for pair in zip(counts["dari"], counts["ke"], strict=True)]
    counts.insert(len(wilayah) + 2, "alur", pd.Series(names, dtype="string"))
    return counts


def compute_cohort_rates(cohort: pd.DataFrame, wilayah: Sequence[str] = ()) -> pd.DataFrame:
    """Return recovery and new cases per place, with Wilson intervals.

    Needs what `summarize_cohort` needs. Columns: wilayah, stunting_awal, stunting_akhir, pulih,
    tetap_stunting, lulus_umur, tidak_diukur_lagi, pindah_keluar, baru_normal, baru_tidak_diukur,
    baru_lahir, baru_pindah_masuk, pulih_tidak_wajar;
    diukur_lagi_persen: of the stunted of the first period who are still under five and here, the
    share measured again; pulih_persen: of those, the share no longer stunted; kejadian_persen: of
    the normal measured again, the share now stunted; each of the last two with bawah_ and
    atas_. Missing where nobody could be counted. Recovery says nothing about those not
    measured again.
    """
    flows = _count_flows(cohort, wilayah)
    before, after = (flows[name].to_numpy(object) for name in ("dari", "ke"))
    jumlah, odd = (flows[name].to_numpy() for name in ("jumlah", "jumlah_tidak_wajar"))
    table = pd.DataFrame(
        {name: np.where(_is_flow(before, after, *flow), jumlah, 0) for name, flow in _ARUS.items()}
    ).assign(pulih_tidak_wajar=np.where(_is_flow(before, after, STUNTING, NORMAL), odd, 0))
    keys = [flows[name] for name in wilayah]
    if keys:
        frame = table.groupby(keys, dropna=False, sort=True).sum().reset_index()
    else:
        frame = table.sum().to_frame().T
    return frame.assign(**_rates(frame)).drop(columns="_tetap_normal")


_ARUS = {
    "stunting_awal": (STUNTING, None),
    "stunting_akhir": (None, STUNTING),
    "pulih": (STUNTING, NORMAL),
    "tetap_stunting": (STUNTING, STUNTING),
    "lulus_umur": (STUNTING, LULUS_UMUR),
    "tidak_diukur_lagi": (STUNTING, TIDAK_DIUKUR_LAGI),
    "pindah_keluar": (STUNTING, PINDAH_KELUAR),
    "baru_normal": (NORMAL, STUNTING),
    "baru_tidak_diukur": (TIDAK_DIUKUR, STUNTING),
    "baru_lahir": (BELUM_LAHIR, STUNTING),
    "baru_pindah_masuk": (PINDAH_MASUK, STUNTING),
    "_tetap_normal": (NORMAL, NORMAL),
}


def _require_followable(visits: pd.DataFrame, when: str) -> None:
    blind = int(visits[["id_anak", "tanggal_ukur"]].isna().any(axis=1).sum())
    if blind:
        raise DataError(
            f"{blind} kunjungan periode {when} tidak mempunyai id_anak atau tanggal_ukur.",
            lakukan="Sisihkan kunjungan yang tidak dapat diikuti itu, dan sebutkan banyaknya.",
        )


def _classify_latest(visits: pd.DataFrame, wilayah: Sequence[str]) -> pd.DataFrame:
    """Return the latest visit per child: lahir, z (usable only), status, and the places."""
    ambang = load_ambang()
    dated = visits.assign(tanggal_ukur=pd.to_datetime(visits["tanggal_ukur"]))
    rows = select_kunjungan_terakhir(dated).set_index("id_anak")
    age, z = (rows[name].astype("float64") for name in ("usia_hari", "z_tbu"))
    z = z.round(2)
    usable = age.between(0, ambang["usia_maks_hari"]) & (z.abs() <= ambang["z_tbu_mutlak_maks"])
    status = np.where(z < ambang["z_stunting"], STUNTING, NORMAL)
    return pd.DataFrame(
        {
            "lahir": rows["tanggal_ukur"] - pd.to_timedelta(age, unit="D"),
            "z": z.where(usable),
            "status": pd.Series(status, rows.index, dtype="string").where(usable),
            **{name: rows[name] for name in wilayah},
        }
    )


def _name_states(both: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Return the rows with a state in both periods; who has none is named by the date of birth."""
    born = both["lahir_akhir"].fillna(both["lahir_awal"])
    oldest = pd.Timedelta(days=load_ambang()["usia_maks_hari"])
    before = pd.Series(np.where(born > first, BELUM_LAHIR, TIDAK_DIUKUR), both.index)
    after = pd.Series(np.where(last - born > oldest, LULUS_UMUR, TIDAK_DIUKUR_LAGI), both.index)
    return both.assign(
        status_awal=both["status_awal"].fillna(before.astype("string")),
        status_akhir=both["status_akhir"].fillna(after.astype("string")),
    )


def _place(both: pd.DataFrame, wilayah: Sequence[str]) -> pd.DataFrame:
    """Return the rows with a place in both periods, taken from where the child was counted."""
    before, after = (both[f"status_{when}"].isin(_TERUKUR) for when in ("awal", "akhir"))
    places = {}
    for name in wilayah:
        here, there = both[f"{name}_awal"].where(before), both[f"{name}_akhir"].where(after)
        places[f"{name}_awal"] = here.fillna(there)
        places[f"{name}_akhir"] = there.fillna(here)
    return both.assign(**places)


def _count_flows(cohort: pd.DataFrame, wilayah: Sequence[str]) -> pd.DataFrame:
    """Return dari, ke, jumlah, jumlah_tidak_wajar by place; one flow may have several rows."""
    places = [f"{name}_{when}" for name in wilayah for when in ("awal", "akhir")]
    require_columns(cohort, ["status_awal", "status_akhir", *places], "alur kohor")
    flows = _split_moves(_count_alike(cohort, places), wilayah)
    return flows.rename(columns={"status_awal": "dari", "status_akhir": "ke"})


def _count_alike(cohort: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """Return one row per states and places that occur: jumlah, jumlah_tidak_wajar."""
    odd = cohort["tidak_wajar"].fillna(False).astype("int64")
    keys = [cohort[name] for name in ("status_awal", "status_akhir", *places)]
    grouped = odd.groupby(keys, dropna=False, sort=False)
    counts = {"jumlah": grouped.size(), "jumlah_tidak_wajar": grouped.sum()}
    return pd.DataFrame(counts).reset_index()


def _split_moves(counts: pd.DataFrame, wilayah: Sequence[str]) -> pd.DataFrame:
    """Return the counts by place; who moved counts once where they were, once where they are."""
    moved = np.zeros(len(counts), dtype=bool)
    for name in wilayah:
        here, there = (counts[f"{name}_{when}"].astype("string") for when in ("awal", "akhir"))
        moved |= (here.fillna("") != there.fillna("")).to_numpy(bool)
    split = [np.flatnonzero(~moved), *[np.flatnonzero(moved)] * 2]
    stay, left, came = np.repeat(np.eye(3, dtype=bool), [len(rows) for rows in split], axis=1)
    rows = counts.iloc[np.concatenate(split)].reset_index(drop=True)
    return pd.DataFrame(
        {
            "status_awal": rows["status_awal"].mask(came, PINDAH_MASUK),
            "status_akhir": rows["status_akhir"].mask(left, PINDAH_KELUAR),
            "jumlah": rows["jumlah"],
            "jumlah_tidak_wajar": rows["jumlah_tidak_wajar"].where(stay, 0),
            **{name: rows[f"{name}_awal"].mask(came, rows[f"{name}_akhir"]) for name in wilayah},
        }
    )


def _is_flow(
    before: np.ndarray, after: np.ndarray, dari: str | None, ke: str | None
) -> NDArray[np.bool_]:
    """Return which flows go from `dari` to `ke`; None is any state."""
    here, there = (
        np.full(len(states), True) if wanted is None else states == wanted
        for states, wanted in ((before, dari), (after, ke))
    )
    return here & there


def _rates(frame: pd.DataFrame) -> dict[str, pd.Series]:
    again = frame["pulih"] + frame["tetap_stunting"]
    normal = frame["baru_normal"] + frame["_tetap_normal"]
    return {
        "diukur_lagi_persen": _persen(again, again + frame["tidak_diukur_lagi"]),
        **_with_interval("pulih", frame["pulih"], again),
        **_with_interval("kejadian", frame["baru_normal"], normal),
    }


def _with_interval(name: str, cases: pd.Series, measured: pd.Series) -> dict[str, pd.Series]:
    limits = compute_wilson(cases, measured)
    return {
        f"{name}_persen": _persen(cases, measured),
        f"bawah_{name}_persen": pd.Series(limits.bawah * 100, cases.index),
        f"atas_{name}_persen": pd.Series(limits.atas * 100, cases.index),
    }


def _persen(cases: pd.Series, measured: pd.Series) -> pd.Series:
    return cases * 100 / measured.where(measured > 0)
