"""What is different in the final edition, and why, found by computing what lies between.

The stored edition of the meeting, the same edition from the present files without decisions, with
decisions, and the final edition stand in a row: where two neighbours differ lies the cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import Kolom, PerubahanEdisi, load_aturan_edisi, load_ringkasan, tabel_hasil
from reviu_lib.formatting import KOSONG, format_value, is_missing
from reviu_lib.hasil import EdisiTersimpan, HasilReviu, table_names

_DESIMAL = 9  # differences beyond are those of summing in another order
_SELURUH = "seluruh baris"
_ADA = "ada"
Sel = dict[str, Any]


def compare_edisi(
    rapat: EdisiTersimpan,
    antara: tuple[HasilReviu, HasilReviu],
    final: HasilReviu,
    bahan: BahanReviu,
) -> dict[str, pd.DataFrame]:
    """Return the tables perubahan_edisi and perubahan_berkas.

    `antara` are the edition of the meeting from the present inputs without and with decisions.
    """
    files = _list_files(rapat, bahan)
    rules = load_aturan_edisi().perubahan
    words = (_name_source(rapat, files, rules), rules.sebab["putusan"], rules.sebab["edisi"])
    rows = [
        row
        for tabel in table_names()
        if tabel not in rules.lewati_tabel
        for row in _compare_table(tabel, (rapat.hasil, *antara, final), words)
    ]
    return {
        "perubahan_edisi": pd.DataFrame(rows) if rows else pd.DataFrame(columns=["baris"]),
        "perubahan_berkas": files,
    }


def _list_files(rapat: EdisiTersimpan, bahan: BahanReviu) -> pd.DataFrame:
    """Return the changed files, and whether they hold nothing but decisions."""
    asal = bahan.asal.assign(nama=bahan.asal["berkas"].str.replace(r"^.*/", "", regex=True))
    data = set(asal.loc[asal["tabel"] != "putusan", "nama"])
    decided = set(asal["nama"]) - data
    names = sorted(rapat.berkas)
    return pd.DataFrame(
        {
            "baris": pd.Series(names, dtype="string"),
            "berkas": pd.Series(names, dtype="string"),
            "keadaan": pd.Series([rapat.berkas[name] for name in names], dtype="string"),
            "isi": pd.Series(
                ["putusan" if name.rpartition("/")[2] in decided else "data" for name in names],
                dtype="string",
            ),
        }
    )


def _name_source(rapat: EdisiTersimpan, files: pd.DataFrame, rules: PerubahanEdisi) -> str:
    """Return the words for what changed besides decisions: files, rules, or an earlier year."""
    names = files.loc[files["isi"] == "data", "berkas"]
    if len(names) and rapat.aturan:
        return rules.sebab["keduanya"]
    if len(names) or not (rapat.aturan or rapat.tahun_lain):
        return rules.sebab["berkas"]
    return rules.sebab["aturan" if rapat.aturan else "tahun_lain"]


def _compare_table(
    tabel: str, editions: tuple[HasilReviu, ...], words: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    rules = load_aturan_edisi().perubahan
    columns = [
        kolom for kolom in tabel_hasil()[tabel].kolom
        if kolom.nama != "baris" and kolom.nama not in rules.lewati_kolom
    ]  # fmt: skip
    cells = [_read(getattr(hasil, tabel)) for hasil in editions]
    for baris in dict.fromkeys((*cells[0], *cells[-1])):
        rows = [each.get(baris) for each in cells]
        for kolom, values in _changed(rows, columns):
            yield {
                "baris": f"{tabel}/{baris}/{kolom.nama if kolom else _SELURUH}",
                "tabel": tabel_hasil()[tabel].judul,
                "butir": _name_row(tabel, baris, rows),
                "kolom": kolom.judul if kolom else _SELURUH,
                "sebelum": _show(values[0], kolom, rows[0]),
                "sesudah": _show(values[-1], kolom, rows[-1]),
                "sebab": "; ".join(
                    word
                    for word, one, other in zip(words, values, values[1:], strict=False)
                    if not _is_same(one, other)
                ),
                "pokok": tabel in rules.pokok,
            }


def _read(frame: pd.DataFrame) -> dict[str, Sel]:
    return {row["baris"]: row for row in frame.to_dict("records")}


def _changed(
    rows: list[Sel | None], columns: list[Kolom]
) -> Iterator[tuple[Kolom | None, list[Any]]]:
    """Yield each changed column with its values in all editions; None for a whole row."""
    if rows[0] is None or rows[-1] is None:
        yield None, [None if row is None else _ADA for row in rows]
        return
    for kolom in columns:
        values = [None if row is None else row.get(kolom.nama) for row in rows]
        if not _is_same(values[0], values[-1]):
            yield kolom, values


def _is_same(one: Any, other: Any) -> bool:
    if is_missing(one) or is_missing(other):
        return is_missing(one) and is_missing(other)
    if isinstance(one, float) or isinstance(other, float):
        return round(float(one) - float(other), _DESIMAL) == 0
    return bool(one == other)


def _name_row(tabel: str, baris: str, rows: list[Sel | None]) -> str:
    """Return what a row is about: its name with its key, of an aggregate number its meaning."""
    if tabel == "ringkasan":
        return load_ringkasan()[baris].uraian if baris in load_ringkasan() else baris
    row: Mapping[str, Any] = rows[-1] or rows[0] or {}
    names = (row.get(name) for name in load_aturan_edisi().perubahan.butir)
    name = next((str(text) for text in names if not is_missing(text)), "")
    return f"{name} ({baris})" if name else baris


def _show(value: Any, kolom: Kolom | None, row: Sel | None) -> str:
    """Return a value as it is printed; an aggregate number in its own format."""
    if is_missing(value):
        return KOSONG
    if kolom is None:
        return str(value)
    format = (
        str(row["format"]) if row and kolom.nama == "nilai" and "format" in row else kolom.jenis
    )
    return format_value(value, format)
