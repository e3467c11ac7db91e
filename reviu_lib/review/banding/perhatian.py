"""The first answer of a comparison: who needs attention, and where it is not certain."""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import load_aturan_banding
from reviu_lib.review.banding.pelajaran import BELUM
from reviu_lib.review.banding.peringkat import ATAS, BAWAH, DIBANDINGKAN, TAK_TERBEDAKAN
from reviu_lib.review.banding.ukuran import TAHAN

PERLU, BIASA, TAK_PASTI = "perlu perhatian", "tidak menonjol", "belum dapat disimpulkan"
_UKURAN_DISEBUT = 3


def compute_perhatian(
    peserta: pd.DataFrame,
    peringkat: pd.DataFrame,
    *,
    cakupan: pd.DataFrame,
    peta_mutu: pd.DataFrame,
) -> pd.DataFrame:
    """Return the table perhatian: those that need attention first, by how much lies below.

    A place needs attention where the measures surely in the lower half outnumber those surely in
    the upper half by at least `perhatian_porsi_persen` of the measures compared. With fewer than
    `perhatian_ukuran_minimum` measures nothing is concluded.
    """
    there = peserta.loc[peserta["keadaan"].eq(DIBANDINGKAN), ["kode_kabupaten", "kabupaten"]]
    codes = there["kode_kabupaten"]

    def count(frame: pd.DataFrame, column: str, word: str) -> pd.Series:
        found = frame.loc[frame[column].eq(word).fillna(False).astype(bool), "kode_kabupaten"]
        return codes.map(found.value_counts()).fillna(0).astype(int)

    rows = there.assign(
        baris=codes,
        jumlah_dibandingkan=count(peringkat, "keadaan", DIBANDINGKAN),
        jumlah_separuh_bawah=count(peringkat, "posisi", BAWAH),
        jumlah_separuh_atas=count(peringkat, "posisi", ATAS),
        jumlah_tak_terbedakan=count(peringkat, "posisi", TAK_TERBEDAKAN),
        jumlah_ditahan=count(peringkat, "keadaan", TAHAN),
        jumlah_belum_tercapai=count(cakupan, "status_capaian", BELUM),
        jumlah_data_buruk=count(peta_mutu, "nada", "buruk"),
        terbawah=codes.map(_name_lowest(peringkat)),
    )
    return _sort(_conclude(rows))


def _name_lowest(peringkat: pd.DataFrame) -> pd.Series:
    """Return up to three measures surely in the lower half, by kabupaten; worst rank first."""
    rows = peringkat[peringkat["posisi"].eq(BAWAH).fillna(False).astype(bool)]
    share = rows["peringkat_terbaik"].astype(float) / rows["jumlah_tempat"].astype(float)
    rows = rows.assign(_letak=share).sort_values(["_letak", "baris"], ascending=[False, True])
    names = rows.groupby("kode_kabupaten")["nama_ukuran"]
    return names.agg(lambda column: "; ".join(column.head(_UKURAN_DISEBUT)))


def _conclude(rows: pd.DataFrame) -> pd.DataFrame:
    rules = load_aturan_banding()
    below, above = rows["jumlah_separuh_bawah"], rows["jumlah_separuh_atas"]
    compared = rows["jumlah_dibandingkan"]
    enough = compared >= rules["perhatian_ukuran_minimum"]
    needs = (below - above) * 100 >= rules["perhatian_porsi_persen"] * compared
    words = pd.Series(BIASA, rows.index, "string").mask(needs, PERLU).mask(~enough, TAK_PASTI)
    return rows.assign(perhatian=words, alasan=_give_reason(rows))


def _give_reason(rows: pd.DataFrame) -> list[str]:
    columns = (rows["jumlah_dibandingkan"], rows["jumlah_separuh_bawah"],
               rows["jumlah_separuh_atas"])  # fmt: skip
    return [
        f"{below} nyata di separuh bawah dan {above} nyata di separuh atas, dari {compared} "
        "ukuran yang dibandingkan"
        for compared, below, above in zip(*columns, strict=True)
    ]


def _sort(rows: pd.DataFrame) -> pd.DataFrame:
    order = {PERLU: 0, BIASA: 1, TAK_PASTI: 2}
    keyed = rows.assign(
        _urut=rows["perhatian"].map(order),
        _beda=rows["jumlah_separuh_bawah"] - rows["jumlah_separuh_atas"],
    )
    keyed = keyed.sort_values(["_urut", "_beda", "kode_kabupaten"], ascending=[True, False, True])
    return keyed.drop(columns=["_urut", "_beda"]).reset_index(drop=True)
