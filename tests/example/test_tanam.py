"""Everything declared as planted is in the files, exactly as often as declared."""

import re

import pandas as pd
import pytest

from reviu_lib.example import daftar_tanam
from reviu_lib.example.cakupan import make_cakupan
from reviu_lib.example.kegiatan import make_kegiatan
from reviu_lib.example.skenario import list_skenario
from reviu_lib.growth import compute_zscores
from reviu_lib.reference import list_desa

PLANTED = daftar_tanam()
DIRT = PLANTED[PLANTED["jenis"] == "kotoran"]
STORIES = PLANTED[PLANTED["jenis"] == "cerita"]
BY_YEAR = {(skenario.kode, skenario.tahun): skenario for skenario in list_skenario()}
PAIR = ("pembilang", "penyebut")


def is_text(column):
    return column.map(lambda value: isinstance(value, str))


def as_numbers(column):
    return pd.to_numeric(column.astype(str).str.replace(",", "."), errors="coerce")


def born(frame):
    return pd.to_datetime(frame["Tgl Lahir"], format="mixed", dayfirst="/" in frame["Tgl Lahir"][0])


def measured(frame):
    text = frame["Tanggal Pengukuran"]
    return pd.to_datetime(text, format="%d/%m/%Y" if "/" in text[0] else "%Y-%m-%d")


def unknown_desa(frame):
    kode = {"SERDANG BEDAGAI": "12.18", "SOPPENG": "73.12"}[frame["Kab/Kota"][0]]
    known = set(list_desa(kode)["desa"].str.upper())
    return ~frame["Desa/Kel"].str.strip().isin(known)


def repeated(frame, keys):
    return frame[frame["NIK"].notna()].duplicated(keys).sum()


def is_listed_again(frame):
    return frame["Nama"].str.startswith("CONTOH AN. ")


def visits_of_one_month(frame):
    pairs = frame.drop_duplicates(["Nama", "Tanggal Pengukuran"])
    return pairs.duplicated("Nama").sum()


def damaged(nik):
    whole = is_text(nik) & nik.astype(str).str.fullmatch(r"\d{16}")
    return nik.notna() & ~whole


def odd_mark(frame, mark):
    return (
        is_text(frame["Berat"]) & frame["Berat"].astype(str).str.fullmatch(rf"\d+\{mark}\d")
    ).sum()


EXPORT = {
    "JUDUL_PUKESMAS": lambda f: list(f.columns).count("Pukesmas"),
    "SPASI_NBSP": lambda f: (f["Desa/Kel"] != f["Desa/Kel"].str.strip()).sum(),
    "KOMA_TEKS": lambda f: odd_mark(f, ","),
    "TITIK_TEKS": lambda f: odd_mark(f, "."),
    "GANDA_TANGGAL_SAMA": lambda f: repeated(f, ["NIK", "Tanggal Pengukuran"]),
    "UKUR_DUA_KALI": visits_of_one_month,
    "Z_SENTINEL": lambda f: (as_numbers(f["ZS BB/TB"]) == 999.99).sum(),
    "TINGGI_NOL": lambda f: (as_numbers(f["Tinggi"]) == 0).sum(),
    "LILA_NOL": lambda f: (as_numbers(f["LiLA"]) == 0).sum(),
    "LILA_STRIP": lambda f: (f["LiLA"] == "-").sum(),
    "NIK_KOSONG": lambda f: (f["NIK"].isna() & ~is_listed_again(f)).sum(),
    "ANAK_GANDA": lambda f: is_listed_again(f).sum(),
    "NIK_ANGKA": lambda f: damaged(f["NIK"]).sum(),
    "USIA_60_BULAN": lambda f: ((measured(f) - born(f)).dt.days.between(1826, 3000)).sum(),
    "TANGGAL_DEPAN": lambda f: (measured(f).dt.year > 2030).sum(),
    "DESA_SALAH_EJA": lambda f: unknown_desa(f).sum(),
    "TEKS_DI_ANGKA": lambda f: (f["Berat"] == "lupa timbang").sum(),
}
BOOK = {
    "RUPIAH_TEKS": lambda c: c.astype(str).str.fullmatch(r"Rp\. [\d.]+,-").sum(),
    "TITIK_RIBUAN": lambda c: c.astype(str).str.fullmatch(r"\d{1,3}(\.\d{3})+").sum(),
    "TANGGAL_TEKS": lambda c: c.astype(str).str.fullmatch(r"\d{1,2} [A-Z][a-z]+ 20\d\d").sum(),
    "TRIWULAN": lambda c: (c == "Triwulan II").sum(),
    "KODE_VARIAN": lambda c: c.astype(str).str.startswith("1.02.02.02.").sum(),
    "BARIS_JUMLAH": lambda c: (c == "JUMLAH").sum(),
    "SPASI_NBSP_CAKUPAN": lambda c: (c.dropna() != c.dropna().str.strip()).sum(),
    "TITIK_RIBUAN_CAKUPAN": lambda c: c.astype(str).str.fullmatch(r"\d\.\d{3}").sum(),
    "DIV0": lambda c: (c == "#DIV/0!").sum(),
    "STRIP": lambda c: (c == "-").sum(),
}


def rows(kinds):
    chosen = DIRT[DIRT["kode"].isin(kinds)]
    return [pytest.param(row, id=f"{row.kode}-{row.berkas}") for row in chosen.itertuples()]


@pytest.mark.parametrize("row", rows(EXPORT))
def test_an_export_holds_the_declared_dirt(contoh, row):
    assert EXPORT[row.kode](contoh.ekspor(row.berkas)) == row.jumlah


@pytest.mark.parametrize("row", rows(BOOK))
def test_a_workbook_holds_the_declared_dirt(contoh, row):
    assert BOOK[row.kode](contoh.sheet(row.berkas, row.lembar)[row.kolom]) == row.jumlah


@pytest.mark.parametrize("row", rows(["REALISASI_TANPA_PAGU"]))
def test_spending_without_a_budget_is_one_row(contoh, row):
    budget = contoh.sheet(row.berkas, "anggaran")
    none = budget[["pagu_rembuk", "pagu_murni", "pagu_perubahan"]].isna().all(axis=1)
    assert (none & budget["realisasi"].notna()).sum() == row.jumlah


@pytest.mark.parametrize("row", rows(["REALISASI_DI_ATAS_PAGU"]))
def test_spending_above_the_budget_is_one_row_that_still_adds_up(contoh, row):
    budget = contoh.sheet(row.berkas, "anggaran")
    ceiling = budget["pagu_perubahan"].fillna(as_numbers(budget["pagu_murni"]))
    over = budget[budget["realisasi"] > ceiling]
    assert len(over) == row.jumlah
    quarters = over[[f"realisasi_tw{number}" for number in range(1, 5)]]
    assert (quarters.sum(axis=1) == over["realisasi"]).all()


@pytest.mark.parametrize("row", rows(["OUTPUT_KOSONG"]))
def test_an_output_not_reported_is_blank_and_never_zero(contoh, row):
    kegiatan = contoh.sheet(row.berkas, "kegiatan")
    assert kegiatan["realisasi_output"].isna().sum() == row.jumlah


@pytest.mark.parametrize("row", rows(["PEMBILANG_LEBIH"]))
def test_more_served_than_there_are_happens_in_the_declared_rows(contoh, row):
    cakupan = contoh.sheet(row.berkas, "cakupan")
    texts = (cakupan[name].astype(str).str.replace(r"\.(?=\d{3})", "", regex=True) for name in PAIR)
    part, whole = (pd.to_numeric(text, errors="coerce") for text in texts)
    assert (part > whole).sum() == row.jumlah


@pytest.mark.parametrize("row", rows(["DESA_TIDAK_ADA"]))
def test_one_desa_is_absent_from_the_coverage_sheet(contoh, row):
    known = set(list_desa(row.kode_kabupaten)["kode_desa"])
    assert len(known - set(contoh.sheet(row.berkas, "cakupan")["kode_desa"])) == row.jumlah


@pytest.mark.parametrize("row", rows(["PEMBULATAN_TINGGI"]))
def test_one_puskesmas_rounds_heights_to_halves_and_the_others_do_not(contoh, row):
    frame = contoh.ekspor(row.berkas)
    halves = as_numbers(frame["Tinggi"]).mod(0.5).eq(0)
    share = halves.groupby(frame["Pukesmas"]).mean()
    place = {"12.18": "DOLOK MASIHUL", "73.12": "MARIORIAWA"}[row.kode_kabupaten]
    assert share[place] > 0.5
    assert share.drop(place).max() < 0.3


@pytest.mark.parametrize("row", rows(["TINGGI_DISESUAIKAN"]))
def test_in_one_puskesmas_heights_gather_just_above_the_limit_of_short(contoh, row):
    frame = contoh.ekspor(row.berkas)
    z = as_numbers(frame["ZS TB/U"])
    above = z.between(-2, -1.9, inclusive="left").groupby(frame["Pukesmas"]).sum()
    below = z.between(-2.1, -2, inclusive="left").groupby(frame["Pukesmas"]).sum()
    place = {"12.18": "PERBAUNGAN", "73.12": "LILIRIAJA"}[row.kode_kabupaten]
    assert above[place] >= row.jumlah > 3 * below[place]
    many = above + below >= 30
    assert (above / below).drop(place)[many].max() < 3


@pytest.mark.parametrize("row", rows(["Z_TIDAK_SESUAI"]))
def test_stored_z_agree_with_the_measures_but_for_the_planted_rows(contoh, row):
    frame = contoh.ekspor(row.berkas)
    z = compute_zscores(
        pd.DataFrame(
            {
                "usia_hari": (measured(frame) - born(frame)).dt.days,
                "jenis_kelamin": frame["JK"],
                "berat_kg": as_numbers(frame["Berat"]),
                "tinggi_cm": as_numbers(frame["Tinggi"]),
                "cara_ukur": frame["Cara Ukur"],
            }
        )
    )
    stored = as_numbers(frame["ZS TB/U"])
    assert ((z["z_tbu"] - stored).abs() > 0.011).sum() == row.jumlah
    assert stored.notna().sum() > 0.99 * len(frame)


def test_the_recap_holds_its_three_contradictions(contoh):
    path = contoh.raw / "73.12/2024/rekap_indikator_2024.csv"
    recap = pd.read_csv(path, sep=";", header=1, encoding="utf-8-sig", dtype=str)
    part, whole = (pd.to_numeric(recap[name].str.replace(".", "")) for name in recap.columns[2:4])
    printed = pd.to_numeric(recap["capaian"].str.replace(",", "."), errors="coerce")
    percent = recap["satuan"] == "persen"
    wrong = percent & printed.notna() & ((part / whole * 100 - printed).abs() > 0.01)
    assert wrong.sum() == 1
    assert (recap["capaian"] == "#DIV/0!").sum() == 1
    assert recap.loc[14, "penyebut"] == recap.loc[13, "penyebut"]


def test_every_kind_of_dirt_is_counted_by_a_test():
    apart = {
        *("REALISASI_TANPA_PAGU", "REALISASI_DI_ATAS_PAGU", "OUTPUT_KOSONG", "PEMBILANG_LEBIH"),
        *("DESA_TIDAK_ADA", "PEMBULATAN_TINGGI", "TINGGI_DISESUAIKAN", "Z_TIDAK_SESUAI"),
        *("TERBIT_KEMUDIAN",),
        *("REKAP_SALAH_DESIMAL", "REKAP_PENYEBUT_LAIN", "REKAP_DIV0"),
    }
    assert set(DIRT["kode"]) == apart | set(EXPORT) | set(BOOK)


def test_no_identity_in_the_example_could_be_a_real_one(contoh):
    for path in contoh.paths:
        relative = path.relative_to(contoh.raw).as_posix()
        if "eppgbm" not in relative:
            continue
        frame = contoh.ekspor(relative)
        assert frame["Nama"].str.fullmatch(r"CONTOH (ANAK|AN\.) \d{6}").all()
        assert frame["Nama Ortu"].str.fullmatch(r"CONTOH AYAH \d{6} / CONTOH IBU \d{6}").all()
        assert (frame["Alamat"] == "CONTOH").all()
        # Kecamatan 00 exists nowhere, so no such NIK was ever issued.
        nik = frame["NIK"].dropna().astype(str)
        assert nik[nik.str.fullmatch(r"\d{16}")].str.fullmatch(r"(1218|7312)00\d{10}").all()
        assert not re.search(r"(?:\+62|\b0)8\d{8,}", frame.drop(columns="NIK").head(2000).to_csv())


def level(skenario, kode_indikator, kecamatan=None):
    """Return the coverage of the whole year in percent."""
    frame = make_cakupan(skenario)
    frame = frame[frame["kode_indikator"] == kode_indikator]
    if kecamatan:
        frame = frame[frame["kode_desa"].str.startswith(kecamatan)]
    return frame["pembilang"].sum() / frame.drop_duplicates("kode_desa")["penyebut"].sum() * 100


@pytest.mark.parametrize(
    "row", [row for row in STORIES.itertuples() if row.tabel == "cakupan"], ids=lambda r: r.kode
)
def test_a_story_of_coverage_comes_out_near_its_number(row):
    assert level(BY_YEAR[row.kode_kabupaten, row.tahun], row.kunci) == pytest.approx(
        row.nilai, abs=2
    )


@pytest.mark.parametrize(
    ("kode", "tahun", "kecamatan"), [("12.18", 2021, "12.18.08"), ("73.12", 2024, "73.12.03")]
)
def test_one_kecamatan_lags_in_specific_services(kode, tahun, kecamatan):
    skenario = BY_YEAR[kode, tahun]
    indikator = {"12.18": "I04", "73.12": "E17"}[kode]
    assert level(skenario, indikator, kecamatan) < level(skenario, indikator) - 12


@pytest.mark.parametrize(
    "row", [row for row in STORIES.itertuples() if row.tabel == "anggaran"], ids=lambda r: r.kunci
)
def test_physical_works_hide_low_spending_on_specific_services(row):
    frames = make_kegiatan(BY_YEAR[row.kode_kabupaten, row.tahun])
    kind = {"fisik/infrastruktur": "sensitif fisik"}.get(row.kunci, row.kunci)
    ids = frames["kegiatan"].loc[frames["kegiatan"]["jenis"] == kind, "id_kegiatan"]
    budget = frames["anggaran"][frames["anggaran"]["id_kegiatan"].isin(ids)]
    ceiling = budget["pagu_perubahan_rp"].fillna(budget["pagu_murni_rp"]).sum()
    assert budget["realisasi_rp"].sum() / ceiling * 100 == pytest.approx(row.nilai, abs=4)


def story_keys(kode):
    chosen = STORIES[STORIES["kode"] == kode]
    return [(BY_YEAR[row.kode_kabupaten, row.tahun], row.kunci) for row in chosen.itertuples()]


def test_the_activity_never_realised_has_no_indicator_and_no_money_in_both_years():
    for skenario, key in story_keys("TIDAK_PERNAH_TEREALISASI"):
        frames = {
            name: frame.set_index("id_kegiatan") for name, frame in make_kegiatan(skenario).items()
        }
        assert pd.isna(frames["kegiatan"].loc[key, "indikator_terkait"])
        assert frames["kegiatan"].loc[key, "realisasi_output"] == 0
        assert frames["anggaran"].loc[key, "realisasi_rp"] == 0
        assert pd.isna(frames["jadwal"].loc[key, "realisasi_selesai"])


def test_an_obligatory_activity_without_realisation_is_marked_so():
    for skenario, key in story_keys("SPM_TANPA_REALISASI"):
        kegiatan = make_kegiatan(skenario)["kegiatan"].set_index("id_kegiatan")
        assert kegiatan.loc[key, "wajib"]
        assert kegiatan.loc[key, "realisasi_output"] == 0


def test_the_late_activity_is_late_by_the_declared_days():
    for row in STORIES[STORIES["kode"] == "TERLAMBAT_BERBULAN"].itertuples():
        jadwal = make_kegiatan(BY_YEAR[row.kode_kabupaten, row.tahun])["jadwal"]
        window = jadwal[jadwal["id_kegiatan"] == row.kunci].iloc[-1]
        assert (window["realisasi_selesai"] - window["rencana_selesai"]).days == row.nilai


def test_denominators_jump_and_change_kind_where_the_stories_say():
    for code, grows in (("PENYEBUT_BERUBAH", True), ("JENIS_PENYEBUT_BERUBAH", False)):
        for skenario, key in story_keys(code):
            before = make_cakupan(BY_YEAR[skenario.kode, skenario.tahun - 1])
            both = [f[f["kode_indikator"] == key] for f in (before, make_cakupan(skenario))]
            first, second = (frame["penyebut"].sum() for frame in both)
            assert (second > 1.1 * first) == grows
            kinds = [set(frame["jenis_penyebut"]) for frame in both]
            assert (kinds[0] == kinds[1]) == grows


def test_the_cascade_from_rembuk_to_dpa_loses_what_the_stories_say():
    for skenario in (BY_YEAR["12.18", 2021], BY_YEAR["73.12", 2024]):
        kegiatan = make_kegiatan(skenario)["kegiatan"]
        stages = kegiatan[["status_rkpd", "status_renja", "status_dpa"]]
        assert stages.eq("tidak masuk").sum().tolist() == [1, 1, 3]
        assert stages.eq("baru").sum().tolist() == [2, 2, 2]
        assert (kegiatan["disepakati_rembuk"] == (stages["status_rkpd"] != "baru")).all()
        changed = ~stages.eq("masuk").all(axis=1)
        assert kegiatan.loc[changed, "alasan"].notna().all()
