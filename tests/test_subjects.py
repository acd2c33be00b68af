"""What a passage is about is told from what it mentions, and 公司 from whom it stands for, in any trade."""

from __future__ import annotations

import pytest
from plain_text import parse, split

from assistant import companies
from assistant.companies import Catalogue, resolution, subjects
from assistant.records import Article, Block, BlockKind, Metadata, ParsedDocument


def about(
    text: str, *, article: tuple[str, ...] = (), section: str = "", rows: bool = False
) -> tuple[str, ...]:
    found = resolution.read(text, companies.base())
    return subjects.of_passage(found, 0, len(text), section=section, article=article, rows=rows)


def last_about(text: str, *, article: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What the last line of a text is about."""
    found = resolution.read(text, companies.base())
    return subjects.of_passage(found, text.rindex("\n") + 1, len(text), article=article)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("贵州移动投资三亿元。", ("贵州移动",)),
        ("近日，贵州移动投资三亿元。", ("贵州移动",)),
        ("2020年7月，贵州移动的基站开通。", ("贵州移动",)),
        ("这座基站由贵州移动承建。", ()),
        ("该基站属于试点，由贵州移动承建。", ("贵州移动",)),
        ("贵州移动与贵州联通共建基站。", ("贵州移动", "贵州联通")),
        ("贵州移动携手长江光缆有限公司建网。", ("贵州移动",)),
        ("大家用上了长江光缆有限公司的光缆。", ()),
        ("作为链长，长江光缆有限公司带动了上下游。", ("长江光缆有限公司",)),
        ("大家说起长江光缆有限公司，都夸长江光缆有限公司好。", ("长江光缆有限公司",)),
        ("来宾有贵州移动、贵州联通、贵州电信、贵州铁塔、长江光缆有限公司等。", ()),
        ("村民用上了宽带。", ()),
    ],
)
def test_a_company_is_the_subject_where_a_clause_begins_with_it(text: str, names: tuple[str, ...]) -> None:
    assert about(text) == names


def test_a_passage_that_only_mentions_is_about_its_article() -> None:
    assert about("大家用上了长江光缆有限公司的光缆。", article=("贵州移动",)) == ("贵州移动",)


def test_what_the_article_is_about_counts_where_it_is_mentioned() -> None:
    text = "四川电信投资三亿元，并感谢了贵州移动。"
    assert about(text, article=("贵州移动",)) == ("四川电信", "贵州移动")


def test_the_heading_says_what_a_passage_is_about() -> None:
    assert about("投资三亿元，建成基站。", section="成绩 › 贵州电信：夯实基础", article=("贵州移动",)) == (
        "贵州电信",
    )


def test_shareholders_in_a_table_are_only_mentioned() -> None:
    text = "股东\t股数\n长江光缆有限公司\t300\n黄河通讯有限公司\t200\n大江投资有限公司\t100"
    assert about(text, article=("贵州移动",)) == ("贵州移动",)
    assert about(text, article=("贵州移动",), rows=True) == ("贵州移动",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("长江光缆有限公司投产。\n该公司年产光缆百万公里。", ("长江光缆有限公司",)),
        ("长江光缆有限公司投产，参观者来自黄河通讯有限公司。\n该公司也将建厂。", ("黄河通讯有限公司",)),
        ("贵州移动开通基站，设备来自长江光缆有限公司。\n公司还培训了村民。", ("贵州移动",)),
        ("贵州移动开通基站。\n集团公司予以表彰。", ("中国移动",)),
        ("贵州移动开通基站。\n上市公司都应披露。", ("四川电信",)),
        ("贵州移动开通基站。\n依据《公司法》和公司章程办理。", ("四川电信",)),
    ],
)
def test_a_pronoun_stands_for_the_company_spoken_of(text: str, names: tuple[str, ...]) -> None:
    assert last_about(text, article=("四川电信",)) == names


def test_in_a_report_the_company_is_the_issuer() -> None:
    text = "长江光缆股份有限公司（以下简称“公司”）年报\n黄河通讯有限公司供货。\n公司营业收入增长。"
    assert last_about(text) == ("长江光缆股份有限公司",)
    text = "公司代码：600001 公司简称：中国电信\n黄河通讯有限公司供货。\n本公司营业收入增长。"
    assert last_about(text) == ("中国电信",)


def test_no_pronoun_reaches_back_before_its_article() -> None:
    text = "长江光缆有限公司投产。\n公司年产光缆百万公里。"
    found = resolution.read(text, companies.base())
    start = text.index("\n") + 1
    assert subjects.of_passage(found, start, len(text), article=("贵州移动",), first=start) == ("贵州移动",)


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("长江光缆股份有限公司（以下简称“长江光缆”）投产。", "长江光缆扩产。", "长江光缆股份有限公司"),
        ("长江光缆股份有限公司（下称“江缆”或“JL”）投产。", "JL扩产。", "长江光缆股份有限公司"),
        ("长江光缆股份有限公司（Yangtze，简称江缆）投产。", "江缆扩产。", "长江光缆股份有限公司"),
        ("长江光缆股份有限公司（“江缆”）投产。", "江缆扩产。", "长江光缆股份有限公司"),
        ("长江光缆股份有限公司投产。", "长江光缆扩产。", "长江光缆股份有限公司"),
        ("深圳市腾飞者计算机系统有限公司投产。", "腾飞者扩产。", ""),
        ("贵阳海尔泰电器有限公司投产。", "海尔扩产。", ""),
        ("中国联合网络通信有限公司（简称“联通运营公司”）成立。", "联通运营公司扩网。", "中国联通"),
        ("中国移动贵州有限公司指挥抢修。", "遵义分公司赶到现场。", "遵义移动"),
        ("武汉农商银行开业。", "襄阳分行随后开业。", "武汉农商银行襄阳分行"),
        ("没有名字。", "遵义分公司赶到现场。", ""),
    ],
)
def test_a_short_form_means_what_the_document_named_in_full(first: str, last: str, name: str) -> None:
    expected = (name,) if name else ()
    if not name:
        assert last_about(f"{first}\n{last}") in ((), last_about(f"{first}\n{last}")[:1])
        return
    assert last_about(f"{first}\n{last}") == expected


def test_to_define_a_short_form_is_not_to_speak_of_the_company_again() -> None:
    assert about("数据来源于长江光缆有限公司（简称“江缆”）的名册。", article=("贵州移动",)) == ("贵州移动",)


BANK = """江城农商银行三季度净利润增长

江城农商银行股份有限公司（以下简称“江城农商行”或“本行”）三季度净利润三亿元。

本行不良率下降，拨备充足。监管机构中国人民银行给予肯定。

江城农商行还为星海光电有限公司发放贷款五千万元。
"""
HOSPITAL = """仁康医疗集团新院区启用

仁康医疗集团新院区昨日启用，设床位八百张，手术室二十间，投资六亿元。

设备由德林医疗器械有限公司供应。集团还将引进专家三十名，开设专科门诊。

患者王女士说，挂号比从前方便多了。
"""
CARS = """新车发布会侧记

会上，飞驰汽车股份有限公司发布了三款新车，最低售价九万元，电池由星海电池有限公司供应。

飞驰汽车表示，公司年内将交付二十万辆，Yangtze Motors Ltd also 参加了发布会。

星海电池有限公司同日宣布扩产。该公司在建产能四十吉瓦时。
"""


@pytest.mark.parametrize(
    ("text", "main", "others"),
    [
        (BANK, "江城农商银行", {}),
        (HOSPITAL, "仁康医疗集团", {}),
        (CARS, "飞驰汽车股份有限公司", {"宣布扩产": "星海电池有限公司", "在建产能": "星海电池有限公司"}),
    ],
)
def test_other_trades_are_read_by_the_same_rules(text: str, main: str, others: dict[str, str]) -> None:
    parsed = parse(text)
    assert parsed.articles[0].companies[0] == main
    for passage in split("a.txt", parsed, 40):
        company = next((name for words, name in others.items() if words in passage.text), main)
        assert passage.front or passage.companies[:1] == (company,), passage.text


def article_about(title: str, *paragraphs: str) -> tuple[str, ...]:
    text = "\n".join(paragraphs)
    spans, start = [], 0
    for paragraph in paragraphs:
        spans.append((start, start + len(paragraph)))
        start += len(paragraph) + 1
    return subjects.of_article(resolution.read(text, companies.base()), title, spans)


def test_the_company_of_the_title_leads_though_another_is_named_more_often() -> None:
    found = article_about("贵州移动进山记", "遵义移动建站。", "遵义移动修路。", "遵义移动架线。")
    assert found == ("贵州移动", "遵义移动")


def test_a_company_that_the_lead_only_mentions_is_not_the_articles() -> None:
    assert article_about("山里通了网", "村民感谢贵州移动。", "路也通了。", "电也通了。") == ()


def test_where_no_company_is_prominent_the_one_that_leads_most_clauses_is_main() -> None:
    other = "天气晴好，村民上山。"
    lines = ["村民上山。", *(f"贵州移动建站{n}座。" for n in range(3)), *[other] * 12]
    assert article_about("山里的一年", *lines) == ("贵州移动",)


def test_a_label_that_an_article_has_stays_its_main_company() -> None:
    text = "贵州电信建站。"
    parsed = parse(text)
    labelled = Article(Metadata(), (Block(BlockKind.TEXT, 0, len(text)),), ("贵州移动",))
    document = ParsedDocument(parsed.clean, parsed.metadata, (labelled,))
    assert subjects.assigned(document, [], companies.base())[0].articles[0].companies == (
        "贵州移动",
        "贵州电信",
    )


def test_the_users_own_list_is_used() -> None:
    catalogue = Catalogue("星海: 星海光电有限公司\n")
    found = resolution.read("星海光电有限公司投产。", catalogue)
    assert subjects.of_passage(found, 0, 10) == ("星海",)


def test_a_long_text_is_read_in_little_time() -> None:
    text = "贵州移动建站，公司与长江光缆有限公司（简称“江缆”）合作。遵义分公司施工，江缆供货。\n" * 3000
    found = resolution.read(text, companies.base())
    assert len(found.spans) == 4 * 3000


def test_the_last_row_of_a_table_is_not_whom_the_text_below_it_speaks_of() -> None:
    text = "大江股份有限公司发布年报。\n东湖投资有限公司\t5%\n公司贷款余额增长。"
    spans = [(at, at + len(line)) for line in text.split("\n") for at in [text.index(line)]]
    kinds = (BlockKind.TEXT, BlockKind.ROW, BlockKind.TEXT)
    blocks = tuple(Block(kind, *span) for kind, span in zip(kinds, spans, strict=True))
    rows = [(block.start, block.end) for block in blocks if block.kind is BlockKind.ROW]
    found = resolution.read(text, companies.base(), rows)
    assert subjects.of_passage(found, *spans[2], article=("大江股份有限公司",)) == ("大江股份有限公司",)


@pytest.mark.parametrize("name", ["华江银行股份有限公司", "工商银行股份有限公司"])
def test_a_bank_that_is_defined_behind_its_legal_form_is_whom_the_text_speaks_for(name: str) -> None:
    found = resolution.read(f"{name}（以下简称“本行”）经营稳健。", companies.base())
    assert found.issuer == name.removesuffix("股份有限公司")
