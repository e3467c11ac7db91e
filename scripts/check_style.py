"""Check the style limits of reviu_lib: size, parameters, nesting, complexity, names, cycles.

Usage: python scripts/check_style.py [FOLDER]; prints every breach, exits with 1 if there is any.
"""

from __future__ import annotations

import ast
import io
import statistics
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MEDIAN_LENGTH, P90_LENGTH, MAX_LENGTH, MAX_PLOT_LENGTH = 8, 20, 40, 60
MAX_PARAMETERS, MAX_POSITIONAL, MAX_NESTING = 5, 2, 3
# Up to the second number where a comment in the function says why it branches so often.
MAX_COMPLEXITY, MAX_COMPLEXITY_WITH_REASON = 8, 12
MAX_MODULE_LINES, MAX_MODULES = 300, 10

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)
NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


@dataclass
class Module:
    """One file: its tree, the lines that hold code, and where it stands."""

    path: Path
    name: str
    source: str
    tree: ast.Module
    code_lines: set[int] = field(default_factory=set)


def load_modules(root: Path) -> list[Module]:
    """Return every Python module under the package folder `root`."""
    return [_load(path, root) for path in sorted(root.rglob("*.py"))]


def _load(path: Path, root: Path) -> Module:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    parts = path.relative_to(root.parent).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    lines = _token_lines(source) - _docstring_lines(tree)
    return Module(path, name, source, tree, lines)


def _token_lines(source: str) -> set[int]:
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines


def _docstring_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if ast.get_docstring(node, clean=False) is not None and first is not None:
                lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def functions_of(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, FUNCTIONS):
            yield node


def length_of(node: ast.AST, module: Module) -> int:
    """Return the code lines of a function, signature included, docstring and comments not."""
    return sum(line in module.code_lines for line in range(node.lineno, node.end_lineno + 1))


def complexity_of(node: ast.AST) -> int:
    """Return 1 + branches: if, for, while, except, ternary, case, and/or, comprehension if."""
    total = 1
    for child in ast.walk(node):
        total += isinstance(child, BRANCHES)
        total += len(child.values) - 1 if isinstance(child, ast.BoolOp) else 0
        total += len(child.ifs) if isinstance(child, ast.comprehension) else 0
    return total


def nesting_of(node: ast.AST, depth: int = 0) -> int:
    """Return the deepest nesting of blocks inside a function."""
    deepest = depth
    for child in ast.iter_child_nodes(node):
        chained = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        inner = depth + (isinstance(child, BLOCKS) and not chained)
        deepest = max(deepest, nesting_of(child, inner))
    return deepest


def _parameters(
    node: ast.FunctionDef | ast.AsyncFunctionDef,
) -> tuple[list[ast.arg], list[ast.arg]]:
    """Return positional (without self and cls) and keyword-only parameters."""
    positional = [*node.args.posonlyargs, *node.args.args]
    if positional and positional[0].arg in ("self", "cls"):
        positional = positional[1:]
    return positional, node.args.kwonlyargs


def check_function(node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[str]:
    """Yield what is wrong with one function."""
    limit = MAX_PLOT_LENGTH if node.name.startswith("plot_") else MAX_LENGTH
    if (length := length_of(node, module)) > limit:
        yield f"{length} code lines (at most {limit})"
    positional, keywords = _parameters(node)
    if len(positional) + len(keywords) > MAX_PARAMETERS:
        yield f"{len(positional) + len(keywords)} parameters (at most {MAX_PARAMETERS})"
    if (nesting := nesting_of(node)) > MAX_NESTING:
        yield f"nesting {nesting} (at most {MAX_NESTING})"
    if (complexity := complexity_of(node)) > _complexity_limit(node, module):
        yield f"complexity {complexity} (at most {_complexity_limit(node, module)})"
    if node.returns is None or any(arg.annotation is None for arg in [*positional, *keywords]):
        yield "without types"


def _complexity_limit(node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> int:
    """Return the higher limit where a comment says that the function is a parser or a kernel."""
    lines = module.source.splitlines()[node.lineno - 1 : node.end_lineno]
    reasons = [line.partition("#")[2].strip().lower() for line in lines]
    reason = any(text.startswith(("a parser", "a kernel")) for text in reasons)
    return MAX_COMPLEXITY_WITH_REASON if reason else MAX_COMPLEXITY


def list_undocumented(module: Module) -> Iterator[str]:
    """Yield each public function, class, and method of a public class without a docstring."""
    for node in module.tree.body:
        if not isinstance(node, (ast.ClassDef, *FUNCTIONS)) or node.name.startswith("_"):
            continue
        inner = [item for item in node.body if isinstance(item, FUNCTIONS)]
        methods = inner if isinstance(node, ast.ClassDef) else []
        for item in [node, *methods]:
            if not item.name.startswith("_") and ast.get_docstring(item) is None:
                yield f"{module.name}:{item.lineno} {item.name}: public without docstring"


def check_modules(modules: list[Module]) -> Iterator[str]:
    """Yield every breach of a limit in the package."""
    lengths = []
    for module in modules:
        if len(module.code_lines) > MAX_MODULE_LINES:
            yield f"{module.name}: {len(module.code_lines)} code lines (at most {MAX_MODULE_LINES})"
        yield from list_undocumented(module)
        for node in functions_of(module):
            lengths.append(length_of(node, module))
            for breach in check_function(node, module):
                yield f"{module.name}:{node.lineno} {node.name}: {breach}"
    yield from _check_lengths(sorted(lengths))
    yield from _check_folders(modules)
    yield from (f"import cycle: {' → '.join(cycle)}" for cycle in find_cycles(modules))


def _check_lengths(lengths: list[int]) -> Iterator[str]:
    if (median := statistics.median(lengths)) > MEDIAN_LENGTH:
        yield f"median function length {median} (at most {MEDIAN_LENGTH})"
    if (p90 := lengths[int(0.9 * (len(lengths) - 1))]) > P90_LENGTH:
        yield f"90th percentile of function length {p90} (at most {P90_LENGTH})"


def _check_folders(modules: list[Module]) -> Iterator[str]:
    counts = Counter(m.path.parent for m in modules if m.path.name != "__init__.py")
    for folder, count in counts.items():
        if count > MAX_MODULES:
            yield f"{folder.name}/: {count} modules (at most {MAX_MODULES})"


def find_cycles(modules: list[Module]) -> list[list[str]]:
    """Return import cycles at module level; imports inside functions and for types do not count."""
    names = {module.name for module in modules}
    graph = {module.name: _imports(module, names) for module in modules}
    done: set[str] = set()
    cycles: list[list[str]] = []

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            cycles.append([*path[path.index(name) :], name])
        elif name not in done:
            for target in sorted(graph[name]):
                visit(target, [*path, name])
            done.add(name)

    for name in sorted(graph):
        visit(name, [])
    return cycles


def _imports(module: Module, names: set[str]) -> set[str]:
    targets: set[str] = set()
    for node in module.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & names
            targets |= inner or {node.module} & names
        elif isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names} & names
    return targets - {module.name, "reviu_lib"}


def main() -> int:
    """Print every breach; return 1 when there is one."""
    default = Path(__file__).parent.parent / "reviu_lib"
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    breaches = list(check_modules(load_modules(root)))
    print("\n".join(breaches) or "Batas gaya terpenuhi.")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
