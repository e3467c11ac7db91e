"""The example plants three patterns of measuring: the report names each, and only those."""

from reviu_lib.example.skenario import list_skenario
from reviu_lib.reference import nama_wilayah

KABUPATEN = {skenario.kode: skenario.kabupaten for skenario in list_skenario()}
DITANAM = {
    "angka_akhir_tinggi": "puskesmas_pembulatan",
    "menumpuk_minus2": "puskesmas_disesuaikan",
    "ganda_anak": "puskesmas_ganda",
}


def planted(kode):
    return {check: nama_wilayah(KABUPATEN[kode][key]) for check, key in DITANAM.items()}


def test_each_planted_puskesmas_is_named_for_its_own_pattern_and_no_other_is(laporan):
    _, hasil = laporan
    rows = hasil.pola_ukur[hasil.pola_ukur["tingkat"] == "puskesmas"]
    assert dict(zip(rows["pemeriksaan"], rows["tempat"], strict=True)) == planted(
        hasil.kode_kabupaten
    )


def test_a_pattern_is_said_with_neutral_causes_and_as_something_to_verify(laporan):
    _, hasil = laporan
    words = hasil.pola_ukur["uraian"]
    assert words.str.startswith("Pola yang perlu diverifikasi di ").all()
    assert words.str.contains("Kemungkinan sebab: ").all()
    assert not words.str.contains("palsu|curang|manipulasi|sengaja mengubah").any()


def test_the_named_places_stand_in_the_internal_annex_only(laporan):
    html, hasil = laporan
    annex = html.index("Mutu pengukuran menurut tempat (internal)")
    body, tail = html[:annex], html[html.rindex("Mutu pengukuran menurut tempat (internal)") :]
    for place in planted(hasil.kode_kabupaten).values():
        assert f"di puskesmas {place.upper()}" not in body
        assert place in tail


def test_the_return_list_names_rows_of_files_and_no_child(laporan):
    _, hasil = laporan
    rows = hasil.pengembalian
    assert len(rows) > 100
    assert rows[["puskesmas", "berkas", "baris_berkas", "alasan"]].notna().all(axis=None)
    assert not rows.astype("string").apply(lambda c: c.str.contains("CONTOH ANAK")).any(axis=None)


def test_no_rate_of_reduction_of_a_kabupaten_is_printed(laporan):
    _, hasil = laporan
    own = hasil.laju_prevalensi["kode_wilayah"] == hasil.kode_kabupaten
    assert (
        hasil.laju_prevalensi.loc[own, ["aarr_persen", "aarr_log_linear_persen"]].isna().all(None)
    )
