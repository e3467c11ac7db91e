"""Every check of every place: counted, judged, and held against chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from reviu_lib.catalog import load_ambang
from reviu_lib.errors import DefinisiError
from reviu_lib.formatting import list_first
from reviu_lib.growth.quality.chance import adjust_holm, compute_uniformity, compute_upper_tail
from reviu_lib.growth.quality.declarations import BELUM, Mutu, Pemeriksaan, load_mutu
from reviu_lib.growth.quality.groups import (
    Bools,
    Floats,
    Levels,
    compute_digit_score,
    count_last_digits,
)
from reviu_lib.growth.quality.marks import Mark, list_marks
from reviu_lib.growth.quality.places import TANPA_KODE, TINGKAT, group_places
from reviu_lib.growth.quality.plausibility import measure_plausibility
from reviu_lib.growth.quality.visits import Visits, read_visits

TEMPAT = ["tingkat", "kode", "nama"]
KOLOM = [
    *TEMPAT, "pemeriksaan", "ranah", "n", "kasus", "nilai", "satuan", "p", "p_holm", "ambang",
    "penilaian", "angka", "poin", "dapat_dinilai", "pola",
]  # fmt: skip
HITUNGAN = ["n", "kasus", "angka", "poin"]
TEKS = [*TEMPAT, "pemeriksaan", "ranah", "satuan", "ambang", "penilaian"]
# The bounds of a check that names no place.
_NEVER = {"n_minimum": np.inf, "nilai_minimum": np.inf, "kasus_minimum": np.inf}
_ACUAN = ("ds_persen", "prevalensi_survei_persen")
# Statistics of children by check: the column that counts what went in.
_BANYAK = {
    "rasio_kelamin": "rasio_kelamin_n",
    "rasio_usia": "n_6_59",
    "sebaran_usia": "n_6_59",
    "penumpukan_usia": "penumpukan_usia_n",
    "flag_smart_bbtb": "n",
    "sb_tbu": "sb_tbu_n",
    "sb_bbu": "sb_bbu_n",
    "sb_bbtb": "sb_bbtb_n",
    "sb_bbtb_smart": "sb_bbtb_smart_n",
    "kemencengan_bbtb": "sb_bbtb_smart_n",
    "keruncingan_bbtb": "sb_bbtb_smart_n",
}


class Measure(NamedTuple):
    """What one check counted, one entry a place."""

    n: Floats
    kasus: Floats
    nilai: Floats
    p: Floats


def compute_pemeriksaan_mutu(
    pengukuran: pd.DataFrame,
    *,
    zskor: pd.DataFrame | None = None,
    acuan: pd.DataFrame | None = None,
    tingkat: Sequence[str] = TINGKAT,
    kode_kabupaten: str | None = None,
) -> pd.DataFrame:
    """Return one row per place and check of `definitions/mutu.toml`, in declared order.

    `pengukuran` is the table of that name (one row a visit; absent columns leave their checks
    unjudged), `zskor` what `compute_zscores` returns for it. `acuan` has
    tingkat, kode, nama (read of puskesmas and posyandu only, which have no code of their own),
    ds_persen, and prevalensi_survei_persen of places where these are known.
    Shares of visits count all visits; statistics of children the last visit of each child.
    Columns: tingkat, kode, nama (see `group_places`), pemeriksaan (code), ranah, n, kasus (marked
    of n), nilai in satuan, p (chance of as much in a sound
    place; visits of one child count as one), p_holm (within level and
    check), ambang, penilaian (class; `belum dapat dinilai` when n is below the least or nothing
    was counted), angka (0-100 of the class; missing
    where p is judged), poin (ENA), dapat_dinilai, pola (named: n, value, cases, and p_holm beyond
    what is declared). A further place changes only p_holm and pola of others.
    Raises DefinisiError for an unknown level and for an `acuan` that has a place twice.
    """
    mutu, visits = load_mutu(), read_visits(pengukuran, zskor)
    marks = list_marks(visits)
    given = _key_given(acuan)
    levels = [group_places(visits, level, kode_kabupaten) for level in tingkat]
    places = pd.concat([places for _, places in levels], ignore_index=True)
    groups = Levels([level for level, _ in levels])
    measures = _measure(visits, marks, groups)
    measures |= _compare(
        visits, groups, given.reindex(pd.MultiIndex.from_frame(_key_acuan(places)))
    )
    rows = _name_patterns(_lay_out(places, measures, mutu), mutu)
    return rows.astype(dict.fromkeys(TEKS, "string") | dict.fromkeys(HITUNGAN, "Int64"))[KOLOM]


def _measure(visits: Visits, marks: Mapping[str, Mark], levels: Levels) -> dict[str, Measure]:
    """Return what each check counted, the places of one level after those of another."""
    shares = {kode: _share(kode, mark, visits, levels) for kode, mark in marks.items()}
    latest = visits.children.take(visits.latest)
    statistics = pd.concat(
        [measure_plausibility(latest, groups.take(visits.latest)) for groups in levels.each]
    )
    return {**shares, **dict(_digits(visits, levels)), **dict(_statistics(statistics))}


def _share(kode: str, mark: Mark, visits: Visits, levels: Levels) -> Measure:
    check = load_mutu().pemeriksaan[kode]
    n, kasus = levels.tally(mark.base), levels.tally(mark.base & mark.case)
    if check.satuan == "rasio":
        nilai = np.where(n > 0, kasus / np.maximum(n - kasus, 1), np.nan)
    else:
        nilai = np.where(n > 0, kasus / np.maximum(n, 1) * 100, np.nan)
    if check.harapan_persen is None:
        return Measure(n, kasus, nilai, np.full(len(n), np.nan))
    # Visits of one child repeat each other: a child weighs as one observation.
    visits_each = np.maximum(n / np.maximum(levels.tally(_first_of_child(mark, visits)), 1), 1)
    p = compute_upper_tail(kasus / visits_each, n / visits_each, check.harapan_persen / 100)
    return Measure(n, kasus, nilai, p)


def _first_of_child(mark: Mark, visits: Visits) -> Bools:
    """Return the first of the visits looked at of each child."""
    rows = np.flatnonzero(mark.base)
    first = np.zeros(len(mark.base), dtype=bool)
    first[rows[np.diff(visits.child[rows], prepend=-1) != 0]] = True
    return first


def _digits(visits: Visits, levels: Levels) -> Iterator[tuple[str, Measure]]:
    measures = {"berat": visits.children.weight, "tinggi": visits.children.height}
    for name, values in measures.items():
        counts = np.concatenate([count_last_digits(values, groups) for groups in levels.each])
        n = counts.sum(axis=1)
        square, p = compute_uniformity(counts)
        none = np.full(len(n), np.nan)
        yield f"angka_akhir_{name}", Measure(n, none, compute_digit_score(square, n), p)


def _statistics(statistics: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    none = np.full(len(statistics), np.nan)
    for kode, count in _BANYAK.items():
        p = statistics[f"{kode}_p"].to_numpy() if f"{kode}_p" in statistics else none
        yield kode, Measure(statistics[count].to_numpy(), none, statistics[kode].to_numpy(), p)


def _compare(visits: Visits, levels: Levels, given: pd.DataFrame) -> dict[str, Measure]:
    """Return D/S as given, and how near the prevalence of last visits is to that of a survey."""
    z, extreme = visits.children.z["tbu"], visits.children.extreme["tbu"]
    counted = visits.latest & ~np.isnan(z) & ~extreme
    n = levels.tally(counted)
    short = levels.tally(counted & (z < load_ambang()["z_stunting"]))
    none = np.full(len(n), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        mine, survey = short / n * 100, given["prevalensi_survei_persen"].to_numpy(float)
        near = np.minimum(mine, survey) / np.maximum(mine, survey) * 100
    return {
        "ds": Measure(levels.tally(visits.latest), none, given["ds_persen"].to_numpy(float), none),
        "rasio_survei": Measure(n, none, near, none),
    }


def _key_given(acuan: pd.DataFrame | None) -> pd.DataFrame:
    """Return the given figures by the key of their place."""
    acuan = pd.DataFrame(columns=TEMPAT) if acuan is None else acuan
    keys = _key_acuan(acuan)
    if keys.duplicated().any():
        twice = acuan.loc[keys.duplicated(), TEMPAT[:2]].astype(str).agg(" ".join, axis=1)
        raise DefinisiError(
            f"Acuan memuat tempat yang sama dua kali: {list_first(list(twice))}.",
            lakukan="Sisakan satu baris untuk setiap tempat.",
        )
    return acuan.reindex(columns=list(_ACUAN)).set_axis(pd.MultiIndex.from_frame(keys))


def _key_acuan(frame: pd.DataFrame) -> pd.DataFrame:
    """Return tingkat, kode, and the name of places that have no code of their own."""
    keys = frame.reindex(columns=TEMPAT).astype("string").fillna("")
    return keys.assign(nama=keys["nama"].where(keys["tingkat"].isin(TANPA_KODE), ""))


def _lay_out(places: pd.DataFrame, measures: Mapping[str, Measure], mutu: Mutu) -> pd.DataFrame:
    """Return the measures as rows: places in order, checks as declared."""
    none = np.full(len(places), np.nan)
    empty = Measure(np.zeros(len(places)), none, none, none)
    checks = list(mutu.pemeriksaan.values())
    judged = [_judge(check, measures.get(check.kode, empty), mutu) for check in checks]
    rows = places.loc[places.index.repeat(len(checks))].reset_index(drop=True)
    which = np.tile(np.arange(len(checks)), len(places))
    columns = {
        name: pd.Series(np.stack([part[name] for part in judged], axis=1).ravel())
        for name in judged[0]
    }
    texts = {name: words.take(which) for name, words in _texts_of(checks, mutu).items()}
    return pd.concat([rows, pd.DataFrame(columns | texts)], axis=1)


def _texts_of(checks: Sequence[Pemeriksaan], mutu: Mutu) -> dict[str, ExtensionArray]:
    texts = {
        "pemeriksaan": [check.kode for check in checks],
        "ranah": [check.ranah for check in checks],
        "satuan": [check.satuan for check in checks],
        "ambang": [_say_ambang(check, mutu) for check in checks],
    }
    return {column: pd.array(values, dtype="string") for column, values in texts.items()}


def _say_ambang(check: Pemeriksaan, mutu: Mutu) -> str:
    accepted = mutu.skala[check.skala].ambang
    return f"p {accepted}" if check.dinilai == "p" else accepted


def _judge(check: Pemeriksaan, measure: Measure, mutu: Mutu) -> dict[str, np.ndarray]:
    scale = mutu.skala[check.skala]
    place = scale.rank(measure.nilai if check.dinilai == "nilai" else measure.p)
    judged = (measure.n >= check.n_minimum) & (place >= 0)
    place = np.where(judged, place, -1)
    points = scale.poin or [np.nan] * len(scale.kelas)
    return {
        **measure._asdict(),
        "penilaian": np.array([*scale.kelas, BELUM], dtype=object)[place],
        # p shrinks with the number of children, so that no mean of classes may hold it.
        "angka": np.array([*scale.angka, np.nan])[np.where(check.dinilai == "p", -1, place)],
        "poin": np.array([*points, np.nan])[place],
        "dapat_dinilai": judged,
    }


def _name_patterns(rows: pd.DataFrame, mutu: Mutu) -> pd.DataFrame:
    """Return the rows of `_lay_out`, every check of each place in turn, with p_holm and pola."""
    cards = list(mutu.pemeriksaan.values())
    which = np.arange(len(rows)) % len(cards)
    family = pd.Series(pd.factorize(rows["tingkat"])[0] * len(cards) + which, rows.index)
    rows["p_holm"] = adjust_holm(rows["p"].where(rows["dapat_dinilai"]), family)
    bounds = pd.DataFrame([dict(card.pola or _NEVER) for card in cards])
    enough = np.logical_and.reduce(
        [
            rows[name].to_numpy(float, na_value=0)
            >= bounds[f"{name}_minimum"].to_numpy(float)[which]
            for name in ("n", "nilai", "kasus")
        ]
    )
    rows["pola"] = enough & (rows["p_holm"] < mutu["alfa"]).to_numpy(bool)
    return rows
