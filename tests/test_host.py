"""The host of a process: what a start reads in."""

from __future__ import annotations

from pathlib import Path

import flow_corpus

from assistant.hosting import Host
from assistant.settings import Settings


def test_the_first_start_reads_the_seeds_and_what_is_removed_then_stays_away(tmp_path: Path) -> None:
    seeds = flow_corpus.write(tmp_path / "seeds")
    settings = Settings(storage=tmp_path / "storage", seeds=seeds, embedder="none")
    first = Host(settings)
    try:
        assert first.wait(20) and first.work.wait(20)
        names = [info.document for info in first.assistant.documents()]
        assert names
        assert first.remove(names).ended.wait(20)
    finally:
        first.close()
    second = Host(settings)
    try:
        assert second.wait(20) and second.work.wait(20)
        assert second.assistant.documents() == []
        second.fill()
        assert second.work.wait(20) and second.assistant.documents() == []
    finally:
        second.close()
