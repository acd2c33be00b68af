"""The pages through Streamlit's own test harness, on the real service and a small corpus."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import killing
import pytest
from endpoint import serve
from pdf_making import Pdf
from streamlit.testing.v1 import AppTest

from assistant.conversations import Tree
from assistant.hosting import host, shared
from assistant.index import locks
from assistant.records import Answer, Citation, Verdict
from assistant.records.conversations import Exchange
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.ui.session import TALK, Talk

APP = Path(__file__).parent.parent / "assistant" / "ui" / "entry" / "main.py"
FIGURE = "280万元"
CORPUS = {
    "poverty.txt": (
        "浙江联通扶贫纪实\n\n2020年7月15日 晨光日报 记者 李明\n\n"
        "浙江联通今年投入扶贫预算资金280万元。公司在12个乡镇新建基站36座。"
        "全年帮助贫困户销售农产品147万元。\n"
    ),
    "network.txt": (
        "四川移动网络建设提速\n\n2021年3月2日 远山晚报 记者 王芳\n\n"
        "四川移动今年建成5G基站1200座，投资9亿元。用户满意度达到98.5%。"
        "2021年3月1日，四川移动正式启动千兆光网示范工程。\n"
    ),
}
QUESTION = "浙江联通投入了多少扶贫预算资金？"
PDF_QUESTION = "贵州铁塔投入了多少山区基站建设资金？"
Start = Callable[..., AppTest]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the app on the small corpus; keyword arguments are further settings."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name, text in CORPUS.items():
        (seeds / name).write_text(text, encoding="utf-8")
    given = {
        "ASSISTANT_STORAGE": str(tmp_path / "storage"),
        "ASSISTANT_SEEDS": str(seeds),
        "ASSISTANT_EMBEDDER": "none",
        "OPENAI_BASE_URL": "",
    }

    def run(**settings: str) -> AppTest:
        for name, value in (given | settings).items():
            monkeypatch.setenv(name, value)
        return AppTest.from_file(str(APP), default_timeout=120).run()

    yield run
    shared().close()


def html(page: AppTest) -> str:
    """Everything that the page shows through st.html."""
    return "\n".join(element.proto.body for element in page.get("html"))


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


@contextmanager
def endpoint(pieces: list[str]) -> Iterator[str]:
    """An OpenAI-compatible endpoint on this machine that breaks off after some pieces of an answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for piece in pieces:
                choice = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
                event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
                self.wfile.write(f"data: {json.dumps(event | {'choices': [choice]})}\n\n".encode())
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def test_the_first_start_reads_the_seeds_and_offers_questions_that_ask_themselves(start: Start) -> None:
    page = start()
    assert not page.exception
    assert "想了解什么" in html(page)
    press(page, "suggestion-0")
    assert 'class="cite"' in html(page)
    assert len(page.chat_message) == 2


def test_a_question_is_answered_with_its_figure_and_a_source(start: Start) -> None:
    page = ask(start(), QUESTION)
    assert FIGURE in html(page)
    assert 'class="cite"' in html(page)
    assert "引文引擎" in html(page)


def test_a_summary_and_a_comparison_are_shown_with_their_sources_and_lead_to_the_whole(start: Start) -> None:
    page = ask(start(), "请总结浙江联通")
    assert "浙江联通概要" in html(page)
    assert FIGURE in html(page)
    assert 'data-cite="1' in html(page)
    assert page.button(key="summary-0-whole").label == "打开完整概要"
    page = ask(page, "和四川移动比较一下")
    assert "浙江联通、四川移动对比" in html(page)
    assert page.button(key="summary-1-whole").label == "打开完整对比"


def test_a_source_opens_at_the_marked_place_in_article_and_raw_file(start: Start) -> None:
    page = press(ask(start(), QUESTION), "source-0-1")
    marked = [body for body in html(page).split("\n") if "<mark>" in body]
    assert len(marked) == 2
    assert all(FIGURE in body for body in marked)
    assert [tab.label for tab in page.tabs] == ["文章", "原始文件"]
    assert "晨光日报" in html(page)


def test_each_of_several_sources_opens_at_its_own_place(start: Start) -> None:
    page = start()
    cited = []
    for n, quote in enumerate(("扶贫预算资金280万元", "5G基站1200座"), start=1):
        name = next(name for name, text in CORPUS.items() if quote in text)
        view = host().assistant.show(name)
        place = view.parsed.clean.text.index(quote)
        raw = view.parsed.clean.raw_span(place, place + len(quote))
        cited.append(Citation(n, name, name, "", "", None, quote, *raw, place, place + len(quote)))
    answer = Answer(QUESTION, "甲[1]。乙[2]。", Verdict.ANSWER, "quoting", 0.1, tuple(cited))
    page.session_state[TALK] = Talk(tree=Tree([Exchange(QUESTION, id=1, answer=answer)]))
    page.run()
    for n, citation in enumerate(cited, start=1):
        assert f"<mark>{citation.quote}</mark>" in html(press(page, f"source-0-{n}"))


def report() -> Pdf:
    """Two pages; the sentence that answers PDF_QUESTION stands on the second."""
    pdf = Pdf()
    pdf.centred("贵州铁塔2022年半年度报告", 18)
    pdf.paragraph("报告期内，贵州铁塔稳步推进各项工作，经营情况总体平稳。")
    pdf.next_page()
    pdf.paragraph("报告期内，贵州铁塔投入山区基站建设资金640万元，覆盖了全部行政村。")
    return pdf


def test_a_source_in_a_pdf_opens_its_page_which_is_drawn_once(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "seeds" / "report.pdf"
    path.write_bytes(report().data())
    page = press(ask(start(), PDF_QUESTION), "source-0-1")
    assert [tab.label for tab in page.tabs] == ["页面", "文章", "原始文件"]
    assert "第 2 / 2 页" in html(page)
    assert 'src="data:image/png;base64,' in html(page)
    path.unlink()
    assert 'src="data:image/png;base64,' in html(press(page, "source-0-1"))
    assert not page.warning


def test_a_page_that_cannot_be_drawn_is_one_line_and_the_article_opens(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "seeds" / "report.pdf"
    path.write_bytes(report().data())
    page = ask(start(), PDF_QUESTION)
    path.unlink()
    press(page, "source-0-1")
    assert len(page.warning) == 1
    assert "report.pdf" in page.warning[0].value.replace("\\", "")
    assert "data:image" not in html(page)
    assert len([body for body in html(page).split("\n") if "<mark>" in body]) == 2


def test_a_question_without_an_answer_is_refused_with_the_nearest_titles(start: Start) -> None:
    page = ask(start(), "浙江联通的股价是多少？")
    assert "资料中没有答案" in html(page)
    assert "《浙江联通扶贫纪实》" in html(page)
    assert 'class="cite"' not in html(page)


@pytest.mark.parametrize(
    "question", ["？！……", "😀", "\x00", "长" * 10_000], ids=["marks", "emoji", "nul", "long"]
)
def test_a_question_that_cannot_be_asked_costs_one_line(start: Start, question: str) -> None:
    page = ask(start(), question)
    assert len(page.warning) == 1
    ask(page, QUESTION)
    assert FIGURE in html(page)


def test_what_a_question_names_is_shown_and_can_be_left_out(start: Start) -> None:
    page = ask(start(), "浙江联通2021年建成多少座5G基站？")
    assert "资料中没有答案" in html(page)
    chips = [button.label for button in page.button if str(button.key).startswith("hint-0-")]
    assert chips == ["公司：浙江联通", "年份：2021"]
    page = press(page, "hint-0-0")
    assert "1200座" in html(page)
    assert html(page).count("不考虑：公司：浙江联通") == 1
    assert [button.label for button in page.button if str(button.key).startswith("hint-0-")] == ["年份：2021"]
    assert len(page.chat_message) == 2


def test_the_interface_speaks_english_by_the_switch(start: Start) -> None:
    page = start()
    page.segmented_control(key="language").set_value("en").run()
    assert "What would you like to know?" in html(page)


def test_what_is_said_beside_the_documents_words_follows_the_language_of_the_page(start: Start) -> None:
    page = start(ASSISTANT_QUESTION_CHARACTERS="50")
    assert page.warning[0].value.startswith("没有可用的向量模型")
    page.segmented_control(key="language").set_value("en").run()
    assert page.warning[0].value.startswith("No embedding model")
    ask(page, "浙江联通的股价是多少？")
    ask(page, "长" * 51)
    assert page.warning[-1].value.startswith("The question has 51 characters")
    page.segmented_control(key="language").set_value("zh").run()
    ask(page, "长" * 51)
    assert page.warning[-1].value.startswith("问题有 51 个字符")
    ask(page, "浙江联通的股价是多少？")
    before = html(page).partition("资料中没有找到能回答这个问题的内容。最接近的资料：《浙江联通扶贫纪实》")[0]
    assert "The documents do not answer this question. Closest documents: 《浙江联通扶贫纪实》" in before
    assert before != html(page)


def test_a_new_conversation_begins_empty(start: Start) -> None:
    page = press(ask(start(), QUESTION), "new_conversation")
    assert len(page.chat_message) == 0
    assert "想了解什么" in html(page)


def test_what_arrived_before_an_interruption_is_kept_marked_and_can_be_asked_again(start: Start) -> None:
    page = start()
    page.session_state[TALK] = Talk(tree=Tree([Exchange(QUESTION, id=1, text="浙江联通投入了")]))
    page.run()
    assert "浙江联通投入了" in html(page)
    assert "已中断" in html(page)
    press(page, "retry-0")
    assert FIGURE in html(page)
    assert "已中断" not in html(page)
    assert "浙江联通投入了" in html(press(page, "before-0"))


def test_an_endpoint_that_is_down_is_said_and_the_quoting_engine_answers(start: Start) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    page = ask(start(OPENAI_BASE_URL=url, OPENAI_MODEL="m", OPENAI_API_KEY="secret-key"), QUESTION)
    assert len(page.warning) == 1
    assert FIGURE in html(page)
    assert "secret-key" not in page.warning[0].value + html(page)


def test_an_endpoint_cut_in_mid_answer_leaves_its_words_marked_and_the_quote_after_them(start: Start) -> None:
    with endpoint(["据资料，浙江联通", "投入了若干"]) as url:
        page = ask(start(OPENAI_BASE_URL=url, OPENAI_MODEL="m", OPENAI_API_KEY="k"), QUESTION)
    shown = html(page)
    assert shown.index("据资料，浙江联通投入了若干") < shown.index("已中断") < shown.index('class="cite"')
    assert len(page.warning) == 1


def test_a_storage_that_cannot_be_used_is_one_clear_line(start: Start, tmp_path: Path) -> None:
    (tmp_path / "storage").write_text("a file where a directory should be")
    page = start()
    assert not page.exception
    assert html(page).count('class="failure"') == 1
    assert not page.chat_input


def test_an_index_of_another_embedder_is_one_clear_line(start: Start) -> None:
    start()
    shared().close()
    page = start(
        ASSISTANT_EMBEDDER="endpoint",
        ASSISTANT_EMBEDDING_BASE_URL="http://127.0.0.1:9/v1",
        ASSISTANT_EMBEDDING_MODEL="another",
    )
    assert not page.exception
    assert html(page).count('class="failure"') == 1
    assert "请运行 python -m assistant ingest --rebuild" in html(page)
    assert not page.chat_input


def test_a_storage_in_which_another_process_writes_is_said_and_can_be_tried_again(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "storage").mkdir()
    with locks.writer(tmp_path / "storage"):
        page = start()
        assert not page.exception
        assert html(page).count('class="failure"') == 1
        assert "另一个程序正在写入" in html(page)
    press(page, "start_again")
    assert 'class="failure"' not in html(page)
    assert "想了解什么" in html(page)


def test_a_first_start_that_was_cut_short_is_finished_by_the_next(start: Start, tmp_path: Path) -> None:
    killing.kill_after_the_first_file(tmp_path / "storage", tmp_path / "seeds")
    page = start()
    assert {info.document for info in host().assistant.documents()} == set(CORPUS)
    assert host().assistant.unfinished() is None
    assert all("尚未建完" not in warning.value for warning in page.warning)


def test_a_killed_rebuild_is_finished_without_adding_the_seeds(start: Start, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for name, text in CORPUS.items():
        (mine / f"my-{name}").write_text(text, encoding="utf-8")
    with Assistant.open(Settings(storage=tmp_path / "storage", embedder="none")) as assistant:
        assistant.ingest([mine])
    killing.kill_after_the_first_file(tmp_path / "storage", mine, "rebuild")
    start()
    found = {info.document: info.status for info in host().assistant.documents()}
    assert found == {f"my-{name}": "ready" for name in CORPUS}


def test_an_unfinished_index_is_asked_while_another_process_writes(start: Start, tmp_path: Path) -> None:
    killing.kill_after_the_first_file(tmp_path / "storage", tmp_path / "seeds")
    with locks.writer(tmp_path / "storage"):
        page = start()
        assert not page.error
        ask(page, QUESTION)
        assert any("尚未建完" in warning.value for warning in page.warning)


@contextmanager
def embedding_endpoint(embed_passage: Callable[[], object]) -> Iterator[dict[str, str]]:
    """Settings for an embedder that does something before it embeds a passage, but not for a question."""

    def embed(text: str) -> list[float]:
        if any(line[:6] in text for line in CORPUS.values()):
            embed_passage()
        return [float(len(text)), 1.0, 0.0]

    with serve() as server:
        server.embed = embed
        yield {
            "ASSISTANT_EMBEDDER": "endpoint",
            "ASSISTANT_EMBEDDING_BASE_URL": server.base_url,
            "ASSISTANT_EMBEDDING_MODEL": "slow",
        }


def finish() -> None:
    """Wait for the work behind the page."""
    for _ in range(2400):
        if not host().is_filling:
            return
        time.sleep(0.05)
    raise AssertionError("the filling did not end")


def test_questions_are_answered_while_vectors_are_made_and_the_line_goes_away(start: Start) -> None:
    gate = Event()
    with embedding_endpoint(gate.wait) as settings:
        page = start(**settings)
        assert "正在建立向量索引 0%" in html(page)
        assert FIGURE in html(ask(page, QUESTION))
        assert not page.warning  # the line says it already
        assert host().is_filling
        gate.set()
        finish()
        page.run()
        assert "正在建立向量索引" not in html(page)
        assert FIGURE in html(page)


def test_a_stop_while_vectors_are_made_is_continued_by_the_next_start(start: Start) -> None:
    gate = Event()
    with embedding_endpoint(gate.wait) as settings:
        start(**settings)
        assistant = host().assistant
        stopping = Thread(target=shared().close)
        stopping.start()
        gate.set()
        stopping.join(120)
        start(**settings)
        assert host().assistant is not assistant
        finish()
        assert host().assistant.unfinished() is None
        assert host().failure is None


def test_vectors_that_cannot_be_made_are_said_and_words_answer(start: Start) -> None:
    def fail() -> None:
        raise OSError("the embedder is broken")

    with embedding_endpoint(fail) as settings:
        page = start(**settings)
        finish()
        ask(page, QUESTION)
        assert FIGURE in html(page)
        assert page.button(key="fill_again")
        assert any("向量模型没有正常工作" in warning.value for warning in page.warning)


def test_a_setting_that_cannot_be_used_is_one_clear_line(start: Start) -> None:
    page = start(ASSISTANT_PASSAGES="many")
    assert not page.exception
    assert "ASSISTANT_PASSAGES 的值是 many" in html(page)


def documents_page() -> AppTest:
    script = (
        "from assistant.ui.documents import page as documents_page\nfrom assistant.hosting import host\n"
        "from assistant.ui.words.chinese import CHINESE\ndocuments_page.draw(host(), CHINESE)\n"
    )
    page = AppTest.from_string(script, default_timeout=120).run()
    assert not page.exception
    return page


def test_where_no_file_could_be_read_the_page_says_so(start: Start, tmp_path: Path) -> None:
    for name in CORPUS:
        (tmp_path / "seeds" / name).write_text("")
    page = start()
    assert "还没有可以检索的资料" in page.info[0].value
    assert "去添加资料" in [link.proto.label for link in page.get("page_link")]


def test_the_documents_page_shows_raw_and_clean_side_by_side(start: Start) -> None:
    start()
    page = documents_page()
    assert len(page.selectbox[0].options) == len(CORPUS)
    sides = [body for body in html(page).split("\n") if "清洗后" in body or '<div class="raw">' in body]
    assert sides
    assert html(page).count("5G基站1200座") + html(page).count(FIGURE) >= 2


def test_the_list_of_documents_says_what_is_known_and_is_narrowed_by_title_and_company(start: Start) -> None:
    start()
    page = documents_page()
    rows = page.dataframe[0].value
    assert list(rows["标题"]) == ["四川移动网络建设提速", "浙江联通扶贫纪实"]
    assert list(rows["日期"]) == ["2021-03-02", "2020-07-15"]
    assert set(rows["状态"]) == {"可检索"}
    page.text_input(key="filter-title").set_value("扶贫").run()
    assert list(page.dataframe[0].value["文件"]) == ["poverty.txt"]
    assert page.selectbox[0].value == "poverty.txt"
    assert not page.exception
    page.text_input(key="filter-title").set_value("").run()
    page.multiselect(key="filter-companies").set_value(["四川移动"]).run()
    assert list(page.dataframe[0].value["文件"]) == ["network.txt"]
    assert "资料 1 / 2 份" in html(page)
    page.text_input(key="filter-title").set_value("扶贫").run()
    assert not page.dataframe
    assert "没有符合条件的资料" in page.info[0].value


def test_a_file_that_failed_and_pages_without_text_are_said_one_line_each(
    start: Start, tmp_path: Path
) -> None:
    pdf = report()
    pdf.next_page()
    pdf.picture()
    (tmp_path / "seeds" / "half.pdf").write_bytes(pdf.data())
    (tmp_path / "seeds" / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    start()
    page = documents_page()
    assert [expander.label for expander in page.expander][:2] == [
        "1 份文件未能读取",
        "1 份文件有部分内容未能读取",
    ]
    lines = re.findall(r"<li>(.*?)</li>", html(page))
    assert len(lines) == 2
    assert lines[0].startswith("broken.pdf")
    assert "第3页" in lines[1]
    assert "half.pdf" in lines[1]


def test_a_question_is_answered_from_the_chosen_documents_alone_and_says_so(start: Start) -> None:
    page = start()
    page.multiselect(key="limit-companies").set_value(["四川移动"]).run()
    assert page.get("popover")[0].proto.popover.label.endswith(" · 1")
    ask(page, QUESTION)
    assert FIGURE not in html(page) and "限定：四川移动" in html(page)
    page.multiselect(key="limit-companies").set_value([]).run()
    ask(page, QUESTION)
    assert FIGURE in html(page)


def test_a_date_that_is_none_is_told_instead_of_an_answer(start: Start) -> None:
    page = start()
    page.text_input(key="limit-since").set_value("去年").run()
    ask(page, QUESTION)
    assert FIGURE not in html(page) and "去年" in page.warning[0].value


def test_a_sentence_that_runs_over_the_end_of_its_page_shows_both_pages(start: Start, tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.centred("贵州铁塔2022年半年度报告", 18)
    pdf.paragraph("报告期内，贵州铁塔稳步推进各项工作，经营情况总体平稳，全体员工团结一心，克服困难。" * 3)
    pdf.y = 780
    sentence = (
        "报告期内，贵州铁塔投入山区基站建设资金640万元，覆盖了全部行政村以及所有海拔较高的牧区，并且为沿线的"
        "学校和卫生院开通了专线。"
    )
    pdf.line(sentence[:33], 114)
    pdf.next_page()
    pdf.line(sentence[33:])
    (tmp_path / "seeds" / "report.pdf").write_bytes(pdf.data())
    page = press(ask(start(), PDF_QUESTION), "source-0-1")
    assert "第 1–2 / 2 页" in html(page)
    pictures = re.findall(r'alt="[^"]*(第 \d 页)[^"]*"><i style="top: ([\d.]+)%', html(page))
    assert [number for number, _ in pictures] == ["第 1 页", "第 2 页"]
    assert float(pictures[0][1]) > 80 > 20 > float(pictures[1][1])


def table_report() -> bytes:
    """A page with a ruled table of three columns."""
    pdf = Pdf()
    pdf.centred("贵州铁塔2022年半年度报告", 18)
    pdf.paragraph("报告期内，贵州铁塔稳步推进各项工作，经营情况总体平稳。")
    rows = [
        ("项目", "变动比例", "主要原因"),
        ("存货", "96.6", "终端到货增加"),
        ("票据", "35.2", "工具统筹使用"),
    ]
    top, edges = pdf.y + 10, (90, 200, 300, 510)
    for number in range(len(rows) + 1):
        pdf.rule(edges[0], top + 24 * number, edges[-1], top + 24 * number)
    for edge in edges:
        pdf.rule(edge, top, edge, top + 24 * len(rows))
    for number, row in enumerate(rows):
        for edge, cell in zip(edges, row, strict=False):
            pdf.text(cell, edge + 6, top + 24 * number + 16)
    return pdf.data()


def test_a_row_that_answers_is_shown_under_its_column_heads(start: Start, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "report.pdf").write_bytes(table_report())
    page = ask(start(), "贵州铁塔存货变动的主要原因是什么？")
    (answer,) = [body for body in html(page).split("\n") if 'class="answer"' in body]
    assert "<th>变动比例</th>" in answer
    assert "终端到货增加<span" in answer
    (citation,) = page.session_state[TALK].tree.path()[0].answer.citations
    assert citation.quote == "存货\t96.6\t终端到货增加"
