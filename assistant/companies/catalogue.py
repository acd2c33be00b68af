"""One list of companies put to use: what a text names, under which one name, and to whom it belongs."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from assistant.companies import forms, listing, places
from assistant.companies.operators import Operators, branch_at
from assistant.companies.own_names import has_kind
from assistant.companies.short_names import ShortNames
from assistant.companies.spans import Span, any_of, apart
from assistant.errors import SettingsError
from assistant.folding import fold, to_simplified


class Catalogue:
    """The list that ships with a user's own added to it. Never changes; safe to share between threads."""

    def __init__(self, text: str, short: Mapping[str, str] | None = None) -> None:
        """Take the lines of a list and full names by short ones; `load` is the door.

        Raises:
            ValueError: as `listing.read` does.
        """
        self._text = text
        self._given = dict(short or {})
        self._short = ShortNames(self._given)
        self._listing = listing.read(text)
        self._operators = Operators(self._listing)
        said = "\n".join([text, *(f"{form}\t{name}" for form, name in self._given.items())])
        self.digest = hashlib.sha256(said.encode()).hexdigest()[:16]
        """Changes whenever what it knows does."""
        known = {*self._listing.names, *self._listing.hidden}
        self._han = any_of(form for form in known if not form.isascii())
        self._latin = any_of(form for form in known if form.isascii())
        self._forms: dict[str, list[str]] = defaultdict(list)
        for form, name in self._listing.names.items():
            if form != fold(name):
                self._forms[name].append(self._listing.written[form])
        # The same sentences are looked at for each word of a question; whole articles are not worth keeping.
        self._kept = lru_cache(maxsize=2048)(self._spans)

    @classmethod
    def load(cls, path: Path | None) -> Catalogue:
        """The list that ships, with the file at `path` added where there is one.

        Raises:
            SettingsError: the file cannot be read, or a line of it says nothing.
        """
        shipped = files("assistant").joinpath("data/companies.txt").read_text("utf-8")
        try:
            own = path.read_text("utf-8-sig") if path else ""
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"ASSISTANT_COMPANIES: {path} cannot be read ({type(error).__name__}); "
                "name a text file in UTF-8 or leave it empty"
            ) from error
        try:
            return cls(f"{shipped.rstrip()}\n{own}")
        except ValueError as error:
            number, wish = error.args
            line = number - len(shipped.rstrip().splitlines())
            raise SettingsError(f"ASSISTANT_COMPANIES: {path}, line {line}: {wish}") from None

    def adding(self, lines: Iterable[str], short: Mapping[str, str] | None = None) -> Catalogue:
        """One that knows further lines too, in the form of the list, and full names by short ones.

        Raises:
            ValueError: as `listing.read` does.
        """
        return Catalogue("\n".join([self._text, *lines]), {**self._given, **(short or {})})

    def spans(self, text: str) -> list[Span]:
        """Start, end and the one name of every mention of a company, in text order.

        A branch named behind its owner is a mention of its own.
        """
        return list(self._kept(text) if len(text) <= _SENTENCE else self._spans(text))

    def _spans(self, text: str) -> list[Span]:
        folded = fold(text)
        listed = list(self._listed(folded))
        found = apart([*self._operators.spans(folded), *listed])
        taken = [(start, end) for start, end, _ in found]
        general = [(start, end, "") for start, end in forms.spans(folded, text, taken)]
        named = [
            (start, end, name or _display(text, folded, start, end))
            for start, end, name in apart([*found, *general, *self._short.spans(folded)])
        ]
        return [
            (start, end, self.name_of(name))
            for start, end, name in self._with_branches(folded, named)
            if not self.is_hidden(name)
        ]

    def find(self, text: str) -> list[str]:
        """The companies named in the text, in order of first mention, each once, in Simplified characters."""
        return list(dict.fromkeys(name for _, _, name in self.spans(text)))

    def asked(self, text: str) -> list[str]:
        """The companies that a question asks about.

        Not a group that only introduces its unit (贵州移动 in 贵州移动遵义分公司), nor a further company that
        only says where.
        """
        found = self.spans(text)
        introducing = {
            before[2]
            for before, behind in zip(found, found[1:], strict=False)
            if text[before[1] : behind[0]] in _INTRODUCES and self._owns(before[2], behind[2])
        }
        where = {name for start, _, name in found[1:] if text[start - 1] == "在"}
        return list(dict.fromkeys(name for _, _, name in found if name not in introducing | where))

    def without(self, text: str, filler: str) -> str:
        """A text with every mention of a company replaced."""
        for start, end, _ in reversed(self.spans(text)):
            text = text[:start] + filler + text[end:]
        return text

    def about(self, texts: Sequence[str], title: str = "") -> tuple[str, ...]:
        """The companies that a run of paragraphs is about, the main one first.

        A company counts when the title or the first sentence names it, or at least a third of the paragraphs.
        """
        named = [self.find_all(text) for text in texts]
        lead = self.find(re.split(r"[。！？]", texts[0])[0]) if texts else []
        return prominent(named, [*self.find(title), *lead], self.find(title))

    def find_all(self, text: str) -> list[str]:
        """Every mention in the text, as its one name, in text order."""
        return [name for _, _, name in self.spans(text)]

    def name_of(self, form: str) -> str:
        """The one name of a form, the form itself where no other is known."""
        return self._listing.name_of(self._short.name_of(form))

    def names_of(self, name: str) -> tuple[str, ...]:
        """The names under which documents may have a company: its own, and the short ones of it."""
        return name, *self._short.of(name)

    def is_hidden(self, name: str) -> bool:
        """Whether the list says that it is no company."""
        return fold(name) in self._listing.hidden

    def forms_of(self, name: str) -> tuple[str, ...]:
        """The other forms of a name that the list has."""
        return tuple(self._forms.get(name, ()))

    @property
    def brands(self) -> tuple[str, ...]:
        """The brands of the operators."""
        return tuple(self._listing.brands)

    def brand_of(self, name: str) -> str:
        """The operator's brand within a company's name, empty for a company of no operator."""
        return self._operators.brand_of(name)

    def region_of(self, name: str) -> str:
        """What stands before the brand: `中国` for a group, a region for a branch."""
        brand = self.brand_of(name)
        return name[: -len(brand)] if brand else ""

    def parent_of(self, name: str) -> str:
        """The company that it belongs to, empty for none: as listed, else read from the name."""
        if name in self._listing.parents:
            return self.name_of(self._listing.parents[name])
        if brand := self.brand_of(name):
            group = self.name_of(self._listing.brands[brand].group)
            return group if group != name and places.is_place(self.region_of(name)) else ""
        if owner := re.match(r"(.{2,}?[^公]{2,9})(?:分公司|属地公司|支公司|分行|支行)$", name):
            return next((found[2] for found in self.spans(owner[1])[:1]), "")
        return self._parent_by_brand(name) or self._parent_by_stem(name)

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Its parent, the parent's parent and so on."""
        found: list[str] = []
        while (name := self.parent_of(name)) and name not in found:
            found.append(name)
        return tuple(found)

    def _listed(self, folded: str) -> Iterator[Span]:
        for match in self._han.finditer(folded):
            if not self._listing.is_common(match.group(), folded[match.end() : match.end() + 8]):
                yield *match.span(), ""
        for match in self._latin.finditer(folded):
            around = folded[match.start() - 1 : match.start()] + folded[match.end() : match.end() + 1]
            if not _LETTER.search(around):
                yield *match.span(), ""

    def _owns(self, owner: str, name: str) -> bool:
        """Whether `name`, named right behind `owner`, is a part of it: 遵义移动 behind 贵州移动 too."""
        brand = self.brand_of(owner)
        return owner in self.ancestors(name) or (brand != "" and brand == self.brand_of(name))

    def _parent_by_brand(self, name: str) -> str:
        """联通(山西)产业互联网有限公司 belongs to the group of its brand."""
        for brand, known in self._listing.brands.items():
            if known.group and forms.body_of(name) and name.startswith((brand, known.group)):
                return self.name_of(known.group)
        return ""

    def _parent_by_stem(self, name: str) -> str:
        """国网江州电力 belongs to the company that is also called 国网公司."""
        for form, owner in self._listing.names.items():
            stem = form.removesuffix("公司")
            behind = name.removeprefix(stem) if 1 < len(stem) < len(form) else name
            if behind != name and owner != name and (_begins_with_place(behind) or has_kind(behind)):
                return owner
        return ""

    def _with_branches(self, folded: str, found: Sequence[Span]) -> Iterator[Span]:
        """The mentions, and behind a company of no operator the branch of it."""
        for at, (start, end, name) in enumerate(found):
            yield start, end, name
            following = found[at + 1][0] if at + 1 < len(found) else len(folded)
            if self.is_hidden(name):
                continue
            branch = None if self.brand_of(name) else branch_at(folded, end, self.name_of(name), "")
            if branch and branch[1] <= following:
                yield branch


def _begins_with_place(text: str) -> bool:
    return any(places.bare(text[:length]) for length in range(2, min(len(text), places.LONGEST) + 1))


_LETTER = re.compile("[a-z0-9]")
_SENTENCE = 400
"""Characters up to which a text is taken for a sentence."""
_INTRODUCES = ("", "旗下", "旗下的", "的", "所属", "下属")


def prominent(
    named: Sequence[Sequence[str]], leading: Sequence[str], title: Sequence[str]
) -> tuple[str, ...]:
    """The companies that a run of paragraphs is about, the main one first.

    Args:
        named: for each paragraph every mention in it.
        leading: the companies of the title and the first sentence, which count at once.
        title: those of the title, which count though no paragraph names them.
    """
    total = Counter(name for names in named for name in names)
    paragraphs = Counter(name for names in named for name in set(names))
    often = max(2, len(named) / 3)
    chosen = {name for name, count in paragraphs.items() if name in leading or count >= often} | set(title)
    return tuple(
        sorted(chosen, key=lambda name: (name not in title, -total[name], name not in leading, name))
    )


def _display(text: str, folded: str, start: int, end: int) -> str:
    """A name as it is shown: Simplified, brackets full width, letters as written."""
    name = folded[start:end]
    if name.isascii():
        return text[start:end].rstrip(".")
    if re.search("[a-z]", name):
        name = to_simplified(text[start:end])
    return forms.plain(name.replace("(", "（").replace(")", "）"))
