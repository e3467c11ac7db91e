"""Rows of exports meet kegiatan by code, and by OPD where a code repeats; sums keep origins."""

import pandas as pd
import pytest

from reviu_lib.catalog import tabel_masukan
from reviu_lib.ingest.budget.matching import comparable_opd, match_kegiatan
from reviu_lib.ingest.budget.rows import join_columns, or_missing, sum_rows
from reviu_lib.ingest.unite import list_origins

GIZI, IBU = "1.02.02.2.02.0015", "1.02.02.2.02.0001"
UANG = {"sumber": "SIPD pagu", "nama_skpd": "Dinas Kesehatan", "kode_sub_kegiatan": GIZI,
        "pagu_rp": 5}  # fmt: skip


def _uang(*changes):
    return tabel_masukan()["realisasi_anggaran"].conform(
        pd.DataFrame([{**UANG, **row} for row in changes])
    )


def _kegiatan(*rows):
    names = ["id_kegiatan", "kode_sub_kegiatan", "opd"]
    frame = pd.DataFrame(rows, columns=names).assign(sub_kegiatan="x")
    return tabel_masukan()["kegiatan"].conform(frame)


def _ids(result):
    return [pair.id_kegiatan for pair in result.pasangan]


def test_one_kegiatan_and_one_skpd_of_a_code_are_a_pair():
    result = match_kegiatan(_kegiatan(("K1", GIZI, "Dinkes")), _uang({}))
    assert _ids(result) == ["K1"]
    assert result.pasangan[0].jumlah_pagu == 5


def test_several_kegiatan_of_one_code_and_opd_share_and_get_nothing():
    plan = _kegiatan(("K1", GIZI, "Dinas Kesehatan"), ("K2", GIZI, "Dinas Kesehatan"))
    result = match_kegiatan(plan, _uang({}))
    assert (_ids(result), result.berbagi) == ([], {GIZI: ("K1", "K2")})
    assert result.tanpa_kegiatan == ()


def test_of_two_opd_only_the_one_that_carries_the_code_is_paired():
    plan = _kegiatan(("K1", GIZI, "Dinas Kesehatan"), ("K2", GIZI, "Dinas PU"))
    result = match_kegiatan(plan, _uang({}))
    assert (_ids(result), result.berbagi) == (["K1"], {GIZI: ("K2",)})


def test_codes_on_one_side_only_are_told_apart():
    result = match_kegiatan(_kegiatan(("K1", IBU, "Dinas")), _uang({}))
    assert (result.tanpa_uang, result.tanpa_kegiatan) == (("K1",), (0,))


def test_without_any_coded_money_no_kegiatan_is_missed():
    empty = _uang({"kode_sub_kegiatan": None, "sumber": "Dana Desa"})
    assert match_kegiatan(_kegiatan(("K1", IBU, "Dinas")), empty).tanpa_uang == ()


def test_a_kegiatan_without_code_takes_no_part():
    result = match_kegiatan(_kegiatan(("K1", None, "Dinas Kesehatan")), _uang({}))
    assert (_ids(result), result.tanpa_uang) == ([], ())


def test_a_print_without_skpd_belongs_to_the_only_skpd_of_its_code():
    lra = {"sumber": "LRA", "nama_skpd": None, "pagu_rp": 7, "realisasi_rp": 3}
    pair = match_kegiatan(_kegiatan(("K1", GIZI, "Dinkes")), _uang({}, lra)).pasangan[0]
    assert (pair.jumlah_pagu, pair.jumlah_realisasi) == (5, 3)
    assert (pair.sumber, pair.baris) == ("SIPD pagu dan LRA", [0, 1])


@pytest.mark.parametrize(
    ("rows", "pagu"),
    [
        (({"sumber": "LRA", "pagu_rp": 9}, {}), 5),
        (({"sumber": "LRA", "pagu_rp": 9}, {"pagu_rp": None}), 9),
        (({}, {"sumber_dana": "DAK", "pagu_rp": 2}), 7),
    ],
)
def test_the_first_source_that_tells_the_amount_is_used_and_no_second_added(rows, pagu):
    plan = _kegiatan(("K1", GIZI, "Dinkes"))
    assert match_kegiatan(plan, _uang(*rows)).pasangan[0].jumlah_pagu == pagu


def test_names_of_opd_are_compared_without_marks_and_kabupaten():
    names = pd.Series(["DINAS  Kesehatan", "Dinas Kesehatan Kab. Contoh", None], dtype="string")
    assert comparable_opd(names).tolist()[:2] == ["dinas kesehatan"] * 2
    assert comparable_opd(names).isna().tolist() == [False, False, True]


def _with_origin(frame):
    return frame.assign(_berkas="a.csv", _lembar="", _baris=range(2, 2 + len(frame)), _blok=0)


def test_sums_keep_missing_missing_and_list_every_origin():
    rows = _with_origin(_uang({"pagu_rp": 1}, {"kode_sub_kegiatan": IBU}, {"pagu_rp": 2}))
    summed, origins = sum_rows(rows)
    assert summed["pagu_rp"].tolist() == [3, 5]
    assert summed["realisasi_rp"].isna().all()
    assert origins["baris"].tolist() == [0, 1, 0]
    listed = list_origins({"realisasi_anggaran": origins})
    assert listed[["baris", "baris_berkas"]].to_numpy().tolist() == [[0, 2], [1, 3], [0, 4]]


def test_one_skpd_in_two_spellings_is_one_row_by_its_code():
    same = {"kode_skpd": "1.02"}
    summed, _ = sum_rows(_with_origin(_uang(same, {**same, "nama_skpd": "DINAS KESEHATAN"})))
    assert summed["pagu_rp"].tolist() == [10]


def test_blank_texts_are_missing_and_joined_as_empty_parts():
    texts = or_missing(pd.Series(["a", "", None], dtype="string"))
    assert texts.isna().tolist() == [False, True, True]
    frame = pd.DataFrame({"x": texts, "y": ["1", "2", "3"]})
    assert join_columns(frame, ["x", "tidak ada", "y"]).tolist() == ["a / 1", " / 2", " / 3"]
