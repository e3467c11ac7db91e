"""A whole year rehearsed on both examples: worksheets, three editions, meeting, plan, next year.

Ten worksheets go out and eight come back, one with an altered heading, two against each other,
one with a NIK in a remark. The meeting decides in the minutes and in the annex; the final edition
and next year's plan follow, and next year's review asks what became of it. Every file is opened.
"""

import re
import shutil
import subprocess
import zipfile
from html import unescape
from urllib.parse import unquote

import docx
import openpyxl
import pptx
import pypdf
import pytest
from gladi import CATATAN, FISIK, KETUA, NIK, PAGU, TARGET, TEMPAT, Gladi, read_sheet

from reviu_lib import load_bahan
from reviu_lib.files import hash_file

BERUBAH = "yang berubah sejak edisi rapat"
CONTOH = {"73.12": 2024, "12.18": 2021}


@pytest.fixture(scope="module", params=CONTOH.items(), ids=lambda item: f"{item[0]}-{item[1]}")
def gladi(request, tmp_path_factory, contoh_raw):
    """The workspace after a year, and what was noted on the way; read only."""
    kode, tahun = request.param
    root = tmp_path_factory.mktemp(f"gladi-{tahun}")
    return Gladi(root, contoh_raw, kode, tahun).pass_year()


def _page(gladi, edisi, tahun=0):
    year = tahun or gladi.tahun
    path = gladi.ruang.reports_of(gladi.kode, year) / f"reviu-{gladi.kode}-{year}-{edisi}.html"
    return path.read_text(encoding="utf-8")


def test_ten_worksheets_are_out_and_eight_are_back(gladi):
    returned = list(gladi.raw.glob("WA *.xlsx"))
    assert (len(gladi.dikirim), len(returned)) == (10, 8)
    for path in gladi.dikirim:
        assert openpyxl.load_workbook(path).sheetnames[:2] == ["Petunjuk", "Identitas lembar"]
    assert f"8 dari {len(gladi.keluar)} lembar kerja kembali" in gladi.ucapan["himpun"]
    states = [row["Keadaan"] for row in read_sheet(_gathered(gladi), "kemajuan")]
    assert states.count("belum kembali") == len(gladi.keluar) - 8


def _gathered(gladi):
    return gladi.folder / f"himpunan-{gladi.kode}-{gladi.tahun}.xlsx"


def test_the_altered_heading_and_the_conflict_are_told_and_nothing_is_overwritten(gladi):
    book = openpyxl.load_workbook(gladi.diubah)
    nama = book["Identitas lembar"]["E5"].value
    states = {row["Unit"]: row["Keadaan"] for row in read_sheet(_gathered(gladi), "kemajuan")}
    assert states[nama] == "perlu dilihat"
    clash = [tuple(map(str, row.values())) for row in read_sheet(_gathered(gladi), "perlu_dilihat")]
    assert len(clash) == 2
    assert all("bertentangan" in row for row in clash)
    bahan = load_bahan(gladi.kode, gladi.tahun, ruang=gladi.ruang)
    done = bahan.kegiatan.set_index("id_kegiatan")["realisasi_output"]
    assert done[gladi.kegiatan] == 17


def test_each_unit_that_owes_something_is_reminded(gladi):
    path = gladi.folder / f"pengingat-{gladi.kode}-{gladi.tahun}.txt"
    count = path.read_text(encoding="utf-8").count("Kepada: ")
    assert count >= len(gladi.keluar) - 8
    page = (gladi.folder / f"kemajuan-{gladi.kode}-{gladi.tahun}.html").read_text(encoding="utf-8")
    assert page.count("belum kembali</span>") == len(gladi.keluar) - 8
    assert FISIK in page


def test_each_edition_says_what_it_is_for_and_overwrites_no_other(gladi):
    now = {path.name: gladi.folder / path.name for path in gladi.list_editions()}
    assert {path.suffix for path in now.values()} == {".html", ".xlsx", ".ipynb"}
    assert set(now) == set(gladi.sidik)
    assert {name: hash_file(path) for name, path in now.items()} == gladi.sidik
    assert "pertanyaan_terbuka" in _page(gladi, "persiapan")
    assert BERUBAH not in _page(gladi, "rapat")
    assert BERUBAH in _page(gladi, "final")


def test_the_kit_opens_and_names_what_the_office_wrote_and_nobody_else(gladi):
    kit = gladi.folder / "rapat"
    for path in kit.glob("*.docx"):
        assert docx.Document(path).paragraphs, path.name
    invitation = docx.Document(kit / f"undangan-{gladi.kode}-{gladi.tahun}.docx")
    assert any(TEMPAT in text for text in _texts(invitation))
    minutes = docx.Document(kit / f"berita-acara-{gladi.kode}-{gladi.tahun}.docx")
    assert any(KETUA in text for text in _texts(minutes))
    assert not any(CATATAN in text for text in _texts(minutes))
    slides = pptx.Presentation(kit / f"paparan-{gladi.kode}-{gladi.tahun}.pptx").slides
    assert 12 <= len(slides) <= 15
    assert sum(shape.has_chart for slide in slides for shape in slide.shapes) >= 6
    sheets = sorted(kit.glob("lembar-ringkas-*.pdf"))
    assert len(sheets) == 2
    assert all(len(pypdf.PdfReader(path).pages) > 5 for path in sheets)


def _texts(page):
    """Return every paragraph of a document, those in cells too."""
    return [element.text or "" for element in page.element.body.iter() if element.text]


def test_the_final_edition_holds_what_was_typed_and_nothing_else(gladi):
    rows = gladi.hasil().putusan_rapat.set_index("id_usulan")
    assert set(rows.index) == {*gladi.list_minutes(), gladi.lokus}
    first, _ = gladi.rekomendasi
    assert rows.loc[first, "penanggung_jawab"] == "Bappeda"
    assert rows.loc[first, "terhadap_usulan"] == "berbeda dari usulan"
    assert CATATAN in rows.loc[gladi.rancangan, "catatan_putusan"]
    page = _page(gladi, "final")
    path = gladi.folder / f"reviu-{gladi.kode}-{gladi.tahun}-final.docx"
    words = " ".join(_texts(docx.Document(path)))
    for text in (CATATAN, "Bappeda", f"28 Februari {gladi.tahun + 1}", "usul dihapus"):
        assert text in page
        assert text in words


def test_every_change_since_the_meeting_has_the_decisions_as_its_cause(gladi):
    hasil = gladi.hasil()
    changed = hasil.perubahan_edisi
    assert len(changed) > 5
    other = changed.loc[changed["sebab"] != "putusan rapat", "baris"]
    counted = {"jumlah_berkas", "jumlah_catatan"}  # the minutes and the annex are files, too
    assert set(other) <= {f"ringkasan/{name}/nilai" for name in counted}
    files = dict(hasil.perubahan_berkas[["berkas", "isi"]].to_numpy().tolist())
    assert files == {"putusan.xlsx": "putusan", gladi.berita.name: "putusan"}
    annex = gladi.folder / f"reviu-{gladi.kode}-{gladi.tahun}-final.xlsx"
    assert "perubahan_edisi" in openpyxl.load_workbook(annex, read_only=True).sheetnames


def test_next_years_workbook_holds_what_was_agreed_and_the_rest_waits(gladi):
    (plan,) = read_sheet(gladi.depan(), "Rencana kegiatan")
    assert plan["Keterangan"] == f"{gladi.rancangan}: {CATATAN}"
    assert (plan["Target"], plan["Pagu (Rp)"]) == (TARGET, PAGU)
    (desa,) = read_sheet(gladi.depan(), "Lokus")
    assert f"UL-{desa['Kode Desa']}" == gladi.lokus
    waiting = [str(row["Keterangan"]) for row in read_sheet(gladi.depan(), "Belum siap")]
    assert len(waiting) > 10
    assert not {gladi.rancangan, gladi.dihapus.replace("UK-", "RR-")} & set(waiting)


def test_next_years_review_reads_the_plan_and_asks_what_became_of_each(gladi):
    year = gladi.tahun + 1
    bahan = load_bahan(gladi.kode, year, ruang=gladi.ruang)
    assert bahan.kegiatan["target_output"].tolist() == [TARGET]
    assert bahan.anggaran["pagu_rembuk_rp"].tolist() == [PAGU]
    assert [f"UL-{kode}" for kode in bahan.lokus["kode_desa"]] == [gladi.lokus]
    assert not (bahan.temuan["tingkat"] == "galat").any()
    hasil = gladi.hasil(year)
    asked = hasil.tindak_lanjut.set_index("id")
    first, second = gladi.rekomendasi
    assert set(asked.index) == {first, second}
    assert asked.loc[second, "penilaian"] == "tidak dilaporkan"
    assert asked.loc[first, "penilaian"] != "tidak dilaporkan"
    (kept,) = hasil.kesinambungan_rencana.to_dict("records")
    assert (kept["id_usulan"], kept["keadaan"]) == (gladi.rancangan, "masuk rencana")
    assert second in _page(gladi, "rapat", year)


def test_the_nik_in_a_remark_stands_in_no_file_that_was_written(gladi):
    found = []
    for path in (path for path in gladi.ruang.reports.rglob("*") if path.is_file()):
        text = _read(path)
        assert NIK not in text, path.name
        found += [path.name] if "NIK disamarkan" in text else []
    assert {f"himpunan-{gladi.kode}-{gladi.tahun}.xlsx"} < set(found)
    bahan = load_bahan(gladi.kode, gladi.tahun, ruang=gladi.ruang)
    assert NIK not in bahan.isian_lembar.to_csv()
    assert NIK not in bahan.hambatan.to_csv()


def _read(path):
    """Return the words of a file: of an archive those of all its parts, of a PDF of its pages."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "".join(
                archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()
            )
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return path.read_text(encoding="utf-8", errors="ignore")


def test_the_portal_links_to_nothing_that_is_missing(gladi):
    portal = gladi.ruang.portal_of(publik=False) / "index.html"
    links = [unescape(link) for link in re.findall(r'href="([^"#]+)', portal.read_text("utf-8"))]
    near = {unquote(link.split("#")[0]) for link in links if ":" not in link}
    assert len(near) > 3
    assert [link for link in near if not (portal.parent / link).exists()] == []
    names = " ".join(near)
    for edisi in ("persiapan", "rapat", "final"):
        assert f"reviu-{gladi.kode}-{gladi.tahun}-{edisi}.html" in names


def test_minutes_slides_and_plan_print_in_libreoffice(gladi, tmp_path):
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice tidak ada di sini")
    slides = gladi.folder / "rapat" / f"paparan-{gladi.kode}-{gladi.tahun}.pptx"
    sources = [gladi.berita, slides, gladi.depan()]
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    command = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=240)
    printed = [pypdf.PdfReader(tmp_path / f"{path.stem}.pdf") for path in sources]
    words = [" ".join("".join(p.extract_text() for p in pdf.pages).split()) for pdf in printed]
    assert "Bappeda" in words[0]
    assert len(printed[1].pages) == len(pptx.Presentation(slides).slides)
    assert gladi.rancangan in words[2]
