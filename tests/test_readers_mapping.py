"""Whatever the format: every passage leads back to the raw text, which holds its words in their order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx import Document
from office_files import fill, saved, slides, workbook
from pdf_making import Pdf

from assistant import articles, passages, readers

PROSE = "公司全年完成投资三亿元，新建基站两千个，网络覆盖率达到九成六，用户满意度稳步提升。"
ROWS = [["地区", "用户", "基站"], ["城东", "1,204", "35"], ["城西", "-88", "21"]]


def pdf() -> bytes:
    made = Pdf()
    made.centred("年度工作总结", 22)
    made.paragraph(PROSE * 3)
    made.line("表1 用户情况（单位：万户）")
    for row in ROWS:
        for x, cell in zip((90, 250, 400), row, strict=True):
            made.text(cell, x, made.y)
        made.y += 20
    made.next_page()
    made.paragraph(PROSE)
    return made.data()


def word() -> bytes:
    document = Document()
    document.add_heading("年度工作总结", 0)
    document.add_paragraph(f"  {PROSE}\u200b")
    table = document.add_table(3, 3)
    fill(table, ROWS)
    table.cell(1, 0).merge(table.cell(2, 0))
    return saved(document)


def web() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<html><body><h1>总结</h1><p>{PROSE}</p><table>{rows}</table></body></html>".encode()


def markdown() -> bytes:
    rows = "\n".join("| " + " | ".join(row) + " |" for row in (ROWS[0], ["--"] * 3, *ROWS[1:]))
    return f"# 总结[^1]\n\n**{PROSE}**见[说明](a.md)。\n\n{rows}\n\n[^1]: {PROSE}\n".encode()


FILES: dict[str, Callable[[], bytes]] = {
    "a.pdf": pdf,
    "a.docx": word,
    "a.html": web,
    "a.md": markdown,
    "a.xlsx": lambda: workbook(情况=ROWS),
    "a.pptx": lambda: slides("年度工作总结", PROSE),
    "a.csv": lambda: "\n".join(";".join(row) for row in ROWS).encode("gb18030"),
    "a.txt": lambda: f"年度工作总结\n\n　　{PROSE}\n　　{PROSE}".encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_character_of_a_passage_stands_at_its_place_in_the_raw_text(name: str) -> None:
    extract = readers.read(FILES[name](), name)
    parsed = articles.parse(extract)
    offsets = parsed.clean.offsets
    assert all(one <= other for one, other in zip(offsets, offsets[1:], strict=False))
    found = passages.split(name, parsed, 60)
    assert found
    for passage in found:
        assert passage.text == parsed.clean.text[passage.start : passage.end]
        for at, character in enumerate(passage.text, passage.start):
            assert character.isspace() or extract.raw[offsets[at]] == character


@pytest.mark.parametrize("name", FILES)
def test_every_cell_and_sentence_is_in_a_passage_once(name: str) -> None:
    parsed = articles.parse(readers.read(FILES[name](), name))
    ends = [(passage.start, passage.end) for passage in passages.split(name, parsed, 60)]
    assert all(one[1] <= other[0] for one, other in zip(ends, ends[1:], strict=False))
    missed = set(range(len(parsed.clean))) - {at for start, end in ends for at in range(start, end)}
    headings = {
        at
        for article in parsed.articles
        for block in article.blocks
        if block.kind == "heading"
        for at in range(block.start, block.end)
    }
    assert all(parsed.clean.text[at].isspace() for at in missed - headings)
