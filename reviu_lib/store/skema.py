"""The version of what is kept in data/processed and in the manifests of reports.

Version 1 is everything kept before forms were recorded: a table or column that came later may be
absent, one that went may be there. Such a form is read by filling and dropping, which changes no
value. Since version 2 a test holds the digest of the form of each version (tests/cases/skema.toml)
and fails when a table changes while its number stays.
"""

from __future__ import annotations

from typing import Any

TERLAMA, SKEMA = 1, 2


def explain_skema(content: Any) -> str:
    """Return why a note is not of a form that can be read, in Indonesian; empty when it is."""
    version = _version(content)
    if version < TERLAMA:
        return "susunannya tidak dikenal"
    if version > SKEMA:
        return f"ditulis oleh reviu yang lebih baru (susunan {version}, yang dikenal {SKEMA})"
    return ""


def is_newer(content: Any) -> bool:
    """Return True for a note that a later version of the program wrote."""
    return _version(content) > SKEMA


def _version(content: Any) -> int:
    """Return the version a note names; 0 when it names none."""
    version = content.get("skema") if isinstance(content, dict) else None
    return version if isinstance(version, int) else 0
