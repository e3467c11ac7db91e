from __future__ import annotations

import re

from bs4 import BeautifulSoup
from hasil_kecil import make_hasil, make_kosong

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.report import EntriIndeks, write_indeks
from reviu_lib.report.indeks import count_temuan, list_angka

SOPPENG = EntriIndeks(
    kode="73.12", nama="Kabupaten Soppeng", tahun=2024, edisi="rapat", status="berhasil",
    contoh=True, galat=0, peringatan=4, catatan=2, angka=(("Prevalensi (%)", "24,0"),),
    tautan=(("Laporan", "2024/73.12/reviu-73.12-2024-rapat.html"),
            ("Lampiran", "2024/73.12/a b.xlsx")),
)  # fmt: skip
GAGAL = EntriIndeks(
    kode="12.18", nama="Kabupaten <Serdang>", tahun=2021, edisi="rapat", status="gagal",
    pesan="Lembar identitas kosong (bagian pembuka).",
)  # fmt: skip


def page(tmp_path, *entries) -> BeautifulSoup:
    write_indeks(entries, tmp_path / "reports" / "index.html")
    text = (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def test_every_kabupaten_and_year_is_listed_newest_first(tmp_path):
    soup = page(tmp_path, GAGAL, SOPPENG)
    assert [h2.get_text() for h2 in soup.find_all("h2")] == ["Tahun 2024", "Tahun 2021"]


def test_links_are_relative_and_escaped(tmp_path):
    links = [a["href"] for a in page(tmp_path, SOPPENG).select("tbody a")]
    assert links == ["2024/73.12/reviu-73.12-2024-rapat.html", "2024/73.12/a%20b.xlsx"]


def test_status_numbers_and_findings_are_shown(tmp_path):
    row = page(tmp_path, SOPPENG).select_one("tbody tr").get_text(" ")
    for expected in ("●  berhasil", "24,0", "0 galat", "4 peringatan", "–"):
        assert expected in row


def test_a_failure_says_why(tmp_path):
    soup = page(tmp_path, GAGAL)
    assert soup.select_one(".st.buruk").get_text() == "▲ gagal"
    assert "Lembar identitas kosong" in soup.get_text()
    assert "Kabupaten <Serdang>" in soup.get_text()


def test_example_data_mark_the_whole_page(tmp_path):
    assert page(tmp_path, GAGAL, SOPPENG).select_one(".penanda").get_text() == PENANDA_CONTOH
    assert page(tmp_path, GAGAL).select_one(".penanda") is None


def test_the_index_asks_nothing_from_any_host(tmp_path):
    soup = page(tmp_path, SOPPENG)
    assert re.findall(r"https?://|url\(|@import", str(soup)) == []
    assert soup.find("script") is None
    assert soup.html["lang"] == "id"


def test_an_empty_index_says_what_to_do(tmp_path):
    assert "Belum ada laporan" in page(tmp_path).get_text()


def test_key_numbers_come_from_the_summary():
    assert list_angka(make_hasil())[0] == ("Prevalensi (%)", "24,0")
    assert {text for _, text in list_angka(make_kosong())} == {"–"}


def test_findings_not_computed_are_unknown_not_zero():
    assert count_temuan(make_hasil()) == {"galat": 0, "peringatan": 4, "catatan": 2}
    assert count_temuan(make_kosong()) == {"galat": None, "peringatan": None, "catatan": None}
