"""The public edition of a result: what is not declared is left out, what is small is closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from reviu_lib.catalog import Cacah, Penyamaran, TabelPublik, load_penyamaran, load_ringkasan
from reviu_lib.hasil import HasilReviu, table_names
from reviu_lib.penyamaran.cacah import list_closed_rows, select
from reviu_lib.penyamaran.teks import find_counts

_KABUPATEN = "kabupaten"
_CAKUPAN = "capaian_cakupan"
_REGISTER = ("perkembangan_prevalensi", "prevalensi_kelompok")


class Tanda:
    """The closed cells of a result while they are being found: table → column → labels."""

    def __init__(self, frames: dict[str, pd.DataFrame]) -> None:
        self.frames = frames
        self.sel: dict[str, dict[str, set[object]]] = {name: {} for name in frames}

    def add(self, tabel: str, kolom: Collection[str], labels: Collection[object]) -> None:
        """Mark the cells of these columns in the rows with these index labels."""
        for satu in kolom:
            self.sel[tabel].setdefault(satu, set()).update(labels)

    def labels(self, tabel: str, kolom: str) -> set[object]:
        """Return the index labels of the marked cells of a column."""
        return self.sel[tabel].get(kolom, set())

    def apply(self) -> tuple[dict[str, pd.DataFrame], frozenset[str]]:
        """Return the tables without what is marked, and the addresses of what was there."""
        closed: set[str] = set()
        frames = dict(self.frames)
        for tabel, columns in self.sel.items():
            frame = frames[tabel].copy()
            for kolom, labels in columns.items():
                there = frame.index.isin(list(labels)) & frame[kolom].notna()
                closed |= {f"{tabel}/{baris}/{kolom}" for baris in frame.loc[there, "baris"]}
                frame[kolom] = frame[kolom].mask(there)
            frames[tabel] = frame
        return frames, frozenset(closed)


def close_cells(hasil: HasilReviu) -> HasilReviu:
    """Return the public edition of a result, by the rules of `penyamaran.toml`.

    Tables, rows, and columns that are not declared there are empty. Small counts of people, all
    from which one of them follows, and texts that hold one are missing values, and their addresses
    stand in `tertutup`. A result that is public already is returned as it is.
    """
    if hasil.publik:
        return hasil
    rules = load_penyamaran()
    tanda = Tanda({name: _publish(hasil, name, rules) for name in table_names()})
    _close_counts(tanda, rules)
    _close_status(tanda, rules)
    _close_followers(tanda, rules)
    _close_texts(tanda, rules)
    _close_ringkasan(tanda, rules)
    frames, closed = tanda.apply()
    return replace(hasil, publik=True, tertutup=closed, **frames)


def _publish(hasil: HasilReviu, nama: str, rules: Penyamaran) -> pd.DataFrame:
    frame: pd.DataFrame = getattr(hasil, nama)
    if nama == "ringkasan":
        return frame
    if nama not in rules.tabel:
        return frame.iloc[:0]
    declared = rules.tabel[nama]
    rows = frame[select(frame, dict(declared.saring))]
    if declared.tahun_bawah:
        rows = rows[_is_top(rows) | rows[declared.tahun_bawah].eq(hasil.tahun)]
    rows = rows.reset_index(drop=True)
    return _blank(rows, declared)


def _is_top(rows: pd.DataFrame) -> pd.Series:
    """Return which rows tell of the kabupaten as a whole, or of more."""
    return ~rows["tingkat"].isin(["kecamatan", "desa"])


def _blank(rows: pd.DataFrame, declared: TabelPublik) -> pd.DataFrame:
    """Return the rows with missing values in every column that is not public."""
    kept = {"baris", *declared.kolom}
    none = pd.Series(False, index=rows.index)
    blank = rows.assign(**{k: rows[k].where(none) for k in rows if k not in kept})
    if not declared.kolom_bawah:
        return blank
    top = _is_top(rows)
    below = {"baris", *declared.kolom_bawah}
    return blank.assign(**{k: blank[k].where(top) for k in blank if k not in below})


def _close_counts(tanda: Tanda, rules: Penyamaran) -> None:
    for nama, declared in rules.tabel.items():
        for cacah in declared.cacah:
            frame = tanda.frames[nama]
            columns = [*cacah.tutup, *_small_base(frame, cacah, rules)]
            tanda.add(nama, columns, list(list_closed_rows(frame, cacah, rules)))


def _small_base(frame: pd.DataFrame, cacah: Cacah, rules: Penyamaran) -> list[str]:
    """Return the denominator where it would be published and is too small somewhere."""
    small = (frame[cacah.penyebut] < rules["penyebut_minimum"]).any()
    return [cacah.penyebut] if cacah.penyebut_terbit and bool(small) else []


def _close_status(tanda: Tanda, rules: Penyamaran) -> None:
    """Close the status of a kabupaten row where it would say too much of a closed count.

    To have reached (or missed) a target leaves the count a range; one as narrow as the least
    width tells what is closed.
    """
    frame = tanda.frames[_CAKUPAN]
    rows = frame[frame.index.isin(list(tanda.labels(_CAKUPAN, "pembilang"))) & _is_top(frame)]
    share = rows["target_persen"].astype("float64") / 100
    reached = rows["status_capaian"].eq("tercapai").astype(bool)
    above = reached.eq(rows["arah"].eq("naik").astype(bool))
    room = rows["penyebut"].astype("float64") * share.where(~above, 1 - share)
    told = rows["status_capaian"].isin(["tercapai", "belum tercapai"])
    narrow = rows.index[told & ~(room >= rules["lebar_minimum"])]
    tanda.add(_CAKUPAN, ["status_capaian", "alasan_status"], list(narrow))


def _close_followers(tanda: Tanda, rules: Penyamaran) -> None:
    codes = {"indikator": _closed_indicators(tanda), "kegiatan": _small_activities(tanda, rules)}
    for satu in rules.ikut:
        frame = tanda.frames[satu.tabel]
        rows = frame.index[frame[satu.kunci].isin(list(codes[satu.dari]))]
        tanda.add(satu.tabel, satu.tutup, list(rows))


def _closed_indicators(tanda: Tanda) -> set[str]:
    """Return the indicators whose kabupaten row is closed, in this year or in the last."""
    frame = tanda.frames[_CAKUPAN]
    labels = tanda.labels(_CAKUPAN, "pembilang") | tanda.labels(_CAKUPAN, "penyebut_lalu")
    rows = frame[frame.index.isin(list(labels)) & _is_top(frame)]
    return set(rows["kode_indikator"])


def _small_activities(tanda: Tanda, rules: Penyamaran) -> set[str]:
    """Return the activities whose output, or what it lacks, is a small number of people.

    None at all is no small number here: an activity without output tells of nobody.
    """
    where = rules.kegiatan
    frame = tanda.frames[where.tabel]
    words = frame[where.satuan].astype("string").str.lower().fillna("")
    people = words.str.split().map(lambda parts: bool({*parts} & {*rules.teks.satuan_orang}))
    count = frame[where.cacah].astype("float64")
    least = rules["cacah_minimum"]
    short = frame[where.target].astype("float64") - count
    small = (count.gt(0) & count.lt(least)) | (short.gt(0) & short.lt(least))
    return set(frame.loc[people & small, where.kunci])


def _close_texts(tanda: Tanda, rules: Penyamaran) -> None:
    for nama, frame in tanda.frames.items():
        for kolom in frame.columns[frame.dtypes.eq("string")]:
            found = find_counts(frame[kolom], rules)
            if kolom != "baris" and found.any():
                tanda.add(nama, [kolom], list(frame.index[found]))


def _close_ringkasan(tanda: Tanda, rules: Penyamaran) -> None:
    frame = tanda.frames["ringkasan"]
    public = _list_public_keys(tanda, rules)
    hidden = frame.index[~frame["baris"].isin(list(public))]
    tanda.add("ringkasan", ["nilai", "teks"], list(hidden))


def _list_public_keys(tanda: Tanda, rules: Penyamaran) -> set[str]:
    """Return the keys of the numbers that rest on nothing closed."""
    ringkasan = rules.ringkasan
    keys = {k for k, satu in load_ringkasan().items() if satu.bab in ringkasan.bagian}
    keys |= set(ringkasan.kunci)
    held = {
        ringkasan.kunci_register: any(_top_closed(tanda, name) for name in _REGISTER),
        ringkasan.kunci_status: bool(tanda.labels(_CAKUPAN, "status_capaian")),
        ringkasan.kunci_tren: bool(_closed_indicators(tanda)),
        ringkasan.kunci_kegiatan: bool(_small_activities(tanda, rules)),
    }
    for names, closed in held.items():
        keys = keys - set(names) if closed else keys | set(names)
    return keys


def _top_closed(tanda: Tanda, nama: str) -> bool:
    """Return whether any register row of the kabupaten as a whole is closed."""
    frame = tanda.frames[nama]
    rows = frame[frame.index.isin(list(tanda.labels(nama, "prevalensi_persen")))]
    level = "tingkat" if "tingkat" in frame else "kelompok"
    return bool(rows[level].eq(_KABUPATEN).any())
