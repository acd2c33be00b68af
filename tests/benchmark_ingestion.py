"""How fast a folder gets in: `python tests/benchmark_ingestion.py FOLDER [--without-peer] [--json]`.

Each step runs in a process of its own, one after the other, so that times and memory are its own:

plain      only the text of each PDF, with the library that the readers use, in one process
words      everything up to and with the words in SQLite: searchable
whole      the same and all vectors in Chroma
unchanged  `python -m assistant ingest` of the folder that is in already, as a process from start to end
embedder   the vectors of the same texts and nothing else
peer       LlamaIndex with its default splitter into its Chroma store, same embedder, texts from `plain`

Memory is the peak of the process and of its children at their peaks, in MB. Compare figures of one run only.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from peer import index_of, size_of, texts_of  # noqa: E402

Figures = dict[str, float]


def plain(folder: Path, storage: Path) -> Figures:
    started = time.monotonic()
    texts = texts_of(folder)
    return {
        "seconds": time.monotonic() - started,
        "characters": sum(map(len, texts.values())),
        "files": len(texts),
    }


def words(folder: Path, storage: Path) -> Figures:
    return ingested(folder, storage.with_name("words"), embedder="none")


def whole(folder: Path, storage: Path) -> Figures:
    return ingested(folder, storage, embedder="auto")


def ingested(folder: Path, storage: Path, embedder: str) -> Figures:
    from assistant import Assistant, Settings
    from assistant.records import Status
    from assistant.terminal import ProgressLine

    with Assistant.open(Settings.from_env(storage=storage, embedder=embedder)) as assistant:
        report = assistant.ingest([folder], ProgressLine(sys.stderr, 100))
        passages = sum(info.passages for info in assistant.documents())
    return {
        "seconds": report.seconds,
        "searchable": report.searchable,
        "added": report.count(Status.ADDED),
        "failed": report.count(Status.FAILED),
        "passages": passages,
    }


def unchanged(folder: Path, storage: Path) -> Figures:
    started = time.monotonic()
    command = [sys.executable, "-m", "assistant", "--storage", str(storage), "ingest", str(folder)]
    subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return {"seconds": time.monotonic() - started}


def embedder(folder: Path, storage: Path) -> Figures:
    from assistant.index.database import Database
    from assistant.index.dense import choose
    from assistant.index.indexed_text import embedding_text
    from assistant.index.ledger import Ledger
    from assistant.settings import Settings

    book, dense = Ledger(Database(storage)), choose(Settings.from_env(storage=storage))
    texts = {embedding_text(p) for name in book.documents() for p in book.passages(name.document)}
    assert dense is not None, "without an embedder there is nothing to compare with"
    model = dense.embedder
    started = time.monotonic()
    model.get_text_embedding_batch(sorted(texts))
    return {"seconds": time.monotonic() - started, "texts": len(texts)}


def peer(folder: Path, storage: Path) -> Figures:
    from assistant.index.dense import choose
    from assistant.settings import Settings

    dense = choose(Settings.from_env(storage=storage))
    assert dense is not None, "without an embedder there is nothing to compare with"
    model = dense.embedder
    started = time.monotonic()
    index = index_of(texts_of(folder), storage.with_name("peer"), model)
    return {"seconds": time.monotonic() - started, "passages": size_of(index)}


STEPS: dict[str, Callable[[Path, Path], Figures]] = {
    step.__name__: step for step in (plain, words, whole, unchanged, embedder, peer)
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--storage", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(measured(options.step, options.folder, options.storage)))
        return
    with tempfile.TemporaryDirectory() as place:
        figures = {
            step: in_a_process(step, options.folder.resolve(), Path(place) / "storage")
            for step in STEPS
            if step != "peer" or not options.without_peer
        }
    found = ratios(figures)
    print(
        json.dumps({"steps": figures, "ratios": found}, indent=2)
        if options.json
        else as_table(figures, found)
    )


def measured(step: str, folder: Path, storage: Path) -> Figures:
    """Run a step here; its figures and the memory it took at most."""
    figures = STEPS[step](folder, storage)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (os.cpu_count() or 1)
    return {**figures, "megabytes": (peak + children) / 1000}


def in_a_process(step: str, folder: Path, storage: Path) -> Figures:
    command = [sys.executable, __file__, str(folder), "--step", step, "--storage", str(storage)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
    figures: Figures = json.loads(run.stdout.splitlines()[-1])
    return figures


def ratios(figures: dict[str, Figures]) -> dict[str, float]:
    seconds = {step: figure["seconds"] for step, figure in figures.items()}
    found = {
        "reading and words : plain text": figures["words"]["searchable"] / seconds["plain"],
        "whole ingestion : embedder alone": seconds["whole"] / seconds["embedder"],
    }
    if "peer" in figures:
        found["whole ingestion : peer"] = seconds["whole"] / seconds["peer"]
        found["peer : searchable here"] = seconds["peer"] / figures["whole"]["searchable"]
    return found


def as_table(figures: dict[str, Figures], found: dict[str, float]) -> str:
    lines = [
        f"{step:10} {figure['seconds']:8.1f} s {figure['megabytes']:7.0f} MB  "
        + ", ".join(
            f"{name} {value:,.6g}" for name, value in figure.items() if name not in ("seconds", "megabytes")
        )
        for step, figure in figures.items()
    ]
    return "\n".join([*lines, "", *(f"{name:36} {value:6.2f}" for name, value in found.items())])


if __name__ == "__main__":
    main()
