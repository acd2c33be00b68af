"""The lines of a headline become one title; names of bodies and of files are none."""

from __future__ import annotations

import pytest

from assistant.articles.titles import is_body, is_spoken_of, is_title_property, join, tidy


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("北方能源股份有限公司", "2022 年第一季度报告"), "北方能源股份有限公司 2022年第一季度报告"),
        (("山区通信发展与社会影响", "白皮书", "(2023 年)"), "山区通信发展与社会影响白皮书(2023年)"),
        (("电信业白皮书", "——高质量发展探索"), "电信业白皮书——高质量发展探索"),
        (("算网筑基 拥抱智能", "北方能源发布最新成果"), "算网筑基 拥抱智能 北方能源发布最新成果"),
        (("砥砺奋进结硕果——记年度劳模风", "采"), "砥砺奋进结硕果——记年度劳模风采"),
        (("某市第一医院", "关于调整门诊时间的通知"), "某市第一医院关于调整门诊时间的通知"),
        (("Northwind Telecom", "Annual Report 2022"), "Northwind Telecom Annual Report 2022"),
        ((), ""),
    ],
)
def test_lines_are_joined_as_they_are_read(lines: tuple[str, ...], title: str) -> None:
    assert join(lines) == title


def test_gaps_that_typesetting_left_are_closed() -> None:
    assert tidy("在 2024 年度大会上  发布 5G 成果 ：回顾") == "在2024年度大会上 发布5G成果：回顾"
    assert tidy("工 作 报 告") == "工作报告"


@pytest.mark.parametrize(
    "line",
    [
        "中国某某通信研究院",
        "北方能源股份有限公司",
        "董事会审计委员会",
        "中国移动通信研究院（中移智库）",
        "工业和信息化部",
        "Northwind Telecom plc",
        "University of Leeds",
    ],
)
def test_the_name_of_a_body_is_known(line: str) -> None:
    assert is_body(line)


@pytest.mark.parametrize(
    "line",
    [
        "关于成立工作委员会",
        "2023年走进某某研究院",
        "我们的公司。",
        "北方能源与江南银行签约成立联合创新中心",
        "贵州移动成立人工智能创新中心",
        "数字赋能新局",
        "擦亮服务窗口 温暖百姓客厅",
        "一、优化创新布局",
        "年度报告",
        "",
    ],
)
def test_what_says_something_is_no_body(line: str) -> None:
    assert not is_body(line)


@pytest.mark.parametrize("text", ["供应商管理流程说明", "A short history of telegraphy"])
def test_a_property_that_reads_as_a_title_is_one(text: str) -> None:
    assert is_title_property(text)


@pytest.mark.parametrize(
    "text",
    [
        "Microsoft Word - 稿件.docx",
        "新建 Microsoft Word 文档",
        "report_final_v2",
        "20230308公告",
        "股份有限公司",
        "幻灯片 1",
        "",
    ],
)
def test_the_name_of_a_file_is_no_title(text: str) -> None:
    assert not is_title_property(text)


@pytest.mark.parametrize(
    "sentence", ["石桥坐落在城南。", "城南有一座石 桥，始建于宋代。", "老石桥，建于宋代"]
)
def test_what_the_first_sentence_names_is_spoken_of(sentence: str) -> None:
    assert is_spoken_of("石桥", sentence)


@pytest.mark.parametrize(
    "text",
    [
        "今天，桥修好了。石桥在城南。",
        "本报讯（记者 秦岚 林晓）桥修好了。",
        "记者林晓从施工方获悉，桥修好了。",
    ],
)
@pytest.mark.parametrize("name", ["石桥", "林晓"])
def test_who_reports_and_what_comes_later_is_not_spoken_of(name: str, text: str) -> None:
    assert not is_spoken_of(name, text)
