"""Rehearsal: ten worksheets go out, eight come back, one with an altered heading, one conflict.

Every file on the way is opened: the worksheets, the progress page, the merged workbook, the
reminders, and a worksheet as LibreOffice saves and prints it.
"""

import shutil
import subprocess
from collections import Counter

import openpyxl
import pypdf
import pytest
from lembar_kecil import DESA, KODE, TAHUN, Kota, age, fill_row, find_head
from perintah import run_reviu

from reviu_lib.cli.meeting.kirim import require_terkirim
from reviu_lib.report.lembar import Terkirim, judge_units
from reviu_lib.store import Ruang, load_bahan

FISIK = "Realisasi fisik (diisi)"
NIK = "7372010101209999"
KES, PUPR = "dinas-kesehatan", "dinas-pupr"
SEPI = DESA.iloc[0]["kode_desa"]


def _run(root, *args):
    done = run_reviu(*args, "--ruang", str(root))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def gladi(tmp_path_factory, kota_terkirim):
    """A workspace in which `reviu lembar` wrote, offices answered, and `reviu himpun` gathered."""
    root = tmp_path_factory.mktemp("gladi")
    kota = Kota(root)
    kota.lembar = dict(kota_terkirim.lembar)
    said = _run(root, "lembar", KODE, "--tahun", str(TAHUN))
    assert "10 lembar kerja" in said
    kota.keluar = root / "reports" / str(TAHUN) / KODE / "lembar"
    _answer(kota)
    kota.terucap = _run(root, "himpun", KODE, "--tahun", str(TAHUN))
    return kota


def _answer(kota):
    """Eight of ten come back: Soreang and Lapadde do not."""
    kota.answer(KES, kegiatan={"K1": {FISIK: 180, "Kendala (diisi)": f"Lapor ke NIK {NIK}"}})
    altered = kota.open(PUPR)
    sheet = altered["Isian kegiatan"]
    fill_row(sheet, "K3", {FISIK: 90})
    next(cell for cell in sheet[find_head(sheet)] if cell.value == FISIK).value = "Fisik kami"
    kota.put(altered, "judul berubah.xlsx")
    for kode in (code for code in kota.lembar if code.startswith("dinas-p3a")):
        kota.answer(kode, cakupan={"E01": {"Kendala (diisi)": "Sasaran pindah"}})
    row = {"Menerima layanan (diisi)": 7, "Sasaran (diisi)": 9}
    kota.answer("73.72.01", desa={SEPI: row})
    kota.answer("madising-na-mario", desa={SEPI: {**row, "Menerima layanan (diisi)": 5}})
    for kode in ("73.72.02", "73.72.04"):
        kota.answer(kode, cakupan={"E01": {"Usulan tahun depan (diisi)": "Kelas balita"}})


def _out(kota, nama):
    return kota.keluar.parent / nama


def test_every_worksheet_is_locked_but_for_its_yellow_cells(gladi):
    for path in gladi.keluar.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        assert book.sheetnames[:2] == ["Petunjuk", "Identitas lembar"]
        for sheet in book.worksheets[1:]:
            assert sheet.protection.sheet
            assert not sheet.protection.password
            _assert_open_cells_are_yellow(sheet)


def _assert_open_cells_are_yellow(sheet):
    cells = [cell for row in sheet.iter_rows(min_row=find_head(sheet)) for cell in row]
    for cell in cells:
        yellow = cell.fill.fgColor.rgb == "FFFFFDE7"
        assert yellow == (not cell.protection.locked), (sheet.title, cell.coordinate)


def test_lists_of_choices_are_where_they_are_filled_in(gladi):
    sheet = openpyxl.load_workbook(gladi.keluar / gladi.lembar[KES].nama_berkas)["Isian kegiatan"]
    rule = sheet.data_validations.dataValidation[0]
    assert rule.formula1.strip('"').split(",")[:3] == ["kebijakan", "anggaran", "SDM"]
    assert str(rule.sqref) == "S5:S6"


def test_two_opd_with_one_slug_have_files_of_their_own(gladi):
    names = sorted(path.name for path in gladi.keluar.glob("*dinas-p3a*"))
    assert len(names) == 2
    assert len(set(names)) == 2


def test_ten_are_out_and_eight_are_back(gladi):
    bahan = load_bahan(KODE, TAHUN, ruang=Ruang(gladi.raw.parents[3]))
    page = _out(gladi, f"kemajuan-{KODE}-{TAHUN}.html").read_text(encoding="utf-8")
    assert "8 dari 10 lembar kerja kembali" in gladi.terucap
    assert page.count("belum kembali</span>") == 2
    assert len(set(bahan.isian_lembar["kode_unit"])) == 8


def test_the_altered_heading_and_the_conflict_are_told_to_the_coordinator(gladi):
    book = openpyxl.load_workbook(_out(gladi, f"himpunan-{KODE}-{TAHUN}.xlsx"))
    rows = list(book["kemajuan"].iter_rows(min_row=4, values_only=True))
    states = {row[1]: row[2] for row in rows}
    assert states["Dinas PUPR"] == "perlu dilihat"
    assert Counter(states.values()) == {"kembali": 4, "perlu dilihat": 4, "belum kembali": 2}
    clash = list(book["perlu_dilihat"].iter_rows(min_row=4, values_only=True))
    assert {(row[2], row[7]) for row in clash} == {("Bacukiki", "7"), ("Madising Na Mario", "5")}


def test_what_agrees_is_in_the_inputs_and_what_does_not_is_not(gladi):
    bahan = load_bahan(KODE, TAHUN, ruang=Ruang(gladi.raw.parents[3]))
    done = bahan.kegiatan.set_index("id_kegiatan")["realisasi_output"]
    assert done["K1"] == 180
    assert done[["K3"]].isna().all()
    own = bahan.cakupan[bahan.cakupan["kode_desa"] == SEPI].iloc[0]
    assert (own["penyebut"], own[["pembilang"]].isna().all()) == (9, True)


def test_each_unit_that_owes_something_has_a_reminder_without_a_persons_name(gladi):
    text = _out(gladi, f"pengingat-{KODE}-{TAHUN}.txt").read_text(encoding="utf-8")
    assert text.count("Kepada: ") == 6
    assert "Kepada: Kecamatan Soreang" in text
    assert "belum kami terima kembali" in text
    assert "sebelum rapat reviu (10 Desember 2024)" in text
    assert "kolom wajib “Realisasi fisik (diisi)”" in text
    assert "Bapak" not in text


def test_the_canary_is_in_no_file_that_was_written(gladi):
    folder = gladi.keluar.parent
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.[ht]*")]
    for path in folder.rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            texts += [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [text for text in texts if NIK in text]
    assert any("[NIK disamarkan]" in text for text in texts)


def test_an_old_printing_is_known_when_the_plan_has_changed(gladi):
    root = gladi.raw.parents[3]
    bahan = load_bahan(KODE, TAHUN, ruang=Ruang(root))
    sent = require_terkirim(KODE, TAHUN, Ruang(root))
    changed = [type(item)(**{**item.__dict__, "versi": "lain"}) for item in sent]
    kemajuan = judge_units(changed, bahan)
    assert kemajuan.count("lama") == 8
    assert judge_units(sent, bahan).count("lama") == 0


def test_writing_again_after_the_returns_makes_no_worksheet_old(gladi, tmp_path):
    root = tmp_path / "lagi"
    shutil.copytree(gladi.raw.parents[3], root)
    _run(root, "lembar", KODE, "--tahun", str(TAHUN))
    said = _run(root, "himpun", KODE, "--tahun", str(TAHUN))
    assert "8 dari 10 lembar kerja kembali, 4 perlu dilihat" in said


def test_what_was_edited_where_it_was_written_is_kept_aside(gladi, tmp_path):
    root = tmp_path / "sunting"
    shutil.copytree(gladi.raw.parents[3], root)
    gathered = root / "reports" / str(TAHUN) / KODE / f"pengingat-{KODE}-{TAHUN}.txt"
    gathered.write_text("catatan koordinator", encoding="utf-8")
    said = _run(root, "himpun", KODE, "--tahun", str(TAHUN))
    assert "Yang disunting di sana disisihkan: pengingat-" in said
    aside = [path.read_text(encoding="utf-8") for path in gathered.parent.glob("pengingat-*")]
    assert "catatan koordinator" in aside
    path = root / "reports" / str(TAHUN) / KODE / "lembar" / gladi.lembar[KES].nama_berkas
    book = openpyxl.load_workbook(path)
    fill_row(book["Isian kegiatan"], "K1", {FISIK: 1})
    book.save(path)
    said = _run(root, "lembar", KODE, "--tahun", str(TAHUN))
    assert "Yang disunting di sana disisihkan" in said
    assert len(list(path.parent.glob(f"{path.stem}*"))) == 2


def test_himpun_before_lembar_says_what_to_do(tmp_path):
    Kota(tmp_path)
    args = ["himpun", KODE, "--tahun", str(TAHUN), "--ruang", str(tmp_path)]
    done = run_reviu(*args)
    assert done.exit_code == 1
    assert f"reviu lembar {KODE} --tahun {TAHUN}" in done.output


@pytest.fixture(scope="module")
def soffice():
    """LibreOffice; the test is skipped where it is absent."""
    found = shutil.which("soffice")
    if not found:
        pytest.skip("LibreOffice tidak ada di sini")
    return found


def _convert(soffice, source, form, folder):
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = [soffice, "--headless", profile, "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=240)
    return folder / f"{source.stem}.{form}"


def test_a_worksheet_saved_by_libreoffice_comes_back_whole(gladi, kota, soffice, tmp_path):
    path = kota.answer(KES, kegiatan={"K1": {FISIK: 180}, "K2": {FISIK: 35}})
    saved = _convert(soffice, path, "xlsx", tmp_path)
    path.unlink()
    age(shutil.copy(saved, kota.raw / "dari libreoffice.xlsx"))
    found = kota.read()
    assert sorted(kode for kode in found.temuan["kode"] if kode[0] == "L") == ["L01", "L05", "L10"]


def test_a_worksheet_prints_on_few_pages_with_all_its_headings(gladi, soffice, tmp_path):
    pdf = _convert(soffice, gladi.keluar / gladi.lembar[KES].nama_berkas, "pdf", tmp_path)
    texts = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(pdf).pages]
    assert len(texts) <= 12
    assert any("Realisasi fisik" in text and "Kendala" in text for text in texts)


def test_a_file_that_cannot_be_read_or_belongs_to_no_unit_stands_on_the_page(kota):
    (kota.raw / "foto.xlsx").write_bytes(b"bukan lembar kerja")
    age(kota.raw / "foto.xlsx")
    book = kota.open(KES)
    fill_row(book["Identitas lembar"], KODE, {"Kode unit": "dinas-lain", "Unit pengisi": "Lain"})
    kota.put(book, "unit lain.xlsx")
    sent = [
        Terkirim(one.unit.jenis, one.unit.kode, one.unit.nama, one.nama_berkas, one.versi)
        for one in kota.lembar.values()
    ]
    kemajuan = judge_units(sent, kota.read())
    assert kemajuan.count("belum") == 10
    names = [berkas.split("/")[-1] for berkas, _ in kemajuan.asing]
    assert sorted(names) == ["foto.xlsx", "unit lain.xlsx"]
    assert all(sebab.endswith(".") for _, sebab in kemajuan.asing)
