"""What holds for any text whatever: the map leads back, passages are places in it, and it takes no time."""

from __future__ import annotations

import random
import re
import time

import pytest
from plain_text import parse
from test_articles import NEWSPAPER, REPORT, SEVERAL_COMPANIES

from assistant.passages import split
from assistant.records import ParsedDocument


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def assert_well_formed(raw: str) -> ParsedDocument:
    """What holds for any text whatever."""
    parsed = parse(raw)
    offsets = list(parsed.clean.offsets)
    assert offsets == sorted(offsets)
    assert all(at < len(raw) for at in offsets)
    blocks = sorted((b.start, b.end) for a in parsed.articles for b in a.blocks)
    assert all(0 <= start < end <= len(parsed.clean) for start, end in blocks)
    assert all(end <= start for (_, end), (start, _) in zip(blocks, blocks[1:], strict=False))
    passages = split("a.txt", parsed, 320)
    assert all(parsed.clean.text[p.start : p.end] == p.text for p in passages)
    assert all(p.text.strip() for p in passages)
    return parsed


def assert_leads_back(raw: str) -> None:
    parsed = assert_well_formed(raw)
    for block in (b for a in parsed.articles for b in a.blocks):
        start, end = parsed.clean.raw_span(block.start, block.end)
        again = parse(raw[start:end]).clean.text
        assert squeezed(again) == squeezed(parsed.clean.text[block.start : block.end])


NOISE = ["\n", "\n\n", "\r\n", "\ufeff", "\0", "\t", "\u3000", " ", "\ud800", "😀", "\u200b", "\f", "\ue000"]
WORDS = [
    "山路",
    "信号",
    "基站",
    "老人",
    "果园",
    "九百座",
    "3.6亿元",
    "，",
    "。",
    "5G",
    "“好”",
    "、",
    "我们",
    "——",
    "：",
]


@pytest.mark.parametrize("seed", range(60))
def test_the_raw_text_of_any_block_cleaned_again_is_the_block(seed: int) -> None:
    choose = random.Random(seed)
    words = choose.choices(WORDS, k=150)
    raw = "".join(word + (choose.choice(NOISE) if choose.random() < 0.25 else "") for word in words)
    assert_leads_back(raw)


@pytest.mark.parametrize("raw", [NEWSPAPER, SEVERAL_COMPANIES, REPORT])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_raw_text_of_any_block_of_a_page_cleaned_again_is_the_block(raw: str, end: str) -> None:
    assert_leads_back(raw.replace("\n", end))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_line_ends_make_no_difference(end: str) -> None:
    assert parse(NEWSPAPER.replace("\n", end)).clean.text == parse(NEWSPAPER).clean.text


@pytest.mark.parametrize("noise", ["\ufeff", "\u200b", "\0", "\ud800", "\ue000"])
def test_invisible_characters_make_no_difference(noise: str) -> None:
    noisy = noise.join(NEWSPAPER)
    assert parse(noisy).clean.text == parse(NEWSPAPER).clean.text


@pytest.mark.parametrize("raw", ["", " ", "\n\n", "\0", "\ufeff", "\ud800", "\t\u3000"])
def test_nothing_has_no_article(raw: str) -> None:
    parsed = assert_well_formed(raw)
    assert (parsed.articles, len(parsed.clean)) == ((), 0)


@pytest.mark.parametrize("raw", ["好", "。", "😀", "A", "1", "“", "的\n", "\n的"])
def test_one_character_is_an_article(raw: str) -> None:
    assert len(assert_well_formed(raw).articles) == 1


HAN = "".join(chr(0x4E00 + 7 * n) for n in range(2500))
LARGE = {
    "one line": HAN * 27,
    "one line of one character": "的" * 67_000,
    "one line of sentences": (HAN[:30] + "。") * 2200,
    "one line of gaps": "“中 国 " * 13_000,
    "one line of readings": "聯(lián)通" * 9_000,
    "one line of bars": "首页 | " * 13_000,
    "one line of spaces": "中国" + " " * 67_000 + "移动。",
    "short lines": "\n".join(HAN[n % 2400 :][:9] for n in range(5000)),
    "short lines of sentences": "\n".join(HAN[n % 2400 :][:9] + "。" for n in range(5000)),
    "short lines that lead on": "\n".join(HAN[n % 2400 :][:9] + "：" for n in range(5000)),
    "short lines apart": "\n\n".join(HAN[n % 2400 :][:9] for n in range(5000)),
    "bylines": "\n".join(f"林晓\n{HAN[n % 2400 :][:70]}。" for n in range(1500)) + "\n最后的标题",
    "headlines last": f"{HAN[:80]}。\n" * 1000 + "\n".join(HAN[n:][:9] for n in range(0, 80, 10)),
    "menus": "返回首页\n" * 5000 + f"{HAN[:80]}。",
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_text_is_read_in_a_few_seconds(name: str) -> None:
    started = time.process_time()
    assert_well_formed(LARGE[name])
    assert time.process_time() - started < 6
