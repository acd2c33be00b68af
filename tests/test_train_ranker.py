"""Learning from a tiny index: the script reads questions as `evaluate` does and prefers what answers."""

from __future__ import annotations

import json

import numpy as np
import pytest
import train_ranker

from assistant import Assistant, Settings

TEXTS = {
    "a.txt": "高原建网\n\n青海联通在高原建网。青海联通全年投入扶贫资金三百二十万元。部分牧区大雪封山。",
    "b.txt": "渔村通信\n\n福建电信在渔村建网。福建电信新建海岛基站86座。渔民出海可以打电话。",
}
QUESTIONS = [
    {
        "question": "青海联通投入多少扶贫资金？",
        "keywords": ["三百二十万元"],
        "docs": ["a.txt"],
        "answerable": True,
    },
    {
        "question": "福建电信新建了多少座海岛基站？",
        "keywords": ["86座"],
        "docs": ["b.txt"],
        "answerable": True,
    },
    {"question": "福建电信渔村的渔民为什么出海？", "keywords": [], "docs": [], "answerable": False},
]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[train_ranker.Sample]:
    folder = tmp_path_factory.mktemp("learning")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    lines = [json.dumps(question, ensure_ascii=False) for question in QUESTIONS]
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Assistant.open(Settings.from_env({}, storage=folder / "storage")) as assistant:
        assistant.ingest([folder / name for name in TEXTS])
    return list(train_ranker.samples(folder / "storage", folder / "questions.jsonl", 1.0))


def test_a_question_with_an_answer_is_learned_from_with_and_without_its_document(
    samples: list[train_ranker.Sample],
) -> None:
    best = [float(sample.gains.max()) if len(sample.gains) else 0.0 for sample in samples]
    assert best == [1.0, 0.0, 1.0, 0.0, 0.0]


def test_what_was_learned_puts_the_answer_first_and_doubts_what_has_none(
    samples: list[train_ranker.Sample],
) -> None:
    ranker = train_ranker.trained(samples)
    with_answer, without = train_ranker.reordered(samples[0], ranker.weights), samples[-1]
    place = next(iter(np.flatnonzero(with_answer.may_answer)))
    assert with_answer.gains[place] == 1.0
    doubts = [ranker.probability(features) for features in without.units]
    assert ranker.probability(with_answer.units[place]) > max(doubts)


def test_no_sign_of_a_doubt_speaks_for_an_answer(samples: list[train_ranker.Sample]) -> None:
    learned = train_ranker.trained(samples).confidence
    assert all(learned.get(name, 0.0) <= 0 for name in train_ranker.AGAINST)
