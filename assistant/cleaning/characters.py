"""Invisible characters: controls, zero-width marks, odd spaces."""

from __future__ import annotations

import unicodedata

from assistant.mapped_text import MappedText

_KEPT_CONTROLS = "\n\t"


def drop_invisible(text: MappedText) -> MappedText:
    """Drop controls, format marks (zero-width spaces, BOMs) and private-use glyphs; keep line feeds and tabs.

    Carriage returns and form feeds become line feeds, so that every later step knows one kind of line end.
    """
    unified = text.text.replace("\r\n", "\0\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    kept = [i for i, c in enumerate(unified) if c in _KEPT_CONTROLS or unicodedata.category(c) not in _INVISIBLE]
    return MappedText(unified, text.offsets).keep(kept)


_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}
