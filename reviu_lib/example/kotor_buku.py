"""Dirt planted in the kabupaten workbook, and the recap of indicators with its contradictions."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_indikator
from reviu_lib.example.ekspor import BOM
from reviu_lib.example.skenario import Skenario, planted
from reviu_lib.formatting import (
    BULAN,
    PENANDA_CONTOH,
    format_number,
    format_rupiah,
)

Frames = dict[str, pd.DataFrame]
_AMAN_DARI_KOTOR = 200  # no dirt on a denominator under this, so that totals hardly move
_PESERTA = 0.04  # overspending and over-coverage go beyond the limit by about this share
_CSR_RP = 15_000_000
NBSP = "\u00a0"


def plant_workbook(frames: Frames, skenario: Skenario) -> Frames:
    """Return the frames with dirt of the workbook, each kind as often as `tanam.toml` says."""
    dirty = {name: frame.astype(object) for name, frame in frames.items()}
    counts = planted(skenario, "buku_kerja")
    used: dict[str, set[int]] = {name: set() for name in dirty}
    for kode, (table, plant) in _PLANTS.items():
        if kode in counts:
            pick = _Picker(skenario.rng(f"buku/{kode}"), used[table])
            dirty[table] = plant(dirty[table], pick, counts[kode])
    return dirty


class _Picker:
    """Chooses rows that no other kind of dirt in the table has taken."""

    def __init__(self, rng: np.random.Generator, used: set[int]) -> None:
        self.rng, self.used = rng, used

    def rows(self, usable: pd.Series, count: int) -> list[int]:
        free = [int(row) for row in usable.index[usable.to_numpy(bool)] if row not in self.used]
        chosen = sorted(int(row) for row in self.rng.permutation(free)[:count])
        self.used.update(chosen)
        return chosen


Plant = Callable[[pd.DataFrame, _Picker, int], pd.DataFrame]


def _set(frame: pd.DataFrame, rows: list[int], column: str, values: object) -> pd.DataFrame:
    frame = frame.copy()
    frame.loc[rows, column] = values
    return frame


def _rupiah_text(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    rows = pick.rows(frame["pagu_rembuk_rp"].notna(), count)
    texts = [
        f"{format_rupiah(value).replace('Rp', 'Rp. ')},-"
        for value in frame.loc[rows, "pagu_rembuk_rp"]
    ]
    return _set(frame, rows, "pagu_rembuk_rp", texts)


def _dotted(column: str, least: int) -> Plant:
    def plant(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
        rows = pick.rows(pd.to_numeric(frame[column], errors="coerce") >= least, count)
        texts = [format_number(value) for value in frame.loc[rows, column]]
        return _set(frame, rows, column, texts)

    return plant


def _without_budget(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    """Add spending from a source that has no budget."""
    extra = pd.DataFrame(
        {
            "id_kegiatan": ["K052"] * count,
            "sumber_dana": "CSR",
            "realisasi_rp": _CSR_RP,
            "realisasi_tw1_rp": 0,
            "realisasi_tw2_rp": 0,
            "realisasi_tw3_rp": _CSR_RP,
            "realisasi_tw4_rp": 0,
        }
    )
    return pd.concat([frame, extra.astype(object)], ignore_index=True)


def _above_budget(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    usable = frame["pagu_perubahan_rp"].notna() & _per_puskesmas(frame)
    rows = pick.rows(usable, count)
    above = [int(value * (1 + _PESERTA)) for value in frame.loc[rows, "pagu_perubahan_rp"]]
    more = [high - low for high, low in zip(above, frame.loc[rows, "realisasi_rp"], strict=True)]
    last = [part + add for part, add in zip(frame.loc[rows, "realisasi_tw4_rp"], more, strict=True)]
    return _set(_set(frame, rows, "realisasi_rp", above), rows, "realisasi_tw4_rp", last)


def _per_puskesmas(frame: pd.DataFrame) -> pd.Series:
    """Return the activities of single puskesmas (K101, K201, …), which carry no story."""
    return frame["id_kegiatan"] >= "K1"


def _no_output(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    plain = frame["alasan"].isna() & (frame["realisasi_output"] > 0) & ~frame["wajib"].eq(True)
    rows = pick.rows(plain & _per_puskesmas(frame), count)
    return _set(frame, rows, "realisasi_output", None)


def _code_variant(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    rows = pick.rows(frame["kode_sub_kegiatan"].str.contains(r"\.2\.02\.", na=False), count)
    texts = [text.replace(".2.02.", ".02.02.") for text in frame.loc[rows, "kode_sub_kegiatan"]]
    return _set(frame, rows, "kode_sub_kegiatan", texts)


def _date_text(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    rows = pick.rows(frame["realisasi_mulai"].notna(), count)
    texts = [
        f"{day.day} {BULAN[day.month - 1]} {day.year}" for day in frame.loc[rows, "realisasi_mulai"]
    ]
    return _set(frame, rows, "realisasi_mulai", texts)


def _quarter(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    """Write the plan of a window from April to June as `Triwulan II`."""
    start = frame["rencana_mulai"].map(lambda day: (day.month, day.day) == (4, 1))
    finish = frame["rencana_selesai"].map(lambda day: (day.month, day.day) == (6, 30))
    rows = pick.rows(start & finish, count)
    frame = _set(frame, rows, "rencana_mulai", "Triwulan II")
    return _set(frame, rows, "rencana_selesai", "Triwulan II")


def _spaces(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    rows = pick.rows(frame["desa"].notna(), count)
    names = frame.loc[rows, "desa"].tolist()
    texts = [f"{name}{' ' if place % 2 else NBSP}" for place, name in enumerate(names)]
    return _set(frame, rows, "desa", texts)


def _numerator(value: str) -> Plant:
    def plant(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
        rows = pick.rows(_moderate(frame), count)
        return _set(frame, rows, "pembilang", value)

    return plant


def _above_denominator(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    rows = pick.rows(_moderate(frame) & (frame["penyebut"] >= 20), count)
    above = [int(value * (1 + _PESERTA)) + 1 for value in frame.loc[rows, "penyebut"]]
    return _set(frame, rows, "pembilang", above)


def _moderate(frame: pd.DataFrame) -> pd.Series:
    number = pd.to_numeric(frame["penyebut"], errors="coerce")
    return (number >= 5) & (number < _AMAN_DARI_KOTOR) & (frame["periode"] == "tahunan")


def _drop_desa(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    """Leave out the villages with the fewest households, so that totals hardly move."""
    size = frame.groupby("kode_desa")["penyebut"].sum()
    gone = size.sort_values().index[:count]
    return frame[~frame["kode_desa"].isin(gone)].reset_index(drop=True)


def _total_row(frame: pd.DataFrame, pick: _Picker, count: int) -> pd.DataFrame:
    numbers = {
        name: int(pd.to_numeric(frame[name].map(_undotted), errors="coerce").sum())
        for name in ("pembilang", "penyebut")
    }
    total = pd.DataFrame([{"kode_desa": "JUMLAH", **numbers}] * count).astype(object)
    return pd.concat([frame, total], ignore_index=True)


def _undotted(value: object) -> object:
    return value.replace(".", "") if isinstance(value, str) else value


# In this order: rows are dropped before others are chosen, and the total comes last.
_PLANTS: dict[str, tuple[str, Plant]] = {
    "RUPIAH_TEKS": ("anggaran", _rupiah_text),
    "REALISASI_DI_ATAS_PAGU": ("anggaran", _above_budget),
    "TITIK_RIBUAN": ("anggaran", _dotted("pagu_murni_rp", 1_000_000)),
    "REALISASI_TANPA_PAGU": ("anggaran", _without_budget),
    "OUTPUT_KOSONG": ("kegiatan", _no_output),
    "KODE_VARIAN": ("kegiatan", _code_variant),
    "TANGGAL_TEKS": ("jadwal", _date_text),
    "TRIWULAN": ("jadwal", _quarter),
    "DESA_TIDAK_ADA": ("cakupan", _drop_desa),
    "PEMBILANG_LEBIH": ("cakupan", _above_denominator),
    "DIV0": ("cakupan", _numerator("#DIV/0!")),
    "STRIP": ("cakupan", _numerator("-")),
    "TITIK_RIBUAN_CAKUPAN": ("cakupan", _dotted("penyebut", 1000)),
    "SPASI_NBSP_CAKUPAN": ("cakupan", _spaces),
    "BARIS_JUMLAH": ("cakupan", _total_row),
}


class _Recap(NamedTuple):
    """One line of the recap, as printed."""

    indikator: str
    pembilang: int
    penyebut: int
    capaian: str
    satuan: str = "persen"


def make_rekap_csv(cakupan: pd.DataFrame, skenario: Skenario) -> bytes:
    """Return the recap of indicators as Indonesian CSV, with the declared contradictions."""
    cards = load_indikator(skenario.set_indikator)
    yearly = cakupan[cakupan["periode"] == "tahunan"]
    sums = yearly.groupby("kode_indikator")[["pembilang", "penyebut"]].sum()
    counts = {str(kode): (int(part), int(whole)) for kode, part, whole in sums.itertuples()}
    lines = {kode: _recap(cards[kode].nama, *pair) for kode, pair in counts.items()}
    slipped = _percent(counts[_SALAH_DESIMAL][0] / 10, counts[_SALAH_DESIMAL][1])
    lines[_SALAH_DESIMAL] = lines[_SALAH_DESIMAL]._replace(capaian=slipped)
    wrong, other = _PENYEBUT_LAIN
    lines[wrong] = _recap(cards[wrong].nama, counts[wrong][0], counts[other][1])
    head = [f"{PENANDA_CONTOH};;;;;", "no;indikator;pembilang;penyebut;capaian;satuan"]
    body = [_recap_text(no, line) for no, line in enumerate([*lines.values(), *_BUKAN_KATALOG], 1)]
    return (BOM + "\r\n".join([*head, *body]) + "\r\n").encode()


def _recap(nama: str, part: int, whole: int) -> _Recap:
    return _Recap(nama, part, whole, _percent(part, whole))


def _recap_text(no: int, line: _Recap) -> str:
    numbers = [format_number(line.pembilang), format_number(line.penyebut)]
    return ";".join([str(no), f'"{line.indikator}"', *numbers, line.capaian, line.satuan])


def _percent(part: float, whole: float) -> str:
    return format_number(part / whole * 100, 2)


# A decimal slip, and an indicator printed over the denominator of another population.
_SALAH_DESIMAL, _PENYEBUT_LAIN = "E02", ("E18", "E17")
_BUKAN_KATALOG = (
    _Recap("Angka kematian bayi", 14, 3512, "3,99", "per 1.000 KH"),
    _recap("Bayi baru lahir yang diskrining hipotiroid kongenital", 2710, 3512),
    _Recap("Balita dengan pneumonia berat yang dirujuk", 0, 0, "#DIV/0!"),
)
