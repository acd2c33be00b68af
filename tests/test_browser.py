"""The page in a real browser: the flow of a newcomer, and a document that means harm."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from endpoint import serve
from pdf_making import Pdf
from PIL import Image
from ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect
ROOT = Path(__file__).parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome on the PATH"),
]
HARMFUL = (
    "贵州铁塔投入$x^2$计140万元<img src=http://evil.example/b.png><script>document.title='harm'</script>"
    "[链接](javascript:alert(1))`代码`:smile: www.evil.example用于建设。"
)
IMAGE = "![图](http://evil.example/a.png)"
LIVELY = [
    HARMFUL,
    IMAGE,
    "# 标题",
    "1. 第一",
    "- 条目",
    "**粗** _斜_ ~~删~~ :red[红] :material/home: :smile:",
    "https://evil.example/ http://evil.example someone@evil.example www.evil.example",
    "<https://evil.example> [^1] | 表 | 格 |",
    "a -> b <- c -- d $$e=mc^2$$",
    "&lt;b&gt; &#38; \\\\( x \\\\)",
]
CORPUS = {
    "poverty.txt": (
        "浙江联通扶贫纪实\n\n2020年7月15日 晨光日报 记者 李明\n\n"
        + "浙江联通长期开展帮扶工作，干部驻村，设备下乡。\n" * 80
        + "浙江联通今年投入扶贫预算资金280万元。公司在12个乡镇新建基站36座。\n"
    ),
    "harmful.txt": f"# 贵州铁塔 ![标题](http://evil.example/t.png) $y$\n\n{HARMFUL}{IMAGE}\n",
}
QUESTION = "浙江联通投入了多少扶贫预算资金？"
AT_ONCE = """() => new MutationObserver((_, watch) => {
  const number = document.querySelector("[data-cite]");
  if (number) { watch.disconnect(); number.click(); }
}).observe(document.body, { childList: true, subtree: true })"""
TOP = 'document.querySelector(".question").getBoundingClientRect().top'
NOTICED = """icon => new MutationObserver(() => { document.copied ||= icon.textContent === "check"; })
.observe(icon, { childList: true })"""
PATIENCE = 60_000
"""Milliseconds for what should come at once: the machine may be busy."""
PDF_QUESTION = "贵州电信投入了多少山区线路建设资金？"


def report() -> bytes:
    """A PDF whose second page answers PDF_QUESTION in its last line."""
    pdf = Pdf()
    pdf.centred("贵州电信2022年半年度报告", 18)
    pdf.paragraph("报告期内，贵州电信稳步推进各项工作，经营情况总体平稳。")
    pdf.next_page()
    for town in "东西南北":
        pdf.paragraph(f"在{town}部山区，施工队伍克服道路不便等困难，按期完成了全部线路的勘察和铺设工作。" * 3)
    pdf.y = 780
    pdf.paragraph("贵州电信投入山区线路建设资金640万元。")
    return pdf.data()


@contextmanager
def serving(directory: Path, script: str = "app.py", **settings: str) -> Iterator[str]:
    """The app, or another script, on a free port of this machine; yields its address once it is healthy."""
    seeds = directory / "seeds"
    seeds.mkdir()
    for name, text in CORPUS.items():
        (seeds / name).write_text(text, encoding="utf-8")
    (seeds / "report.pdf").write_bytes(report())
    port = free_port()
    environment = os.environ | {
        "ASSISTANT_STORAGE": str(directory / "storage"),
        "ASSISTANT_SEEDS": str(seeds),
        "ASSISTANT_EMBEDDER": "none",
        "OPENAI_BASE_URL": "",
        **settings,
    }
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.port", str(port), "--server.headless", "true"]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_healthy(f"http://localhost:{port}/_stcore/health", process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(60)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, "the app ended before it was healthy"
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the app was not healthy within two minutes")


@contextmanager
def slow_endpoint() -> Iterator[str]:
    """An OpenAI-compatible endpoint that answers QUESTION alone, with some words, and then waits."""
    over = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if QUESTION not in asked:
                self.send_error(400)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            choice = {
                "index": 0,
                "delta": {"role": "assistant", "content": "浙江联通投入了"},
                "finish_reason": None,
            }
            event = {
                "id": "1",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "m",
                "choices": [choice],
            }
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()
            over.wait(300)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        over.set()
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("app")) as url:
        yield url


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with an endpoint that never ends its answer."""
    endpoint = {"OPENAI_MODEL": "m", "OPENAI_API_KEY": "k"}
    with (
        slow_endpoint() as url,
        serving(tmp_path_factory.mktemp("slow"), OPENAI_BASE_URL=url, **endpoint) as app,
    ):
        yield app


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a profile of its own. At its end it must not have asked any other host for anything."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        opened, hosts = context.new_page(), set[str | None]()
        opened.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        yield opened
        assert hosts - {None} <= {"localhost", "127.0.0.1"}


def ask(page: Page, question: str) -> None:
    page.locator(".skip").wait_for(state="attached")  # what the page does by itself listens
    area = page.get_by_test_id("stChatInputTextArea")
    area.wait_for()
    area.fill(question)
    area.press("Enter")


def test_a_newcomer_asks_reads_and_opens_the_source_at_the_highlight(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, QUESTION)
    page.locator(".answer [data-cite]").first.wait_for()
    assert "280万元" in page.locator(".answer").inner_text()
    page.locator(".st-key-source-0-1 button").click()
    mark = page.locator(".article mark").first
    expect(mark).to_contain_text("280万元")
    expect(mark, "the highlight is not on the screen").to_be_in_viewport()
    page.get_by_role("tab", name="原始文件").click()
    expect(page.locator(".raw mark").first).to_contain_text("280万元")


def test_a_conversation_is_copied_renamed_exported_left_reached_again_and_deleted(
    page: Page, address: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    ask(page, QUESTION)
    page.locator(".copy i").evaluate(NOTICED)
    page.locator(".copy").click()
    page.wait_for_function("document.copied")
    assert "280万元[1]" in page.evaluate("navigator.clipboard.readText()")
    here = page.url
    page.locator(".st-key-new_conversation button").click()
    page.locator(".greeting").wait_for()
    page.wait_for_url(f"{address}/")
    page.go_back()
    page.locator(".question", has_text=QUESTION).wait_for()
    page.wait_for_url(here)
    wish(page, "重命名")
    page.locator("[data-testid=stDialog] input").fill(IMAGE)
    page.keyboard.press("Enter")
    row = page.locator(
        "[class*=st-key-talk-open-] a", has_text=IMAGE.removesuffix("http://evil.example/a.png)")
    )
    row.wait_for()
    wish(page, "导出")
    with page.expect_download() as download:
        page.locator(".st-key-export-md button").click()
    assert "280万元" in download.value.path().read_text(encoding="utf-8")
    page.keyboard.press("Escape")
    wish(page, "删除")
    page.locator("[class*=st-key-delete-] button").click()
    page.locator(".greeting").wait_for()
    row.wait_for(state="detached")
    assert page.locator("img[src*='evil'], a[href*='evil']").count() == 0


def wish(page: Page, name: str) -> None:
    """Choose from the menu of the conversation that is open."""
    row = page.locator("[class*=st-key-talk-open-]")
    row.hover()
    row.locator("[class*=st-key-menu-] button").click()
    page.get_by_role("menuitem", name=name).click()


def test_a_number_clicked_as_soon_as_it_is_there_opens_its_source_and_the_whole_article_begins_at_it(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.evaluate(AT_ONCE)
    ask(page, QUESTION)
    page.locator(".st-key-whole_article label").click()
    mark = page.locator(".article.whole mark").first
    expect(mark, "the highlight is not on the screen").to_be_in_viewport()


def test_a_long_answer_that_comes_at_once_is_read_from_its_question_on(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto(address)
    ask(page, "介绍一下浙江联通")
    page.locator(".company h3", has_text="浙江联通").wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_function(f"0 <= {TOP} && {TOP} < 200")
    page.wait_for_timeout(1000)
    assert 0 <= page.evaluate(TOP) < 200, "it was scrolled away again"
    pane = page.get_by_test_id("stAppScrollToBottomContainer")
    assert pane.evaluate("pane => pane.scrollHeight > pane.clientHeight + 100")


def test_a_source_in_a_pdf_opens_its_page_at_the_highlight(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, PDF_QUESTION)
    page.locator(".st-key-source-0-1 button").click()
    frame, picture = page.locator(".page"), page.locator(".page img")
    picture.wait_for()
    page.wait_for_function("document.querySelector('.page img').complete")
    page.wait_for_function("document.querySelector('.page').scrollTop > 0")
    page.wait_for_timeout(500)
    assert picture.evaluate("image => image.naturalWidth") == 1100
    assert "贵州电信2022年半年度报告第 2 页" in str(picture.get_attribute("alt"))
    assert "第 2 / 2 页" in page.locator(".source").inner_text()
    seen = Image.open(BytesIO(frame.screenshot())).convert("RGB")
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
    pixels = zip(*[iter(seen.tobytes())] * 3, strict=True)
    assert any(red - blue > 40 for red, _, blue in pixels), "the highlight is not on the screen"
    box = frame.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 900, "the page is cut off by the window"


def test_escape_closes_the_drawer_also_after_the_step_to_its_last_source(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "浙江联通和贵州电信分别投入了多少资金？")
    page.locator(".st-key-source-0-1 button").click()
    page.locator(".article mark").first.wait_for()
    page.wait_for_timeout(500)
    page.locator(".st-key-source_right button").click()
    expect(page.locator(".st-key-source_right button")).to_be_disabled()
    page.wait_for_timeout(500)
    page.keyboard.press("Escape")
    page.locator(".source").wait_for(state="detached")


def test_the_line_of_the_filling_leaves_focus_and_what_is_open_alone_and_a_deletion_closes_its_question(
    page: Page, tmp_path: Path
) -> None:
    gate = Event()

    def embed(text: str) -> list[float]:
        if "帮扶" in text:
            gate.wait(300)
        return [float(len(text)), 1.0, 0.0]

    with serve() as server:
        server.embed = embed
        embedder = {"ASSISTANT_EMBEDDER": "endpoint", "ASSISTANT_EMBEDDING_MODEL": "slow"}
        embedder["ASSISTANT_TIMEOUT"] = "300"
        with serving(tmp_path, ASSISTANT_EMBEDDING_BASE_URL=server.base_url, **embedder) as app:
            page.goto(app)
            line = page.locator(".filling", has_text="正在建立向量索引")
            line.wait_for()
            area = page.get_by_test_id("stChatInputTextArea")
            area.press_sequentially(QUESTION, delay=100)
            assert area.input_value() == QUESTION, "what was typed is gone"
            area.press("Enter")
            page.locator(".st-key-source-0-1 button").click()
            mark = page.locator(".article mark").first
            mark.wait_for()
            documents = page.context.new_page()
            documents.goto(f"{app}/documents")
            documents.locator(".work", has_text="正在").wait_for()
            documents.locator(".st-key-rebuild button").click()
            sure = documents.locator(".st-key-rebuild-sure")
            sure.wait_for()
            gate.set()
            line.wait_for(state="detached")
            assert mark.is_visible()
            documents.locator(".work").wait_for(state="detached")
            documents.wait_for_timeout(1500)
            assert sure.is_visible()
            documents.locator(".st-key-rebuild-cancel button").click()
            sure.wait_for(state="detached")
            documents.locator(".st-key-shown-remove button").click()
            documents.locator(".st-key-remove-sure button").click()
            documents.locator("[role=dialog]").wait_for(state="detached")


def test_a_harmful_document_is_shown_as_it_is_written_and_nothing_is_fetched(
    page: Page, address: str
) -> None:
    page.goto(address)
    ask(page, "贵州铁塔投入了多少？")
    page.locator(".answer [data-cite]").first.wait_for()
    shown = page.locator(".answer").first.inner_text()
    assert "$x^2$" in shown
    assert "<script>document.title='harm'</script>" in shown
    page.locator(".answer [data-cite]").first.click()
    page.locator(".article mark").first.wait_for()
    assert IMAGE in page.locator(".article").inner_text()
    page.goto(f"{address}/documents?document=harmful.txt")
    page.locator(".raw").wait_for()
    assert HARMFUL + IMAGE in page.locator(".raw").inner_text()
    page.wait_for_timeout(500)
    assert page.locator("img[src*='evil'], a[href*='evil'], a[href^='javascript']").count() == 0
    assert page.title() != "harm"


def test_words_that_markdown_would_bring_to_life_stay_words(page: Page, tmp_path: Path) -> None:
    script = tmp_path / "labels.py"
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nimport streamlit as st\n"
        "from assistant.ui.escaping import literal\n"
        f"for place, text in enumerate({LIVELY!r}):\n"
        "    st.warning(literal(text))\n    st.button(literal(text), key=str(place))\n",
        encoding="utf-8",
    )
    with serving(tmp_path, str(script)) as url:
        page.goto(url)
        labels = page.locator("[data-testid=stAlert], .stButton button")
        expect(labels.filter(has_text=re.compile(r"\S"))).to_have_count(2 * len(LIVELY))
        shown = labels.all_inner_texts()
        assert [text.replace("\u2060", "").strip() for text in shown] == [t for t in LIVELY for _ in range(2)]
        assert page.locator(".stMain :is(a, img, code, h1, ul, ol, em, strong, .katex)").count() == 0


def test_stop_keeps_what_had_arrived_and_offers_to_answer_again(page: Page, slow: str) -> None:
    page.goto(slow)
    ask(page, QUESTION)
    page.locator(".live", has_text="浙江联通投入了").wait_for()
    page.locator(".st-key-stop button").click()
    page.locator(".interrupted", has_text="已中断").wait_for()
    assert "浙江联通投入了" in page.locator(".interrupted").inner_text()
    page.locator(".st-key-retry-0 button").click()
    page.locator(".live", has_text="浙江联通投入了").wait_for()
    page.reload()
    page.locator(".interrupted", has_text="浙江联通投入了").wait_for()
    page.locator(".version", has_text="2/2").wait_for()


def test_a_source_of_a_summary_is_opened_without_an_end_to_the_answer_that_is_being_written(
    page: Page, slow: str
) -> None:
    page.goto(slow)
    ask(page, "介绍一下浙江联通")
    number = page.locator(".st-key-summary-0 .cite").first
    number.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    ask(page, QUESTION)
    page.locator(".live", has_text="浙江联通投入了").wait_for()
    number.click()
    page.wait_for_timeout(1000)
    assert page.locator(".live").is_visible()
    assert page.locator(".interrupted").count() == 0


def test_the_page_fits_a_telephone_and_its_chips_answer_to_the_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    ask(page, QUESTION)
    page.locator(".answer [data-cite]").first.wait_for()
    page.wait_for_function("document.scrollingElement.scrollWidth <= 390")
    chip = page.locator(".st-key-hint-0-0 button", has_text="公司：浙江联通")
    chip.press("Enter")
    page.locator(".limits", has_text="不考虑：公司：浙江联通").wait_for()
    page.locator(".version", has_text="2/2").wait_for()
    page.locator(".st-key-hint-0-0").wait_for(state="detached")


def test_the_tab_key_leads_past_the_sidebar_and_the_page_says_its_language(page: Page, address: str) -> None:
    page.goto(address)
    link = page.locator("html[lang=zh] .skip", has_text="跳到正文")
    link.wait_for(state="attached")
    page.get_by_test_id("stChatInputTextArea").wait_for()
    page.keyboard.press("Tab")
    page.locator(".skip:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-testid=stChatInputTextArea]:focus").wait_for()
    page.goto(f"{address}/settings")
    page.get_by_role("heading", name="设置").wait_for()
    page.get_by_text("English", exact=True).click()
    page.get_by_role("heading", name="Settings").wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.locator("html[lang=en] .skip", has_text="Skip to content").press("Enter")
    page.locator("h2:focus", has_text="Settings").wait_for()


def test_the_language_that_was_chosen_is_that_of_the_next_visit(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("English", exact=True).click()
    page.get_by_text("What would you like to know?").wait_for()
    page.wait_for_function("document.cookie.includes('assistant_language=en')")
    page.goto(f"{address}/documents")
    page.get_by_role("heading", name="Documents").wait_for()


def test_a_key_that_is_left_by_the_tab_key_is_taken(page: Page, address: str) -> None:
    page.goto(f"{address}/settings")
    page.get_by_role("tab", name="模型服务").click()
    for part, text in (("address", "http://127.0.0.1:9/v1"), ("model", "m"), ("key", "密钥")):
        page.locator(f"[class*=st-key-settings_{part}-chat] input").fill(text)
        page.keyboard.press("Tab")
    page.locator(".st-key-settings_test button").click()
    page.get_by_text("OPENAI_API_KEY 含有密钥中不会有的字符").wait_for()


def test_an_evaluation_is_run_from_a_dropped_file_looked_into_and_downloaded(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    harmful = f"{IMAGE}<img src=http://evil.example/q.png>"
    rows = [{"question": QUESTION, "keywords": ["280万元"], "gold": harmful, "kind": harmful}]
    rows.append({"question": f"{harmful}股价？", "keywords": [harmful], "kind": harmful})
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    page.goto(f"{address}/evaluation")
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".st-key-evaluation_start button:enabled").click()
    page.locator(".cards").wait_for()
    with page.expect_download() as download:
        page.locator("[class*=st-key-evaluation_download-ANSWERS] button").click()
    assert "280万元" in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("tab", name="图表").click()
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    page.get_by_role("tab", name="逐题").click()
    assert page.locator(".gold").inner_text() == harmful
    page.locator(".st-key-source-0-1 button").click()
    page.locator(".article mark", has_text="280万元").wait_for()
    assert page.locator("img[src*='evil'], a[href*='evil']").count() == 0
    page.wait_for_function("document.scrollingElement.scrollWidth <= 390")


def test_a_company_is_opened_by_its_link_its_sources_by_their_numbers_and_the_way_back_leads_back(
    page: Page, address: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/companies")
    page.get_by_role("link", name="浙江联通", exact=True).click()
    page.locator(".company h3", has_text="浙江联通").wait_for()
    assert page.url.endswith(f"/companies?company={quote('浙江联通')}")
    page.locator(".bullets .cite", has_text="280万元").first.press("Enter")
    page.locator(".article mark", has_text="280万元").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="数据").click()
    with page.expect_download() as download:
        page.locator("[class*=file-csv] button").click()
    assert "280" in download.value.path().read_text(encoding="utf-8-sig")
    page.wait_for_function("document.scrollingElement.scrollWidth <= 390")
    page.go_back()
    page.get_by_role("link", name="贵州铁塔", exact=True).click()
    page.locator(".company h3", has_text="贵州铁塔").wait_for()
    expect(page.locator(".stMain")).to_contain_text("<script>document.title='harm'</script>")
    assert page.locator("img[src*='evil'], a[href*='evil'], a[href^='javascript']").count() == 0
    assert page.title() != "harm"
