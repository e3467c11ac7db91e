"""A few kabupaten of one year with their numbers beside each other, nobody ranked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)


def describe_banding(daftar_hasil: Sequence[HasilReviu]) -> tuple[str, ...]:
    """Return several kabupaten of one year beside each other, without ranking them."""
    facts = [Facts(hasil, tandai=True) for hasil in daftar_hasil]
    if len(facts) < 2:
        return unavailable("kabupaten pembanding", "perbandingan belum dapat disusun")
    return paragraphs(
        paragraph(_who(facts), _same_day(facts)),
        *(_side_by_side(facts, kunci, opening, one) for kunci, opening, one in _BANDING),
        tell_caution(),
    )


def _who(facts: Sequence[Facts]) -> str:
    names = clauses(*(satu.daerah for satu in facts))
    return sentence(f"bagian ini menyandingkan hasil reviu {names} tahun {facts[0].hasil.tahun}")


def _same_day(facts: Sequence[Facts]) -> str:
    if len({satu.hasil.tanggal_cutoff for satu in facts}) == 1:
        return sentence(f"batas data semuanya sama, yaitu {facts[0].batas_data}")
    dates = clauses(*(f"{satu.daerah} {satu.batas_data}" for satu in facts))
    return sentence(
        f"batas datanya berbeda, yaitu {dates}, sehingga angka yang berjalan sepanjang tahun tidak "
        "sepenuhnya sebanding"
    )


def _side_by_side(
    facts: Sequence[Facts], kunci: str, opening: str, one: Callable[[Facts], str]
) -> str:
    known = [satu for satu in facts if satu.known(kunci)]
    if not known:
        return ""
    absent = [satu.daerah for satu in facts if not satu.known(kunci)]
    rest = f"; data {clauses(*absent)} tidak tersedia" if absent else ""
    return sentence(f"{opening} {clauses(*(one(satu) for satu in known))}{rest}")


def _survey_of(facts: Facts) -> str:
    return (
        f"{facts.n('survei_terakhir_persen')} persen di {facts.daerah} "
        f"({facts.n('survei_terakhir_sumber_teks')} {facts.n('survei_terakhir_tahun')})"
    )


def _share_of(facts: Facts) -> str:
    return f"{facts.n('indikator_tercapai_persen')} persen di {facts.daerah}"


def _absorbed_by(facts: Facts) -> str:
    return f"{facts.n('serapan_persen')} persen dari pagu {facts.n('pagu_rp')} di {facts.daerah}"


def tell_caution() -> str:
    """Return the sentences that stand under every comparison."""
    return (
        "Angka disandingkan agar kabupaten dapat saling belajar dan tidak dimaksudkan sebagai "
        "peringkat. Perbedaan sumber survei, jenis penyebut, kelengkapan data, dan batas data "
        "perlu diperiksa sebelum perbedaan angka ditafsirkan."
    )


# Summary key, opening of the sentence, and the words for one kabupaten.
_BANDING = (
    (
        "survei_terakhir_persen",
        "menurut survei terakhir yang terbit, prevalensi stunting adalah",
        _survey_of,
    ),
    (
        "indikator_tercapai_persen",
        "porsi indikator layanan yang mencapai target adalah",
        _share_of,
    ),
    ("serapan_persen", "serapan anggaran adalah", _absorbed_by),
)
