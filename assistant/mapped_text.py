"""Text that remembers where each of its characters stood in the raw file."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappedText:
    """Cleaned text and, for each of its characters, the raw offset that it came from.

    `offsets[i]` is the index in the raw text of the character shown as `text[i]`. The map never
    decreases: cleaning drops and replaces characters, it does not reorder them.
    """

    text: str
    offsets: array[int]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError(f"{len(self.text)} characters but {len(self.offsets)} offsets")

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, where: slice) -> MappedText:
        return MappedText(self.text[where], self.offsets[where])

    @classmethod
    def identity(cls, raw: str) -> MappedText:
        """The raw text mapped to itself."""
        return cls(raw, array("I", range(len(raw))))

    @classmethod
    def join(cls, parts: Iterable[MappedText]) -> MappedText:
        """The parts, one after the other."""
        texts: list[str] = []
        offsets = array("I")
        for part in parts:
            texts.append(part.text)
            offsets.extend(part.offsets)
        return cls("".join(texts), offsets)

    @classmethod
    def stack(cls, parts: Iterable[MappedText]) -> MappedText:
        """The parts, none of them empty, one below the other: a line feed between them."""
        stacked: list[MappedText] = []
        for part in parts:
            if stacked:
                stacked.append(cls("\n", array("I", [stacked[-1].offsets[-1] + 1])))
            stacked.append(part)
        return cls.join(stacked)

    def keep(self, indices: Iterable[int]) -> MappedText:
        """Only the characters at `indices`, which must increase."""
        chosen = list(indices)
        return MappedText(
            "".join(self.text[i] for i in chosen), array("I", (self.offsets[i] for i in chosen))
        )

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open raw span that `text[start:end]` was made from.

        Raises:
            ValueError: if the span is empty or leaves the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} outside a text of {len(self.text)} characters")
        return self.offsets[start], self.offsets[end - 1] + 1
