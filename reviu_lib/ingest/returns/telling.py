"""What there is to tell about returned worksheets: findings L01 to L13.

One finding for each column of a sheet and each thing that happened to its answers; it names file,
sheet, cells, what was written, and what is recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from reviu_lib.catalog import Bagian, load_lembar
from reviu_lib.catalog.lembar import canonical, join_keys
from reviu_lib.formatting import format_value, join_list, list_first
from reviu_lib.ingest.findings import Temuan, note, place_of
from reviu_lib.ingest.returns.answers import UNIT, Kembalian

TABEL = "isian_lembar"
# What becomes of an answer → the finding that tells it.
_TEMUAN = {
    "isi terkunci diubah": "L02",
    "tanpa identitas": "L03",
    "berbeda": "L05",
    "berbeda dari LRA": "L07",
    "tidak dikenal": "L08",
    "tidak terbagi": "L09",
    "dipakai": "L10",
}
_IDENTITAS = "identitas"


def tell_answers(judged: pd.DataFrame, kegiatan: pd.DataFrame | None) -> list[Temuan]:
    """Return what became of all answers: L01 for each file, then what must be looked at."""
    found = [_tell_file(rows) for _, rows in judged.groupby("_berkas", sort=False)]
    for state, kode in _TEMUAN.items():
        own = judged[judged["keadaan"] == state]
        groups = own.groupby(["_berkas", "_lembar", "kolom"], sort=False)
        found += [_tell_group(kode, rows) for _, rows in groups]
    clash = judged[judged["keadaan"] == "bertentangan"]
    groups = clash.groupby(["bagian", "kunci", "kolom"], sort=False)
    found += [_tell_clash(rows) for _, rows in groups]
    return [*found, *_tell_twice(judged), *_tell_shared(judged, kegiatan)]


def _tell_file(rows: pd.DataFrame) -> Temuan:
    """Return L01: a worksheet came back, from whom, and what became of its answers."""
    states = rows.loc[rows["bagian"] != _IDENTITAS, "keadaan"].value_counts()
    words = join_list([f"{count} {state}" for state, count in states.items()])
    who = rows["unit"].dropna()
    name = who.iloc[0] if len(who) else "unit yang tidak diketahui"
    text = f"{name}: {words or 'tidak ada isian'}"
    return note("L01", place_of(rows.iloc[:1], TABEL), rincian=text)


def _tell_group(kode: str, rows: pd.DataFrame) -> Temuan:
    texts = [
        f"{baris} {isian}" + (f" (tercatat {tercatat})" if tercatat else "")
        for baris, isian, tercatat in zip(
            rows["baris"], rows["isian"], rows["tercatat"], strict=True
        )
    ]
    return _note(kode, rows, f"{_title(rows)}: {list_first(texts)}")


def _title(rows: pd.DataFrame) -> str:
    """Return the heading of the column that these answers stand in."""
    first = rows.iloc[0]
    return load_lembar().bagian[first["bagian"]].baku[first["kolom"]].judul


def _note(kode: str, rows: pd.DataFrame, rincian: str) -> Temuan:
    kolom = str(rows["kolom"].iloc[0])
    letter = str(rows["sel"].iloc[0]).rstrip("0123456789")
    place = replace(place_of(rows, TABEL), kolom=kolom, huruf={kolom: letter})
    return note(kode, place, baris=rows["_baris"], nilai=rows["isian"], rincian=rincian)


def _tell_clash(rows: pd.DataFrame) -> Temuan:
    """Return L04 for two worksheets of one unit, L06 for two units, that answer differently."""
    one = len(rows[UNIT].drop_duplicates()) == 1
    texts = [
        f"{unit} {isian} ({berkas} {sel})"
        for unit, isian, berkas, sel in zip(
            rows["unit"], rows["isian"], rows["_berkas"], rows["sel"], strict=True
        )
    ]
    words = f"{_title(rows)} {rows['baris'].iloc[0]}: {join_list(texts[:5])}"
    return _note("L04" if one else "L06", rows, words)


def _tell_twice(judged: pd.DataFrame) -> list[Temuan]:
    """Return L11 for every desa that several units of one kind answer for."""
    rows = judged[(judged["bagian"] == "desa") & judged["unit"].notna()]
    desa = rows.assign(kode_desa=rows["baris"].str.split(" / ").str[0])
    keys = ["kode_desa", "jenis_unit"]
    counts = desa.groupby(keys)["kode_unit"].transform("nunique")
    return [
        _tell_units("L11", part, str(kode))
        for (kode, _), part in desa[counts > 1].groupby(keys, sort=False)
    ]


def _tell_shared(judged: pd.DataFrame, kegiatan: pd.DataFrame | None) -> list[Temuan]:
    """Return L12 for every sub kegiatan whose realisation several OPD report."""
    rows = judged[(judged["bagian"] == "kegiatan") & judged["unit"].notna()]
    if kegiatan is None or rows.empty:
        return []
    codes = kegiatan["kode_sub_kegiatan"].set_axis(join_keys(kegiatan, ["id_kegiatan"]))
    known = codes[~codes.index.duplicated()]
    coded = rows.assign(kode=rows["kunci"].map(known).fillna(rows["baris"]))
    counts = coded.groupby("kode")["kode_unit"].transform("nunique")
    return [
        _tell_units("L12", part, str(kode))
        for kode, part in coded[counts > 1].groupby("kode", sort=False)
    ]


def _tell_units(kode: str, rows: pd.DataFrame, apa: str) -> Temuan:
    names = join_list(list(dict.fromkeys(rows["unit"])))
    lines = rows.drop_duplicates(["_berkas", "_lembar", "_baris"])
    place = place_of(lines, TABEL)
    return note(kode, place, baris=lines["_baris"], nilai=[apa], rincian=f"{apa} oleh {names}")


def tell_printed(kembalian: Kembalian, frames: Mapping[str, pd.DataFrame]) -> list[Temuan]:
    """Return L02 where locked cells of rows without an answer changed, L13 for old printings."""
    found: list[Temuan] = []
    for bagian in load_lembar().bagian.values():
        rows = kembalian.rows_of(bagian)
        if len(rows):
            found += _tell_altered(rows, bagian)
        if len(rows) and bagian.acuan in frames and not bagian.sendiri:
            found += _tell_old(rows[rows["sah"]], frames[bagian.acuan], bagian)
    return found


def _tell_altered(rows: pd.DataFrame, bagian: Bagian) -> list[Temuan]:
    blank = rows[list(bagian.isian)].isna().all(axis=1)
    altered = rows[~rows["sah"] & blank]
    return [
        note(
            "L02",
            place_of(part, bagian.tabel),
            baris=part["_baris"],
            rincian=list_first(list(part["baris"])),
        )
        for _, part in altered.groupby(["_berkas", "_lembar"], sort=False)
    ]


def _tell_old(rows: pd.DataFrame, goal: pd.DataFrame, bagian: Bagian) -> list[Temuan]:
    """Return L13 for each sheet that was printed before the plan changed."""
    shared = [name for name in bagian.rencana if name in goal]
    now = goal[shared].assign(kunci=join_keys(goal, bagian.kunci)).drop_duplicates("kunci")
    both = rows.merge(now, on="kunci", suffixes=("", "_kini"))
    found = []
    for _, part in both.groupby(["_berkas", "_lembar"], sort=False):
        texts = [text for name in shared for text in _list_changes(part, name, bagian)]
        lines = [row for row, _ in texts]
        if texts:
            words = list_first([text for _, text in texts])
            place = place_of(part, bagian.tabel)
            found.append(note("L13", place, baris=sorted(set(lines)), rincian=words))
    return found


def _list_changes(rows: pd.DataFrame, name: str, bagian: Bagian) -> Sequence[tuple[int, str]]:
    """Return the row and what changed since, for each row whose plan is another one now."""
    kolom = bagian.baku[name]
    values = zip(rows["_baris"], rows["baris"], rows[name], rows[f"{name}_kini"], strict=True)
    return [
        (
            int(line),
            f"{kolom.judul} {baris} tercetak {format_value(old, kolom.jenis)}, "
            f"kini {format_value(new, kolom.jenis)}",
        )
        for line, baris, old, new in values
        if canonical(old) != canonical(new)
    ]
