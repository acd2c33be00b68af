"""Numbers as they are written in Chinese text, Arabic or in characters, and their values."""

from __future__ import annotations

import re
from decimal import Decimal

ARABIC = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
SCALE = r"(?:百(?!分[点之])|千(?![米克瓦])|[万亿]){0,3}"
# It begins with a digit or ten: a bare 百, 千 or 万 (千家万户) is a word, not a count.
CHINESE = r"[一二三四五六七八九两十零〇][一二三四五六七八九两十百千万亿零〇]*(?:点[一二三四五六七八九零〇]+)?"

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_ARABIC_WITH_SCALE = re.compile(rf"(\d[\d,]*(?:\.\d+)?)({SCALE})")


def value_of(text: str) -> Decimal | None:
    """The value of one number (`1,680万`, `1.68千万`, `二十二点六`, `二〇二〇`), None if it is not one."""
    if match := _ARABIC_WITH_SCALE.fullmatch(text):
        value = Decimal(match.group(1).replace(",", ""))
        for character in match.group(2):
            value *= (_SMALL | _LARGE)[character]
        return value
    whole, _, fraction = text.partition("点")
    number = _plain(whole) if all(c in _DIGITS for c in whole) else _positional(whole)
    if number is None or any(c not in _DIGITS for c in fraction):
        return None
    return Decimal(f"{number}.{''.join(str(_DIGITS[c]) for c in fraction) or 0}")


def _plain(text: str) -> int | None:
    """Digits read one by one, as in years; two or three (四五, 一一) are a manner of speaking."""
    return int("".join(str(_DIGITS[c]) for c in text)) if len(text) == 1 or len(text) >= 4 else None


def _positional(text: str) -> int | None:
    """三百二十, 两万五千, 一亿两千万, 两万亿."""
    total = section = 0
    digit: int | None = None
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[character]
            digit = None
        elif character in _LARGE:
            section, digit = section + (digit or 0), None
            # 一亿两千万 adds its parts; in 两万亿 the 亿 multiplies all that came before.
            total = total + section * _LARGE[character] if section else total * _LARGE[character]
            section = 0
        else:
            return None
    return total + section + (digit or 0)
