"""The page of the documents: handing in, the list, deleting, reading again, the pictures, the address."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.hosting import host, shared, work
from assistant.hosting.inbox import FileState, HandedIn
from assistant.index import locks
from assistant.library import Library
from assistant.records import DocumentFile, DocumentInfo, FileResult, Status
from assistant.settings import Settings
from assistant.ui.documents.actions import consequences
from assistant.ui.documents.plots import bucket_of, companies_spec, times_spec
from assistant.ui.documents.reasons import in_chinese
from assistant.ui.documents.upload import item_html, status_line
from assistant.ui.words.chinese import CHINESE
from assistant.ui.words.english import ENGLISH

ROOT = Path(__file__).parent.parent
PAGE = (
    "from assistant.ui.documents import page as documents_page\nfrom assistant.hosting import host\n"
    "from assistant.ui.words.chinese import CHINESE\ndocuments_page.draw(host(), CHINESE)\n"
)
TEXT = "{0}网络建设提速\n\n2021年3月2日 远山晚报 记者 王芳\n\n{0}今年建成5G基站{1}座，投资9亿元。\n"
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two files and the storage they were ingested into."""
    root = tmp_path_factory.mktemp("page")
    (root / "seeds").mkdir()
    for number, name in enumerate(("四川移动", "浙江联通"), start=3):
        text = TEXT.format(name, number).replace("2021", str(2018 + number))
        (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    with Library.open(Settings(storage=root / "storage", embedder="none", workers=1)) as library:
        library.ingest([root / "seeds"])
    return root


@pytest.fixture
def open_page(ingested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the page on a copy of the storage, or on an empty one; the query of its address may be given."""
    monkeypatch.setattr(work, "_RETRY_SECONDS", 0.05)
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "none")
    monkeypatch.setenv("ASSISTANT_WORKERS", "1")
    monkeypatch.setenv("ASSISTANT_STORAGE", str(tmp_path / "storage"))

    def run(*, is_empty: bool = False, **query: str) -> AppTest:
        if not is_empty:
            shutil.copytree(ingested / "storage", tmp_path / "storage", dirs_exist_ok=True)
        host().work.wait(60)
        page = AppTest.from_string(PAGE, default_timeout=120)
        for name, value in query.items():
            page.query_params[name] = value
        return checked(page.run())

    yield run
    shared().close()


def checked(page: AppTest) -> AppTest:
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    """Everything that the page shows through st.html."""
    return "\n".join(element.proto.body for element in page.get("html"))


def hand_in(page: AppTest, *files: tuple[str, bytes]) -> None:
    page.file_uploader[0].set_value([(name, data, "text/plain") for name, data in files])
    checked(page.run())


def names() -> list[str]:
    return [info.document for info in host().assistant.documents()]


def test_files_that_are_dropped_are_read_and_each_says_what_became_of_it(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(is_empty=True)
    assert "还没有资料" in html(page)
    text = TEXT.format("贵州铁塔", 7).encode()
    hand_in(page, ("../新.txt", text), ("<b>.exe", b"MZ\0\0"), ("twin.txt", text.replace(b"7", b"8")))
    assert host().work.wait(60)
    page = checked(page.run())
    assert {item.name: item.state for item in host().inbox.items} == {
        "新.txt": FileState.READ,
        "_b_.exe": FileState.REFUSED,
        "twin.txt": FileState.READ,
    }
    assert "是程序，不是文档" in html(page)
    assert sorted(path.name for path in (tmp_path / "storage" / "uploads").iterdir()) == [
        "_b_.exe",
        "twin.txt",
        "新.txt",
    ]
    assert len(page.dataframe[0].value) == 3
    page.button(key="upload_clear").click().run()
    assert host().inbox.items == ()


def test_files_wait_while_another_process_writes_and_are_read_then(open_page: Open, tmp_path: Path) -> None:
    page = open_page(is_empty=True)
    with locks.writer(tmp_path / "storage"):
        hand_in(page, ("a.txt", TEXT.format("贵州铁塔", 7).encode()))
        while host().work.busy is None:
            assert not host().work.wait(0.01)
        assert status_line(host(), CHINESE) == CHINESE.management.busy
        assert host().inbox.items[0].state is FileState.WAITING
    assert host().work.wait(60)
    assert names() == ["a.txt"]


def test_a_file_that_came_just_before_the_end_is_read_at_the_next_start(
    open_page: Open, tmp_path: Path
) -> None:
    (tmp_path / "storage" / "uploads").mkdir(parents=True)
    (tmp_path / "storage" / "uploads" / "late.txt").write_text(TEXT.format("贵州铁塔", 7))
    open_page()
    assert "late.txt" in names()
    assert [item.name for item in host().inbox.items] == ["late.txt"]


def test_a_document_is_deleted_after_a_question_that_says_what_becomes_of_its_file(open_page: Open) -> None:
    page = open_page(document="浙江联通.txt")
    checked(page.button(key="shown-remove").click().run())
    assert any("seeds 文件夹中" in text.value.replace("\\", "") for text in page.markdown)
    checked(page.button(key="remove-sure").click().run())
    assert host().work.wait(60)
    assert names() == ["四川移动.txt"]
    assert host().failure is None


def test_a_document_is_read_again_and_all_are_rebuilt(open_page: Open) -> None:
    page = open_page()
    content = host().assistant.facts().content
    checked(page.button(key="shown-reread").click().run())
    assert host().work.wait(60)
    assert (host().failure, host().work.progress.total) == (None, 1)
    checked(page.button(key="rebuild").click().run())
    checked(page.button(key="rebuild-sure").click().run())
    assert host().work.wait(60)
    assert (host().failure, host().work.progress.total) == (None, 2)
    assert host().assistant.facts().content == content
    assert host().assistant.unfinished() is None


def test_the_address_opens_a_document_whatever_the_filters(open_page: Open) -> None:
    page = open_page(document="浙江联通.txt")
    assert page.selectbox[0].value == "浙江联通.txt"
    page.text_input(key="filter-title").set_value("四川").run()
    assert page.selectbox[0].value == "浙江联通.txt"
    page.selectbox[0].set_value("四川移动.txt").run()
    assert page.query_params["document"] == "四川移动.txt"
    assert "四川移动网络建设提速" in html(page)


def test_an_address_that_names_nothing_says_so(open_page: Open) -> None:
    page = open_page(document="<img src=x>")
    assert "没有名为" in page.warning[0].value
    assert "<img" not in page.warning[0].value


def test_the_list_is_newest_first_and_narrowed_by_the_bars_of_the_plot(open_page: Open) -> None:
    page = open_page()
    assert list(page.dataframe[0].value["文件"]) == ["浙江联通.txt", "四川移动.txt"]
    page.multiselect(key="filter-time").set_value(["2021-03"]).run()
    assert list(page.dataframe[0].value["文件"]) == ["四川移动.txt"]


def test_a_file_says_its_state_and_nothing_of_it_becomes_html() -> None:
    result = FileResult("<i>.txt", Status.CHANGED, 30, notes=("<b>",))
    item = HandedIn("<i>.txt", is_replaced=True, state=FileState.READ, results={"<i>.txt": result})
    shown = item_html(item, {"<i>.txt": 10}, CHINESE, has_vectors=True)
    assert "向量 20 / 30 · 已替换同名的旧文件 · &lt;b&gt;" in shown
    assert "<i>" not in shown
    assert "30 passages" in item_html(item, {"<i>.txt": 10}, ENGLISH, has_vectors=False)


def test_what_becomes_of_files_is_told_apart() -> None:
    files = [
        DocumentFile("a", "/s/uploads/a", is_upload=True),
        DocumentFile("z/b", "/s/uploads/z", member="b", is_upload=True),
        DocumentFile("c", "/share/c"),
        DocumentFile("d", "/share/d", is_there=False),
    ]
    lines = consequences(files, CHINESE)
    assert [line[:2] for line in lines] == ["1 ", "1 ", "1 "]
    assert "/share 文件夹" in lines[2]


def test_documents_are_counted_by_month_where_they_span_few_years_else_by_year() -> None:
    blank = DocumentInfo("", "", "", "", "", "", "", (), 1, "ready", "")
    few = [replace(blank, published=day) for day in ("2020-01-02", "2021-03", "2021", "", "2020年第15期")]
    assert [bucket_of(few[:2])(info) for info in few] == ["2020-01", "2021-03", "2021", "", "2020"]
    many = [*few, replace(blank, published="2001-05-05")]
    assert [bucket_of(many)(info) for info in many] == ["2020", "2021", "2021", "", "2020", "2001"]
    spec = times_spec({"2021": 2, "2001": 1}, CHINESE)
    assert spec["data"]["values"] == [{"time": "2001", "count": 1}, {"time": "2021", "count": 2}]
    assert companies_spec({"乙": 1}, CHINESE)["data"]["values"] == [{"company": "乙", "count": 1}]


def refusals() -> Iterator[str]:
    """Every reason with words of its own that reading a file can end with, a 7 for what is filled in."""
    places = ("archives.py", "files.py", "parsing.py", "uploads.py", "readers/*.py", "sandbox/*.py")
    for path in (path for place in places for path in (ROOT / "assistant").glob(place)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "DocumentError":
                parts = node.args[0].values if isinstance(node.args[0], ast.JoinedStr) else node.args
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)
                if len(text) > len("7 holds no text7; nothing to read"):
                    yield text


def test_every_reason_has_chinese_words() -> None:
    filled_in = "7: 7 files are not read; convert it to .txt"
    of_pictures = "7 has 7 pages, but page 7 was asked for; read it again"
    reasons = {*refusals()} - {filled_in, of_pictures}
    assert len(reasons) > 30
    assert [reason for reason in reasons if in_chinese(reason).isascii()] == []


def test_what_a_reason_names_is_kept() -> None:
    assert in_chinese("a b.xyz: .xyz files are not read; convert it to .txt").startswith("不读取 .xyz 文件")
    large = "a.pdf has 60.3 MB, more than the 50 MB allowed; split it or raise ASSISTANT_FILE_MEGABYTES"
    assert "60.3 MB" in in_chinese(large)
    assert in_chinese("a.pdf is something new") == "a.pdf is something new"
