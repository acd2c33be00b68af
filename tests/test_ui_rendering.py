"""Whatever an answer or a document holds, the page shows it literally."""

from __future__ import annotations

import random
from array import array
from html.parser import HTMLParser

import pytest

from assistant.mapped_text import MappedText
from assistant.records import (
    Answer,
    AnswerSentence,
    Article,
    Block,
    BlockKind,
    Citation,
    DocumentInfo,
    DocumentView,
    Metadata,
    ParsedDocument,
    Status,
    Tokens,
    Verdict,
)
from assistant.ui.escaping import Span, escape, literal, printable, styled
from assistant.ui.reading import PART_CHARACTERS, cited_article_html, cited_raw_html, part_count, part_html
from assistant.ui.rendering import (
    answer_html,
    arriving_html,
    broken_off_html,
    citation_line,
    meta_html,
    question_html,
)
from assistant.ui.texts import CHINESE, LANGUAGES, Texts

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=http://evil.example/a.png onerror=x>",
    "![图](http://evil.example/a.png)",
    "[链接](javascript:alert(1))",
    "$x^2$",
    "# 标题",
    "`代码`",
    "&lt;b&gt;&#38;",
    "</div></span>",
    '" onmouseover="x',
    "{0}{style}",
    ":smile:",
    "\x00\x1b",
    "\ud800",
    "\r\n",
    "投入280万元。",
    " ",
)


class Reader(HTMLParser):
    """What a browser would make of a piece of HTML: its tags and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_texts(count: int = 300) -> list[str]:
    generator = random.Random(7)
    return ["".join(generator.choices(HOSTILE, k=generator.randint(1, 9))) for _ in range(count)]


def citation(**fields: object) -> Citation:
    given: dict[str, object] = {
        "n": 1,
        "document": "a.txt",
        "title": "标题",
        "published": "2020-07-15",
        "publisher": "某报",
        "page": None,
        "quote": "投入280万元。",
        "start": 0,
        "end": 8,
        "clean_start": 0,
        "clean_end": 8,
    }
    return Citation(**(given | fields))  # type: ignore[arg-type]


def answer(text: str, *sentences: AnswerSentence, citations: tuple[Citation, ...] = ()) -> Answer:
    return Answer("问", text, Verdict.ANSWER, "quoting", 0.05, citations, sentences)


def view(raw: str, clean: MappedText, *blocks: Block) -> DocumentView:
    info = DocumentInfo("a.txt", "标题", "", "", "", "", "", (), 1, "added", "")
    return DocumentView(info, raw, ParsedDocument(clean, Metadata(), (Article(Metadata(), blocks),)))


def test_escaped_text_is_read_back_as_it_was_and_makes_no_tag() -> None:
    for text in hostile_texts():
        read = Reader(escape(text))
        assert read.text == printable(text)
        assert read.tags == []


def test_styled_text_is_read_back_as_it_was_with_only_our_tags() -> None:
    generator = random.Random(11)
    for text in hostile_texts():
        bounds = [sorted(generator.choices(range(-3, len(text) + 4), k=2)) for _ in range(4)]
        spans = [
            Span(a, b, style)
            for (a, b), style in zip(bounds, ("strong", "mark", "doubt", "mark"), strict=True)
        ]
        read = Reader(styled(text, spans))
        assert read.text == printable(text)
        assert {tag for tag, _ in read.tags} <= {"strong", "mark", "span"}


def test_a_hostile_answer_makes_only_our_tags_and_no_attribute_of_its_own() -> None:
    for text in hostile_texts(100):
        cited = citation(title=text, publisher=text, quote=text, document=text)
        html = answer_html(
            answer(f"{text}[1]", AnswerSentence(text, (1,), False), citations=(cited,)), CHINESE
        )
        html += question_html(text) + arriving_html(f"{text}[1]") + broken_off_html(text)
        read = Reader(html)
        assert {tag for tag, _ in read.tags} <= {"div", "span", "b", "i", "q", "strong"}
        assert {name for _, names in read.tags for name in names} <= {"class", "tabindex", "title"}


def test_markdown_of_hostile_text_leaves_no_punctuation_unescaped() -> None:
    for text in hostile_texts():
        markdown = literal(text)
        for place, character in enumerate(markdown):
            if character in "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~":
                assert markdown[place - 1] == "\\"
        assert "\n" not in markdown


def test_controls_and_lone_surrogates_become_one_replacement_character_each() -> None:
    assert printable("a\x00b\ud800c\td\ne") == "a\ufffdb\ufffdc\td\ne"


def test_styles_overlap_without_losing_a_character() -> None:
    html = styled("0123456789", [Span(2, 6, "mark"), Span(4, 8, "strong")])
    assert html == "01<mark>23</mark><strong><mark>45</mark></strong><strong>67</strong>89"


def test_citation_numbers_become_marks_with_title_date_and_quote() -> None:
    html = answer_html(answer("投入280万元。[1]", citations=(citation(),)), CHINESE)
    assert "[1]" not in html
    assert '<span class="cite" tabindex="0">1<span class="card"><b>标题</b>' in html
    assert "2020-07-15" in html


def test_a_number_in_brackets_that_is_no_citation_stays_as_written() -> None:
    assert "[7]" in Reader(answer_html(answer("见注[7]。"), CHINESE)).text


def test_emphasis_and_doubt_are_found_although_marks_stand_between() -> None:
    sentences = (
        AnswerSentence("甲投入280万元。", (1,), True, ((3, 8),)),
        AnswerSentence("乙投入90万元。", (1,), False, ((3, 7),)),
    )
    html = answer_html(answer("甲投入280万元[1]。乙投入90万元。 [1]", *sentences), CHINESE)
    assert "<strong>280万元</strong>" in html
    assert "<strong>90万元</strong>" in html
    assert html.count('class="tag"') == 1
    assert html.index("乙") < html.index(CHINESE.unverified)


def test_two_equal_sentences_are_each_marked_in_their_own_place() -> None:
    twice = AnswerSentence("涨了。", (1,), True), AnswerSentence("涨了。", (1,), False)
    html = answer_html(answer("涨了。[1]涨了。[1]", *twice), CHINESE)
    assert html.index("涨了。") < html.index('<span class="doubt">涨了。')


def test_a_doubted_sentence_that_is_not_found_leaves_the_whole_answer_in_doubt() -> None:
    lost = AnswerSentence("乙投入90万元[2]。", (1,), False), AnswerSentence("丙。", (1,), False)
    html = answer_html(answer("甲投入280万元[1]。", *lost), CHINESE)
    assert Reader(html).text == f"甲投入280万元[1]。{CHINESE.unverified}"
    assert html.count('class="tag"') == 1
    assert '<span class="doubt">甲投入280万元' in html


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_every_verdict_and_status_has_its_words(texts: Texts) -> None:
    assert set(texts.verdicts) == set(Verdict)
    assert set(texts.statuses) == set(Status)


def test_the_small_line_tells_engine_seconds_and_tokens() -> None:
    used = Answer("问", "答", Verdict.ANSWER, "llm", 12.4, tokens=Tokens(900, 100))
    assert "大模型 · 12 秒 · 1,000 词元" in Reader(meta_html(used, CHINESE)).text
    assert "引文引擎 · 0.05 秒" in Reader(meta_html(answer("答"), CHINESE)).text


def test_an_answer_with_an_unverified_sentence_is_not_called_sourced() -> None:
    html = meta_html(answer("答", AnswerSentence("答", (1,), False)), CHINESE)
    assert CHINESE.partly_unverified in html
    assert CHINESE.verdicts[Verdict.ANSWER] not in html


def test_what_is_not_known_of_a_source_is_left_out() -> None:
    assert citation_line(citation(publisher="", page=3), CHINESE) == "2020-07-15 · 第 3 页"


def test_the_cited_place_is_marked_in_article_and_raw_file() -> None:
    raw = "标题\n\n第一句。投入\n280万元。最后一句。\n"
    kept = [i for i, c in enumerate(raw) if c != "\n"]
    clean = MappedText.identity(raw).keep(kept)
    start = clean.text.index("投入")
    end = clean.text.index("最后")
    raw_start, raw_end = clean.raw_span(start, end)
    where = citation(start=raw_start, end=raw_end, clean_start=start, clean_end=end)
    shown = view(raw, clean, Block(BlockKind.TITLE, 0, 2), Block(BlockKind.TEXT, 2, len(clean)))
    assert "<mark>投入280万元。</mark>" in cited_article_html(shown, where, whole=False)
    assert '<p class="title">标题</p>' in cited_article_html(shown, where, whole=False)
    assert "<mark>投入\n280万元。</mark>" in cited_raw_html(shown, where, whole=False)


def test_a_long_article_is_cut_around_the_place_between_sentences_and_can_be_shown_whole() -> None:
    text = "".join(f"这是第{i}句话。" for i in range(2000))
    sentence = "这是第1000句话。"
    start = text.index(sentence)
    end = start + len(sentence)
    where = citation(start=start, end=end, clean_start=start, clean_end=end)
    shown = view(text, MappedText.identity(text), Block(BlockKind.TEXT, 0, len(text)))
    cut = Reader(cited_article_html(shown, where, whole=False)).text
    assert len(cut) < 1200
    assert cut.startswith("…这是第")
    assert cut.endswith("句话。…")
    assert Reader(cited_article_html(shown, where, whole=True)).text == text
    assert f"<mark>{sentence}</mark>" in cited_raw_html(shown, where, whole=False)


def test_a_headline_that_stands_after_its_article_is_shown_before_it() -> None:
    text = "正文在前。\n题目在后"
    blocks = Block(BlockKind.TEXT, 0, 5), Block(BlockKind.TITLE, 6, 10)
    html = cited_article_html(
        view(text, MappedText.identity(text), *blocks), citation(end=5, clean_end=5), whole=False
    )
    assert html.index("题目在后") < html.index("正文在前")


def test_a_place_outside_every_article_is_shown_all_the_same() -> None:
    text = "甲。\n乙。"
    html = cited_article_html(
        view(text, MappedText.identity(text)), citation(end=2, clean_end=2), whole=False
    )
    assert "<mark>甲。</mark>" in html


def test_the_parts_of_a_long_document_together_are_the_whole_of_it() -> None:
    raw = "".join(f"第{i}行文字\n" for i in range(9000))
    clean = MappedText(raw, array("I", range(len(raw))))
    shown = view(raw, clean, Block(BlockKind.TEXT, 0, len(raw)))
    assert part_count(shown) == -(-len(raw) // PART_CHARACTERS)
    parts = [part_html(shown, part) for part in range(part_count(shown))]
    assert "".join(Reader(raw_html).text for raw_html, _ in parts) == raw


def test_an_empty_document_is_one_empty_part() -> None:
    shown = view("", MappedText.identity(""))
    assert part_count(shown) == 1
    assert Reader("".join(part_html(shown, 0))).text == ""
