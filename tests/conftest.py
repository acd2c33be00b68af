"""What every test gets: an environment without settings of the machine, and a directory of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine or of a `.env` file reaches a test."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "ASSISTANT_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    """An empty storage directory."""
    path = tmp_path / "storage"
    path.mkdir()
    return path


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The quoting assistant over the corpus that ships, ingested once; for reading only."""
    with Assistant.open(Settings(storage=tmp_path_factory.mktemp("seeds"), seeds=SEEDS)) as assistant:
        assistant.ingest([SEEDS])
        yield assistant
