"""Executive summary: one page that a leader reads first, and by which the meeting decides.

Each paragraph opens with its subject: outcome, services, plan and money, barriers, what is
proposed, what the meeting is asked, and how far the data carry it all.
"""

from __future__ import annotations

from reviu_lib.hasil import HasilReviu
from reviu_lib.report.narasi.eksekutif.keadaan import (
    tell_hambatan,
    tell_layanan,
    tell_outcome,
    tell_pelaksanaan,
)
from reviu_lib.report.narasi.eksekutif.putusan import (
    tell_keputusan,
    tell_keterbatasan,
    tell_usulan,
)
from reviu_lib.report.narasi.kalimat import Facts, paragraphs, unavailable
from reviu_lib.report.tampilan import tag

_ALINEA = {
    "Outcome": tell_outcome,
    "Layanan": tell_layanan,
    "Kegiatan dan anggaran": tell_pelaksanaan,
    "Hambatan": tell_hambatan,
    "Usulan": tell_usulan,
    "Keputusan yang diminta": tell_keputusan,
    "Yang membatasi": tell_keterbatasan,
}


def describe_ringkasan_eksekutif(hasil: HasilReviu) -> tuple[str, ...]:
    """Return the summary a leader reads first, one paragraph per subject that has data."""
    facts = Facts(hasil)
    body = paragraphs(*(_headed(head, tell(facts)) for head, tell in _ALINEA.items()))
    return body or unavailable(
        f"kinerja {facts.daerah}", "ringkasan belum dapat disusun untuk tahun ini"
    )


def _headed(head: str, text: str) -> str:
    return f"{tag('strong', f'{head}.')} {text}" if text else ""
