"""The charts of the slides: one per output, and one of what is asked of the meeting.

Values are rounded as the report prints them, so that a label and a cell can never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from reviu_lib.formatting import BULAN, is_missing, mask_identity, round_half_up
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan, resolve_asal
from reviu_lib.report.rapat.kata import choose
from reviu_lib.report.rapat.paparan.isi import Grafik, Seri

# Bars that a slide has room for.
_PALING_BANYAK = 8
_MILIAR = 1_000_000_000
_STATUS_OUTPUT = ("tercapai", "belum tercapai", "belum dapat dinilai")
_URUT_BULAN = {bulan: urut for urut, bulan in enumerate(BULAN)}


def build_grafik(nama: str, hasil: HasilReviu) -> Grafik | None:
    """Return the chart of that name; None when there is nothing to draw."""
    grafik = choose(_GRAFIK, nama)(hasil)
    shown = [nilai for seri in grafik.seri for nilai in seri.nilai if nilai is not None]
    return grafik if shown else None


def read_seri(
    hasil: HasilReviu, nama: str, asal: Sequence[str], *, per: int = 1, desimal: int = 0
) -> Seri:
    """Return a series from the cells at these addresses, in units of `per`, rounded half up."""
    values = (resolve_asal(hasil, satu) for satu in asal)
    shown = (
        None if is_missing(value) else float(round_half_up(value / per, desimal))
        for value in values
    )
    return Seri(nama, tuple(shown), tuple(asal))


def _names(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(mask_identity(str(text)) for text in texts)


def _cakupan(hasil: HasilReviu) -> Grafik:
    """Return coverage and target of the indicators that can be judged, the farthest below first."""
    rows = hasil.capaian_cakupan
    judged = rows["status_capaian"].isin(["tercapai", "belum tercapai"])
    rows = rows[rows["tingkat"].eq("kabupaten") & judged]
    short = rows["selisih_target_poin"].where(rows["arah"].eq("naik"), -rows["selisih_target_poin"])
    rows = rows.assign(kurang=short).sort_values("kurang", kind="stable").head(_PALING_BANYAK)
    seri = tuple(
        read_seri(hasil, nama, _cells("capaian_cakupan", rows, kolom), desimal=1)
        for nama, kolom in (("Capaian", "capaian_persen"), ("Target", "target_persen"))
    )
    return Grafik(
        "Capaian dan target, terjauh lebih dahulu",
        "datar",
        _names(rows["indikator"]),
        seri,
        1,
        "persen",
    )


def _cells(tabel: str, rows: pd.DataFrame, kolom: str) -> list[str]:
    return [f"{tabel}/{baris}/{kolom}" for baris in rows["baris"]]


def _kegiatan(hasil: HasilReviu) -> Grafik:
    """Return for the agencies with most activities how their outputs stand."""
    rows = hasil.realisasi_kegiatan
    opd = rows["opd"].dropna().value_counts().head(_PALING_BANYAK).index.tolist()
    seri = tuple(
        read_seri(
            hasil,
            word,
            [hitungan("realisasi_kegiatan", opd=nama, status_output=word) for nama in opd],
        )
        for word in _STATUS_OUTPUT
    )
    return Grafik(
        "Status output, OPD dengan kegiatan terbanyak", "tumpuk", _names(opd), seri, 0, "kegiatan"
    )


def _anggaran(hasil: HasilReviu) -> Grafik:
    """Return pagu and realisation of the lines."""
    rows = hasil.realisasi_anggaran
    rows = rows[rows["kelompok"].eq("lini")]
    seri = tuple(
        read_seri(hasil, nama, _cells("realisasi_anggaran", rows, kolom), per=_MILIAR, desimal=2)
        for nama, kolom in (("Pagu", "pagu_rp"), ("Realisasi", "realisasi_rp"))
    )
    return Grafik(
        "Pagu dan realisasi menurut lini", "tegak", _names(rows["nama"]), seri, 2, "Rp miliar"
    )


def _hambatan(hasil: HasilReviu) -> Grafik:
    rows = hasil.pareto_hambatan.head(_PALING_BANYAK)
    seri = read_seri(hasil, "Hambatan", _cells("pareto_hambatan", rows, "jumlah"))
    return Grafik(
        "Hambatan menurut kategori", "datar", _names(rows["kategori"]), (seri,), 0, "hambatan"
    )


def _survei(hasil: HasilReviu) -> Grafik:
    """Return the surveys of the kabupaten: a series each, because their methods differ."""
    rows = _outcome(hasil, "survei").sort_values("tahun", kind="stable")
    years = rows["tahun"].drop_duplicates().tolist()
    seri = []
    for survey in rows["sumber"].drop_duplicates():
        own = rows[rows["sumber"].eq(survey)].drop_duplicates("tahun").set_index("tahun")["baris"]
        cells = [
            f"perkembangan_prevalensi/{own[t]}/prevalensi_persen" if t in own else "" for t in years
        ]
        seri.append(_with_gaps(hasil, str(survey), cells))
    return Grafik("Survei", "lepas", tuple(str(int(t)) for t in years), tuple(seri), 1, "persen")


def _with_gaps(hasil: HasilReviu, nama: str, cells: Sequence[str]) -> Seri:
    """Return a series with gaps where it has no cell."""
    known = iter(read_seri(hasil, nama, [cell for cell in cells if cell], desimal=1).nilai)
    return Seri(nama, tuple(next(known) if cell else None for cell in cells), tuple(cells))


def _register(hasil: HasilReviu) -> Grafik:
    """Return the register of the kabupaten by month of weighing."""
    rows = _outcome(hasil, "register")
    order = rows["periode"].map(_URUT_BULAN)
    rows = rows.assign(urut=order).sort_values(["tahun", "urut"], kind="stable")
    names = (rows["periode"].fillna("") + " " + rows["tahun"].astype("string")).tolist()
    cells = _cells("perkembangan_prevalensi", rows, "prevalensi_persen")
    seri = read_seri(hasil, "e-PPGBM", cells, desimal=1)
    return Grafik(
        "Register e-PPGBM (balita yang diukur)", "tegak", _names(names), (seri,), 1, "persen"
    )


def _outcome(hasil: HasilReviu, jenis: str) -> pd.DataFrame:
    rows = hasil.perkembangan_prevalensi
    own = rows["jenis_angka"].eq(jenis) & rows["kode_wilayah"].eq(hasil.kode_kabupaten)
    return rows[own & rows["prevalensi_persen"].notna()]


def _counts(tabel: str, kolom: str, judul: str, satuan: str) -> Callable[[HasilReviu], Grafik]:
    """Return a chart of how many rows of a table have each word of a column."""

    def build(hasil: HasilReviu) -> Grafik:
        words = getattr(hasil, tabel)[kolom].dropna().value_counts().head(_PALING_BANYAK)
        cells = [hitungan(tabel, **{kolom: word}) for word in words.index]
        seri = read_seri(hasil, satuan.capitalize(), cells)
        return Grafik(judul, "datar", _names(words.index), (seri,), 0, satuan)

    return build


_GRAFIK: dict[str, Callable[[HasilReviu], Grafik]] = {
    "cakupan": _cakupan,
    "kegiatan": _kegiatan,
    "anggaran": _anggaran,
    "hambatan": _hambatan,
    "survei": _survei,
    "register": _register,
    "rekomendasi": _counts("rekomendasi", "kanal", "Rekomendasi menurut kanal", "rekomendasi"),
    "putusan": _counts("usulan_kegiatan", "usulan", "Usulan atas kegiatan", "kegiatan"),
}
