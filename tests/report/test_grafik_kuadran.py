"""The quadrants of desa: every desa is drawn, doubt is seen in the shape, nobody is named."""

import pandas as pd
from hasil_kecil import NAMA_SULIT, desa_kuadran, make_hasil, ringkasan

from reviu_lib.report.grafik import GAMBAR_SATU


def draw(**ganti):
    return GAMBAR_SATU["kuadran"](make_hasil(**ganti))


def labels(bagan):
    return [text.get_text() for text in bagan.axes[0].get_legend().get_texts()]


def test_every_desa_is_one_point_and_the_unreliable_are_named_so():
    bagan = draw()
    assert sum(len(part.get_offsets()) for part in bagan.axes[0].collections) == 4
    assert labels(bagan) == [
        "bukan lokus (1)", "bukan lokus, data tidak andal (1)", "lokus, data tidak andal (1)",
        "lokus tidak diketahui (1)",
    ]  # fmt: skip


def test_the_title_counts_quadrant_one_and_what_is_reliable():
    bagan = draw()
    title = " ".join(bagan.get_suptitle().split())
    assert title.startswith("1 dari 4 desa/kelurahan berada pada kuadran I; 0 di antaranya")
    assert "kuadran II 1 desa; kuadran III 1 desa; kuadran IV 1 desa" in bagan.alt


def test_the_quadrants_stand_in_words_and_no_desa_is_named():
    texts = [text.get_text() for text in draw().axes[0].texts]
    assert {text.split(":")[0] for text in texts} == {"I", "II", "III", "IV"}
    assert NAMA_SULIT not in " ".join(texts)


def test_the_bounds_are_those_of_the_review():
    lines = draw().axes[0].lines
    assert [line.get_xdata()[0] for line in lines[:1]] == [6.0]
    assert [line.get_ydata()[0] for line in lines[1:2]] == [12.0]


def test_without_prevalence_or_bounds_nothing_is_drawn():
    rows = desa_kuadran()
    assert draw(konvergensi_desa=rows.assign(prevalensi_persen=float("nan"))).kosong
    assert draw(ringkasan=ringkasan({})).kosong
    assert draw(konvergensi_desa=pd.DataFrame(columns=["baris"])).kosong
