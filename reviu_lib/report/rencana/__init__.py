"""Next year's plan, drafted from what the meeting decided."""

from reviu_lib.report.rencana.tulis import write_rencana

__all__ = ["write_rencana"]
