"""Lines around an article tell who wrote it, when and where; ordinary lines tell nothing."""

from __future__ import annotations

import pytest

from assistant.articles.metadata import is_person, is_signed, merge, read_byline, read_lead
from assistant.records import Metadata


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("林晓", Metadata(author="林晓")),
        ("本报记者 林晓 文/摄", Metadata(author="林晓")),
        ("A03 经济 2023年5月18日 星期四 江海日报", Metadata(published="2023-05-18", publisher="江海日报")),
        ("林 晓", Metadata(author="林晓")),
        ("林晓 周杰", Metadata(author="林晓 周杰")),
        ("本报记者 林晓 周杰", Metadata(author="林晓 周杰")),
        ("本报记者 温源", Metadata(author="温源")),
        ("□ 本报记者 林晓", Metadata(author="林晓")),
        ("（通讯员 林晓）", Metadata(author="林晓")),
        ("文/林晓 图/周杰", Metadata(author="林晓")),
        ("黨組書記、董事長 歐陽曉", Metadata(author="歐陽曉")),
        ("通信产业报  林晓", Metadata(publisher="通信产业报", author="林晓")),
        ("贵州日报 2021-06-18", Metadata(publisher="贵州日报", published="2021-06-18")),
        ("2021/6/18 14:56", Metadata(published="2021-06-18")),
        ("发布时间：2021年6月", Metadata(published="2021-06")),
        ("欧 阳 晓", Metadata(author="欧阳晓")),
        ("（2021年6月18日）", Metadata(published="2021-06-18")),
        ("2021年第5期", Metadata(published="2021年第5期")),
        ("发布时间：2022-03-05 发布人：综合部", Metadata(published="2022-03-05", publisher="综合部")),
        ("发布时间：2022年3月5日　发布单位：综合部", Metadata(published="2022-03-05", publisher="综合部")),
        ("来源：贵州日报", Metadata(publisher="贵州日报")),
        (
            "来源:贵州日报 作者:林晓 时间:2021-06-18 09:30",
            Metadata(published="2021-06-18", publisher="贵州日报", author="林晓"),
        ),
        ("2021年06月18日 来源：贵州日报", Metadata(published="2021-06-18", publisher="贵州日报")),
    ],
)
def test_a_byline_is_read(line: str, read: Metadata) -> None:
    assert read_byline(line) == read


@pytest.mark.parametrize(
    "line",
    [
        "服务水平再提升",
        "贵州移动",
        "发展",
        "安全",
        "高兴",
        "2021年，公司投资三亿元",
        "本报讯 贵州移动开通基站",
        "责任编辑：林晓",
        "林晓说，这里的信号真好。",
        "记者" + "在现场看到" * 20,
        "",
    ],
)
def test_an_ordinary_line_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


def test_a_dateline_names_the_reporters() -> None:
    assert read_lead("本报讯（记者 秦岚 通讯员 杜仲）5月17日，").author == "秦岚 杜仲"
    assert read_lead("新华社贵阳5月1日电（记者林晓、周杰）近日，").author == "林晓 周杰"


def test_a_reprint_names_the_journal_and_its_issue() -> None:
    lead = "近日,公司總經理在《通信縱橫》雜誌(2021年第5期,總第88期)上發表署名文章。"
    assert read_lead(lead) == Metadata(published="2021年第5期", publisher="通信縱橫")


def test_an_ordinary_paragraph_says_nothing_of_its_article() -> None:
    assert read_lead("2021年6月18日，贵州移动（以下简称公司）发布《白皮书》。") == Metadata()


@pytest.mark.parametrize("name", ["林晓", "欧阳晓", "歐陽曉", "白雪", "陈 明"])
def test_a_surname_and_a_given_name_are_a_person(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("word", ["和平", "时代", "于是", "林", "林晓明亮", "Lin", "", "移动", "安全"])
def test_a_word_is_no_person(word: str) -> None:
    assert not is_person(word)


def test_merging_keeps_what_the_first_says() -> None:
    first, second = Metadata(title="甲", author="林晓"), Metadata(title="乙", published="2021-06-18")
    assert merge(first, second) == Metadata(title="甲", author="林晓", published="2021-06-18")


def test_a_question_put_by_a_reporter_is_no_author() -> None:
    assert read_byline("记者：贵州铁塔今年投资多少？") is None


def test_the_time_of_an_event_is_no_date_of_publication() -> None:
    assert read_byline("活动时间：2020年5月1日") is None


def test_an_office_may_be_an_author() -> None:
    assert read_byline("作者：省公司综合部") == Metadata(author="省公司综合部")


@pytest.mark.parametrize(
    ("byline", "lines", "texts"),
    [
        (Metadata(author="林晓"), "林晓", ("贵州移动开通基站。",)),
        (Metadata(published="2021-06-18"), "发布时间：2021-06-18", ("贵州移动开通基站。",)),
        (Metadata(), "", ("本报讯（记者 秦岚）5月17日，贵州移动开通基站。",)),
        (Metadata(), "", ("新华社贵阳5月1日电 近日，贵州移动开通基站。",)),
    ],
)
def test_the_press_signs_its_articles(byline: Metadata, lines: str, texts: tuple[str, ...]) -> None:
    assert is_signed(byline, lines, texts)


@pytest.mark.parametrize(
    ("byline", "lines", "texts"),
    [
        (Metadata(published="2021-06-18"), "2021年6月18日", ("贵州移动开通基站。",)),
        (Metadata(author="林晓"), "林晓", ("尊敬的客户：", "感谢您的来信。")),
        (Metadata(author="林晓 秦岚"), "林晓 秦岚", ("摘要：本文研究基站选址。",)),
        (Metadata(), "", ()),
    ],
)
def test_a_letter_and_a_study_are_not_signed_as_news(
    byline: Metadata, lines: str, texts: tuple[str, ...]
) -> None:
    assert not is_signed(byline, lines, texts)


def test_reporters_of_a_dateline_are_told_apart_without_blanks() -> None:
    assert read_lead("本报讯（记者林晓通讯员周杰）昨日开通。").author == "林晓"


def test_a_line_that_says_more_than_the_day_of_a_newspaper_is_no_byline() -> None:
    assert read_byline("2023年5月18日 星期四 会议安排在下午召开并讨论") is None


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("行业周讯 2023年4月18日 记者 方正", Metadata(published="2023-04-18", author="方正")),
        ("记者李娜/上海报道 2024-3-4", Metadata(published="2024-03-04", author="李娜")),
        ("2023年12月1日｜財經中心／綜合報導", Metadata(published="2023-12-01")),
        ("2024年5月9日 · 物流观察", Metadata(published="2024-05-09", publisher="物流观察")),
        ("2024年5月3日　工商時報　記者黃明", Metadata("", "2024-05-03", "工商時報", "黃明")),
        ("發稿日期：中華民國113年1月30日", Metadata(published="2024-01-30")),
        ("公告日期：2023年4月6日", Metadata(published="2023-04-06")),
        ("发布时间：2022-07-15　来源：综合部　浏览次数：12", Metadata("", "2022-07-15", "综合部")),
        ("责编 吴晓 版式 周敏 校对 田野", Metadata()),
    ],
)
def test_a_line_of_outlet_desk_reporter_and_day_is_a_byline(line: str, read: Metadata) -> None:
    found = read_byline(line)
    assert found is not None
    assert (found.published, found.author) == (read.published, read.author)
    assert read.publisher in ("", found.publisher)


@pytest.mark.parametrize("line", ["2021年10月11日 活动通知", "截至 2023年3月1日 客户服务中心", "摄影 王小明"])
def test_a_dated_line_that_says_something_is_no_byline(line: str) -> None:
    assert read_byline(line) is None
