"""Cell text as Indonesians write it, turned into words, numbers, and dates, with reasons."""

from reviu_lib.ingest.parse.dates import parse_dates
from reviu_lib.ingest.parse.numbers import parse_number, parse_numbers
from reviu_lib.ingest.parse.texts import Terbaca, clean_text, parse_texts

__all__ = [
    "Terbaca",
    "clean_text",
    "parse_dates",
    "parse_number",
    "parse_numbers",
    "parse_texts",
]
