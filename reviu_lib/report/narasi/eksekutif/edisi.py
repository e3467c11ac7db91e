"""The part that differs by edition: materials and questions, decisions asked, decisions made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.kalimat import (
    NAMA_DISEBUT,
    Facts,
    clauses,
    paragraph,
    paragraphs,
    sentence,
    unavailable,
)

_BAHAN, _TANYA, _MUTU = "bahan_reviu", "pertanyaan_terbuka", "mutu_data"
_POKOK, _PUTUSAN = "pokok_putusan", "putusan_rapat"
_UBAH, _BERKAS, _TERBIT = "perubahan_edisi", "perubahan_berkas", "terbit_kemudian"
# What the meeting is asked about each table of proposals.
_DIMINTA = {
    "usulan_kegiatan": "kegiatan tahun ini",
    "rekomendasi": "rekomendasi",
    "rancangan_kegiatan": "baris rancangan kegiatan tahun depan",
    "usulan_lokus": "desa/kelurahan yang diperingkat untuk lokus",
}


def describe_edisi(hasil: HasilReviu) -> tuple[str, ...]:
    """Return what this edition is for: prepare, decide, or keep what was decided."""
    facts = Facts(hasil)
    if facts.rows(_POKOK).empty and facts.rows(_BAHAN).empty:
        return unavailable("usulan dan bahan", "bagian edisi ini belum dapat disusun")
    return _EDISI.get(hasil.edisi, _rapat)(facts)


def _persiapan(facts: Facts) -> tuple[str, ...]:
    return paragraphs(
        paragraph(_materials(facts), _faults(facts), _questions(facts)),
        "Bahan yang menyusul disimpan di folder data mentah, lalu laporan dibuat lagi; jawaban "
        "dicatat pada lembar hambatan atau tindak lanjut buku kerja.",
    )


def _materials(facts: Facts) -> str:
    absent = {"keadaan": "belum ada"}
    rows = facts.rows(_BAHAN, **absent)
    there = (
        f"dari {facts.angka.hitung(_BAHAN, baris='*')} bahan yang dapat dipakai reviu, "
        f"{facts.angka.hitung(_BAHAN, keadaan='tersedia')} tersedia"
    )
    if rows.empty:
        return sentence(there)
    names = facts.names(_BAHAN, rows["baris"].tolist(), "bahan", **absent)
    return sentence(f"{there}; yang belum ada ialah {names}")


def _faults(facts: Facts) -> str:
    parts = clauses(
        *(
            f"{facts.angka.hitung(_MUTU, tingkat=level)} jenis {level}"
            for level in ("galat", "peringatan")
            if len(facts.rows(_MUTU, tingkat=level))
        )
    )
    return sentence(f"pemeriksaan data menemukan {parts} yang perlu dibereskan") if parts else ""


def _questions(facts: Facts) -> str:
    if facts.rows(_TANYA).empty:
        return ""
    open_ = f"{facts.angka.hitung(_TANYA, baris='*')} pertanyaan masih terbuka"
    asked = len(facts.rows(_TANYA, kepada="*"))
    if not asked:
        return sentence(open_)
    owners = facts.angka.hitung(_TANYA, kepada="*", beda="kepada")
    return sentence(f"{open_}, ditujukan kepada {owners} penanggung jawab")


def _rapat(facts: Facts) -> tuple[str, ...]:
    return paragraphs(
        paragraph(_asked(facts), _so_far(facts)),
        "Putusan diisi pada lampiran atau berita acara; kata putusan, penanggung jawab, tenggat, "
        "dan sumber dana dibaca kembali dan berdiri di edisi final. Selama belum diputuskan, "
        "semuanya adalah usulan.",
    )


def _asked(facts: Facts) -> str:
    parts = clauses(
        *(
            f"{facts.angka(f'{_POKOK}/{name}/jumlah_belum')} {words}"
            for name, words in _DIMINTA.items()
            if _count(facts, name, "jumlah_belum")
        )
    )
    if not parts:
        return "Tidak ada usulan yang menunggu putusan rapat."
    return sentence(f"rapat diminta memutuskan {parts}")


def _count(facts: Facts, baris: str, kolom: str) -> int:
    rows = facts.rows(_POKOK, baris=baris)
    return int(rows[kolom].iloc[0]) if len(rows) else 0


def _so_far(facts: Facts) -> str:
    if facts.rows(_PUTUSAN).empty:
        return ""
    return sentence(f"rapat telah mengisi {facts.angka.hitung(_PUTUSAN, baris='*')} usulan")


def _final(facts: Facts) -> tuple[str, ...]:
    return paragraphs(
        paragraph(_decided(facts), _undecided(facts)),
        paragraph(_changed(facts), _files(facts)),
        _published(facts),
    )


def _decided(facts: Facts) -> str:
    rows = facts.rows(_PUTUSAN)
    if rows.empty:
        return "Belum ada putusan rapat yang terbaca; isi lampiran atau berita acaranya."
    parts = clauses(
        *(
            f"{facts.angka.hitung(_PUTUSAN, terhadap_usulan=word)} {word}"
            for word in ("menurut usulan", "berbeda dari usulan", "tanpa kata putusan")
            if len(facts.rows(_PUTUSAN, terhadap_usulan=word))
        )
    )
    total = facts.angka.hitung(_PUTUSAN, baris="*")
    return sentence(f"rapat mengisi {total} usulan, yaitu {parts}")


def _undecided(facts: Facts) -> str:
    parts = clauses(
        *(
            f"{facts.angka(f'{_POKOK}/{name}/jumlah_belum')} {words}"
            for name, words in _DIMINTA.items()
            if _count(facts, name, "jumlah_diputuskan") and _count(facts, name, "jumlah_belum")
        )
    )
    return sentence(f"tidak diputuskan dan tetap sebagai usulan: {parts}") if parts else ""


def _changed(facts: Facts) -> str:
    if facts.rows(_UBAH).empty:
        return (
            "Tidak ada perubahan terhadap edisi rapat yang tersimpan, atau edisi rapat belum "
            "pernah dibuat sebelum putusan dibaca."
        )
    causes = [str(word) for word in facts.rows(_UBAH)["sebab"].dropna().unique()]
    parts = clauses(*(f"{facts.angka.hitung(_UBAH, sebab=word)} karena {word}" for word in causes))
    total = facts.angka.hitung(_UBAH, baris="*")
    return sentence(f"dibanding edisi rapat, {total} angka, status, atau putusan berubah: {parts}")


def _files(facts: Facts) -> str:
    rows = facts.rows(_BERKAS, isi="data")
    if rows.empty:
        return ""
    shown = [facts.angka.tercatat(f"{_BERKAS}/{baris}/berkas") for baris in rows["baris"]]
    more = len(shown) - NAMA_DISEBUT
    rest = [f"{facts.angka.hitung(_BERKAS, NAMA_DISEBUT, isi='data')} lainnya"] if more > 0 else []
    return sentence(f"berkas sumber yang berubah ialah {clauses(*shown[:NAMA_DISEBUT], *rest)}")


def _published(facts: Facts) -> str:
    if facts.rows(_TERBIT).empty:
        return ""
    return sentence(
        f"{facts.angka.hitung(_TERBIT, baris='*')} angka prevalensi terbit sesudah tanggal reviu, "
        f"{facts.angka('dokumen/tanggal_reviu')}; angka itu tidak dilihat rapat, tidak mengubah "
        "penilaian, dan disajikan tersendiri"
    )


_EDISI: Mapping[str, Callable[[Facts], tuple[str, ...]]] = {
    "persiapan": _persiapan,
    "rapat": _rapat,
    "final": _final,
}
