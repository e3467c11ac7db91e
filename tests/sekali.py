"""A folder that is made once for all processes of a test run."""

import time

from reviu_lib.errors import RuangError
from reviu_lib.files import hold_lock


def make_once(tmp_path_factory, name, make):
    """Return a folder that one process of the test run makes and all others wait for."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if folder.name.startswith("popen-") else folder
    done = shared / f"{name}.selesai"
    while not done.exists():
        try:
            with hold_lock(shared / f"{name}.kunci"):
                if not done.exists():
                    make(shared / name)
                    done.touch()
        except RuangError:
            time.sleep(0.5)
    return shared / name
