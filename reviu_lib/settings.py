"""The optional `reviu.toml` of a workspace: what is meant when the command line says nothing."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reviu_lib.errors import DefinisiError

EDISI = ("persiapan", "rapat", "final")
FORMAT = ("html", "docx", "pdf", "xlsx")

# Written by `reviu mulai`; every line is a comment, so that the defaults stand until someone edits.
CONTOH_BERKAS = """\
# Pengaturan ruang kerja reviu. Hapus tanda # di awal baris untuk memakainya.
# Kode selalu di antara tanda kutip: tanpa kutip, 12.10 terbaca 12.1.

# kabupaten = ["12.18", "73.12"]
# tahun = [2024]
# edisi = "rapat"            # persiapan, rapat, atau final
# format = ["html", "docx", "pdf", "xlsx"]
# pekerja = 2                # berapa laporan dikerjakan bersamaan
# mesin = "cangkang"         # cara menjalankan notebook: cangkang, kernel, atau papermill
# klaster = "tcp://10.0.0.5:8786"   # penjadwal Dask yang mengerjakan laporan
# tujuan = "/mnt/bersama/laporan"   # laporan disalin juga ke folder atau alamat fsspec ini

# Batas satu sel dan satu laporan. Yang melewatinya dihentikan dan dicatat gagal; yang lain lanjut.
# batas_sel_detik = 900
# batas_laporan_detik = 3600
# batas_memori_mb = 4096     # memori satu notebook
# batas_keluaran_mb = 100    # keluaran satu notebook: teks, tabel, dan gambar
# Rapat reviu, satu bagian tiap kabupaten dan tahun. Yang tidak diisi menjadi garis kosong pada
# undangan dan berita acara. Tulis jabatan, bukan nama orang.
# [[rapat]]
# kode = "12.18"
# tahun = 2024
# penyelenggara = "Dinas Pemberdayaan Masyarakat dan Desa"
# pimpinan = "Sekretaris Daerah"
# notulis = "Sekretariat TPPS"
# tempat = "Aula kantor bupati"
# tanggal = 2024-12-10
# pukul = "09.00"
# nomor_undangan = "400/123/2024"
# sumber_biaya = "DPA penyelenggara"
# tempat_surat = "Sei Rampah"
# penanda_tangan = ["Ketua TPPS", "Kepala Bappeda"]
# persiapan = { tanggal = 2024-12-09, pukul = "13.00", tempat = "Ruang rapat Bappeda" }
"""

Mesin = Literal["cangkang", "kernel", "papermill"]
_Kode = Annotated[str, Field(pattern=r"^\d\d\.\d\d$")]
# Why a key is refused, in words, by the kind of pydantic's error.
SEBAB = {
    "extra_forbidden": "kunci ini tidak dikenal",
    "string_type": "kode dan kata ditulis di antara tanda kutip",
    "string_pattern_mismatch": 'kode kabupaten/kota ditulis seperti "12.18", jam seperti "09.00"',
    "int_type": "isinya bilangan bulat tanpa tanda kutip",
    "list_type": "isinya daftar di dalam kurung siku",
    "literal_error": "kata ini tidak termasuk pilihan",
    "greater_than_equal": "bilangannya terlalu kecil",
    "less_than_equal": "bilangannya terlalu besar",
    "missing": "kunci ini wajib ada",
    "date_type": "tanggal ditulis seperti 2024-12-10 tanpa tanda kutip",
}


class Batas(BaseModel):
    """How much one cell and one report may take; without `batas_memori_mb` memory is not limited.

    Time in seconds, memory of the notebook's process and size of all its outputs in MB (2^20).
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    batas_sel_detik: Annotated[int, Field(ge=1, le=86_400)] = 900
    batas_laporan_detik: Annotated[int, Field(ge=1, le=86_400)] = 3600
    batas_memori_mb: Annotated[int, Field(ge=256, le=1_048_576)] | None = None
    batas_keluaran_mb: Annotated[int, Field(ge=1, le=2048)] = 100


class IsianSesi(BaseModel):
    """What only the office knows of one meeting; an empty text becomes a line to fill in.

    `pukul` is when it begins, such as `09.00`. Positions are written, no person is named.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    pimpinan: str = ""
    notulis: str = ""
    tempat: str = ""
    tanggal: date | None = None
    pukul: Annotated[str, Field(pattern=r"^(([01]\d|2[0-3])\.[0-5]\d)?$")] = ""


class IsianRapat(IsianSesi):
    """What only the office knows of the review meeting and of the session that prepares it.

    `tempat_surat` is the place before the date of a signature, `penanda_tangan` the positions
    that sign.
    """

    kode: _Kode
    tahun: Annotated[int, Field(ge=1900, le=2100)]
    penyelenggara: str = ""
    nomor_undangan: str = ""
    sumber_biaya: str = ""
    tempat_surat: str = ""
    penanda_tangan: list[str] = []
    persiapan: IsianSesi = IsianSesi()


class Pengaturan(Batas):
    """Defaults of a workspace; an empty list means everything in data/raw."""

    kabupaten: list[_Kode] = []
    tahun: list[Annotated[int, Field(ge=1900, le=2100)]] = []
    edisi: Literal["persiapan", "rapat", "final"] = "rapat"
    format: list[Literal["html", "docx", "pdf", "xlsx"]] = ["html", "docx", "pdf", "xlsx"]
    pekerja: Annotated[int, Field(ge=1, le=64)] | None = None
    klaster: str = ""
    tujuan: str = ""
    mesin: Mesin | None = None
    rapat: list[IsianRapat] = []

    def rapat_of(self, kode: str, tahun: int) -> IsianRapat:
        """Return what is set for the meeting of a kabupaten and year; the last entry counts."""
        found = [item for item in self.rapat if (item.kode, item.tahun) == (kode, tahun)]
        return found[-1] if found else IsianRapat(kode=kode, tahun=tahun)

    @property
    def batas(self) -> Batas:
        """The limits of one cell and one report alone."""
        return Batas(**{name: getattr(self, name) for name in Batas.model_fields})


def load_pengaturan(path: Path) -> Pengaturan:
    """Return the settings in `path`, or the defaults when the file is absent.

    Raises DefinisiError that names the key: an unquoted 12.10 is refused, because TOML reads it
    as the number 12.1.
    """
    if not path.is_file():
        return Pengaturan()
    try:
        return Pengaturan.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except ValidationError as error:
        raise _refusal(error, path) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DefinisiError(
            f"reviu.toml tidak dapat dibaca: {error}",
            di=str(path),
            lakukan="Perbaiki baris itu, atau hapus berkasnya untuk memakai pengaturan bawaan.",
        ) from error


def _refusal(error: ValidationError, path: Path) -> DefinisiError:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    reason = SEBAB.get(first["type"], first["msg"])
    return DefinisiError(
        f"Kunci '{key}' pada reviu.toml tidak sah (tertulis {first['input']!r}): {reason}.",
        di=str(path),
        lakukan='Tulis misalnya kabupaten = ["12.10"] dengan tanda kutip.'
        if first["type"] == "string_type"
        else "Perbaiki kunci itu, atau hapus barisnya untuk memakai bawaan.",
    )
