"""One indicator in one place: its figure, its table, its sentence, and where the number is from."""

from reviu_lib.report.tinjauan.susun import Tinjauan

__all__ = ["Tinjauan"]
