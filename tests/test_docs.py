"""The examples of README and docs: each is run, and prints what is shown under it."""

from __future__ import annotations

import re
import shlex
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from assistant.api.application import create
from assistant.cli import main
from assistant.hosting import Host
from assistant.service import Assistant
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
COMMAND = ["python", "-m", "assistant"]
ADDRESS = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language, its text, and the line that it begins on."""

    language: str
    text: str
    line: int

    @property
    def is_session(self) -> bool:
        """Whether it shows commands with what they print."""
        return self.language in ("", "console") and self.text.startswith("$ python -m assistant ")


def blocks(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    fences = re.finditer(r"^```(\w*)[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Block(found[1], found[2], text.count("\n", 0, found.start()) + 2) for found in fences]


def pages_with_examples() -> Iterator[Path]:
    for page in PAGES:
        if any(block.language == "python" or block.is_session for block in blocks(page)):
            yield page


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The storage after `ingest seeds`, to be copied; words alone, which is quick."""
    storage = tmp_path_factory.mktemp("index")
    with Assistant.open(Settings(storage=storage, embedder="none")) as assistant:
        assistant.ingest([ROOT / "seeds"])
    return storage


@pytest.fixture(scope="module")
def served(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the interface for programs, for examples that name one."""
    storage = tmp_path_factory.mktemp("served") / "storage"
    settings = Settings(storage=shutil.copytree(index, storage), embedder="none")
    host = Host(settings)
    config = uvicorn.Config(create(lambda: host, settings), port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
    host.close()


@pytest.mark.parametrize("page", pages_with_examples(), ids=lambda page: page.stem)
def test_the_examples_of_a_page_do_what_it_shows(
    page: Path,
    index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    """Run in a folder as after `git clone`; what a page does not ingest itself is there already."""
    for name in ("seeds", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    if not re.search(r"\bingest(?:\(| seeds)", "".join(block.text for block in blocks(page))):
        shutil.copytree(index, tmp_path / "storage")
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "none")
    names: dict[str, Any] = {}
    followers = [*blocks(page)[1:], Block("", "", 0)]
    for block, shown in zip(blocks(page), followers, strict=True):
        if block.is_session:
            run_session(page, block, capsys)
        elif block.language == "python":
            code = block.text
            if ADDRESS.search(code):
                code = ADDRESS.sub(request.getfixturevalue("served"), code)
            exec(compile("\n" * (block.line - 1) + code, page, "exec"), names)
            printed = capsys.readouterr().out
            if shown.language == "text":
                require(shown.text, printed, f"{page.name}:{block.line}")


def run_session(page: Path, block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    """Run the commands of a block one after the other; `echo $?` prints how the one before it ended."""
    code = 0
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        typed, _, shown = part.partition("\n")
        words = shlex.split(typed)
        if words == ["echo", "$?"]:
            printed = f"{code}\n"
        else:
            assert words[:3] == COMMAND, f"{page.name}: {typed!r} is none of our commands"
            code = main(words[3:])
            told = capsys.readouterr()
            printed = told.out + (told.err if code else "")
        require(shown, printed, f"{page.name}: {typed}")


def require(shown: str, printed: str, place: str) -> None:
    """Times are not compared, and `...` stands for anything."""
    shown, printed = (re.sub(r"\b\d+\.\d\d? s\b", "0.0 s", text).strip() for text in (shown, printed))
    assert OutputChecker().check_output(shown, printed, ELLIPSIS), f"{place} prints\n{printed}"


def test_every_page_with_examples_is_found() -> None:
    assert {"README", "python", "command-line"} <= {page.stem for page in pages_with_examples()}


def test_every_command_has_an_example() -> None:
    from assistant.cli.commands import _parser

    listed = re.findall(r"^    ([a-z]+) ", _parser().format_help(), re.MULTILINE)
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert len(listed) >= 10
    assert [
        name for name in listed if not re.search(rf"^(?:\$ )?python -m assistant {name}\b", text, re.M)
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    assert [t for t in targets if "://" not in t and not (page.parent / t).exists()] == []
