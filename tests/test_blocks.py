"""Answers are whole (a list with its items, a sentence with what it draws on) and tight (nothing beside)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from block_making import CLOSE, document, evidence, quoted, read, texts
from passage_making import passage

from assistant.answering.blocks.runs import runs
from assistant.answering.understanding.question import understand
from assistant.mapped_text import MappedText
from assistant.records import Article, Block, BlockKind, DocumentInfo, DocumentView, Metadata, ParsedDocument

MEASURES = "青海联通推出了哪些便民措施？"
LONG = "，每个县区都安排了专门的队伍和经费，并且由分公司的负责同志逐月检查进度、逐季通报结果，确保不走过场"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("青海联通推出以下便民措施：一是开办夜校；二是上门办理；三是远程门诊。",),
        ("青海联通推出便民措施。一是开办夜校。二是上门办理。三是远程门诊。",),
        ("青海联通推出便民措施，一是开办夜校。", "二是上门办理。", "三是远程门诊。"),
        ("青海联通推出三项便民措施：", "（1）开办夜校；", "（2）上门办理；", "（3）远程门诊。"),
        ("青海联通推出三项便民措施：", "1. 开办夜校，方便老人；", "2. 上门办理；", "3. 远程门诊。"),
        ("青海联通推出便民措施如下：①开办夜校；②上门办理；③远程门诊。",),
        ("青海联通推出便民措施。首先，开办夜校。其次，上门办理。最后，远程门诊。",),
        ("青海联通推出便民措施。第一，开办夜校。第二，上门办理。第三，远程门诊。",),
        ("青海联通推出便民措施：", "● 开办夜校", "● 上门办理", "● 远程门诊"),
    ],
)
def test_a_list_is_quoted_with_what_announces_it_and_all_its_items(paragraphs: tuple[str, ...]) -> None:
    given = "".join(texts(MEASURES, "开办夜校", *paragraphs))
    assert given.startswith("青海联通推出")
    assert all(item in given for item in ("开办夜校", "上门办理", "远程门诊"))
    assert CLOSE not in given and "会议" not in given


def test_a_list_is_found_from_one_of_its_items_too() -> None:
    paragraphs = ("青海联通推出三项便民措施。", "一是开办夜校。", "二是推行上门办理措施。", "三是远程门诊。")
    given = "".join(texts(MEASURES, "二是推行", *paragraphs))
    assert given.startswith("青海联通推出") and given.endswith("远程门诊。")


def test_an_item_that_alone_holds_the_question_s_words_is_quoted_alone() -> None:
    paragraphs = (
        "青海联通推出三项举措。",
        "一是开办夜校。",
        "二是帮助牧区卖出牦牛和羊毛。",
        "三是远程门诊。",
    )
    assert texts("帮助牧区卖出了哪些牦牛羊毛？", "二是", *paragraphs) == ["二是帮助牧区卖出牦牛和羊毛。"]


def test_a_figure_in_an_item_does_not_bring_the_list() -> None:
    paragraphs = ("青海联通推出三项措施。", "一是开办夜校。", "二是新建基站215个。", "三是远程门诊。")
    assert texts("青海联通新建多少个基站？", "215", *paragraphs) == ["二是新建基站215个。"]


def test_a_short_list_keeps_what_sets_its_items_out_and_a_long_one_does_not() -> None:
    items = ("一是开办夜校{0}。", "二是上门办理{0}。", "三是远程门诊{0}。")
    head = "青海联通推出便民措施。"
    short = texts(MEASURES, "便民", head + "".join(item.format("。去年就已试行") for item in items))
    assert short == [
        "青海联通推出便民措施。一是开办夜校。去年就已试行。二是上门办理。去年就已试行。三是远程门诊。"
    ]
    long = texts(MEASURES, "便民", head + "".join(item.format("。去年就已试行" + 2 * LONG) for item in items))
    assert long == ["青海联通推出便民措施。一是开办夜校。", "二是上门办理。", "三是远程门诊。"]


def test_a_list_that_runs_into_the_next_passage_is_whole() -> None:
    items = [f"{n}是在{place}{LONG}。" for n, place in zip("一二三四五六", "东西南北中外", strict=True)]
    view, held = document("青海联通推出便民措施。", *items)
    assert len({p.id for p in held if "是在" in p.text}) > 1
    given = quoted(MEASURES, "便民", view, held, limit=1000)
    assert "".join(run.text for run in given).count("是在") == 6
    assert all(view.parsed.clean.text[run.start : run.end] == run.text for run in given)


def test_a_list_longer_than_the_limit_ends_with_a_whole_item() -> None:
    items = [f"{n}是在{place}{LONG}。" for n, place in zip("一二三四五六", "东西南北中外", strict=True)]
    given = texts(MEASURES, "便民", "青海联通推出便民措施。", *items, limit=200)
    assert 60 < sum(map(len, given)) <= 200
    assert given[-1].endswith("。")


def test_as_many_paragraphs_as_are_announced_belong_to_the_list() -> None:
    paragraphs = (
        "青海联通取得两个明显成效：",
        "公司治理更加规范。" + "董事会全年开会十二次" + 2 * LONG + "。",
        "经营效率持续提高。" + "全员劳动生产率上升" + 2 * LONG + "。",
        "职工食堂也扩建了。",
    )
    given = "".join(texts("青海联通取得了哪两个成效？", "更加规范", *paragraphs))
    assert given == "青海联通取得两个明显成效：\n公司治理更加规范。经营效率持续提高。"


def test_parallel_headlines_are_the_items_of_a_list() -> None:
    paragraphs = []
    for way in ("高位推动", "深入一线", "结果导向"):
        paragraphs += [f"强化{way}，坚持抓好调研。", f"各部门围绕{way}开展工作{LONG}。"]
    given = "".join(texts("“三强化”分别是什么？", "强化深入", *paragraphs))
    assert given == "强化高位推动，坚持抓好调研。强化深入一线，坚持抓好调研。强化结果导向，坚持抓好调研。"


def test_numbered_headings_are_the_items_where_their_section_says_what_is_asked() -> None:
    names = ("一）治理体系更加完善", "二）布局结构持续优化", "三）创新活力明显增强")
    parts = "\n\n".join(f"### （{name}\n\n章程修订完成{LONG}。" for name in names)
    data = f"# 年度报告\n\n本报告总结全年工作。\n\n## 国企改革取得的成效\n\n{parts}\n"
    given = quoted("国企改革取得了哪些成效？", "章程修订", *read(data.encode(), "a.md"))
    assert (
        "".join(run.text for run in given)
        == "（一）治理体系更加完善（二）布局结构持续优化（三）创新活力明显增强"
    )


def test_a_table_below_a_colon_is_no_list() -> None:
    paragraphs = ("青海联通主要业务收入构成见下表：", "2019 年 2018 年", "所占比重", "语音业务")
    assert texts("青海联通的主要业务收入包括哪两类？", "下表", *paragraphs) == [paragraphs[0]]


def test_a_fact_is_one_sentence_without_its_neighbours() -> None:
    paragraph = (
        "青海联通成立于二〇〇〇年。全年新建基站215个，覆盖全部乡镇；培训村民640人次。职工食堂扩建完成。"
    )
    assert texts("青海联通新建多少个基站？", "215", paragraph) == [
        "全年新建基站215个，覆盖全部乡镇；培训村民640人次。"
    ]


def test_of_a_sentence_too_long_the_part_that_answers_is_quoted() -> None:
    paragraph = f"新建基站215个；培训村民640人次{LONG}；捐赠电脑一百台{LONG}；修路三十公里{LONG}。"
    assert texts("青海联通新建多少个基站？", "215", paragraph) == ["新建基站215个；"]


def test_a_part_longer_than_the_limit_is_cut_to_the_clauses_that_hold_the_value() -> None:
    tale = "，".join(["山村的老乡学会了用手机卖山货"] * 20)
    (given,) = texts("网店销售额是多少？", "860", f"{tale}，网店销售额860万元，{tale}。", limit=120)
    assert "销售额860万元" in given
    assert len(given) <= 120


def test_the_reason_that_a_sentence_points_back_to_comes_with_it() -> None:
    paragraph = "光缆常被大雪压断。为此，青海联通改用微波传输。食堂提供午餐。"
    assert texts("青海联通为什么改用微波传输？", "为此", paragraph) == [
        "光缆常被大雪压断。为此，青海联通改用微波传输。"
    ]


def test_the_reason_that_follows_comes_with_the_sentence_that_needs_it() -> None:
    paragraph = "青海联通改用微波传输。由于大雪封山，光缆常被压断。食堂提供午餐。"
    assert texts("青海联通为什么改用微波传输？", "改用", paragraph) == [
        "青海联通改用微波传输。由于大雪封山，光缆常被压断。"
    ]


def test_the_aim_that_the_next_sentence_states_comes_with_the_occasion() -> None:
    paragraph = "青海联通举办读书班。活动旨在提高员工的业务水平。食堂提供午餐。"
    assert texts("青海联通举办读书班的目的是什么？", "举办", paragraph) == [
        "青海联通举办读书班。活动旨在提高员工的业务水平。"
    ]


def test_what_a_name_stands_for_comes_with_the_sentence_that_says_only_this() -> None:
    paragraph = "青海联通发布“云犀”运维平台。该平台实现故障秒级定位。食堂提供午餐。"
    assert texts("实现故障秒级定位的平台叫什么名字？", "该平台", paragraph) == [
        "青海联通发布“云犀”运维平台。该平台实现故障秒级定位。"
    ]


def test_a_course_of_action_goes_on_over_the_next_sentence() -> None:
    paragraph = (
        "乡里发生火灾。青海联通立即派出抢险队，开通应急基站。同时，公司组织员工捐款，支援重建。食堂提供午餐。"
    )
    assert texts("面对乡里的火灾，青海联通是如何行动的？", "派出", paragraph) == [
        "青海联通立即派出抢险队，开通应急基站。同时，公司组织员工捐款，支援重建。"
    ]
    assert texts("面对乡里的火灾，青海联通是如何行动的？", "火灾", paragraph) == [paragraph.split("食堂")[0]]


def test_the_counted_things_that_the_next_sentence_names_come_with_the_offer() -> None:
    paragraph = "青海联通推出漫游流量包。本次提供三种选择，分别是一天、七天和一月。食堂提供午餐。"
    assert texts("青海联通漫游流量包有哪三种选择？", "漫游", paragraph) == [paragraph.split("食堂")[0]]


def test_values_are_marked_where_they_stand_in_what_is_quoted() -> None:
    (run,) = quoted(
        "青海联通新建多少个基站？", "215", *document("今年，青海联通新建基站215个；培训640人次。")
    )
    assert [run.text[start:end] for start, end in run.values] == ["215个"]


def test_units_of_one_sentence_are_quoted_once_and_share_the_room() -> None:
    view, held = document(f"新建基站215个；培训村民640人次。捐赠电脑一百台{LONG}{LONG}。")
    question = "新建多少个基站，培训多少人次？"
    chosen = [evidence(question, unit, held) for unit in ("215", "640", "一百台")]
    given = runs(understand(question, 200), chosen, lambda _: view, 240)
    assert [run.text[:4] for run in given] == ["新建基站", "捐赠电脑"]
    assert len(given[1].text) <= 80


@pytest.mark.parametrize("pages", [(), (0, 20)])
@pytest.mark.parametrize("footer", ["", "第3页\n"])
def test_what_has_words_or_the_end_of_a_page_between_is_quoted_in_two_pieces(
    footer: str, pages: tuple[int, ...]
) -> None:
    head, item, last = "青海联通推出便民措施。\n", "一是开办夜校。\n", "二是上门办理。"
    raw = head + item + footer + last
    kept = [*range(len(head + item)), *range(len(raw) - len(last), len(raw))]
    text = head + item + last
    starts = [0, len(head), len(head + item)]
    blocks = tuple(Block(BlockKind.TEXT, s, text.index("。", s) + 1) for s in starts)
    parsed = ParsedDocument(
        MappedText.identity(raw).keep(kept), Metadata(), (Article(Metadata(), blocks),), pages
    )
    info = DocumentInfo("a.txt", "", "", "", "", "", "", (), 1, "ready", "")
    held = [replace(passage(text), document="a.txt")]
    given = [run.text for run in quoted(MEASURES, "便民", DocumentView(info, raw, parsed), held)]
    two, one = [(head + item).strip(), last], [text]
    assert given == (two if footer or pages else one)
