"""Figures that were published before the review: recaps, and tables of places."""

from reviu_lib.review.rekap.baris import compute_rekap, parse_pengali, recognise, summarize_rekap
from reviu_lib.review.rekap.terbitan import compute_terbitan, summarize_terbitan

__all__ = [
    "compute_rekap",
    "compute_terbitan",
    "parse_pengali",
    "recognise",
    "summarize_rekap",
    "summarize_terbitan",
]
