"""Whom a text states something of: said, understood, or of no company; in any trade."""

from __future__ import annotations

import re

import pytest

from assistant import companies, passages
from assistant.briefing.material import Statement
from assistant.briefing.reading.belonging import counted
from assistant.briefing.reading.emptiness import states_nothing
from assistant.briefing.reading.outsiders import places_in, speaks_of_others
from assistant.briefing.reading.statements import Reader
from assistant.companies.subjects import assigned
from assistant.mapped_text import MappedText
from assistant.records import (
    Article,
    Block,
    BlockKind,
    DocumentInfo,
    DocumentView,
    Metadata,
    ParsedDocument,
    Passage,
    Table,
)

INFO = DocumentInfo("a", "", "", "", "", "", "", (), 0, "", "")


def read(text: str, size: int = 400, title: str = "", table: Table | None = None) -> list[Statement]:
    """The statements of an article, each line of which is a paragraph or a row of the table."""
    kind = BlockKind.ROW if table else BlockKind.TEXT
    lines = re.finditer(r"[^\n]+", text)
    blocks = tuple(Block(kind, line.start(), line.end(), table=table) for line in lines)
    article = Article(Metadata(title=title), blocks)
    plain = ParsedDocument(MappedText.identity(text), Metadata(), (article,))
    parsed, split = assigned(plain, passages.split("a", plain, size), companies.base())
    reader = Reader(lambda name: DocumentView(INFO, text, parsed), companies.base())
    return list(reader.statements(split))


def stated(text: str, size: int = 400, title: str = "") -> list[tuple[str, tuple[str, ...]]]:
    """The beginning of each statement and whom it is of."""
    return [(statement.text[:4], statement.companies) for statement in read(text, size, title)]


BANK, BRANCH = "大江银行", "大江银行江阳分行"


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("大江银行发放贷款30亿元。", (BANK,)),
        ("近日，大江银行员工李强获得表彰。", (BANK,)),
        ("在大江银行，有300人投身公益。", (BANK,)),
        ("按照大江银行的部署，长江电力集团改造了机房。", ("长江电力集团",)),
        ("该系统功能齐全，由大江银行研发。", (BANK,)),
        ("江阳是大江银行9个试点城市之一，已开通服务。", (BANK,)),
        ("根据大江银行通报，降幅达35%。", (BANK,)),
        ("大江银行与长江电力集团签署协议。", (BANK, "长江电力集团")),
        ("大江银行江阳分行新设网点4家。", (BRANCH,)),
    ],
)
def test_a_sentence_is_of_whom_it_names_as_its_subject(sentence: str, names: tuple[str, ...]) -> None:
    assert [statement.companies for statement in read(sentence)] == [names]


def test_what_names_no_subject_is_of_whom_was_spoken_of_before() -> None:
    text = "大江银行新设网点75家。该行投入资金3亿元。累计服务客户9万户。"
    assert [names for _, names in stated(text)] == [(BANK,)] * 3


def test_two_companies_share_what_both_do() -> None:
    text = "大江银行与长江电力集团签署协议。双方将合作建设充电站200座。"
    assert [names for _, names in stated(text)] == [(BANK, "长江电力集团")] * 2


def test_a_sentence_is_cut_where_another_company_begins() -> None:
    text = "2022年大江银行新设网点75家，而长江电力集团建成电站4座。"
    assert stated(text) == [("2022", (BANK,)), ("而长江电", ("长江电力集团",))]
    assert read(text)[1].before == "2022年大江银行新设网点75家，"


def test_people_of_several_companies_in_a_row_are_not_cut_apart() -> None:
    text = "会上，大江银行行长李强，长江电力集团董事长王芳共同为平台揭牌。"
    assert [names for _, names in stated(text)] == [(BANK, "长江电力集团")]


def test_a_name_within_a_title_or_quotation_is_no_subject() -> None:
    text = "长江电力集团落实要求，学习《大江银行管理办法》，发布“大江银行版”应用。"
    assert [names for _, names in stated(text)] == [("长江电力集团",)]


def test_the_points_of_a_list_are_of_whom_the_list_is() -> None:
    text = "大江银行改进服务。一是联合发布，长江电力集团提供场地3处。二是增设窗口，新增窗口40个。"
    assert [names for _, names in stated(text)] == [(BANK,), ("长江电力集团",), (BANK,)]


def test_a_passage_goes_on_with_whom_its_paragraph_is_of() -> None:
    text = "大江银行召开大会。长江电力集团改造了全部机房和线路设备。新增服务器300台，培训员工500人。"
    assert {size: stated(text, size)[-1] for size in (20, 400)} == {
        20: ("新增服务", ("长江电力集团",)),
        400: ("新增服务", ("长江电力集团",)),
    }


@pytest.mark.parametrize(
    ("caption", "names"),
    [
        ("2022年营业收入", [(BANK,), ("长江电力集团",), (BANK,)]),
        ("前十名股东持股情况", [(BANK,)] * 3),
        ("长江电力集团主要指标", [(BANK,), ("长江电力集团",), ("长江电力集团",)]),
    ],
)
def test_a_row_is_of_its_first_cell_else_of_its_caption_else_of_the_article(
    caption: str, names: list[tuple[str, ...]]
) -> None:
    text = "大江银行\t900\n长江电力集团\t300\n合计\t1200"
    table = Table(caption, "亿元", ("公司", "金额"))
    assert [statement.companies for statement in read(text, title="大江银行年报", table=table)] == names
    assert all(statement.is_row for statement in read(text, title="大江银行年报", table=table))


def test_a_report_comes_back_to_its_issuer_with_the_next_line_of_business() -> None:
    text = "大江银行股份有限公司（以下简称“公司”）业绩良好。长江电力集团发电9亿度。存款余额40亿元。"
    assert [names for _, names in stated(text)] == [(BANK,), ("长江电力集团",), (BANK,)]


TITLE = "大江银行江阳分行服务乡村"
ARTICLE = """大江银行江阳分行发放贷款30亿元。据大江银行统计，全行贷款增速为12%。
石桥村是江阳县最北端的村，距离县城98公里。村里有小学2所。
分行选派专员32名。我国农村人口达4亿人。"""


def test_a_paragraph_that_names_nobody_is_of_whom_its_article_is() -> None:
    assert stated(ARTICLE, title=TITLE)[-2] == ("分行选派", (BRANCH,))


def test_what_is_said_of_places_and_the_country_is_of_no_company() -> None:
    assert [words for words, names in stated(ARTICLE, title=TITLE) if not names] == [
        "石桥村是",
        "村里有小",
        "我国农村",
    ]


def test_a_branch_has_what_its_own_article_states_of_its_group_as_the_groups() -> None:
    own = [counted(statement, [BRANCH], [BANK]) for statement in read(ARTICLE, title=TITLE)]
    assert [(s.company, s.text[:4]) for s in own if s is not None] == [
        (BRANCH, "大江银行"),
        (BANK, "据大江银"),
        (BRANCH, "分行选派"),
    ]


def test_a_group_has_nothing_that_is_stated_of_a_branch_unless_it_is_asked_for() -> None:
    statements = read("大江银行江阳分行发放贷款30亿元。")
    assert counted(statements[0], [BANK], []) is None
    assert counted(statements[0], [BANK, BRANCH], []) == statements[0]


def test_a_groups_article_says_nothing_of_itself_to_a_branch_in_it() -> None:
    text = "大江银行发放贷款900亿元。大江银行江阳分行发放贷款30亿元。大江银行员工3万人。"
    own = [counted(statement, [BRANCH], [BANK]) for statement in read(text, title="大江银行年报")]
    assert [s.text[:12] for s in own if s is not None] == ["大江银行江阳分行发放贷款"]


def test_a_statement_of_two_counts_for_the_one_asked_for() -> None:
    statement = read("大江银行与长江电力集团签署协议。")[0]
    assert statement.company == BANK
    found = counted(statement, ["长江电力集团"], [])
    assert found is not None and found.company == "长江电力集团"


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        ("全市通信企业发送短信42亿条。", True),
        ("截至2023年末，我国网民达10亿人。", True),
        ("数据显示，全球汽车市场规模达3万亿元。", True),
        ("市教育局印发通知。", True),
        ("江阳海关推出新模式。", True),
        ("以石桥乡为例，石桥乡地处山区。", True),
        ("6月以来，江阳等地出现大暴雨。", True),
        ("面对突发洪水，出动抢修人员300人。", False),
        ("全国首个示范工厂投产。", False),
        ("全省共建立堡垒782个。", False),
        ("累计投入资金700万元。", False),
    ],
)
def test_a_place_a_trade_and_an_authority_are_no_company(sentence: str, others: bool) -> None:
    assert speaks_of_others(sentence) is others


def test_a_place_that_the_text_itself_calls_one_is_a_place() -> None:
    known = places_in("在果洛子市，市场兴旺。")
    assert speaks_of_others("果洛子市场起源于上世纪。", known=known)
    assert not speaks_of_others("果洛子市场起源于上世纪。")


def test_the_company_is_no_other_to_itself() -> None:
    assert speaks_of_others("江阳市第一人民医院新设病床40张。", ("大江保险公司",))
    assert not speaks_of_others("江阳市第一人民医院新设病床40张。", ("江阳市第一人民医院集团",))


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("□适用 √不适用", True),
        ("全文如下：", True),
        ("联系电话：023-88880000", True),
        ("（大江银行供稿）", True),
        ("数据来源：公司年报", True),
        ("——", True),
        ("一", True),
        ("7", False),
        ("服务升级", True),
        ("图为大江银行员工在石桥村慰问。", False),
        ("新增网点4家，详情如下：", False),
        ("仅供参考的增速为12%。", False),
    ],
)
def test_only_what_states_nothing_is_left_out(text: str, nothing: bool) -> None:
    passage = Passage("a0", "a", 0, text, 0, len(text), Metadata(), section="成绩 › 服务升级")
    assert states_nothing(text, passage) is nothing


def test_every_statement_is_a_stretch_of_its_passage() -> None:
    for statement in read(ARTICLE, 40):
        first = statement.start - statement.passage.start
        assert statement.passage.text[first : first + len(statement.text)] == statement.text
