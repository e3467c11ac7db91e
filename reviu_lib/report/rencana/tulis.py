"""The workbook of next year's plan: what was agreed, in layouts that next year's run reads back.

Only what the meeting decided stands on the sheets that are read: a proposal never becomes a plan.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.catalog import AturanRencana, Kolom, load_aturan_rencana, tabel_hasil, tabel_masukan
from reviu_lib.hasil import HasilReviu
from reviu_lib.putusan import DITERUSKAN
from reviu_lib.report.susunan import fill_words
from reviu_lib.workbook import Lembar, write_tables

_DISEPAKATI, _RANCANGAN = "disepakati", "rancangan"


def write_rencana(hasil: HasilReviu, path: Path) -> None:
    """Write next year's plan to `path` (.xlsx); BerkasError when it cannot be written."""
    rules = load_aturan_rencana()
    plan = build_kegiatan(hasil)
    ready = plan["sebab"].isna()
    first = rules.kegiatan
    waiting = Kolom.model_validate({"nama": "sebab", "arti": "", **rules.belum.sebab.model_dump()})
    write_tables(
        path,
        [
            _petunjuk(hasil, rules),
            _sheet(hasil, (first.lembar, first.judul), _number(plan[ready]), first.headings()),
            _gaps(hasil, rules),
            _lokus(hasil, rules),
            _tindak_lanjut(hasil),
            _sheet(
                hasil,
                (rules.belum.lembar, rules.belum.judul),
                _number(plan[~ready]),
                (waiting, *first.headings()),
            ),
        ],
    )


def build_kegiatan(hasil: HasilReviu) -> pd.DataFrame:
    """Return the rows of the draft that go on, as agreed, and why one is not ready (`sebab`).

    What the meeting entered goes before what was proposed; a budget is the agreed one or none.
    """
    rules, rows = load_aturan_rencana(), hasil.rancangan_kegiatan
    rows = rows[rows["keadaan"].isin([_DISEPAKATI, _RANCANGAN])].reset_index(drop=True)
    own = rows["sub_kegiatan_disepakati"]
    rows = rows.assign(
        kode_sub_kegiatan=rows["kode_sub_kegiatan"].mask(own.notna()),
        sub_kegiatan=own.fillna(rows["sub_kegiatan"]),
        target=rows["target_disepakati"].fillna(rows["target_usulan"]),
        lokasi=rows["lokasi_usulan"].fillna(rows["lokasi_tahun_ini"]),
        sumber_dana=rows["sumber_dana_disepakati"].fillna(rows["sumber_dana"]),
        opd=rows["opd_disepakati"].fillna(rows["opd"]),
        keterangan=rows["id_usulan"].str.cat(rows["catatan_putusan"], sep=": ").fillna(
            rows["id_usulan"]
        ),
    )  # fmt: skip
    nameless = rows["sub_kegiatan"].isna()
    why = pd.Series(pd.NA, rows.index, dtype="string").mask(nameless, rules.tanpa_sub_kegiatan)
    return rows.assign(sebab=why.mask(rows["keadaan"] == _RANCANGAN, rules.belum_diputuskan))


def _number(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reset_index(drop=True).assign(no=range(1, len(frame) + 1))


def _sheet(
    hasil: HasilReviu, names: tuple[str, str], frame: pd.DataFrame, kolom: tuple[Kolom, ...]
) -> Lembar:
    lembar, judul = names
    mark = (PENANDA_CONTOH,) if hasil.contoh else ()
    above = (*mark, fill_words(judul, hasil.tahun), hasil.nama)
    return Lembar(lembar, frame[[item.nama for item in kolom]], kolom, above, "judul")


def _petunjuk(hasil: HasilReviu, rules: AturanRencana) -> Lembar:
    lines = [fill_words(line, hasil.tahun) for line in rules.petunjuk]
    kolom = (Kolom(nama="petunjuk", jenis="teks", judul="Petunjuk", arti=""),)
    return _sheet(hasil, ("Petunjuk", "Rencana tahun {tahun_berikut}"),
                  pd.DataFrame({"petunjuk": lines}), kolom)  # fmt: skip


def _gaps(hasil: HasilReviu, rules: AturanRencana) -> Lembar:
    card = rules.kesenjangan
    table = tabel_hasil()["kesenjangan_cakupan"]
    kolom = tuple(table[name] for name in card.kolom)
    return _sheet(hasil, (card.lembar, card.judul), hasil.kesenjangan_cakupan, kolom)


def _lokus(hasil: HasilReviu, rules: AturanRencana) -> Lembar:
    """Return the desa that the meeting agreed on as focus, with the reasons of the proposal."""
    card, rows = rules.lokus, hasil.usulan_lokus
    word = rows["putusan"].str.strip().str.lower()
    rows = rows[word.isin(card.disepakati)].sort_values("kode_desa", kind="stable")
    basis = fill_words(rules.dasar_lokus, hasil.tahun)
    return _sheet(
        hasil, (card.lembar, card.judul), _number(rows.assign(dasar=basis)), card.headings()
    )


def _tindak_lanjut(hasil: HasilReviu) -> Lembar:
    """Return the recommendations agreed, to be answered for next year: the workbook's own sheet."""
    rows = hasil.rekomendasi
    rows = rows[rows["putusan"].str.strip().str.lower().isin(DITERUSKAN)]
    table = tabel_masukan()["tindak_lanjut"]
    frame = pd.DataFrame(
        {
            "id": rows["id_usulan"],
            "rekomendasi": rows["rekomendasi"],
            "tujuan": rows["masukan_untuk"],
            "opd_pj": rows["opd_disepakati"].fillna(rows["opd_pj"]),
            "tenggat": rows["tenggat_disepakati"].fillna(rows["tenggat"]),
        }
    ).reset_index(drop=True)
    mark = (PENANDA_CONTOH,) if hasil.contoh else ()
    return Lembar(table.lembar, frame, table.kolom, mark, "lembar")
