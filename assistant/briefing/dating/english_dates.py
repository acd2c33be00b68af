"""Dates in English prose: in 2021, March 2021, the first half of 2021, Q3 2021."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.briefing.dating.moments import Mention, Role

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_DATE = re.compile(
    rf"\b(?:(?P<part>(?:{'|'.join(_ORDINALS)})[ -](?:half|quarter)|[hq][1-4])(?: of)?"
    r"(?: (?:fiscal )?(?:year )?)?"
    rf"|(?:(?P<d>\d{{1,2}}) )?(?P<m>{'|'.join(_MONTHS)})[a-z]* (?:(?P<e>\d{{1,2}}),? )?"
    r"|(?:in|by|for|during|of|end of|since|fiscal|fy|year) ?)\s*(?P<y>(?:19|20)\d\d)\b(?![.,]\d|%)"
)
_COMPARED = re.compile(r"(?:from|than|against|over|compared (?:with|to)|versus)\s+(?:the )?$")


def english_dates(folded: str) -> Iterator[Mention]:
    """The dates of folded English prose, in their order."""
    for match in _DATE.finditer(folded) if "20" in folded or "19" in folded else ():
        month = _MONTHS.index(match["m"]) + 1 if match["m"] else 0
        compared = _COMPARED.search(folded, 0, match.start())
        yield Mention(
            match.start(),
            match.end(),
            match.end() if compared else len(folded),
            Role.COMPARED if compared else Role.SINCE if match.group().startswith("since") else Role.GOVERNS,
            year=int(match["y"]),
            month=month,
            day=int(match["d"] or match["e"] or 0) if month else 0,
            part=_part(match["part"] or ""),
        )


def _part(words: str) -> str:
    if not words:
        return ""
    number = next((n for name, n in _ORDINALS.items() if words.startswith(name)), words[1:2])
    kind = "H" if words.endswith("half") or words[0] == "h" else "Q"
    return f"{kind}{number}" if kind == "Q" or number in "12" else ""
