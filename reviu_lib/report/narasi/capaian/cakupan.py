"""Chapter IV: coverage of services, as a whole and for the indicators that matter most."""

from __future__ import annotations

import pandas as pd

from reviu_lib.formatting import is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import hitungan
from reviu_lib.report.narasi.capaian.indikator import describe_indikator
from reviu_lib.report.narasi.kalimat import (
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    threshold,
    unavailable,
)

_TABEL = "capaian_cakupan"
# How many indicators below target, and how many worsening ones, get a paragraph of their own.
_DIURAIKAN_BELUM = 4
_DIURAIKAN_MEMBURUK = 1


def describe_cakupan(hasil: HasilReviu) -> tuple[str, ...]:
    """Return attainment, extremes, movement, what cannot be compared, and single indicators."""
    facts = Facts(hasil)
    rows = facts.rows(_TABEL, tingkat="kabupaten", capaian_persen="*")
    if rows.empty:
        return unavailable(
            f"cakupan layanan {facts.daerah}", "capaian indikator layanan belum dapat dinilai"
        )
    rows = rows.assign(gap=_signed(rows, "selisih_target_poin"), change=_signed(rows, "tren_poin"))
    return paragraphs(
        paragraph(_attained(facts), _by_kind(facts), _reference_only(facts)),
        paragraph(_strongest(facts, rows), _weakest(facts, rows)),
        paragraph(_movement(facts, rows), _not_comparable(facts)),
        paragraph(_unfinished(facts, rows), _mean_beside_pooled(facts, rows)),
        *(describe_indikator(facts, baris) for baris in _most_important(rows)),
    )


def furthest_below(facts: Facts) -> list[str]:
    """Return up to three indicators furthest below target, each with figure and target."""
    rows = facts.rows(_TABEL, tingkat="kabupaten", status_capaian="belum tercapai")
    rows = rows.assign(gap=_signed(rows, "selisih_target_poin")).dropna(subset=["gap"])
    ordered = rows.sort_values("gap", kind="stable")["baris"].head(3)
    return [f"{_name(facts, baris)} ({_against_target(facts, baris)})" for baris in ordered]


def _signed(rows: pd.DataFrame, kolom: str) -> pd.Series:
    """Return a difference that is positive when good: for `turun` indicators less is better."""
    return rows[kolom].where(rows["arah"].ne("turun"), -rows[kolom])


def _attained(facts: Facts) -> str:
    total = _with_data(facts)
    if not facts.any("jumlah_indikator_dinilai"):
        return paragraph(
            sentence(total),
            "Belum satu pun dapat dinilai terhadap target karena target terverifikasi untuk tahun "
            "ini tidak tersedia; angka di bawah ini menunjukkan tingkat dan arahnya saja.",
            _official(facts),
        )
    return paragraph(
        sentence(f"{total} dan {facts.n('jumlah_indikator_dinilai')} dapat dinilai"),
        _verdict(facts),
        _official(facts),
    )


def _with_data(facts: Facts) -> str:
    every = f"{facts.n('jumlah_indikator')} indikator yang berlaku pada tahun {facts.hasil.tahun}"
    if facts.value("jumlah_indikator_berdata") == facts.value("jumlah_indikator"):
        return f"setiap indikator dari {every} mempunyai data"
    return f"dari {every}, {facts.n('jumlah_indikator_berdata')} mempunyai data"


def _official(facts: Facts) -> str:
    """Return how many indicators the era is said to have where the cards are not those yet."""
    if facts.aturan.jumlah_indikator_resmi == facts.value("jumlah_indikator"):
        return ""
    return sentence(
        f"era ini disebut mempunyai {facts.angka.definisi('aturan/jumlah_indikator_resmi')} "
        "indikator kinerja layanan; daftarnya belum terbaca, sehingga yang dipakai ialah "
        f"{facts.n('jumlah_indikator')} indikator pada kartu"
    )


def _verdict(facts: Facts) -> str:
    if not facts.any("jumlah_indikator_tercapai"):
        return "Belum ada indikator yang mencapai targetnya."
    if not facts.any("jumlah_indikator_belum"):
        return "Setiap indikator yang dinilai mencapai targetnya; yang perlu dijaga ialah mutunya."
    return sentence(
        f"{facts.lead('jumlah_indikator_tercapai', 'indikator')} mencapai target "
        f"({facts.n('indikator_tercapai_persen')} persen dari yang dinilai), sedangkan "
        f"{facts.n('jumlah_indikator_belum')} indikator masih di luar target"
    )


def _by_kind(facts: Facts) -> str:
    parts = [
        f"{facts.angka.hitung(_TABEL, **conditions)} indikator {jenis}"
        for jenis in ("spesifik", "sensitif")
        if len(facts.rows(_TABEL, **(conditions := _below(jenis))))
    ]
    if not parts:
        return ""
    return sentence(f"yang belum mencapai target terdiri atas {clauses(*parts)}")


def _below(jenis: str) -> dict[str, str]:
    return {"tingkat": "kabupaten", "status_capaian": "belum tercapai", "jenis": jenis}


def _reference_only(facts: Facts) -> str:
    conditions = {"tingkat": "kabupaten", "target_terverifikasi": "tidak", "capaian_persen": "*"}
    if facts.rows(_TABEL, **conditions).empty:
        return ""
    return sentence(
        f"untuk {facts.angka(hitungan(_TABEL, **conditions), 'bilangan')} indikator, target yang "
        "beredar belum terverifikasi sehingga hanya menjadi garis rujukan tanpa penilaian"
    )


def _strongest(facts: Facts, rows: pd.DataFrame) -> str:
    beyond = rows[rows["status_capaian"].eq("tercapai") & rows["gap"].gt(0)]
    if beyond.empty:
        return ""
    baris = beyond.sort_values("gap", ascending=False, kind="stable")["baris"].iloc[0]
    place = _against_target(facts, baris)
    return sentence(
        f"capaian yang paling jauh melampaui target ialah {_name(facts, baris)}, yaitu {place}"
    )


def _weakest(facts: Facts, rows: pd.DataFrame) -> str:
    below = rows[rows["status_capaian"].eq("belum tercapai")].dropna(subset=["gap"])
    if below.empty:
        return ""
    ordered = below.sort_values("gap", kind="stable")["baris"].tolist()
    first = sentence(
        f"jarak terbesar terdapat pada {_name(facts, ordered[0])}, yaitu "
        f"{_against_target(facts, ordered[0])}"
    )
    if len(ordered) == 1:
        return first
    rest = [f"{_name(facts, baris)} ({_against_target(facts, baris)})" for baris in ordered[1:3]]
    return paragraph(first, sentence(f"menyusul kemudian {clauses(*rest)}"))


def _name(facts: Facts, baris: str) -> str:
    return facts.angka(f"{_TABEL}/{baris}/indikator", "teks_sambung")


def _level(facts: Facts, baris: str) -> str:
    return f"{facts.angka(f'{_TABEL}/{baris}/capaian_persen')} persen"


def _against_target(facts: Facts, baris: str) -> str:
    here, target = facts.pair(f"{_TABEL}/{baris}/capaian_persen", f"{_TABEL}/{baris}/target_persen")
    return f"{here} terhadap target {target}"


def _movement(facts: Facts, rows: pd.DataFrame) -> str:
    if not facts.any(*(f"jumlah_indikator_{word}" for word in ("naik", "turun", "tetap"))):
        return (
            "Angka tahun sebelumnya yang sebanding tidak tersedia, sehingga arah perubahan belum "
            "dapat dibaca."
        )
    counts = clauses(
        facts.count("jumlah_indikator_naik", "indikator membaik", "belum ada indikator membaik"),
        facts.count("jumlah_indikator_turun", "indikator memburuk"),
        facts.count("jumlah_indikator_tetap", "tetap")
        if facts.any("jumlah_indikator_tetap")
        else "",
    )
    return paragraph(
        sentence(f"dibandingkan dengan tahun sebelumnya, {counts}"),
        _largest(facts, rows, best=True),
        _largest(facts, rows, best=False),
    )


def _largest(facts: Facts, rows: pd.DataFrame, *, best: bool) -> str:
    moved = rows[rows["change"].gt(0) if best else rows["change"].lt(0)]
    if moved.empty:
        return ""
    baris = moved.sort_values("change", ascending=not best, kind="stable")["baris"].iloc[0]
    before, now = facts.pair(
        f"{_TABEL}/{baris}/capaian_lalu_persen", f"{_TABEL}/{baris}/capaian_persen"
    )
    word = "perbaikan" if best else "kemunduran"
    return sentence(f"{word} terbesar tercatat pada {_name(facts, baris)}, dari {before} ke {now}")


def _not_comparable(facts: Facts) -> str:
    syarat = {"tingkat": "kabupaten", "status_tren": "tidak dapat dibandingkan"}
    held = facts.rows(_TABEL, **syarat)
    if held.empty:
        return ""
    count = sentence(
        f"{facts.lead(hitungan(_TABEL, **syarat), 'indikator')} mempunyai angka pada kedua tahun "
        "tetapi tidak dibandingkan"
    )
    reasons = held.dropna(subset=["alasan_tren"]).drop_duplicates("alasan_tren")["baris"]
    if reasons.empty:
        return count
    texts = [facts.angka(f"{_TABEL}/{baris}/alasan_tren", "teks_sambung") for baris in reasons[:3]]
    return paragraph(count, sentence(f"alasan yang tercatat ialah {'; '.join(texts)}"))


def _unfinished(facts: Facts, rows: pd.DataFrame) -> str:
    held = rows[rows["status_data"].eq("sementara")]
    if held.empty:
        return ""
    syarat = {"tingkat": "kabupaten", "status_data": "sementara", "capaian_persen": "*"}
    names = facts.names(_TABEL, held["baris"].tolist(), "indikator", **syarat)
    return sentence(
        f"data untuk {names} masih sementara karena kelengkapannya di bawah ambang; angkanya "
        "dapat berubah setelah desa yang belum melapor melengkapi datanya"
    )


def _mean_beside_pooled(facts: Facts, rows: pd.DataFrame) -> str:
    apart = (rows["capaian_persen"] - rows["capaian_rerata_desa_persen"]).abs()
    far = rows.assign(apart=apart)[apart > threshold("beda_rerata_poin")]
    if far.empty:
        return ""
    baris = far.sort_values("apart", ascending=False, kind="stable")["baris"].iloc[0]
    return sentence(
        f"rerata persentase desa dan rasio terkumpul tidak selalu sama: pada "
        f"{_name(facts, baris)}, rerata desa "
        f"{facts.angka(f'{_TABEL}/{baris}/capaian_rerata_desa_persen')} persen sedangkan rasio "
        f"terkumpul {_level(facts, baris)}; yang dipakai sebagai angka utama ialah rasio terkumpul"
    )


def _most_important(rows: pd.DataFrame) -> list[str]:
    """Return the rows to describe one by one: furthest below target, then the worst movement."""
    below = rows[rows["status_capaian"].eq("belum tercapai")].sort_values("gap", kind="stable")
    worse = rows[rows["change"].lt(0)].sort_values("change", kind="stable")
    chosen = [
        *below["baris"].head(_DIURAIKAN_BELUM),
        *worse["baris"].head(_DIURAIKAN_MEMBURUK),
    ]
    return list(dict.fromkeys(baris for baris in chosen if not is_missing(baris)))
