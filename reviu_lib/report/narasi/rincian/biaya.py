"""Chapter X, cost per unit of output: what can be compared, and what is asked of the OPD."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_TABEL = "biaya_satuan"
_TANYA = {"keadaan": "perlu diverifikasi"}


def describe_biaya(hasil: HasilReviu) -> tuple[str, ...]:
    """Return how many costs are known and comparable, and which ones stand out; never a verdict."""
    facts = Facts(hasil)
    if facts.rows(_TABEL, biaya_per_satuan_rp="*").empty:
        return unavailable(
            "realisasi anggaran beserta output kegiatan", "biaya per satuan belum dapat dihitung"
        )
    return paragraphs(paragraph(_known(facts), _compared(facts)), _asked(facts))


def _known(facts: Facts) -> str:
    count = facts.angka.hitung(_TABEL, biaya_per_satuan_rp="*")
    return sentence(
        f"biaya per satuan output dapat dihitung untuk {count} dari {facts.angka.hitung(_TABEL)} "
        "kegiatan, dari realisasi anggaran dan realisasi output sampai batas data"
    )


def _compared(facts: Facts) -> str:
    parts = [
        f"{facts.angka.hitung(_TABEL, **{kolom: '*'})} dengan {words}"
        for kolom, words in {
            "rasio_sejenis": "kegiatan sejenis",
            "rasio_lalu": "kegiatan yang sama tahun lalu menurut rupiah nominal",
        }.items()
        if len(facts.rows(_TABEL, **{kolom: "*"}))
    ]
    if not parts:
        return (
            "Kegiatan sejenis terlalu sedikit dan kegiatan yang sama tahun lalu tidak ada, "
            "sehingga biayanya belum dibandingkan."
        )
    return sentence(f"yang dapat dibandingkan ialah {clauses(*parts)}")


def _asked(facts: Facts) -> str:
    rows = facts.rows(_TABEL, **_TANYA)
    if rows.empty:
        return ""
    names = facts.names(_TABEL, rows["baris"].tolist(), "sub_kegiatan", **_TANYA)
    return paragraph(
        sentence(
            f"{facts.lead(hitungan(_TABEL, **_TANYA), 'kegiatan')} mempunyai biaya per satuan yang "
            f"jauh dari pembandingnya dan perlu diverifikasi, yaitu {names}"
        ),
        "Perbedaan itu dapat berasal dari satuan yang tidak sama, pagu yang juga membiayai output "
        "lain, atau harga setempat; OPD pelaksana diminta menjelaskannya dalam rapat.",
    )
