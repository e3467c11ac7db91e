"""No declared sentence of the review says what a report must never say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from reviu_lib.review.kamus import load_aturan_usulan, load_temuan_reviu

CASES = Path(__file__).parents[1] / "cases" / "kalimat_terlarang.toml"
LARANGAN = tomllib.loads(CASES.read_text("utf-8"))["larangan"]


def sentences() -> list[str]:
    rules = load_aturan_usulan()
    texts = [*rules.kegiatan.alasan.values(), *rules.kegiatan.tahun_depan.values()]
    texts += [*rules.rekomendasi.kalimat.values(), *rules.rekomendasi.alasan.values()]
    texts += [rules.hambatan.pertanyaan_kegiatan, rules.hambatan.pertanyaan_indikator]
    texts += [*rules.efektivitas.alasan.values(), *rules.efektivitas.alasan_kaitan.values()]
    for card in load_temuan_reviu().values():
        texts += [card.uraian, card.tindakan, card.saran]
    return texts


@pytest.mark.parametrize("case", LARANGAN, ids=lambda case: case["aturan"][:40])
def test_no_declared_sentence_is_forbidden(case):
    pattern = re.compile(case["pola"], re.IGNORECASE)
    assert [text for text in sentences() if pattern.search(text)] == []


def test_reasons_carry_no_digits():
    rules = load_aturan_usulan()
    reasons = [*rules.kegiatan.alasan.values(), *rules.efektivitas.alasan.values()]
    reasons += rules.efektivitas.alasan_kaitan.values()
    assert not [text for text in reasons if re.search(r"\d", text)]
