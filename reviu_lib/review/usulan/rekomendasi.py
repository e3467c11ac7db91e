"""Output 6: recommendations for next year's Aksi 1 and Aksi 2, each with reason and grounds.

Every recommendation names its channel, its document, who answers for it, and a deadline from the
declared rule. The sentences hold no computed number; the numbers are reached through `dasar`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reviu_lib.formatting import join_list
from reviu_lib.review.capaian.kegiatan import LEWAT, TERLAMBAT
from reviu_lib.review.capaian.tren import is_worse, measure_perubahan
from reviu_lib.review.hambatan import find_kekurangan
from reviu_lib.review.kamus import AturanRekomendasi, load_aturan_usulan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import BELUM, cells
from reviu_lib.review.usulan.lokus import DIUSULKAN
from reviu_lib.review.usulan.putusan import add_putusan

Baris = dict[str, Any]
_URUTAN = {"tinggi": 0, "sedang": 1, "rendah": 2}
_KELAS_RENDAH = ["Rendah", "Sangat rendah"]
_SELESAI = ["selesai", "tidak relevan lagi"]
_SEBAGIAN_BESAR = 0.5
# Longer lists of indicators show codes only; of activities, the first ones.
_NAMA_TERBANYAK = 5
_ANALISIS = ["data", "lokus"]
_KEKURANGAN = ["output", "anggaran", "waktu"]  # columns of `find_kekurangan`
_LANJUTAN = "RK-TL-"


@dataclass(frozen=True)
class Temuan:
    """The tables a recommendation may rest on."""

    konteks: Konteks
    cakupan: pd.DataFrame
    kegiatan: pd.DataFrame
    hambatan: pd.DataFrame
    anggaran: pd.DataFrame
    prevalensi: pd.DataFrame
    lokus: pd.DataFrame
    tindak_lanjut: pd.DataFrame

    @property
    def kabupaten(self) -> pd.DataFrame:
        """Coverage rows of the kabupaten."""
        return self.cakupan[self.cakupan["tingkat"] == "kabupaten"]


def propose_rekomendasi(temuan: Temuan) -> pd.DataFrame:
    """Return the table rekomendasi, ordered by priority, then by the order of the rules."""
    rules = load_aturan_usulan().rekomendasi
    rows = [_complete(row, temuan.konteks, rules) for row in _all_rules(temuan)]
    frame = pd.DataFrame(rows)
    if frame.empty:
        return pd.DataFrame(columns=["baris"])
    frame["urutan"] = frame["prioritas"].map(_URUTAN)
    frame = frame.sort_values("urutan", kind="stable", ignore_index=True).drop(columns="urutan")
    frame = frame.assign(nomor=range(1, len(frame) + 1), baris=frame["id_usulan"])
    frame["tenggat"] = pd.to_datetime(frame["tenggat"])
    return add_putusan(frame, temuan.konteks.putusan)


def _all_rules(temuan: Temuan) -> Iterator[dict[str, Any]]:
    rules = (_for_indicators, _for_budget, _for_plan, _for_data, _for_lokus)
    rows = [row for rule in rules for row in rule(temuan)]
    yield from rows
    yield from _for_unfinished(temuan, [row["id_usulan"] for row in rows])


def _complete(row: dict[str, Any], konteks: Konteks, rules: AturanRekomendasi) -> dict[str, Any]:
    """Return the row with sentence, reason, document, receiver, and deadline filled in.

    One whose rule names an owner, but finds none recorded, goes to the declared addressee with the
    reason why.
    """
    kind, kanal = row.pop("jenis"), row["kanal"]
    words, solusi = row.pop("isian", {}), row.pop("solusi", "")
    receiver = konteks.aturan.masukan_analisis if kanal in _ANALISIS else None
    added = rules.kalimat["solusi"].format(solusi=solusi) if solusi else ""
    if "opd_pj" in row and not _is_named(row["opd_pj"]):
        why = f"{rules.alasan[kind]} {rules.alasan_tanpa_opd}"
        row = {**row, "opd_pj": rules.pj["tanpa_opd"], "alasan": why}
    return {
        "rekomendasi": rules.kalimat[kind].format(**words) + added,
        "alasan": rules.alasan[kind],
        "dokumen": rules.dokumen[kanal],
        "masukan_untuk": receiver or konteks.aturan.masukan_rencana,
        "tenggat": rules.deadline(kanal, konteks.bahan.tahun),
        "opd_pj": rules.pj["data" if kanal == "data" else "koordinasi"],
        **row,
    }


def _is_named(owner: Any) -> bool:
    return pd.notna(owner) and bool(str(owner).strip())


def _for_indicators(temuan: Temuan) -> Iterator[dict[str, Any]]:
    """Yield one recommendation per indicator short of its target or worse than last year."""
    rows = temuan.kabupaten
    # Below last year counts for urgency also where the year is cut short and no fall is asserted.
    change = measure_perubahan(rows)
    rows = rows.assign(
        kurang=rows["status_capaian"] == BELUM,
        memburuk=is_worse(rows),
        tertinggal=change.where(rows["arah"] != "turun", -change) < 0,
    )
    rows = rows[rows["kurang"] | rows["memburuk"]]
    plan, solved = _plan_by_indicator(temuan), _recorded_solutions(temuan.hambatan)
    for row in rows.sort_values("skor_persen", kind="stable").to_dict("records"):
        kode = row["kode_indikator"]
        yield _for_indicator(row, plan.get(kode, []), solved.get(kode, []))


def _for_indicator(row: Baris, plan: list[Baris], solved: list[Baris]) -> Baris:
    """Return the recommendation of one indicator with its activities, short ones first."""
    kind, kanal = _choose_channel(row, plan)
    plan = sorted(plan, key=lambda item: -sum(item[name] for name in _KEKURANGAN))
    return {
        "jenis": kind,
        "kanal": kanal,
        "id_usulan": f"RK-CAK-{row['kode_indikator']}",
        "isian": {"indikator": row["indikator"]},
        "solusi": "; ".join(item["alternatif_solusi"] for item in solved),
        "kode_indikator": row["kode_indikator"],
        "opd_pj": _owners([item["opd"] for item in plan], row["opd"]),
        "sub_kegiatan_usulan": _names([item["sub_kegiatan"] for item in plan]),
        "prioritas": _priority(row),
        "dasar": _indicator_grounds(row, plan, solved),
    }


def _plan_by_indicator(temuan: Temuan) -> dict[str, list[Baris]]:
    """Return the activities of each indicator with what fell short of them, in plan order."""
    short = find_kekurangan(temuan.kegiatan, temuan.konteks)
    plan = temuan.kegiatan[["id_kegiatan", "opd", "sub_kegiatan"]].join(short, on="id_kegiatan")
    rows = temuan.konteks.kaitan.merge(plan, on="id_kegiatan")
    return _records_by_indicator(rows)


def _recorded_solutions(hambatan: pd.DataFrame) -> dict[str, list[Baris]]:
    """Return unfinished barriers for which an OPD proposed a solution, by indicator."""
    theirs = (hambatan["solusi_dari"] == "OPD").fillna(False)
    rows = hambatan[theirs & (hambatan["status"] != "selesai").fillna(True)]
    return _records_by_indicator(rows)


def _records_by_indicator(rows: pd.DataFrame) -> dict[str, list[Baris]]:
    found: dict[str, list[Baris]] = {}
    for row in rows.dropna(subset=["kode_indikator"]).to_dict("records"):
        found.setdefault(row["kode_indikator"], []).append(row)
    return found


def _choose_channel(row: Baris, plan: list[Baris]) -> tuple[str, str]:
    """Return kind of sentence and channel: budget only when most linked activities lack it."""
    if not row["kurang"]:
        return "memburuk", "desain layanan"
    if not plan:
        return "tanpa_kegiatan", "perencanaan"
    if sum(item["anggaran"] for item in plan) > _SEBAGIAN_BESAR * len(plan):
        return "anggaran", "penganggaran"
    lacking = any(item["output"] for item in plan)
    return ("output", "perencanaan") if lacking else ("desain", "desain layanan")


def _priority(row: dict[str, Any]) -> str:
    """Return tinggi for a low class or a shortfall below last year, rendah for one at target."""
    if not row["kurang"]:
        return "rendah"
    return "tinggi" if row["kategori"] in _KELAS_RENDAH or row["tertinggal"] else "sedang"


def _owners(opd: Iterable[str], default: str) -> str:
    return "; ".join(_list_known(opd)) or default


def _names(values: Iterable[str]) -> str | None:
    """Return at most five names; the rest is reached through `dasar`."""
    return "; ".join(_list_known(values)[:_NAMA_TERBANYAK]) or None


def _list_known(values: Iterable[str]) -> list[str]:
    """Return the distinct known texts, in order."""
    return list(dict.fromkeys(value for value in values if pd.notna(value)))


def _indicator_grounds(row: Baris, plan: list[Baris], solved: list[Baris]) -> str:
    columns = ["capaian_persen", "target_persen", "selisih_target_poin"]
    columns += ["tren_poin"] if row["memburuk"] else []
    parts = [cells("capaian_cakupan", row["baris"], *columns)]
    parts += [
        cells("realisasi_kegiatan", item["id_kegiatan"], "capaian_output_persen") for item in plan
    ]
    parts += [cells("faktor_penghambat", item["baris"], "alternatif_solusi") for item in solved]
    return ";".join(parts)


def _for_budget(temuan: Temuan) -> Iterator[dict[str, Any]]:
    if temuan.anggaran.empty:
        return
    rows = temuan.anggaran.set_index("baris")
    column = "serapan_persen" if temuan.konteks.akhir_tahun else "serapan_kas_persen"
    least = temuan.konteks.ambang["serapan_baik_persen"]
    lines = rows[(rows["kelompok"] == "lini") & rows["kategori"].notna() & (rows[column] < least)]
    for baris, kode in lines["kode"].items():
        yield {
            "jenis": "serapan",
            "kanal": "penganggaran",
            "prioritas": "sedang",
            "id_usulan": f"RK-ANG-{_slug(kode)}",
            "isian": {"lini": kode},
            "dasar": cells("realisasi_anggaran", str(baris), column, "pagu_rp", "realisasi_rp"),
        }
    apart = rows.loc["total:semua", "realisasi_tanpa_pagu_rp"]
    if pd.notna(apart) and apart > 0:
        yield {
            "jenis": "tanpa_pagu",
            "kanal": "penganggaran",
            "prioritas": "sedang",
            "id_usulan": "RK-ANG-tanpa-pagu",
            "dasar": cells("realisasi_anggaran", "total:semua", "realisasi_tanpa_pagu_rp"),
        }
    if (rows["status_anggaran"] == "realisasi tidak diisi").any():
        yield {
            "jenis": "realisasi_kosong",
            "kanal": "data",
            "prioritas": "sedang",
            "id_usulan": "RK-ANG-realisasi-kosong",
            "dasar": cells("ringkasan", "jumlah_realisasi_kosong", "nilai"),
        }


def _slug(text: str) -> str:
    return text.lower().replace("/", "-").replace(" ", "-")


def _for_plan(temuan: Temuan) -> Iterator[dict[str, Any]]:
    """Yield what the cascade, the calendar, and the targets of the plan call for."""
    rows = temuan.kegiatan
    agreed = rows["disepakati_rembuk"].fillna(False).astype(bool)
    if (agreed & (rows["status_dpa"] == "tidak masuk").fillna(False)).any():
        yield {
            "jenis": "kaskade",
            "kanal": "penganggaran",
            "prioritas": "tinggi",
            "id_usulan": "RK-KAS-dpa",
            "dasar": cells("ringkasan", "kaskade_rembuk_jumlah", "nilai")
            + ";"
            + cells("ringkasan", "kaskade_dpa_jumlah", "nilai"),
        }
    late = rows[rows["status_waktu"].isin([TERLAMBAT, LEWAT])]
    if len(late):
        yield {
            "jenis": "waktu",
            "kanal": "perencanaan",
            "prioritas": "sedang",
            "id_usulan": "RK-WKT-jadwal",
            "opd_pj": _owners(late["opd"], ""),
            "dasar": cells("ringkasan", "jumlah_terlambat", "nilai")
            + ";"
            + cells("ringkasan", "jumlah_lewat_rencana", "nilai"),
        }
    own = temuan.prevalensi
    own = own[(own["jenis_angka"] == "target") & (own["tingkat"] == "kabupaten")]
    if own["tahun"].nunique() < 2:
        yield {
            "jenis": "target_prevalensi",
            "kanal": "perencanaan",
            "prioritas": "tinggi",
            "id_usulan": "RK-TGT-prevalensi",
            "dasar": cells("ringkasan", "target_kabupaten_persen", "nilai"),
        }


def _for_data(temuan: Temuan) -> Iterator[dict[str, Any]]:
    rows = temuan.kabupaten
    groups = {
        "tanpa_data": ("data", rows[rows["status_data"] == "tidak tersedia"], "status_data"),
        "sementara": ("data", rows[rows["status_data"] == "sementara"], "kelengkapan_persen"),
        "tanpa_target": (
            "perencanaan",
            rows[rows["capaian_persen"].notna() & ~_is_true(rows["target_terverifikasi"])],
            "target_persen",
        ),
    }
    for kind, (kanal, found, column) in groups.items():
        if len(found):
            yield {
                "jenis": kind,
                "kanal": kanal,
                "prioritas": "sedang",
                "id_usulan": f"RK-DAT-{kind.replace('_', '-')}",
                "isian": {"daftar": _list_indicators(found)},
                "dasar": ";".join(
                    cells("capaian_cakupan", baris, column) for baris in found["baris"]
                ),
            }
    yield from _for_attendance(temuan)


def _is_true(values: pd.Series) -> pd.Series:
    """Return plain booleans in which missing is False, whatever dtype holds the column."""
    return values.eq(True).fillna(False).astype(bool)


def _list_indicators(rows: pd.DataFrame) -> str:
    """Return names with codes; codes alone when the list is longer than a reader can take in."""
    if len(rows) > _NAMA_TERBANYAK:
        return join_list(rows["kode_indikator"].tolist())
    pairs = zip(rows["indikator"], rows["kode_indikator"], strict=True)
    return join_list([f"{nama} ({kode})" for nama, kode in pairs])


def _for_attendance(temuan: Temuan) -> Iterator[dict[str, Any]]:
    konteks = temuan.konteks
    rows = temuan.prevalensi
    own = rows[
        (rows["jenis_angka"] == "register")
        & (rows["tahun"] == konteks.bahan.tahun)
        & (rows["kode_wilayah"] == konteks.bahan.kode_kabupaten)
    ]
    if own.empty or (own["d_per_s_persen"].iloc[-1] >= konteks.ambang["ds_minimum_persen"]):
        return
    yield {
        "jenis": "ds",
        "kanal": "data",
        "prioritas": "tinggi",
        "id_usulan": "RK-DAT-ds",
        "dasar": cells("perkembangan_prevalensi", own["baris"].iloc[-1], "d_per_s_persen"),
    }


def _for_lokus(temuan: Temuan) -> Iterator[dict[str, Any]]:
    if temuan.lokus.empty or not (temuan.lokus["usulan"] == DIUSULKAN).any():
        return
    yield {
        "jenis": "lokus",
        "kanal": "lokus",
        "prioritas": "tinggi",
        "id_usulan": "RK-LOK-usulan",
        "dasar": cells("ringkasan", "jumlah_lokus_diusulkan", "nilai"),
    }


def _for_unfinished(temuan: Temuan, proposed: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield last year's unfinished recommendations, to the receiver they were meant for.

    One whose rule holds again this year is proposed anew already (`proposed`).
    """
    rows = temuan.tindak_lanjut[~temuan.tindak_lanjut["id"].isin(list(proposed))]
    analisis = temuan.konteks.aturan.masukan_analisis
    for row in rows[~rows["status"].isin(_SELESAI)].to_dict("records"):
        tujuan = "" if pd.isna(row["tujuan"]) else row["tujuan"]
        yield {
            "jenis": "lanjutan",
            "kanal": "data" if tujuan and tujuan in analisis else "perencanaan",
            "prioritas": "sedang" if pd.isna(row["lewat_tenggat_hari"]) else "tinggi",
            "id_usulan": f"{_LANJUTAN}{row['id'].removeprefix(_LANJUTAN)}",
            "isian": {"rekomendasi": _first_wording(row["rekomendasi"])},
            "opd_pj": row["opd_pj"],
            "dasar": cells("tindak_lanjut", row["baris"], "status"),
        }


def _first_wording(text: str) -> str:
    """Return the recommendation as first made, also when it has been carried on before."""
    opening = load_aturan_usulan().rekomendasi.kalimat["lanjutan"].partition("{")[0]
    return text.removeprefix(opening).rstrip(".")
