"""What a company's statements are about is found in the text; each subject shows what is worth reading."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from assistant.answering.evidence.units import units_of
from assistant.briefing.material import Statement, Topic
from assistant.briefing.themes.headline import headline
from assistant.briefing.themes.topics import topics
from assistant.records import Metadata, Passage


def stated(
    company: str, title: str, *paragraphs: str, published: str = "", section: str = ""
) -> list[Statement]:
    """The statements of an article, each paragraph a passage."""
    text = "\n".join(paragraphs)
    made = []
    for n, paragraph in enumerate(paragraphs):
        start = text.index(paragraph)
        about = Metadata(title=title, published=published, kind="news")
        passage = Passage(
            f"{title}{n}",
            f"{title}.txt",
            n,
            paragraph,
            start,
            start + len(paragraph),
            about,
            section,
            (company,),
        )
        made += [
            Statement(passage, unit.text, unit.start, unit.end, company, "\t" in unit.text)
            for unit in units_of(passage)
        ]
    return made


def titles(found: Sequence[Topic]) -> list[str]:
    return [topic.title for topic in found]


def bullets(found: Sequence[Topic]) -> list[str]:
    return [statement.text for topic in found for statement in topic.statements]


RELIEF = stated(
    "青海联通",
    "青海联通助力脱贫攻坚",
    "青海联通投入扶贫资金86万元，帮助3个贫困村脱贫。选派12名扶贫干部驻村，脱贫攻坚取得实效。",
    "青海联通在脱贫攻坚中开展消费扶贫，采购牦牛肉31万元。扶贫干部为贫困户办理扶贫套餐900户。",
)
NETWORK = stated(
    "青海联通",
    "高原5G基站全面铺开",
    "青海联通新建5G基站215个，5G基站总数达到1800个。5G基站覆盖全省8个州市的城区。",
    "在海拔四千米的牧区，青海联通用太阳能为5G基站供电，每年节电12万度。",
)
LOANS = stated(
    "长江银行",
    "长江银行做实普惠金融",
    "长江银行普惠金融贷款余额达到320亿元，比年初增长18%。普惠金融服务小微企业4.2万户。",
    "长江银行推出普惠金融线上产品“江易贷”，单户贷款最高300万元。",
    section="普惠金融提质扩面",
)
OUTLETS = stated(
    "长江银行",
    "网点转型见成效",
    "长江银行全年改造营业网点86个，营业网点平均等候时间缩短到7分钟。智能柜台在营业网点的占比达到92%。",
    "老年客户可以在营业网点使用大字版智能柜台，全年服务老年客户15万人次。",
)
HOSPITAL = stated(
    "仁和医院",
    "仁和医院器官移植技术再上台阶",
    "仁和医院全年完成肝移植手术126例，肝移植手术成功率达到97%。肝移植团队到云南开展手术6例。",
    "仁和医院开通远程会诊平台，连接县级医院43家。远程会诊平台全年完成远程会诊5600例。",
)


@pytest.mark.parametrize(
    ("statements", "names"),
    [
        ([*RELIEF, *NETWORK], {"脱贫攻坚", "5G基站"}),
        ([*LOANS, *OUTLETS], {"普惠金融", "营业网点"}),
        (HOSPITAL, {"肝移植", "远程会诊"}),
    ],
    ids=["operator", "bank", "hospital"],
)
def test_each_subject_is_a_topic_with_a_name_from_the_text(
    statements: list[Statement], names: set[str]
) -> None:
    found = topics(statements)
    assert len(found) == len(names)
    assert all(any(name in title for title in titles(found)) for name in names)
    assert all(any(topic.title in text for text in bullets([topic])) for topic in found)


def test_a_topic_holds_the_lines_of_its_subject_only() -> None:
    by_name = {topic.title: " ".join(bullets([topic])) for topic in topics([*RELIEF, *NETWORK])}
    [network] = [text for title, text in by_name.items() if "5G" in title]
    assert all(word in network for word in ("215个", "8个州市", "12万度"))
    assert "扶贫" not in network


def test_every_figure_of_a_small_company_stands_in_a_bullet() -> None:
    shown = " ".join(bullets(topics([*RELIEF, *NETWORK])))
    assert all(
        figure in shown
        for figure in ("86万元", "3个", "12名", "31万元", "900户", "215个", "1800个", "12万度")
    )


def test_the_same_statements_give_the_same_topics_whatever_was_hashed_before() -> None:
    once = topics([*LOANS, *OUTLETS, *HOSPITAL])
    assert topics([*LOANS, *OUTLETS, *HOSPITAL]) == once
    assert bullets(once) == bullets(topics([*LOANS, *OUTLETS, *HOSPITAL]))


def test_every_bullet_is_a_verbatim_stretch_of_its_passage() -> None:
    for topic in topics([*RELIEF, *NETWORK, *PARTS]):
        for s in topic.statements:
            assert s.text == s.passage.text[s.start - s.passage.start : s.end - s.passage.start]


PARTS = stated(
    "江南铁塔",
    "江南铁塔站点建设",
    "江南铁塔建成通信铁塔430座；其中山区铁塔120座。江南铁塔发布站点管理系统。该系统接入站点9000个。",
)


def test_a_part_that_needs_what_stands_before_it_comes_with_it() -> None:
    shown = bullets(topics(PARTS))
    assert "江南铁塔建成通信铁塔430座；其中山区铁塔120座。" in shown
    assert "江南铁塔发布站点管理系统。该系统接入站点9000个。" in shown


@pytest.mark.parametrize(
    "empty",
    [
        "一组数据可见一斑——",
        "具体情况如下：",
        "“信号好了，我们卖货也方便了。”",
        "村民王大山高兴地说。",
        "坚定信念、牢记使命，奋进新征程，书写新篇章。",
        "指标\t2019年\t2020年",
    ],
)
def test_what_says_nothing_by_itself_is_no_bullet(empty: str) -> None:
    statements = [*NETWORK, *stated("青海联通", "附", empty)]
    assert empty not in bullets(topics(statements))


def test_what_two_documents_say_alike_is_shown_once() -> None:
    again = stated("青海联通", "转载", "截至年底，青海联通新建5G基站215个，5G基站总数达到1800个。")
    assert sum("1800个" in text for text in bullets(topics([*NETWORK, *again]))) == 1


def test_of_many_lines_a_topic_shows_its_best_from_several_documents() -> None:
    random = Random(5)
    statements = [
        statement
        for n in range(60)
        for statement in stated(
            "长江银行",
            f"第{n}期简报",
            f"长江银行{random.choice('东南西北')}部{random.choice('城乡')}支行发放绿色信贷{n * 7 + 11}亿元，"
            f"支持项目{n + 3}个。支行积极履行责任，绿色信贷稳步推进。",
            f"长江银行第{n + 2}家数字支行上线手机银行新版本，手机银行用户增加{n * 3 + 5}万户。大家加油干。",
            f"长江银行举办第{n + 1}场金融知识讲座，金融知识讲座吸引听众{n * 9 + 40}人。",
        )
    ]
    found = topics(statements)
    assert {"绿色信贷", "手机银行"} <= {
        name for title in titles(found) for name in ("绿色信贷", "手机银行") if name in title
    }
    assert all(len(topic.statements) <= 12 for topic in found)
    assert all("大家加油干" not in text for text in bullets(found))
    assert all(len({s.passage.document for s in topic.statements}) > 3 for topic in found[:2])


def test_no_statements_have_no_topics_and_no_headline() -> None:
    assert topics([]) == []
    assert headline([], "青海联通") == []


def test_a_single_statement_is_topic_and_headline() -> None:
    [one] = stated("岭南电信", "年度表彰", "岭南电信客服中心获得通信行业用户满意企业荣誉称号。")
    [topic] = topics([one])
    assert topic.statements == (one,)
    assert 2 <= len(topic.title) <= 10
    assert topic.title in one.text
    assert headline([one], "岭南电信", [topic]) == [one]


def test_the_headline_names_the_company_and_tells_of_different_topics() -> None:
    statements = [
        *stated(
            "青海联通",
            "引言",
            "同时，有关工作受到各界关注，产生了12项成果。青海联通坚持以先进思想为指引，坚定信念奋进新征程。",
        ),
        *RELIEF,
        *NETWORK,
    ]
    found = headline(statements, "青海联通", topics(statements))
    texts = [statement.text for statement in found]
    assert 2 <= len(texts) <= 3
    assert all("青海联通" in text for text in texts)
    assert any("扶贫" in text for text in texts)
    assert any("基站" in text for text in texts)
    assert not any("奋进新征程" in text for text in texts)
    assert sum(map(len, texts)) <= 180


def test_what_is_not_shown_is_with_the_rest_of_its_topic() -> None:
    again = stated("青海联通", "转载", "截至年底，青海联通新建5G基站215个，5G基站总数达到1800个。")
    statements = [*RELIEF, *NETWORK, *again]
    found = topics(statements)
    held = [s.text for topic in found for s in (*topic.statements, *topic.rest)]
    assert sorted(held) == sorted(s.text for s in statements)
    assert sum("1800个" in s.text for topic in found for s in topic.rest) == 1


def test_behind_the_first_line_those_of_a_document_stand_together_in_its_order() -> None:
    found = topics(
        [
            statement
            for n in range(4)
            for statement in stated(
                "长江银行",
                f"绿色信贷之{n}",
                f"长江银行绿色信贷支持风电项目{n + 11}个，发放{n + 5}亿元。"
                f"长江银行绿色信贷带动{n + 21}家企业减排。"
                f"长江银行为水库改造办理绿色信贷{n + 31}笔。",
            )
        ]
    )
    for topic in found:
        places = [(s.passage.document, s.start) for s in topic.statements[1:]]
        documents = [document for document, _ in places]
        assert len(set(documents)) == sum(a != b for a, b in zip(["", *documents], documents, strict=False))
        assert all(a < b for a, b in zip(places, places[1:], strict=False) if a[0] == b[0])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("舟岛电力组织开展“书记面对面”活动，收集意见34条。", "书记面对面"),
        ("舟岛电力获得全国用户满意企业荣誉称号。", "用户满意企业"),
        ("舟岛电力迅速集结应急抢修突击队奔赴受灾严重的岛屿，连夜恢复供电。", "应急抢修突击队"),
        ("舟岛电力打造“细学、联学”特色读书班，将自学与研读相结合。", "读书班"),
    ],
)
def test_a_single_line_is_named_by_what_it_says_was_made_or_got(text: str, name: str) -> None:
    [topic] = topics(stated("舟岛电力", "", text))
    assert topic.title == name


def test_a_line_that_is_alone_on_its_subject_joins_others() -> None:
    found = topics([*RELIEF, *NETWORK, *stated("青海联通", "简讯", "青海联通的扶贫干部获得表彰2次。")])
    assert all(len(topic.statements) > 1 for topic in found)


@pytest.mark.parametrize(
    "imprint",
    [
        "本报告采用环保纸印刷。",
        "意见反馈请发至csr@example.com。",
        "董事会及全体董事保证本报告内容的真实、准确、完整，不存在虚假记载。",
        "关注“青海之声”公众号，获取更多资讯。",
    ],
)
def test_what_a_source_says_of_itself_is_in_no_topic(imprint: str) -> None:
    found = topics([*NETWORK, *stated("青海联通", "附", imprint)])
    assert imprint not in [s.text for topic in found for s in (*topic.statements, *topic.rest)]


def test_of_much_material_notes_to_the_accounts_are_no_topic() -> None:
    statements = [
        statement
        for n in range(110)
        for statement in stated(
            "长江银行",
            f"报告{n}",
            f"长江银行普惠金融贷款余额达到{n + 320}亿元。"
            f"长江银行新设营业网点{n + 3}家，营业网点进入{n + 2}个乡镇。",
            f"应付票据变动原因：本期偿还{n + 7}笔应付票据。长江银行手机银行用户达到{n * 3 + 90}万户。",
        )
    ]
    found = topics(statements)
    assert "营业网点" in " ".join(titles(found))
    assert not any("应付票据" in s.text for topic in found for s in (*topic.statements, *topic.rest))
    few = topics(stated("长江银行", "附注", "长江银行应付票据变动原因：本期偿还7笔应付票据。"))
    assert "应付票据" in " ".join(bullets(few))


def opening(company: str, *paragraphs: str) -> list[str]:
    statements = stated(company, "综述", *paragraphs)
    return [statement.text for statement in headline(statements, company, topics(statements))]


def test_the_headline_begins_with_what_the_company_is() -> None:
    found = opening(
        "仁和医院",
        "2023年，仁和医院完成肝移植手术126例，肝移植手术成功率达到97%。",
        "仁和医院成立于1958年，下设3个院区，开放床位2600张。",
        "仁和医院开通远程会诊平台，连接县级医院43家，完成远程会诊5600例。",
    )
    assert found[0].startswith("仁和医院成立于1958年")
    assert any("肝移植" in text for text in found[1:])


@pytest.mark.parametrize(
    "weak",
    [
        "上个月，仁和医院在器官移植大会上荣获一等奖2项，3家媒体报道。",
        "图为仁和医院的12名医生为86名村民义诊。",
        "王磊所说的“云门诊”正是仁和医院为43家县级医院建设的平台。",
        "该项目由仁和医院与12家单位共同实施，投入320万元。",
        "仁和医院院长陈明介绍，2024年将新增床位300张。",
    ],
)
def test_the_headline_leaves_out_what_a_reader_cannot_place(weak: str) -> None:
    found = opening(
        "仁和医院",
        "2023年，仁和医院完成肝移植手术126例，肝移植手术成功率达到97%。",
        weak,
        "仁和医院开通远程会诊平台，连接县级医院43家，完成远程会诊5600例。",
        "仁和医院选派27名医生支援牧区，为牧区群众免费体检1.2万人次。",
    )
    assert len(found) >= 2
    assert weak not in found


def test_the_headline_says_one_thing_once_though_with_other_figures() -> None:
    found = opening(
        "长江银行",
        "2022年，长江银行实现营业收入351亿元，同比增长5.1%，净利润达到82亿元。",
        "2023年，长江银行实现营业收入377亿元，同比增长7.4%，净利润达到91亿元。",
        "长江银行改造营业网点86个，营业网点平均等候时间缩短到7分钟。",
    )
    assert sum("营业收入" in text for text in found) == 1
    assert any("营业网点" in text for text in found)


def test_topics_of_one_stem_that_stand_in_one_article_are_one() -> None:
    lines = stated(
        "青海联通",
        "青海联通社会责任报告",
        *(f"第{n}个贫困村通了宽带，贫困村装机{n}0户。贫困村的学校接入光纤{n}条。" for n in range(2, 7)),
        *(f"消费扶贫采购牦牛肉{n}吨，为消费扶贫开设柜台{n}个。消费扶贫馆销售{n}万元。" for n in range(2, 7)),
        *(f"智慧养老呼叫中心接待老人{n}万人。智慧养老手环发放{n}千只。" for n in range(2, 7)),
    )
    found = topics(lines)
    assert [title for title in titles(found) if "贫" in title] == ["消费扶贫"]
    assert {topic.title for topic in found if "养老" in topic.title} == set(titles(found)[1:])


def test_a_slogan_that_the_dictionary_does_not_know_names_no_topic() -> None:
    said = (
        f"青海联通为“尽锐出战”抽调{n}人。以“尽锐出战”开通光缆{n}公里，光缆故障减少{n}%。" for n in range(2, 7)
    )
    found = titles(topics(stated("青海联通", "青海联通召开年会", *said)))
    assert found and not any("尽锐" in title or "出战" in title for title in found)


def test_no_topic_is_called_as_another_or_as_a_part_of_it() -> None:
    names = titles(topics([*RELIEF, *NETWORK, *LOANS, *OUTLETS, *HOSPITAL]))
    assert len(names) > 2
    assert not any(one in two for one in names for two in names if one is not two)


def test_of_much_material_what_one_document_alone_is_full_of_is_no_topic() -> None:
    story = stated(
        "长江银行",
        "古镇纪行",
        *(f"长江银行员工游古镇茶馆，在古镇茶馆听评弹{n}场，古镇茶馆有座{n + 7}席。" for n in range(40)),
    )
    others = [
        statement
        for n in range(150)
        for statement in (
            *stated("长江银行", f"简报{n}", f"长江银行普惠金融贷款余额达到{n + 320}亿元，惠及{n}县。"),
            *stated("长江银行", f"快讯{n}", f"长江银行手机银行上线功能{n}项，手机银行用户{n + 90}万户。"),
            *stated("长江银行", f"动态{n}", f"长江银行改造营业网点{n}家，营业网点等候缩短{n + 2}秒。"),
            *stated("长江银行", f"纪要{n}", f"长江银行为{n + 5}家企业办理绿色信贷，绿色信贷增长{n}亿元。"),
        )
    ]
    names = " ".join(titles(topics([*story, *others])))
    assert "绿色信贷" in names
    assert "古镇" not in names


@pytest.mark.parametrize(
    "texts",
    [
        ["……！！！——。。"] * 3,
        ["1234567890 " * 30 + "。"] * 40,
        ["1234567890" * 2000],
        ["青海联通新建5G基站215个，覆盖全省。"] * 2000,
        [f"Acme Telecom opened {n} data centers in Asia, {n * 3} in Europe." for n in range(40)],
        [f"青海聯通新建{n}座資料中心，投入{n * 3}億元。" for n in range(40)],
        ["“" * 500 + "青海联通建成基站3个"] * 20,
        ["青海联通\x00建成\u202e基站\ud8003个，覆盖全省。"] * 5,
    ],
    ids=["marks", "digits", "digit_run", "equal", "english", "traditional", "quotes", "control"],
)
def test_odd_input_gives_topics_of_what_was_stated(texts: list[str]) -> None:
    statements = [s for n, text in enumerate(texts) for s in stated("青海联通", f"文{n}", text)]
    found = topics(statements)
    assert set(bullets(found)) <= {s.text for s in statements}
    assert all(topic.title for topic in found)
    assert len(headline(statements, "青海联通", found)) <= 3
