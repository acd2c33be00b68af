"""The figures that statements state: what of, how much, in which unit, as of when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.briefing.dating import as_of
from assistant.briefing.material import Fact, Statement
from assistant.folding import fold

_FIGURE = re.compile(
    r"(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<unit>[余多]?[百千万亿]*[%‰元户个名人家座站条万款次]+)"
)


def facts(statement: Statement) -> Iterator[Fact]:
    """The figures of a statement, in their order; no dates, and no numbers that are part of a name."""
    folded = fold(statement.text)
    for match in _FIGURE.finditer(folded):
        indicator = re.split(r"[，,。；;：:]", statement.text[: match.start()])[-1][-16:]
        yield Fact(
            statement,
            indicator,
            match["value"],
            match["unit"],
            as_of(statement, match.start()),
            *match.span(),
        )
