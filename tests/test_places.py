"""A place in a document has an address, which leads to the highlighted place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pdf_making import Pdf
from streamlit.testing.v1 import AppTest
from ui_making import Reader, citation, view

from assistant.exports.places import place_address, span_of
from assistant.hosting import host, shared
from assistant.mapped_text import MappedText
from assistant.records import Block, BlockKind
from assistant.ui.sources.place_view import place_of
from assistant.ui.sources.reading import Around, cited_article_html, more_around
from assistant.ui.words.chinese import CHINESE

SENTENCE = "贵州铁塔投入山区基站建设资金640万元，覆盖了全部行政村。"


@pytest.mark.parametrize("name", ["a.txt", "年报 2022&at=1-2#x?.pdf", "a/b%20.txt", "\ud800.txt"])
def test_an_address_holds_any_name_and_the_raw_span(name: str) -> None:
    address = urlsplit(place_address(citation(document=name, start=70, end=281)))
    query = parse_qs(address.query)
    assert address.path == "documents" and not address.fragment
    assert query == {"document": [name.encode("utf-8", "replace").decode()], "at": ["70-281"]}
    assert span_of(query["at"][0]) == (70, 281)


@pytest.mark.parametrize("value", ["", "5", "5-", "-5", "9-3", "a-b", "1-2-3", "１-２", "1-" + "9" * 40])
def test_what_is_no_span_is_none(value: str) -> None:
    assert span_of(value) is None


def test_a_raw_span_is_found_in_the_cleaned_text_and_on_its_page() -> None:
    raw = "页眉\n第一句。投入\n280万元。完。"
    kept = [place for place, character in enumerate(raw) if character != "\n" and place > 2]
    clean = MappedText.identity(raw).keep(kept)
    shown = view(raw, clean, Block(BlockKind.TEXT, 0, len(clean)), pages=(0, 8))
    start, end = raw.index("投入"), raw.index("完。")
    place = place_of(shown, start, end)
    assert place is not None
    assert (place.quote, place.start, place.end, place.page) == ("投入280万元。", start, end, 1)
    assert clean.text[place.clean_start : place.clean_end] == place.quote
    assert place_of(shown, 0, 2) is None
    assert place_of(shown, 900, 950) is None


def test_more_of_the_article_is_shown_on_either_side_until_it_ends() -> None:
    text = "".join(f"这是第{i}句话。" for i in range(300))
    start = text.index("这是第150句话。")
    where = citation(start=start, end=start + 9, clean_start=start, clean_end=start + 9)
    shown = view(text, MappedText.identity(text), Block(BlockKind.TEXT, 0, len(text)))

    def words(around: Around) -> str:
        return Reader(cited_article_html(shown, where, CHINESE, whole=False, around=around)).text.strip("…")

    first, wider = words(Around()), words(Around(earlier=1))
    assert wider.endswith(first) and len(wider) > len(first) + 500
    assert words(Around(later=1)).startswith(first)
    assert more_around(shown, where, Around()) == (True, True)
    assert more_around(shown, where, Around(earlier=5, later=5)) == (False, False)
    assert words(Around(earlier=5, later=5)) == text


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app over one PDF of three pages, whose second holds the sentence."""
    pdf = Pdf()
    pdf.centred("贵州铁塔2022年半年度报告", 18)
    pdf.paragraph("报告期内，贵州铁塔稳步推进各项工作，经营情况总体平稳。")
    pdf.next_page()
    pdf.paragraph(SENTENCE)
    pdf.next_page()
    pdf.paragraph("展望下半年，贵州铁塔将继续推进山区网络覆盖。")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "report.pdf").write_bytes(pdf.data())
    for name, value in {
        "ASSISTANT_STORAGE": str(tmp_path / "storage"),
        "ASSISTANT_SEEDS": str(tmp_path / "seeds"),
        "ASSISTANT_EMBEDDER": "none",
        "OPENAI_BASE_URL": "",
    }.items():
        monkeypatch.setenv(name, value)
    main = Path(__file__).parent.parent / "assistant" / "ui" / "entry" / "main.py"
    yield AppTest.from_file(str(main), default_timeout=120).run()
    shared().close()


def html(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(element.proto.body for element in page.get("html"))


def addressed() -> None:
    """What the page of the documents draws for an address."""
    from assistant.hosting import host
    from assistant.ui.sources.place_view import draw_addressed
    from assistant.ui.words.chinese import CHINESE

    draw_addressed(host().assistant, CHINESE)


def test_a_source_links_to_its_address_which_opens_its_page_to_be_turned(page: AppTest) -> None:
    page.chat_input[0].set_value("贵州铁塔投入了多少山区基站建设资金？").run()
    page.button(key="source-0-1").click().run()
    assert 'href="documents?document=report.pdf&amp;at=' in html(page)
    raw = host().assistant.show("report.pdf").raw
    start = raw.index("贵州铁塔投入")
    place = AppTest.from_function(addressed, default_timeout=120)
    place.query_params["document"] = "report.pdf"
    place.query_params["at"] = f"{start}-{start + 12}"
    place.run()
    assert "报告第 2 页" in html(place)
    assert f"<mark>{raw[start : start + 12]}</mark>" in html(place)
    for key, shown in (("turn_on", 3), ("turn_back", 2), ("turn_back", 1)):
        place.button(key=key).click().run()
        assert f"报告第 {shown} 页" in html(place)
    assert place.button(key="turn_back").disabled
    place.button(key="turn_to_cited").click().run()
    assert "报告第 2 页" in html(place)
    place.button(key="place_close").click().run()
    assert "报告" not in html(place)
    place.query_params["at"] = "90000-90010"
    assert [warning.value for warning in place.run().warning] == [CHINESE.source.no_place]
