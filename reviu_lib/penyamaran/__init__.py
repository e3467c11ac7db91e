"""Disclosure control, once and at the edge: an internal result in, a public result out.

`close_cells` is pure. Whatever is made from its result afterwards (page, figure, description,
workbook, index) can show nothing else, because the closed numbers are no longer there.
"""

from reviu_lib.penyamaran.pohon import Keluarga, close_tree, compute_bounds
from reviu_lib.penyamaran.tutup import close_cells

__all__ = ["Keluarga", "close_cells", "close_tree", "compute_bounds"]
