"""A page of a PDF as pdfium knows it: words with their places, ruling lines, a picture.

Places are points from the upper left corner of the page as it is shown; `y` grows downwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from ctypes import POINTER, byref, c_double, c_float, c_int, c_ushort, cast, create_string_buffer
from dataclasses import dataclass
from io import BytesIO
from math import hypot

import pypdfium2
from pypdfium2 import raw as pdfium

_WORD = re.compile(r"[^\s\x00]+|\n")
_STILL = 0.8
"""Bases that differ by less, in points, are the same."""
_THIN = 2.5
_UPRIGHT = 0.05
_HEAVY = re.compile(rb"bold|heavy|black|simhei|heiti|hei\b|\xba\xda", re.I)
_HIGHLIGHT = (255, 221, 0, 96)

Box = tuple[float, float, float, float]
"""left, top, right, bottom"""


@dataclass(slots=True)
class Word:
    """Characters without white space between them.

    `at` is the place of the first one among the page's characters, `base` the height of the line that they
    stand on, `size` that of their font, `breaks` whether pdfium begins a new line with them, `is_bent`
    whether the last one stands on another base than the first.
    """

    text: str
    at: int
    left: float
    right: float
    base: float
    size: float
    breaks: bool = False
    is_bent: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: at `at`, from `start` to `end` along the other axis."""

    upright: bool
    at: float
    start: float
    end: float


class Page:
    """One page while it is open."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        self._page = page
        self._text = text
        self._rotation = pdfium.FPDFPage_GetRotation(page)
        self.width, self.height = page.get_size()
        self._place = self._placing()

    @property
    def has_content(self) -> bool:
        """Whether anything is drawn on it."""
        return bool(pdfium.FPDFPage_CountObjects(self._page) > 0)

    def words(self) -> list[Word]:
        """Its upright words, in the order in which the file holds them."""
        found: list[Word] = []
        breaks = True
        measure = self._measurer()
        for match in _WORD.finditer(self._characters()):
            if match.group() == "\n":
                breaks = True
                continue
            word = measure(match.group(), match.start(), breaks)
            if word is None:
                continue
            if word.is_bent:
                found.extend(self._straightened(word))
            else:
                found.append(word)
            breaks = False
        return found

    def _straightened(self, word: Word) -> list[Word]:
        """The pieces of a word that stand on one base each: pdfium joins some lines without a break."""
        measure = self._measurer()
        parts: list[Word] = []
        start = 0
        last = measure(word.text[0], word.at, False)
        for end in range(1, len(word.text) + 1):
            one = measure(word.text[end], word.at + end, False) if end < len(word.text) else None
            if one is not None and last is not None and abs(one.base - last.base) < _STILL:
                continue
            part = measure(word.text[start:end], word.at + start, word.breaks and not start)
            if part is not None:
                parts.append(part)
            start, last = end, one
        return parts

    def split(self, word: Word, where: Sequence[float]) -> list[Word]:
        """The word cut at the given x."""
        parts: list[Word] = []
        measure = self._measurer()
        start = 0
        edges = sorted(x for x in where if word.left < x < word.right)
        for end in range(1, len(word.text) + 1):
            if end < len(word.text):
                following = measure(word.text[end], word.at + end, False)
                if following is None or not edges or following.left < edges[0] - 1:
                    continue
                edges = [x for x in edges if x - 1 > following.left]
            part = measure(word.text[start:end], word.at + start, word.breaks and not start)
            if part is None:
                return [word]
            parts.append(part)
            start = end
        return parts

    def size(self, word: Word, place: int) -> float:
        """The font size of one of a word's characters."""
        one = self._measurer()(word.text[place], word.at + place, False)
        return one.size if one is not None else word.size

    def is_bold(self, word: Word) -> bool:
        """Whether the word's font is a heavy one, by its weight or name, or drawn with an outline."""
        if pdfium.FPDFText_GetFontWeight(self._text, word.at) >= 600:
            return True
        drawn = pdfium.FPDFText_GetTextObject(self._text, word.at)
        if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
            return True
        buffer = create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self._text, word.at, buffer, 128, None)
        return _HEAVY.search(buffer.value) is not None

    def rules(self) -> list[Rule]:
        """Its ruling lines: thin boxes, strokes and the sides of stroked boxes."""
        found: list[Rule] = []
        left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
        page = self._page
        for number in range(pdfium.FPDFPage_CountObjects(page)):
            item = pdfium.FPDFPage_GetObject(page, number)
            if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
                continue
            if pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
                x0, y0 = self._place(left.value, top.value)
                x1, y1 = self._place(right.value, bottom.value)
                box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                found.extend(_sides(box, lambda item=item: _is_stroked(item)))  # type: ignore[misc]
        return found

    def boxes(self, start: int, end: int) -> list[Box]:
        """The boxes that the characters `start` to `end` fill, one for each run of a line."""
        count = pdfium.FPDFText_CountRects(self._text, start, end - start)
        found: list[Box] = []
        left, top, right, bottom = c_double(), c_double(), c_double(), c_double()
        for number in range(count):
            pdfium.FPDFText_GetRect(self._text, number, byref(left), byref(top), byref(right), byref(bottom))
            x0, y0 = self._place(left.value, top.value)
            x1, y1 = self._place(right.value, bottom.value)
            found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        return found

    def picture(self, width: int, marked: Sequence[Box]) -> bytes:
        """The page as a PNG of about `width` pixels, with translucent boxes over what is marked."""
        from PIL import Image, ImageDraw

        scale = width / self.width
        image = self._page.render(scale=scale).to_pil().convert("RGBA")
        layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
        draw = ImageDraw.Draw(layer)
        for left, top, right, bottom in marked:
            draw.rectangle(
                (left * scale - 2, top * scale - 2, right * scale + 2, bottom * scale + 2), fill=_HIGHLIGHT
            )
        target = BytesIO()
        Image.alpha_composite(image, layer).convert("RGB").save(target, "PNG")
        return target.getvalue()

    def _characters(self) -> str:
        """Its text, of which character i is pdfium's character i."""
        count = pdfium.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        buffer = create_string_buffer(2 * (count + 1))
        length = pdfium.FPDFText_GetText(self._text, 0, count, cast(buffer, POINTER(c_ushort)))
        text = buffer.raw[: 2 * max(0, length - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        return _combined([pdfium.FPDFText_GetUnicode(self._text, i) for i in range(count)])

    def _measurer(self) -> Callable[[str, int, bool], Word | None]:
        """Makes words; None of what is slanted, upside down, outside the page or has no size."""
        text, place, sideways = self._text, self._place, self._rotation % 2
        x, y, box, matrix = c_double(), c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        at_x, at_y, at_box, at_matrix = byref(x), byref(y), byref(box), byref(matrix)
        get_origin, get_box = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetLooseCharBox
        get_size, get_matrix = pdfium.FPDFText_GetFontSize, pdfium.FPDFText_GetMatrix
        width, height = self.width, self.height

        def measure(characters: str, at: int, breaks: bool) -> Word | None:
            get_origin(text, at, at_x, at_y)
            get_matrix(text, at, at_matrix)
            along, across = (matrix.b, matrix.a) if sideways else (matrix.a, matrix.b)
            if abs(across) > _UPRIGHT * abs(along):
                return None
            get_box(text, at + len(characters) - 1, at_box)
            left, base = place(x.value, y.value)
            bent = False
            if len(characters) > 1:
                get_origin(text, at + len(characters) - 1, at_x, at_y)
                bent = abs(place(x.value, y.value)[1] - base) > _STILL
            ends = place(box.left, box.bottom)[0], place(box.right, box.top)[0]
            right = max(*ends, left)
            size = get_size(text, at) * hypot(matrix.c, matrix.d)
            if right < 0 or left > width or base < 0 or base > height + size or size <= 0:
                return None
            return Word(characters, at, left, right, base, size, breaks, bent)

        return measure

    def _placing(self) -> Callable[[float, float], tuple[float, float]]:
        """From pdfium's coordinates of the page to those of the page as it is shown."""
        x0, y0, x1, y1 = self._page.get_bbox()
        if self._rotation == 1:
            return lambda x, y: (y - y0, x - x0)
        if self._rotation == 2:
            return lambda x, y: (x1 - x, y - y0)
        if self._rotation == 3:
            return lambda x, y: (y1 - y, x1 - x)
        return lambda x, y: (x - x0, y1 - y)


def _combined(codes: Sequence[int]) -> str:
    """Code units to characters, as many as there are units: an invisible one fills up a surrogate pair."""
    characters: list[str] = []
    for code in codes:
        if 0xDC00 <= code < 0xE000 and characters and "\ud800" <= characters[-1] < "\udc00":
            characters[-1] = chr(0x10000 + ((ord(characters[-1]) - 0xD800) << 10) + code - 0xDC00)
            characters.append("\u2060")
        else:
            characters.append(chr(code) if code < 0x110000 else "\ufffd")
    return re.sub("[\ud800-\udfff]", "\ufffd", "".join(characters))


def _sides(box: Box, is_stroked: Callable[[], bool]) -> Iterator[Rule]:
    left, top, right, bottom = box
    wide, tall = right - left > _THIN, bottom - top > _THIN
    if wide and not tall:
        yield Rule(False, (top + bottom) / 2, left, right)
    elif tall and not wide:
        yield Rule(True, (left + right) / 2, top, bottom)
    elif wide and tall and is_stroked():
        for y in (top, bottom):
            yield Rule(False, y, left, right)
        for x in (left, right):
            yield Rule(True, x, top, bottom)


def _is_stroked(item: object) -> bool:
    mode, stroke = c_int(), c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(item, byref(mode), byref(stroke)) and stroke.value)
