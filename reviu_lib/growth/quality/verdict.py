"""Whether a figure may be used, place by place, and which patterns ask to be verified."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_number, format_teks_sambung, is_missing, list_first
from reviu_lib.growth.quality.checks import TEMPAT
from reviu_lib.growth.quality.declarations import BELUM, Mutu, Pemeriksaan, load_mutu
from reviu_lib.growth.quality.plausibility import ENA

RANAH = {
    "representasi": "skor_representasi",
    "kelengkapan": "skor_kelengkapan",
    "akurasi": "skor_akurasi",
    "konsistensi eksternal": "skor_konsistensi_eksternal",
}
_DIUKUR = "flag_tbu"
# How many reasons are told; how heavy a reason is, as a place in the verdicts.
_ALASAN = 3
_CATATAN, _BERAT = 1, 2


def compute_ringkasan_mutu(pemeriksaan: pd.DataFrame) -> pd.DataFrame:
    """Return one row per place: scores, class, and whether its figure may be used.

    `pemeriksaan` is what `compute_pemeriksaan_mutu` returns. Columns: tingkat, kode, nama; diukur
    (children whose last visit has a z TB/U); skor_<domain> of the four domains of IKDA (mean of
    `angka` of the checks judged, 0-100, missing when none was), skor (mean of the domains there
    are), penilaian; skor_ena (sum of points, missing unless all eight tests were judged),
    penilaian_ena; jumlah_dinilai, jumlah_pola; layak_pakai and alasan (docs/metodologi.md). Fewer
    children than `anak_minimum` get no class and no verdict: `belum dapat dinilai`.
    """
    mutu = load_mutu()
    rows = pemeriksaan.copy(deep=False)
    grouped = rows.groupby(TEMPAT, dropna=False, sort=False)
    places = grouped.size().reset_index()[TEMPAT]
    rows["tempat"] = grouped.ngroup()
    first = rows.loc[rows["pemeriksaan"] == _DIUKUR].set_index("tempat")["n"]
    places["diukur"] = first.reindex(places.index).fillna(0).astype("Int64")
    few = places["diukur"] < mutu["anak_minimum"]
    places = places.join(_score(rows, few, mutu)).join(_score_ena(rows, few, mutu))
    counts = rows.groupby("tempat")[["dapat_dinilai", "pola"]].sum().astype("Int64")
    places = places.join(counts.set_axis(["jumlah_dinilai", "jumlah_pola"], axis=1))
    reasons = _find_reasons(rows, mutu)
    places = places.join(_conclude(reasons, places, mutu))
    parts = _find_doubtful_parts(places, mutu)
    if parts.empty:
        return places
    return places.assign(**_conclude(pd.concat([parts, reasons]), places, mutu))


def _score(rows: pd.DataFrame, few: pd.Series, mutu: Mutu) -> pd.DataFrame:
    angka = rows.assign(angka=rows["angka"].astype("float64"))
    means = angka.groupby(["tempat", "ranah"])["angka"].mean().unstack("ranah")
    scores = means.reindex(columns=list(RANAH)).rename(columns=RANAH).rename_axis(columns=None)
    total = scores.mean(axis=1).mask(few)
    return scores.assign(skor=total, penilaian=_say(total, "skor", mutu))


def _score_ena(rows: pd.DataFrame, few: pd.Series, mutu: Mutu) -> pd.DataFrame:
    """Return the ENA sum; `min_count` leaves it missing when one of the eight was not judged."""
    tests = rows[rows["pemeriksaan"].isin(ENA)]
    points = tests.assign(poin=tests["poin"].astype("float64")).groupby("tempat")["poin"]
    total = points.sum(min_count=len(ENA)).reindex(few.index).mask(few)
    return pd.DataFrame(
        {"skor_ena": total.astype("Int64"), "penilaian_ena": _say(total, "ena", mutu)}
    )


def _say(values: pd.Series, skala: str, mutu: Mutu) -> np.ndarray:
    scale = mutu.skala[skala]
    return np.array([*scale.kelas, BELUM], dtype=object)[scale.rank(values.to_numpy(float))]


def _find_reasons(rows: pd.DataFrame, mutu: Mutu) -> pd.DataFrame:
    """Return what speaks against the figure of a place: tempat, berat (2 grave, 1 note), teks."""
    kode, checks = pd.factorize(rows["pemeriksaan"])
    cards = [mutu.pemeriksaan[name] for name in checks]
    dampak = np.array([card.dampak for card in cards], dtype=object)[kode]
    named = np.array([bool(card.pola) for card in cards])[kode]
    # A class alone may be chance: where a share is expected, the p of the place must be small too.
    worst = (rows["angka"] == 0).fillna(False) & ~(rows["p"] >= mutu["alfa_catatan"])
    grave = (dampak == "berat") & np.where(named, rows["pola"], worst)
    noted = np.isin(dampak, ["berat", "catatan"]) & (worst | rows["pola"]) & ~grave
    found = [
        rows.loc[mask, ["tempat"]].assign(berat=weight, teks=_facts(rows[mask], mutu))
        for mask, weight in ((grave, _BERAT), (noted, _CATATAN))
    ]
    return pd.concat([*found, _find_unjudged(rows, mutu)])


def _find_unjudged(rows: pd.DataFrame, mutu: Mutu) -> pd.DataFrame:
    """Return a note for each place of which a core check of its level could not be judged."""
    core = [(level, kode) for kode, card in mutu.pemeriksaan.items() for level in card.inti]
    silent = rows.loc[~rows["dapat_dinilai"], ["tempat", "tingkat", "pemeriksaan"]]
    silent = silent[pd.MultiIndex.from_frame(silent[["tingkat", "pemeriksaan"]]).isin(core)]
    titles = _gather(
        silent["tempat"], [mutu.pemeriksaan[kode].judul for kode in silent["pemeriksaan"]]
    )
    texts = [
        mutu.putusan.kurang_inti.format(daftar=list_first(each, _ALASAN))
        for each in titles.values()
    ]
    return pd.DataFrame({"tempat": list(titles), "berat": _CATATAN, "teks": texts})


def _find_doubtful_parts(places: pd.DataFrame, mutu: Mutu) -> pd.DataFrame:
    """Return the reasons a kabupaten has because of puskesmas whose figures wait for a look."""
    puskesmas = places[places["tingkat"] == "puskesmas"]
    doubtful = puskesmas["layak_pakai"] == mutu.putusan.jangan
    parts = puskesmas.assign(ragu=doubtful, anak_ragu=puskesmas["diukur"].where(doubtful, 0))
    grouped = parts.groupby("kode")
    sums = grouped[["ragu", "diukur", "anak_ragu"]].sum().set_axis(["n", "anak", "ragu"], axis=1)
    sums["semua"] = grouped.size()
    sums = sums[sums["n"] > 0].assign(persen=lambda frame: frame["ragu"] / frame["anak"] * 100)
    whole = places[places["tingkat"] == "kabupaten"].rename_axis("tempat").reset_index()
    found = whole[["tempat", "kode"]].merge(sums, on="kode")
    many = found["persen"] >= mutu["bagian_ragu_persen"]
    texts = [
        mutu.putusan.bagian.format(n=n, semua=semua, persen=format_number(persen, 1))
        for n, semua, persen in zip(found["n"], found["semua"], found["persen"], strict=True)
    ]
    weights = np.where(many, _BERAT, _CATATAN)
    return pd.DataFrame({"tempat": found["tempat"], "berat": weights, "teks": texts})


def _conclude(reasons: pd.DataFrame, places: pd.DataFrame, mutu: Mutu) -> pd.DataFrame:
    """Return layak_pakai and alasan of each place, the gravest reasons first."""
    words = mutu.putusan
    verdicts = np.array([words.dapat, words.catatan, words.jangan], dtype=object)
    gravest = reasons.groupby("tempat")["berat"].max().reindex(places.index, fill_value=0)
    ordered = reasons.sort_values("berat", ascending=False, kind="stable")
    texts = _gather(ordered["tempat"], ordered["teks"])
    result = pd.DataFrame(
        {
            "layak_pakai": verdicts[gravest.to_numpy(int)],
            "alasan": [
                list_first(texts[place], _ALASAN) if place in texts else words.tanpa_alasan
                for place in places.index
            ],
        },
        places.index,
    )
    least = format_number(mutu["anak_minimum"])
    few = places.loc[places["diukur"] < mutu["anak_minimum"], "diukur"]
    result.loc[few.index, "layak_pakai"] = BELUM
    result.loc[few.index, "alasan"] = [
        words.kurang_anak.format(n=format_number(n), batas=least) for n in few
    ]
    return result


def _gather(places: Iterable[int], texts: Iterable[str]) -> dict[int, list[str]]:
    """Return the texts of each place, in order."""
    found: dict[int, list[str]] = {}
    for place, text in zip(places, texts, strict=True):
        found.setdefault(place, []).append(text)
    return found


def _facts(rows: pd.DataFrame, mutu: Mutu) -> list[str]:
    cards = [mutu.pemeriksaan[kode] for kode in rows["pemeriksaan"]]
    return [
        f"{card.judul} {_say_value(nilai, card)}"
        for card, nilai in zip(cards, rows["nilai"], strict=True)
    ]


def _say_value(nilai: float, card: Pemeriksaan) -> str:
    """Return a value with its unit: `12,5 persen`, `skor 66,7`, `rasio 33,0`."""
    if card.satuan == "persen":
        return f"{format_number(nilai, 1)} persen"
    decimals = 1 if card.satuan in {"skor", "rasio"} else 2
    return f"{card.satuan} {format_number(nilai, decimals)}".strip()


def list_pola_mutu(pemeriksaan: pd.DataFrame) -> pd.DataFrame:
    """Return the named patterns, one row each, in the order of `pemeriksaan`.

    Columns: tingkat, kode, nama, pemeriksaan, judul, n, kasus, nilai, satuan, p_holm, dampak,
    uraian: a sentence for the internal annex with neutral causes first and what to do. It says
    that a pattern asks to be verified, never why it arose.
    """
    mutu = load_mutu()
    rows = pemeriksaan[pemeriksaan["pola"]].reset_index(drop=True)
    cards = [mutu.pemeriksaan[kode] for kode in rows["pemeriksaan"]]
    columns = [*TEMPAT, "pemeriksaan", "judul", "n", "kasus", "nilai", "satuan", "p_holm"]
    rows = rows.assign(judul=[card.judul for card in cards])[columns]
    sentences = [
        _sentence(place, card, mutu)
        for place, card in zip(rows.itertuples(index=False), cards, strict=True)
    ]
    return rows.assign(dampak=[card.dampak for card in cards], uraian=sentences)


def _sentence(place: Any, card: Pemeriksaan, mutu: Mutu) -> str:
    *some, last = card.sebab
    return mutu.putusan.pola.format(
        tempat=_say_place(place),
        judul=format_teks_sambung(card.judul),
        nilai=_say_value(place.nilai, card),
        n=format_number(place.n),
        dihitung=card.dihitung,
        sebab=f"{', '.join(some)}, atau {last}" if some else last,
        tindakan=card.tindakan,
    )


def _say_place(place: Any) -> str:
    """Return `puskesmas Sei Rampah`, the level once; of a posyandu also the code of its desa."""
    level, nama = str(place.tingkat), str(place.nama)
    named = nama if nama.casefold().startswith(level) else f"{level} {nama}"
    inside = level == "posyandu" and not is_missing(place.kode)
    return f"{named} (desa {place.kode})" if inside else named
