"""What becomes of each filled cell: used, equal, only noted, or told and left out.

The order of the rules is the order in which they win: an answer whose row cannot be trusted is
never compared further.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reviu_lib.catalog import Bagian, load_lembar, tabel_masukan
from reviu_lib.catalog.lembar import canonical, join_keys
from reviu_lib.formatting import format_value
from reviu_lib.ingest.budget.matching import match_kegiatan
from reviu_lib.ingest.budget.rows import TABEL as BARIS_UANG
from reviu_lib.ingest.budget.rules import load_keuangan

_IDENTITAS = "identitas"
_ANGGARAN = "anggaran.realisasi_rp"
Tabel = Mapping[str, pd.DataFrame]


def judge_answers(answers: pd.DataFrame, frames: Tabel) -> pd.DataFrame:
    """Return the answers with `tercatat`, `keadaan`, and `tujuan`: the row each may fill, or NA."""
    if answers.empty:
        return answers.assign(tercatat=[], keadaan=[], tujuan=[])
    compared = _compare_all(answers, frames)
    clash = _clashes(answers)
    lra = _lra(answers, frames)
    known, entering = compared["dikenal"], compared["masuk"]
    rules = [
        (answers["unit"].isna(), "tanpa identitas"),
        (answers["bagian"] == _IDENTITAS, "dicatat"),
        (~answers["sah"].astype(bool), "isi terkunci diubah"),
        (~known, "tidak dikenal"),
        (clash, "bertentangan"),
        (~entering, "dicatat"),
        (compared["baku_tercatat"] == answers["baku"], "sama"),
        (lra.notna(), "berbeda dari LRA"),
        (compared["baku_tercatat"] != "", "berbeda"),
        (compared["banyak"] > 1, "tidak terbagi"),
    ]
    states = np.select(
        [rule.to_numpy(bool) for rule, _ in rules], [word for _, word in rules], "dipakai"
    )
    shown = compared["tercatat"].mask(states == "berbeda dari LRA", lra)
    return answers.assign(tercatat=shown, keadaan=states, tujuan=compared["tujuan"])


def _clashes(answers: pd.DataFrame) -> pd.Series:
    """Return where two worksheets answer one cell differently; rows that were altered say nothing.

    In a part that each unit answers for itself only two worksheets of one unit can.
    """
    parts = load_lembar().bagian
    alone = (
        answers["bagian"].map(lambda kode: kode not in parts or parts[kode].sendiri).astype(bool)
    )
    who = (answers["jenis_unit"] + "/" + answers["kode_unit"]).where(alone, "")
    keys = [who.fillna(""), answers["bagian"], answers["kunci"], answers["kolom"]]
    said = answers["baku"].where(answers["sah"].astype(bool))
    return said.groupby(keys).transform("nunique") > 1


def _compare_all(answers: pd.DataFrame, frames: Tabel) -> pd.DataFrame:
    """Return for each answer what is recorded: tercatat, baku_tercatat, banyak, tujuan, and whether
    its row is known (`dikenal`) and it enters a table at all (`masuk`)."""
    parts = []
    for (kode, kolom), rows in answers.groupby(["bagian", "kolom"], sort=False):
        bagian = load_lembar().bagian.get(str(kode))
        if bagian is None or kolom not in bagian.masuk:
            part = _only_noted(rows)
        else:
            part = _compare(rows, bagian, frames, kolom=str(kolom))
        known = True if bagian is None else _is_known(rows, bagian, frames)
        parts.append(part.assign(dikenal=known))
    return pd.concat(parts).loc[answers.index]


def _only_noted(rows: pd.DataFrame) -> pd.DataFrame:
    empty = pd.Series(pd.NA, rows.index, dtype="Int64")
    return pd.DataFrame(
        {"tercatat": "", "baku_tercatat": "", "banyak": 0, "tujuan": empty, "masuk": False},
        index=rows.index,
    )


def _is_known(rows: pd.DataFrame, bagian: Bagian, frames: Tabel) -> pd.Series:
    if not bagian.acuan:
        return pd.Series(True, index=rows.index)
    known = frames.get(bagian.acuan, tabel_masukan()[bagian.acuan].empty())
    return rows["kunci"].isin(join_keys(known, bagian.kunci))


def _compare(rows: pd.DataFrame, bagian: Bagian, frames: Tabel, *, kolom: str) -> pd.DataFrame:
    """Return what the goal of a column holds for each answer; rows of one key are taken together.

    Money is summed, the last end and the first beginning of several windows count.
    """
    tabel, name = bagian.goal(kolom)
    goal = frames.get(tabel, tabel_masukan()[tabel].empty())
    jenis = tabel_masukan()[tabel][name].jenis
    kunci = join_keys(goal, bagian.kunci)
    groups = goal[name].groupby(kunci)
    whole = groups.sum(min_count=1) if jenis == "rupiah" else _outer(groups, name)
    value = rows["kunci"].map(whole)
    counts = rows["kunci"].map(kunci.value_counts()).fillna(0).astype(int)
    first = (
        pd.Series(goal.index, kunci).groupby(level=0).first()
        if len(goal)
        else pd.Series(dtype="Int64")
    )
    return pd.DataFrame(
        {
            "tercatat": [format_value(one, jenis) if canonical(one) else "" for one in value],
            "baku_tercatat": [canonical(one) for one in value],
            "banyak": counts.where((counts > 0) | bagian.tambah, 2),  # no row to fill: as many
            "tujuan": rows["kunci"].map(first).astype("Int64"),
            "masuk": True,
        },
        index=rows.index,
    )


def _outer(groups: object, name: str) -> pd.Series:
    start = name.endswith("_mulai")
    return groups.min() if start else groups.last()  # type: ignore[attr-defined, no-any-return]


def _lra(answers: pd.DataFrame, frames: Tabel) -> pd.Series:
    """Return what the exports of money say where an answer differs from it, else NA."""
    nothing = pd.Series(pd.NA, index=answers.index, dtype="object")
    own = answers[_is_goal(answers)]
    if own.empty or BARIS_UANG not in frames or "kegiatan" not in frames:
        return nothing
    pairs = match_kegiatan(frames["kegiatan"], frames[BARIS_UANG]).pasangan
    spent = {canonical(pair.id_kegiatan): pair.jumlah_realisasi for pair in pairs}
    export = own["kunci"].map(spent).astype("Float64")
    apart = (export - own["nilai"].astype("Float64")).abs() > load_keuangan().banding.selisih_rp
    differs = export[apart.fillna(False).astype(bool)]
    return nothing.mask(nothing.index.isin(differs.index), differs.map(_show_rupiah))


def _show_rupiah(value: float) -> str:
    return format_value(value, "rupiah")


def _is_goal(answers: pd.DataFrame) -> list[bool]:
    """Return which answers are the realisation of a budget."""
    goals = {
        (part.kode, kolom)
        for part in load_lembar().bagian.values()
        for kolom, goal in part.masuk.items()
        if goal == _ANGGARAN
    }
    return [pair in goals for pair in zip(answers["bagian"], answers["kolom"], strict=True)]
