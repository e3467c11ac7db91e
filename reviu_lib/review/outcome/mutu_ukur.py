"""How far the measurements can be trusted, by place, and which visits to look at again.

The checks and their words are those of `reviu_lib.growth.quality`; here they meet the D/S and the
survey figure of the review, and the file row of each visit. A pattern asks to be verified; it
says nothing about why it arose.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviu_lib.growth import compute_zscores
from reviu_lib.growth.quality import (
    compute_pemeriksaan_mutu,
    compute_ringkasan_mutu,
    flag_visits,
    list_pola_mutu,
    load_mutu,
)
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import reference_register
from reviu_lib.review.rasio import join_key

# The levels whose every check is kept; of smaller places only score and patterns are.
_RINCI = ("kabupaten", "kecamatan", "puskesmas")
_TEMPAT = ("tingkat", "kode", "nama")
_BERKODE = ("kabupaten", "kecamatan", "desa")  # places that have a name by their code


def compute_mutu_ukur(konteks: Konteks, prevalensi: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables penilaian_ukur, pola_ukur, pemeriksaan_ukur, and pengembalian.

    All are empty without measurements of the review year.
    """
    visits = konteks.bahan.pengukuran
    if visits.empty:
        empty = pd.DataFrame(columns=["baris"])
        names = ("penilaian_ukur", "pola_ukur", "pemeriksaan_ukur", "pengembalian")
        return dict.fromkeys(names, empty)
    zskor = compute_zscores(visits)
    checks = compute_pemeriksaan_mutu(
        visits,
        zskor=zskor,
        acuan=_references(konteks, prevalensi),
        kode_kabupaten=konteks.bahan.kode_kabupaten,
    )
    return {
        "penilaian_ukur": _keyed(_named(compute_ringkasan_mutu(checks), konteks)),
        "pola_ukur": _keyed(_named(list_pola_mutu(checks), konteks), "pemeriksaan"),
        "pemeriksaan_ukur": _details(checks, konteks),
        "pengembalian": list_pengembalian(konteks, zskor),
    }


def _references(konteks: Konteks, prevalensi: pd.DataFrame) -> pd.DataFrame:
    """Return D/S of the reference period by place, and the survey figure of the kabupaten."""
    rows = reference_register(prevalensi, konteks)
    survei = prevalensi[
        (prevalensi["jenis_angka"] == "survei")
        & (prevalensi["kode_wilayah"] == konteks.bahan.kode_kabupaten)
    ]["prevalensi_persen"].dropna()
    latest = survei.iloc[-1] if len(survei) else float("nan")
    own = rows["kode_wilayah"] == konteks.bahan.kode_kabupaten
    return pd.DataFrame(
        {
            "tingkat": rows["tingkat"],
            "kode": rows["kode_wilayah"],
            "ds_persen": rows["d_per_s_persen"],
            "prevalensi_survei_persen": own.map({True: latest, False: float("nan")}),
        }
    )


def _named(frame: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the frame with `tempat`: the name of each place as a reader knows it."""
    known = {kode: konteks.name_of(kode) for kode in frame["kode"].dropna().unique()}
    region = frame["kode"].map(known).astype("string")
    written = frame["nama"].astype("string").str.title()
    tempat = region.where(frame["tingkat"].isin(_BERKODE)).fillna(written)
    post = frame["tingkat"].eq("posyandu") & region.notna()
    return frame.assign(tempat=tempat.mask(post, written.str.cat(region, sep=", ")))


def _keyed(frame: pd.DataFrame, *extra: str) -> pd.DataFrame:
    """Return the frame with `baris` made of level, code, name, and `extra`."""
    return frame.assign(baris=join_key(*(frame[name] for name in (*_TEMPAT, *extra))))


def _details(checks: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    rows = checks[checks["tingkat"].isin(_RINCI)]
    titles = {kode: card.judul for kode, card in load_mutu().pemeriksaan.items()}
    units = {kode: card.satuan for kode, card in load_mutu().pemeriksaan.items()}
    kode = rows["pemeriksaan"].astype("string")
    frame = rows.assign(pemeriksaan=kode, judul=kode.map(titles), satuan=kode.map(units))
    return _keyed(_named(frame, konteks), "pemeriksaan")


def list_pengembalian(konteks: Konteks, zskor: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the visits to look at again: where they stand in the raw files, and why.

    `zskor` is what `compute_zscores` returns for the measurements, computed when not given.
    No child is named: the puskesmas finds the row by file, sheet, and row number.
    """
    visits, cards = konteks.bahan.pengukuran, load_mutu()
    flags = flag_visits(visits, zskor=zskor)[list(cards.pengembalian.pemeriksaan)]
    flags = flags.fillna(False).astype(bool)
    marked = flags.any(axis=1)
    titles = [cards.pemeriksaan[kode].judul for kode in flags]
    words = [
        "; ".join(title for title, hit in zip(titles, row, strict=True) if hit)
        for row in flags[marked].to_numpy()
    ]
    frame = visits.loc[marked, ["puskesmas", "kode_desa", "posyandu", "tanggal_ukur", "usia_bulan"]]
    frame = frame.assign(
        alasan=words,
        jumlah_alasan=flags[marked].sum(axis=1),
        desa=frame["kode_desa"].map(konteks.name_of, na_action="ignore"),
        puskesmas=frame["puskesmas"].str.title(),
    ).join(_origins(konteks))
    order = ["puskesmas", "kode_desa", "posyandu", "berkas", "baris_berkas"]
    frame = frame.sort_values(order, kind="stable", ignore_index=True)
    return frame.assign(baris=[f"P{number:05d}" for number in range(1, len(frame) + 1)])


def _origins(konteks: Konteks) -> pd.DataFrame:
    """Return file, sheet, and row of each visit by its position in `pengukuran`."""
    rows = konteks.bahan.asal
    rows = rows[rows["tabel"] == "pengukuran"].drop_duplicates("baris", keep="last")
    return rows.set_index(rows["baris"].astype("int64"))[["berkas", "lembar", "baris_berkas"]]


def summarize_mutu_ukur(tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Return the verdict of the kabupaten and the counts a text may quote."""
    places, patterns = tables["penilaian_ukur"], tables["pola_ukur"]
    if places.empty:
        return {}
    own = places[places["tingkat"] == "kabupaten"].iloc[0]
    health = places[places["tingkat"] == "puskesmas"]
    words = load_mutu().putusan
    return {
        "mutu_skor": own["skor"],
        "mutu_penilaian_teks": own["penilaian"],
        "mutu_layak_teks": own["layak_pakai"],
        "mutu_alasan_teks": own["alasan"],
        "mutu_jumlah_puskesmas": len(health),
        "mutu_puskesmas_dapat": int((health["layak_pakai"] == words.dapat).sum()),
        "mutu_puskesmas_catatan": int((health["layak_pakai"] == words.catatan).sum()),
        "mutu_puskesmas_jangan": int((health["layak_pakai"] == words.jangan).sum()),
        "mutu_jumlah_pola": int((patterns.get("tingkat") == "puskesmas").sum())
        if len(patterns)
        else 0,
        "mutu_jumlah_pengembalian": len(tables["pengembalian"]),
    }
