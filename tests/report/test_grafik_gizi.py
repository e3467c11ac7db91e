"""The charts of nutritional status draw the rows they were given, and say what they leave out."""

from __future__ import annotations

import pandas as pd
import pytest
from gambar import bars, dots, draw, labels, notes, texts, title
from gizi_kecil import DESA, kelompok, kohort, sebaran
from hasil_kecil import make_hasil, prevalensi
from matplotlib.patches import Rectangle

from reviu_lib.report.grafik import GAMBAR_SATU
from reviu_lib.report.tampilan import render_png

GIZI = ("status_gizi", "pola_umur", "peta_panas_umur", "corong")


def lines(axes) -> list[list[float]]:
    """Return the ends of every line drawn by `hlines` or `vlines`, rounded."""
    return [
        [float(round(value, 3)) for value in path.vertices.ravel()]
        for collection in axes.collections
        for path in collection.get_paths()
        if type(collection).__name__ == "LineCollection"
    ]


def desa(**kolom) -> pd.DataFrame:
    """Return the groups with columns of the desa rows replaced."""
    frame = kelompok()
    return frame.assign(**{
        name: frame[name].mask(frame["kelompok"].eq("desa"), value) for name, value in kolom.items()
    })  # fmt: skip


# Nutritional status


def test_each_indicator_has_a_panel_and_each_group_a_row():
    axes = draw("status_gizi").axes
    assert [panel.get_title(loc="left") for panel in axes] == [
        "Stunting", "Sangat pendek", "Underweight", "Wasting", "Overweight",
    ]  # fmt: skip
    assert labels(axes[0]) == ["Semua balita", "Laki-laki", "Perempuan", "0-5 bulan", "12-23 bulan"]


def test_every_group_stands_at_its_prevalence_with_its_interval():
    first = draw("status_gizi").axes[0]
    assert dots(first) == {(20.0, 0.0), (21.0, 1.0), (19.0, 2.0), (10.0, 3.0), (22.0, 4.0)}
    assert [16.0, 0.0, 25.0, 0.0] in lines(first)
    assert notes(first) == ["20,0", "21,0", "19,0", "10,0", "22,0"]


def test_the_title_of_the_status_gives_its_intervals():
    assert title(draw("status_gizi")) == (
        "2024: Stunting 20,0 persen (16,0–25,0); underweight 12,0 persen (9,6–15,0); wasting 6,0 "
        "persen (4,8–7,5)"
    )


def test_an_indicator_nobody_computed_has_no_panel():
    rows = kelompok().query("indikator != 'wasting'")
    panels = draw("status_gizi", prevalensi_kelompok=rows).axes
    assert "Wasting" not in [panel.get_title(loc="left") for panel in panels]


# Age


def test_the_curve_passes_through_the_prevalence_of_each_age():
    left, right = draw("pola_umur").axes
    assert left.lines[0].get_xydata().tolist() == [[1.5, 10.0], [4.5, 30.0], [7.5, 18.0]]
    assert right.lines[0].get_ydata().tolist() == [-1.2, -1.2, -1.2]


def test_ages_whose_intervals_meet_are_not_said_to_differ():
    rows = kelompok()
    assert "belum tentu berbeda" not in title(draw("pola_umur"))
    meeting = rows.assign(atas_persen=60.0)
    assert "belum tentu berbeda" in title(draw("pola_umur", prevalensi_kelompok=meeting))


def test_kecamatan_with_few_children_have_a_hatched_tile_and_no_number():
    bagan = draw("peta_panas_umur")
    axes = bagan.axes[0]
    assert [text for text in notes(axes) if text] == ["10,0", "30,0", "16,0"]
    assert [patch.get_hatch() for patch in axes.patches] == ["////"]
    assert "50,0" not in bagan.alt
    assert "kurang dari 30 balita diukur (1 kotak)" in bagan.get_supxlabel().replace("\n", " ")


def test_kecamatan_without_enough_children_anywhere_are_said_so():
    bagan = draw("peta_panas_umur", prevalensi_kelompok=kelompok().assign(diukur=3))
    assert "belum cukup balita diukur" in title(bagan)
    assert render_png(bagan).startswith(b"\x89PNG")


# z-scores


def test_the_bars_are_the_shares_and_those_below_the_limit_are_hatched():
    axes = draw("sebaran_z").axes[0]
    patches = [item for item in axes.patches if isinstance(item, Rectangle)]
    heights = {round(item.get_x(), 1): item.get_height() for item in patches}
    assert heights == dict(zip(sebaran()["z_dari"], sebaran()["porsi_persen"], strict=True))
    assert {item.get_x() for item in patches if item.get_hatch()} == {-4.0, -3.0}


def test_the_who_standard_stands_in_the_middle_of_each_bar():
    line = draw("sebaran_z").axes[0].lines[0]
    assert line.get_xdata().tolist() == [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5]
    assert line.get_ydata().tolist() == sebaran()["porsi_who_persen"].tolist()


def test_the_title_compares_the_share_below_the_limit_with_the_standard():
    assert title(draw("sebaran_z")) == (
        "10,0 persen balita di bawah -2 pada TB/U, 2024; standar WHO 2,2 persen"
    )


# Funnel


def test_every_desa_stands_in_the_funnel_at_its_count_and_prevalence():
    bagan = draw("corong")
    known = {(float(row[2]), row[3]) for row in DESA if row[0] != "tidak diketahui"}
    assert dots(bagan.axes[0]) == known
    assert "5 balita tanpa desa tidak digambar" in bagan.get_supxlabel().replace("\n", " ")


def test_only_desa_outside_the_limits_are_named():
    assert notes(draw("corong").axes[0]) == ["Gattareng", "Jampu"]


def test_a_doubtful_desa_is_hollow_and_said_to_be_doubtful():
    bagan = draw("corong")
    legend = [item.get_text() for item in bagan.axes[0].get_legend().get_texts()]
    assert "di bawah batas, diragukan (1)" in legend
    assert "Jampu 8,0 persen dari 180 balita (diragukan)" in bagan.alt


def test_the_verdict_on_measuring_decides_what_is_doubtful():
    verdict = pd.DataFrame(
        {
            "baris": ["desa:73.12.01.2003"], "tingkat": ["desa"], "kode": ["73.12.01.2003"],
            "tempat": ["Gattareng"], "layak_pakai": ["jangan dipakai sebelum diverifikasi"],
        }
    )  # fmt: skip
    assert (
        "Gattareng 36,0 persen dari 200 balita (diragukan)"
        in draw("corong", penilaian_ukur=verdict).alt
    )


def test_names_in_the_funnel_never_lie_upon_each_other():
    many = pd.concat(
        [desa(kode=f"73.12.01.20{n:02}", nama=f"Desa Nomor {n}", diukur=100 + n % 3,
              prevalensi_persen=40.0 + n / 4, posisi_corong="di atas batas").query(
            "kelompok == 'desa'").head(1) for n in range(15)]
    )  # fmt: skip
    many = many.assign(baris=many["kode"])
    bagan = draw("corong", prevalensi_kelompok=many)
    bagan.canvas.draw()
    boxes = [item.get_window_extent() for item in bagan.axes[0].texts]
    assert len(boxes) > 2
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


# Cohort


def test_both_bars_stack_up_to_the_children_of_their_year():
    axes = draw("kohort").axes[0]
    heights = {(round(p.get_x(), 2), p.get_height()) for p in axes.patches if hasattr(p, "get_x")}
    left, right = ({h for x, h in heights if (x < 0.5) == first} for first in (True, False))
    assert left == {40, 10, 20, 30}
    assert right == {40, 15, 25, 10}
    assert sum(left) == 100
    assert sum(right) == 90


def test_the_flow_names_each_part_and_leaves_out_what_nobody_did():
    written = notes(draw("kohort").axes[0])
    assert "30 tidak lagi stunting" in written
    assert "25 tahun lalu tidak diukur" in written
    assert not any(text.startswith("0 ") for text in written)


def test_a_recovery_beyond_belief_is_said_below_the_flow():
    assert "2 perubahan z di luar batas wajar" in draw("kohort").get_supxlabel().replace("\n", " ")


def test_a_single_child_makes_a_flow_too():
    row = kohort().assign(stunting_awal=1, pulih=1, tetap_stunting=0, lulus_umur=0,
                          tidak_diukur_lagi=0, stunting_akhir=0, baru_normal=0,
                          baru_tidak_diukur=0, baru_lahir=0)  # fmt: skip
    bagan = draw("kohort", kohort=row)
    assert title(bagan).startswith("Dari 1 balita stunting Agustus 2023, 1 tidak lagi stunting")
    assert render_png(bagan).startswith(b"\x89PNG")


# Intervals of published and register figures


def test_a_published_interval_is_drawn_and_said():
    rows = prevalensi()
    ski = rows["sumber"].eq("SKI") & rows["tingkat"].eq("kabupaten")
    rows = rows.assign(bawah_persen=20.0, atas_persen=28.5).where(
        ski, rows.assign(bawah_persen=None, atas_persen=None)
    )
    bagan = draw("prevalensi", perkembangan_prevalensi=rows)
    assert [2023.0, 20.0, 2023.0, 28.5] in lines(bagan.axes[0])
    assert title(bagan).startswith("SKI 2023: 24,0 persen (20,0–28,5)")
    assert "selang kepercayaan yang diterbitkan" in bagan.get_supxlabel().replace("\n", " ")


def test_the_register_has_its_interval_as_a_line():
    rows = prevalensi().assign(bawah_persen=18.0, atas_persen=23.0)
    bagan = draw("register", perkembangan_prevalensi=rows)
    assert lines(bagan.axes[0]) == [[18.0, 0.0, 23.0, 0.0], [18.0, 1.0, 23.0, 1.0]]
    assert "19,4 persen (18,0–23,0)" in bagan.alt


@pytest.mark.parametrize("nama", GIZI)
def test_long_and_awkward_names_are_drawn(nama):
    rows = kelompok().assign(nama="Désa $x_1$ <b>" + "panjang sekali " * 6)
    rows["nama"] = rows["nama"] + ", " + rows["kode"].str.rpartition("|")[2]
    assert render_png(draw(nama, prevalensi_kelompok=rows)).startswith(b"\x89PNG")


@pytest.mark.parametrize("nama", ["status_gizi", "pola_umur", "corong"])
def test_a_group_without_interval_is_drawn_without_one(nama):
    bagan = draw(nama, prevalensi_kelompok=kelompok().assign(bawah_persen=None, atas_persen=None))
    assert "nan" not in bagan.alt
    assert "(–" not in " ".join(texts(bagan))
    assert render_png(bagan).startswith(b"\x89PNG")


def test_hundreds_of_desa_fit_the_funnel():
    rows = pd.concat([desa(kode=f"73.12.{n:02}.2001", diukur=20 + n).query(
        "kelompok == 'desa'").head(1) for n in range(80)])  # fmt: skip
    assert not GAMBAR_SATU["corong"](
        make_hasil(prevalensi_kelompok=rows.assign(baris=rows["kode"]))
    ).kosong


def test_stacked_bars_have_no_negative_part():
    assert min(bars(draw("sebaran_z").axes[0])) > 0
