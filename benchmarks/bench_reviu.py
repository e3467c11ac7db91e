"""CPU time of a whole review beside that of drawing its figures, in the same process.

Usage: python benchmarks/bench_reviu.py [--putaran N] [--profil N]
One invented kabupaten: 300 desa, 29 indicators, two years, 150 activities, 40,000 measurements.
Each round computes the review and then draws every figure of notebook 02 as a run without
`--format` does: into PNG for the page, and again for the Word and PDF editions. Printed are the
medians, the ratio to the figures of the page alone and to all of them, then where the time of the
computation goes. Garbage is collected before each, so that what the figures leave behind is not
cleared away on the account of the review.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import statistics
import time
from collections.abc import Callable
from functools import partial

from kabupaten_buatan import make_years

from reviu_lib import HasilReviu
from reviu_lib.bahan import BahanReviu
from reviu_lib.report import Laporan
from reviu_lib.report.dokumen.word.tulis import DPI
from reviu_lib.report.tampilan import Gambar
from reviu_lib.review import review

SASARAN = 0.2


def draw(hasil: HasilReviu) -> int:
    """Draw every figure of the page into PNG and return how many there were."""
    return sum(len(item.png) > 0 for item in list_gambar(hasil))


def draw_print(hasil: HasilReviu) -> int:
    """Draw every figure as the Word and PDF editions do, and return how many there were."""
    drawn = [(item.draw("png", DPI), item.draw("svg", DPI)) for item in list_gambar(hasil)]
    return sum(min(len(word), len(pdf)) > 0 for word, pdf in drawn)


def list_gambar(hasil: HasilReviu) -> list[Gambar]:
    """Return the figures of a new report, laid out but not yet drawn."""
    laporan = Laporan(hasil)
    shown = [laporan.gambar(nama) for nama in laporan.daftar_gambar()]
    return [item for item in shown if isinstance(item, Gambar)]


def measure(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one run, the garbage of earlier ones collected before it."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def print_profile(years: list[BahanReviu], rows: int) -> None:
    """Print the stages of the computation by cumulative time; the profiler itself slows them."""
    profile = cProfile.Profile()
    profile.runcall(review, years[0], years[1:])
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    stages = {
        f"{file.rsplit('reviu_lib/', 1)[1]} {name}": cumulative
        for (file, _, name), (_, _, _, cumulative, _) in stats.items()
        if "reviu_lib/" in file and name.startswith(("compute_", "propose_", "summarize_"))
    }
    for name, seconds in sorted(stages.items(), key=lambda item: -item[1])[:rows]:
        print(f"  {seconds:6.2f}  {name}")


def main() -> None:
    """Print medians, ratio, and profile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--putaran", type=int, default=5, help="berapa kali keduanya diukur")
    parser.add_argument("--profil", type=int, default=25, help="baris profil yang dicetak")
    options = parser.parse_args()
    years = make_years()
    hasil = review(years[0], years[1:])
    print(f"{len(hasil.capaian_cakupan)} baris cakupan, {draw(hasil)} gambar; detik CPU, "
          f"{options.putaran} putaran berpasangan")  # fmt: skip
    works = (partial(review, years[0], years[1:]), partial(draw, hasil), partial(draw_print, hasil))
    rounds = [[measure(work) for work in works] for _ in range(options.putaran)]
    counted, page, paper = (statistics.median(side) for side in zip(*rounds, strict=True))
    alone = statistics.median(one / two for one, two, _ in rounds)
    whole = statistics.median(one / (two + three) for one, two, three in rounds)
    print(f"reviu {counted:.2f}   gambar halaman {page:.2f}   gambar Word dan PDF {paper:.2f}")
    print(f"terhadap gambar halaman saja {alone:.3f}   terhadap semua gambar {whole:.3f}")
    print(f"sasaran kurang dari {SASARAN}: {'tercapai' if whole < SASARAN else 'BELUM'}"
          f" (halaman saja: {'tercapai' if alone < SASARAN else 'BELUM'})")  # fmt: skip
    print_profile(years, options.profil)


if __name__ == "__main__":
    main()
