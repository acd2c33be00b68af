"""The languages that the interface speaks."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.ui.words.chinese import CHINESE
from assistant.ui.words.english import ENGLISH
from assistant.ui.words.texts import Texts

LANGUAGES: Mapping[str, Texts] = {"zh": CHINESE, "en": ENGLISH}
NAMES: Mapping[str, str] = {"zh": "中文", "en": "English"}


def language_of(texts: Texts) -> str:
    """The name of the language that these words are of."""
    return next(name for name, words in LANGUAGES.items() if words is texts)
