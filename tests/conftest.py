"""What every test gets: an environment without settings of the machine, and a directory of its own.

Files go to two workers, the slow ones first, so that at the end no worker waits for the other's long file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import portalocker
import pytest

from assistant.service import Assistant
from assistant.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"
SLOW = ("test_browser.py", "test_questions.py", "test_access_pages.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of slow files first; the others stay in their order."""
    items.sort(key=lambda item: SLOW.index(item.path.name) if item.path.name in SLOW else len(SLOW))


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
    """The quoting assistant over the corpus that ships, for reading only.

    Its vectors take half a minute: the first worker that needs it ingests it, the others copy its index.
    """
    own = tmp_path_factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    made, copied = common / "seeds", tmp_path_factory.mktemp("seeds") / "storage"
    with portalocker.Lock(common / "seeds.lock", timeout=300):
        if not made.exists():
            with Assistant.open(Settings(storage=common / "seeds.new", seeds=SEEDS)) as assistant:
                assistant.ingest([SEEDS])
            (common / "seeds.new").rename(made)
        shutil.copytree(made, copied)
    with Assistant.open(Settings(storage=copied, seeds=SEEDS)) as assistant:
        yield assistant
