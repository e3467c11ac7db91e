"""Chapter X: the weights of the score, and which of the proposed lokus hang on them."""

from __future__ import annotations

from reviu_lib.report.narasi.kalimat import Facts, clauses, paragraph, sentence

_LOKUS = "usulan_lokus"


def describe_bobot(facts: Facts) -> str:
    """Return what the score is made of, with its weights."""
    weights = {
        "bobot_lokus_prevalensi": "prevalensi",
        "bobot_lokus_jumlah": "jumlah balita stunting",
        "bobot_lokus_kesenjangan": "kesenjangan cakupan",
        "bobot_lokus_krs": "porsi keluarga berisiko stunting",
    }
    parts = clauses(
        *(
            f"{words} (bobot {facts.angka.definisi(f'ambang/{kunci}', 'desimal')})"
            for kunci, words in weights.items()
        )
    )
    return paragraph(
        sentence(f"skor usulan menggabungkan {parts}"),
        "Bobot itu asumsi reviu karena bobot resmi belum ditemukan, dan urutan skor bukan "
        "peringkat mutu desa.",
    )


def describe_ketahanan(facts: Facts) -> str:
    """Return how the proposal holds under other weights; empty where that was not computed."""
    if not facts.any("jumlah_variasi_bobot"):
        return ""
    share = facts.angka.definisi("ambang/variasi_bobot_lokus_persen", "jumlah")
    tried = sentence(
        f"setiap bobot dinaikkan {share} persen, diturunkan {share} persen, dan dihilangkan "
        f"bergantian, sehingga ada {facts.n('jumlah_variasi_bobot')} variasi bobot"
    )
    return paragraph(tried, _sturdy(facts), _dependent(facts), _others(facts))


def _sturdy(facts: Facts) -> str:
    least = facts.angka.definisi("ambang/ketahanan_lokus_minimum_persen", "jumlah")
    if not facts.any("jumlah_lokus_kukuh"):
        return sentence(f"belum ada usulan yang bertahan pada sedikitnya {least} persen variasi")
    return sentence(
        f"{facts.lead('jumlah_lokus_kukuh', 'desa/kelurahan')} tetap diusulkan pada sedikitnya "
        f"{least} persen variasi (kukuh)"
    )


def _dependent(facts: Facts) -> str:
    syarat = {"ketahanan": "bergantung bobot"}
    rows = facts.rows(_LOKUS, **syarat).sort_values(["kecamatan", "desa"], kind="stable")
    if rows.empty:
        return ""
    names = facts.names(_LOKUS, rows["baris"].tolist(), "desa", **syarat)
    return sentence(
        f"usulan yang bergantung pada bobot berjumlah {facts.n('jumlah_lokus_bergantung')}, "
        f"yaitu {names}; usulan ini layak dibahas lebih dahulu"
    )


def _others(facts: Facts) -> str:
    if not facts.any("jumlah_desa_pengganti"):
        return ""
    return sentence(
        f"{facts.lead('jumlah_desa_pengganti', 'desa/kelurahan')} semula di luar usulan, tetapi "
        "masuk pada sebagian variasi"
    )


def describe_perubahan(facts: Facts) -> str:
    """Return what the proposal means for the list of the year: who stays, leaves, is new."""
    if not facts.any("jumlah_lokus_tahun_ini"):
        return "Daftar lokus tahun ini tidak tersedia, sehingga kesinambungannya belum terbaca."
    kept = facts.count(
        "jumlah_lokus_tetap", "di antaranya diusulkan lagi", "belum ada yang diusulkan lagi"
    )
    parts = clauses(
        kept,
        _group_of_lokus(facts, "keluar", "berada di bawah urutan yang diusulkan"),
        _group_of_lokus(facts, "belum dapat dinilai", "belum dapat dinilai karena datanya"),
    )
    new = _group_of_lokus(facts, "baru", "desa/kelurahan lain baru diusulkan")
    return paragraph(
        sentence(f"dari {facts.n('jumlah_lokus_tahun_ini')} lokus tahun ini, {parts}"),
        sentence(f"sebanyak {new}") if new else "",
    )


def _group_of_lokus(facts: Facts, perubahan: str, words: str) -> str:
    """Return how many desa the proposal moves so, named where they leave; empty for none."""
    syarat = {"perubahan_lokus": perubahan}
    rows = facts.rows(_LOKUS, **syarat)
    if rows.empty:
        return ""
    count = f"{facts.angka.hitung(_LOKUS, **syarat)} {words}"
    if perubahan == "baru":
        return count
    return f"{count} ({facts.names(_LOKUS, rows['baris'].tolist(), 'desa', **syarat)})"
