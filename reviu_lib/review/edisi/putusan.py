"""What the meeting is asked to decide, and what it decided, over all tables of proposals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reviu_lib.catalog import PokokPutusan, load_aturan_edisi, tabel_hasil
from reviu_lib.review.edisi.bahan import first_filled
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.usulan.putusan import list_perubahan

MENURUT, BERBEDA, TANPA_KATA = "menurut usulan", "berbeda dari usulan", "tanpa kata putusan"
# What the meeting agreed → what was proposed.
_USULAN = {"tenggat": "tenggat_disepakati", "sumber_dana": "sumber_dana_disepakati"}


def list_putusan(konteks: Konteks, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the table putusan_rapat: every proposal on which the meeting entered something.

    A row of the draft that only takes over the decision on its activity is not listed again.
    """
    entered = konteks.putusan["id_usulan"]
    parts = [_list_decided(card, tables[card.tabel], entered) for card in load_aturan_edisi().pokok]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=["baris"])


def _list_decided(card: PokokPutusan, frame: pd.DataFrame, entered: pd.Series) -> pd.DataFrame:
    extra = [name for name in tabel_hasil()[card.tabel].nama_kolom if name not in frame]
    rows = frame.assign(**dict.fromkeys(extra, pd.NA))
    rows = rows[rows["id_usulan"].isin(entered)]
    agreed = {name: _agreed(rows, name, own) for name, own in _USULAN.items()}
    changed = list_perubahan(rows.assign(opd=rows[card.penanggung_jawab]))
    proposed = rows[card.usulan] if card.usulan else pd.Series(pd.NA, rows.index)
    return pd.DataFrame(
        {
            "baris": rows["id_usulan"],
            "id_usulan": rows["id_usulan"],
            "pokok": card.nama,
            "uraian": first_filled(rows, card.uraian),
            "usulan": proposed.astype("string"),
            "putusan": rows["putusan"].astype("string"),
            "perubahan": changed,
            "penanggung_jawab": _agreed(rows, card.penanggung_jawab, "opd_disepakati"),
            **agreed,
            "terhadap_usulan": _compare(rows["putusan"], proposed, changed, card),
            "catatan_putusan": rows["catatan_putusan"].astype("string"),
        }
    )


def _agreed(rows: pd.DataFrame, proposed: str, agreed: str) -> pd.Series:
    """Return what the meeting entered, else what was proposed; missing where neither is there."""
    entered = rows[agreed]
    return entered.fillna(rows[proposed]) if proposed in rows else entered


def _compare(
    putusan: pd.Series, usulan: pd.Series, perubahan: pd.Series, card: PokokPutusan
) -> np.ndarray:
    word, proposed = (item.astype("string").str.strip().str.lower() for item in (putusan, usulan))
    differs = (word.replace(dict(card.setara)) != proposed) & proposed.notna() | perubahan.notna()
    chosen = [word.isna(), differs.fillna(False).astype(bool)]
    return np.select(chosen, [TANPA_KATA, BERBEDA], MENURUT)


def list_pokok(tables: Mapping[str, pd.DataFrame], putusan: pd.DataFrame) -> pd.DataFrame:
    """Return the table pokok_putusan: how many proposals of each kind, and how many are decided."""
    rows = []
    for card in load_aturan_edisi().pokok:
        frame = tables[card.tabel]
        own = putusan[putusan["pokok"] == card.nama] if len(putusan) else putusan
        decided = int(frame["putusan"].notna().sum()) if "putusan" in frame else 0
        rows.append(
            {
                "baris": card.tabel,
                "pokok": card.nama,
                "jumlah_usulan": len(frame),
                "jumlah_diputuskan": decided,
                "jumlah_belum": len(frame) - decided,
                "jumlah_berbeda": int((own["terhadap_usulan"] == BERBEDA).sum()) if len(own) else 0,
                "bab": card.bab,
                "lembar": card.tabel,
            }
        )
    return pd.DataFrame(rows)
