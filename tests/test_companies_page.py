"""The page of the companies on the real service and a small corpus, through Streamlit's own test harness."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from ui_making import Reader, citation, hostile_texts, ingested

from assistant.hosting import shared
from assistant.records import CompanyInfo
from assistant.records.briefings import (
    Branch,
    Briefing,
    Bullet,
    Comparison,
    Conflict,
    ConflictKind,
    Coverage,
    Event,
    Figure,
    FigureRow,
    Reading,
    Theme,
    ThemeRow,
)
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.ui.clicks import address
from assistant.ui.companies import comparison_html
from assistant.ui.companies.briefing_figures import figures_html, holds, number
from assistant.ui.companies.briefing_html import (
    branches_html,
    conflicts_html,
    coverage_html,
    head_html,
    timeline_html,
    whose_html,
)
from assistant.ui.companies.briefing_sources import Sources
from assistant.ui.companies.briefing_view import partial_html
from assistant.ui.companies.company_list import fitting, groups, list_html
from assistant.ui.companies.summaries import Summary
from assistant.ui.words.chinese import CHINESE
from assistant.ui.words.companies_texts import CompaniesTexts
from assistant.ui.words.languages import LANGUAGES, language_of

CORPUS = {
    "poverty.txt": (
        "浙江联通扶贫纪实\n\n2020年7月15日 晨光日报 记者 李明\n\n"
        "浙江联通今年投入扶贫预算资金280万元。浙江联通在12个乡镇新建基站36座。"
        "浙江联通全年帮助贫困户销售农产品147万元。\n"
    ),
    "network.txt": (
        "四川移动网络建设提速\n\n2021年3月2日 远山晚报 记者 王芳\n\n"
        "四川移动今年建成5G基站1200座，投资9亿元。四川移动用户满意度达到98.5%。\n"
    ),
}
PAGE = (
    "from assistant.ui.companies import page as companies_page\nfrom assistant.hosting import host\n"
    "from assistant.ui import session\ncompanies_page.draw(host(), session.texts())\n"
)
MAKING = """
import streamlit as st
from assistant.errors import CompanyError
from assistant.records import Progress, Stage
from assistant.ui.words.chinese import CHINESE
from assistant.ui.companies.summaries import obtain

wanted = st.session_state["wanted"]

def begin():
    st.session_state["begun"] = st.session_state.get("begun", 0) + 1
    def items():
        yield Progress(Stage.BRIEFING, 1, 2)
        if wanted == "unknown":
            raise CompanyError("没有这家公司")
        if wanted == "broken":
            raise ValueError
    return items()

st.session_state["summary"] = obtain(wanted, begin, CHINESE)
"""
OPEN = Briefing("甲", "quoting", (), (), (), (), (), Coverage(1, 1, 1, 0), ())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of an index of the small corpus, for reading only."""
    return ingested(tmp_path_factory.mktemp("companies"), CORPUS)


@pytest.fixture
def page(corpus: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Opens the page at an address as one more browser session of the same server."""

    def opened(**query: str) -> AppTest:
        page = AppTest.from_string(PAGE, default_timeout=120)
        for name, value in query.items():
            page.query_params[name] = value
        return run(page)

    set_environment(corpus, monkeypatch)
    yield opened
    shared().close()


def set_environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"STORAGE": settings.storage, "SEEDS": settings.seeds, "EMBEDDER": "none"}.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
    monkeypatch.setenv("OPENAI_BASE_URL", "")


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    return run(page)


def company(name: str, parent: str = "", passages: int = 1, *aliases: str) -> CompanyInfo:
    return CompanyInfo(name, parent, aliases, passages, ("a.txt",))


def figure(indicator: str = "投入", value: str = "280", **fields: object) -> Figure:
    given: dict[str, object] = {"unit": "万元", "as_of": "2020", "citations": (1,), "company": "甲"}
    return Figure(indicator, value, **(given | fields))  # type: ignore[arg-type]


def whole(text: str = "投入280万元。", **fields: object) -> Briefing:
    """A briefing of 甲 with every part, all of its words the text."""
    bullet = Bullet(text, (1,), "甲", grounded=False)
    reading = Reading(text, text, text, text, text, (1,))
    given: dict[str, object] = {
        "headline": (bullet,),
        "themes": (Theme(text, (bullet, replace(bullet, company=text))),),
        "figures": (figure(text, text, unit=text, as_of=text, company=text, text=text),),
        "timeline": (Event("2020-07-15", text, (1,), text), Event(text, text, (1,), "甲")),
        "conflicts": (Conflict(text, ConflictKind.CHANGE, (reading, reading)),),
        "citations": (citation(title=text, document=text, quote=text),),
        "group": text,
        "branches": (Branch(text, 3),),
        "included": (text,),
    }
    return replace(OPEN, **(given | fields))  # type: ignore[arg-type]


def test_the_list_has_every_company_under_its_group_with_a_link_to_its_briefing(
    page: Callable[..., AppTest],
) -> None:
    shown = html(page())
    assert f'href="{address("浙江联通")}"' in shown
    assert f'href="{address("四川移动")}"' in shown
    assert "下属公司 1 家" in Reader(shown).text


def test_the_list_is_searched_by_parts_of_names(page: Callable[..., AppTest]) -> None:
    shown = page()
    shown.text_input(key="companies_search").set_value("浙江")
    assert "四川移动" not in html(run(shown))
    shown.text_input(key="companies_search").set_value("没有")
    assert run(shown).info[0].value == CHINESE.briefing.none_fits


def test_the_address_opens_a_briefing_with_its_figures_and_sources(page: Callable[..., AppTest]) -> None:
    shown = page(company="浙江联通")
    said = html(shown)
    assert "<h3>浙江联通</h3>" in said
    assert "280" in said and 'data-cite="1' in said
    assert "通读 1 份资料中讲它的全部" in said
    assert [tab.label.split()[0] for tab in shown.tabs[:2]] == ["要点", "数据"]
    assert not shown.warning


def test_a_briefing_is_left_for_the_list_or_a_comparison(page: Callable[..., AppTest]) -> None:
    shown = press(page(company="浙江联通"), "companies_with")
    assert shown.query_params == {"compare": "浙江联通"}
    assert shown.info[0].value == CHINESE.briefing.choose_more
    assert press(shown, "companies_all").query_params == {}
    assert address("四川移动") in html(shown)


def test_the_chosen_companies_are_compared_and_the_address_says_which(page: Callable[..., AppTest]) -> None:
    shown = page()
    assert shown.button(key="companies_compare").disabled
    shown.multiselect(key="companies_chosen").set_value(["浙江联通", "四川移动"])
    shown = press(run(shown), "companies_compare")
    assert shown.query_params == {"compare": "浙江联通,四川移动"}
    said = html(shown)
    assert "280" in said and "1200" in said and '--sides: 2"' in said
    assert html(page(compare="四川移动,浙江联通,四川移动")).count('class="source company"') == 2


def test_an_unknown_company_is_said_to_be_unknown_as_it_was_written(page: Callable[..., AppTest]) -> None:
    shown = page(company="<b>没有</b>")
    assert [said.value[:5] for said in shown.warning] == ["资料中没有"]
    assert "<b>" not in html(shown)
    shown.session_state["language"] = "en"
    assert run(shown).warning[0].value.startswith("Nothing in the documents is about")
    near = page(company="浙江联桶")
    assert address("浙江联通") in html(near)


def test_without_documents_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(storage=tmp_path / "storage", seeds=tmp_path / "seeds", embedder="none")
    settings.seeds.mkdir()
    (settings.seeds / "a.txt").write_text("今天天气很好。\n", encoding="utf-8")
    with Assistant.open(settings) as assistant:
        assistant.ingest([settings.seeds])
    set_environment(settings, monkeypatch)
    try:
        shown = run(AppTest.from_string(PAGE, default_timeout=120))
        assert shown.info[0].value == CHINESE.briefing.none
    finally:
        shared().close()


def making(wanted: str) -> AppTest:
    page = AppTest.from_string(MAKING, default_timeout=120)
    page.session_state["wanted"] = wanted
    return run(page)


def test_what_was_made_is_kept_and_made_anew_when_something_else_is_wanted() -> None:
    page = run(making("a"))
    assert page.session_state["begun"] == 1
    page.session_state["wanted"] = "b"
    assert run(page).session_state["begun"] == 2
    page.session_state["wanted"] = "a"
    assert run(page).session_state["begun"] == 2


@pytest.mark.parametrize(
    ("wanted", "said"), [("unknown", "没有这家公司"), ("broken", CHINESE.briefing.unexpected)]
)
def test_a_failure_is_kept_with_its_words_and_not_run_into_again(wanted: str, said: str) -> None:
    page = run(making(wanted))
    assert str(page.session_state["summary"].failure) == said
    assert page.session_state["begun"] == 1


def test_a_stopped_briefing_stays_stopped_until_it_is_asked_for_again(page: Callable[..., AppTest]) -> None:
    shown = page(company="浙江联通")
    for summary in shown.session_state["summaries"].values():
        summary.made, summary.is_stopped = None, True
    assert CHINESE.stopped in html(run(shown))
    assert "<h3>" not in html(shown)
    assert "<h3>浙江联通</h3>" in html(press(shown, "companies_again"))


def test_figures_are_searched_and_shown_all_on_demand(page: Callable[..., AppTest]) -> None:
    shown = page(company="浙江联通")
    key, summary = next(iter(shown.session_state["summaries"].items()))
    many = tuple(figure(f"指标{n}", f"{n},000", company="浙江联通") for n in range(30))
    made = replace(summary.made, figures=many)
    shown.session_state["summaries"] = {key: Summary(made, is_over=True)}
    assert html(run(shown)).count("<td>指标") == 20
    shown.toggle(key="briefing-page-all").set_value(True)
    rows = run(shown).dataframe[0].value
    assert list(rows["数值"])[:3] == [0, 1000, 2000]
    assert len(rows) == 30
    shown.text_input(key="briefing-page-find").set_value("指标29 万元")
    assert html(run(shown)).count("<td>指标") == 1


def test_a_long_timeline_is_continued_by_a_button(page: Callable[..., AppTest]) -> None:
    shown = page(company="浙江联通")
    key, summary = next(iter(shown.session_state["summaries"].items()))
    events = tuple(Event(f"2020-07-{n:02}", "开工。", (1,), "浙江联通") for n in range(1, 31))
    shown.session_state["summaries"] = {key: Summary(replace(summary.made, timeline=events), is_over=True)}
    assert html(run(shown)).count("<time>") == 24
    assert html(press(shown, "briefing-page-timeline-more")).count("<time>") == 30


@pytest.mark.parametrize("text", hostile_texts(40))
def test_nothing_of_a_document_becomes_html(text: str) -> None:
    allowed = {"class", "style", "tabindex", "role", "data-cite", "data-company", "data-label", "href"}
    allowed |= {"target", "title", "aria-hidden"}
    briefing, compared = whole(text), comparison(text)
    sources = Sources.of(briefing.citations, CHINESE)
    infos = [company(text, "组", 1, text), company("组"), company("独" + text)]
    pieces = (
        head_html(briefing, (text,), CHINESE),
        partial_html(briefing, CHINESE),
        figures_html(briefing.figures, briefing, sources),
        timeline_html(briefing.timeline, briefing, sources),
        conflicts_html(briefing.conflicts, sources),
        branches_html(briefing.branches, CHINESE),
        list_html(infos, CHINESE),
        comparison_html.heads_html(compared, CHINESE),
        comparison_html.themes_html(compared.themes, compared.companies, sources),
        comparison_html.shared_html(compared.figures, compared.companies, sources),
        comparison_html.own_html(compared.figures, compared.companies, sources),
    )
    reader = Reader("".join(pieces))
    assert not {tag for tag, _ in reader.tags} & {"script", "img"}
    assert {name for _, names in reader.tags for name in names} <= allowed


def comparison(text: str) -> Comparison:
    bullet, own = Bullet(text, (1,), text), figure(text, text, company=text)
    return Comparison(
        (text, "甲"),
        (ThemeRow(text, ((bullet,), ())),),
        (FigureRow(text, ((own,), ())),),
        (OPEN.coverage, OPEN.coverage),
        (citation(title=text),),
    )


def test_numbers_beside_a_line_open_all_of_its_sources_and_many_are_counted() -> None:
    sources = Sources.of([citation(n=n) for n in range(1, 10)], CHINESE)
    marks = sources.marks((2, 3, 4, 5, 6, 99))
    assert Reader(marks).tags.count(("span", ("class", "tabindex", "role", "data-cite"))) == 5
    assert 'data-cite="6 2 3 4 5 6">+1' in marks
    assert [shown.n for shown in sources.together(6, (2, 3, 99))] == [2, 3, 6]
    assert sources.together(99, (2,)) == ()
    assert sources.marks((99,)) == ""


def test_a_line_says_whose_it_is_where_it_is_not_the_companys() -> None:
    briefing = replace(OPEN, group="集", branches=(Branch("支", 1),))
    said = [Reader(whose_html(name, briefing, CHINESE)).text for name in ("甲", "集", "支", "他")]
    assert said == ["", "集团 集", "下属 支", "他"]


def test_the_coverage_counts_reprints_apart() -> None:
    with_reprints = Reader(coverage_html(Coverage(5, 38, 28, 7), CHINESE)).text
    assert with_reprints == "通读 5 份资料中讲它的全部 38 段，引用 28 段，另 7 段内容重复"
    without = Reader(coverage_html(Coverage(5, 38, 28, 0), CHINESE)).text
    assert without == "通读 5 份资料中讲它的全部 38 段，引用 28 段"
    assert "width: 0%" in coverage_html(Coverage(0, 0, 0, 0), CHINESE)


def test_companies_stand_under_the_highest_company_above_them_even_where_it_is_not_listed() -> None:
    infos = [company("县", "市"), company("市", "集"), company("远", "外"), company("独", "", 1, "Solo Ltd")]
    found, others = groups(infos)
    assert {group.name: [info.name for info in group.branches] for group in found} == {
        "集": ["县", "市"],
        "外": ["远"],
    }
    assert [info.name for info in others] == ["独"]
    assert [info.name for info in fitting(infos, "solo  LTD")] == ["独"]
    assert [info.name for info in groups([company("甲", "乙"), company("乙", "甲")])[1]] == []


def test_a_figure_is_found_by_all_words_and_sorted_by_its_number() -> None:
    assert holds(figure("预算", "280"), "预算 280万元")
    assert not holds(figure("预算", "280"), "预算 281")
    assert [number(value) for value in ("1,200.5", "-3", "两", "3成")] == [1200.5, -3.0, None, None]


def test_a_languages_words_know_their_language() -> None:
    assert [language_of(texts) for texts in LANGUAGES.values()] == list(LANGUAGES)


def test_a_line_is_filled_with_as_many_things_in_every_language() -> None:
    def gaps(words: CompaniesTexts) -> dict[str, int]:
        return {name: str(getattr(words, name)).count("{}") for name in CompaniesTexts.__slots__}

    assert [gaps(texts.briefing) for texts in LANGUAGES.values()] == [gaps(CHINESE.briefing)] * len(LANGUAGES)


def test_of_many_themes_one_can_be_chosen_to_be_read_whole(page: Callable[..., AppTest]) -> None:
    shown = page(company="浙江联通")
    key, summary = next(iter(shown.session_state["summaries"].items()))
    themes = tuple(
        Theme(f"主题{n}", tuple(Bullet(f"要点{n}-{m}。", (1,), "浙江联通") for m in range(30)))
        for n in range(5)
    )
    shown.session_state["summaries"] = {key: Summary(replace(summary.made, themes=themes), is_over=True)}
    said = html(run(shown))
    assert said.count("<summary>") == 5
    assert "要点4-29。" not in said
    shown.pills(key="briefing-page-theme").set_value(4)
    said = html(run(shown))
    assert "要点4-23。" in said and "要点3-0。" not in said
    assert "要点4-29。" in html(press(shown, "briefing-page-theme-4-more"))


def test_what_one_company_alone_states_stands_in_its_own_column() -> None:
    compared = comparison("甲乙")
    own = comparison_html.own_html(compared.figures, compared.companies, Sources.of((), CHINESE))
    assert own.count("<li>") == 1
    assert own.index("甲乙") < own.index("<li>") < own.rindex("甲")
