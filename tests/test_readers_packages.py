"""Office files that are damaged, protected or made to harm cost one line and nothing else."""

from __future__ import annotations

import random
import time

import pytest
from office_files import slides, with_part, word, workbook

from assistant import readers
from assistant.errors import DocumentError

FILES = {
    "a.docx": (word("一句话。"), "word/document.xml"),
    "a.xlsx": (workbook(数据=[["项目", "数值"], ["收入", 1]]), "xl/worksheets/sheet1.xml"),
    "a.pptx": (slides("一句话"), "ppt/slides/slide1.xml"),
}


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(DocumentError) as caught:
        readers.read(data, name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_part_that_is_no_xml_is_damage(name: str) -> None:
    data, part = FILES[name]
    assert "damaged" in refusal(with_part(data, part, b"<not closed"), name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_is_damage(name: str) -> None:
    data, _ = FILES[name]
    assert "damaged" in refusal(data[: len(data) // 2], name)


@pytest.mark.parametrize("name", FILES)
def test_bytes_overwritten_anywhere_end_in_text_or_one_line(name: str) -> None:
    data, _ = FILES[name]
    chance = random.Random(7)
    for _ in range(12):
        at = chance.randrange(30, len(data) - 30)
        broken = data[:at] + chance.randbytes(20) + data[at + 20 :]
        try:
            assert readers.read(broken, name).raw
        except DocumentError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize("name", FILES)
def test_a_bomb_is_refused_before_it_is_unpacked(name: str) -> None:
    data, part = FILES[name]
    bomb = with_part(data, part, b" " * 100_000_000)
    started = time.process_time()
    assert "would unpack to 10" in refusal(bomb, name)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", FILES)
def test_entities_are_refused(name: str) -> None:
    data, part = FILES[name]
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert "declares entities" in refusal(with_part(data, part, laughs), name)
