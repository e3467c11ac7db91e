"""The public edition of a result: what it leaves out, what it closes, and what closes with it."""

from datetime import date

import pandas as pd
import pytest

from reviu_lib.catalog import load_penyamaran, load_ringkasan, tabel_hasil, use_definisi
from reviu_lib.errors import DefinisiError, RuangError
from reviu_lib.formatting import TERTUTUP, format_value
from reviu_lib.hasil import HasilReviu, table_names
from reviu_lib.penyamaran import close_cells
from reviu_lib.store import make_ruang, save_hasil

TEMPAT = {
    "73.12": "kabupaten", "73.12.01": "kecamatan", "73.12.01.2001": "desa",
    "73.12.01.2002": "desa", "73.12.01.2003": "desa",
}  # fmt: skip


def hasil(**tables) -> HasilReviu:
    """Return a result with these tables alone; every number of the summary is 12."""
    numbers = pd.DataFrame({"baris": list(load_ringkasan()), "nilai": 12.0, "teks": "kata"})
    return HasilReviu(
        kode_kabupaten="73.12", nama="Kabupaten Soppeng", tahun=2024,
        tanggal_cutoff=date(2024, 11, 30), tanggal_reviu=date(2024, 12, 10),
        **{"ringkasan": numbers, **tables},
    )  # fmt: skip


def cakupan(*desa, **columns) -> pd.DataFrame:
    """Return one indicator in three desa of one kecamatan from their (numerator, denominator)."""
    whole = tuple(map(sum, zip(*desa, strict=True)))
    top, bottom = zip(whole, whole, *desa, strict=True)
    frame = pd.DataFrame(
        {"kode_wilayah": list(TEMPAT), "tingkat": list(TEMPAT.values()), "pembilang": top,
         "penyebut": bottom, "kode_indikator": "E10", "arah": "naik", "target_persen": 90.0,
         "status_capaian": "belum tercapai", "jumlah_desa_tercapai": 1}
    )  # fmt: skip
    frame["capaian_persen"] = frame["pembilang"] / frame["penyebut"] * 100
    return frame.assign(baris="E10@" + frame["kode_wilayah"], **columns)


def closed(publik, tabel, kolom):
    return set(publik.closed.get(tabel, {}).get(kolom, []))


def test_a_small_count_closes_with_its_smallest_sister_and_both_percentages():
    publik = close_cells(hasil(capaian_cakupan=cakupan((2, 30), (20, 40), (30, 60))))
    expected = {"E10@73.12.01.2001", "E10@73.12.01.2002"}
    for kolom in ("pembilang", "penyebut", "capaian_persen"):
        assert closed(publik, "capaian_cakupan", kolom) == expected
    rows = publik.capaian_cakupan.set_index("baris")
    assert rows.loc[list(expected), "pembilang"].isna().all()
    assert rows.loc["E10@73.12", "pembilang"] == 52


@pytest.mark.parametrize("desa", [(0, 30), (4, 30), (26, 30), (30, 30), (5, 9)])
def test_nothing_is_small_too_and_so_is_what_is_left_and_a_base_below_ten(desa):
    publik = close_cells(hasil(capaian_cakupan=cakupan(desa, (20, 40), (30, 60))))
    assert "E10@73.12.01.2001" in closed(publik, "capaian_cakupan", "capaian_persen")


def test_five_of_ten_is_open():
    publik = close_cells(hasil(capaian_cakupan=cakupan((5, 10), (20, 40), (30, 60))))
    assert not publik.closed.get("capaian_cakupan")


def test_missing_is_not_closed():
    frame = cakupan((2, 30), (20, 40), (30, 60))
    frame["penyebut_lalu"] = pd.array([None] * len(frame), dtype="Int64")
    publik = close_cells(hasil(capaian_cakupan=frame))
    assert not closed(publik, "capaian_cakupan", "penyebut_lalu")
    assert format_value(None, "persen") == "–"
    assert format_value(TERTUTUP, "persen") == "ditutup"


def test_a_lone_count_without_its_denominator_closes():
    frame = cakupan((2, 30), (20, 40), (30, 60)).astype({"penyebut": "Int64"})
    frame.loc[4, "penyebut"] = pd.NA
    publik = close_cells(hasil(capaian_cakupan=frame))
    assert "E10@73.12.01.2003" in closed(publik, "capaian_cakupan", "pembilang")


def test_last_year_is_shown_for_the_kabupaten_alone_and_closed_by_the_same_rule():
    frame = cakupan((10, 30), (20, 40), (30, 60), penyebut_lalu=120, capaian_lalu_persen=97.5)
    publik = close_cells(hasil(capaian_cakupan=frame))
    assert closed(publik, "capaian_cakupan", "penyebut_lalu") == {"E10@73.12"}
    below = publik.capaian_cakupan["tingkat"].ne("kabupaten")
    assert publik.capaian_cakupan.loc[below, "capaian_lalu_persen"].isna().all()


def test_a_change_closes_with_either_of_its_years():
    frame = cakupan((10, 30), (20, 40), (30, 60), penyebut_lalu=120, capaian_lalu_persen=97.5,
                    tren_poin=-51.3)  # fmt: skip
    publik = close_cells(hasil(capaian_cakupan=frame))
    assert "E10@73.12" in closed(publik, "capaian_cakupan", "tren_poin")
    assert "jumlah_indikator_naik" in closed(publik, "ringkasan", "nilai")


def test_columns_that_sum_up_desa_are_not_published():
    publik = close_cells(hasil(capaian_cakupan=cakupan((10, 30), (20, 40), (30, 60))))
    assert publik.capaian_cakupan["jumlah_desa_tercapai"].isna().all()


def test_a_status_that_would_tell_a_closed_count_closes_with_the_tallies():
    desa = ((30, 30), (40, 40), (60, 60))
    full = cakupan(*desa, target_persen=100.0, status_capaian="tercapai")
    publik = close_cells(hasil(capaian_cakupan=full))
    assert "E10@73.12" in closed(publik, "capaian_cakupan", "status_capaian")
    assert "jumlah_indikator_tercapai" in closed(publik, "ringkasan", "nilai")
    wide = cakupan(*desa, target_persen=50.0, status_capaian="tercapai")
    publik = close_cells(hasil(capaian_cakupan=wide))
    assert not closed(publik, "capaian_cakupan", "status_capaian")


def register(*kecamatan) -> pd.DataFrame:
    """Return one register month: the kabupaten has two stunted of eight without a place."""
    stunting, diukur = (
        sum(part) + more for part, more in zip(zip(*kecamatan, strict=True), (2, 8), strict=True)
    )
    counts = [(stunting, diukur), *kecamatan]
    return pd.DataFrame(
        {
            "baris": [f"R{n}" for n in range(len(counts))],
            "kode_wilayah": ["73.12", *(f"73.12.{n:02}" for n in range(1, len(counts)))],
            "tingkat": ["kabupaten", *["kecamatan"] * len(kecamatan)],
            "jenis_angka": "register", "tahun": 2024, "periode": "Agustus", "sumber": "e-PPGBM",
            "stunting": [x for x, _ in counts], "diukur": [n for _, n in counts],
            "prevalensi_persen": 10.0, "sangat_pendek": 1,
        }
    )  # fmt: skip


def test_children_without_a_place_are_no_remainder_to_subtract():
    publik = close_cells(hasil(perkembangan_prevalensi=register((50, 400), (60, 500), (9, 100))))
    assert closed(publik, "perkembangan_prevalensi", "stunting") == {"R3"}


def test_kecamatan_of_other_years_and_severe_stunting_are_left_out():
    frame = register((50, 400), (60, 500)).assign(tahun=2023)
    publik = close_cells(hasil(perkembangan_prevalensi=frame))
    assert list(publik.perkembangan_prevalensi["tingkat"]) == ["kabupaten"]
    assert publik.perkembangan_prevalensi["sangat_pendek"].isna().all()


def test_register_numbers_of_the_summary_close_with_the_register():
    small = close_cells(hasil(perkembangan_prevalensi=register((1, 400))))
    large = close_cells(hasil(perkembangan_prevalensi=register((50, 400), (60, 500), (9, 100))))
    assert "register_stunting" in closed(small, "ringkasan", "nilai")
    assert "register_stunting" not in closed(large, "ringkasan", "nilai")


def kelompok(*umur, jk=((100, 1000), (80, 900))) -> pd.DataFrame:
    rows = [("kabupaten", "semua", 180, 1900)]
    rows += [("jenis kelamin", name, *pair) for name, pair in zip("LP", jk, strict=True)]
    rows += [("kelompok umur", f"u{place}", *pair) for place, pair in enumerate(umur)]
    frame = pd.DataFrame(rows, columns=["kelompok", "kode", "kasus", "diukur"])
    return frame.assign(baris=frame["kode"], indikator="wasting", prevalensi_persen=5.0)


def test_a_small_age_group_closes_with_another_and_the_sexes_stay():
    publik = close_cells(hasil(prevalensi_kelompok=kelompok((3, 300), (77, 600), (100, 1000))))
    assert closed(publik, "prevalensi_kelompok", "kasus") == {"u0", "u1"}
    assert not closed(publik, "prevalensi_kelompok", "diukur")


def test_a_family_with_a_tiny_group_closes_whole_with_its_denominators():
    publik = close_cells(hasil(prevalensi_kelompok=kelompok((3, 4), (77, 896), (100, 1000))))
    assert closed(publik, "prevalensi_kelompok", "kasus") == {"u0", "u1", "u2"}
    assert {"u0", "u1", "u2"} <= closed(publik, "prevalensi_kelompok", "diukur")


def test_both_semesters_close_with_one():
    frame = pd.DataFrame(
        {"baris": ["E10"], "kode_indikator": ["E10"], "semester_1_pembilang": [3],
         "semester_1_penyebut": [60], "semester_1_persen": [5.0], "semester_2_pembilang": [40],
         "semester_2_penyebut": [60], "semester_2_persen": [66.7], "tahun_persen": [71.7]}
    )  # fmt: skip
    publik = close_cells(hasil(cakupan_semester=frame))
    assert closed(publik, "cakupan_semester", "semester_2_persen") == {"E10"}
    assert not closed(publik, "cakupan_semester", "tahun_persen")


@pytest.mark.parametrize(
    ("satuan", "realisasi", "shut"),
    [("balita", 3, True), ("ibu hamil", 97, True), ("balita", 0, False), ("unit", 3, False)],
)
def test_small_outputs_that_count_people_close_with_their_cost(satuan, realisasi, shut):
    kegiatan = pd.DataFrame(
        {"baris": ["K1"], "id_kegiatan": ["K1"], "satuan": [satuan], "target_output": [100.0],
         "realisasi_output": [float(realisasi)], "capaian_output_persen": [float(realisasi)]}
    )  # fmt: skip
    biaya = pd.DataFrame({"baris": ["K1"], "id_kegiatan": ["K1"], "biaya_per_satuan_rp": [70_000]})
    publik = close_cells(hasil(realisasi_kegiatan=kegiatan, efektivitas_kegiatan=biaya))
    assert (closed(publik, "realisasi_kegiatan", "realisasi_output") == {"K1"}) is shut
    assert (closed(publik, "efektivitas_kegiatan", "biaya_per_satuan_rp") == {"K1"}) is shut
    assert ("rerata_skor_output_persen" in closed(publik, "ringkasan", "nilai")) is shut


@pytest.mark.parametrize(
    ("text", "shut"),
    [
        ("Masih ada 3 balita gizi buruk di desa itu", True),
        ("Seorang ibu hamil menolak", True),
        ("Dua kader belum dilatih", False),
        ("Sebanyak 12 balita dirujuk", False),
        ("Anak usia 0–2 tahun", False),
        ("Anggaran 1.000 HPK", False),
    ],
)
def test_free_text_with_a_small_count_of_people_is_closed(text, shut):
    frame = pd.DataFrame({"baris": ["H1"], "id_hambatan": ["H1"], "uraian": [text]})
    publik = close_cells(hasil(faktor_penghambat=frame))
    assert (closed(publik, "faktor_penghambat", "uraian") == {"H1"}) is shut


def test_what_is_not_declared_is_not_published():
    every = {name: pd.DataFrame({"baris": ["B1"]}) for name in table_names() if name != "ringkasan"}
    publik = close_cells(hasil(**every))
    rules = load_penyamaran()
    for name in every:
        if name not in rules.tabel:
            assert getattr(publik, name).empty, name
    for name in ("pengembalian", "pola_ukur", "penilaian_ukur", "kohort", "sebaran_z"):
        assert name not in rules.tabel


def test_declared_tables_columns_and_numbers_exist():
    rules = load_penyamaran()
    for name, declared in rules.tabel.items():
        known = set(tabel_hasil()[name].nama_kolom)
        assert {*declared.kolom, *declared.kolom_bawah, *declared.saring} <= known, name
        for cacah in declared.cacah:
            assert {*cacah.tutup, *cacah.kelompok, *cacah.keluarga, cacah.penyebut} <= known, name
    for satu in rules.ikut:
        assert {satu.kunci, *satu.tutup} <= set(tabel_hasil()[satu.tabel].nama_kolom)
    ringkasan = rules.ringkasan.model_dump()
    keys = [k for name, names in ringkasan.items() if name != "bagian" for k in names]
    assert set(keys) <= set(load_ringkasan())


def test_every_public_count_of_people_is_watched():
    """A public column of counts is either declared as counts, or tells of no people."""
    watched = {"capaian_cakupan", "cakupan_semester", "konvergensi_sasaran",
               "perkembangan_prevalensi", "prevalensi_kelompok"}  # fmt: skip
    rules = load_penyamaran()
    assert {name for name, declared in rules.tabel.items() if declared.cacah} == watched
    words = ("pembilang", "penyebut", "diukur", "kasus", "stunting", "sasaran", "anak")
    for name in set(rules.tabel) - watched:
        counts = {kolom.nama for kolom in tabel_hasil()[name].kolom if kolom.jenis == "jumlah"}
        public = counts & set(rules.tabel[name].kolom)
        assert not [kolom for kolom in public if any(word in kolom for word in words)], name


@pytest.fixture
def own(tmp_path):
    """Write declarations of a workspace; the packaged ones hold again afterwards."""

    def write(text):
        (tmp_path / "penyamaran.toml").write_text(text, encoding="utf-8")
        use_definisi(tmp_path)

    yield write
    use_definisi(tmp_path / "tidak ada")


def test_a_workspace_may_set_its_own_limits(own):
    own("[angka]\ncacah_minimum = { nilai = 25 }\n")
    publik = close_cells(hasil(capaian_cakupan=cakupan((20, 60), (40, 90), (50, 100))))
    assert "E10@73.12.01.2001" in closed(publik, "capaian_cakupan", "pembilang")


def test_a_limit_that_closes_nothing_is_refused(own):
    own("[angka]\ncacah_minimum = { nilai = 0 }\n")
    with pytest.raises(DefinisiError, match="cacah_minimum"):
        close_cells(hasil())


def test_closing_twice_changes_nothing_and_the_original_stays():
    before = hasil(capaian_cakupan=cakupan((2, 30), (20, 40), (30, 60)))
    publik = close_cells(before)
    assert close_cells(publik) is publik
    assert before.capaian_cakupan["pembilang"].notna().all()
    assert not before.tertutup


def test_a_public_result_is_never_saved_in_the_place_of_the_whole_one(tmp_path):
    publik = close_cells(hasil())
    with pytest.raises(RuangError, match="edisi publik"):
        save_hasil(publik, make_ruang(tmp_path / "ruang"))
