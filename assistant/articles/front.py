"""What the first lines of a document say of it: its title, and the lines around the title.

The lines above the first sentence are told apart one by one; what is neither a name, a date, a number nor a
byline is a line of the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.articles import dates, kinds, metadata, titles
from assistant.articles.line_roles import Line, Role, begins_text, is_chronicle, read_line
from assistant.folding import fold
from assistant.records import BlockKind, Metadata, Paragraph

_MOST_LINES = 40
_MOST_TITLE_LINES = 4
_GOES_ON = re.compile(r"[—\-(（:：]|(?:19|20)\d{2}$")
_YEAR_FIRST = r"(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3}"


@dataclass(frozen=True, slots=True)
class Front:
    """The lines above the first sentence, and those of them that make the title."""

    lines: tuple[Line, ...]
    title_lines: tuple[Line, ...]

    @property
    def end(self) -> int:
        """The place of the paragraph behind the last of the lines."""
        return self.lines[-1].at + 1 if self.lines else 0

    @property
    def title(self) -> str:
        """The title in one line, empty where there is none."""
        return titles.join([line.text for line in self.title_lines])

    @property
    def kinds(self) -> dict[int, BlockKind]:
        """What the lines are in the text, by their places; a further headline is left out.

        A field says something of the subject too (a code, a party, a place), and is text.
        """
        kinds = {Role.FIELD: BlockKind.TEXT}
        told = (line for line in self.lines if line.role is not Role.TITLE)
        named = {line.at: kinds.get(line.role, BlockKind.BYLINE) for line in told}
        return named | {line.at: BlockKind.TITLE for line in self.title_lines}

    @property
    def byline(self) -> Metadata:
        """What the labelled lines and signatures say."""
        said = Metadata()
        for line in self.lines:
            said = metadata.merge(said, line.byline or Metadata())
        return said

    @property
    def byline_text(self) -> str:
        """The lines that hold the byline."""
        return "\n".join(line.text for line in self.lines if line.role is Role.BYLINE)

    @property
    def bodies(self) -> tuple[str, ...]:
        """The organisations named on lines of their own, no part of the title, above what it stands over."""
        used = {line.at for line in self.title_lines}
        last = max(used, default=0)
        below = [line for line in self.lines if line.at > last and line.role is Role.TITLE]
        pairs = zip(below, below[1:], strict=False)
        end = next((head.at for head, line in pairs if head.heading and not line.heading), self.end)
        bodies = [x.text for x in self.lines if x.role is Role.BODY and x.at not in used and x.at < end]
        local = [text for text in bodies if not text.isascii()]
        return tuple(dict.fromkeys(map(titles.tidy, local or bodies)))

    @property
    def date(self) -> str:
        """The date on a line of its own; a year alone only where no more is known."""
        found = [dates.read_stated_date(fold(line.text)) for line in self.lines if line.role is Role.DATE]
        return max(found, key=len, default="")


def read(paragraphs: Sequence[Paragraph], *, titled_elsewhere: bool = False) -> Front:
    """Tell the lines above the first sentence apart.

    `titled_elsewhere`: the file's properties hold a title.
    """
    lines: list[Line] = []
    chronicle = is_chronicle(paragraphs[:_MOST_LINES])
    for at, paragraph in enumerate(paragraphs[:_MOST_LINES]):
        titled = any(line.role is Role.TITLE for line in lines)
        if paragraph.table is not None:
            if titled:
                break
            continue
        dated = chronicle and dates.is_date(fold(paragraph.text.text))
        if dated or begins_text(paragraph, titled=titled):
            break
        lines.append(read_line(at, paragraph))
    if _begins_with_subject(lines, paragraphs, titled=titled_elsewhere):
        lines[0] = replace(lines[0], role=Role.TITLE, byline=None)
    return Front(tuple(lines), _title_lines(lines))


def _begins_with_subject(lines: Sequence[Line], paragraphs: Sequence[Paragraph], *, titled: bool) -> bool:
    """Whether the first line is a name that signs nothing, but is what the text below it is called.

    A signature needs a headline that it signs; what ranks above all headlines is one itself, and what the
    first sentence speaks of is its subject.
    """
    if not lines or lines[0].role is not Role.BYLINE or not metadata.is_person(lines[0].text):
        return False
    headings = [p for p in paragraphs[lines[0].at + 1 :] if p.heading and p.table is None]
    if lines[0].level and all(p.level > lines[0].level for p in headings):
        return True
    below = paragraphs[lines[-1].at + 1 :]
    if not below or below[0].table is not None or any(line.role in (Role.TITLE, Role.BODY) for line in lines):
        return False
    return not (titled or headings) or titles.is_spoken_of(lines[0].text, below[0].text.text)


def _title_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    signed = next((at for at, line in enumerate(lines) if at and line.role is Role.BYLINE), len(lines))
    wanted = [line for line in lines[:signed] if line.role is Role.TITLE]
    wanted = wanted or [line for line in lines if line.role is Role.TITLE]
    if not wanted:
        return tuple(line for line in lines[:signed] if line.role is Role.BODY)[:1]
    run = _run(wanted, signed_below=signed < len(lines))
    if not any(kinds.names_a_document(line.text) for line in run):
        later = [line for line in wanted if line.at > run[-1].at and kinds.names_a_document(line.text)]
        run = later[:1] if later and re.match(_YEAR_FIRST, later[0].text) else [*run, *later[:1]]
    return tuple([*_issuers(lines, run), *run])


def _run(wanted: Sequence[Line], *, signed_below: bool) -> list[Line]:
    """The first line of a title and those that go on with it."""
    run = [wanted[0]]
    for line in wanted[1:_MOST_TITLE_LINES]:
        goes_on = _GOES_ON.match(line.text) is not None
        lower = 0 < run[0].level < line.level or (run[0].heading and not line.heading)
        complete = kinds.names_a_document(run[-1].text)
        if line.at != run[-1].at + 1 or not (goes_on or signed_below or not (lower or complete)):
            break
        run.append(line)
    return run


def _issuers(lines: Sequence[Line], run: Sequence[Line]) -> list[Line]:
    """The bodies right above the title that it begins with: a company's report, an authority's notice."""
    if kinds.kind_of_title(titles.join([line.text for line in run])) in ("", "white_paper"):
        return []
    above: list[Line] = []
    for line in reversed([line for line in lines if line.at < run[0].at and line.role is not Role.FIELD]):
        if line.role is not Role.BODY:
            break
        above.insert(0, line)
    local = not run[0].text.isascii()
    return [line for line in above if not (local and line.text.isascii())]
