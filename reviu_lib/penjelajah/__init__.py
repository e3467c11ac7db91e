"""The explorer of JupyterLab: choose a kabupaten, year, indicator, and place, and see the number.

It only reads the workspace, through `store`, and shows the pieces of `report.tinjauan`.
"""

from reviu_lib.penjelajah.muka import Penjelajah, jelajah

__all__ = ["Penjelajah", "jelajah"]
