"""What tests of commands share."""

import pytest
from perintah import run_reviu


@pytest.fixture
def reviu(tmp_path, monkeypatch):
    """A function that runs `reviu` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REVIU_RUANG", raising=False)
    return run_reviu
