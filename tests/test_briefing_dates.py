"""When figures hold and when things happened, read from sentences of several trades."""

from __future__ import annotations

import pytest

from assistant.briefing.dating.as_of import as_of, event_date
from assistant.briefing.dating.years import Written, written
from assistant.briefing.material import Statement
from assistant.records import Metadata, Passage


def stated(
    text: str,
    *,
    before: str = "",
    published: str = "",
    period: str = "",
    year: int = 0,
    row: bool = False,
    time: str = "",
) -> Statement:
    """A statement that stands in its passage behind some other text."""
    passage = Passage(
        "p", "d", 0, before + text, 40, 40 + len(before + text), Metadata("", published, "", "", "", period)
    )
    return Statement(
        passage, text, 40 + len(before), 40 + len(before + text), "远山医药", row, year, time=time
    )


def held(text: str, figure: str, **about: object) -> str:
    return as_of(stated(text, **about), text.index(figure))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "figure", "date"),
    [
        ("2021年，公司建成门店180家。", "180", "2021"),
        ("截至2019年底，员工共3200人。", "3200", "2019"),
        ("截至2020年5月底，会员约有1.1万户。", "1.1", "2020-05"),
        ("2020年3月18日，旗舰店开业，首日接待5000人。", "5000", "2020-03-18"),
        ("2022年上半年，营业收入37亿元。", "37", "2022H1"),
        ("2022年前三季度，营业收入59亿元。", "59", "2022Q1-Q3"),
        ("2019年首三季度，产量达69万吨。", "69", "2019Q1-Q3"),
        ("2022年第三季度，销量为12万台。", "12", "2022Q3"),
        ("二〇二一年，捐赠图书800册。", "800", "2021"),
        ("2021/7/9，发电量突破60万度。", "60", "2021-07-09"),
        ("2016—2018年累计投入9亿元。", "9亿", "2018"),
        ("截至2019年底，药品均价较2018年降幅已达37.9%。", "37.9", "2019"),
        ("2020年药价比2019年底低8%。", "8%", "2020"),
        ("截至2020年底，负债率由上年底的41.5%变化至42.7%。", "42.7", "2020"),
        ("2021年毛利率由2020年的17.3%升至18.2%。", "17.3", "2020"),
        ("2021年毛利率由2020年的17.3%升至18.2%。", "18.2", "2021"),
        ("2021年利润7亿元（2020年：6亿元），门店90家。", "6亿", "2020"),
        ("2021年利润7亿元（2020年：6亿元），门店90家。", "90", "2021"),
        ("累计发放补贴30万元（2021年）。", "30", "2021"),
        ("2021年和2020年分别售出40万盒和35万盒。", "40", "2021"),
        ("2021年和2020年分别售出40万盒和35万盒。", "35", "2020"),
        ("按《健康行动方案（2019-2022年）》要求，新建诊室26间。", "26", ""),
        ("完成“2019年度乡村诊所试点项目”诊所42个。", "42", ""),
        ("承接改造项目36个，于2021年4月完成交付。", "36", "2021-04"),
        ("2019年成立的华西分院现有床位500张。", "500", ""),
        ("客服电话2019200，接诊80人。", "80", ""),
        ("20世纪90年代，药厂仅有12人。", "12", ""),
    ],
)
def test_a_figure_holds_for_the_nearest_date_that_governs_it(text: str, figure: str, date: str) -> None:
    assert held(text, figure) == date


@pytest.mark.parametrize(
    ("text", "figure", "date"),
    [
        ("今年5月，诊所接诊298人。", "298", "2021-05"),
        ("去年，诊所接诊77人。", "77", "2020"),
        ("去年12月中旬，诊所接诊66人。", "66", "2020-12"),
        ("本月接诊12人。", "12", "2021-06"),
        ("上月接诊13人。", "13", "2021-05"),
        ("昨日接诊14人。", "14", "2021-06-17"),
        ("5月20日接诊15人。", "15", "2021-05-20"),
        ("11月接诊16人。", "16", "2020-11"),
        ("截至目前，累计接诊17万人。", "17", "2021-06"),
        ("药房备药190种。", "190", "2021-06"),
    ],
)
def test_words_counted_from_the_day_of_writing_are_resolved_by_it(text: str, figure: str, date: str) -> None:
    assert held(text, figure, published="2021-06-18", year=2021) == date


def test_a_relative_date_of_an_undated_article_stays_open_and_takes_no_other_date() -> None:
    text = "今年5月完成“2019年度试点项目”诊所42个。"
    assert held(text, "42") == ""
    assert held(text, "42", year=2020) == "2020-05"


def test_dates_are_read_in_traditional_characters() -> None:
    assert held("承接改造項目36個，於2021年4月完成交付。", "36") == "2021-04"
    assert held("2021年和2020年分別售出40萬盒和35萬盒。", "35") == "2020"


def test_this_year_in_a_text_printed_in_january_is_the_one_before_where_its_month_is_still_to_come() -> None:
    assert held("今年9月，诊所接诊30人。", "30", published="2022-01-13", year=2022) == "2021-09"


def test_a_founding_date_or_a_beginning_is_not_when_what_was_reached_since_holds() -> None:
    about = {"published": "2023-03-14", "year": 2023}
    assert held("药厂成立于1952年，获奖项352个。", "352", **about) == "2023-03"
    assert held("自2019年项目启动以来，义诊234场。", "234", **about) == "2023-03"
    assert held("同年，义诊90场。", "90", before="2021年7月起，医院下乡。", **about) == "2021"


def test_the_year_alone_does_not_make_a_month_known() -> None:
    assert held("本月接诊12人。", "12", year=2021) == ""


def test_a_figure_of_a_report_holds_for_its_period_where_nothing_else_is_said() -> None:
    assert held("营业收入37亿元。", "37", period="2022H1", published="2022-08-20") == "2022H1"
    assert held("营业收入37亿元。", "37", period="2022FY") == "2022"
    assert held("扣除本年开支后剩余7亿元。", "7亿", period="2022H1") == "2022H1"
    assert held("较去年同期的31亿元增加6亿元。", "31", period="2022FY") == "2021"
    assert held("较去年同期的31亿元增加6亿元。", "6亿", period="2022FY") == "2022"


def test_the_date_that_a_sentence_begins_with_holds_for_the_next_ones_of_its_paragraph() -> None:
    before = "2019年，医院选派18名医生下乡。"
    assert held("其中主任医师5名。", "5", before=before) == "2019"
    assert held("其中主任医师5名。", "5", before=before + "他们走村入户。") == "2019"
    assert held("其中主任医师5名。", "5", before=before + "\n") == ""
    assert held("近年来培训村医90名。", "90", before=before) == ""


def test_a_part_behind_a_semicolon_holds_for_the_date_at_the_head_of_its_sentence() -> None:
    assert held("培训村医90名。", "90", before="2021年义诊30场；") == "2021"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021年3月8日，新厂在海宁投产。", "2021-03-08"),
        ("2021年上半年，新厂在海宁投产。", "2021"),
        ("较2020年增长三成。", ""),
        ("近日，新厂在海宁投产。", "2022-06"),
        ("三年前的今天，新厂在海宁投产。", ""),
        ("根据《中医药规划（2016-2030年）》建设新厂。", ""),
        ("目前新厂已投产。", ""),
        ("新厂在海宁投产。", ""),
    ],
)
def test_an_event_happened_at_the_date_that_its_statement_gives(text: str, date: str) -> None:
    assert event_date(stated(text, published="2022-06-20", year=2022)) == date


def test_lately_is_no_month_in_the_first_days_of_one() -> None:
    assert event_date(stated("近日，新厂投产。", published="2022-06-03", year=2022)) == "2022"


@pytest.mark.parametrize(
    ("published", "period", "text", "year"),
    [
        ("2021-06-18", "", "", 2021),
        ("", "2022H1", "", 2022),
        ("2020年第15期", "", "", 2020),
        ("", "", "截至2020年5月底，门店90家。今年以来新开9家。", 2020),
        ("", "", "2020年，门店增至90家。去年4月，新厂投产。", 2021),
        ("", "", "2019年门店80家，2020年90家。去年4月，新厂投产。", 0),
        ("", "", "2019年门店80家。今年新开9家，比去年多3家。", 0),
        ("", "", "到2025年，门店达200家。今年新开9家。", 0),
        ("", "", "门店90家。", 0),
    ],
)
def test_the_year_of_writing_is_taken_from_the_text_only_where_it_is_plain(
    published: str, period: str, text: str, year: int
) -> None:
    assert written(Metadata("", published, "", "", "", period), text).year == year


def test_what_has_no_date_holds_for_the_time_of_its_source() -> None:
    assert written(Metadata("", "2021-06-18"), "").time == "2021-06"
    assert written(Metadata("", "", period="2022FY"), "").time == "2022"
    assert written(Metadata(), "2020年，门店增至90家。去年4月，新厂投产。").time == "2020"
    assert written(Metadata(), "门店90家。").time == ""


@pytest.mark.parametrize(
    ("text", "figure", "date"),
    [
        ("民國112年，營收22億元。", "22", "2023"),
        ("112年12月底，會員39.8萬戶。", "39.8", "2023-12"),
        ("規劃113年底前設點73處。", "73", "2024"),
        ("第一季營收50億元。", "50", "2024Q1"),
        ("前三季電商營收82億元。", "82", "2023Q1-Q3"),
        ("今年5月，客流86万人次。", "86", "2024-05"),
        ("截至6月底，门店86家。", "86", "2024-06"),
        ("1至5月，起降15.7万架次。", "15.7", "2024-05"),
        ("7月1日至8月31日将接待40万人次。", "40", "2024-07-01"),
        ("一季度亏损1.27亿元，上年同期为亏损5.94亿元。", "5.94", "2023Q1"),
        ("2023年客流恢复至2019年的93%。", "93", "2023"),
        ("Revenue reached 37 million in the first half of 2021.", "37", ""),
        ("In the first half of 2021, revenue reached 37 million.", "37", "2021H1"),
        ("In March 2022, it employed 3,200 people.", "3,200", "2022-03"),
    ],
)
def test_dates_of_taiwan_of_english_and_without_a_year(text: str, figure: str, date: str) -> None:
    found = held(text, figure, published="2024-06-20")
    assert found == (date or "2024-06")


@pytest.mark.parametrize("text", ["建校112年来，培养学生3万人。", "走过112年，门店90家。"])
def test_a_length_of_time_is_no_year_of_taiwan(text: str) -> None:
    assert held(text, "3万" if "3万" in text else "90", published="2024-06-20") == "2024-06"


@pytest.mark.parametrize(
    ("head", "time"),
    [
        ("旗舰店开业\n2024年5月9日 · 医药观察\n5月8日开业。", "2024-05"),
        ("旗艦店開業\n2023年12月1日｜財經中心／綜合報導\n今日開業。", "2023-12"),
        ("新聞稿\n發稿日期：中華民國113年1月30日\n公司公布成果。", "2024-01"),
        ("江浦日报　2024年6月18日　星期二　第3版责编：方圆暑运临近。记者获悉，今年5月开业。", "2024-06"),
        ("公司简介\n公司于2018年5月9日成立，门店90家。", ""),
    ],
)
def test_a_dateline_says_when_a_text_was_written(head: str, time: str) -> None:
    assert written(Metadata(), head).time == time


def test_a_title_says_which_year_a_text_looks_back_on() -> None:
    assert written(Metadata("远山医药2021年工作回眸", "2022-01-18"), "").time == "2021"
    assert written(Metadata("2023年年度报告摘要"), "").time == "2023"
    assert written(Metadata("远山医药召开2023年工作会议", "2023-02-09"), "").time == "2023-02"


def test_the_year_before_that_is_only_compared_with_makes_no_year_known() -> None:
    text = "大江药业召开2022年年中工作会。上半年收入48亿元，比去年同期增长9%。"
    assert written(Metadata(), text) == Written()


def test_a_part_of_a_text_has_the_day_that_it_is_dated_with() -> None:
    metadata = Metadata(published="2023-04-06")
    assert written(metadata, "", "2023-05-26") == Written(2023, "2023-05-26")
    assert (
        held("截至5月25日，召回5.1万盒。", "5.1万", published="2023-04-06", time="2023-05-26") == "2023-05-25"
    )


def test_the_same_time_of_the_year_before_dates_the_clause_that_it_begins() -> None:
    text = "一季度营收5.4亿元，净亏损6700万元，去年同期净亏损1.5亿元。"
    assert held(text, "1.5", published="2023-05-06") == "2022Q1"
    assert held(text, "6700", published="2023-05-06") == "2023Q1"


def test_what_there_is_by_now_is_of_no_quarter_spoken_of_before() -> None:
    before = "一季度营收5.4亿元。"
    assert held("公司已在68个城市开店。", "68", before=before, published="2023-05-06") == "2023-05"
    assert held("公司在68个城市开店。", "68", before=before, published="2023-05-06") == "2023Q1"
