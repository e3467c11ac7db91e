"""The style sheet and the index: readable colours, nothing fetched, one row per report."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hasil_kecil import NILAI, make_hasil, ringkasan
from hypothesis import given, settings
from hypothesis import strategies as st
from test_indeks import GAGAL, SOPPENG, page

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.errors import RuangError
from reviu_lib.report import EntriIndeks, write_indeks
from reviu_lib.report.aset import FOLDER_TEMPLAT, load_aset
from reviu_lib.report.indeks import count_temuan, list_angka
from reviu_lib.report.susunan import load_status

GAYA = (FOLDER_TEMPLAT / "reviu" / "gaya.css").read_text(encoding="utf-8")
ALAT = load_aset().alat
WARNA = dict(re.findall(r"--([a-z]+):\s*(#[0-9a-f]{6})", GAYA))
HALAMAN = [path.name for path in sorted((FOLDER_TEMPLAT / "reviu").glob("*.j2"))]


def _light(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2.1 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    lin = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", ["tinta", "redup", "biru", "merah"])
@pytest.mark.parametrize("ground", ["#ffffff", WARNA["latar"]])
def test_words_are_readable_on_every_ground_of_the_page(ink, ground):
    assert contrast(WARNA[ink], ground) >= 4.5


def test_the_mark_of_example_data_is_readable_on_yellow():
    assert contrast(WARNA["tinta"], WARNA["kuning"]) >= 4.5


def test_every_tone_of_a_status_has_a_style_of_its_own():
    for nada in {tanda.nada for tanda in load_status().values()} - {"netral"}:
        assert f".st.{nada}" in GAYA or f".{nada}" in GAYA


def test_every_colour_that_is_used_by_name_is_declared():
    assert set(re.findall(r"var\(--([a-z]+)\)", GAYA)) <= set(WARNA)


def test_the_style_sheet_fetches_nothing_and_closes_every_brace():
    assert re.findall(r"url\(|@import|https?:|expression\(|</style", GAYA) == []
    assert GAYA.count("{") == GAYA.count("}")


@pytest.mark.parametrize("name", HALAMAN)
def test_a_page_skeleton_has_one_style_one_script_and_no_host(name):
    text = (FOLDER_TEMPLAT / "reviu" / name).read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    assert "aset.kebijakan" in soup.find("meta", {"http-equiv": True})["content"]
    (style,), (script,) = soup.find_all("style"), soup.find_all("script")
    assert "aset.gaya" in style.get_text()
    assert "aset.alat" in script.get_text()
    assert soup.find_all(["link", "iframe", "object", "base"]) == []
    assert (soup.html["lang"], soup.select_one("a.lewati")["href"]) == ("id", "#isi")


def test_the_policy_lets_in_this_style_and_this_script_alone(tmp_path):
    soup = page(tmp_path, SOPPENG)
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    for name in ("style", "script"):
        (element,) = soup.find_all(name)
        digest = hashlib.sha256(element.string.encode()).digest()
        assert f"{name}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert soup.find(style=True) is None


def test_the_script_asks_no_host_and_writes_no_markup():
    assert (
        re.findall(r"https?:|fetch|XMLHttp|import|eval|innerHTML|insertAdjacent|</script", ALAT)
        == []
    )
    assert len(ALAT.encode()) < 10_000


def test_a_report_is_one_row_with_its_cells_under_their_headings(tmp_path):
    table = page(tmp_path, SOPPENG).table
    heads = [th.get_text() for th in table.select("thead th")]
    cells = table.select("tbody tr")[0].find_all(["th", "td"], recursive=False)
    told = dict(zip(heads, (cell.get_text(" ", strip=True) for cell in cells), strict=True))
    assert told["Kabupaten/kota"] == f"Kabupaten Soppeng 73.12 {PENANDA_CONTOH}"
    assert (told["Edisi"], told["Prevalensi (%)"], told["Serapan (%)"]) == ("rapat", "24,0", "–")
    assert told["Dokumen"] == "Laporan Berkas lain (1) Lampiran"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["12.01", "12.10", "73.12"]), st.integers(2019, 2025),
                          st.sampled_from(["final", "rapat"])), max_size=8))  # fmt: skip
def test_rows_come_newest_year_first_then_by_code_and_edition(tmp_path_factory, keys):
    entries = [replace(GAGAL, kode=kode, tahun=tahun, edisi=edisi) for kode, tahun, edisi in keys]
    soup = page(tmp_path_factory.mktemp("i"), *entries)
    shown = []
    for head, table in zip(soup.find_all("h2"), soup.find_all("table"), strict=True):
        for row in table.select("tbody tr"):
            kode = list(row.th.stripped_strings)[1]
            shown.append((int(head.get_text()[-4:]), kode, row.td.get_text()))
    assert shown == sorted(((t, k, e) for k, t, e in keys), key=lambda x: (-x[0], *x[1:]))


@pytest.mark.parametrize(
    ("status", "nada", "simbol"),
    [("berhasil", "baik", "●"), ("segar", "baik", "●"), ("gagal", "buruk", "▲"),
     ("baru", "netral", "○"), ("", "netral", "○")],
)  # fmt: skip
def test_a_status_has_a_tone_and_a_symbol(status, nada, simbol):
    entry = replace(SOPPENG, status=status)
    assert (entry.nada, entry.simbol) == (nada, simbol)


@pytest.mark.parametrize("text", ["<script>x</script>", "{{ 7*7 }}", '" onclick="x', "a & b"])
def test_no_word_of_an_entry_becomes_markup_or_a_template(tmp_path, text):
    entry = EntriIndeks(kode=text, nama=text, tahun=2024, edisi=text, status=text, pesan=text,
                        tautan=((text, text),), angka=(("Serapan (%)", text),))  # fmt: skip
    soup = page(tmp_path, entry)
    assert [script.string for script in soup.find_all("script")] == [ALAT]
    assert soup.find(onclick=True) is None
    assert soup.select_one("tbody strong").get_text() == text
    assert soup.select_one("tbody a").get_text() == text
    assert soup.main.get_text().count("49") == 0


def test_a_link_never_leads_to_a_script_or_another_host(tmp_path):
    links = (("a", "javascript:alert(1)"), ("b", "https://contoh.invalid/x"), ("c", "a#b?c.html"))
    soup = page(tmp_path, replace(SOPPENG, tautan=links))
    addresses = [a["href"] for a in soup.select("tbody a")]
    assert addresses == ["javascript%3Aalert%281%29", "https%3A//contoh.invalid/x",
                         "a%23b%3Fc.html"]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((0, 0, 0), "0 galat0 peringatan0 catatan"), ((None, None, None), ""),
     ((1, None, 2), "1 galat2 catatan")],
)  # fmt: skip
def test_findings_unknown_are_left_out_and_zero_is_told(tmp_path, counts, expected):
    galat, peringatan, catatan = counts
    entry = replace(SOPPENG, galat=galat, peringatan=peringatan, catatan=catatan)
    assert page(tmp_path, entry).select("tbody td")[-2].get_text() == expected


def test_key_numbers_are_rounded_half_up_only_when_shown():
    hasil = make_hasil(ringkasan=ringkasan({**NILAI, "serapan_persen": 79.95,
                                            "tepat_waktu_persen": 0.0}))  # fmt: skip
    assert dict(list_angka(hasil))["Serapan (%)"] == "80,0"
    assert dict(list_angka(hasil))["Tepat waktu (%)"] == "0,0"


def test_findings_are_whole_numbers():
    told = count_temuan(make_hasil(ringkasan=ringkasan({"jumlah_galat": 3.0})))
    assert told == {"galat": 3, "peringatan": None, "catatan": None}
    assert isinstance(told["galat"], int)


def test_the_same_entries_give_the_same_page_and_an_old_page_is_replaced(tmp_path):
    path = tmp_path / "index.html"
    path.write_text("lama")
    write_indeks([SOPPENG, GAGAL], path)
    first = path.read_bytes()
    write_indeks([GAGAL, SOPPENG], path)
    assert path.read_bytes() == first
    assert [item.name for item in tmp_path.iterdir()] == ["index.html"]


def test_an_index_that_cannot_be_written_is_an_error_with_its_place(tmp_path):
    (tmp_path / "index.html").mkdir()
    with pytest.raises(RuangError, match="index.html"):
        write_indeks([SOPPENG], tmp_path / "index.html")
