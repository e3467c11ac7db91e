"""What all charts share: paper, colours, markers, Indonesian axis numbers, title and source line.

Colours of status are the triple that stays apart for colour-blind readers (blue, yellow,
vermilion), and each tone has its own marker too, so that nothing hangs on colour alone.
"""

from __future__ import annotations

import string
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reviu_lib.bahan import PENANDA_CONTOH, BahanReviu
from reviu_lib.formatting import format_number, format_tanggal, is_missing, join_list
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.lukis.huruf import learn_letters
from reviu_lib.report.lukis.tata import GAYA_HURUF, TITIK_PER_INCI, TataLetak
from reviu_lib.report.susunan import fill_words, load_status, load_susunan_gambar

Args = ParamSpec("Args")

WARNA = {"baik": "#0072B2", "sedang": "#F0E442", "buruk": "#D55E00", "netral": "#8A8A8A"}
PENANDA = {"baik": "o", "sedang": "D", "buruk": "^", "netral": "s"}
# Okabe-Ito, for series that are not a status.
SERI = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
TINTA, GARIS, LATAR = "#1F2933", "#C9CFD6", "#E8ECF0"
LEBAR = 9.0
_HURUF_PER_BARIS, _HURUF_KETERANGAN = 78, 125
_ABJAD = f"{string.ascii_letters} {string.digits} {string.punctuation} –"
# What charts write most in; letters of other sizes are learned when they come.
_HURUF_LAZIM = (*((size, "normal") for size in (6.5, 7.3, 7.5, 8, 8.5, 9)), (12, "bold"))
_RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.parse_math": False,
    "text.color": TINTA,
    "axes.labelcolor": TINTA,
    "axes.edgecolor": GARIS,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.grid": False,
    "grid.color": LATAR,
    "xtick.color": TINTA,
    "ytick.color": TINTA,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
}


# What is set while a figure is built: that of seaborn's white style, and ours before it.
_GAYA = {**sns.axes_style("white", rc=_RC), **_RC}


class Bagan(Figure):
    """A figure that also says in words what it shows; `kosong` when there was nothing to draw."""

    alt: str = ""
    kosong: bool = False
    tata: TataLetak


@dataclass(frozen=True)
class Tulisan:
    """The words of a chart: the finding as title, what is measured, and the description."""

    judul: str
    ukuran: str
    alt: str


def styled(
    plot: Callable[Concatenate[Any, Args], Bagan],
) -> Callable[Concatenate[Any, Args], Bagan]:
    """Return `plot` drawing in our style; names with `$` or `_` are printed as they are."""

    @wraps(plot)
    def drawn(data: Any, *args: Args.args, **kwargs: Args.kwargs) -> Bagan:
        with mpl.rc_context(_GAYA):
            return plot(data, *args, **kwargs)

    return drawn


def new_bagan(tinggi: float, lebar: float = LEBAR) -> Bagan:
    """Return an empty figure of the given size in inches."""
    tata = TataLetak()
    bagan = Bagan(figsize=(lebar, tinggi), dpi=TITIK_PER_INCI, layout=tata, facecolor="white")
    bagan.tata = tata
    return bagan


def empty_bagan(kalimat: str) -> Bagan:
    """Return a figure that says in one sentence that there is nothing to draw."""
    bagan = new_bagan(1.0)
    bagan.text(0.01, 0.5, kalimat, va="center")
    bagan.alt, bagan.kosong = kalimat, True
    return bagan


def sample_bagan() -> Bagan:
    """Return a figure of the usual parts and pairs of letters; drawn once, the next are quick."""
    with mpl.rc_context({**_GAYA, **GAYA_HURUF}):
        bagan = new_bagan(2.0)
        axes = bagan.subplots()
        axes.set(title=_ABJAD, xlabel=_ABJAD, ylabel=_ABJAD)
        axes.plot([0, 1], label=_ABJAD)
        axes.legend()
        pairs = _pair_letters()
        for size, weight in _HURUF_LAZIM:
            line = bagan.text(0, 0, _ABJAD, fontsize=size, fontweight=weight)
            learn_letters(pairs, line.get_fontproperties(), bagan.dpi)
        return complete(bagan, Tulisan(_ABJAD, _ABJAD, ""), _ABJAD, contoh=True)


def _pair_letters() -> str:
    """Return a text in which the letters of words and of numbers stand beside each other."""
    small, large = f"{string.ascii_lowercase} .,-():;%/", f"{string.ascii_uppercase} -();/"
    each = (small, large, f"{string.digits}.,%-–() /+")
    pairs = (a + b for letters in each for place, a in enumerate(letters) for b in letters[place:])
    return "".join((*pairs, *(a + b for a in string.ascii_uppercase for b in "aehilnorstuy ")))


def finish(bagan: Bagan, hasil: HasilReviu, nama: str, tulisan: Tulisan) -> Bagan:
    """Return the figure with title, measure, source line, and the mark of example data."""
    return complete(bagan, tulisan, _source_line(hasil, nama), contoh=hasil.contoh)


def finish_periksa(bagan: Bagan, bahan: BahanReviu, nama: str, tulisan: Tulisan) -> Bagan:
    """Return the figure of a check; its source is declared like that of any other."""
    return complete(bagan, tulisan, _source_line(bahan, nama), contoh=bahan.contoh)


def complete(bagan: Bagan, tulisan: Tulisan, sumber: str, *, contoh: bool) -> Bagan:
    """Return the figure with title, measure, the source line `sumber`, and the mark."""
    judul = textwrap.fill(tulisan.judul, _HURUF_PER_BARIS)
    mark = f"; {PENANDA_CONTOH}" if contoh else ""
    below = textwrap.fill(f"{tulisan.ukuran}. {sumber}{mark}.", _HURUF_KETERANGAN)
    bagan.tata.kepala = bagan.suptitle(judul, x=0.008, ha="left", fontsize=12, fontweight="bold")
    bagan.tata.kaki = bagan.supxlabel(below, x=0.008, ha="left", fontsize=7.5)
    if contoh:
        bagan.text(
            0.5, 0.5, PENANDA_CONTOH, rotation=24, ha="center", va="center", fontsize=30,
            color="#000000", alpha=0.07, fontweight="bold", zorder=0, in_layout=False,
        )  # fmt: skip
    bagan.alt = f"{tulisan.alt} {PENANDA_CONTOH}." if contoh else tulisan.alt
    return bagan


def _source_line(hasil: HasilReviu | BahanReviu, nama: str) -> str:
    sumber = fill_words(load_susunan_gambar()[nama].sumber, hasil.tahun)
    return f"Sumber: {sumber}; batas data {format_tanggal(hasil.tanggal_cutoff)}"


def tone_of(status: str) -> str:
    """Return the tone (baik, sedang, buruk, netral) of a status word."""
    mark = load_status().get(status)
    return mark.nada if mark else "netral"


def format_axis(axes: Axes, sumbu: str = "x", decimals: int = 0) -> None:
    """Print the numbers of an axis as Indonesians write them."""
    axis = axes.xaxis if sumbu == "x" else axes.yaxis
    axis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, decimals)))


def count_in_ones(axes: Axes, sumbu: str = "x") -> None:
    """Let the numbers of an axis be whole, as years and counts are."""
    axis = axes.xaxis if sumbu == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator("auto", integer=True))


def hatch_missing(axes: Axes, wide: pd.DataFrame) -> None:
    """Hatch the cells of a heat map that have no value."""
    for place, missing in enumerate(wide.isna().to_numpy().ravel()):
        if missing:
            corner = (place % wide.shape[1], place // wide.shape[1])
            axes.add_patch(Rectangle(corner, 1, 1, facecolor="#F2F2F2", edgecolor="#9A9A9A",
                                     hatch="////", linewidth=0))  # fmt: skip


def set_labels(axes: Axes, labels: list[str], size: float = 8.5) -> None:
    """Put the labels on the y axis, first one on top."""
    axes.set_yticks(range(len(labels)), labels=labels, fontsize=size, linespacing=0.95)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def share_rows(panels: Iterable[Axes]) -> None:
    """Draw no ticks on panels whose rows the first panel names."""
    for axes in panels:
        axes.yaxis.set_visible(False)


def write(
    axes: Axes,
    place: tuple[float, float],
    text: str,
    *,
    shift: tuple[float, float] = (5, 0),
    size: float = 8,
) -> None:
    """Write `text` beside a point, `shift` points away; a missing x counts as zero."""
    x = 0.0 if is_missing(place[0]) else float(place[0])
    side = "center" if shift[0] == 0 else "left" if shift[0] > 0 else "right"
    axes.annotate(
        text,
        (x, place[1]),
        xytext=shift,
        textcoords="offset points",
        annotation_clip=False,
        ha=side,
        va="center" if shift[1] == 0 else "bottom",
        fontsize=size,
    )


def shorten(text: str, width: int = 46) -> str:
    """Return the text cut at a word when it is longer than `width`, with an ellipsis."""
    return textwrap.shorten(text, width, placeholder=" …") if len(text) > width else text


def wrap_label(text: str, tail: str, width: int = 56) -> str:
    """Return a long name on at most two lines, `tail` (its code) behind the last."""
    lines = textwrap.wrap(f"{text}  {tail}", width, break_long_words=False)
    if len(lines) <= 2:
        return "\n".join(lines)
    cut = textwrap.shorten(text, 2 * width - len(tail) - 6, placeholder=" …")
    return "\n".join(textwrap.wrap(f"{cut}  {tail}", width + 4)[:2])


def wrap_name(name: str, width: int = 26) -> str:
    """Return the name of a place on at most two lines, cut at a word beyond them."""
    lines = textwrap.wrap(name, width) or [name]
    if len(lines) <= 2:
        return "\n".join(lines)
    return "\n".join([lines[0], textwrap.shorten(" ".join(lines[1:]), width, placeholder=" …")])


def list_some(items: list[str], most: int = 3) -> str:
    """Return at most `most` items in words, with the number of the others."""
    if len(items) <= most:
        return join_list(items)
    return f"{', '.join(items[:most])}, dan {len(items) - most} lainnya"


def pick(hasil: HasilReviu, kunci: str) -> Any:
    """Return one aggregate number (or text, for a key that ends in `_teks`), NA when absent."""
    frame = hasil.ringkasan
    cell = frame.loc[frame["baris"] == kunci, "teks" if kunci.endswith("_teks") else "nilai"]
    return cell.iloc[0] if len(cell) else None
