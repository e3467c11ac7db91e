"""Summary, opening, aksi, barriers, proposals, lokus, and follow-up at their edges."""

from datetime import date

import pytest
from cerita import tell, tell_hasil
from contoh_hasil import AKSI, HAMBATAN, KOSONG, LOKUS, REKOMENDASI, USULAN
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.catalog import load_ambang, load_aturan

PUTUSAN = [
    *(f"usulan_kegiatan/{row['baris']}/putusan" for row in USULAN),
    *(f"rekomendasi/{row['baris']}/putusan" for row in REKOMENDASI),
    *(f"usulan_lokus/{row['baris']}/putusan" for row in LOKUS),
]


# Executive summary


@pytest.mark.parametrize(
    ("ubah", "expected"),
    [
        ({"survei_provinsi_persen": 24.0}, "sama dengan angka provinsi (24,0 persen)"),
        ({"register_stunting": 0}, "mencatat belum ada balita stunting atau 9,9 persen"),
        ({"register_ds_persen": ""}, "dengan D/S yang tidak dapat dihitung"),
        ({"jumlah_indikator_tercapai": 0}, "dapat dinilai, belum ada yang mencapai target."),
        ({"jumlah_indikator_dinilai": 0}, "belum satu pun dapat dinilai karena target terverif"),
        ({"jumlah_indikator_naik": 0}, "belum ada indikator membaik dan 1 indikator memburuk"),
        ({"jumlah_output_tercapai": 0}, "belum ada yang mencapai target dan 2 masih di bawah"),
        ({"jumlah_output_belum": 0}, "1 mencapai target dan tidak ada yang di bawahnya"),
        ({"jumlah_kegiatan_dinilai": 0}, "rencana memuat 4 kegiatan, tetapi output-nya belum"),
        ({"jumlah_aksi_selesai": 0}, "belum ada yang selesai di antara 3 aksi"),
        ({"kategori_terbanyak_teks": ""}, "OPD mencatat 2 hambatan; 1 kekurangan lain"),
        ({"jumlah_kekurangan_tanpa_hambatan": 0}, "terbanyak pada kategori SDM. Ada satu petunjuk"),
        ({"jumlah_rekap_bertentangan": 0}, "hitung ulang dan pertentangan tidak ditemukan"),
        ({"jumlah_rekap_sesuai": 0}, "belum ada baris yang sesuai dengan hitung ulang"),
        ({"tanggal_cutoff": date(2024, 12, 31)}, "pagu Rp4,25 miliar atau 75,3 persen."),
        ({}, "arahnya belum dapat disimpulkan karena survei sebelumnya, SSGI 2022 (26,9 persen)"),
        (
            {"survei_sebelumnya_sumber_teks": "SKI", "survei_arah_teks": "turun"},
            "bermakna lebih rendah, menurut selang yang terbit, daripada SKI 2022",
        ),
        (
            {"survei_sebelumnya_sumber_teks": "SKI", "survei_arah_teks": ""},
            "arahnya belum dapat dipastikan karena selang kepercayaan tidak terbit",
        ),
        ({"survei_sebelumnya_persen": ""}, "angka provinsi (27,4 persen). Target"),
        ({"jumlah_indikator_tak_banding": 0}, "1 indikator memburuk."),
        ({"jumlah_terlambat": 0}, "ada satu kegiatan yang belum selesai padahal sudah lewat"),
        ({"jumlah_lewat_rencana": 0}, "ada satu kegiatan yang selesai terlambat."),
        ({"mutu_layak_teks": "", "jumlah_galat": 0}, "yang membatasi. masih ada 1 indikator"),
    ],
)
def test_the_summary_says_none_missing_and_equal_in_words(ubah, expected):
    assert expected.lower() in tell("ringkasan_eksekutif", ubah).lower()


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "Semuanya masih berupa usulan yang menunggu putusan rapat."),
     (3, "Rapat telah mengisi putusan atas 3 usulan; yang lain masih berupa usulan."),
     (len(PUTUSAN), f"Rapat telah mengisi putusan atas {len(PUTUSAN)} usulan.")],
)  # fmt: skip
def test_what_the_meeting_left_open_is_told_only_when_something_is(count, expected):
    ubah = dict.fromkeys(PUTUSAN[:count], "disetujui")
    assert expected in tell("ringkasan_eksekutif", {**ubah, "jumlah_putusan": count})


@pytest.mark.parametrize(
    ("kunci", "bab"),
    [(("survei_terakhir_persen", "register_persen"), "survei dan pengukuran balita"),
     (("jumlah_indikator_berdata",), "cakupan layanan"), (("jumlah_kegiatan",), "rencana kegiatan"),
     (("pagu_rp", "realisasi_tanpa_pagu_rp"), "anggaran"), (("jumlah_hambatan",), "hambatan")],
)  # fmt: skip
def test_the_summary_names_the_chapter_without_data(kunci, bab):
    text = tell("ringkasan_eksekutif", dict.fromkeys([*kunci, "serapan_persen"], ""))
    assert f"Data {bab} tidak tersedia, sehingga belum dinilai." in text


# Opening


@pytest.mark.parametrize("tahun", [2021, 2024, 2025])
def test_the_introduction_cites_every_legal_basis_and_output_of_its_era(tahun):
    rules = load_aturan(tahun)
    text = tell("pendahuluan", {"tahun": tahun}).lower()
    for words in (*rules.dasar_hukum, *rules.keluaran, *rules.bagian_dokumen):
        assert words.rstrip(".").lower() in text


@pytest.mark.parametrize(
    ("edisi", "words"),
    [("persiapan", "bahan rapat persiapan"), ("rapat", "bahan rapat reviu"),
     ("final", "hasil akhir sesudah rapat reviu"), ("lain", "bahan reviu")],
)  # fmt: skip
def test_the_edition_is_named_with_the_day_of_the_review(edisi, words):
    assert f"disusun sebagai {words} tanggal 10 Desember 2024" in tell(
        "pendahuluan", {"edisi": edisi}
    )


@pytest.mark.parametrize("tahun", [2021, 2024, 2025])
def test_the_method_prints_every_declared_assumption(tahun):
    text = tell("metode", {"tahun": tahun, "tanggal_cutoff": date(tahun, 11, 30)})
    assert [words for words in load_aturan(tahun).asumsi if words not in text] == []


@pytest.mark.parametrize(
    ("ubah", "expected"),
    [
        ({"jumlah_berkas": 0}, "membaca berkas masukan kabupaten, termasuk 21.500 baris"),
        ({"jumlah_berkas": 1}, "membaca 1 berkas masukan, termasuk"),
        ({"jumlah_pengukuran": 0}, "membaca 3 berkas masukan."),
        ({"jumlah_anak": ""}, "membaca 3 berkas masukan."),
        ({"jumlah_survei_terbit_kemudian": 1}, "Ada satu angka survei yang terbit sesudah"),
        ({"jumlah_survei_terbit_kemudian": 2}, "Sebanyak 2 angka survei terbit sesudah"),
    ],
)
def test_the_method_counts_what_was_read_and_set_aside(ubah, expected):
    assert expected in tell("metode", ubah)


# Aksi


@pytest.mark.parametrize(
    ("hari", "expected"),
    [(12, "keterlambatan terjadi pada Analisis Situasi (12 hari)"),
     (0, "selesai paling lambat pada tanggal rencananya"),
     (-9, "selesai paling lambat pada tanggal rencananya"), ("", None)],
)  # fmt: skip
def test_an_aksi_is_late_from_one_day_on_and_unknown_is_not_in_time(hari, expected):
    text = tell("aksi", {"penilaian_aksi/aksi-1/deviasi_hari": hari})
    assert (expected or "") in text
    assert ("rencana" in text) is (expected is not None)


def test_the_three_longest_delays_are_told_from_the_longest():
    days = [5, 40, 1, 12]
    rows = [{**AKSI[0], "baris": f"A{n}", "aksi": "1", "nama": f"Langkah {'abcd'[n]}",
             "deviasi_hari": hari} for n, hari in enumerate(days)]  # fmt: skip
    text = tell("aksi", buang=("penilaian_aksi",), penilaian_aksi=rows)
    assert "terlama terjadi pada Langkah b (40 hari), Langkah d (12 hari), dan Langkah a" in text


def test_only_the_running_review_reported_is_no_data_about_aksi():
    ubah = {f"penilaian_aksi/aksi-{n}/status": "tidak dilaporkan" for n in (1, 3)}
    assert tell("aksi", ubah).startswith("Data pelaksanaan aksi Kabupaten Soppeng tidak tersedia")


# Barriers


def barrier(number: int, **more) -> dict:
    return {**HAMBATAN[1], "baris": f"X{number}", "id_hambatan": f"X{number}",
            "uraian": f"Uraian {'abcdefghi'[number]}", **more}  # fmt: skip


@pytest.mark.parametrize(
    ("linked", "total", "expected"),
    [
        (0, 2, "Tercatat 2 hambatan, tetapi belum ada yang berkaitan dengan kekurangan"),
        (1, 2, "Tercatat 2 hambatan, dan 1 di antaranya berkaitan dengan kekurangan"),
        (2, 2, "Tercatat 2 hambatan, yang semuanya berkaitan dengan kekurangan"),
        (1, 1, "Tercatat 1 hambatan, yang berkaitan dengan kekurangan"),
    ],
)
def test_the_share_of_barriers_that_explain_a_shortfall_is_told(linked, total, expected):
    rows = [barrier(n, kekurangan="output" if n < linked else None) for n in range(total)]
    text = tell("hambatan", {"jumlah_hambatan": total}, ("faktor_penghambat",),
                faktor_penghambat=rows)  # fmt: skip
    assert expected in text


def test_four_barriers_are_told_and_those_that_explain_a_shortfall_first():
    rows = [barrier(n, kekurangan="output" if n == 5 else None) for n in range(6)]
    text = tell("hambatan", {}, ("faktor_penghambat",), faktor_penghambat=rows)
    assert text.index("Uraian f") < text.index("Uraian a") < text.index("Uraian c")
    assert "Uraian d" not in text


@pytest.mark.parametrize(
    ("isi", "expected"),
    [
        ({"solusi_dari": None}, "sebagai arahan umum, memetakan kebutuhan petugas"),
        ({"alternatif_solusi": None}, "alternatif solusinya belum diusulkan"),
        ({"solusi_dari": "OPD", "opd_pj": None}, "OPD mengusulkan Memetakan kebutuhan"),
        ({"solusi_dari": "OPD", "opd_pj": "Dinas PUPR"}, "Dinas PUPR mengusulkan Memetakan"),
        ({"indikator": "ASI eksklusif"}, "Pada indikator ASI eksklusif, hambatan yang"),
    ],
)
def test_who_proposes_the_solution_is_told(isi, expected):
    rows = [barrier(0, **isi)]
    assert expected in tell("hambatan", {}, ("faktor_penghambat",), faktor_penghambat=rows)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "Ada satu kekurangan terukur yang belum mempunyai catatan hambatan, yaitu Kerja a."),
        (3, "Sebanyak 3 kekurangan terukur belum mempunyai catatan hambatan, yaitu Kerja a, Kerja"),
        (4, "Sebanyak 4 kekurangan terukur belum mempunyai catatan hambatan, antara lain Kerja a,"),
    ],
)
def test_unexplained_shortfalls_are_all_named_up_to_three(count, expected):
    rows = [{**HAMBATAN[2], "baris": f"TB-{n}", "id_hambatan": f"TB-{n}",
             "sub_kegiatan": f"Kerja {'abcd'[n]}"} for n in range(count)]  # fmt: skip
    assert expected in tell("hambatan", {}, ("faktor_penghambat",), faktor_penghambat=rows)


# Proposals and decisions


@pytest.mark.parametrize(
    ("count", "word", "rest"),
    [(1, "yaitu", "Sebanyak 3 usulan lain belum"), (3, "yaitu", "Ada satu usulan lain yang belum"),
     (4, "antara lain", None)],
)  # fmt: skip
def test_decisions_are_listed_and_the_open_ones_counted(count, word, rest):
    text = tell("usulan_kegiatan", dict.fromkeys(PUTUSAN[:count], "disetujui"))
    assert f"putusan atas {count} usulan, {word} Kelas Ibu Hamil (disetujui)" in text
    assert (rest or "") in text
    assert ("belum mempunyai putusan" in text) is (rest is not None)


@pytest.mark.parametrize(
    ("isi", "expected"),
    [
        ({"alasan": ""}, "Kegiatan Penyediaan Sanitasi Layak pada Dinas PUPR diusulkan tanpa alas"),
        ({"opd": ""}, "Kegiatan Penyediaan Sanitasi Layak diusulkan dengan alasan bahwa tidak"),
    ],
)
def test_a_deletion_without_reason_or_owner_says_so(isi, expected):
    ubah = {f"usulan_kegiatan/UK-K02/{kolom}": value for kolom, value in isi.items()}
    assert expected in tell("usulan_kegiatan", ubah)


@pytest.mark.parametrize(
    ("usulan", "expected"),
    [("digabung", "Penggabungan diusulkan untuk Kelas Ibu Hamil."),
     ("selesai", "Hasil yang sekali jadi dan sudah tercapai terdapat pada Kelas Ibu Hamil.")],
)  # fmt: skip
def test_merged_and_finished_activities_are_named(usulan, expected):
    assert expected in tell("usulan_kegiatan", {"usulan_kegiatan/UK-K03/usulan": usulan})


@pytest.mark.parametrize(("count", "expected"), [
    (3, None),
    (4, "Ada satu rekomendasi lain yang terdapat pada tabel."),
    (6, "Sebanyak 3 rekomendasi lain terdapat pada tabel."),
])  # fmt: skip
def test_three_recommendations_are_told_by_number_and_the_rest_counted(count, expected):
    rows = [{**REKOMENDASI[1], "baris": f"R{n}", "id_usulan": f"R{n}", "nomor": n,
             "rekomendasi": f"Kerjakan {'abcdef'[n]}."}
            for n in reversed(range(count))]  # fmt: skip
    text = tell("rekomendasi", {}, ("rekomendasi",), rekomendasi=rows)
    assert text.index("Kerjakan a") < text.index("Kerjakan b") < text.index("Kerjakan c")
    assert "Kerjakan d" not in text
    assert (expected or "") in text
    assert ("lain" in text) is (expected is not None)


# Lokus


@given(st.lists(st.sampled_from(["Lilirilau", "Citta", "Ganra"]), min_size=1, max_size=6))
@settings(max_examples=6, deadline=None)
def test_kecamatan_of_proposed_desa_are_named_once_in_order_of_the_alphabet(kecamatan):
    rows = [{**LOKUS[0], "baris": f"U{n}", "id_usulan": f"U{n}", "kecamatan": name,
             "desa": f"Desa {'abcdef'[n]}"} for n, name in enumerate(kecamatan)]  # fmt: skip
    text = tell("lokus", {"jumlah_lokus_diusulkan": len(rows)}, ("usulan_lokus",),
                usulan_lokus=rows)  # fmt: skip
    names = sorted(set(kecamatan))
    assert [text.count(name) for name in names] == [int(len(names) > 1)] * len(names)
    places = [text.find(name) for name in names]
    assert places == sorted(places)


def test_the_weights_of_the_score_are_the_declared_ones():
    text = tell("lokus")
    for kunci in ("prevalensi", "jumlah", "kesenjangan", "krs"):
        bobot = load_ambang()[f"bobot_lokus_{kunci}"]
        assert f"(bobot {bobot:g})".replace(".", ",") in text


# Follow-up


@pytest.mark.parametrize(
    ("ubah", "expected", "absent"),
    [
        ({"tindak_lanjut/T2/lewat_tenggat_hari": ""}, "Dari 3 rekomendasi", "lewat tenggat"),
        ({"jumlah_tindak_lanjut_belum": 0}, "1 sudah selesai dan 1 masih berjalan.", "ditimbang"),
        ({"jumlah_tindak_lanjut_selesai": 0}, "belum ada yang selesai, 1 masih", "None"),
        ({"tindak_lanjut/T1/penilaian": "selesai"}, "60 hari, ialah Percepat", "buktinya belum"),
        ({"tindak_lanjut/T3/penilaian": "terlambat", "tindak_lanjut/T3/lewat_tenggat_hari": 90},
         "90 hari, ialah Latih kader", "tidak dilaporkan keadaannya"),
    ],
)  # fmt: skip
def test_follow_up_tells_only_what_is_recorded(ubah, expected, absent):
    text = tell("tindak_lanjut", ubah)
    assert expected in text
    assert absent not in text


def test_a_result_without_anything_has_a_summary_of_one_sentence():
    assert tell_hasil("ringkasan_eksekutif", KOSONG).count(".") == 1
