"""Who was asked for: those compared, those without a result and why, and what each is like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviu_lib.formatting import is_missing, join_list
from reviu_lib.hasil import HasilReviu
from reviu_lib.review.banding.ukuran import read_ringkasan

DIBANDINGKAN, TANPA_HASIL = "dibandingkan", "tanpa hasil reviu"


def list_peserta(
    daftar: Sequence[HasilReviu],
    lalu: Sequence[HasilReviu],
    *,
    nama: Mapping[str, str],
    absen: Mapping[str, tuple[str, str]],
) -> pd.DataFrame:
    """Return the table peserta: those compared, then those of `absen` (code → name, reason)."""
    there = [_describe(hasil, lalu, nama[hasil.kode_kabupaten]) for hasil in daftar]
    gone = [
        {"kode_kabupaten": kode, "kabupaten": name, "keadaan": TANPA_HASIL, "alasan": why}
        for kode, (name, why) in absen.items()
    ]
    rows = pd.DataFrame([*there, *gone])
    return rows.assign(baris=rows["kode_kabupaten"])


def _describe(hasil: HasilReviu, lalu: Sequence[HasilReviu], nama: str) -> dict[str, object]:
    angka = read_ringkasan(hasil)
    desa, lokus = angka.get("jumlah_desa"), angka.get("jumlah_lokus_tahun_ini")
    own = {h.tahun for h in lalu if h.kode_kabupaten == hasil.kode_kabupaten}
    gaps = [str(year) for year in sorted({h.tahun for h in lalu} - own - {hasil.tahun})]
    return {
        "kode_kabupaten": hasil.kode_kabupaten,
        "kabupaten": nama,
        "keadaan": DIBANDINGKAN,
        "alasan": f"tanpa hasil reviu tahun {join_list(gaps)}" if gaps else None,
        "tanggal_cutoff": pd.Timestamp(hasil.tanggal_cutoff),
        "tanggal_reviu": pd.Timestamp(hasil.tanggal_reviu),
        "edisi": hasil.edisi,
        "jumlah_tahun": len(own | {hasil.tahun}),
        "sasaran_balita": _count_sasaran(hasil, angka.get("register_sasaran")),
        "jumlah_desa": desa,
        "porsi_lokus_persen": lokus / desa * 100 if desa and lokus is not None else None,
    }


def _count_sasaran(hasil: HasilReviu, register: float | None) -> float | None:
    """Return the children of the register's target group, else the largest group of coverage."""
    if register is not None:
        return register
    frame = hasil.capaian_cakupan
    largest = frame.loc[frame["tingkat"].eq("kabupaten"), "penyebut"].max()
    return None if is_missing(largest) else float(largest)
