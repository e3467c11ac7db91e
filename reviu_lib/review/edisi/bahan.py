"""Before the meeting: what materials there are, and which questions are open. After it: what
was published since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviu_lib.bahan import table_fields
from reviu_lib.catalog import PertanyaanRapat, load_aturan_edisi, tabel_hasil, tabel_masukan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import split_terbit

TERSEDIA, BELUM_ADA = "tersedia", "belum ada"


def list_bahan(konteks: Konteks) -> pd.DataFrame:
    """Return the table bahan_reviu: each declared material, with its files or that it is absent."""
    fields = {tabel: field for field, tabel in table_fields().items()}
    files = konteks.bahan.asal.groupby("tabel")["berkas"].agg(lambda names: sorted(set(names)))
    rows = []
    for card in load_aturan_edisi().bahan:
        count = len(getattr(konteks.bahan, fields[card.tabel]))
        rows.append(
            {
                "baris": card.tabel,
                "bahan": tabel_masukan()[card.tabel].judul,
                "keadaan": TERSEDIA if count else BELUM_ADA,
                "jumlah_baris": count or None,
                "berkas": "; ".join(files.get(card.tabel, [])) or None,
                "bab": card.bab,
                "dari": card.dari,
            }
        )
    return pd.DataFrame(rows)


def list_pertanyaan(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the table pertanyaan_terbuka: the questions that other tables leave open."""
    parts = [_ask(card, tables[card.tabel]) for card in load_aturan_edisi().pertanyaan]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=["baris"])


def _ask(card: PertanyaanRapat, frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.reindex(columns=tabel_hasil()[card.tabel].nama_kolom)
    for kolom, values in card.saring.items():
        rows = rows[rows[kolom].isin(values)]
    asked = rows[card.kolom] if card.kolom else pd.Series(card.bunyi, rows.index)
    rows = rows.assign(bunyi=asked.astype("string"))
    rows = rows[rows["bunyi"].notna()]
    column = card.kolom or card.perihal[0]
    return pd.DataFrame(
        {
            "baris": f"{card.tabel}/" + rows["baris"].astype("string"),
            "perihal": first_filled(rows, card.perihal),
            "pertanyaan": rows["bunyi"],
            "kepada": rows[card.kepada].astype("string"),
            "dasar": f"{card.tabel}/" + rows["baris"].astype("string") + f"/{column}",
        }
    )


def first_filled(rows: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Return for each row the first of these columns that is filled."""
    found = pd.Series(pd.NA, rows.index, dtype="string")
    for name in names:
        if name in rows:
            found = found.fillna(rows[name].astype("string"))
    return found


def list_terbit_kemudian(konteks: Konteks) -> pd.DataFrame:
    """Return the table terbit_kemudian: figures published after the date of the review."""
    _, aside = split_terbit(konteks)
    rows = aside[aside["tanggal_terbit"].notna()].reset_index(drop=True)
    keys = rows[["wilayah", "tahun", "sumber", "periode"]].astype("string").fillna("-")
    return pd.DataFrame(
        {
            "baris": keys["wilayah"].str.cat([keys[name] for name in keys.columns[1:]], sep="-"),
            "kode_wilayah": rows["wilayah"],
            "wilayah": [konteks.name_of(kode) for kode in rows["wilayah"]],
            **{name: rows[name] for name in (
                "tahun", "periode", "sumber", "prevalensi_persen", "tanggal_terbit",
            )},
        }
    )  # fmt: skip
