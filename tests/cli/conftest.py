"""What tests of commands share."""

import pytest
from click.testing import CliRunner

from reviu_lib.cli.app import cli
from reviu_lib.cli.words import speak_indonesian


@pytest.fixture
def reviu(tmp_path, monkeypatch):
    """A function that runs `reviu` in an empty folder."""
    speak_indonesian()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REVIU_RUANG", raising=False)
    return lambda *args: CliRunner().invoke(cli, args, prog_name="reviu")
