"""Answers fill what is blank: cells of rows that are there, rows that are not, and hambatan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from reviu_lib.catalog import Bagian, load_lembar, tabel_masukan
from reviu_lib.catalog.lembar import join_keys
from reviu_lib.ingest.returns.answers import UNIT, Kembalian
from reviu_lib.ingest.unite import ASAL


@dataclass
class Isian:
    """Tables and the origins of their rows while answers are put into them."""

    frames: dict[str, pd.DataFrame]
    asal: dict[str, pd.DataFrame]
    tambahan: dict[str, list[pd.DataFrame]] = field(default_factory=dict)

    def table(self, tabel: str) -> pd.DataFrame:
        """Return a table as it stands; one without rows where there is none yet."""
        if tabel in self.frames:
            return self.frames[tabel]
        return tabel_masukan()[tabel].empty().assign(**dict.fromkeys(ASAL, ""))

    def set_cells(self, tabel: str, kolom: str, rows: pd.DataFrame) -> None:
        """Put `nilai` of each row into the cell named by its `tujuan`; it stems from both files."""
        frame = self.table(tabel).copy()
        places = rows["tujuan"].astype(int)
        values = pd.Series(list(rows["nilai"]), index=places.to_numpy())
        frame.loc[values.index, kolom] = values.astype(frame[kolom].dtype)
        self.frames[tabel] = frame
        self.tambahan.setdefault(tabel, []).append(rows[ASAL].assign(baris=places.to_numpy()))

    def add_rows(self, tabel: str, rows: pd.DataFrame) -> None:
        """Add rows (canonical columns and ASAL) below a table."""
        baku, before = tabel_masukan()[tabel], self.table(tabel)
        own = [name for name in baku.nama_kolom if name in rows]
        added = baku.conform(rows[own].reset_index(drop=True))
        whole = pd.concat([added, rows[ASAL].reset_index(drop=True)], axis=1)
        self.frames[tabel] = pd.concat([before, whole], ignore_index=True) if len(before) else whole
        start = len(before)
        where = rows[ASAL].assign(baris=range(start, start + len(rows)))
        self.tambahan.setdefault(tabel, []).append(where)

    def origins(self, lama: Mapping[str, int]) -> dict[str, pd.DataFrame]:
        """Return the origins of all rows; `lama` is how many rows each table had before."""
        done = dict(self.asal)
        for tabel, parts in self.tambahan.items():
            before = self.asal.get(tabel, self.table(tabel).iloc[:0])
            if "baris" not in before:
                before = before[ASAL].assign(baris=range(lama.get(tabel, 0)))
            done[tabel] = pd.concat([before[[*ASAL, "baris"]], *parts], ignore_index=True)
        return done


def fill_blanks(judged: pd.DataFrame, kembalian: Kembalian, isian: Isian) -> None:
    """Put every answer that is used into its table, and written kendala into `hambatan`."""
    used = judged[judged["keadaan"] == "dipakai"]
    for bagian in load_lembar().bagian.values():
        own = used[used["bagian"] == bagian.kode].drop_duplicates(["kunci", "kolom"])
        new = own[own["tujuan"].isna()]
        for kolom in bagian.masuk:
            rows = own[(own["kolom"] == kolom) & own["tujuan"].notna()]
            if len(rows):
                isian.set_cells(*bagian.goal(kolom), rows)
        if len(new):
            _add_new(bagian, new, kembalian, isian)
        if bagian.hambatan:
            _add_hambatan(bagian, judged, kembalian, isian)


def _add_new(bagian: Bagian, new: pd.DataFrame, kembalian: Kembalian, isian: Isian) -> None:
    """Add a row for each key that its table does not have yet, with the answers that are used."""
    tabel = next(iter(bagian.goal(kolom)[0] for kolom in bagian.masuk))
    rows = kembalian.rows_of(bagian)
    wanted = new[["_berkas", "kunci"]].drop_duplicates("kunci")
    chosen = rows.merge(wanted, on=["_berkas", "kunci"]).drop_duplicates("kunci")
    for kolom in bagian.masuk:
        used = new[new["kolom"] == kolom].set_index("kunci")["nilai"]
        goal = bagian.goal(kolom)[1]
        values = chosen["kunci"].map(used)
        chosen = chosen.assign(**{goal: values.where(values.notna(), pd.NA)})
    isian.add_rows(tabel, chosen)


def _add_hambatan(bagian: Bagian, judged: pd.DataFrame, kembalian: Kembalian, isian: Isian) -> None:
    """Add each written kendala as a hambatan of its unit; the same text again is one."""
    names = {kolom: goal for goal, kolom in bagian.hambatan.items()}
    text = bagian.hambatan["uraian"]
    told = judged[(judged["bagian"] == bagian.kode) & (judged["kolom"] == text)]
    good = told[told["keadaan"] == "dicatat"].drop_duplicates([*UNIT, "kunci"])
    if good.empty:
        return
    rows = kembalian.rows_of(bagian).rename(columns=names)
    chosen = rows.merge(good[["_berkas", "_baris"]], on=["_berkas", "_baris"])
    ids = "LK-" + chosen["jenis_unit"] + "-" + chosen["kode_unit"] + "-" + chosen["baris"]
    known = join_keys(isian.table("hambatan"), ["id_hambatan"])
    fresh = ~join_keys(pd.DataFrame({"id": ids}), ["id"]).isin(known)
    added = chosen.assign(
        id_hambatan=ids, opd_pj=chosen["unit"].where(chosen["jenis_unit"] == "opd")
    )
    isian.add_rows("hambatan", added[fresh.to_numpy()])
