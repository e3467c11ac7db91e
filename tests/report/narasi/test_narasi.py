"""What holds for every chapter, whatever the data."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from contoh_hasil import ANGKA, KOSONG, LENGKAP, SATU_HASIL, change, describe_all, make_ringkasan
from contoh_hasil import plain as words

from reviu_lib.report import narasi
from reviu_lib.report.angka import find_stray_digits, resolve_angka

SATU = {key: 1 for key, value in ANGKA.items() if key.startswith("jumlah_") and value}
NOL = {key: 0 for key in ANGKA if key.startswith("jumlah_")}
AKHIR_TAHUN = {"tanggal_cutoff": date(2024, 12, 31), "tanggal_reviu": date(2025, 2, 10)}
KEADAAN = {
    "lengkap": LENGKAP,
    "kosong": KOSONG,
    "satu": replace(LENGKAP, ringkasan=make_ringkasan({**ANGKA, **SATU})),
    "nol": replace(LENGKAP, ringkasan=make_ringkasan({**ANGKA, **NOL})),
    "hanya ringkasan": replace(KOSONG, ringkasan=make_ringkasan(ANGKA)),
    "akhir tahun": change(LENGKAP, AKHIR_TAHUN),
    "era lama": change(LENGKAP, {"tahun": 2021, "tanggal_cutoff": date(2021, 11, 30)}),
    "era baru": change(LENGKAP, {"tahun": 2025, "tanggal_cutoff": date(2025, 11, 30)}),
}
CACAT = re.compile(r"\bNone\b|\bnan\b|<NA>|NaT|[{}]|  | [,.;]|\.\.|,,|–(?!\d)|\b(\w+) \1\b")


@cache
def tell(keadaan: str) -> dict[str, tuple[str, ...]]:
    return describe_all(KEADAAN[keadaan])


@pytest.mark.parametrize("keadaan", KEADAAN)
def test_every_number_resolves_and_no_digit_stands_alone(keadaan: str) -> None:
    for bab, paragraphs in tell(keadaan).items():
        page = "\n".join(f"<p>{alinea}</p>" for alinea in paragraphs)
        assert resolve_angka(page, KEADAAN[keadaan]) == [], bab
        assert find_stray_digits(page) == [], bab


@pytest.mark.parametrize("keadaan", KEADAAN)
def test_every_paragraph_is_well_formed_prose(keadaan: str) -> None:
    told = [words(alinea) for paragraphs in tell(keadaan).values() for alinea in paragraphs]
    assert [text for text in told if not (text[0].isupper() and text.endswith((".", "?")))] == []
    found = [(match, text) for text in told for match in CACAT.finditer(text)]
    assert [text[max(match.start() - 30, 0) : match.end() + 30] for match, text in found] == []


@pytest.mark.parametrize("keadaan", KEADAAN)
def test_sentences_stay_readable(keadaan: str) -> None:
    """At most 45 words on average a chapter and never above 70; a semicolon ends a clause."""
    for bab, paragraphs in tell(keadaan).items():
        counts = [len(part.split()) for part in _sentences(" ".join(paragraphs))]
        assert sum(counts) / len(counts) <= 45, bab
        assert max(counts) <= 70, (bab, max(counts))


def _sentences(html: str) -> list[str]:
    text = re.sub(r"<q class=\"tercatat\">.*?</q>|<cite>.*?</cite>", "…", html)
    return [part for part in re.split(r"(?<=[.;:])\s", words(text)) if part.strip()]


def test_a_chapter_without_data_says_so_in_one_sentence_only() -> None:
    always = {"describe_pendahuluan", "describe_metode", "describe_mutu"}
    for bab in set(SATU_HASIL) - always:
        paragraphs = getattr(narasi, bab)(KOSONG)
        assert len(paragraphs) == 1, bab
        assert words(paragraphs[0]).startswith("Data "), bab
        assert "tidak tersedia" in paragraphs[0], bab
        assert words(paragraphs[0]).count(".") == 1, bab


def test_swapping_two_cells_makes_the_narrative_disagree() -> None:
    paragraphs = " ".join(narasi.describe_cakupan(LENGKAP))
    cell = "capaian_cakupan/{}@73.12/capaian_persen"
    swapped = change(LENGKAP, {cell.format("E10"): 9.1, cell.format("E12"): 62.3})
    assert resolve_angka(paragraphs, LENGKAP) == []
    assert resolve_angka(paragraphs, swapped) != []


def test_names_from_the_data_are_escaped_everywhere() -> None:
    attack = "<script>alert(1)</script>"
    hasil = change(
        LENGKAP,
        {
            "nama": attack,
            "realisasi_kegiatan/K01/sub_kegiatan": attack,
            "realisasi_kegiatan/K01/opd": attack,
            "faktor_penghambat/H1/uraian": attack,
            "rekomendasi/RA-E10/rekomendasi": attack,
            "usulan_lokus/UL-73.12.01.2001/desa": attack,
            "penilaian_aksi/aksi-1/hambatan": attack,
            "rekap_indikator/spm.csv#2/indikator": attack,
            "survei_terakhir_sumber_teks": attack,
        },
    )
    page = " ".join(alinea for paragraphs in describe_all(hasil).values() for alinea in paragraphs)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 9


def test_recorded_words_are_quoted_and_traceable() -> None:
    page = " ".join(narasi.describe_hambatan(LENGKAP))
    quote = re.search(r'<q class="tercatat">(.*?)</q>', page)
    assert quote is not None
    assert 'data-asal="faktor_penghambat/H1/uraian"' in quote.group(1)


def test_a_comparison_of_kabupaten_resolves_each_number_in_its_own() -> None:
    other = change(
        LENGKAP, {"kode_kabupaten": "12.18", "nama": "Serdang Bedagai", "serapan_persen": 50.0}
    )
    page = " ".join(narasi.describe_banding([LENGKAP, other]))
    assert resolve_angka(page, [LENGKAP, other]) == []
    assert find_stray_digits(page) == []
    assert "Kabupaten Serdang Bedagai" in page
    assert "50,0" in page


def test_a_kota_is_called_kota() -> None:
    hasil = change(KOSONG, {"kode_kabupaten": "12.76", "nama": "Tebing Tinggi"})
    assert "Kota Tebing Tinggi" in narasi.describe_pendahuluan(hasil)[0]
