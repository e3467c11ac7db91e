"""Figures compared with one another: what contradicts becomes a finding, never a correction."""

from reviu_lib.ingest.crosschecks.published import check_published

__all__ = ["check_published"]
