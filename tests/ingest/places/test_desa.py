"""A place is one Kemendagri code or a question: homonyms, hints, and contradictions of 12.18."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.ingest.findings import Tempat
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.places import (
    is_known_region,
    normalize_kode_desa,
    resolve_desa,
)
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import list_desa

DESA = list_desa("12.18")
# Every desa name that 12.18 has more than once, with the codes it can mean.
HOMONIM = {
    "Sei Buluh": ["12.18.02.2031", "12.18.03.2001", "12.18.15.2009"],
    "Sukajadi": ["12.18.02.2029", "12.18.05.2004"],
    "Penggalangan": ["12.18.15.2010", "12.18.16.2007"],
}


def _resolve(*places, tata_letak="kabupaten", tabel="cakupan"):
    """Return the sheet after the rows (kode_desa, kecamatan, desa) were looked up."""
    frame = pd.DataFrame(places, columns=["kode_desa", "kecamatan", "desa"], dtype="string")
    frame.index = range(2, len(frame) + 2)
    sumber = load_layouts()[tata_letak].tabel[tabel]
    return resolve_desa(Potongan(sumber, Tempat("a.xlsx", "cakupan", tabel), frame), "12.18")


def _codes(*places):
    return _resolve(*places).frame["kode_desa"].tolist()


def _told(potongan):
    return {found.kode: found.row() for found in potongan.temuan}


def test_the_homonyms_above_are_all_that_the_kabupaten_has():
    twice = DESA[DESA["desa"].duplicated(keep=False)].groupby("desa")["kode_desa"].agg(sorted)
    assert twice.to_dict() == HOMONIM


@pytest.mark.parametrize("desa", HOMONIM)
def test_a_homonym_alone_is_a_question_that_lists_every_place(desa):
    potongan = _resolve((None, None, desa))
    assert potongan.frame.empty
    uraian = _told(potongan)["W03"]["uraian"]
    assert re.findall(r"12\.18\.\d\d\.\d{4}", uraian) == HOMONIM[desa]


@pytest.mark.parametrize("kode", [code for codes in HOMONIM.values() for code in codes])
def test_a_homonym_with_its_kecamatan_or_its_code_is_one_place(kode):
    place = DESA.set_index("kode_desa").loc[kode]
    assert _codes((None, place["kecamatan"], place["desa"])) == [kode]
    assert _codes((kode, None, place["desa"])) == [kode]


def test_every_desa_of_the_kabupaten_is_found_by_its_own_kecamatan_and_name():
    places = [(None, row.kecamatan, row.desa) for row in DESA.itertuples()]
    potongan = _resolve(*places)
    assert potongan.frame["kode_desa"].tolist() == DESA["kode_desa"].tolist()
    assert potongan.temuan == ()


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, len(DESA) - 1),
    st.sampled_from([str.upper, str.lower, str.title, lambda text: text.replace(" ", "  ")]),
    st.sampled_from(["", "Desa ", "DS. ", "Kel. ", "  "]),
    st.sampled_from(["", "\u00a0", "\u200b", " "]),
)
def test_habits_of_spelling_never_change_the_place(number, case, prefix, tail):
    place = DESA.iloc[number]
    written = f"{prefix}{case(place['desa'])}{tail}"
    assert _codes((None, f"Kec. {case(place['kecamatan'])}", written)) == [place["kode_desa"]]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=25), st.text(max_size=15))
def test_any_text_gives_an_official_code_or_a_finding(desa, kecamatan):
    potongan = _resolve((None, kecamatan, desa))
    if len(potongan.frame):
        assert potongan.frame["kode_desa"].iloc[0] in set(DESA["kode_desa"])
    else:
        assert set(_told(potongan)) <= {"W02", "W03", "W07", "W24"}


def test_a_misspelled_name_is_listed_with_its_neighbour_and_not_corrected():
    potongan = _resolve((None, "Perbaungan", "Adolna"))
    assert potongan.frame.empty
    assert _told(potongan)["W02"]["saran"] == (
        "Perbaiki ejaannya atau isi kode_desa. "
        "Adolna: mungkin Adolina (Kecamatan Perbaungan, 12.18.02.2001)."
    )


def test_a_name_like_no_other_gets_no_suggestion():
    saran = _told(_resolve((None, None, "Zzzzqqq")))["W02"]["saran"]
    assert saran == "Perbaiki ejaannya atau isi kode_desa."


def test_a_desa_of_another_kecamatan_is_shown_where_it_is():
    saran = _told(_resolve((None, "Perbaungan", "Silinda")))["W02"]["saran"]
    assert saran.endswith("Silinda ada sebagai Silinda (Kecamatan Silinda, 12.18.11.2026).")


@pytest.mark.parametrize("tata_letak", ["kabupaten", "eppgbm"])
@pytest.mark.parametrize("count", [1, 2, 5, 6, 9])
def test_suggestions_are_joined_and_closed_with_one_full_stop(tata_letak, count):
    tabel = "cakupan" if tata_letak == "kabupaten" else "pengukuran"
    names = DESA.loc[~DESA["desa"].isin(HOMONIM), "desa"].drop_duplicates()
    wrong = [(None, "Perbaungan", f"{name}xx") for name in names[names.str.len() > 8][:count]]
    potongan = _resolve(*wrong, tata_letak=tata_letak, tabel=tabel)
    saran = _told(potongan)["W02" if tata_letak == "kabupaten" else "W06"]["saran"]
    assert not re.search(r"\.\s*[;.]|;\s*\.|\.\.", saran)
    assert saran.endswith(").") if count < 6 else saran.endswith("dan lainnya.")


@pytest.mark.parametrize(
    ("kecamatan", "desa", "written"),
    [
        (None, "Silinda", "tertulis Silinda."),
        ("Silinda", "Adolina", "tertulis Adolina (Silinda)."),
        ("Teluk Mengkudu", "Sei Buluh", "tertulis Sei Buluh (Teluk Mengkudu)."),
    ],
)
def test_a_code_wins_and_the_contradiction_is_told(kecamatan, desa, written):
    potongan = _resolve(("12.18.02.2001", kecamatan, desa))
    row = potongan.frame.iloc[0]
    assert (row["kecamatan"], row["desa"]) == ("Perbaungan", "Adolina")
    assert _told(potongan)["W04"]["uraian"].endswith(written)


def test_names_that_agree_with_the_code_are_no_contradiction():
    potongan = _resolve(("12.18.01.2007", "KEC. PANTAI CERMIN", "Desa BESAR II TERJUN"))
    assert potongan.temuan == ()
    assert potongan.frame["desa"].tolist() == ["Besar II Terjun"]


@pytest.mark.parametrize(
    ("kode", "temuan"),
    [
        ("12.18.02.2999", "W01"),
        ("12.18.99.2001", "W01"),
        ("12.18", "W05"),
        ("12.18.02", "W05"),
        ("73.12.01.2001", "W05"),
        ("12.1", "W05"),
        ("bukan kode", "W05"),
        ("=12", "W05"),
    ],
)
def test_a_code_that_is_no_desa_of_the_kabupaten_drops_the_row(kode, temuan):
    potongan = _resolve((kode, None, None), ("12.18.02.2001", None, None))
    assert potongan.frame["kode_desa"].tolist() == ["12.18.02.2001"]
    assert list(_told(potongan)) == [temuan]


def test_an_unknown_code_with_a_good_name_is_a_hint_only():
    potongan = _resolve(("12.18.02.2999", "Perbaungan", "Adolina"))
    assert potongan.frame.empty
    assert _told(potongan)["W01"]["saran"].endswith(
        "Menurut namanya mungkin Adolina (Kecamatan Perbaungan, 12.18.02.2001)."
    )


def test_an_export_keeps_its_unknown_places_as_written():
    potongan = _resolve(
        (None, None, "Zzzzqqq"), (None, None, "Sei Buluh"), (None, "Perbaungan", None),
        tata_letak="eppgbm", tabel="pengukuran",
    )  # fmt: skip
    assert potongan.frame["kode_desa"].isna().tolist() == [True, True, True]
    assert potongan.frame["desa"].fillna("").tolist() == ["Zzzzqqq", "Sei Buluh", ""]
    assert [found.kode for found in potongan.temuan] == ["W06", "W06", "W06", "W24"]


def test_a_finding_about_places_names_its_rows():
    potongan = _resolve((None, None, "Adolina"), (None, None, "Sukajadi"), (None, None, "Sukajadi"))
    assert _told(potongan)["W03"]["sel"] == "baris 3, baris 4"
    assert _told(potongan)["W03"]["jumlah"] == 2


def test_no_rows_are_no_findings():
    assert _resolve().frame.empty
    assert _resolve().temuan == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1218022001", "12.18.02.2001"),
        ("12.18.02.2001", "12.18.02.2001"),
        ("121802200", "121802200"),
        ("12180220011", "12180220011"),
        ("", ""),
    ],
)
def test_only_ten_digits_get_dots(written, code):
    assert normalize_kode_desa(written) == code


@pytest.mark.parametrize("kode", ["00", "12", "12.18", "12.18.02", "12.18.02.2001"])
def test_regions_of_every_level_are_known(kode):
    assert is_known_region(kode)


@pytest.mark.parametrize("kode", ["", "0", "99", "12.1", "1218", "12.18.02.2999", "Sergai"])
def test_anything_else_is_no_region(kode):
    assert not is_known_region(kode)
