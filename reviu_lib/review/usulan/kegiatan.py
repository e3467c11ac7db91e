"""The list of activities to continue, improve, merge, finish, or propose for removal.

Removal is proposed only for a duplicate without realisation of its own, for an activity linked to
no indicator and no target group (or by its name only, with nothing realised for two years), or for
one unrealised two years running for a recorded cause that
cannot be mended. A mandatory activity is never proposed for removal, and an indicator at target is
never a reason: coverage falls back. Rules are tried in the order of `_RULES`; the first that holds
gives the proposal.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.formatting import join_list
from reviu_lib.reference import normalize_nama
from reviu_lib.review.capaian.pagu import sum_per_kegiatan
from reviu_lib.review.hambatan import find_kekurangan
from reviu_lib.review.kamus import AturanKegiatan, load_aturan_usulan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import BELUM, TAK_DINILAI, TERCAPAI, cells, parent_code
from reviu_lib.review.usulan.putusan import add_putusan

LANJUT = "ditindaklanjuti"
PERBAIKAN = "ditindaklanjuti dengan perbaikan"
GABUNG = "digabung"
SELESAI = "selesai"
HAPUS = "usul dihapus"
# Reason → proposal, in the order in which the rules are tried.
_RULES = {
    "ganda_dihapus": HAPUS,
    "ganda_digabung": GABUNG,
    "tanpa_kaitan": HAPUS,
    "tanpa_kaitan_dua_tahun": HAPUS,
    "dua_tahun": HAPUS,
    "tidak_di_dpa": TAK_DINILAI,
    "tanpa_realisasi": TAK_DINILAI,
    "tanpa_target": TAK_DINILAI,
    "tidak_masuk": PERBAIKAN,
    "nol_dua_tahun": PERBAIKAN,
    "selesai": SELESAI,
    "kurang": PERBAIKAN,
    "pemeliharaan": LANJUT,
    "output_tanpa_hasil": LANJUT,
    "cukup": LANJUT,
}
_SERUPA = ["kode_sub_kegiatan", "sub_kegiatan", "opd", "indikator_output", "lokasi_rencana"]


def propose_kegiatan(
    konteks: Konteks, kegiatan: pd.DataFrame, cakupan: pd.DataFrame, anggaran: pd.DataFrame
) -> pd.DataFrame:
    """Return the table usulan_kegiatan: one proposal per activity, in the order of the plan."""
    rules = load_aturan_usulan().kegiatan
    kurang = find_kekurangan(kegiatan, konteks).reset_index(drop=True)
    money = _money(konteks.bahan, konteks.uang)
    twin, left_out = find_twin(kegiatan), _left_out(kegiatan)
    facts = _find_facts(konteks, kegiatan, money, ganda=twin.notna(), dropped=left_out != "")
    facts |= _find_outcome(konteks.kaitan, kegiatan, cakupan)
    facts["kurang"] = kurang.any(axis=1)
    alasan_kode = np.select(
        [facts[name] for name in _RULES if name != "cukup"],
        [name for name in _RULES if name != "cukup"],
        default="cukup",
    )
    kode = pd.Series(alasan_kode, index=kegiatan.index)
    id_usulan = "UK-" + kegiatan["id_kegiatan"]
    frame = kegiatan[
        [
            "id_kegiatan",
            "kode_sub_kegiatan",
            "sub_kegiatan",
            "opd",
            "capaian_output_persen",
            "status_waktu",
        ]
    ].assign(
        baris=id_usulan,
        id_usulan=id_usulan,
        serapan_persen=money["serapan_persen"],
        usulan=kode.map(_RULES),
        alasan=_write_reasons(kode, kurang, twin, left_out),
        usulan_tahun_depan=_write_next(kode, kurang, rules),
        dasar=_list_grounds(kegiatan, anggaran),
    )
    return add_putusan(frame, konteks.putusan)


def _money(bahan: BahanReviu, sums: pd.DataFrame) -> pd.DataFrame:
    """Return the money of each activity of the plan, in its order, and whether none was used."""
    rows = (
        sums.set_index("id_kegiatan").reindex(bahan.kegiatan["id_kegiatan"]).reset_index(drop=True)
    )
    spent = rows["realisasi_rp"].fillna(0) + rows["realisasi_tanpa_pagu_rp"].fillna(0)
    reported = rows["realisasi_rp"].notna() | rows["realisasi_tanpa_pagu_rp"].notna()
    return rows.assign(terpakai=spent, nol=reported & (spent == 0))


def _find_facts(
    konteks: Konteks,
    kegiatan: pd.DataFrame,
    money: pd.DataFrame,
    *,
    ganda: pd.Series,
    dropped: pd.Series,
) -> dict[str, pd.Series]:
    """Return, per reason, whether it holds for each activity.

    `ganda`: it doubles another; `dropped`: it did not get into a planning document.
    """
    rules = load_aturan_usulan().kegiatan
    wajib = kegiatan["wajib"].fillna(False).astype(bool)
    output = kegiatan["realisasi_output"]
    idle = (output.isna() | (output == 0)) & (money["terpakai"] == 0)
    unrealised_output = (output == 0).fillna(False)
    again = unrealised_output & money["nol"] & _unrealised_before(konteks, kegiatan)
    hopeless = kegiatan["id_kegiatan"].isin(_beyond_repair(konteks, rules))
    unjudged = kegiatan["status_output"] == TAK_DINILAI
    return {
        "ganda_dihapus": ganda & idle & ~wajib,
        "ganda_digabung": ganda,
        "tanpa_kaitan": ~_is_linked(konteks, kegiatan, rules) & ~wajib,
        "tanpa_kaitan_dua_tahun": again & ~_has_indicator(konteks, kegiatan) & ~wajib,
        "dua_tahun": again & hopeless & ~wajib,
        "tidak_di_dpa": output.isna() & dropped,
        "tanpa_realisasi": output.isna(),
        "tanpa_target": unjudged,
        "tidak_masuk": unrealised_output & dropped & (money["terpakai"] == 0),
        "nol_dua_tahun": again,
        "selesai": _is_one_off(kegiatan, rules) & (kegiatan["status_output"] == TERCAPAI) & ~wajib,
    }


def _similarity(frame: pd.DataFrame) -> pd.Series:
    """Return one text per activity that is equal for the same work at the same place."""
    parts = [frame[name].fillna("").map(normalize_nama) for name in _SERUPA[1:]]
    code = frame["kode_sub_kegiatan"].fillna("")
    return pd.Series(code.astype("string").str.cat(parts, sep="|"), index=frame.index)


def find_twin(kegiatan: pd.DataFrame) -> pd.Series:
    """Return the id of the first activity that a row duplicates; missing for the first.

    The first is that of the lowest id (K2 before K10), in whatever order the rows stand.
    """
    ids = kegiatan["id_kegiatan"]
    rank = pd.DataFrame({"panjang": ids.str.len(), "id": ids}).sort_values(["panjang", "id"]).index
    key = _similarity(kegiatan).loc[rank]
    first = ids.loc[rank].groupby(key).transform("first").where(key.duplicated(keep="first"))
    return first.reindex(kegiatan.index)


def _left_out(kegiatan: pd.DataFrame) -> pd.Series:
    """Return the documents an activity did not get into, joined by commas; '' for none."""
    text = pd.Series("", index=kegiatan.index)
    for name, column in (("RKPD", "status_rkpd"), ("Renja", "status_renja"), ("DPA", "status_dpa")):
        text = text + np.where((kegiatan[column] == "tidak masuk").fillna(False), f", {name}", "")
    return text.str.removeprefix(", ")


def _has_indicator(konteks: Konteks, kegiatan: pd.DataFrame) -> pd.Series:
    """Return True where an indicator of the era is named by its code."""
    link = konteks.kaitan
    known = link[link["kode_indikator"].isin(list(konteks.indikator))]["id_kegiatan"]
    return kegiatan["id_kegiatan"].isin(known)


def _is_linked(konteks: Konteks, kegiatan: pd.DataFrame, rules: AturanKegiatan) -> pd.Series:
    """Return True where an indicator, a target group, or the programme's support is named."""
    words = kegiatan["sub_kegiatan"].fillna("") + " " + kegiatan["indikator_output"].fillna("")
    named = words.map(normalize_nama).map(
        lambda text: any(f" {word} " in f" {text} " for word in rules.kata_sasaran)
    )
    support = (kegiatan["jenis"] == "dukungan").fillna(False).astype(bool)
    return _has_indicator(konteks, kegiatan) | named.astype(bool) | support


def _unrealised_before(konteks: Konteks, kegiatan: pd.DataFrame) -> pd.Series:
    """Return True where the same activity had neither output nor spending last year."""
    before = konteks.sebelum
    if before is None or before.kegiatan.empty:
        return pd.Series(False, index=kegiatan.index)
    money = _money(before, sum_per_kegiatan(konteks.anggaran_lalu))
    none = (before.kegiatan["realisasi_output"] == 0).fillna(False) & money["nol"]
    work = ["kode_sub_kegiatan", "sub_kegiatan", "opd", "indikator_output"]
    then = _similarity(before.kegiatan[work].assign(lokasi_rencana=pd.NA))[none.astype(bool)]
    now = _similarity(kegiatan[work].assign(lokasi_rencana=pd.NA))
    return now.isin(then)


def _beyond_repair(konteks: Konteks, rules: AturanKegiatan) -> list[str]:
    """Return activities with a recorded policy barrier that says the ground itself is gone."""
    rows = konteks.bahan.hambatan
    rows = rows[(rows["kategori"] == rules.kategori_tak_dapat_diperbaiki).fillna(False)]
    text = (rows["uraian"].fillna("") + " " + rows["akar_masalah"].fillna("")).map(normalize_nama)
    gone = text.map(lambda value: any(sign in value for sign in rules.tanda_tak_dapat_diperbaiki))
    return rows.loc[gone.astype(bool), "id_kegiatan"].dropna().tolist()


def _is_one_off(kegiatan: pd.DataFrame, rules: AturanKegiatan) -> pd.Series:
    """Return True for results made once: by their unit, and not called yearly by their name."""
    names = kegiatan["sub_kegiatan"].fillna("").map(normalize_nama)
    again = names.map(lambda text: any(word in text.split() for word in rules.tanda_berulang))
    unit = kegiatan["satuan"].fillna("").map(normalize_nama)
    physical = (kegiatan["jenis"] == "sensitif fisik").fillna(False).astype(bool)
    once = unit.isin(list(rules.satuan_sekali_jadi)) | (
        physical & unit.isin(list(rules.satuan_fisik_sekali_jadi))
    )
    return once & ~again.astype(bool)


def _find_outcome(
    link: pd.DataFrame, kegiatan: pd.DataFrame, cakupan: pd.DataFrame
) -> dict[str, pd.Series]:
    """Return whether a related indicator fell short, and whether all judged ones are met."""
    own = cakupan[cakupan["tingkat"] == "kabupaten"].set_index("kode_indikator")["status_capaian"]
    status = link["kode_indikator"].map(own)
    ids = kegiatan["id_kegiatan"]
    short = ids.isin(link.loc[status == BELUM, "id_kegiatan"])
    met = ids.isin(link.loc[status == TERCAPAI, "id_kegiatan"]) & ~short
    return {"output_tanpa_hasil": short, "pemeliharaan": met}


def _names(kurang: pd.DataFrame) -> list[list[str]]:
    columns = list(kurang.columns)
    return [
        [name for name, is_short in zip(columns, row, strict=True) if is_short]
        for row in kurang.to_numpy()
    ]


def _write_reasons(
    kode: pd.Series, kurang: pd.DataFrame, twin: pd.Series, left_out: pd.Series
) -> list[str]:
    rules = load_aturan_usulan().kegiatan
    parts = zip(kode, _names(kurang), twin, left_out, strict=True)
    return [
        rules.alasan[name].format(
            kekurangan=join_list(short), rujukan=host, dokumen=join_list(documents.split(", "))
        )
        for name, short, host, documents in parts
    ]


def _write_next(kode: pd.Series, kurang: pd.DataFrame, rules: AturanKegiatan) -> list[str]:
    """Return what to do next year: of the reason, or one clause per shortfall."""
    texts = []
    for name, short in zip(kode, _names(kurang), strict=True):
        clauses = "; ".join(rules.tahun_depan[item] for item in short or ["output"])
        fixed = {"tidak_di_dpa": "tanpa_realisasi"}.get(name, name)
        texts.append(rules.tahun_depan.get(fixed) or f"{clauses[:1].upper()}{clauses[1:]}.")
    return texts


def _list_grounds(kegiatan: pd.DataFrame, anggaran: pd.DataFrame) -> list[str]:
    """Return references to the output, time, and every budget row of each activity."""
    rows = anggaran[anggaran.get("kelompok", pd.Series(dtype="object")) == "kegiatan"]
    refs = pd.Series(
        [cells("realisasi_anggaran", baris, "serapan_persen") for baris in rows.get("baris", [])],
        dtype="object",
    )
    owner = parent_code(rows["kode"], "|").to_numpy() if len(rows) else []
    money = refs.groupby(owner).agg(";".join).to_dict() if len(rows) else {}
    return [
        ";".join(
            filter(
                None,
                [
                    cells("realisasi_kegiatan", kode, "capaian_output_persen", "status_waktu"),
                    money.get(kode, ""),
                ],
            )
        )
        for kode in kegiatan["id_kegiatan"]
    ]


def summarize_usulan(frame: pd.DataFrame) -> dict[str, Any]:
    """Return how many activities got each proposal (keys of ringkasan.toml)."""
    if frame.empty:
        return {}
    count = frame["usulan"].value_counts()
    keys = {
        "jumlah_ditindaklanjuti": LANJUT,
        "jumlah_perbaikan": PERBAIKAN,
        "jumlah_digabung": GABUNG,
        "jumlah_selesai": SELESAI,
        "jumlah_usul_dihapus": HAPUS,
        "jumlah_belum_dinilai": TAK_DINILAI,
    }
    return {key: int(count.get(word, 0)) for key, word in keys.items()}
