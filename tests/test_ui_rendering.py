"""Whatever an answer or a document holds, the page shows it literally."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import pytest
from ui_making import Reader, citation, hostile_texts

from assistant.records import (
    Answer,
    AnswerSentence,
    Citation,
    DocumentInfo,
    DocumentKind,
    Hint,
    HintKind,
    Table,
    Tokens,
    Verdict,
)
from assistant.records.conversations import Exchange
from assistant.ui.chat.hint_chips import understood_html
from assistant.ui.escaping import Span, escape, literal, printable, styled
from assistant.ui.rendering import (
    answer_html,
    arriving_html,
    broken_off_html,
    citation_line,
    doubts_html,
    meta_html,
    question_html,
)
from assistant.ui.words.chinese import CHINESE
from assistant.ui.words.languages import LANGUAGES
from assistant.ui.words.texts import Texts


def answer(text: str, *sentences: AnswerSentence, citations: tuple[Citation, ...] = ()) -> Answer:
    return Answer("问", text, Verdict.ANSWER, "quoting", 0.05, citations, sentences)


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


def test_sentences_that_are_not_grounded_are_marked_and_counted() -> None:
    sound, doubted = AnswerSentence("投入280万元。", (1,), True), AnswerSentence("增长９成。", (1,), False)
    shown = answer("投入280万元[1]。增长９成[1]。", sound, doubted, citations=(citation(),))
    assert answer_html(shown, CHINESE).count(CHINESE.unverified_why) == 1
    assert Reader(doubts_html(shown, CHINESE)).text.startswith("1 句中的数字、日期、名称或引文")
    assert doubts_html(answer("投入280万元[1]。", sound), CHINESE) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_question_was_taken_to_mean_and_asked_without_stands_under_it(language: str) -> None:
    texts = LANGUAGES[language]
    dropped = (Hint(HintKind.COMPANY, "甲<b>"), Hint(HintKind.PERIOD, "2021H1"))
    meant = replace(answer("好。"), rewritten="乙地<i>投入多少？")
    assert understood_html(Exchange("那乙地呢？", answer=answer("好。")), texts) == ""
    read = Reader(understood_html(Exchange("那乙地呢？", dropped=dropped, answer=meant), texts))
    assert "乙地<i>投入多少？" in read.text and "甲<b>" in read.text
    assert texts.period("2021H1") in read.text and {tag for tag, _ in read.tags} == {"div"}


def test_markdown_of_hostile_text_leaves_no_punctuation_unescaped() -> None:
    for text in hostile_texts():
        markdown = literal(text)
        for place, character in enumerate(markdown):
            if character in "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~":
                assert markdown[place - 1] == "\\"
        assert "\n" not in markdown


def test_controls_and_lone_surrogates_become_one_replacement_character_each() -> None:
    assert printable("a\x00b\ud800c\td\ne") == "a\ufffdb\ufffdc\td\ne"


def test_the_end_of_a_page_is_a_line_end() -> None:
    assert printable("上页\x0c下页\r\n") == "上页\n下页\n\n"


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
def test_every_verdict_kind_and_column_has_its_words(texts: Texts) -> None:
    assert set(texts.verdicts) == set(Verdict)
    assert set(texts.kinds) == set(DocumentKind)
    assert set(texts.columns) <= {field.name for field in fields(DocumentInfo)}


def test_a_kind_and_a_period_are_said_in_words_and_an_unknown_one_is_left_out() -> None:
    assert CHINESE.kind("white_paper") == "白皮书"
    assert CHINESE.kind("") == ""
    assert CHINESE.period("2022H1") == "2022年上半年"
    assert CHINESE.period("2022Q3") == "2022年第三季度"
    assert CHINESE.period("") == ""


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


def test_a_source_tells_how_many_reprints_there_are() -> None:
    where = citation(publisher="高原晨报", reprints=("a.txt", "b.pdf"))
    assert citation_line(where, CHINESE).endswith(" · +2 转载")


def rows_answer(heads: tuple[str, ...], *rows: str, before: str = "") -> Answer:
    table = Table("主要指标变动", "元", heads)
    cited = [citation(n=n, quote=row, table=table) for n, row in enumerate(rows, start=1)]
    text = "\n".join([*filter(None, [before]), *(f"{row}[{n}]" for n, row in enumerate(rows, start=1))])
    sentences = [AnswerSentence(row, (n,), True, ((0, 2),)) for n, row in enumerate(rows, start=1)]
    return answer(f"{text}\n完。", *sentences, citations=tuple(cited))


def test_rows_that_an_answer_quotes_stand_in_one_table_under_their_heads_with_their_marks() -> None:
    html = answer_html(
        rows_answer(("项目", "比例"), "存货\t96.6", "票据\t<b>35.2</b>", before="如下。"), CHINESE
    )
    assert html.count("<table>") == 1
    assert html.count("<th>") == 2
    assert html.count('class="cite"') == 2
    assert "主要指标变动" in html and "单位：元" in html
    assert "<td><strong>存货</strong></td>" in html
    assert "<td>&lt;b&gt;35.2&lt;/b&gt;<span" in html
    assert html.index("如下") < html.index("<table>") < html.index("</table>") < html.index("完。")
    assert "cited" not in html and "\t" not in html


def test_a_row_with_more_or_fewer_cells_than_heads_is_a_line_with_bars() -> None:
    html = answer_html(rows_answer(("项目", "比例", "原因"), "存货\t96.6"), CHINESE)
    assert "<table>" not in html
    assert "</strong> │ 96.6" in html


def test_rows_of_two_documents_stand_in_two_tables() -> None:
    given = rows_answer(("项目", "比例"), "存货\t96.6", "票据\t35.2")
    first, second = given.citations
    apart = replace(given, citations=(first, replace(second, document="b.pdf")))
    assert answer_html(apart, CHINESE).count("<table>") == 2


def test_a_row_that_is_still_arriving_has_bars_between_its_cells() -> None:
    assert "存货 │ 96.6" in arriving_html("存货\t96.6[1]")


def test_paragraphs_stand_the_same_while_they_are_written_as_afterwards() -> None:
    written, kept = "甲[1]。\n\n乙。\n \n丙", "甲[1]。\n乙。\n丙"
    assert arriving_html(written) == arriving_html(kept)
    assert broken_off_html(written) == broken_off_html(kept)
    assert Reader(answer_html(answer(kept), CHINESE)).text == kept


def test_an_answer_made_in_no_time_is_not_said_to_have_taken_none() -> None:
    assert "0.01 秒" in meta_html(replace(answer("无"), seconds=0.0), CHINESE)
