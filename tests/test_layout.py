"""The shape of the project: small modules, short functions, pinned requirements, no rule for a seed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assistant import __version__

ROOT = Path(__file__).parent.parent
SOURCES = sorted([ROOT / "app.py", *(ROOT / "assistant").rglob("*.py")])
TESTS = sorted((ROOT / "tests").glob("*.py"))
SEEDS = sorted((ROOT / "seeds").iterdir())
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(syntax(path)))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes(path) if isinstance(node, FUNCTION))


def test_a_module_is_at_most_300_lines_long() -> None:
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: count for name, count in lines.items() if count > 300} == {}


def test_a_function_is_at_most_50_lines_long() -> None:
    found = [(name_of(path), function) for path in (*SOURCES, *TESTS) for function in functions(path)]
    assert [(name, f.name) for name, f in found if (f.end_lineno or f.lineno) - f.lineno >= 50] == []


def test_a_module_says_what_it_is_for() -> None:
    assert [name_of(path) for path in SOURCES if not ast.get_docstring(syntax(path))] == []


def test_no_function_changes_a_global() -> None:
    assert [name_of(path) for path in SOURCES for node in nodes(path) if isinstance(node, ast.Global)] == []


def test_no_module_is_a_heap_of_odds_and_ends() -> None:
    assert not [path for path in SOURCES if path.stem in {"utils", "util", "helpers", "common", "misc"}]


def test_every_requirement_is_pinned_and_gives_its_reason() -> None:
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert re.match(r"[\w-]+==[\w.]+( ; [^#]+)?\s+# \w.+", line), line


def test_the_set_up_files_are_there() -> None:
    for name in (
        ".env.example",
        "Makefile",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        ".ci/run",
        "storage/.gitkeep",
    ):
        assert (ROOT / name).is_file(), name


def test_the_readme_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_the_version_is_one_in_project_product_and_changelog() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in project
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_tests_pretend_with_mocks() -> None:
    for path in TESTS:
        names = {alias.name for n in ast.walk(syntax(path)) if isinstance(n, ast.Import) for alias in n.names}
        names |= {str(n.module) for n in ast.walk(syntax(path)) if isinstance(n, ast.ImportFrom)}
        assert not {name for name in names if name.split(".")[-1] == "mock"}, path.name


def test_no_rule_is_made_for_a_seed_document() -> None:
    """Neither a seed's file name nor a run of ten of its characters stands in the code."""
    corpus = "".join("".join(seed.read_text(encoding="utf-8").split()) for seed in SEEDS)
    for place, text in ((name_of(path), text) for path in SOURCES for text in literals(path)):
        assert [seed.name for seed in SEEDS if seed.stem in text] == [], place
        for run in re.findall(r"[\u3400-\u9fff，。、]{10,}", text):
            assert [run[i : i + 10] for i in range(len(run) - 9) if run[i : i + 10] in corpus] == [], place


def literals(path: Path) -> Iterator[str]:
    """String literals, but no docstrings and no comments."""
    said = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value
