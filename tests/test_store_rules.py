"""Places, keys, and notes of the store: what is damaged is said, what is foreign is not read."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.bahan import BahanReviu
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.hasil import HasilReviu
from reviu_lib.store import (
    Ruang,
    digest_bahan,
    digest_masukan,
    explain_stale,
    find_ruang,
    list_lalu,
    load_bahan,
    load_berkas,
    load_hasil,
    load_identitas,
    load_kunci,
    make_ruang,
    save_bahan,
    save_hasil,
)

UNIT = ("12.18", 2021)
SIAPA = ("12.18", "Kabupaten Serdang Bedagai", 2021)
TANGGAL = {"tanggal_cutoff": date(2021, 11, 30), "tanggal_reviu": date(2021, 12, 21)}
LOKUS = pd.DataFrame({"kode_desa": ["12.18.02.2001"], "tahun": [2021], "dasar": ["SK ≥ 1 $x$"]})


@pytest.fixture(scope="module")
def tersimpan(tmp_path_factory):
    """A workspace with the saved inputs and results of one unit without raw files; read only."""
    ruang = make_ruang(tmp_path_factory.mktemp("simpan"))
    save_bahan(BahanReviu(*SIAPA, **TANGGAL, lokus=LOKUS), ruang)
    save_hasil(HasilReviu(*SIAPA, **TANGGAL), ruang)
    return ruang


@pytest.fixture
def ruang(tersimpan, tmp_path):
    """A copy of that workspace, to change."""
    return Ruang(shutil.copytree(tersimpan.root, tmp_path / "salinan"))


def _note(ruang, name="asal.json"):
    folder = ruang.processed_of(*UNIT)
    return folder / name if name == "asal.json" else folder / "hasil" / name


def _change(path, **values):
    content = json.loads(path.read_text()) | values
    path.write_text(json.dumps({k: v for k, v in content.items() if v is not None}))


@pytest.mark.parametrize(
    ("place", "relative"),
    [
        ("raw", "data/raw"),
        ("processed", "data/processed"),
        ("reports", "reports"),
        ("notebooks", "notebooks"),
        ("rahasia", ".reviu"),
    ],
)
def test_every_place_is_where_the_design_says(tmp_path, place, relative):
    assert getattr(Ruang(tmp_path), place) == tmp_path / relative


def test_reports_are_by_year_first_and_data_by_code_first(tmp_path):
    ruang = Ruang(tmp_path)
    assert ruang.reports_of("12.10", 2024) == tmp_path / "reports/2024/12.10"
    assert ruang.raw_of("12.10", 2024) == tmp_path / "data/raw/12.10/2024"
    assert ruang.processed_of("12.10", 2024) == tmp_path / "data/processed/12.10/2024"


def test_a_relative_workspace_stays_where_it_was_when_the_folder_changes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ruang = Ruang("kerja")
    monkeypatch.chdir("/")
    assert ruang.root == tmp_path / "kerja"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=8))
def test_no_text_but_a_code_of_two_levels_names_a_folder(text):
    places = (Ruang("/r").raw_of, Ruang("/r").processed_of, Ruang("/r").reports_of)
    for place in places:
        with pytest.raises(KodeError, match="tidak sah"):
            place(f"{text}/", 2021)


@pytest.mark.parametrize(
    "kode", ["12.18\n", " 12.18", "12.18.02", "1218", "00", "35", "١٢.١٨", None]
)
def test_a_code_that_only_looks_right_is_refused(kode):
    with pytest.raises(KodeError, match=r"misalnya 12\.18"):
        Ruang("/r").raw_of(kode, 2021)


@pytest.mark.parametrize(
    ("folder", "listed"),
    [
        ("12.18/1900", True),
        ("12.18/2099", True),
        ("12.18/1899", False),
        ("12.18/2100", False),
        ("12.18/20211", False),
        ("12.18/2021-salinan", False),
        ("12.18/20٢١", False),
        ("١٢.١٨/2021", False),
        ("12.1/2021", False),
        ("1218/2021", False),
    ],
)
def test_raw_folders_count_by_their_exact_name(tmp_path, folder, listed):
    path = tmp_path / "data/raw" / folder / "a.csv"
    path.parent.mkdir(parents=True)
    path.write_text("x")
    assert bool(Ruang(tmp_path).list_raw()) == listed


def test_units_are_sorted_by_code_then_year(tmp_path):
    for unit in ("73.12/2023", "12.18/2021", "73.12/2022", "12.10/2024"):
        (tmp_path / "data/raw" / unit).mkdir(parents=True)
        (tmp_path / "data/raw" / unit / "a.csv").write_text("x")
    told = [f"{kode}/{tahun}" for kode, tahun in Ruang(tmp_path).list_raw()]
    assert told == ["12.10/2024", "12.18/2021", "73.12/2022", "73.12/2023"]


def test_a_folder_with_nothing_but_hidden_files_is_not_listed(tmp_path):
    (tmp_path / "data/raw/12.18/2021").mkdir(parents=True)
    (tmp_path / "data/raw/12.18/2021/.DS_Store").write_text("x")
    assert Ruang(tmp_path).list_raw() == []


def test_an_empty_or_absent_workspace_lists_nothing(tmp_path):
    assert (
        make_ruang(tmp_path / "a").list_raw() == make_ruang(tmp_path / "a").list_processed() == []
    )
    assert Ruang(tmp_path / "tidak-ada").list_raw() == []


@pytest.mark.parametrize("sign", ["reviu.toml", "data/raw"])
def test_a_workspace_is_known_by_its_settings_or_its_raw_folder(tmp_path, monkeypatch, sign):
    monkeypatch.delenv("REVIU_RUANG", raising=False)
    path = tmp_path / sign
    path.parent.mkdir(exist_ok=True)
    path.mkdir() if sign == "data/raw" else path.write_text("")
    (tmp_path / "dalam" / "sekali").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "dalam" / "sekali")
    assert find_ruang().root == tmp_path


def test_a_named_folder_is_not_searched_upwards(tersimpan, monkeypatch):
    with pytest.raises(RuangError, match="bukan ruang kerja reviu"):
        find_ruang(tersimpan.raw)
    monkeypatch.setenv("REVIU_RUANG", str(tersimpan.raw))
    with pytest.raises(RuangError, match="bukan ruang kerja reviu"):
        find_ruang()


@pytest.mark.parametrize("kind", [str, Path, lambda path: Ruang(path)])
def test_a_workspace_is_named_by_text_path_or_itself(tersimpan, kind):
    assert find_ruang(kind(tersimpan.root)) == tersimpan


def test_making_a_workspace_again_changes_nothing_in_it(tersimpan):
    before = {p: p.stat().st_mtime_ns for p in tersimpan.root.rglob("*") if p.is_file()}
    make_ruang(tersimpan.root)
    assert {p: p.stat().st_mtime_ns for p in tersimpan.root.rglob("*") if p.is_file()} == before


def test_a_workspace_where_a_file_is_in_the_way_is_refused(tmp_path):
    (tmp_path / "data").write_text("bukan folder")
    with pytest.raises(RuangError, match="tidak dapat dibuat.*Pilih folder yang boleh ditulis"):
        make_ruang(tmp_path)


def test_the_folder_of_the_key_is_private_and_the_key_differs_between_workspaces(tmp_path):
    one, two = make_ruang(tmp_path / "a"), make_ruang(tmp_path / "b")
    assert load_kunci(one) != load_kunci(two)
    assert one.rahasia.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "zz" * 32, "é" * 32])
def test_a_key_of_another_length_or_alphabet_is_damaged(tmp_path, text):
    ruang = make_ruang(tmp_path)
    (ruang.rahasia / "kunci").write_text(text)
    with pytest.raises(RuangError, match="Kembalikan berkas itu dari cadangan"):
        load_kunci(ruang)


def test_a_line_end_after_the_key_does_no_harm(tmp_path):
    ruang = make_ruang(tmp_path)
    (ruang.rahasia / "kunci").write_text("ab" * 32 + "\r\n")
    assert load_kunci(ruang) == bytes.fromhex("ab" * 32)


def test_processes_that_ask_at_once_for_a_new_key_get_the_same(tmp_path):
    ruang = make_ruang(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(load_kunci, [ruang] * 32))
    assert len(keys) == 1
    assert os.listdir(ruang.rahasia) == ["kunci"]


def test_the_key_itself_stands_in_no_other_file(ruang):
    key = load_kunci(ruang)
    files = [p for p in ruang.root.rglob("*") if p.is_file() and p.name != "kunci"]
    assert [p for p in files if key in p.read_bytes() or key.hex().encode() in p.read_bytes()] == []


def test_identity_is_read_without_any_table(ruang):
    for path in ruang.processed_of(*UNIT).glob("*.parquet"):
        path.unlink()
    told = load_identitas(*UNIT, ruang=ruang)
    assert (told["nama"], told["tahun"], told["contoh"]) == (SIAPA[1], 2021, False)
    assert told["tanggal_reviu"] == date(2021, 12, 21)


@pytest.mark.parametrize("part", ["bahan", "tabel", "berkas"])
def test_an_asal_that_lacks_a_part_is_damaged_and_never_a_crash(ruang, part):
    _change(_note(ruang), **{part: None})
    for read in (load_bahan, digest_bahan, load_identitas):
        with pytest.raises(
            RuangError, match=r"asal\.json rusak.*reviu periksa 12\.18 --tahun 2021"
        ):
            read(*UNIT, ruang=ruang)
    assert "asal.json rusak" in explain_stale(*UNIT, ruang=ruang)


@pytest.mark.parametrize("part", ["hasil", "tabel"])
def test_a_result_note_that_lacks_a_part_is_damaged_and_never_a_crash(ruang, part):
    _change(_note(ruang, "hasil.json"), **{part: None})
    with pytest.raises(RuangError, match=r"hasil\.json rusak.*reviu laporan 12\.18 --tahun 2021"):
        load_hasil(*UNIT, ruang=ruang)


@pytest.mark.parametrize("change", [{"lain": "0" * 64}, {}])
def test_a_list_of_tables_of_another_version_is_refused(ruang, change):
    tables = json.loads(_note(ruang).read_text())["tabel"]
    _change(_note(ruang), tabel=tables | change if change else dict(list(tables.items())[1:]))
    with pytest.raises(RuangError, match="susunan tabelnya dari versi lain"):
        load_bahan(*UNIT, ruang=ruang)


def test_a_table_swapped_for_another_valid_one_is_refused(ruang):
    pd.DataFrame({"a": [1]}).to_parquet(ruang.processed_of(*UNIT) / "lokus.parquet")
    with pytest.raises(RuangError, match="tabel lokus rusak"):
        load_bahan(*UNIT, ruang=ruang)


def test_results_of_another_library_version_are_refused(ruang):
    _change(_note(ruang, "hasil.json"), pustaka="lain")
    with pytest.raises(RuangError, match="versi pustaka lain.*reviu laporan"):
        load_hasil(*UNIT, ruang=ruang)


def test_results_are_refused_when_an_earlier_year_has_joined(ruang):
    save_bahan(BahanReviu("12.18", SIAPA[1], 2020, **TANGGAL), ruang)
    with pytest.raises(RuangError, match="masukannya berubah"):
        load_hasil(*UNIT, ruang=ruang)


def test_results_come_back_equal_table_by_table(tersimpan):
    before, after = HasilReviu(*SIAPA, **TANGGAL), load_hasil(*UNIT, ruang=tersimpan)
    pd.testing.assert_frame_equal(after.capaian_cakupan, before.capaian_cakupan)
    assert after.tanggal_reviu == before.tanggal_reviu


def test_reading_rules_of_another_version_make_the_tables_stale(ruang):
    raw = ruang.raw_of(*UNIT)
    raw.mkdir(parents=True)
    (raw / "a.csv").write_text("x")
    save_bahan(BahanReviu(*SIAPA, **TANGGAL), ruang)
    assert explain_stale(*UNIT, ruang=ruang) == ""
    _change(_note(ruang), pembaca="lain")
    assert explain_stale(*UNIT, ruang=ruang) == "aturan pembacaan atau definisi berubah"


@pytest.mark.parametrize(
    ("count", "more"), [(1, ""), (5, ""), (6, " dan 1 berkas lain"), (9, " dan 4 berkas lain")]
)
def test_changed_raw_files_are_named_up_to_five_then_counted(ruang, count, more):
    raw = ruang.raw_of(*UNIT)
    raw.mkdir(parents=True)
    for number in range(count):
        (raw / f"b{number}.csv").write_text("x")
    names = ", ".join(f"b{number}.csv" for number in range(min(count, 5)))
    assert explain_stale(*UNIT, ruang=ruang) == f"berkas mentah berubah: {names}{more}"


def test_a_removed_and_a_renamed_raw_file_are_changes(ruang):
    raw = ruang.raw_of(*UNIT)
    raw.mkdir(parents=True)
    for name in ("a.csv", "tetap.csv"):
        (raw / name).write_text("x")
    save_bahan(BahanReviu(*SIAPA, **TANGGAL), ruang)
    (raw / "a.csv").rename(raw / "b.csv")
    assert explain_stale(*UNIT, ruang=ruang) == "berkas mentah berubah: a.csv, b.csv"


def test_the_digest_follows_tables_and_dates_and_nothing_else(ruang):
    first = digest_bahan(*UNIT, ruang=ruang)
    save_bahan(BahanReviu(*SIAPA, **TANGGAL, lokus=LOKUS), ruang)
    assert digest_bahan(*UNIT, ruang=ruang) == first
    save_bahan(BahanReviu(*SIAPA, **TANGGAL), ruang)
    second = digest_bahan(*UNIT, ruang=ruang)
    save_bahan(BahanReviu(*SIAPA, **TANGGAL | {"tanggal_reviu": date(2021, 12, 22)}), ruang)
    assert len({first, second, digest_bahan(*UNIT, ruang=ruang)}) == 3


def test_the_inputs_of_a_review_are_its_year_and_earlier_ones_of_the_same_kabupaten(ruang):
    for kode, tahun in (("12.18", 2019), ("12.18", 2022), ("73.12", 2020)):
        save_bahan(BahanReviu(kode, "Contoh", tahun, **TANGGAL), ruang)
    assert list_lalu(*UNIT, ruang=ruang) == [2019]
    assert sorted(digest_masukan(*UNIT, ruang=ruang)) == ["2019", "2021"]


def test_a_draft_left_by_a_killed_save_goes_with_the_next(ruang):
    leftover = ruang.processed_of(*UNIT) / ".lokus.parquet-ab12.sementara"
    leftover.write_bytes(b"separuh")
    save_bahan(BahanReviu(*SIAPA, **TANGGAL), ruang)
    assert not leftover.exists()


def _save_masked(ruang):
    """Keep tables read from two files, of which one is named after a child."""
    raw = ruang.raw_of(*UNIT)
    raw.mkdir(parents=True)
    for name in ("Contoh Satu.csv", "a.csv"):
        (raw / name).write_text(name)
    hide = lambda name: name.replace("Contoh Satu", "[nama disamarkan]")  # noqa: E731
    save_bahan(BahanReviu(*SIAPA, **TANGGAL), ruang, samarkan=hide)
    return raw


def test_a_name_taken_out_of_the_name_of_a_file_is_in_no_note_and_no_change(ruang):
    _save_masked(ruang)
    assert "Contoh Satu" not in _note(ruang).read_text(encoding="utf-8")
    assert set(load_berkas(*UNIT, ruang=ruang)) == {"[nama disamarkan].csv", "a.csv"}
    assert explain_stale(*UNIT, ruang=ruang) == ""


def test_another_file_that_changes_is_named_and_the_masked_one_is_not(ruang):
    (_save_masked(ruang) / "a.csv").write_text("lain")
    assert explain_stale(*UNIT, ruang=ruang) == "berkas mentah berubah: a.csv"


def test_a_masked_file_that_is_renamed_is_still_a_change(ruang):
    raw = _save_masked(ruang)
    (raw / "Contoh Satu.csv").rename(raw / "Contoh Satu lagi.csv")
    assert explain_stale(*UNIT, ruang=ruang) == "berkas mentah berubah: nama berkas"


def test_tables_of_an_earlier_version_without_a_mark_of_their_files_still_hold(ruang):
    _save_masked(ruang)
    save_bahan(BahanReviu(*SIAPA, **TANGGAL), ruang)
    note = json.loads(_note(ruang).read_text(encoding="utf-8"))
    del note["tanda_berkas"]
    _note(ruang).write_text(json.dumps(note))
    assert explain_stale(*UNIT, ruang=ruang) == ""
