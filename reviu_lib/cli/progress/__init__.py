"""How a run is seen while it works and when it ends: bars or lines, events, and a summary."""

from reviu_lib.cli.progress.bar import Kemajuan
from reviu_lib.cli.progress.events import open_events
from reviu_lib.cli.progress.summary import print_summary

__all__ = ["Kemajuan", "open_events", "print_summary"]
