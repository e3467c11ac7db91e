"""What the check found, summed up from its tables: by severity, by file, and line by line.

Only tables of BahanReviu go in (temuan, sel_ragu, neraca_baris), so that screen, workbook, and
page say the same, and no identity can come in here. A finding about rows of several files names
them all; whoever opens the files needs one line for each, which `list_lines` gives.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from reviu_lib.catalog import load_aturan, load_indikator, load_temuan, tabel_masukan
from reviu_lib.formatting import format_number, format_teks_sambung, list_first
from reviu_lib.reference import list_desa

# Severity, gravest first, and what it means for the data.
TINGKAT = {
    "galat": "yang disebut tidak dipakai; perlu diperbaiki",
    "peringatan": "dipakai dan ditampilkan; perlu dipastikan",
    "catatan": "sudah dibersihkan; untuk diketahui",
}
_SEL_DITAMPILKAN = 5
_PERTAMA = re.compile(r"(?:baris )?([A-Z]{0,3}\d{1,7})")
_PEMISAH = ", "
_ALASAN = re.compile(r"([A-Z]\d{2}): (\d+)")


def list_lines(temuan: pd.DataFrame, sel_ragu: pd.DataFrame, neraca: pd.DataFrame) -> pd.DataFrame:
    """Return the findings with `jenis` (their name) and `alamat` (their first cell), split by file.

    Columns of the canonical table `temuan`, then jenis and alamat ("" where no cell is meant; a
    whole row is its cell in column A). Rows keep the order of `temuan`.
    """
    named = neraca.assign(lembar=neraca["lembar"].fillna(""))
    sheets = named.groupby("berkas", sort=False)["lembar"].agg(list).to_dict()
    lines = [line for row in temuan.to_dict("records") for line in _split(row, sel_ragu, sheets)]
    names = [*tabel_masukan()["temuan"].nama_kolom, "jenis", "alamat"]
    return pd.DataFrame(lines, columns=names)


def _split(
    row: dict[str, Any], sel_ragu: pd.DataFrame, sheets: Mapping[str, list[str]]
) -> list[dict[str, Any]]:
    whole = {**row, "jenis": load_temuan()[row["kode"]].nama}
    parts = _parts(row, sheets)
    if len(parts) < 2:
        return [{**whole, "alamat": first_address(_text(row["sel"]))}]
    cells = sel_ragu.loc[sel_ragu["kode"] == row["kode"]]
    lines = []
    for berkas, lembar in parts:
        own = cells.loc[(cells["berkas"] == berkas) & (cells["lembar"].fillna("") == lembar)]
        lines.append({**whole, "berkas": berkas, "lembar": lembar, **_cells(list(own["sel"]))})
    return lines


def _parts(row: dict[str, Any], sheets: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Return each file and sheet that a finding names; [] when a file is not in the ledger."""
    files = split_names(_text(row["berkas"]), list(sheets))
    if not set(files) <= set(sheets):
        return []
    named = split_names(_text(row["lembar"]), [name for one in files for name in sheets[one]])
    return [
        (berkas, lembar)
        for berkas in files
        for lembar in [name for name in named if name in sheets[berkas]] or [""]
    ]


def _cells(addresses: Sequence[str]) -> dict[str, Any]:
    """Return `sel`, `alamat`, and `jumlah` of the part of a finding that lies in one sheet."""
    if not addresses:
        return {"sel": "", "alamat": ""}
    words = [text if text[0].isalpha() else f"baris {text}" for text in addresses]
    told = list_first(words, _SEL_DITAMPILKAN, pemisah=_PEMISAH)
    return {"sel": told, "alamat": first_address(words[0]), "jumlah": len(words)}


def split_names(text: str, known: Sequence[str]) -> list[str]:
    """Return the names that a joined text lists; names may themselves hold the separator.

    A part that is no known name stays as it is; where the text is one known name, it is one.
    """
    if text in known or not text:
        return [text] if text else []
    parts = text.split(_PEMISAH)
    names: list[str] = []
    while parts:
        size = next((n for n in range(len(parts), 0, -1) if _PEMISAH.join(parts[:n]) in known), 0)
        if not size:
            return [text] if not names else [*names, _PEMISAH.join(parts)]
        names.append(_PEMISAH.join(parts[:size]))
        parts = parts[size:]
    return names


def first_address(sel: str) -> str:
    """Return the first cell of a shown list: `F12`; `A12` for `baris 12`; "" for none."""
    found = _PERTAMA.match(sel)
    if found is None:
        return ""
    return found[1] if found[1][0].isalpha() else f"A{found[1]}"


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def sum_tingkat(temuan: pd.DataFrame) -> pd.DataFrame:
    """Return one row per severity: tingkat, arti, jumlah (findings), terkena (rows or cells)."""
    rows = []
    for word, arti in TINGKAT.items():
        own = temuan.loc[temuan["tingkat"] == word]
        rows.append((word, arti, len(own), int(own["jumlah"].fillna(1).sum())))
    return pd.DataFrame(rows, columns=["tingkat", "arti", "jumlah", "terkena"])


def sum_neraca(neraca: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger by file: berkas, dibaca, dipakai, disisihkan, alasan (codes and rows).

    Files keep their order; the reasons of all sheets of a file are added up, most rows first.
    """
    rows = [
        {
            "berkas": berkas,
            **{name: int(own[name].sum()) for name in ("dibaca", "dipakai", "disisihkan")},
            "alasan": _join_reasons(count_reasons(own)),
        }
        for berkas, own in neraca.groupby("berkas", sort=False)
    ]
    return pd.DataFrame(rows, columns=["berkas", "dibaca", "dipakai", "disisihkan", "alasan"])


def count_reasons(neraca: pd.DataFrame) -> dict[str, int]:
    """Return how many rows were set aside for each kind of finding, most rows first."""
    counts: Counter[str] = Counter()
    for text in neraca["alasan"].dropna():
        counts.update({kode: int(rows) for kode, rows in _ALASAN.findall(text)})
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _join_reasons(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{kode}: {rows}" for kode, rows in counts.items())


def explain_reasons(alasan: str) -> str:
    """Return the reasons of a ledger row in words: `3 catatan kaki atau baris jumlah (T04)`."""
    kinds = load_temuan()
    found = [(kode, int(rows)) for kode, rows in _ALASAN.findall(alasan)]
    return "; ".join(
        f"{format_number(rows)} {format_teks_sambung(kinds[kode].nama)} ({kode})"
        for kode, rows in found
    )


def count_berkas(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of `list_lines` by file: berkas, galat, peringatan, catatan.

    Findings that are about no file are left out; the file with the gravest findings comes first.
    """
    own = lines.loc[lines["berkas"].fillna("") != ""]
    counts = own.groupby(["berkas", "tingkat"]).size().unstack(fill_value=0)
    whole = counts.reindex(columns=list(TINGKAT), fill_value=0).reset_index()
    order = whole.sort_values([*TINGKAT, "berkas"], ascending=[False] * len(TINGKAT) + [True])
    return order.rename_axis(columns=None).reset_index(drop=True)


def count_jenis(temuan: pd.DataFrame) -> pd.DataFrame:
    """Return the findings by kind: tingkat, kode, jenis, jumlah (findings), terkena (rows, cells).

    The gravest severity comes first, in it the kind that affects most rows or cells.
    """
    names = ["tingkat", "kode", "jenis", "jumlah", "terkena"]
    if temuan.empty:
        return pd.DataFrame(columns=names)
    groups = temuan.assign(terkena=temuan["jumlah"].fillna(1)).groupby(["tingkat", "kode"])
    frame = groups.agg(jumlah=("kode", "size"), terkena=("terkena", "sum")).reset_index()
    kinds = load_temuan()
    frame["jenis"] = [kinds[kode].nama for kode in frame["kode"]]
    weight = frame["tingkat"].map({word: place for place, word in enumerate(TINGKAT)})
    order = frame.assign(berat=weight).sort_values(
        ["berat", "terkena", "kode"], ascending=[True, False, True]
    )
    return order[names].reset_index(drop=True)


def list_kelengkapan(cakupan: pd.DataFrame, kode_kabupaten: str, tahun: int) -> pd.DataFrame:
    """Return whether each desa has each indicator: kode_desa, kecamatan, desa, kode_indikator, ada.

    One row per desa of the official list (and any other desa found) and indicator of the era's
    set; `ada` is True where pembilang and penyebut of some period are both there.
    """
    known = list_desa(kode_kabupaten)[["kode_desa", "kecamatan", "desa"]]
    found = cakupan.loc[cakupan["kode_desa"].notna()]
    other = found.loc[~found["kode_desa"].isin(known["kode_desa"])]
    places = pd.concat([known, other[list(known)].drop_duplicates("kode_desa")], ignore_index=True)
    cards = pd.DataFrame({"kode_indikator": list(load_indikator(load_aturan(tahun).set_indikator))})
    whole = found.loc[found["pembilang"].notna() & found["penyebut"].notna()]
    have = whole[["kode_desa", "kode_indikator"]].drop_duplicates().assign(ada=True)
    grid = places.merge(cards, how="cross").merge(have, how="left")
    return grid.assign(ada=grid["ada"].notna())


def sum_kelengkapan(kelengkapan: pd.DataFrame, menurut: Sequence[str]) -> pd.DataFrame:
    """Return `list_kelengkapan` by columns: these, lengkap, seharusnya, kelengkapan_persen."""
    groups = kelengkapan.groupby(list(menurut), sort=False)["ada"]
    frame = groups.agg(lengkap="sum", seharusnya="size").reset_index()
    return frame.assign(kelengkapan_persen=100 * frame["lengkap"] / frame["seharusnya"])
