"""The list of companies: `data/companies.txt`, which says the form of its lines, and the user's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.folding import fold

_LINE = re.compile(r"(?P<name>[^:<=!]+?)\s*(?P<sign>[:<=!]|$)\s*(?P<rest>.*)")
_NO_NAME = re.compile(r"[。！？；;、\"“”]|.{41}|^.?$")
_WORD = re.compile(r"([^()]+)(?:\(([^()]*)\))?")


@dataclass(frozen=True, slots=True)
class Brand:
    """An operator: its group's name and other beginnings of the group's legal names."""

    group: str = ""
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What the lines say: the name of every folded form, parents (empty: none), hidden forms, brands.

    `common` has, for a form, the words behind it that make it a common word, and what may follow those words
    all the same.
    """

    names: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    brands: dict[str, Brand] = field(default_factory=dict)
    common: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def is_common(self, form: str, behind: str) -> bool:
        """Whether a folded form is a common word before this folded text (移动 before 互联网)."""
        return any(
            behind.startswith(word) and not behind[len(word) :].startswith(more or ("\0",))
            for word, more in self.common.get(form, {}).items()
        )

    def name_of(self, form: str) -> str:
        """The one name of a form, the form itself where no line gives another."""
        return self.names.get(fold(form), form)


def read(text: str) -> Listing:
    """Read the lines of one list after the other.

    Raises:
        ValueError: a line that says nothing; its arguments are the line's number, from 1, and what to write.
    """
    listing = Listing()
    for number, line in enumerate(text.splitlines(), start=1):
        line = re.sub(r"(?:^|\s)#.*", "", line).strip()
        if line and (wish := _take(line.translate(_HALF_WIDTH), listing)):
            raise ValueError(number, wish)
    return listing


_HALF_WIDTH = str.maketrans("：，（）＜＝！－", ":,()<=!-")


def _take(line: str, listing: Listing) -> str:
    """Enter a line; what to write instead where it cannot be."""
    if line.startswith("-"):
        name = line[1:].strip()
        listing.hidden.add(fold(name))
        return "" if not _NO_NAME.search(name) else "write `- NAME` to hide a name"
    match = _LINE.fullmatch(line)
    if match is None or _NO_NAME.search(match["name"].strip()):
        return "write `NAME: OTHER NAME`, `NAME < PARENT` or `- NAME`, names of 2 to 40 characters"
    name, sign, rest = match["name"].strip(), match["sign"], match["rest"].strip()
    if sign == "=":
        group, _, stems = rest.partition(":")
        _enter_brand(listing, name, Brand(group.strip(), tuple(_parts(stems))))
    elif sign == "!":
        listing.common.setdefault(fold(name), {}).update(_common(word) for word in _parts(fold(rest)))
    else:
        parent, _, forms = rest.partition(":") if sign == "<" else ("", "", rest)
        if sign == "<":
            listing.parents[listing.name_of(name)] = listing.name_of(parent.strip())
        others = _parts(forms)
        if (sign == ":" and not others) or any(map(_NO_NAME.search, others)):
            return f"write `{name}: OTHER NAME, OTHER NAME`, names of 2 to 40 characters"
        _enter_names(listing, name, others)
    return ""


def _enter_brand(listing: Listing, name: str, brand: Brand) -> None:
    listing.brands[name] = brand
    if brand.group:
        _enter_names(listing, brand.group, [])


def _enter_names(listing: Listing, name: str, others: list[str]) -> None:
    """One company of all the forms, those entered for any of them before included."""
    listing.hidden.discard(fold(name))
    for other in others:
        old = listing.name_of(other)
        if old != name and old == other:
            for form in [form for form, known in listing.names.items() if known == old]:
                listing.names[form] = name
            if old in listing.parents:
                listing.parents.setdefault(name, listing.parents.pop(old))
    for form in (name, *others):
        listing.names[fold(form)] = name
        listing.written[fold(form)] = form


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _common(word: str) -> tuple[str, tuple[str, ...]]:
    match = _WORD.fullmatch(word)
    return (match[1], tuple((match[2] or "").split())) if match else (word, ())
