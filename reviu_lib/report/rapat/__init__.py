"""The meeting kit: slides, documents, and sheets for those in the room, from one HasilReviu.

Words are declared in `definitions/rapat.toml`; numbers are printed as the report prints them and
keep their addresses; what only the office knows is a line to fill in until `reviu.toml` says it.
"""

from reviu_lib.report.rapat.lembar import susun_lembar, write_lembar
from reviu_lib.report.rapat.naskah import list_naskah
from reviu_lib.report.rapat.paparan import susun_paparan, write_pptx

__all__ = ["list_naskah", "susun_lembar", "susun_paparan", "write_lembar", "write_pptx"]
