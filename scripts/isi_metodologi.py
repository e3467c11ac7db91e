"""Fill the generated blocks of docs/metodologi.md from the declarations and the tested cases.

A block stands between `<!-- dihasilkan: nama -->` and `<!-- akhir -->`; the text around it is
written by hand. What a declaration says is printed from it, so that the two cannot drift.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from reviu_lib import catalog
from reviu_lib.formatting import BULAN, format_number
from reviu_lib.review.kamus import load_petunjuk

ROOT = Path(__file__).resolve().parents[1]
DEFINISI = ROOT / "reviu_lib" / "definitions"
KASUS = ROOT / "tests" / "cases"
_BLOK = re.compile(r"(<!-- dihasilkan: (\w+) -->\n).*?(<!-- akhir -->)", flags=re.DOTALL)
_KOSONG = "–"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; a bar inside a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def number(value: float) -> str:
    """Return a number in the Indonesian way, without needless decimals."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return format_number(value, max(0, -int(exponent)))


def fill_metodologi(text: str) -> str:
    """Return the document with every block made anew; KeyError for a block nobody makes."""
    return _BLOK.sub(lambda match: f"{match[1]}{ISI[match[2]]()}\n{match[3]}", text)


def list_ambang() -> str:
    """Return every threshold with value, meaning, source, and status."""
    rows = [
        (f"`{kunci}`", number(item.nilai), item.arti, item.rujukan, item.status)
        for kunci, item in catalog.load_ambang().angka.items()
    ]
    return table(("Ambang", "Nilai", "Arti", "Rujukan", "Status"), rows)


def list_skala() -> str:
    """Return every scale with the lower limits of its classes."""
    rows = [
        (
            nama,
            "; ".join(f"{kelas.nama} ≥ {number(kelas.batas_bawah)}" for kelas in skala.kelas),
            skala.arti,
            skala.rujukan,
            skala.status,
        )
        for nama, skala in catalog.load_ambang().skala.items()
    ]
    return table(("Skala", "Kelas", "Arti", "Rujukan", "Status"), rows)


def list_petunjuk() -> str:
    """Return every signal of what hindered, with its thresholds and its question."""
    rows = [
        (
            card.nama,
            "; ".join(f"{kunci} {number(nilai)}" for kunci, nilai in card.ambang.items()),
            card.pertanyaan,
            card.rujukan,
        )
        for card in load_petunjuk().values()
    ]
    return table(("Petunjuk", "Ambang", "Pertanyaan untuk rapat", "Rujukan"), rows)


def list_nasib() -> str:
    """Return every reason a proposal can have, and what it asks for next year."""
    rules = _read("usulan.toml")["kegiatan"]
    rows = [
        (f"`{kunci}`", text, rules["tahun_depan"].get(kunci, _KOSONG))
        for kunci, text in rules["alasan"].items()
    ]
    return table(("Aturan", "Alasan yang dicetak", "Usulan tahun depan"), rows)


def list_rekomendasi() -> str:
    """Return every recommendation with its sentence and reason."""
    rules = _read("usulan.toml")["rekomendasi"]
    rows = [
        (f"`{kunci}`", rules["kalimat"][kunci], alasan) for kunci, alasan in rules["alasan"].items()
    ]
    return table(("Jenis", "Kalimat", "Alasan"), rows)


def list_kanal() -> str:
    """Return document and deadline of every channel."""
    rules = _read("usulan.toml")["rekomendasi"]
    rows = [
        (kanal, rules["dokumen"][kanal], f"{day} {BULAN[month - 1]} tahun berikutnya")
        for kanal, (month, day) in rules["tenggat"].items()
    ]
    return table(("Kanal", "Dokumen", "Tenggat"), rows)


def list_periksa_target() -> str:
    """Return the questions on targets and every reason an answer can have."""
    rules = _read("periksa_target.toml")
    questions = [(f"`{kunci}`", text) for kunci, text in rules["pertanyaan"].items()]
    reasons = [(f"`{kunci}`", text) for kunci, text in rules["alasan"].items()]
    return "\n\n".join(
        (table(("Pertanyaan", "Bunyi"), questions), table(("Alasan", "Bunyi"), reasons))
    )


def list_aksi() -> str:
    """Return the aksi of every era with expected evidence and weight."""
    rows = [
        (aturan.nama, aksi.kode, aksi.nama, aksi.bukti, number(aksi.bobot))
        for aturan in list_eras()
        for aksi in aturan.aksi
    ]
    return table(("Era", "Kode", "Aksi", "Bukti yang diharapkan", "Bobot"), rows)


def list_kasus() -> str:
    """Return the worked cases that the tests compute, by their number."""
    rows = sorted(set(_named_cases()), key=_case_order)
    return table(("Kasus", "Aturan yang dihitung", "Berkas"), rows)


def _named_cases() -> Iterator[tuple[str, str, str]]:
    for path in sorted(KASUS.glob("*.toml")):
        for group in tomllib.loads(path.read_text(encoding="utf-8")).values():
            if not isinstance(group, list):
                continue
            for case in group:
                kode, aturan = str(case.get("kode", "")), case.get("aturan")
                if aturan and re.match(r"(D\d+|S10-\d+|S8-\d+)", kode):
                    yield kode, str(aturan), f"`tests/cases/{path.name}`"


def _case_order(row: tuple[str, str, str]) -> tuple[str, int, str]:
    letter, digits = re.match(r"([A-Z]+(?:\d+-)?)(\d+)", row[0]).groups()  # type: ignore[union-attr]
    return letter, int(digits), row[0]


def list_eras() -> list[catalog.Aturan]:
    """Return the eras in order of their file names."""
    names = sorted((DEFINISI / "aturan").glob("*.toml"))
    return [catalog.load_aturan(_read(f"aturan/{path.name}")["tahun_mulai"]) for path in names]


def _read(nama: str) -> Mapping[str, Any]:
    return tomllib.loads((DEFINISI / nama).read_text(encoding="utf-8"))


ISI: Mapping[str, Callable[[], str]] = {
    "ambang": list_ambang,
    "skala": list_skala,
    "petunjuk": list_petunjuk,
    "nasib": list_nasib,
    "rekomendasi": list_rekomendasi,
    "kanal": list_kanal,
    "periksa_target": list_periksa_target,
    "aksi": list_aksi,
    "kasus": list_kasus,
}
