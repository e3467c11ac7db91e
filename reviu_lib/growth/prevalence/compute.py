"""Prevalence of stunting and the other conditions, and mean z, for every group of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from reviu_lib.errors import TataLetakError
from reviu_lib.growth.children import SANDI_BAKU, read_codes, read_floats
from reviu_lib.growth.interval import Floats, compute_wilson
from reviu_lib.growth.prevalence.design import (
    Bools,
    Domain,
    Rancangan,
    Taksiran,
    compute_logit_interval,
    compute_t_quantile,
    divide,
    make_sensus,
    read_sampel,
)
from reviu_lib.growth.prevalence.groups import Kelompok, iter_kelompok, list_anak
from reviu_lib.growth.prevalence.rules import IndikatorGizi, load_aturan_prevalensi

Penyebut = Literal["diukur", "terdaftar"]
WILSON, LOGIT, EKSAK = "Wilson", "logit, rancangan survei", "Clopper-Pearson"
KOLOM_PREVALENSI = (
    "kelompok", "nilai_kelompok", "indikator", "indeks", "terdaftar", "diukur", "ekstrem", "kasus",
    "penyebut", "jumlah_berbobot", "prevalensi_persen", "galat_baku_poin", "bawah_persen",
    "atas_persen", "metode_selang", "rerata_z", "simpangan_baku_z",
)  # fmt: skip
KOLOM_RERATA = (
    "kelompok", "nilai_kelompok", "indeks", "diukur", "jumlah_berbobot", "rerata_z",
    "galat_baku_z", "bawah_z", "atas_z", "simpangan_baku_z",
)  # fmt: skip
_CACAH = ("terdaftar", "diukur", "ekstrem", "kasus")
_TEKS = ("kelompok", "nilai_kelompok", "indikator", "indeks", "penyebut", "metode_selang")


class _Ukuran(NamedTuple):
    """z of each index (columns): rounded, NaN where missing, implausible, or with oedema."""

    kode: list[str]
    nama: list[str]
    z: Floats
    ekstrem: Bools
    edema: Bools


class _SatuPeubah(NamedTuple):
    """One indicator: who can be judged, who has it, whose z is implausible."""

    kode: str
    indeks: str
    sah: Bools
    kasus: Bools
    ekstrem: Bools


class _Peubah(NamedTuple):
    """Indicators (columns): who can be judged, who has it, whose z is implausible."""

    kode: list[str]
    indeks: list[str]
    sah: Bools
    kasus: Bools
    ekstrem: Bools


def compute_prevalence(
    frame: pd.DataFrame,
    oleh: Sequence[str] = (),
    *,
    rancangan: Rancangan | None = None,
    penyebut: Penyebut = "diukur",
    semua_batas: bool = False,
) -> pd.DataFrame:
    """Return counts and prevalence of each indicator for every group of children.

    `frame` has one row per child (see `select_kunjungan_terakhir`) with the columns of
    `compute_zscores` (z_tbu, z_bbu, z_bbtb, z_imtu, those present, each with its ekstrem_*), and
    where known usia_hari or usia_bulan, jenis_kelamin (L|P), edema. Groups: semua, kelompok_usia,
    jenis_kelamin, usia_dan_jenis_kelamin, and each column of `oleh`.

    Columns: kelompok, nilai_kelompok, indikator, indeks; counts terdaftar (children of the
    group), diukur (with a plausible z, or oedema for indices of weight), ekstrem (implausible z,
    not measured), kasus; penyebut (which count divides), jumlah_berbobot (sum of weights of the
    denominator), prevalensi_persen, galat_baku_poin (surveys), bawah_persen, atas_persen,
    metode_selang; rerata_z and simpangan_baku_z of the index (without oedema). Missing where
    nobody can be judged.

    Without `rancangan` the table is a register: Wilson interval of the counts. With it a survey:
    linearised error, logit interval with t of clusters minus strata; Clopper-Pearson at 0 and
    100 percent. `penyebut` "terdaftar" divides by all children of the group. `semua_batas` adds
    the limits that only WHO's software prints. Indicators and limits: `prevalensi.toml`.
    Raises DataError for several sources, TataLetakError for absent columns.
    """
    anak, _ = list_anak(frame, rancangan)
    ukuran = _read_ukuran(anak)
    peubah = _read_peubah(ukuran, semua_batas=semua_batas)
    dasar = peubah.sah if penyebut == "diukur" else np.ones_like(peubah.sah)
    parts = []
    for kelompok, domain in _iter_domain(anak, oleh, rancangan):
        children = domain.sum(np.ones((len(anak), 1)))
        judged = _judge(peubah.kasus & dasar, dasar, domain, survei=rancangan is not None)
        columns = {
            **{name: domain.sum(getattr(peubah, name)) for name in ("ekstrem", "kasus")},
            "terdaftar": np.repeat(children, len(peubah.kode), axis=1),
            "diukur": domain.sum(peubah.sah),
            **judged,
            **_repeat_rerata(_summarize(ukuran, domain), ukuran.nama, peubah.indeks),
        }
        names: dict[str, list[str]] = {
            "indikator": peubah.kode,
            "indeks": peubah.indeks,
            "penyebut": [penyebut] * len(peubah.kode),
        }
        parts.append(_lay_out(kelompok, names, columns))
    return _finish(parts, KOLOM_PREVALENSI)


def compute_rerata_z(
    frame: pd.DataFrame, oleh: Sequence[str] = (), *, rancangan: Rancangan | None = None
) -> pd.DataFrame:
    """Return mean and standard deviation of each z for the groups of `compute_prevalence`.

    Columns: kelompok, nilai_kelompok, indeks, diukur (with a plausible z; children with oedema
    have none of weight), jumlah_berbobot, rerata_z, galat_baku_z, bawah_z, atas_z,
    simpangan_baku_z = √(Σw (z - mean)² / Σw × n/(n-1)). The interval is mean ± t SE: of a survey
    linearised with clusters minus strata, of a register SD/√n with n-1 degrees of freedom.
    """
    anak, _ = list_anak(frame, rancangan)
    ukuran = _read_ukuran(anak)
    parts = []
    for kelompok, domain in _iter_domain(anak, oleh, rancangan):
        columns = _average(ukuran, domain, survei=rancangan is not None)
        parts.append(_lay_out(kelompok, {"indeks": ukuran.nama}, columns))
    return _finish(parts, KOLOM_RERATA)


def _iter_domain(
    anak: pd.DataFrame, oleh: Sequence[str], rancangan: Rancangan | None
) -> Iterator[tuple[Kelompok, Domain]]:
    sampel = read_sampel(anak, rancangan) if rancangan else make_sensus(len(anak))
    for kelompok in iter_kelompok(anak, oleh):
        yield kelompok, Domain(sampel, kelompok.kode, len(kelompok.label))


def _read_ukuran(anak: pd.DataFrame) -> _Ukuran:
    """Return the z of each index that the table has; flagged ones are missing."""
    declared = load_aturan_prevalensi().indeks
    present = [kode for kode in declared if f"z_{kode}" in anak]
    unflagged = [f"ekstrem_{kode}" for kode in present if f"ekstrem_{kode}" not in anak]
    if not present or unflagged:
        raise TataLetakError(
            f"Kolom z-skor tidak lengkap: {', '.join(unflagged or ['z_tbu'])}.",
            lakukan="Gabungkan dahulu hasil compute_zscores ke tabel ini.",
        )
    z = np.column_stack([_rounded(anak[f"z_{kode}"]) for kode in present])
    extreme = np.column_stack([_truth(anak[f"ekstrem_{kode}"]) for kode in present])
    oedema = np.zeros(len(anak), bool)
    if "edema" in anak:
        oedema = read_codes(anak["edema"], SANDI_BAKU.edema) == 1
    sick = np.outer(oedema, [declared[kode].edema for kode in present])
    names = [declared[kode].nama for kode in present]
    return _Ukuran(present, names, np.where(extreme | sick, np.nan, z), extreme, sick)


def _read_peubah(ukuran: _Ukuran, *, semua_batas: bool) -> _Peubah:
    """Return the indicators whose indices the table has, then those of two conditions at once."""
    rules = load_aturan_prevalensi()
    single = {
        kode: _apply_limit(kode, rule, ukuran)
        for kode, rule in rules.indikator.items()
        if rule.indeks in ukuran.kode
    }
    both = {
        kode: _combine(kode, [single[part] for part in rule.dari])
        for kode, rule in rules.gabungan.items()
        if set(rule.dari) <= set(single)
    }
    wanted = {kode for kode, rule in rules.indikator.items() if semua_batas or rule.resmi}
    wanted |= {kode for kode, rule in rules.gabungan.items() if semua_batas or rule.resmi}
    chosen = [item for kode, item in (single | both).items() if kode in wanted]
    arrays = (np.column_stack([item[place] for item in chosen]) for place in (2, 3, 4))
    return _Peubah([item[0] for item in chosen], [item[1] for item in chosen], *arrays)


def _apply_limit(kode: str, rule: IndikatorGizi, ukuran: _Ukuran) -> _SatuPeubah:
    """Return the indicator; a child with oedema is below every lower limit, above none."""
    column = ukuran.kode.index(rule.indeks)
    z, oedema = ukuran.z[:, column], ukuran.edema[:, column]
    below = rule.arah == "di bawah"
    beyond = (z < rule.batas) | oedema if below else z > rule.batas
    judged = ~np.isnan(z) | oedema
    return _SatuPeubah(kode, ukuran.nama[column], judged, beyond, ukuran.ekstrem[:, column])


def _combine(kode: str, parts: Sequence[_SatuPeubah]) -> _SatuPeubah:
    """Return the indicator of children with all conditions, of those judged for all."""
    sah = np.logical_and.reduce([part.sah for part in parts])
    kasus = sah & np.logical_and.reduce([part.kasus for part in parts])
    ekstrem = np.logical_or.reduce([part.ekstrem for part in parts])
    return _SatuPeubah(kode, " dan ".join(part.indeks for part in parts), sah, kasus, ekstrem)


def _judge(kasus: Bools, dasar: Bools, domain: Domain, *, survei: bool) -> dict[str, Any]:
    """Return the prevalence of each group, its interval, and how the interval was made."""
    children = domain.sum(dasar)
    if survei:
        estimate = domain.estimate(kasus, dasar)
        freedom = domain.sampel.derajat_bebas
        limits = compute_logit_interval(estimate, children, derajat_bebas=freedom)
        edge = (estimate.nilai == 0) | (estimate.nilai == 1)
        method = np.where(edge, EKSAK, LOGIT).astype(object)
    else:
        cases = domain.sum(kasus)
        estimate = Taksiran(children, divide(cases, children), np.full(children.shape, np.nan))
        limits = compute_wilson(cases, children)
        method = np.full(children.shape, WILSON, object)
    method[np.isnan(limits.bawah)] = None
    return {
        "jumlah_berbobot": estimate.jumlah,
        "prevalensi_persen": estimate.nilai * 100,
        "galat_baku_poin": estimate.galat_baku * 100,
        "bawah_persen": limits.bawah * 100,
        "atas_persen": limits.atas * 100,
        "metode_selang": method,
    }


def _summarize(ukuran: _Ukuran, domain: Domain) -> dict[str, Floats]:
    """Return the mean and standard deviation of z in each group."""
    valid = ~np.isnan(ukuran.z)
    mean = domain.mean(ukuran.z, valid).nilai
    return {"rerata_z": mean, "simpangan_baku_z": domain.deviation(ukuran.z, valid)}


def _repeat_rerata(
    summary: Mapping[str, Floats], names: Sequence[str], indeks: Sequence[str]
) -> dict[str, Floats]:
    """Return the columns of each indicator's index; NaN for indicators of two indices."""
    column = [names.index(name) if name in names else len(names) for name in indeks]
    return {
        key: np.column_stack([value, np.full(len(value), np.nan)])[:, column]
        for key, value in summary.items()
    }


def _average(ukuran: _Ukuran, domain: Domain, *, survei: bool) -> dict[str, Any]:
    """Return mean, error, interval, and standard deviation of z in each group."""
    valid, summary = ~np.isnan(ukuran.z), _summarize(ukuran, domain)
    count = domain.sum(valid)
    if survei:
        total, mean, error = domain.estimate(ukuran.z, valid)
        t = compute_t_quantile(domain.sampel.derajat_bebas)
    else:
        total, mean, _ = domain.mean(ukuran.z, valid)
        error = summary["simpangan_baku_z"] / np.sqrt(np.maximum(count, 1))
        t = compute_t_quantile(count - 1)
    return {
        "diukur": count,
        "jumlah_berbobot": total,
        "galat_baku_z": error,
        "bawah_z": mean - t * error,
        "atas_z": mean + t * error,
        **summary,
    }


def _lay_out(
    kelompok: Kelompok, names: Mapping[str, list[str]], columns: Mapping[str, Any]
) -> dict[str, Any]:
    """Return one row per group and measure, from matrices of groups by measures."""
    groups, measures = next(iter(columns.values())).shape
    return {
        "kelompok": np.full(groups * measures, kelompok.nama, object),
        "nilai_kelompok": np.repeat(np.array(kelompok.label, object), measures),
        **{key: np.tile(np.array(names[key], object), groups) for key in names},
        **{key: value.ravel() for key, value in columns.items()},
    }


def _finish(parts: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return the parts as one table: declared order, counts as whole numbers, text as text."""
    kinds = dict.fromkeys(_CACAH, "int64") | dict.fromkeys(_TEKS, "string")
    whole = {name: np.concatenate([part[name] for part in parts]) for name in columns}
    return pd.DataFrame(
        {name: pd.Series(value, dtype=kinds.get(name)) for name, value in whole.items()}
    )


def _rounded(values: pd.Series) -> Floats:
    """Return z rounded to two decimals, as WHO classifies it."""
    return np.round(read_floats(values), 2)


def _truth(values: pd.Series) -> Bools:
    return values.astype("boolean").fillna(False).to_numpy(bool)
