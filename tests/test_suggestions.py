"""Sample questions are made from what the documents state, and each is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from character_embedding import CharacterEmbedding

from assistant.answering.suggestions import suggest
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import Ledger
from assistant.ingestion import Ingestor
from assistant.settings import Settings

TEXTS = {
    "a.txt": "高原建网\n\n青海联通新建高原基站215个，惠及牧民。"
    "青海联通投入建设资金三百万元。青海联通投入扶贫资金86万元。",
    "b.txt": "漁村平安\n\n福建電信接入漁船7300艘，守護平安。",
    "c.txt": "食堂通知\n\n食堂每周供应红烧肉300份，请排队。",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(storage=tmp_path / "storage")
    database, dense = Database(settings.storage), DenseParts.of(settings.storage, CharacterEmbedding())
    Ingestor(settings, database, dense).ingest([folder])
    yield Ledger(database)
    dense.close()
    database.close()


def test_a_stated_amount_of_a_company_becomes_the_question_that_asks_for_it(ledger: Ledger) -> None:
    assert suggest(ledger, 9, lambda question: True) == [
        "青海联通新建了多少个高原基站？",
        "福建电信接入了多少艘渔船？",
        "青海联通投入了多少扶贫资金？",
    ]


def test_documents_take_turns_and_no_more_are_given_than_wanted(ledger: Ledger) -> None:
    assert suggest(ledger, 2, lambda question: True) == [
        "青海联通新建了多少个高原基站？",
        "福建电信接入了多少艘渔船？",
    ]
    assert suggest(ledger, 0, lambda question: True) == []


def test_a_question_that_is_not_answered_is_not_suggested(ledger: Ledger) -> None:
    assert suggest(ledger, 9, lambda question: "渔船" in question) == ["福建电信接入了多少艘渔船？"]


def test_an_empty_index_suggests_nothing(storage: Path) -> None:
    database = Database(storage)
    assert suggest(Ledger(database), 4, lambda question: True) == []
    database.close()
