"""Y, T, or TS of each service a mother or child should receive, from monthly records by pseudonym.

The rules are declared in definitions/konvergensi.toml. Months are numbered through the years
(year x 12 + month - 1), so that a window is two numbers and no month of another quarter or of a
later year can enter it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from reviu_lib.formatting import BULAN
from reviu_lib.review.konvergensi.aturan import ANAK, SELURUH, AturanKonvergensi, Layanan

_BULAN_TRIWULAN, _BULAN_TAHUN = 3, 12
DITERIMA, TIDAK, TIDAK_SEHARUSNYA, TAK_DIKETAHUI = "Y", "T", "TS", "?"
_KOLOM = ["id_sasaran", "kode_desa", "kelompok", "triwulan", "layanan", "skor"]


def compute_skor(
    catatan: pd.DataFrame, tahun: int, aturan: AturanKonvergensi, *, bulan_ukur: Sequence[int]
) -> pd.DataFrame:
    """Return one row per person, quarter of `tahun`, and service of the group: skor Y, T, TS, or ?.

    `catatan` are rows of `layanan_sasaran`, also of earlier years. A blank cell is no mark. A count
    since the beginning that misses its minimum only because months before the first record of the
    desa are not on file is `?`: neither received nor due. `bulan_ukur` are the weighing months.
    Columns: id_sasaran, kode_desa, kelompok, triwulan (1-4), layanan, skor.
    """
    if catatan.empty:
        return pd.DataFrame(columns=_KOLOM)
    records = _number_months(catatan)
    parts = [
        _score_quarter(records, tahun * _BULAN_TAHUN + 3 * number, number, aturan, bulan_ukur)
        for number in range(1, 5)
    ]
    return pd.concat(parts, ignore_index=True)[_KOLOM]


def _number_months(catatan: pd.DataFrame) -> pd.DataFrame:
    """Return the records with `waktu`, and `awal`: the first month on file of each desa."""
    month = catatan["bulan"].map({name: place for place, name in enumerate(BULAN)})
    rows = catatan.assign(waktu=catatan["tahun"].astype("float64") * _BULAN_TAHUN + month)
    first = rows.groupby(["kode_desa", "kelompok"])["waktu"].transform("min")
    return rows.assign(awal=first).sort_values("waktu", kind="stable")


def _score_quarter(
    records: pd.DataFrame,
    end: int,
    number: int,
    aturan: AturanKonvergensi,
    bulan_ukur: Sequence[int],
) -> pd.DataFrame:
    """Return the scores of one quarter, whose months are end - 3 to end - 1."""
    seen = records[records["waktu"] < end]
    quarter = seen[seen["waktu"] >= end - _BULAN_TRIWULAN]
    people = _people(quarter, end, aturan)
    parts = []
    for service in aturan.layanan:
        group = people[people["kelompok"] == service.kelompok]
        months = _window(service, number, bulan_ukur)
        marks = seen if service.jendela == "sejak awal" else _last(seen, end, months)
        skor = _score(group, service, marks, due=bool(months))
        parts.append(group.assign(triwulan=number, layanan=service.nama, skor=skor))
    return pd.concat(parts) if parts else people


def _people(quarter: pd.DataFrame, end: int, aturan: AturanKonvergensi) -> pd.DataFrame:
    """Return who is on record in the quarter: age class, state, and months before the file began.

    The age of a child is that of its own last record of the quarter.
    """
    grouped = quarter.groupby("id_sasaran", sort=True)
    people = grouped[["kode_desa", "kelompok", "umur_bulan", "waktu", "awal"]].last()
    bounds = list(aturan.kelas_umur_bulan)
    age = people["umur_bulan"].astype("float64")
    child = (people["kelompok"] == ANAK).to_numpy(bool)
    born = people["waktu"] - age
    yes = {name: quarter[name].fillna(False).astype(bool) for name in ("berisiko", "melahirkan")}
    by = quarter["id_sasaran"]
    return people.assign(
        umur=age,
        kelas=np.where(child, np.searchsorted(bounds, age.fillna(0), side="right") - 1, 0),
        sebelum=(people["awal"] - born).clip(lower=0).where(child, 0),
        berisiko=yes["berisiko"].groupby(by).any(),
        melahirkan=yes["melahirkan"].groupby(by).any(),
        hamil=(~yes["melahirkan"]).groupby(by).any(),
    ).reset_index()


def _window(service: Layanan, number: int, bulan_ukur: Sequence[int]) -> list[int]:
    """Return the months before the end of the quarter (1 is the last) whose marks count; or none.

    No month: the service cannot be due in this quarter.
    """
    last = number * _BULAN_TRIWULAN
    if service.jendela == "bulan ukur":
        return [last - month + 1 for month in bulan_ukur if 0 <= last - month < _BULAN_TRIWULAN]
    if service.jendela == "tahun":
        return list(range(1, last + 1)) if last >= max(service.minimum) else []
    return list(range(1, _BULAN_TRIWULAN + 1))


def _last(seen: pd.DataFrame, end: int, months: Sequence[int]) -> pd.DataFrame:
    return seen[(end - seen["waktu"]).isin(months)]


def _score(people: pd.DataFrame, service: Layanan, marks: pd.DataFrame, *, due: bool) -> pd.Series:
    """Return the score of one service; all TS where it cannot be due."""
    least = people["kelas"].map(dict(enumerate(service.minimum))).astype("float64")
    owed = (least > 0) & due
    if service.syarat:
        owed &= people[service.syarat].astype(bool)
    count = _count(people, marks, service.nama)
    met, possible = count >= least, _reach(count, people, service) >= least
    if service.pelengkap:
        needed = people["umur"] >= service.pelengkap_sejak_bulan
        more = _count(people, marks, service.pelengkap)
        met &= ~needed | (more > 0)
        possible &= ~needed | (_reach(more, people, service) > 0)
    words = np.select(
        [~owed, met, possible], [TIDAK_SEHARUSNYA, DITERIMA, TAK_DIKETAHUI], default=TIDAK
    )
    return pd.Series(words, index=people.index, dtype="string")


def _count(people: pd.DataFrame, marks: pd.DataFrame, layanan: str) -> pd.Series:
    """Return how many months of `marks` have the mark of a service, per person."""
    ticked = marks[layanan.lower().replace(" ", "_")].fillna(False).astype(bool)
    counts = ticked.groupby(marks["id_sasaran"]).sum()
    return people["id_sasaran"].map(counts).astype("float64").fillna(0)


def _reach(count: pd.Series, people: pd.DataFrame, service: Layanan) -> pd.Series:
    """Return the count with the months of life before the file began, at most one mark each."""
    return count + people["sebelum"] if service.jendela == "sejak awal" else count


def count_skor(skor: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of `konvergensi` from scores, and `tak_diketahui`.

    The row `seluruh layanan` counts who received every service that was due; its sasaran are those
    of whom that is known and to whom at least one service was due.
    """
    keys = ["kode_desa", "triwulan", "kelompok", "layanan"]
    if skor.empty:
        return pd.DataFrame(columns=[*keys, *_CACAH])
    flags = pd.DataFrame(
        {name: (skor["skor"] == word).astype("int64") for name, word in _TANDA.items()}
    ).assign(sasaran=1)
    counts = pd.concat([skor[keys], flags], axis=1).groupby(keys, as_index=False).sum()
    whole = pd.concat([skor[["id_sasaran", *keys[:3]]], flags], axis=1)
    whole = whole.groupby(["id_sasaran", *keys[:3]], as_index=False)[list(_TANDA)].sum()
    decided = (whole["tidak"] > 0) | ((whole["tak_diketahui"] == 0) & (whole["diterima"] > 0))
    known = whole[decided]
    every = known.assign(sasaran=1, diterima=(known["tidak"] == 0).astype("int64"))
    every = every.groupby(keys[:3], as_index=False)[["sasaran", "diterima"]].sum()
    every = every.assign(layanan=SELURUH, tidak_seharusnya=0, tak_diketahui=0)
    return pd.concat([counts, every], ignore_index=True)[[*keys, *_CACAH]]


_TANDA = {
    "diterima": DITERIMA,
    "tidak": TIDAK,
    "tidak_seharusnya": TIDAK_SEHARUSNYA,
    "tak_diketahui": TAK_DIKETAHUI,
}
_CACAH = ["sasaran", "diterima", "tidak_seharusnya", "tak_diketahui"]
