"""Chapter III, on targets: the kabupaten's own first, what they ask for, and what follows."""

from __future__ import annotations

import pandas as pd

from reviu_lib.formatting import is_missing
from reviu_lib.report.narasi.kalimat import (
    Facts,
    above_or_below,
    clauses,
    paragraph,
    ringkasan,
    sentence,
)

_TABEL = "perkembangan_prevalensi"
_TINGKAT = {
    "kabupaten": "tingkat kabupaten/kota",
    "provinsi": "tingkat provinsi",
    "nasional": "tingkat nasional",
}


def describe_target(facts: Facts) -> str:
    """Return the paragraph on the targets of the review year and the next."""
    return paragraph(_own_target(facts), _targets(facts, facts.hasil.tahun), _next_targets(facts))


def _own_target(facts: Facts) -> str:
    tahun = facts.hasil.tahun
    if not facts.known("target_kabupaten_persen"):
        return sentence(
            f"target prevalensi tahun {tahun} yang ditetapkan kabupaten/kota sendiri tidak "
            "tersedia pada bahan reviu; target tingkat lain hanya menjadi rujukan"
        )
    target = sentence(
        f"target prevalensi {facts.daerah} tahun {tahun} adalah "
        f"{facts.n('target_kabupaten_persen')} persen{_own_source(facts)}"
    )
    return paragraph(target, _against_target(facts))


def _own_source(facts: Facts) -> str:
    if not facts.known("target_kabupaten_sumber_teks"):
        return ""
    return f" (sumber: {facts.n('target_kabupaten_sumber_teks')})"


def _against_target(facts: Facts) -> str:
    distance = facts.value("jarak_target_poin")
    if distance is None:
        return "Capaiannya belum dapat dinilai karena angka survei yang terbit tidak tersedia."
    place = (
        "tepat pada target"
        if distance == 0
        else f"{facts.points(ringkasan('jarak_target_poin'))} {above_or_below(distance)} target"
    )
    if facts.value("survei_terakhir_tahun") != facts.hasil.tahun:
        return sentence(
            f"angka survei tahun {facts.hasil.tahun} belum diketahui pada tanggal reviu, sehingga "
            f"capaiannya belum dapat dinilai; sebagai gambaran, survei terakhir berada {place}"
        )
    verdict = "tercapai" if distance <= 0 else "belum tercapai"
    return paragraph(
        sentence(f"hasil survei berada {place}, sehingga target tahun ini {verdict}"),
        _closed(facts),
    )


def _closed(facts: Facts) -> str:
    if not facts.any("kesenjangan_tertutup_persen"):
        return ""
    return sentence(
        "dihitung dari angka sebelumnya pada survei yang sama, bagian jarak ke target yang sudah "
        f"tertutup adalah {facts.n('kesenjangan_tertutup_persen')} persen"
    )


def _targets(facts: Facts, tahun: int) -> str:
    rows = facts.rows(_TABEL, jenis_angka="target", tahun=str(tahun))
    others = rows[rows["tingkat"].ne("kabupaten")]
    if others.empty:
        return ""
    return sentence(f"pada tahun yang sama berlaku pula {_target_list(facts, others)}")


def _next_targets(facts: Facts) -> str:
    tahun = facts.hasil.tahun + 1
    rows = facts.rows(_TABEL, jenis_angka="target", tahun=str(tahun))
    if rows.empty:
        return sentence(f"target prevalensi tahun {tahun} tidak tersedia pada bahan reviu")
    own = rows[rows["tingkat"].eq("kabupaten")]
    absent = "" if len(own) else "; target kabupaten/kota sendiri untuk tahun itu belum tersedia"
    return paragraph(
        sentence(
            f"untuk tahun {tahun}, yang menjadi acuan adalah {_target_list(facts, rows)}{absent}"
        ),
        _needed(facts),
    )


def _needed(facts: Facts) -> str:
    """Return the yearly reduction that the own target of next year asks for, always with years."""
    if (facts.value("target_berikut_poin_per_tahun") or 0) <= 0:
        return ""
    survei = f"{facts.n('survei_terakhir_sumber_teks')} {facts.n('survei_terakhir_tahun')}"
    points = facts.points(ringkasan("target_berikut_poin_per_tahun"))
    return sentence(
        f"dari {facts.n('survei_terakhir_persen')} persen ({survei}), target kabupaten/kota tahun "
        f"{facts.hasil.tahun + 1} memerlukan penurunan {points} per tahun selama "
        f"{facts.n('target_berikut_sisa_tahun')} tahun"
    )


def _target_list(facts: Facts, rows: pd.DataFrame) -> str:
    order = {name: place for place, name in enumerate(_TINGKAT)}
    ranked = rows.sort_values("tingkat", key=lambda column: column.map(order), kind="stable")
    return clauses(*(_one_target(facts, row) for _, row in ranked.iterrows()))


def _one_target(facts: Facts, row: pd.Series) -> str:
    baris = row["baris"]
    shown = {"sumber": row["sumber"], "keterangan": row["keterangan"]}
    notes = [
        facts.angka(f"{_TABEL}/{baris}/{kolom}")
        for kolom, text in shown.items()
        if not is_missing(text)
    ]
    source = f" ({'; '.join(notes)})" if notes else ""
    nilai = facts.angka(f"{_TABEL}/{baris}/prevalensi_persen")
    return f"target {_TINGKAT.get(row['tingkat'], row['tingkat'])} {nilai} persen{source}"


def describe_akibat(facts: Facts) -> str:
    """Return what the distance to the target means for the plans of next year."""
    if not facts.known("survei_terakhir_persen"):
        return (
            "Tanpa angka survei yang terbit, rapat disarankan membahas outcome dari register "
            "dengan selalu menyebut D/S, dan melengkapi angka survei begitu terbit."
        )
    distance = facts.value("jarak_target_poin")
    if distance is not None and distance > 0:
        return (
            "Jarak terhadap target itu menjadi alasan untuk mendahulukan indikator layanan yang "
            "tertinggal pada bab berikut dalam penyusunan rencana tahun depan."
        )
    if distance is not None:
        return (
            "Capaian terhadap target itu tetap perlu dijaga melalui kesinambungan layanan, karena "
            "angka survei tingkat kabupaten dapat bergeser dari tahun ke tahun."
        )
    return ""
