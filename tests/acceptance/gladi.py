"""One year of a review as an office lives it, step after step, for the rehearsal of the examples.

Each step does what the guide tells: a command, or what people type into the files that came of
it. What a later step may not change is noted before it.
"""

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pandas as pd
from lembar_kecil import age, fill_row, find_head
from perintah import run_reviu

from reviu_lib.batch import Pesanan, run_laporan
from reviu_lib.batch.sources import notebook_folder
from reviu_lib.files import hash_file
from reviu_lib.store import load_hasil, make_ruang
from reviu_lib.workbook import write_templat

NIK = "7312010101209999"
FISIK, MENERIMA = "Realisasi fisik (diisi)", "Menerima layanan (diisi)"
TEMPAT, KETUA = "Aula Kantor Gabungan Dinas", "Wakil Bupati"
CATATAN = "Camat meminta desa pesisir didahulukan."
TARGET, PAGU = 4321, 987_654_000
_PERIKSA = re.compile(r"^# |^kode_kabupaten = |load_bahan")
_REVIU = re.compile(
    r"""^\#|^kode_kabupaten\ =|load_bahan|load_lalu|sampul|judul_edisi|asal_usul
    |edisi|bahan_reviu|masalah_data|terbuka|putusan|berkas|ringkasan_eksekutif
    |kesinambungan|kegiatan_|rekomendasi|rancangan|lokus|tindak_lanjut""",
    re.VERBOSE,
)
_ANAK_KE = 12  # every twelfth child of the export: what is rehearsed does not depend on how many


class Gladi:
    """A workspace of one example kabupaten in which a year passes."""

    def __init__(self, root: Path, raw: Path, kode: str, tahun: int) -> None:
        self.ruang, self.kode, self.tahun = make_ruang(root), kode, tahun
        self.raw, self.folder = self.ruang.raw_of(kode, tahun), self.ruang.reports_of(kode, tahun)
        self.ucapan: dict[str, str] = {}
        self.sidik: dict[str, str] = {}
        for year in (tahun - 1, tahun):
            _copy_raw(raw / kode / str(year), self.ruang.raw_of(kode, year), anak=year == tahun)
        _write_notebooks(self.ruang.notebooks)
        isian = f'kode = "{kode}"\ntahun = {tahun}\ntempat = "{TEMPAT}"\npimpinan = "{KETUA}"\n'
        (self.ruang.root / "reviu.toml").write_text(f"[[rapat]]\n{isian}", encoding="utf-8")

    def pass_year(self) -> "Gladi":
        """Go through the year, from the worksheets to the review of the next year."""
        self._run("lembar")
        self._answer()
        self._run("himpun")
        self._report("persiapan", "rapat")
        self._run("rapat")
        self._decide()
        self.sidik = {path.name: hash_file(path) for path in self.list_editions()}
        self._report("final")
        self._carry_on()
        return self

    def list_editions(self) -> list[Path]:
        """Return the files of the editions before the final one."""
        names = [f"reviu-*-{edisi}.*" for edisi in ("persiapan", "rapat")]
        return sorted(path for name in names for path in self.folder.glob(name))

    def hasil(self, tahun: int = 0):
        """Return the stored result of this year, or of another."""
        return load_hasil(self.kode, tahun or self.tahun, ruang=self.ruang)

    def depan(self) -> Path:
        """Return the workbook of next year's plan."""
        return self.folder / f"rencana-{self.kode}-{self.tahun + 1}.xlsx"

    def _run(self, perintah: str) -> None:
        args = [perintah, self.kode, "--tahun", str(self.tahun), "--ruang", str(self.ruang.root)]
        done = run_reviu(*args)
        assert done.exit_code == 0, done.output
        self.ucapan[perintah] = done.output

    def _report(self, *edisi: str, tahun: int = 0) -> None:
        year = tahun or self.tahun
        format = ("html", "xlsx", "docx") if edisi == ("final",) else ("html", "xlsx")
        orders = [Pesanan((self.kode,), year, edisi=one, format=format) for one in edisi]
        outcomes = run_laporan(orders, ruang=self.ruang)
        assert [item.status for item in outcomes] == ["selesai"] * len(edisi), outcomes

    # Before the meeting: ten units receive their worksheet, eight send it back.

    def _answer(self) -> None:
        self.keluar = sorted((self.folder / "lembar").glob("*.xlsx"))
        opd = [path for path in self.keluar if "-opd-" in path.name]
        kesehatan = next(path for path in opd if "dinas-kesehatan" in path.name)
        diubah, *lain = [path for path in opd if path != kesehatan][:3]
        self.kegiatan = _list_blank(kesehatan, "Isian kegiatan", "Realisasi fisik tercatat")[0]
        remark = {FISIK: 17, "Kendala (diisi)": f"Ibu dengan NIK {NIK} pindah"}
        self._send_back(kesehatan, "Isian kegiatan", self.kegiatan, remark)
        self._send_back(diubah, ubah=FISIK)
        kecamatan, puskesmas = self._find_clash()
        for path, jumlah in ((kecamatan, 5), (puskesmas, 3)):
            self._send_back(path, "Isian desa", self.desa, {MENERIMA: jumlah})
        wilayah = [path for path in self.keluar if "-opd-" not in path.name]
        others = [path for path in wilayah if path not in (kecamatan, puskesmas)][-4:]
        for path in (*lain, *others[:2]):
            self._send_back(path)
        self.dikirim = [kesehatan, diubah, *lain, kecamatan, puskesmas, *others]
        self.diubah = diubah

    def _find_clash(self) -> tuple[Path, Path]:
        """Return the worksheets of a kecamatan and a puskesmas that both lack one desa's count."""
        blank = {
            jenis: {
                desa: path
                for path in self.keluar
                if f"-{jenis}-" in path.name
                for desa in _list_blank(path, "Isian desa", "Menerima layanan, tercatat")
            }
            for jenis in ("kecamatan", "puskesmas")
        }
        self.desa = min(blank["kecamatan"].keys() & blank["puskesmas"].keys())
        return blank["kecamatan"][self.desa], blank["puskesmas"][self.desa]

    def _send_back(self, path: Path, lembar="", kunci="", cells=None, ubah="") -> None:
        """Fill in a worksheet as a unit does, and put it into data/raw under a name of its own."""
        book = openpyxl.load_workbook(path)
        who = {"Jabatan pengisi": "Kepala Bidang", "Tanggal pengisian": dt.date(self.tahun, 12, 2)}
        fill_row(book["Identitas lembar"], self.kode, who)
        if lembar:
            fill_row(book[lembar], kunci, cells)
        if ubah:
            sheet = book["Isian kegiatan"]
            next(cell for cell in sheet[find_head(sheet)] if cell.value == ubah).value = "Fisik"
        target = self.raw / f"WA {path.stem[-12:]} {len(list(self.raw.iterdir()))}.xlsx"
        book.save(target)
        age(target)

    # At the meeting: the decisions are typed into the minutes, some into the annex.

    def _decide(self) -> None:
        hasil = self.hasil()
        self.rekomendasi = hasil.rekomendasi["id_usulan"].head(2).tolist()
        draft = hasil.rancangan_kegiatan
        whole = draft[["sub_kegiatan", "kode_sub_kegiatan", "opd", "satuan"]].notna().all(axis=1)
        self.rancangan = draft.loc[whole & draft["id_usulan"].str.startswith("RR-K"), "id_usulan"]
        self.rancangan = self.rancangan.iloc[0]
        self.dihapus = draft["id_usulan"][draft["id_usulan"] != self.rancangan].iloc[0]
        self.dihapus = self.dihapus.replace("RR-", "UK-")
        self.lokus = hasil.usulan_lokus["id_usulan"].iloc[0]
        self._fill_minutes(self.list_minutes())
        annex = self.folder / f"reviu-{self.kode}-{self.tahun}-rapat.xlsx"
        agreed = {"target_disepakati": TARGET, "pagu_disepakati_rp": PAGU}
        _fill_annex(
            annex,
            self.raw / "putusan.xlsx",
            {
                "rancangan_kegiatan": {self.rancangan: agreed},
                "usulan_lokus": {self.lokus: {"putusan": "diusulkan lokus"}},
            },
        )

    def list_minutes(self) -> dict[str, dict[str, str]]:
        """Return what the secretary types into the minutes: id → heading → words."""
        follow = {"Putusan": "ditindaklanjuti"}
        first, second = self.rekomendasi
        return {
            first: {
                **follow,
                "Penanggung jawab": "Bappeda",
                "Tenggat": f"28 Februari {self.tahun + 1}",
            },
            second: follow,
            self.rancangan: {**follow, "Catatan atau perbedaan pendapat": CATATAN},
            self.dihapus: {"Putusan": "usul dihapus"},
        }

    def _fill_minutes(self, rows: dict[str, dict[str, str]]) -> None:
        made = self.folder / "rapat" / f"berita-acara-{self.kode}-{self.tahun}.docx"
        page = docx.Document(made)
        filled = set()
        for table in page.tables:
            heads = [cell.text for cell in table.rows[0].cells]
            for row in table.rows[1:] if heads[0] == "ID usulan" else ():
                cells = row.cells
                for head, words in rows.get(cells[0].text, {}).items():
                    cells[heads.index(head)].text = words
                    filled.add(cells[0].text)
        assert filled == set(rows)
        self.berita = self.raw / "Berita acara ditandatangani.docx"
        page.save(self.berita)
        age(self.berita)

    # Next year: the plan is put into its folder, one recommendation is answered.

    def _carry_on(self) -> None:
        year = self.tahun + 1
        folder = self.ruang.raw_of(self.kode, year)
        folder.mkdir(parents=True)
        book = openpyxl.load_workbook(self.depan())
        answer = {"status": "selesai", "bukti": "Berita acara serah terima"}
        fill_row(book["tindak_lanjut"], self.rekomendasi[0], answer)
        book.save(folder / self.depan().name)
        write_templat(folder / "identitas.xlsx", isi={"identitas": _identity(self.kode, year)})
        for path in folder.iterdir():
            age(path)
        self._report("rapat", tahun=year)


def _identity(kode: str, tahun: int) -> pd.DataFrame:
    days = {"tanggal_cutoff": dt.date(tahun, 11, 30), "tanggal_reviu": dt.date(tahun, 12, 10)}
    return pd.DataFrame([{"kode_kabupaten": kode, "tahun": tahun, **days}], dtype=object)


def _copy_raw(source: Path, target: Path, *, anak: bool) -> None:
    """Copy the files of a year; of the exports of children a share of one, or none."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("eppgbm-*"))
    for path in source.glob("eppgbm-*.csv") if anak else ():
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        kept = "".join(lines[:3] + lines[3::_ANAK_KE])
        (target / path.name).write_text(kept, encoding="utf-8-sig")
    for path in target.iterdir():
        age(path)


def _write_notebooks(folder: Path) -> None:
    """Put shorter notebooks into the workspace, as a team may: no figures, no long annexes.

    What the editions differ in stays, and what the meeting decides on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for nama, kept in (("01_periksa_data", _PERIKSA), ("02_reviu_kinerja", _REVIU)):
        book = json.loads((notebook_folder() / f"{nama}.ipynb").read_text(encoding="utf-8"))
        book["cells"] = [cell for cell in book["cells"] if kept.search("".join(cell["source"]))]
        (folder / f"{nama}.ipynb").write_text(json.dumps(book), encoding="utf-8")


def read_sheet(path: Path, lembar: str) -> list[dict]:
    """Return the rows of a sheet below its headings, by heading."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book[lembar].iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if sum(cell is not None for cell in row) > 2)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


def _list_blank(path: Path, lembar: str, judul: str) -> list[str]:
    """Return the keys of the rows of a worksheet in which nothing is recorded under a heading.

    Of rows with one key only the first counts, for it is the one that is filled in.
    """
    rows = [(next(iter(row.values())), row[judul]) for row in read_sheet(path, lembar)]
    return sorted(key for key, value in dict(reversed(rows)).items() if key and value is None)


def _fill_annex(source: Path, target: Path, sheets: dict[str, dict[str, dict]]) -> None:
    """Type entries into open columns of the annex, by id_usulan, and save it under a new name."""
    book = openpyxl.load_workbook(source)
    for nama, rows in sheets.items():
        sheet = book[nama]
        head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "id_usulan")
        place = {cell.value: cell.column for cell in sheet[head.row]}
        for row in range(head.row + 1, sheet.max_row + 1):
            for name, value in rows.get(sheet.cell(row, head.column).value, {}).items():
                assert not sheet.cell(row, place[name]).protection.locked
                sheet.cell(row, place[name]).value = value
    book.save(target)
    age(target)
