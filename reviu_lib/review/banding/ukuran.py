"""What is compared: one row per measure and kabupaten, with what its interval comes from.

`dasar_selang` says how: `hitungan` (Wilson on the counts), `terbit` (limits a survey published),
`penuh` (an amount counted in full: no chance in it, only what has not been reported), empty for
figures without an interval. `alasan` is filled where the figure may be read but not compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.catalog import load_ambang, load_aturan_banding
from reviu_lib.formatting import format_number, format_tanggal, is_missing
from reviu_lib.hasil import HasilReviu

HITUNGAN, TERBIT, PENUH = "hitungan", "terbit", "penuh"
TAMPIL, TAHAN = "ditampilkan saja", "ditahan"
# Code of a line of spending → its name in the table realisasi_anggaran.
LINI = {"spesifik": "spesifik", "sensitif": "sensitif tanpa fisik", "fisik": "fisik/infrastruktur"}
_WAKTU = ("jumlah_tepat_waktu", "jumlah_terlambat", "jumlah_lewat_rencana")
_CAMPURAN = "campuran"
_TANPA_SELANG = "selang kepercayaannya tidak terbit pada bahan reviu"


def collect_ukuran(daftar: Sequence[HasilReviu], nama: Mapping[str, str]) -> pd.DataFrame:
    """Return every measure of every kabupaten, in the order of the league tables.

    Columns of the table peringkat that one kabupaten can fill, and `dasar_selang`; `nama` gives
    the shown name by code. A figure that a kabupaten does not have has no row.
    """
    frames = [
        part.assign(kode_kabupaten=hasil.kode_kabupaten, kabupaten=nama[hasil.kode_kabupaten])
        for hasil in daftar
        for part in (_few(hasil), _cakupan(hasil))
    ]
    whole = put_floats(pd.concat(frames, ignore_index=True), _ANGKA)
    whole = whole[whole["nilai_persen"].notna()]
    order = whole["ukuran"].map({name: n for n, name in enumerate(_list_order(whole["ukuran"]))})
    whole = whole.assign(_urut=order).sort_values("_urut", kind="stable")
    return whole.drop(columns="_urut").reset_index(drop=True)


_ANGKA = ("nilai_persen", "bawah_persen", "atas_persen", "kelengkapan_persen", "target_persen")


def put_floats(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return the frame with these columns as floats, whatever the missing values were."""
    return frame.assign(
        **{name: frame[name].astype("Float64").to_numpy(float, na_value=np.nan) for name in columns}
    )


def _list_order(ukuran: pd.Series) -> list[str]:
    """Return the measures in the order survey, register, coverage by code, spending, the rest."""
    cakupan = sorted(name for name in ukuran.unique() if str(name).startswith("cakupan:"))
    return ["survei", "register", *cakupan, *(f"serapan:{lini}" for lini in LINI),
            "tepat_waktu", "mutu"]  # fmt: skip


def _few(hasil: HasilReviu) -> pd.DataFrame:
    """Return the measures of which a kabupaten has one each."""
    angka = read_ringkasan(hasil)
    lines = [_serapan(hasil, kode, angka.get(f"serapan_{kode}_persen")) for kode in LINI]
    rows = [_survei(angka), _register(angka), *lines, _waktu(hasil, angka), _mutu(angka)]
    return pd.DataFrame(rows)


def read_ringkasan(hasil: HasilReviu) -> dict[str, Any]:
    """Return the aggregate numbers, and texts for keys that end in `_teks`; missing is None."""
    frame = hasil.ringkasan
    whole = zip(frame["baris"], frame["nilai"], frame["teks"], strict=True)
    pairs = ((kunci, teks if kunci.endswith("_teks") else nilai) for kunci, nilai, teks in whole)
    return {kunci: None if is_missing(value) else value for kunci, value in pairs}


def _survei(angka: Mapping[str, Any]) -> dict[str, Any]:
    """Return the latest survey figure; only one survey and year are compared with each other."""
    year = angka.get("survei_terakhir_tahun")
    source = angka.get("survei_terakhir_sumber_teks")
    published = angka.get("survei_terakhir_bawah_persen") is not None
    return {
        "ukuran": "survei",
        "nama_ukuran": "Prevalensi stunting (survei)",
        "arah": "turun",
        "nilai_persen": angka.get("survei_terakhir_persen"),
        "bawah_persen": angka.get("survei_terakhir_bawah_persen"),
        "atas_persen": angka.get("survei_terakhir_atas_persen"),
        "metode_selang": "terbitan survei" if published else "tidak terbit",
        "target_persen": angka.get("target_kabupaten_persen"),
        "syarat": f"{source} {year:.0f}" if year is not None else None,
        "keadaan": None if published else TAHAN,
        "alasan": None if published else _TANPA_SELANG,
        "dasar_selang": TERBIT if published else "",
    }


def _register(angka: Mapping[str, Any]) -> dict[str, Any]:
    ds = angka.get("register_ds_persen")
    present = "D/S tidak diketahui" if ds is None else f"D/S {format_number(ds, 1)} persen"
    return {
        "ukuran": "register",
        "nama_ukuran": "Prevalensi stunting (register)",
        "arah": "turun",
        "nilai_persen": angka.get("register_persen"),
        "bawah_persen": angka.get("register_bawah_persen"),
        "atas_persen": angka.get("register_atas_persen"),
        "metode_selang": "Wilson; ketidakpastian cacah, bukan galat sampel",
        "pembilang": angka.get("register_stunting"),
        "penyebut": angka.get("register_diukur"),
        "kelengkapan_persen": ds,
        "target_persen": angka.get("target_kabupaten_persen"),
        "keadaan": TAMPIL,
        "alasan": "register bukan sampel dan kehadirannya berbeda; tidak diperingkat",
        "keterangan": f"{angka.get('register_periode_teks')}; {present}",
        "dasar_selang": "",
    }


def _serapan(hasil: HasilReviu, lini: str, nilai: float | None) -> dict[str, Any]:
    """Return the absorption of one line; rupiah not reported yet could be all spent or none."""
    frame = hasil.realisasi_anggaran
    found = frame[frame["kelompok"].eq("lini") & frame["kode"].eq(LINI[lini])]
    row = found.iloc[0] if len(found) else pd.Series(dtype=object)
    pagu, known = row.get("pagu_rp"), row.get("pagu_dinilai_rp")
    share = None if is_missing(pagu) or is_missing(known) or not pagu else known / pagu * 100
    part = _is_part_year(hasil)
    return {
        "ukuran": f"serapan:{lini}",
        "nama_ukuran": f"Serapan lini {LINI[lini]}",
        "arah": "naik",
        "nilai_persen": nilai,
        "metode_selang": "hitungan penuh; hanya realisasi yang belum diisi",
        "pembilang": row.get("realisasi_rp"),
        "penyebut": known,
        "kelengkapan_persen": share,
        "syarat": _until(hasil),
        "keadaan": TAMPIL if part else None,
        "alasan": "serapan sebagian tahun belum dinilai; tidak diperingkat" if part else None,
        "dasar_selang": PENUH,
    }


def _is_part_year(hasil: HasilReviu) -> bool:
    return (hasil.tanggal_cutoff.month, hasil.tanggal_cutoff.day) != (12, 31)


def _until(hasil: HasilReviu) -> str:
    return f"batas data {format_tanggal(hasil.tanggal_cutoff)}"


def _waktu(hasil: HasilReviu, angka: Mapping[str, Any]) -> dict[str, Any]:
    judged = sum(angka.get(kunci) or 0 for kunci in _WAKTU)
    unknown = angka.get("jumlah_waktu_tidak_diketahui") or 0
    return {
        "ukuran": "tepat_waktu",
        "nama_ukuran": "Kegiatan tepat waktu",
        "arah": "naik",
        "nilai_persen": angka.get("tepat_waktu_persen"),
        "metode_selang": "Wilson; kegiatan tanpa tanggal memperlebar",
        "pembilang": angka.get("jumlah_tepat_waktu"),
        "penyebut": judged or None,
        "kelengkapan_persen": judged / (judged + unknown) * 100 if judged else None,
        "syarat": _until(hasil),
        "alasan": explain_small(judged),
        "keadaan": TAHAN if explain_small(judged) else None,
        "dasar_selang": HITUNGAN,
    }


def explain_small(penyebut: Any) -> str | None:
    """Return why a denominator is too small to compare, None when it is large enough."""
    least = load_aturan_banding()["penyebut_minimum"]
    if is_missing(penyebut) or penyebut >= least:
        return None
    return f"penyebut {format_number(penyebut)}, kurang dari {format_number(least)}"


def _mutu(angka: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ukuran": "mutu",
        "nama_ukuran": "Skor mutu pengukuran",
        "arah": "naik",
        "nilai_persen": angka.get("mutu_skor"),
        "metode_selang": "skor gabungan, tanpa selang",
        "keadaan": TAMPIL,
        "alasan": "skor gabungan tanpa selang; tidak diperingkat",
        "keterangan": angka.get("mutu_penilaian_teks"),
        "dasar_selang": "",
    }


def _cakupan(hasil: HasilReviu) -> pd.DataFrame:
    """Return coverage of the kabupaten by indicator; compared within one kind of denominator."""
    frame = hasil.capaian_cakupan
    rows = frame[frame["tingkat"].eq("kabupaten")]
    alasan = _explain_cakupan(rows)
    return pd.DataFrame(
        {
            "ukuran": "cakupan:" + rows["kode_indikator"],
            "nama_ukuran": rows["indikator"],
            "kode_indikator": rows["kode_indikator"],
            "arah": rows["arah"],
            "nilai_persen": rows["capaian_persen"],
            "metode_selang": "Wilson; data yang belum masuk memperlebar",
            "pembilang": rows["pembilang"],
            "penyebut": rows["penyebut"],
            "kelengkapan_persen": rows["kelengkapan_persen"],
            "target_persen": rows["target_persen"],
            "syarat": "penyebut " + rows["jenis_penyebut"] + "; " + _until(hasil),
            "alasan": alasan,
            "keadaan": alasan.where(alasan.isna(), TAHAN),
            "keterangan": rows["status_data"],
            "dasar_selang": HITUNGAN,
        }
    )


def _explain_cakupan(rows: pd.DataFrame) -> pd.Series:
    """Return why the coverage of each indicator is not compared, missing where it may be."""
    least = load_ambang()["kelengkapan_minimum_persen"]
    share, kind = rows["kelengkapan_persen"], rows["jenis_penyebut"]
    shown = share.map(lambda value: format_number(value, 1)).astype("string")
    thin = "kelengkapan " + shown + f" persen, di bawah {format_number(least)} persen"
    alasan = rows["penyebut"].map(explain_small).astype("string")
    beyond = (rows["pembilang"] > rows["penyebut"]).fillna(False).astype(bool)
    alasan = alasan.mask(beyond, "pembilang melebihi penyebut").mask(share < least, thin)
    alasan = alasan.mask(kind.eq(_CAMPURAN).fillna(False).astype(bool), "jenis penyebut campuran")
    return alasan.mask(kind.isna(), "jenis penyebut tidak dicatat")
