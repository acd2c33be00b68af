"""The command line: results on stdout, everything else on stderr, and an exit code to trust."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import killing
import pytest

from assistant.cli import main

ROOT = Path(__file__).parent.parent
ARTICLE = """桐州邮政发布年度公报

2021年，桐州邮政投入350万元修缮网点，惠及12个乡镇。

桐州邮政全年开通村级站点86个。
"""
HEAVY = ("chromadb", "llama_index", "openai", "streamlit", "numpy", "tiktoken", "sqlite3", "rjieba")


@pytest.fixture(autouse=True)
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A storage and a seeds folder of the test's own, searched by words alone, which is quick."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "公报.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("ASSISTANT_STORAGE", "OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "none")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def run(*arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "assistant", *arguments], capture_output=True, timeout=60)


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "command",
    [
        *([], ["ingest"], ["ask"], ["search"], ["summarize"], ["compare"], ["evaluate"], ["documents"]),
        *(["show"], ["reread"], ["remove"], ["doctor"]),
    ],
)
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    code = (
        "import sys, assistant.cli\n"
        "try: assistant.cli.main(sys.argv[1:])\n"
        f"finally: print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command, "--help"], capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert "usage: python -m assistant" in done.stdout


def test_help_takes_under_half_a_second() -> None:
    """Of the processor: what else the machine does has no say in it."""

    def seconds() -> float:
        before = os.times()
        assert run("--help").returncode == 0
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(5)) < 0.5


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sing"],
        ["ask"],
        ["ingest"],
        ["ingest", ""],
        ["remove"],
        ["search", "邮政", "-k", "0"],
        ["search", "邮政", "-k", "ten"],
        ["show", "x", "--raw", "--clean"],
        ["documents", "--storage", ""],
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_wrong_setting_is_one_line_and_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_PASSAGES", "many")
    assert main(["documents"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("error: ASSISTANT_PASSAGES is 'many'")


def test_ingest_reports_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "seeds", "--json"]) == 0
    report = printed(capsys)
    assert list(report) == [
        *("seconds", "searchable", "embedded", "added", "changed", "unchanged", "removed", "failed", "files")
    ]
    assert report["added"] == 1
    (file,) = report["files"]
    assert file["passages"] > 0
    assert file == {
        "document": "公报.txt",
        "status": "added",
        "passages": file["passages"],
        "reason": "",
        "notes": [],
    }
    assert main(["ingest", "seeds"]) == 0
    out, _ = capsys.readouterr()
    assert out.startswith("0 added, 0 changed, 1 unchanged, 0 removed, 0 failed; searchable after ")


def test_a_file_that_fails_is_named_with_its_reason_and_costs_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds" / "空.txt").write_text("", encoding="utf-8")
    assert main(["ingest", "seeds", "--json"]) == 1
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert (report["added"], report["failed"]) == (1, 1)
    reason = next(file["reason"] for file in report["files"] if file["status"] == "failed")
    assert reason.startswith("空.txt ") and f"failed: {reason}" in err.splitlines()


def test_a_file_that_fails_is_named_also_when_the_embedder_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "endpoint")
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", "none")
    (tmp_path / "seeds" / "空.txt").write_text("", encoding="utf-8")
    assert main(["ingest", "seeds"]) == 1
    *_, failed, error = capsys.readouterr().err.splitlines()
    assert failed.startswith("failed: 空.txt is empty")
    assert error.startswith("error: the embeddings endpoint at 127.0.0.1:9 cannot be reached")


def test_progress_goes_to_stderr_only() -> None:
    done = run("ingest", "seeds", "--json")
    assert json.loads(done.stdout)["added"] == 1
    assert "公报.txt" in done.stderr.decode()
    assert b"\r" not in done.stderr


def test_storage_may_stand_before_or_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--storage", "one", "ingest", "seeds"]) == 0
    assert main(["ingest", "seeds", "--storage", "two"]) == 0
    assert (tmp_path / "one").is_dir()
    assert (tmp_path / "two").is_dir()
    capsys.readouterr()
    assert main(["--storage", "one", "documents", "--json"]) == 0
    assert len(printed(capsys)) == 1


def test_the_first_question_ingests_the_seeds_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "桐州邮政投入多少钱修缮网点？", "--json"]) == 0
    out, err = capsys.readouterr()
    assert "ingesting seeds" in err
    answer = json.loads(out)
    assert answer["verdict"] == "answer"
    assert "350万元" in answer["answer"]


def test_an_answer_has_every_field_and_its_span_is_the_quote(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", "seeds"])
    capsys.readouterr()
    assert main(["ask", "桐州邮政投入多少钱修缮网点？", "--json"]) == 0
    answer = printed(capsys)
    assert list(answer) == [
        *("question", "answer", "verdict", "engine", "seconds", "citations", "sentences"),
        *("notices", "hints", "nearest", "trail", "tokens", "partial_text"),
    ]
    citation = answer["citations"][0]
    assert list(citation) == [
        "n",
        "document",
        "title",
        "published",
        "publisher",
        "page",
        "quote",
        "start",
        "end",
        "section",
        "reprints",
    ]
    assert f"[{citation['n']}]" in answer["answer"]
    assert "".join(ARTICLE[citation["start"] : citation["end"]].split()) == "".join(citation["quote"].split())
    assert list(answer["sentences"][0]) == ["text", "citations", "grounded"]
    assert list(answer["tokens"]) == ["prompt", "completion"]


def test_an_answer_for_people_shows_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "桐州邮政投入多少钱修缮网点？"]) == 0
    out, _ = capsys.readouterr()
    assert "350万元" in out.split("\n\n")[0]
    assert "\n[1] " in out
    assert "公报.txt" in out


def test_a_refusal_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "明天纽约的天气怎么样？", "--json"]) == 0
    answer = printed(capsys)
    assert (answer["verdict"], answer["citations"]) == ("refuse", [])


@pytest.mark.parametrize("question", ["", "   ", "？！……", "\x01"])
def test_a_question_without_a_word_is_one_line_and_one(
    question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", "seeds"])
    capsys.readouterr()
    assert main(["ask", question]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("error: ")


def test_a_question_that_is_too_long_is_one_line_and_one(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", "seeds"])
    capsys.readouterr()
    assert main(["ask", "邮政" * 5000]) == 1
    assert len(capsys.readouterr().err) < 400


def test_a_question_with_broken_bytes_is_answered_in_valid_json() -> None:
    done = run("ask", "邮政投入多少钱？".encode() + b"\xff", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["question"].endswith("\ufffd")


def test_a_search_prints_passages_with_both_scores(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "村级站点", "-k", "1", "--json"]) == 0
    (hit,) = printed(capsys)
    about = ["title", "published", "publisher", "author", "kind", "period", "companies", "section", "page"]
    assert list(hit) == ["passage", "document", *about, "text", "reprints", "score", "dense", "lexical"]
    assert "86个" in hit["text"]
    assert hit["dense"] is None
    assert main(["search", "村级站点"]) == 0
    assert capsys.readouterr().out.startswith("1. ")


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        (["--document", "公报.txt", "--document", "没有.txt", "--kind", "other", "--kind", "news"], True),
        (["--title", "公报", "--since", "2100-01-01"], False),
        (["--company", "没有公司"], False),
    ],
)
def test_flags_limit_a_search_and_an_answer(
    flags: list[str], found: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "村级站点", "--json", *flags]) == 0
    assert bool(printed(capsys)) is found
    assert main(["ask", "桐州邮政2021年投入多少资金修缮网点？", "--json", *flags]) == 0
    assert (printed(capsys)["verdict"] == "answer") is found


def test_what_a_question_names_is_told_and_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    question = "重庆联通2022年投入多少资金修缮网点？"
    assert main(["ask", question, "--json"]) == 0
    asked = printed(capsys)
    named = [{"kind": "company", "value": "重庆联通"}, {"kind": "year", "value": "2022"}]
    assert (asked["verdict"], asked["hints"]) == ("refuse", named)
    assert main(["ask", question, "--without", "重庆聯通", "--without", "2022"]) == 0
    freed = capsys.readouterr().out
    assert "350万元" in freed and "检索线索" not in freed
    assert main(["search", "2021年半年度报告", "--without", "2021h1", "--without", "2021"]) == 0


@pytest.mark.parametrize(
    ("flag", "text", "told"), [("--kind", "novel", "white_paper"), ("--since", "昨天", "2023-05")]
)
def test_a_filter_that_cannot_be_is_one_line_with_what_can(
    flag: str, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "村级站点", flag, text]) == 1
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("error: ") and text in error and told in error


def test_the_list_of_documents_has_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", "seeds"])
    capsys.readouterr()
    assert main(["documents", "--json"]) == 0
    (document,) = printed(capsys)
    assert list(document) == [
        *("document", "title", "published", "publisher", "author", "kind", "period", "companies"),
        *("passages", "status", "reason", "form", "pages", "notes", "reprints"),
    ]
    assert main(["documents"]) == 0
    assert capsys.readouterr().out.startswith("公报.txt")


def test_a_document_is_shown_raw_clean_or_both(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", "seeds"])
    capsys.readouterr()
    assert main(["show", "公报.txt", "--raw"]) == 0
    assert capsys.readouterr().out == ARTICLE + "\n"
    assert main(["show", "公报.txt", "--clean"]) == 0
    assert "350万元" in capsys.readouterr().out
    assert main(["show", "公报.txt"]) == 0
    assert any(line.count("桐州邮政") == 2 and "│" in line for line in capsys.readouterr().out.splitlines())
    assert main(["show", "公报.txt", "--json"]) == 0
    assert printed(capsys)["raw"] == ARTICLE


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_document_is_one_line_that_tells_the_nearest(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", "seeds"])
    capsys.readouterr()
    names = ["公报.txt"] if command != "show" else []
    assert main([command, *names, "公告.txt"]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "'公告.txt'; the nearest: 公报.txt;" in err
    assert main(["show", "公报.txt", "--raw"]) == 0


def test_a_document_is_read_again_and_taken_out_and_the_seeds_do_not_come_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["ingest", "seeds"])
    capsys.readouterr()
    assert main(["reread", "公报.txt", "--json"]) == 0
    assert printed(capsys)["changed"] == 1
    assert main(["remove", "公报.txt", "--json"]) == 0
    assert printed(capsys)["removed"] == 1
    assert main(["search", "邮政", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == []
    assert err.strip() == "every document has been removed; run python -m assistant ingest PATH"
    assert (Path("seeds") / "公报.txt").exists()


def test_doctor_finds_a_healthy_set_up_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", "seeds"])
    capsys.readouterr()
    assert main(["doctor", "--json"]) == 0
    assert {check["name"]: check["ok"] for check in printed(capsys)}.get("storage")


def test_doctor_explains_a_storage_that_cannot_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "storage").write_text("x", encoding="utf-8")
    assert main(["doctor"]) == 1
    assert "FAIL" in capsys.readouterr().out


def test_a_storage_that_is_a_file_is_one_line_and_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "storage").write_text("x", encoding="utf-8")
    assert main(["documents"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "seeds" / "长.txt").write_text(ARTICLE * 3000, encoding="utf-8")
    assert main(["ingest", "seeds"]) == 0
    command = [sys.executable, "-m", "assistant", "show", "长.txt", "--raw"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_an_interrupt_is_one_line_and_130(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / "seeds" / f"{number}.txt").write_text(f"{ARTICLE}第{number}期。\n", encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "ingest", "seeds"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=killing.hear_interrupts
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
    assert process.returncode == 130
    assert rest.splitlines()[-1] == "interrupted; nothing that was finished is lost"
    assert "Traceback" not in rest


_BUSY = """
import runpy, sys, time
from concurrent.futures import ThreadPoolExecutor
ThreadPoolExecutor().submit(time.sleep, 30)
sys.argv = ["assistant", "ingest", "seeds"]
runpy.run_module("assistant", run_name="__main__")
"""


def hears_interrupts(process: subprocess.Popen[bytes]) -> bool:
    """Whether it does something of its own at SIGINT."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return bool(caught >> (signal.SIGINT - 1) & 1)


@pytest.mark.skipif(sys.platform != "linux", reason="reads of signals in /proc")
def test_a_second_interrupt_ends_what_the_first_one_waits_for(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / "seeds" / f"{number}.txt").write_text(f"{ARTICLE}第{number}期。\n", encoding="utf-8")
    command = [sys.executable, "-c", _BUSY]
    with subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=killing.hear_interrupts) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        while not process.stderr.readline().startswith(b"interrupted"):
            assert process.poll() is None
        while hears_interrupts(process):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert (process.returncode, rest) == (-signal.SIGINT, b"")
