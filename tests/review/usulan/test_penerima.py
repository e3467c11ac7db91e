"""No recommendation without addressee, channel, receiver, document, and deadline."""

from __future__ import annotations

import pytest

from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.usulan.rekomendasi import _complete

from ..bahan_kecil import make_bahan, make_konteks
from ..dunia import CONTOH, base

RULES = load_aturan_usulan().rekomendasi
WAJIB = ["rekomendasi", "kanal", "masukan_untuk", "dokumen", "opd_pj", "tenggat", "alasan"]
ISIAN = {"indikator": "X", "daftar": "X", "lini": "X", "rekomendasi": "X"}
JENIS = sorted(set(RULES.kalimat) - {"solusi"})


@pytest.mark.parametrize("kode", CONTOH)
def test_every_recommendation_of_the_example_can_be_addressed(kode):
    rows = base(kode).rekomendasi
    assert len(rows)
    assert rows[WAJIB].notna().all(axis=None)
    assert rows["opd_pj"].str.strip().ne("").all()
    assert rows["tenggat"].dt.year.eq(base(kode).tahun + 1).all()


@pytest.mark.parametrize("kode", CONTOH)
def test_every_row_of_the_draft_can_be_addressed(kode):
    rows = base(kode).rancangan_kegiatan
    assert len(rows)
    needed = ["opd", "kanal", "dokumen", "tenggat", "alasan", "dasar_target", "dasar_pagu"]
    assert rows[needed].notna().all(axis=None)


def complete(jenis: str, **row: object) -> dict:
    konteks = make_konteks(make_bahan(), desa=[])
    given = {"jenis": jenis, "kanal": "perencanaan", "id_usulan": "x", "isian": ISIAN, **row}
    return _complete(given, konteks, RULES)


@pytest.mark.parametrize("jenis", JENIS)
@pytest.mark.parametrize("kanal", sorted(RULES.tenggat))
def test_every_rule_on_every_channel_is_addressed_dated_and_reasoned(jenis, kanal):
    row = complete(jenis, kanal=kanal)
    assert [name for name in WAJIB if not str(row.get(name) or "").strip()] == []


@pytest.mark.parametrize("owner", [None, "", "  "])
@pytest.mark.parametrize("jenis", JENIS)
def test_without_a_recorded_opd_it_goes_to_the_declared_addressee_with_the_reason(jenis, owner):
    row = complete(jenis, opd_pj=owner)
    assert row["opd_pj"] == RULES.pj["tanpa_opd"]
    assert row["alasan"] == f"{RULES.alasan[jenis]} {RULES.alasan_tanpa_opd}"
    assert complete(jenis, opd_pj="Dinkes")["opd_pj"] == "Dinkes"
