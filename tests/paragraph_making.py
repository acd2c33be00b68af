"""Documents as a reader hands them on, written line by line."""

from __future__ import annotations

from array import array

from assistant.mapped_text import MappedText
from assistant.records import Extract, Metadata, Paragraph, Table


def extract(
    *lines: str, form: str = "pdf", properties: Metadata | None = None, table: Table | None = None
) -> Extract:
    """An extract of one paragraph a line.

    `# ` begins a headline, one more `#` for each lower level; a line with a tab is a row of `table`, and
    `#\\t` begins the row of its column heads. A line feed within a line stands in the raw
    text only.
    """
    paragraphs: list[Paragraph] = []
    raw = ""
    for line in lines:
        marks = len(line) - len(line.lstrip("#"))
        text = line[marks:].strip(" ") if marks and line[marks : marks + 1] == " " else line[marks:]
        text = text.removeprefix("\t") if marks else text
        offsets = array("I", (len(raw) + at for at, character in enumerate(text) if character != "\n"))
        row = "\t" in text
        paragraphs.append(
            Paragraph(
                MappedText(text.replace("\n", ""), offsets),
                heading=marks > 0,
                level=0 if row else marks,
                table=(table or Table()) if row else None,
            )
        )
        raw += text + "\n"
    return Extract(form, raw, tuple(paragraphs), pages=(0,), properties=properties or Metadata())
