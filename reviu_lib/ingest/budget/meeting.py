"""Money of exports meets the workbook: compared where both speak, filled where the sheet is silent.

Nothing is divided and nothing is added across sources. What the team entered stands; an export
fills a kegiatan only when no amount was entered for it and the match is unique.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import format_rupiah, list_first
from reviu_lib.ingest.budget.matching import Hasil, Pasangan, fill_opd, match_kegiatan
from reviu_lib.ingest.budget.rows import TABEL, sum_rows
from reviu_lib.ingest.budget.rules import load_keuangan
from reviu_lib.ingest.findings import Temuan, note
from reviu_lib.ingest.parse.texts import map_texts
from reviu_lib.ingest.unite import ASAL, place_of

_ISIAN = ["pagu_murni_rp", "pagu_perubahan_rp", "realisasi_rp"]
Tabel = dict[str, pd.DataFrame]


def meet_budget(frames: Mapping[str, pd.DataFrame]) -> tuple[Tabel, Tabel, list[Temuan]]:
    """Return all tables, the origins of their rows, and what the comparison found.

    `realisasi_anggaran` becomes one row per source, SKPD, sub kegiatan, and fund; `anggaran` gets
    the amounts of kegiatan that have none.
    """
    tables, origins = dict(frames), dict(frames)
    if TABEL not in frames:
        return tables, origins, []
    tables[TABEL], origins[TABEL] = sum_rows(frames[TABEL])
    found = _compare_sources(tables[TABEL])
    if "kegiatan" not in frames:
        return tables, origins, found
    result = match_kegiatan(frames["kegiatan"], tables[TABEL])
    found += _tell_unmatched(result, tables, frames["kegiatan"])
    anggaran = frames.get("anggaran", _empty_budget())
    found += _compare_sheet(result.pasangan, anggaran)
    silent, divided = _list_silent(result.pasangan, anggaran)
    found += _tell_divided(divided, anggaran)
    if silent:
        tables["anggaran"], origins["anggaran"] = _fill(anggaran, silent, origins[TABEL])
        found.append(_tell_filled(silent, tables[TABEL]))
    return tables, origins, found


def _empty_budget() -> pd.DataFrame:
    empty = tabel_masukan()["anggaran"].empty()
    return empty.assign(**dict.fromkeys(ASAL, ""))


def _compare_sources(uang: pd.DataFrame) -> list[Temuan]:
    """Return K58 for sub kegiatan whose figures differ between SIPD and LRA."""
    rows = uang[uang["kode_sub_kegiatan"].notna()]
    keyed = rows.assign(_opd=fill_opd(rows))
    keys = ["kode_sub_kegiatan", "_opd"]
    pairs = (("SIPD pagu", "pagu_rp"), ("SIPD realisasi", "realisasi_rp"))
    texts = [text for sumber, kolom in pairs for text in _differences(keyed, keys, sumber, kolom)]
    if not texts:
        return []
    place = place_of(rows, TABEL)
    return [_counted(note("K58", place, rincian=list_first(texts)), len(texts))]


def _differences(rows: pd.DataFrame, keys: list[str], sumber: str, kolom: str) -> list[str]:
    sums = {
        name: rows[rows["sumber"] == name].groupby(keys)[kolom].sum(min_count=1)
        for name in (sumber, "LRA")
    }
    both = pd.DataFrame(sums).dropna()
    apart = both[(both[sumber] - both["LRA"]).abs() > load_keuangan().banding.selisih_rp]
    word = kolom.removesuffix("_rp")
    return [
        f"{kode} {word} {format_rupiah(one)} ({sumber}) dan {format_rupiah(two)} (LRA)"
        for (kode, _), one, two in zip(apart.index, apart[sumber], apart["LRA"], strict=True)
    ]


def _counted(found: Temuan, jumlah: int) -> Temuan:
    return Temuan(**{**found.__dict__, "jumlah": jumlah})


def _tell_unmatched(
    result: Hasil, tables: Mapping[str, pd.DataFrame], kegiatan: pd.DataFrame
) -> list[Temuan]:
    """Return K41 for shared codes, K54 for kegiatan without money, K42 for money without one."""
    found = []
    if result.berbagi:
        ids = [name for names in result.berbagi.values() for name in names]
        texts = [f"{kode} oleh {', '.join(names)}" for kode, names in result.berbagi.items()]
        found.append(_tell_kegiatan("K41", kegiatan, ids, texts))
    if result.tanpa_uang:
        codes = kegiatan.set_index("id_kegiatan")["kode_sub_kegiatan"]
        texts = [f"{name} ({codes[name]})" for name in result.tanpa_uang]
        found.append(_tell_kegiatan("K54", kegiatan, result.tanpa_uang, texts))
    if result.tanpa_kegiatan:
        rows = tables[TABEL].loc[list(result.tanpa_kegiatan)]
        codes = rows["kode_sub_kegiatan"].drop_duplicates()
        told = note("K42", place_of(rows, TABEL).at("kode_sub_kegiatan"), nilai=codes)
        found.append(_counted(told, len(codes)))
    return found


def _tell_kegiatan(
    kode: str, kegiatan: pd.DataFrame, ids: Sequence[str], texts: Sequence[str]
) -> Temuan:
    rows = kegiatan[kegiatan["id_kegiatan"].isin(list(ids))]
    place = place_of(rows, "kegiatan").at("kode_sub_kegiatan")
    return note(kode, place, baris=rows["_baris"], rincian=list_first(texts))


def _own_rows(anggaran: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the budget rows of a kegiatan whose funds pass through the APBD."""
    outside = anggaran["sumber_dana"].isin(load_keuangan().banding.sumber_luar_apbd)
    return anggaran[(anggaran["id_kegiatan"] == name) & ~outside]


def _is_silent(rows: pd.DataFrame) -> bool:
    return bool(rows[_ISIAN].isna().all(axis=None))


def _compare_sheet(pairs: Sequence[Pasangan], anggaran: pd.DataFrame) -> list[Temuan]:
    """Return K40 for kegiatan whose sheet and export differ, both figures shown."""
    limit = load_keuangan().banding.selisih_rp
    texts: list[str] = []
    lines: list[int] = []
    for pair in pairs:
        rows = _own_rows(anggaran, pair.id_kegiatan)
        if rows.empty or _is_silent(rows):
            continue
        apart = _describe_gaps(pair, rows, limit)
        texts += apart
        lines += list(rows.index) if apart else []
    if not texts:
        return []
    rows = anggaran.loc[lines]
    told = note("K40", place_of(rows, "anggaran"), baris=rows["_baris"], rincian=list_first(texts))
    return [_counted(told, rows["id_kegiatan"].nunique())]


def _describe_gaps(pair: Pasangan, rows: pd.DataFrame, limit: int) -> list[str]:
    pagu = rows["pagu_perubahan_rp"].fillna(rows["pagu_murni_rp"])
    sides = (
        ("pagu", pagu.sum(min_count=1), pair.jumlah_pagu, pair.pagu),
        ("realisasi", rows["realisasi_rp"].sum(min_count=1), pair.jumlah_realisasi, pair.realisasi),
    )
    return [
        f"{pair.id_kegiatan} {word} {_show(sheet)} (lembar anggaran) dan {_show(export)} "
        f"({', '.join(behind['sumber'].unique())})"
        for word, sheet, export, behind in sides
        if not pd.isna(export) and (pd.isna(sheet) or abs(sheet - export) > limit)
    ]


def _show(value: object) -> str:
    return "kosong" if pd.isna(value) else format_rupiah(value)  # type: ignore[call-overload]


def _list_silent(
    pairs: Sequence[Pasangan], anggaran: pd.DataFrame
) -> tuple[list[Pasangan], list[Pasangan]]:
    """Return the kegiatan without any amount: those that can be filled, those with many funds."""
    fill: list[Pasangan] = []
    divided: list[Pasangan] = []
    for pair in pairs:
        rows = _own_rows(anggaran, pair.id_kegiatan)
        if pair.baris and _is_silent(rows):
            (fill if len(rows) < 2 else divided).append(pair)
    return fill, divided


def _tell_divided(pairs: Sequence[Pasangan], anggaran: pd.DataFrame) -> list[Temuan]:
    if not pairs:
        return []
    rows = anggaran[anggaran["id_kegiatan"].isin([pair.id_kegiatan for pair in pairs])]
    texts = [f"{pair.kode} oleh {pair.id_kegiatan} dengan beberapa sumber dana" for pair in pairs]
    place = place_of(rows, "anggaran").at("sumber_dana")
    return [note("K41", place, baris=rows["_baris"], rincian=list_first(texts))]


def _fill(
    anggaran: pd.DataFrame, pairs: Sequence[Pasangan], behind: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the budget with the amounts of the exports, and the origins of all its rows."""
    baku = tabel_masukan()["anggaran"]
    filled = anggaran.copy()
    origins = [anggaran[ASAL].assign(baris=range(len(anggaran)))]
    added: list[pd.DataFrame] = []
    for pair in pairs:
        lines = behind[behind["baris"].isin(pair.baris)]
        own = _own_rows(anggaran, pair.id_kegiatan)
        if len(own):
            place = int(own.index[0])
            filled.loc[place, "pagu_perubahan_rp"] = _whole(pair.jumlah_pagu)
            filled.loc[place, "realisasi_rp"] = _whole(pair.jumlah_realisasi)
            origins.append(lines.assign(baris=place))
            continue
        rows = _new_rows(pair)
        start = len(filled) + sum(len(part) for part in added)
        origins += [lines.assign(baris=start + step) for step in range(len(rows))]
        added.append(rows.assign(**{name: lines[name].iloc[0] for name in ASAL}))
    extra = [
        pd.concat([baku.conform(part.drop(columns=ASAL)), part[ASAL]], axis=1) for part in added
    ]
    return pd.concat([filled, *extra], ignore_index=True), pd.concat(origins, ignore_index=True)


def _whole(value: float) -> object:
    return pd.NA if pd.isna(value) else int(value)


def _new_rows(pair: Pasangan) -> pd.DataFrame:
    """Return the budget rows of one kegiatan: by fund, or one where spending has no fund."""
    funds = load_keuangan().sumber_dana
    chosen = map_texts(pair.pagu["sumber_dana"], funds.choose).astype("string")
    named = chosen.fillna(funds.tidak_dirinci)
    together = pair.pagu.index.equals(pair.realisasi.index)
    if named.nunique() > 1 and (together or pair.realisasi.empty):
        money = pair.pagu[["pagu_rp", "realisasi_rp"]].groupby(named, sort=False).sum(min_count=1)
        money = money.rename_axis("sumber_dana").reset_index()
    else:
        only = named.iloc[0] if named.nunique() == 1 else funds.tidak_dirinci
        money = pd.DataFrame(
            {
                "sumber_dana": [only],
                "pagu_rp": [_whole(pair.jumlah_pagu)],
                "realisasi_rp": [_whole(pair.jumlah_realisasi)],
            }
        )
    money = money.rename(columns={"pagu_rp": "pagu_perubahan_rp"})
    return money.assign(id_kegiatan=pair.id_kegiatan)


def _tell_filled(pairs: Sequence[Pasangan], uang: pd.DataFrame) -> Temuan:
    rows = uang.loc[sorted({label for pair in pairs for label in pair.baris})]
    texts = [
        f"{pair.id_kegiatan} pagu {_show(pair.jumlah_pagu)}, realisasi "
        f"{_show(pair.jumlah_realisasi)} ({pair.sumber})"
        for pair in pairs
    ]
    return _counted(note("K43", place_of(rows, "anggaran"), rincian=list_first(texts)), len(pairs))
