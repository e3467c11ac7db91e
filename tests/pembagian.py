"""How the tests are dealt out to processes: whole files, and what takes longest first.

A fixture that several tests share is then made by one process. The marks of `--dist loadgroup`
would do that too, but pytest-xdist 3.8 does not see them under pytest 9.2
(pytest-dev/pytest-xdist#1386), and tests without a mark would be dealt out one by one.
"""

from pathlib import PurePosixPath

# What takes longest, or starts a program for all its files, longest first; each stays together.
LAMA = (
    "tests/acceptance",
    "tests/test_wheel.py",
    "tests/batch",
    "tests/faults",
    "tests/review/test_sifat_reviu.py",
    "tests/example",
    "tests/ingest/files",
)

# Files that ask about what another computes: the example, reviewed as a whole.
IKUT = dict.fromkeys(
    (
        "tests/review/test_kalimat_semua.py",
        "tests/review/usulan/test_penerima.py",
        "tests/report/narasi/test_narasi_contoh.py",
    ),
    "tests/review/test_sifat_reviu.py",
)


def find_part(nodeid):
    """Return what a test stays together with: one of the longest parts, else its file."""
    file = nodeid.partition("::")[0]
    path = PurePosixPath(IKUT.get(file, file))
    return next((name for name in LAMA if path.is_relative_to(name)), str(path))


def find_turn(nodeid):
    """Return when a test is begun: the longest parts in their order, then all others."""
    part = find_part(nodeid)
    return LAMA.index(part) if part in LAMA else len(LAMA)


def make_scheduler(config, log):
    """Return a scheduler of pytest-xdist that gives a process one part after the other."""
    from xdist.scheduler import LoadScopeScheduling

    class WholeParts(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return find_part(nodeid)

    config.option.loadscopereorder = False  # it would begin with what has most tests
    return WholeParts(config, log)
