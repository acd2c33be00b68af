"""Briefings and comparisons of an index that changes, of companies of different size, kept and not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.briefing.requests.request import Request, RequestKind
from assistant.briefing.requests.routing import told
from assistant.errors import CompanyError
from assistant.records import Answer, Citation, Notice, Progress, Stage
from assistant.records.briefings import Briefing, Bullet, Coverage, Theme
from assistant.service import Assistant
from assistant.settings import Settings

LARGE, SMALL = "甘肃铁塔", "宁夏铁塔"
_WORK = {
    "基站": "在第{n}个乡镇新建通信基站{n}座，基站建设覆盖全部行政村",
    "扶贫": "为第{n}个贫困村发放扶贫资金{n}万元，驻村干部上门帮扶",
    "客户": "第{n}营业厅受理客户服务投诉{n}件，客户服务满意度提高",
}


def write(folder: Path, company: str, numbers: range) -> None:
    lines = (f"{company}{work.format(n=n)}。" for n in numbers for work in _WORK.values())
    (folder / f"{company}.txt").write_text("\n\n".join((f"{company}工作纪实", *lines)), "utf-8")


def _lines(year: int, n: int) -> Iterator[str]:
    for at, work in enumerate(_WORK.values()):
        yield f"{work.format(n=n)}，{year}年累计投资{n + at}.{year % 10}亿元，同比增长{n}.{at}%。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "texts"
    place.mkdir()
    write(place, LARGE, range(10, 14))
    write(place, SMALL, range(3, 5))
    return place


@pytest.fixture
def assistant(storage: Path, folder: Path) -> Iterator[Assistant]:
    with Assistant.open(Settings(storage=storage, embedder="none", workers=1)) as opened:
        opened.ingest([folder])
        yield opened


@pytest.fixture(scope="module")
def comparing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place = tmp_path_factory.mktemp("unequal")
    for year in range(2010, 2022):
        lines = (f"{LARGE}{text}" for n in range(10, 16) for text in _lines(year, n))
        (place / f"{year}.txt").write_text("\n\n".join((f"{LARGE}{year}年工作纪实", *lines)), "utf-8")
    write(place, SMALL, range(3, 4))
    settings = Settings(storage=place / "storage", embedder="none", workers=1, language="en")
    with Assistant.open(settings) as opened:
        opened.ingest(sorted(place.glob("*.txt")))
        yield opened


def kept(assistant: Assistant) -> int:
    return len(list((assistant.settings.storage / "briefings").glob("*.gz")))


def test_a_company_of_which_much_is_said_leaves_room_for_one_of_which_little_is(
    comparing: Assistant,
) -> None:
    comparison = comparing.compare([LARGE, SMALL])
    small = "".join(bullet.text for row in comparison.themes for bullet in row.bullets[1])
    assert all(word in small for word in _WORK)
    assert sum(all(row.bullets) for row in comparison.themes) >= 2
    bullets = [bullet for row in comparison.themes for cell in row.bullets for bullet in cell]
    figures = [figure for row in comparison.figures for cell in row.figures for figure in cell]
    cited = {n for bullet in bullets for n in bullet.citations}
    cited |= {n for figure in figures for n in figure.citations}
    assert cited == {citation.n for citation in comparison.citations}


def test_a_comparison_asked_for_in_traditional_characters_is_in_them_throughout(comparing: Assistant) -> None:
    comparison = comparing.compare(["甘肅鐵塔", "寧夏鐵塔"])
    titles = "".join(row.title for row in comparison.themes)
    indicators = "".join(row.indicator for row in comparison.figures)
    assert not set("设资发户务满贫") & set(titles + indicators)
    assert set("資設務戶貧") & set(indicators)


def test_one_company_by_two_names_is_told_in_the_language_of_the_messages(comparing: Assistant) -> None:
    with pytest.raises(CompanyError, match="at least two different"):
        comparing.compare([SMALL, "宁夏铁塔公司"])


@pytest.mark.parametrize("change", ["written anew", "removed"])
def test_what_changes_while_a_briefing_is_made_does_not_garble_it(
    assistant: Assistant, folder: Path, change: str
) -> None:
    items = assistant.summarize_stream(LARGE)
    assert isinstance(next(items), Progress)
    if change == "removed":
        (folder / f"{LARGE}.txt").unlink()
    else:
        write(folder, LARGE, range(61, 70))
    assistant.ingest([folder])
    *_, briefing = items
    assert isinstance(briefing, Briefing)
    quotes = {citation.n: citation.quote for citation in briefing.citations}
    bullets = [bullet for theme in briefing.themes for bullet in theme.bullets]
    assert bullets
    assert all(bullet.text.rstrip("。") in quotes[n] for bullet in bullets for n in bullet.citations)
    if change == "removed":
        with pytest.raises(CompanyError):
            assistant.summarize(LARGE)
    else:
        assert "69万元" in {figure.amount for figure in assistant.summarize(LARGE).figures}


def test_a_briefing_is_kept_even_if_nobody_asks_for_more_behind_it(assistant: Assistant) -> None:
    for item in assistant.summarize_stream(SMALL):
        if isinstance(item, Briefing):
            break
    assert kept(assistant) == 1
    assert isinstance(next(assistant.summarize_stream(SMALL)), Briefing), "no progress: it was kept"


def test_what_is_kept_of_a_company_goes_with_its_last_document(assistant: Assistant, folder: Path) -> None:
    assistant.summarize(SMALL)
    assistant.summarize(LARGE)
    (folder / f"{SMALL}.txt").unlink()
    assistant.ingest([folder])
    assert kept(assistant) == 1


def _made(passages: int) -> Iterator[Progress | Briefing]:
    yield Progress(Stage.BRIEFING, 0, passages, SMALL)
    yield Progress(Stage.BRIEFING, passages, passages, SMALL)
    bullet = Bullet("建成基站3座。", (1,), SMALL)
    cited = Citation(1, "a.txt", "", "", "", None, "建成基站3座。", 0, 7, 0, 7)
    coverage = Coverage(1, passages, 1, 0)
    yield Briefing(SMALL, "quoting", (), (Theme("基站", (bullet,)),), (), (), (), coverage, (cited,))


@pytest.mark.parametrize(
    ("question", "notices"),
    [
        ("总结宁夏铁塔", ["正在通读有关宁夏铁塔的 900 段文字……"]),
        ("總結寧夏鐵塔", ["正在通讀有關寧夏鐵塔的 900 段文字……"]),
    ],
)
def test_before_the_first_word_of_a_long_summary_it_is_told_what_is_read(
    question: str, notices: list[str]
) -> None:
    request = Request(RequestKind.SUMMARY, (SMALL,))
    items = list(told(request, question, "zh", lambda: _made(900), lambda _: False))
    assert [item.text for item in items if isinstance(item, Notice)] == notices
    assert isinstance(items[0], Notice)
    assert isinstance(items[-1], Answer)
    short = told(request, question, "zh", lambda: _made(20), lambda _: False)
    assert not any(isinstance(item, Notice) for item in short)
