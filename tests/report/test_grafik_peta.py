"""Maps colour each shape by its row; without boundaries the desa are tiles."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from gambar import labels, notes, texts, title
from gizi_kecil import DESA, kelompok
from hasil_kecil import make_hasil, make_kosong
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.reference import Batas, Bidang
from reviu_lib.report import Laporan
from reviu_lib.report.grafik import GAMBAR_PETA
from reviu_lib.report.grafik.gizi.bidang import area_path, group_kecamatan, name_places
from reviu_lib.report.grafik.gizi.kelas import make_kelas
from reviu_lib.report.tampilan import render_png

HALUS = {row[0]: row[4] for row in DESA if row[0] != "tidak diketahui"}


def kotak(x: float, y: float, lebar: float = 1.0) -> np.ndarray:
    return np.array([[x, y], [x + lebar, y], [x + lebar, y + lebar], [x, y + lebar]])


def batas(**ganti) -> Batas:
    """Return four squares: three with figures, one of a desa nobody measured."""
    places = {**{kode: (n, 0) for n, kode in enumerate(HALUS)}, "73.12.02.2009": (3, 0)}
    desa = {
        kode: Bidang(kode, (kotak(119 + x / 10, -4 + y / 10, 0.1),))
        for kode, (x, y) in places.items()
    }
    return Batas("73.12", **{"desa": desa, **ganti})


def shapes(bagan) -> dict[str, PathPatch]:
    """Return the filled shapes of the map by code."""
    patches = [item for item in bagan.axes[0].patches if isinstance(item, PathPatch)]
    return {item.get_gid(): item for item in patches if item.get_gid()}


def legend(bagan) -> list[str]:
    return [item.get_text() for item in bagan.axes[0].get_legend().get_texts()]


def test_each_desa_has_the_colour_of_its_smoothed_prevalence():
    drawn = shapes(GAMBAR_PETA["peta_desa"](make_hasil(), batas()))
    kelas = make_kelas(pd.Series(HALUS))
    wanted = {kode: kelas.colour(value) for kode, value in HALUS.items()}
    to_hex = {kode: f"#{''.join(f'{round(c * 255):02x}' for c in drawn[kode].get_facecolor()[:3])}"
              for kode in wanted}  # fmt: skip
    assert to_hex == wanted


def test_a_shape_without_a_figure_is_hatched_and_counted():
    bagan = GAMBAR_PETA["peta_desa"](make_hasil(), batas())
    assert shapes(bagan)["73.12.02.2009"].get_hatch() == "////"
    assert legend(bagan)[-1] == "tanpa data  (1 desa)"


def test_the_counts_of_the_classes_are_those_of_the_desa_drawn():
    counts = [text.split("(")[1].split()[0] for text in legend(
        GAMBAR_PETA["peta_desa"](make_hasil(), batas()))]  # fmt: skip
    assert sum(map(int, counts)) == len(HALUS) + 1


def test_a_desa_with_a_figure_and_no_shape_is_named():
    some = {kode: shape for kode, shape in batas().desa.items() if kode != "73.12.01.2004"}
    bagan = GAMBAR_PETA["peta_desa"](make_hasil(), batas(desa=some))
    assert "1 tempat tanpa bidang pada peta: Watu" in bagan.get_supxlabel().replace("\n", " ")


def test_what_is_wrong_with_the_file_stands_below_the_map():
    bagan = GAMBAR_PETA["peta_desa"](make_hasil(), Batas("73.12", catatan=("Berkas rusak.",)))
    assert "Berkas rusak" in bagan.get_supxlabel().replace("\n", " ")


def test_the_map_says_in_words_what_it_shows():
    bagan = GAMBAR_PETA["peta_desa"](make_hasil(), batas())
    assert (
        title(bagan)
        == "Stunting per desa (dimuluskan), 2024: 9,0 (Jampu) sampai 34,0 persen (Gattareng)"
    )
    assert bagan.alt.startswith("Peta, 3 desa/kelurahan.")
    assert PENANDA_CONTOH in bagan.alt
    assert "Sumber:" in bagan.get_supxlabel()


def test_kecamatan_are_named_on_the_map_of_desa():
    assert notes(GAMBAR_PETA["peta_desa"](make_hasil(), batas()).axes[0]) == [
        "Marioriwawo",
        "Liliriaja",
    ]


def test_the_map_of_kecamatan_writes_each_prevalence():
    bagan = GAMBAR_PETA["peta_kecamatan"](make_hasil(), batas())
    assert notes(bagan.axes[0]) == ["Marioriwawo\n22,0", "Liliriaja\n15,0"]
    assert set(shapes(bagan)) == {"73.12.01", "73.12.02"}


def test_boundaries_of_kecamatan_alone_make_that_map_and_tiles_for_desa():
    only = Batas("73.12", kecamatan=group_kecamatan(batas().desa))
    assert not GAMBAR_PETA["peta_kecamatan"](make_hasil(), only).kosong
    assert shapes(GAMBAR_PETA["peta_desa"](make_hasil(), only)) == {}


def test_without_boundaries_every_desa_of_the_list_is_a_tile():
    bagan = GAMBAR_PETA["peta_desa"](make_hasil())
    tiles = [item for item in bagan.axes[0].patches if isinstance(item, Rectangle)]
    assert len(tiles) == 70
    assert sum(bool(tile.get_hatch()) for tile in tiles) == 67
    assert legend(bagan)[-1] == "tanpa data  (67 desa)"


def test_tiles_stand_by_kecamatan_from_high_to_low():
    axes = GAMBAR_PETA["peta_desa"](make_hasil()).axes[0]
    assert labels(axes)[:2] == ["Marioriwawo", "Liliriaja"]
    assert notes(axes) == ["34,0", "20,5", "9,0"]


def test_without_boundaries_there_is_no_map_of_kecamatan():
    assert GAMBAR_PETA["peta_kecamatan"](make_hasil()).kosong


@pytest.mark.parametrize("nama", list(GAMBAR_PETA))
def test_a_map_of_nothing_is_one_sentence(nama):
    bagan = GAMBAR_PETA[nama](make_kosong(), batas())
    assert bagan.kosong
    assert bagan.alt.endswith(".")


@pytest.mark.parametrize("nama", list(GAMBAR_PETA))
def test_one_single_place_makes_a_map(nama):
    rows = kelompok()
    rows = rows[rows["kode"].isin(["73.12.01", "73.12.01.2003"])]
    one = batas(desa={"73.12.01.2003": batas().desa["73.12.01.2003"]})
    bagan = GAMBAR_PETA[nama](make_hasil(prevalensi_kelompok=rows), one)
    assert render_png(bagan).startswith(b"\x89PNG")
    assert len(shapes(bagan)) == 1


def test_a_hole_stays_empty():
    shape = Bidang("73.12.01.2003", (kotak(0, 0, 4), kotak(1, 1, 2)[::-1]))
    bagan = Figure(figsize=(1, 1), dpi=40)
    axes = bagan.add_axes((0, 0, 1, 1), xlim=(0, 4), ylim=(0, 4))
    axes.add_patch(PathPatch(area_path(shape), facecolor="black", linewidth=0))
    axes.set_axis_off()
    canvas = FigureCanvasAgg(bagan)
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())
    assert picture[20, 20, 0] == 255
    assert picture[35, 5, 0] == 0


def test_a_name_stands_inside_its_kecamatan_even_if_that_lies_apart():
    bagan = GAMBAR_PETA["peta_desa"](make_hasil(), batas())
    apart = Bidang("73.12.01", (kotak(119.0, -4.0, 0.1), kotak(119.8, -4.0, 0.2)))
    name_places(bagan.axes[0], {"73.12.01": apart}, {"73.12.01": "Jauh"})
    x, y = bagan.axes[0].texts[-1].get_position()
    assert area_path(apart).contains_point((x, y))


@pytest.mark.parametrize("values", [[0.0], [5.0, 5.0], [0.0, 100.0], [2.4, 14.2], [9.99, 10.0]])
def test_every_value_lies_within_the_bounds_of_its_class(values):
    kelas = make_kelas(pd.Series(values))
    for value in values:
        place = kelas.place(value)
        assert kelas.batas[place] <= value <= kelas.batas[place + 1]


def test_the_report_hands_the_boundaries_to_the_map():
    figure = Laporan(make_hasil()).gambar("peta_desa", batas=batas())
    assert figure.nomor == "Gambar 1"
    assert figure.alt.startswith("Peta, 3 desa/kelurahan.")
    assert Laporan(make_hasil()).gambar("peta_desa").alt.startswith("Petak")


def test_long_names_on_a_map_are_drawn():
    rows = kelompok().assign(nama="Désa $x_1$ <b> " + "panjang sekali " * 5)
    bagan = GAMBAR_PETA["peta_desa"](make_hasil(prevalensi_kelompok=rows), batas())
    assert render_png(bagan).startswith(b"\x89PNG")
    assert "x_1" in " ".join(texts(bagan))
