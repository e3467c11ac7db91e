"""Several kabupaten beside each other: the summary of one screen, reservations first, and the rest.

Numbers of one kabupaten carry its code, numbers of the comparison itself carry `banding`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from reviu_lib.formatting import join_list
from reviu_lib.hasil import HasilBanding, HasilReviu
from reviu_lib.report.angka import Angka, select_rows
from reviu_lib.report.narasi.kalimat import (
    NAMA_DISEBUT,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)
from reviu_lib.report.narasi.sanding import describe_banding, tell_caution

_DAERAH = "kabupaten/kota"
# Kabupaten that a paragraph can name with their numbers; of more only counts are told.
_DISANDINGKAN = 4


class _Perbandingan:
    """What may be said about a HasilBanding: rows to decide on, elements to print."""

    def __init__(self, banding: HasilBanding) -> None:
        self.banding = banding
        self.angka = Angka(banding, tandai=True)

    def rows(self, tabel: str, **syarat: str) -> pd.DataFrame:
        return select_rows(self.banding, tabel, **syarat)

    def any(self, tabel: str, **syarat: str) -> bool:
        return len(self.rows(tabel, **syarat)) > 0

    def n(self, tabel: str, **syarat: str) -> str:
        """Return how many rows meet the conditions, as an element."""
        return self.angka.hitung(tabel, **syarat)

    def names(self, tabel: str, **syarat: str) -> str:
        """Return the kabupaten of the rows in words, `a, b, c, dan n lainnya` beyond three."""
        keys = list(self.rows(tabel, **syarat)["baris"])
        few = len(keys) <= NAMA_DISEBUT + 1
        shown = keys if few else keys[:NAMA_DISEBUT]
        words = [self.angka(f"{tabel}/{key}/kabupaten") for key in shown]
        if few:
            return join_list(words)
        return f"{', '.join(words)}, dan {self.angka.hitung(tabel, NAMA_DISEBUT, **syarat)} lainnya"


def describe_ringkas(banding: HasilBanding, daftar: Sequence[HasilReviu]) -> tuple[str, ...]:
    """Return the summary of one screen: reservations, who, how sure, from whom, whose data."""
    fakta = _Perbandingan(banding)
    if len(banding.perhatian) < 2:
        return unavailable(f"{_DAERAH} pembanding", "perbandingan belum dapat disusun")
    return paragraphs(
        _reservations(fakta),
        _attention(fakta),
        _uncertain(fakta),
        _learning(fakta),
        _distrust(fakta),
    )


def _reservations(fakta: _Perbandingan) -> str:
    return paragraph(
        sentence(
            f"perbandingan ini mencakup {fakta.n('peserta', keadaan='dibandingkan')} {_DAERAH} "
            f"tahun {fakta.banding.tahun}"
        ),
        _absent(fakta),
        _different_days(fakta),
        _withheld(fakta),
        "Register tidak diperingkat karena bukan sampel, dan perbedaan antartempat di bawah ini "
        "adalah keterkaitan, bukan sebab.",
    )


def _absent(fakta: _Perbandingan) -> str:
    gone = {"keadaan": "tanpa hasil reviu"}
    if not fakta.any("peserta", **gone):
        return ""
    return sentence(
        f"dari {fakta.n('peserta')} {_DAERAH} yang diminta, {fakta.n('peserta', **gone)} belum "
        f"mempunyai hasil reviu dan tidak ikut, yaitu {fakta.names('peserta', **gone)}"
    )


def _different_days(fakta: _Perbandingan) -> str:
    if fakta.banding.peserta["tanggal_cutoff"].nunique() < 2:
        return ""
    return sentence(
        f"batas datanya berbeda, yaitu pada {fakta.n('peserta', beda='tanggal_cutoff')} tanggal, "
        "sehingga angka hanya dibandingkan di antara yang batas datanya sama"
    )


def _withheld(fakta: _Perbandingan) -> str:
    if not fakta.any("peringkat", keadaan="ditahan"):
        return ""
    held = fakta.rows("peringkat", keadaan="ditahan")
    count = fakta.n("peringkat", keadaan="ditahan")
    survey = int(held["ukuran"].eq("survei").sum())
    part = ""
    if survey == len(held):
        part = ", semuanya angka survei"
    elif survey:
        told = fakta.n("peringkat", ukuran="survei", keadaan="ditahan")
        part = f", di antaranya {told} angka survei"
    return sentence(f"perbandingan {count} angka ditahan{part}; alasannya tercantum pada barisnya")


def _attention(fakta: _Perbandingan) -> str:
    needs = {"perhatian": "perlu perhatian"}
    if not fakta.any("perhatian", **needs):
        return sentence(
            f"tidak ada {_DAERAH} yang menonjol perlu perhatian menurut selang yang terpisah"
        )
    first = list(fakta.rows("perhatian", **needs)["baris"])[:NAMA_DISEBUT]
    told = "; ".join(_below_of(fakta, key) for key in first)
    rest = len(fakta.rows("perhatian", **needs)) - len(first)
    more = ""
    if rest > 0:
        more = f"; dan {fakta.angka.hitung('perhatian', len(first), **needs)} lainnya"
    return sentence(
        f"perlu perhatian: {fakta.n('perhatian', **needs)} {_DAERAH}, yaitu {told}{more}"
    )


def _below_of(fakta: _Perbandingan, key: str) -> str:
    below, compared, name, where = (
        fakta.angka(f"perhatian/{key}/{column}")
        for column in ("jumlah_separuh_bawah", "jumlah_dibandingkan", "kabupaten", "terbawah")
    )
    return f"{name} ({below} dari {compared} ukuran nyata di separuh bawah, terutama pada {where})"


def _uncertain(fakta: _Perbandingan) -> str:
    compared = fakta.n("peringkat", keadaan="dibandingkan")
    alike = fakta.n("peringkat", posisi="tidak terbedakan")
    unsure = {"perhatian": "belum dapat disimpulkan"}
    parts = []
    if fakta.any("peringkat", keadaan="dibandingkan"):
        parts.append(
            sentence(
                f"yang belum pasti: {alike} dari {compared} angka yang dibandingkan tidak "
                "terbedakan dari semua tempat lain, sehingga urutannya tidak berarti"
            )
        )
    if fakta.any("perhatian", **unsure):
        names = fakta.names("perhatian", **unsure)
        parts.append(sentence(f"keadaan {names} belum dapat disimpulkan"))
    return paragraph(*parts)


def _learning(fakta: _Perbandingan) -> str:
    rows = fakta.rows("pasangan", keadaan="diusulkan").drop_duplicates("kode_kabupaten")
    if rows.empty:
        return sentence(
            "belum ada pasangan belajar yang dapat diusulkan, karena tidak ada tempat yang nyata "
            "lebih baik pada indikator yang belum tercapai"
        )
    order = {kode: n for n, kode in enumerate(fakta.banding.perhatian["kode_kabupaten"])}
    rows = rows.assign(_urut=rows["kode_kabupaten"].map(order)).sort_values("_urut")
    told = "; ".join(_pair_of(fakta, key) for key in rows["baris"].head(NAMA_DISEBUT))
    asked = {"keadaan": "diusulkan"}
    return paragraph(
        sentence(f"yang dapat belajar, antara lain {told}"),
        sentence(
            f"seluruhnya diusulkan {fakta.n('pasangan', **asked)} pasangan {_DAERAH} dan "
            "indikator; semuanya pertanyaan bagi rapat"
        ),
    )


def _pair_of(fakta: _Perbandingan, key: str) -> str:
    def cell(column: str, format: str | None = None) -> str:
        return fakta.angka(f"pasangan/{key}/{column}", format)

    return (
        f"{cell('kabupaten')} dari {cell('mitra')} tentang {cell('indikator', 'teks_sambung')} "
        f"({cell('capaian_persen')} persen; di sana {cell('capaian_mitra_persen')} persen)"
    )


def _distrust(fakta: _Perbandingan) -> str:
    rows = fakta.rows("peta_mutu", nada="buruk")
    if rows.empty:
        return sentence(
            "tidak ada dimensi mutu data yang bermasalah menurut batas yang dipakai; itu tidak "
            "berarti datanya benar"
        )
    codes = list(rows["kode_kabupaten"].unique())
    told = "; ".join(_faults_of(fakta, rows, kode) for kode in codes[:NAMA_DISEBUT])
    more = len(codes) - NAMA_DISEBUT
    tail = "; dan tempat lain pada peta mutu data" if more > 0 else ""
    count = fakta.n("peta_mutu", nada="buruk", beda="kode_kabupaten")
    return sentence(
        f"yang datanya belum dapat dipercaya pada sedikitnya satu dimensi: {count} {_DAERAH}, "
        f"yaitu {told}{tail}"
    )


def _faults_of(fakta: _Perbandingan, rows: pd.DataFrame, kode: str) -> str:
    own = list(rows.loc[rows["kode_kabupaten"].eq(kode), "baris"])
    name = fakta.angka(f"peta_mutu/{own[0]}/kabupaten")
    faults = [
        f"{fakta.angka(f'peta_mutu/{key}/nama_dimensi', 'teks_sambung')} "
        f"{fakta.angka(f'peta_mutu/{key}/kata')}"
        for key in own
    ]
    return f"{name} ({join_list(faults)})"


def describe_belajar(banding: HasilBanding, daftar: Sequence[HasilReviu]) -> tuple[str, ...]:
    """Return what was reached in one place and not in others, indicators missed most first."""
    fakta = _Perbandingan(banding)
    rows = banding.pelajaran.drop_duplicates("kode_indikator")
    if rows.empty:
        return (
            sentence(
                "tidak ada indikator yang targetnya tercapai di satu tempat dan belum di tempat "
                "lain"
            ),
        )
    told = [_lesson_of(fakta, key) for key in rows["baris"].head(NAMA_DISEBUT)]
    return paragraphs(
        paragraph(
            sentence(
                f"pada {fakta.n('pelajaran', beda='kode_indikator')} indikator target tercapai di "
                "satu tempat dan belum di tempat lain"
            ),
            "Targetnya adalah target masing-masing. Kegiatan yang disebut ditautkan pada indikator "
            "itu dalam rencana; yang terlihat hanya keterkaitan, dan keadaan setempat dapat "
            "berbeda.",
        ),
        *told,
    )


def _lesson_of(fakta: _Perbandingan, key: str) -> str:
    def cell(column: str, format: str | None = None) -> str:
        return fakta.angka(f"pelajaran/{key}/{column}", format)

    row = fakta.rows("pelajaran", baris=key).iloc[0]
    beside = ""
    if row["jumlah_kegiatan"]:
        beside = sentence(f"kegiatan yang ditautkan di sana: {cell('kegiatan')}")
    moved = f", {cell('perubahan')} sejak tahun lalu" if row["perubahan"] in _BERGERAK else ""
    return paragraph(
        sentence(
            f"target {cell('indikator', 'teks_sambung')} belum tercapai di {cell('jumlah_belum')} "
            f"{_DAERAH}, dan dapat dipelajari dari {cell('kabupaten')} "
            f"({cell('capaian_persen')} persen{moved})"
        ),
        beside,
    )


_BERGERAK = ("membaik", "memburuk", "tetap")


def describe_cara(banding: HasilBanding, daftar: Sequence[HasilReviu]) -> tuple[str, ...]:
    """Return how places are compared: conditions, intervals, ranges of ranks, likeness."""
    angka = Angka(banding, tandai=True)
    level = angka.definisi("ambang/taraf_selang_persen", "desimal")
    least = angka.definisi("banding/beda_minimum_poin", "desimal")
    count = angka.definisi("banding/penyebut_minimum", "desimal")
    share = angka.definisi("banding/perhatian_porsi_persen", "desimal")
    return paragraphs(
        "Dua tempat hanya dibandingkan apabila survei dan tahunnya, jenis penyebutnya, dan batas "
        "datanya sama, serta datanya cukup lengkap. Perbandingan yang tidak memenuhi syarat "
        f"ditahan, juga bila penyebutnya kurang dari {count}.",
        f"Selang dibuat serentak: bersama taraf {level} persen untuk semua tempat sekaligus, dan "
        "diperlebar oleh data yang belum masuk. Selang survei adalah yang terbit. Tempat yang "
        f"selangnya bertemu, atau berbeda kurang dari {least} poin, tidak dibedakan. Peringkat "
        "karena itu berupa rentang: yang terbaik dan yang terburuk yang masih mungkin "
        "(<cite>Klein, Wright, dan Wieczorek 2020</cite>; "
        "<cite>Goldstein dan Healy 1995</cite>; <cite>Manski 1990</cite>).",
        "Suatu ukuran disebut nyata di separuh bawah apabila peringkat terbaiknya pun di bawah "
        "tengah. Suatu tempat disebut perlu perhatian apabila ukuran seperti itu, dari yang "
        f"dibandingkan, melebihi yang nyata di separuh atas dengan sedikitnya {share} persen. "
        "Batas dan bobot itu usulan reviu dan dapat diubah pada "
        "<code>definisi/banding.toml</code>.",
    )


def describe_sandingan(banding: HasilBanding, daftar: Sequence[HasilReviu]) -> tuple[str, ...]:
    """Return a few kabupaten with their numbers, many by who they are."""
    if len(daftar) <= _DISANDINGKAN:
        return describe_banding(daftar)
    fakta = _Perbandingan(banding)
    return paragraphs(
        paragraph(
            sentence(
                f"bagian ini menyandingkan hasil reviu "
                f"{fakta.n('peserta', keadaan='dibandingkan')} {_DAERAH} tahun {banding.tahun}"
            ),
            _absent(fakta),
            _different_days(fakta),
        ),
        tell_caution(),
    )


# The chapters of a comparison, by the name a notebook asks for.
BAB_BANDING: dict[str, Callable[[HasilBanding, Sequence[HasilReviu]], tuple[str, ...]]] = {
    "ringkas": describe_ringkas,
    "banding": describe_sandingan,
    "belajar": describe_belajar,
    "cara": describe_cara,
}
