"""The languages in which people are spoken to, and what is said in both of them."""

from __future__ import annotations

from dataclasses import dataclass

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said to a person, in Chinese and in English."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """The words of a language: `en`, or Chinese."""
        return self.en if language == ENGLISH else self.zh

    def filled(self, **facts: object) -> Saying:
        """The same with facts put in where it names them between braces."""
        return Saying(self.zh.format(**facts), self.en.format(**facts))


def preferred(accepted: str, default: str) -> str:
    """The first of our languages in an Accept-Language header, by its weights."""
    weighted = []
    for item in accepted.split(","):
        tag, _, weight = item.strip().lower().partition(";q=")
        if tag[:2] in LANGUAGES:
            weighted.append((_number(weight), tag[:2]))
    return max(weighted, key=lambda pair: pair[0])[1] if weighted else default


def _number(weight: str) -> float:
    try:
        return float(weight or 1)
    except ValueError:
        return 0.0
