"""Plans, schedules, and budgets of the example, recomputed from the templates."""

from datetime import date

import pandas as pd
import pytest

from reviu_lib.example.kegiatan import make_kegiatan
from reviu_lib.example.skenario import list_skenario, load_desa, read_data, stories

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
TEMPLATES = read_data("kegiatan")["templat"]["kegiatan"]
LATER = ["12.18/2021", "73.12/2024"]


def kegiatan(tables, folder):
    return tables[folder]["kegiatan"].set_index("id_kegiatan")


def anggaran(tables, folder):
    return tables[folder]["anggaran"]


def template(key):
    """Return the template of an activity; K101, K102, … are K1 at each puskesmas."""
    by_id = {row["id"]: row for row in TEMPLATES}
    return by_id.get(key) or by_id[key[:-2]]


@pytest.mark.parametrize("folder", YEARS)
def test_an_activity_per_puskesmas_is_there_once_for_each_kecamatan(tables, folder):
    expected = []
    kecamatan = load_desa(YEARS[folder].kode)["kecamatan"].nunique()
    for row in TEMPLATES:
        if row.get("per") == "puskesmas":
            expected += [f"{row['id']}{number:02d}" for number in range(1, kecamatan + 1)]
        else:
            expected.append(row["id"])
    assert sorted(tables[folder]["kegiatan"]["id_kegiatan"]) == sorted(expected)


@pytest.mark.parametrize("folder", YEARS)
def test_an_activity_per_puskesmas_names_its_kecamatan_in_title_and_place(tables, folder):
    frame = tables[folder]["kegiatan"]
    desa = frame["lokasi_rencana"].str.contains(";")
    local = frame[(frame["lokasi_rencana"] != "Seluruh kecamatan") & ~desa]
    assert set(local["lokasi_rencana"]) == set(load_desa(YEARS[folder].kode)["kecamatan"])
    for row in local.itertuples():
        assert row.sub_kegiatan.endswith(f" – {row.lokasi_rencana}")


@pytest.mark.parametrize(
    ("folder", "kode"), [("12.18/2021", "12.18.03.2002"), ("73.12/2024", "73.12.02.2010")]
)
def test_one_activity_names_every_lokus_but_the_one_of_the_story(tables, folder, kode):
    frame = tables[folder]["kegiatan"].set_index("id_kegiatan")
    lokus = tables[folder]["lokus"]["kode_desa"]
    named = frame.loc["K038", "lokasi_rencana"].split("; ")
    left_out = load_desa(YEARS[folder].kode).set_index("kode_desa").loc[kode]
    assert kode in set(lokus)
    assert len(named) == len(lokus) - 1
    assert f"{left_out['desa']} ({left_out['kecamatan']})" not in named


@pytest.mark.parametrize("folder", YEARS)
def test_an_activity_without_output_has_no_place_of_realisation(tables, folder):
    frame = tables[folder]["kegiatan"]
    nothing = frame["realisasi_output"] == 0
    assert frame["lokasi_realisasi"].isna().eq(nothing).all()


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        ("12.18/2020", None),
        ("12.18/2021", "1.02.02.2.02.01"),
        ("73.12/2023", "1.02.02.2.02.0001"),
        ("73.12/2024", "1.02.02.2.02.0001"),
    ],
)
def test_a_code_is_written_as_the_nomenclature_of_its_year_wrote_it(tables, folder, code):
    found = kegiatan(tables, folder).loc["K001", "kode_sub_kegiatan"]
    assert pd.isna(found) if code is None else found == code


@pytest.mark.parametrize("folder", YEARS)
def test_an_opd_carries_its_real_name_in_that_kabupaten(tables, folder):
    names = read_data("kegiatan")["opd"]
    frame = kegiatan(tables, folder)
    for key, row in frame.iterrows():
        assert row["opd"] == names[template(key)["opd"]][YEARS[folder].kode]


@pytest.mark.parametrize("folder", YEARS)
def test_targets_are_whole_numbers_of_at_least_one(tables, folder):
    target = tables[folder]["kegiatan"]["target_output"]
    assert target.ge(1).all()
    assert target.mod(1).eq(0).all()


@pytest.mark.parametrize("folder", YEARS)
def test_a_target_by_population_is_its_share_of_the_children(tables, folder):
    frame, size = kegiatan(tables, folder), YEARS[folder].kabupaten["balita"]
    for row in TEMPLATES:
        if "rasio" in row and row.get("per") != "puskesmas":
            assert frame.loc[row["id"], "target_output"] == pytest.approx(
                row["rasio"] * size, abs=1
            )


@pytest.mark.parametrize("folder", LATER)
def test_realised_output_of_a_story_is_its_share_of_the_target(tables, folder):
    frame = kegiatan(tables, folder)
    for key, told in stories(YEARS[folder], "kegiatan").items():
        if "output" in told:
            expected = frame.loc[key, "target_output"] * told["output"]
            assert frame.loc[key, "realisasi_output"] == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize("folder", LATER)
def test_spending_of_a_story_is_its_share_of_the_budget(tables, folder):
    budget = anggaran(tables, folder)
    for key, told in stories(YEARS[folder], "kegiatan").items():
        rows = budget[budget["id_kegiatan"] == key]
        ceiling = sum(
            murni if pd.isna(perubahan) else perubahan
            for murni, perubahan in zip(
                rows["pagu_murni_rp"], rows["pagu_perubahan_rp"], strict=True
            )
        )
        if "serapan" in told:
            assert sum(rows["realisasi_rp"]) == pytest.approx(told["serapan"] * ceiling, abs=1000)


@pytest.mark.parametrize("folder", YEARS)
def test_the_minutes_of_the_rembuk_number_the_agreed_activities_only(tables, folder):
    frame = tables[folder]["kegiatan"]
    agreed = frame["disepakati_rembuk"]
    assert frame["nomor_ba_rembuk"].notna().eq(agreed).all()
    assert frame.loc[agreed, "nomor_ba_rembuk"].is_unique
    assert frame.loc[agreed, "nomor_ba_rembuk"].str.startswith(f"BA-{YEARS[folder].tahun}/").all()


@pytest.mark.parametrize("folder", YEARS)
def test_an_activity_has_the_windows_of_its_template_in_order(tables, folder):
    tahun = YEARS[folder].tahun
    for key, rows in tables[folder]["jadwal"].groupby("id_kegiatan"):
        windows = template(key)["jadwal"]
        assert rows["jendela"].tolist() == list(range(1, len(windows) + 1))
        planned = [
            f"{start:%m-%d}/{finish:%m-%d}"
            for start, finish in zip(rows["rencana_mulai"], rows["rencana_selesai"], strict=True)
        ]
        assert planned == windows
        assert set(rows["rencana_mulai"].dt.year) == {tahun}


@pytest.mark.parametrize("folder", YEARS)
def test_what_is_finished_was_begun(tables, folder):
    frame = tables[folder]["jadwal"]
    assert frame.loc[frame["realisasi_selesai"].notna(), "realisasi_mulai"].notna().all()


@pytest.mark.parametrize("folder", LATER)
def test_the_review_itself_has_not_begun_or_ended_when_the_data_close(tables, folder):
    frame = tables[folder]["jadwal"].set_index("id_kegiatan")
    assert pd.isna(frame.loc["K056", "realisasi_selesai"])


@pytest.mark.parametrize("folder", YEARS)
def test_every_source_of_funds_of_a_template_is_one_row(tables, folder):
    for key, rows in anggaran(tables, folder).groupby("id_kegiatan"):
        assert rows["sumber_dana"].tolist() == template(key)["dana"].split("+")


@pytest.mark.parametrize("folder", YEARS)
def test_initial_budgets_sum_to_the_declared_billions_without_what_was_left_out(tables, folder):
    budget = anggaran(tables, folder)
    whole = YEARS[folder].ketentuan["pagu_miliar"] * 1e9
    missing = budget.loc[budget["pagu_murni_rp"] == 0, "pagu_rembuk_rp"].sum()
    assert budget["pagu_murni_rp"].sum() + missing == pytest.approx(whole, abs=100 * 50_000)


@pytest.mark.parametrize("folder", YEARS)
@pytest.mark.parametrize(
    ("column", "step"),
    [("pagu_murni_rp", 50_000), ("pagu_perubahan_rp", 50_000), ("realisasi_rp", 500)],
)
def test_budgets_are_round_and_spending_ends_on_five_hundred(tables, folder, column, step):
    assert (anggaran(tables, folder)[column].dropna() % step == 0).all()


@pytest.mark.parametrize("folder", LATER)
def test_an_activity_not_in_the_dpa_has_no_budget_and_no_spending(tables, folder):
    stages = kegiatan(tables, folder)["status_dpa"]
    out = anggaran(tables, folder).query("id_kegiatan in @ids", local_dict={
        "ids": list(stages.index[stages == "tidak masuk"])
    })  # fmt: skip
    assert len(out) >= 3
    assert out["pagu_murni_rp"].eq(0).all()
    assert out["realisasi_rp"].eq(0).all()
    assert out["pagu_perubahan_rp"].isna().all()
    assert out["pagu_rembuk_rp"].gt(0).all()


@pytest.mark.parametrize("folder", LATER)
def test_the_rembuk_agreed_more_than_a_cut_budget_and_nothing_for_a_new_one(tables, folder):
    frame = anggaran(tables, folder).set_index("id_kegiatan")
    cut = frame.loc[["K002", "K033"]]
    assert (cut["pagu_rembuk_rp"] > 1.29 * cut["pagu_murni_rp"]).all()
    assert frame.loc[["K040", "K041"], "pagu_rembuk_rp"].isna().all()


@pytest.mark.parametrize("folder", YEARS)
def test_only_some_budgets_are_revised_and_by_at_most_a_tenth(tables, folder):
    frame = anggaran(tables, folder)
    revised = frame["pagu_perubahan_rp"].notna()
    assert 0.1 < revised.mean() < 0.6
    ratio = (frame["pagu_perubahan_rp"] / frame["pagu_murni_rp"])[revised]
    assert ratio.between(0.89, 1.11).all()


@pytest.mark.parametrize(("folder", "partial"), [("12.18/2020", False), ("12.18/2021", True)])
def test_cash_plans_until_the_cut_off_exist_in_a_part_year_only(tables, folder, partial):
    assert anggaran(tables, folder)["anggaran_kas_sd_cutoff_rp"].notna().any() == partial


def test_support_never_reaches_people_directly(tables):
    for folder in YEARS:
        support = tables[folder]["kegiatan"].query("jenis == 'dukungan'")["id_kegiatan"]
        rows = anggaran(tables, folder)
        direct = rows.loc[rows["id_kegiatan"].isin(support), "langsung_sasaran_rp"]
        assert len(direct)
        assert direct.eq(0).all()


def test_the_same_scenario_gives_the_same_tables_again(tables):
    again = make_kegiatan(YEARS["73.12/2024"])
    for name, frame in again.items():
        pd.testing.assert_frame_equal(frame, tables["73.12/2024"][name])


def test_aksi_are_dated_in_the_year_and_the_review_aksi_on_the_review_day(tables):
    for folder, skenario in YEARS.items():
        aksi = tables[folder]["aksi"].set_index("aksi")
        assert list(aksi.index) == [str(number) for number in range(1, 9)]
        assert aksi.loc["8", "tanggal_rencana"] == skenario.ketentuan["tanggal_reviu"]
        assert aksi.loc["1", "tanggal_realisasi"] == date(skenario.tahun, 2, 24)
        assert pd.isna(aksi.loc["6", "tanggal_realisasi"])


def test_an_aksi_not_begun_has_no_evidence(tables):
    for frames in tables.values():
        aksi = frames["aksi"]
        waiting = aksi["status"].isin(["belum", "berjalan"])
        assert aksi.loc[waiting, ["tanggal_realisasi", "dokumen_bukti"]].isna().all(axis=None)
