"""Printed recaps, recomputed row by row, and the contradictions their own numbers show.

capaian hitung = pembilang / penyebut x pengali, the multiplier following from the unit. A printed
figure agrees within the rounding of print. Contradictions are found by rules about populations
(definitions/rekap.toml), never by the name of a place or a year.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.reference import normalize_nama
from reviu_lib.review.kamus import AturanRekap, load_aturan_rekap
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rekap.silang import find_pertentangan

COCOK = "cocok"
TIDAK_COCOK = "tidak cocok"
TAK_TERHITUNG = "tidak dapat dihitung ulang"
TAK_ADA = "data tidak ada"
_TAK_TERCETAK = "angka capaian tidak tercetak"
_TANPA_CACAH = "pembilang atau penyebut tidak tercetak"
_BUKAN_RASIO = "satuannya jumlah, bukan rasio"
# "per 1.000 perempuan", "/100.000", "/1.000KH": the number after the slash or the word per.
_PER = re.compile(r"^(?:/|per\s)\s*([\d.]+)")


def compute_rekap(konteks: Konteks) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table rekap_indikator and its contradictions.

    Contradictions: kode (definitions/temuan_reviu.toml), baris, berkas, keterangan.
    """
    rules = load_aturan_rekap()
    now = prepare_rekap(konteks.bahan, rules, konteks)
    before = konteks.sebelum
    last = prepare_rekap(before, rules, konteks) if before is not None else None
    notes = pd.concat(
        [_own_notes(now), find_pertentangan(now, last, konteks.ambang, rules)], ignore_index=True
    )
    text = notes.groupby("baris", sort=False)["keterangan"].agg("; ".join)
    known = now["baris"].map(text).astype("string")
    frame = now.assign(keterangan=known.fillna(_why_not_recomputed(now)))
    helpers = ["pengali", "populasi", "konsep", "nama"]
    return frame.drop(columns=helpers), notes


def _why_not_recomputed(rows: pd.DataFrame) -> pd.Series:
    """Return why a printed figure could not be recomputed; missing where it could."""
    blank = rows["pembilang"].isna() | rows["penyebut"].isna()
    reason = np.select(
        [rows["capaian_tercetak"].isna(), blank, rows["pengali"].isna()],
        [_TAK_TERCETAK, _TANPA_CACAH, _BUKAN_RASIO],
        default="",
    )
    known = rows["status"] == TAK_TERHITUNG
    return pd.Series(reason, index=rows.index, dtype="string").where(known).replace("", pd.NA)


def parse_pengali(satuan: str, rules: AturanRekap) -> float:
    """Return the multiplier of a unit: 100 for percent, N for `/N` or `per N`, else NaN."""
    text = satuan.strip().lower()
    if text in rules.pengali:
        return float(rules.pengali[text])
    match = _PER.match(text)
    digits = match.group(1).replace(".", "") if match else ""
    return float(digits) if digits else float("nan")


def prepare_rekap(bahan: BahanReviu, rules: AturanRekap, konteks: Konteks) -> pd.DataFrame:
    """Return the recap rows with recomputed value, status, and recognised populations.

    A row matched to an indicator has the population its card declares, any other row the one that
    its printed name tells.
    """
    rows = bahan.rekap.astype({"pembilang": "float64", "penyebut": "float64"})
    unit = rows["satuan"].fillna("")
    nama = rows["indikator"].fillna("").map(normalize_nama).astype("string")
    cards = {kode: card.populasi_penyebut for kode, card in konteks.indikator.items()}
    said = (
        rows["kode_indikator"].map(cards).astype("string").map(normalize_nama, na_action="ignore")
    )
    said = said.astype("string").fillna(nama)
    pengali = unit.map(lambda text: parse_pengali(text, rules)).astype("float64")
    hitung = rows["pembilang"] * pengali / rows["penyebut"].where(rows["penyebut"] != 0)
    selisih = rows["capaian"] - hitung
    return rows.rename(columns={"capaian": "capaian_tercetak"}).assign(
        baris=_row_keys(rows),
        capaian_hitung=hitung,
        selisih=selisih,
        status=_status(rows, selisih, konteks.ambang["toleransi_rekap"]),
        pengali=pengali,
        nama=nama,
        populasi=said.map(lambda text: recognise(text, rules.populasi)),
        konsep=nama.map(lambda text: recognise(text, rules.konsep_pembilang)),
    )


def _row_keys(rows: pd.DataFrame) -> pd.Series:
    key = rows["berkas"].fillna("rekap").str.cat(rows["no"].fillna(""), sep="#")
    again = key.groupby(key).cumcount()
    return key.where(again == 0, key + "~" + (again + 1).astype("string"))


def recognise(nama: str, populasi: Any) -> str:
    """Return the population whose longest phrase occurs in a normalised name, else ''."""
    hits = [
        (len(phrase), name)
        for name, item in populasi.items()
        for phrase in item.kenali
        if f" {phrase} " in f" {nama} "
    ]
    return max(hits)[1] if hits else ""


def _status(rows: pd.DataFrame, selisih: pd.Series, toleransi: float) -> np.ndarray:
    nothing = rows[["pembilang", "penyebut", "capaian"]].isna().all(axis=1)
    printed = rows["capaian"].isna() & ~nothing
    # A half step of print is allowed on top of floating-point noise.
    agrees = selisih.abs() <= np.minimum(toleransi, _print_step(rows["capaian"])) + 1e-9
    return np.select(
        [nothing, printed | selisih.isna(), agrees],
        [TAK_ADA, TAK_TERHITUNG, COCOK],
        default=TIDAK_COCOK,
    )


def _print_step(capaian: pd.Series) -> list[float]:
    """Return one unit of the last printed decimal, two at least: 0,012 is printed to 0,001."""
    texts = [f"{value:.10f}".rstrip("0") for value in capaian.astype("float64")]
    return [10.0 ** -max(2, len(text.partition(".")[2])) for text in texts]


def _own_notes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what a row contradicts in itself: print, zero denominator, above 100 percent."""
    wrong = rows[rows["status"] == TIDAK_COCOK]
    zero = rows[(rows["penyebut"] == 0) & rows["capaian_tercetak"].notna()]
    over = rows[
        (rows["pembilang"] > rows["penyebut"]) & (rows["pengali"] == 100) & (rows["penyebut"] > 0)
    ]
    parts = [
        note(wrong, "R20", [_name_mismatch(row) for row in wrong.itertuples()]),
        note(zero, "R24", "penyebut nol: angkanya tidak terdefinisi"),
        note(over, "R25", "pembilang melebihi penyebut"),
    ]
    return pd.concat(parts, ignore_index=True)


def note(rows: pd.DataFrame, kode: str, keterangan: str | list[str]) -> pd.DataFrame:
    """Return one contradiction per row: kode, baris, berkas, indikator, keterangan."""
    return rows[["baris", "berkas", "indikator"]].assign(kode=kode, keterangan=keterangan)


def _name_mismatch(row: Any) -> str:
    """Return what a mismatch looks like: a shifted decimal point, or simply another number."""
    ratio = row.capaian_tercetak / row.capaian_hitung if row.capaian_hitung else 0
    shift = round(np.log10(ratio)) if ratio > 0 else 0
    slipped = shift != 0 and abs(ratio / 10.0**shift - 1) < 0.01
    text = "angka tercetak tidak sama dengan hitung ulang"
    return f"{text}, seperti koma bergeser" if slipped else text


def summarize_rekap(frame: pd.DataFrame, notes: pd.DataFrame) -> dict[str, Any]:
    """Return the aggregate numbers of the recap (keys of ringkasan.toml)."""
    if frame.empty:
        return {}
    against = set(notes.loc[~notes["kode"].isin(["R24", "R26"]), "baris"])
    return {
        "jumlah_baris_rekap": len(frame),
        "jumlah_rekap_cocok_katalog": frame["kode_indikator"].notna().sum(),
        "jumlah_rekap_sesuai": (frame["status"] == COCOK).sum(),
        "jumlah_rekap_bertentangan": frame["baris"].isin(against).sum(),
        **_printed_prevalensi(frame),
    }


def _printed_prevalensi(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the one prevalence of stunting the recap prints; nothing when rows disagree.

    It is told as it stands: a recap names neither the measuring nor the attendance, so that it is
    no point of a series and answers to no target.
    """
    rules = load_aturan_rekap()
    wanted = rules.prevalensi_stunting
    names = frame["indikator"].fillna("").map(normalize_nama)
    fits = names.map(
        lambda nama: (
            f" {wanted.frasa} " in f" {nama} "
            and recognise(nama, rules.populasi) == wanted.populasi
        )
    )
    rows = frame[fits.astype(bool) & frame["capaian_hitung"].notna()]
    if rows["capaian_hitung"].nunique() != 1:
        return {}
    row = rows.iloc[0]
    return {
        "rekap_stunting_persen": row["capaian_hitung"],
        "rekap_stunting": row["pembilang"],
        "rekap_stunting_penyebut": row["penyebut"],
    }
