"""The benchmark of answers: what it compares with, and that both sides are measured alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmark_answers import SIDES, as_table, figures_of, peer_row
from character_embedding import CharacterEmbedding
from peer import found, index_of, texts_of

from assistant.errors import StorageError
from assistant.records.evaluation import Question

FILES = {
    "桥.txt": "大桥全长1250米，去年通车。",
    "册/湖.txt": "湖里有三种鱼，都不能捕。",
    "册/空.txt": " \n",
}
BRIDGE = Question(1, "1", "大桥全长多少米？", keywords=(("1250米",),), documents=("桥",), answerable=True)
MOON = Question(2, "2", "月亮上的大桥谁造的？", answerable=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "folder"


def test_the_peer_answers_with_its_first_chunk_and_is_scored_as_we_are(folder: Path, tmp_path: Path) -> None:
    index = index_of(texts_of(folder), tmp_path / "peer", CharacterEmbedding())
    rows = [peer_row(question, lambda asked: found(index, asked, 5)) for question in (BRIDGE, MOON)]
    assert [passage.document for passage in rows[0].passages] == ["桥.txt", "册/湖.txt"]
    assert rows[0].plain == FILES["桥.txt"]
    figures = figures_of(rows)
    values = {name: metric.value for name, metric in figures.scores.items() if metric.count}
    assert values["all_keywords"] == values["document_recall@1"] == values["passage_hit@1"] == 1
    assert values["unanswerable_refused"] == values["refused"] == 0
    lines = as_table(dict.fromkeys(SIDES, figures)).splitlines()
    (hit,) = [line.split() for line in lines if line.startswith("passages hit") and "@1 " in line]
    assert hit[-3:] == ["100.0%", "100.0%", "1"]


def test_a_whole_index_of_the_peer_is_used_again(folder: Path, tmp_path: Path) -> None:
    texts, place = texts_of(folder), tmp_path / "peer"
    one = found(index_of(texts, place, CharacterEmbedding()), "鱼", 5)
    other = found(index_of(texts, place, CharacterEmbedding()), "鱼", 5)
    assert [hit.passage.id for hit in other] == [hit.passage.id for hit in one]


@pytest.mark.parametrize("change", ["other texts", "another embedder", "unfinished"])
def test_an_index_of_something_else_is_not_taken_for_it(folder: Path, tmp_path: Path, change: str) -> None:
    texts, place = texts_of(folder), tmp_path / "peer"
    index_of(texts, place, CharacterEmbedding())
    if change == "unfinished":
        (place / "whole").unlink()
    if change == "other texts":
        texts["桥.txt"] = "大桥塌了。"
    embedder = CharacterEmbedding("another" if change == "another embedder" else "characters")
    with pytest.raises(StorageError, match="holds no whole index of these texts"):
        index_of(texts, place, embedder)
