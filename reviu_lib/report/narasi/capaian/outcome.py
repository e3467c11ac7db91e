"""Chapter III: stunting prevalence from surveys and from the register, kept apart, and targets."""

from __future__ import annotations

from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.capaian.target import describe_akibat, describe_target
from reviu_lib.report.narasi.kalimat import (
    Facts,
    higher_or_lower,
    interval,
    paragraph,
    paragraphs,
    ringkasan,
    sentence,
    threshold,
    unavailable,
)

_TABEL = "perkembangan_prevalensi"
_SELANG_SURVEI = ("survei_terakhir_bawah_persen", "survei_terakhir_atas_persen")
_SELANG_REGISTER = ("register_bawah_persen", "register_atas_persen")


def describe_outcome(hasil: HasilReviu) -> tuple[str, ...]:
    """Return level, comparison, register, the two kinds of figure, targets, and what follows."""
    facts = Facts(hasil)
    if not facts.known("survei_terakhir_persen") and not facts.known("register_persen"):
        return (
            *unavailable(
                f"survei dan pengukuran balita {facts.daerah}",
                "perkembangan prevalensi stunting belum dapat diuraikan",
            ),
            *paragraphs(tell_rekap_stunting(facts)),
        )
    return paragraphs(
        paragraph(_level(facts), _comparison(facts), _earlier_survey(facts), _set_aside(facts)),
        paragraph(_register(facts), _attendance(facts), _register_last_year(facts)),
        _two_figures(facts),
        tell_rekap_stunting(facts),
        describe_target(facts),
        describe_akibat(facts),
    )


def tell_rekap_stunting(facts: Facts) -> str:
    """Return the prevalence that a published recap prints, as a statement outside every series."""
    if not facts.known("rekap_stunting_persen"):
        return ""
    return sentence(
        f"rekap indikator terbitan kabupaten/kota mencatat prevalensi stunting balita "
        f"{facts.n('rekap_stunting_persen')} persen ({facts.n('rekap_stunting')} dari "
        f"{facts.n('rekap_stunting_penyebut')}); cara dan bulan pengukurannya serta D/S tidak "
        "disebut, sehingga angka itu berdiri di luar deret survei dan register dan tidak dinilai "
        "terhadap target"
    )


def _level(facts: Facts) -> str:
    if not facts.known("survei_terakhir_persen"):
        return sentence(
            f"angka survei untuk {facts.daerah} yang terbit sebelum tanggal reviu tidak tersedia"
        )
    return sentence(
        f"prevalensi stunting {facts.daerah} menurut {facts.n('survei_terakhir_sumber_teks')} "
        f"{facts.n('survei_terakhir_tahun')} adalah {facts.n('survei_terakhir_persen')} persen"
        f"{interval(facts, 'selang kepercayaan', *_SELANG_SURVEI)}"
    )


def _comparison(facts: Facts) -> str:
    if not facts.known("survei_terakhir_persen"):
        return ""
    here = facts.value("survei_terakhir_persen") or 0.0
    levels = {name: facts.value(f"survei_{name}_persen") for name in ("provinsi", "nasional")}
    known = {name: value for name, value in levels.items() if value is not None}
    if not known:
        return sentence(
            "angka provinsi dan nasional dari survei yang sama tidak tersedia sebagai pembanding"
        )
    words = {name: higher_or_lower(here, value) for name, value in known.items()}
    if len(words) == 2 and len(set(words.values())) == 1:
        return _same_side(facts, words["provinsi"])
    parts = [f"{word} {tell_level(facts, name)}" for name, word in words.items()]
    return sentence(
        f"dalam survei yang sama, angka itu {', tetapi '.join(parts)}{_no_other(known)}"
    )


def _same_side(facts: Facts, word: str) -> str:
    return sentence(
        f"dalam survei yang sama, angka itu {word} {tell_level(facts, 'provinsi')} maupun "
        f"{tell_level(facts, 'nasional')}"
    )


def tell_level(facts: Facts, name: str) -> str:
    """Return the figure of `provinsi` or `nasional` in the survey of the kabupaten's own."""
    return f"angka {name} ({facts.n(f'survei_{name}_persen')} persen)"


def _no_other(known: dict[str, float]) -> str:
    missing = {"provinsi", "nasional"} - known.keys()
    return f"; angka {missing.pop()} tidak tersedia" if missing else ""


def _earlier_survey(facts: Facts) -> str:
    if not facts.known("survei_terakhir_persen"):
        return ""
    if not facts.known("survei_sebelumnya_persen"):
        return sentence(
            "angka survei sebelumnya tidak tersedia, sehingga arah perkembangannya belum dapat "
            "dibaca"
        )
    same = facts.word("survei_sebelumnya_sumber_teks") == facts.word("survei_terakhir_sumber_teks")
    return _same_survey(facts) if same else _other_survey(facts)


def _earlier_figure(facts: Facts) -> str:
    return (
        f"{facts.n('survei_sebelumnya_persen')} persen menurut "
        f"{facts.n('survei_sebelumnya_sumber_teks')} {facts.n('survei_sebelumnya_tahun')}"
    )


def _other_survey(facts: Facts) -> str:
    return paragraph(
        sentence(f"angka survei sebelumnya adalah {_earlier_figure(facts)}"),
        "Karena kedua survei berbeda nama dan rancangannya, keduanya disebut berdampingan dan "
        "tidak dikurangkan.",
    )


def _same_survey(facts: Facts) -> str:
    here = facts.value("survei_terakhir_persen") or 0.0
    before = facts.value("survei_sebelumnya_persen") or 0.0
    if here == before:
        return sentence(f"angka itu sama dengan {_earlier_figure(facts)}")
    return sentence(
        f"angka itu {higher_or_lower(here, before)} {_earlier_figure(facts)}{_gap(facts)}, "
        f"{_SURVEI_BERMAKNA.get(facts.word('survei_arah_teks'), _TANPA_SELANG)}"
    )


_TANPA_SELANG = (
    "tetapi selang kepercayaan tingkat kabupaten tidak diterbitkan sehingga perbedaan itu belum "
    "dapat dipastikan bermakna"
)
_SURVEI_BERMAKNA = {
    "naik": "dan menurut selang kepercayaan yang terbit kenaikan itu bermakna",
    "turun": "dan menurut selang kepercayaan yang terbit penurunan itu bermakna",
    "belum bermakna": "tetapi menurut selang kepercayaan yang terbit perbedaan itu belum bermakna",
}


def _gap(facts: Facts) -> str:
    rows = facts.rows(
        _TABEL,
        jenis_angka="survei",
        kode_wilayah=facts.hasil.kode_kabupaten,
        tahun=str(int(facts.value("survei_terakhir_tahun") or 0)),
        perubahan_poin="*",
    )
    if len(rows) != 1:
        return ""
    baris = rows["baris"].iloc[0]
    return f", berjarak {facts.points(f'{_TABEL}/{baris}/perubahan_poin')}"


def _set_aside(facts: Facts) -> str:
    if not facts.any("jumlah_survei_terbit_kemudian"):
        return ""
    return sentence(
        f"{facts.lead('jumlah_survei_terbit_kemudian', 'angka survei pada bahan reviu')} terbit "
        "sesudah tanggal reviu dan karena itu disisihkan; angka tersebut baru dapat dibahas pada "
        "edisi sesudah rapat"
    )


def _register(facts: Facts) -> str:
    if not facts.known("register_persen"):
        return sentence(
            "data pengukuran balita tidak tersedia, sehingga prevalensi menurut register tidak "
            "disajikan"
        )
    if not facts.known("register_stunting"):
        return sentence(
            f"menurut register, prevalensi pada penimbangan {facts.n('register_periode_teks')} "
            f"adalah {facts.n('register_persen')} persen; jumlah balita stuntingnya tidak tercatat "
            "pada bahan reviu"
        )
    severe = (
        f", termasuk {facts.n('register_sangat_pendek')} balita sangat pendek"
        if facts.any("register_sangat_pendek")
        else ""
    )
    return sentence(
        f"menurut register, pada penimbangan {facts.n('register_periode_teks')} "
        f"{_stunted(facts)}{severe} di antara {facts.n('register_diukur')} balita yang z-skornya "
        f"sah, atau {facts.n('register_persen')} persen"
        f"{interval(facts, 'ketidakpastian', *_SELANG_REGISTER)}{_stored(facts)}"
    )


def _stored(facts: Facts) -> str:
    """Return what the z stored in the register would give, where it shows another figure."""
    if not facts.known("register_simpan_persen"):
        return ""
    shown = {
        format_number(facts.value(f"register_{name}"), 1) for name in ("persen", "simpan_persen")
    }
    if len(shown) == 1:
        return ""
    return f"; menurut z-skor yang tersimpan di e-PPGBM, {facts.n('register_simpan_persen')} persen"


def _stunted(facts: Facts) -> str:
    if not facts.any("register_stunting"):
        return "belum tercatat balita stunting"
    return f"tercatat {facts.n('register_stunting')} balita stunting"


def _attendance(facts: Facts) -> str:
    if not facts.known("register_persen"):
        return ""
    if not facts.known("register_ds_persen"):
        return sentence(
            "D/S tidak dapat dihitung karena jumlah balita sasaran tidak tersedia, sehingga angka "
            "register ini hanya menggambarkan balita yang datang"
        )
    counts = (
        f", yaitu {facts.n('register_hadir')} dari {facts.n('register_sasaran')} balita sasaran"
        if facts.known("register_hadir")
        else ""
    )
    present = sentence(f"tingkat kehadirannya (D/S) {facts.n('register_ds_persen')} persen{counts}")
    return paragraph(present, _low_attendance(facts))


def _low_attendance(facts: Facts) -> str:
    if (facts.value("register_ds_persen") or 0.0) >= threshold("ds_minimum_persen"):
        return ""
    return sentence(
        "kehadiran itu di bawah ambang "
        f"{facts.angka.definisi('ambang/ds_minimum_persen', 'desimal')} persen, sehingga balita "
        "yang tidak datang dapat membuat keadaan sebenarnya berbeda dari angka register"
    )


def _register_last_year(facts: Facts) -> str:
    if not facts.known("register_persen", "register_lalu_persen"):
        return ""
    if not facts.known("register_ds_persen", "register_lalu_ds_persen"):
        return sentence(
            "angka register periode yang sama tahun lalu, "
            f"{facts.n('register_lalu_persen')} persen, tidak diperbandingkan karena D/S salah "
            "satu periode tidak tersedia"
        )
    here, before = facts.value("register_persen") or 0.0, facts.value("register_lalu_persen") or 0.0
    if here == before:
        return sentence(f"angka itu sama dengan {_register_before(facts)}")
    return sentence(
        f"angka itu {higher_or_lower(here, before)} {_register_before(facts)}, dengan selisih "
        f"{facts.points(ringkasan('register_perubahan_poin'))}{_change_interval(facts)}; "
        f"{_REGISTER_BERMAKNA.get(facts.word('register_arah_teks'), _DIBACA_BERSAMA)}"
    )


_DIBACA_BERSAMA = (
    "selisih ini dibaca bersama perbedaan kehadiran dan belum dapat dipastikan sebagai perubahan "
    "keadaan"
)
_REGISTER_BERMAKNA = {
    arah: f"{arah} lebih dari yang dapat dijelaskan oleh kebetulan, tetapi tetap dibaca bersama "
    "perbedaan kehadiran dan mutu pengukuran"
    for arah in ("naik", "turun")
} | {
    "belum bermakna": "selisih sebesar itu belum bermakna, dan tetap dibaca bersama perbedaan "
    "kehadiran"
}


def _change_interval(facts: Facts) -> str:
    limits = ("register_perubahan_bawah_poin", "register_perubahan_atas_poin")
    return interval(facts, "ketidakpastian", *limits, "poin")


def _register_before(facts: Facts) -> str:
    return (
        f"periode yang sama tahun lalu ({facts.n('register_lalu_persen')} persen dengan D/S "
        f"{facts.n('register_lalu_ds_persen')} persen)"
    )


def _two_figures(facts: Facts) -> str:
    if not facts.known("survei_terakhir_persen", "register_persen"):
        return ""
    gap = (
        f" Jarak keduanya, {facts.points(ringkasan('selisih_survei_register_poin'))}, "
        "menggambarkan perbedaan cara pengumpulan, waktu, dan kehadiran balita, bukan perubahan "
        "prevalensi."
        if facts.value("selisih_survei_register_poin")
        else ""
    )
    return (
        "Angka survei dan angka register menjawab pertanyaan yang berbeda: survei memperkirakan "
        "prevalensi pada penduduk melalui sampel, sedangkan register mencatat balita yang hadir "
        f"ditimbang dan diukur.{gap} Survei dipakai untuk menilai outcome, register untuk "
        "menemukan balita dan desa yang perlu didatangi."
    )
