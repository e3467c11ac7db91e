"""What the public edition leaves out, and by which rule."""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import TERTUTUP_SEL
from reviu_lib.report.narasi.kalimat import Facts, paragraph, paragraphs, sentence


def describe_penyamaran(hasil: HasilReviu) -> tuple[str, ...]:
    """Return the rule of the public edition, with its thresholds and how many cells it closes."""
    facts = Facts(hasil)
    return paragraphs(_primary(facts), _secondary(facts), _left_out())


def _limit(facts: Facts, kunci: str) -> str:
    return facts.angka.definisi(f"penyamaran/{kunci}", "jumlah")


def _primary(facts: Facts) -> str:
    return paragraph(
        sentence(
            "dokumen ini edisi publik: angka yang dapat mengungkap keadaan seorang anak atau "
            "keluarga ditutup dan ditulis “ditutup”, sedangkan tanda “–” tetap berarti datanya "
            "tidak ada"
        ),
        sentence(
            f"cacah kurang dari {_limit(facts, 'cacah_minimum')}, termasuk nol dan selisihnya dari "
            f"penyebut, ditutup, demikian pula persentase berpenyebut kurang dari "
            f"{_limit(facts, 'penyebut_minimum')}"
        ),
    )


def _secondary(facts: Facts) -> str:
    return paragraph(
        sentence(
            "angka lain pada jumlah yang sama ikut ditutup sampai kemungkinan nilai setiap cacah "
            "yang ditutup, dihitung dari semua yang terbit, paling sedikit selebar "
            f"{_limit(facts, 'lebar_minimum')}; karena itu yang ditutup belum tentu kecil"
        ),
        sentence(f"pada edisi ini {facts.angka(TERTUTUP_SEL)} sel ditutup"),
    )


def _left_out() -> str:
    return paragraph(
        sentence(
            "cacah stunting per desa, perjalanan balita antartahun, mutu pengukuran menurut "
            "tempat, dan letak baris pada berkas asal hanya ada pada edisi internal"
        ),
        sentence("angka tahun lalu hanya ditampilkan untuk kabupaten secara keseluruhan"),
    )
