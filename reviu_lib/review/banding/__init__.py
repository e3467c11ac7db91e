"""Several kabupaten beside each other: HasilReviu in, HasilBanding out. No file, no clock.

`ukuran` collects what can be compared, `peringkat` says who can be told apart from whom, `deret`
follows the years, `pelajaran` and `pasangan` say who may learn from whom, `mutu` whose data hold,
`perhatian` draws it together. Nothing is a cause, and every pair is a question to the meeting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviu_lib.errors import LaporanError
from reviu_lib.hasil import HasilBanding, HasilReviu, distinct_names
from reviu_lib.review.banding.deret import compute_deret
from reviu_lib.review.banding.mutu import compute_peta_mutu
from reviu_lib.review.banding.pasangan import propose_pasangan
from reviu_lib.review.banding.pelajaran import (
    compute_pelajaran,
    gather_cakupan,
    gather_kegiatan,
)
from reviu_lib.review.banding.perhatian import compute_perhatian
from reviu_lib.review.banding.peringkat import rank_ukuran
from reviu_lib.review.banding.peserta import DIBANDINGKAN, list_peserta
from reviu_lib.review.banding.ukuran import collect_ukuran

__all__ = ["compare_kabupaten"]


def compare_kabupaten(
    daftar: Sequence[HasilReviu],
    lalu: Sequence[HasilReviu] = (),
    absen: Mapping[str, tuple[str, str]] | None = None,
) -> HasilBanding:
    """Return the comparison of the results of one year, `daftar`.

    `lalu` are results of earlier years of the same kabupaten, for the series. `absen` names those
    that were asked for and have no result: code → (name, reason). LaporanError for no result at
    all, for results of different years, or for a kabupaten given twice.
    """
    _require_one_year(daftar)
    names = dict(zip([h.kode_kabupaten for h in daftar], distinct_names(daftar), strict=True))
    peserta = list_peserta(daftar, lalu, nama=names, absen=absen or {})
    compared = peserta[peserta["keadaan"].eq(DIBANDINGKAN)]
    peringkat = rank_ukuran(collect_ukuran(daftar, names))
    cakupan, kegiatan = gather_cakupan(daftar, names), gather_kegiatan(daftar)
    peta = compute_peta_mutu(daftar, names)
    return HasilBanding(
        tahun=daftar[0].tahun,
        contoh=any(hasil.contoh for hasil in daftar),
        peserta=peserta,
        perhatian=compute_perhatian(peserta, peringkat, cakupan=cakupan, peta_mutu=peta),
        peringkat=peringkat,
        deret=compute_deret(daftar, lalu, names),
        pelajaran=compute_pelajaran(cakupan, kegiatan),
        pasangan=propose_pasangan(cakupan, peringkat, compared, kegiatan=kegiatan),
        peta_mutu=peta,
    )


def _require_one_year(daftar: Sequence[HasilReviu]) -> None:
    codes = [hasil.kode_kabupaten for hasil in daftar]
    if len({hasil.tahun for hasil in daftar}) != 1:
        raise LaporanError(
            "Laporan banding memerlukan hasil reviu dari satu tahun yang sama.",
            di=", ".join(f"{hasil.nama} {hasil.tahun}" for hasil in daftar),
            lakukan="Pilih satu tahun, dan sedikitnya satu kabupaten.",
        )
    if twice := sorted({kode for kode in codes if codes.count(kode) > 1}):
        raise LaporanError(
            "Laporan banding memuat kabupaten yang sama lebih dari sekali.",
            di=", ".join(twice),
            lakukan="Sebut setiap kode satu kali saja.",
        )
