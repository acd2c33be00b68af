"""Tokens are counted offline and the environment is left alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.answering import tokens


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    tokens._encoding.cache_clear()
    yield
    tokens._encoding.cache_clear()


def test_chinese_costs_less_than_a_token_a_character() -> None:
    text = "通信企业在农村新建了基站，铺设了宽带。" * 20
    assert 0 < tokens.count(text) < len(text)


def test_text_that_names_a_special_token_is_only_text() -> None:
    assert tokens.count("<|endoftext|>") > 1


def test_a_lone_surrogate_is_counted() -> None:
    assert tokens.count("坏\ud800字") > 0


@pytest.mark.parametrize("before", [None, "/nowhere"])
def test_the_environment_is_as_before(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if before is None:
        monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    else:
        monkeypatch.setenv("TIKTOKEN_CACHE_DIR", before)
    assert tokens.count("你好世界你好世界") < 8
    assert os.environ.get("TIKTOKEN_CACHE_DIR") == before


def test_threads_that_count_first_agree() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(tokens.count, ["同一句话，同一个数。"] * 16))) == 1


def test_without_the_encoding_characters_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_shipped_directory", lambda: None)
    assert tokens.count("四个字符") == 4
