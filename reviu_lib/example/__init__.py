"""A complete example: two kabupaten, two years each, synthetic and marked so.

Real are the names and codes of places and the published survey figures; everything else is drawn
from a fixed seed. `daftar_tanam` lists all that was planted, dirt and stories.
"""

from reviu_lib.example.skenario import daftar_tanam
from reviu_lib.example.tulis import write_contoh

__all__ = ["daftar_tanam", "write_contoh"]
