"""The shapes of raw tables: how the rows of a file become rows of a canonical table."""

from reviu_lib.ingest.shapes.coverage import published_to_cakupan
from reviu_lib.ingest.shapes.published import read_published

__all__ = ["published_to_cakupan", "read_published"]
