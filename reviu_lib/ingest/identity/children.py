"""What to do with children who come twice: each rule is counted, and none is a guess.

One NIK on one day is one visit, and the last row counts. One NIK on two days is two visits. Rows
without a valid NIK are merged only where they are equal in everything: two children of one mother
may share name and birth date. One name and birth date with two valid NIK is a question.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviu_lib.catalog import tabel_masukan
from reviu_lib.ingest.findings import Temuan, note, place_of
from reviu_lib.ingest.identity.pseudonyms import SIDIK_ANAK, SIDIK_LAHIR, make_id
from reviu_lib.ingest.tables import Potongan

_TABEL = "pengukuran"
_KUNJUNGAN = ["id_anak", "tanggal_ukur"]
_ASAL = ["_berkas", "_lembar", "_baris"]


def compare_children(pieces: Sequence[Potongan]) -> list[Temuan]:
    """Return what the sheets together show about children: D06 and D07, one of each per sheet."""
    sheets = [piece for piece in pieces if SIDIK_ANAK in piece.frame]
    if not sheets:
        return []
    columns = ["id_anak", "dasar_id", SIDIK_ANAK, SIDIK_LAHIR]
    rows = pd.concat([piece.frame[columns] for piece in sheets], keys=range(len(sheets)))
    by_nik = rows["dasar_id"] == "nik"
    twice = rows[by_nik].groupby(SIDIK_LAHIR)["id_anak"].nunique()
    asked = by_nik & rows[SIDIK_LAHIR].isin(twice.index[twice > 1])
    alike = ~by_nik & rows[SIDIK_ANAK].notna()
    alike &= rows[SIDIK_ANAK].isin(rows.loc[by_nik, SIDIK_ANAK].dropna())
    found = []
    for kode, marked, who in (("D06", asked, SIDIK_LAHIR), ("D07", alike, SIDIK_ANAK)):
        hits = rows.loc[marked, who]
        for number in dict.fromkeys(hits.index.get_level_values(0)):
            hit = hits.loc[number]
            place = sheets[number].tempat.at("nik")
            found.append(note(kode, place, baris=hit.index, rincian=str(hit.nunique())))
    return found


def drop_repeats(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Temuan], pd.DataFrame]:
    """Return the visits with each child and day once, what was done, and the rows set aside.

    D01: an earlier row of one NIK and day. D09: a row without NIK equal to another in
    everything. D05: rows without NIK of one child and day that differ; they stay, as children
    of their own. D08: further visits of a child. The rows set aside have `kode`.
    """
    by_nik = frame["dasar_id"] == "nik"
    earlier = by_nik & frame.duplicated(_KUNJUNGAN, keep="last")
    content = list(tabel_masukan()[_TABEL].nama_kolom)
    equal = frame.loc[~by_nik, content].duplicated(keep="first")
    same = equal.reindex(frame.index, fill_value=False)
    found = _tell("D01", frame, earlier) + _tell("D09", frame, same)
    aside = pd.concat(
        [frame.loc[earlier, _ASAL].assign(kode="D01"), frame.loc[same, _ASAL].assign(kode="D09")]
    )
    kept, more = _part_twins(frame.loc[~(earlier | same)].reset_index(drop=True))
    again = kept.duplicated("id_anak", keep="first")
    children = str(kept.loc[again, "id_anak"].nunique())
    return kept, [*found, *more, *_tell("D08", kept, again, children)], aside


def _part_twins(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Temuan]]:
    """Return rows without NIK of one child and day as several children, in reading order."""
    doubtful = (frame["dasar_id"] != "nik") & frame.duplicated(_KUNJUNGAN, keep=False)
    if not doubtful.any():
        return frame, []
    turn = frame.groupby(_KUNJUNGAN, sort=False).cumcount()
    later = doubtful & (turn > 0)
    # The first pseudonym is keyed already: nobody without the key can make the next one.
    pairs = zip(frame.loc[later, "id_anak"], turn[later], strict=True)
    names = pd.Series(
        [make_id(f"{first}|{number}", b"") for first, number in pairs], index=frame.index[later]
    )
    ids = frame["id_anak"].mask(later, names.reindex(frame.index).astype("string"))
    return frame.assign(id_anak=ids), _tell("D05", frame, doubtful)


def _tell(kode: str, frame: pd.DataFrame, rows: pd.Series, rincian: str = "") -> list[Temuan]:
    if not rows.any():
        return []
    hit = frame.loc[rows]
    return [note(kode, place_of(hit, _TABEL), baris=hit["_baris"], rincian=rincian)]
