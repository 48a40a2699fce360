"""The V holds: crawlers -> catalogue <- recommend, and libraries stay where they belong."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("crawlers", "catalogue", "recommend")
FORBIDDEN = {
    "catalogue": {"crawlers", "recommend", "scrapy", "sklearn", "pandas", "twisted"},
    "crawlers": {"recommend", "sklearn", "sqlite_utils", "pandas", "datasette"},
    "recommend": {"crawlers", "scrapy", "sqlite_utils", "twisted"},
}
PANDAS_MAY = {"recommend/profiling/parquet.py"}


def modules() -> list[Path]:
    return [p for name in PACKAGES for p in sorted((ROOT / name).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_arm_knows_the_other(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    wrong = FORBIDDEN[package] & set(imports(path))
    assert not wrong


def test_pandas_stays_off_the_serving_path() -> None:
    users = {str(p.relative_to(ROOT)) for p in modules() if "pandas" in set(imports(p))}
    assert users <= PANDAS_MAY


def test_the_checkout_s_catalogue_is_imported_and_not_the_one_of_pypi() -> None:
    spec = importlib.util.find_spec("catalogue")
    assert spec is not None
    assert spec.origin == str(ROOT / "catalogue" / "__init__.py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - _body_line(node) + 1 > 40
    ]
    assert not long


def _body_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Where the code begins, behind the signature and the docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return first.lineno


def test_no_path_of_a_machine_and_no_index_address_is_tracked() -> None:
    # Written apart, so that this file does not hold what it looks for.
    banned = ["/work" + "/", "--index" + "-url http", "/root" + "/"]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in ROOT.rglob("*")
        if path.is_file()
        and path.suffix in {".py", ".toml", ".md", ".lock", ".sh", ".yml", ".ipynb"}
        and not {".venv", ".git", "node_modules"} & set(path.relative_to(ROOT).parts)
        for word in banned
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert not found
