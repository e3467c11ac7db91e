"""Chapter IV, convergence: services of one household, of one desa, and stunting beside them."""

from __future__ import annotations

import pandas as pd

from reviu_lib.formatting import join_list
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_SASARAN, _LAYANAN = "konvergensi_sasaran", "konvergensi_layanan"
_PADU, _DESA = "keterpaduan_layanan", "konvergensi_desa"
_TERENDAH = 2


def describe_konvergensi(hasil: HasilReviu) -> tuple[str, ...]:
    """Return rates of the village scorecard, overlap of services in a desa, and quadrant I."""
    facts = Facts(hasil)
    if all(facts.rows(name).empty for name in (_SASARAN, _PADU, _DESA)):
        return unavailable(
            "skor konvergensi desa, cakupan, dan pengukuran per desa",
            "konvergensi layanan belum dapat dibaca",
        )
    return paragraphs(_sasaran(facts), _padu(facts), _kuadran(facts))


def _sasaran(facts: Facts) -> str:
    if facts.rows(_SASARAN).empty:
        return unavailable("skor konvergensi desa", "tingkat konvergensi belum dapat dihitung")[0]
    rows = facts.rows(_SASARAN, tingkat="kabupaten", acuan="ya", konvergensi_persen="*")
    if rows.empty:
        return (
            "Skor konvergensi desa sudah ada, tetapi belum ada desa yang melaporkan semua layanan "
            "satu kelompok sasaran, sehingga tingkat konvergensi belum dapat dihitung."
        )
    by_group = rows.set_index("kelompok")["baris"]
    main = f"{_SASARAN}/{by_group.get('gabungan', by_group.iloc[0])}"
    return paragraph(
        sentence(
            "tingkat konvergensi dibaca dari skor desa triwulan "
            f"{facts.angka(f'{main}/triwulan')}, yang lengkap dari "
            f"{facts.angka(f'{main}/jumlah_desa_lengkap')} di antara "
            f"{facts.angka(f'{main}/jumlah_desa')} desa/kelurahan"
        ),
        _rate(facts, main, by_group),
        _everything(facts, main),
        _weakest(facts),
        _before(facts, main),
        _provisional(facts, main),
    )


def _rate(facts: Facts, main: str, by_group: pd.Series) -> str:
    parts = [
        f"{_rate_of(facts, f'{_SASARAN}/{baris}')} pada {_who(facts, f'{_SASARAN}/{baris}')}"
        for baris in by_group.reindex(["ibu hamil", "anak 0-23 bulan"]).dropna()
        if "gabungan" in by_group
    ]
    return sentence(
        f"{_who(facts, main)} menerima {facts.angka(f'{main}/diterima')} dari "
        f"{facts.angka(f'{main}/seharusnya')} layanan yang seharusnya, sehingga tingkat "
        f"konvergensinya {_rate_of(facts, main)}" + (f" ({clauses(*parts)})" if parts else "")
    )


def _who(facts: Facts, cell: str) -> str:
    kelompok = facts.hasil.value(f"{cell}/kelompok")
    if kelompok == "gabungan":
        return "ibu hamil dan anak di bawah dua tahun"
    return "ibu hamil" if kelompok == "ibu hamil" else "anak di bawah dua tahun"


def _rate_of(facts: Facts, cell: str) -> str:
    return f"{facts.angka(f'{cell}/konvergensi_persen', 'persen2')} persen"


def _everything(facts: Facts, main: str) -> str:
    if pd.isna(facts.hasil.value(f"{main}/lengkap")):
        return "Banyaknya sasaran yang menerima semua layanannya tidak tersedia pada skor desa."
    return sentence(
        f"sasaran yang menerima semua layanannya {facts.angka(f'{main}/lengkap')} dari "
        f"{facts.angka(f'{main}/sasaran_lengkap')} orang "
        f"({facts.angka(f'{main}/lengkap_persen')} persen); angka ini menghitung orang, sedangkan "
        "tingkat konvergensi menghitung layanan"
    )


def _weakest(facts: Facts) -> str:
    """Return the services with the lowest share of each group in the quarter."""
    rows = facts.rows(_LAYANAN, acuan="ya", persen="*").sort_values("persen", kind="stable")
    parts = []
    for kelompok, who in (("ibu hamil", "ibu hamil"), ("anak 0-23 bulan", "anak")):
        low = rows.loc[rows["kelompok"].eq(kelompok), "baris"].head(_TERENDAH)
        named = [
            f"{facts.angka(f'{_LAYANAN}/{baris}/layanan')} "
            f"({facts.angka(f'{_LAYANAN}/{baris}/persen')} persen)"
            for baris in low
        ]
        parts += [f"pada {who} layanan {join_list(named)}"] if named else []
    if not parts:
        return ""
    return sentence(f"bagian penerima terendah: {'; '.join(parts)}")


def _before(facts: Facts, main: str) -> str:
    """Return the rate of the quarter before, without a difference: other desa may have reported."""
    now, kelompok = (facts.hasil.value(f"{main}/{name}") for name in ("triwulan", "kelompok"))
    rows = facts.rows(_SASARAN, tingkat="kabupaten", kelompok=str(kelompok), konvergensi_persen="*")
    rows = rows[rows["triwulan"] < now].sort_values("triwulan")
    if rows.empty:
        return ""
    cell = f"{_SASARAN}/{rows['baris'].iloc[-1]}"
    return sentence(
        f"pada triwulan {facts.angka(f'{cell}/triwulan')} tingkat konvergensinya "
        f"{_rate_of(facts, cell)} dari {facts.angka(f'{cell}/jumlah_desa_lengkap')} "
        "desa/kelurahan; desa yang melapor dapat berbeda, sehingga selisihnya tidak dihitung"
    )


def _provisional(facts: Facts, main: str) -> str:
    if facts.hasil.value(f"{main}/status_data") != "sementara":
        return ""
    least = facts.angka.definisi("ambang/kelengkapan_minimum_persen", "desimal")
    return sentence(f"angka itu sementara karena desa yang lengkap kurang dari {least} persen")


def _padu(facts: Facts) -> str:
    whole = facts.rows(_PADU, jenis="seluruh indikator")
    if whole.empty:
        return unavailable(
            "cakupan per desa dengan target terverifikasi",
            "keterpaduan intervensi di desa yang sama belum dapat dibaca",
        )[0]
    cell = f"{_PADU}/{whole['baris'].iloc[0]}"
    half = facts.angka.definisi("ambang/keterpaduan_separuh_persen", "desimal")
    spread = (
        f"{facts.angka(f'{cell}/jumlah_desa_semua')} desa/kelurahan mencapai semuanya",
        f"{facts.angka(f'{cell}/jumlah_desa_lebih')} lebih dari {half} persen",
        f"{facts.angka(f'{cell}/jumlah_desa_kurang')} paling banyak {half} persen",
        f"{facts.angka(f'{cell}/jumlah_desa_nihil')} belum satu pun"
        if facts.hasil.value(f"{cell}/jumlah_desa_nihil")
        else "",
    )
    return paragraph(
        sentence(
            f"keterpaduan intervensi dinilai di {facts.angka(f'{cell}/jumlah_desa_dinilai')} "
            f"desa/kelurahan menurut {facts.angka(f'{cell}/jumlah_indikator')} indikator yang "
            "mempunyai data desa dan target terverifikasi"
        ),
        sentence(f"dari indikator yang dapat dinilai di tiap desa, {clauses(*spread)}"),
        _bundles(facts),
        "Di desa dengan sasaran sedikit, satu orang dapat mengubah penilaian, sehingga sebaran ini "
        "dibaca bersama penyebutnya.",
    )


def _bundles(facts: Facts) -> str:
    rows = facts.rows(_PADU, jenis="paket layanan")
    judged = [f"{_PADU}/{baris}" for baris in rows.loc[rows["jumlah_desa_dinilai"] > 0, "baris"]]
    closed = [f"{_PADU}/{baris}" for baris in rows.loc[rows["jumlah_desa_dinilai"] == 0, "baris"]]
    parts = [
        f"{facts.angka(f'{cell}/nama')} di {facts.angka(f'{cell}/jumlah_desa_semua')} dari "
        f"{facts.angka(f'{cell}/jumlah_desa_dinilai')} desa/kelurahan yang dapat dinilai"
        for cell in judged
    ]
    names = join_list([facts.angka(f"{cell}/nama") for cell in closed])
    return paragraph(
        sentence(
            f"paket yang semua indikatornya mencapai target di desa yang sama: {clauses(*parts)}"
        )
        if parts
        else "",
        sentence(
            f"paket {names} belum dapat dinilai karena ada indikatornya yang tanpa data desa atau "
            "tanpa target terverifikasi"
        )
        if names
        else "",
    )


def _kuadran(facts: Facts) -> str:
    if facts.rows(_DESA, kuadran="*").empty:
        return unavailable(
            "prevalensi register dan kesenjangan cakupan per desa",
            "desa dengan stunting tinggi dan layanan rendah belum dapat ditunjukkan",
        )[0]
    first = facts.angka.hitung(_DESA, kuadran="I")
    return paragraph(
        sentence(
            f"kuadran I memuat {first} desa/kelurahan yang prevalensinya menurut register "
            f"{facts.n('kuadran_prevalensi_persen')} persen atau lebih dan kesenjangan cakupannya "
            f"{facts.n('kuadran_kesenjangan_poin')} poin atau lebih, batas tengah kabupaten"
        ),
        _doubtful(facts),
        _asked(facts),
    )


def _doubtful(facts: Facts) -> str:
    """Return how many desa of quadrant I cannot be told for certain; they are not dropped."""
    weak = facts.angka.hitung(_DESA, kuadran="I", data_andal="tidak")
    unknown = facts.angka.hitung(_DESA, kuadran="I", data_andal="")
    few, least = (
        facts.angka.definisi(f"ambang/{name}", "desimal")
        for name in ("diukur_minimum", "ds_minimum_persen")
    )
    parts = [
        f"{weak} datanya tidak andal (diukur kurang dari {few} balita atau D/S di bawah {least} "
        "persen)"
        if len(facts.rows(_DESA, kuadran="I", data_andal="tidak"))
        else "",
        f"{unknown} tanpa D/S" if len(facts.rows(_DESA, kuadran="I", data_andal="")) else "",
    ]
    if not any(parts):
        return ""
    return sentence(
        f"di antaranya {clauses(*parts)}; angkanya perlu dipastikan sebelum desa itu dibahas"
    )


def _asked(facts: Facts) -> str:
    """Return, of the reliable desa of quadrant I, who is no lokus and whom no activity names."""
    if facts.rows(_DESA, perlu_dibahas="ya").empty:
        return "Tidak ada desa kuadran I yang datanya andal."
    outside = facts.rows(_DESA, perlu_dibahas="ya", lokus_tahun_ini="tidak")
    unnamed = facts.rows(_DESA, perlu_dibahas="ya", jangkauan_kegiatan="tidak disebut")
    parts = [
        _told(
            facts,
            "lokus_tahun_ini",
            f"{facts.angka.hitung(_DESA, perlu_dibahas='ya', lokus_tahun_ini='tidak')} bukan lokus "
            "tahun ini",
            len(outside),
        ),
        _told(
            facts,
            "jangkauan_kegiatan",
            f"{_count_unnamed(facts)} tidak disebut pada lokasi kegiatan, baik desanya maupun "
            "kecamatannya",
            len(unnamed),
        ),
    ]
    known = facts.angka.hitung(_DESA, perlu_dibahas="ya")
    return paragraph(
        sentence(f"dari {known} desa kuadran I yang datanya andal, {clauses(*parts)}")
        if any(parts)
        else sentence(f"sebanyak {known} desa kuadran I datanya andal"),
        _missing(facts),
        "Desa itu diajukan untuk dibahas menurut urutan kode, bukan peringkat: layanan apa yang "
        "belum sampai, dan mengapa?",
    )


def _count_unnamed(facts: Facts) -> str:
    return facts.angka.hitung(_DESA, perlu_dibahas="ya", jangkauan_kegiatan="tidak disebut")


def _told(facts: Facts, kolom: str, words: str, count: int) -> str:
    """Return the words where the column is known and the count is not zero."""
    known = len(facts.rows(_DESA, perlu_dibahas="ya", **{kolom: "*"})) > 0
    return words if known and count else ""


def _missing(facts: Facts) -> str:
    rows = facts.rows(_DESA, perlu_dibahas="ya")
    parts = [
        words
        for kolom, words in (
            ("lokus_tahun_ini", "daftar lokus tahun reviu"),
            ("jangkauan_kegiatan", "lokasi realisasi kegiatan"),
        )
        if rows[kolom].isna().all()
    ]
    return sentence(f"{clauses(*parts)} tidak tersedia") if parts else ""
