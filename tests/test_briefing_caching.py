"""Kept briefings: when they are found again, when not, and what damage does."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.briefing.caching import Cache, Slot, key_of
from assistant.briefing.reading.gathering import gather
from assistant.briefing.renumbering import cited, renumbered
from assistant.records import Citation, Table, Tokens
from assistant.records.briefings import (
    Branch,
    Briefing,
    Bullet,
    Conflict,
    ConflictKind,
    Coverage,
    Event,
    Figure,
    Reading,
    Theme,
)
from assistant.service import Assistant
from assistant.settings import Settings

NAME = "重庆联通"
SLOT = Slot(NAME)
OTHER = "重庆移动"


def citation(n: int) -> Citation:
    table = Table("表", "万元", ("项目", "金额"))
    return Citation(n, f"{n}.txt", "标题", "2020", "", 3, f"原文{n}", 0, 3, 0, 3, ("b.txt",), "节", table)


BRIEFING = Briefing(
    company=NAME,
    engine="llm",
    headline=(Bullet("投入280万元。", (7, 2), NAME),),
    themes=(Theme("扶贫", (Bullet("选派干部14名。", (2,), "万州联通", False),)),),
    figures=(Figure("投入资金", "280", "万元", "2020", (4,), NAME, "280万元", True),),
    timeline=(Event("2020-05", "投入280万元。", (7,), NAME),),
    conflicts=(
        Conflict(
            "干部", ConflictKind.CHANGE, (Reading("14", "名", "2019", "2020-05-01", "选派干部14名。", (5,)),)
        ),
    ),
    coverage=Coverage(1, 2, 2, 0),
    citations=tuple(map(citation, range(1, 9))),
    group="中国联通",
    branches=(Branch("万州联通", 2),),
    seconds=0.5,
    notices=("一行",),
    tokens=Tokens(7, 5),
)


@pytest.fixture
def cache(storage: Path) -> Cache:
    return Cache(storage)


def test_a_kept_briefing_comes_back_as_it_was(cache: Cache) -> None:
    cache.put(SLOT, "key", BRIEFING)
    assert cache.get(SLOT, "key") == BRIEFING


def test_another_key_or_slot_finds_nothing(cache: Cache) -> None:
    cache.put(SLOT, "key", BRIEFING)
    assert cache.get(SLOT, "other") is None
    others = (
        replace(SLOT, company=OTHER),
        replace(SLOT, engine="llm"),
        replace(SLOT, model="m"),
        replace(SLOT, language="en"),
        replace(SLOT, branches=True),
        replace(SLOT, script="traditional"),
    )
    assert [cache.get(other, "key") for other in others] == [None] * 6


def test_the_newest_of_a_slot_takes_the_place_of_the_one_before(cache: Cache, storage: Path) -> None:
    cache.put(SLOT, "key", BRIEFING)
    cache.put(SLOT, "new key", replace(BRIEFING, group=""))
    assert (cache.get(SLOT, "key"), cache.get(SLOT, "new key")) == (None, replace(BRIEFING, group=""))
    assert len(list((storage / "briefings").iterdir())) == 1


def test_a_briefing_that_an_endpoint_left_unfinished_is_not_kept(cache: Cache, storage: Path) -> None:
    cache.put(SLOT, "key", replace(BRIEFING, is_whole=False))
    assert cache.get(SLOT, "key") is None
    assert not (storage / "briefings").exists()


@pytest.mark.parametrize("damage", ["cut", "garbled", "empty", "other", "folder"])
def test_a_damaged_file_is_as_none_and_is_replaced(cache: Cache, storage: Path, damage: str) -> None:
    cache.put(SLOT, "key", BRIEFING)
    (path,) = (storage / "briefings").iterdir()
    data = path.read_bytes()
    changed = {
        "cut": data[:-20],
        "garbled": data[:60] + b"xxxx" + data[64:],
        "empty": b"",
        "other": b"key\n" + Cache.__doc__.encode() if Cache.__doc__ else b"",
    }
    if damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(changed[damage])
    assert cache.get(SLOT, "key") is None
    if damage != "folder":
        cache.put(SLOT, "key", BRIEFING)
        assert cache.get(SLOT, "key") == BRIEFING


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "storage").mkdir()
    (tmp_path / "storage" / "briefings").write_text("a file where the folder should be")
    cache = Cache(tmp_path / "storage")
    cache.put(SLOT, "key", BRIEFING)
    cache.prune([NAME])
    assert cache.get(SLOT, "key") is None


def test_pruning_leaves_the_companies_that_are_known(cache: Cache, storage: Path) -> None:
    for company in (NAME, OTHER, "甲/乙公司"):
        cache.put(Slot(company), "key", BRIEFING)
    kept = next((storage / "briefings").iterdir())
    kept.with_name(f"{kept.name}-1-2.new").write_bytes(b"half")
    cache.prune([NAME, "甲/乙公司"])
    found = [cache.get(Slot(company), "key") is not None for company in (NAME, OTHER, "甲/乙公司")]
    assert found == [True, False, True]
    assert len(list((storage / "briefings").iterdir())) == 2


def test_of_one_company_the_last_few_are_kept(cache: Cache, storage: Path) -> None:
    for n in range(12):
        cache.put(Slot(NAME, "llm", f"model {n}"), "key", BRIEFING)
    cache.put(Slot(OTHER), "key", BRIEFING)
    assert len(list((storage / "briefings").iterdir())) == 8 + 1
    assert cache.get(Slot(NAME, "llm", "model 11"), "key") == BRIEFING
    assert cache.get(Slot(NAME, "llm", "model 0"), "key") is None


def test_several_threads_read_and_write_whole_briefings_only(cache: Cache) -> None:
    def work(n: int) -> bool:
        cache.put(SLOT, "key", replace(BRIEFING, seconds=float(n)))
        found = cache.get(SLOT, "key")
        return found is not None and replace(found, seconds=0.5) == BRIEFING

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(100)))


@pytest.fixture
def corpus(storage: Path, tmp_path: Path) -> Iterator[tuple[Assistant, Path]]:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("重庆联通扶贫纪实\n重庆联通投入扶贫资金280万元。", "utf-8")
    (folder / "b.txt").write_text("上海电信年报\n上海电信建成基站900个。", "utf-8")
    with Assistant.open(Settings(storage=storage, embedder="none", workers=1)) as assistant:
        yield assistant, folder


def key(assistant: Assistant, folder: Path, slot: Slot = SLOT) -> str:
    """The key of a company's briefing after the folder was ingested."""
    assistant.ingest([folder])
    gathered = gather(assistant._ledger, [slot.company])
    assert gathered.passages
    return key_of(slot, gathered, assistant._ledger.view, "group")


def test_the_key_changes_with_the_documents_of_the_company_and_with_no_others(
    corpus: tuple[Assistant, Path],
) -> None:
    assistant, folder = corpus
    first = key(assistant, folder)
    (folder / "b.txt").write_text("上海电信年报\n上海电信建成基站901个。", "utf-8")
    assert key(assistant, folder) == first
    (folder / "a.txt").write_text("重庆联通扶贫纪实\n重庆联通投入扶贫资金290万元。", "utf-8")
    second = key(assistant, folder)
    assert second != first
    (folder / "c.txt").write_text("重庆联通扶贫纪实\n重庆联通投入扶贫资金290万元。", "utf-8")
    assert key(assistant, folder) not in (first, second), "a reprint shows in the citations"


def test_the_key_changes_with_the_slot_and_with_what_else_is_given(
    corpus: tuple[Assistant, Path],
) -> None:
    assistant, folder = corpus
    gathered = gather(assistant._ledger, [NAME])
    view = assistant._ledger.view
    keys = {
        key_of(SLOT, gathered, view, "group"),
        key_of(replace(SLOT, model="m"), gathered, view, "group"),
        key_of(SLOT, gathered, view, "other group"),
    }
    assert len(keys) == 3


def test_citations_that_no_line_cites_go_and_the_rest_are_numbered_as_they_are_read() -> None:
    briefing = renumbered(BRIEFING)
    assert cited(briefing) == [1, 2, 3, 4] == [citation.n for citation in briefing.citations]
    assert [citation.quote for citation in briefing.citations] == ["原文7", "原文2", "原文4", "原文5"]
    assert briefing.headline[0].citations == (1, 2)
    assert briefing.themes[0].bullets[0] == Bullet("选派干部14名。", (2,), "万州联通", False)
    assert (briefing.figures[0].citations, briefing.timeline[0].citations) == ((3,), (1,))
    assert briefing.conflicts[0].readings[0].citations == (4,)
    assert renumbered(briefing) == briefing


def test_a_number_without_a_citation_is_an_error() -> None:
    with pytest.raises(KeyError):
        renumbered(replace(BRIEFING, citations=()))
