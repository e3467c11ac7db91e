"""Figures compared with one another: what contradicts becomes a finding, never a correction."""

from reviu_lib.ingest.crosschecks.completeness import check_completeness
from reviu_lib.ingest.crosschecks.denominators import check_denominators
from reviu_lib.ingest.crosschecks.published import check_published
from reviu_lib.ingest.crosschecks.recap import check_recap
from reviu_lib.ingest.crosschecks.reused import find_reused
from reviu_lib.ingest.crosschecks.scorecard import check_scorecard
from reviu_lib.ingest.crosschecks.years import check_years

__all__ = [
    "check_completeness",
    "check_denominators",
    "check_published",
    "check_recap",
    "check_scorecard",
    "check_years",
    "find_reused",
]
