"""What may be changed without changing a conclusion, tried on the whole review of the example."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.bahan import BahanReviu
from reviu_lib.hasil import table_names
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_kegiatan

from .bahan_kecil import DESA, KAB, baris, cakupan, make_bahan, make_konteks
from .dunia import CONTOH, base, change_tables, differences, make_dunia, review_changed

KELAS = ["Sangat rendah", "Rendah", "Sedang", "Tinggi", "Sangat tinggi"]


# The example that has children too, where the other adds nothing.
lengkap = pytest.mark.parametrize("kode", CONTOH[-1:])


@pytest.fixture(scope="module", params=CONTOH)
def kode(request):
    return request.param


def cells(found: dict[str, list[str]], *without: str) -> dict[str, list[str]]:
    """Return the differences without the cells that hold one of these words."""
    kept = {
        name: [c for c in rows if not any(word in c for word in without)]
        for name, rows in found.items()
    }
    return {name: rows for name, rows in kept.items() if rows}


def desa_pertama(kode: str) -> str:
    return make_dunia(kode)[0].cakupan["kode_desa"].iloc[0]


@lengkap
def test_all_money_times_seven_changes_rupiah_and_nothing_else(kode):
    def times_seven(bahan: BahanReviu) -> BahanReviu:
        money = [name for name in bahan.anggaran if name.endswith("_rp")]
        return replace(bahan, anggaran=bahan.anggaran.assign(**bahan.anggaran[money].mul(7)))

    hasil = review_changed(kode, times_seven)
    assert cells(differences(base(kode), hasil), "_rp") == {}
    before, after = (item.ringkasan.set_index("baris")["nilai"] for item in (base(kode), hasil))
    rounded = before.index.isin(["rancangan_pagu_bawah_rp", "rancangan_pagu_atas_rp"])
    money = before.index.str.endswith("_rp") & before.notna() & ~rounded
    assert (after[money] == before[money] * 7).all()


def test_the_order_of_rows_says_nothing(kode):
    """But for the running number, what stands first in a list, and what is cut off behind five."""
    hasil = review_changed(
        kode, lambda bahan: change_tables(bahan, lambda rows: rows.sample(frac=1, random_state=3))
    )
    hanya = [name for name in table_names() if name != "pengembalian"]  # numbered by file and row
    found = differences(base(kode), hasil, hanya=hanya)
    assert cells(found, "/nomor", "/sub_kegiatan_usulan", "/rekomendasi") == {}


def test_an_opd_by_another_name_gets_the_same_conclusions(kode):
    lama, baru = "Dinas Kesehatan", "AAA Baru"

    def rename(rows: pd.DataFrame) -> pd.DataFrame:
        names = [name for name in ("opd", "opd_pj") if name in rows]
        return rows.assign(**{name: rows[name].replace(lama, baru) for name in names})

    hasil = review_changed(kode, lambda bahan: change_tables(bahan, rename))
    words = {baru: lama, baru.replace(" ", "_"): lama.replace(" ", "_")}
    back = {name: getattr(hasil, name).replace(words, regex=True) for name in table_names()}
    assert differences(base(kode), replace(hasil, **back)) == {}


def halve(rows: pd.DataFrame, desa: str, half: str, counts: list[str]) -> pd.DataFrame:
    """Return the rows with half of the counts of one desa under another code."""
    own = rows["kode_desa"] == desa
    moved = rows[own].assign(kode_desa=half, desa="Belahan", **rows.loc[own, counts] // 2)
    stayed = rows[own].assign(**rows.loc[own, counts] - moved[counts])
    return pd.concat([rows[~own], stayed, moved], ignore_index=True)


def split(bahan: BahanReviu, desa: str, half: str) -> BahanReviu:
    """Return the inputs with one desa in two: half of its counts and of its children move."""
    children = bahan.pengukuran
    leaving = (children["kode_desa"] == desa) & children["id_anak"].str[-1].isin(list("02468"))
    skor = ["sasaran", "diterima", "tidak_seharusnya"]
    return replace(
        bahan,
        cakupan=halve(bahan.cakupan, desa, half, ["pembilang", "penyebut"]),
        konvergensi=halve(bahan.konvergensi, desa, half, skor),
        pengukuran=children.assign(kode_desa=children["kode_desa"].mask(leaving, half)),
    )


# The list of materials counts rows, and what the meeting decides counts the desa that are ranked.
DIHITUNG = ("/jumlah_baris", "usulan_lokus/jumlah_")
# What is counted by desa changes with the number of desa, and so does what compares desa.
PER_DESA = ("jumlah_desa", "rerata_desa", "kelengkapan_persen")
MEMBANDING_DESA = (
    "pemerataan_cakupan", "keterpaduan_layanan", "konvergensi_desa", "kaitan_desa", "usulan_lokus",
    "mutu_data",
)  # fmt: skip


@lengkap
def test_one_desa_in_two_halves_leaves_the_pooled_figures(kode):
    desa = desa_pertama(kode)
    half = f"{desa[:-3]}999"
    hasil = review_changed(kode, lambda bahan: split(bahan, desa, half))
    hanya = [name for name in table_names() if name not in MEMBANDING_DESA]
    found = cells(differences(base(kode), hasil, hanya=hanya), desa, half, *PER_DESA)
    skip = ("halus_", "jumlah_lokus_", "porsi_kecamatan_", "lokasi_usulan", "kuadran_")
    assert cells(found, *skip, *DIHITUNG) == {}


@lengkap
def test_an_indicator_with_a_target_only_or_a_row_without_numbers_changes_no_other(kode):
    now, _ = make_dunia(kode)
    indikator = now.target["kode_indikator"].iloc[-1]

    def leave_out(bahan: BahanReviu) -> BahanReviu:
        kept = {
            name: getattr(bahan, name)[getattr(bahan, name)["kode_indikator"] != indikator]
            for name in ("cakupan", "target")
        }
        return replace(bahan, **kept)

    def target_only(bahan: BahanReviu) -> BahanReviu:
        return replace(leave_out(bahan), target=bahan.target)

    def blank_row(bahan: BahanReviu) -> BahanReviu:
        row = bahan.cakupan.iloc[:1].assign(
            kode_indikator=indikator, pembilang=pd.NA, penyebut=pd.NA
        )
        rest = leave_out(bahan)
        return replace(rest, cakupan=pd.concat([rest.cakupan, row]))

    without = review_changed(kode, leave_out)
    for change in (target_only, blank_row):
        found = differences(without, review_changed(kode, change))
        assert cells(found, indikator, *DIHITUNG) == {}


# Tables that say how many desa reported.
TIDAK_LENGKAP = (
    "cakupan_semester", "kesenjangan_cakupan", "konvergensi_sasaran", "konvergensi_layanan",
    "keterpaduan_layanan",
)  # fmt: skip


@lengkap
def test_a_silent_desa_changes_no_other_desa(kode):
    desa = desa_pertama(kode)
    silent = f"{desa[:-3]}999"

    def add_silent(bahan: BahanReviu) -> BahanReviu:
        rows = bahan.cakupan[bahan.cakupan["kode_desa"] == desa]
        rows = rows.assign(kode_desa=silent, desa="Bisu", pembilang=pd.NA, penyebut=pd.NA)
        return replace(bahan, cakupan=pd.concat([bahan.cakupan, rows], ignore_index=True))

    hasil = review_changed(kode, add_silent)
    found = differences(base(kode), hasil)
    regions = (f"@{kode}/", f"@{desa[:8]}/")  # the kabupaten and the kecamatan are less complete
    found["capaian_cakupan"] = [
        cell for cell in found["capaian_cakupan"]
        if not (any(region in cell for region in regions)
                and cell.rpartition("/")[2] in {"jumlah_desa", "kelengkapan_persen", "status_data"})
    ]  # fmt: skip
    counts = ("jumlah_desa", "kelengkapan_persen", "status_data")
    for name in TIDAK_LENGKAP:
        found[name] = cells({"k": found.get(name, [])}, *counts).get("k", [])
    totals = ("jumlah_desa/nilai", "jumlah_desa_tidak_andal/nilai")
    assert cells(found, silent, *totals, *DIHITUNG) == {}


def shift_year(bahan: BahanReviu) -> BahanReviu:
    """Return the same inputs a year earlier: every date and year."""
    back = pd.DateOffset(years=1)

    def shift(rows: pd.DataFrame) -> pd.DataFrame:
        dates = [name for name in rows if pd.api.types.is_datetime64_dtype(rows[name])]
        moved = {name: rows[name] - back for name in dates}
        return rows.assign(**moved, **({"tahun": rows["tahun"] - 1} if "tahun" in rows else {}))

    cutoff, meeting = (
        (pd.Timestamp(day) - back).date() for day in (bahan.tanggal_cutoff, bahan.tanggal_reviu)
    )
    return replace(
        change_tables(bahan, shift),
        tahun=bahan.tahun - 1,
        tanggal_cutoff=cutoff,
        tanggal_reviu=meeting,
    )


def test_a_year_earlier_the_same_inputs_give_the_same_conclusions(kode):
    """Within one era; only national targets, which belong to a year, and a leap day may differ."""
    hasil = review_changed(kode, shift_year)
    hanya = ["realisasi_kegiatan", "kaskade", "realisasi_anggaran", "usulan_kegiatan",
             "efektivitas_kegiatan", "petunjuk_hambatan", "pareto_hambatan", "kohort",
             "kaitan_desa", "prevalensi_kelompok", "pemerataan_cakupan", "pola_ukur"]  # fmt: skip
    found = differences(base(kode), hasil, hanya=hanya)
    assert cells(found, "/tahun_", "_hari", "/keterangan_waktu", "/rencana_",
                 "/realisasi_mulai", "/realisasi_selesai", "/tenggat") == {}  # fmt: skip
    kolom = ["pembilang", "penyebut", "capaian_persen", "tren_poin", "status_tren", "status_data"]
    before, after = (item.capaian_cakupan.set_index("baris")[kolom] for item in (base(kode), hasil))
    pd.testing.assert_frame_equal(before, after)


def rank(word: str) -> int:
    return -1 if pd.isna(word) else KELAS.index(word)


COUNT = st.integers(0, 100)


@settings(deadline=None, max_examples=10)
@given(COUNT, COUNT, COUNT, st.sampled_from(["naik", "turun"]), st.sampled_from([20, 58, 80]))
def test_more_served_never_lowers_class_or_status_of_a_rising_indicator(a, b, more, arah, target):
    """And never raises those of an indicator of which less is better."""
    own = [
        compute_cakupan(
            make_konteks(
                make_bahan(
                    cakupan=cakupan(f"{DESA[0]} {top} 200", f"{DESA[3]} {b} 100"),
                    target=baris("kode_indikator tingkat tahun nilai sumber",
                                 f"E11 kabupaten 2024 {target} RKPD"),
                ),
                desa=[DESA[0], DESA[3]],
                E11={"arah": arah},
            )
        ).set_index("baris").loc[f"E11@{KAB}"]
        for top in (a, a + more)
    ]  # fmt: skip
    less, raised = own if arah == "naik" else reversed(own)
    assert raised["skor_persen"] >= less["skor_persen"]
    assert rank(raised["kategori"]) >= rank(less["kategori"])
    assert (raised["status_capaian"], less["status_capaian"]) != ("belum tercapai", "tercapai")


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 120), COUNT, COUNT)
def test_more_output_never_lowers_class_or_status_of_an_activity(target, done, more):
    less, raised = (
        compute_kegiatan(
            make_konteks(
                make_bahan(
                    kegiatan=baris("id_kegiatan opd target_output realisasi_output",
                                   f"K1 Dinkes {target} {value}"),
                )
            )
        ).iloc[0]
        for value in (done, done + more)
    )  # fmt: skip
    assert raised["capaian_output_persen"] >= less["capaian_output_persen"]
    assert rank(raised["kategori_output"]) >= rank(less["kategori_output"])
    assert (raised["status_output"], less["status_output"]) != ("belum tercapai", "tercapai")


@lengkap
def test_one_more_served_child_of_one_desa_lowers_nothing_in_the_whole_review(kode):
    """Statuses and classes stay or rise, and the desa never comes earlier among the lokus."""
    now, before = make_dunia(kode)
    rows = now.cakupan
    last = rows[rows["kode_indikator"] == now.target["kode_indikator"].iloc[-1]]
    chosen = (last["penyebut"] - last["pembilang"]).idxmax()
    more = pd.Series(0, rows.index).where(rows.index != chosen, 1)
    changed = rows.assign(pembilang=rows["pembilang"] + more)
    hasil = review_changed(
        kode, lambda bahan: replace(now, cakupan=changed) if bahan is now else before
    )
    pair = [
        item.capaian_cakupan.set_index("baris")[["capaian_persen", "kategori", "status_capaian"]]
        for item in (base(kode), hasil)
    ]
    assert (pair[1]["capaian_persen"].fillna(0) >= pair[0]["capaian_persen"].fillna(0)).all()
    assert (pair[1]["capaian_persen"] > pair[0]["capaian_persen"]).sum() == 3
    assert (pair[1]["kategori"].map(rank) >= pair[0]["kategori"].map(rank)).all()
    lost = (pair[0]["status_capaian"] == "tercapai") & (pair[1]["status_capaian"] != "tercapai")
    assert not lost.any()
    desa = rows.loc[chosen, "kode_desa"]
    skor = [item.usulan_lokus.set_index("kode_desa").loc[desa, "skor"]
            for item in (base(kode), hasil)]  # fmt: skip
    assert not skor[1] > skor[0]
