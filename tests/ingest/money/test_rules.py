"""The declared rules of money: strict, dated, and each fund one choice."""

import pytest

from reviu_lib.catalog import build, read_toml, tabel_masukan
from reviu_lib.errors import DefinisiError
from reviu_lib.ingest.budget.rules import AturanKeuangan, is_own_nomenclature, load_keuangan


def test_the_rules_have_meaning_source_and_status():
    rules = load_keuangan()
    for part in (rules.nomenklatur, rules.transaksi, rules.banding, rules.sumber_dana):
        assert part.arti.endswith(".")
        assert part.rujukan
        assert part.status in {"terverifikasi", "asumsi"}


def test_a_mistyped_key_is_an_error():
    data = read_toml("keuangan.toml")
    with pytest.raises(DefinisiError, match="selisih_rupiah"):
        build(
            AturanKeuangan,
            {**data, "banding": {**data["banding"], "selisih_rupiah": 1}},
            "keuangan.toml",
        )


def test_every_declared_choice_and_source_exists():
    rules, tabel = load_keuangan(), tabel_masukan()
    choices = set(tabel["anggaran"]["sumber_dana"].pilihan)
    assert {choice for _, choice in rules.sumber_dana.kata} | {rules.sumber_dana.tidak_dirinci} <= (
        choices
    )
    assert set(rules.banding.sumber_luar_apbd) <= choices
    sources = set(tabel["realisasi_anggaran"]["sumber"].pilihan)
    assert {*rules.banding.urutan_pagu, *rules.banding.urutan_realisasi} <= sources


def test_no_earlier_word_of_a_fund_hides_a_later_one():
    seen: list[str] = []
    for kata, pilihan in load_keuangan().sumber_dana.kata:
        assert load_keuangan().sumber_dana.choose(kata) == pilihan, kata
        assert kata not in seen
        seen.append(kata)


@pytest.mark.parametrize(
    ("kode", "tahun", "own"),
    [
        ("1.02.02.2.02.0015", 2021, True),
        ("1.02.02.2.02.0015", 2020, False),
        ("X.XX.01.2.01.0001", 2024, True),
        ("1.02.1.02.01.20.05", 2021, False),
        ("1.02.1.02.01.20.05", 2019, True),
        ("1.02.1.02.01.20.05", None, True),
    ],
)
def test_a_code_belongs_to_the_nomenclature_of_its_year(kode, tahun, own):
    assert is_own_nomenclature(kode, tahun) is own
