"""Markdown: the file's own text stays the raw one, and each character of the clean text knows its place."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token

from assistant.mapped_text import MappedText
from assistant.readers import text
from assistant.readers.composing import reads_as_headline
from assistant.readers.tables import lay_out, lines_above
from assistant.records import Extract, Metadata, Paragraph

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.S | re.M)
_FIELD = re.compile(r"^(title|date|author|publisher|source)[ \t]*:[ \t]*(.+?)[ \t]*\r?$", re.M | re.I)
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_BOLD = re.compile(r"(\*\*|__)([^*_]+)\1")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.S | re.I)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\](?::\s*)?")
_JOINT = "\n"
_NEW_LINE = "\v"


def read(data: bytes, name: str) -> Extract:
    """The headings, paragraphs, list items, tables and code of a Markdown file, in its order.

    Raises:
        DocumentError: empty, or not text in an encoding that we read.
    """
    raw = text.decode(data, name)
    front = _FRONT.match(raw)
    paragraphs = tuple(_Walk(raw, front.end() if front else 0).run())
    return Extract("md", raw, paragraphs, properties=_properties(front[1]) if front else Metadata())


def _properties(front: str) -> Metadata:
    """What the block of fields before the text says."""
    fields = {key.lower(): value.strip("\"' ") for key, value in _FIELD.findall(front)}
    date = _DATE.match(fields.get("date", ""))
    return Metadata(
        title=fields.get("title", ""),
        published=date.group() if date else "",
        publisher=fields.get("publisher") or fields.get("source", ""),
        author=fields.get("author", ""),
    )


class _Walk:
    """Goes down the tokens with a place in the raw text that only moves on."""

    def __init__(self, raw: str, start: int) -> None:
        self._raw = raw
        self._lines = [match.start() for match in _LINE.finditer(raw, start)]
        parser = MarkdownIt("commonmark").enable("table").disable("text_join")
        parser.block.ruler.at("reference", _link_definition)
        self._tokens = iter(parser.parse(raw[start:]))
        self._at = start
        self._end = start
        self._found: list[Paragraph] = []

    def run(self) -> list[Paragraph]:
        marked, level = False, 0
        for token in self._tokens:
            match token.type:
                case "list_item_open":
                    self._enter(token)
                    marked = bool(token.info)
                case "heading_open":
                    level = int(token.tag[1])
                case "heading_close":
                    level = 0
                case "table_open":
                    self._table()
                case "inline":
                    self._paragraph(token, level, marked)
                    marked = False
                case "fence" | "code_block" | "html_block":
                    self._block(token)
        return self._found

    def _enter(self, token: Token) -> None:
        """Move to the first line of the token, unless the place is already further."""
        first, last = token.map or (0, 0)
        self._at = max(self._at, self._lines[first]) if first < len(self._lines) else self._at
        self._end = self._lines[last] if last < len(self._lines) else len(self._raw)

    def _paragraph(self, token: Token, level: int, marked: bool) -> None:
        self._enter(token)
        parts: list[MappedText] = []
        if marked:
            place = re.compile(r"\d+[.)]").search(self._raw, self._at, self._end)
            if place:
                parts = [self._take(place.group()), self._mark(" ")]
        parts.extend(self._inline(token.children or []))
        bold = _BOLD.fullmatch(token.content.strip())
        heading = level > 0 or (bold is not None and reads_as_headline(bold[2]))
        self._add(MappedText.join(parts), heading=heading, level=level)

    def _add(self, joined: MappedText, *, heading: bool = False, level: int = 0) -> None:
        start = 0
        for end in [match.start() for match in re.finditer(_NEW_LINE, joined.text)] + [len(joined)]:
            line = _stripped(_without_note_marks(_without_joints(joined[start:end])))
            if line.text:
                self._found.append(Paragraph(line, heading, level=level))
            start = end + 1

    def _inline(self, children: list[Token]) -> Iterator[MappedText]:
        for child in children:
            match child.type:
                case "text" | "code_inline":
                    yield self._take(child.content)
                case "text_special":
                    self._pass(child.markup)
                    yield MappedText(child.content, array("I", [self._at - 1] * len(child.content)))
                case "softbreak":
                    yield self._mark(_JOINT)
                case "hardbreak":
                    yield self._mark(_NEW_LINE)
                case "html_inline":
                    self._pass(child.content)
                    if _BREAK.fullmatch(child.content):
                        yield self._mark(_NEW_LINE)
                case "image":
                    self._pass(child.content)
                    self._leave_link()
                case "link_close" if child.markup != "autolink":
                    self._leave_link()

    def _table(self) -> None:
        """The rows up to the end of the table."""
        rows: list[MappedText] = []
        heads = 0
        for token in self._tokens:
            match token.type:
                case "tr_open":
                    self._enter(token)
                    rows.append(MappedText("", array("I")))
                case "inline":
                    rows[-1] = MappedText.join(self._with_cell(rows[-1], token))
                case "td_close" | "th_close":
                    bar = self._raw.find("|", self._at, self._end)
                    rows[-1] = MappedText.join([rows[-1], MappedText("\t", array("I", [max(bar, self._at)]))])
                    self._at = max(bar, self._at)
                case "thead_close":
                    heads = len(rows)
                case "table_close":
                    break
        cells = [row.text[:-1].split("\t") for row in rows]
        table = lay_out(cells, lines_above(self._found), heads).table
        for at, row in enumerate(rows):
            if row.text.strip():
                kept = row[: len(row.text.rstrip())]
                self._found.append(Paragraph(kept, heading=at < heads, table=table))

    def _with_cell(self, row: MappedText, token: Token) -> Iterator[MappedText]:
        if self._raw[self._at : self._end].lstrip(" >").startswith("|"):
            self._at = self._raw.index("|", self._at) + 1
        cell = MappedText.join(self._inline(token.children or []))
        yield row
        yield _stripped(cell.keep(i for i, character in enumerate(cell.text) if character not in "\t\n\v"))

    def _block(self, token: Token) -> None:
        """Code line by line; of HTML what stands between its tags."""
        self._enter(token)
        content = token.content
        if token.type == "html_block":
            content = _UNSEEN.sub(lambda match: "\n" if "\n" in match.group() else "\0", content)
        for line in content.split("\n"):
            self._add(MappedText.join(map(self._take, filter(None, line.split("\0")))))

    def _take(self, content: str) -> MappedText:
        """The content with the places it stands at, from here on."""
        start = self._raw.find(content, self._at, self._end)
        if start >= 0:
            self._at = start + len(content)
            return MappedText(content, array("I", range(start, self._at)))
        offsets = array("I")
        for character in content:
            found = self._raw.find(character, self._at, self._end)
            self._at = found + 1 if found >= 0 else self._at
            offsets.append(max(0, self._at - 1))
        return MappedText(content, offsets)

    def _mark(self, character: str) -> MappedText:
        return MappedText(character, array("I", [max(0, self._at - 1)]))

    def _pass(self, content: str) -> None:
        found = self._raw.find(content, self._at, self._end)
        self._at = found + len(content) if found >= 0 else self._at

    def _leave_link(self) -> None:
        """Move behind the address of a link or picture whose words were just read."""
        closing = self._raw.find("]", self._at, self._end)
        if closing < 0:
            return
        self._at = closing + 1
        if self._raw[self._at : self._at + 1] not in ("(", "["):
            return
        depth = 0
        for at in range(self._at, self._end):
            depth += (self._raw[at] in "([") - (self._raw[at] in ")]")
            if depth <= 0:
                self._at = at + 1
                return


def _link_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[name]: address` says where links lead and is no text; a footnote (`[^1]: text`) is."""
    at = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", at) and reference(state, start, end, silent)


def _without_note_marks(line: MappedText) -> MappedText:
    if "[^" not in line.text:
        return line
    dropped = {at for match in _NOTE_MARK.finditer(line.text) for at in range(*match.span())}
    return line.keep(at for at in range(len(line)) if at not in dropped)


def _without_joints(line: MappedText) -> MappedText:
    """Line ends inside a paragraph: a space between Latin words, nothing between Chinese characters."""
    if _JOINT not in line.text:
        return line
    text = re.sub(rf"(?<=[!-~]){_JOINT}(?=[!-~])", " ", line.text)
    return MappedText(text, line.offsets).keep(i for i, c in enumerate(text) if c != _JOINT)


def _stripped(line: MappedText) -> MappedText:
    lead = len(line.text) - len(line.text.lstrip())
    return line[lead : lead + len(line.text.strip())]
