"""What the repository must not hold, and what its README promises."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BINARY = {".png", ".gz", ".xz", ".npz", ".mo", ".parquet", ".xlsx", ".zip"}
FOREIGN = re.compile(r"/(?:home|Users|work|root)/[\w.-]+/|[A-Z]:\\Users\\", re.ASCII)
HOSTS = re.compile(
    r"pypi\.org/simple|files\.pythonhosted\.org|conda\.anaconda\.org|127\.0\.0\.1:\d"
)


def _tracked():
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("bukan salinan git: daftar berkas tidak tersedia")
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def _texts():
    return {p: p.read_text(encoding="utf-8") for p in _tracked() if p.suffix not in BINARY}


def test_notebooks_are_kept_without_outputs():
    for path in (p for p in _tracked() if p.suffix == ".ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert [c["source"] for c in code if c["outputs"] or c["execution_count"]] == [], path


def test_no_file_names_a_path_of_a_machine():
    found = {str(p): FOREIGN.search(text) for p, text in _texts().items() if p != Path(__file__)}
    assert {path: hit.group() for path, hit in found.items() if hit} == {}


def test_no_file_names_a_registry_host():
    found = {str(p): HOSTS.search(text) for p, text in _texts().items() if p != Path(__file__)}
    assert {path: hit.group() for path, hit in found.items() if hit} == {}


def test_raw_processed_and_reports_hold_nothing_in_git():
    held = [p.relative_to(ROOT).as_posix() for p in _tracked()]
    inside = [p for p in held if p.startswith(("data/", "reports/"))]
    assert sorted(inside) == ["data/processed/.gitkeep", "data/raw/.gitkeep", "reports/.gitkeep"]


def test_every_make_target_of_the_readme_exists():
    named = set(re.findall(r"\bmake ([a-z]+)\b", (ROOT / "README.md").read_text()))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    assert named <= targets
    assert {"demo", "test", "check", "lab", "bench", "clean"} <= targets


def test_ci_runs_the_test_command_of_the_readme():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[-1] == "exec make --no-print-directory test"


@pytest.mark.parametrize("folder", [".", "docs", "docs/panduan", "docs/keputusan"])
def test_links_between_documents_lead_somewhere(folder):
    for page in (ROOT / folder).glob("*.md"):
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], page


def test_every_decision_page_has_context_decision_and_consequence():
    for page in (ROOT / "docs" / "keputusan").glob("0*.md"):
        words = re.findall(r"^\*\*(\w+)\.\*\*", page.read_text(encoding="utf-8"), re.M)
        assert words == ["Context", "Decision", "Consequence"], page
