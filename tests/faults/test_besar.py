"""Very much of it, and secrets of the environment: bounded time and memory, nothing told."""

import json
import subprocess
import sys

import pytest

from .percobaan import list_different

# Longest, in seconds, and most memory, in MB, that one large file may take.
DETIK, MEMORI_MB = 120, 3_000
BARIS, TITIK = 500_000, 1_000_000
KENARI = "kenari-rahasia-lingkungan"
_UKUR = """
import resource, sys, time
from pathlib import Path
begun = time.monotonic()
{kerja}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(int(time.monotonic() - begun), peak, result)
"""
_BACA = """
from reviu_lib.ingest import read_berkas
one = read_berkas(Path(sys.argv[1]), kunci=b"kunci uji", kode_kabupaten="12.18", tahun=2021)
result = int(one.neraca["dibaca"].sum())
"""
_PETA = """
from reviu_lib.store import Ruang, load_peta
peta = load_peta("12.18", ruang=Ruang(Path(sys.argv[1])))
result = len(peta.desa)
"""


def _measure(kerja, path):
    """Return seconds, peak MB, and the result of some work in a process of its own."""
    command = [sys.executable, "-c", _UKUR.format(kerja=kerja), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2_000:]
    return [int(word) for word in done.stdout.split()]


@pytest.mark.gangguan("F16")
def test_half_a_million_rows_are_read_in_bounded_time_and_memory(tmp_path, catat):
    path = tmp_path / "besar.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("kode_desa;kecamatan;desa;kode_indikator;periode;pembilang;penyebut\n")
        stream.writelines(f"12.18.02.2001;;;I01;{n};{n};{n + 1}\n" for n in range(BARIS))
    seconds, peak, rows = _measure(_BACA, path)
    catat(hilang=BARIS - rows, detik=seconds, memori_MB=peak)
    assert rows == BARIS
    assert (seconds < DETIK, peak < MEMORI_MB) == (True, True)


@pytest.mark.gangguan("F77")
def test_a_map_of_a_million_points_is_read_in_bounded_time_and_memory(tmp_path, catat):
    folder = tmp_path / "data" / "raw" / "12.18"
    folder.mkdir(parents=True)
    ring = [[98.9 + 0.01 * (n / TITIK), 3.5 + 0.02 * (n % 2)] for n in range(TITIK)]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    part = {"type": "Feature", "properties": {"kode": "12.18.02.2001"}, "geometry": shape}
    book = {"type": "FeatureCollection", "features": [part]}
    (folder / "peta.geojson").write_text(json.dumps(book), "utf-8")
    seconds, peak, _ = _measure(_PETA, tmp_path)
    catat(detik=seconds, memori_MB=peak)
    assert (seconds < DETIK, peak < MEMORI_MB) == (True, True)


@pytest.mark.gangguan("F78")
def test_no_secret_of_the_environment_is_written_or_said(percobaan, utuh, catat):
    secret = {"REVIU_RAHASIA": KENARI, "AWS_SECRET_ACCESS_KEY": KENARI, "PASSWORD": KENARI}
    code, said = percobaan.laporan("--pekerja", "2", env=secret)
    assert (code, KENARI in said) == (0, False)
    told = [path for path in percobaan.ruang.root.rglob("*") if path.is_file()]
    assert [path.name for path in told if KENARI.encode() in path.read_bytes()] == []
    lost = list_different(percobaan.read_results(), utuh.hasil)
    catat(len(told), len(lost))
    assert lost == []
