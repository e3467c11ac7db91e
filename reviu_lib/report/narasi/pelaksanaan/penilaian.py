"""Chapter VII: kecamatan as actors, evidence by the scoring form, and the class of the year."""

from __future__ import annotations

from html import escape

import pandas as pd

from reviu_lib.formatting import is_missing
from reviu_lib.report.narasi.kalimat import Facts, clauses, paragraph, sentence

_BUKTI, _SASARAN, _HASIL = "periksa_bukti", "sasaran_kecamatan", "hasil_penilaian"
# How many assessments by others are told one by one.
_DISEBUT = 3


def tell_bukti(facts: Facts) -> str:
    """Return what share of the lokus was high, and the letter where the form gives one."""
    return paragraph(*(_one_item(facts, row) for _, row in facts.rows(_BUKTI).iterrows()))


def _one_item(facts: Facts, row: pd.Series) -> str:
    cell = f"{_BUKTI}/{row['baris']}"
    if is_missing(row["nilai_persen"]):
        return ""
    share = (
        f"pada pemeriksaan butir penilaian “{facts.angka(f'{cell}/uraian')}”, "
        f"{facts.angka(f'{cell}/pembilang')} dari {facts.angka(f'{cell}/penyebut')} desa lokus "
        f"({facts.angka(f'{cell}/nilai_persen')} persen) mempunyai jumlah balita stunting "
        "atau prevalensi yang tinggi menurut register tahun "
        f"{facts.angka(f'{cell}/tahun_data')} (tinggi berarti pada atau di atas "
        "median desa, suatu asumsi reviu)"
    )
    return paragraph(sentence(f"{share}{_letter(facts, row, cell)}"))


def _letter(facts: Facts, row: pd.Series, cell: str) -> str:
    if row["jumlah_tidak_dinilai"]:
        unread = facts.angka(f"{cell}/jumlah_tidak_dinilai")
        return f"; {unread} desa lokus lain tidak dapat dinilai, sehingga hurufnya tidak diberikan"
    if is_missing(row["huruf"]) or not row["huruf"]:
        return "; huruf untuk bagian itu tidak terbaca pada formulir"
    return f", setara huruf {facts.angka(f'{cell}/huruf')} pada formulir penilaian kinerja"


def tell_kecamatan(facts: Facts) -> str:
    """Return what the kecamatan reported of their aksi and sasaran; empty in eras without them."""
    if not facts.known("jumlah_kecamatan_pelaku"):
        return ""
    return paragraph(_acting(facts), _reported(facts), _apart(facts))


def _acting(facts: Facts) -> str:
    if not facts.any("jumlah_kecamatan_beraksi"):
        return (
            "Pada era ini kecamatan juga melaksanakan aksi, tetapi belum ada kecamatan yang "
            "melaporkannya."
        )
    return sentence(
        f"pada era ini kecamatan juga melaksanakan aksi: {facts.n('jumlah_kecamatan_beraksi')} "
        f"dari {facts.n('jumlah_kecamatan_pelaku')} kecamatan melaporkannya"
    )


def _reported(facts: Facts) -> str:
    if not facts.any("jumlah_kecamatan_sasaran"):
        return (
            "Laporan sasaran ibu hamil, baduta, dan balita yang diverifikasi camat belum ada, "
            "sehingga penyebut cakupan belum dapat dibandingkan dengan sasaran kecamatan."
        )
    return sentence(
        f"sebanyak {facts.n('jumlah_kecamatan_sasaran')} dari {facts.n('jumlah_kecamatan_pelaku')} "
        f"kecamatan melaporkan sasarannya, dan {facts.n('jumlah_kecamatan_terverifikasi')} "
        "di antaranya sudah diverifikasi camat"
    )


def _apart(facts: Facts) -> str:
    rows = facts.rows(_SASARAN, kesesuaian="berbeda")
    if rows.empty:
        return ""
    order = rows["beda_persen"].abs().sort_values(ascending=False, kind="stable").index
    first = rows.loc[order[0]]
    cell = f"{_SASARAN}/{first['baris']}"
    return sentence(
        f"pada {facts.n('jumlah_sasaran_berbeda')} angka, sasaran kecamatan jauh berbeda dari "
        f"penyebut cakupan, terbesar {facts.angka(f'{cell}/kelompok')} di Kecamatan "
        f"{facts.angka(f'{cell}/kecamatan')} ({facts.angka(f'{cell}/jumlah')} menurut kecamatan, "
        f"{facts.angka(f'{cell}/penyebut')} pada cakupan); angka mana yang dipakai tahun depan "
        "perlu disepakati"
    )


def tell_kelas(facts: Facts) -> str:
    """Return the class by the cut-offs filled in, or why there is none; empty without classes."""
    scale = facts.aturan.kelas_hasil
    if scale is None:
        return ""
    names = clauses(*(escape(kelas) for kelas in scale.kelas)).replace(" dan ", " atau ")
    if not scale.batas_bawah:
        return (
            f"Kelas {names} tidak dihitung karena batas nilainya belum ditemukan; batas itu dapat "
            "diisi pada berkas era."
        )
    if not facts.known("kelas_hasil_teks"):
        return ""
    return sentence(
        f"menurut batas nilai yang diisi pada berkas era, bukan ketetapan provinsi, kemajuan itu "
        f"termasuk kelas {facts.n('kelas_hasil_teks')}"
    )


def tell_penilaian(facts: Facts) -> str:
    """Return assessments by others as entered, with their source; empty without any."""
    rows = facts.rows(_HASIL).head(_DISEBUT)
    told = [_one_result(facts, f"{_HASIL}/{baris}") for baris in rows["baris"]]
    later = (
        f"{facts.lead('jumlah_penilaian_kemudian', 'hasil penilaian')} terbit sesudah tanggal "
        "reviu dan tidak dipakai"
        if facts.any("jumlah_penilaian_kemudian")
        else ""
    )
    return paragraph(*(sentence(text) for text in told), sentence(later))


def _one_result(facts: Facts, cell: str) -> str:
    score = (
        f" dengan nilai {facts.angka(f'{cell}/nilai')}"
        if not is_missing(facts.hasil.value(f"{cell}/nilai"))
        else ""
    )
    return (
        f"penilaian {facts.angka(f'{cell}/penilai')} atas kinerja tahun "
        f"{facts.angka(f'{cell}/tahun')} menyatakan {facts.angka(f'{cell}/hasil')}{score} "
        f"(sumber: {facts.angka(f'{cell}/sumber')})"
    )
