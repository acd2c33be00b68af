"""Every passage about a company is found and counted, and what says the same is kept once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from storing import put

from assistant.briefing.material import Gathered
from assistant.briefing.reading.gathering import gather
from assistant.index.database import Database
from assistant.index.ledger import Ledger
from assistant.records import Metadata, Passage

NAME = "远山医药集团"
TEXT = (
    "远山医药集团今年在江阳新建仓库十二座，配备冷链车辆三百台，服务乡镇卫生院四百余家，"
    "平均送达时间缩短到六小时。"
)
OTHER = "远山医药集团研究院公布新药试验结果，参与试验的患者共两千余名，来自全国二十家医院，疗效得到同行认可。"


def passage(
    document: str, ordinal: int, text: str, *companies: str, published: str = "", table: str = ""
) -> Passage:
    start = ordinal * 1000
    about = Metadata(published=published)
    name = f"{document}{ordinal}"
    named = companies or (NAME,)
    return Passage(
        name, document, ordinal, text, start, start + len(text), about, companies=named, table=table
    )


def gathered(tmp_path: Path, *passages: Passage, going_on: str = "", name: str = NAME) -> Gathered:
    """What is gathered where a passage that holds `going_on` states something of the company."""
    database = Database(tmp_path)
    try:
        put(database, *passages)
        return gather(
            Ledger(database), [name], lambda p: {name} if going_on and going_on in p.text else set()
        )
    finally:
        database.close()


def ids(found: Gathered) -> list[str]:
    return [passage.id for passage in found.passages]


def test_the_same_paragraph_counts_once_in_one_document_and_in_articles_that_are_no_reprints(
    tmp_path: Path,
) -> None:
    found = gathered(
        tmp_path,
        passage("a", 0, TEXT, published="2021-02"),
        passage("a", 1, OTHER),
        passage("a", 2, TEXT),
        passage("b", 0, TEXT.replace("，", ", "), published="2021-01"),
    )
    assert (len(found.passages), found.repeated, set(found.documents)) == (2, 2, {"a", "b"})
    assert sorted(map(found.copies, found.passages)) in ([(), ("a",)], [(), ("b",)])


def test_what_a_longer_passage_contains_is_left_out_and_its_document_named(tmp_path: Path) -> None:
    found = gathered(tmp_path, passage("a", 0, TEXT), passage("b", 0, TEXT + OTHER))
    assert (ids(found), found.copies(found.passages[0]), found.repeated) == (["b0"], ("a",), 1)


def test_of_equally_long_ones_the_earliest_published_stays(tmp_path: Path) -> None:
    found = gathered(tmp_path, passage("a", 0, TEXT), passage("b", 0, TEXT, published="2021-01"))
    assert (ids(found), found.copies(found.passages[0])) == (["b0"], ("a",))


def test_another_figure_another_company_and_another_table_are_not_the_same(tmp_path: Path) -> None:
    found = gathered(
        tmp_path,
        passage("a", 0, TEXT + "投资3亿元。"),
        passage("b", 0, TEXT + "投资4亿元。"),
        passage("c", 0, TEXT + "投资4亿元。", "长江药业", NAME),
        passage("d", 0, TEXT + "投资4亿元。", table="2021年"),
    )
    assert ids(found) == ["a0", "b0", "c0", "d0"]


def test_what_goes_on_behind_a_passage_is_found_as_far_as_it_belongs(tmp_path: Path) -> None:
    found = gathered(
        tmp_path,
        passage("a", 0, "仓库之前的话。", "长江药业"),
        passage("a", 1, TEXT),
        passage("a", 2, "仓库还有自动分拣线四条。", "长江药业"),
        passage("a", 3, "仓库明年扩建。", "长江药业"),
        passage("a", 4, "别的话题。", "长江药业"),
        passage("a", 5, "仓库另一处。", "长江药业"),
        going_on="仓库",
    )
    assert (ids(found), found.repeated) == (["a1", "a2", "a3"], 0)


def test_titles_and_bylines_are_no_passages_of_a_briefing(tmp_path: Path) -> None:
    found = gathered(
        tmp_path, replace(passage("a", 0, "远山医药集团扩产"), front=True), passage("a", 1, TEXT)
    )
    assert (ids(found), found.repeated) == (["a1"], 0)


def test_two_thousand_passages_on_one_pattern_stay_apart(tmp_path: Path) -> None:
    many = [passage("a", n, f"{TEXT}{OTHER}第{n}批货物{n * 7}箱。") for n in range(2000)]
    database = Database(tmp_path)
    try:
        put(database, *many)
        found = gather(Ledger(database), [NAME])
        assert (len(found.passages), found.repeated) == (2000, 0)
    finally:
        database.close()
