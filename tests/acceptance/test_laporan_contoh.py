"""What the two example reports promise, checked on the finished pages."""

import re
from dataclasses import replace
from html import unescape

from halaman import read_alinea, read_prosa

from reviu_lib import load_bahan, load_hasil
from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.catalog import load_aturan
from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.report.aset import load_aset
from reviu_lib.review import review


def text_of(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_report_holds_the_six_outputs_and_the_five_parts(laporan):
    html, hasil = laporan
    aturan = load_aturan(hasil.tahun)
    page = text_of(html)
    assert [
        title for title in (*aturan.keluaran, *aturan.bagian_dokumen) if title not in page
    ] == []
    headings = " ".join(re.findall(r"<h[23][^>]*>(.*?)</h[23]>", html, re.DOTALL))
    for number in range(1, 7):
        assert f"keluaran {number}" in headings
    for part in "abcde":
        assert re.search(rf"bagian [a-e ,dan]*{part}\b", headings)


def test_every_number_of_the_page_resolves_to_its_cell(laporan):
    html, hasil = laporan
    assert html.count("data-asal=") > 300
    assert resolve_angka(html, hasil) == []


def test_no_digit_of_the_prose_stands_without_an_address(laporan):
    html, _ = laporan
    prosa = read_prosa(html)
    assert len(prosa) > 100
    assert [digits for text in prosa for digits in find_stray_digits(text)] == []


def test_a_digit_without_address_is_noticed(laporan):
    html, _ = laporan
    sampul, isi = html.split("<main", 1)
    prosa = read_prosa(f"{sampul}<main{isi.replace('</p>', ' Terdapat 37 desa.</p>', 1)}")
    assert [digits for text in prosa for digits in find_stray_digits(text)] == ["37"]


def test_swapping_two_cells_is_noticed(laporan):
    html, hasil = laporan
    frame = hasil.ringkasan.copy()
    rows = frame.index[frame["baris"].isin(["serapan_persen", "tepat_waktu_persen"])]
    frame.loc[rows, "nilai"] = frame.loc[rows, "nilai"].to_numpy()[::-1]
    problems = resolve_angka(html, replace(hasil, ringkasan=frame))
    assert any("serapan_persen" in problem for problem in problems)
    assert any("tepat_waktu_persen" in problem for problem in problems)


def test_forbidden_sentences_do_not_occur(laporan, larangan):
    html, hasil = laporan
    partial = hasil.tanggal_cutoff.month < 12
    rules = [rule for rule in larangan if partial or rule["berlaku"] == "selalu"]
    for text in read_alinea(html):
        for rule in rules:
            assert re.search(rule["pola"], text, re.IGNORECASE) is None, (rule["aturan"], text)


def test_page_is_whole_offline_and_without_code(laporan):
    html, _ = laporan
    assert '<html lang="id">' in html
    assert re.findall(r"<(?:iframe|object|link)\b", html) == []
    assert re.findall(r"<script>(.*?)</script>", html, re.DOTALL) == [load_aset().alat]
    assert [
        src for src in re.findall(r'src="([^"]{0,12})', html) if not src.startswith("data:")
    ] == []
    assert "load_bahan(" not in html
    assert "In [" not in html
    assert "EDISI INTERNAL" in html
    assert len(html) < 2_000_000


def test_every_table_and_figure_says_that_data_are_an_example(laporan):
    html, _ = laporan
    captions = re.findall(
        r"<(?:caption|figcaption)[^>]*>(.*?)</(?:caption|figcaption)>", html, re.DOTALL
    )
    assert len(captions) > 25
    assert [caption for caption in captions if PENANDA_CONTOH not in caption] == []


def test_sergai_2021_knows_no_figure_published_after_its_review(ruang_contoh):
    hasil = load_hasil("12.18", 2021, ruang=ruang_contoh)
    surveys = hasil.perkembangan_prevalensi.query("jenis_angka == 'survei'")
    assert hasil.tanggal_reviu.isoformat() == "2021-12-21"
    assert surveys["tanggal_terbit"].max().date() <= hasil.tanggal_reviu
    assert surveys.query("kode_wilayah == '12.18'")["prevalensi_persen"].tolist() == [26.3]
    assert hasil.value("ringkasan/jumlah_survei_terbit_kemudian/nilai") > 0


def test_soppeng_2024_shows_next_years_targets_by_level(ruang_contoh):
    hasil = load_hasil("73.12", 2024, ruang=ruang_contoh)
    shown = {
        level: hasil.value(f"ringkasan/target_{level}_berikut_persen/nilai")
        for level in ("kabupaten", "provinsi", "nasional")
    }
    assert shown == {"kabupaten": 22.0, "provinsi": 23.9, "nasional": 18.8}
    assert hasil.value("ringkasan/survei_terakhir_persen/nilai") == 24.0
    assert hasil.tanggal_reviu.isoformat() == "2024-12-10"


def test_example_drops_an_activity_only_by_its_declared_story(ruang_contoh):
    hasil = load_hasil("73.12", 2024, ruang=ruang_contoh)
    words = set(hasil.usulan_kegiatan["usulan"])
    assert {"ditindaklanjuti", "ditindaklanjuti dengan perbaikan", "belum dapat dinilai"} <= words
    wajib = hasil.realisasi_kegiatan.query("wajib")["id_kegiatan"]
    dropped = hasil.usulan_kegiatan.query("usulan == 'usul dihapus'")["id_kegiatan"]
    assert len(dropped) > 0
    assert not set(dropped) & set(wajib)


def test_no_relation_between_services_and_outcome_is_asserted_because_none_was_planted(laporan):
    html, hasil = laporan
    assert hasil.kaitan_desa["korelasi"].notna().sum() > 10
    assert set(hasil.kaitan_desa["kaitan"]) == {"tidak terlihat kaitan", "tidak dihitung"}
    assert "keduanya berjalan" not in text_of(html)


def test_an_activity_planted_as_short_of_output_is_never_called_effective(laporan):
    _, hasil = laporan
    rows = hasil.efektivitas_kegiatan.set_index("id_kegiatan")["efektivitas"]
    assert not rows[["K001", "K002", "K030", "K043", "K058"]].eq("efektif").any()
    assert rows.eq("efektif").any()


def test_index_lists_both_reports_with_notebook_page_and_tables(ruang_contoh):
    page = (ruang_contoh.reports / "index.html").read_text(encoding="utf-8")
    for kode, tahun in (("12.18", 2021), ("73.12", 2024)):
        stem = f"{tahun}/{kode}/reviu-{kode}-{tahun}-rapat"
        for suffix in ("html", "ipynb", "xlsx"):
            assert f'href="{stem}.{suffix}"' in page
            assert (ruang_contoh.reports / f"{stem}.{suffix}").stat().st_size > 10_000


def test_review_of_stored_inputs_gives_the_stored_results_again(ruang_contoh):
    bahan = load_bahan("73.12", 2024, ruang=ruang_contoh)
    lalu = load_bahan("73.12", 2023, ruang=ruang_contoh)
    again = review(bahan, [lalu])
    kept = load_hasil("73.12", 2024, ruang=ruang_contoh)
    assert again.ringkasan.equals(kept.ringkasan)
    assert again.usulan_kegiatan.equals(kept.usulan_kegiatan)


def test_the_executive_summary_fits_a_page_and_asks_for_decisions(laporan):
    html, _ = laporan
    page = html.split('id="bab-ringkasan-eksekutif"', 1)[1].split("<h2", 1)[0]
    page = re.sub(r'<span class="rujuk">.*?</span>', "", page)
    words = text_of(page).split()
    assert 300 < len(words) <= 660
    assert "Rapat diminta" in text_of(page)


def test_every_paragraph_with_a_number_leads_to_its_tables(laporan):
    html, _ = laporan
    linked = re.findall(r'<a href="#(tabel-\w+)">Tabel \d+</a>', html)
    assert len(linked) > 60
    assert set(linked) <= set(re.findall(r'<table id="(tabel-\w+)"', html))
    assert "data-rujuk" not in html
