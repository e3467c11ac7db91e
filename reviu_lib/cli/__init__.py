"""`reviu`: the command line. Only arguments and words; the work is done below."""

from reviu_lib.cli.app import main

__all__ = ["main"]
