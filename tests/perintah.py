"""`reviu` as a user types it, run in the process of the test."""

from click.testing import CliRunner, Result

from reviu_lib.cli.app import cli
from reviu_lib.cli.words import speak_indonesian


def run_reviu(*args: str) -> Result:
    """Run a command in Indonesian: click keeps the words of its first use for the whole process."""
    speak_indonesian()
    return CliRunner().invoke(cli, args, prog_name="reviu")
