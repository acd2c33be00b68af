"""The same fact once; what sources state differently, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.briefing.figures.differing import differing, kind_of
from assistant.briefing.figures.measures import measure
from assistant.briefing.figures.merging import merged
from assistant.briefing.figures.things import same_indicator
from assistant.briefing.material import Fact, Statement
from assistant.records import Metadata, Passage
from assistant.records.briefings import ConflictKind


def fact(
    text: str,
    indicator: str,
    value: str,
    unit: str,
    as_of: str = "",
    *,
    document: str = "a",
    published: str = "",
    period: str = "",
    company: str = "远山医药",
    row: bool = False,
) -> Fact:
    about = Metadata("", published, "", "", "", period)
    passage = Passage(document + text, document, 0, text, 0, len(text), about)
    statement = Statement(passage, text, 0, len(text), company, row)
    start = text.index(value)
    return Fact(statement, indicator, value, unit, as_of, start, start + len(value + unit))


@pytest.mark.parametrize(
    ("value", "unit", "amount", "base"),
    [
        ("1.06", "万个", "10600", "个"),
        ("1,680", "万元", "16800000", "元"),
        ("50", "余万元", "500000", "元"),
        ("37.9", "%", "37.9", "%"),
        ("3.5", "个百分点", "3.5", "百分点"),
        ("18", "名", "18", "人"),
        ("12", "公里", "12", "公里"),
    ],
)
def test_a_value_is_read_in_its_base_unit(value: str, unit: str, amount: str, base: str) -> None:
    read = measure(value, unit)
    assert read is not None
    assert (read.value, read.unit) == (Decimal(amount), base)


def test_what_is_no_number_has_no_measure() -> None:
    assert measure("若干", "个") is None


def test_one_amount_in_other_words_and_digits_is_one_fact_under_its_better_name() -> None:
    first = fact("2021年建成连锁门店1.06万个", "，建成连锁门店", "1.06", "万个", "2021")
    second = fact("到年末有连锁门店10600个", "连锁门店", "10600", "个", "", document="b")
    (group,) = merged([first, second])
    assert [place.statement.passage.document for place in group] == ["b", "a"]
    assert group[0].as_of == "2021"


def test_prose_and_a_row_of_a_table_are_one_fact() -> None:
    prose = fact("营业收入达37.5亿元", "营业收入", "37.5", "亿元", "2021")
    row = fact("营业收入\t375,000\t1", "营业收入", "375,000", "万元", "2021", document="b", row=True)
    assert len(merged([prose, row])) == 1


def test_a_copied_sentence_is_one_fact_whatever_it_is_called() -> None:
    text = "义诊队走访村社96个，赠药三车。"
    again = fact(text, "走访", "96", "个", document="b")
    assert len(merged([fact(text, "义诊队走访村社", "96", "个"), again])) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("医生10名", "医生", "10", "名", ""), ("药店10个", "药店", "10", "个", "")),
        (("门店90家", "门店", "90", "家", ""), ("药厂90家", "药厂", "90", "家", "")),
        (("门店90家", "门店", "90", "家", "2019"), ("门店90家", "门店", "90", "家", "2020")),
        (("CT设备28台", "CT设备", "28", "台", ""), ("MR设备28台", "MR设备", "28", "台", "")),
        (("毛利率9%", "毛利率", "9", "%", ""), ("净利率9%", "净利率", "9", "%", "")),
    ],
)
def test_different_things_of_one_value_stay_apart(
    first: tuple[str, str, str, str, str], second: tuple[str, str, str, str, str]
) -> None:
    assert len(merged([fact(*first), fact(*second, document="b")])) == 2


def test_one_value_in_two_periods_of_reports_is_two_facts() -> None:
    a = fact("会员总数达3.2亿户", "会员总数", "3.2", "亿户", "2022H1", period="2022H1")
    b = fact("会员总数达3.2亿户", "会员总数", "3.2", "亿户", "2022", document="b", period="2022FY")
    assert len(merged([a, b])) == 2


def test_rows_of_one_value_are_one_fact_only_under_one_name() -> None:
    rows = [
        fact(f"{name}\t0\t0", name, "0", "元", "2021", document=name, row=True)
        for name in ("收到的政府补助", "支付的政府补助", "政府补助", "政府补助（母公司）")
    ]
    assert len(merged(rows)) == 4


def test_what_is_printed_years_later_is_not_the_fact_of_then() -> None:
    a = fact("2013年出访目的地药店11个", "出访目的地药店", "11", "个", "2013", published="2014-01-05")
    b = fact(
        "覆盖出访目的地药店11个",
        "出访目的地药店",
        "11",
        "个",
        "2024-07",
        document="b",
        published="2024-07-01",
    )
    assert len(merged([a, b])) == 2


def test_one_sentence_does_not_say_the_same_twice() -> None:
    text = "支援西院医护人员6名、东院医护人员6名"
    a = fact(text, "支援西院医护人员", "6", "名")
    b = Fact(a.statement, "东院医护人员", "6", "名", "", text.rindex("6"), text.rindex("6") + 2)
    assert len(merged([a, b])) == 2


def test_facts_of_two_companies_stay_apart() -> None:
    one = fact("门店90家", "门店", "90", "家")
    assert len(merged([one, fact("门店90家", "门店", "90", "家", company="远山医药云南")])) == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [("驻村扶贫干部", "扶贫驻村扶贫干部"), ("连锁门店", "连锁门店总数"), ("4G基站", "4G基站数量")],
)
def test_names_of_one_thing_are_the_same_indicator(a: str, b: str) -> None:
    assert same_indicator(a, b)
    assert same_indicator(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("4G基站", "2G基站"),
        ("4G基站", "基站"),
        ("平安乡连锁门店", "连锁门店"),
        ("会员用户", "净增会员用户"),
        ("营业收入", "营业成本"),
        ("营业收入", "营业收入同比增长"),
        ("", ""),
    ],
)
def test_names_of_different_things_are_not(a: str, b: str) -> None:
    assert not same_indicator(a, b)


def test_two_years_of_one_thing_are_a_change_the_earlier_first() -> None:
    later = fact("现有驻村扶贫干部20名", "扶贫驻村扶贫干部", "20", "名", "2020", document="b")
    earlier = fact("2019年选派驻村扶贫干部18名", "驻村扶贫干部", "18", "名", "2019")
    (groups,) = differing(merged([later, earlier]))
    assert [group[0].value for group in groups] == ["18", "20"]
    assert kind_of(groups) is ConflictKind.CHANGE


def test_two_values_of_one_time_are_a_disagreement() -> None:
    a = fact("平台服务县级医院312家", "服务县级医院", "312", "家", "2021-05")
    b = fact("平台服务县级医院297家", "服务县级医院", "297", "家", "2021-05", document="b")
    (groups,) = differing(merged([a, b]))
    assert kind_of(groups) is ConflictKind.DISAGREEMENT


@pytest.mark.parametrize(
    ("first", "second", "unit"),
    [("1.1", "1.13", "万户"), ("1000余", "1036", "户")],
)
def test_values_that_differ_in_rounding_only_do_not_disagree(first: str, second: str, unit: str) -> None:
    rough = first.removesuffix("余")
    a = fact(f"签约慢病会员{first}{unit}", "签约慢病会员", rough, first[len(rough) :] + unit, "2021")
    b = fact(f"签约慢病会员{second}{unit}", "签约慢病会员", second, unit, "2021", document="b")
    assert differing(merged([a, b])) == []


def test_several_values_in_one_document_are_a_list_and_no_disagreement() -> None:
    a = fact("海宁基地种植面积300亩", "基地种植面积", "300", "亩", "2021")
    b = fact("桐乡基地种植面积700亩", "基地种植面积", "700", "亩", "2021")
    c = fact("全部基地种植面积900亩", "基地种植面积", "900", "亩", "2021", document="b")
    assert differing(merged([a, b, c])) == []


def test_a_short_name_is_completed_by_its_sentence() -> None:
    a = fact("云诊平台覆盖村卫生室255个", "云诊平台覆盖村卫生室", "255", "个", "2021-04")
    b = fact("打造云诊平台，该平台已覆盖257个村卫生室", "覆盖村卫生室", "257", "个", "2021-04", document="b")
    c = fact("扩建工程覆盖301个村卫生室", "覆盖村卫生室", "301", "个", "2021-04", document="c")
    (groups,) = differing(merged([a, b]))
    assert [group[0].value for group in groups] == ["255", "257"]
    assert differing(merged([a, c])) == []


def test_one_vague_name_in_two_places_is_no_disagreement() -> None:
    a = fact("海宁新厂建设投资1680万元", "建设投资", "1680", "万元", "2021")
    b = fact("义诊车队的建设投资为960万元", "建设投资", "960", "万元", "2021", document="b")
    assert differing(merged([a, b])) == []


def test_a_target_is_not_held_against_what_was_reached() -> None:
    a = fact("预计签约慢病管理会员90万户", "签约慢病管理会员", "90", "万户", "2021")
    b = fact("已签约慢病管理会员71万户", "签约慢病管理会员", "71", "万户", "2021", document="b")
    assert differing(merged([a, b])) == []


def test_the_years_of_a_report_are_a_series_and_no_change() -> None:
    rows = [
        fact(
            f"营业收入\t{n}00",
            "营业收入",
            f"{n}00",
            "万元",
            str(2018 + n),
            document=str(n),
            period="2022FY",
            row=True,
        )
        for n in (1, 2, 3)
    ]
    prose = [
        fact(
            f"营业收入达{n}00万元",
            "营业收入",
            f"{n}00",
            "万元",
            str(2018 + n),
            document=str(n),
            period="2022FY",
        )
        for n in (4, 5)
    ]
    assert differing(merged([*rows, *prose])) == []


def test_a_restated_figure_of_one_period_disagrees() -> None:
    a = fact("营业收入\t73146764", "营业收入", "73146764", "元", "2019Q1", period="2019Q1", row=True)
    b = fact(
        "营业收入\t73146794", "营业收入", "73146794", "元", "2019Q1", document="b", period="2019FY", row=True
    )
    (groups,) = differing(merged([a, b]))
    assert kind_of(groups) is ConflictKind.DISAGREEMENT
