from __future__ import annotations

import re
from dataclasses import replace

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
    assert len(soup.find_all("script")) == 1
    assert soup.html["lang"] == "id"


def test_tiles_tell_reports_places_failures_and_findings(tmp_path):
    other = replace(SOPPENG, kode="12.18, 73.12", edisi="banding", galat=None)
    soup = page(tmp_path, replace(SOPPENG, provinsi="Sulawesi Selatan", galat=2), GAGAL, other)
    told = {li.span.get_text(): li.b.get_text() for li in soup.select(".kotak")}
    assert told == {"Laporan": "3", "Kabupaten/kota": "2", "Gagal dibuat": "1",
                    "Dengan galat data": "1"}  # fmt: skip
    notes = [note.get_text() for note in soup.select(".kotak .catatan")]
    assert notes[:2] == ["tahun 2021 sampai 2024", "pada 1 provinsi"]
    assert notes[3] == "2 laporan belum diketahui"


def test_the_list_can_be_narrowed_by_what_occurs_in_it(tmp_path):
    soup = page(tmp_path, replace(SOPPENG, provinsi="Sulawesi Selatan"), GAGAL)
    form = soup.select_one("form.pilihan")
    assert form.has_attr("hidden")  # only the script shows it: without one it does nothing
    options = {one["name"]: [o.get_text() for o in one.select("option")[1:]]
               for one in form.select("select")}  # fmt: skip
    assert options == {"tahun": ["2024", "2021"], "provinsi": ["Sulawesi Selatan"],
                       "status": ["berhasil", "gagal"]}  # fmt: skip
    (row, _) = soup.select("tr[data-tahun]")
    assert (row["data-tahun"], row["data-provinsi"], row["data-status"]) == (
        "2024", "Sulawesi Selatan", "berhasil")  # fmt: skip


def test_working_files_are_folded_behind_the_documents(tmp_path):
    links = (("Laporan", "a.html"), ("Lampiran Excel", "a.xlsx"), ("Notebook", "a.ipynb"))
    cell = page(tmp_path, replace(SOPPENG, tautan=links)).select("tbody td")[-1]
    assert [a.get_text() for a in cell.select("details a")] == ["Notebook"]
    assert cell.summary.get_text() == "Berkas lain (1)"


def test_an_empty_index_says_what_to_do(tmp_path):
    assert "Belum ada laporan" in page(tmp_path).get_text()


def test_key_numbers_come_from_the_summary():
    assert list_angka(make_hasil())[0] == ("Prevalensi (%)", "24,0")
    assert {text for _, text in list_angka(make_kosong())} == {"–"}


def test_findings_not_computed_are_unknown_not_zero():
    assert count_temuan(make_hasil()) == {"galat": 0, "peringatan": 4, "catatan": 2}
    assert count_temuan(make_kosong()) == {"galat": None, "peringatan": None, "catatan": None}
