"""`evaluate` on the command line: files written, a run that is interrupted and goes on, what is refused."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import flow_corpus
import killing
import pytest
from endpoint import Script, serve

from assistant.cli import main
from assistant.service import Assistant
from assistant.settings import Settings

QUESTIONS = """id,question,keywords,answerable
a,青海联通2020年投入了多少建设资金？,3200万元,true
b,青海联通的股价是多少？,,false
"""


@pytest.fixture(scope="module")
def storage_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small corpus, ingested once, to be searched by words alone."""
    root = tmp_path_factory.mktemp("evaluation")
    with Assistant.open(Settings(storage=root / "storage", embedder="none")) as assistant:
        assistant.ingest([flow_corpus.write(root / "corpus")])
    return root / "storage"


@pytest.fixture(autouse=True)
def set_up(tmp_path: Path, storage_of_all: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the test's own with a question file."""
    (tmp_path / "q.csv").write_text(QUESTIONS, encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_STORAGE", str(storage_of_all))
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "none")
    monkeypatch.setenv("PYTHONPATH", str(killing.ROOT))


def answers(path: str) -> list[dict[str, str]]:
    rows = csv.DictReader(Path(path).read_text("utf-8-sig").splitlines())
    return [{**row, "seconds": ""} for row in rows]


def test_a_run_writes_its_files_and_prints_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "q.csv", "--out", "a.csv", "--report", "r.json", "--k", "1,3"]) == 0
    printed = capsys.readouterr()
    assert "answered right 答对" in printed.out
    assert "asking 100% (2/2)" in printed.err
    assert [row["verdict"] for row in answers("a.csv")] == ["answer", "refuse"]
    report = json.loads(Path("r.json").read_text("utf-8"))
    assert report["outcomes"]["right"] == 2
    assert report["ks"] == [1, 3]
    assert sorted(path.name for path in Path().iterdir() if path.is_file()) == ["a.csv", "q.csv", "r.json"]


def test_a_run_is_compared_with_an_earlier_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "q.csv", "--report", "r.json"]) == 0
    worse = Path("r.json").read_text("utf-8").replace('"keyword_share": 1.0', '"keyword_share": 0.0')
    Path("before.json").write_text(worse, encoding="utf-8")
    capsys.readouterr()
    assert main(["evaluate", "q.csv", "--against", "before.json", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [change["id"] for change in report["comparison"]["better"]] == ["a"]
    assert report["comparison"]["worse"] == []


def test_retrieval_alone_measures_passages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "q.csv", "--retrieval-only", "--first", "1"]) == 0
    out = capsys.readouterr().out
    assert "passages hit, all keywords 段落命中 @1" in out
    assert "1 questions, retrieval only" in out
    assert "answered right" not in out


def test_the_endpoint_answers_and_judges_when_asked_to(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(Script(pieces=("正确：投入3,200万元[1]。",))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_MODEL", "scripted")
        monkeypatch.setenv("OPENAI_API_KEY", "a-secret")
        assert main(["evaluate", "q.csv", "--engine", "llm", "--judge", "--report", "r.json"]) == 0
    assert "engine llm (scripted), similarity bigram F1, judged by scripted" in capsys.readouterr().out
    assert "a-secret" not in Path("r.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.csv"], "error: none.csv cannot be read"),
        (["bad.csv"], "error: bad.csv line 3: 3 cells for 2 columns"),
        (
            ["q.csv", "--report", "none/r.json"],
            "none/r.json cannot be written; name a file in a folder that exists",
        ),
        (["q.csv", "--against", "q.csv"], "q.csv is no report of this command"),
        (["q.csv", "--engine", "llm"], "no chat endpoint is configured"),
        (["q.csv", "--submission", "c.csv"], "there is no embedder"),
        (["q.csv", "--out", "./q.csv"], "q.csv is named twice; give each file a name of its own"),
        (["q.csv", "--out", "a", "--report", "a"], "a is named twice; give each file a name of its own"),
        (["q.csv", "--retrieval-only", "--judge"], "--retrieval-only asks nothing; leave it out"),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_is_asked(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.csv").write_text("id,question\n1,谁？\n2,谁？,3\n", encoding="utf-8")
    assert main(["evaluate", *arguments]) == 1
    printed = capsys.readouterr()
    assert message in printed.err
    assert "asking" not in printed.err
    assert printed.out == ""


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_an_interrupted_run_goes_on_where_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    many = "".join(f"{n},青海联通{2015 + n % 6}年投入了多少建设资金？,true\n" for n in range(60))
    Path("many.csv").write_text("id,question,answerable\n" + many, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "assistant",
        "evaluate",
        "many.csv",
        "--out",
        "a.csv",
        "--report",
        "r.json",
    ]
    journal = Path("r.json.unfinished")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=killing.hear_interrupts
    ) as process:
        while not journal.exists() or journal.read_bytes().count(b"\n") < 3:
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, Path("r.json").exists()) == (130, False)
    assert told.decode().splitlines()[-1] == "interrupted; nothing that was finished is lost"
    capsys.readouterr()
    assert main(["evaluate", "many.csv", "--out", "a.csv", "--report", "r.json"]) == 0
    assert "going on after " in capsys.readouterr().err
    assert not journal.exists()
    assert main(["evaluate", "many.csv", "--out", "b.csv"]) == 0
    assert answers("a.csv") == answers("b.csv")
    assert len(answers("a.csv")) == 60
