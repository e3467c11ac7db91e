"""The same children a year apart: every stunted child of both years stands in one flow."""

from reviu_lib.review.outcome.kohort import compute_kohort, summarize_kohort

from ..bahan_kecil import DESA, KAB
from .register_kecil import SOUND, STUNTED, konteks, last_year, visit


def kohort():
    before = [
        last_year("pulih", STUNTED),
        last_year("tetap", STUNTED),
        last_year("lulus", STUNTED, hari=1800),
        last_year("hilang", STUNTED),
        last_year("menjadi", SOUND),
        last_year("sehat", SOUND),
    ]
    now = [
        visit("pulih", SOUND),
        visit("tetap", STUNTED),
        visit("menjadi", STUNTED),
        visit("sehat", SOUND),
        visit("lahir", STUNTED, hari=100),
        visit("datang", STUNTED, desa=DESA[3], puskesmas="DUA"),
    ]
    return compute_kohort(konteks(now, before))


def test_each_child_stunted_a_year_ago_is_recovered_still_stunted_grown_out_or_not_seen():
    own = kohort().set_index("baris").loc[f"kabupaten:{KAB}"]
    names = ["pulih", "tetap_stunting", "lulus_umur", "tidak_diukur_lagi"]
    assert own[names].tolist() == [1, 1, 1, 1]
    assert own["stunting_awal"] == 4


def test_each_child_stunted_now_was_stunted_sound_unmeasured_or_unborn():
    own = kohort().set_index("baris").loc[f"kabupaten:{KAB}"]
    names = ["tetap_stunting", "baru_normal", "baru_tidak_diukur", "baru_lahir"]
    assert own[names].tolist() == [1, 1, 1, 1]
    assert own["stunting_akhir"] == 4


def test_flows_of_kecamatan_and_of_puskesmas_add_up_to_the_kabupaten():
    frame = kohort()
    for tingkat in ("kecamatan", "puskesmas"):
        rows = frame[frame["tingkat"] == tingkat]
        assert rows["stunting_awal"].sum() == 4
        assert rows["stunting_akhir"].sum() == 4


def test_the_summary_names_the_month_and_the_share_recovered_of_those_measured_again():
    numbers = summarize_kohort(kohort())
    assert numbers["kohort_periode_teks"] == "Agustus"
    assert numbers["kohort_pulih_persen"] == 50
    assert numbers["kohort_kejadian_persen"] == 50


def test_without_last_year_there_is_no_cohort():
    assert compute_kohort(konteks([visit("a", STUNTED)])).empty
    assert summarize_kohort(compute_kohort(konteks([visit("a", STUNTED)]))) == {}
