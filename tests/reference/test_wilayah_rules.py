"""Rules of the decree on codes, seen from the code alone; and what a message may show."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib import reference
from reviu_lib.errors import KodeError

REGIONS = reference.load_wilayah()
SHAPES = {
    "provinsi": r"\d\d",
    "kabupaten": r"\d\d\.\d\d",
    "kecamatan": r"\d\d\.\d\d\.\d\d",
    "desa": r"\d\d\.\d\d\.\d\d\.\d{4}",
}
NIK = "1218000101010001"


def message(text):
    with pytest.raises(KodeError) as caught:
        reference.validate_kode_kabupaten(text)
    return str(caught.value)


@pytest.mark.parametrize(("level", "shape"), SHAPES.items())
def test_a_level_has_the_shape_of_its_code(level, shape):
    codes = REGIONS.loc[REGIONS["tingkat"] == level, "kode"]
    assert codes.str.fullmatch(shape).all()


@pytest.mark.parametrize(("digit", "kind"), [("1", "kelurahan"), ("2", "desa"), ("3", "desa adat")])
def test_the_first_digit_of_the_last_block_tells_the_kind(digit, kind):
    desa = REGIONS[REGIONS["tingkat"] == "desa"]
    of_kind = desa.loc[desa["jenis"] == kind, "kode"]
    assert len(of_kind)
    assert of_kind.str[9].eq(digit).all()


def test_a_kota_is_called_so_and_has_a_code_from_71_on():
    kota = REGIONS[REGIONS["jenis"] == "kota"]
    assert kota["nama"].str.startswith("Kota ").all()
    assert kota["kode"].str[3:].astype(int).ge(71).all()
    kabupaten = REGIONS[REGIONS["jenis"] == "kabupaten"]
    assert kabupaten["kode"].str[3:].astype(int).lt(71).all()


def test_the_parent_is_the_code_without_its_last_block():
    below = REGIONS[REGIONS["kode_induk"].notna()]
    parents = [code.rsplit(".", 1)[0] for code in below["kode"]]
    assert below["kode_induk"].tolist() == parents


def test_nothing_about_a_region_is_missing_but_the_parent_of_a_province():
    missing = REGIONS.isna().sum()
    assert missing.to_dict() == {
        **dict.fromkeys(("kode", "nama", "tingkat", "jenis"), 0),
        "kode_induk": 38,
    }


def test_the_lists_of_all_kabupaten_together_hold_every_desa_once():
    codes = ["12.18", "73.12", "19.06"]
    listed = pd.concat(reference.list_desa(code) for code in codes)["kode_desa"]
    expected = [code for code in REGIONS["kode"] if len(code) == 13 and code[:5] in codes]
    assert sorted(listed) == expected


def test_a_list_of_the_whole_country_is_refused_by_being_empty():
    desa = reference.list_desa("00")
    assert len(desa) == 0
    assert list(desa.columns) == ["kode_desa", "desa", "kode_kecamatan", "kecamatan", "jenis"]


def test_changing_a_list_of_desa_does_not_change_the_next_one():
    first = reference.list_desa("73.12")
    first.loc[0, "desa"] = "diubah"
    assert reference.list_desa("73.12").loc[0, "desa"] != "diubah"


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(list(REGIONS["kode"])))
def test_every_code_has_the_name_of_its_row(kode):
    row = REGIONS.loc[REGIONS["kode"] == kode].iloc[0]
    assert reference.nama_wilayah(kode) == row["nama"]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(list(REGIONS.loc[REGIONS["tingkat"] == "kabupaten", "kode"])))
def test_a_code_without_its_dot_or_last_zero_is_asked_back_and_never_guessed(kode):
    assert f"{kode} (" in message(kode.replace(".", ""))
    if kode.endswith("0"):
        assert f"{kode} (" in message(kode[:-1])


@settings(deadline=None, max_examples=15)
@given(st.sampled_from(list(REGIONS.loc[REGIONS["tingkat"] == "kabupaten", "nama"])))
def test_the_official_name_instead_of_the_code_is_answered_with_its_code(nama):
    code = REGIONS.loc[REGIONS["nama"].eq(nama) & REGIONS["tingkat"].eq("kabupaten"), "kode"]
    assert f"{code.iloc[0]} ({nama})" in message(nama.upper())


@pytest.mark.parametrize("text", [NIK, f" {NIK}", "1218-0001-0101-0001", f"12.18 {NIK}"])
def test_a_nik_in_place_of_a_code_is_never_shown(text):
    shown = message(text)
    assert "[NIK disamarkan]" in shown
    assert "0001" not in shown


def test_a_nik_read_as_a_number_is_never_shown_either():
    assert NIK not in message(int(NIK))
    with pytest.raises(KodeError) as caught:
        reference.nama_wilayah(NIK)
    assert NIK not in str(caught.value)


@pytest.mark.parametrize("value", [None, 12, 12.18, ["12.18"], b"12.18", pd.NA])
def test_what_is_no_text_is_refused_with_an_example(value):
    assert "harus berupa teks" in message(value)
    assert "misalnya 12.18" in message(value)


@pytest.mark.parametrize("text", ["12,18", "12-18", "12.18.", ".12.18", "12. 18", "１２.１８"])
def test_a_code_with_other_marks_is_refused(text):
    assert "tidak dapat dipakai" in message(text)


@pytest.mark.parametrize("text", ["<script>", "=1+1", "$x$", "x" * 300, "12.18; rm -rf"])
def test_odd_text_is_refused_like_any_other(text):
    assert "misalnya 12.18" in message(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ﬁkri", "fikri"),
        ("２ Ilir", "2 ilir"),
        ("Sei\tBuluh\n", "sei buluh"),
        ("Sei\u200bBuluh", "sei buluh"),
        ("Ma’rang`", "marang"),
        ("---", ""),
        ("Kab./Kota", "kab kota"),
    ],
)
def test_odd_letters_and_marks_are_made_plain(text, plain):
    assert reference.normalize_nama(text) == plain


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=40))
def test_a_plain_name_has_single_spaces_and_nothing_but_words(text):
    plain = reference.normalize_nama(text)
    assert plain == " ".join(plain.split())
    assert all(part.isalnum() or not part.isascii() for part in plain.split())
