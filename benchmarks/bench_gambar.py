"""CPU time of our figures beside the stock way of matplotlib, figure by figure, in paired runs.

Usage: python benchmarks/bench_gambar.py [--putaran N]
Both ways build the same artists with the same code and write the same resolution. The stock way
then uses constrained layout and writes with `savefig(bbox_inches="tight")` in full colour and with
the hinting of the font, as tutorials and the inline backend of Jupyter do; a heat map gets its
scale from `Figure.colorbar`. Ours lays out once and writes a palette (`reviu_lib.report.lukis`).
The invented kabupaten of bench_reviu: 300 desa, 29 indicators, 150 activities.
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import time
from collections.abc import Callable

from kabupaten_buatan import make_years
from matplotlib.backends.backend_agg import FigureCanvasAgg

from reviu_lib import HasilReviu
from reviu_lib.report.grafik import GAMBAR_PETA, GAMBAR_SATU, Bagan
from reviu_lib.report.lukis.tata import TITIK_PER_INCI
from reviu_lib.report.tampilan import render_png
from reviu_lib.review import review

SASARAN = 0.5


def draw_stock(bagan: Bagan) -> bytes:
    """Return a new figure as PNG the way `savefig` makes it by default in a notebook."""
    FigureCanvasAgg(bagan)
    bagan.set_layout_engine("constrained")
    for axes, (scale, share) in bagan.tata.skala.items():
        label = scale.get_ylabel()
        scale.remove()
        bagan.colorbar(axes.collections[0], ax=axes, shrink=share, label=label)
    out = io.BytesIO()
    bagan.savefig(out, format="png", dpi=TITIK_PER_INCI, bbox_inches="tight")
    return out.getvalue()


def measure(plot: Callable[[HasilReviu], Bagan], hasil: HasilReviu, way: Callable) -> float:
    """Return the CPU seconds of building and drawing one figure."""
    gc.collect()
    start = time.process_time()
    way(plot(hasil))
    return time.process_time() - start


def main() -> None:
    """Print the medians of each figure and the ratio of the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--putaran", type=int, default=5, help="berapa kali keduanya diukur")
    options = parser.parse_args()
    years = make_years()
    hasil = review(years[0], years[1:])
    plots = {nama: plot for nama, plot in (GAMBAR_SATU | GAMBAR_PETA).items()
             if not plot(hasil).kosong}  # fmt: skip
    ways = (render_png, draw_stock)
    rounds = [
        {nama: [measure(plot, hasil, way) for way in ways] for nama, plot in plots.items()}
        for _ in range(options.putaran)
    ]
    print(f"{len(plots)} gambar, detik CPU, median {options.putaran} putaran berpasangan")
    for nama in plots:
        ours, stock = (statistics.median(one[nama][side] for one in rounds) for side in (0, 1))
        print(f"  {nama:<22} kami {ours:.3f}   lazim {stock:.3f}   {ours / stock:.2f}")
    totals = [[sum(times[side] for times in one.values()) for side in (0, 1)] for one in rounds]
    ratio = statistics.median(ours / stock for ours, stock in totals)
    ours, stock = (statistics.median(side) for side in zip(*totals, strict=True))
    print(f"semua: kami {ours:.2f}   lazim {stock:.2f}   nisbah {ratio:.2f} "
          f"(sasaran {SASARAN}: {'tercapai' if ratio <= SASARAN else 'BELUM'})")  # fmt: skip


if __name__ == "__main__":
    main()
