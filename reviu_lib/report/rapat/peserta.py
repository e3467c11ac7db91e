"""Who is invited: the roles of a session, one line per agency, place, or focus desa."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from reviu_lib.catalog import Unsur
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.rapat.kata import Pengisi

# First digit of the last block of a code: 1 is a kelurahan, 2 a desa (Kepmendagri).
_KELURAHAN = "1"


def list_peserta(pengisi: Pengisi, sesi: str) -> list[tuple[str, list[str]]]:
    """Return each role of the session with its lines, in declared order; roles without are out."""
    roles = [
        (unsur, list(_lines(pengisi, unsur)))
        for unsur in pengisi.aturan.unsur
        if sesi in unsur.sesi and unsur.holds(pengisi.hasil.tahun)
    ]
    return [(unsur.kode, lines) for unsur, lines in roles if lines]


def _lines(pengisi: Pengisi, unsur: Unsur) -> Iterator[str]:
    if not unsur.sumber:
        yield pengisi.plain(unsur.nama)
        return
    for nama in _SUMBER[unsur.sumber](pengisi.hasil):
        yield pengisi.plain(unsur.nama, nama=nama)


def _opd(hasil: HasilReviu) -> list[str]:
    return sorted(hasil.realisasi_kegiatan["opd"].dropna().unique())


def list_kecamatan(hasil: HasilReviu) -> pd.DataFrame:
    """Return kode_kecamatan and kecamatan of the kabupaten, by code."""
    rows = hasil.capaian_cakupan
    rows = rows[rows["tingkat"].eq("kecamatan")][["kode_wilayah", "wilayah"]].drop_duplicates()
    if rows.empty:
        rows = hasil.konvergensi_desa[["kode_desa", "kecamatan"]].dropna()
        rows = rows.assign(kode_desa=rows["kode_desa"].str[:8]).drop_duplicates("kode_desa")
    named = rows.set_axis(["kode_kecamatan", "kecamatan"], axis=1)
    return named.sort_values("kode_kecamatan", ignore_index=True)


def list_lokus(hasil: HasilReviu) -> pd.DataFrame:
    """Return the focus desa of the year reviewed: kode_desa, desa, kecamatan, by code."""
    rows = hasil.usulan_lokus
    rows = rows[rows["lokus_tahun_ini"].fillna(False).astype(bool)]
    return rows[["kode_desa", "desa", "kecamatan"]].sort_values("kode_desa", ignore_index=True)


def _kecamatan(hasil: HasilReviu) -> list[str]:
    return list_kecamatan(hasil)["kecamatan"].dropna().tolist()


def _puskesmas(hasil: HasilReviu) -> list[str]:
    rows = hasil.penilaian_ukur
    return sorted(rows.loc[rows["tingkat"].eq("puskesmas"), "tempat"].dropna().unique())


def _lokus(hasil: HasilReviu) -> list[str]:
    """Return who leads each focus desa, with its kecamatan: names of desa recur."""
    rows = list_lokus(hasil).itertuples(index=False)
    return [f"{title_of_desa(kode)} {desa} ({kec})" for kode, desa, kec in rows]


def title_of_desa(kode_desa: str) -> str:
    """Return `Lurah` for a kelurahan and `Kepala Desa` for a desa."""
    return "Lurah" if is_kelurahan(kode_desa) else "Kepala Desa"


def is_kelurahan(kode_desa: str) -> bool:
    """Return whether a code is that of a kelurahan."""
    return kode_desa.rpartition(".")[2].startswith(_KELURAHAN)


_SUMBER: dict[str, Callable[[HasilReviu], list[str]]] = {
    "opd": _opd,
    "kecamatan": _kecamatan,
    "puskesmas": _puskesmas,
    "lokus": _lokus,
}
