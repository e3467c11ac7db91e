"""The cells of a notebook as a plain script in warm processes: the floor of what reports can cost.

Nothing of Jupyter: the code is compiled and run, what the last line of a cell gives is kept as
HTML, figures are written as PNG, and one page is put together from strings.

Usage: python benchmarks/skrip_biasa.py RUANG JOBS N, where JOBS is a JSON list of [notebook,
page, parameters]; N processes at a time are forked from one that has loaded the libraries.
"""

from __future__ import annotations

import ast
import base64
import gc
import io
import json
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat

from reviu_lib.batch.engines import warm_up

Pekerjaan = tuple[str, str, dict[str, Any]]


def main() -> None:
    """Run the jobs of the command line."""
    from reviu_lib.store import find_ruang

    root, jobs, processes = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
    os.environ["REVIU_RUANG"] = str(root)
    mpl.use("agg")
    find_ruang(root)
    warm_up()
    gc.collect()
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(processes, maxtasksperchild=1) as pool:
        pool.map(_run, jobs, chunksize=1)
        pool.close()
        pool.join()


def _run(job: Pekerjaan) -> None:
    source, page, parameters = job
    space: dict[str, Any] = {"__name__": "__main__"}
    parts = []
    for cell in nbformat.read(source, as_version=4).cells:
        if cell.cell_type != "code":
            parts.append(cell.source)
            continue
        shown = _execute(cell.source, space)
        if "parameters" in cell.metadata.get("tags", []):
            space.update(parameters)
        parts += [*_as_html(shown), *_open_figures()]
    Path(page).write_text(
        f"<!doctype html><meta charset='utf-8'>{''.join(parts)}", encoding="utf-8"
    )


def _execute(code: str, space: dict[str, Any]) -> Any:
    """Return the value of the last expression, unless a semicolon closes the cell."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "sel", "exec"), space)
    if last is None:
        return None
    value = eval(compile(ast.Expression(last.value), "sel", "eval"), space)
    return None if code.rstrip().endswith(";") else value


def _as_html(value: Any) -> list[str]:
    """Return what a notebook would show of a value: its HTML, an image, or its text."""
    if value is None:
        return []
    if hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if "image/png" in data:
            return [_image(data["image/png"])]
        return [data.get("text/html", data["text/plain"])]
    return [value._repr_html_() if hasattr(value, "_repr_html_") else repr(value)]


def _open_figures() -> list[str]:
    """Return the pyplot figures as images, drawn as the inline backend draws them, and close."""
    from matplotlib import pyplot as plt

    images = []
    for number in plt.get_fignums():
        target = io.BytesIO()
        plt.figure(number).savefig(target, format="png", bbox_inches="tight")
        images.append(_image(target.getvalue()))
    plt.close("all")
    return images


def _image(png: bytes | str) -> str:
    text = png if isinstance(png, str) else base64.b64encode(png).decode()
    return f"<img alt='' src='data:image/png;base64,{text}'>"


if __name__ == "__main__":
    main()
